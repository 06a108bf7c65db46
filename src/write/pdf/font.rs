//! The fonts as a PDF carries them: composite fonts of two-byte codes (ISO 32000-1 §9.7).

use super::file::{File, Filter};
use super::subset::{Code, Subset};
use super::syntax::{entry, hexadecimal, integer};
use crate::fonts::{Cut, Descent, Font, Program};
use crate::layout::Posture;
use crate::write::deflate::Effort;

/// Width of a code that the width array leaves out, in thousandths of an em: that of a Han character.
const FULL: u16 = 1000;

/// How the pen moves down a column where nothing else is said: from the upper edge of the em square of a Han character over the whole of it.
const DOWN: Descent = Descent { advance: FULL, origin: 880 };

/// The object numbers of a font: for columns and for other lines, each where it sets any.
pub type Numbers = [Option<u32>; 2];

/// Writes `font` cut down to `subset`; returns its object numbers.
///
/// # Errors
/// A sentence, when the font cannot be cut.
pub fn embed(file: &mut File<'_>, font: &Font, subset: &Subset) -> Result<Numbers, String> {
    let glyphs = subset.glyphs();
    let program = font.embedded(&glyphs).ok_or_else(|| format!("{} cannot be cut down", font.file))?;
    let name = format!("{}+{}", tag(&glyphs), font.postscript_name());
    let embedded = file.reserve();
    match &program {
        Program::TrueType(program) => {
            let mut entries = b"/Length1 ".to_vec();
            integer(&mut entries, program.len() as i64);
            file.stream(embedded, &entries, program, Filter::Flate(Effort::Outlines));
        }
        Program::Compact(program) => {
            file.stream(embedded, b"/Subtype/CIDFontType0C", program, Filter::Flate(Effort::Outlines));
        }
    }
    let compact = matches!(program, Program::Compact(_));
    // Where two characters share a glyph, their codes lead to it: in TrueType from identifier to glyph, else from code to identifier.
    let (columns, lines) = subset.courses();
    let map = subset.shared().filter(|_| !compact).map(|glyphs| {
        let number = file.reserve();
        let map: Vec<u8> = std::iter::once(0).chain(glyphs).flat_map(u16::to_be_bytes).collect();
        file.stream(number, b"", &map, Filter::TEXT);
        number
    });
    let courses = [(columns, Course::Down), (lines, Course::Across)];
    let code_maps = courses.map(|(used, course)| {
        let glyphs = subset.shared().filter(|_| compact && used)?;
        let number = file.reserve();
        file.stream(number, &map_entries(&name, course), &code_map(&name, subset, &glyphs, course), Filter::TEXT);
        Some(number)
    });
    let text = file.reserve();
    file.stream(text, b"", &to_unicode(subset), Filter::TEXT);

    let descriptor = file.reserve();
    file.object(descriptor, |out| describe(out, font, &name, embedded, compact));
    let mut numbers = Numbers::default();
    for (slot, ((used, course), code_map)) in numbers.iter_mut().zip(courses.into_iter().zip(code_maps)) {
        if !used {
            continue;
        }
        let number = *slot.insert(file.reserve());
        file.object(number, |out| {
            let suffix = course.suffix();
            out.extend_from_slice(b"<</Type/Font/Subtype/Type0/BaseFont/");
            out.extend_from_slice(name.as_bytes());
            match code_map {
                Some(map) => {
                    // The name of the font, and that of the map (§9.7.6.1).
                    out.extend_from_slice(b"-Shared-");
                    out.push(suffix);
                    entry(out, "/Encoding", map);
                }
                None => {
                    if compact {
                        out.extend_from_slice(b"-Identity-");
                        out.push(suffix);
                    }
                    out.extend_from_slice(b"/Encoding/Identity-");
                    out.push(suffix);
                }
            }
            entry(out, "/ToUnicode", text);
            out.extend_from_slice(b"/DescendantFonts[<</Type/Font/Subtype/");
            out.extend_from_slice(if compact { b"CIDFontType0" } else { b"CIDFontType2" });
            out.extend_from_slice(b"/BaseFont/");
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(SYSTEM);
            out.extend_from_slice(b"/DW ");
            integer(out, FULL.into());
            out.extend_from_slice(b"/W[");
            widths(out, &subset.moves(!compact));
            out.push(b']');
            if let Course::Down = course {
                out.extend_from_slice(b"/DW2[");
                integer(out, DOWN.origin.into());
                out.extend_from_slice(b" -");
                integer(out, DOWN.advance.into());
                out.extend_from_slice(b"]/W2[");
                descents(out, &subset.descents(font, !compact));
                out.push(b']');
            }
            entry(out, "/FontDescriptor", descriptor);
            match map {
                _ if compact => {}
                Some(map) => entry(out, "/CIDToGIDMap", map),
                None => out.extend_from_slice(b"/CIDToGIDMap/Identity"),
            }
            out.extend_from_slice(b">>]>>");
        });
    }
    Ok(numbers)
}

/// Which way a font writes.
#[derive(Debug, Clone, Copy)]
enum Course {
    Down,
    Across,
}

impl Course {
    /// What names of maps for it end in.
    const fn suffix(self) -> u8 {
        match self {
            Course::Down => b'V',
            Course::Across => b'H',
        }
    }

    /// Its writing mode.
    const fn mode(self) -> &'static [u8] {
        match self {
            Course::Down => b"/WMode 1",
            Course::Across => b"/WMode 0",
        }
    }
}

/// What the identifiers of characters are numbers of.
const SYSTEM: &[u8] = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>";

/// The entries of the stream of a [`code_map`].
fn map_entries(name: &str, course: Course) -> Vec<u8> {
    [b"/Type/CMap", course.mode(), b"/CMapName/", name.as_bytes(), b"-Shared-", &[course.suffix()], SYSTEM].concat()
}

/// A map from codes to identifiers of characters (§9.7.5), by code: those of `glyphs`.
fn code_map(name: &str, subset: &Subset, glyphs: &[u16], course: Course) -> Vec<u8> {
    let mut out = b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo 3 dict dup begin/Registry(Adobe)def/Ordering(Identity)def/Supplement 0 def end def\n/CMapName/"
        .to_vec();
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"-Shared-");
    out.push(course.suffix());
    out.extend_from_slice(b" def\n/CMapType 1 def\n");
    out.extend_from_slice(course.mode());
    out.extend_from_slice(b" def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    let pairs: Vec<(u16, u16)> = subset.codes().map(|code| code.code).zip(glyphs.iter().copied()).collect();
    // In a range the first bytes of the codes are the same, and the identifiers follow each other.
    let ranges: Vec<_> = pairs.chunk_by(|a, b| a.0 >> 8 == b.0 >> 8 && a.1 + 1 == b.1).collect();
    for block in ranges.chunks(100) {
        integer(&mut out, block.len() as i64);
        out.extend_from_slice(b" begincidrange\n");
        for range in block {
            for (code, _) in [range.first(), range.last()].into_iter().flatten() {
                hexadecimal(&mut out, &[*code]);
            }
            out.push(b' ');
            integer(&mut out, range.first().map_or(0, |pair| pair.1).into());
            out.push(b'\n');
        }
        out.extend_from_slice(b"endcidrange\n");
    }
    out.extend_from_slice(b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    out
}

/// Appends the font descriptor (§9.8): what a reader would need to choose another font, and the program `embedded`.
fn describe(out: &mut Vec<u8>, font: &Font, name: &str, embedded: u32, compact: bool) {
    let measures = font.measures();
    out.extend_from_slice(b"<</Type/FontDescriptor/FontName/");
    out.extend_from_slice(name.as_bytes());
    // No table of a font tells how thick its stems are; producers guess it from the weight.
    let stem = 50 + (i64::from(measures.weight).pow(2) + 65 * 65 / 2) / (65 * 65);
    for (key, value) in [
        ("/Ascent ", measures.ascent.into()),
        ("/Descent ", measures.descent.into()),
        ("/CapHeight ", measures.ascent.into()),
        ("/ItalicAngle ", 0),
        ("/StemV ", stem),
        // Not symbolic.
        ("/Flags ", 32),
    ] {
        out.extend_from_slice(key.as_bytes());
        integer(out, value);
    }
    out.extend_from_slice(b"/FontBBox[");
    for (index, edge) in measures.bounds.into_iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        integer(out, edge.into());
    }
    entry(out, if compact { "]/FontFile3" } else { "]/FontFile2" }, embedded);
    out.extend_from_slice(b">>");
}

/// Appends what stands in the width array (§9.7.4.3): rows of codes that are not as wide as a Han character.
fn widths(out: &mut Vec<u8>, codes: &[Code]) {
    let codes: Vec<Code> = codes.iter().copied().filter(|code| code.width != FULL).collect();
    for row in codes.chunk_by(|a, b| a.code + 1 == b.code) {
        integer(out, row[0].code.into());
        out.push(b'[');
        for (index, code) in row.iter().enumerate() {
            if index > 0 {
                out.push(b' ');
            }
            integer(out, code.width.into());
        }
        out.push(b']');
    }
}

/// Appends what stands in the array of widths for columns (§9.7.4.3): the codes over which the pen moves otherwise than over a Han character.
fn descents(out: &mut Vec<u8>, codes: &[(Code, Cut, Descent)]) {
    for (code, cut, descent) in codes.iter().filter(|(.., descent)| *descent != DOWN) {
        integer(out, code.code.into());
        out.extend_from_slice(b"[-");
        integer(out, descent.advance.into());
        out.push(b' ');
        // What is made stands in the middle of a full width, as does what is upright in the middle of its own.
        let width = if cut.posture == Posture::Upright { code.width } else { FULL };
        integer(out, i64::from(width / 2));
        out.push(b' ');
        integer(out, descent.origin.into());
        out.push(b']');
    }
}

/// The `ToUnicode` map (§9.10.3): one range for all codes with the same first byte, which is half the size of a line for each.
fn to_unicode(subset: &Subset) -> Vec<u8> {
    let codes: Vec<(Code, Vec<u16>)> = subset.texts();
    let ranges: Vec<_> = codes.chunk_by(|a, b| a.0.code >> 8 == b.0.code >> 8).collect();
    let mut out = b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
        .to_vec();
    // At most a hundred ranges a block are allowed.
    for block in ranges.chunks(100) {
        integer(&mut out, block.len() as i64);
        out.extend_from_slice(b" beginbfrange\n");
        for range in block {
            for (code, _) in [range.first(), range.last()].into_iter().flatten() {
                hexadecimal(&mut out, &[code.code]);
            }
            out.push(b'[');
            for (_, text) in *range {
                hexadecimal(&mut out, text);
            }
            out.extend_from_slice(b"]\n");
        }
        out.extend_from_slice(b"endbfrange\n");
    }
    out.extend_from_slice(b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    out
}

/// Six capital letters that tell a subset from others of the same font (§9.6.4): a digest of its glyphs (FNV-1a).
fn tag(glyphs: &[Cut]) -> String {
    let mut digest = glyphs
        .iter()
        .flat_map(|cut| cut.glyph.to_be_bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    std::iter::repeat_with(|| {
        let letter = char::from(b'A' + (digest % 26) as u8);
        digest /= 26;
        letter
    })
    .take(6)
    .collect()
}

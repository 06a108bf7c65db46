//! Measures how often the encoding of a text is found.
//!
//! ```text
//! cargo run --release --example detection -- FOLDER
//! ```
//!
//! The folder holds text files and a `manifest.tsv` whose first two columns name a file and its true encoding. Measured are
//! the whole files, pieces cut from them at any byte, and the same texts written in other encodings, with and without bytes
//! lost or overwritten. Pieces with fewer than two bytes beyond ASCII are left out: nothing can be told from them. The
//! pieces are always the same. With a second argument each miss is printed.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

/// Pieces cut from each file for each length.
const CUTS: usize = 4;
/// Lengths of the pieces in bytes.
const LENGTHS: [usize; 8] = [16, 32, 64, 128, 256, 512, 1024, 4096];

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: detection FOLDER [misses]");
        return ExitCode::from(2);
    };
    let files = match files(Path::new(&folder)) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            return ExitCode::FAILURE;
        }
    };
    let mut table = Table { show: arguments.next().is_some(), ..Table::default() };
    println!("% right (of how many)\n\nreal files");
    for (name, encoding, bytes) in &files {
        table.weigh("whole", name, encoding, bytes);
    }
    table.print();
    println!("\npieces of real files, {CUTS} a file; lost or overwritten bytes: 0, 1, 3");
    let mut chance = Chance(1);
    for length in LENGTHS {
        for bad in [0, 1, 3] {
            for (name, encoding, bytes) in &files {
                table.cut(name, encoding, bytes, length, bad, &mut chance);
            }
        }
    }
    table.print();
    println!("\nthe same texts in other encodings; lost or overwritten bytes: 0, 1, 3");
    let euc_tw = euc_tw_table();
    for length in LENGTHS {
        for bad in [0, 1, 3] {
            for (name, encoding, bytes) in &files {
                // Long files are cut first, not to write megabytes for one piece.
                let text: String = decoded(encoding, bytes).chars().filter(|c| *c != '\u{FEFF}').take(60_000).collect();
                for other in
                    ["gb18030", "big5", "utf-8", "utf-16le", "utf-16be", "utf-32le", "hz", "iso-2022-cn", "euc-tw"]
                {
                    if let Some(bytes) = encoded(&text, other, &euc_tw) {
                        table.cut(name, other, &bytes, length, bad, &mut chance);
                    }
                }
            }
        }
    }
    table.print();
    println!("\nthe same with one bad byte, {PLACE} bytes: right but for that place");
    for (name, encoding, bytes) in &files {
        let text: String = decoded(encoding, bytes).chars().filter(|c| *c != '\u{FEFF}').take(60_000).collect();
        for other in ["gb18030", "big5", "utf-8", "utf-16le", "hz", "iso-2022-cn", "euc-tw"] {
            if let Some(bytes) = encoded(&text, other, &euc_tw) {
                table.damage(name, other, &bytes, &mut chance);
            }
        }
    }
    table.print();
    ExitCode::SUCCESS
}

/// How long the texts are in bytes that are read with one bad byte.
const PLACE: usize = 4096;
/// How many characters may differ there.
const LOST: usize = 4;

/// Names, encodings and bytes of the files.
fn files(folder: &Path) -> std::io::Result<Vec<(String, String, Vec<u8>)>> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv"))?;
    let rows = manifest.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?.to_owned(), columns.next()?.trim_end_matches("-bom").to_owned()))
    });
    rows.map(|(name, encoding)| {
        let bytes = std::fs::read(folder.join(&name))?;
        Ok((name, encoding, bytes))
    })
    .collect()
}

/// What was right and what was weighed, by row and column.
#[derive(Default)]
struct Table {
    cells: Vec<((String, String), (usize, usize))>,
    show: bool,
}

impl Table {
    fn weigh(&mut self, row: &str, name: &str, encoding: &str, bytes: &[u8]) {
        let found = shanben::decode::decode(Path::new(name), bytes, None);
        let found = found.map_or_else(|error| error.kind.name(), |decoded| decoded.encoding);
        if self.show && found != encoding {
            println!("miss: {row} {name} {encoding} read as {found}: {}", decoded(encoding, bytes).escape_debug());
        }
        self.count(row, encoding, found == encoding);
    }

    /// Counts what was right or not in this row.
    fn count(&mut self, row: &str, encoding: &str, right: bool) {
        for column in [encoding, "all"] {
            let key = (row.to_owned(), column.to_owned());
            let cell = match self.cells.iter_mut().position(|(k, _)| *k == key) {
                Some(at) => &mut self.cells[at].1,
                None => {
                    self.cells.push((key, (0, 0)));
                    &mut self.cells.last_mut().expect("just pushed").1
                }
            };
            cell.0 += usize::from(right);
            cell.1 += 1;
        }
    }

    fn cut(&mut self, name: &str, encoding: &str, bytes: &[u8], length: usize, bad: usize, chance: &mut Chance) {
        for _ in 0..CUTS {
            let unit = if encoding.starts_with("utf-32") { 4 } else { 2 };
            let step = if encoding.starts_with("utf-") && encoding != "utf-8" { unit } else { 1 };
            let mut start = chance.below(bytes.len().saturating_sub(length) / step + 1) * step;
            if matches!(encoding, "hz" | "iso-2022-cn") {
                // Seven-bit text tells its encoding at the beginning of a line only.
                let line = bytes[..start].iter().rposition(|&byte| byte == b'\n');
                start = line.map_or(0, |at| at + 1);
            }
            let mut piece = bytes[start..bytes.len().min(start + length)].to_vec();
            let telling = match encoding {
                "hz" => piece.windows(2).filter(|two| two == b"~{").count() * 2,
                "iso-2022-cn" => piece.iter().filter(|&&byte| byte == 0x0E).count() * 2,
                "utf-16le" | "utf-16be" | "utf-32le" => piece.len() / 2,
                _ => piece.iter().filter(|byte| !byte.is_ascii()).count(),
            };
            if telling < 2 || piece.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
                continue;
            }
            for _ in 0..bad {
                let at = chance.below(piece.len());
                match chance.below(2) {
                    0 => drop(piece.remove(at)),
                    _ => piece[at] = chance.below(256) as u8,
                }
            }
            self.weigh(&format!("{length} bytes, {bad} bad"), name, encoding, &piece);
        }
    }

    /// Reads texts with one bad byte, and counts those as right that differ nowhere else.
    fn damage(&mut self, name: &str, encoding: &str, bytes: &[u8], chance: &mut Chance) {
        for _ in 0..CUTS {
            let start = bytes[..chance.below(bytes.len())].iter().rposition(|&byte| byte == b'\n');
            let start = start.map_or(0, |at| if encoding == "utf-16le" { (at + 2) & !1 } else { at + 1 });
            let mut piece = bytes[start..bytes.len().min(start + PLACE)].to_vec();
            if piece.len() < 64 {
                continue;
            }
            let read = |bytes: &[u8]| shanben::decode::decode(Path::new(name), bytes, Some(encoding));
            let Ok(whole) = read(&piece) else { continue };
            let at = chance.below(piece.len());
            match chance.below(2) {
                0 => drop(piece.remove(at)),
                _ => piece[at] = chance.below(256) as u8,
            }
            let Ok(damaged) = shanben::decode::decode(Path::new(name), &piece, None) else { continue };
            let [whole, damaged] = [whole.text, damaged.text].map(|text| text.chars().collect::<Vec<_>>());
            let same = whole.iter().zip(&damaged).take_while(|(a, b)| a == b).count();
            let behind = whole.iter().rev().zip(damaged.iter().rev()).take_while(|(a, b)| a == b).count();
            let right = same + behind + LOST >= whole.len().max(damaged.len());
            self.count("one bad byte", encoding, right);
            if self.show && !right {
                let place = |text: &[char]| text.iter().skip(same).take(40).collect::<String>();
                println!("spread: {name} {encoding} {:?} read as {:?}", place(&whole), place(&damaged));
            }
        }
    }

    /// Prints the table and empties it.
    fn print(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let mut columns: Vec<&String> = vec![];
        let mut rows: Vec<&String> = vec![];
        for ((row, column), _) in &cells {
            if !rows.contains(&row) {
                rows.push(row);
            }
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        for row in rows {
            print!("{row:18}");
            for &column in &columns {
                if let Some((_, (right, all))) = cells.iter().find(|((r, c), _)| r == row && c == column) {
                    print!("  {column} {:.2} ({all})", *right as f64 * 100.0 / *all as f64);
                }
            }
            println!();
        }
    }
}

/// A small random generator (the multiplier of PCG), so that each run measures the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// The text of `bytes`, read by `encoding_rs` or by this program.
fn decoded(encoding: &str, bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_label(encoding.as_bytes()).filter(|e| *e != encoding_rs::REPLACEMENT) {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// EUC-TW as this program reads it, turned round.
fn euc_tw_table() -> HashMap<char, Vec<u8>> {
    let pairs = (0xA1..=0xFE_u8).flat_map(|row| (0xA1..=0xFE_u8).map(move |cell| [row, cell]));
    let codes = pairs.flat_map(|[row, cell]| [vec![0x8E, 0xA2, row, cell], vec![row, cell]]);
    codes
        .filter_map(|code| {
            let text =
                shanben::decode::decode(Path::new(""), &[b"abcdefghijkl", &code[..]].concat(), Some("euc-tw")).ok()?;
            let c = text.text.chars().nth(12)?;
            (c != '\u{FFFD}').then_some((c, code))
        })
        .collect()
}

/// `text` in `encoding`; `None` where more than one in two hundred of its characters does not exist there. Those few are
/// left out.
fn encoded(text: &str, encoding: &str, euc_tw: &HashMap<char, Vec<u8>>) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    let mut missing = 0;
    let mut shifted = false;
    for c in text.chars() {
        let mut utf8 = [0; 4];
        let whatwg = |encoding: &'static encoding_rs::Encoding| {
            let mut utf8 = [0; 4];
            let (code, _, lost) = encoding.encode(c.encode_utf8(&mut utf8));
            (!lost).then(|| code.into_owned())
        };
        let gb2312 =
            || whatwg(encoding_rs::GBK).filter(|code| code.len() == 2 && code.iter().all(|&byte| byte >= 0xA1));
        let code = match encoding {
            "gb18030" => whatwg(encoding_rs::GB18030).filter(|code| code.len() < 4),
            "big5" => whatwg(encoding_rs::BIG5),
            "utf-16le" => Some(c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_le_bytes()).collect()),
            "utf-16be" => Some(c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()).collect()),
            "utf-32le" => Some(u32::from(c).to_le_bytes().to_vec()),
            "euc-tw" if c.is_ascii() => Some(vec![c as u8]),
            "euc-tw" => euc_tw.get(&c).cloned(),
            "hz" | "iso-2022-cn" => {
                let (open, close): (&[u8], &[u8]) =
                    if encoding == "hz" { (b"~{", b"~}") } else { (b"\x1B$)A\x0E", b"\x0F") };
                let code = if c.is_ascii() { Some(vec![c as u8]) } else { gb2312() };
                code.map(|code| {
                    let wide = !c.is_ascii();
                    let mut out = vec![];
                    if wide != shifted {
                        out.extend(if wide { open } else { close });
                        shifted = wide;
                    }
                    match (c, encoding) {
                        ('~', "hz") => out.extend(b"~~"),
                        _ => out.extend(code.iter().map(|byte| byte & 0x7F)),
                    }
                    out
                })
            }
            _ => Some(c.encode_utf8(&mut utf8).as_bytes().to_vec()),
        };
        match code {
            Some(code) => bytes.extend(code),
            None => missing += 1,
        }
    }
    (missing * 200 <= text.chars().count()).then_some(bytes)
}

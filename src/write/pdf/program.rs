//! The font program as a PDF carries it: without the tables that only other uses of a font need.

/// The tables of an embedded TrueType program, by tag (ISO 32000-1 §9.9); a composite font has no need of `cmap`.
const TABLES: [&[u8; 4]; 9] = [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];

/// What the words of a font sum up to, its `checkSumAdjustment` included (OpenType, `head`).
const SUM: u32 = 0xB1B0_AFBA;

/// `font` with no table but [`TABLES`]; `None` when its directory is broken.
pub fn trim(font: &[u8]) -> Option<Vec<u8>> {
    let count = u16::from_be_bytes(*font.get(4..)?.first_chunk()?);
    let records = font.get(12..12 + 16 * usize::from(count))?.as_chunks::<16>().0;
    let kept: Vec<&[u8; 16]> = records.iter().filter(|r| TABLES.iter().any(|tag| r.starts_with(*tag))).collect();

    let count = kept.len() as u16;
    let selector = count.checked_ilog2()? as u16;
    let range = 16 << selector;
    let mut out = font.get(..4)?.to_vec();
    for value in [count, range, selector, count * 16 - range] {
        out.extend_from_slice(&value.to_be_bytes());
    }
    let mut data = Vec::with_capacity(font.len());
    let mut adjustment = None;
    let first = out.len() + 16 * kept.len();
    for record in kept {
        let [offset, length] = [8, 12].map(|at| word(record, at).map(|value| value as usize));
        let (offset, length) = (offset?, length?);
        if record.starts_with(b"head") {
            adjustment = Some(first + data.len() + 8);
        }
        out.extend_from_slice(record.get(..8)?);
        out.extend_from_slice(&u32::try_from(first + data.len()).ok()?.to_be_bytes());
        out.extend_from_slice(record.get(12..)?);
        data.extend_from_slice(font.get(offset..)?.get(..length)?);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    out.append(&mut data);
    let field = adjustment?..adjustment? + 4;
    out.get_mut(field.clone())?.fill(0);
    let value = SUM.wrapping_sub(sum(&out));
    out.get_mut(field)?.copy_from_slice(&value.to_be_bytes());
    Some(out)
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_be_bytes(*word))
}

/// The sum of the words of a font whose length is a multiple of four.
fn sum(font: &[u8]) -> u32 {
    font.as_chunks::<4>().0.iter().fold(0, |sum, word| sum.wrapping_add(u32::from_be_bytes(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font of these tables, each holding its tag and then the bytes given.
    fn font(tables: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut out = vec![0, 1, 0, 0, 0, tables.len() as u8, 0, 0, 0, 0, 0, 0];
        let mut data = vec![];
        for (tag, bytes) in tables {
            out.extend_from_slice(*tag);
            out.extend_from_slice(&[0; 4]);
            out.extend_from_slice(&((12 + 16 * tables.len() + data.len()) as u32).to_be_bytes());
            out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
            data.extend_from_slice(bytes);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        out.append(&mut data);
        out
    }

    #[test]
    fn names_go_and_outlines_stay() {
        let head = [7; 54];
        let trimmed = trim(&font(&[(b"glyf", b"outline"), (b"head", &head), (b"name", b"who"), (b"post", b"it")]))
            .expect("a font");
        assert_eq!(trimmed[4..12], [0, 2, 0, 32, 0, 1, 0, 0], "two tables");
        let (glyf, head) = (&trimmed[12..28], &trimmed[28..44]);
        assert_eq!((&glyf[..4], &head[..4]), (&b"glyf"[..], &b"head"[..]));
        let at = |record: &[u8]| word(record, 8).expect("an offset") as usize;
        assert_eq!(trimmed[at(glyf)..at(glyf) + 7], *b"outline");
        assert_eq!(trimmed[at(head)..at(head) + 8], [7; 8]);
        assert_eq!(sum(&trimmed), SUM);
    }

    #[test]
    fn a_broken_directory_is_refused() {
        let whole = font(&[(b"head", &[0; 54])]);
        assert!(trim(&whole).is_some());
        assert!((0..whole.len() - 2).all(|end| trim(&whole[..end]).is_none()));
    }
}

//! Lengths as they are written in a style: `12pt`, `37mm`, `2.8cm`, or the Chinese name of a type size, `小四`.

use crate::unit::Unit;
use serde::{Deserialize, Deserializer, de::Error};

/// The Chinese type sizes, in thousandths of a point (GB/T 148; the points that Word and WPS give them).
pub const SIZES: [(&str, i32); 16] = [
    ("初号", 42_000),
    ("小初", 36_000),
    ("一号", 26_000),
    ("小一", 24_000),
    ("二号", 22_000),
    ("小二", 18_000),
    ("三号", 16_000),
    ("小三", 15_000),
    ("四号", 14_000),
    ("小四", 12_000),
    ("五号", 10_500),
    ("小五", 9_000),
    ("六号", 7_500),
    ("小六", 6_500),
    ("七号", 5_500),
    ("八号", 5_000),
];

/// Paper sizes: name, width and height in tenths of a millimetre. 16K is the Chinese book sheet of 185 × 260 mm.
pub const PAPERS: [(&str, i64, i64); 5] =
    [("A4", 2100, 2970), ("A5", 1480, 2100), ("B5", 1760, 2500), ("16K", 1850, 2600), ("Letter", 2159, 2794)];

/// The width and height of a paper, its name in any case.
pub fn paper(name: &str) -> Option<(Unit, Unit)> {
    let (_, width, height) = PAPERS.iter().find(|(n, ..)| n.eq_ignore_ascii_case(name))?;
    Some((Unit::micrometres(width * 100), Unit::micrometres(height * 100)))
}

/// Reads a length. None when it is not one, or beyond ten metres.
pub fn parse(text: &str) -> Option<Unit> {
    let text = text.trim();
    if let Some((_, size)) = SIZES.iter().find(|(name, _)| *name == text) {
        return Some(Unit(*size));
    }
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let micro = match unit.trim() {
        "" | "pt" => None,
        "mm" => Some(1000.0),
        "cm" => Some(10_000.0),
        "in" => Some(25_400.0),
        _ => return None,
    };
    let number: f64 = number.parse().ok()?;
    let length = match micro {
        None if number <= 28_346.0 => Unit((number * 1000.0).round() as i32),
        Some(micro) if number * micro <= 10_000_000.0 => Unit::micrometres((number * micro).round() as i64),
        _ => return None,
    };
    Some(length)
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Points(f64),
    Text(String),
}

/// A length: a string, or a number of points.
pub fn length<'de, D: Deserializer<'de>>(source: D) -> Result<Unit, D::Error> {
    let text = match Written::deserialize(source)? {
        Written::Points(points) => points.to_string(),
        Written::Text(text) => text,
    };
    parse(&text).ok_or_else(|| D::Error::custom(format!("{text:?} is not a length: 12pt, 37mm, 2.8cm or 小四")))
}

/// A length that may be left out.
pub fn optional_length<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Unit>, D::Error> {
    length(source).map(Some)
}

/// A number of ems or body lines, kept in thousandths.
pub fn em<'de, D: Deserializer<'de>>(source: D) -> Result<i32, D::Error> {
    let number = f64::deserialize(source)?;
    if !(-100.0..=100.0).contains(&number) {
        return Err(D::Error::custom(format!("{number} is not between -100 and 100")));
    }
    Ok((number * 1000.0).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_unit_and_by_chinese_name() {
        assert_eq!(parse("小四"), Some(Unit::pt(12)));
        assert_eq!(parse("三号"), Some(Unit::pt(16)));
        assert_eq!(parse("五号"), Some(Unit(10_500)));
        assert_eq!(parse("210mm"), Some(Unit(595_276)));
        assert_eq!(parse("21 cm"), Some(Unit(595_276)));
        assert_eq!(parse("10.5"), Some(Unit(10_500)));
        for wrong in ["", "pt", "12px", "九号", "1.2.3pt", "99999999mm", "-3pt"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(paper("a4"), Some((Unit(595_276), Unit(841_890))));
        assert_eq!(paper("A3"), None);
    }
}

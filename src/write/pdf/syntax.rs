//! The syntax of PDF objects, written straight into a buffer (ISO 32000-1 §7.3).

use crate::unit::Unit;

/// Appends an integer.
pub fn integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a length in points: exact, with as many decimals as it has.
pub fn length(out: &mut Vec<u8>, value: Unit) {
    let (whole, mut rest) = (value.0.unsigned_abs() / 1000, value.0.unsigned_abs() % 1000);
    if value.0 < 0 {
        out.push(b'-');
    }
    if whole > 0 || rest == 0 {
        integer(out, whole.into());
    }
    if rest > 0 {
        out.push(b'.');
        while rest > 0 {
            out.push(b'0' + (rest / 100) as u8);
            rest = rest % 100 * 10;
        }
    }
}

/// Appends an indirect reference.
pub fn reference(out: &mut Vec<u8>, number: u32) {
    integer(out, number.into());
    out.extend_from_slice(b" 0 R");
}

/// Appends an entry whose value is a reference: its name with the solidus, and the object's number.
pub fn entry(out: &mut Vec<u8>, name: &str, number: u32) {
    out.extend_from_slice(name.as_bytes());
    out.push(b' ');
    reference(out, number);
}

/// Appends a text string: ASCII as it is, everything else in UTF-16 (§7.9.2.2).
pub fn text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        bytes(out, text.as_bytes());
        return;
    }
    let units: Vec<u16> = std::iter::once(0xFEFF).chain(text.encode_utf16()).collect();
    hexadecimal(out, &units);
}

/// Appends a hexadecimal string of these units.
pub fn hexadecimal(out: &mut Vec<u8>, units: &[u16]) {
    out.push(b'<');
    for unit in units {
        out.extend([12, 8, 4, 0].map(|shift| b"0123456789ABCDEF"[usize::from(unit >> shift & 15)]));
    }
    out.push(b'>');
}

/// Appends a literal string of any bytes.
pub fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for &byte in bytes {
        literal_byte(out, byte);
    }
    out.push(b')');
}

/// Appends one byte of a literal string.
pub fn literal_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// Appends a rectangle: left, bottom, right, top (§7.9.5).
pub fn rectangle(out: &mut Vec<u8>, corners: [Unit; 4]) {
    out.push(b'[');
    for (i, corner) in corners.into_iter().enumerate() {
        if i > 0 {
            out.push(b' ');
        }
        length(out, corner);
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = vec![];
        write(&mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn lengths_are_exact_decimals() {
        let all = [0, 5, -5, 1000, -28_950, 595_276, 12_100, 500].map(|u| written(|out| length(out, Unit(u))));
        assert_eq!(all, ["0", ".005", "-.005", "1", "-28.95", "595.276", "12.1", ".5"]);
        assert_eq!(written(|out| integer(out, i64::MIN)), "-9223372036854775808");
    }

    #[test]
    fn strings_are_escaped_or_utf16() {
        assert_eq!(written(|out| text(out, "a(b)\\")), "(a\\(b\\)\\\\)");
        assert_eq!(written(|out| text(out, "善𠮷")), "<FEFF5584D842DFB7>");
        assert_eq!(written(|out| text(out, "a\nb")), "<FEFF0061000A0062>");
    }
}

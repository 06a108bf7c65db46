//! What the header of a JPEG file says (ITU-T T.81, annex B).

use super::{Format, sized};

/// Size and format of a JPEG file; its picture is left to those who show it.
///
/// # Errors
/// In a few words, why it cannot be shown.
pub fn header(bytes: &[u8]) -> Result<((u32, u32), Format), &'static str> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        // Any number of fill bytes may come before a marker.
        let [0xFF, after @ ..] = rest else { return Err("damaged") };
        let [marker, after @ ..] = after else { return Err("damaged") };
        match marker {
            0xFF => rest = &rest[1..],
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => rest = after,
            // The picture, or its end, before any frame.
            0xDA | 0xD9 => return Err("damaged"),
            _ => {
                let [high, low, ..] = after else { return Err("damaged") };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let segment = after.get(2..length).ok_or("damaged")?;
                match marker {
                    // Baseline, extended and progressive frames, coded by Huffman's method.
                    0xC0..=0xC2 => return frame(segment),
                    0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err("a rare kind of JPEG"),
                    _ => rest = after.get(length..).unwrap_or_default(),
                }
            }
        }
    }
}

fn frame(segment: &[u8]) -> Result<((u32, u32), Format), &'static str> {
    let &[precision, h1, h0, w1, w0, components, ..] = segment else { return Err("damaged") };
    let grey = match components {
        1 => true,
        3 => false,
        // The colours of the page are those of a screen (PDF/A).
        _ => return Err("the colours of a printing press (CMYK)"),
    };
    if precision != 8 {
        return Err("a rare kind of JPEG");
    }
    let size = sized(u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into())?;
    Ok((size, Format::Jpeg { grey }))
}

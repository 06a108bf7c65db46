//! What the markers of a JPEG file say (ITU-T T.81, annex B).

mod scan;

use super::{Format, sized, why};
use crate::lang::Phrase;
use scan::Frame;

/// Size and format of a JPEG file, which is whole to its end, its coded data included; its picture is left to those who show it.
///
/// # Errors
/// In a few words, why it cannot be shown.
pub fn header(bytes: &[u8]) -> Result<((u32, u32), Format), Phrase> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    let (mut found, mut frame) = (None, Frame::default());
    loop {
        // Any number of fill bytes may come before a marker.
        let [0xFF, after @ ..] = rest else { return Err(if rest.is_empty() { why::CUT } else { why::DAMAGED }) };
        let [marker, after @ ..] = after else { return Err(why::CUT) };
        match marker {
            0xFF => rest = &rest[1..],
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => rest = after,
            0xD9 => return found.filter(|_| frame.is_whole()).ok_or(why::DAMAGED),
            _ => {
                let [high, low, ..] = after else { return Err(why::CUT) };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                if length > after.len() {
                    return Err(why::CUT);
                }
                let segment = after.get(2..length).ok_or(why::DAMAGED)?;
                rest = after.get(length..).unwrap_or_default();
                match marker {
                    // Baseline, extended and progressive frames, coded by Huffman's method.
                    0xC0..=0xC2 => {
                        let (size, format) = told(segment)?;
                        frame.begin(segment, size, *marker == 0xC2)?;
                        found = Some((size, format));
                    }
                    0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(why::RARE_JPEG),
                    0xC4 => frame.codes(segment)?,
                    0xDB => frame.quantizers(segment)?,
                    0xDD => frame.restarts(segment)?,
                    0xDA => {
                        let data = &rest[..coded(rest)?];
                        frame.scan(segment, data)?;
                        rest = &rest[data.len()..];
                    }
                    _ => {}
                }
            }
        }
    }
}

/// How many bytes of coded data stand at the beginning of `rest`, before a marker that is neither a restart nor a byte of the data.
fn coded(rest: &[u8]) -> Result<usize, Phrase> {
    let mut marks = memchr::memchr_iter(0xFF, rest);
    marks.find(|&at| !matches!(rest.get(at + 1), Some(0x00 | 0xD0..=0xD7 | 0xFF))).ok_or(why::CUT)
}

/// What the header of a frame says of the picture.
fn told(segment: &[u8]) -> Result<((u32, u32), Format), Phrase> {
    let &[precision, h1, h0, w1, w0, components, ..] = segment else { return Err(why::DAMAGED) };
    let grey = match components {
        1 => true,
        3 => false,
        // The colours of the page are those of a screen (PDF/A).
        _ => return Err(why::CMYK),
    };
    if precision != 8 {
        return Err(why::RARE_JPEG);
    }
    let size = sized(u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into())?;
    Ok((size, Format::Jpeg { grey }))
}

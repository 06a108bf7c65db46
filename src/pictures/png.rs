//! PNG, decoded.

use super::{Format, sized};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_core::result::DecodingResult;
use zune_png::PngDecoder;

/// Size and samples of a PNG file.
///
/// # Errors
/// In a few words, why it cannot be shown.
pub fn decode(bytes: &[u8]) -> Result<((u32, u32), Format), &'static str> {
    let side = 1 << 16;
    let options = DecoderOptions::default().set_max_width(side).set_max_height(side).png_set_strip_to_8bit(true);
    let mut decoder = PngDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| "damaged")?;
    let (width, height) = decoder.dimensions().ok_or("damaged")?;
    let size = sized(u32::try_from(width).unwrap_or(u32::MAX), u32::try_from(height).unwrap_or(u32::MAX))?;
    let DecodingResult::U8(samples) = decoder.decode().map_err(|_| "damaged")? else { return Err("damaged") };
    let (samples, grey) = match decoder.colorspace().ok_or("damaged")? {
        ColorSpace::Luma => (samples, true),
        ColorSpace::RGB => (samples, false),
        ColorSpace::LumaA => (on_white::<2>(&samples), true),
        ColorSpace::RGBA => (on_white::<4>(&samples), false),
        _ => return Err("a rare kind of PNG"),
    };
    let channels = if grey { 1 } else { 3 };
    if samples.len() != width * height * channels {
        return Err("damaged");
    }
    Ok((size, Format::Png { samples, grey }))
}

/// Pixels of `N` samples, the last of which says how opaque they are, as they look on white paper.
fn on_white<const N: usize>(samples: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() / N * (N - 1));
    for pixel in samples.as_chunks::<N>().0 {
        let opaque = u32::from(pixel[N - 1]);
        out.extend(
            pixel[..N - 1]
                .iter()
                .map(|&sample| ((u32::from(sample) * opaque + 255 * (255 - opaque) + 127) / 255) as u8),
        );
    }
    out
}

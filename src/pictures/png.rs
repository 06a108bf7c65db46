//! PNG: its header, and its samples.

use super::{Format, Samples, sized, why};
use crate::lang::Phrase;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_core::result::DecodingResult;
use zune_png::PngDecoder;

/// Size and format of a PNG file.
///
/// # Errors
/// In a few words, why it cannot be shown.
pub fn header(bytes: &[u8]) -> Result<((u32, u32), Format), Phrase> {
    let mut decoder = decoder(bytes);
    decoder.decode_headers().map_err(|_| why::DAMAGED)?;
    let (width, height) = decoder.dimensions().ok_or(why::DAMAGED)?;
    let size = sized(u32::try_from(width).unwrap_or(u32::MAX), u32::try_from(height).unwrap_or(u32::MAX))?;
    let grey = match decoder.colorspace().ok_or(why::DAMAGED)? {
        ColorSpace::Luma | ColorSpace::LumaA => true,
        ColorSpace::RGB | ColorSpace::RGBA => false,
        _ => return Err(why::RARE_PNG),
    };
    Ok((size, Format::Png { grey }))
}

/// The samples of a PNG file whose size is known to be fit: rows from the top, a byte a sample, what is transparent on white.
///
/// # Errors
/// In a few words, why it cannot be shown.
pub fn decode(bytes: &[u8]) -> Result<Samples, Phrase> {
    let mut decoder = decoder(bytes);
    let DecodingResult::U8(samples) = decoder.decode().map_err(|_| why::DAMAGED)? else { return Err(why::DAMAGED) };
    let (samples, grey) = match decoder.colorspace().ok_or(why::DAMAGED)? {
        ColorSpace::Luma => (samples, true),
        ColorSpace::RGB => (samples, false),
        ColorSpace::LumaA => (on_white::<2>(&samples), true),
        ColorSpace::RGBA => (on_white::<4>(&samples), false),
        _ => return Err(why::RARE_PNG),
    };
    let (width, height) = decoder.dimensions().ok_or(why::DAMAGED)?;
    let channels = if grey { 1 } else { 3 };
    if samples.len() != width * height * channels {
        return Err(why::DAMAGED);
    }
    Ok(Samples { samples, grey })
}

/// A decoder that believes the checksums.
fn decoder(bytes: &[u8]) -> PngDecoder<ZCursor<&[u8]>> {
    let side = 1 << 16;
    let options = DecoderOptions::default().set_max_width(side).set_max_height(side).png_set_strip_to_8bit(true);
    let options = options.png_set_confirm_crc(true).inflate_set_confirm_adler(true);
    PngDecoder::new_with_options(ZCursor::new(bytes), options)
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

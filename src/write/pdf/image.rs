//! Pictures as image objects (ISO 32000-1 §8.9.5).

use super::file::{File, Filter};
use super::syntax::{entry, integer};
use crate::lang::Lang;
use crate::layout::{Layout, Page};
use crate::pictures::{Format, Picture, Pictures};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The image objects of a file: each picture is decoded and written once, however often it is shown.
pub struct Images<'p> {
    pictures: &'p Pictures,
    /// The objects, by the numbers of the pictures.
    numbers: BTreeMap<usize, u32>,
}

impl<'p> Images<'p> {
    /// Writes the pictures that `layout` shows.
    ///
    /// # Errors
    /// A sentence, when one of them is not among `pictures`.
    pub fn write(layout: &Layout, pictures: &'p Pictures, file: &mut File<'_>) -> Result<Self, String> {
        let mut numbers = BTreeMap::new();
        for shown in layout.pages.iter().flat_map(|page: &Page| &page.pictures) {
            let picture = pictures.number(&shown.target).ok_or(NOT_THERE)?;
            if let Entry::Vacant(unwritten) = numbers.entry(picture) {
                let number = *unwritten.insert(file.reserve());
                image(file, number, pictures.at(picture).ok_or(NOT_THERE)?)?;
            }
        }
        Ok(Images { pictures, numbers })
    }

    /// The name by which content streams call the picture of `target`.
    pub fn name(&self, target: &str) -> Option<String> {
        self.numbers.get(&self.pictures.number(target)?).map(|number| format!("Im{number}"))
    }

    /// Appends the entry `XObject` of the resources, if there is any picture.
    pub fn write_resources(&self, out: &mut Vec<u8>) {
        if self.numbers.is_empty() {
            return;
        }
        out.extend_from_slice(b"/XObject<<");
        for &number in self.numbers.values() {
            entry(out, &format!("/Im{number}"), number);
        }
        out.extend_from_slice(b">>");
    }
}

/// Says that layout and pictures are not of one document.
const NOT_THERE: &str = "a picture was set that is not there";

fn image(file: &mut File<'_>, number: u32, picture: &Picture) -> Result<(), String> {
    let (Format::Png { grey } | Format::Jpeg { grey }) = picture.format;
    let decoded = picture.samples().map_err(|why| why.told(Lang::En))?.map(|decoded| decoded.samples);
    let mut entries = b"/Type/XObject/Subtype/Image/BitsPerComponent 8/Width ".to_vec();
    integer(&mut entries, picture.size.0.into());
    entries.extend_from_slice(b"/Height ");
    integer(&mut entries, picture.size.1.into());
    entries.extend_from_slice(if grey { b"/ColorSpace/DeviceGray" } else { b"/ColorSpace/DeviceRGB" });
    match decoded {
        Some(samples) => file.stream(number, &entries, &samples, Filter::TEXT),
        None => {
            entries.extend_from_slice(b"/Filter/DCTDecode");
            file.stream(number, &entries, &picture.bytes, Filter::None);
        }
    }
    Ok(())
}

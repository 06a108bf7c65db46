//! Pictures as image objects (ISO 32000-1 §8.9.5).

use super::file::{File, Filter};
use super::syntax::{entry, integer};
use crate::layout::{Layout, Page};
use crate::pictures::{Format, Picture, Pictures};
use std::collections::BTreeMap;

/// The image objects of a file, by the targets of the pictures: each is written once, however often it is shown.
pub struct Images {
    numbers: BTreeMap<String, u32>,
}

impl Images {
    /// Writes the pictures that `layout` shows.
    ///
    /// # Errors
    /// A sentence, when one of them is not among `pictures`.
    pub fn write(layout: &Layout, pictures: &Pictures, file: &mut File<'_>) -> Result<Self, String> {
        let mut numbers = BTreeMap::new();
        for shown in layout.pages.iter().flat_map(|page: &Page| &page.pictures) {
            if !numbers.contains_key(&shown.target) {
                let picture = pictures.get(&shown.target).ok_or("a picture was set that is not there")?;
                let number = file.reserve();
                image(file, number, picture);
                numbers.insert(shown.target.clone(), number);
            }
        }
        Ok(Images { numbers })
    }

    /// The name by which content streams call the picture of `target`.
    pub fn name(&self, target: &str) -> Option<String> {
        self.numbers.get(target).map(|number| format!("Im{number}"))
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

fn image(file: &mut File<'_>, number: u32, picture: &Picture) {
    let (samples, grey, filter) = match &picture.format {
        Format::Png { samples, grey } => (samples, *grey, Filter::TEXT),
        Format::Jpeg { grey } => (&picture.bytes, *grey, Filter::None),
    };
    let mut entries = b"/Type/XObject/Subtype/Image/BitsPerComponent 8/Width ".to_vec();
    integer(&mut entries, picture.size.0.into());
    entries.extend_from_slice(b"/Height ");
    integer(&mut entries, picture.size.1.into());
    entries.extend_from_slice(if grey { b"/ColorSpace/DeviceGray" } else { b"/ColorSpace/DeviceRGB" });
    if filter == Filter::None {
        entries.extend_from_slice(b"/Filter/DCTDecode");
    }
    file.stream(number, &entries, samples, filter);
}

//! Pictures: a drawing in the text (DrawingML, ISO/IEC 29500-1 §20), and the part that holds its file.

use super::xml::escape;
use crate::pictures::{Picture, Pictures};
use crate::unit::Unit;
use std::collections::BTreeMap;

const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const INLINE: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// The pictures that have been shown, in order of first use, and where in that order each is.
#[derive(Default)]
pub struct Media {
    files: Vec<usize>,
    numbers: BTreeMap<usize, usize>,
    /// The same picture may be shown again.
    drawings: usize,
}

impl Media {
    /// The number in the package of the picture that has the number `picture` in the document; both from 0.
    pub fn number(&mut self, picture: usize) -> usize {
        *self.numbers.entry(picture).or_insert_with(|| {
            self.files.push(picture);
            self.files.len() - 1
        })
    }

    /// How many drawings there are.
    pub fn drawings(&self) -> usize {
        self.drawings
    }

    /// The drawing of a picture of `size` that is described as `name`, by the `relationship` to its file.
    pub fn drawing(&mut self, relationship: &str, name: &str, size: (Unit, Unit)) -> String {
        self.drawings += 1;
        let id = self.drawings;
        // In English Metric Units, 12,700 to a point.
        let extent = |unit: Unit| i64::from(unit.0) * 127 / 10;
        let (cx, cy) = (extent(size.0), extent(size.1));
        let name = escape(name);
        format!(
            "<w:drawing><wp:inline xmlns:wp=\"{INLINE}\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
             <wp:docPr id=\"{id}\" name=\"Picture {id}\" descr=\"{name}\"/>\
             <wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a=\"{MAIN}\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
             <a:graphic xmlns:a=\"{MAIN}\"><a:graphicData uri=\"{PICTURE}\"><pic:pic xmlns:pic=\"{PICTURE}\">\
             <pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Picture {id}\" descr=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{relationship}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    }

    /// The files, by their names below `word/`.
    pub fn parts(&self, pictures: &Pictures) -> Vec<(String, Vec<u8>)> {
        let known = self.files.iter().enumerate().filter_map(|(number, file)| Some((number, pictures.at(*file)?)));
        known.map(|(number, picture)| (part_name(number, picture), picture.bytes.to_vec())).collect()
    }
}

/// Name of the part below `word/` that holds `picture`, the file of this number.
pub fn part_name(number: usize, picture: &Picture) -> String {
    format!("media/image{}.{}", number + 1, picture.extension())
}

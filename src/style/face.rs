//! Typefaces by what they are for, and the fonts that a style names for them.

use super::Style;
use serde::{Deserialize, Serialize};

/// The role of a typeface; the font files behind it are the business of `fonts` and of the DOCX font table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// 宋 body text.
    #[default]
    Song,
    /// 粗宋.
    SongBold,
    /// 小标宋 titles.
    Title,
    /// 黑 headings of official documents.
    Hei,
    /// 粗黑 headings and strong emphasis.
    HeiBold,
    /// 楷 quotations, notes, emphasis.
    Kai,
    /// 仿宋 body of official documents.
    Fangsong,
    /// Fixed width, for code.
    Mono,
    /// Letters and digits among Song, Kai and Fangsong, where a font of their own is named for them.
    Western,
    /// One that a style adds, by its number among those.
    Added(u8),
}

impl Face {
    /// All faces that every style has, by the names that styles and options give them.
    pub const NAMED: [(&str, Face); 9] = [
        ("song", Face::Song),
        ("song-bold", Face::SongBold),
        ("title", Face::Title),
        ("hei", Face::Hei),
        ("hei-bold", Face::HeiBold),
        ("kai", Face::Kai),
        ("fangsong", Face::Fangsong),
        ("mono", Face::Mono),
        ("western", Face::Western),
    ];

    /// How many faces a style may add.
    pub const ADDED: usize = 8;

    /// How many faces there may be.
    pub const COUNT: usize = Face::NAMED.len() + Face::ADDED;

    /// Its place in a table of [`COUNT`](Face::COUNT) faces.
    pub const fn index(self) -> usize {
        match self {
            Face::Song => 0,
            Face::SongBold => 1,
            Face::Title => 2,
            Face::Hei => 3,
            Face::HeiBold => 4,
            Face::Kai => 5,
            Face::Fangsong => 6,
            Face::Mono => 7,
            Face::Western => 8,
            Face::Added(number) => Face::NAMED.len() + number as usize % Face::ADDED,
        }
    }

    /// The face at place `index`.
    pub const fn at(index: usize) -> Face {
        if index < Face::NAMED.len() { Face::NAMED[index].1 } else { Face::Added((index - Face::NAMED.len()) as u8) }
    }

    /// The face that is named `name`.
    pub fn named(name: &str) -> Option<Face> {
        Face::NAMED.into_iter().find_map(|(known, face)| (known == name).then_some(face))
    }

    /// Its name; nothing for one that a style adds.
    pub fn name(self) -> &'static str {
        Face::NAMED.into_iter().find_map(|(name, face)| (face == self).then_some(name)).unwrap_or_default()
    }

    /// The face whose font of the user's serves this one, where it has none of its own.
    pub const fn like(self) -> Option<Face> {
        match self {
            Face::Title => Some(Face::SongBold),
            Face::HeiBold => Some(Face::Hei),
            Face::Song | Face::SongBold | Face::Hei | Face::Kai | Face::Fangsong | Face::Mono => None,
            Face::Western | Face::Added(_) => None,
        }
    }

    /// Whether a font that is named for Western letters sets those of this face: the others are bold, or as wide as each other.
    pub const fn has_common_letters(self) -> bool {
        match self {
            Face::Song | Face::Kai | Face::Fangsong | Face::Western | Face::Added(_) => true,
            Face::SongBold | Face::Title | Face::Hei | Face::HeiBold | Face::Mono => false,
        }
    }
}

impl Style {
    /// The fonts that it names: for which face, by which name, and the font.
    pub fn fonts(&self) -> impl Iterator<Item = (Face, &str, &str)> {
        let mut added = (0..).map(Face::Added);
        self.fonts.iter().filter_map(move |(name, font)| {
            let face = Face::named(name).or_else(|| added.next())?;
            Some((face, name.as_str(), font.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_a_place_of_its_own() {
        for index in 0..Face::COUNT {
            assert_eq!(Face::at(index).index(), index);
        }
        for (index, (name, face)) in Face::NAMED.into_iter().enumerate() {
            assert_eq!((face.index(), Face::named(name), face.name()), (index, Some(face), name));
        }
    }
}

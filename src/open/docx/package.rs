//! A DOCX as a package: the parts in its zip, and how they refer to each other (ECMA-376, part 2).

use super::xml::{Node, Tag, Walk};
use crate::error::Cause;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The largest part of a document that is not ours which is read, in bytes: a zip of a few bytes can unpack to very many.
pub const LARGEST_PART: u64 = 128 << 20;
/// The largest picture.
const PICTURE: u64 = 32 << 20;
/// The longest target, in bytes: it is written for each reference. Word and browsers follow none that is longer.
const TARGET: usize = 2083;
/// The largest part that says what another refers to: it is read before anything is known of the whole.
const RELATIONS: u64 = 4 << 20;

/// A package.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The last word of its type: `footnotes`, `image`, `hyperlink`.
    pub kind: String,
    /// Its name in the package, or its address if it lies outside.
    pub name: String,
    /// Whether it lies outside.
    pub outside: bool,
}

impl<'b> Package<'b> {
    /// Opens `bytes`.
    ///
    /// # Errors
    /// When they are no zip.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Cause> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Cause::UnreadableDocx { why: e.to_string() })?;
        Ok(Package { archive })
    }

    /// How many bytes a part has, unpacked, as far as the package says.
    pub fn size(&mut self, name: &str) -> u64 {
        self.archive.by_name(name).map_or(0, |file| file.size().min(LARGEST_PART))
    }

    /// The text of the part of this name; `None` where there is none.
    ///
    /// # Errors
    /// When it is damaged, or larger than any that is read.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Cause> {
        self.text(name, LARGEST_PART)
    }

    fn text(&mut self, name: &str, most: u64) -> Result<Option<String>, Cause> {
        let Some(bytes) = self.bytes(name, most)? else { return Ok(None) };
        Ok(Some(match bytes.as_slice() {
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
            [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        }))
    }

    /// The picture in the part of this name, if it can be had.
    pub fn picture(&mut self, name: &str) -> Option<Vec<u8>> {
        self.bytes(name, PICTURE).ok()?
    }

    fn bytes(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Cause> {
        let unreadable = |why: String| Cause::UnreadablePart { name: name.to_owned(), why };
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(unreadable(error.to_string())),
        };
        let claimed = file.size();
        if claimed > most {
            return Err(Cause::of(name, Cause::LargerThan { most }));
        }
        let mut bytes = vec![];
        // What it costs was told by what it claims.
        file.take(claimed + 1).read_to_end(&mut bytes).map_err(|e| unreadable(e.to_string()))?;
        if bytes.len() as u64 > claimed {
            return Err(Cause::of(name, Cause::HoldsMoreThanClaimed));
        }
        Ok(Some(bytes))
    }

    /// What the part of this name refers to, by id; the package itself for an empty name.
    ///
    /// # Errors
    /// When the part that says it is damaged.
    pub fn relations(&mut self, part: &str) -> Result<HashMap<String, Target>, Cause> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let source = self.text(&format!("{folder}{slash}_rels/{name}.rels"), RELATIONS)?.unwrap_or_default();
        let mut relations = HashMap::new();
        for node in Walk::new(&source) {
            if let Node::Open(Tag { name: "Relationship", attributes, .. }) = &node {
                let kind = attributes.get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                let outside = attributes.get("TargetMode").eq_ignore_ascii_case("external");
                let target = attributes.get("Target");
                if target.len() > TARGET {
                    continue;
                }
                let name = if outside { target.to_owned() } else { resolved(folder, target) };
                relations.insert(attributes.get("Id").to_owned(), Target { kind, name, outside });
            }
        }
        Ok(relations)
    }
}

/// The name of the part that `target` names, seen from `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { vec![] } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

//! A bag (BagIt 1.0, RFC 8493): the editions of a folder, their sources, the report, and the proof that they agree, as one package whose every file has its digest.
//!
//! The same folder gives the same bytes. What does not agree is not packed: a package is a promise.

mod findings;
mod tags;

use crate::batch::proof::{Proof, source_bytes};
use crate::batch::{Archives, Entry, Folder, plain};
use crate::digest::sha256;
use crate::error::{Cause, Error, Kind, Stage};
use crate::options::Format;
use crate::report::{Record, Summary};
use crate::verify::volume_facts;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

pub use findings::{Finding, Test, findings};
pub use tags::Info;

/// The name of the file that makes a folder a bag.
const DECLARED: &str = "bagit.txt";
/// The name of what is said of a bag.
const INFO: &str = "bag-info.txt";
/// The name of the list of digests of the payload.
const MANIFEST: &str = "manifest-sha256.txt";
/// The name of the list of digests of all other files.
const TAGS: &str = "tagmanifest-sha256.txt";

/// An input whose outputs were proved.
#[derive(Debug)]
pub struct Proved {
    /// The path of its outputs below the folder, without extension.
    pub target: String,
    /// What is on record of it.
    pub entry: Entry,
    /// What was proved.
    pub proof: Proof,
}

/// What was packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// Files of the payload.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Whether the same bag stood there already.
    pub stood: bool,
}

/// A bag under way.
struct Bag<'b> {
    root: &'b Path,
    /// The digests of the payload, by path.
    payload: BTreeMap<String, String>,
    /// Those of the other files.
    tags: BTreeMap<String, String>,
    /// Names as file systems compare them.
    names: BTreeSet<String>,
    bytes: u64,
}

/// Whether `folder` is a bag that this program packed.
pub fn is_ours(folder: &Path) -> bool {
    plain::read(&folder.join(DECLARED)).is_ok_and(|told| told == tags::DECLARATION.as_bytes())
        && plain::read(&folder.join(INFO)).is_ok_and(|told| tags::is_ours(&told))
}

/// A path as file systems compare them.
fn key(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

impl Bag<'_> {
    /// Whether some file system takes `path` for that of a file in it.
    fn holds(&self, path: &str) -> bool {
        self.names.contains(&key(path))
    }

    /// Writes the file at `path` below the root.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let fail = |kind, cause| Error::new(Stage::Write, kind, self.root.join(path), cause);
        if !self.names.insert(key(path)) {
            return Err(fail(Kind::InTheWay, Cause::NameMeetsAnother));
        }
        let place = self.root.join(path);
        let put = || -> io::Result<()> {
            fs::create_dir_all(place.parent().unwrap_or(self.root))?;
            fs::write(&place, bytes)
        };
        put().map_err(|error| fail(Kind::Unwritable, (&error).into()))?;
        let digests = if path.starts_with("data/") { &mut self.payload } else { &mut self.tags };
        digests.insert(path.to_owned(), sha256(bytes));
        if path.starts_with("data/") {
            self.bytes += bytes.len() as u64;
        }
        Ok(())
    }
}

impl Bag<'_> {
    /// Writes the sources that the volume at `target` carries, and its table; gives the folder of the sources.
    fn write_volume(&mut self, folder: &Folder, target: &str, entry: &Entry) -> Result<String, Error> {
        let read = |path: &str| {
            let shown = folder.shown(path);
            plain::read(&folder.path(path))
                .map_err(|error| Error::new(Stage::Verify, Kind::Missing, shown, (&error).into()))
        };
        let sources = format!("data/sources/{target}/");
        for pdf in entry.outputs.iter().filter(|output| output.facts.format == Format::Pdf) {
            let broken = |cause| Error::new(Stage::Verify, Kind::Disagrees, folder.shown(&pdf.facts.path), cause);
            for (name, source) in volume_facts(read(&pdf.facts.path)?).map_err(broken)?.sources {
                self.write(&format!("{sources}{}", name.replace('/', "_")), &source)?;
            }
        }
        let table = format!("{target}.csv");
        self.write(&format!("data/editions/{table}"), &read(&table)?)?;
        Ok(sources)
    }
}

/// Packs the outputs of `proved` in `folder` into a bag at `place`, where nothing stands yet, or the same bag. Sources may lie in `archives`.
///
/// # Errors
/// When an output or a source cannot be had as it was, something else stands at `place`, or it cannot be written.
pub fn pack(
    folder: &Folder,
    proved: &[Proved],
    place: &Path,
    info: &Info,
    archives: &mut Archives,
) -> Result<Packed, Error> {
    let broken = |error: io::Error| Error::new(Stage::Write, Kind::Unwritable, place, (&error).into());
    // Beside its place, so that it is there as a whole or not at all.
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.would_hold(place) {
        return Err(Error::new(Stage::Write, Kind::InTheWay, place, Cause::BagWithinFolder));
    }
    fs::create_dir_all(parent).map_err(broken)?;
    let draft = tempfile::Builder::new().prefix(".shanben-").suffix(".tmp").tempdir_in(parent).map_err(broken)?;
    let root = draft.path().join("bag");
    let mut bag =
        Bag { root: &root, payload: BTreeMap::new(), tags: BTreeMap::new(), names: BTreeSet::new(), bytes: 0 };
    let (mut report, mut statements, mut catalog) = (String::new(), String::new(), tags::CATALOG.to_owned());
    let (mut summary, mut counts) = (Summary::default(), findings::Counts::default());
    for Proved { target, entry, proof } in proved {
        let mut record = Record { millis: 0, ..entry.record.clone() };
        let path = match entry.collected {
            Some(_) => bag.write_volume(folder, target, entry)?,
            None => {
                let name = record.input.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or_default().to_owned();
                let below = target.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                let source = source_bytes(folder, entry, archives)
                    .ok_or_else(|| Error::new(Stage::Verify, Kind::Missing, &*record.input, Cause::SourceNotAtHand))?;
                // Two names may be one to other systems; no two targets are.
                let path = match format!("data/sources/{below}{name}") {
                    path if bag.holds(&path) => format!("data/sources/{target}/{name}"),
                    path => path,
                };
                bag.write(&path, &source)?;
                path
            }
        };
        for output in &entry.outputs {
            let facts = &output.facts;
            let shown = folder.path(&facts.path);
            let bytes = plain::read(&shown)
                .map_err(|error| Error::new(Stage::Verify, Kind::Missing, &*shown, (&error).into()))?;
            if sha256(&bytes) != facts.sha256 {
                return Err(Error::new(Stage::Verify, Kind::Disagrees, &*shown, Cause::Changed));
            }
            bag.write(&format!("data/editions/{}", facts.path), &bytes)?;
            let mut facts = facts.clone();
            facts.path = format!("data/editions/{}", facts.path);
            record.outputs.push(facts);
        }
        let found = findings(&record, proof);
        counts.add(&found);
        statements.push_str(&findings::line(&record, &path, &found));
        catalog.push_str(&tags::catalog_row(&record, &path));
        summary.add(&record);
        report.push_str(&record.to_line());
    }
    report.push_str(&summary.to_line());
    bag.write("data/report.jsonl", report.as_bytes())?;
    bag.write("metadata/proof.jsonl", statements.as_bytes())?;
    bag.write("metadata/proof.txt", counts.told().as_bytes())?;
    bag.write("metadata/catalog.csv", catalog.as_bytes())?;
    bag.write(DECLARED, tags::DECLARATION.as_bytes())?;
    let told = info.told(bag.payload.len(), bag.bytes);
    bag.write(INFO, told.as_bytes())?;
    let listed = tags::digests(&bag.payload);
    bag.write(MANIFEST, listed.as_bytes())?;
    let listed = tags::digests(&bag.tags);
    let packed = Packed { files: bag.payload.len(), bytes: bag.bytes, stood: false };
    if place.symlink_metadata().is_ok() && fs::remove_dir(place).is_err() {
        // The digests of the digests: the same bag, or another.
        if !plain::read(&place.join(TAGS)).is_ok_and(|stands| stands == listed.as_bytes()) {
            return Err(Error::new(Stage::Write, Kind::InTheWay, place, Cause::OtherStandsThere));
        }
        // And whether it is whole: a package is a promise.
        for (path, digest) in bag.payload.iter().chain(&bag.tags) {
            let file = place.join(path);
            if !plain::read(&file).is_ok_and(|bytes| sha256(&bytes) == *digest) {
                return Err(Error::new(Stage::Verify, Kind::InTheWay, file, Cause::NotAsPacked));
            }
        }
        return Ok(Packed { stood: true, ..packed });
    }
    bag.write(TAGS, listed.as_bytes())?;
    fs::rename(&root, place).map_err(broken)?;
    Ok(packed)
}

//! Whether an input is up to date: what the manifest says of it, whether that still holds, and how its outputs stand on disk.

use super::folder::State;
use super::identity::Identity;
use super::manifest::{Entry, Output, Stamp};
use super::origin::Origin;
use super::worker::{Worker, relative};
use super::{Options, load};
use crate::Source;
use crate::discover::Input;
use crate::error::{Cause, Error, Kind, Stage};
use crate::options::{Chosen, Format};

/// How an output stands on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not there, or an empty file.
    Absent,
    /// As it was written.
    Intact,
    /// As it was written, from an earlier state of the input or with other settings.
    Stale,
    /// Ours, but changed since.
    Edited,
    /// Not ours.
    Foreign,
}

/// What is known of an input before it is converted.
pub struct Known {
    /// Where the source lies.
    pub origin: Origin,
    /// What the manifest says.
    pub entry: Option<Entry>,
    /// Whether that still holds and nothing is forced.
    pub fresh: bool,
    /// Whether the entry was given the stamps of files that were moved or touched and are the same.
    pub restamped: bool,
    pub stamp: Option<Stamp>,
    /// The input, when it had to be read to see whether it changed.
    pub source: Option<Source>,
    pub standings: Vec<(Format, Standing)>,
}

impl Known {
    /// Whether an output that stands so is to be written.
    pub fn wants(&self, standing: Standing, force: bool) -> bool {
        match standing {
            Standing::Absent | Standing::Foreign | Standing::Stale => true,
            Standing::Intact => !self.fresh,
            Standing::Edited => force,
        }
    }
}

impl Worker<'_> {
    /// What is known of `input`, which is to be made with `chosen`; it is read only where its stamp does not tell.
    ///
    /// # Errors
    /// When it has to be read and cannot be, and [`Kind::Taken`] when its outputs belong to another source.
    pub(super) fn look(&self, input: &Input, chosen: &Chosen) -> Result<Known, Error> {
        let Options { force, max_size, .. } = *self.batch.options;
        let stamp = Stamp::of_input(input);
        let origin = self.batch.folder.origin(input);
        let mut entry = self.manifest.get(&input.target);
        let mut source = None;
        let mut restamped = false;
        if let Some(known) = entry.as_mut().filter(|entry| entry.source.as_ref() != Some(&origin)) {
            if self.claims(input, &origin, known, &mut source)? {
                known.source = Some(origin.clone());
                known.record.input = crate::unicode::printable(&input.shown).into_owned();
                restamped = true;
            } else {
                entry = None;
            }
        }
        let holds = |entry: &Entry| {
            entry.settings == chosen.digest()
                && entry.beside.iter().all(|(name, stamp)| stamp_beside(input, name) == *stamp)
        };
        let mut fresh = !force && entry.as_ref().is_some_and(holds);
        if let Some(entry) = entry.as_mut().filter(|entry| fresh && (stamp.is_none() || entry.stamp != stamp)) {
            let loaded = match source.take() {
                Some(loaded) => loaded,
                None => load(input, max_size)?,
            };
            fresh = entry.record.sha256.as_ref() == Some(&loaded.sha256);
            source = Some(loaded);
            let settled = stamp.filter(Stamp::is_settled);
            restamped |= fresh && std::mem::replace(&mut entry.stamp, settled) != settled;
        }
        let known = entry.as_mut().map_or(&mut [][..], |entry| &mut entry.outputs);
        let formats = chosen.settings.formats.iter();
        let standings = formats.map(|&format| (format, self.standing(input, format, known, &mut restamped))).collect();
        Ok(Known { origin, entry, fresh, restamped, stamp, source, standings })
    }

    /// Whether `entry`, which names another source or none, is that of `input` all the same: of a file that was moved, or is called otherwise. `false` when
    /// nothing is left of the other source's outputs.
    ///
    /// # Errors
    /// [`Kind::Taken`] when the outputs belong to another source.
    fn claims(
        &self,
        input: &Input,
        origin: &Origin,
        entry: &Entry,
        source: &mut Option<Source>,
    ) -> Result<bool, Error> {
        let folder = self.batch.folder;
        let recorded = &entry.record.input;
        let mut gone = false;
        let same = match &entry.source {
            // Written before sources were recorded: the name alone must tell. What a killed run left then has not even that.
            None => {
                recorded.is_empty() || recorded.rsplit(['/', std::path::MAIN_SEPARATOR]).next() == Some(input.name())
            }
            Some(known) => {
                gone = folder.is_gone(known);
                let path = folder.source(known).filter(|_| known.member() == origin.member());
                if gone {
                    let loaded = source.insert(load(input, self.batch.options.max_size)?);
                    entry.record.sha256.as_ref() == Some(&loaded.sha256)
                } else {
                    path.and_then(|path| Identity::of(&path))
                        .is_some_and(|file| Identity::of(&input.path) == Some(file))
                }
            }
        };
        let stands = |output: &&Output| folder.path(&output.facts.path).symlink_metadata().is_ok();
        match entry.outputs.iter().find(stands) {
            _ if same => Ok(true),
            None => Ok(false),
            Some(output) => {
                let source = recorded.clone();
                let whose = match (gone, recorded.is_empty()) {
                    (false, true) => Cause::IsAnothers,
                    (false, false) => Cause::IsOf { source },
                    (true, true) => Cause::WasAnothers,
                    (true, false) => Cause::WasOf { source },
                };
                let cause = Cause::at(folder.shown(&output.facts.path), whose);
                Err(Error::new(Stage::Write, Kind::Taken, &*input.shown, cause))
            }
        }
    }

    /// How the output in `format` stands, of those that are known. One that is only in another place, or touched, is given its new stamp.
    fn standing(&self, input: &Input, format: Format, known: &mut [Output], restamped: &mut bool) -> Standing {
        let full = self.batch.folder.path(&relative(input, format));
        let Ok(meta) = full.symlink_metadata() else { return Standing::Absent };
        let known = known.iter_mut().find(|output| output.facts.format == format);
        let stamp = Stamp::of(&meta);
        match known {
            // An empty file that should not be empty holds no one's work.
            _ if meta.is_file() && meta.len() == 0 && known.as_ref().is_none_or(|output| output.facts.bytes > 0) => {
                Standing::Absent
            }
            None => Standing::Foreign,
            Some(output) => {
                if output.stamp != stamp {
                    if self.batch.folder.state(output) != State::Untouched {
                        return Standing::Edited;
                    }
                    if stamp.is_settled() {
                        output.stamp = stamp;
                        *restamped = true;
                    }
                }
                if output.stale { Standing::Stale } else { Standing::Intact }
            }
        }
    }
}

/// How the file `name` in the folder of `input` stands. There is none beside a file in an archive.
pub fn stamp_beside(input: &Input, name: &str) -> Option<Stamp> {
    let folder = input.path.parent().filter(|_| input.member.is_none())?;
    Some(Stamp::of(&folder.join(name).metadata().ok()?))
}

//! Sources that lie in archives, found again.

use super::origin::Origin;
use super::{Folder, load};
use crate::discover::{Input, Search};
use std::collections::HashMap;
use std::path::PathBuf;

/// What archives hold, each listed once; `None` for one that is damaged.
#[derive(Debug, Default)]
pub struct Archives(HashMap<PathBuf, Option<HashMap<Origin, Input>>>);

impl Archives {
    /// What the archive holds in which the source at `origin` lies; `None` where it lies in none, or in one that is not known whole.
    fn held(&mut self, folder: &Folder, origin: &Origin) -> Option<&HashMap<Origin, Input>> {
        let path = folder.source(origin).filter(|_| origin.member().is_some())?;
        let held = self.0.entry(path).or_insert_with_key(|path| {
            let found = Search::new(crate::name_of_bytes).find(std::slice::from_ref(path));
            let inputs = found.inputs.into_iter().map(|input| (folder.origin(&input), input));
            found.errors.is_empty().then(|| inputs.collect())
        });
        held.as_ref()
    }

    /// Whether a source is gone: the file, the archive, or the file in the archive. What a damaged archive holds is not known, so nothing is gone from it.
    pub fn is_gone(&mut self, folder: &Folder, origin: &Origin) -> bool {
        folder.is_gone(origin) || self.held(folder, origin).is_some_and(|held| !held.contains_key(origin))
    }

    /// The bytes of the source at `origin` in an archive, if it has no more than `most`.
    pub fn read(&mut self, folder: &Folder, origin: &Origin, most: u64) -> Option<Vec<u8>> {
        let input = self.held(folder, origin)?.get(origin)?;
        load(input, most).ok().map(|source| source.bytes)
    }
}

//! Gives the program a digest of what it is built from: with other rules, tables, styles, fonts or code it makes other editions, and
//! what an earlier build wrote is not up to date.

use std::fs;
use std::path::{Path, PathBuf};

/// FNV-1a of 128 bits (draft-eastlake-fnv), a word of eight bytes at a time: as it is run unoptimized, over the fonts as well.
struct Fnv(u128);

impl Fnv {
    const OFFSET: u128 = 0x6c62272e07bb014262b821756295c58d;
    const PRIME: u128 = (1 << 88) + 0x13b;

    fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ u128::from(word)).wrapping_mul(Fnv::PRIME);
    }

    /// Takes in `bytes` with their number, so that no two lists of them run together into the same.
    fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }
}

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // In a package, what its author wrote stands beside what cargo made of it.
    let manifest = if root.join("Cargo.toml.orig").is_file() { "Cargo.toml.orig" } else { "Cargo.toml" };
    let mut files = vec![("Cargo.toml".to_owned(), root.join(manifest))];
    files.push(("Cargo.lock".to_owned(), root.join("Cargo.lock")));
    walk(&root, "src", &|_| true, &mut files);
    walk(&root, "fonts", &|name| name.ends_with(".ttf"), &mut files);
    files.sort();
    let mut digest = Fnv(Fnv::OFFSET);
    for (name, path) in &files {
        digest.bytes(name.as_bytes());
        digest.bytes(&fs::read(path).unwrap_or_default());
    }
    println!("cargo:rustc-env=SHANBEN_BUILD={:032x}", digest.0);
    for watched in ["Cargo.toml", "Cargo.lock", "src", "fonts"] {
        println!("cargo:rerun-if-changed={watched}");
    }
}

/// The files below `folder` of `root` whose names are `wanted`, hidden ones left out, by their paths with `/` between folders.
fn walk(root: &Path, folder: &str, wanted: &dyn Fn(&str) -> bool, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let below = format!("{folder}/{name}");
        if name.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            walk(root, &below, wanted, files);
        } else if wanted(&name) {
            files.push((below, entry.path()));
        }
    }
}

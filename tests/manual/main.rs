//! The manual in `docs/` and the READMEs: what is made from tables is as the tables are (`BLESS=1` writes it), every link leads somewhere,
//! every page is in the book, and every command line runs.

mod commands;
mod coverage;
mod links;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files of the project that people read, by their paths below it: those beside the README, and the book.
fn documents() -> Vec<String> {
    let mut found = vec![];
    let mut folders = vec![PathBuf::from("docs")];
    let list = |folder: &Path| fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
    found.extend(list(Path::new("")).map(PathBuf::from));
    while let Some(folder) = folders.pop() {
        for path in list(&folder).map(|name| folder.join(name)) {
            if root().join(&path).is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    let mut found: Vec<String> = found.iter().map(|path| path.to_str().unwrap().replace('\\', "/")).collect();
    // The other files of the gallery are texts to be set.
    let page =
        |path: &str| path.ends_with(".md") && (!path.starts_with("docs/gallery/") || path.ends_with("README.md"));
    found.retain(|path| page(path));
    found.sort();
    assert!(found.len() > 10, "{found:?}");
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap().replace("\r\n", "\n")
}

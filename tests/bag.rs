//! Bags: what they hold, that they are the same each time, and what is not packed.

mod program;

use program::Place;
use shanben::digest::sha256;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

struct Desk(Place);

impl Desk {
    /// A folder `out` with the editions of two texts.
    fn new() -> Self {
        let desk = Desk(Place::new(&[]));
        desk.write("in/1998/信.txt", "山雨欲来风满楼,水光潋滟晴方好.\n");
        desk.write("in/题.md", "# =题\n\n甲\n");
        assert_eq!(
            desk.run(&["convert", "in", "-o", "out", "-t", "docx,epub,html,md,txt", "-q"]).status.code(),
            Some(0)
        );
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path(path)
    }

    fn write(&self, path: &str, text: &str) {
        self.0.write(path, text.as_bytes());
    }

    fn run(&self, args: &[&str]) -> Output {
        self.0.command(args).output().unwrap()
    }

    /// How packing ends, and what it says.
    fn pack(&self, args: &[&str]) -> (Option<i32>, String) {
        let done = self.run(&[&["pack"], args].concat());
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    }

    /// All files below `folder`.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                if path.is_dir() { walk(root, &path, out) } else { drop(out.insert(name, fs::read(&path).unwrap())) }
            }
        }
        let mut out = BTreeMap::new();
        walk(&self.path(folder), &self.path(folder), &mut out);
        out
    }
}

#[test]
fn a_bag_lists_every_file_with_its_digest() {
    let desk = Desk::new();
    let (status, told) = desk.pack(&["out", "-o", "bags/a", "--id", "Z109-WS·2011", "--organization", "某市档案局"]);
    assert_eq!(status, Some(0), "{told}");
    let files = desk.files("bags/a");
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    assert_eq!(text("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    for (list, payload) in [("manifest-sha256.txt", true), ("tagmanifest-sha256.txt", false)] {
        let listed: BTreeMap<String, String> = text(list)
            .lines()
            .map(|line| line.split_once("  ").map(|(digest, path)| (path.to_owned(), digest.to_owned())).unwrap())
            .collect();
        let there: BTreeMap<String, String> = files
            .iter()
            .filter(|(name, _)| name.starts_with("data/") == payload && !name.starts_with("tagmanifest"))
            .map(|(name, bytes)| (name.clone(), sha256(bytes)))
            .collect();
        assert_eq!(listed, there, "{list}");
    }
    let payload: Vec<&Vec<u8>> =
        files.iter().filter(|(name, _)| name.starts_with("data/")).map(|(_, bytes)| bytes).collect();
    let oxum = format!("Payload-Oxum: {}.{}\n", payload.iter().map(|bytes| bytes.len()).sum::<usize>(), payload.len());
    let info = text("bag-info.txt");
    assert!(info.contains(&oxum) && info.contains("External-Identifier: Z109-WS·2011\n"), "{info}");
    assert_eq!(files["data/sources/1998/信.txt"], fs::read(desk.path("in/1998/信.txt")).unwrap());
    assert_eq!(files["data/editions/题.epub"], fs::read(desk.path("out/题.epub")).unwrap());
    assert!(text("metadata/catalog.csv").contains(",'=题,"), "{}", text("metadata/catalog.csv"));
    let proof = text("metadata/proof.jsonl");
    assert_eq!(proof.matches("\"check\":\"agrees-with-source\"").count(), 2);
    assert_eq!(
        (proof.matches("\"outcome\":\"fail\"").count(), proof.matches("\"outcome\":\"not-applicable\"").count()),
        (0, 4)
    );
    assert!(
        text("metadata/proof.txt")
            .contains("\n真实性 Authenticity\n  source-digest: pass 2, fail 0, not applicable 0\n")
    );
    // The same folder, the same bag.
    assert_eq!(desk.pack(&["out", "-o", "b"]).0, Some(0));
    assert_eq!(desk.pack(&["out", "-o", "c"]).0, Some(0));
    assert_eq!(desk.files("b"), desk.files("c"));
    assert_eq!(desk.pack(&["out", "-o", "c"]), (Some(0), "c: the same bag stands there\n".to_owned()));
}

#[test]
fn what_does_not_agree_is_not_packed_and_nothing_is_replaced() {
    let desk = Desk::new();
    desk.write("mine/手稿", "甲");
    let (status, told) = desk.pack(&["out", "-o", "mine"]);
    assert!(status == Some(1) && told.contains("something else stands there"), "{told}");
    desk.write("out/别的.md", "乙");
    let (status, told) = desk.pack(&["out", "-o", "bag"]);
    assert!(status == Some(1) && told.contains("nothing is packed"), "{told}");
    fs::remove_file(desk.path("out/别的.md")).unwrap();
    let text = fs::read_to_string(desk.path("out/题.txt")).unwrap();
    desk.write("out/题.txt", "丙\n");
    assert_eq!(desk.pack(&["out", "-o", "bag"]).0, Some(1));
    desk.write("out/题.txt", &text);
    desk.write("in/题.md", "改了\n");
    let (status, told) = desk.pack(&["out", "-o", "bag"]);
    assert!(status == Some(1) && told.contains("the source is not at hand"), "{told}");
    assert!(!desk.path("bag").exists() && fs::read_dir(desk.path("")).unwrap().count() == 3, "no draft is left");
    assert_eq!(desk.pack(&["in", "-o", "bag"]).0, Some(2));
}

#[test]
fn a_bag_that_stands_there_is_the_same_only_when_it_is_whole() {
    let desk = Desk::new();
    assert_eq!(desk.pack(&["out", "-o", "bag"]).0, Some(0));
    let (status, told) = desk.pack(&["out", "-o", "bag"]);
    assert!(status == Some(0) && told.contains("the same bag stands there"), "{told}");
    for (file, damage) in [("bag/data/sources/题.md", Some("水\n")), ("bag/data/editions/题.docx", None)] {
        let whole = fs::read(desk.path(file)).unwrap();
        match damage {
            Some(text) => desk.write(file, text),
            None => fs::remove_file(desk.path(file)).unwrap(),
        }
        let (status, told) = desk.pack(&["out", "-o", "bag"]);
        assert!(status == Some(1) && told.contains(&format!("{file}: is not as it was packed")), "{told}");
        fs::write(desk.path(file), whole).unwrap();
    }
}

/// Only where the disk itself tells the two apart.
#[test]
fn sources_whose_names_differ_in_case_alone_are_packed_apart() {
    let desk = Desk(Place::new(&[]));
    desk.write("in/a.txt", "山雨欲来。\n");
    desk.write("in/A.txt", "水光潋滟。\n");
    if desk.files("in").len() == 1 {
        return;
    }
    assert_eq!(desk.run(&["convert", "in", "-o", "out", "-t", "txt", "-q"]).status.code(), Some(0));
    let (status, told) = desk.pack(&["out", "-o", "bag"]);
    assert_eq!(status, Some(0), "{told}");
    let packed = desk.files("bag/data/sources");
    let mut texts: Vec<&[u8]> = packed.values().map(Vec::as_slice).collect();
    texts.sort();
    assert_eq!(texts, ["山雨欲来。\n".as_bytes(), "水光潋滟。\n".as_bytes()], "{:?}", packed.keys());
}

#[test]
fn a_bag_is_no_input_but_where_it_is_named_and_lies_in_no_folder_that_is_packed() {
    let desk = Desk::new();
    assert_eq!(desk.pack(&["out", "-o", "in/bag"]).0, Some(0));
    let convert = |input: &str| {
        let done = desk.run(&["convert", input, "-o", "again", "-t", "txt"]);
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    let (status, told) = convert("in");
    assert!(status == Some(0) && told.contains("in/bag: is a bag that shanben packed"), "{told}");
    assert_eq!(
        desk.files("again").keys().filter(|name| name.ends_with(".txt")).collect::<Vec<_>>(),
        ["1998/信.txt", "题.txt"]
    );
    // A bag of somebody else is a folder of texts.
    let info = fs::read_to_string(desk.path("in/bag/bag-info.txt")).unwrap();
    desk.write("in/bag/bag-info.txt", &info.replace("Shanben", "bagit.py"));
    let (status, told) = convert("in");
    assert!(
        status == Some(0) && !told.contains("packed") && desk.path("again/bag/data/sources/1998/信.txt").exists(),
        "{told}"
    );
    for place in ["out/bag", "out/new/bag"] {
        let (status, told) = desk.pack(&["out", "-o", place]);
        assert!(
            status == Some(1) && told.contains("name a place outside it") && !desk.path("out/new").exists(),
            "{told}"
        );
    }
}

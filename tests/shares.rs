//! Runs that divide their inputs, and what is joined afterwards; archives that go through a pipe.

mod program;

use program::Place;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

struct Desk(Place);

/// How a run ended, and what it said.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Desk {
    /// A folder `in` with twenty texts in three folders, two of which would meet in one name.
    fn new() -> Self {
        let desk = Desk(Place::new(&[]));
        for n in 0..18 {
            desk.write(&format!("in/{}/{n}.txt", n % 3), &format!("第{n}篇\n\n山雨欲来风满楼,水光潋滟晴方好.\n"));
        }
        desk.write("in/1/0.md", "# 零\n\n甲\n");
        desk.write("in/1/0.txt", "零\n");
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path(path)
    }

    fn write(&self, path: &str, text: &str) {
        self.0.write(path, text.as_bytes());
    }

    /// The files below `folder` with their bytes, without the program's own record.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                match path.is_dir() {
                    true => walk(root, &path, out),
                    false if !name.contains(".shanben") => drop(out.insert(name, fs::read(&path).unwrap())),
                    false => {}
                }
            }
        }
        let mut out = BTreeMap::new();
        walk(&self.path(folder), &self.path(folder), &mut out);
        out
    }

    /// Runs with these variables and with `input` on standard input.
    fn run_with(&self, args: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Run {
        let mut command = self.0.command(args);
        command.envs(variables.iter().copied());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut to = child.stdin.take().unwrap();
        let input = input.to_vec();
        // One that does not read to the end closes the pipe.
        let feeding = std::thread::spawn(move || drop(to.write_all(&input)));
        let done = child.wait_with_output().unwrap();
        feeding.join().unwrap();
        Run { status: done.status.code(), stdout: done.stdout, stderr: String::from_utf8(done.stderr).unwrap() }
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, &[], b"")
    }

    fn share(&self, share: &str) -> Run {
        self.run(&["convert", "in", "-o", "parts", "--shard", share, "-t", "docx,epub,md,txt", "-q"])
    }
}

#[test]
fn shares_together_are_one_run() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["convert", "in", "-o", "whole", "-t", "docx,epub,md,txt", "-q"]).status, Some(0));
    for share in ["0/3", "1/3", "2/3"] {
        assert_eq!(desk.share(share).status, Some(0), "{share}");
    }
    let counts = ["0-of-3", "1-of-3", "2-of-3"].map(|folder| desk.files(&format!("parts/{folder}")).len());
    assert!(counts.iter().all(|&count| count > 0) && counts.iter().sum::<usize>() == 80, "{counts:?}");
    let merged = desk.run(&["merge", "parts", "-o", "all"]);
    assert_eq!(merged.stderr, "20 inputs of 3 shares merged, 80 files placed, 0 failed\n");
    assert_eq!(desk.files("all"), desk.files("whole"));
    // The folder is one that a run has made: nothing is to be done, and all of it agrees.
    let again = desk.run(&["convert", "in", "-o", "all", "-t", "docx,epub,md,txt", "--dry-run"]);
    assert_eq!(String::from_utf8(again.stdout).unwrap().matches("→ unchanged").count(), 20);
    let verified = desk.run(&["verify", "all"]);
    assert_eq!((verified.status, verified.stderr.as_str()), (Some(0), "20 agree, 0 do not\n"));
    // Merged again, nothing is placed.
    let again = desk.run(&["merge", "parts/0-of-3", "parts/1-of-3", "parts/2-of-3", "-o", "all"]);
    assert_eq!(again.stderr, "20 inputs of 3 shares merged, 0 files placed, 0 failed\n");
}

#[test]
fn a_share_is_told_by_the_variables_of_the_system() {
    let desk = Desk::new();
    desk.share("1/3");
    let args = |out: &'static str, shard: &'static str| {
        ["convert", "in", "-o", out, "--shard", shard, "-t", "docx,epub,md,txt", "-q"]
    };
    let job = [("JOB_COMPLETION_INDEX", "1")];
    assert_eq!(desk.run_with(&args("job", "auto/3"), &job, b"").status, Some(0));
    let array = [("SLURM_ARRAY_TASK_ID", "6"), ("SLURM_ARRAY_TASK_MIN", "5"), ("SLURM_ARRAY_TASK_COUNT", "3")];
    assert_eq!(desk.run_with(&args("array", "auto"), &array, b"").status, Some(0));
    assert_eq!(desk.files("job"), desk.files("parts"));
    assert_eq!(desk.files("array"), desk.files("parts"));
    let none = desk.run(&args("none", "auto/3"));
    assert_eq!(none.status, Some(2));
    assert!(none.stderr.contains("neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID"), "{}", none.stderr);
    let beyond = desk.run(&args("none", "3/3"));
    assert_eq!((beyond.status, desk.path("none").exists()), (Some(2), false));
    assert!(beyond.stderr.contains("'3/3' names no share"), "{}", beyond.stderr);
}

#[test]
fn what_is_no_share_of_one_run_is_not_merged() {
    let desk = Desk::new();
    for share in ["0/3", "1/3"] {
        desk.share(share);
    }
    let refused = |args: &[&str], why: &str| {
        let run = desk.run(&[&["merge"], args, &["-o", "all"]].concat());
        assert_eq!((run.status, desk.path("all").exists()), (Some(2), false), "{run:?}");
        assert!(run.stderr.contains(why), "{}", run.stderr);
    };
    refused(&["parts"], "these of 3 shares are missing: 2");
    refused(&["parts", "parts/1-of-3"], "another shanben is writing there");
    refused(&["in"], "there is no record of shanben here");
    desk.run(&["convert", "in", "-o", "plain", "-t", "txt", "-q"]);
    refused(&["plain"], "holds no share of a run");
    desk.run(&["convert", "in", "-o", "other", "--shard", "2/3", "-t", "txt", "-q"]);
    refused(&["parts", "other"], "was made with other settings");
    desk.run(&["convert", "in", "-o", "four", "--shard", "2/4", "-t", "txt", "-q"]);
    refused(&["parts", "four"], "is one of 4 shares, the others are of 3");
    let copied = desk.path("copy");
    fs::create_dir(&copied).unwrap();
    fs::copy(desk.path("parts/1-of-3/.shanben.json"), copied.join(".shanben.json")).unwrap();
    refused(&["parts", "copy"], "is share 1, and so is");
    // Nor into a folder that holds them, which would hold them still.
    for into in ["parts", "parts/1-of-3"] {
        let run = desk.run(&["merge", "parts", "-o", into, "--partial"]);
        assert!(run.status == Some(2) && run.stderr.contains("merge into another folder"), "{run:?}");
    }
    assert!(!desk.path("parts/.shanben.json").exists());
    let partial = desk.run(&["merge", "parts", "-o", "some", "--partial"]);
    assert_eq!(partial.status, Some(0), "{partial:?}");
    assert_eq!(desk.files("some").len(), desk.files("parts").len());
}

#[test]
fn an_output_that_was_changed_is_not_merged_and_nothing_that_is_not_ours_is_replaced() {
    let desk = Desk::new();
    for share in ["0/2", "1/2"] {
        desk.share(share);
    }
    let (changed, _) = desk.files("parts/0-of-2").into_iter().find(|(name, _)| name.ends_with(".md")).unwrap();
    desk.write(&format!("parts/0-of-2/{changed}"), "别的\n");
    let (taken, _) = desk.files("parts/1-of-2").into_iter().find(|(name, _)| name.ends_with(".md")).unwrap();
    desk.write(&format!("all/{taken}"), "手稿\n");
    let run = desk.run(&["merge", "parts", "-o", "all"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("is not as it was written"), "{}", run.stderr);
    assert!(run.stderr.contains("was not written by this program"), "{}", run.stderr);
    assert!(run.stderr.ends_with("2 failed\n"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(desk.path(&format!("all/{taken}"))).unwrap(), "手稿\n");
}

#[test]
fn what_is_merged_later_joins_what_stands_and_takes_no_entry_of_another_source() {
    let desk = Desk::new();
    for (parts, format) in [("html", "html"), ("md", "md")] {
        for share in ["0/2", "1/2"] {
            let run = desk.run(&["convert", "in", "-o", parts, "-t", format, "--shard", share, "-q"]);
            assert_eq!(run.status, Some(0), "{run:?}");
        }
        assert_eq!(desk.run(&["merge", parts, "-o", "all"]).status, Some(0));
    }
    assert_eq!(desk.files("all").len(), 40);
    let proof = desk.run(&["verify", "all"]);
    assert_eq!(proof.status, Some(0), "{proof:?}");
    // Texts of the same names from elsewhere.
    desk.write("elsewhere/in/0/0.txt", "水光潋滟。\n");
    let run = desk.run(&["convert", "elsewhere/in", "-o", "others", "-t", "txt", "--shard", "0/1", "-q"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let run = desk.run(&["merge", "others", "-o", "all"]);
    assert!(run.status == Some(1) && run.stderr.contains("belongs to another source"), "{run:?}");
    assert_eq!((desk.files("all").len(), desk.run(&["verify", "all"]).status), (40, Some(0)));
}

/// The files of a tar archive.
fn unpacked(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(Cursor::new(archive)).entries().unwrap() {
        let mut entry = entry.unwrap();
        assert_eq!(entry.header().mtime().unwrap(), 0);
        let (name, mut bytes) = (entry.path().unwrap().to_str().unwrap().to_owned(), vec![]);
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(name, bytes);
    }
    files
}

#[test]
fn an_archive_of_texts_goes_through_a_pipe() {
    let desk = Desk::new();
    let mut archive = tar::Builder::new(vec![]);
    archive.append_dir_all("in", desk.path("in")).unwrap();
    let archive = archive.into_inner().unwrap();
    let args = ["convert", "-", "-o", "-", "-t", "epub,md", "-q"];
    let run = desk.run_with(&args, &[], &archive);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(desk.run_with(&args, &[], &archive).stdout, run.stdout);
    let mut files = unpacked(&run.stdout);
    let report = String::from_utf8(files.remove("report.jsonl").unwrap()).unwrap();
    assert_eq!(report.lines().filter(|line| line.contains("\"status\":\"done\"")).count(), 20);
    assert!(report.lines().last().unwrap().starts_with("{\"summary\":"), "{report}");
    desk.run(&["convert", "in", "-o", "whole", "-t", "epub,md", "-q"]);
    let whole = desk.files("whole");
    let below = |(name, bytes): (String, Vec<u8>)| (name.strip_prefix("in/").map(str::to_owned).unwrap_or(name), bytes);
    assert_eq!(files.into_iter().map(below).collect::<BTreeMap<_, _>>(), whole);
    // One that cannot be converted is named, and keeps none of the others from it.
    let mut archive = tar::Builder::new(vec![]);
    for (name, bytes) in [("a.txt", "甲\n".as_bytes()), ("b.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0")] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, bytes).unwrap();
    }
    let run = desk.run_with(&args, &[], &archive.into_inner().unwrap());
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("b.txt"), "{}", run.stderr);
    assert_eq!(unpacked(&run.stdout).into_keys().collect::<Vec<_>>(), ["a.epub", "a.md", "report.jsonl"]);
}

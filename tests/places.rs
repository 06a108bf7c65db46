//! Which files a run takes, what their outputs are called, and what is told of those that it does not take.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const SHAN: &str = "山雨欲来风满楼。\n";
const SHUI: &str = "水光潋滟晴方好。\n";

/// A folder to work in.
struct Desk(TempDir);

/// What a run told.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Desk {
    /// A folder with these files, all of which say the same.
    fn new(files: &[&str]) -> Self {
        let desk = Desk(tempfile::tempdir().unwrap());
        files.iter().for_each(|file| desk.write(file, SHAN.as_bytes()));
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shanben"));
        command.args(args).current_dir(self.0.path()).env_clear().env("LANG", "C.UTF-8");
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, b"")
    }

    fn run_with(&self, args: &[&str], stdin: &[u8]) -> Run {
        told(self.command(args), stdin)
    }

    /// Converts `inputs` to text in a new folder `out`, and gives the names there.
    fn converted(&self, inputs: &[&str]) -> Vec<String> {
        let _ = fs::remove_dir_all(self.path("out"));
        self.run(&[&["convert", "-o", "out", "-t", "txt", "-q"], inputs].concat());
        self.names("out")
    }

    /// The names of the files below `folder`, sorted, hidden ones left out.
    fn names(&self, folder: &str) -> Vec<String> {
        fn walk(root: &Path, folder: &Path, names: &mut BTreeSet<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                if path.is_dir() {
                    walk(root, &path, names);
                } else if !name.rsplit('/').next().unwrap().starts_with('.') {
                    names.insert(name);
                }
            }
        }
        let mut names = BTreeSet::new();
        walk(&self.path(folder), &self.path(folder), &mut names);
        names.into_iter().collect()
    }

    /// The lines of the report about what `args` name: what was found, how it ended, and why it was left out.
    fn report(&self, args: &[&str]) -> Vec<(String, String, String)> {
        let run = self.run(&[&["convert", "-o", "out", "-t", "txt", "-q", "--report", "-"], args].concat());
        let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        lines
            .filter(|line| line.get("input").is_some())
            .map(|line| (text(&line["input"]), text(&line["status"]), text(&line["reason"]["kind"])))
            .collect()
    }
}

fn told(mut command: Command, stdin: &[u8]) -> Run {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses to start does not read its input.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    Run {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &str)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(vec![]);
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

#[test]
fn names_follow_from_the_paths_and_what_was_named() {
    let desk = Desk::new(&["tree/1998/a.txt", "tree/1999/b.txt", "tree/1999/deep/c.txt"]);
    assert_eq!(desk.converted(&["tree"]), ["1998/a.txt", "1999/b.txt", "1999/deep/c.txt"]);
    assert_eq!(desk.converted(&["tree/1998", "tree/1999"]), ["1998/a.txt", "1999/b.txt", "1999/deep/c.txt"]);
    assert_eq!(desk.converted(&["tree/1999", "tree/1998"]), ["1998/a.txt", "1999/b.txt", "1999/deep/c.txt"]);
    assert_eq!(desk.converted(&["tree/1998/a.txt"]), ["a.txt"]);
    assert_eq!(desk.converted(&["tree/1999/b.txt", "tree/1999/deep/c.txt"]), ["b.txt", "deep/c.txt"]);
    assert_eq!(
        desk.converted(&["./tree/../tree/1998/a.txt", "tree/1999"]),
        ["1998/a.txt", "1999/b.txt", "1999/deep/c.txt"]
    );
    assert_eq!(desk.converted(&["tree/*/*.txt"]), ["1998/a.txt", "1999/b.txt"]);
    assert_eq!(desk.converted(&["tree/1998/*.txt", "tree/1999"]), ["1998/a.txt", "1999/b.txt", "1999/deep/c.txt"]);
    let list = "tree/1998/a.txt\ntree/1999/deep/c.txt\n";
    let _ = fs::remove_dir_all(desk.path("out"));
    desk.run_with(&["convert", "--files-from", "-", "-o", "out", "-t", "txt"], list.as_bytes());
    assert_eq!(desk.names("out"), ["1998/a.txt", "1999/deep/c.txt"]);
}

#[test]
fn a_name_is_the_same_whatever_else_is_converted() {
    let desk = Desk::new(&["in/a.txt", "in/b.txt", "in/b.md", "in/c.log", "in/c.nfo", "in/d/e.txt"]);
    desk.write("in/d.zip", &zip(&[("e.txt", SHUI), ("f.md", SHUI), ("f.txt", SHUI)]));
    assert_eq!(
        desk.converted(&["in"]),
        ["a.txt", "b.md.txt", "b.txt.txt", "d/e.txt", "d.zip/e.txt", "d.zip/f.md.txt", "d.zip/f.txt.txt"]
            .into_iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    assert_eq!(desk.converted(&["in/b.txt"]), ["b.txt.txt"]);
    assert_eq!(desk.converted(&["in/b.md"]), ["b.md.txt"]);
    assert_eq!(desk.converted(&["in/c.log"]), ["c.log.txt"]);
    assert_eq!(desk.converted(&["in/d.zip"]).len(), 3);
    assert_eq!(desk.names("out")[0], "d.zip/e.txt");
    // Another file of that name, two folders away, is no neighbour.
    desk.write("in/x/a.txt", SHUI.as_bytes());
    assert_eq!(desk.converted(&["in/a.txt", "in/x/a.txt"]), ["a.txt", "x/a.txt"]);
    fs::remove_file(desk.path("in/b.md")).unwrap();
    assert_eq!(desk.converted(&["in/b.txt"]), ["b.txt"]);
}

#[test]
fn outputs_beside_their_sources_do_not_rename_them() {
    let desk = Desk::new(&["a.txt", "sub/b.txt"]);
    let args = ["convert", ".", "-o", ".", "-t", "md,docx"];
    assert_eq!(desk.run(&args).status, Some(0));
    let again = desk.run(&args);
    assert!(again.stderr.starts_with("0 done, 2 up to date, 0 failed · 0 edits, 0 warnings"), "{again:?}");
    desk.run(&["convert", "a.txt", "-o", ".", "-t", "md,docx"]);
    assert_eq!(desk.names("."), ["a.docx", "a.md", "a.txt", "sub/b.docx", "sub/b.md", "sub/b.txt"]);
    // Read from elsewhere they are still no texts of their own, and that is said.
    assert_eq!(desk.converted(&["a.txt"]), ["a.txt"]);
    let _ = fs::remove_dir_all(desk.path("out"));
    let told = desk.report(&["."]);
    let line = |input: &str, status: &str, why: &str| (input.to_owned(), status.to_owned(), why.to_owned());
    assert!(told.contains(&line("./a.md", "left-out", "written")), "{told:?}");
    assert_eq!(desk.names("out"), ["a.txt", "sub/b.txt"]);
}

#[test]
fn folders_of_editions_are_no_inputs_and_that_is_said() {
    let desk = Desk::new(&["a.txt"]);
    assert_eq!(desk.run(&["convert", ".", "-o", "ed", "-t", "md,txt"]).status, Some(0));
    let run = desk.run(&["convert", ".", "-o", "output", "-t", "txt"]);
    assert_eq!(desk.names("output"), ["a.txt"]);
    assert!(run.stderr.contains("left out ./ed: holds editions that shanben wrote; name their sources instead\n"));
    assert!(run.stderr.ends_with("\n1 not converted: folders of editions 1 (-v names them)\n"), "{run:?}");
    let lines = desk.report(&["."]);
    let whys: Vec<&str> = lines.iter().map(|line| line.2.as_str()).collect();
    assert_eq!(whys, ["editions", "output", "editions", ""], "{lines:?}");
    // The folder of outputs itself is no news.
    let desk = Desk::new(&["a.txt"]);
    let run = desk.run(&["convert", ".", "-o", "ed", "-t", "txt"]);
    assert!(!run.stderr.contains("not converted"), "{run:?}");
    assert!(!desk.run(&["inspect", "."]).stdout.contains("ed/"));
}

#[cfg(unix)]
#[test]
fn links_are_taken_within_a_folder_and_once_and_beyond_it_only_when_asked() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new(&["in/a.txt", "in/sub/b.txt", "in/.store/c.txt", "beyond/d.txt", "beyond/e/f.txt"]);
    symlink("../beyond", desk.path("in/out-folder")).unwrap();
    symlink("../beyond/d.txt", desk.path("in/out-file.txt")).unwrap();
    symlink("sub", desk.path("in/again")).unwrap();
    symlink("a.txt", desk.path("in/twice.txt")).unwrap();
    symlink(".store/c.txt", desk.path("in/stored.txt")).unwrap();
    symlink("nowhere.txt", desk.path("in/broken.txt")).unwrap();
    symlink("..", desk.path("in/sub/up")).unwrap();
    assert_eq!(desk.converted(&["in"]), ["a.txt", "stored.txt", "sub/b.txt"]);
    let left: Vec<(String, String)> =
        desk.report(&["in"]).into_iter().filter(|line| line.1 == "left-out").map(|line| (line.0, line.2)).collect();
    let expected = [
        ("in/.store", "hidden"),
        ("in/again", "link-twice"),
        ("in/broken.txt", "link-nowhere"),
        ("in/out-file.txt", "link-outside"),
        ("in/out-folder", "link-outside"),
        ("in/sub/up", "link-twice"),
        ("in/twice.txt", "link-twice"),
    ];
    assert_eq!(left, expected.map(|(path, why)| (path.to_owned(), why.to_owned())));
    assert!(
        desk.run(&["convert", "in", "-o", "out", "-t", "txt"]).stderr.contains("\n7 not converted: links 6, hidden 1")
    );
    let followed = ["a.txt", "out-file.txt", "out-folder/e/f.txt", "stored.txt", "sub/b.txt"];
    assert_eq!(desk.converted(&["in", "--follow"]), followed);
    desk.write("shanben.toml", b"follow = true\n");
    assert_eq!(desk.converted(&["in"]), followed);
    fs::remove_file(desk.path("shanben.toml")).unwrap();
    // What is named may be a link.
    symlink("in/sub", desk.path("named")).unwrap();
    assert_eq!(desk.converted(&["named"]), ["b.txt"]);
    assert_eq!(desk.converted(&["in/out-file.txt"]), ["out-file.txt"]);
}

#[cfg(unix)]
#[test]
fn many_ways_to_one_folder_are_gone_once() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new(&["in/16/a.txt"]);
    for i in 0..16 {
        fs::create_dir_all(desk.path(&format!("in/{i}"))).unwrap();
        symlink(format!("../{}", i + 1), desk.path(&format!("in/{i}/left"))).unwrap();
        symlink(format!("../{}", i + 1), desk.path(&format!("in/{i}/right"))).unwrap();
    }
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt"]);
    assert_eq!((run.status, desk.names("out")), (Some(0), vec!["16/a.txt".to_owned()]));
    assert!(run.stderr.contains("\n32 not converted: links 32"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_devices_are_refused_unopened() {
    let desk = Desk::new(&["in/a.txt"]);
    assert!(Command::new("mkfifo").arg(desk.path("in/b.txt")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(desk.path("in/c.txt")).unwrap();
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt", "-v"]);
    assert_eq!((run.status, desk.names("out")), (Some(0), vec!["a.txt".to_owned()]));
    assert!(
        run.stderr.contains("left out in/b.txt: is a pipe\n")
            && run.stderr.contains("left out in/c.txt: is a socket\n")
    );
    assert!(run.stderr.ends_with("\n2 not converted: special files 2\n"), "{run:?}");
    for (named, what) in [("in/b.txt", "pipe"), ("in/c.txt", "socket"), ("/dev/null", "device"), ("/dev/stdin", "pipe")]
    {
        let run = desk.run_with(&["convert", named, "-o", "out", "-t", "txt"], SHAN.as_bytes());
        let told = format!("error: {named}: is a {what}; name a file, or '-' and give its content on standard input\n");
        assert!(run.status == Some(1) && run.stderr.starts_with(&told), "{run:?}");
    }
}

#[test]
fn every_file_that_was_found_has_its_line() {
    let desk = Desk::new(&["in/a.txt", "in/b.doc", "in/c.DOC", "in/d.gb", "in/README", "in/.e.txt", "in/f.pdf"]);
    desk.write("in/empty.txt", b"");
    desk.write("in/g.zip", &zip(&[("h.txt", SHAN), ("i.png", "x"), (".j/k.txt", SHAN)]));
    let lines = desk.report(&["in"]);
    let mut expected = vec![
        ("in/.e.txt", "left-out", "hidden"),
        ("in/README", "left-out", "kind"),
        ("in/b.doc", "left-out", "kind"),
        ("in/c.DOC", "left-out", "kind"),
        ("in/d.gb", "left-out", "kind"),
        ("in/f.pdf", "left-out", "kind"),
        ("in/g.zip/.j/k.txt", "left-out", "hidden"),
        ("in/g.zip/i.png", "left-out", "kind"),
        ("in/a.txt", "done", ""),
        ("in/empty.txt", "failed", ""),
        ("in/g.zip/h.txt", "done", ""),
    ];
    let own = |line: &(&str, &str, &str)| (line.0.to_owned(), line.1.to_owned(), line.2.to_owned());
    assert_eq!(lines, expected.iter().map(own).collect::<Vec<_>>());
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt", "-v"]);
    expected.retain(|line| line.1 == "left-out");
    for (path, ..) in expected {
        assert!(run.stderr.contains(&format!("left out {path}: is ")), "{path}: {run:?}");
    }
    let told = "8 not converted: .doc 2, hidden 2, .gb 1, .pdf 1, .png 1, without extension 1";
    assert!(run.stderr.ends_with(&format!("\n{told}\n")), "{run:?}");
    let chinese = desk.run(&["convert", "in", "-o", "out", "-t", "txt", "--lang", "zh"]);
    assert!(chinese.stderr.contains("\n未转换 8：.doc 2，隐藏 2，"), "{chinese:?}");
    let looked = desk.run(&["inspect", "in"]);
    assert!(looked.stderr.ends_with(&format!("{told} (-v names them)\n")), "{looked:?}");
    let page = desk.run(&["convert", "in", "-o", "out", "-t", "txt", "-q", "--report", "report.html"]);
    assert_eq!(page.status, Some(1));
    assert_eq!(fs::read_to_string(desk.path("report.html")).unwrap().matches("data-s=\"left-out\"").count(), 8);
}

#[test]
fn failures_of_a_large_batch_are_told_again_at_its_end() {
    let names: Vec<String> = (0..30).map(|i| format!("in/{i:02}.txt")).collect();
    let desk = Desk::new(&[]);
    names.iter().for_each(|name| desk.write(name, b""));
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!((lines[30], lines[51]), ("30 failed:", "  and 10 more (--report tells all)"), "{run:?}");
    assert!(lines[31].starts_with("  error: in/00.txt: ") && lines[52].starts_with("0 done, 0 up to date, 30 failed"));
    // On one screen they are still to be seen.
    let few = desk.run(&["convert", "in/00.txt", "-o", "out", "-t", "txt"]);
    assert_eq!(few.stderr.lines().count(), 2);
}

#[test]
fn one_of_a_thing_is_told_without_an_s() {
    let desk = Desk::new(&[]);
    desk.write("in/a.txt", "问题多发,已有多人因此被问责处理。".as_bytes());
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "pdf"]);
    assert!(
        run.stderr.contains("(utf-8, 1 edit, 1 page)\n1 done, 0 up to date, 0 failed · 1 edit, 0 warnings · "),
        "{run:?}"
    );
    assert!(desk.run(&["inspect", "in"]).stdout.contains("0 headings, 1 paragraph, "));
    assert_eq!(desk.run(&["verify", "out"]).stderr, "1 agrees, 0 do not\n");
}

#[test]
fn archives_are_open_only_while_they_are_read() {
    let desk = Desk::new(&[]);
    for i in 0..90 {
        desk.write(&format!("in/{i:02}.zip"), &zip(&[("a.txt", SHAN), ("b.txt", SHUI)]));
        desk.write(&format!("in/{i:02}.tar"), &tar(&[("c.txt", SHAN)]));
        desk.write(&format!("in/{i:02}.tgz"), &gz(&tar(&[("d.txt", SHAN)])));
    }
    let run = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -n 64; exec \"$0\" \"$@\""]).arg(env!("CARGO_BIN_EXE_shanben"));
        shell.args(["convert", "in", "-o", "out", "-t", "txt", "-q"]).current_dir(desk.0.path());
        told(shell, b"")
    } else {
        desk.run(&["convert", "in", "-o", "out", "-t", "txt", "-q"])
    };
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(desk.names("out").len(), 360);
}

/// As `tar -r` leaves it, when a file was added anew.
#[test]
fn files_that_an_archive_has_more_than_once_are_each_a_file_of_their_own() {
    let desk = Desk::new(&[]);
    desk.write("x.tar", &tar(&[("信.md", SHAN), ("乙.md", SHAN), ("信.md", SHUI)]));
    let args = ["convert", "x.tar", "-o", "out", "-t", "txt"];
    let run = desk.run(&args);
    assert!(run.stderr.starts_with("done x.tar/乙.md → out/x/乙.txt "), "{run:?}");
    assert_eq!(desk.names("out"), ["x/乙.txt", "x/信 (2).txt", "x/信.txt"]);
    assert_eq!(fs::read_to_string(desk.path("out/x/信 (2).txt")).unwrap(), SHUI);
    assert!(desk.run(&args).stderr.starts_with("0 done, 3 up to date, 0 failed"));
    assert_eq!(fs::read_to_string(desk.path("out/x/信.txt")).unwrap(), SHAN);
}

/// Two files of which each claims ten bytes and unpacks to a hundred million.
#[test]
fn an_archive_whose_files_are_larger_than_they_claim_is_refused() {
    let large = "山".repeat(1 << 20);
    let mut bytes = zip(&[("a.txt", large.as_str()), ("b.txt", SHAN)]);
    // The size stands at 22 in the head of a file, and at 24 in the list (APPNOTE.TXT 4.3).
    let places: Vec<usize> = [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)]
        .iter()
        .map(|(sign, at)| bytes.windows(4).position(|four| four == *sign).unwrap() + at)
        .collect();
    places.into_iter().for_each(|at| bytes[at..at + 4].copy_from_slice(&10u32.to_le_bytes()));
    let desk = Desk::new(&[]);
    desk.write("in/x.zip", &bytes);
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt", "-q"]);
    assert_eq!((run.status, desk.names("out")), (Some(1), vec!["x/b.txt".to_owned()]));
    assert!(run.stderr.starts_with("error: in/x.zip/a.txt: holds more than it claims; "), "{run:?}");
}

#[test]
fn an_archive_on_standard_input_is_an_archive() {
    let files = [("上/a.txt", SHAN), ("b.md", SHUI)];
    let desk = Desk::new(&[]);
    for (i, bytes) in [zip(&files), tar(&files), gz(&tar(&files))].iter().enumerate() {
        let out = format!("out{i}");
        let run = desk.run_with(&["convert", "-", "-o", &out, "-t", "txt"], bytes);
        assert_eq!(
            (run.status, desk.names(&out)),
            (Some(0), ["stdin/b.txt", "stdin/上/a.txt"].map(String::from).to_vec())
        );
        let several = desk.run_with(&["convert", "-", "-t", "txt"], bytes);
        assert!(several.status == Some(2) && several.stdout.is_empty(), "{several:?}");
    }
    let one = desk.run_with(&["convert", "-", "-t", "txt"], &tar(&files[..1]));
    assert_eq!((one.status, one.stdout.trim()), (Some(0), SHAN.trim()));
    // A text that is longer than what is looked at first stays whole.
    let long = SHAN.repeat(1000);
    let text = desk.run_with(&["convert", "-", "-t", "txt", "-r", "none"], long.as_bytes());
    assert_eq!(text.stdout.matches("山雨欲来").count(), 1000);
    let document = [b"PK\x03\x04", &[0; 26][..], b"[Content_Types].xml word/"].concat();
    let run = desk.run_with(&["convert", "-", "-t", "txt"], &document);
    assert!(run.status == Some(1) && run.stderr.contains("a Word document (DOCX)"), "{run:?}");
}

#[test]
fn a_tar_by_the_name_of_a_text_is_refused_with_what_to_do() {
    let desk = Desk::new(&[]);
    desk.write("a.txt", &tar(&[("b.txt", SHAN)]));
    let run = desk.run(&["convert", "a.txt", "-o", "out", "-t", "txt"]);
    assert_eq!((run.status, desk.names("out").len()), (Some(1), 0));
    assert!(run.stderr.contains("it looks like a tar archive (name it .tar), not like text"), "{run:?}");
}

#[test]
fn a_page_of_frames_names_those_that_have_the_text() {
    let desk = Desk::new(&[]);
    desk.write("a.htm", "<frameset><frame src=left.htm><frame src='正文.htm'></frameset>\n".as_bytes());
    let run = desk.run(&["convert", "a.htm", "-o", "out", "-t", "txt"]);
    assert!(run.status == Some(1) && run.stderr.contains("shows others: left.htm, 正文.htm; convert these"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_watched_folder_that_is_replaced_is_watched_on() {
    let desk = Desk::new(&["in/a.txt"]);
    let args = ["convert", "in", "-o", "out", "-t", "txt", "--watch"];
    let mut child = desk.command(&args).stderr(Stdio::piped()).spawn().unwrap();
    let seen = |path: &str| {
        for _ in 0..800 {
            if desk.path(path).exists() {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        false
    };
    let mut all = seen("out/a.txt");
    fs::rename(desk.path("in"), desk.path("gone")).unwrap();
    desk.write("in/b.txt", SHUI.as_bytes());
    all &= seen("out/b.txt");
    desk.write("in/c.txt", SHUI.as_bytes());
    all &= seen("out/c.txt");
    fs::remove_dir_all(desk.path("in")).unwrap();
    desk.write("in/d.txt", SHUI.as_bytes());
    all &= seen("out/d.txt");
    desk.write("in/e.txt", SHUI.as_bytes());
    all &= seen("out/e.txt");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    child.wait().unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(all, "{told}");
}

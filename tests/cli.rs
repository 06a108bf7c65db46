//! The program as a user meets it: status, standard output, standard error and files, all looked at together.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder to work in, and a way to run the program there.
struct Desk {
    dir: TempDir,
}

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Desk {
    /// A folder with these files.
    fn new(files: &[(&str, &[u8])]) -> Self {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        for (path, bytes) in files {
            desk.write(path, bytes);
        }
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The program in this folder, with a clean environment.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shanben"));
        command.args(args).current_dir(self.dir.path()).env_clear().env("LANG", "C.UTF-8");
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, &[], b"")
    }

    fn run_with(&self, args: &[&str], env: &[(&str, &str)], stdin: &[u8]) -> Run {
        let mut command = self.command(args);
        command.envs(env.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that refuses to start does not read its input.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let output = child.wait_with_output().unwrap();
        Run {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: without_time(&String::from_utf8(output.stderr).unwrap()),
        }
    }

    /// All files below `folder` with their bytes, the program's own records left out.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(root, &path, out);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                    let own = name == ".shanben.json" || name == ".shanben.lock";
                    // While a run is under way, its temporary files come and go.
                    if let (false, Ok(bytes)) = (own, fs::read(&path)) {
                        out.insert(name, bytes);
                    }
                }
            }
        }
        let mut out = BTreeMap::new();
        walk(&self.path(folder), &self.path(folder), &mut out);
        out
    }

    fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }
}

/// The time at the end of the summary differs from run to run.
fn without_time(text: &str) -> String {
    text.lines()
        .map(|line| match line.rsplit_once(" · ") {
            Some((head, time)) if time.ends_with(" s") || time.ends_with(" 秒") => format!("{head}\n"),
            _ => format!("{line}\n"),
        })
        .collect()
}

const SHAN: &[u8] = "山雨欲来风满楼。\n".as_bytes();
const SHUI: &[u8] = "水光潋滟晴方好。\n".as_bytes();
/// Not text in any encoding.
const NOISE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\0\x02\x08\x06\0\xff\xfe\0\0\x07";

#[test]
fn a_file_that_is_dropped_on_the_program_is_converted() {
    let desk = Desk::new(&[("旧 信.txt", SHAN)]);
    assert_eq!(desk.run(&["旧 信.txt", "-o", "out", "-t", "md"]).status, Some(0));
    assert_eq!(desk.names("out"), ["旧 信.md"]);
    let run = desk.run(&["新 信.txt"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("unrecognized subcommand"), "{}", run.stderr);
}

#[test]
fn a_folder_is_converted_and_the_second_time_nothing_is_done() {
    let desk = Desk::new(&[("in/a/b.txt", SHAN), ("in/c.md", SHUI)]);
    assert_eq!(
        desk.run(&["convert", "in", "-o", "out", "-t", "md,txt"]),
        Run {
            status: Some(0),
            stdout: String::new(),
            stderr: "done in/a/b.txt → out/a/b.md .txt (utf-8, 0 edits)\n\
                     done in/c.md → out/c.md .txt (utf-8, 0 edits)\n\
                     2 done, 0 up to date, 0 failed · 0 edits, 0 warnings\n"
                .to_owned(),
        }
    );
    assert_eq!(desk.names("out"), ["a/b.md", "a/b.txt", "c.md", "c.txt"]);
    assert_eq!(desk.read("out/a/b.txt").trim(), "山雨欲来风满楼。");
    let again = desk.run(&["convert", "in", "-o", "out", "-t", "md,txt"]);
    assert_eq!(again.stderr, "0 done, 2 up to date, 0 failed · 0 edits, 0 warnings\n");
    desk.write("in/c.md", SHAN);
    let changed = desk.run(&["convert", "in", "-o", "out", "-t", "md,txt", "-v"]);
    assert_eq!(
        changed.stderr,
        "unchanged in/a/b.txt\ndone in/c.md → out/c.md .txt (utf-8, 0 edits)\n\
         1 done, 1 up to date, 0 failed · 0 edits, 0 warnings\n"
    );
}

#[test]
fn all_three_formats_are_written_without_being_asked_for() {
    let desk = Desk::new(&[("input/a.txt", SHAN)]);
    assert_eq!(desk.run(&["convert"]).status, Some(0));
    let files = desk.files("output");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["a.docx", "a.md", "a.pdf"]);
    assert!(files["a.pdf"].starts_with(b"%PDF-") && files["a.docx"].starts_with(b"PK"));
}

#[test]
fn an_article_with_its_fonts_and_its_source_is_small() {
    let article = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("input/000_86b22e2ad579ea92.txt")).unwrap();
    let desk = Desk::new(&[("in/a.txt", &article)]);
    assert_eq!(desk.run(&["convert", "in", "-o", "out", "-t", "pdf"]).status, Some(0));
    let size = desk.files("out")["a.pdf"].len();
    assert!((article.len()..=160_000).contains(&size), "{size} bytes");
}

#[test]
fn bad_input_is_named_with_cause_and_remedy_and_the_rest_is_finished() {
    let desk = Desk::new(&[("in/empty.txt", b""), ("in/noise.txt", NOISE), ("in/good.txt", SHAN)]);
    let run = desk.run(&["convert", "in", "none.txt", "-o", "out", "-t", "txt"]);
    assert_eq!(run.status, Some(1));
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines[0], "error: none.txt: no such file or folder; check the path");
    assert!(lines[1].starts_with("error: in/empty.txt: ") && lines[1].contains("nothing to convert"), "{run:?}");
    assert!(lines[2].starts_with("done in/good.txt"), "{run:?}");
    assert!(lines[3].starts_with("error: in/noise.txt: ") && lines[3].contains("--encoding"), "{run:?}");
    assert_eq!(lines[4], "1 done, 0 up to date, 3 failed · 0 edits, 0 warnings");
    assert_eq!(desk.names("out"), ["in/good.txt"]);
    let run = desk.run_with(&["convert", "in", "-o", "out", "-t", "txt", "-q"], &[("LANG", "zh_CN.UTF-8")], b"");
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines[0], "错误：in/empty.txt：没有文字（文件是空的）；没有可转换的内容，请从输入中去掉");
    assert!(lines[1].starts_with("错误：in/noise.txt：不是文本文件（看来是：PNG 图片，不是文本）；"), "{lines:?}");
}

#[test]
fn inputs_that_would_meet_in_one_name_keep_their_extension() {
    let desk = Desk::new(&[("in/b.txt", SHAN), ("in/b.md", SHUI)]);
    assert_eq!(desk.run(&["convert", "in", "-o", "out", "-t", "txt"]).status, Some(0));
    assert_eq!(desk.names("out"), ["b.md.txt", "b.txt.txt"]);
}

#[test]
fn an_output_that_is_a_file_or_held_by_another_keeps_the_program_from_starting() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("out", b"mine")]);
    let run = desk.run(&["convert", "in", "-o", "out"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(2), "error: out: is not a folder; choose another --output\n"));
    assert_eq!(desk.read("out"), "mine");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", desk.path("link")).unwrap();
        let run = desk.run(&["convert", "in", "-o", "link"]);
        let told = "error: link: is a link that leads nowhere; choose another --output\n";
        assert_eq!((run.status, run.stderr.as_str(), desk.path("nowhere").exists()), (Some(2), told, false));
    }

    desk.write("held/.shanben.lock", b"");
    let lock = fs::File::options().write(true).open(desk.path("held/.shanben.lock")).unwrap();
    lock.lock().unwrap();
    let run = desk.run(&["convert", "in", "-o", "held"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.stderr, "error: held: another shanben is writing there; wait for it\n");
}

#[test]
fn outputs_edited_by_hand_are_kept_unless_forced() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    let args = ["convert", "in", "-o", "out", "-t", "md,txt"];
    desk.run(&args);
    desk.write("out/a.md", "我改过了。\n".as_bytes());
    fs::remove_file(desk.path("out/a.txt")).unwrap();
    let run = desk.run(&args);
    assert_eq!(run.status, Some(0));
    assert!(run.stderr.contains("warning in/a.txt: output-edited: out/a.md\n"), "{run:?}");
    assert_eq!(desk.read("out/a.md"), "我改过了。\n");
    assert_eq!(desk.read("out/a.txt").trim(), "山雨欲来风满楼。");
    desk.write("in/a.txt", SHUI);
    desk.run(&args);
    assert_eq!(desk.read("out/a.md"), "我改过了。\n");
    assert_eq!(desk.read("out/a.txt").trim(), "水光潋滟晴方好。");
    desk.run(&[&args[..], &["--force"]].concat());
    assert_eq!(desk.read("out/a.md").trim(), "水光潋滟晴方好。");
    assert!(!desk.run(&args).stderr.contains("warning in"));
}

#[test]
fn files_that_are_not_ours_are_not_overwritten() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("out/a.md", b"mine"), ("out/b.md", b"mine too")]);
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "md,txt"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.stderr.starts_with("error: in/a.txt: ") && run.stderr.contains("out/a.md was not written by this program"),
        "{run:?}"
    );
    assert!(run.stderr.contains("(done all the same: out/a.txt)"), "{run:?}");
    assert_eq!(
        (desk.read("out/a.md"), desk.names("out")),
        ("mine".to_owned(), ["a.md", "a.txt", "b.md"].map(String::from).to_vec())
    );
}

#[test]
fn a_format_that_fails_leaves_the_others_done_and_is_made_up_for_by_the_next_run() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("out/a.md/keep", b""), ("in/b.txt", SHUI)]);
    let args = ["convert", "in", "-o", "out", "-t", "docx,md,txt", "--report", "report.jsonl"];
    let run = desk.run(&args);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        run.stderr.lines().next(),
        Some(
            "error: in/a.txt: out/a.md is a folder; move it away, or use --force (done all the same: out/a.docx .txt)"
        )
    );
    assert_eq!(desk.names("out"), ["a.docx", "a.md/keep", "a.txt", "b.docx", "b.md", "b.txt"]);
    let record: serde_json::Value = serde_json::from_str(desk.read("report.jsonl").lines().next().unwrap()).unwrap();
    assert_eq!((&record["status"], &record["error"]["kind"]), (&"failed".into(), &"in-the-way".into()));
    assert_eq!(record["outputs"].as_array().unwrap().len(), 2);
    fs::remove_dir_all(desk.path("out/a.md")).unwrap();
    assert!(desk.run(&args).stderr.starts_with("done in/a.txt → out/a.docx .md .txt"));
    assert!(desk.run(&args).stderr.starts_with("0 done, 2 up to date"));
}

/// The limit on the size of files stands for a disk that is full: the PDF does not fit, the text does.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_whole_is_not_there_and_the_others_are() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    let limited = |args: &[&str]| {
        let program = desk.command(&[]).get_program().to_owned();
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]).arg(program).args(args);
        shell.current_dir(desk.dir.path()).env_clear().env("LANG", "C.UTF-8").output().unwrap()
    };
    let run = limited(&["convert", "in", "-o", "out", "-t", "pdf,md,txt"]);
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{told}");
    assert!(
        told.starts_with("error: in/a.txt: out/a.pdf: the file is larger than the disk or a limit allows; "),
        "{told}"
    );
    assert_eq!(desk.names("out"), ["a.md", "a.txt"]);
    assert!(desk.run(&["convert", "in", "-o", "out", "-t", "pdf,md,txt"]).stderr.starts_with("done in/a.txt"));
    assert!(desk.run(&["verify", "out"]).status == Some(0));
}

#[test]
fn a_format_left_behind_by_a_change_of_the_input_is_made_anew() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    desk.run(&["convert", "in", "-o", "out", "-t", "md,txt"]);
    desk.write("in/a.txt", SHUI);
    desk.run(&["convert", "in", "-o", "out", "-t", "md"]);
    assert_eq!(desk.read("out/a.txt").trim(), "山雨欲来风满楼。");
    let proof = desk.run(&["verify", "out"]);
    assert!(proof.status == Some(1) && proof.stderr.contains("out/a.txt: is of an earlier state"), "{proof:?}");
    desk.run(&["convert", "in", "-o", "out", "-t", "md,txt"]);
    assert_eq!(desk.read("out/a.txt").trim(), "水光潋滟晴方好。");
    assert_eq!(desk.run(&["verify", "out"]).status, Some(0));
}

/// A PNG picture of one grey pixel (PNG specification, 11.2).
fn png(grey: u8) -> Vec<u8> {
    let mut pixels = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::fast());
    pixels.write_all(&[0, grey]).unwrap();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    for (kind, data) in [(b"IHDR", header.to_vec()), (b"IDAT", pixels.finish().unwrap()), (b"IEND", vec![])] {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(&data);
        out.extend([&(data.len() as u32).to_be_bytes(), &kind[..], &data, &crc.sum().to_be_bytes()].concat());
    }
    out
}

#[test]
fn an_edition_is_made_anew_when_a_picture_in_it_changes() {
    let desk = Desk::new(&[("in/a.md", "# 山\n\n![山](%E5%B1%B1.png)\n".as_bytes())]);
    let made = || desk.run(&["convert", "in", "-o", "out", "-t", "docx", "-q", "--report", "-"]).stdout;
    assert!(made().contains("picture-not-shown"));
    desk.write("in/山.png", &png(0));
    assert!(!made().contains("picture-not-shown"));
    let black = desk.files("out");
    // A picture is only known to be the same when it has stood for a while.
    std::thread::sleep(std::time::Duration::from_millis(100));
    made();
    assert!(made().contains("\"status\":\"skipped\""));
    desk.write("in/山.png", &png(255));
    assert!(made().contains("\"status\":\"done\""));
    assert_ne!(desk.files("out"), black);
}

#[test]
fn an_input_is_never_overwritten_even_when_forced() {
    let desk = Desk::new(&[("a.md", SHAN)]);
    let run = desk.run(&["convert", "a.md", "-o", ".", "-t", "md", "--force"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("is one of the inputs"), "{run:?}");
    assert_eq!(desk.read("a.md").as_bytes(), SHAN);
}

#[test]
fn outputs_among_the_inputs_are_not_taken_for_inputs() {
    let desk = Desk::new(&[("a.txt", SHAN)]);
    desk.run(&["convert", ".", "-o", ".", "-t", "md"]);
    let again = desk.run(&["convert", ".", "-o", ".", "-t", "md"]);
    assert_eq!(again.stderr, "0 done, 1 up to date, 0 failed · 0 edits, 0 warnings\n");
    assert_eq!(desk.names("."), ["a.md", "a.txt"]);
}

#[test]
fn a_lost_manifest_is_rebuilt() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("in/b.txt", SHUI)]);
    let args = ["convert", "in", "-o", "out", "-t", "pdf,docx,md"];
    assert_eq!(desk.run(&args).status, Some(0));
    let (before, manifest) = (desk.files("out"), desk.read("out/.shanben.json"));
    for broken in [None, Some("{"), Some("[]")] {
        match broken {
            None => fs::remove_file(desk.path("out/.shanben.json")).unwrap(),
            Some(text) => desk.write("out/.shanben.json", text.as_bytes()),
        }
        assert_eq!(desk.run(&args).status, Some(0));
        assert_eq!(desk.files("out"), before);
        assert!(desk.read("out/.shanben.json").len() + 200 > manifest.len());
    }
    assert!(desk.run(&args).stderr.starts_with("0 done, 2 up to date"));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let desk = Desk::new(&[]);
    let run = desk.run_with(&["convert", "-", "-t", "txt"], &[], SHAN);
    assert_eq!((run.status, run.stdout.trim(), run.stderr.as_str()), (Some(0), "山雨欲来风满楼。", ""));
    assert_eq!(desk.names("."), [""; 0]);
    let two = desk.run_with(&["convert", "-", "-o", "-"], &[], SHAN);
    assert_eq!((two.status, two.stdout.as_str()), (Some(2), ""));
    let named = desk.run_with(&["convert", "-", "-o", "out", "-t", "txt"], &[], SHAN);
    assert_eq!((named.status, desk.names("out")), (Some(0), vec!["stdin.txt".to_owned()]));
    let empty = desk.run_with(&["convert", "-", "-t", "txt"], &[], b"");
    assert_eq!((empty.status, empty.stdout.as_str()), (Some(1), ""));
    let told = desk.run_with(&["convert", "-", "-t", "txt", "--report", "report.jsonl"], &[], SHAN);
    assert_eq!((told.status, desk.read("report.jsonl").lines().count()), (Some(0), 2));
    assert!(desk.read("report.jsonl").starts_with("{\"input\":\"-\",\"sha256\":\""), "{}", desk.read("report.jsonl"));
    for more in [&["--report", "-"][..], &["--dry-run"], &["--watch"]] {
        let both = desk.run_with(&[&["convert", "-", "-t", "txt"], more].concat(), &[], SHAN);
        assert_eq!((both.status, both.stdout.as_str()), (Some(2), ""));
    }
}

#[test]
fn files_without_a_command_are_converted_and_colours_come_where_they_are_forced() {
    let desk = Desk::new(&[("a.txt", SHAN)]);
    let run = desk.run_with(&["a.txt", "-t", "md"], &[("CLICOLOR_FORCE", "1")], b"");
    assert!(run.stderr.starts_with("\u{1b}[32mdone\u{1b}[m a.txt → output/a.md"), "{run:?}");
    assert_eq!((run.status, desk.names("output")), (Some(0), vec!["a.md".to_owned()]));
    assert_eq!(desk.run(&["b.txt"]).status, Some(2));
}

#[test]
fn lists_of_inputs_are_read() {
    let desk = Desk::new(&[("a.txt", SHAN), ("b.txt", SHUI), ("list", b"a.txt\r\n\nb.txt\n")]);
    assert_eq!(desk.run(&["convert", "--files-from", "list", "-o", "out", "-t", "txt"]).status, Some(0));
    assert_eq!(desk.names("out"), ["a.txt", "b.txt"]);
    let run = desk.run_with(&["convert", "--files-from", "-", "-o", "out2", "-t", "txt"], &[], b"b.txt\n");
    assert_eq!((run.status, desk.names("out2")), (Some(0), vec!["b.txt".to_owned()]));
    let env = [("SHANBEN_FILES_FROM", "list")];
    desk.run_with(&["convert", "-o", "out3", "-t", "txt"], &env, b"");
    desk.run_with(&["convert", "b.txt", "-o", "out4", "-t", "txt"], &env, b"");
    assert_eq!((desk.names("out3").len(), desk.names("out4")), (2, vec!["b.txt".to_owned()]));
}

#[test]
fn archives_are_converted_as_folders() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, bytes) in [("上/甲.txt", SHAN), ("乙.md", SHUI), ("空.txt", b"".as_slice()), ("画.png", NOISE)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(vec![], flate2::Compression::fast()));
    for (name, bytes) in [("书/丙.txt", SHAN), ("书/丁.txt", SHUI)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, bytes).unwrap();
    }
    let tar = tar.into_inner().unwrap().finish().unwrap();
    let desk = Desk::new(&[("in/a/旧.zip", &zip), ("in/b.tar.gz", &tar), ("in/b/书/丁.txt", SHUI), ("bad.zip", SHAN)]);
    let args = ["convert", "in", "bad.zip", "-o", "out", "-ttxt", "-q"];
    let run = desk.run(&args);
    assert_eq!(run.status, Some(1));
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert!(
        lines[0].starts_with("error: bad.zip: ")
            && lines[0].ends_with("; unpack it by other means, and convert the folder")
    );
    assert!(lines[1].starts_with("error: in/a/旧.zip/空.txt: the file is empty; "), "{lines:?}");
    assert_eq!(lines.len(), 2);
    let names =
        ["in/a/旧/上/甲.txt", "in/a/旧/乙.txt", "in/b.tar.gz/书/丁.txt", "in/b.tar.gz/书/丙.txt", "in/b/书/丁.txt"];
    assert_eq!(desk.names("out"), names);
    assert_eq!(desk.read("out/in/a/旧/上/甲.txt").trim(), "山雨欲来风满楼。");
    let again = desk.run(&args[..6]);
    assert!(again.stderr.contains("0 done, 5 up to date, 2 failed"), "{again:?}");
    desk.run(&["convert", "in/b.tar.gz", "-o", "out2", "-t", "txt"]);
    assert_eq!(desk.names("out2"), ["b.tar.gz/书/丁.txt", "b.tar.gz/书/丙.txt"]);
    assert!(desk.run(&["inspect", "in/b.tar.gz"]).stdout.starts_with("in/b.tar.gz/书/丁.txt\n"));
    let small = desk.run(&["convert", "in/b.tar.gz", "-o", "out3", "-t", "txt", "--max-size", "10", "-q"]);
    assert_eq!(small.status, Some(1));
    assert!(small.stderr.starts_with("error: in/b.tar.gz/书/丁.txt: more than 10 bytes; "), "{small:?}");
}

#[test]
fn slips_are_answered_in_the_language_of_the_user() {
    let desk = Desk::new(&[]);
    let run = desk.run(&["convert", "-t", "dox"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.stderr, "error: there is no format 'dox'; did you mean 'docx'? (pdf, docx, epub, html, md, txt)\n");
    let english = desk.run(&["convert", "--frce"]);
    assert!(english.status == Some(2) && english.stderr.contains("--force"), "{english:?}");
    for (env, args) in [
        (vec![("LC_ALL", "zh_CN.UTF-8")], vec!["convert", "--frce"]),
        (vec![], vec!["--lang", "zh", "convert", "--frce"]),
    ] {
        let chinese = desk.run_with(&args, &env, b"");
        assert_eq!(chinese.status, Some(2));
        assert!(chinese.stderr.starts_with("错误：没有“--frce”这个选项\n  是不是“--force”？\n"), "{chinese:?}");
    }
    assert!(
        desk.run_with(&["convert", "--help"], &[("LANG", "zh_TW.UTF-8")], b"").stdout.contains("用法：shanben convert")
    );
    assert!(
        desk.run_with(&["--help"], &[("LANG", "zh_CN"), ("LC_ALL", "en_US")], b"").stdout.contains("Usage: shanben")
    );
}

#[test]
fn the_command_line_goes_before_the_environment_and_that_before_the_file() {
    let desk = Desk::new(&[("shanben.toml", b"to = ['md']\noutput = 'from-file'\n"), ("in/deep/a.txt", SHAN)]);
    assert_eq!(desk.run(&["convert", "in/deep"]).status, Some(0));
    assert_eq!(desk.names("from-file"), ["a.md"]);
    desk.run_with(&["convert", "in/deep"], &[("SHANBEN_OUTPUT", "from-env"), ("SHANBEN_TO", "txt")], b"");
    assert_eq!(desk.names("from-env"), ["a.txt"]);
    desk.run_with(
        &["convert", "in/deep", "-o", "typed"],
        &[("SHANBEN_OUTPUT", "from-env"), ("SHANBEN_TO", "txt")],
        b"",
    );
    assert_eq!(desk.names("typed"), ["a.txt"]);
    desk.write("shanben.toml", b"stile = 'book'\n");
    let run = desk.run(&["convert", "in/deep"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("line 1, column 1: there is no key “stile”; did you mean style?\n"), "{run:?}");
    let run = desk.run_with(&["convert", "in/deep"], &[("LANG", "zh_CN.UTF-8")], b"");
    assert!(run.stderr.contains("第 1 行第 1 列：没有“stile”这个键；是不是 style？\n"), "{run:?}");
}

#[test]
fn a_text_may_ask_for_its_style_and_what_is_typed_goes_before_it() {
    let asks = |style: &str| format!("---\nstyle: {style}\n---\n山雨欲来风满楼。\n");
    let (official, mine) = (asks("official"), asks("mine"));
    let desk = Desk::new(&[
        ("shanben.toml", b"to = ['pdf']\n[styles]\nmine = { base = 'official' }\n"),
        ("in/a.txt", official.as_bytes()),
        ("in/b.md", official.as_bytes()),
        ("in/c.txt", mine.as_bytes()),
    ]);
    desk.run(&["convert", "in", "-o", "asked"]);
    desk.run(&["convert", "in", "-o", "typed", "-s", "official"]);
    assert_eq!(desk.run(&["convert", "in", "-o", "book", "-s", "book"]).status, Some(0));
    let (asked, typed, book) = (desk.files("asked"), desk.files("typed"), desk.files("book"));
    for name in ["a.pdf", "b.pdf", "c.pdf"] {
        assert!(asked[name] == typed[name] && asked[name] != book[name], "{name}");
    }
    desk.write("shanben.toml", b"to = ['pdf']\n[styles]\nmine = { base = 'news' }\n");
    desk.run(&["convert", "in", "-o", "asked"]);
    assert!(desk.files("asked")["c.pdf"] != asked["c.pdf"], "another style of that name, another edition");
    desk.write("in/a.txt", asks("offical").as_bytes());
    let run = desk.run(&["convert", "in/a.txt", "-o", "asked"]);
    assert!(run.status == Some(0) && run.stderr.contains("unknown-style: offical"), "{run:?}");
}

#[test]
fn headings_are_named_by_the_configuration_and_by_the_text_itself() {
    let own =
        "---\nheadings: false\nheading-2: ^☆\n---\n★春\n\n一、山\n\n山雨欲来风满楼。\n\n☆夏\n\n水光潋滟晴方好。\n";
    let plain = "★春\n山雨欲来风满楼。\n☆夏\n水光潋滟晴方好。\n";
    let desk = Desk::new(&[
        ("shanben.toml", "[headings]\n1 = ['^★']\n".as_bytes()),
        ("in/a.txt", plain.as_bytes()),
        ("in/b.md", plain.replace('\n', "\n\n").as_bytes()),
        ("in/c.txt", own.as_bytes()),
        ("in/d.md", own.as_bytes()),
    ]);
    let outline = |name: &str| -> Vec<(u64, String, String)> {
        let run = desk.run(&["inspect", "--json", name]);
        let facts: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let headings = facts["outline"].as_array().unwrap().iter();
        headings.map(|h| (h["level"].as_u64().unwrap(), text(&h["text"]), text(&h["reason"]))).collect()
    };
    let named = |level, text: &str| (level, text.to_owned(), "named by a pattern".to_owned());
    assert_eq!(outline("in/a.txt"), [named(1, "★春")]);
    assert_eq!(outline("in/b.md"), [named(1, "★春")]);
    assert_eq!(outline("in/c.txt"), [named(1, "★春"), named(2, "☆夏")]);
    assert_eq!(outline("in/d.md"), [named(1, "★春"), named(2, "☆夏")]);
    let page = desk.run(&["inspect", "in/c.txt"]).stdout;
    assert!(page.contains("outline    ★春  [5, named by a pattern]\n"), "{page}");
}

#[test]
fn warnings_fail_a_file_when_strict() {
    let desk = Desk::new(&[("in/a.txt", "他说：“山雨欲来。\n风满楼，谁在楼上？\n\u{e000}\n".as_bytes())]);
    let lax = desk.run(&["convert", "in", "-o", "out", "-t", "txt"]);
    assert!(lax.status == Some(0) && lax.stderr.contains("warning in/a.txt:"), "{lax:?}");
    let strict = desk.run(&["convert", "in", "-o", "out2", "-t", "txt", "--strict"]);
    assert_eq!((strict.status, desk.names("out2")), (Some(1), vec![]));
    assert_eq!(desk.run(&["convert", "in", "-o", "out", "-t", "txt", "--strict"]).status, Some(1));
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "md,txt", "--dry-run"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), "in/a.txt → out/a.md out/a.txt\n"));
    assert!(!desk.path("out").exists());
    desk.run(&["convert", "in", "-o", "out", "-t", "md,txt"]);
    assert_eq!(desk.run(&["convert", "in", "-o", "out", "-t", "md,txt", "--dry-run"]).stdout, "in/a.txt → unchanged\n");
}

#[test]
fn inputs_that_are_too_large_are_refused() {
    let desk = Desk::new(&[("a.txt", SHAN)]);
    let run = desk.run(&["convert", "a.txt", "-o", "out", "--max-size", "10"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.starts_with("error: a.txt: 25 bytes, more than 10; split it, or raise --max-size\n"), "{run:?}");
}

#[test]
fn the_report_has_a_line_an_input_and_a_summary_as_the_schema_says() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("in/b.txt", b"")]);
    desk.run(&["convert", "in", "-o", "out", "-t", "md,txt", "--report", "report.jsonl"]);
    let report = desk.read("report.jsonl");
    let lines: Vec<serde_json::Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((lines[0]["status"].as_str(), lines[1]["status"].as_str()), (Some("done"), Some("failed")));
    assert_eq!(lines[1]["error"]["kind"], "empty");
    assert_eq!((lines[2]["summary"]["done"].as_u64(), lines[2]["summary"]["failed"].as_u64()), (Some(1), Some(1)));
    let schema: serde_json::Value = serde_json::from_str(include_str!("../docs/report.schema.json")).unwrap();
    let kinds = schema["$defs"]["facts"]["properties"]["error"]["properties"]["kind"]["enum"].as_array().unwrap();
    let known = shanben::error::Kind::ALL.map(|kind| serde_json::Value::from(kind.name()));
    assert_eq!(kinds, &known);
    for (line, definition) in [(&lines[0], "input"), (&lines[1], "input"), (&lines[2]["summary"], "summary")] {
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        let definition = if definition == "input" { "facts" } else { definition };
        let told: Vec<&String> = schema["$defs"][definition]["properties"].as_object().unwrap().keys().collect();
        assert_eq!(keys, told, "{definition}");
    }
    let output = &lines[0]["outputs"][0];
    let keys: Vec<&String> = output.as_object().unwrap().keys().collect();
    let told: Vec<&String> = schema["$defs"]["output"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!((keys, output["path"].as_str()), (told, Some("out/a.md")));
    // An input that is up to date is reported with all that was found when it was converted.
    desk.run(&["convert", "in/a.txt", "-o", "out", "-t", "md,txt", "--report", "again.jsonl"]);
    let mut again: serde_json::Value = serde_json::from_str(desk.read("again.jsonl").lines().next().unwrap()).unwrap();
    assert_eq!(again["status"], "skipped");
    again["status"] = "done".into();
    again["millis"] = lines[0]["millis"].clone();
    assert_eq!(&again, &lines[0]);
}

#[test]
fn the_page_for_people_marks_every_edit_of_a_long_text() {
    let text = "问题多发,已有多人因此被问责处理。\n".repeat(2000);
    let desk = Desk::new(&[("in/a.txt", text.as_bytes())]);
    for _ in ["done", "up to date"] {
        desk.run(&["convert", "in", "-o", "out", "-t", "txt", "--report", "report.html"]);
        let page = desk.read("report.html");
        assert_eq!(page.matches("<del>,</del><ins>，</ins>").count(), 2000);
        assert!(page.contains("href=\"out/a.txt\""));
    }
}

#[test]
fn any_number_of_workers_writes_the_same_bytes() {
    let names: Vec<String> = (0..24).map(|i| format!("in/{i:02}.txt")).collect();
    let texts: Vec<Vec<u8>> = (1..=24).map(|i| [SHAN, SHUI].concat().repeat(i)).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(texts.iter().map(Vec::as_slice)).collect();
    let desk = Desk::new(&files);
    let told: Vec<String> =
        ["1", "8"].iter().map(|jobs| desk.run(&["convert", "in", "-o", jobs, "-j", jobs]).stderr).collect();
    assert_eq!(desk.files("1").len(), 72);
    assert!(desk.files("1") == desk.files("8"), "the bytes differ");
    assert_eq!(told[0].replace("→ 1/", "→ 8/"), told[1]);
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_one_completes() {
    let names: Vec<String> = (0..60).map(|i| format!("in/{i:02}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), SHAN)).collect();
    let desk = Desk::new(&files);
    let formats = "docx,md,txt";
    assert_eq!(desk.run(&["convert", "in", "-o", "calm", "-t", formats]).status, Some(0));
    let calm = desk.files("calm");
    for millis in [2, 5, 9, 14, 20, 27, 35] {
        let mut child = desk.command(&["convert", "in", "-o", "torn", "-t", formats, "-q"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(millis));
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in desk.files("torn") {
            let temporary = name.rsplit('/').next().unwrap().starts_with(".shanben-");
            assert!(temporary || calm.get(&name) == Some(&bytes), "{name} is not whole");
        }
    }
    assert_eq!(desk.run(&["convert", "in", "-o", "torn", "-t", formats]).status, Some(0));
    assert!(desk.files("torn") == calm, "the bytes differ, or something is left over");
}

#[test]
fn a_run_over_changed_inputs_that_is_killed_is_completed_by_the_next_one() {
    let names: Vec<String> = (0..60).map(|i| format!("in/{i:02}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), SHAN)).collect();
    let desk = Desk::new(&files);
    let args = |out: &'static str| ["convert", "in", "-o", out, "-t", "docx,md,txt", "-q"];
    desk.run(&args("torn"));
    names.iter().for_each(|name| desk.write(name, SHUI));
    desk.run(&args("calm"));
    let calm = desk.files("calm");
    for done in [20, 70, 120] {
        let mut child = desk.command(&args("torn")).spawn().unwrap();
        while desk.files("torn").iter().filter(|(name, bytes)| calm.get(*name) == Some(bytes)).count() < done {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // What the killed runs placed without telling is not taken for the work of another hand.
    assert_eq!(desk.run(&args("torn")).stderr, "");
    assert!(desk.files("torn") == calm, "the bytes differ");
}

/// Begins a run of one worker that reads standard input, and gives it more than a pipe holds: when that is gone, everything has been found, what
/// comes before `-` in the order of paths is done, and the run waits for the rest.
fn held(mut command: Command) -> (std::process::Child, std::process::ChildStdin) {
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&SHUI.repeat(4000)).unwrap();
    (child, stdin)
}

/// A run is killed, then the inputs change: what it placed and could not tell of is its own work all the same.
#[test]
fn what_a_killed_run_placed_is_known_for_its_own_when_the_inputs_have_changed_since() {
    // Those in the first folder are done when the run waits for its standard input, which comes before the second.
    let names: Vec<String> = (0..60).map(|i| format!("{}/{i:02}.txt", if i < 20 { "+" } else { "in" })).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), SHAN)).collect();
    let desk = Desk::new(&files);
    let args = ["convert", "+", "in", "-o", "out", "-t", "docx,md,txt", "-q", "-j", "1"];
    for next in [SHUI, SHAN] {
        let (mut child, _stdin) = held(desk.command(&[&args[..], &["-"]].concat()));
        child.kill().unwrap();
        child.wait().unwrap();
        // What the run was writing when it was killed may stand beside, under a name that the next run knows and sweeps away.
        let temporary = |name: &String| name.rsplit('/').next().is_some_and(|leaf| leaf.starts_with(".shanben-"));
        assert_eq!(desk.names("out").iter().filter(|name| !temporary(name)).count(), 60);
        names.iter().for_each(|name| desk.write(name, next));
        assert_eq!(desk.run(&["verify", "out"]).status, Some(1));
    }
    assert_eq!(desk.run(&args), Run { status: Some(0), stdout: String::new(), stderr: String::new() });
    assert_eq!(desk.read("out/+/00.txt").trim(), "山雨欲来风满楼。");
    assert_eq!((desk.read("out/.shanben.lock"), desk.names("out").len()), (String::new(), 180));
    assert_eq!(desk.run(&["verify", "out"]).status, Some(0));
    // But not what another hand put there since.
    fs::write(desk.path("out/.shanben.lock"), format!("running\n{} in/99.txt\n", "0".repeat(64))).unwrap();
    desk.write("in/99.txt", SHAN);
    desk.write("out/in/99.txt", b"mine");
    assert_eq!((desk.run(&args).status, desk.read("out/in/99.txt")), (Some(1), "mine".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_file_that_vanishes_while_others_are_read_fails_alone() {
    let desk = Desk::new(&[("b.txt", SHAN), ("c.txt", SHUI)]);
    let (child, stdin) = held(desk.command(&["convert", "-", "b.txt", "c.txt", "-o", "out", "-t", "txt", "-j", "1"]));
    fs::remove_file(desk.path("b.txt")).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), desk.names("out")), (Some(1), vec!["c.txt".to_owned(), "stdin.txt".to_owned()]));
    assert!(told.contains("error: b.txt: no such file or folder; check the path\n"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_report_is_whole_or_not_there() {
    let earlier = "{\"summary\":{\"inputs\":0}}\n";
    let desk = Desk::new(&[("in/a.txt", SHAN), ("report.jsonl", earlier.as_bytes())]);
    let args = ["convert", "in", "-", "-o", "out", "-t", "txt", "-q", "-j", "1", "--report", "report.jsonl"];
    let (mut child, stdin) = held(desk.command(&args));
    child.kill().unwrap();
    child.wait().unwrap();
    drop(stdin);
    assert_eq!(desk.read("report.jsonl"), earlier);
    assert_eq!(desk.run(&args).status, Some(1));
    assert!(desk.read("report.jsonl").ends_with("}}\n"));
    let device = desk.run(&[&args[..2], &["-o", "out", "-t", "txt", "-q", "--report", "/dev/stdout"]].concat());
    assert_eq!((device.status, device.stdout.lines().count()), (Some(0), 2));
}

#[cfg(unix)]
#[test]
fn a_change_is_seen_though_size_and_time_are_as_before() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    let args = ["convert", "in", "-o", "out", "-t", "txt", "-q", "--report", "-"];
    let status = || {
        // A file is only known to be the same when it has stood for a while.
        std::thread::sleep(std::time::Duration::from_millis(100));
        let line: serde_json::Value = serde_json::from_str(desk.run(&args).stdout.lines().next().unwrap()).unwrap();
        line["status"].as_str().unwrap().to_owned()
    };
    assert_eq!([status(), status()], ["done", "skipped"]);
    let path = desk.path("in/a.txt");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let mut file = fs::File::options().write(true).open(&path).unwrap();
    assert_eq!(SHAN.len() - 1, "水光潋滟晴方好。".len());
    file.write_all(SHUI).unwrap();
    file.set_modified(before).unwrap();
    assert_eq!([status(), status()], ["done", "skipped"]);
    assert_eq!(desk.read("out/a.txt").trim(), "水光潋滟晴方好。");
    // Touched only, or moved to another disk: the same.
    let manifest = desk.read("out/.shanben.json");
    for path in ["in/a.txt", "out/a.txt"] {
        let bytes = fs::read(desk.path(path)).unwrap();
        fs::remove_file(desk.path(path)).unwrap();
        desk.write(path, &bytes);
    }
    assert_eq!(status(), "skipped");
    assert_ne!(desk.read("out/.shanben.json"), manifest, "the new stamps are kept");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_after_the_files_in_hand() {
    let names: Vec<String> = (0..400).map(|i| format!("in/{i:03}.txt")).collect();
    let text = SHAN.repeat(40);
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), text.as_slice())).collect();
    let desk = Desk::new(&files);
    let mut child = desk.command(&["convert", "in", "-o", "out", "-t", "docx", "-j", "1", "-q"]).spawn().unwrap();
    while desk.names("out").is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let done = desk.names("out");
    assert!(done.len() < 400 && done.iter().all(|name| name.ends_with(".docx")), "{done:?}");
    let rest = desk.run(&["convert", "in", "-o", "out", "-t", "docx"]);
    assert!(
        rest.stderr.contains(&format!("{} done, {} up to date, 0 failed", 400 - done.len(), done.len())),
        "{rest:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_watched_folder_is_converted_as_files_arrive_until_interrupted() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    let args = ["convert", "in", "-o", "in/out", "-t", "txt", "--watch", "--report", "in/report.jsonl"];
    let mut child = desk.command(&args).stderr(Stdio::piped()).spawn().unwrap();
    let seen = |path: &str, text: &str| {
        for _ in 0..400 {
            if fs::read_to_string(desk.path(path)).is_ok_and(|found| found.trim() == text) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        panic!("{path} does not say {text}");
    };
    seen("in/out/a.txt", "山雨欲来风满楼。");
    desk.write("in/new/b.txt", SHUI);
    seen("in/out/new/b.txt", "水光潋滟晴方好。");
    desk.write("in/a.txt", SHUI);
    seen("in/out/a.txt", "水光潋滟晴方好。");
    // Nothing that the program itself writes makes it go round again.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut told = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut told).unwrap();
    let lines: Vec<&str> = told.lines().filter(|line| !line.contains(" · ")).collect();
    assert_eq!(
        lines,
        [
            "done in/a.txt → in/out/a.txt (utf-8, 0 edits)",
            "waiting for changes; Ctrl-C ends",
            "done in/new/b.txt → in/out/new/b.txt (utf-8, 0 edits)",
            "waiting for changes; Ctrl-C ends",
            "done in/a.txt → in/out/a.txt (utf-8, 0 edits)",
            "waiting for changes; Ctrl-C ends",
        ]
    );
    assert_eq!(desk.run(&["convert", "-", "--watch", "-o", "out"]).status, Some(2));
}

#[cfg(unix)]
#[test]
fn names_in_gbk_are_decoded_for_outputs_and_reported() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new(&[]);
    fs::create_dir(desk.path("in")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"in/\xba\xec\xc2\xa5\xc3\xce.txt");
    // Some file systems take no such names.
    if fs::write(desk.dir.path().join(name), SHAN).is_err() {
        return;
    }
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt"]);
    assert_eq!((run.status, desk.names("out")), (Some(0), vec!["红楼梦.txt".to_owned()]));
    assert!(run.stderr.contains("warning in/红楼梦.txt: name-not-utf8"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_the_output_folder() {
    let desk = Desk::new(&[("in/a/b.txt", SHAN), ("elsewhere/keep", b""), ("out/keep", b"")]);
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("out/a")).unwrap();
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("leads out of the output folder"), "{run:?}");
    assert_eq!(desk.names("elsewhere"), ["keep"]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_or_written_fails_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new(&[("in/a.txt", SHAN), ("in/locked/b.txt", SHAN), ("out/keep", b"")]);
    let lock = |path: &str, mode| fs::set_permissions(desk.path(path), fs::Permissions::from_mode(mode)).unwrap();
    lock("in/locked", 0o000);
    // The superuser may read everything.
    if fs::read_dir(desk.path("in/locked")).is_err() {
        let run = desk.run(&["convert", "in", "-o", "out", "-t", "txt"]);
        assert_eq!((run.status, desk.names("out")), (Some(1), vec!["a.txt".to_owned(), "keep".to_owned()]));
        assert!(run.stderr.contains("error: in/locked: permission denied; check its permissions"), "{run:?}");
        lock("out", 0o555);
        desk.write("in/a.txt", SHUI);
        let run = desk.run(&["convert", "in/a.txt", "-o", "out", "-t", "txt"]);
        assert!(run.status == Some(1) && run.stderr.contains("permission denied; free some space"), "{run:?}");
        lock("out", 0o755);
    }
    lock("in/locked", 0o755);
}

#[test]
fn inspect_tells_what_would_be_done_and_writes_nothing() {
    let desk = Desk::new(&[("in/a.txt", "问题多发,已有多人因此被问责处理。\n".as_bytes())]);
    let run = desk.run(&["inspect", "in", "--diff"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with("in/a.txt\n  encoding   utf-8, detected"), "{run:?}");
    assert!(run.stdout.contains("  1:5  half-comma\n    问题多发[-,-]{+，+}已有多人因此被问责处理。\n"), "{run:?}");
    let json = desk.run(&["inspect", "in", "--json"]);
    let facts: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((facts["edits"]["half-comma"].as_u64(), facts["input"].as_str()), (Some(1), Some("in/a.txt")));
    assert_eq!(desk.names("."), ["in/a.txt"]);
}

#[test]
fn inspect_lists_every_change_to_a_program_and_those_of_the_layout_to_one_that_asks() {
    let desk = Desk::new(&[("a.txt", "问题多发,已有多人因此被问责处理. \r\n他说, \"好.\"\r\n".as_bytes())]);
    let facts = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&desk.run(args).stdout).unwrap() };
    let told = facts(&["inspect", "a.txt", "--json"]);
    let change = |line, column, byte, rules: &[&str], before, after, count, safety| {
        serde_json::json!({
            "place": { "line": line, "column": column }, "byte": byte, "rules": rules, "before": before, "after": after, "count": count,
            "safety": safety,
        })
    };
    let expected = [
        change(1, 5, 12, &["half-comma"], ",", "，", 1, "likely"),
        change(1, 17, 46, &["half-period"], ".", "。", 1, "likely"),
        // What adjoins is one.
        change(2, 3, 56, &["half-comma", "space-after-f", "straight-quote"], ", \"", "，“", 3, "likely"),
        change(2, 7, 62, &["half-period", "straight-quote"], ".\"", "。”", 2, "likely"),
    ];
    assert_eq!(told["changes"], serde_json::Value::from(expected.to_vec()), "{told}");
    assert_eq!((told["edits"].get("newline"), &told["layout_edits"]["newline"]), (None, &2.into()));
    assert_eq!(told.get("layout_changes"), None);
    let whole = facts(&["inspect", "a.txt", "--json", "--layout"]);
    let layout = [
        change(1, 18, 47, &["trailing-space", "newline"], " \r", "", 2, "sure"),
        change(2, 9, 64, &["newline"], "\r", "", 1, "sure"),
    ];
    assert_eq!(whole["layout_changes"], serde_json::Value::from(layout.to_vec()));
    assert_eq!(whole["changes"], told["changes"]);
    // The schema knows each word of it.
    let schema: serde_json::Value = serde_json::from_str(include_str!("../docs/report.schema.json")).unwrap();
    let defs = &schema["$defs"];
    let known = |key: &String| ["facts", "inspection"].iter().any(|def| defs[def]["properties"].get(key).is_some());
    assert!(whole.as_object().unwrap().keys().all(known), "{whole}");
    let keys: Vec<&String> = told["changes"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, defs["change"]["properties"].as_object().unwrap().keys().collect::<Vec<_>>());
}

#[test]
fn the_changes_of_many_files_are_a_page_that_says_what_it_leaves_out() {
    let slips = "问题多发,已有多人因此被问责处理。\r\n".repeat(30);
    let desk = Desk::new(&[("in/a.txt", slips.as_bytes()), ("in/b.txt", SHAN), ("in/c.txt", b"")]);
    let run = desk.run(&["inspect", "in", "--diff"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "in/a.txt  utf-8, edits: half-comma 30; of the layout: 30");
    assert_eq!(lines[1..3], ["  1:5  half-comma", "    问题多发[-,-]{+，+}已有多人因此被问责处理。"]);
    assert_eq!(
        lines[21..],
        [
            "  … not shown: half-comma 20; --most 0 shows all",
            "in/b.txt  utf-8, no edits",
            "3 files: 1 with edits, 1 without, 1 failed",
            "  edits: 30 (half-comma 30)",
            "  edits of the layout: 30; --layout shows them",
            "  not shown: 20; --most 0 shows all",
        ]
    );
    let all = desk.run(&["inspect", "in", "--diff", "--most", "0", "--layout"]).stdout;
    assert_eq!((all.matches("{+，+}").count(), all.matches("half-comma, newline\n").count()), (30, 30), "{all}");
    assert!(all.ends_with("  edits: 30 (half-comma 30)\n  edits of the layout: 30\n"), "{all}");
}

#[test]
fn verify_proves_outputs_and_names_the_one_that_was_changed() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("in/b.txt", SHUI)]);
    desk.run(&["convert", "in", "-o", "out", "-t", "pdf,docx,md,txt"]);
    let run = desk.run(&["verify", "out"]);
    let proved =
        "out/a (pdf, docx, md, txt): agree with their source\nout/b (pdf, docx, md, txt): agree with their source\n";
    assert_eq!(run, Run { status: Some(0), stdout: proved.to_owned(), stderr: "2 agree, 0 do not\n".to_owned() });
    desk.write("out/b.md", SHAN);
    let run = desk.run(&["verify", "out"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        run.stderr,
        "error: out/b.md: is not as it was written: text, line 1: expected “水光潋滟晴方好。”, found “山雨欲来风满楼。”; \
         convert it again with --force\n1 agrees, 1 does not\n"
    );
    let chinese = desk.run(&["verify", "out", "--lang", "zh"]).stderr;
    assert!(chinese.contains("与写出时不同：正文第 1 行：应为“水光潋滟晴方好。”，实为“山雨欲来风满楼。”"), "{chinese}");
    assert_eq!(desk.run(&["verify", "out/a.pdf", "-q"]).status, Some(0));
    for unknown in ["in", "nowhere", "out/c.pdf", "out/.shanben.lock"] {
        let run = desk.run(&["verify", unknown]);
        let told =
            format!("error: {unknown}: there is no record of shanben here; check the path\n0 agree, 1 does not\n");
        assert_eq!((run.status, run.stderr), (Some(1), told));
    }
}

/// `text` with each `\\xNN` turned back into the byte that it stands for.
fn unescaped(text: &str) -> Vec<u8> {
    let mut pieces = text.split("\\x");
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    bytes
}

#[test]
fn bytes_that_are_no_character_are_written_out_in_every_format_and_can_be_had_back() {
    let text = "山雨欲来风满楼。*强调*与 C:\\x64 和 `code`。\n\n水光潋滟晴方好，山色空蒙雨亦奇。\n";
    let mut bytes = text.as_bytes().to_vec();
    bytes.remove(3);
    let dot = text.find("晴").unwrap();
    bytes[dot] = 0xFF;
    let desk = Desk::new(&[("in/a.txt", &bytes), ("in/b.md", &bytes)]);
    let options = ["convert", "in", "-o", "out", "-t", "pdf,docx,md,txt", "-q", "--report", "-"];
    let run = desk.run(&[&options[..], &["--escape-bytes", "-r", "none"]].concat());
    let facts: serde_json::Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(facts["damage"][0]["kind"], "malformed", "{run:?}");
    assert_eq!((&facts["damage"][0]["count"], facts["damage"].as_array().unwrap().len()), (&2.into(), 1));
    assert_eq!(String::from_utf8(unescaped(&desk.read("out/a.txt"))).unwrap_err().into_bytes(), bytes);
    assert!(desk.read("out/b.md").contains("山\\x9B\\xA8欲"), "{}", desk.read("out/b.md"));
    let proof = desk.run(&["verify", "out", "--escape-bytes", "-r", "none"]);
    assert_eq!((proof.status, proof.stdout.matches("agree with their source").count()), (Some(0), 2), "{proof:?}");
    // Read otherwise, it is another edition.
    let otherwise = desk.run(&["verify", "out", "-r", "none"]);
    assert!(otherwise.stdout.contains("was read otherwise"), "{otherwise:?}");
    // The key of the configuration means the same.
    desk.write("shanben.toml", b"escape-bytes = true\nrules = [\"none\"]\n");
    assert_eq!(desk.run(&["verify", "out"]).stdout, proof.stdout);
}

/// One byte after another, spread over every file of the output folder: none may be changed unnoticed.
#[test]
fn verify_sees_every_byte_that_is_changed() {
    let desk = Desk::new(&[("in/a.txt", "问题多发,已有多人因此被问责处理。\n".as_bytes())]);
    desk.run(&["convert", "in", "-o", "out", "-t", "pdf,docx,md,txt", "-q"]);
    for name in ["a.pdf", "a.docx", "a.md", "a.txt", ".shanben.json"] {
        let path = format!("out/{name}");
        let whole = fs::read(desk.path(&path)).unwrap();
        for part in 0..8 {
            let at = whole.len() * part / 8;
            let mut changed = whole.clone();
            changed[at] ^= 1;
            desk.write(&path, &changed);
            let run = desk.run(&["verify", "out"]);
            assert!(run.status == Some(1) && run.stderr.starts_with(&format!("error: out/{name}")), "{at}: {run:?}");
        }
        fs::remove_file(desk.path(&path)).unwrap();
        assert_eq!(desk.run(&["verify", "out"]).status, Some(1), "{name} is missing");
        desk.write(&path, &whole);
    }
    assert_eq!(desk.run(&["verify", "out"]).status, Some(0));
}

#[test]
fn lists_and_scripts_are_printed() {
    let desk = Desk::new(&[]);
    let contains = |args: &[&str], wanted: &str| {
        let run = desk.run(args);
        assert!(run.status == Some(0) && run.stdout.contains(wanted), "{args:?}: {run:?}");
    };
    contains(&["rules"], "half-comma");
    contains(&["styles"], "official");
    contains(&["styles", "book"], "[page]");
    contains(&["fonts"], "ShanbenSong-Regular.ttf");
    for (shell, word) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef shanben"),
        ("fish", "complete -c shanben"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        contains(&["completions", shell], word);
    }
    contains(&["man"], ".TH shanben");
    contains(&["man", "convert"], "dry\\-run");
    assert_eq!(desk.run(&["help", "convert"]), desk.run(&["convert", "--help"]));
    assert_eq!(desk.run(&["help", "--lang", "zh"]), desk.run(&["--help", "--lang", "zh"]));
    contains(&["init"], "shanben.toml");
    assert_eq!(desk.run(&["init"]).status, Some(2));
    assert_eq!(
        desk.run(&["convert", "-o", "out"]).status,
        Some(1),
        "the template changes nothing; there is no input folder"
    );
}

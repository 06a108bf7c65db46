//! The output folder and the reports lose nobody's file: who owns what, what stands in the place of our own files, and how a run ends.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

struct Desk(TempDir);

/// What a run said, and how it ended.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Desk(tempfile::tempdir().unwrap());
        files.iter().for_each(|(path, text)| desk.write(path, text));
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// The files below `folder`, without the program's own record, sorted.
    fn names(&self, folder: &str) -> Vec<String> {
        fn walk(root: &Path, folder: &Path, out: &mut Vec<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                match path.is_dir() {
                    true => walk(root, &path, out),
                    false if !name.starts_with(".shanben") => out.push(name),
                    false => {}
                }
            }
        }
        let mut out = vec![];
        walk(&self.path(folder), &self.path(folder), &mut out);
        out.sort();
        out
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shanben"));
        command.args(args).current_dir(self.0.path()).env_clear().env("LANG", "C.UTF-8").stdin(Stdio::null());
        command
    }

    /// Runs to the end, which must come: a run that waits for a pipe is killed, and has no status.
    fn run(&self, args: &[&str]) -> Run {
        let (out, err) = (self.path(".stdout"), self.path(".stderr"));
        let mut command = self.command(args);
        command.stdout(fs::File::create(&out).unwrap()).stderr(fs::File::create(&err).unwrap());
        let status = ended(command.spawn().unwrap());
        let read = |path: &Path| String::from_utf8(fs::read(path).unwrap()).unwrap();
        let run = Run { status, stdout: read(&out), stderr: read(&err) };
        fs::remove_file(out).unwrap();
        fs::remove_file(err).unwrap();
        run
    }

    /// Runs to a good end.
    fn done(&self, args: &[&str]) -> Run {
        let run = self.run(args);
        assert_eq!(run.status, Some(0), "{args:?}: {run:?}");
        run
    }
}

/// How `child` ends; `None` when it does not.
fn ended(mut child: Child) -> Option<i32> {
    for _ in 0..2400 {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

const SHAN: &str = "山雨欲来风满楼。\n";
const SHUI: &str = "水光潋滟晴方好。\n";

#[test]
fn an_output_of_another_source_is_refused_by_name_even_when_forced() {
    let desk = Desk::new(&[("1998/信.txt", SHAN), ("1999/信.txt", SHUI)]);
    desk.done(&["convert", "1998/信.txt", "-o", "ed", "-t", "md,txt"]);
    for force in [&[][..], &["--force"]] {
        let run = desk.run(&[&["convert", "1999/信.txt", "-o", "ed", "-t", "md,txt"], force].concat());
        assert_eq!(run.status, Some(1), "{run:?}");
        let told = "error: 1999/信.txt: ed/信.md belongs to 1998/信.txt; choose another --output";
        assert!(run.stderr.starts_with(told), "{run:?}");
        assert_eq!(desk.read("ed/信.txt"), SHAN);
    }
    let chinese = desk.run(&["convert", "1999/信.txt", "-o", "ed", "-t", "md", "--lang", "zh"]).stderr;
    assert!(chinese.starts_with("错误：1999/信.txt：位置已被占用（ed/信.md 属于 1998/信.txt）；"), "{chinese}");
    assert!(
        desk.done(&["convert", "1998/信.txt", "-o", "ed", "-t", "md,txt"]).stderr.starts_with("0 done, 1 up to date")
    );
    // Another path to the same source is no other source.
    desk.done(&["convert", "1999/../1998/信.txt", "-o", "ed", "-t", "md,txt"]);
    // What its owner threw away is free.
    desk.remove("ed/信.md");
    desk.remove("ed/信.txt");
    desk.done(&["convert", "1999/信.txt", "-o", "ed", "-t", "md,txt"]);
    assert_eq!(desk.read("ed/信.txt"), SHUI);
}

#[test]
fn a_source_that_was_moved_keeps_its_outputs_and_another_makes_room_by_pruning() {
    let desk = Desk::new(&[("old/a.txt", SHAN)]);
    desk.done(&["convert", "old", "-o", "out", "-t", "txt"]);
    fs::rename(desk.path("old"), desk.path("new")).unwrap();
    let moved = desk.done(&["convert", "new", "-o", "out", "-t", "txt"]);
    assert!(moved.stderr.starts_with("0 done, 1 up to date"), "{moved:?}");
    // Its entry moved along: what says the same elsewhere is another source now.
    desk.write("old/a.txt", SHAN);
    assert_eq!(desk.run(&["convert", "old", "-o", "out", "-t", "txt"]).status, Some(1));
    desk.remove("new/a.txt");
    desk.write("old/a.txt", SHUI);
    let gone = desk.run(&["convert", "old", "-o", "out", "-t", "txt"]);
    assert!(gone.stderr.contains("out/a.txt belongs to new/a.txt, which is gone; "), "{gone:?}");
    desk.done(&["convert", "old", "-o", "out", "-t", "txt", "--prune"]);
    assert_eq!(desk.read("out/a.txt"), SHUI);
}

#[test]
fn files_of_an_archive_are_sources_of_their_own() {
    let desk = Desk::new(&[]);
    let zip = |names: &[(&str, &str)]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
        for (name, text) in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    fs::write(desk.path("a.zip"), zip(&[("书/甲.txt", SHAN), ("书/乙.txt", SHUI)])).unwrap();
    desk.done(&["convert", "a.zip", "-o", "out", "-t", "txt"]);
    assert!(desk.done(&["convert", "a.zip", "-o", "out", "-t", "txt"]).stderr.starts_with("0 done, 2 up to date"));
    let before = desk.names("out");
    fs::write(desk.path("a.zip"), zip(&[("书/甲.txt", SHAN)])).unwrap();
    let pruned = desk.done(&["convert", "a.zip", "-o", "out", "-t", "txt", "--prune"]);
    assert!(pruned.stderr.contains("1 output pruned: its source is gone\n"), "{pruned:?}");
    assert_eq!((before.len(), desk.names("out").len()), (2, 1));
}

#[test]
fn files_of_an_archive_from_standard_input_are_told_apart() {
    let desk = Desk::new(&[]);
    let mut tar = tar::Builder::new(fs::File::create(desk.path("a.tar")).unwrap());
    // Two have one name, as after `tar -r`.
    for (name, text) in [("甲.txt", SHAN), ("乙.txt", SHUI), ("乙.txt", SHAN)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    tar.into_inner().unwrap();
    for told in ["3 done, 0 up to date", "0 done, 3 up to date"] {
        let mut command = desk.command(&["convert", "-", "-o", "out", "-t", "txt"]);
        let run = command.stdin(fs::File::open(desk.path("a.tar")).unwrap()).output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(said.contains(told), "{said}");
    }
    assert_eq!(desk.names("out").len(), 3);
}

#[test]
fn an_input_is_never_overwritten_whatever_was_an_output_once() {
    let desk = Desk::new(&[("a.txt", SHAN)]);
    desk.done(&["convert", "a.txt", "-o", ".", "-t", "md"]);
    desk.write("a.md", "# 手稿\n\n手写,内容\n");
    for inputs in [&["a.md"][..], &["a.txt", "a.md"], &["a.md"]] {
        desk.run(&[&["convert"], inputs, &["-o", ".", "-t", "md", "--force"]].concat());
        assert_eq!(desk.read("a.md"), "# 手稿\n\n手写,内容\n");
    }
    desk.remove("a.txt");
    let run = desk.run(&["convert", "a.md", "-o", ".", "-t", "md", "--force", "--prune"]);
    assert!(run.status == Some(1) && run.stderr.contains("./a.md is one of the inputs; "), "{run:?}");
    assert_eq!(desk.read("a.md"), "# 手稿\n\n手写,内容\n");
}

#[cfg(unix)]
#[test]
fn an_input_is_known_by_any_of_its_names() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("in/b.md", SHUI), ("out/keep", "")]);
    fs::hard_link(desk.path("in/b.md"), desk.path("out/a.md")).unwrap();
    let run = desk.run(&["convert", "in", "-o", "out", "-t", "md", "--force"]);
    assert!(run.status == Some(1) && run.stderr.contains("out/a.md is one of the inputs; "), "{run:?}");
    assert_eq!((desk.read("in/b.md"), desk.read("out/a.md")), (SHUI.to_owned(), SHUI.to_owned()));
}

#[test]
fn what_stood_under_another_name_moves_along_unless_it_was_edited() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    let args = ["convert", "in", "-o", "out", "-t", "docx,md,txt"];
    desk.done(&args);
    assert_eq!(desk.names("out"), ["a.docx", "a.md", "a.txt"]);
    desk.write("out/a.md", "我改过了。\n");
    desk.write("in/a.md", SHUI);
    let run = desk.done(&args);
    assert!(run.stderr.contains("warning in/a.txt: output-left: out/a.md\n"), "{run:?}");
    assert_eq!(desk.names("out"), ["a.md", "a.md.docx", "a.md.md", "a.md.txt", "a.txt.docx", "a.txt.md", "a.txt.txt"]);
    assert_eq!(desk.read("out/a.md"), "我改过了。\n");
    let proof = desk.run(&["verify", "out"]);
    assert_eq!(proof.status, Some(1));
    assert!(proof.stderr.starts_with("error: out/a.md: no record knows it; "), "{proof:?}");
    assert!(proof.stderr.ends_with("2 agree, 0 do not, 1 file is on no record\n"), "{proof:?}");
    // And back, when the sibling is gone; its outputs wait for --prune.
    desk.remove("out/a.md");
    desk.remove("in/a.md");
    let back = desk.done(&args);
    assert!(!back.stderr.contains("output-left"), "{back:?}");
    let orphans = desk.done(&["verify", "out"]);
    assert!(orphans.stderr.contains("its source is gone"), "{orphans:?}");
    assert!(orphans.stderr.ends_with("2 agree, 0 do not, 1 source is gone\n"), "{orphans:?}");
    desk.done(&[&args[..], &["--prune"]].concat());
    assert_eq!(desk.names("out"), ["a.docx", "a.md", "a.txt"]);
    assert!(desk.done(&["verify", "out"]).stderr.ends_with("1 agrees, 0 do not\n"));
}

#[test]
fn pruning_takes_away_what_is_untouched_with_its_empty_folders_and_says_so() {
    let desk = Desk::new(&[("in/1998/甲.txt", SHAN), ("in/1999/乙.txt", SHUI), ("in/丙.txt", SHAN)]);
    let args = ["convert", "in", "-o", "out", "-t", "md,txt"];
    desk.done(&args);
    desk.remove("in/1998/甲.txt");
    desk.remove("in/1999/乙.txt");
    desk.write("out/1999/乙.md", "我改过了。\n");
    desk.done(&args);
    assert_eq!(desk.names("out").len(), 6, "without --prune nothing is taken away");
    let dry = desk.done(&[&args[..], &["--prune", "--dry-run"]].concat());
    assert!(dry.stdout.contains("out/1998/甲.md → pruned, for its source is gone\n"), "{dry:?}");
    assert_eq!(desk.names("out").len(), 6);
    // While an input cannot be read nothing is known to be gone.
    let missing = desk.run(&["convert", "in", "elsewhere", "-o", "out", "-t", "md,txt", "--prune"]);
    assert_eq!((missing.status, desk.names("out").contains(&"1998/甲.md".to_owned())), (Some(1), true), "{missing:?}");
    let pruned = desk.done(&[&args[..], &["--prune"]].concat());
    for told in [
        "pruned out/1998/甲.md\n",
        "3 outputs pruned: their sources are gone\n",
        "warning out/1999/乙.md: changed by hand",
    ] {
        assert!(pruned.stderr.contains(told), "{told}: {pruned:?}");
    }
    assert_eq!(desk.names("out"), ["1999/乙.md", "丙.md", "丙.txt"]);
    assert!(!desk.path("out/1998").exists());
    assert_eq!(desk.run(&["verify", "out"]).status, Some(1), "the edited one is on no record");
}

#[test]
fn nothing_is_pruned_for_a_folder_without_anything_which_may_be_the_place_of_a_disk() {
    let desk = Desk::new(&[("in/甲.txt", SHAN)]);
    let args = ["convert", "in", "-o", "out", "-t", "md", "--prune"];
    desk.done(&args);
    std::fs::rename(desk.path("in"), desk.path("disk")).unwrap();
    std::fs::create_dir(desk.path("in")).unwrap();
    let run = desk.run(&args);
    assert!(run.stderr.contains("warning in: an empty folder") && desk.names("out") == ["甲.md"], "{run:?}");
}

#[test]
fn verify_names_files_that_no_record_knows() {
    let desk = Desk::new(&[("in/a.txt", SHAN), ("in/b.txt", SHUI)]);
    desk.done(&["convert", "in", "-o", "out", "-t", "txt"]);
    desk.write("out/更多/c.PDF", "别处来的");
    desk.write("out/notes.log", "no output of ours");
    desk.write("out/other/.shanben.json", "");
    desk.write("out/other/d.pdf", "of another record");
    let run = desk.run(&["verify", "out"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        run.stderr,
        "error: out/更多/c.PDF: no record knows it; move it away, or convert its source again\n\
         2 agree, 0 do not, 1 file is on no record\n"
    );
    let chinese = desk.run(&["verify", "out", "--lang", "zh"]).stderr;
    assert!(chinese.ends_with("一致 2，不一致 0，来历不明的文件 1 个\n"), "{chinese}");
}

#[cfg(target_os = "linux")]
#[test]
fn verify_that_cannot_say_what_it_found_fails() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    desk.done(&["convert", "in", "-o", "out", "-t", "txt"]);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let run = desk.command(&["verify", "out"]).stdout(full).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8(run.stderr).unwrap().contains("standard output: the disk is full"));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    /// Puts something at a path.
    type Put<'p> = &'p dyn Fn(&Path);

    fn fifo(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn what_stands_in_the_place_of_the_record_is_neither_followed_nor_emptied_nor_waited_for() {
        for name in [".shanben.lock", ".shanben.json"] {
            let desk = Desk::new(&[("in/a.txt", SHAN), ("keep.txt", "珍贵"), ("out/keep", "")]);
            let place = format!("out/{name}");
            let kinds: [(&str, Put); 5] = [
                ("is a link", &|path| symlink("../keep.txt", path).unwrap()),
                ("is a link", &|path| symlink("nowhere", path).unwrap()),
                ("is a pipe", &fifo),
                ("is a folder", &|path| fs::create_dir(path).unwrap()),
                ("is a socket", &|path| drop(std::os::unix::net::UnixListener::bind(path).unwrap())),
            ];
            for (what, put) in kinds {
                put(&desk.path(&place));
                for args in [&["convert", "in", "-o", "out", "-t", "md"][..], &["verify", "out"]] {
                    let run = desk.run(args);
                    assert_eq!(run.status, Some(2), "{what}: {args:?}: {run:?}");
                    assert!(run.stderr.contains(&format!("{place}: {what}")), "{args:?}: {run:?}");
                }
                assert_eq!((desk.read("keep.txt"), desk.path("out/nowhere").exists()), ("珍贵".to_owned(), false));
                let _ = fs::remove_file(desk.path(&place)).or_else(|_| fs::remove_dir(desk.path(&place)));
            }
        }
        for foreign in ["珍贵的信\n".to_owned(), "\0".repeat(1 << 16), format!("running\n{}", "\u{1}".repeat(1 << 16))]
        {
            let desk = Desk::new(&[("in/a.txt", SHAN), ("out/.shanben.lock", &foreign)]);
            let run = desk.run(&["convert", "in", "-o", "out", "-t", "md"]);
            assert!(run.status == Some(2) && run.stderr.contains("out/.shanben.lock: is not what"), "{run:?}");
            let chinese = desk.run(&["convert", "in", "-o", "out", "-t", "md", "--lang", "zh"]);
            assert!(chinese.stderr.contains("不是本程序写在那里的内容；请移走它"), "{chinese:?}");
            assert_eq!(desk.read("out/.shanben.lock"), foreign);
        }
    }

    #[test]
    fn a_pipe_in_the_place_of_an_output_is_not_waited_for() {
        let desk = Desk::new(&[("in/a.txt", SHAN)]);
        let args = ["convert", "in", "-o", "out", "-t", "md"];
        desk.done(&args);
        desk.remove("out/a.md");
        fifo(&desk.path("out/a.md"));
        assert!(desk.done(&args).stderr.contains("output-edited"));
        assert_eq!(desk.run(&["verify", "out"]).status, Some(1));
    }

    #[test]
    fn a_report_replaces_an_earlier_report_and_nothing_else() {
        let desk =
            Desk::new(&[("in/a.txt", SHAN), ("in/b.txt", SHUI), ("letter.txt", "珍贵"), ("report.jsonl.part", "珍贵")]);
        let args = |report: &'static str| ["convert", "in", "-o", "out", "-t", "md", "--report", report];
        let forced = |report| desk.run(&[&args(report)[..], &["--force"]].concat());
        for report in ["report.jsonl", "report.html"] {
            desk.done(&args(report));
            desk.done(&args(report));
            // Also an empty file, and a report of the other kind.
            desk.write(report, "");
            desk.done(&args(report));
        }
        fs::copy(desk.path("report.html"), desk.path("report.jsonl")).unwrap();
        desk.done(&args("report.jsonl"));
        assert_eq!(desk.read("report.jsonl.part"), "珍贵");
        let record = desk.read("out/.shanben.json");
        desk.write("in/c.txt", SHAN);
        for (report, why) in [
            ("letter.txt", "letter.txt: is no report of this program; choose another --report, or use --force\n"),
            ("in/a.txt", "in/a.txt: is one of the inputs; choose another --report\n"),
            ("out/a.md", "out/a.md: belongs to the outputs; choose another --report\n"),
            ("out/c.md", "out/c.md: belongs to the outputs; choose another --report\n"),
            ("out/.shanben.json", "out/.shanben.json: belongs to the outputs; choose another --report\n"),
            ("./out/../out/.shanben.lock", "lock: belongs to the outputs; choose another --report\n"),
        ] {
            let before = fs::read(desk.path(report)).ok();
            let run = desk.run(&args(report));
            assert!(run.status == Some(2) && run.stderr.ends_with(why), "{report}: {run:?}");
            if report != "letter.txt" {
                assert_eq!(forced(report).status, Some(2));
            }
            assert_eq!(fs::read(desk.path(report)).ok(), before, "{report}");
        }
        assert_eq!(
            (desk.read("out/.shanben.json"), desk.path("out/c.md").exists()),
            (record, false),
            "nothing was begun"
        );
        let own = desk.run(&["convert", "in/a.txt", "-o", "-", "-t", "md", "--force", "--report", "in/a.txt"]);
        assert_eq!((own.status, desk.read("in/a.txt")), (Some(2), SHAN.to_owned()));
        assert_eq!(forced("letter.txt").status, Some(0));
        assert!(desk.read("letter.txt").ends_with("}}\n"));
        let left: Vec<_> = fs::read_dir(desk.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".shanben")), "{left:?}");
    }

    #[test]
    fn a_report_goes_through_no_link_and_truncates_no_stream() {
        let desk = Desk::new(&[("in/a.txt", SHAN), ("letter.txt", "珍贵"), ("log", "珍贵\n")]);
        symlink("letter.txt", desk.path("link.jsonl")).unwrap();
        symlink("nowhere", desk.path("dangling.jsonl")).unwrap();
        fs::create_dir(desk.path("folder.jsonl")).unwrap();
        for report in ["link.jsonl", "dangling.jsonl", "folder.jsonl"] {
            for force in [&[][..], &["--force"]] {
                let run = desk.run(&[&["convert", "in", "-o", "out", "-t", "md", "--report", report], force].concat());
                assert_eq!(run.status, Some(2), "{report}: {run:?}");
            }
        }
        assert_eq!((desk.read("letter.txt"), desk.path("nowhere").exists()), ("珍贵".to_owned(), false));
        let log = fs::File::options().append(true).open(desk.path("log")).unwrap();
        let mut command = desk.command(&["convert", "in", "-o", "out", "-t", "md", "-q", "--report", "/dev/stdout"]);
        assert_eq!(ended(command.stdout(log).spawn().unwrap()), Some(0));
        let log = desk.read("log");
        assert!(log.starts_with("珍贵\n{\"input\"") && log.ends_with("}}\n"), "{log}");
    }

    #[test]
    fn a_copy_that_may_only_be_read_is_found_up_to_date() {
        let desk = Desk::new(&[("in/a.txt", SHAN)]);
        desk.done(&["convert", "in", "-o", "out", "-t", "md"]);
        std::thread::sleep(Duration::from_millis(100));
        fs::create_dir(desk.path("copy")).unwrap();
        for name in ["a.md", ".shanben.json"] {
            fs::copy(desk.path("out").join(name), desk.path("copy").join(name)).unwrap();
        }
        let mode = |mode| fs::set_permissions(desk.path("copy"), fs::Permissions::from_mode(mode)).unwrap();
        mode(0o555);
        // The superuser may write everywhere.
        if fs::write(desk.path("copy/try"), "").is_err() {
            assert!(desk.done(&["convert", "in", "-o", "copy", "-t", "md"]).stderr.starts_with("0 done, 1 up to date"));
            desk.write("in/b.txt", SHUI);
            let run = desk.run(&["convert", "in", "-o", "copy", "-t", "md"]);
            assert!(run.status == Some(1) && run.stderr.contains("copy/b.md: permission denied"), "{run:?}");
        }
        mode(0o755);
    }

    #[test]
    fn an_interrupt_ends_a_run_that_waits_and_leaves_all_in_order() {
        for signal in ["-INT", "-TERM"] {
            let desk = Desk::new(&[("a.txt", SHAN), ("b.txt", SHUI)]);
            let args =
                ["convert", "-", "a.txt", "b.txt", "-o", "out", "-t", "txt", "-j", "3", "--report", "report.jsonl"];
            let mut child = desk.command(&args).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
            // Standard input says something, so that it is known to be no archive, and does not end.
            let mut input = child.stdin.take().unwrap();
            input.write_all(SHUI.repeat(40).as_bytes()).unwrap();
            while desk.names("out").len() < 2 {
                std::thread::sleep(Duration::from_millis(5));
            }
            assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
            assert_eq!(ended(child), Some(130));
            drop(input);
            let report = desk.read("report.jsonl");
            assert!(report.contains("\"left\":1") && report.lines().count() == 3, "{report}");
            let rest = desk.done(&["convert", "a.txt", "b.txt", "-o", "out", "-t", "txt"]);
            assert!(rest.stderr.starts_with("0 done, 2 up to date"), "{rest:?}");
        }
    }

    #[test]
    fn an_output_folder_that_vanishes_is_said_to_be_gone() {
        let desk = Desk::new(&[("a.txt", SHAN)]);
        let args = ["convert", "-", "a.txt", "-o", "out", "-t", "txt", "-j", "1"];
        let mut child = desk.command(&args).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while !desk.path("out/.shanben.lock").exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        fs::remove_dir_all(desk.path("out")).unwrap();
        child.stdin.take().unwrap().write_all(SHUI.as_bytes()).unwrap();
        let run = child.wait_with_output().unwrap();
        let told = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{told}");
        assert!(told.contains("out/a.txt: the output folder is gone; "), "{told}");
        assert!(!desk.path("out").exists());
    }
}

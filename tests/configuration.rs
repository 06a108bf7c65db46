//! What decides how a text is converted, and who may decide it: the command line, the environment, and the files above each input.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const SHAN: &str = "山雨欲来风满楼。\n";
/// A pair of quotation marks that is opened and never closed: a warning.
const OPEN: &str = "他说：“山雨欲来。\n风满楼，谁在楼上？\n\u{e000}\n";

/// A folder to work in, and a way to run the program there.
struct Desk {
    dir: TempDir,
}

#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(path, text)| desk.write(path, text));
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn exists(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_in(".", args, &[], b"")
    }

    fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> Run {
        self.run_in(".", args, env, b"")
    }

    fn run_in(&self, folder: &str, args: &[&str], env: &[(&str, &str)], stdin: &[u8]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shanben"));
        command.args(args).current_dir(self.path(folder)).env_clear().env("LANG", "C.UTF-8").envs(env.iter().copied());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that refuses to start does not read its input.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The headings of `input`, as `shanben inspect` sees them.
    fn outline(&self, input: &str) -> Vec<String> {
        let run = self.run(&["inspect", "--json", input]);
        let facts: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let headings = facts["outline"].as_array().unwrap().iter();
        headings.map(|heading| heading["text"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn a_folder_of_texts_can_name_no_place_and_take_back_no_safety() {
    let desk = Desk::new(&[("home/keep.md", "珍贵\n"), ("in/a.txt", SHAN)]);
    let own =
        "output = '../home'\nreport = '../home/keep.md'\nforce = true\nquiet = true\njobs = 1\nwrap = 'sentence'\n";
    desk.write("in/shanben.toml", own);
    let run = desk.run(&["convert", "in", "-t", "md"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(fs::read_to_string(desk.path("home/keep.md")).unwrap(), "珍贵\n");
    assert!(desk.exists("output/a.md") && !desk.exists("home/a.md") && !desk.exists("in/output"));
    let told = "warning in/shanben.toml: not obeyed here: output, jobs, report, force, quiet; if you trust this file, name it with -c";
    assert_eq!(run.stderr.matches(told).count(), 1, "{run:?}");
    let chinese = desk.run_with(&["inspect", "in/a.txt"], &[("LANG", "zh_CN.UTF-8")]);
    assert!(
        chinese.stderr.contains("in/shanben.toml：此处不采用：output, jobs, report, force, quiet；"),
        "{chinese:?}"
    );
    // Named, it is obeyed.
    let run = desk.run(&["convert", "in", "-t", "txt", "-c", "in/shanben.toml", "--report", "r.jsonl"]);
    assert!(run.status == Some(0) && run.stderr.is_empty() && desk.exists("home/a.txt"), "{run:?}");
}

#[test]
fn a_style_file_and_fonts_are_not_taken_from_a_folder_of_texts() {
    let desk =
        Desk::new(&[("in/shanben.toml", "style = '../mine.toml'\nfont-dir = '..'\nfallback-font = ['x.ttf']\n")]);
    desk.write("in/a.txt", SHAN);
    desk.write("mine.toml", "base = 'nothing'\n");
    let run = desk.run(&["convert", "in", "-t", "md"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("not obeyed here: style, font-dir, fallback-font;"), "{run:?}");
    // The working directory's own may name one, from its own folder.
    desk.write("shanben.toml", "style = 'mine.toml'\n");
    let run = desk.run(&["convert", "in", "-t", "md", "-c", "shanben.toml"]);
    assert!(run.status == Some(2) && run.stderr.contains("there is no style \"nothing\""), "{run:?}");
}

#[test]
fn each_input_has_the_configuration_that_is_nearest_above_it() {
    // Lines that only a pattern makes heads.
    let text = "甲春深似海。\n山雨欲来风满楼。\n乙夏日方长。\n水光潋滟晴方好。\n";
    let desk = Desk::new(&[
        ("shanben.toml", "[headings]\n1 = ['^甲']\n"),
        ("a.txt", text),
        ("s1/b.txt", text),
        ("s2/shanben.toml", "[headings]\n1 = ['^乙']\n"),
        ("s2/c.txt", text),
        ("s2/deep/d.txt", text),
        ("s2/deep/none/shanben.toml", ""),
        ("s2/deep/none/e.txt", text),
    ]);
    for (input, headings) in [
        ("a.txt", &["甲春深似海。"][..]),
        ("s1/b.txt", &["甲春深似海。"]),
        ("s2/c.txt", &["乙夏日方长。"]),
        ("s2/deep/d.txt", &["乙夏日方长。"]),
    ] {
        assert_eq!(desk.outline(input), headings, "{input}");
    }
    let none = desk.outline("s2/deep/none/e.txt");
    assert!(
        !none.iter().any(|text| text == "甲春深似海。") || !none.iter().any(|text| text == "乙夏日方长。"),
        "{none:?}"
    );
    // In one run as well, in whatever order, and the proof reads each as it was read.
    for (order, out) in [(["s1", "s2"], "one"), (["s2", "s1"], "two")] {
        assert_eq!(desk.run(&["convert", order[0], order[1], "-t", "md,txt", "-o", out]).status, Some(0));
        let proof = desk.run(&["verify", out]);
        assert_eq!(proof.stdout.matches("agree with their source").count(), 4, "{proof:?}");
    }
    let read = |path: &str| fs::read_to_string(desk.path(path)).unwrap();
    for file in walk(&desk.path("one")).into_iter().filter(|file| file.ends_with(".md")) {
        assert_eq!(read(&format!("one/{file}")), read(&format!("two/{file}")), "{file}");
    }
}

fn walk(root: &std::path::Path) -> Vec<String> {
    let mut found = vec![];
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned()),
            }
        }
    }
    found
}

#[test]
fn pages_look_as_the_folder_of_their_text_says_and_one_named_configuration_holds_for_all() {
    let long = "山雨欲来风满楼。水光潋滟晴方好。\n";
    let desk = Desk::new(&[
        ("in/a.txt", long),
        ("in/b/shanben.toml", "wrap = 'sentence'\nto = ['md', 'txt']\n"),
        ("in/b/c.txt", long),
        ("all.toml", "wrap = 'sentence'\nto = ['md']\n"),
    ]);
    desk.run(&["convert", "in", "-o", "out", "--report", "r.jsonl"]);
    assert!(desk.exists("out/a.pdf") && !desk.exists("out/b/c.pdf") && desk.exists("out/b/c.txt"));
    let lines = |path: &str| fs::read_to_string(desk.path(path)).unwrap().trim().lines().count();
    assert_eq!((lines("out/a.md"), lines("out/b/c.md")), (1, 2));
    desk.run(&["convert", "in", "-o", "all", "-c", "all.toml"]);
    assert_eq!((lines("all/a.md"), lines("all/b/c.md"), desk.exists("all/b/c.txt")), (2, 2, false));
    // A change of one configuration makes its own texts anew, and no others.
    desk.write("in/b/shanben.toml", "to = ['md', 'txt']\n");
    let run = desk.run(&["convert", "in", "-o", "out", "--dry-run"]);
    assert!(run.stdout.contains("in/a.txt → unchanged") && run.stdout.contains("in/b/c.txt → out/b/c.md"), "{run:?}");
}

#[test]
fn a_configuration_above_the_working_directory_says_how_its_texts_are_read_and_no_more() {
    let desk = Desk::new(&[("shanben.toml", "output = 'elsewhere'\nwrap = 'sentence'\n"), ("in/a.txt", SHAN)]);
    let run = desk.run_in("in", &["convert", "a.txt", "-t", "md"], &[], b"");
    assert!(run.status == Some(0) && run.stderr.contains("not obeyed here: output;"), "{run:?}");
    assert!(desk.exists("in/output/a.md") && !desk.exists("elsewhere"));
}

#[test]
fn every_switch_can_be_overruled_by_what_is_nearer() {
    let desk = Desk::new(&[("shanben.toml", "strict = true\nto = ['txt']\n"), ("in/a.txt", OPEN)]);
    let status = |args: &[&str], env: &[(&str, &str)]| desk.run_with(&[&["convert", "in"], args].concat(), env).status;
    assert_eq!(status(&[], &[]), Some(1));
    assert_eq!(status(&["--no-strict"], &[]), Some(0));
    for (off, on) in [("0", "1"), ("false", "true"), ("no", "yes")] {
        assert_eq!(status(&[], &[("SHANBEN_STRICT", off)]), Some(0), "{off}");
        assert_eq!(status(&["--strict"], &[("SHANBEN_STRICT", off)]), Some(1), "{off}");
        assert_eq!(status(&["--no-strict"], &[("SHANBEN_STRICT", on)]), Some(0), "{on}");
    }
    let run = desk.run_with(&["convert", "in"], &[("SHANBEN_STRICT", "maybe")]);
    assert!(run.status == Some(2) && run.stderr.contains("SHANBEN_STRICT: expected 1, true, yes"), "{run:?}");
    assert_eq!(status(&["--strict", "--no-strict"], &[]), Some(2), "neither order decides");
    assert_eq!(status(&["--no-strict", "--strict"], &[]), Some(2));
    // Each switch of each command has its opposite, but for what says only what is to be shown.
    for command in ["convert", "inspect", "verify"] {
        let help = desk.run(&[command, "--help"]).stdout;
        let options =
            help.lines().take_while(|line| *line != "Examples:").filter(|line| line.trim_start().starts_with('-'));
        let names = options.filter_map(|line| line.split("--").nth(1)?.split("  ").next());
        for switch in names.filter(|name| !name.contains('<') && !["help", "diff", "json", "layout"].contains(name)) {
            let opposite = switch.strip_prefix("no-").map_or(format!("--no-{switch}"), |bare| format!("--{bare}"));
            let run = desk.run(&[command, &opposite, "--help"]);
            assert_eq!(run.status, Some(0), "{command} {opposite}");
        }
    }
}

#[test]
fn the_source_is_attached_again_where_the_configuration_left_it_out() {
    let desk = Desk::new(&[("shanben.toml", "no-attach = true\nto = ['pdf']\n"), ("in/a.txt", SHAN)]);
    desk.run(&["convert", "in", "-o", "without"]);
    desk.run(&["convert", "in", "-o", "with", "--attach"]);
    fs::remove_file(desk.path("in/a.txt")).unwrap();
    // What is attached proves the PDF when the file itself is gone.
    assert!(desk.run(&["verify", "without"]).stdout.contains("their source is not at hand"));
    assert!(desk.run(&["verify", "with"]).stdout.contains("agree with their source"));
}

#[test]
fn a_slip_in_a_configuration_is_shown_before_anything_is_written() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    for (text, told) in [
        (
            "to = ['md']\nstile = 'book'\n",
            "shanben.toml: line 2, column 1: there is no key “stile”; did you mean style?\n  2 | stile = 'book'\n    | ^^^^^\n",
        ),
        (
            "[headings]\n1 = ['^(第']\n",
            "shanben.toml: line 2, column 6: the pattern cannot be understood: unclosed group\n  2 | 1 = ['^(第']\n    |      ^^^^^^\n",
        ),
        (
            "strict = 'yes'\n",
            "shanben.toml: line 1, column 10: expected true or false, found a string\n  1 | strict = 'yes'\n    |          ^^^^^\n",
        ),
        (
            "to = ['dox']\n",
            "shanben.toml: line 1, column 6: there is no format 'dox'; did you mean 'docx'? (pdf, docx, epub, html, md, txt)\n  1 | to = ['dox']\n    |      ^^^^^^^\n",
        ),
        ("song = 'a.ttf'\n", "line 1, column 1: there is no key “song”; it belongs in [fonts]\n"),
        ("[styles.mine]\nmeasure = 30\n", "there is no key “measure”; it belongs in [page]\n"),
        ("paper = 'a5'\n", "line 1, column 1: there is no key “paper”; it belongs to a style: [styles.NAME.page]\n"),
    ] {
        desk.write("shanben.toml", text);
        let run = desk.run(&["convert", "in"]);
        assert!(run.status == Some(2) && run.stderr.contains(told), "{told}: {run:?}");
        assert!(!desk.exists("output"), "{text}");
    }
    desk.write("shanben.toml", "\"\u{1b}[2J\u{202e}\" = 1\n");
    let run = desk.run(&["convert", "in"]);
    assert!(run.status == Some(2) && !run.stderr.contains(['\u{1b}', '\u{202e}']), "{run:?}");
    desk.write("shanben.toml", b"# \xd6\xd0\xce\xc4\nto = ['md']\n");
    let run = desk.run(&["convert", "in"]);
    assert!(run.stderr.contains("line 1, column 3: is not UTF-8"), "{run:?}");
}

#[test]
fn a_broken_configuration_of_a_folder_fails_its_own_inputs_and_no_others() {
    let desk = Desk::new(&[
        ("in/a.txt", SHAN),
        ("in/bad/shanben.toml", "[headings]\n1 = ['(']\n"),
        ("in/bad/b.txt", SHAN),
        ("in/bad/deep/c.txt", SHAN),
    ]);
    let run = desk.run(&["convert", "in", "-t", "md", "-o", "out", "--report", "r.jsonl"]);
    assert_eq!(run.status, Some(1));
    assert!(desk.exists("out/a.md") && !desk.exists("out/bad/b.md"));
    let shown = "in/bad/shanben.toml: line 2, column 6: the pattern cannot be understood: unclosed group\n  2 | 1 = ['(']\n    |      ^^^\n";
    assert_eq!(run.stderr.matches(shown).count(), 1, "{run:?}");
    let report = fs::read_to_string(desk.path("r.jsonl")).unwrap();
    let failed: Vec<&str> = report.lines().filter(|line| line.contains("\"kind\":\"configuration\"")).collect();
    assert_eq!(failed.len(), 2, "{report}");
    assert!(failed[0].contains("in/bad/shanben.toml: line 2, column 6: the pattern cannot be understood"), "{report}");
    let inspected = desk.run(&["inspect", "in"]);
    assert!(inspected.status == Some(1) && inspected.stdout.starts_with("in/a.txt\n"), "{inspected:?}");
}

#[test]
fn a_list_of_inputs_may_come_from_notepad_or_from_find() {
    let desk = Desk::new(&[
        ("a.txt", SHAN),
        ("山 b.txt", SHAN),
        ("bom", "\u{feff}a.txt\r\n山 b.txt\r\n"),
        ("nul", "a.txt\0山 b.txt\0"),
    ]);
    for list in ["bom", "nul"] {
        let run = desk.run(&["convert", "--files-from", list, "-t", "txt", "-o", &format!("of-{list}")]);
        assert_eq!(run.status, Some(0), "{run:?}");
        assert!(desk.exists(&format!("of-{list}/a.txt")) && desk.exists(&format!("of-{list}/山 b.txt")), "{list}");
    }
}

#[test]
fn fonts_that_are_named_make_another_edition() {
    let desk = Desk::new(&[("in/a.txt", SHAN)]);
    let font = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/scripts/NotoSerif-Regular.ttf");
    let other = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/scripts/NotoEmoji-Regular.ttf");
    let plan = |font: &str| {
        desk.run(&["convert", "in", "-t", "pdf", "-o", "out", "--fallback-font", font, "--dry-run"]).stdout
    };
    assert_eq!(desk.run(&["convert", "in", "-t", "pdf", "-o", "out", "--fallback-font", font]).status, Some(0));
    assert_eq!(plan(font), "in/a.txt → unchanged\n");
    assert_eq!(plan(other), "in/a.txt → out/a.pdf\n");
}

#[test]
fn detection_can_be_asked_for_and_colours_forced_or_forbidden() {
    let desk = Desk::new(&[("shanben.toml", "encoding = 'big5'\n"), ("a.txt", SHAN)]);
    assert!(desk.run(&["inspect", "a.txt", "-e", "auto"]).stdout.contains("utf-8, detected"));
    let run = desk.run(&["convert", "nowhere", "--color", "always"]);
    assert!(run.stderr.contains("\u{1b}[31;1merror"), "{run:?}");
    for env in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        assert!(!desk.run_with(&["convert", "nowhere"], &[env]).stderr.contains('\u{1b}'));
    }
    assert!(!desk.run(&["convert", "nowhere", "--color", "never"]).stderr.contains('\u{1b}'));
}

#[test]
fn the_help_tells_of_opposites_and_exit_codes_and_a_rule_is_shown_whole() {
    let desk = Desk::new(&[]);
    let told = |args: &[&str]| desk.run(args).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = told(&["convert", "--help"]);
    assert!(help.contains("--no-print-ready, --attach") && help.contains("130 interrupted"), "{help}");
    assert!(told(&["--help"]).contains("Exit codes: 0 all done"));
    assert!(told(&["man"]).contains("130 interrupted"));
    assert!(desk.run(&["--help", "--lang", "zh"]).stdout.contains("退出码：0 全部完成"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.run(&["completions", shell]).stdout.contains("no-force"), "{shell}");
    }
    let rule = desk.run(&["rules", "half-comma"]);
    assert!(rule.status == Some(0) && rule.stdout.starts_with("half-comma (on)\n"), "{rule:?}");
    assert!(
        rule.stdout.contains("before:")
            && rule.stdout.contains("-r -half-comma")
            && !rule.stdout.contains("half-colon")
    );
    let unknown = desk.run(&["rules", "half-coma"]);
    assert!(unknown.status == Some(2) && unknown.stderr.contains("did you mean 'half-comma'?"), "{unknown:?}");
}

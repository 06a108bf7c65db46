//! What was decided holds: for every format, every account of the changes, the proof, and the next run.

mod program;

use encoding_rs::{BIG5, GBK};
use program::Place;
use std::io::Write;

const TEXT: &str = "山行\n\n　　他说,今天走.\n　　她问:\"去吗?\"他答,走.\n";
const FILE: &str = "in/shanben.decisions.toml";

/// A folder with one text and these decisions.
fn decided(decisions: &str) -> Place {
    Place::new(&[("in/1998/a.txt", TEXT.as_bytes()), ("in/b.txt", TEXT.as_bytes()), (FILE, decisions.as_bytes())])
}

/// What is decided about `in/1998/a.txt`.
fn about(rest: &str) -> Place {
    decided(&format!("[[file]]\npath = \"1998/a.txt\"\n{rest}"))
}

const EDIT: &str =
    "[[file.edit]]\nrule = \"half-comma\"\nline = 3\nbefore = \",\"\ncontext = \"他说,今天\"\ndecision = \"reject\"\n";

#[test]
fn every_format_shows_what_was_decided_and_the_proof_agrees() {
    let place = about(&format!(
        "title = \"夜行\"\nauthor = \"某人\"\n{EDIT}[[file.heading]]\nline = 4\ntext = '她问:\"去吗?\"他答,走.'\nlevel = 2\n"
    ));
    place.done(&["convert", "in", "-o", "out", "-t", "pdf,docx,epub,html,md,txt", "--collation", "--track-changes"]);
    assert!(place.read("out/b.md").contains("他说，今天走。"), "only the file that was decided about");
    let markdown = place.read("out/1998/a.md");
    assert!(markdown.contains("他说,今天走。") && markdown.contains("## 她问：“去吗？”他答，走。"), "{markdown}");
    assert!(markdown.contains("title: \"夜行\"") && markdown.contains("author: \"某人\""), "{markdown}");
    for format in ["html", "txt"] {
        assert!(place.read(&format!("out/1998/a.{format}")).contains("他说,今天走。"), "{format}");
    }
    let proved = place.done(&["verify", "out"]);
    assert_eq!(proved.matches("agree with their source").count(), 2, "{proved}");
    let diff = place.done(&["inspect", "--diff", "in/1998/a.txt"]);
    assert!(!diff.contains("3:4  half-comma") && diff.contains("half-comma 1"), "{diff}");
}

#[test]
fn a_decision_makes_anew_what_it_is_about_and_nothing_else() {
    let place = about(EDIT);
    let convert = ["convert", "in", "-o", "out", "-t", "md"];
    place.done(&convert);
    let told = |place: &Place| place.run(&convert).2;
    assert!(told(&place).contains("2 up to date"), "{}", told(&place));
    place.write(FILE, format!("[[file]]\npath = \"1998/a.txt\"\n{}", EDIT.replace("reject", "accept")).as_bytes());
    let (_, _, again) = place.run(&convert);
    assert!(again.contains("1 up to date"), "{again}");
    assert!(place.read("out/1998/a.md").contains("他说，今天走。"));
}

#[test]
fn what_is_decided_about_all_texts_of_a_folder_holds_below_it() {
    let place = decided("[[edit]]\nrule = \"half-comma\"\nbefore = \",\"\ndecision = \"reject\"\n");
    place.done(&["convert", "in", "-o", "out", "-t", "md"]);
    for file in ["out/1998/a.md", "out/b.md"] {
        assert!(place.read(file).contains("他说,今天走。") && place.read(file).contains("他答,走。"), "{file}");
    }
}

#[test]
fn a_text_in_which_everything_is_rejected_is_written_as_it_came() {
    let source = format!("\u{feff}{}", TEXT.replace('\n', " \r\n") + "\r\n\r\n\r\n１９９８年　 ..\r\n");
    let place = Place::new(&[("in/a.txt", source.as_bytes())]);
    place.write(FILE, b"[[file]]\npath = \"a.txt\"\n[[file.edit]]\ndecision = \"reject\"\n");
    place.done(&["convert", "in", "-o", "out", "-t", "pdf,docx,md,txt"]);
    assert_eq!(place.read("out/a.txt"), source.replace("\r\n", "\n"));
    place.done(&["verify", "out"]);
}

#[test]
fn how_a_file_is_read_is_decided_of_its_bytes() {
    // Bytes that say something in either encoding.
    let (bytes, ..) = BIG5.encode("　　天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。寒來暑往，秋收冬藏。\n");
    let wrong = GBK.decode(&bytes).0.into_owned();
    let place = Place::new(&[("in/a.txt", &bytes), ("in/c.zip", &zipped("信/d.txt", &bytes))]);
    let digest = shanben::digest::sha256(&bytes);
    let ledger =
        |sha256: &str, path: &str| format!("[[file]]\npath = \"{path}\"\nsha256 = \"{sha256}\"\nencoding = \"gbk\"\n");
    place.write(FILE, (ledger(&digest, "a.txt") + &ledger(&digest, "c.zip/信/d.txt")).as_bytes());
    let convert = |args: &[&str]| {
        place.done(&[&["convert", "in", "-o", "out", "-t", "txt", "-r", "none", "--force"][..], args].concat());
        [place.read("out/a.txt"), place.read("out/c/信/d.txt")]
    };
    for text in convert(&[]) {
        assert_eq!(text.trim(), wrong.trim(), "a file of its own and one in an archive");
    }
    assert!(convert(&["-e", "big5"]).iter().all(|text| text.contains("天地玄黃")), "what is typed goes before");
    place.write(FILE, ledger("0", "a.txt").as_bytes());
    assert!(convert(&[]).iter().all(|text| text.contains("天地玄黃")));
    let inspected = place.done(&["inspect", "in/a.txt"]);
    assert!(
        inspected.contains("decision-unfit  the file has changed since it was decided how it is read"),
        "{inspected}"
    );
}

/// A zip file that holds one file.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_style_is_decided_over_what_the_text_asks_for_and_under_what_is_typed() {
    let style = |place: &Place, args: &[&str]| {
        place.done(
            &[&["convert", "in/1998/a.txt", "-o", "out", "-t", "md", "--force", "--report", "report.jsonl"], args]
                .concat(),
        );
        let report = place.read("report.jsonl");
        let line: serde_json::Value = serde_json::from_str(report.lines().next().unwrap()).unwrap();
        line["document"]["style"].as_str().unwrap().to_owned()
    };
    let place = about("style = \"law\"\n");
    place.write("in/1998/a.txt", format!("---\nstyle: news\n---\n{TEXT}").as_bytes());
    assert_eq!(style(&place, &[]), "law");
    assert_eq!(style(&place, &["-s", "official"]), "official");
}

#[test]
fn what_cannot_be_understood_is_shown_with_its_line_and_nothing_is_guessed() {
    let place = about("stile = \"law\"\n");
    place.write("else/c.txt", TEXT.as_bytes());
    let (status, _, told) = place.run(&["convert", "in", "else", "-o", "out", "-t", "md"]);
    assert_eq!(status, Some(1));
    assert!(told.contains("in/shanben.decisions.toml: line 3, column 1: there is no key 'stile'"), "{told}");
    assert!(told.contains("3 | stile = \"law\"\n    | ^^^^^"), "{told}");
    assert!(place.path("out/else/c.md").exists() && !place.path("out/in").exists());
    let (_, _, told) = place.run(&["inspect", "in/b.txt", "--lang", "zh"]);
    assert!(told.contains("没有“stile”这个键"), "{told}");
}

#[test]
fn what_no_longer_fits_is_told() {
    let place = about(&format!("{EDIT}[[file]]\npath = \"gone.txt\"\n"));
    place.write("in/1998/a.txt", TEXT.replace("今天", "明天").as_bytes());
    let (status, _, told) = place.run(&["convert", "in", "-o", "out", "-t", "md", "-v"]);
    assert_eq!(status, Some(0));
    assert!(told.contains("decides about gone.txt, which is not there"), "{told}");
    assert!(told.contains("decision-unfit") && told.contains("line 3, “,”, reject"), "{told}");
    assert!(place.read("out/1998/a.md").contains("他说，明天走。"));
    assert_eq!(place.run(&["convert", "in", "-o", "out", "-t", "md", "--strict", "--force"]).0, Some(1));
}

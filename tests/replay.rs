//! Every edit can be replayed, and a text restored twice is as it was restored once: on the texts of this repository, and on those of
//! the folder that `SHANBEN_CORPUS` names.

use shanben::Source;
use shanben::decide::{Decision, Decisions, Verdict};
use shanben::decode::decode;
use shanben::normalize::{Rules, Syntax, normalize, replay};
use shanben::options::Settings;
use shanben::style::Style;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Our own texts and those of the corpus, by path.
fn texts() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = files(&own.join("tests/fixtures")).into_iter().flat_map(|case| files(&case));
    let inputs = fixtures.filter(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    let corpus = std::env::var_os("SHANBEN_CORPUS").map(|folder| files(Path::new(&folder)));
    let corpus = corpus.unwrap_or_default().into_iter().filter(|path| path.is_file());
    inputs.chain(files(&own.join("input"))).chain(corpus).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths
}

/// What is wrong with the restoration of `text`.
fn fault(text: &str, syntax: Syntax) -> Option<&'static str> {
    let restore = |text: &str| normalize(text, syntax, &Rules::default(), Some(&shanben::Repertoire));
    let once = restore(text);
    if replay(text, &once.edits) != once.text {
        return Some("its edits do not lead to the restored text");
    }
    if once.edits.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
        return Some("edits overlap");
    }
    let unchanged = |edit: &shanben::normalize::Edit| text.get(edit.span.range()) == Some(&*edit.replacement);
    if once.edits.iter().any(unchanged) {
        return Some("an edit changes nothing");
    }
    // From both ends of every edit there and back.
    let lost = once.edits.iter().enumerate().any(|(index, edit)| {
        let normal = once.normal_span(index).map(|span| once.text.get(span.range()));
        normal != Some(Some(&*edit.replacement))
    });
    if lost {
        return Some("an edit does not know its place in the restored text");
    }
    let twice = restore(&once.text);
    (!twice.edits.is_empty()).then_some("restored again, it changes")
}

#[test]
fn every_edit_is_replayed_and_twice_is_once() {
    let texts = texts();
    assert!(texts.len() >= 14, "only {} texts", texts.len());
    let mut faults = vec![];
    let mut edits = 0;
    for path in texts {
        let bytes = std::fs::read(&path).expect("a readable file");
        // What is no text has no edits.
        let Ok(decoded) = decode(&path, &bytes, None) else { continue };
        let syntax = if path.extension().is_some_and(|e| e == "md") { Syntax::Markdown } else { Syntax::Plain };
        edits += normalize(&decoded.text, syntax, &Rules::default(), Some(&shanben::Repertoire)).edits.len();
        faults.extend(fault(&decoded.text, syntax).map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(edits > 400, "only {edits} edits were looked at");
}

#[test]
fn where_everything_is_rejected_the_text_is_as_it_came_but_for_its_line_ends() {
    let everything = Decisions { shared: vec![Decision::of_all(Verdict::Reject)], ..Decisions::default() };
    let settings = Settings {
        decisions: Some(Arc::new(everything)),
        ..Settings::new(Style::builtin("book").expect("a style of the program"))
    };
    let mut faults = vec![];
    let mut edited = 0;
    for path in texts() {
        let bytes = std::fs::read(&path).expect("a readable file");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(reading) = shanben::read(&Source::new(&path, name, bytes), &settings) else { continue };
        let came = &reading.decoded.text;
        let chars: Vec<char> = came.chars().collect();
        let ended = |behind: &[char]| matches!(behind, ['\n', ..] | ['\r', '\n', ..]);
        let lines = chars.iter().enumerate().filter(|&(at, c)| *c != '\r' || !ended(&chars[at + 1..]));
        let lines: String = lines.map(|(_, c)| if *c == '\r' { '\n' } else { *c }).collect();
        if !reading.as_it_came || reading.normalized.text != lines {
            faults.push(path.display().to_string());
        }
        edited += usize::from(!normalize(came, Syntax::Plain, &Rules::default(), None).edits.is_empty());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(edited > 10, "only {edited} texts have edits");
}

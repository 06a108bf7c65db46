//! The shape of the program, kept by reading its sources: who may import whom, where each package lives, how files are named.

use shanben::chinese::fold::fold;
use shanben::lang::Lang;
use shanben::normalize::RULES;
use shanben::noticed;
use shanben::unicode::is_han;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules that everything may use.
const CORE: [&str; 9] = ["span", "unicode", "unit", "lang", "note", "error", "slip", "digest", "chinese"];

/// What the facts about Chinese texts are made of: of the modules that everything may use, they use no other.
const BELOW_CHINESE: [&str; 4] = ["span", "unicode", "unit", "lang"];

/// What else of the crate a module may use. The longest path that fits a file counts.
const MAY_USE: [(&str, &[&str]); 32] = [
    ("document", &[]),
    ("style", &["document"]),
    ("discover", &[]),
    ("decode", &["document"]),
    ("open", &["document", "normalize"]),
    ("survey", &[]),
    ("normalize", &["document", "survey"]),
    ("decide", &["decode", "normalize"]),
    ("recognize", &["document", "survey"]),
    ("fonts", &["style"]),
    ("pictures", &["document"]),
    ("layout", &["document", "style"]),
    ("write", &["document", "style", "pictures"]),
    ("write/pdf", &["document", "style", "pictures", "layout", "fonts"]),
    ("verify", &["document"]),
    ("options", &["decide", "document", "normalize", "recognize", "style", "write"]),
    ("appendix", &["decode", "normalize", "document", "fonts", "layout", "options", "root"]),
    ("report", &["decode", "survey", "normalize", "document", "options", "root"]),
    ("memory", &["document", "options", "pictures"]),
    ("lib", &[]),
    ("source", &["normalize"]),
    (
        "pipeline",
        &[
            "source",
            "memory",
            "appendix",
            "decode",
            "survey",
            "normalize",
            "open",
            "decide",
            "recognize",
            "document",
            "discover",
            "fonts",
            "pictures",
            "style",
            "layout",
            "write",
            "options",
            "report",
            "verify",
        ],
    ),
    ("accept", &["decide", "document", "fonts", "normalize", "open", "options", "recognize", "verify", "root"]),
    ("batch", &["memory", "discover", "options", "report", "fonts", "decode", "normalize", "document", "root"]),
    ("batch/proof", &["options", "recognize", "verify", "root"]),
    ("bag", &["batch", "options", "report", "verify"]),
    (
        "desk",
        &[
            "batch",
            "decide",
            "decode",
            "discover",
            "document",
            "fonts",
            "normalize",
            "options",
            "recognize",
            "report",
            "write",
            "root",
        ],
    ),
    (
        "volume",
        &[
            "batch",
            "decode",
            "discover",
            "document",
            "fonts",
            "layout",
            "memory",
            "normalize",
            "options",
            "pictures",
            "pipeline",
            "recognize",
            "report",
            "style",
            "verify",
            "write",
            "root",
        ],
    ),
    (
        "cli",
        &[
            "accept",
            "bag",
            "batch",
            "volume",
            "desk",
            "discover",
            "decide",
            "decode",
            "survey",
            "normalize",
            "recognize",
            "document",
            "fonts",
            "style",
            "write",
            "options",
            "report",
            "verify",
            "root",
        ],
    ),
    ("main", &[]),
    ("span", &[]),
    ("digest", &[]),
];

/// The homes of packages.
const HOMES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
    ("notify", &["cli"]),
    ("winsafe", &["cli"]),
    ("imara_diff", &["accept"]),
    ("toml_edit", &["decide"]),
    ("httparse", &["desk"]),
    ("getrandom", &["desk"]),
    ("encoding_rs", &["decode"]),
    ("pulldown_cmark", &["recognize/markdown"]),
    ("html_escape", &["recognize"]),
    ("docx_rs", &["write/docx"]),
    ("printpdf", &["write/pdf"]),
    ("lopdf", &["write/pdf"]),
    ("hayro_syntax", &["verify"]),
    ("zune_core", &["pictures"]),
    ("zune_png", &["pictures"]),
    ("quick_xml", &["write/docx", "verify", "open/docx"]),
    ("base64", &["write/html", "open"]),
    ("html5gum", &["open/page"]),
    ("zip", &["write", "verify", "discover", "open/docx"]),
    ("tar", &["discover", "cli/stream"]),
    ("flate2", &["discover"]),
    ("hypher", &["layout"]),
    ("qrcode", &["appendix"]),
    ("unicode_bidi", &["unicode"]),
    ("ttf_parser", &["fonts", "write/pdf"]),
    ("harfrust", &["fonts"]),
    ("fontdb", &["fonts"]),
    ("subsetter", &["fonts"]),
    ("globset", &["discover"]),
    ("tempfile", &["bag", "batch", "discover", "volume"]),
    ("libc", &["batch"]),
    ("sha2", &["digest", "write/pdf"]),
];

/// Longest file in lines.
const LONGEST: usize = 600;

struct File {
    /// Path below `src`, without the extension and without a final `/mod`.
    module: String,
    lines: usize,
    /// The code without its tests and comments.
    code: String,
}

fn sources() -> Vec<File> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                out.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = vec![];
    walk(&root, &mut paths);
    assert!(paths.len() > 20, "the sources were not found");
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let below = path.strip_prefix(&root).unwrap().with_extension("");
            let module = below.to_str().unwrap().replace('\\', "/");
            let module = module.strip_suffix("/mod").unwrap_or(&module).to_owned();
            // Tests stand at the end of a file, or in a file of their own; they may look wherever they must.
            let tested = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let code: String = tested
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .flat_map(|line| [line, "\n"])
                .collect();
            let code = if module.ends_with("tests") { String::new() } else { code };
            File { module, lines: text.lines().count(), code }
        })
        .collect()
}

/// Whether `module` is `place` or lies in it.
fn within(module: &str, place: &str) -> bool {
    module.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The top-level modules that `code` names after `crate::`; `root` for items of the crate itself.
fn used(code: &str, modules: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            // `use crate::{a, b::c, D};`: the names at depth one.
            Some(list) => {
                let mut depth = 0;
                let mut names = vec![];
                let mut start = 0;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            names.push(&list[start..i]);
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            names.push(&list[start..i]);
                            start = i + 1;
                        }
                        _ => {}
                    }
                }
                names
            }
            None => vec![rest],
        };
        for name in names {
            let name = name.trim_start();
            let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
            let name = &name[..end];
            if !name.is_empty() {
                found.insert(if modules.contains(name) { name.to_owned() } else { "root".to_owned() });
            }
        }
    }
    found
}

#[test]
fn modules_import_only_what_stands_below_them() {
    let files = sources();
    let modules: BTreeSet<&str> = files.iter().filter_map(|file| file.module.split('/').next()).collect();
    let mut wrong = vec![];
    for file in &files {
        let own = file.module.split('/').next().unwrap_or_default();
        let rule = MAY_USE.iter().filter(|(place, _)| within(&file.module, place)).max_by_key(|(place, _)| place.len());
        let allowed: &[&str] = match rule {
            Some((_, allowed)) => allowed,
            None if CORE.contains(&own) => &[],
            None => panic!("{}: MAY_USE says nothing about it", file.module),
        };
        let core: &[&str] = if own == "chinese" { &BELOW_CHINESE } else { &CORE };
        for name in used(&file.code, &modules) {
            if name != own && !core.contains(&name.as_str()) && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{} uses {name}", file.module));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn packages_stay_at_home() {
    let mut wrong = vec![];
    for file in sources() {
        for (package, homes) in HOMES {
            let path = format!("{package}::");
            let named = file
                .code
                .match_indices(&path)
                .any(|(at, _)| !file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            if named && !homes.iter().any(|home| within(&file.module, home)) {
                wrong.push(format!("{} uses {package}", file.module));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn files_are_short_and_named_for_what_they_hold() {
    let vague = ["utils", "util", "helpers", "helper", "managers", "manager", "common", "misc"];
    let mut wrong = vec![];
    for file in sources() {
        if file.lines > LONGEST {
            wrong.push(format!("{} has {} lines", file.module, file.lines));
        }
        if file.module.split('/').any(|part| vague.contains(&part)) {
            wrong.push(format!("{} has a vague name", file.module));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_kind_of_note_is_said_in_both_languages() {
    let mut silent = BTreeSet::new();
    let mut known = 0;
    for file in sources() {
        for call in ["Note::warning(", "Note::info("] {
            for after in file.code.split(call).skip(1) {
                let Some(kind) = after.trim_start().strip_prefix('"').and_then(|after| after.split('"').next()) else {
                    continue;
                };
                known += 1;
                for lang in [Lang::En, Lang::Zh].into_iter().filter(|&lang| noticed(kind, lang).is_empty()) {
                    silent.insert((kind.to_owned(), lang == Lang::Zh));
                }
            }
        }
    }
    assert!(known >= 9, "{known}");
    assert_eq!(silent, BTreeSet::new());
    for rule in RULES.iter().filter(|rule| rule.warns) {
        assert!(!noticed(rule.id, Lang::Zh).is_ascii(), "{}", rule.id);
    }
}

/// Stages that read texts: what they know about Chinese, they know from `chinese`.
const READERS: [&str; 4] = ["normalize", "recognize", "document", "layout"];

/// The string and character literals of `code` that hold Han characters; those that speak to a reader, and examples, left out.
fn han_literals(code: &str) -> Vec<&str> {
    let mut found = vec![];
    let said = ["zh: ", "standard: ", "example: ", "lang.pick("];
    for line in code.lines().filter(|line| !said.iter().any(|key| line.contains(key))) {
        let line = line.split(" // ").next().unwrap_or_default();
        let quoted = line.split('"').skip(1).step_by(2);
        let single = line.split('\'').filter(|piece| piece.chars().count() == 1);
        found.extend(quoted.chain(single).filter(|text| text.chars().any(is_han)));
    }
    found
}

#[test]
fn facts_about_chinese_have_one_home() {
    let words: BTreeSet<&str> = include_str!("../src/chinese/words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(2))
        .flat_map(|words| words.split(' '))
        .filter(|word| word.chars().filter(|&c| is_han(c)).count() >= 2)
        .collect();
    assert!(words.len() > 200, "{}", words.len());
    let mut wrong = vec![];
    let apart = |file: &&File| within(&file.module, "chinese") || file.module.split('/').any(|part| part == "tests");
    for file in sources().iter().filter(|file| !apart(file)) {
        let literals = han_literals(&file.code);
        let readers = READERS.iter().any(|stage| within(&file.module, stage));
        let mut say = |what: String| wrong.push(format!("{}: {what}", file.module));
        for text in literals {
            let folded: String = text.chars().map(fold).collect();
            if folded.contains("一二三四") {
                say(format!("{text} are numerals: `chinese::numeral`"));
            }
            if matches!(folded.as_str(), "目录" | "目次") {
                say(format!("{text} heads contents: `chinese::contents`"));
            }
            if readers && words.contains(folded.as_str()) {
                say(format!("{text} is a word of `chinese/words.tsv`"));
            }
            if readers && folded != text && !within(&file.module, "normalize/rules/mojibake") {
                say(format!("{text} is written twice over: words fold to simplified characters"));
            }
        }
        for row in ["》」』】", "〉》」』", "）》〉】", "《「『【", "〈《「『"] {
            if file.code.contains(row) {
                say(format!("{row} are marks with no place at an edge: `chinese::kinsoku`"));
            }
        }
        for name in ["is_statement", "is_call", "is_drawn", "draws", "joins", "is_numeral", "is_contents", "may_begin"]
        {
            if file.code.contains(&format!("fn {name}(")) {
                say(format!("{name} has its home in `chinese`"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn pages_word_and_markdown_keep_to_one_table_of_prohibitions() {
    let files = sources();
    for module in ["layout/text", "write/docx/settings", "write/markdown/wrap"] {
        let file = files.iter().find(|file| file.module == module).unwrap_or_else(|| panic!("{module}"));
        assert!(file.code.contains("use crate::chinese::kinsoku::"), "{module}");
    }
}

#[test]
fn imports_are_found_in_all_their_forms() {
    let modules = BTreeSet::from(["decode", "layout", "style"]);
    let code =
        "use crate::{Source, decode::{How, Decoded}, style};\nlet x = crate::layout::lay_out();\nuse mycrate::no;";
    let found: Vec<String> = used(code, &modules).into_iter().collect();
    assert_eq!(found, ["decode", "layout", "root", "style"]);
}

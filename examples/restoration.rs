//! Measures the restoration on folders of real texts, each with a `manifest.tsv` (file, encoding, genre, repository, …):
//! `cargo run --release --example restoration -- FOLDER... [--aside | --rest] [--show]`.
//!
//! With `--aside` only the third of the repositories that is kept aside is taken, which a digest of their names chooses (`aside`), with `--rest` only
//! the others: rules are worked out on those, and judged by the former.
//!
//! Without a manifest, the texts of each subfolder are taken for undamaged texts of one kind (English, Japanese, programs, …), and
//! the characters that the rules change are counted: all but spaces and line ends.
//!
//! The damage is made from the texts themselves: the full-width marks of well-set files turned half-width, curly quotes turned
//! straight (in Chinese texts; Japanese and Korean ones have rules of their own, and only stay as they are), paragraphs broken at fixed widths, with an indent or a blank line between them. What the rules give back is compared with what was there. Undamaged files show
//! what the rules change for no reason; every file is checked for replay and for coming out the same when restored twice.

use shanben::decode::decode;
use shanben::normalize::{Damage, Evidence, Normalized, Rules, Syntax, normalize, replay};
use std::collections::BTreeMap;
use std::path::Path;

mod aside;

/// The rules of half-width marks, which change one character into one.
const MARKS: &str = "none,+half-comma,+half-semicolon,+half-colon,+half-question,+half-exclaim,+half-paren,+mixed-pair";

/// What was counted in one genre.
#[derive(Default)]
struct Tally {
    files: usize,
    chars: usize,
    /// Characters of undamaged files that the rules of marks and quotes changed.
    changed: usize,
    marks: usize,
    restored: usize,
    /// Characters that were no damaged mark and are not as before.
    spoilt: usize,
    quotes: usize,
    righted: usize,
    paragraphs: usize,
    rebuilt: usize,
    /// The same marks and full stops, typed as in Latin text with a space behind each, and tight.
    typed: [Typed; 2],
    single: usize,
    single_righted: usize,
    /// Double and single marks of lines in which the text itself has them in turn, and those of them that came back right.
    in_turn: [usize; 2],
    in_turn_righted: [usize; 2],
}

/// What became of marks that were typed as in Latin text.
#[derive(Default, Clone, Copy)]
struct Typed {
    marks: usize,
    restored: usize,
    stops: usize,
    stops_restored: usize,
    edits: usize,
    edits_right: usize,
    /// Wrong edits of marks that were half-width in the text itself: after the damage nothing tells them from the others.
    edits_own: usize,
}

impl Typed {
    fn and(&self, other: &Typed) -> Typed {
        Typed {
            marks: self.marks + other.marks,
            restored: self.restored + other.restored,
            stops: self.stops + other.stops,
            stops_restored: self.stops_restored + other.stops_restored,
            edits: self.edits + other.edits,
            edits_right: self.edits_right + other.edits_right,
            edits_own: self.edits_own + other.edits_own,
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, folders): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|argument| argument.starts_with("--"));
    let Some(first) = folders.first() else {
        eprintln!("usage: restoration FOLDER... [--aside | --rest] [--show]");
        std::process::exit(2);
    };
    let says = |option: &str| options.iter().any(|said| *said == option);
    let show = says("--show");
    if !Path::new(first).join("manifest.tsv").exists() {
        undamaged_kinds(Path::new(first), show);
        return;
    }
    let wanted = |repository: &str| match aside::is_aside(repository) {
        true => !says("--rest"),
        false => !says("--aside"),
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut unfaithful, mut unstable, mut unwrapped) = (0, 0, 0);
    let texts = folders.iter().flat_map(|folder| manifest(Path::new(folder)).into_iter().map(move |row| (folder, row)));
    for (folder, [name, encoding, genre, _]) in texts.filter(|(_, row)| wanted(&row[3])) {
        let path = Path::new(folder).join(&name);
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let Ok(decoded) = decode(&path, &bytes, Some(&encoding)) else { continue };
        let text = decoded.text;
        let syntax = if name.ends_with(".md") { Syntax::Markdown } else { Syntax::Plain };
        let whole = normalize(&text, syntax, &Rules::default(), Some(&shanben::Repertoire));
        unfaithful += usize::from(replay(&text, &whole.edits) != whole.text);
        let again = normalize(&whole.text, syntax, &Rules::default(), Some(&shanben::Repertoire));
        if show && again.text != whole.text {
            println!("restored twice, {name} becomes another: {:?}", again.edits.first());
        }
        unstable += usize::from(again.text != whole.text || !again.edits.is_empty());
        for (rule, count) in whole.counts() {
            *rules.entry(rule).or_insert(0) += count;
        }
        unwrapped += usize::from(whole.counts().contains_key("hard-wrap"));
        let tally = tallies.entry(genre).or_default();
        tally.files += 1;
        tally.chars += text.chars().count();
        if whole.evidence.is_japanese_or_korean() {
            continue;
        }
        undamaged(tally, &name, &text, syntax, whole.evidence, show);
        marks(tally, &name, &whole.text, syntax, whole.evidence, show);
        quotes(tally, &name, &whole.text, syntax, show);
        for (typed, gap) in [(0, " "), (1, "")] {
            retype(&mut tally.typed[typed], &name, &whole.text, syntax, whole.evidence, gap, show);
        }
        if syntax == Syntax::Plain && !whole.counts().contains_key("hard-wrap") {
            wrap(tally, &name, &whole.text, show);
        }
    }
    print(&tallies);
    println!("\nfiles joined {unwrapped}; not replayed {unfaithful}; changed when restored twice {unstable}\n");
    for (rule, count) in rules {
        println!("{rule:26} {count:8}");
    }
}

/// Counts what is changed in undamaged texts, by subfolder.
fn undamaged_kinds(folder: &Path, show: bool) {
    let entries = |folder: &Path| {
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    println!("kind              files     chars   changed  changed/1000");
    for kind in entries(folder).into_iter().filter(|path| path.is_dir()) {
        let (mut files, mut chars, mut changed) = (0, 0, 0);
        for path in entries(&kind) {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let Ok(decoded) = decode(&path, &bytes, None) else { continue };
            let syntax = if path.extension().is_some_and(|e| e == "md") { Syntax::Markdown } else { Syntax::Plain };
            let restored = normalize(&decoded.text, syntax, &Rules::default(), Some(&shanben::Repertoire));
            files += 1;
            chars += decoded.text.chars().count();
            for edit in &restored.edits {
                let before = decoded.text.get(edit.span.start..edit.span.end).unwrap_or_default();
                let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).count();
                let count = visible(before).max(visible(&edit.replacement));
                changed += count;
                if show && count > 0 {
                    let line = decoded.text[..edit.span.start].rfind('\n').map_or(0, |i| i + 1);
                    let line = decoded.text[line..].lines().next().unwrap_or_default();
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    println!("{} {before} → {} in {name}: {line}", edit.rule, edit.replacement);
                }
            }
        }
        let name = kind.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!(
            "{name:17} {files:5} {chars:9} {changed:9} {:13.3}",
            changed as f64 * 1000.0 / f64::from(chars.max(1) as u32)
        );
    }
}

/// File, encoding, genre and repository of each line of the manifest.
fn manifest(folder: &Path) -> Vec<[String; 4]> {
    let text = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap_or_default();
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            Some([fields.next()?, fields.next()?, fields.next()?, fields.next()?])
        })
        .collect()
}

fn restore(text: &str, syntax: Syntax, rules: &str) -> String {
    let rules = Rules::parse(rules).unwrap_or_default();
    normalize(text, syntax, &rules, None).text
}

/// Shows the surroundings of character `i`.
fn excerpt(kind: &str, name: &str, text: &[char], i: usize, got: char) {
    let around: String = text[i.saturating_sub(14)..(i + 14).min(text.len())].iter().collect();
    println!("{kind} {} → {got}: {} {name}", text[i], around.replace('\n', "⏎"));
}

/// Counts what the rules of marks change in a file whose marks are full-width.
fn undamaged(tally: &mut Tally, name: &str, text: &str, syntax: Syntax, evidence: Evidence, show: bool) {
    if evidence.damage() != Damage::None {
        return;
    }
    let before: Vec<char> = text.chars().collect();
    let after = restore(text, syntax, &format!("{MARKS},+half-period"));
    for (i, got) in after.chars().enumerate().filter(|(i, got)| before.get(*i) != Some(got)) {
        tally.changed += 1;
        if show {
            excerpt("changed", name, &before, i.min(before.len() - 1), got);
        }
    }
}

/// Turns the full-width marks of a well-set file half-width, and counts those that come back.
fn marks(tally: &mut Tally, name: &str, text: &str, syntax: Syntax, evidence: Evidence, show: bool) {
    if evidence.damage() != Damage::None || evidence.full < 10 {
        return;
    }
    // Code is not restored, so it is not damaged.
    let prose = if syntax == Syntax::Markdown { without_code(text) } else { text.to_owned() };
    let before: Vec<char> = prose.chars().collect();
    let damaged: Vec<char> = before.iter().map(|&c| narrow(c)).collect();
    let restored = normalize(&damaged.iter().collect::<String>(), syntax, &Rules::default(), None);
    let after = one_by_one(&damaged, &restored);
    for (i, &got) in after.iter().enumerate() {
        let was_mark = before[i] != damaged[i];
        tally.marks += usize::from(was_mark);
        tally.restored += usize::from(was_mark && got == before[i]);
        tally.spoilt += usize::from(!was_mark && got != before[i]);
        if show && got != before[i] {
            excerpt(if was_mark { "missed" } else { "spoilt" }, name, &damaged, i, got);
        }
    }
}

/// Turns the full-width marks of a well-set file and its full stops half-width with `gap` behind each, as people type them, and counts
/// those that come back, and the changes that are right.
fn retype(typed: &mut Typed, name: &str, text: &str, syntax: Syntax, evidence: Evidence, gap: &str, show: bool) {
    if evidence.damage() != Damage::None || evidence.full < 10 || evidence.stops < 3 {
        return;
    }
    let prose = if syntax == Syntax::Markdown { without_code(text) } else { text.to_owned() };
    // What each character of the damaged text was; nothing for the spaces that were put in.
    let mut damaged: Vec<(char, Option<char>)> = vec![];
    let mut rest = prose.chars().peekable();
    while let Some(c) = rest.next() {
        let half = match c {
            '。' => '.',
            _ => narrow(c),
        };
        damaged.push((half, Some(c)));
        let goes_on = rest.peek().is_some_and(|&next| !next.is_whitespace() && !shanben::unicode::is_cjk_mark(next));
        if half != c && !matches!(c, '（' | '）') && goes_on && !gap.is_empty() {
            damaged.push((' ', None));
        }
    }
    let half: String = damaged.iter().map(|(c, _)| c).collect();
    let restored = normalize(&half, syntax, &Rules::default(), None);
    let (mut at, mut byte) = (0, 0);
    let mut lost = vec![true; damaged.len()];
    for edit in &restored.edits {
        while byte < edit.span.start {
            byte += damaged[at].0.len_utf8();
            at += 1;
        }
        let from = at;
        while byte < edit.span.end {
            byte += damaged[at].0.len_utf8();
            at += 1;
        }
        let was: String = damaged[from..at].iter().filter_map(|(_, was)| *was).collect();
        let right = was == edit.replacement;
        // A mark of the text itself that was none of the damaged ones.
        let own =
            !right && damaged[from..at].iter().all(|(half, was)| *was == Some(*half) && half.is_ascii_punctuation());
        typed.edits += edit.count;
        typed.edits_right += if right { edit.count } else { 0 };
        typed.edits_own += if own { edit.count } else { 0 };
        lost[from..at].fill(!right);
        if show && !right {
            let around: String =
                damaged[from.saturating_sub(14)..(at + 14).min(damaged.len())].iter().map(|c| c.0).collect();
            let kind = if own { "own" } else { "wrong" };
            println!(
                "{kind}{} {} {was} → {}: {} {name}",
                gap.len(),
                edit.rule,
                edit.replacement,
                around.replace('\n', "⏎")
            );
        }
    }
    for (i, (half, was)) in damaged.iter().enumerate() {
        let Some(was) = was.filter(|was| was != half) else { continue };
        typed.marks += 1;
        typed.restored += usize::from(!lost[i]);
        typed.stops += usize::from(was == '。');
        typed.stops_restored += usize::from(was == '。' && !lost[i]);
        if show && lost[i] {
            let around: String =
                damaged[i.saturating_sub(14)..(i + 14).min(damaged.len())].iter().map(|c| c.0).collect();
            println!("lost{} {was}: {} {name}", gap.len(), around.replace('\n', "⏎"));
        }
    }
}

/// The half-width form of a mark.
fn narrow(c: char) -> char {
    match c {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '？' => '?',
        '！' => '!',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

/// What became of each character of `before`; U+FFFC where characters were not replaced one by one.
fn one_by_one(before: &[char], restored: &Normalized) -> Vec<char> {
    let mut after = before.to_vec();
    let (mut at, mut byte) = (0, 0);
    let mut to = |end: usize| {
        let from = at;
        while byte < end {
            byte += before[at].len_utf8();
            at += 1;
        }
        (from, at)
    };
    for edit in &restored.edits {
        to(edit.span.start);
        let (start, end) = to(edit.span.end);
        let with: Vec<char> = edit.replacement.chars().collect();
        match after.get_mut(start..end) {
            Some(slot) if with.len() == end - start => slot.copy_from_slice(&with),
            Some(slot) => slot.fill('\u{fffc}'),
            None => {}
        }
    }
    after
}

/// A Markdown text without its fenced code.
fn without_code(text: &str) -> String {
    let mut fenced = false;
    let mut prose = String::new();
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if !fenced && !fence {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// Turns the curly quotes of a text straight, and counts those that come back in the right direction.
fn quotes(tally: &mut Tally, name: &str, text: &str, syntax: Syntax, show: bool) {
    let before: Vec<char> = text.chars().collect();
    let straight = |c: char| match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        _ => c,
    };
    let damaged: Vec<char> = before.iter().map(|&c| straight(c)).collect();
    let after = restore(&damaged.iter().collect::<String>(), syntax, "none,+straight-quote,+straight-single");
    let in_turn = in_turn(&before);
    for (i, got) in after.chars().enumerate().filter(|(i, _)| before[*i] != damaged[*i]) {
        let single = damaged[i] == '\'';
        *if single { &mut tally.single } else { &mut tally.quotes } += 1;
        *if single { &mut tally.single_righted } else { &mut tally.righted } += usize::from(before[i] == got);
        tally.in_turn[usize::from(single)] += usize::from(in_turn[i]);
        tally.in_turn_righted[usize::from(single)] += usize::from(in_turn[i] && before[i] == got);
        if show && before[i] != got {
            let kind = if matches!(got, '"' | '\'') { "left" } else { "turned" };
            excerpt(&format!("{}{kind}", if in_turn[i] { "" } else { "odd-" }), name, &before, i, got);
        }
    }
}

/// Of which characters of a text the line has its quotation marks in turn, each family by itself: one that opens, one that closes, and perhaps a
/// last one that opens. Where they are not, one is lost or turned the wrong way, and what stands there is no measure.
fn in_turn(text: &[char]) -> Vec<bool> {
    let mut sound = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|&c| c == '\n') {
        let turns = |family: [char; 2]| {
            let mut marks = line.iter().filter(|c| family.contains(c)).enumerate();
            marks.all(|(k, &mark)| mark == family[k % 2])
        };
        sound.resize(sound.len() + line.len(), turns(['“', '”']) && turns(['‘', '’']));
    }
    sound
}

/// Breaks the paragraphs of a text at 72 columns, and counts those that come back whole.
fn wrap(tally: &mut Tally, name: &str, text: &str, show: bool) {
    // Tables, drawings and programs are no paragraphs, and nothing breaks them at a width.
    let prose = |line: &&str| {
        let (mut han, mut seen) = (0, 0);
        for c in line.chars().filter(|c| !c.is_whitespace()) {
            han += usize::from(shanben::unicode::is_han(c) || shanben::unicode::is_cjk_mark(c));
            seen += 1;
        }
        seen > 0 && han * 2 > seen && !line.trim().contains(['\t', '│']) && !line.trim().contains("   ")
    };
    let paragraphs: Vec<&str> = text.lines().filter(prose).collect();
    let long: Vec<usize> = paragraphs.iter().map(|line| line.trim_end().chars().count()).filter(|&n| n > 30).collect();
    let widest = long.iter().max().copied().unwrap_or(0);
    let full = long.iter().filter(|&&n| n + 2 >= widest).count();
    // A text whose lines are broken already has no paragraphs to break.
    if long.len() < 20 || long.len() * 3 < paragraphs.len() || full * 3 > long.len() {
        return;
    }
    for (measure, indent, gap) in [(72, "　　", "\n"), (64, "", "\n\n"), (78, "    ", "\n")] {
        wrap_at(tally, name, &paragraphs, (measure, indent, gap), show);
    }
}

fn wrap_at(
    tally: &mut Tally,
    name: &str,
    paragraphs: &[&str],
    (measure, indent, gap): (usize, &str, &str),
    show: bool,
) {
    let mut broken = String::new();
    for paragraph in paragraphs {
        broken.push_str(indent);
        let mut columns = if indent.is_empty() { 0 } else { 4 };
        for c in paragraph.trim_start().chars() {
            let width = if c.is_ascii() { 1 } else { 2 };
            if columns + width > measure && !"，。、；：？！”’）》」』…—".contains(c) {
                broken.push('\n');
                columns = 0;
            }
            broken.push(c);
            columns += width;
        }
        broken.push_str(gap);
    }
    let joined = restore(&broken, Syntax::Plain, "none,+hard-wrap");
    let squeeze = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let rebuilt: std::collections::HashSet<String> = joined.lines().map(squeeze).collect();
    tally.paragraphs += paragraphs.len();
    let whole = paragraphs.iter().filter(|paragraph| rebuilt.contains(&squeeze(paragraph))).count();
    tally.rebuilt += whole;
    if show && whole < paragraphs.len() {
        println!("broken {name} at {measure}: {whole} of {} whole", paragraphs.len());
        for paragraph in paragraphs.iter().filter(|paragraph| !rebuilt.contains(&squeeze(paragraph))).take(5) {
            println!("    {}", paragraph.chars().take(60).collect::<String>());
        }
    }
}

fn print(tallies: &BTreeMap<String, Tally>) {
    println!(
        "genre             files     chars  changed/1000    marks  restored %  spoilt/1000   quotes  right %  paragraphs  whole %   single  right %  in turn  right %  single  right % | spaced: marks %  stops %  edits %  own | tight: marks %  stops %  edits %  own"
    );
    let percent = |part: usize, all: usize| if all == 0 { 100.0 } else { part as f64 * 100.0 / all as f64 };
    let mille = |part: usize, all: usize| part as f64 * 1000.0 / all.max(1) as f64;
    let typed = |typed: &Typed| {
        format!(
            "{:7} {:6.2} {:6} {:6.2} {:7} {:6.2} {:4}",
            typed.marks,
            percent(typed.restored, typed.marks),
            typed.stops,
            percent(typed.stops_restored, typed.stops),
            typed.edits,
            percent(typed.edits_right, typed.edits),
            typed.edits_own
        )
    };
    let mut sum = Tally::default();
    for (genre, tally) in tallies.iter().chain([(&"all".to_owned(), &Tally::default())]) {
        let tally = if genre == "all" { &sum } else { tally };
        println!(
            "{genre:17} {:5} {:9} {:13.3} {:8} {:11.3} {:12.3} {:8} {:8.2} {:11} {:8.2} {:8} {:8.2} {:8} {:8.2} {:7} {:8.2} | {} | {}",
            tally.files,
            tally.chars,
            mille(tally.changed, tally.chars),
            tally.marks,
            percent(tally.restored, tally.marks),
            mille(tally.spoilt, tally.chars),
            tally.quotes,
            percent(tally.righted, tally.quotes),
            tally.paragraphs,
            percent(tally.rebuilt, tally.paragraphs),
            tally.single,
            percent(tally.single_righted, tally.single),
            tally.in_turn[0],
            percent(tally.in_turn_righted[0], tally.in_turn[0]),
            tally.in_turn[1],
            percent(tally.in_turn_righted[1], tally.in_turn[1]),
            typed(&tally.typed[0]),
            typed(&tally.typed[1])
        );
        if genre != "all" {
            sum = Tally {
                files: sum.files + tally.files,
                chars: sum.chars + tally.chars,
                changed: sum.changed + tally.changed,
                marks: sum.marks + tally.marks,
                restored: sum.restored + tally.restored,
                spoilt: sum.spoilt + tally.spoilt,
                quotes: sum.quotes + tally.quotes,
                righted: sum.righted + tally.righted,
                paragraphs: sum.paragraphs + tally.paragraphs,
                rebuilt: sum.rebuilt + tally.rebuilt,
                typed: std::array::from_fn(|i| sum.typed[i].and(&tally.typed[i])),
                single: sum.single + tally.single,
                single_righted: sum.single_righted + tally.single_righted,
                in_turn: std::array::from_fn(|i| sum.in_turn[i] + tally.in_turn[i]),
                in_turn_righted: std::array::from_fn(|i| sum.in_turn_righted[i] + tally.in_turn_righted[i]),
            };
        }
    }
}

//! Texts wrapped by machine: right by construction. Paragraphs of one line are broken in many styles and widths; headings, entries and
//! blocks of other forms stand between them.

use super::dice::Dice;
use super::truth::{Forms, Labelled, Origin, Text, bit, columns, forms, look, unlabelled};
use shanben::survey::Form;

/// The styles of paragraphs.
const STYLES: [&str; 13] = [
    "flush-blank",
    "indent",
    "indent-blank",
    "flush",
    "uniform-blank",
    "hang",
    "pgp",
    "flush-blank-list",
    // The mark of an item stands on a line of its own.
    "alone-blank",
    "ragged-blank",
    // Paragraphs that were wrapped by other hands, or not at all.
    "mixed-blank",
    // A key, and the text hangs below its beginning.
    "hang-key",
    // Items below dates or versions.
    "hang-log",
];
const WIDTHS: [usize; 16] = [24, 26, 30, 34, 38, 40, 44, 60, 64, 66, 70, 72, 74, 76, 78, 80];

/// Own sentences in Japanese, whose wraps real texts show too seldom.
const JAPANESE: &str = include_str!("japanese.txt");
/// Own paragraphs in English.
const ENGLISH: &str = include_str!("english.txt");

/// What a text is made of.
#[derive(Default)]
pub struct Stock {
    /// Paragraphs, by text.
    pub paragraphs: Vec<Vec<String>>,
    /// Runs of short entries.
    pub entries: Vec<Vec<String>>,
    pub heads: Vec<String>,
    /// Runs of lines in forms that are kept as they are.
    pub blocks: Vec<(Forms, Vec<String>)>,
    pub words: Vec<String>,
    pub sentences: Vec<String>,
}

impl Stock {
    pub fn of<'a>(texts: impl Iterator<Item = &'a Text>) -> Stock {
        let mut stock = Stock::default();
        let prose = bit(Form::Prose);
        for text in texts {
            let paragraphs: Vec<String> = text
                .lines
                .iter()
                .filter(|l| l.allowed == prose && (90..900).contains(&columns(&l.text)) && look(&l.text).han > 0.5)
                .map(|l| l.text.clone())
                .take(300)
                .collect();
            if paragraphs.len() > 8 {
                stock.paragraphs.push(paragraphs);
            }
            let short = |l: &&Labelled| {
                (l.allowed == bit(Form::Record) || l.allowed == bit(Form::Verse))
                    && (10..60).contains(&columns(&l.text))
            };
            let entries: Vec<String> = text.lines.iter().filter(short).map(|l| l.text.clone()).collect();
            if entries.len() > 6 {
                stock.entries.push(entries);
            }
            let heads = text.lines.iter().filter(|l| l.allowed == bit(Form::Title) && columns(&l.text) < 40);
            stock.heads.extend(heads.take(40).map(|l| l.text.clone()));
            stock.blocks.extend(blocks(text));
            for line in text.lines.iter().take(300) {
                let words =
                    line.text.split(|c| !super::truth::is_han(c)).filter(|w| (2..=8).contains(&w.chars().count()));
                stock.words.extend(words.map(str::to_owned));
            }
            let sentences = text
                .lines
                .iter()
                .take(400)
                .filter(|l| l.allowed == prose && look(&l.text).han > 0.6 && (31..300).contains(&columns(&l.text)));
            stock.sentences.extend(sentences.map(|l| l.text.clone()));
        }
        stock
    }
}

/// Runs of lines of one verbatim form, with their indents.
fn blocks(text: &Text) -> Vec<(Forms, Vec<String>)> {
    let kept = forms("code data drawing");
    let raws: Vec<&str> = text.text.split('\n').collect();
    let mut all = vec![];
    let mut run: Vec<String> = vec![];
    let mut form: Forms = 0;
    for line in &text.lines {
        let verbatim = line.allowed & !kept == 0;
        if verbatim && line.allowed == form && run.len() < 9 {
            run.push(raws[line.number - 1].to_owned());
            continue;
        }
        if run.len() > 1 {
            all.push((form, std::mem::take(&mut run)));
        }
        run.clear();
        form = if verbatim { line.allowed } else { 0 };
        if verbatim {
            run.push(raws[line.number - 1].to_owned());
        }
    }
    all.truncate(60);
    all
}

/// Lines as they are put down, with their labels.
#[derive(Default)]
pub struct Sheet {
    lines: Vec<String>,
    labels: Vec<Option<(Forms, Option<bool>)>>,
}

impl Sheet {
    pub fn put(&mut self, line: impl Into<String>, allowed: Forms, join: Option<bool>) {
        self.lines.push(line.into());
        self.labels.push(Some((allowed, join)));
    }

    pub fn blank(&mut self) {
        self.lines.push(String::new());
        self.labels.push(None);
    }

    pub fn text(self, name: String, genre: &str, origin: Origin) -> Text {
        let text = self.lines.join("\n");
        let mut lines = unlabelled(&text);
        for line in &mut lines {
            if let Some((allowed, join)) = self.labels[line.number - 1] {
                (line.allowed, line.join) = (allowed, join);
            }
        }
        Text { name, genre: genre.to_owned(), third: 3, origin, text, lines }
    }
}

/// A paragraph with Latin words among its Han, as technical texts have them.
fn with_latin(text: &str, dice: &mut Dice) -> String {
    const WORDS: [&str; 20] = [
        "Windows",
        "`config`",
        "Vim",
        "API",
        "README.txt",
        "|options|",
        "Visual C++",
        "'ruler'",
        "HTTP",
        "server",
        "GNU",
        "Linux",
        "`--verbose`",
        "\"name\"",
        "Emacs",
        "v2.0",
        "ID",
        "<F5>",
        "Python 3",
        ":help",
    ];
    let spaced = dice.tenths(7.0);
    let mut out = String::new();
    let mut next = dice.from(4, 30);
    for c in text.chars() {
        out.push(c);
        next = next.saturating_sub(1);
        if next == 0 && super::truth::is_han(c) {
            let word = dice.pick(&WORDS);
            out.push_str(&if spaced { format!(" {word} ") } else { (*word).to_owned() });
            next = dice.from(4, 30);
        }
    }
    out
}

/// Breaks a paragraph as an editor or mailer would: by columns, with or without kinsoku, Latin words whole or not; `ragged` breaks at a mark
/// or a space, if there is one in the last columns.
pub fn wrap(
    text: &str,
    width: usize,
    first: &str,
    rest: &str,
    kinsoku: bool,
    words: bool,
    ragged: bool,
) -> Vec<String> {
    let mut pieces: Vec<String> = vec![];
    for c in text.chars() {
        let latin = |c: char| c.is_ascii_graphic();
        match pieces.last_mut() {
            Some(last) if words && latin(c) && last.chars().all(latin) => last.push(c),
            Some(last) if words && c == ' ' && !last.ends_with(' ') => last.push(' '),
            _ => pieces.push(c.to_string()),
        }
    }
    let (mut out, mut now) = (vec![], first.to_owned());
    for piece in pieces {
        let wide = columns(piece.trim_end());
        let first_char = piece.chars().next().unwrap_or(' ');
        let stays = kinsoku && "，。、；：！？）”’》」』】〕…,.;:!?)]".contains(first_char);
        if columns(&now) + wide > width && columns(&now) > columns(rest) && !stays {
            let mut carried = String::new();
            let mark =
                now.char_indices().rev().take(6).find(|(_, c)| matches!(c, '，' | '。' | '、' | '；' | ',' | ' '));
            if let Some((at, c)) = mark.filter(|_| ragged) {
                carried = now.split_off(at + c.len_utf8());
            }
            if kinsoku && now.ends_with(['（', '“', '‘', '《', '「', '『', '【', '(']) {
                carried.extend(now.pop());
            }
            out.push(now.trim_end_matches(' ').to_owned());
            now = format!("{rest}{carried}{}", piece.trim_start_matches(' '));
        } else {
            now.push_str(&piece);
        }
    }
    out.push(now.trim_end_matches(' ').to_owned());
    out
}

fn halved(text: &str) -> String {
    [("，", ","), ("。", "."), ("：", ":"), ("？", "?"), ("；", ";"), ("！", "!")]
        .iter()
        .fold(text.to_owned(), |text, (full, half)| text.replace(full, half))
}

/// The first sentence of a paragraph.
fn first_sentence(text: &str) -> &str {
    let end =
        text.find(['。', '！', '？']).map_or(text.len(), |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    &text[..end]
}

/// Wrapped texts in Chinese.
pub fn wraps(stock: &Stock, count: usize, seed: u64) -> Vec<Text> {
    if stock.paragraphs.is_empty() || stock.heads.is_empty() {
        return vec![];
    }
    let mut dice = Dice::new(seed);
    (0..count).map(|n| one(stock, n, &mut dice)).collect()
}

fn one(stock: &Stock, n: usize, dice: &mut Dice) -> Text {
    let paragraphs = dice.pick(&stock.paragraphs);
    let style = STYLES[n % STYLES.len()];
    let width = if style == "pgp" { *dice.pick(&[20, 24, 26, 30]) } else { *dice.pick(&WIDTHS) };
    let (kinsoku, words) = (dice.tenths(6.0), dice.tenths(7.5));
    let start = dice.from(0, paragraphs.len().saturating_sub(13));
    let (full, half, paged) = (dice.tenths(5.0), dice.tenths(3.0), dice.tenths(2.0));
    let ragged = style.starts_with("ragged") || style.contains("blank") && dice.tenths(1.5);
    let technical = dice.tenths(if style == "hang-log" || ragged { 7.0 } else { 3.0 });
    let head = dice.pick(&stock.heads).clone();
    let mut page = 1;
    let mut sheet = Sheet::default();
    sheet.put(head.clone(), bit(Form::Title), None);
    sheet.blank();
    let many = *dice.pick(&[2, 4, 8, 12]);
    for (k, text) in paragraphs.iter().skip(start).take(many).enumerate() {
        let mut text = if dice.tenths(3.0) { first_sentence(text).to_owned() } else { text.clone() };
        if half {
            text = halved(&text);
        }
        if technical {
            text = with_latin(&text, dice);
        }
        let indent = if full { "\u{3000}\u{3000}" } else { "    " };
        let item = format!("{}. ", k + 1);
        let (first, rest) = match style {
            "indent" | "indent-blank" => (indent.to_owned(), String::new()),
            "uniform-blank" => ("    ".to_owned(), "    ".to_owned()),
            "hang" | "hang-log" => {
                let mark = (*dice.pick(&["  - ", "* ", "- ", item.as_str(), "· "])).to_owned();
                let below = if mark.is_ascii() { mark.len() } else { 3 };
                (mark, " ".repeat(below))
            }
            "hang-key" => {
                let key = (*dice.pick(&["提示：", "注意：", "说明: ", "例外：", "備註："])).to_owned();
                let below = " ".repeat(columns(&key));
                if dice.tenths(6.0) { (key, below) } else { (String::new(), String::new()) }
            }
            "pgp" | "flush-blank-list" => {
                let han = format!("{}、", k + 1);
                ((*dice.pick(&[han.as_str(), item.as_str(), ""])).to_owned(), String::new())
            }
            _ => (String::new(), String::new()),
        };
        let allowed = if style.starts_with("hang") || !first.trim().is_empty() {
            forms("prose record")
        } else {
            bit(Form::Prose)
        };
        let blank = style.contains("blank");
        if style == "hang-log" && dice.tenths(6.0) {
            let (year, month, day) = (dice.from(1996, 2024), dice.from(1, 12), dice.from(1, 28));
            let head = [
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}/{month}/{day}"),
                format!("v{}.{month}.{day}", year % 10),
                format!("版本 {}.{month}", year % 10),
            ];
            sheet.blank();
            sheet.put(dice.pick(&head).clone(), bit(Form::Title), None);
            between(dice, 6.0, &mut sheet);
        }
        let alone = style.starts_with("alone");
        if alone {
            sheet.put(
                (*dice.pick(&[format!("{}.", k + 1), format!("（{}）", k + 1), format!("{}、", k + 1)])).clone(),
                forms("prose record"),
                None,
            );
        }
        let width = match style {
            "mixed-blank" if dice.tenths(5.0) => 1000,
            "mixed-blank" => *dice.pick(&WIDTHS),
            _ => width,
        };
        for (q, line) in wrap(&text, width, &first, &rest, kinsoku, words, ragged).into_iter().enumerate() {
            sheet.put(line, allowed, (alone || q > 0 || !blank).then_some(alone || q > 0));
        }
        if blank || dice.tenths(0.5) {
            sheet.blank();
        }
        if paged && dice.tenths(3.0) {
            sheet.blank();
            let number = [
                format!("- {page} -"),
                format!("第 {page} 页"),
                format!("第{page}页"),
                page.to_string(),
                format!("第 {page} 页 共 30 页"),
                format!("{page} / 30"),
            ];
            sheet.put(dice.pick(&number).clone(), bit(Form::Furniture), None);
            sheet.put(head.clone(), forms("furniture title"), None);
            sheet.blank();
            page += 1;
        }
        if dice.tenths(1.2) && !stock.blocks.is_empty() {
            let (allowed, block) = dice.pick(&stock.blocks).clone();
            between(dice, 6.0, &mut sheet);
            block.into_iter().for_each(|line| sheet.put(line, allowed, Some(false)));
            between(dice, 6.0, &mut sheet);
        }
        if dice.tenths(2.2) && !stock.entries.is_empty() {
            let entries = dice.pick(&stock.entries);
            let from = dice.from(0, entries.len().saturating_sub(6));
            between(dice, 7.0, &mut sheet);
            let indent = *dice.pick(&["", "", "\u{3000}\u{3000}", "    "]);
            let many = dice.from(4, 9);
            for (q, entry) in entries.iter().skip(from).take(many).enumerate() {
                sheet.put(format!("{indent}{entry}"), forms("record verse table title"), (q > 0).then_some(false));
            }
            sheet.blank();
        }
    }
    sheet.text(format!("wrap{n}-{style}-{width}"), style, Origin::Wraps)
}

fn between(dice: &mut Dice, tenths: f32, sheet: &mut Sheet) {
    if dice.tenths(tenths) {
        sheet.blank();
    }
}

/// Wrapped texts in Japanese and English.
pub fn foreign(count: usize, seed: u64) -> Vec<Text> {
    let mut dice = Dice::new(seed);
    let japanese: Vec<&str> = JAPANESE.lines().filter(|line| !line.is_empty()).collect();
    let english: Vec<&str> = ENGLISH.lines().filter(|line| !line.is_empty()).collect();
    (0..count)
        .map(|n| {
            let kana = n % 2 == 0;
            let width = *dice.pick(&[36, 40, 50, 60, 64, 68, 70, 72, 74, 76, 78, 80]);
            let style = STYLES[n / 2 % 6];
            let ragged = false;
            let blank = style.contains("blank");
            let mut sheet = Sheet::default();
            for k in 0..dice.from(3, 9) {
                let text = if kana {
                    (0..dice.from(1, 6)).map(|_| *dice.pick(&japanese)).collect::<String>()
                } else {
                    let paragraph = dice.pick(&english);
                    let sentences: Vec<&str> = paragraph.split_inclusive(". ").collect();
                    let many = dice.from(1, sentences.len());
                    sentences[..many].concat()
                };
                let indent = if kana { "　" } else { "    " };
                let (first, rest) = match style {
                    "indent" | "indent-blank" => (indent.to_owned(), String::new()),
                    "uniform-blank" => ("  ".to_owned(), "  ".to_owned()),
                    "hang" => {
                        let mark = if kana { "・".to_owned() } else { format!("{}. ", k + 1) };
                        let below = " ".repeat(columns(&mark));
                        (mark, below)
                    }
                    _ => (String::new(), String::new()),
                };
                // Japanese is broken at any character, or not within a word of Latin letters; English at spaces.
                let kinsoku = kana && dice.tenths(8.0);
                for (q, line) in
                    wrap(text.trim_end(), width, &first, &rest, kinsoku, true, ragged).into_iter().enumerate()
                {
                    sheet.put(line, bit(Form::Foreign), (q > 0 || !blank).then_some(q > 0));
                }
                if blank || dice.tenths(1.0) {
                    sheet.blank();
                }
                if dice.tenths(1.5) {
                    let head = if kana {
                        dice.pick(&japanese).chars().take(8).collect()
                    } else {
                        english[0].chars().take(20).collect::<String>()
                    };
                    sheet.blank();
                    sheet.put(head, forms("title foreign"), None);
                    sheet.blank();
                }
            }
            sheet.text(format!("foreign{n}-{style}-{width}"), if kana { "japanese" } else { "english" }, Origin::Wraps)
        })
        .collect()
}

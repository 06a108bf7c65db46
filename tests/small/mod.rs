//! Small texts full of what the syntax of some format could take for its own, and how they are converted.

use shanben::Source;
use shanben::normalize::Rules;
use shanben::options::{Format, Settings};
use shanben::write::markdown::{Options, Wrap};

/// What the texts are put together from.
const TOKENS: &[&str] = &[
    "甲",
    "乙丙，",
    "山雨欲来风满楼。",
    "第一章 山",
    "一、",
    "（一）",
    "①",
    "𠮷",
    "é",
    "a",
    "Bc ",
    "x1",
    "1",
    "42",
    " ",
    "  ",
    "    ",
    "\t",
    "\u{3000}\u{3000}",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r",
    "\r\n",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "\u{b}",
    "\u{c}",
    "\0",
    "\u{1}",
    "\u{2}",
    "\u{1b}[1m",
    "\u{7f}",
    "\u{80}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2060}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{e000}",
    "\u{301}",
    "\u{1f600}",
    "\u{1f468}\u{200d}\u{1f469}",
    "“",
    "”",
    "（",
    "）",
    "……",
    "——",
    "《",
    "》",
    "*",
    "**",
    "***",
    "_",
    "__",
    "#",
    "# ",
    "## ",
    "> ",
    ">",
    "|",
    "| a | b |\n|---|---|\n",
    "\\",
    "<",
    "&",
    "[",
    "]",
    "(",
    ")",
    "~",
    "~~",
    "`",
    "``",
    "```",
    "~~~",
    ":::",
    "$",
    "$$",
    "!",
    ".",
    "1. ",
    "2) ",
    "- ",
    "+ ",
    "* ",
    "---",
    "--",
    "-",
    "===",
    "=",
    ":",
    ": ",
    "\"",
    "'",
    "&amp;",
    "&#2;",
    "&#0;",
    "&#x20;",
    "&#10;",
    "&nbsp;",
    "<b>",
    "</b>",
    "<br>",
    "<!--",
    "-->",
    "](",
    "](a)",
    "](javascript:a)",
    "]:",
    "[^1]",
    "[^1]: ",
    "[^a]",
    "[a]: b\n",
    "^",
    "{",
    "}",
    "http://a.b/c",
    "<http://a.b>",
    "@",
    "/",
    "%",
    "[x] ",
    "[ ] ",
    "<div>",
    "</div>",
    "<a\n",
    "<p>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<u>",
    "<s>",
    "<pre>",
    "<hr>",
    "<li>",
    "<!-- unmarked list -->",
    "---\ntitle: 山\n---\n",
    "☐ ",
    "注：",
    "图 1",
    "此致",
    "敬礼",
    "附件：",
    "2018年1月5日",
    "国发〔2018〕1号",
    "◇",
    "＊＊＊",
    "　　　　",
    "─────",
    "│",
    "┌",
    "A：",
];

/// A row of numbers that look like chance and are the same each time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// A text and how it is converted.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name, which says its syntax.
    pub name: &'static str,
    /// The style of its pages.
    pub style: &'static str,
    /// The rules.
    pub rules: &'static str,
    /// Where lines of its Markdown end.
    pub wrap: Wrap,
    /// What it says.
    pub text: String,
}

impl Case {
    /// A case with everything at its default.
    pub fn new(name: &'static str, text: &str) -> Self {
        Case { name, style: "plain", rules: "", wrap: Wrap::None, text: text.to_owned() }
    }

    /// `count` cases, always the same.
    pub fn some(count: usize) -> impl Iterator<Item = Case> {
        let mut chance = Chance(1);
        std::iter::repeat_with(move || Case {
            name: chance.of(&["a.md", "a.txt"]),
            style: chance.of(&["book", "news", "official", "plain"]),
            rules: chance.of(&["", "none"]),
            wrap: chance.of(&[Wrap::None, Wrap::Sentence, Wrap::Columns(4), Wrap::Columns(12)]),
            text: (0..=chance.below(12)).map(|_| chance.of(TOKENS)).collect(),
        })
        .take(count)
    }

    /// The text as a file.
    pub fn source(&self) -> Source {
        Source::new(self.name, self.name, self.text.clone().into_bytes())
    }

    /// How it is converted to `formats`.
    pub fn settings(&self, formats: &[Format]) -> Settings {
        Settings {
            formats: formats.to_vec(),
            rules: Rules::parse(self.rules).expect("rules"),
            markdown: Options { wrap: self.wrap },
            // Another way to write the same DOCX.
            track_changes: self.wrap == Wrap::Sentence,
            ..super::edition::settings(self.style)
        }
    }
}

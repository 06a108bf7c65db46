//! How lines begin: the kinds of beginnings that make families.

use super::pattern::Pattern;
use super::sign::{self, Sign};
use crate::chinese::numeral::NUMBERING;

/// A kind of beginning; an index of [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Start(pub(super) u8);

/// A pattern at the beginning of a line, and the classes of the first character for which it is tried.
struct Kind {
    name: &'static str,
    first: &'static str,
    /// The characters with which it may begin, 9 for one of a number in any digits; any where there are none.
    begins: &'static str,
    pattern: &'static str,
}

const fn kind(name: &'static str, first: &'static str, pattern: &'static str) -> Kind {
    Kind { name, first, begins: "", pattern }
}

/// A kind for which any line in Han would be tried, if it were not for its first character.
const fn beginning(name: &'static str, first: &'static str, begins: &'static str, pattern: &'static str) -> Kind {
    Kind { name, first, begins, pattern }
}

/// The kinds, of which the first that fits counts. A pattern that is empty fits wherever the class does.
const KINDS: [Kind; 26] = [
    beginning(
        "date",
        "9H(!",
        "9[【(",
        r"^(?:(\[|【|\()?(19|20)?\d\d ?[-/.年] ?\d{1,2}([-/.月] ?\d{0,2})?|\d{1,2}月\d{1,2}日|NUMERAL+年)",
    ),
    kind("clock", "9!(", r"^\[?\d{1,2}[:：]\d\d"),
    beginning("chapter", "H", "第卷", r"^(?:第NUMERAL+[章节節回卷篇部条條集幕场場课課讲講单單]|卷NUMERAL+)"),
    beginning("han-number", "H(!", "9（(", r"^(?:COUNT[、．.]|[（(]NUMERAL+[)）])"),
    kind("number", "9", r"^\d+(\.\d+)*([.、．)）\]]?(\s|[^\d\s.])|[.、．)）\]]$)"),
    kind("circle", "9", r"^[①-⑳㈠-㈩⑴-⒇]"),
    kind("bullet", "!*DH)", r"^[-*+•·●○◆◇■□▲△★☆※◎→➤✓>] ?"),
    kind("book", "(", r"^[《〈]"),
    kind("quoted-key", "!(", r#"^["'][^"']+["']\s*[:,=]"#),
    kind("quoted-han", "(!)", r#"^["'“‘「『﹁﹃][\u{3400}-\u{9fff}]"#),
    kind("open", "(", ""),
    kind("tag", "!", r"^</?[A-Za-z!?]"),
    kind("hash", "!", r"^#"),
    kind("slash", "!a", r"^(?://|/\*|\*/|--|;;|rem )"),
    kind("bracket", "!", r"^\["),
    kind("brace", "!", r"^[{}\]]"),
    kind("quote", "!", r#"^["']"#),
    kind("dollar", "!", r"^[$%&\\@]"),
    kind("close", ".,:)!", r"^([^!-~]|[,.;:!?)])"),
    kind("key", "Aa!", r"^[A-Za-z_][\w.\- ]{0,24}[:=]"),
    kind("han-key", "H", r"^[\u{3400}-\u{9fff}]([\u{3400}-\u{9fff} 　]{0,8}[\u{3400}-\u{9fff}])?[:：]"),
    kind("capital", "A", ""),
    kind("small", "a", ""),
    kind("han", "H", ""),
    kind("kana", "K", ""),
    kind("other", "", ""),
];

/// The names of the kinds, as the table of weights has them.
pub(super) const NAMES: [&str; KINDS.len()] = {
    let mut names = [""; KINDS.len()];
    let mut i = 0;
    while i < KINDS.len() {
        names[i] = KINDS[i].name;
        i += 1;
    }
    names
};

impl Start {
    /// The kind of this name.
    pub(super) const fn named(name: &str) -> Start {
        let mut i = 0;
        while i < NAMES.len() {
            let (a, b) = (NAMES[i].as_bytes(), name.as_bytes());
            let mut same = a.len() == b.len();
            let mut k = 0;
            while same && k < a.len() {
                same = a[k] == b[k];
                k += 1;
            }
            if same {
                return Start(i as u8);
            }
            i += 1;
        }
        panic!("no such kind of beginning")
    }

    /// Whether it is one of `kinds`.
    pub(super) fn is_of(self, kinds: &[Start]) -> bool {
        kinds.contains(&self)
    }

    /// Whether any line may begin so: the kind alone makes no family.
    pub(super) fn is_plain(self) -> bool {
        const PLAIN: [Start; 5] = [
            Start::named("han"),
            Start::named("other"),
            Start::named("small"),
            Start::named("capital"),
            Start::named("kana"),
        ];
        self.is_of(&PLAIN)
    }
}

/// The kind that ends with a colon, for which nearly any line would be tried.
const KEY: &str = "han-key";

/// Whether a colon is among the first characters of `text`.
fn has_early_colon(text: &str) -> bool {
    text.chars().take(12).any(|c| matches!(c, ':' | '：'))
}

/// The patterns, in order.
#[cfg(test)]
pub(super) fn patterns() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.pattern)
}

/// How `text` begins, whose first character has the class `first`.
pub(super) fn start(text: &str, first: Sign) -> Start {
    // A mark that could not stand at the beginning of a line says so whatever its width.
    let first = if first == 0 { sign::OTHER } else { first };
    let begins = |set: &str| {
        let numeral = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９') || NUMBERING.contains(c);
        set.is_empty() || text.starts_with(|c| set.contains(c) || set.starts_with('9') && numeral(c))
    };
    let fits = |(at, kind): (usize, &Kind)| {
        (kind.first.is_empty() || kind.first.as_bytes().contains(&first))
            && begins(kind.begins)
            && (kind.name != KEY || has_early_colon(text))
            && (kind.pattern.is_empty() || Pattern::of_start(at).fits(text))
    };
    let at = KINDS.iter().enumerate().position(fits);
    Start(at.unwrap_or(KINDS.len() - 1) as u8)
}

#[cfg(test)]
mod tests {
    use super::super::sign::sign_between;
    use super::*;

    #[test]
    fn beginnings_are_told() {
        for (text, name) in [
            ("2019年3月，他到了广州", "date"),
            ("8:30 到校", "clock"),
            ("第十二回 雨夜", "chapter"),
            ("（三）经费", "han-number"),
            ("3.2 安装", "number"),
            ("\"你来了\"", "quoted-han"),
            ("“你来了”", "quoted-han"),
            ("\"name\": 1", "quoted-key"),
            (",他又说", "close"),
            ("，他又说", "close"),
            ("地址：城南", "han-key"),
            ("地址:城南", "han-key"),
            ("他来了", "han"),
        ] {
            let mut chars = text.chars();
            let c = chars.next().unwrap_or(' ');
            assert_eq!(NAMES[usize::from(start(text, sign_between(0, c, chars.next(), false)).0)], name, "{text}");
        }
    }
}

//! What was wrong with a text before it came to us, as far as decoding and normalization know.

use super::{Damage, Places};
use crate::decode::Decoded;
use crate::lang::Lang;
use crate::normalize::{self, Normalized, RuleId};
use crate::note::At;
use std::collections::BTreeMap;

/// A kind of damage, by the rules that tell of it.
struct Kind {
    name: &'static str,
    /// What it is called in Chinese.
    zh: &'static str,
    /// Rules each of whose edits mends some of it.
    mended: &'static [&'static str],
    /// Rules each of whose notes finds some of it.
    noted: &'static [&'static str],
}

const KINDS: &[Kind] = &[
    Kind {
        name: "mojibake",
        zh: "乱码",
        mended: &["mojibake-1252", "mojibake-gbk-utf8"],
        noted: &["mojibake-1252", "mojibake-gbk-utf8", "mojibake-big5-gbk"],
    },
    Kind { name: LOST_TEXT, zh: "文字丢失", mended: &[], noted: &[LOST_TEXT] },
    Kind { name: "private-use", zh: "私用区字符", mended: &[], noted: &["pua-other"] },
    Kind {
        name: "control-characters", zh: "控制字符", mended: &["c0-control", "zero-width"], noted: &["c0-control"]
    },
    Kind { name: "terminal-codes", zh: "终端控制码", mended: &["ansi-escape"], noted: &[] },
    Kind { name: "entities", zh: "字符实体", mended: &["entity"], noted: &[] },
    Kind { name: "hard-wrap", zh: "硬折行", mended: &["hard-wrap"], noted: &[] },
    Kind { name: "lost-quotes", zh: "引号丢失", mended: &[], noted: &["lost-quotes"] },
    Kind { name: HALF_WIDTH, zh: "标点被改为半角", mended: MARKS, noted: &[] },
];

/// Traces of text that a conversion destroyed. U+FFFD stands for malformed bytes too, where they are not written out; these are a kind
/// of their own.
const LOST_TEXT: &str = "lost-text";
/// Marks that a conversion made half-width; damage only where the file as a whole tells that it was done.
const HALF_WIDTH: &str = "half-width-marks";
const MARKS: &[&str] = &[
    "half-comma",
    "half-semicolon",
    "half-colon",
    "half-question",
    "half-exclaim",
    "half-period",
    "half-paren",
    "straight-quote",
];

/// Bytes that are no character in the encoding.
const MALFORMED: &str = "malformed";

/// What a kind of damage is called.
pub(super) fn named(kind: &str, lang: Lang) -> &str {
    let zh = match kind {
        MALFORMED => Some("坏字节"),
        _ => KINDS.iter().find(|known| known.name == kind).map(|known| known.zh),
    };
    zh.filter(|_| lang == Lang::Zh).unwrap_or(kind)
}

/// The damage of a text, by kind: malformed bytes first.
pub(super) fn of(decoded: &Decoded, normalized: &Normalized, places: &Places<'_>) -> Vec<Damage> {
    let malformed = decoded.malformed.first().map(|first| Damage {
        kind: MALFORMED.to_owned(),
        count: decoded.malformed.len(),
        first: places.place(first.decoded),
        byte: first.source.start,
    });
    let counts = normalized.counts();
    malformed.into_iter().chain(KINDS.iter().filter_map(|kind| kind.of(decoded, normalized, &counts, places))).collect()
}

impl Kind {
    fn of(
        &self,
        decoded: &Decoded,
        normalized: &Normalized,
        counts: &BTreeMap<RuleId, usize>,
        places: &Places<'_>,
    ) -> Option<Damage> {
        if self.name == HALF_WIDTH && normalized.evidence.damage() == normalize::Damage::None {
            return None;
        }
        let signs = if decoded.escaped { &[][..] } else { &decoded.malformed };
        let ours = |at: usize| signs.binary_search_by_key(&at, |run| run.decoded).is_ok();
        let told = normalized.notes.iter().filter(|note| self.noted.contains(&note.kind));
        let told = told.filter_map(|note| match note.at {
            At::Normal(span) => Some(normalized.decoded_offset(span.start)),
            At::File | At::Source(_) | At::Original(_) | At::Decoded(_) => None,
        });
        let noted = told.filter(|&at| self.name != LOST_TEXT || !ours(at)).min();
        let mends = |edit: &&normalize::Edit| edit.rules().any(|rule| self.mended.contains(&rule));
        let mended = normalized.edits.iter().find(mends).map(|edit| edit.span.start);
        let count: usize = self.mended.iter().filter_map(|rule| counts.get(rule)).sum::<usize>()
            + self.noted.iter().filter_map(|rule| normalized.noted.get(rule)).sum::<usize>();
        let own = if self.name == LOST_TEXT { signs.len() } else { 0 };
        let first = noted.into_iter().chain(mended).min()?;
        Some(Damage {
            kind: self.name.to_owned(),
            count: count.saturating_sub(own).max(1),
            first: places.place(first),
            byte: places.byte(first),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Rules, Syntax, normalize};
    use std::path::Path;

    fn damage(bytes: &[u8]) -> Vec<(String, usize, usize, usize, usize)> {
        let decoded = crate::decode::decode(Path::new("a.txt"), bytes, None).expect("text");
        let normalized = normalize(&decoded.text, Syntax::Plain, &Rules::default(), Some(&crate::Repertoire));
        let places = Places::new(bytes, &decoded, &normalized);
        let damage = of(&decoded, &normalized, &places);
        damage.into_iter().map(|d| (d.kind, d.count, d.first.line, d.first.column, d.byte)).collect()
    }

    #[test]
    fn each_kind_is_counted_and_its_first_place_is_known_in_the_text_and_in_the_file() {
        let text = "话说天下大势，分久必合，合久必分。\n周末七国\u{e248}分争，并入于秦。锟斤拷又锟斤拷。\n";
        let mut bytes = encoding_rs::GB18030.encode(text).0.into_owned();
        // The first byte of 天 is lost.
        bytes.remove(4);
        let second_line = bytes.iter().position(|&byte| byte == b'\n').expect("a line end") + 1;
        let expected = [
            ("malformed", 1, 1, 3, 4),
            ("lost-text", 2, 2, 14, second_line + 26),
            ("private-use", 1, 2, 5, second_line + 8),
        ];
        assert_eq!(
            damage(&bytes),
            expected.map(|(kind, n, line, column, byte)| (kind.to_owned(), n, line, column, byte))
        );
    }

    #[test]
    fn half_width_marks_are_damage_only_where_the_file_tells_so() {
        let damaged = damage("他来了,又走了;再没回来.\n谁?我.\n".as_bytes());
        assert_eq!(damaged, [("half-width-marks".to_owned(), 5, 1, 4, 9)]);
        let slip = "他来了，又走了；再没回来。".repeat(9) + "他来了,又走了。\n";
        assert_eq!(damage(slip.as_bytes()), []);
        assert_eq!(damage("ÎÒÃÇÊÇÖÐ¹úÈË，好。\n".as_bytes()), [("mojibake".to_owned(), 1, 1, 1, 0)]);
    }
}

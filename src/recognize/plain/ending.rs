//! What stands at the ends of news, letters and official documents: salutation, closing words, signature and date, attachments,
//! who printed, who edited.

use super::lines::Line;
use super::{Part, Reading};
use super::{imprint, office};
use crate::document::Role;
use crate::recognize::{date, numbering};

/// Beginnings of a credit line.
const CREDITS: [&str; 14] = [
    "编辑",
    "編輯",
    "责任编辑",
    "責任編輯",
    "责编",
    "记者",
    "記者",
    "通讯员",
    "作者",
    "校对",
    "审核",
    "供稿",
    "来源",
    "文字",
];
/// Beginnings of an editor's note.
const EDITOR_NOTES: [&str; 11] = [
    "编者按：",
    "編者按：",
    "编者注：",
    "編者注：",
    "按语：",
    "译者注：",
    "【编者按】",
    "【編者按】",
    "〔编者按〕",
    "（编者按",
    "【按】",
];
/// Words that a salutation holds.
const ADDRESSEES: [&str; 29] = [
    "各",
    "尊敬的",
    "亲爱的",
    "親愛的",
    "敬爱的",
    "敬愛的",
    "同志",
    "先生",
    "女士",
    "朋友",
    "老师",
    "老師",
    "大人",
    "吾兄",
    "吾弟",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "您好",
    "你好",
    "同学",
    "领导",
    "乡亲",
    "代表们",
    "Dear",
    "敬启者",
    "敬啟者",
    "敬啓者",
];

/// From how many columns on a line stands at the right.
const RIGHT: usize = 16;

/// Claims what it knows.
pub fn claim(reading: &mut Reading<'_>) {
    addresses(reading);
    signatures(reading);
    signed_off(reading);
    data_below_headings(reading);
    for i in 0..reading.parts.len() {
        if !reading.open(i) {
            continue;
        }
        let line = &reading.page.lines[i];
        let text = line.text;
        let attached = i > 0 && reading.parts[i - 1] == Part::Role(Role::Attachment);
        let role = if EDITOR_NOTES.iter().any(|n| text.starts_with(n)) {
            Role::EditorNote
        } else if line.chars <= 60
            && (is_attachment(text)
                || attached && numbering::label(text).is_some_and(|l| l.family >= numbering::Family::Arabic))
        {
            Role::Attachment
        } else if line.chars <= 60
            && (text.starts_with("抄送：")
                || text.starts_with("抄送:")
                || is_keywords(reading, i)
                || text.ends_with("印发")
                || text.ends_with("印發"))
            && has_date_or_office(text)
        {
            Role::PrintRecord
        } else if line.chars <= 12 && is_closing(text) && i > 0 && wishes(reading.page.lines[i - 1].text) {
            Role::Closing
        } else {
            continue;
        };
        reading.parts[i] = Part::Role(role);
    }
    addressed(reading);
    credits(reading);
}

/// Whom a letter is for, below 此致: flush left as the closing words are.
fn addressed(reading: &mut Reading<'_>) {
    for i in 1..reading.parts.len() {
        let leads = reading.page.lines[i - 1].text == "此致" || reading.parts[i - 1] == Part::Role(Role::Closing);
        let line = &reading.page.lines[i];
        if leads && reading.open(i) && line.gap == 0 && line.chars <= 20 && !line.ends_sentence() && line.indent <= 4 {
            reading.parts[i] = Part::Role(Role::Closing);
        }
    }
}

/// `更新时间：…`, `本章字数：…` right below the head of a chapter.
fn data_below_headings(reading: &mut Reading<'_>) {
    for i in 1..reading.parts.len() {
        let below = matches!(reading.parts[i - 1], Part::Heading { .. });
        if below
            && reading.open(i)
            && imprint::key(reading.page.lines[i].text).is_some_and(|(field, _)| field == imprint::Field::Other)
        {
            reading.parts[i] = Part::Role(Role::Imprint);
        }
    }
}

/// `主题词：…` above whom a document is sent to as well, or who printed it (GB/T 9704—1999).
fn is_keywords(reading: &Reading<'_>, i: usize) -> bool {
    let below = |line: &Line<'_>| line.text.starts_with("抄送") || line.text.ends_with("印发");
    let lines = &reading.page.lines;
    lines[i].text.starts_with("主题词") && lines.iter().skip(i + 1).take(2).any(below)
}

/// `附件：1.…`, `附件1`, `附：…`.
fn is_attachment(text: &str) -> bool {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"));
    text.starts_with("附：")
        || rest
            .is_some_and(|r| r.is_empty() || r.starts_with(['：', ':']) || r.starts_with(|c: char| c.is_ascii_digit()))
}

fn has_date_or_office(text: &str) -> bool {
    text.starts_with("抄送")
        || text.starts_with("主题词")
        || text.contains('年')
        || text.contains("办公")
        || text.contains("秘书")
}

/// Whether a line leads up to closing words.
fn wishes(text: &str) -> bool {
    text.starts_with(['祝', '此', '即', '顺', '順', '敬', '谨', '謹'])
}

/// The words that close a letter.
fn is_closing(text: &str) -> bool {
    let words = text.trim_end_matches(['！', '!', '。']);
    matches!(
        words,
        "敬礼"
            | "敬禮"
            | "顺颂时祺"
            | "顺祝商祺"
            | "大安"
            | "近安"
            | "安好"
            | "祝好"
            | "顺颂商祺"
            | "此致敬礼"
            | "即颂近安"
            | "撰安"
            | "台安"
            | "时祺"
    )
}

/// The line that says whom a letter or document is for: at the opening, or wherever a letter begins.
fn addresses(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let mut body = false;
    for (i, line) in lines.iter().enumerate() {
        if reading.parts[i] != Part::Open || line.chars > 80 || !line.text.ends_with(['：', ':', '，', ',', '！', '!'])
        {
            body |= line.ends_sentence() || i > 8;
            continue;
        }
        let letter =
            ["尊敬的", "亲爱的", "親愛的", "敬爱的", "敬愛的", "Dear "].iter().any(|w| line.text.starts_with(w))
                && line.chars <= 30;
        let colon = line.text.ends_with(['：', ':']);
        let known = !body && ADDRESSEES.iter().any(|w| line.text.contains(w));
        let official = line.chars <= 80 && line.indent == 0 && line.text.contains("各");
        // Right below the title or the number of a document.
        let bodies = !body && colon && line.indent == 0 && line.chars <= 80 && office::is_addressed(line.text);
        let below_head =
            i > 0 && matches!(reading.parts[i - 1], Part::Title | Part::Role(Role::DocumentNumber | Role::Imprint));
        let words = !line.text.contains(['。', '；', '“', '》']) && imprint::key(line.text).is_none();
        if words
            && (bodies && below_head
                || colon && known && !body && (line.chars <= 40 || official)
                || letter && (colon || line.text.ends_with(['，', ',', '！', '!'])))
        {
            reading.parts[i] = Part::Role(Role::Salutation);
            body = true;
        }
        body |= line.ends_sentence() || i > 8;
    }
}

/// A date alone below the body, and the short lines above it that name who signs.
fn signatures(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    for i in 1..n {
        let line = &reading.page.lines[i];
        if line.chars > 24 || !reading.open(i) || date::whole_line(line.text).is_none() {
            continue;
        }
        let ends = i + 1 == n
            || !reading.open(i + 1)
            || reading.page.lines[i + 1].gap > 0
            || reading.page.lines[i + 1].chars <= 24;
        let mut first = i;
        // Whom a letter addresses may stand above the signature too, but further to the left and apart.
        let apart =
            |above: usize| reading.page.lines[above + 1].gap > 0 && reading.page.lines[above].indent + 8 < line.indent;
        while first > 0 && i - first < 4 && reading.open(first - 1) && signs(reading, first - 1) && !apart(first - 1) {
            first -= 1;
        }
        let set_right = line.indent >= RIGHT;
        if ends && (first < i || set_right || i + 1 == n) {
            reading.parts[first..=i].fill(Part::Role(Role::Signature));
        }
    }
}

/// A line set far to the right that ends with words of one who signs: `某某敬上`.
fn signed_off(reading: &mut Reading<'_>) {
    const WORDS: [&str; 16] = [
        "敬上", "谨上", "謹上", "敬启", "敬啟", "敬啓", "谨启", "謹啟", "拜上", "顿首", "頓首", "谨识", "謹識", "敬识",
        "手书", "手書",
    ];
    for i in 1..reading.parts.len() {
        let line = &reading.page.lines[i];
        let signs = WORDS.iter().any(|words| line.text.ends_with(words)) && line.chars <= 24;
        let marked = line.text.contains(['，', '。', '：', '；', '“', '”', ',', ':']);
        if reading.open(i) && signs && !marked && line.indent >= RIGHT {
            reading.parts[i] = Part::Role(Role::Signature);
        }
    }
}

/// Whether a line can be a name: of a person, an office, several of them.
fn signs(reading: &Reading<'_>, i: usize) -> bool {
    let line = &reading.page.lines[i];
    let name = line.text.chars().all(|c| {
        office::is_of_name(c) || matches!(c, ' ' | '\u{3000}' | '·' | '（' | '）' | '、') || c.is_ascii_alphabetic()
    });
    name && line.chars <= 24
        && !line.text.starts_with('（')
        && !line.ends_sentence()
        && !is_closing(line.text)
        && line.text != "此致"
}

/// Who edited or wrote, on the last lines.
fn credits(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    for i in (n.saturating_sub(6)..n).rev() {
        let line = &reading.page.lines[i];
        if !reading.open(i) || i < 2 {
            if matches!(reading.parts[i], Part::Divider | Part::Role(_)) {
                continue;
            }
            return;
        }
        let inner = line.text.trim_start_matches(['（', '(', '[', '【']);
        let credit = line.chars <= 40
            && CREDITS.iter().any(|c| {
                inner.strip_prefix(c).is_some_and(|rest| rest.starts_with(['：', ':', ' ', '\u{3000}', '/', '／']))
            });
        if !credit {
            return;
        }
        reading.parts[i] = Part::Role(Role::Credit);
    }
}

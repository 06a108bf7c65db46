//! The papers around the texts of a volume: its cover (案卷封面), its list of contents (卷内文件目录, GB/T 9705) and the note that closes it (卷内备考表), each a
//! document with the look of its form.

use super::data::Particulars;
use super::item::Item;
use crate::document::{Align, Block, BlockKind, Document, Heading, Inline, InlineKind, Meta, Role, Row, Table};
use crate::lang::Language;
use crate::span::Span;
use crate::style::{Alignment, Face, Ledger, RunningHead, Style, TextStyle};
use crate::unit::Unit;

/// The columns of the list, with their widths in millimetres (GB/T 9705).
const COLUMNS: [(&str, i64); 7] =
    [("顺序号", 12), ("文号", 28), ("责任者", 28), ("题名", 52), ("日期", 20), ("页号", 14), ("备注", 16)];
/// Height of its head and of its rows.
const ROWS: (Unit, Unit) = (Unit::micrometres(15_000), Unit::micrometres(15_000));
/// Its left edge and the upper edge of its heading on A4, and the height of the type area.
const LIST: (Unit, Unit, Unit) = (Unit::micrometres(25_000), Unit::micrometres(30_000), Unit::micrometres(240_000));
/// Longest title and name in the list, in characters; a longer one is in the table beside it.
const LONGEST: usize = 90;
/// The list leads to its texts by such addresses, which never leave the program.
const ADDRESS: &str = "https://item.invalid/";

/// What a paper is called.
pub const COVER: &str = "封面";
/// As [`COVER`].
pub const LIST_TITLE: &str = "卷内文件目录";
/// As [`COVER`].
pub const RECORD: &str = "备考表";

/// What closes a volume, beside what the user says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// Running pages.
    pub pages: usize,
    /// Edits of the texts by rule.
    pub edits: Vec<(String, usize)>,
    /// Texts with characters that could not be read, by their places in the list, from 1.
    pub unread: Vec<usize>,
    /// Characters that no font has.
    pub missing: Vec<String>,
}

// What these papers say stands in no text, so all their spans are empty.

fn text(text: impl Into<String>) -> Inline {
    Inline::text(text, Span::default())
}

fn heading(words: &str) -> Block {
    let heading =
        Heading { level: 1, title: true, label: None, content: vec![text(words)], reason: "volume", weighed: None };
    Block::new(BlockKind::Heading(heading), Span::default())
}

fn paragraph(role: Role, words: impl Into<String>) -> Block {
    Block::new(BlockKind::Paragraph { role, content: vec![text(words)] }, Span::default())
}

fn document(title: &str, blocks: Vec<Block>) -> Document {
    let meta = Meta { title: Some(title.to_owned()), language: Language::ZhHans, ..Meta::default() };
    Document { meta, blocks, ..Document::default() }
}

/// The cover of a volume called `title`, with its `number` among several.
pub fn cover(
    (title, number): (&str, Option<usize>),
    particulars: &Particulars,
    items: &[Item],
    pages: usize,
) -> Document {
    let said = |said: &Option<String>| said.clone().unwrap_or_default();
    // What is not known is there to be filled in.
    let mut blocks = vec![paragraph(Role::DocumentNumber, format!("档号：{}", said(&particulars.number)))];
    blocks.extend(particulars.fonds.as_deref().map(|name| paragraph(Role::Issuer, name)));
    blocks.extend(particulars.class.as_deref().map(|name| paragraph(Role::Subtitle, name)));
    blocks.extend(number.map(|number| paragraph(Role::Subtitle, format!("第 {number} 卷"))));
    blocks.push(heading(title));
    let dates = particulars.dates.clone().or_else(|| dates(items));
    // The first of them keeps its distance from the title, as a note does from the text.
    blocks.push(paragraph(Role::EditorNote, format!("起止日期：{}", dates.unwrap_or_default())));
    blocks.push(paragraph(Role::Body, format!("保管期限：{}", said(&particulars.term))));
    blocks.push(paragraph(Role::Body, format!("件　　数：{} 件", items.len())));
    blocks.push(paragraph(Role::Body, format!("页　　数：{pages} 页")));
    blocks.extend(particulars.filing.as_deref().map(|said| paragraph(Role::Body, format!("立 卷 号：{said}"))));
    document(title, blocks)
}

/// From the first date of `items` to the last.
fn dates(items: &[Item]) -> Option<String> {
    let dates = || items.iter().map(|item| item.date.as_str()).filter(|date| is_date(date));
    let (first, last) = (dates().min()?, dates().max()?);
    Some(if first == last { first.to_owned() } else { format!("{first}—{last}") })
}

fn is_date(date: &str) -> bool {
    matches!(date.len(), 4 | 6 | 8) && date.bytes().all(|byte| byte.is_ascii_digit())
}

/// The list of `items`; where it is `linked`, titles lead to their texts, by [`place`].
pub fn list(items: &[Item], linked: bool) -> Document {
    let cell = |words: &str| vec![text(short(words))];
    let head = Row { cells: COLUMNS.iter().map(|(name, _)| vec![text(*name)]).collect(), span: Span::default() };
    let rows = items.iter().enumerate().map(|(index, item)| {
        let title = match linked {
            true => {
                let (target, content) = (format!("{ADDRESS}{index}"), cell(&item.title));
                vec![Inline::new(InlineKind::Link { target, title: String::new(), content }, Span::default())]
            }
            false => cell(&item.title),
        };
        let pages = item.pages(index + 1 == items.len());
        let number = (index + 1).to_string();
        let cells = vec![
            cell(&number),
            cell(&item.number),
            cell(&item.issuer),
            title,
            cell(&item.date),
            cell(&pages),
            cell(&item.note),
        ];
        Row { cells, span: Span::default() }
    });
    let center = [0, 4, 5];
    let align = |column: usize| if center.contains(&column) { Align::Center } else { Align::Left };
    let table = Table {
        columns: (0..COLUMNS.len()).map(align).collect(),
        head_rows: 1,
        rows: std::iter::once(head).chain(rows).collect(),
    };
    document(LIST_TITLE, vec![heading(LIST_TITLE), Block::new(BlockKind::Table(table), Span::default())])
}

/// `words` as far as a row of the form has room for them.
fn short(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

/// The place in the list, from 0, of the text that `address` leads to.
pub fn place(address: &str) -> Option<usize> {
    address.strip_prefix(ADDRESS)?.parse().ok()
}

/// The closing record of a volume of so many texts.
pub fn record(particulars: &Particulars, count: usize, remarks: &Remarks) -> Document {
    let title = "卷内备考表";
    let mut blocks = vec![heading(title), paragraph(Role::Subtitle, "本卷情况说明：")];
    blocks.extend(particulars.state.iter().flat_map(|state| state.lines()).map(|line| paragraph(Role::Body, line)));
    blocks.push(paragraph(Role::Body, format!("本卷共 {count} 件，{} 页。", remarks.pages)));
    let edits: usize = remarks.edits.iter().map(|(_, count)| count).sum();
    if edits > 0 {
        let rules: Vec<String> = remarks.edits.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        blocks
            .push(paragraph(Role::Body, format!("按规则整理文字 {edits} 处：{}。所附原文未改动。", rules.join("，"))));
    }
    if !remarks.unread.is_empty() {
        let places: Vec<String> = remarks.unread.iter().map(usize::to_string).collect();
        blocks.push(paragraph(Role::Body, format!("第 {} 件有无法读出的字节，以 U+FFFD 代替。", places.join("、"))));
    }
    if !remarks.missing.is_empty() {
        blocks.push(paragraph(Role::Body, format!("字体中没有的字：{}。", remarks.missing.join("、"))));
    }
    let signed =
        [("立 卷 人：", &particulars.maker), ("检 查 人：", &particulars.checker), ("立卷时间：", &particulars.made)];
    let mut roles = std::iter::once(Role::EditorNote).chain(std::iter::repeat(Role::Credit));
    for (label, said) in signed {
        let role = roles.next().unwrap_or(Role::Credit);
        blocks.push(paragraph(role, format!("{label}{}", said.as_deref().unwrap_or_default())));
    }
    document(title, blocks)
}

/// The looks of the three papers, all on the paper of official documents.
pub struct Looks {
    /// Of the cover.
    pub cover: Style,
    /// Of the list.
    pub list: Style,
    /// Of the closing record.
    pub record: Style,
}

/// A text of one of the papers.
fn look(face: Face, size: i32, align: Alignment, before: i32, after: i32) -> TextStyle {
    TextStyle {
        face,
        size: Unit(size),
        pitch: None,
        align,
        first_indent: 0,
        indent: 0,
        end_indent: 0,
        before: before * 1000,
        after: after * 1000,
        colour: None,
    }
}

impl Looks {
    /// The looks, made of `base`, whose pages are A4.
    pub fn of(base: &Style) -> Self {
        let plain = Style {
            head: RunningHead::None,
            contents: false,
            chapter_break: false,
            record_at_foot: false,
            office: None,
            roles: vec![],
            body: look(Face::Song, 16_000, Alignment::Left, 0, 0),
            ..base.clone()
        };
        let centred = |size, before, after| look(Face::SongBold, size, Alignment::Center, before, after);
        let further = |style: TextStyle, indent: i32| TextStyle { indent, ..style };
        let mut cover = plain.clone();
        // In a box that is two thirds as wide as the page.
        cover.title =
            TextStyle { indent: 3_000, end_indent: 3_000, pitch: Some(Unit(32_000)), ..centred(22_000, 3, 0) };
        cover.body = further(plain.body.clone(), 2_000);
        cover.roles = vec![
            (Role::DocumentNumber, look(Face::Song, 14_000, Alignment::Right, 0, 0)),
            (Role::Issuer, centred(22_000, 1, 0)),
            (Role::Subtitle, look(Face::Song, 16_000, Alignment::Center, 0, 0)),
            (Role::EditorNote, further(look(Face::Song, 16_000, Alignment::Left, 5, 0), 2_000)),
        ];
        let mut list = plain.clone();
        let widths: Vec<Unit> = COLUMNS.iter().map(|(_, width)| Unit::micrometres(width * 1000)).collect();
        let size = Unit(10_500);
        list.page.inside = LIST.0;
        list.page.top = LIST.1;
        list.page.line_width = Some(widths.iter().copied().sum());
        list.pitch = ROWS.1 / 2;
        list.page.lines = LIST.2.0 / list.pitch.0;
        list.body = look(Face::Song, 10_500, Alignment::Left, 0, 0);
        list.page.measure = list.page.line_width.unwrap_or_default().0 / size.0;
        list.title = TextStyle { pitch: Some(list.pitch), ..centred(18_000, 0, 1) };
        list.table = TextStyle { pitch: Some(Unit(13_000)), ..list.body.clone() };
        list.ledger =
            Some(Ledger { widths, head: (ROWS.0, Unit(9_000)), row: ROWS.1, inset: Unit::micrometres(1_000) });
        let mut record = plain.clone();
        record.title = centred(22_000, 0, 1);
        record.body = TextStyle { first_indent: 2_000, indent: 1_000, end_indent: 1_000, ..plain.body.clone() };
        record.roles = vec![
            (Role::Subtitle, further(look(Face::Song, 16_000, Alignment::Left, 0, 0), 1_000)),
            (Role::EditorNote, further(look(Face::Song, 16_000, Alignment::Left, 6, 0), 13_000)),
            (Role::Credit, further(plain.body.clone(), 13_000)),
        ];
        Looks { cover, list, record }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_a_row_for_each_text_and_the_last_tells_its_end() {
        let item = |title: &str, first, last| Item { title: title.to_owned(), first, last, ..Item::default() };
        let items = [item("甲", 1, 3), item(&"长".repeat(200), 4, 9)];
        let text = list(&items, true).text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "顺序号\t文号\t责任者\t题名\t日期\t页号\t备注");
        assert_eq!(lines[2], "1\t\t\t甲\t\t1\t");
        assert!(lines[3].ends_with("长…\t\t4-9\t"), "{}", lines[3]);
        assert_eq!(text, list(&items, false).text());
        assert_eq!((place("https://item.invalid/12"), place("https://a.cn/12")), (Some(12), None));
    }

    #[test]
    fn the_cover_spans_the_dates_of_its_texts() {
        let dated = |date: &str| Item { date: date.to_owned(), ..Item::default() };
        let text =
            cover(("某卷", None), &Particulars::default(), &[dated("19980701"), dated(""), dated("2001")], 12).text();
        assert_eq!(text, "档号：\n某卷\n起止日期：19980701—2001\n保管期限：\n件　　数：3 件\n页　　数：12 页\n");
    }
}

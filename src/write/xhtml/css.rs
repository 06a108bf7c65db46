//! The style sheet: what holds for all editions (`base.css`), and the looks of a style, in ems of the text around, so that a reader may set it in any size.

use crate::document::{Document, Role};
use crate::lang::{Language, Region};
use crate::style::{Alignment, Emphasis, Face, FolioForm, Lists, Style, TextStyle};
use crate::unit::Unit;
use crate::write::OwnFont;
use crate::write::docx::Side;
use std::fmt::Write;

use super::block::class_of;

const BASE: &str = include_str!("base.css");

/// The characters that a carried font for Western letters sets: not the marks that Chinese shares with the West.
const WESTERN: &str = "U+0-B6, U+B8-1FFF";

/// The style sheet of `style` for `document`; `fonts` are carried along at the address that `file` gives of each, or named.
pub fn sheet(style: &Style, document: &Document, fonts: &[OwnFont], file: impl Fn(usize, &[u8]) -> String) -> String {
    let language = document.meta.language;
    let mut sheet = Sheet { style, language, fonts, out: String::with_capacity(8192) };
    for (number, font) in fonts.iter().enumerate() {
        let Some(program) = &font.program else { continue };
        let range = match (font.side, language) {
            (Side::EastAsian, _) | (Side::Western, Language::En) => String::new(),
            (Side::Western, _) => format!(" unicode-range: {WESTERN};"),
        };
        let (family, address) = (quoted(&font.family), file(number, program));
        sheet.put(&format!("@font-face {{ font-family: {family}; src: url({address});{range} }}\n"));
    }
    sheet.put(BASE);
    if style.is_vertical() {
        let mode = "vertical-rl";
        sheet.rule(
            "html",
            &format!("-epub-writing-mode: {mode}; -webkit-writing-mode: {mode}; writing-mode: {mode}; text-orientation: mixed;"),
        );
        sheet.rule("img", "max-width: none; width: auto; max-height: 100%;");
        let abreast = "-webkit-text-combine: horizontal; -epub-text-combine: horizontal; text-combine-upright: all;";
        sheet.rule(".tcy", abreast);
    }
    sheet.rule(
        "body",
        &format!("font-family: {}; text-align: {};", sheet.family(style.body.face), align(style.body.align)),
    );
    sheet.rule("p", &format!("text-indent: {};", em(style.body.first_indent)));
    sheet.look(&["h1.title", ".title"], &style.title, false);
    for (level, look) in (1..).zip(&style.headings) {
        sheet.look(&[&format!("h{level}"), &format!(".heading{level}")], look, false);
    }
    // Within a quotation there may be anything; its paragraphs have the indent.
    let quote = &style.quote;
    sheet.block("blockquote", quote);
    sheet.rule("blockquote > p", &format!("text-indent: {};", em(quote.first_indent)));
    sheet.rule(".verse", &sheet.font(&style.verse));
    sheet.block("pre", &style.code);
    sheet.rule("code", &format!("font-family: {};", sheet.family(Face::Mono)));
    sheet.rule("table", &sheet.font(&style.table));
    if style.table_grid {
        sheet.rule("td, th", "border: .75pt solid;");
    }
    sheet.rule("th", &format!("font-family: {}; font-weight: bold;", sheet.family(Face::HeiBold)));
    sheet.rule("figcaption", &sheet.font(style.role(Role::Caption)));
    sheet.rule(".note", &sheet.font(&style.note));
    sheet.rule("strong", &format!("font-family: {};", sheet.family(Face::HeiBold)));
    let dots = "font-style: normal; -webkit-text-emphasis: filled dot; text-emphasis: filled dot; \
                -webkit-text-emphasis-position: under right; text-emphasis-position: under right;";
    match (style.emphasis, language) {
        (Emphasis::Face, Language::En) => {}
        (Emphasis::Face | Emphasis::Dots, _) => sheet.rule("em", dots),
    }
    for (role, look) in &style.roles {
        match role {
            Role::Body => {}
            role => sheet.look(&[&format!(".{}", class_of(*role))], look, true),
        }
    }
    sheet.rule(".notes-head", "display: none;");
    // The parties of a contract stand beside each other as they were typed.
    sheet.rule(".parties", "text-align: start; white-space: pre-wrap; margin-inline: 2em 0;");
    if let Some(office) = style.office.as_ref().filter(|_| document.has_head_rule()) {
        // The rule of the head (GB/T 9704 7.2.7), of the colour of the name above it.
        let colour =
            style.role(Role::Issuer).colour.map_or_else(|| "currentcolor".to_owned(), |c| format!("#{}", c.hex()));
        let rule = format!(
            "border-block-end: {} solid {colour}; padding-block-end: {};",
            pt(office.rule),
            mm(office.rule_gap)
        );
        sheet.rule(".document-number", &rule);
        // One that is typed keeps its text, unseen.
        sheet.rule(".document-number + .stroke", "block-size: 0; margin: 0; color: transparent;");
    }
    if style.lists == Lists::Flush {
        let indent = em(style.body.first_indent);
        sheet.rule(".marked > li", "padding-inline-start: 0;");
        sheet.rule(".marked > li > p", &format!("text-indent: {indent};"));
        sheet.rule(".marked > li > p > .marker", "display: inline; margin: 0;");
    }
    sheet.out
}

/// How a page of `style` is printed: its paper, its margins, its page number.
pub fn print_sheet(style: &Style) -> String {
    let page = &style.page;
    let (along, across) = (style.area(), style.pitch * page.lines);
    let (right, bottom, left) = match style.is_vertical() {
        true => (page.inside, page.height - page.top - along, page.width - page.inside - across),
        false => (page.width - page.inside - along, page.height - page.top - across, page.inside),
    };
    let folio = match style.folio.0 {
        FolioForm::Plain => "counter(page)",
        FolioForm::Dashed => "\"— \" counter(page) \" —\"",
        FolioForm::Dotted => "\"· \" counter(page) \" ·\"",
    };
    let columns = match page.columns {
        1 => String::new(),
        columns => format!("main {{ columns: {columns}; column-gap: {}; }} ", em(page.column_gap)),
    };
    format!(
        "@page {{ size: {} {}; margin: {} {} {} {}; @bottom-center {{ content: {folio}; }} }}\n\
         @media print {{ nav {{ display: none; }} body {{ max-width: none; margin: 0; padding: 0; font-size: {}; line-height: {}; }} {columns}}}\n",
        mm(page.width),
        mm(page.height),
        mm(page.top),
        mm(right),
        mm(bottom),
        mm(left),
        pt(style.body.size),
        pt(style.pitch),
    )
}

struct Sheet<'s> {
    style: &'s Style,
    language: Language,
    fonts: &'s [OwnFont],
    out: String,
}

impl Sheet<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn rule(&mut self, selector: &str, declarations: &str) {
        self.put(&format!("{selector} {{ {} }}\n", declarations.trim()));
    }

    /// The look of headings and of paragraphs with a part of their own; of a `row` of the same kind, only the last has the space below.
    fn look(&mut self, selectors: &[&str], look: &TextStyle, row: bool) {
        let weight = if matches!(look.face, Face::SongBold | Face::Title) { "font-weight: bold; " } else { "" };
        let colour = look.colour.map_or(String::new(), |colour| format!("color: #{}; ", colour.hex()));
        let declarations = format!(
            "{}{weight}{colour}text-align: {}; text-indent: {}; {}",
            self.font(look),
            align(look.align),
            em(look.first_indent),
            self.place(look)
        );
        self.rule(&selectors.join(", "), &declarations);
        if let (true, [selector]) = (row && look.before + look.after > 0, selectors) {
            let back = self.space(look, look.after);
            self.rule(&format!("{selector} + {selector}"), &format!("margin-block-start: -{back};"));
        }
    }

    /// The look of what holds blocks.
    fn block(&mut self, selector: &str, look: &TextStyle) {
        let declarations = format!("{}margin-inline: {} {};", self.font(look), em(look.indent), em(look.end_indent));
        self.rule(selector, &declarations);
    }

    fn font(&self, look: &TextStyle) -> String {
        let mut out = String::new();
        let body = &self.style.body;
        if look.face != body.face {
            out.push_str(&format!("font-family: {}; ", self.family(look.face)));
        }
        if look.size != body.size {
            out.push_str(&format!("font-size: {}; ", em(ratio(look.size, body.size))));
        }
        out
    }

    fn place(&self, look: &TextStyle) -> String {
        format!(
            "margin-block: {} {}; margin-inline: {} {};",
            self.space(look, look.before),
            self.space(look, look.after),
            em(look.indent),
            em(look.end_indent)
        )
    }

    /// So many thousandths of a body line, in ems of `look`.
    fn space(&self, look: &TextStyle, lines: i32) -> String {
        em((i64::from(ratio(self.style.pitch, look.size)) * i64::from(lines) / 1000) as i32)
    }

    /// The families of `face`: those of the document's own first.
    fn family(&self, face: Face) -> String {
        let mut out = String::new();
        for side in [Side::Western, Side::EastAsian] {
            let own = self.fonts.iter().filter(|font| font.face == face && font.side == side);
            // One that is only named would take the marks that Chinese shares with the West.
            let fit = own.filter(|font| side == Side::EastAsian || font.program.is_some() || face == Face::Mono);
            for family in fit.flat_map(|font| std::iter::once(&font.family).chain(&font.others)) {
                // A String takes whatever is written to it.
                let _ = write!(out, "{}, ", quoted(family));
            }
        }
        out + families(face, self.language)
    }
}

/// The families of a face that systems and readers have, in order.
const fn families(face: Face, language: Language) -> &'static str {
    match language {
        Language::ZhHans | Language::ZhHant(Region::Mainland) | Language::En => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Western | Face::Added(_) => {
                r#""Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", SimSun, serif"#
            }
            Face::Hei | Face::HeiBold => {
                r#""Heiti SC", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", SimHei, sans-serif"#
            }
            Face::Kai => r#""Kaiti SC", STKaiti, KaiTi, "AR PL UKai CN", serif"#,
            Face::Fangsong => r#"STFangsong, FangSong, FangSong_GB2312, "Songti SC", "Noto Serif CJK SC", serif"#,
            Face::Mono => r#"Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", NSimSun, monospace"#,
        },
        Language::ZhHant(Region::Taiwan) => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Western | Face::Added(_) => {
                r#""Songti TC", "Source Han Serif TC", "Noto Serif CJK TC", "Noto Serif TC", PMingLiU, serif"#
            }
            Face::Hei | Face::HeiBold => {
                r#""Heiti TC", "Source Han Sans TC", "Noto Sans CJK TC", "Noto Sans TC", "Microsoft JhengHei", sans-serif"#
            }
            Face::Kai => r#""Kaiti TC", BiauKai, DFKai-SB, "AR PL UKai TW", serif"#,
            Face::Fangsong => r#"STFangsong, "Songti TC", "Noto Serif CJK TC", serif"#,
            Face::Mono => r#"Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK TC", MingLiU, monospace"#,
        },
        Language::ZhHant(Region::HongKong) => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Western | Face::Added(_) => {
                r#""Songti TC", "Source Han Serif HC", "Noto Serif CJK HK", "Noto Serif HK", MingLiU_HKSCS, PMingLiU, serif"#
            }
            Face::Hei | Face::HeiBold => {
                r#""Heiti TC", "Source Han Sans HC", "Noto Sans CJK HK", "Noto Sans HK", "Microsoft JhengHei", sans-serif"#
            }
            Face::Kai => r#""Kaiti TC", BiauKai, DFKai-SB, "AR PL UKai TW", serif"#,
            Face::Fangsong => r#"STFangsong, "Songti TC", "Noto Serif CJK HK", serif"#,
            Face::Mono => r#"Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK HK", MingLiU_HKSCS, monospace"#,
        },
        Language::Ja => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Kai | Face::Fangsong | Face::Western | Face::Added(_) => {
                r#""Hiragino Mincho ProN", "Noto Serif CJK JP", "Yu Mincho", "MS Mincho", serif"#
            }
            Face::Hei | Face::HeiBold => r#""Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic", "MS Gothic", sans-serif"#,
            Face::Mono => r#"Menlo, Consolas, "Noto Sans Mono CJK JP", monospace"#,
        },
        Language::Ko => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Kai | Face::Fangsong | Face::Western | Face::Added(_) => {
                r#"AppleMyungjo, "Noto Serif CJK KR", Batang, serif"#
            }
            Face::Hei | Face::HeiBold => r#""Apple SD Gothic Neo", "Noto Sans CJK KR", "Malgun Gothic", sans-serif"#,
            Face::Mono => r#"Menlo, Consolas, "Noto Sans Mono CJK KR", monospace"#,
        },
    }
}

const fn align(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Justify => "justify",
        Alignment::Left => "start",
        Alignment::Center => "center",
        Alignment::Right => "end",
    }
}

/// A name of a family as a string; what is no letter or digit is told by its number, so that no name ends the string, the sheet or the page.
fn quoted(family: &str) -> String {
    let mut out = String::from("\"");
    for c in family.chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') => out.push(c),
            // A String takes whatever is written to it.
            c => drop(write!(out, "\\{:x} ", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// How many thousandths of `whole` a length is.
fn ratio(part: Unit, whole: Unit) -> i32 {
    (i64::from(part.0) * 1000 / i64::from(whole.0.max(1))) as i32
}

/// Thousandths as a decimal number without zeros at its end.
fn decimal(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    let number = format!("{sign}{}.{:03}", size / 1000, size % 1000);
    number.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn em(thousandths: i32) -> String {
    if thousandths == 0 { "0".into() } else { decimal(thousandths.into()) + "em" }
}

fn pt(length: Unit) -> String {
    decimal(length.0.into()) + "pt"
}

fn mm(length: Unit) -> String {
    decimal(i64::from(length.0.max(0)) * 25_400 / 72_000) + "mm"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_decimal_numbers() {
        assert_eq!([em(0), em(2000), em(-1500), em(1833)], ["0", "2em", "-1.5em", "1.833em"]);
        assert_eq!((pt(Unit::pt(16)), mm(Unit::micrometres(37_000))), ("16pt".into(), "37mm".into()));
    }

    #[test]
    fn no_name_of_a_font_ends_its_string() {
        assert_eq!(quoted("思源宋体 A-1"), "\"思源宋体 A-1\"");
        assert_eq!(quoted("a\"}</style>\\\n"), "\"a\\22 \\7d \\3c \\2f style\\3e \\5c \\a \"");
    }

    #[test]
    fn a_style_says_how_its_editions_look() {
        let style = Style::builtin("official").unwrap();
        let sheet = sheet(&style, &Document::default(), &[], |_, _| String::new());
        assert!(sheet.contains("body { font-family: STFangsong,"), "{sheet}");
        assert!(sheet.contains(".salutation { text-align: justify; text-indent: 0;"), "{sheet}");
        let print = print_sheet(&style);
        assert!(
            print.contains("size: 209.999mm 296.999mm; margin: 37mm")
                || print.contains("size: 210mm 297mm; margin: 37mm"),
            "{print}"
        );
        assert!(print.contains("— \" counter(page)"), "{print}");
    }
}

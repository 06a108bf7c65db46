//! The styles part: every look of the document under a name, so that one click changes all of its kind.
//!
//! Names and ids of what Word knows are Word's own, so that it shows them in the language of its user; the others carry a Chinese alias.

use super::faces::{language_tag, run_fonts};
use super::script::Side;
use super::table::{ABOVE, BESIDE};
use super::xml::{DECLARATION, NAMESPACES};
use crate::document::{Chapters, Role};
use crate::lang::Language;
use crate::style::{Alignment, Colour, Face, Kinsoku, Links, Office, Punctuation, Style, TextStyle};
use crate::unit::Unit;
use crate::write::OwnFont;

/// What the styles depend on besides the style of the page.
pub struct Setting<'a> {
    /// The style.
    pub style: &'a Style,
    /// Main language of the text.
    pub language: Language,
    /// Which headings are chapters, if there are chapters.
    pub chapters: Option<Chapters>,
    /// Level of the first entry in the table of contents.
    pub contents_level: u8,
    /// Whether a rule stands below the head of the document.
    pub head_rule: bool,
    /// Fonts of the document's own.
    pub own: &'a [OwnFont],
}

/// A paragraph style.
struct Paragraph<'a> {
    id: &'a str,
    name: &'a str,
    /// Further name, in Chinese; only for styles that Word does not know.
    alias: &'a str,
    based_on: &'a str,
    next: &'a str,
    /// Level in the outline, from 0.
    outline: Option<u8>,
    /// Whether it stays with the paragraph that follows.
    keep_next: bool,
    /// Whether it starts a page.
    page_break: bool,
    look: TextStyle,
    /// How its lines stand.
    lines: Lines,
    /// Further properties, in the order of the schema before `w:spacing` (borders, tabs).
    more: String,
}

/// How the lines of a paragraph style stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// On the grid of the page, one grid line each.
    Grid,
    /// Off the grid, this far apart.
    Exact(Unit),
}

/// Height of a line of the tallest usual typeface (Noto CJK), in thousandths of its size.
const TALLEST: i32 = 1450;

/// A size in the half points of `w:sz`, at least 2.
pub const fn half_points(size: Unit) -> i32 {
    let half_points = (size.0 + 250) / 500;
    if half_points < 2 { 2 } else { half_points }
}

/// Styles that Word has of its own and the document does not use stay out of its gallery, and step into their places by their names when asked for.
const LATENT: &str = "<w:latentStyles w:defLockedState=\"0\" w:defUIPriority=\"99\" w:defSemiHidden=\"1\" w:defUnhideWhenUsed=\"1\" w:defQFormat=\"0\" \
     w:count=\"376\"/>";

/// The ids of the styles of what leads into a paragraph, of the first level and of the second.
pub const HEI: &str = "HeiChar";
pub const KAI: &str = "KaiChar";

/// The id of the style of what announced notes, which is not seen.
const NOTES_HEAD: &str = "NotesHead";

/// The id of the style for paragraphs that play `role`.
pub const fn of_role(role: Role) -> &'static str {
    match role {
        Role::Body | Role::Alert(_) => "BodyText",
        Role::Subtitle => "Subtitle",
        Role::Imprint => "Imprint",
        Role::Classification => "Classification",
        Role::Issuer => "Issuer",
        Role::DocumentNumber => "DocumentNumber",
        Role::Salutation => "Salutation",
        Role::Closing => "Closing",
        Role::Signature => "Signature",
        Role::Attachment => "Attachment",
        Role::EditorNote => "EditorNote",
        Role::Credit => "Credit",
        Role::Ornament => "Ornament",
        Role::Caption => "Caption",
        Role::Annotation => "Note",
        Role::PrintRecord => "PrintRecord",
        Role::Speech => "Speech",
        Role::StageDirection => "StageDirection",
        Role::Definition => "Definition",
        Role::Publication => "Publication",
        Role::NotesHead => NOTES_HEAD,
    }
}

/// Every role with the name of its style and its Chinese alias, empty where Word knows the style.
const ROLES: [(Role, &str, &str); 20] = [
    (Role::Subtitle, "Subtitle", ""),
    (Role::Imprint, "Imprint", "出版信息"),
    (Role::Classification, "Classification", "密级"),
    (Role::Issuer, "Issuer", "发文机关标志"),
    (Role::DocumentNumber, "Document Number", "发文字号"),
    (Role::Salutation, "Salutation", ""),
    (Role::Closing, "Closing", ""),
    (Role::Signature, "Signature", ""),
    (Role::Attachment, "Attachment", "附件说明"),
    (Role::EditorNote, "Editor Note", "编者按"),
    (Role::Credit, "Credit", "责任编辑"),
    (Role::Ornament, "Ornament", "花饰"),
    (Role::Caption, "caption", ""),
    (Role::Annotation, "Note", "附注"),
    (Role::PrintRecord, "Print Record", "印发机关"),
    (Role::Speech, "Speech", "对白"),
    (Role::StageDirection, "Stage Direction", "舞台提示"),
    (Role::Definition, "Definition", "释义"),
    (Role::Publication, "Publication", "版权页"),
    (Role::NotesHead, "Notes Head", "注释标题"),
];

/// The id of the style for headings of `level` (1 to 6).
pub const fn of_heading(level: u8) -> &'static str {
    match level {
        0 | 1 => "Heading1",
        2 => "Heading2",
        3 => "Heading3",
        4 => "Heading4",
        5 => "Heading5",
        _ => "Heading6",
    }
}

impl Setting<'_> {
    /// The styles part.
    pub fn part(&self) -> String {
        let mut out = format!("{DECLARATION}<w:styles {NAMESPACES}>{}", self.defaults());
        // Size and faces once more: LibreOffice measures the grid of characters by this style, not by the defaults.
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
             <w:rPr>{}{}</w:rPr></w:style>",
            run_fonts(self.style.body.face, self.language, self.own),
            size(self.style.body.size)
        ));
        out.push_str(
            "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/>\
             <w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>\
             <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
             <w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
             <w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar>\
             </w:tblPr></w:style>\
             <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/>\
             <w:semiHidden/><w:unhideWhenUsed/></w:style>",
        );
        for paragraph in self.paragraphs() {
            self.push_paragraph(&paragraph, &mut out);
        }
        self.push_characters(&mut out);
        let em = |thousandths| self.style.table.size.em(thousandths).to_twips();
        let rule = |edge: &str, size: u8| {
            format!("<w:{edge} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"auto\"/>")
        };
        let grid = |edges: &[&str]| match self.style.table_grid {
            true => edges.iter().map(|edge| rule(edge, 4)).collect::<String>(),
            false => String::new(),
        };
        let mut margins = String::new();
        for (edge, space) in [("top", ABOVE), ("left", BESIDE), ("bottom", ABOVE), ("right", BESIDE)] {
            margins.push_str(&format!("<w:{edge} w:w=\"{}\" w:type=\"dxa\"/>", em(space)));
        }
        out.push_str(&format!(
            "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"ThreeRules\"><w:name w:val=\"Three Rules\"/><w:aliases w:val=\"三线表\"/>\
             <w:basedOn w:val=\"TableNormal\"/><w:uiPriority w:val=\"39\"/><w:tblPr><w:tblBorders>{}{}</w:tblBorders><w:tblCellMar>{margins}\
             </w:tblCellMar></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:tblPr/><w:tcPr><w:tcBorders>{}</w:tcBorders></w:tcPr></w:tblStylePr>\
             </w:style></w:styles>",
            rule("top", 6) + &grid(&["left"]),
            rule("bottom", 6) + &grid(&["right", "insideH", "insideV"]),
            rule("bottom", 4),
        ));
        out
    }

    /// What holds where no style says otherwise: faces, size, languages, and how Chinese lines are broken.
    fn defaults(&self) -> String {
        let style = self.style;
        let on = |on: bool| if on { "1" } else { "0" };
        format!(
            "<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{spacing}<w:kern w:val=\"2\"/>{size}\
             <w:lang w:val=\"en-US\" w:eastAsia=\"{language}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
             <w:pPrDefault><w:pPr><w:widowControl w:val=\"1\"/><w:kinsoku w:val=\"{kinsoku}\"/><w:overflowPunct w:val=\"{hanging}\"/>\
             <w:topLinePunct w:val=\"{trim}\"/><w:autoSpaceDE w:val=\"{gap}\"/><w:autoSpaceDN w:val=\"{gap}\"/></w:pPr></w:pPrDefault></w:docDefaults>{LATENT}",
            fonts = run_fonts(style.body.face, self.language, self.own),
            spacing = self.character_spacing(),
            size = size(style.body.size),
            language = language_tag(self.language),
            kinsoku = on(style.kinsoku != Kinsoku::None),
            hanging = on(style.hanging),
            trim = on(style.punctuation != Punctuation::Quanjiao),
            gap = on(style.western_gap > 0),
        )
    }

    /// What brings characters as close as the grid has them, in whole twips, so that a line surely holds its number.
    fn character_spacing(&self) -> String {
        let closer = self.style.zi(&self.style.body) - self.style.body.size;
        match self.style.page.line_width {
            Some(_) => format!("<w:spacing w:val=\"{}\"/>", closer.0.div_euclid(50)),
            None => String::new(),
        }
    }

    /// The paragraph styles.
    fn paragraphs(&self) -> Vec<Paragraph<'static>> {
        let style = self.style;
        let plain = |id: &'static str, name: &'static str, alias: &'static str, look: &TextStyle| Paragraph {
            id,
            name,
            alias,
            based_on: "Normal",
            next: "BodyText",
            outline: None,
            keep_next: false,
            page_break: false,
            lines: self.lines(look),
            look: look.clone(),
            more: String::new(),
        };
        let itself = |paragraph: Paragraph<'static>| Paragraph { next: paragraph.id, ..paragraph };
        let mut all = vec![itself(plain("BodyText", "Body Text", "", &style.body))];
        all.push(Paragraph { outline: Some(0), keep_next: true, ..plain("Title", "Title", "", &style.title) });
        let headings = ["heading 1", "heading 2", "heading 3", "heading 4", "heading 5", "heading 6"];
        for ((level, name), look) in (1..).zip(headings).zip(&style.headings) {
            all.push(Paragraph {
                outline: Some(level - 1),
                keep_next: true,
                page_break: style.chapter_break
                    && self.chapters.is_some_and(|chapters| {
                        chapters.begin_pages(style.page_characters()) && level <= chapters.level
                    }),
                ..plain(of_heading(level), name, "", look)
            });
        }
        // The rules of the record (GB/T 9704 7.4.1: 0.35 mm around, 0.25 mm between) stand in its style: LibreOffice makes no frame of paragraphs that have one between them themselves.
        let rule = |side: &str, eighths: u8| {
            format!("<w:{side} w:val=\"single\" w:sz=\"{eighths}\" w:space=\"1\" w:color=\"auto\"/>")
        };
        let rules = format!("<w:pBdr>{}{}{}</w:pBdr>", rule("top", 8), rule("bottom", 8), rule("between", 6));
        // The rule of the head, below the number of the document (GB/T 9704 7.2.7): of the colour of the name above it.
        let head = style.office.as_ref().filter(|_| self.head_rule);
        let head = head.map(|office| format!("<w:pBdr>{}</w:pBdr>", head_rule(style, office)));
        for (role, name, alias) in ROLES {
            let more = if role == Role::PrintRecord && style.record_at_foot {
                rules.clone()
            } else {
                head.clone().filter(|_| role == Role::DocumentNumber).unwrap_or_default()
            };
            all.push(Paragraph { more, ..plain(of_role(role), name, alias, style.role(role)) });
        }
        let flush = TextStyle { first_indent: 0, ..style.body.clone() };
        let centered = TextStyle { align: Alignment::Center, ..flush.clone() };
        let rule = "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>";
        all.push(itself(plain("Quote", "Quote", "", &style.quote)));
        all.push(itself(plain("Verse", "Verse", "诗行", &style.verse)));
        all.push(itself(plain("ListParagraph", "List Paragraph", "", &flush)));
        all.push(itself(plain("Code", "Code", "代码", &style.code)));
        all.push(plain("Divider", "Divider", "分隔", &centered));
        all.push(Paragraph { more: rule.into(), ..plain("DividerRule", "Divider Rule", "分隔线", &centered) });
        all.push(Paragraph { lines: Lines::Grid, ..plain("Figure", "Figure", "图", &centered) });
        let point = Unit::pt(1);
        let least = TextStyle { size: point, ..flush.clone() };
        all.push(Paragraph { lines: Lines::Exact(point), ..plain("SectionEnd", "Section End", "分节", &least) });
        // The space above and below a table is not that of its cells.
        let cell = TextStyle { before: 0, after: 0, ..style.table.clone() };
        let space = style.pitch.em(style.table.after).max(point);
        all.push(Paragraph {
            lines: Lines::Exact(space), ..plain("TableSpace", "Table Space", "表格间距", &least)
        });
        all.push(itself(plain("TableText", "Table Text", "表格文字", &cell)));
        let head = TextStyle { face: Face::HeiBold, align: Alignment::Center, ..cell };
        all.push(itself(Paragraph { keep_next: true, ..plain("TableHeading", "Table Heading", "表头", &head) }));
        all.push(itself(plain("FootnoteText", "footnote text", "", &style.note)));
        if style.links == Links::Notes {
            all.push(itself(plain("LinkNote", "Link Note", "网址注", &style.note)));
        }
        all.push(itself(Paragraph { next: "CommentText", ..plain("CommentText", "annotation text", "", &flush) }));
        self.push_page_styles(&plain, &mut all);
        all
    }

    /// Running heads, page numbers and the table of contents.
    fn push_page_styles(
        &self,
        plain: &dyn Fn(&'static str, &'static str, &'static str, &TextStyle) -> Paragraph<'static>,
        all: &mut Vec<Paragraph<'static>>,
    ) {
        let style = self.style;
        let head = TextStyle {
            size: style.head_size,
            align: Alignment::Center,
            first_indent: 0,
            before: 0,
            after: 0,
            ..style.body.clone()
        };
        let foot = TextStyle { size: style.folio_size, face: Face::Song, ..head.clone() };
        // GB/T 9704 7.5: one character from the outside edge.
        let odd = TextStyle { align: Alignment::Right, end_indent: 1000, ..foot.clone() };
        let even = TextStyle { align: Alignment::Left, indent: 1000, ..foot.clone() };
        for (id, name, alias, look) in [
            ("Header", "header", "", &head),
            ("Footer", "footer", "", &foot),
            ("FooterOdd", "Footer Odd", "单页页脚", &odd),
            ("FooterEven", "Footer Even", "双页页脚", &even),
        ] {
            all.push(Paragraph { next: id, lines: Lines::Exact(look.size.em(1400)), ..plain(id, name, alias, look) });
        }
        let heading = TextStyle { align: Alignment::Center, ..style.headings[0].clone() };
        all.push(Paragraph { keep_next: true, ..plain("TOCHeading", "TOC Heading", "", &heading) });
        let leader = format!(
            "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{}\"/></w:tabs>",
            style.measure().to_twips()
        );
        for (level, name) in (1..).zip(["toc 1", "toc 2", "toc 3", "toc 4", "toc 5", "toc 6"]) {
            let id = super::contents::style(level);
            let look = TextStyle {
                first_indent: 0,
                indent: 2000 * i32::from(u8::saturating_sub(level, self.contents_level)),
                align: Alignment::Left,
                ..style.body.clone()
            };
            all.push(Paragraph { next: "Normal", more: leader.clone(), ..plain(id, name, "", &look) });
        }
    }

    /// How the lines of `look` stand: on the grid of the page when one grid line holds them with any typeface, else as far apart as
    /// the style says. Where the grid has characters too, the lines keep off it: LibreOffice gives a character that is wider than its
    /// cell a second one. The distance of lines and characters is that of the grid all the same.
    fn lines(&self, look: &TextStyle) -> Lines {
        let pitch = self.style.pitch_of(look);
        let fits = look.size.em(TALLEST) <= self.style.pitch && self.style.page.line_width.is_none();
        if pitch == self.style.pitch && fits { Lines::Grid } else { Lines::Exact(pitch) }
    }

    fn push_paragraph(&self, p: &Paragraph<'_>, out: &mut String) {
        let custom = if p.alias.is_empty() { "" } else { " w:customStyle=\"1\"" };
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
            p.id, p.name
        ));
        if !p.alias.is_empty() {
            out.push_str(&format!("<w:aliases w:val=\"{}\"/>", p.alias));
        }
        out.push_str(&format!("<w:basedOn w:val=\"{}\"/><w:next w:val=\"{}\"/>", p.based_on, p.next));
        let priority = if p.id.starts_with("TOC") { 39 } else { 9 };
        out.push_str(&format!("<w:uiPriority w:val=\"{priority}\"/><w:qFormat/><w:pPr>"));
        if p.keep_next {
            out.push_str("<w:keepNext/><w:keepLines/>");
        }
        if p.page_break {
            out.push_str("<w:pageBreakBefore/>");
        }
        out.push_str(&p.more);
        if p.lines != Lines::Grid {
            out.push_str("<w:snapToGrid w:val=\"0\"/>");
        }
        out.push_str(&self.spacing(p));
        out.push_str(&indent(&p.look, self.style.zi(&p.look)));
        // The space above and below is that of all code, of all of a quotation: not of each of its paragraphs.
        if p.outline.is_none() && p.look.before + p.look.after > 0 {
            out.push_str("<w:contextualSpacing/>");
        }
        out.push_str(&format!("<w:jc w:val=\"{}\"/>", justification(p.look.align)));
        if let Some(level) = p.outline {
            out.push_str(&format!("<w:outlineLvl w:val=\"{level}\"/>"));
        }
        out.push_str("</w:pPr><w:rPr>");
        if p.look.face != self.style.body.face {
            out.push_str(&run_fonts(p.look.face, self.language, self.own));
        }
        if p.id == NOTES_HEAD {
            out.push_str("<w:vanish/>");
        }
        if let Some(colour) = p.look.colour {
            out.push_str(&format!("<w:color w:val=\"{}\"/>", colour.hex()));
        }
        if p.look.size != self.style.body.size {
            out.push_str(&size(p.look.size));
        }
        out.push_str("</w:rPr></w:style>");
    }

    /// Space around a paragraph and between its lines. What the lines of a heading lack to whole lines of the page is shared out above and
    /// below (E2).
    fn spacing(&self, p: &Paragraph<'_>) -> String {
        let pitch = self.style.pitch.max(Unit(1));
        let space = |lines: i32| pitch.em(lines.max(0));
        let (mut before, mut after) = (space(p.look.before), space(p.look.after));
        let line = match p.lines {
            Lines::Grid => "w:line=\"240\" w:lineRule=\"auto\"".to_owned(),
            Lines::Exact(height) => format!("w:line=\"{}\" w:lineRule=\"exact\"", height.to_twips().max(20)),
        };
        if let (Lines::Exact(height), true) = (p.lines, p.outline.is_some()) {
            let lacking = (pitch.0 - (before + height + after).0.rem_euclid(pitch.0)).rem_euclid(pitch.0);
            before += Unit(lacking / 2);
            after += Unit(lacking - lacking / 2);
        }
        let hundredths = |space: Unit| i64::from(space.0) * 100 / i64::from(pitch.0);
        format!(
            "<w:spacing w:beforeLines=\"{}\" w:before=\"{}\" w:afterLines=\"{}\" w:after=\"{}\" {line}/>",
            hundredths(before),
            before.to_twips(),
            hundredths(after),
            after.to_twips()
        )
    }

    fn push_characters(&self, out: &mut String) {
        let fonts = |face| run_fonts(face, self.language, self.own);
        let mark = "<w:em w:val=\"underDot\"/>";
        // Hei is bold of itself.
        let own = self.own.iter().any(|font| font.face == Face::HeiBold && font.side == Side::Western);
        let bold = if own { fonts(Face::HeiBold) } else { "<w:b/><w:bCs/>".into() };
        let superscript = "<w:vertAlign w:val=\"superscript\"/>";
        let of_links = ("LinkReference", "Link Reference", "网址注号", 99, superscript.to_owned());
        let of_links = Some(of_links).filter(|_| self.style.links == Links::Notes);
        let all = [
            ("Strong", "Strong", "", 22, fonts(Face::HeiBold)),
            ("StrongWestern", "Strong Western", "西文着重", 22, bold),
            ("StrongEmphasis", "Strong Emphasis", "特别强调", 22, fonts(Face::HeiBold) + mark),
            ("Emphasis", "Emphasis", "", 20, fonts(Face::Kai)),
            ("EmphasisWestern", "Emphasis Western", "西文强调", 20, "<w:i/><w:iCs/>".into()),
            ("EmphasisMark", "Emphasis Mark", "着重号", 20, mark.into()),
            ("CodeChar", "Code Char", "行内代码", 21, fonts(Face::Mono) + "<w:noProof/>"),
            ("RunningTitle", "Running Title", "书眉标题", 10, String::new()),
            ("FootnoteReference", "footnote reference", "", 99, superscript.into()),
            ("CommentReference", "annotation reference", "", 99, "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>".into()),
            ("Hyperlink", "Hyperlink", "", 99, "<w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/>".into()),
        ];
        // What leads into a paragraph of an official document, by its level (GB/T 9704 7.3.3).
        let levels =
            [(HEI, "Hei Char", "黑体字", 21, fonts(Face::Hei)), (KAI, "Kai Char", "楷体字", 21, fonts(Face::Kai))];
        let levels = levels.into_iter().filter(|_| self.style.office.is_some());
        for (id, name, alias, priority, properties) in all.into_iter().chain(of_links).chain(levels) {
            let custom = if alias.is_empty() { "" } else { " w:customStyle=\"1\"" };
            let alias = if alias.is_empty() { String::new() } else { format!("<w:aliases w:val=\"{alias}\"/>") };
            out.push_str(&format!(
                "<w:style w:type=\"character\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{alias}\
                 <w:basedOn w:val=\"DefaultParagraphFont\"/><w:uiPriority w:val=\"{priority}\"/><w:qFormat/><w:rPr>{properties}</w:rPr></w:style>"
            ));
        }
    }
}

/// The rule below the head of an official document (7.2.7): of the colour of the name above it.
pub fn head_rule(style: &Style, office: &Office) -> String {
    // Half of what parts two lines is below the characters of the line as well.
    let space = office.rule_gap - (style.pitch - style.body.size) / 2;
    rule_of_head(style, "bottom", "single", office.rule.to_pt() * 8.0, space.max(Unit::ZERO).to_pt())
}

/// A rule of a letter (10.1): the upper one at the `bottom` of its paragraph, whose characters end so far above it as `parted`, or the lower.
pub fn letter_rule(style: &Style, office: &Office, side: &str, parted: Unit) -> String {
    let kind = if side == "bottom" { "thickThinSmallGap" } else { "thinThickSmallGap" };
    rule_of_head(style, side, kind, office.rule.to_pt() * 20.0, (office.rule_gap - parted).max(Unit::ZERO).to_pt())
}

fn rule_of_head(style: &Style, side: &str, kind: &str, eighths: f32, points: f32) -> String {
    let colour = style.role(Role::Issuer).colour.map_or_else(|| "auto".to_owned(), Colour::hex);
    format!("<w:{side} w:val=\"{kind}\" w:sz=\"{eighths:.0}\" w:space=\"{points:.0}\" w:color=\"{colour}\"/>")
}

fn size(size: Unit) -> String {
    let half_points = half_points(size);
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

/// Indents, in characters for programs that know them (they follow when the user changes the size) and in twips for those that do not.
fn indent(look: &TextStyle, zi: Unit) -> String {
    let twips = |thousandths: i32| zi.em(thousandths).to_twips();
    let (name, first) =
        if look.first_indent < 0 { ("hanging", -look.first_indent) } else { ("firstLine", look.first_indent) };
    let start = look.indent;
    format!(
        "<w:ind w:leftChars=\"{}\" w:left=\"{}\" w:rightChars=\"{}\" w:right=\"{}\" w:{name}Chars=\"{}\" w:{name}=\"{}\"/>",
        start / 10,
        twips(start),
        look.end_indent / 10,
        twips(look.end_indent),
        first / 10,
        twips(first)
    )
}

/// The value of `w:jc`.
pub const fn justification(align: Alignment) -> &'static str {
    match align {
        Alignment::Justify => "both",
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}

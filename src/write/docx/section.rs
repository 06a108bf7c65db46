//! The page: its size, margins, grid and columns, its running heads and page numbers.

use super::inline::{field, text_run};
use super::package::Member;
use super::xml::{DECLARATION, NAMESPACES};
use crate::style::{FolioForm, FolioPlace, RunningHead, Style};
use crate::unit::Unit;
use docx_rs::{
    DocGrid, DocGridType, FooterReference, HeaderReference, PageMargin, PageSize, Paragraph, ParagraphChild,
    ParagraphProperty, SectionProperty,
};

/// What the pages of a document need.
pub struct Pages<'a> {
    /// The style.
    pub style: &'a Style,
    /// Text of the title, if there is one.
    pub title: Option<String>,
    /// Text of the first chapter heading and the level of chapters, if there are chapters.
    pub chapter: Option<(String, u8)>,
}

/// On which pages a head or foot stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Odd,
    Even,
    First,
}

impl On {
    const ALL: [On; 3] = [On::Odd, On::Even, On::First];

    /// The value of `w:type`.
    const fn kind(self) -> &'static str {
        match self {
            On::Odd => "default",
            On::Even => "even",
            On::First => "first",
        }
    }

    const fn header(self) -> (&'static str, &'static str) {
        match self {
            On::Odd => ("rIdHeader1", "header1.xml"),
            On::Even => ("rIdHeader2", "header2.xml"),
            On::First => ("rIdHeader3", "header3.xml"),
        }
    }

    const fn footer(self) -> (&'static str, &'static str) {
        match self {
            On::Odd => ("rIdFooter1", "footer1.xml"),
            On::Even => ("rIdFooter2", "footer2.xml"),
            On::First => ("rIdFooter3", "footer3.xml"),
        }
    }
}

impl Pages<'_> {
    /// Whether even pages have heads and feet of their own.
    pub fn even_and_odd(&self) -> bool {
        self.style.folio.1 == FolioPlace::Outside || self.style.head == RunningHead::TitleAndChapter
    }

    /// Whether heads or feet stand `on` pages of their own.
    fn apart(&self, on: On) -> bool {
        match on {
            On::Odd => true,
            On::Even => self.even_and_odd(),
            On::First => self.style.head != RunningHead::None,
        }
    }

    /// The properties of the section.
    pub fn section(&self) -> SectionProperty {
        let page = &self.style.page;
        let pitch = self.style.pitch.to_twips();
        let columns = page.columns.max(1);
        let gap = self.style.body.size.em(page.column_gap);
        let width = self.style.measure() * columns + gap * (columns - 1);
        let (page_width, page_height) = (page.width.to_twips(), page.height.to_twips());
        let left = page.inside.to_twips();
        let right = (page_width - left - width.to_twips()).max(0);
        let top = page.top.to_twips();
        // A little more than the lines need, lest rounding push the last one to the next page.
        const SLACK: i32 = 8;
        let bottom = (page_height - top - pitch * page.lines - SLACK).max(0);
        let margin = PageMargin::new()
            .top(top)
            .bottom(bottom)
            .left(left)
            .right(right)
            .header(between(top, self.style.head_size))
            .footer(between(bottom, self.style.folio_size))
            .gutter(0);
        let mut section = SectionProperty::new()
            .page_size(PageSize::new().size(page_width.unsigned_abs(), page_height.unsigned_abs()))
            .page_margin(margin)
            .doc_grid(self.grid(pitch));
        section.columns = columns.unsigned_abs() as usize;
        section.space = gap.to_twips().unsigned_abs() as usize;
        section.title_pg = self.apart(On::First);
        for on in On::ALL.into_iter().filter(|&on| self.apart(on)) {
            let header = Some(HeaderReference::new(on.kind(), on.header().0));
            let footer = Some(FooterReference::new(on.kind(), on.footer().0));
            match on {
                On::Odd => (section.header_reference, section.footer_reference) = (header, footer),
                On::Even => (section.even_header_reference, section.even_footer_reference) = (header, footer),
                On::First => (section.first_header_reference, section.first_footer_reference) = (header, footer),
            }
        }
        section
    }

    /// The grid: lines, and where the style sets characters closer or wider than their size, characters too.
    fn grid(&self, pitch: i32) -> DocGrid {
        let grid = DocGrid::new().line_pitch(pitch.unsigned_abs() as usize);
        if self.style.page.line_width.is_none() {
            return grid.grid_type(DocGridType::Lines);
        }
        // In 4096ths of a point (17.6.5).
        let closer = i64::from((self.style.zi(&self.style.body) - self.style.body.size).0);
        grid.grid_type(DocGridType::LinesAndChars).char_space((closer * 4096 / 1000) as isize)
    }

    /// The parts of heads and feet. `serialize` turns a paragraph into XML.
    ///
    /// # Errors
    /// Those of `serialize`.
    pub fn members(
        &self,
        mut serialize: impl FnMut(&Paragraph) -> Result<Vec<u8>, String>,
    ) -> Result<Vec<Member>, String> {
        let mut members = Vec::new();
        for on in On::ALL.into_iter().filter(|&on| self.apart(on)) {
            let (id, name) = on.header();
            let content = serialize(&paragraph("Header", self.head(on)))?;
            members.push(Member::new(id, "header", name, part("hdr", &content)));
            let (id, name) = on.footer();
            let content = serialize(&paragraph(self.foot_style(on), self.folio(on)))?;
            members.push(Member::new(id, "footer", name, part("ftr", &content)));
        }
        Ok(members)
    }

    /// What the running head says `on` its pages: fields that follow the text when it is edited.
    fn head(&self, on: On) -> Vec<ParagraphChild> {
        let title = self.title.as_ref().map(|text| field("STYLEREF \"Running Title\"", text, false));
        // A number stands for the heading of that level in Word of any language.
        let chapter = self.chapter.as_ref().map(|(text, level)| field(&format!("STYLEREF {level}"), text, false));
        let field = match (self.style.head, on) {
            (RunningHead::None, _) | (_, On::First) => None,
            (RunningHead::Title, _) | (RunningHead::TitleAndChapter, On::Even) => title.or(chapter),
            (RunningHead::TitleAndChapter, On::Odd) => chapter.or(title),
        };
        field.into_iter().flatten().collect()
    }

    fn foot_style(&self, on: On) -> &'static str {
        match (self.style.folio.1, on) {
            (FolioPlace::Center, _) => "Footer",
            (FolioPlace::Outside, On::Odd | On::First) => "FooterOdd",
            (FolioPlace::Outside, On::Even) => "FooterEven",
        }
    }

    /// The page number.
    fn folio(&self, on: On) -> Vec<ParagraphChild> {
        let (before, after) = match self.style.folio.0 {
            FolioForm::Plain => ("", ""),
            FolioForm::Dashed => ("— ", " —"),
            FolioForm::Dotted => ("· ", " ·"),
        };
        let number = if on == On::Even { "2" } else { "1" };
        let mut children = Vec::new();
        children.extend((!before.is_empty()).then(|| text_run(before, None)));
        children.extend(field("PAGE", number, false));
        children.extend((!after.is_empty()).then(|| text_run(after, None)));
        children
    }
}

/// Distance from the edge of the page at which a line of `size` stands in the middle of a margin, nearer to the text.
fn between(margin: i32, size: Unit) -> i32 {
    ((margin - size.em(1400).to_twips()) * 3 / 5).max(0)
}

fn paragraph(style: &str, children: Vec<ParagraphChild>) -> Paragraph {
    Paragraph { id: String::new(), children, property: ParagraphProperty::new().style(style), has_numbering: false }
}

/// A head or foot part.
fn part(root: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("{DECLARATION}<w:{root} {NAMESPACES}>").into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(format!("</w:{root}>").as_bytes());
    out
}

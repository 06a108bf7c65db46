//! The page: its size, margins, grid and columns, its running heads and page numbers.

use super::inline::{field, text_run};
use super::package::Member;
use super::xml::{DECLARATION, NAMESPACES};
use crate::style::{FolioForm, FolioPlace, RunningHead, Style};
use crate::unit::Unit;
use docx_rs::ParagraphChild;

/// What the pages of a document need.
pub struct Pages<'a> {
    /// The style.
    pub style: &'a Style,
    /// Text of the title, if there is one.
    pub title: Option<String>,
    /// Text of the first chapter heading and the level of chapters, if there are chapters.
    pub chapter: Option<(String, u8)>,
    /// Whether it is a letter of an office, whose first page has no number (GB/T 9704 10.1).
    pub letter: bool,
}

/// A part of the document that is a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// What stands before the text, the table of contents last: its pages have roman numbers, as in our own layout.
    Front,
    /// The text after it, whose pages are counted from 1.
    Text,
    /// What stands on pages that are turned: their upper edge is the left one of the others.
    Turned,
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

    /// The properties of the section that is this `part` of the document.
    pub fn section(&self, part: Part) -> String {
        let page = &self.style.page;
        let pitch = self.style.pitch.to_twips();
        let columns = page.columns.max(1);
        let gap = self.style.body.size.em(page.column_gap);
        let width = self.style.measure() * columns + gap * (columns - 1);
        let (page_width, page_height) = (page.width.to_twips(), page.height.to_twips());
        let top = page.top.to_twips();
        // A little more than the lines need, lest rounding push the last one to the next page: LibreOffice counts lines by their pitch in
        // hundredths of a millimetre. The end of the front takes the rest.
        const SLACK: i32 = 40;
        let (inside, lines) = (page.inside.to_twips(), pitch * page.lines + SLACK);
        // Vertical lines begin at the right edge, and are as high as others are wide.
        let (left, right, bottom) = match self.style.is_vertical() {
            true => ((page_width - inside - lines).max(0), inside, (page_height - top - width.to_twips()).max(0)),
            false => (inside, (page_width - inside - width.to_twips()).max(0), (page_height - top - lines).max(0)),
        };
        let turned = part == Part::Turned;
        let (page_width, page_height) = if turned { (page_height, page_width) } else { (page_width, page_height) };
        let [top, right, bottom, left] = if turned { [left, top, right, bottom] } else { [top, right, bottom, left] };
        let mut out = "<w:sectPr>".to_owned();
        let on = || On::ALL.into_iter().filter(|&on| self.apart(on));
        // No running head stands before the text.
        let header = |on| if part == Part::Front { On::First } else { on };
        let headers = on().map(|on| ("header", on, header(on).header().0));
        for (tag, on, id) in headers.chain(on().map(|on| ("footer", on, on.footer().0))) {
            out.push_str(&format!("<w:{tag}Reference w:type=\"{}\" r:id=\"{id}\"/>", on.kind()));
        }
        let (kind, number) = match part {
            Part::Whole | Part::Turned => ("nextPage", ""),
            Part::Front => ("nextPage", "<w:pgNumType w:fmt=\"lowerRoman\"/>"),
            // A text begins on a right-hand page.
            Part::Text if page.mirrored => ("oddPage", "<w:pgNumType w:start=\"1\"/>"),
            Part::Text => ("nextPage", "<w:pgNumType w:start=\"1\"/>"),
        };
        out.push_str(&format!(
            "<w:type w:val=\"{kind}\"/><w:pgSz w:w=\"{page_width}\" w:h=\"{page_height}\"{}/>\
             <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{}\" w:footer=\"{}\" \
             w:gutter=\"0\"/>{number}<w:cols w:space=\"{}\" w:num=\"{columns}\"/>{}{}{}</w:sectPr>",
            if turned { " w:orient=\"landscape\"" } else { "" },
            between(top, self.style.head_size),
            between(bottom, self.style.folio_size),
            gap.to_twips(),
            if self.apart(On::First) || self.letter { "<w:titlePg/>" } else { "" },
            if self.style.is_vertical() { "<w:textDirection w:val=\"tbRl\"/>" } else { "" },
            self.grid(pitch),
        ));
        out
    }

    /// The grid: lines, and where the style sets characters closer or wider than their size, characters too.
    fn grid(&self, pitch: i32) -> String {
        if self.style.page.line_width.is_none() {
            return format!("<w:docGrid w:type=\"lines\" w:linePitch=\"{pitch}\"/>");
        }
        // In 4096ths of a point (17.6.5).
        let closer = i64::from((self.style.zi(&self.style.body) - self.style.body.size).0) * 4096 / 1000;
        format!("<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"{pitch}\" w:charSpace=\"{closer}\"/>")
    }

    /// The parts of heads and feet. `serialize` turns a paragraph into XML.
    ///
    /// # Errors
    /// Those of `serialize`.
    pub fn members(
        &self,
        mut serialize: impl FnMut(&str, &[ParagraphChild]) -> Result<Vec<u8>, String>,
    ) -> Result<Vec<Member>, String> {
        let mut members = Vec::new();
        for on in On::ALL.into_iter().filter(|&on| self.apart(on)) {
            let (id, name) = on.header();
            let content = serialize("Header", &self.head(on))?;
            members.push(Member::new(id, "header", name, part("hdr", &content)));
            let (id, name) = on.footer();
            let content = serialize(self.foot_style(on), &self.folio(on))?;
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

/// A head or foot part.
fn part(root: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("{DECLARATION}<w:{root} {NAMESPACES}>").into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(format!("</w:{root}>").as_bytes());
    out
}

//! A transcript: what a file says, written so that its text can be read and restored like any other, and followed back to where it stood.
//!
//! It is Markdown of the plainest kind, in which every block but a list is one line, or plain text where a file says nothing but paragraphs. Looks are tags of HTML, which need no neighbours to be
//! understood. What would be a sign of Markdown is a character reference, so that no rule of the text takes it for a mark of the text either: `*` is `&#42;`.

mod indent;
mod look;
mod sign;

use crate::normalize::Syntax;
use crate::span::Stretch;
pub use look::Look;
use sign::{Site, is_sign};
use std::fmt::Write;
use std::ops::Range;

/// Quotations and lists within others beyond this are written as if they stood in those.
const DEEPEST: usize = 12;
/// Targets of links that go on in further blocks, in bytes of all: beyond this what is linked goes on as text.
const REPEATED: usize = 1 << 18;

/// Looks within others beyond this are not written: they are ended and begun again in each block.
const MOST_LOOKS: usize = 16;

/// A transcript that is being written.
#[derive(Debug)]
pub struct Transcript {
    text: String,
    syntax: Syntax,
    places: Vec<Stretch>,
    /// What every line begins with: the signs of quotations, the room of items.
    prefix: String,
    /// Lengths of the prefix around the containers that are open; none for those that are not written.
    containers: Vec<Option<usize>>,
    /// The signs of the items and quotations that begin.
    begun: String,
    /// What is to stand before the block that begins.
    gap: Gap,
    /// Whether a rule stands there too.
    rule: bool,
    /// The looks of what comes, and how many of them are written.
    looks: Vec<Look>,
    written: usize,
    /// How many bytes of targets were repeated.
    repeated: usize,
    /// Whether something of the line is written.
    in_line: bool,
    /// Line ends that were asked for since.
    breaks: usize,
    /// Whether a blank was asked for since.
    blank: bool,
    /// Whether the line is one of a table.
    in_table: bool,
    /// The level of the heading that the block is; 0 where it is none.
    heading: u8,
    last: char,
}

/// What stands between two blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// Nothing: it is the first.
    Beginning,
    /// The end of a line.
    Line,
    /// A blank line.
    Blank,
}

impl Transcript {
    /// A transcript in this syntax, of nothing yet.
    pub fn new(syntax: Syntax) -> Self {
        Transcript {
            text: String::new(),
            syntax,
            places: vec![],
            prefix: String::new(),
            containers: vec![],
            begun: String::new(),
            gap: Gap::Beginning,
            rule: false,
            looks: vec![],
            written: 0,
            repeated: 0,
            in_line: false,
            breaks: 0,
            blank: false,
            in_table: false,
            heading: 0,
            last: '\n',
        }
    }

    /// The text, its syntax, and where it stood.
    pub fn finish(mut self) -> (String, Syntax, Vec<Stretch>) {
        self.end_block();
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        (self.text, self.syntax, self.places)
    }

    /// The title of the file that no heading says.
    pub fn title(&mut self, title: &str, place: usize) {
        self.text.push_str("---\ntitle: \"");
        self.places.push(Stretch { start: self.text.len(), place, len: title.len() });
        for c in title.chars() {
            match c {
                '"' | '\\' => self.text.extend(['\\', c]),
                c if c.is_control() => self.text.push(' '),
                c => self.text.push(c),
            }
        }
        self.text.push_str("\"\n---\n");
        self.gap = Gap::Line;
    }

    /// Ends the block; what comes begins another.
    pub fn end_block(&mut self) {
        if self.in_table {
            return self.line_end();
        }
        self.close_looks(0);
        if self.in_line {
            self.in_line = false;
            self.gap = Gap::Blank;
        }
        self.heading = 0;
        (self.breaks, self.blank) = (0, false);
    }

    /// A heading of this level.
    pub fn heading(&mut self, level: u8) {
        self.end_block();
        if self.syntax == Syntax::Markdown && !self.in_table {
            self.heading = level.clamp(1, 6);
        }
    }

    /// A rule, if anything comes behind it. Plain text has none.
    pub fn rule(&mut self) {
        self.end_block();
        self.rule = self.syntax == Syntax::Markdown && !self.in_table && self.gap != Gap::Beginning;
    }

    /// An item of a list begins: with a number, or with a bullet. `parted`: it is the first of a list behind another.
    pub fn item(&mut self, number: Option<u64>, parted: bool) {
        self.end_block();
        if parted
            && self.syntax == Syntax::Markdown
            && !self.in_table
            && self.gap != Gap::Beginning
            && self.begun.is_empty()
        {
            self.begin_line();
            self.text.push_str("<!-- -->");
            self.end_block();
        }
        self.begin(&number.map_or("- ".to_owned(), |number| format!("{}. ", number % 1_000_000_000)));
    }

    /// A quotation begins.
    pub fn quote(&mut self) {
        self.end_block();
        self.begin("> ");
    }

    /// Begins a container with this sign, which stands in the line that comes.
    fn begin(&mut self, sign: &str) {
        let deep = self.containers.len() >= DEEPEST || self.in_table || self.syntax == Syntax::Plain;
        self.containers.push((!deep).then_some(self.prefix.len()));
        if !deep {
            self.begun.push_str(sign);
        }
    }

    /// The item or quotation ends.
    pub fn end_container(&mut self) {
        self.end_block();
        if let Some(Some(length)) = self.containers.pop() {
            self.begun.clear();
            self.prefix.truncate(length);
        }
    }

    /// The items that follow stand close.
    pub fn close_up(&mut self) {
        if self.gap == Gap::Blank {
            self.gap = Gap::Line;
        }
    }

    /// A table begins.
    pub fn table(&mut self) {
        self.end_block();
        self.begin_line();
        self.text.push_str("<table>");
        (self.in_table, self.in_line) = (true, false);
    }

    /// A row of the table begins.
    pub fn row(&mut self) {
        self.newline();
        self.text.push_str("<tr>");
    }

    /// A cell begins, which is a head or spans columns and rows.
    pub fn cell(&mut self, head: bool, columns: usize, rows: usize) {
        self.text.push_str(if head { "<th" } else { "<td" });
        for (name, number) in [("colspan", columns), ("rowspan", rows)] {
            if number > 1 {
                let _ = write!(self.text, " {name}=\"{number}\"");
            }
        }
        self.text.push('>');
        (self.in_line, self.breaks, self.blank, self.last) = (false, 0, false, '>');
    }

    /// The cell ends.
    pub fn end_cell(&mut self, head: bool) {
        self.close_looks(0);
        self.text.push_str(if head { "</th>" } else { "</td>" });
        (self.breaks, self.blank) = (0, false);
    }

    /// The row ends.
    pub fn end_row(&mut self) {
        self.text.push_str("</tr>");
    }

    /// The table ends.
    pub fn end_table(&mut self) {
        self.newline();
        self.text.push_str("</table>");
        (self.in_table, self.in_line) = (false, true);
        self.end_block();
    }

    /// Lines that are kept as they are, which stand at `place`.
    pub fn verbatim(&mut self, lines: &str, place: impl Fn(usize) -> usize) {
        self.end_block();
        let ticks = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1;
        let fence = if self.syntax == Syntax::Markdown { "`".repeat(ticks) } else { String::new() };
        if !fence.is_empty() {
            self.begin_line();
            self.text.push_str(&fence);
        }
        let mut at = 0;
        for (i, line) in lines.split('\n').enumerate() {
            if i > 0 || !fence.is_empty() {
                self.newline();
            } else {
                self.begin_line();
            }
            self.places.push(Stretch { start: self.text.len(), place: place(at), len: line.len() });
            self.text.push_str(line);
            at += line.len() + 1;
        }
        if !fence.is_empty() {
            self.newline();
            self.text.push_str(&fence);
        }
        self.in_line = true;
        self.end_block();
    }

    /// Whether what comes begins a line.
    pub fn begins_line(&self) -> bool {
        !self.in_line || self.breaks > 0
    }

    /// The line ends and goes on below.
    pub fn line_end(&mut self) {
        self.breaks += usize::from(self.in_line);
        self.blank = false;
    }

    /// A blank, of which several are one.
    pub fn space(&mut self) {
        self.blank |= self.in_line && self.breaks == 0;
    }

    /// What comes looks so.
    pub fn open(&mut self, look: Look) {
        self.looks.push(look);
    }

    /// The look that was opened last and is `wanted` ends.
    pub fn close(&mut self, wanted: impl Fn(&Look) -> bool) {
        let Some(at) = self.looks.iter().rposition(wanted) else { return };
        self.close_looks(at + 1);
        if self.written > at {
            self.close_look();
        }
        self.looks.remove(at);
    }

    /// A picture.
    pub fn picture(&mut self, description: &str, target: &str, place: usize) {
        if self.syntax == Syntax::Plain {
            return;
        }
        self.begin_text();
        self.places.push(Stretch { start: self.text.len(), place, len: 1 });
        if self.in_table {
            self.text.push_str("<img src=\"");
            self.attribute(target);
            self.text.push_str("\" alt=\"");
            self.attribute(description);
            self.text.push_str("\">");
        } else {
            self.guard();
            self.text.push_str("![");
            self.refer(description);
            self.text.push(']');
            self.destination(target);
        }
        self.last = ')';
    }

    /// Characters with their reading above.
    pub fn ruby(&mut self, base: &str, reading: &str, place: usize) {
        self.begin_text();
        if self.syntax == Syntax::Plain || self.in_table {
            // A table has no ruby of its own, and plain text none at all.
            self.string(base, |at| place + at);
            self.string("（", |_| place);
            self.string(reading, |_| place);
            return self.string("）", |_| place);
        }
        self.text.push_str("<ruby>");
        self.places.push(Stretch { start: self.text.len(), place, len: base.len() });
        self.refer(base);
        self.text.push_str("<rt>");
        self.refer(reading);
        self.text.push_str("</rt></ruby>");
        self.last = '>';
    }

    /// A mark that calls the note of this label.
    pub fn call(&mut self, label: usize) {
        self.begin_text();
        if self.in_table || self.syntax == Syntax::Plain {
            self.string(&format!("［{label}］"), |_| 0);
        } else {
            let _ = write!(self.text, "[^{label}]");
            self.last = ']';
        }
    }

    /// The note of this label begins; what it says follows, and then the end of a container.
    pub fn note(&mut self, label: usize) {
        self.end_block();
        self.begin_line();
        let _ = write!(self.text, "[^{label}]: ");
        self.containers.push(Some(self.prefix.len()));
        self.prefix.push_str("    ");
        self.gap = Gap::Beginning;
    }

    /// Text, whose byte `at` stands at `place(at)`; blanks in it are kept.
    pub fn string(&mut self, text: &str, place: impl Fn(usize) -> usize) {
        if text.is_empty() {
            return;
        }
        let begins = self.begin_text();
        let (mut from, mut start) = (0, begins);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            let linked = self.looks.iter().any(|look| matches!(look, Look::Link(_)));
            let (last, heading, in_table) = (self.last, self.heading > 0, self.in_table);
            let site = Site { last, next, start, linked, heading, in_table };
            let sign = self.syntax == Syntax::Markdown && is_sign(c, site);
            if sign || matches!(c, '\n' | '\r') {
                self.copy(text, from..at, &place);
                self.places.push(Stretch { start: self.text.len(), place: place(at), len: 1 });
                match c {
                    '\n' | '\r' => self.text.push(' '),
                    c => {
                        let _ = write!(self.text, "&#{};", u32::from(c));
                    }
                }
                from = at + c.len_utf8();
            }
            // Digits that begin a line are the number of an item, if a stop and a blank follow them.
            start = start && c.is_ascii_digit();
            self.last = c;
        }
        self.copy(text, from..text.len(), &place);
    }

    fn copy(&mut self, text: &str, range: Range<usize>, place: &impl Fn(usize) -> usize) {
        // What stands together in the file is one stretch; where it does not, halves are tried.
        let mut parts = vec![range];
        while let Some(part) = parts.pop() {
            let (start, middle) = (place(part.start), text.ceil_char_boundary(part.start + part.len() / 2));
            let last = text.floor_char_boundary(part.end.saturating_sub(1));
            if part.is_empty() {
                continue;
            }
            if last <= part.start || place(last) == start + (last - part.start) {
                self.places.push(Stretch { start: self.text.len(), place: start, len: part.len() });
                self.text.push_str(&text[part]);
            } else {
                let middle = if middle < part.end { middle } else { last };
                parts.extend([middle..part.end, part.start..middle]);
            }
        }
    }

    /// Begins what stands in a line: the line itself, if it is not begun, and what was asked for since. Answers whether a line begins with it.
    fn begin_text(&mut self) -> bool {
        let first = !self.in_line;
        if first {
            if !self.in_table {
                self.begin_line();
                if self.heading > 0 {
                    self.text.push_str(&"######"[..usize::from(self.heading)]);
                    self.text.push(' ');
                }
            }
            (self.in_line, self.last) = (true, '\n');
        } else if self.breaks > 0 {
            let blocks = self.breaks > 1 && !self.in_table;
            match self.syntax {
                Syntax::Markdown if blocks && self.heading == 0 => {
                    self.close_looks(0);
                    self.gap = Gap::Blank;
                    self.begin_line();
                    (self.breaks, self.blank, self.last) = (0, false, '\n');
                    self.open_looks();
                    return true;
                }
                Syntax::Markdown => self.text.push_str("<br>"),
                Syntax::Plain => {
                    self.newline();
                    if blocks {
                        self.newline();
                    }
                }
            }
            self.last = '>';
        } else if self.blank {
            // Beside a tag a blank could be taken for that between a tag and a word that speaks of it.
            let beside =
                self.syntax == Syntax::Markdown && (self.text.ends_with('>') || self.written < self.looks.len());
            self.text.push_str(if beside { "&#32;" } else { " " });
            self.last = ' ';
        }
        (self.breaks, self.blank) = (0, false);
        self.open_looks();
        first && !self.in_table
    }

    fn open_looks(&mut self) {
        while let Some(look) = self.looks.get(self.written).cloned() {
            self.written += 1;
            if self.syntax == Syntax::Plain || self.written > MOST_LOOKS {
                continue;
            }
            match look {
                Look::Link(target) if target.is_empty() => continue,
                Look::Link(target) if self.in_table => {
                    self.text.push_str("<a href=\"");
                    self.attribute(&target);
                    self.text.push_str("\">");
                }
                Look::Link(_) => {
                    self.guard();
                    self.text.push('[');
                }
                look => {
                    let _ = write!(self.text, "<{}>", look.tag());
                }
            }
            self.last = '>';
        }
    }

    /// Ends the looks from number `at` on that are written; they stay open.
    fn close_looks(&mut self, at: usize) {
        while self.written > at {
            self.close_look();
            if let Some(Look::Link(target)) = self.looks.get_mut(self.written) {
                self.repeated += target.len();
                if self.repeated > REPEATED {
                    target.clear();
                }
            }
        }
    }

    /// Ends the look that was written last.
    fn close_look(&mut self) {
        self.written -= 1;
        if self.syntax == Syntax::Plain || self.written >= MOST_LOOKS {
            return;
        }
        match self.looks[self.written].clone() {
            Look::Link(target) if target.is_empty() => return,
            Look::Link(_) if self.in_table => self.text.push_str("</a>"),
            Look::Link(target) => {
                self.text.push(']');
                self.destination(&target);
            }
            look => {
                let _ = write!(self.text, "</{}>", look.tag());
            }
        }
        self.last = '>';
    }

    /// What was last written begins no picture with the bracket that comes.
    fn guard(&mut self) {
        if self.text.ends_with('!') {
            self.text.pop();
            self.text.push_str("&#33;");
        }
    }

    fn destination(&mut self, target: &str) {
        self.text.push_str("(<");
        for c in target.chars().filter(|c| !c.is_control()) {
            match c {
                '<' | '>' | '\\' | '`' | '$' | '&' | '*' | '_' | '|' => {
                    let _ = write!(self.text, "&#{};", u32::from(c));
                }
                c => self.text.push(c),
            }
        }
        self.text.push_str(">)");
    }

    /// The value of an attribute.
    fn attribute(&mut self, value: &str) {
        for c in value.chars().filter(|c| !c.is_control()) {
            match c {
                '"' | '<' | '>' | '&' => {
                    let _ = write!(self.text, "&#{};", u32::from(c));
                }
                c => self.text.push(c),
            }
        }
    }

    /// Text in which all that may be a sign is a reference.
    fn refer(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                c if c.is_control() => self.text.push(' '),
                '\'' | '"' | ',' | ';' | '(' | ')' | '.' => self.text.push(c),
                c if c.is_ascii_punctuation() => {
                    let _ = write!(self.text, "&#{};", u32::from(c));
                }
                c => self.text.push(c),
            }
        }
    }

    /// Begins a line, behind what parts it from the block before, with the signs of what begins.
    fn begin_line(&mut self) {
        self.part();
        if std::mem::take(&mut self.rule) {
            self.text.push_str("***");
            self.gap = Gap::Blank;
            self.part();
        }
        // Further lines are set in as far as the signs reach.
        self.text.push_str(&self.begun);
        self.prefix.extend(self.begun.drain(..).map(|c| if c == '>' { c } else { ' ' }));
        self.gap = Gap::Line;
        self.in_line = true;
    }

    fn part(&mut self) {
        match self.gap {
            Gap::Beginning => {}
            Gap::Line => self.newline(),
            Gap::Blank => {
                self.text.push('\n');
                self.text.push_str(self.prefix.trim_end());
                self.newline();
            }
        }
    }

    fn newline(&mut self) {
        self.text.push('\n');
        self.text.push_str(&self.prefix);
    }
}

//! The signs of a document, one by one, and what stands between them.

use super::pages::{self, ANSI};
use super::{Block, Decoder, Face, Paragraph, Piece};
use std::collections::HashMap;

/// Groups in groups beyond this are read as if they stood in those around.
const DEEPEST: usize = 1000;
/// Signs that stand for characters.
const SIGNS: &[(&str, &str)] = &[
    ("bullet", "•"),
    ("emdash", "—"),
    ("emspace", "\u{2003}"),
    ("endash", "–"),
    ("enspace", "\u{2002}"),
    ("ldblquote", "“"),
    ("lquote", "‘"),
    ("qmspace", "\u{2005}"),
    ("rdblquote", "”"),
    ("rquote", "’"),
    ("tab", "\t"),
];

/// What a group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    /// The label of an item.
    Label,
    Fonts,
    Styles,
    /// What a field is.
    Field,
    /// Heads and feet of pages.
    Running,
    /// Nothing that is read.
    Skip,
}

/// What holds until a group ends.
#[derive(Debug, Clone, Copy)]
struct State {
    place: Place,
    face: Face,
    /// The encoding of the font, if one is named.
    encoding: Option<&'static str>,
    /// How many characters stand in for one of Unicode where that is not known.
    stand_in: usize,
    /// What ends with the group.
    ends: Ends,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Nothing,
    Link,
    Note,
}

/// What is read of a document.
pub struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    decoder: Decoder<'b>,
    state: State,
    states: Vec<State>,
    /// Groups that are open beyond the deepest.
    deeper: usize,
    /// Bytes of text that are not read yet, which belong together.
    pending: Vec<u8>,
    /// The first half of a character beyond U+FFFF.
    half: Option<u16>,
    /// How many characters that stand in are still to be passed over.
    passed: usize,
    /// The encoding of the file, and those of its fonts.
    ansi: &'static str,
    fonts: HashMap<i32, &'static str>,
    plain: i32,
    /// The font or style that is defined.
    defined: i32,
    /// The names of styles, by their numbers.
    pub styles: HashMap<i32, String>,
    field: String,
    open: Paragraph,
    /// The paragraph in which a note stands that is open.
    around: Option<Paragraph>,
    in_table: bool,
    cell: Vec<Paragraph>,
    row: Vec<Vec<Paragraph>>,
    /// The blocks of the text.
    pub blocks: Vec<Block>,
    /// The paragraphs of each note.
    pub notes: Vec<Vec<Paragraph>>,
    /// What heads and feet of pages say.
    pub running: String,
    /// Characters that are hidden.
    pub hidden: usize,
    /// Characters that were deleted under tracking.
    pub deleted: usize,
    /// Comments.
    pub comments: usize,
    /// Objects of other programs.
    pub others: usize,
}

impl<'b> Reader<'b> {
    /// A reader of `bytes`.
    pub fn new(bytes: &'b [u8], decoder: Decoder<'b>) -> Self {
        let state =
            State { place: Place::Text, face: Face::default(), encoding: None, stand_in: 1, ends: Ends::Nothing };
        Reader {
            bytes,
            at: 0,
            decoder,
            state,
            states: vec![],
            deeper: 0,
            pending: vec![],
            half: None,
            passed: 0,
            ansi: ANSI,
            fonts: HashMap::new(),
            plain: 0,
            defined: 0,
            styles: HashMap::new(),
            field: String::new(),
            open: Paragraph::default(),
            around: None,
            in_table: false,
            cell: vec![],
            row: vec![],
            blocks: vec![],
            notes: vec![],
            running: String::new(),
            hidden: 0,
            deleted: 0,
            comments: 0,
            others: 0,
        }
    }

    /// Reads them to their end.
    pub fn read(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.begin(),
                b'}' => {
                    self.end();
                    // What stands behind the document is none of it.
                    if self.states.is_empty() {
                        break;
                    }
                }
                b'\\' => self.sign(),
                b'\r' | b'\n' => {}
                b'\t' => self.says("\t"),
                byte => {
                    self.byte(byte);
                    // The second byte of a character may look like a sign.
                    let double = matches!(self.encoding(), "gb18030" | "big5" | "shift_jis" | "euc-kr");
                    if byte > 0x80 && double && self.pending.last() == Some(&byte) && self.at < self.bytes.len() {
                        self.byte(self.bytes[self.at]);
                        self.at += 1;
                    }
                }
            }
        }
        self.flush();
        self.end_paragraph();
        self.end_row();
    }

    /// Whether each group that begins ends.
    pub fn is_whole(&self) -> bool {
        self.states.is_empty()
    }

    fn begin(&mut self) {
        self.flush();
        self.passed = 0;
        if self.states.len() < DEEPEST {
            self.states.push(self.state);
            self.state.ends = Ends::Nothing;
        } else {
            self.deeper += 1;
        }
    }

    fn end(&mut self) {
        self.flush();
        self.passed = 0;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        match self.state.ends {
            Ends::Nothing => {}
            Ends::Link => self.open.pieces.push(Piece::LinkEnd),
            Ends::Note => {
                self.end_paragraph();
                self.open = self.around.take().unwrap_or_default();
            }
        }
        if let Some(state) = self.states.pop() {
            self.state = state;
        }
    }

    /// What follows a backslash.
    fn sign(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(first);
        }
        let rest = &self.bytes[self.at..];
        let len = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let name = String::from_utf8_lossy(&rest[..len]).into_owned();
        let number = &rest[len..];
        let sign = usize::from(number.first() == Some(&b'-'));
        let digits = number[sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let written = if digits > 0 { &number[..sign + digits] } else { &[] };
        let value: Option<i32> = std::str::from_utf8(written).ok().and_then(|digits| digits.parse().ok());
        self.at += len + written.len();
        // One blank belongs to the sign.
        self.at += usize::from(self.bytes.get(self.at) == Some(&b' '));
        if name == "bin" {
            self.at = self.at.saturating_add(usize::try_from(value.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
            return;
        }
        self.word(&name, value, false);
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'\'' => {
                let hex = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.says("\u{a0}"),
            b'_' => self.says("\u{2011}"),
            b'\r' | b'\n' => self.word("par", None, false),
            b'\t' => self.says("\t"),
            // A group that a reader may pass over if it does not know what it is.
            b'*' => {
                let rest = &self.bytes[self.at..];
                let blanks = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
                let name = rest[blanks..].strip_prefix(b"\\").unwrap_or_default();
                let len = name.iter().take_while(|b| b.is_ascii_alphabetic()).count();
                let name = String::from_utf8_lossy(&name[..len]).into_owned();
                if !name.is_empty() {
                    self.at += blanks + 1 + len;
                    self.word(&name, None, true);
                }
            }
            _ => {}
        }
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        self.pending.push(byte);
    }

    /// Characters that no code page is needed for.
    fn says(&mut self, text: &str) {
        self.flush();
        self.add(text);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            let text = (self.decoder)(self.encoding(), &bytes);
            self.add(&text);
        }
    }

    fn add(&mut self, text: &str) {
        self.half = None;
        let face = self.state.face;
        match self.state.place {
            Place::Text if face.deleted => self.deleted += text.trim().chars().count(),
            Place::Text if face.hidden => self.hidden += text.trim().chars().count(),
            Place::Label => {
                let label = text.replace('\t', " ");
                self.open.pieces.push(Piece::Text(label, Face::default()));
            }
            Place::Text => match self.open.pieces.last_mut() {
                Some(Piece::Text(said, known)) if *known == face => said.push_str(text),
                _ => self.open.pieces.push(Piece::Text(text.to_owned(), face)),
            },
            Place::Styles => self.styles.entry(self.defined).or_default().push_str(text),
            Place::Field => self.field.push_str(text),
            Place::Running => self.running.push_str(text),
            Place::Fonts | Place::Skip => {}
        }
    }

    /// A sign that is a word; `starred`: it begins a group that may be passed over.
    fn word(&mut self, name: &str, value: Option<i32>, starred: bool) {
        if name == "u" {
            return self.unicode(value.unwrap_or(0));
        }
        self.flush();
        let on = value != Some(0);
        let place = self.state.place;
        let face = &mut self.state.face;
        match name {
            _ if place == Place::Skip => {}
            "fonttbl" => self.state.place = Place::Fonts,
            "stylesheet" => self.state.place = Place::Styles,
            "fldinst" => {
                self.field.clear();
                self.state.place = Place::Field;
            }
            "fldrslt" => {
                let target = self.field.trim().strip_prefix("HYPERLINK").and_then(|rest| rest.split('"').nth(1));
                if let Some(target) = target.filter(|target| !target.is_empty() && !self.field.contains("\\l")) {
                    self.open.pieces.push(Piece::Link(target.to_owned()));
                    self.state.ends = Ends::Link;
                }
            }
            "listtext" | "pntext" if place == Place::Text => self.state.place = Place::Label,
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                self.state.place = Place::Running;
            }
            "footnote" if place == Place::Text && self.around.is_none() => {
                self.notes.push(vec![]);
                self.open.pieces.push(Piece::Note(self.notes.len()));
                self.around = Some(std::mem::take(&mut self.open));
                self.state.ends = Ends::Note;
                self.state.face = Face::default();
            }
            "pict" | "objdata" => {
                self.others += usize::from(name == "objdata");
                self.state.place = Place::Skip;
            }
            "annotation" => {
                self.comments += 1;
                self.state.place = Place::Skip;
            }
            "colortbl" | "info" | "nonshppict" | "sp" | "xe" | "tc" | "filetbl" | "revtbl" | "pntxta" | "pntxtb"
            | "atnid" | "atnauthor" => self.state.place = Place::Skip,
            "shpinst" | "shptxt" | "shprslt" => {}
            _ if starred => self.state.place = Place::Skip,
            "ansicpg" => self.ansi = pages::encoding(value.unwrap_or(0)).unwrap_or(self.ansi),
            "mac" => self.ansi = "macintosh",
            "deff" => self.plain = value.unwrap_or(0),
            "f" if place == Place::Fonts => self.defined = value.unwrap_or(0),
            "f" => self.state.encoding = Some(self.of_font(value.unwrap_or(0))),
            "fcharset" if place == Place::Fonts => {
                let known = pages::of_charset(value.unwrap_or(0));
                self.fonts.extend(known.map(|encoding| (self.defined, encoding)));
            }
            "cpg" if place == Place::Fonts => {
                let known = pages::encoding(value.unwrap_or(0));
                self.fonts.extend(known.map(|encoding| (self.defined, encoding)));
            }
            "s" if place == Place::Styles => self.defined = value.unwrap_or(0),
            "s" if place == Place::Text => self.open.style = value.unwrap_or(0),
            "uc" => self.state.stand_in = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(9),
            "b" => face.strong = on,
            "i" => face.emphasis = on,
            "ul" | "uld" | "uldb" | "uldash" | "ulw" | "ulwave" | "ulth" => face.underlined = on,
            "ulnone" => face.underlined = false,
            "strike" | "striked" => face.struck = on,
            "super" => (face.raised, face.lowered) = (on, false),
            "sub" => (face.raised, face.lowered) = (false, on),
            "nosupersub" => (face.raised, face.lowered) = (false, false),
            "v" => face.hidden = on,
            "deleted" => face.deleted = on,
            "plain" => {
                self.state.face = Face { deleted: face.deleted, ..Face::default() };
                self.state.encoding = None;
            }
            "pard" if place == Place::Text => {
                (self.open.style, self.open.outline) = (0, None);
                self.in_table = false;
            }
            "outlinelevel" if place == Place::Text => self.open.outline = value,
            "intbl" if place == Place::Text => self.in_table = true,
            "par" | "sect" if place == Place::Text => self.end_paragraph(),
            "par" | "sect" | "line" | "page" | "column" if place == Place::Running => self.running.push(' '),
            "line" | "page" | "column" if place == Place::Text => self.open.pieces.push(Piece::Break),
            "cell" | "nestcell" if place == Place::Text => {
                self.in_table = true;
                self.end_paragraph();
                self.row.push(std::mem::take(&mut self.cell));
            }
            "row" | "nestrow" if place == Place::Text => self.end_row(),
            name => {
                if let Some((_, text)) = SIGNS.iter().find(|(known, _)| *known == name) {
                    self.add(text);
                }
            }
        }
    }

    /// The encoding of the text that comes.
    fn encoding(&self) -> &'static str {
        self.state.encoding.unwrap_or_else(|| self.of_font(self.plain))
    }

    /// The encoding of a font; that of the file where it has none of its own.
    fn of_font(&self, font: i32) -> &'static str {
        self.fonts.get(&font).copied().unwrap_or(self.ansi)
    }

    /// A character by its number, in units of UTF-16.
    fn unicode(&mut self, value: i32) {
        self.flush();
        self.passed = self.state.stand_in;
        let unit = (value & 0xFFFF) as u16;
        match (self.half.take(), unit) {
            (_, 0xD800..=0xDBFF) => self.half = Some(unit),
            (Some(high), 0xDC00..=0xDFFF) => {
                let both: String = char::decode_utf16([high, unit]).map(|c| c.unwrap_or('\u{FFFD}')).collect();
                self.add(&both);
            }
            (_, unit) => {
                let own = char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}');
                self.add(own.encode_utf8(&mut [0; 4]));
            }
        }
    }

    fn end_paragraph(&mut self) {
        let (style, outline) = (self.open.style, self.open.outline);
        let paragraph = std::mem::replace(&mut self.open, Paragraph { pieces: vec![], style, outline });
        if let Some(note) = self.notes.last_mut().filter(|_| self.around.is_some()) {
            note.push(paragraph);
        } else if self.in_table {
            self.cell.push(paragraph);
        } else {
            self.end_row();
            self.blocks.push(Block::Paragraph(paragraph));
        }
    }

    fn end_row(&mut self) {
        if self.cell.iter().any(Paragraph::says) {
            self.row.push(std::mem::take(&mut self.cell));
        }
        self.cell.clear();
        if !self.row.is_empty() {
            self.blocks.push(Block::Row(std::mem::take(&mut self.row)));
        }
    }
}

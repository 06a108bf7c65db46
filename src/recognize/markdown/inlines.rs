//! Inlines as they are put together: open containers, joined text, soft line ends.

use crate::document::{Image, Inline, InlineKind, Underline, display_label};
use crate::recognize::html::Mark;
use crate::unicode::{is_cjk_mark, is_han, is_kana};
use std::ops::Range;

/// Emphasis within emphasis beyond this is opened out.
const DEEPEST: usize = 24;

/// A container of inlines.
#[derive(Debug)]
pub enum Container {
    Paragraph,
    /// A paragraph that no tag opened: text directly in a list item.
    Implied,
    Heading(u8),
    Cell,
    Emphasis,
    /// `~~`
    Struck,
    /// `~`, which stays text.
    Tilde,
    Strong,
    Link {
        target: String,
        title: String,
    },
    Image {
        target: String,
        title: String,
    },
    /// Opened by an HTML tag, and closed by another or by the end of what it stands in.
    Html(Pair),
    /// Opened out into its parent.
    Open,
}

/// A pair of HTML tags.
#[derive(Debug, PartialEq, Eq)]
pub enum Pair {
    Mark(Mark),
    Link { target: String, title: String },
}

#[derive(Debug)]
struct Frame {
    container: Container,
    content: Vec<Inline>,
    span: Range<usize>,
}

/// The inlines of the paragraph, heading or cell at hand.
#[derive(Debug, Default)]
pub struct Inlines {
    frames: Vec<Frame>,
    last: Option<char>,
    /// Where tags stood that the model has nothing for, not even in characters.
    pub unsaid: Vec<Range<usize>>,
}

impl Inlines {
    /// Whether anything is open.
    pub fn is_open(&self) -> bool {
        !self.frames.is_empty()
    }

    /// Whether all that is open is an implied paragraph (and HTML tags in it).
    pub fn is_implied(&self) -> bool {
        matches!(self.frames.first(), Some(Frame { container: Container::Implied, .. }))
            && self.frames.iter().skip(1).all(|f| matches!(f.container, Container::Html(_)))
    }

    /// Whether one container is open and no other, and it `fits`.
    pub fn is_alone(&self, fits: fn(&Container) -> bool) -> bool {
        matches!(&self.frames[..], [Frame { container, .. }] if fits(container))
    }

    /// Opens `container`.
    pub fn open(&mut self, container: Container, span: Range<usize>) {
        if self.frames.is_empty() {
            self.last = None;
        }
        let deep = self.frames.len() >= DEEPEST;
        // The end of a tag that has opened nothing says nothing.
        if deep && matches!(container, Container::Html(_)) {
            return;
        }
        let kept = matches!(container, Container::Tilde);
        let container = if deep && !kept { Container::Open } else { container };
        self.frames.push(Frame { container, content: vec![], span });
    }

    /// Appends an inline.
    pub fn push(&mut self, kind: InlineKind, span: Range<usize>) {
        self.last = match &kind {
            InlineKind::Text(text) | InlineKind::Code(text) => text.chars().next_back().or(self.last),
            InlineKind::Break => Some('\n'),
            _ => Some('）'),
        };
        if let Some(frame) = self.frames.last_mut() {
            push_joined(&mut frame.content, Inline::new(kind, span));
        }
    }

    /// Appends text; leading spaces of a paragraph or of a line after a break are layout, not text.
    pub fn text(&mut self, text: &str, span: Range<usize>) {
        let kept = if matches!(self.last, None | Some('\n')) { text.trim_start() } else { text };
        if kept.is_empty() {
            return;
        }
        let cut = if span.len() == text.len() { text.len() - kept.len() } else { 0 };
        self.push(InlineKind::Text(kept.to_owned()), span.start + cut..span.end);
    }

    /// A line end in the source that means nothing: no space beside Chinese, a space between words.
    pub fn soft_break(&mut self, next: Option<char>, span: Range<usize>) {
        let (Some(last), Some(next)) = (self.last, next) else { return };
        let chinese = |c| is_han(c) || is_kana(c) || is_cjk_mark(c);
        if last != '\n' && !chinese(last) && !chinese(next) {
            self.push(InlineKind::Text(" ".into()), span);
        }
    }

    /// A line end that is meant, unless the text begins here or stands behind one.
    pub fn new_line(&mut self, span: Range<usize>) {
        if !matches!(self.last, None | Some('\n')) {
            self.push(InlineKind::Break, span);
        }
    }

    /// Ends the paragraph at hand before the line end `end`, and begins another behind it; gives the one that ended. `None` where more than a
    /// paragraph is open.
    pub fn part(&mut self, end: &Range<usize>) -> Option<(Container, Vec<Inline>, Range<usize>)> {
        let [frame @ Frame { container: Container::Paragraph | Container::Implied, .. }] = &mut self.frames[..] else {
            return None;
        };
        self.last = None;
        let start = std::mem::replace(&mut frame.span.start, end.end);
        Some((Container::Paragraph, std::mem::take(&mut frame.content), start..end.start))
    }

    /// Closes the innermost container that Markdown opened, with the HTML containers left open in it. A container of blocks' text is
    /// handed back; the others go into their parent.
    pub fn close(&mut self) -> Option<(Container, Vec<Inline>, Range<usize>)> {
        loop {
            let mut frame = self.frames.pop()?;
            frame.content.shrink_to_fit();
            match frame.container {
                Container::Html(pair) => {
                    let end = frame.content.last().map_or(frame.span.end, |inline| inline.span.end);
                    self.append_pair(pair, frame.content, frame.span.start..end);
                }
                Container::Open => {
                    frame.content.into_iter().for_each(|i| self.append(i));
                    return None;
                }
                Container::Emphasis => {
                    self.append_some(InlineKind::Emphasis, frame.content, frame.span);
                    return None;
                }
                Container::Struck => {
                    let struck = |content| InlineKind::Underline { mark: Underline::Through, content };
                    self.append_some(struck, frame.content, frame.span);
                    return None;
                }
                Container::Tilde => {
                    let end = frame.span.end;
                    frame.content.into_iter().for_each(|i| self.append(i));
                    self.append(Inline::text("~", end - 1..end));
                    self.last = Some('~');
                    return None;
                }
                Container::Strong => {
                    self.append_some(InlineKind::Strong, frame.content, frame.span);
                    return None;
                }
                Container::Link { target, title } => {
                    let content = frame.content;
                    self.append(Inline::new(InlineKind::Link { target, title, content }, frame.span));
                    return None;
                }
                Container::Image { target, title } => {
                    let alt = flat(&frame.content);
                    self.last = Some('）');
                    self.append(Inline::new(InlineKind::Image(Image { target, alt, title }), frame.span));
                    return None;
                }
                container @ (Container::Paragraph | Container::Implied | Container::Heading(_) | Container::Cell) => {
                    let mut span = frame.span;
                    span.end = span.end.max(frame.content.last().map_or(0, |i| i.span.end));
                    return Some((container, frame.content, span));
                }
            }
        }
    }

    /// Closes the innermost HTML container that `fits`, and those within it; `end` is where its closing tag ends.
    pub fn close_html(&mut self, fits: impl Fn(&Pair) -> bool, end: usize) {
        let open = self.frames.iter().rev().map_while(|frame| match &frame.container {
            Container::Html(pair) => Some(fits(pair)),
            _ => None,
        });
        let Some(within) = { open }.position(|fits| fits) else { return };
        for _ in 0..=within {
            if let Some(Frame { container: Container::Html(pair), content, span }) = self.frames.pop() {
                self.append_pair(pair, content, span.start..end);
            }
        }
    }

    /// Appends what a pair of HTML tags makes of what stands between them.
    fn append_pair(&mut self, pair: Pair, content: Vec<Inline>, span: Range<usize>) {
        if content.is_empty() {
            return;
        }
        match pair {
            Pair::Mark(mark) => match mark.inline(content) {
                Ok(kind) => self.append(Inline::new(kind, span)),
                Err(content) => {
                    self.unsaid.push(span);
                    content.into_iter().for_each(|inline| self.append(inline));
                }
            },
            Pair::Link { target, title } => self.append(Inline::new(InlineKind::Link { target, title, content }, span)),
        }
    }

    fn append(&mut self, inline: Inline) {
        if let Some(frame) = self.frames.last_mut() {
            push_joined(&mut frame.content, inline);
        }
    }

    fn append_some(&mut self, make: impl FnOnce(Vec<Inline>) -> InlineKind, content: Vec<Inline>, span: Range<usize>) {
        if !content.is_empty() {
            self.append(Inline::new(make(content), span));
        }
    }
}

/// Appends `inline`, joining text with text.
fn push_joined(content: &mut Vec<Inline>, inline: Inline) {
    if let InlineKind::Text(more) = &inline.kind
        && let Some(Inline { kind: InlineKind::Text(text), span }) = content.last_mut()
    {
        text.push_str(more);
        *span = span.cover(inline.span);
        return;
    }
    content.push(inline);
}

/// Without spaces and breaks at the end, and without room for more.
pub fn trimmed(mut content: Vec<Inline>) -> Vec<Inline> {
    while let Some(last) = content.last_mut() {
        match &mut last.kind {
            InlineKind::Text(text) => {
                let kept = text.trim_end().len();
                if last.span.len() == text.len() {
                    last.span.end = last.span.start + kept;
                }
                text.truncate(kept);
                if kept > 0 {
                    break;
                }
            }
            InlineKind::Break => {}
            _ => break,
        }
        content.pop();
    }
    content.shrink_to_fit();
    content
}

/// The text of a picture's description.
fn flat(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => text.clone(),
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content)
            | InlineKind::Link { content, .. } => flat(content),
            InlineKind::Ruby { base, reading } => format!("{base}（{reading}）"),
            InlineKind::NoteRef { note } => display_label(&note.to_string()),
            InlineKind::Image(image) => image.alt.clone(),
            InlineKind::Break => " ".into(),
        })
        .collect()
}

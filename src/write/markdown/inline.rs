//! Inlines: text with its escapes, emphasis, links, notes, ruby.

use super::block::Writer;
use super::emphasis::{Mark, is_inner, is_outer};
use super::escape::{self, Pairs};
use super::token::{Stress, Token, flatten, is_formula, pairs};
use super::{Wrap, wrap};
use crate::chinese::lines::meant;
use crate::document::{Inline, heading_id};

/// The longest name of a page between double brackets, in bytes.
const NAMED: usize = 210;
/// Characters above the line stand between two `^` that are no further from each other, in characters.
const RAISED: usize = 9;

/// Where a run of inlines stands, which decides how a line may begin and break there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// A paragraph: lines may break.
    Paragraph,
    /// A heading: one line, which ends before closing `#`.
    Heading,
    /// A cell of a table: one line, parted by `|`.
    Cell,
}

/// What is known while a run is being written.
struct Run {
    site: Site,
    pairs: Pairs,
    /// Emphasis that is open, with the mark that it has.
    open: Vec<(Stress, Mark)>,
    /// The end of the output after the last sign of emphasis, and its mark.
    sign: (usize, Mark),
    /// The next character must be punctuation or space.
    guard: bool,
    /// Offset in the output where white space would be dropped: the beginning of a line or of emphasis.
    edge: usize,
    /// Offset in the output where a line of a paragraph begins.
    line: usize,
    /// Whether that line is the first.
    first_line: bool,
    in_link: bool,
    /// Output up to here is counted in `column`.
    measured: usize,
    column: usize,
}

impl Writer<'_> {
    /// Writes a run of inlines.
    pub fn inlines(&mut self, inlines: &[Inline], site: Site) {
        let start = self.out.len();
        self.run(inlines, site);
        // What would be read as lines that are meant, as prose in lines so short as those of verse, is not wrapped.
        let is_meant = |written: &str| !meant(written).is_empty();
        if self.wrap != Wrap::None && site == Site::Paragraph && self.out.get(start..).is_some_and(is_meant) {
            self.out.truncate(start);
            let wrap = std::mem::replace(&mut self.wrap, Wrap::None);
            self.run(inlines, site);
            self.wrap = wrap;
        }
    }

    fn run(&mut self, inlines: &[Inline], site: Site) {
        let mut tokens = Vec::with_capacity(inlines.len());
        flatten(inlines, &mut tokens, false);
        let start = self.out.len();
        let mut run = Run {
            site,
            pairs: pairs(&tokens),
            open: vec![],
            sign: (usize::MAX, Mark::Html),
            guard: false,
            edge: start,
            line: start,
            first_line: true,
            in_link: false,
            measured: start,
            column: width_of_prefix(self),
        };
        for i in 0..tokens.len() {
            self.token(&tokens, i, &mut run);
        }
        if site == Site::Heading
            && let Some(Token::Text(text)) = tokens.last()
        {
            self.protect_closing_hashes(start);
            // What a dialect would take for the name of the heading.
            if heading_id(text).is_some()
                && let Some(at) = self.out.rfind("{#").filter(|&at| at >= start)
            {
                self.out.insert(at, '\\');
            }
        }
    }

    fn token(&mut self, tokens: &[Token<'_>], i: usize, run: &mut Run) {
        let next = tokens.get(i + 1);
        let guard = std::mem::take(&mut run.guard);
        match &tokens[i] {
            Token::Text(text) => {
                // The signs of a formula stay signs.
                let from = usize::from(i > 0 && is_formula(tokens, i - 1));
                let to = text.len() - usize::from(is_formula(tokens, i + 1));
                self.out.push_str(&text[..from]);
                if from < to {
                    self.text(&text[from..to], next, guard, run);
                }
                self.out.push_str(&text[to.max(from)..]);
            }
            Token::Open(stress, close) => self.open(*stress, tokens, i, *close, run),
            Token::Close(stress) => self.close(*stress, run),
            Token::LinkOpen => {
                self.out.push('[');
                run.in_link = true;
            }
            Token::LinkClose(target, title) => {
                self.out.push(']');
                escape::destination(target, title, run.site == Site::Cell, self.out);
                run.in_link = false;
            }
            Token::Autolink(target) => {
                self.out.push('<');
                self.out.push_str(target);
                self.out.push('>');
            }
            Token::Code(code) => self.code_span(code, run.site),
            Token::Note(note) => {
                if let Some(label) = self.labels.get(*note) {
                    self.out.push_str("[^");
                    self.out.push_str(label);
                    self.out.push(']');
                }
            }
            Token::Image(image) => {
                self.out.push_str("![");
                let outer = std::mem::replace(&mut run.in_link, true);
                run.line = usize::MAX;
                if !image.alt.is_empty() {
                    self.text(&image.alt, Some(&Token::LinkClose("", "")), false, run);
                }
                run.in_link = outer;
                self.out.push(']');
                escape::destination(&image.target, &image.title, run.site == Site::Cell, self.out);
            }
            Token::Tag(tag) => {
                let at_edge = run.edge == self.out.len();
                self.out.push_str(tag);
                if at_edge {
                    run.edge = self.out.len();
                }
            }
            Token::Break => {
                let beside_sign = i == 0
                    || matches!(tokens[i - 1], Token::Open(..))
                    || next.is_none_or(|t| matches!(t, Token::Close(_)));
                if run.site == Site::Paragraph && !beside_sign {
                    self.out.push('\\');
                    self.end_line(run);
                } else {
                    self.out.push_str("<br>");
                    run.edge = self.out.len();
                }
            }
        }
    }

    fn end_line(&mut self, run: &mut Run) {
        self.newline();
        run.edge = self.out.len();
        run.line = self.out.len();
        run.first_line = false;
        run.measured = self.out.len();
        run.column = width_of_prefix(self);
    }

    fn open(&mut self, stress: Stress, tokens: &[Token<'_>], i: usize, close: usize, run: &mut Run) {
        let touching = (run.sign.0 == self.out.len()).then_some(run.sign.1);
        let parent = match tokens.get(close + 1) {
            Some(Token::Close(_)) => run.open.last().map(|&(_, mark)| mark),
            _ => None,
        };
        let mut taken = vec![touching, parent];
        taken.extend(run.open.iter().filter(|(outer, _)| outer.shares(stress)).map(|&(_, mark)| Some(mark)));
        let mark = Mark::choose(&taken);
        let inner = match (tokens.get(i + 1), tokens.get(i + 2)) {
            // Written as a reference if the emphasis that follows needs that.
            (Some(Token::Text(text)), Some(Token::Open(..))) if text.chars().nth(1).is_none() => '&',
            (Some(token), _) => token.first(),
            (None, _) => '\n',
        };
        match mark {
            Mark::Star | Mark::Underscore => {
                if mark == Mark::Underscore || !is_inner(inner) {
                    self.guard_before(run.edge);
                }
                let sign = if mark == Mark::Star { "***" } else { "___" };
                self.out.push_str(&sign[..stress.len()]);
                run.sign = (self.out.len(), mark);
            }
            Mark::Html => self.out.push_str(stress.tags().0),
        }
        run.open.push((stress, mark));
        run.edge = self.out.len();
    }

    fn close(&mut self, stress: Stress, run: &mut Run) {
        let Some((_, mark)) = run.open.pop() else { return };
        match mark {
            Mark::Star | Mark::Underscore => {
                run.guard = mark == Mark::Underscore || !self.out.chars().next_back().is_some_and(is_inner);
                let sign = if mark == Mark::Star { "***" } else { "___" };
                self.out.push_str(&sign[..stress.len()]);
                run.sign = (self.out.len(), mark);
            }
            Mark::Html => self.out.push_str(stress.tags().1),
        }
    }

    /// Makes sure that what was last written counts as punctuation or space.
    fn guard_before(&mut self, edge: usize) {
        if self.out.len() == edge {
            return;
        }
        let Some(last) = self.out.chars().next_back().filter(|&c| !is_outer(c)) else { return };
        self.out.pop();
        // A backslash that meant nothing before the character would escape the reference.
        if self.out.bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1 {
            self.out.push('\\');
        }
        escape::entity(last, self.out);
    }

    fn code_span(&mut self, code: &str, site: Site) {
        // In a cell `\\|` is a backslash and the end of the cell, whatever stands around it: a tag says it otherwise.
        let ends_cell = |at: usize| code[..at].bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1;
        if site == Site::Cell && code.match_indices('|').any(|(at, _)| ends_cell(at)) {
            self.out.push_str("<code>");
            for c in code.chars() {
                match c {
                    '\n' | '\r' => self.out.push(' '),
                    c if c.is_ascii_punctuation() => escape::entity(c, self.out),
                    c => self.out.push(c),
                }
            }
            self.out.push_str("</code>");
            return;
        }
        let ticks = "`".repeat(longest_run(code) + 1);
        let pad = code.starts_with('`')
            || code.ends_with('`')
            || (code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty());
        self.out.push_str(&ticks);
        if pad {
            self.out.push(' ');
        }
        for c in code.chars() {
            match c {
                '\n' | '\r' => self.out.push(' '),
                '|' if site == Site::Cell => self.out.push_str("\\|"),
                c => self.out.push(c),
            }
        }
        if pad {
            self.out.push(' ');
        }
        self.out.push_str(&ticks);
    }

    /// Text, with line ends where they are asked for.
    fn text(&mut self, text: &str, next: Option<&Token<'_>>, guard: bool, run: &mut Run) {
        let mut text = text;
        if guard && let Some(c) = text.chars().next().filter(|&c| !is_outer(c)) {
            escape::entity(c, self.out);
            text = &text[c.len_utf8()..];
        }
        let next_char = next.map_or('\n', Token::first);
        let last_edge = matches!(next, None | Some(Token::Break | Token::Close(_)));
        let in_ruby = matches!(next, Some(Token::Tag(tag)) if tag.ends_with("<rt>") || tag.ends_with("</ruby>"));
        let mut start = 0;
        if self.wrap != Wrap::None && run.site == Site::Paragraph && !run.in_link && !in_ruby {
            run.column += wrap::width(&self.out[run.measured..]);
            for end in wrap::line_ends(text, self.wrap, run.column) {
                self.segment(&text[start..end.start], '\n', true, false, run);
                self.end_line(run);
                start = end.end;
            }
            run.measured = self.out.len();
            run.column += wrap::width(&text[start..]);
        }
        self.segment(&text[start..], next_char, next.is_none(), last_edge, run);
        run.measured = self.out.len();
    }

    /// A piece of text without line ends. `next` is the character after it, `ends` whether the line ends there, `edge` whether
    /// white space there would be dropped.
    fn segment(&mut self, text: &str, next: char, ends: bool, edge: bool, run: &Run) {
        let begin = if run.site == Site::Paragraph && self.out.len() == run.line {
            escape::block_start(text, run.first_line, ends)
        } else {
            None
        };
        let mut at = 0;
        if self.out.len() == run.edge
            && let Some(c) = text.chars().next().filter(|c| c.is_whitespace())
        {
            escape::entity(c, self.out);
            at = c.len_utf8();
        }
        let last = text.chars().next_back().filter(|c| edge && c.is_whitespace());
        let end = (text.len() - last.map_or(0, char::len_utf8)).max(at);
        let bytes = text.as_bytes();
        while at < end {
            let stop = begin.filter(|&b| b >= at).unwrap_or(end);
            let found = bytes[at..end].iter().position(|&b| escape::is_special(b)).map_or(end, |i| at + i);
            let to = found.min(stop);
            self.out.push_str(&text[at..to]);
            at = to;
            if at >= end {
                break;
            }
            at += self.special(text, at, next, begin == Some(at), run);
        }
        if let Some(c) = last.filter(|_| end < text.len()) {
            escape::entity(c, self.out);
        }
    }

    /// Writes the sign at byte `at` of `text`, and answers how many bytes that was.
    fn special(&mut self, text: &str, at: usize, next: char, begins: bool, run: &Run) -> usize {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { return 1 };
        let after = rest[c.len_utf8()..].chars().next();
        let following = after.unwrap_or(next);
        let before = if self.out.len() == run.edge { None } else { self.out.chars().next_back() };
        let at_end = after.is_none();
        let run_of = |c: char| rest.chars().take_while(|&x| x == c).count();
        let escape = match c {
            _ if begins && !matches!(c, '*' | '_' | '`' | '~') => true,
            '\\' => {
                following.is_ascii_punctuation() || at_end && following == '\n' || {
                    let tail = &rest[1..];
                    tail.starts_with(char::is_whitespace) && tail.trim_start().is_empty()
                }
            }
            '*' | '_' => {
                let count = run_of(c);
                let following = rest[count..].chars().next().unwrap_or(next);
                let pairs = if c == '*' { run.pairs.stars } else { run.pairs.underscores };
                // What cannot open emphasis may only close it, when some is open.
                // Where lines may be broken anew, what is behind it is not known.
                let paired = c == '_' || run.pairs.ends || self.wrap != Wrap::None;
                let opens = paired && !following.is_whitespace();
                let closes = !run.open.is_empty() && !before.is_some_and(char::is_whitespace);
                // The last character before a sign of emphasis may become a reference, and so punctuation.
                let stays = rest[count..].chars().nth(1).is_some() || next != '*';
                let within =
                    c == '_' && stays && before.is_some_and(char::is_alphanumeric) && following.is_alphanumeric();
                let touches = run.sign.0 == self.out.len();
                let escape = begins || touches || pairs > 1 && (opens || closes) && !within;
                return self.repeat(c, count, escape);
            }
            '`' | '~' => {
                let count = run_of(c);
                let pairs = if c == '`' { run.pairs.ticks } else { run.pairs.tildes };
                return self.repeat(c, count, begins || pairs > 1);
            }
            // After a note, brackets would be taken together with it, by pulldown-cmark even when escaped.
            '[' if at == 0 && before == Some(']') => {
                escape::entity(c, self.out);
                return 1;
            }
            '[' if rest[..rest.floor_char_boundary(NAMED)].starts_with("[[") && !run.in_link => {
                // The name of a page between double brackets.
                rest[..rest.floor_char_boundary(NAMED)].contains("]]") || following == '^' || before == Some('^')
            }
            '[' => {
                let definition = run.pairs.definition && self.out.len() == run.line;
                run.in_link || following == '^' || before == Some('^') || definition
            }
            ']' => run.in_link || matches!(following, '(' | ':') || at_end && following == '[',
            // `[^1]:` at the beginning of a line would begin the note, and `[^1](` anywhere a link.
            ':' | '(' => at == 0 && before == Some(']'),
            '<' => {
                let tag = following.is_ascii_alphabetic() || matches!(following, '/' | '!' | '?');
                let mail = run.pairs.ats > 0 && following.is_ascii_graphic();
                (tag || mail) && (run.pairs.angles > 0 || self.out.len() == run.line)
            }
            '&' => escape::is_entity(rest),
            '!' => at_end && following == '[',
            '=' | '%' => {
                let count = run_of(c);
                let signs = if c == '=' { run.pairs.equals } else { run.pairs.percents };
                return self.repeat(c, 1, begins || count == 2 && signs > 3) + self.repeat(c, count - 1, false);
            }
            '$' => run.pairs.dollars > 1,
            '^' => before.is_some_and(|c| !c.is_whitespace()) && rest[1..].chars().take(RAISED).any(|c| c == '^'),
            '|' => {
                if run.site == Site::Cell && before == Some('\\') {
                    escape::entity(c, self.out);
                    return 1;
                }
                run.site == Site::Cell
            }
            '\n' | '\r' => {
                escape::entity(c, self.out);
                return 1;
            }
            _ => false,
        };
        if escape {
            self.out.push('\\');
        }
        self.out.push(c);
        c.len_utf8()
    }

    /// Writes the ASCII sign `c` so many times, and answers how many bytes of text that was.
    fn repeat(&mut self, c: char, count: usize, escape: bool) -> usize {
        for _ in 0..count {
            if escape {
                self.out.push('\\');
            }
            self.out.push(c);
        }
        count
    }

    /// Hashes at the end of a heading, after a space or alone, would be taken for its closing sign.
    fn protect_closing_hashes(&mut self, start: usize) {
        let body = self.out[start..].trim_end_matches('#');
        if self.out.ends_with('#') && (body.is_empty() || body.ends_with([' ', '\t'])) {
            let at = self.out.len() - 1;
            self.out.insert(at, '\\');
        }
    }
}

fn width_of_prefix(writer: &Writer<'_>) -> usize {
    wrap::width(writer.prefix())
}

/// Length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

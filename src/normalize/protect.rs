//! Spans of a line that no punctuation rule may touch: addresses, names of files, code, tags, formulas, emoticons, English quotations.
//!
//! A mark between two Latin letters or digits needs no protection here: the rules themselves leave it (`1,000`, `Node.js`,
//! `10:30`, `foo(a,b)`).

use super::line::{is_latin, is_wide};
use crate::chinese::speech;
use crate::unicode::is_han;

/// How far the end of a tag, an entity or a link target is looked for.
const MOST_TAG: usize = 400;

/// How far the end of a formula is looked for.
const MOST_FORMULA: usize = 2000;
/// Fewest commas of a row of data.
const FEWEST_COMMAS: usize = 4;

/// How files end whose names are written about, or listed, in Chinese.
const FILE_KINDS: &[&str] = &[
    "avi", "bmp", "chm", "csv", "djvu", "doc", "docx", "epub", "exe", "gif", "htm", "html", "jpeg", "jpg", "md",
    "mobi", "mp3", "mp4", "pdf", "png", "ppt", "pptx", "rar", "rm", "rmvb", "rtf", "tif", "tiff", "txt", "umd", "wav",
    "wps", "xls", "xlsx", "xml", "zip",
];
/// Longest label of a cell, in characters.
const MOST_LABEL: usize = 8;
/// Words that programs write with `!` before them.
const KEYWORDS: &[&str] = &["important", "default", "optional", "global", "include", "define"];
/// Longest interval, in characters.
const MOST_INTERVAL: usize = 24;
/// Longest name of a role, in characters.
const MOST_ROLE: usize = 16;
/// Longest sign that is spoken of in quotation marks, in characters.
const MOST_SIGN: usize = 2;
/// Longest pattern in quotation marks, in characters.
const MOST_PATTERN: usize = 40;
/// Longest name of a file, in characters.
const MOST_NAME: usize = 80;

/// Marks the protected characters of a line in `kept`, which is as long as the line; `signs` are the places of all characters
/// that are no letters.
pub(crate) fn mark(chars: &[char], signs: &[usize], markdown: bool, kept: &mut [bool]) {
    let mut scan =
        Scan { chars, kept, markdown, ticks: Vec::new(), dollars: true, depth: 0, opened: None, is_row: false };
    scan.ticks = scan.tick_runs(signs);
    if !markdown {
        scan.cells();
    }
    let mut next = if markdown { scan.reference_definition() } else { 0 };
    for &i in signs {
        if i >= next {
            next = scan.step(i);
        }
    }
}

struct Scan<'a> {
    chars: &'a [char],
    kept: &'a mut [bool],
    markdown: bool,
    /// Runs of backticks not yet passed: start and length, last first.
    ticks: Vec<(usize, usize)>,
    /// Whether a later `$` may exist.
    dollars: bool,
    /// Open round brackets before the present character.
    depth: usize,
    /// An opening quotation mark and its place.
    opened: Option<(char, usize)>,
    /// Whether the line is known to be a row of data.
    is_row: bool,
}

impl Scan<'_> {
    fn get(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    fn prev(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.get(i))
    }

    fn keep(&mut self, from: usize, to: usize) -> usize {
        if let Some(span) = self.kept.get_mut(from..to) {
            span.fill(true);
        }
        to
    }

    /// Keeps what stands before two spaces or a tab in a line of columns and is mostly not Chinese: keys, commands, numbers. Its own
    /// last stop is not kept: in a sentence with a wide gap it belongs to that.
    fn cells(&mut self) {
        let blank = |c: Option<&char>| matches!(c, Some(' ' | '\t'));
        let (mut start, mut at) = (0, 0);
        while at < self.chars.len() {
            let apart = self.chars[at] == '\t' || blank(self.chars.get(at)) && blank(self.chars.get(at + 1));
            if !apart {
                at += 1;
                continue;
            }
            let (mut han, mut visible) = (0, 0);
            for &c in self.chars.get(start..at).unwrap_or_default() {
                han += usize::from(is_han(c));
                visible += usize::from(!c.is_whitespace());
            }
            if han * 3 < visible {
                let stop = self.prev(at).is_some_and(|c| ",;:?!.".contains(c));
                // `发布时间:2018-01-05`: the colon is that of a Chinese label.
                let label = self.chars[start..at].iter().take(MOST_LABEL).take_while(|&&c| is_han(c)).count();
                let labelled = label > 1 && self.get(start + label) == Some(':');
                self.keep(if labelled { start + label + 1 } else { start }, at - usize::from(stop));
            }
            at += self.chars[at..].iter().take_while(|c| blank(Some(c))).count();
            start = at;
        }
    }

    /// Looks at the character at `i`; gives where to go on.
    fn step(&mut self, i: usize) -> usize {
        match self.chars[i] {
            '`' => self.code_span(i),
            ':' => {
                let other = |scan: &mut Self| scan.emoticon(i).or_else(|| scan.drive(i)).or_else(|| scan.role(i));
                self.address(i).or_else(|| other(self)).unwrap_or(i)
            }
            ';' => self.emoticon(i).or_else(|| self.sweat(i)).unwrap_or(i),
            '@' => self.mail(i).unwrap_or(i),
            '.' => self.file_name(i).unwrap_or(i),
            '<' => self.tag(i).unwrap_or(i),
            '&' => self.entity(i).unwrap_or(i),
            '$' => self.formula(i).unwrap_or(i),
            ']' if self.markdown || self.get(i + 1) == Some('(') => self.link_target(i).unwrap_or(i),
            '{' if self.get(i + 1) == Some('#') => self.until(i, '}').unwrap_or(i),
            '{' if matches!(self.get(i + 1), Some('%' | '{')) => {
                self.template(i).or_else(|| self.expression(i)).unwrap_or(i)
            }
            '\\' => self.escape(i).unwrap_or(i),
            '^' => self.pattern(i).unwrap_or(i),
            '\'' => self.quoted_sign(i).or_else(|| self.key(i)).unwrap_or(i),
            '(' | '（' => {
                if let Some(end) = self.interval(i).or_else(|| self.expression(i)) {
                    return end;
                }
                self.depth += 1;
                self.area_code(i).unwrap_or(i)
            }
            ')' | '）' => {
                self.depth = self.depth.saturating_sub(1);
                i
            }
            '[' if !self.markdown => self.interval(i).or_else(|| self.expression(i)).unwrap_or(i),
            '[' | '{' => self.expression(i).unwrap_or(i),
            '!' => self.keyword(i).unwrap_or(i),
            '"' | '“' | '”' | '「' | '」' => {
                self.sweat(i).or_else(|| self.attribute(i)).unwrap_or_else(|| self.quotation(i))
            }
            _ => i,
        }
    }

    /// Keeps up to the next `end` within reach.
    fn until(&mut self, i: usize, end: char) -> Option<usize> {
        let length = self.chars[i..].iter().take(MOST_TAG).position(|&c| c == end)?;
        Some(self.keep(i, i + length + 1))
    }

    /// `{% image '甲.png' "甲" %}`, `{{ 甲 }}`: what a template puts in.
    fn template(&mut self, i: usize) -> Option<usize> {
        let end = if self.get(i + 1) == Some('%') { '%' } else { '}' };
        let inside = self.chars.get(i + 2..)?;
        let length = inside.iter().take(MOST_TAG).zip(inside.iter().skip(1)).position(|two| two == (&end, &'}'))?;
        Some(self.keep(i, i + length + 4))
    }

    /// `\(`, `\"`: a sign that is written as itself, with the backslash that says so.
    fn escape(&mut self, i: usize) -> Option<usize> {
        self.get(i + 1).is_some_and(|c| c.is_ascii_punctuation()).then(|| self.keep(i, i + 2))
    }

    /// `'('`, `'*'`: a sign that is spoken of, in straight single quotation marks. One that parts may stand between two quotations, `'甲','乙'`.
    fn quoted_sign(&mut self, i: usize) -> Option<usize> {
        let inside = self.chars.get(i + 1..)?.iter().take(MOST_SIGN + 1).position(|&c| c == '\'')?;
        let signs = &self.chars[i + 1..i + 1 + inside];
        let parts = signs.iter().any(|c| ",.;:=+-".contains(*c));
        let begins = self.prev(i).is_none_or(|c| c == ' ' || "（(，、".contains(c));
        let sign = !signs.is_empty() && signs.iter().all(|c| c.is_ascii_punctuation()) && (!parts || begins);
        sign.then(|| self.keep(i, i + inside + 2))
    }

    /// `'甲'=>'乙'`: a key of a program and its value, in straight single quotation marks.
    fn key(&mut self, i: usize) -> Option<usize> {
        let close = |from: usize| {
            let inside = self.chars.get(from..)?.iter().take(MOST_PATTERN);
            inside.into_iter().position(|&c| c == '\'').map(|length| from + length)
        };
        let key = close(i + 1).filter(|&at| self.chars.get(at + 1..at + 3) == Some(&['=', '>']))?;
        let value = if self.get(key + 3) == Some('\'') { close(key + 4) } else { None };
        Some(self.keep(i, value.map_or(key + 3, |at| at + 1)))
    }

    fn tick_runs(&self, signs: &[usize]) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for &i in signs.iter().filter(|&&i| self.chars[i] == '`') {
            match runs.last_mut() {
                Some((start, length)) if *start + *length == i => *length += 1,
                _ => runs.push((i, 1)),
            }
        }
        runs.reverse();
        runs
    }

    /// `` `code` ``: a run of backticks up to the next run of the same length. The BBS quotation ``` ``…'' ``` is none.
    fn code_span(&mut self, i: usize) -> usize {
        while self.ticks.last().is_some_and(|&(start, _)| start < i) {
            self.ticks.pop();
        }
        let Some(&(start, length)) = self.ticks.last() else { return i + 1 };
        // Runs of one line seldom differ in length; the reach keeps a hostile line linear.
        let closer = self.ticks.iter().rev().skip(1).take(32).find(|&&(_, other)| other == length).copied();
        match closer {
            Some((end, length)) if start == i => self.keep(i, end + length),
            _ => i + length,
        }
    }

    /// `scheme://…` up to white space, Chinese, or a bracket; stops at its end do not belong to it.
    fn address(&mut self, i: usize) -> Option<usize> {
        if (self.get(i + 1), self.get(i + 2)) != (Some('/'), Some('/')) {
            return None;
        }
        let start = i - self.chars[..i].iter().rev().take(20).take_while(|&&c| is_latin(c)).count();
        let rest = &self.chars[i..];
        let mut end =
            i + rest.iter().take_while(|&&c| !c.is_whitespace() && !is_wide(c) && !"<>\"`".contains(c)).count();
        let brackets = self.chars[start..end].contains(&'(');
        while end > i + 3 && self.prev(end).is_some_and(|c| ",;:?!.".contains(c) || (c == ')' && !brackets)) {
            end -= 1;
        }
        if start.checked_sub(1).and_then(|at| self.get(at)) == Some(',') && self.get(end) == Some(',') {
            self.row();
        }
        Some(self.keep(start, end))
    }

    /// Keeps the commas of a row of data, in which an address is a cell.
    fn row(&mut self) {
        let commas = self.chars.iter().filter(|c| **c == ',').count();
        if commas >= FEWEST_COMMAS && !self.is_row {
            self.is_row = true;
            self.chars.iter().zip(self.kept.iter_mut()).for_each(|(c, kept)| *kept |= *c == ',');
        }
    }

    /// `name@host.tld`.
    fn mail(&mut self, i: usize) -> Option<usize> {
        if !(self.prev(i).is_some_and(is_latin) && self.get(i + 1).is_some_and(is_latin)) {
            return None;
        }
        let name = self.chars[..i].iter().rev().take(64).take_while(|&&c| is_latin(c) || "._-+".contains(c)).count();
        let mut end = i + 1 + self.chars[i + 1..].iter().take_while(|&&c| is_latin(c) || ".-".contains(c)).count();
        while self.prev(end) == Some('.') {
            end -= 1;
        }
        Some(self.keep(i - name, end))
    }

    /// The Chinese name of a file, `中国戏曲发展史(第二卷).pdf`, whose point stands at `i`: all of it where nothing else stands between
    /// two spaces, and in a sentence the bracket before the point.
    fn file_name(&mut self, i: usize) -> Option<usize> {
        let kind: String = self.chars[i + 1..].iter().take(6).take_while(|&&c| is_latin(c)).collect();
        let end = i + 1 + kind.len();
        let before = self.prev(i).filter(|&c| is_wide(c) || c.is_ascii_digit() || matches!(c, ')' | ']'))?;
        let known = FILE_KINDS.contains(&&*kind.to_ascii_lowercase());
        let parts = |c: char| c.is_whitespace() || "，。；：？！、“”,;:?!\"".contains(c);
        let name = self.chars[..i].iter().rev().take(MOST_NAME).take_while(|&&c| !parts(c)).count();
        let mut start = i - name;
        // `examples/例程/读数(硬件).mix`: a path names a file of any kind.
        let path = self.chars[start..i].iter().filter(|c| **c == '/').count() > 1 && !kind.is_empty();
        if !(known || path) {
            return None;
        }
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if !(space(self.get(end)) && space(self.prev(start))) {
            let open = (before == ')').then(|| self.chars[start..i].iter().rposition(|&c| c == '('))??;
            return Some(self.keep(start + open, end));
        }
        // `(一)` before the name is a number.
        if self.chars[start] == '(' {
            start += self.chars[start..i].iter().position(|&c| c == ')').map_or(0, |close| close + 1);
        }
        Some(self.keep(start, end))
    }

    /// ``:ref:`甲` ``: a role of reStructuredText before its text.
    fn role(&mut self, i: usize) -> Option<usize> {
        let name = self.chars[i + 1..].iter().take(MOST_ROLE).take_while(|c| c.is_ascii_lowercase()).count();
        let end = i + 1 + name;
        let role = name > 0 && self.get(end) == Some(':') && self.get(end + 1) == Some('`');
        role.then(|| self.keep(i, end + 1))
    }

    /// `C:\…`.
    fn drive(&mut self, i: usize) -> Option<usize> {
        let drive = self.get(i + 1) == Some('\\') && self.prev(i).is_some_and(|c| c.is_ascii_alphabetic());
        drive.then(|| self.keep(i, i + 2))
    }

    /// `:)`, `;-)`, `:D`, `:|` behind a space, at the line's start or behind Chinese.
    fn emoticon(&mut self, i: usize) -> Option<usize> {
        let before = self.prev(i);
        if !before.is_none_or(|c| c == ' ' || is_wide(c)) {
            return None;
        }
        let nose = self.get(i + 1) == Some('-');
        let mouth = i + 1 + usize::from(nose);
        let face = match self.get(mouth)? {
            ')' | '(' | '|' if nose => true,
            ')' => self.depth == 0,
            // `唉:(又下雨了`: no bracket closes behind it.
            '(' if before.is_some_and(speech::exclaims) => {
                !self.chars[mouth + 1..].iter().take(MOST_TAG).any(|&c| matches!(c, ')' | '）'))
            }
            'D' | 'P' | 'p' if before.is_some_and(speech::exclaims) => true,
            // `如下 :(见图)` opens a bracket.
            '(' | '|' => {
                before == Some(' ') && self.get(mouth + 1).is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '）'))
            }
            'D' | 'P' | 'p' => nose || before.is_none_or(|c| c == ' '),
            _ => false,
        };
        let ends = self.get(mouth + 1).is_none_or(|c| !is_latin(c));
        (face && ends).then(|| self.keep(i, mouth + 1))
    }

    /// The drops of sweat behind a face, `@_@;;;`, `^^"`: two eyes that are the same, with a mouth between them or none.
    fn sweat(&mut self, i: usize) -> Option<usize> {
        let eyes = |c: char| "^@=><-*oOQTxX".contains(c);
        let face = match (
            i.checked_sub(3).and_then(|at| self.get(at)),
            i.checked_sub(2).map(|at| self.get(at))?,
            self.prev(i)?,
        ) {
            (Some(left), Some('_' | '.'), right) => left == right && eyes(left),
            (_, Some('^'), '^') => true,
            _ => false,
        };
        let drop = self.chars[i];
        let drops = self.chars[i..].iter().take(8).take_while(|&&c| c == drop).count();
        face.then(|| self.keep(i, i + drops))
    }

    /// An HTML tag, comment or closing tag, and the content of an element that holds code.
    fn tag(&mut self, i: usize) -> Option<usize> {
        let first = self.get(i + 1)?;
        if !(first.is_ascii_alphabetic() || first == '/' || first == '!') {
            return None;
        }
        let length = self.chars[i..].iter().take(MOST_TAG).position(|&c| c == '>')?;
        let end = i + length + 1;
        let name: String = self.chars[i + 1..end].iter().take_while(|c| c.is_ascii_alphanumeric()).collect();
        // `<doc:构造过程>`, an address.
        if first.is_ascii_lowercase() && self.get(i + 1 + name.len()) == Some(':') {
            let spaced = self.chars[i..end].contains(&' ');
            return (!spaced).then(|| self.keep(i, end));
        }
        // A tag's name is Latin and ends in a space, a slash or the tag's end; `<书名>` and `a<b>c` are prose.
        if self.chars[i + 1..end - 1].iter().any(|&c| is_han(c)) && !self.chars[i..end].contains(&'=') && first != '!' {
            return None;
        }
        self.keep(i, end);
        if matches!(&*name.to_ascii_lowercase(), "code" | "pre" | "script" | "style" | "kbd" | "samp") {
            let closing = self.chars[end..].windows(2).take(MOST_TAG * 4).position(|pair| pair == ['<', '/']);
            return Some(closing.map_or(end, |length| self.keep(end, end + length)));
        }
        Some(end)
    }

    /// `&name;`, `&#123;`.
    fn entity(&mut self, i: usize) -> Option<usize> {
        let length = self.chars[i + 1..].iter().take(12).take_while(|&&c| is_latin(c) || c == '#').count();
        let end = i + 1 + length;
        (length > 1 && self.get(end) == Some(';')).then(|| self.keep(i, end + 1))
    }

    /// `data['列']`, `{'甲':2,'乙':1}`, `f("甲")`, `f（"甲"）`: an index, a literal or a call of a program, whose first part stands in straight quotation marks;
    /// no text of a link.
    fn expression(&mut self, i: usize) -> Option<usize> {
        let called = self.prev(i).is_some_and(|c| c.is_ascii_lowercase() || c == '_');
        if !matches!(self.get(i + 1)?, '"' | '\'') || matches!(self.chars[i], '(' | '（') && !called {
            return None;
        }
        let (mut depth, mut quote) = (0usize, None);
        let length = self.chars[i..].iter().take(MOST_TAG).position(|&c| {
            match (quote, c) {
                (Some(open), _) => quote = Some(open).filter(|&open| open != c),
                (None, '"' | '\'') => quote = Some(c),
                (None, '(' | '（' | '[' | '{') => depth += 1,
                (None, ')' | '）' | ']' | '}') => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        let end = i + length + 1;
        (self.get(end) != Some('(') || called).then(|| self.keep(i, end))
    }

    /// `$…$` with the signs of a formula and no Han character; between `$$` a formula may have words.
    fn formula(&mut self, i: usize) -> Option<usize> {
        if self.get(i + 1) == Some('$') {
            let inner = self.chars.get(i + 2..)?;
            let length = inner.iter().take(MOST_FORMULA).position(|&c| c == '$')?;
            let formula = inner[..length].contains(&'\\') && inner.get(length + 1) == Some(&'$');
            return formula.then(|| self.keep(i, i + length + 4));
        }
        if !self.dollars {
            return None;
        }
        let Some(length) = self.chars[i + 1..].iter().position(|&c| c == '$') else {
            self.dollars = false;
            return None;
        };
        let end = i + 1 + length;
        let inner = &self.chars[i + 1..end];
        let formula = !inner.iter().any(|&c| is_han(c)) && inner.iter().any(|&c| "\\^_=+{".contains(c));
        formula.then(|| self.keep(i, end + 1))
    }

    /// `](target)` of a link: no Han character in it, or signs of an address.
    fn link_target(&mut self, i: usize) -> Option<usize> {
        match self.get(i + 1)? {
            '(' => {
                let mut depth = 0usize;
                let length = self.chars[i + 1..].iter().take(MOST_TAG).position(|&c| {
                    depth = if c == '(' { depth + 1 } else { depth - usize::from(c == ')' && depth > 0) };
                    c == ')' && depth == 0
                });
                // Where the brackets do not come out even, the first that closes is the end.
                let first = || self.chars[i + 1..].iter().take(MOST_TAG).position(|&c| c == ')');
                let length = length.or_else(first)?;
                let end = i + 1 + length;
                let inner = &self.chars[i + 2..end];
                let target = !inner.is_empty()
                    && (self.markdown || !inner.iter().any(|&c| is_han(c)) || inner.iter().any(|&c| "/#".contains(c)));
                target.then(|| self.keep(i + 1, end + 1))
            }
            '[' => {
                let length = self.chars[i + 1..].iter().take(MOST_TAG).position(|&c| c == ']')?;
                Some(self.keep(i + 1, i + 2 + length))
            }
            _ => None,
        }
    }

    /// `[label]: target` at the line's start; gives where the prose goes on.
    fn reference_definition(&mut self) -> usize {
        let indent = self.chars.iter().take_while(|&&c| c == ' ').count();
        if self.get(indent) != Some('[') {
            return 0;
        }
        let Some(close) = self.chars.iter().take(MOST_TAG).position(|&c| c == ']') else { return 0 };
        match (self.get(close + 1), self.get(indent + 1)) {
            // What follows is the text of the note.
            (Some(':'), Some('^')) => self.keep(0, close + 2),
            (Some(':'), _) => self.keep(0, self.chars.len()),
            _ => 0,
        }
    }

    /// `(2,3]`, `[0,1)`: an interval, whose brackets are no pair.
    fn interval(&mut self, i: usize) -> Option<usize> {
        let inside = self.chars[i + 1..].iter().take(MOST_INTERVAL);
        let length =
            inside.take_while(|&&c| is_latin(c) || matches!(c, ',' | ' ' | '.' | '-' | '+' | '∞' | '/' | '，')).count();
        let end = i + 1 + length;
        let mixed = matches!((self.chars[i], self.get(end)?), ('(', ']') | ('[', ')'));
        let two = self.chars[i + 1..end].iter().filter(|c| matches!(c, ',' | '，')).count() == 1;
        (mixed && two).then(|| self.keep(i, end + 1))
    }

    /// `!important`: a keyword of style sheets behind its sign.
    fn keyword(&mut self, i: usize) -> Option<usize> {
        let word: String = self.chars[i + 1..].iter().take(12).take_while(|&&c| is_latin(c)).collect();
        KEYWORDS.contains(&&*word).then(|| self.keep(i, i + 1 + word.len()))
    }

    /// `(010)8888`: an area code.
    fn area_code(&mut self, i: usize) -> Option<usize> {
        let digits = self.chars[i + 1..].iter().take(5).take_while(|c| c.is_ascii_digit()).count();
        let close = i + 1 + digits;
        let number = self.chars.get(close + 1..)?;
        let number = number.iter().take_while(|&&c| c == ' ' || c == '-' || c.is_ascii_digit());
        let digits_behind = number.filter(|c| c.is_ascii_digit()).take(6).count();
        if (3..=4).contains(&digits) && self.get(close) == Some(')') && self.chars[i] == '(' && digits_behind >= 6 {
            self.depth = self.depth.saturating_sub(1);
            return Some(self.keep(i, close + 1));
        }
        None
    }

    /// `title="…"`, `b = "fab"`: the value of an attribute, an option or a variable, with its quotation marks.
    fn attribute(&mut self, i: usize) -> Option<usize> {
        let latin = |back: usize| i.checked_sub(back).and_then(|at| self.get(at)).is_some_and(is_latin);
        let named = self.prev(i) == Some('=') && latin(2);
        let apart = i > 3 && self.chars[i - 3..i] == [' ', '=', ' '] && latin(4);
        let most = if named { MOST_TAG } else { MOST_PATTERN };
        let value = self.chars.get(i + 1..).filter(|_| self.chars[i] == '"')?;
        let length = value.iter().take(most).position(|&c| c == '"')?;
        let value = &value[..length];
        let short = length < MOST_NAME || value.contains(&'<');
        let program = apart && value.iter().all(char::is_ascii) || is_pattern(value);
        (named && short || program).then(|| self.keep(i, i + length + 2))
    }

    /// `^\d+(\.\d+)?$`: a pattern of a program, from the sign of a line's beginning to that of its end.
    fn pattern(&mut self, i: usize) -> Option<usize> {
        let run = self.chars[i..].iter().take(MOST_TAG).take_while(|c| c.is_ascii_graphic()).count();
        let end = self.chars[i..i + run].iter().rposition(|&c| c == '$').filter(|&length| length > 1)?;
        Some(self.keep(i, i + end + 1))
    }

    /// Marks inside a quotation of two or more English words keep their form.
    fn quotation(&mut self, i: usize) -> usize {
        let c = self.chars[i];
        match self.opened {
            Some((open, start)) if matches!((open, c), ('"', '"') | ('“', '”') | ('「', '」')) => {
                let inner = &self.chars[start + 1..i];
                let english = !inner.iter().any(|&c| is_wide(c))
                    && inner.iter().any(|c| c.is_ascii_alphabetic())
                    && inner.contains(&' ');
                if english {
                    self.keep(start + 1, i);
                }
                self.opened = None;
            }
            _ if matches!(c, '"' | '“' | '「') => self.opened = Some((c, i)),
            _ => self.opened = None,
        }
        i
    }
}

/// Whether a quotation holds a pattern of a program, `do(es)?`.
fn is_pattern(value: &[char]) -> bool {
    let repeats = |two: &[char]| matches!(two, [')' | ']' | '}', '?' | '*' | '+' | '{'] | ['.', '*'] | ['\\', _]);
    value.iter().all(|c| c.is_ascii() && *c != ' ') && value.windows(2).any(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(line: &str) -> String {
        let chars: Vec<char> = line.chars().collect();
        let mut kept = vec![false; chars.len()];
        mark(&chars, &(0..chars.len()).collect::<Vec<_>>(), true, &mut kept);
        chars.iter().zip(kept).map(|(c, kept)| if kept { *c } else { '·' }).collect()
    }

    #[test]
    fn addresses_end_before_the_stop_that_follows_them() {
        assert_eq!(kept("见https://a.cn/b,c?x=1,或me@a.cn,谢"), "·https://a.cn/b,c?x=1··me@a.cn··");
        assert_eq!(kept("(http://a.cn/b_(c))"), "·http://a.cn/b_(c))");
    }

    #[test]
    fn code_tags_formulas_and_link_targets_are_kept() {
        assert_eq!(kept("用`a,b`与<b class=\"x\">"), "·`a,b`·<b class=\"x\">");
        assert_eq!(kept("[甲](a.md,b)与$a_1,b$"), "···(a.md,b)·$a_1,b$");
        assert_eq!(kept("&nbsp;,<书名>"), "&nbsp;·····");
        assert_eq!(kept("$$\\Delta_{\\text{旧}}(x)$$,"), "$$\\Delta_{\\text{旧}}(x)$$·");
        assert_eq!(kept("取df['列,名'],说('好')"), "···['列,名']·······");
        assert_eq!(kept("轮:{'梅西':2,'C罗':3},['注'](见)"), "··{'梅西':2,'C罗':3}······(见)");
        assert_eq!(kept("甲,http://a.cn/1,乙,丙,丁"), "·,http://a.cn/1,·,·,·");
        assert_eq!(kept("图{% img a.png '\"甲\" \"乙\"' %},{{ 名, }}"), "·{% img a.png '\"甲\" \"乙\"' %}·{{ 名, }}");
        assert_eq!(kept("见<doc:构造,过程>,<甲:乙>"), "·<doc:构造,过程>······");
        assert_eq!(kept("用add_text（\"甲\",\"乙\",...）,"), "·········（\"甲\",\"乙\",...）·");
        assert_eq!(kept("数: ^\\d+(\\.\\d+)?$,甲^乙$"), "···^\\d+(\\.\\d+)?$·····");
        assert_eq!(kept("例\"do(es)?\"可,b = \"fab\"为,\"甲?\""), "·\"do(es)?\"······\"fab\"······");
        assert_eq!(kept("return\\(\\)句,"), "······\\(\\)··");
        assert_eq!(kept("即'('与')',如 '.'与'甲','乙'"), "·'('·')'···'.'········");
    }

    #[test]
    fn columns_keep_what_is_not_chinese_before_a_gap() {
        let kept = |line: &str| -> String {
            let chars: Vec<char> = line.chars().collect();
            let mut kept = vec![false; chars.len()];
            mark(&chars, &(0..chars.len()).collect::<Vec<_>>(), false, &mut kept);
            chars.iter().zip(kept).map(|(c, kept)| if kept { *c } else { '·' }).collect()
        };
        assert_eq!(kept("  (p)(↑)/(n)(↓)  上一个(看板)"), "··(p)(↑)/(n)(↓)·········");
        assert_eq!(kept("按(ESC-0~9)\t贴上(甲)"), "按(ESC-0~9)······");
        assert_eq!(kept("我们用 Rust,  好(吗)"), "···············");
    }

    #[test]
    fn a_smile_is_no_colon() {
        assert_eq!(kept("微笑 :) 好的:D"), "···:)·····");
        assert_eq!(kept("(注:)"), "····");
    }
}

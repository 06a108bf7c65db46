//! Lines of publication data: `作者：罗贯中`, `发布日期：2018-01-05 信息来源：济南日报`.

use crate::chinese::date;
use crate::chinese::words::Word;
use crate::document::Meta;

/// What a key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    Author,
    Source,
    Date,
    /// Worth keeping together with the others, but no metadata.
    Other,
}

/// The keys, without the spaces that may part their characters.
const KEYS: [(Word, Field); 5] = [
    (Word::KeyTitle, Field::Title),
    (Word::KeyAuthor, Field::Author),
    (Word::KeySource, Field::Source),
    (Word::KeyDate, Field::Date),
    (Word::KeyOther, Field::Other),
];

/// The keys of Org-mode: `#+TITLE: …`. All others are data as well.
const ORG: [(&str, Field); 3] = [("TITLE", Field::Title), ("AUTHOR", Field::Author), ("DATE", Field::Date)];

/// Longest key in characters, spaces left out.
const LONGEST: usize = 5;

/// The field of an Org-mode file that `line` sets, and its value.
fn org(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.strip_prefix("#+")?.split_once(':')?;
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let field = ORG.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or(Field::Other, |(_, field)| *field);
    (!name.is_empty() && name.bytes().all(letters)).then(|| (field, value.trim()))
}

/// The key at the beginning of `line` and what follows its colon.
pub fn key(line: &str) -> Option<(Field, &str)> {
    if let Some(found) = org(line) {
        return Some(found);
    }
    let mut name = [0u8; LONGEST * 3];
    let (mut len, mut count) = (0, 0);
    for (i, c) in line.char_indices() {
        match c {
            '：' | ':' | '︰' => {
                let name = std::str::from_utf8(&name[..len]).ok()?;
                let (_, field) = KEYS.iter().find(|(key, _)| key.is_in(name))?;
                return Some((*field, line[i + c.len_utf8()..].trim()));
            }
            ' ' | '\u{3000}' => {}
            _ if count < LONGEST && c.len_utf8() <= 3 => {
                len += c.encode_utf8(&mut name[len..]).len();
                count += 1;
            }
            _ => return None,
        }
    }
    None
}

/// Reads the keys of a line of publication data into `meta`; false if it is none.
pub fn read(line: &str, meta: &mut Meta) -> bool {
    // Brackets around the whole line are a matter of looks.
    let line = line
        .strip_prefix(['（', '(', '[', '【'])
        .and_then(|l| l.strip_suffix(['）', ')', ']', '】']))
        .unwrap_or(line)
        .trim();
    // When the page was made may stand before the keys.
    let stamp = date::leading(line).map(|(iso, at)| {
        let time = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ':' | '：');
        (iso, line[at..].trim_start_matches(time))
    });
    let (iso, line) = stamp.map_or((None, line), |(iso, rest)| (Some(iso), rest));
    let Some((mut field, mut rest)) = key(line) else { return false };
    if meta.date.is_none() {
        meta.date = iso;
    }
    loop {
        // A further key may follow after a space or a comma.
        let parts = |c: char| c.is_whitespace() || matches!(c, '，' | ',');
        let next = rest.char_indices().filter(|&(_, c)| parts(c)).find_map(|(i, _)| {
            let after = rest[i..].trim_start_matches(parts);
            key(after).map(|found| (i, found))
        });
        let value = rest[..next.map_or(rest.len(), |(i, _)| i)].trim();
        store(field, value, meta);
        match next {
            Some((_, found)) => (field, rest) = found,
            None => return true,
        }
    }
}

fn store(field: Field, value: &str, meta: &mut Meta) {
    if value.is_empty() {
        return;
    }
    match field {
        Field::Title if meta.title.is_none() => meta.title = Some(value.to_owned()),
        Field::Author if meta.authors.is_empty() => meta.authors = vec![value.to_owned()],
        Field::Source if meta.source.is_none() => meta.source = Some(value.to_owned()),
        Field::Date if meta.date.is_none() => {
            meta.date = date::leading(value.trim_start_matches(['[', '<'])).map(|(iso, _)| iso);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_into_the_metadata() {
        let mut meta = Meta::default();
        assert!(read("发布日期：2018-01-05  信息来源：济南日报", &mut meta));
        assert!(read("作　者：罗贯中", &mut meta));
        assert!(!read("作者认为：此事可行。", &mut meta));
        assert!(!read("他说：好", &mut meta));
        assert_eq!((meta.date.as_deref(), meta.source.as_deref()), (Some("2018-01-05"), Some("济南日报")));
        assert_eq!(meta.authors, ["罗贯中"]);
        let mut stamped = Meta::default();
        assert!(read("2013年07月15日 10:20  来源：某某晚报  作者：钱某  字号：大 中 小", &mut stamped));
        assert!(!read("2013年07月15日 10:20 我市高温", &mut stamped));
        assert_eq!((stamped.date.as_deref(), stamped.source.as_deref()), (Some("2013-07-15"), Some("某某晚报")));
        assert_eq!(stamped.authors, ["钱某"]);
        let mut org = Meta::default();
        assert!(read("#+TITLE: 养成习惯", &mut org) && read("#+date: [2019-03-10 日 22:04]", &mut org));
        assert!(read("#+OPTIONS: H:6 num:nil", &mut org) && !read("#+begin_src shell", &mut org));
        assert_eq!((org.title.as_deref(), org.date.as_deref()), (Some("养成习惯"), Some("2019-03-10")));
        let mut board = Meta::default();
        assert!(read("發信人：wind （風），信區：Story", &mut board));
        assert_eq!(board.authors, ["wind （風）"]);
    }
}

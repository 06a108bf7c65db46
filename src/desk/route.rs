//! What is asked for, and what is answered.

use super::answer::Answer;
use super::http::Method;
use super::room::{Refusal, Room};
use super::text::{Opened, Part, What};
use super::view::{self, File, places};
use super::{drop, page};
use crate::decide::{Decision, FileDecisions, HeadingDecision, Ledger, Verdict};
use crate::decode;
use crate::discover;
use crate::error::Cause;
use crate::lang::Lang;
use crate::span::Lines;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Most lines that are answered at once.
const LINES: usize = 1000;
/// Most bytes in which something is wished for: the longest text that can be put somewhere.
const WISH: u64 = 16 << 20;

/// What was asked for, in pieces.
struct Asked<'a> {
    path: Vec<&'a str>,
    query: &'a str,
}

impl<'a> Asked<'a> {
    fn new(url: &'a str) -> Self {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        Asked { path: path.split('/').collect(), query }
    }

    fn value(&self, name: &str) -> Option<String> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| unescaped(value))
    }

    /// The language that is to be answered in.
    fn lang(&self, room: &Room) -> Lang {
        match self.value("lang").as_deref() {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            _ => room.tools().lang,
        }
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.value(name)?.parse().ok()
    }
}

/// What `%XX` in the part of an address stand for; `None` where that is no text.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        bytes.push(match first {
            b'%' => {
                let (hex, behind) = rest.split_at_checked(2)?;
                rest = behind;
                u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?
            }
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Answers what is asked for behind the token.
pub fn answer(room: &Room, method: Method, url: &str, body: &[u8], closed: &AtomicBool) -> Answer {
    let asked = Asked::new(url);
    let lang = asked.lang(room);
    let id = |text: &str| text.parse::<usize>().ok();
    match (method, asked.path.as_slice()) {
        (Method::Get, ["api", "files"]) => {
            let since = asked.number("since").map_or(0, |since| since as u64);
            room.news(since, |news| Answer::json(news))
        }
        (Method::Get, ["api", "file", number]) => id(number).map_or(Answer::refused(404), |id| file(room, id, lang)),
        (Method::Get, ["api", "file", number, "lines"]) => {
            let (from, count) = (asked.number("from").unwrap_or(1), asked.number("count").unwrap_or(200).min(LINES));
            let Some(id) = id(number) else { return Answer::refused(404) };
            opened(room, id, asked.value("of").as_deref(), lang)
                .map_or_else(|refusal| refusal, |opened| lines(&opened, from, count, lang))
        }
        (Method::Get, ["api", "file", number, "place", at]) => match (id(number), id(at)) {
            (Some(id), Some(at)) => opened(room, id, asked.value("of").as_deref(), lang)
                .map_or_else(|refusal| refusal, |opened| place(&opened, at, lang)),
            _ => Answer::refused(404),
        },
        (Method::Get, ["out", "all.zip"]) => match room.editions() {
            Ok(files) => Answer::archive("editions.zip", files),
            Err(cause) => done(Err(cause), lang),
        },
        (Method::Get, ["out", number, format]) => {
            let keep = asked.value("keep").is_some();
            id(number).map_or(Answer::refused(404), |id| edition(room, id, format, keep))
        }
        (Method::Get, [name]) => page::part(name, lang).unwrap_or(Answer::refused(404)),
        (Method::Post, ["api", "file", number, "decide"]) => match (id(number), serde_json::from_slice(body)) {
            (Some(id), Ok(wish)) => decide(room, id, asked.value("of").as_deref(), wish, lang),
            _ => Answer::refused(400),
        },
        (Method::Post, ["api", "undo"]) => match room.undo() {
            Ok(done) => Answer::json(&Done { done }),
            Err(cause) => done(Err(cause), lang),
        },
        (Method::Post, ["api", "look"]) => {
            room.look();
            done(Ok(()), lang)
        }
        (Method::Post, ["api", "convert"]) => match serde_json::from_slice::<Convert>(body) {
            Ok(wish) => {
                room.convert(wish.ids);
                done(Ok(()), lang)
            }
            Err(_) => Answer::refused(400),
        },
        (Method::Post, ["api", "close"]) => {
            closed.store(true, Ordering::Relaxed);
            done(Ok(()), lang)
        }
        _ => Answer::refused(404),
    }
}

/// How many bytes the body of a request for `url` may have: what is wished is said in few, and an archive is not read at once.
pub fn most(room: &Room, method: Method, url: &str) -> u64 {
    let path = Asked::new(url).value("path").unwrap_or_default();
    match method {
        Method::Get | Method::Post => WISH,
        Method::Put if discover::is_archive(Path::new(&path)) => u64::MAX,
        Method::Put => room.tools().options.max_size,
    }
}

/// Keeps a file that is dropped.
pub fn put(room: &Room, url: &str, from: &mut dyn Read) -> Answer {
    let asked = Asked::new(url);
    match (asked.path.as_slice(), asked.value("path")) {
        (["api", "drop"], Some(path)) => {
            let put = drop::put(&room.tools().input, &path, from);
            done(put.map(|place| room.add(place)), asked.lang(room))
        }
        (["api", "drop"], None) => Answer::refused(400),
        _ => Answer::refused(404),
    }
}

/// What is to be converted.
#[derive(Deserialize)]
struct Convert {
    /// The numbers of the files; all where there are none.
    ids: Option<Vec<usize>>,
}

/// Whether something was done.
#[derive(Serialize)]
struct Done {
    done: bool,
}

/// That something was done, or why not.
fn done(result: Result<(), Cause>, lang: Lang) -> Answer {
    match result {
        Ok(()) => Answer::json(&Done { done: true }),
        Err(cause) => Answer::failed(422, &crate::unicode::printable(&cause.told(lang))),
    }
}

fn failed(error: &crate::error::Error, lang: Lang) -> Answer {
    let [en, zh] = view::told(error);
    Answer::failed(422, lang.pick(&en, &zh))
}

/// That something else was looked at than there is now.
fn stale() -> Answer {
    Answer::refused(409)
}

/// File `id`, read, where it is still the version `of` that was looked at.
fn opened(room: &Room, id: usize, of: Option<&str>, lang: Lang) -> Result<Arc<Opened>, Answer> {
    let opened = room.open(id).map_err(|error| failed(&error, lang))?;
    if of.is_none_or(|of| of == opened.version) { Ok(opened) } else { Err(stale()) }
}

fn file(room: &Room, id: usize, lang: Lang) -> Answer {
    let Some(input) = room.input(id) else { return Answer::refused(404) };
    match room.open(id).and_then(|opened| Ok((opened, room.chosen(&input)?))) {
        Ok((opened, chosen)) => Answer::json(&File::of(&opened, &chosen.settings, &input, lang)),
        Err(error) => failed(&error, lang),
    }
}

fn lines(opened: &Opened, from: usize, count: usize, lang: Lang) -> Answer {
    #[derive(Serialize)]
    struct Answered {
        rows: Vec<super::text::Row>,
        places: Vec<view::Place>,
    }
    let rows = opened.rows(from, count);
    let named = rows.iter().flat_map(|row| &row.parts).filter_map(|part| match part {
        Part::Mark(at) => Some(*at),
        Part::Same(_) => None,
    });
    let named: Vec<usize> = named.collect();
    let range = named.first().zip(named.last()).map_or(0..0, |(first, last)| *first..last + 1);
    Answer::json(&Answered { places: places(opened, range, lang), rows })
}

fn place(opened: &Opened, at: usize, lang: Lang) -> Answer {
    match places(opened, at..at.saturating_add(1), lang).into_iter().next() {
        Some(place) => Answer::json(&place),
        None => Answer::refused(404),
    }
}

/// What a person wishes to decide.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Wish {
    /// About edits: the number of a place, what is meant by it, and what is to become of it.
    Edit {
        place: usize,
        what: String,
        verdict: String,
        #[serde(default)]
        after: Option<String>,
        #[serde(default)]
        everywhere: bool,
    },
    /// About all edits of the file: whether nothing is changed.
    Keep(bool),
    /// How it is read; nothing to find that out.
    Encoding(Option<String>),
    /// What it is called.
    Title(Option<String>),
    /// What heads what: a line, its level, and nothing where the guess holds.
    Heading { line: usize, level: Option<u8> },
}

fn decide(room: &Room, id: usize, of: Option<&str>, wish: Wish, lang: Lang) -> Answer {
    // An encoding that does not fit is decided about without the text.
    let opened = room.open(id);
    let sha256 = opened.as_ref().ok().map(|opened| opened.source.sha256.clone());
    let decided = match (wish, opened) {
        (Wish::Encoding(label), _) => {
            let label = label.as_deref().map(|label| decode::label(label).ok_or(()));
            let Ok(label) = label.transpose() else { return Answer::refused(400) };
            let sha256 = sha256.or_else(|| digest(room, id));
            room.decide(id, false, None, |ledger, name| {
                let file = ledger.file(name);
                file.of_bytes(sha256);
                file.encoding = label.map(str::to_owned);
            })
        }
        (_, Err(error)) => return failed(&error, lang),
        (Wish::Title(title), Ok(_)) => room.decide(id, false, None, |ledger, name| {
            let title = title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
            of_file(ledger, name, sha256).title = title;
        }),
        (Wish::Keep(keeps), Ok(_)) => room.decide(id, false, None, |ledger, name| {
            let file = of_file(ledger, name, sha256);
            file.edits
                .retain(|decision| decision.rule.is_some() || decision.line.is_some() || decision.before.is_some());
            if keeps {
                file.decide([Decision::of_all(Verdict::Reject)]);
            }
        }),
        // Lines and places are those of the version that was looked at, and it must be said which that is.
        (Wish::Heading { .. } | Wish::Edit { .. }, Ok(_)) if of.is_none() => return Answer::refused(400),
        (Wish::Heading { .. } | Wish::Edit { .. }, Ok(opened)) if of != Some(&opened.version) => return stale(),
        (Wish::Heading { line, level }, Ok(opened)) => {
            let text = &opened.reading.decoded.text;
            let said = Lines::new(text).line(line).and_then(|range| text.get(range)).map(|line| line.trim().to_owned());
            let Some(said) = said.filter(|said| !said.is_empty() && level.is_none_or(|level| level <= 6)) else {
                return Answer::refused(400);
            };
            room.decide(id, false, of, |ledger, name| {
                let file = of_file(ledger, name, sha256);
                match level {
                    Some(level) => file.head([HeadingDecision { line, text: said, level }]),
                    None => file.headings.retain(|known| known.line != line),
                }
            })
        }
        (Wish::Edit { place, what, verdict, after, everywhere }, Ok(opened)) => {
            let what = match what.as_str() {
                "place" => What::Place,
                "form" => What::Form,
                "rule" => What::Rule,
                _ => return Answer::refused(400),
            };
            let named = Verdict::NAMED.iter().find(|(name, _)| *name == verdict).map(|(_, verdict)| *verdict);
            // What a person put there is accepted by taking back what was decided.
            let clears = verdict == "clear" || what == What::Place && verdict == "accept" && opened.is_by_hand(place);
            let fits = match named {
                Some(Verdict::Replace) => after.is_some() && what != What::Rule,
                Some(Verdict::Accept | Verdict::Reject) => after.is_none(),
                None => verdict == "clear",
            };
            let shared = everywhere && what != What::Place;
            let decision = opened.decision(place, what, named.unwrap_or(Verdict::Accept), after).filter(|_| fits);
            let Some(decision) = decision else { return Answer::refused(400) };
            room.decide(id, shared, of, |ledger, name| {
                let edits = if shared { &mut ledger.edits } else { &mut of_file(ledger, name, sha256).edits };
                if what == What::Place {
                    let within = opened.within(place);
                    edits.retain(|known| !within(known));
                }
                edits.retain(|known| known.about() != decision.about());
                if !clears {
                    edits.push(decision);
                }
            })
        }
    };
    match decided {
        Ok(()) => done(Ok(()), lang),
        Err(Refusal::Stale) => stale(),
        Err(Refusal::Fault(cause)) => done(Err(cause), lang),
    }
}

/// What was decided about the file called `name`, whose bytes have this digest.
fn of_file<'l>(ledger: &'l mut Ledger, name: &str, sha256: Option<String>) -> &'l mut FileDecisions {
    let file = ledger.file(name);
    file.of_bytes(sha256);
    file
}

/// The digest of a file that cannot be read as text.
fn digest(room: &Room, id: usize) -> Option<String> {
    let input = room.input(id)?;
    crate::batch::load(&input, room.tools().options.max_size).ok().map(|source| source.sha256)
}

fn edition(room: &Room, id: usize, format: &str, keep: bool) -> Answer {
    let kind = match format {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "epub" => "application/epub+zip",
        "html" | "md" | "txt" => "text/plain; charset=utf-8",
        _ => return Answer::refused(404),
    };
    match room.edition(id, format) {
        Some((path, bytes)) => {
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            Answer::file(kind, &name, format == "pdf" && !keep, bytes)
        }
        None => Answer::refused(404),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_browsers_write_them() {
        let asked = Asked::new("api/drop?path=%E4%BF%A1%2Fa+b.txt&from=2");
        assert_eq!(asked.path, ["api", "drop"]);
        assert_eq!(asked.value("path").as_deref(), Some("信/a b.txt"));
        assert_eq!((asked.number("from"), asked.number("count")), (Some(2), None));
        assert_eq!(Asked::new("x?path=%FF").value("path"), None);
        assert_eq!(Asked::new("x?path=%1").value("path"), None);
    }
}

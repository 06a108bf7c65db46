//! Which encoding to read a file in, and why.

use super::{Candidate, How, binary, declared, detect, encoding, mixed, sample};
use crate::error::Cause;
use crate::lang::Phrase;
use crate::note::{At, Note};
use std::ops::Range;

/// A choice with a smaller margin than this many bits is called doubtful.
const DOUBTFUL: f64 = 8.0;
/// How far behind the best reading a declared one may be, in tenths of a bit.
const NEARLY: u64 = 200;

/// How long a file may be, in bytes, whose lines are weighed though all of it is UTF-8.
const MIXED: usize = 64 << 10;

/// An encoding chosen, with the reasons.
pub(super) struct Choice {
    /// Its name.
    pub encoding: &'static str,
    /// How it was found.
    pub how: How,
    /// All readings weighed, best first.
    pub candidates: Vec<Candidate>,
    /// Bits between the first two.
    pub margin: Option<f64>,
    /// Whether the sample was seen to be damaged.
    pub damaged: bool,
    /// Stretches of bytes that are UTF-8 among the rest.
    pub parts: Vec<Range<usize>>,
    /// Doubts.
    pub notes: Vec<Note>,
}

/// What a character of wide units costs at least, on average, in noise; text costs half as much.
const NOISE: u64 = 160;

/// The encoding that the user named; the text decides the byte order where the name leaves it open.
pub(super) fn force(label: &str, bytes: &[u8]) -> Result<Choice, Cause> {
    let name = encoding::label(label).ok_or_else(|| Cause::NoEncoding { label: label.to_owned() })?;
    let ranked = detect::rank(bytes);
    let name = match name {
        "utf-16" | "utf-32" => {
            let of_name = |found: &&'static str| found.starts_with(name) && found.len() > name.len();
            let detected = || ranked.iter().map(|weighed| weighed.name).find(|found| of_name(found));
            let little = if name == "utf-16" { "utf-16le" } else { "utf-32le" };
            declared::mark(bytes).filter(|found| of_name(found)).or_else(detected).unwrap_or(little)
        }
        _ => name,
    };
    let mut choice = weighed(name, How::Forced, &ranked);
    let cheapest = ranked.first();
    let own = ranked.iter().find(|weighed| weighed.name == name);
    if let (Some(cheapest), Some(own)) = (cheapest, own)
        && own.behind > 1000
        && own.cost.tenths > cheapest.cost.tenths + cheapest.cost.tenths / 10
        && cheapest.name != name
    {
        let detail = Cause::ReadAsTold { encoding: name, other: cheapest.name };
        choice.notes.push(Note::warning("encoding-doubtful", At::File, detail));
    }
    Ok(choice)
}

/// The encoding by byte order mark, declaration or content; or what the file is when it is no text.
pub(super) fn choose(bytes: &[u8]) -> Result<Choice, Phrase> {
    if let Some(kind) = binary::kind(bytes) {
        return Err(kind);
    }
    if let Some(name) = declared::mark(bytes) {
        let broken = name == "utf-8" && std::str::from_utf8(bytes).is_err();
        let mixed = broken.then(|| mixed::choose(bytes)).flatten();
        return Ok(mixed.unwrap_or_else(|| weighed(name, How::Bom, &[])));
    }
    let ranked = detect::rank(bytes);
    let little = bytes.len() <= MIXED && !bytes.is_ascii();
    if (ranked.len() > 1 || little)
        && let Some(mixed) = mixed::choose(bytes)
    {
        return Ok(mixed);
    }
    let first = ranked.first();
    let name = first.map_or("utf-8", |first| first.name);
    // Wide units hold zeros and seven-bit encodings shifts.
    let controls = ["utf-16", "utf-32", "iso-2022"].iter().any(|kind| name.starts_with(kind));
    let noise = sample::pieces(bytes).iter().filter(|piece| binary::is_noise(piece)).count();
    let hopeless = first.is_some_and(|first| {
        let cost = first.cost;
        let rare = controls && cost.tenths > cost.characters as u64 * NOISE;
        cost.characters > 40 && (rare || cost.malformed * 4 > cost.characters)
    });
    let filled = name.starts_with("utf-16") && binary::is_wide_noise(bytes, name == "utf-16le");
    if hopeless || filled || (!controls && noise * 2 > sample::pieces(bytes).len()) {
        return Err(binary::NOISE);
    }
    let declared = declared::declaration(bytes).filter(|_| !bytes.is_ascii());
    let fits = |declared: &str| {
        let reading = ranked.iter().find(|weighed| weighed.name == declared);
        let errors = first.map_or(0, |first| first.cost.malformed);
        reading.is_some_and(|found| found.behind <= NEARLY && found.cost.malformed <= errors)
    };
    match declared {
        Some(declared) if fits(declared) => Ok(weighed(declared, How::Declared, &ranked)),
        // An encoding that is not weighed: believed where the text is foreign anyway.
        Some(declared) if first.is_some_and(|first| first.foreign) && !ranked.iter().any(|w| w.name == declared) => {
            Ok(weighed(declared, How::Declared, &ranked))
        }
        Some(declared) => {
            let mut choice = Choice::detected(name, &ranked);
            let detail = Cause::DeclaresOther { declared, encoding: name };
            choice.notes.push(Note::warning("declaration-wrong", At::File, detail));
            Ok(choice)
        }
        None => {
            let mut choice = Choice::detected(name, &ranked);
            if let (Some(margin), Some(second)) = (choice.margin, ranked.get(1))
                && margin < DOUBTFUL
            {
                let detail = Cause::NearlyAsLikely { encoding: name, other: second.name, bits: format!("{margin:.1}") };
                choice.notes.push(Note::warning("encoding-doubtful", At::File, detail));
            }
            Ok(choice)
        }
    }
}

impl Choice {
    /// What the content told to be `name` among the readings `ranked`.
    pub(super) fn detected(name: &'static str, ranked: &[detect::Weighed]) -> Choice {
        weighed(name, How::Detected, ranked)
    }
}

/// The choice of `name` among the readings `ranked`.
fn weighed(name: &'static str, how: How, ranked: &[detect::Weighed]) -> Choice {
    let candidates = ranked.iter().map(|weighed| Candidate {
        label: weighed.name,
        bits: weighed.cost.tenths as f64 / 10.0 / weighed.cost.characters.max(1) as f64,
        errors: weighed.cost.malformed,
    });
    let own = ranked.iter().find(|weighed| weighed.name == name);
    let runner_up = ranked.iter().find(|weighed| weighed.name != name);
    Choice {
        encoding: name,
        how,
        candidates: candidates.collect(),
        margin: own.zip(runner_up).map(|(own, other)| (other.behind as f64 - own.behind as f64) / 10.0),
        damaged: own.is_some_and(|own| own.cost.malformed > 0),
        parts: vec![],
        notes: vec![],
    }
}

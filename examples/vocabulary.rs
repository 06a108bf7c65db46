//! Makes `src/chinese/vocabulary.bin` of the dictionary of jieba (`dict.txt` of its package; MIT): a word, how often it was met, what it is.
//!
//!     cargo run --release --example vocabulary -- dict.txt > src/chinese/vocabulary.bin
//!
//! All numbers are big endian. The number of first characters (4 bytes); a row for each in order of code points: the character (2), its
//! cost as a word by itself (1), where its words begin behind all rows (4), how many of them have two characters to eight (2 each). Behind
//! the rows, for each of them and each length, the words in order: their characters but the first (2 each), the cost (1). A cost is 12 times
//! the information of a word in nats.

use std::collections::BTreeMap;
use std::io::Write;

/// Words that were met less often are left out, and first characters that stand alone less often and begin no word.
const LEAST: u32 = 5;
const LEAST_ALONE: u32 = 20;
/// Characters of the longest word.
const LONGEST: usize = 8;

/// The words that begin with a character.
#[derive(Default)]
struct First {
    alone: u32,
    words: [Vec<(Vec<u16>, u32)>; LONGEST - 1],
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the dictionary")?;
    let text = std::fs::read_to_string(path)?;
    let rows = text.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        Some((fields.next()?, fields.next()?.parse::<u32>().ok()?))
    });
    let total: f64 = rows.clone().map(|(_, count)| f64::from(count)).sum();
    let cost = |count: u32| ((total.ln() - f64::from(count).max(0.3).ln()) * 12.0).round().min(255.0) as u8;
    let mut firsts: BTreeMap<u16, First> = BTreeMap::new();
    for (word, count) in rows {
        let codes: Option<Vec<u16>> = word.chars().map(|c| u16::try_from(u32::from(c)).ok()).collect();
        let Some(codes) = codes.filter(|codes| codes.iter().all(|code| (0x3400..=0x9FFF).contains(code))) else {
            continue;
        };
        let first = firsts.entry(codes[0]).or_default();
        match codes.len() {
            1 => first.alone = count,
            2..=LONGEST if count >= LEAST => first.words[codes.len() - 2].push((codes[1..].to_vec(), count)),
            _ => {}
        }
    }
    firsts.retain(|_, first| first.alone >= LEAST_ALONE || first.words.iter().any(|words| !words.is_empty()));
    let (mut heads, mut body) = (vec![], vec![]);
    for (code, first) in &mut firsts {
        heads.extend_from_slice(&code.to_be_bytes());
        heads.push(cost(first.alone));
        heads.extend_from_slice(&u32::try_from(body.len())?.to_be_bytes());
        for words in &mut first.words {
            words.sort();
            words.dedup_by(|a, b| a.0 == b.0);
            heads.extend_from_slice(&u16::try_from(words.len())?.to_be_bytes());
            for (rest, count) in words {
                body.extend(rest.iter().flat_map(|code| code.to_be_bytes()));
                body.push(cost(*count));
            }
        }
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&u32::try_from(firsts.len())?.to_be_bytes())?;
    out.write_all(&heads)?;
    out.write_all(&body)?;
    Ok(())
}

//! 牌记: where the edition comes from, with what it was made, and what was changed.

use super::words::Words;
use super::{code, document, heading, paragraph, table, text};
use crate::decode::How;
use crate::document::Document;
use crate::normalize::does;
use crate::options::Settings;
use crate::{Reading, Source};
use qrcode::{Color, EcLevel, QrCode};

/// Writes the colophon of an edition of `source`.
pub fn write(source: &Source, reading: &Reading, settings: &Settings, words: &Words) -> Document {
    let mut document = document(words.colophon, words.language);
    let decoded = &reading.decoded;
    let how = match decoded.evidence.how {
        How::Bom => words.how[0],
        How::Declared => words.how[1],
        How::Detected => words.how[2],
        How::Forced => words.how[3],
        How::Format => words.how[4],
    };
    let mut encoding = format!("{} · {how}", decoded.encoding);
    if !decoded.malformed.is_empty() {
        encoding.push_str(&format!(" · {} {}", words.malformed, decoded.malformed.len()));
    }
    let counts = reading.normalized.counts();
    let total: usize = counts.values().sum();
    let row = |name: &str, value: String| vec![text(name), text(value)];
    let facts = vec![
        row(words.source, source.name.clone()),
        vec![text("SHA-256"), code(source.sha256.as_str())],
        row(words.size, format!("{} B", source.bytes.len())),
        row(words.encoding, encoding),
        row(words.settings, choices(settings, words)),
        row(words.tool, format!("Shanben {}", env!("CARGO_PKG_VERSION"))),
        row(words.changes, total.to_string()),
    ];
    document.blocks.push(table(facts, false));
    if !counts.is_empty() {
        document.blocks.push(heading(2, words.by_rule));
        let mut rows = vec![words.heads.map(text).to_vec()];
        rows.extend(
            counts
                .iter()
                .map(|(id, count)| vec![code(*id), text(words.say(does(id, words.lang()))), text(count.to_string())]),
        );
        document.blocks.push(table(rows, true));
    }
    document.blocks.push(paragraph(vec![text(words.code)]));
    document
}

/// The settings that decide what the pages say, as they are given to the program.
fn choices(settings: &Settings, words: &Words) -> String {
    let rules = settings.rules.to_string();
    let mut choices = vec![settings.style.name.clone()];
    choices.push(match rules.is_empty() {
        true => words.rules.1.to_owned(),
        false => format!("{} {rules}", words.rules.0),
    });
    let switches = [
        ("escape-bytes", settings.escape_bytes),
        ("print-ready", settings.print_ready),
        ("booklet", settings.booklet),
        ("grey", settings.grey),
        ("link-notes", settings.link_notes),
        ("no-attach", !settings.attach),
    ];
    choices.extend(switches.iter().filter(|(_, on)| *on).map(|(name, _)| (*name).to_owned()));
    choices.extend(settings.headings.iter().map(|named| format!("headings.{} {}", named.level(), named.pattern())));
    choices.join(" · ")
}

/// The digest as a QR code (ISO/IEC 18004), row by row, dark where true. In capitals, which such a code holds in less room.
pub fn square(sha256: &str) -> Vec<Vec<bool>> {
    let content = format!("SHA256:{}", sha256.to_ascii_uppercase());
    let Ok(code) = QrCode::with_error_correction_level(content, EcLevel::M) else { return vec![] };
    code.to_colors().chunks(code.width()).map(|row| row.iter().map(|c| *c == Color::Dark).collect()).collect()
}

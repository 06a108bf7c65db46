//! Reports of earlier runs, told from files that a new one must not replace.

use super::page::MARK;
use std::io::{self, Read, Seek, SeekFrom};

/// How much of the beginning and of the end is looked at: more than a path takes in JSON, and than the last line has.
const LOOK: u64 = 32 << 10;

/// Whether `file` is a report, as lines or as a page, or empty.
///
/// # Errors
/// What the system says.
pub fn is_report(mut file: impl Read + Seek) -> io::Result<bool> {
    let size = file.seek(SeekFrom::End(0))?;
    let mut look = |from: u64| -> io::Result<Vec<u8>> {
        let mut bytes = vec![];
        file.seek(SeekFrom::Start(from))?;
        (&mut file).take(LOOK).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let (begin, end) = (look(0)?, look(size.saturating_sub(LOOK))?);
    Ok(size == 0 || is_page(&begin) || are_lines(&begin, &end))
}

fn is_page(begin: &[u8]) -> bool {
    begin.starts_with(b"<!DOCTYPE html>") && memchr::memmem::find(begin, MARK.as_bytes()).is_some()
}

/// Whether the first line is of an input, or the summary, and the last one is the summary.
fn are_lines(begin: &[u8], end: &[u8]) -> bool {
    let record = begin.starts_with(b"{\"input\":\"") && memchr::memmem::find(begin, b"\",\"sha256\":").is_some();
    let last = end.strip_suffix(b"\n").and_then(|end| end.rsplit(|&byte| byte == b'\n').next()).unwrap_or_default();
    let summary = |line: &[u8]| {
        let line: Option<serde_json::Value> = serde_json::from_slice(line).ok();
        line.is_some_and(|line| line["summary"]["inputs"].is_u64())
    };
    (record || begin.starts_with(b"{\"summary\":")) && summary(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::report::{Page, Record, Summary};
    use std::io::Cursor;
    use std::path::Path;

    #[test]
    fn reports_are_told_from_other_files() {
        let lines = Record::new("a\"b.txt").to_line() + &"x".repeat(1 << 17) + "\n" + &Summary::default().to_line();
        let page = |lang| Page::new(lang, Path::new("report.html"), Path::new("out"), "out").begin();
        for ours in [String::new(), lines, Summary::default().to_line(), page(Lang::En), page(Lang::Zh)] {
            assert!(is_report(Cursor::new(&ours)).unwrap(), "{ours:.200}");
        }
        let torn = Record::new("a.txt").to_line();
        let unlike = format!("手稿\n{}", Summary::default().to_line());
        for other in [&torn, &unlike, "手稿", "{}", "<!DOCTYPE html>\n<p>手稿</p>", "{\"summary\":1}\n", "\n"] {
            assert!(!is_report(Cursor::new(other)).unwrap(), "{other}");
        }
    }
}

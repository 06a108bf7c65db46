//! The cover: the title and the authors, drawn.

use crate::write::xhtml::Material;
use crate::write::xml::escape;
use unicode_width::UnicodeWidthChar;

/// The widest line, in columns: eight Chinese characters.
const WIDEST: usize = 16;
/// The most lines of a title.
const LINES: usize = 6;

/// The cover as a picture (SVG).
pub fn part(material: &Material<'_>) -> String {
    let title = material.title();
    let authors = material.document.meta.authors.join("　");
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 800\" role=\"img\"><title>{}</title>\
         <rect width=\"600\" height=\"800\" fill=\"#f4efe4\"/><rect x=\"24\" y=\"24\" width=\"552\" height=\"752\" fill=\"none\" stroke=\"#8a7a5c\"/>\n",
        escape(title)
    );
    let mut put = |text: &str, y: usize, size: usize| {
        out.push_str(&format!(
            "<text x=\"300\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"middle\" font-family=\"serif\" fill=\"#222\">{}</text>\n",
            escape(text)
        ));
    };
    for (i, line) in lines(title, LINES).iter().enumerate() {
        put(line, 220 + 76 * i, 56);
    }
    for line in lines(&authors, 1) {
        put(&line, 700, 28);
    }
    out + "</svg>\n"
}

/// `text` in at most so many lines; what they do not hold ends with an ellipsis.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    let mut column = 0;
    for c in text.chars().map(|c| if c == '\n' { ' ' } else { c }) {
        let width = c.width().unwrap_or(0);
        if lines.is_empty() || column + width > WIDEST {
            if lines.len() == most {
                if let Some(last) = lines.last_mut() {
                    last.pop();
                    last.push('…');
                }
                break;
            }
            lines.push(String::new());
            column = 0;
        }
        column += width;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_takes_lines_and_ends() {
        assert_eq!(lines("", 2), [""; 0]);
        assert_eq!(lines("山行记", 2), ["山行记"]);
        assert_eq!(lines("一二三四五六七八九", 2), ["一二三四五六七八", "九"]);
        assert_eq!(lines("一二三四五六七八九", 1), ["一二三四五六七…"]);
    }
}

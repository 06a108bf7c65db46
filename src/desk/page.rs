//! The page: a few small files, in the program.

use super::answer::Answer;
use crate::lang::Lang;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// What there is to fetch, by name.
const FILES: [(&str, &str, &str); 10] = [
    ("icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    ("desk.css", CSS, include_str!("page/desk.css")),
    ("desk.js", JS, include_str!("page/desk.js")),
    ("words.js", JS, include_str!("page/words.js")),
    ("server.js", JS, include_str!("page/server.js")),
    ("element.js", JS, include_str!("page/element.js")),
    ("files.js", JS, include_str!("page/files.js")),
    ("file.js", JS, include_str!("page/file.js")),
    ("lines.js", JS, include_str!("page/lines.js")),
    ("outline.js", JS, include_str!("page/outline.js")),
];

/// The page itself, in `lang`, or one of its files.
pub fn part(name: &str, lang: Lang) -> Option<Answer> {
    if name.is_empty() {
        let page = include_str!("page/index.html");
        return Some(Answer::page(
            HTML,
            &page.replacen("lang=\"en\"", lang.pick("lang=\"en\"", "lang=\"zh-Hans\""), 1),
        ));
    }
    FILES.iter().find(|(known, ..)| *known == name).map(|(_, kind, text)| Answer::page(kind, text))
}

//! The styles, and the settings that they may have besides.

use shanben::style::{Judou, Kinsoku, Punctuation, Style};

/// Every built-in style, and `book` and `official` with every other setting of the line, one at a time, with names for them. All of a style follow each other.
pub fn all() -> Vec<(String, Style)> {
    let mut all = vec![];
    for name in Style::names() {
        let style = Style::builtin(name).expect("a built-in style");
        let mut add = |setting: &str, change: &dyn Fn(&mut Style)| {
            let mut style = style.clone();
            change(&mut style);
            all.push((format!("{name}{setting}"), style));
        };
        add("", &|_| {});
        if name == "guji" {
            add(", marks beside", &|style| style.vertical.judou = Judou::Beside);
            add(", no marks", &|style| style.vertical.judou = Judou::Hidden);
        }
        if !matches!(name, "book" | "official") {
            continue;
        }
        add(", quanjiao", &|style| style.punctuation = Punctuation::Quanjiao);
        add(", kaiming", &|style| style.punctuation = Punctuation::Kaiming);
        add(", banjiao", &|style| style.punctuation = Punctuation::Banjiao);
        add(", no prohibition", &|style| style.kinsoku = Kinsoku::None);
        add(", basic prohibition", &|style| style.kinsoku = Kinsoku::Basic);
        add(", strict prohibition", &|style| style.kinsoku = Kinsoku::Strict);
        add(", hanging", &|style| style.hanging = true);
        add(", no gap", &|style| style.western_gap = 0);
        add(", two columns", &|style| {
            style.page.columns = 2;
            style.page.measure = style.page.measure / 2 - 1;
            style.page.line_width = None;
        });
    }
    all
}

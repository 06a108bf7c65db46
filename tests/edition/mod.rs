//! The settings that tests convert with.

use shanben::normalize::Rules;
use shanben::options::{Format, Settings};
use shanben::style::Style;

/// Everything at its default, in `style`, with all formats.
pub fn settings(style: &str) -> Settings {
    Settings {
        formats: Format::ALL.into(),
        encoding: None,
        style: Style::builtin(style).unwrap_or_else(|| panic!("no style {style}")),
        rules: Rules::default(),
        headings: vec![],
        print_ready: false,
        attach: true,
        markdown: Default::default(),
        date: None,
    }
}

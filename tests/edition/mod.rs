//! The settings that tests convert with.

use shanben::options::{Format, Settings};
use shanben::style::Style;

/// Everything at its default, in `style`, with all formats.
pub fn settings(style: &str) -> Settings {
    let style = Style::builtin(style).unwrap_or_else(|| panic!("no style {style}"));
    Settings { formats: Format::ALL.into(), ..Settings::new(style) }
}

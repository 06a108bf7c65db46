//! Rows of signs that stand for a line across the page.

/// The line that a row of signs draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// `-----`, `────`, `____`
    Single,
    /// `=====`, `════`
    Double,
    /// `~~~~~`, `～～～～`
    Wavy,
}

/// Fewest signs that draw a line.
const SHORTEST: usize = 4;

/// The line that `ornament` draws, if it is a row of nothing but one kind of stroke; a row of stars or lozenges draws none.
pub fn stroke(ornament: &str) -> Option<Stroke> {
    let of = |c: char| match c {
        '-' | '_' | '－' | '＿' | '—' | '─' | '━' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' => {
            Some(Stroke::Single)
        }
        '=' | '＝' | '═' => Some(Stroke::Double),
        '~' | '～' => Some(Stroke::Wavy),
        _ => None,
    };
    let stroke = of(ornament.chars().next()?)?;
    (ornament.chars().count() >= SHORTEST && ornament.chars().all(|c| of(c) == Some(stroke))).then_some(stroke)
}

/// Whether `ornament` is a rule in Markdown too, and longer than one that says no more than that there is one.
pub fn is_markdown_rule(ornament: &str) -> bool {
    let row = |sign: u8| ornament.bytes().all(|b| b == sign);
    ornament.len() >= SHORTEST && (row(b'-') || row(b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_one_kind_draws_a_line() {
        assert_eq!(stroke("-----"), Some(Stroke::Single));
        assert_eq!(stroke("════"), Some(Stroke::Double));
        assert_eq!(stroke("~~~～"), Some(Stroke::Wavy));
        for none in ["", "---", "＊＊＊＊", "-=-=", "# ----", "-- --"] {
            assert_eq!(stroke(none), None, "{none}");
        }
        for (row, is) in
            [("-----", true), ("____", true), ("---", false), ("-_-_", false), ("────", false), ("", false)]
        {
            assert_eq!(is_markdown_rule(row), is, "{row}");
        }
    }
}

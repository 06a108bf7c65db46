//! Wide gaps, by which the pieces of a line stand apart: `甲方：　　　　乙方：`.

/// The pieces of a line that wide gaps part: two spaces, one as wide as a character, a tab.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\u{3000}', '\t']).flat_map(|piece| piece.split("  ")).map(str::trim).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn one_space_parts_nothing() {
        assert_eq!(pieces("甲方：张 三  \t 乙方：　李四").collect::<Vec<_>>(), ["甲方：张 三", "乙方：", "李四"]);
    }
}

//! Names in the order in which people count: `2.txt` before `10.txt`.

use std::cmp::Ordering;

/// Compares two names, runs of digits in them by their value.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let ((x, rest_x), (y, rest_y)) = (piece(left), piece(right));
        let value = |digits: &str| digits.trim_start_matches('0').to_owned();
        let numbers = x.starts_with(|c: char| c.is_ascii_digit()) && y.starts_with(|c: char| c.is_ascii_digit());
        let order = match numbers {
            true => value(x).len().cmp(&value(y).len()).then_with(|| value(x).cmp(&value(y))),
            false => x.cmp(y),
        };
        if order != Ordering::Equal || x.is_empty() {
            return order.then_with(|| a.cmp(b));
        }
        (left, right) = (rest_x, rest_y);
    }
}

/// The first character of `text`, or the run of digits that it begins with, and the rest.
fn piece(text: &str) -> (&str, &str) {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let first = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(digits.max(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count() {
        let mut names = ["第10回", "第9回", "a/2", "a/10", "a", "02", "2", "1"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["1", "02", "2", "a", "a/2", "a/10", "第9回", "第10回"]);
    }
}

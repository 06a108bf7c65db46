//! Dates as packages have them.

/// An ISO 8601 date (`2018`, `2018-01`, `2018-01-05`, or with a time) as the instant that Word and readers of EPUB ask for: what is missing is the first.
pub fn instant(date: &str) -> Option<String> {
    let (day, time) = date.split_once('T').unwrap_or((date, "00:00:00Z"));
    let mut fields = day.split('-');
    let mut number = |digits: usize, range: std::ops::RangeInclusive<u32>| match fields.next() {
        None => Some(*range.start()),
        Some(field) if field.len() == digits => field.parse().ok().filter(|n| range.contains(n)),
        Some(_) => None,
    };
    let (year, month, day) = (number(4, 1..=9999)?, number(2, 1..=12)?, number(2, 1..=31)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if days.get(month as usize - 1).is_none_or(|&days| day > days) {
        return None;
    }
    let time = time.strip_suffix('Z').unwrap_or(time);
    let plain = time.len() == 8
        && time.bytes().enumerate().all(|(i, b)| if i % 3 == 2 { b == b':' } else { b.is_ascii_digit() });
    fields.next().is_none().then(|| format!("{year:04}-{month:02}-{day:02}T{}Z", if plain { time } else { "00:00:00" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_instants_or_are_left_out() {
        for (date, expected) in [
            ("2018", Some("2018-01-01T00:00:00Z")),
            ("2018-01-05", Some("2018-01-05T00:00:00Z")),
            ("2018-01-05T12:30:00Z", Some("2018-01-05T12:30:00Z")),
            ("2018-01-05T1", Some("2018-01-05T00:00:00Z")),
            ("2018-13-05", None),
            ("2018-02-29", None),
            ("2016-02-29", Some("2016-02-29T00:00:00Z")),
            ("昨天", None),
            ("2018-01-05-06", None),
        ] {
            assert_eq!(instant(date).as_deref(), expected, "{date}");
        }
    }
}

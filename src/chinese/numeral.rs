//! Numerals in Han, Arabic, full-width and Roman digits, and in English words.

/// The value of a numeral at the beginning of `text`, in Han, Arabic or full-width digits, and the bytes it takes.
pub fn numeral(text: &str) -> Option<(u64, usize)> {
    read(text, false)
}

/// As [`numeral`], but with spaces within and `—` for 一, as in `第 十 回` and `第十—回`.
pub fn loose(text: &str) -> Option<(u64, usize)> {
    read(text, true)
}

fn read(text: &str, loose: bool) -> Option<(u64, usize)> {
    /// More characters than these are no numbering, nor is a number of more digits.
    const LONGEST: usize = 12;
    const MOST: u64 = 10u64.pow(LONGEST as u32) - 1;
    let (mut total, mut section, mut digit, mut positional) = (0u64, 0u64, None::<u64>, 0u64);
    let (mut units, mut end, mut count) = (false, 0, 0);
    let first_is_arabic = text.trim_start().starts_with(|c: char| arabic(c).is_some());
    for (i, c) in text.char_indices() {
        if count == LONGEST {
            return None;
        }
        if let Some(d) = if first_is_arabic { arabic(c) } else { han_digit(c).or((loose && c == '—').then_some(1)) } {
            positional = positional.saturating_mul(10).saturating_add(d);
            digit = Some(d);
        } else if let Some(unit) = if first_is_arabic { None } else { han_unit(c) } {
            units = true;
            if unit == 10_000 {
                total = (total.saturating_add(section + digit.take().unwrap_or(0))).max(1).saturating_mul(unit);
                section = 0;
            } else {
                let times = digit.take().unwrap_or(u64::from(section == 0 || unit < 100));
                section = section.saturating_add(times.max(1) * unit);
            }
        } else if let Some(tens) = if first_is_arabic { None } else { folded_tens(c) } {
            units = true;
            section += tens;
        } else if loose && matches!(c, ' ' | '\u{3000}') {
            continue;
        } else {
            break;
        }
        count += 1;
        end = i + c.len_utf8();
    }
    if count == 0 {
        return None;
    }
    let value = if units { total.saturating_add(section).saturating_add(digit.unwrap_or(0)) } else { positional };
    (value <= MOST).then_some((value, end))
}

/// What the everyday numerals up to 9999 are written with.
pub const COUNTING: &str = "零一二三四五六七八九十百千";

/// What numberings up to 9999 are written with: these, the zeros of books and the tens in one character.
pub const NUMBERING: &str = "〇○零一二三四五六七八九十百千廿卅卌";

/// Whether `c` is one of the ten digits of Han numerals as they are written every day.
pub const fn is_digit(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
}

/// Whether a number may end with `c` before a decimal point: a digit or ten, no larger unit.
pub const fn counts_ones(c: char) -> bool {
    is_digit(c) || matches!(c, '十' | '百')
}

/// Whether `c` is part of a Han numeral as it is written every day: a digit or 两, or a unit. Those of accounts (壹 拾) also begin other words.
pub const fn is_numeral(c: char) -> bool {
    is_digit(c) || matches!(c, '两' | '兩' | '十' | '百' | '千' | '万' | '萬' | '廿' | '卅' | '卌')
}

/// The value of a digit.
pub fn arabic(c: char) -> Option<u64> {
    match c {
        '0'..='9' => Some(u64::from(c as u32 - '0' as u32)),
        '０'..='９' => Some(u64::from(c as u32 - '０' as u32)),
        _ => None,
    }
}

fn han_digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' | '○' | 'Ｏ' => 0,
        '一' | '壹' | '壱' | '元' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn han_unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' | '萬' => 10_000,
        _ => return None,
    })
}

fn folded_tens(c: char) -> Option<u64> {
    Some(match c {
        '廿' => 20,
        '卅' => 30,
        '卌' => 40,
        _ => return None,
    })
}

/// Whether a Han numeral can begin with `c`.
pub fn begins(c: char) -> bool {
    han_digit(c).is_some() || han_unit(c).is_some() || folded_tens(c).is_some()
}

/// `n` in Chinese numerals (一百二十三); Arabic from ten thousand on.
pub fn spell(n: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(u64, char); 3] = [(1000, '千'), (100, '百'), (10, '十')];
    if n >= 10_000 {
        return n.to_string();
    }
    let digit = |d: u64| DIGITS[(d % 10) as usize];
    if n < 10 {
        return digit(n).to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in UNITS {
        let d = n / unit % 10;
        if d == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(out.is_empty() && unit == 10 && d == 1) {
            out.push(digit(d));
        }
        out.push(name);
    }
    if !n.is_multiple_of(10) {
        if gap {
            out.push('零');
        }
        out.push(digit(n));
    }
    out
}

/// `n` digit by digit: 一九九八, 二〇〇一.
pub fn digits(n: u64) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    n.to_string().bytes().filter_map(|digit| DIGITS.get(usize::from(digit - b'0'))).collect()
}

/// `n` in the numerals of accounts (壹佰贰拾叁), simplified ones or traditional; Arabic from ten thousand on.
pub fn in_accounts(n: u64, traditional: bool) -> String {
    let formal = |c: char| match (c, traditional) {
        ('一', _) => '壹',
        ('二', false) => '贰',
        ('二', true) => '貳',
        ('三', false) => '叁',
        ('三', true) => '參',
        ('四', _) => '肆',
        ('五', _) => '伍',
        ('六', false) => '陆',
        ('六', true) => '陸',
        ('七', _) => '柒',
        ('八', _) => '捌',
        ('九', _) => '玖',
        ('十', _) => '拾',
        ('百', _) => '佰',
        ('千', _) => '仟',
        _ => c,
    };
    spell(n).chars().map(formal).collect()
}

/// `II` and `Two` at the beginning of `text`, and the bytes that they take.
pub fn spelled(text: &str) -> Option<(u64, usize)> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let word = &text[..text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len())];
    let at = WORDS.iter().position(|known| word.eq_ignore_ascii_case(known));
    at.map(|at| at as u64 + 1).or_else(|| roman(word)).map(|number| (number, word.len()))
}

/// The value of a Roman numeral up to 89.
fn roman(word: &str) -> Option<u64> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    const TENS: [&str; 9] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"];
    let found = (1..=89).find(|&n: &usize| word.strip_prefix(TENS[n / 10]).is_some_and(|ones| ones == ONES[n % 10]));
    found.map(|n| n as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_numberings_are_written_with_has_values() {
        assert!(NUMBERING.chars().all(begins) && COUNTING.chars().all(|c| NUMBERING.contains(c)));
        assert!("〇一九".chars().all(is_digit) && !is_digit('十'));
    }

    #[test]
    fn numerals_have_one_value_in_every_script() {
        for (text, value) in [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("一百二十", 120),
            ("两千", 2000),
            ("廿三", 23),
            ("卅", 30),
            ("卌一", 41),
            ("一二三", 123),
            ("二〇一八", 2018),
            ("贰拾", 20),
            ("12", 12),
            ("１２", 12),
            ("一万二千", 12000),
        ] {
            assert_eq!(numeral(text), Some((value, text.len())), "{text}");
        }
        assert_eq!(numeral("章"), None);
        assert_eq!(numeral("1234567890123"), None);
        // Of more digits than a number may have, and of more than any integer has.
        assert_eq!([numeral("一万万万"), numeral("万万万万万万千万")], [None; 2]);
    }
}

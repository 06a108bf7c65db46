//! Dates as Chinese texts write them.

use super::fold::prefix;
use super::numeral::numeral;

/// Days of the week and times of the day may follow a date on its line.
const FOLLOWERS: [&str; 4] = ["星期", "礼拜", "周", "（星期"];

/// The ten stems and the twelve branches, which together name the years of a cycle of sixty.
pub const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// Whether `text` names a year of the cycle: `天启甲子腊月`.
pub fn names_cycle(text: &str) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|(stem, branch)| STEMS.contains(stem) && BRANCHES.contains(branch))
}

/// The ISO 8601 form of a date at the beginning of `text` and the bytes it takes: `2018-01-05`, `2018年1月5日`, `二〇一八年一月五日`,
/// `2018/1/5`, `2018.1.5`, `民國五十八年`, also with the day or month left out.
pub fn leading(text: &str) -> Option<(String, usize)> {
    // The years of the Republic count from 1912; its first is 元年.
    let republic = ["民国", "中华民国"].iter().find_map(|era| prefix(text, era)).map(|len| &text[len..]);
    let number = republic.unwrap_or(text).trim_start();
    let (year, len) = number.strip_prefix('元').map(|_| (1, '元'.len_utf8())).or_else(|| numeral(number))?;
    let mut at = text.len() - number.len() + len;
    let mut rest = &text[at..];
    let han = rest.trim_start().starts_with('年');
    let year = match republic {
        Some(_) if han && (1..=200).contains(&year) => year + 1911,
        None if (1000..=2999).contains(&year) => year,
        _ => return None,
    };
    let separator =
        if han { '年' } else { rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '．' | '－'))? };
    let mut parts = vec![year];
    for (limit, closing) in [(12, '月'), (31, '日')] {
        let opening = if !han {
            separator
        } else if parts.len() == 1 {
            '年'
        } else {
            '月'
        };
        let Some(after) = rest.trim_start().strip_prefix(opening) else { break };
        let number = after.trim_start();
        let found = numeral(number).filter(|&(n, _)| (1..=limit).contains(&n));
        let next = found.map(|(n, len)| (n, &number[len..]));
        match next {
            Some((n, tail))
                if !han
                    || tail.trim_start().starts_with(closing)
                    || (closing == '日' && tail.starts_with(['号', '號'])) =>
            {
                parts.push(n);
                rest = tail;
                at = text.len() - rest.len();
            }
            _ => break,
        }
    }
    if han {
        // The unit after the last part belongs to the date.
        let unit = ['年', '月', '日'][parts.len() - 1];
        let tail = rest.trim_start();
        let tail = tail.strip_prefix(unit).or_else(|| tail.strip_prefix(['号', '號']).filter(|_| unit == '日'))?;
        at = text.len() - tail.len();
    } else if parts.len() < 3 {
        return None;
    }
    let iso = parts.iter().enumerate().map(|(i, n)| if i == 0 { format!("{n:04}") } else { format!("-{n:02}") });
    Some((iso.collect(), at))
}

/// The date of a line that holds a date and nothing else but a day of the week or a time; brackets around it are allowed.
pub fn whole_line(line: &str) -> Option<String> {
    let line = line.trim();
    let line = line
        .strip_prefix(['（', '(', '【', '［', '['])
        .and_then(|l| l.strip_suffix(['）', ')', '】', '］', ']']))
        .unwrap_or(line);
    let (iso, at) = leading(line)?;
    let rest = line[at..].trim();
    let plain = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '：' | ' ' | '时' | '時' | '分' | '秒'));
    let followed = FOLLOWERS.iter().any(|word| prefix(rest, word).is_some()) && rest.chars().count() <= 16;
    (plain || followed).then_some(iso)
}

/// Whether `text` is a day of a year that it does not say, as letters have it: `十一月初七日`, `3月5日`, `腊月廿三`.
pub fn is_day(text: &str) -> bool {
    let text = text.trim();
    let Some((month, day)) = text.split_once('月') else { return false };
    let whole = |number: &str, most: u64| {
        numeral(number).is_some_and(|(value, len)| len == number.len() && (1..=most).contains(&value))
    };
    let named = |month: &str| matches!(month.strip_prefix(['闰', '閏']).unwrap_or(month), "正" | "冬" | "腊" | "臘");
    let early = day.strip_prefix('初').is_some_and(|rest| whole(rest.trim_end_matches('日'), 10));
    let bare = day.trim_end_matches(['日', '号', '號']);
    // Twelve and a half are no date: what no word ends, a month of the old calendar begins.
    let old = named(month) || early || day.starts_with(['廿', '望', '朔']);
    let ends = day.len() > bare.len() || old;
    (named(month) || whole(month, 12)) && ends && (early || matches!(bare, "望" | "朔") || whole(bare, 31))
}

/// The ISO 8601 form of a date as programs and mails write it: `Mon Oct 21 14:17:31 2002`, `Thu, 18 May 2000 15:08:04 +0800`.
pub fn western(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).collect();
    let (at, month) = words.iter().enumerate().find_map(|(i, w)| Some((i, MONTHS.iter().position(|m| m == w)? + 1)))?;
    let number = |i: usize| words.get(i).and_then(|word| word.parse::<u32>().ok());
    let day = |i: usize| number(i).filter(|day| (1..=31).contains(day));
    let day = day(at + 1).or_else(|| day(at.checked_sub(1)?))?;
    let year = (at + 1..words.len()).filter_map(number).find(|year| (1970..=2999).contains(year))?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for (line, iso) in [
            ("2023年03月29日 星期三", "2023-03-29"),
            ("二〇一八年一月五日", "2018-01-05"),
            ("二○○○年十二月三十一日", "2000-12-31"),
            ("（二〇〇一年十月）", "2001-10"),
            ("2018-01-05 10:30", "2018-01-05"),
            ("2018/1/5", "2018-01-05"),
            ("一九九一年", "1991"),
            ("2018 年 1 月 5 日", "2018-01-05"),
            ("民國五十八年十月二十四日", "1969-10-24"),
            ("中華民國元年一月一日", "1912-01-01"),
            ("民国38年", "1949"),
        ] {
            assert_eq!(whole_line(line).as_deref(), Some(iso), "{line}");
        }
        for line in
            ["2018年以来", "2017年济南市纪委", "10:30", "2018", "2018-01", "3.1", "", "二月", "民國時代", "元年"]
        {
            assert_eq!(whole_line(line), None, "{line}");
        }
        for line in ["十一月初七日", "3月5日", "腊月廿三", "正月初一", "九月望", "五月四日"] {
            assert!(is_day(line), "{line}");
        }
        for line in ["三月", "九月里的一天", "3月5", "十三月一日", "五月四日的事", "月亮"] {
            assert!(!is_day(line), "{line}");
        }
        assert_eq!(western("批踢踢實業坊 (Thu May 18 15:08:04 2000)").as_deref(), Some("2000-05-18"));
        assert_eq!(western("Thu, 8 May 2003 15:08:04 +0800").as_deref(), Some("2003-05-08"));
        assert_eq!(western("May be 3"), None);
        assert_eq!(leading("2018年1月5日，市委"), Some(("2018-01-05".into(), "2018年1月5日".len())));
    }
}

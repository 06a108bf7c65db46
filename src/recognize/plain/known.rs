//! Heads that are known by the paper that they stand in: the parts of a curriculum vitae, those of an office's letter in Taiwan, what is attached to
//! a contract.

use super::{Part, Reading};
use crate::chinese::numeral::is_numeral;
use crate::chinese::words::Word;
use crate::document::Role;
use crate::unicode::tight;

/// The rank of these heads: below the title, and above all that stand within them.
const RANK: u8 = 20;
/// The fewest parts that make a curriculum vitae without a title.
const PARTS: usize = 3;
/// The longest name of what is attached, in characters.
const NAME: usize = 30;

/// Claims such heads where the readers before have left them.
pub fn claim(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let bare = |i: usize| {
        tight(lines[i].text).trim_end_matches([':', '：']).trim_matches(['【', '】', '■', '●', '◆']).to_owned()
    };
    let short = |i: &usize| lines[*i].chars <= NAME && !lines[*i].ends_sentence();
    let open: Vec<usize> = (0..lines.len()).filter(|&i| reading.open(i)).filter(short).collect();
    let titled = reading.meta.title.as_deref().is_some_and(|title| Word::Resume.is_in(title.trim()));
    let parts: Vec<usize> = open.iter().copied().filter(|&i| Word::ResumePart.is(&bare(i))).collect();
    let mut heads = vec![];
    if titled || parts.len() >= PARTS {
        heads.extend(parts.into_iter().map(|i| (i, "part of a curriculum vitae")));
    }
    // `說明：` alone, in a letter that says its purpose.
    let purpose = |i: usize| lines[i].text.starts_with("主旨：") || lines[i].text.starts_with("主旨:");
    if (0..lines.len()).any(purpose) {
        let alone = |&i: &usize| lines[i].text.ends_with([':', '：']) && Word::LetterPart.is(&bare(i));
        heads.extend(open.iter().copied().filter(alone).map(|i| (i, "part of a letter of an office")));
    }
    // What stands below those who sign, with its number and its name in one line, heads what is attached.
    let signed = reading.parts.iter().position(|part| *part == Part::Role(Role::Signature));
    let attached = |&i: &usize| {
        let number = Word::Attachment.strip(lines[i].text).map(str::trim_start).unwrap_or_default();
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
        let named =
            rest.len() < number.len() && rest.starts_with([':', '：', ' ', '\u{3000}']) && rest.chars().count() > 2;
        named && (i + 1 < lines.len() && !Word::Attachment.is_in(lines[i + 1].text))
    };
    if let Some(signed) = signed {
        let below =
            (signed..lines.len()).filter(|&i| reading.open(i) || reading.parts[i] == Part::Role(Role::Attachment));
        heads.extend(below.filter(short).filter(attached).map(|i| (i, "what is attached")));
    }
    for (i, reason) in heads {
        reading.parts[i] = Part::Heading { rank: RANK, label: 0, reason };
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::{Hints, plain};

    fn outline(text: &str) -> Vec<String> {
        let document = plain(text, &[], &Hints::default()).0;
        document.outline().into_iter().map(|entry| entry.text).collect()
    }

    #[test]
    fn papers_have_the_heads_of_their_kind() {
        let cv = "个人简历\n\n姓名：林某　　性别：女\n\n求职意向\n会计\n\n教育背景\n2001年至2005年　某大学\n\n工作经历\n2005年至今　某公司\n\n自我评价\n认真负责，吃苦耐劳。\n";
        assert_eq!(outline(cv), ["个人简历", "求职意向", "教育背景", "工作经历", "自我评价"]);
        assert!(
            !outline("他写了一封信。\n工作经历\n他没有多说，只说自己在江边住过三年。\n")
                .contains(&"工作经历".to_owned())
        );
    }
}

//! Why a line was taken for a heading, as people are told of it.

use crate::lang::Lang;

/// What the recognition says, and the same in Chinese.
#[rustfmt::skip]
const REASONS: &[(&str, &str)] = &[
    ("title in the front matter", "文件头中的标题"),
    ("Markdown heading", "Markdown 标题"),
    ("named by a pattern", "由模式指定"),
    ("decided by hand", "由人定夺"),
    ("named in the contents", "见于目录"),
    ("short first line set off from the text", "与正文分开的短首行"),
    ("title of a document", "一份文件的标题"),
    ("title of an attachment", "附件的标题"),
    ("title of a post", "帖子的标题"),
    ("title of a poem", "诗题"),
    ("headline", "新闻标题"),
    ("name of a part", "部分的名称"),
    ("numbered part", "编号的部分"),
    ("numbered head", "编号的标题"),
    ("number that counts on", "顺次递增的编号"),
    ("marked with #", "以 # 标出"),
    ("marked line before a paragraph", "段落前带标记的行"),
    ("bracketed head", "括号中的标题"),
    ("apart, at the margin of deeper text", "单独成行，较下文靠边"),
    ("at the margin of indented text", "较缩进的正文靠边"),
    ("short line without a stop before a paragraph", "段落前没有点号的短行"),
    ("underlined", "下有划线"),
    ("below a rule", "在横线之下"),
    ("between signs", "夹在符号之间"),
    ("with a tag", "行末有标签"),
    ("part of a curriculum vitae", "简历的一部分"),
    ("part of a letter of an office", "公函的一部分"),
    ("what is attached", "所附之件"),
    ("one of a family of numbers or marks", "同类编号或标记之一"),
    ("ends as others of its family do", "结尾与同类相同"),
    ("begins as others of its family do", "开头与同类相同"),
    ("one of a family that stands apart", "单独成行的同类之一"),
    ("another line", "另一行"),
    ("no title", "没有标题"),
];

/// `reason` in `lang`.
pub fn told(reason: &'static str, lang: Lang) -> &'static str {
    let chinese = REASONS.iter().find(|(known, _)| *known == reason).map_or(reason, |(_, zh)| zh);
    lang.pick(reason, chinese)
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    #[test]
    fn every_reason_of_the_recognition_is_said_in_chinese() {
        let given = Regex::new(
            r#"(?:reason(?:: | = )|REASON: &str = |_OF_ATTACHMENT: &str = |DOCUMENT: &str = |map\(\|i\| \(i, |=> )"([A-Za-z][a-z,# ]+)""#,
        );
        let given = given.unwrap();
        let mut folders: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/recognize")];
        let mut found = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let reasons = given.captures_iter(code).map(|caught| caught[1].to_owned());
                found.extend(reasons.filter(|reason| reason.contains(' ') || reason == "headline"));
            }
        }
        assert!(found.len() >= 20, "{found:?}");
        found.retain(|reason| REASONS.iter().all(|(known, _)| known != reason));
        assert_eq!(found, BTreeSet::new());
    }
}

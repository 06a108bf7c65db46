//! What the appendices say, in the languages that they speak.

use super::traditional::traditional;
use crate::lang::{Lang, Language, Region};
use std::borrow::Cow;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// The language that they are in.
    pub language: Language,
    /// Title of the collation.
    pub collation: &'static str,
    /// How the collation is to be read.
    pub reading: &'static str,
    /// Said when there is nothing to list.
    pub nothing: &'static str,
    /// Says how many changes of the layout are not listed: before and after their number.
    pub layout: (&'static str, &'static str),
    /// Heading of the changes of a page: before and after its number.
    pub page: (&'static str, &'static str),
    /// Before the numbers of lines.
    pub lines: &'static str,
    /// Heading of what could not be settled.
    pub doubts: &'static str,
    /// Title of the colophon.
    pub colophon: &'static str,
    /// Name of the source.
    pub source: &'static str,
    /// Its size.
    pub size: &'static str,
    /// Its encoding.
    pub encoding: &'static str,
    /// How the encoding was found: mark, declaration, detection, order of the user.
    pub how: [&'static str; 5],
    /// Runs of bytes that are nothing in the encoding.
    pub malformed: &'static str,
    /// Style and settings.
    pub settings: &'static str,
    /// Rules that differ from the default set; said of them when none does.
    pub rules: (&'static str, &'static str),
    /// The program.
    pub tool: &'static str,
    /// Number of changes.
    pub changes: &'static str,
    /// Heading of the table of rules.
    pub by_rule: &'static str,
    /// Its heads.
    pub heads: [&'static str; 3],
    /// What the square code holds.
    pub code: &'static str,
}

impl Words {
    /// The language of messages that is nearest.
    pub const fn lang(&self) -> Lang {
        match self.language {
            Language::ZhHans | Language::ZhHant(_) => Lang::Zh,
            Language::Ja | Language::Ko | Language::En => Lang::En,
        }
    }

    /// What the program says in the nearest language of messages, as its reader writes it.
    pub fn say<'a>(&self, said: &'a str) -> Cow<'a, str> {
        if self.language.is_traditional() { Cow::Owned(traditional(said)) } else { Cow::Borrowed(said) }
    }

    /// The words for a document in `language`: Chinese for Chinese ones, English for all others.
    pub const fn of(language: Language) -> &'static Words {
        match language {
            Language::ZhHans => &SIMPLIFIED,
            Language::ZhHant(_) => &TRADITIONAL,
            Language::Ja | Language::Ko | Language::En => &ENGLISH,
        }
    }
}

const SIMPLIFIED: Words = Words {
    language: Language::ZhHans,
    collation: "校勘记",
    reading: "以下列出对原文的全部改动。〔甲〕→〔乙〕：原作甲，今作乙；空括号表示无字。␣ 为空格，↵ 为换行，⟨U+…⟩ 为不可见的字符。\
              其后为所依规则与所在的行；(2) 表示一行之内有两处。",
    nothing: "无。",
    layout: ("换行、空行与行末空白另有改动 ", " 处，读者不可见，不逐一列出。"),
    page: ("第", "页"),
    lines: "行",
    doubts: "存疑",
    colophon: "牌记",
    source: "源文件",
    size: "大小",
    encoding: "编码",
    how: ["据字节顺序标记", "据文件自述", "自动识别", "由使用者指定", "由格式规定"],
    malformed: "无法解读之处",
    settings: "版式与设置",
    rules: ("规则", "默认规则"),
    tool: "制作程序",
    changes: "改动总数",
    by_rule: "各规则改动数",
    heads: ["规则", "说明", "改动数"],
    code: "下方二维码为源文件的 SHA-256，与上文相同。",
};

const TRADITIONAL: Words = Words {
    language: Language::ZhHant(Region::Taiwan),
    collation: "校勘記",
    reading: "以下列出對原文的全部改動。〔甲〕→〔乙〕：原作甲，今作乙；空括號表示無字。␣ 為空格，↵ 為換行，⟨U+…⟩ 為不可見的字元。\
              其後為所依規則與所在的行；(2) 表示一行之內有兩處。",
    nothing: "無。",
    layout: ("換行、空行與行末空白另有改動 ", " 處，讀者不可見，不逐一列出。"),
    page: ("第", "頁"),
    lines: "行",
    doubts: "存疑",
    colophon: "牌記",
    source: "源檔案",
    size: "大小",
    encoding: "編碼",
    how: ["據位元組順序標記", "據檔案自述", "自動識別", "由使用者指定", "由格式規定"],
    malformed: "無法解讀之處",
    settings: "版式與設定",
    rules: ("規則", "預設規則"),
    tool: "製作程式",
    changes: "改動總數",
    by_rule: "各規則改動數",
    heads: ["規則", "說明", "改動數"],
    code: "下方二維碼為源檔案的 SHA-256，與上文相同。",
};

const ENGLISH: Words = Words {
    language: Language::En,
    collation: "Collation",
    reading: "Every change to the text as it was found. 〔a〕→〔b〕: a was found, b is printed; empty brackets hold nothing. \
              ␣ is a space, ↵ a line end, ⟨U+…⟩ a character that cannot be seen. After it the rule, and the lines; \
              (2) says that there are two on a line.",
    nothing: "None.",
    layout: (
        "Changes of line ends, blank lines and blank space at line ends, which no reader sees and which are not listed: ",
        ".",
    ),
    page: ("Page", ""),
    lines: "line",
    doubts: "Doubts",
    colophon: "Colophon",
    source: "Source",
    size: "Size",
    encoding: "Encoding",
    how: ["by its byte order mark", "by its own declaration", "detected", "as ordered", "by its format"],
    malformed: "malformed runs",
    settings: "Style and settings",
    rules: ("rules", "default rules"),
    tool: "Made by",
    changes: "Changes in all",
    by_rule: "Changes by rule",
    heads: ["Rule", "What it does", "Changes"],
    code: "The code below holds the SHA-256 of the source, as above.",
};

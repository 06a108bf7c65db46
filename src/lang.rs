//! The language of messages, and the language of a text.

/// The language in which the program speaks to its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// Picks the wording of this language.
    pub const fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }
}

/// A few words of the program, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    en: &'static str,
    zh: &'static str,
}

impl Phrase {
    /// The same in English and in Chinese.
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Phrase { en, zh }
    }

    /// It in `lang`.
    pub const fn told(self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }
}

/// A number of things in English, whose name takes an `s` for all numbers but one: `1 edit`, `0 edits`.
pub fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The language of a document or a span of it, as a BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
pub enum Language {
    /// Simplified Chinese, `zh-Hans`.
    #[default]
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// Traditional Chinese, `zh-Hant`.
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// Japanese, `ja`.
    #[serde(rename = "ja")]
    Ja,
    /// Korean, `ko`.
    #[serde(rename = "ko")]
    Ko,
    /// English and other texts in Latin letters, `en`.
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::ZhHans => "zh-Hans",
            Language::ZhHant => "zh-Hant",
            Language::Ja => "ja",
            Language::Ko => "ko",
            Language::En => "en",
        }
    }

    /// The language of a BCP 47 tag that this program knows.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        Some(match tag.as_str() {
            "zh" | "zh-hans" | "zh-cn" | "zh-sg" | "zh-hans-cn" => Language::ZhHans,
            "zh-hant" | "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant-tw" => Language::ZhHant,
            "ja" | "ja-jp" => Language::Ja,
            "ko" | "ko-kr" => Language::Ko,
            _ if tag == "en" || tag.starts_with("en-") => Language::En,
            _ => return None,
        })
    }
}

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

/// Whose forms of characters and places of marks a traditional text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// Taiwan, and wherever nothing else is said.
    #[default]
    Taiwan,
    /// Hong Kong and Macau.
    HongKong,
    /// The mainland: its old books in traditional characters.
    Mainland,
}

/// The language of a document or a span of it, as a BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Simplified Chinese, `zh-Hans`.
    #[default]
    ZhHans,
    /// Traditional Chinese, `zh-Hant`, and of a region.
    ZhHant(Region),
    /// Japanese, `ja`.
    Ja,
    /// Korean, `ko`.
    Ko,
    /// English and other texts in Latin letters, `en`.
    En,
}

impl Language {
    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::ZhHans => "zh-Hans",
            Language::ZhHant(Region::Taiwan) => "zh-Hant",
            Language::ZhHant(Region::HongKong) => "zh-Hant-HK",
            Language::ZhHant(Region::Mainland) => "zh-Hant-CN",
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
            "zh-hant" | "zh-tw" | "zh-hant-tw" => Language::ZhHant(Region::Taiwan),
            "zh-hk" | "zh-mo" | "zh-hant-hk" | "zh-hant-mo" => Language::ZhHant(Region::HongKong),
            "zh-hant-cn" => Language::ZhHant(Region::Mainland),
            "ja" | "ja-jp" => Language::Ja,
            "ko" | "ko-kr" => Language::Ko,
            _ if tag == "en" || tag.starts_with("en-") => Language::En,
            _ => return None,
        })
    }

    /// Whether it is traditional Chinese.
    pub const fn is_traditional(self) -> bool {
        matches!(self, Language::ZhHant(_))
    }

    /// The same as `region` writes it; of all but traditional Chinese itself.
    #[must_use]
    pub const fn in_region(self, region: Region) -> Self {
        if self.is_traditional() { Language::ZhHant(region) } else { self }
    }
}

impl serde::Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_known_by_its_tag() {
        let regions = [Region::Taiwan, Region::HongKong, Region::Mainland].map(Language::ZhHant);
        for language in [Language::ZhHans, Language::Ja, Language::Ko, Language::En].into_iter().chain(regions) {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
        let hong_kong = Language::ZhHant(Region::HongKong);
        assert_eq!(["zh-HK", "zh-MO"].map(Language::from_tag), [Some(hong_kong); 2]);
        assert_eq!(Language::from_tag("zh-TW"), Some(Language::ZhHant(Region::Taiwan)));
        assert_eq!(Language::ZhHans.in_region(Region::HongKong), Language::ZhHans);
    }
}

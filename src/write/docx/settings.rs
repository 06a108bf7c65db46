//! The settings part: how Chinese lines are broken and marks are set, and how Word is to read the file.

use super::faces::language_tag;
use super::xml::{DECLARATION, NAMESPACES, escape};
use crate::chinese::kinsoku::{never_first, never_last};
use crate::lang::Language;
use crate::style::{Kinsoku, Punctuation, Style};

/// What the settings say.
pub struct Settings<'a> {
    /// The style.
    pub style: &'a Style,
    /// Main language of the text.
    pub language: Language,
    /// Whether even pages have heads and feet of their own.
    pub even_and_odd: bool,
    /// The format of the marks of notes, if there are any notes.
    pub notes: Option<&'static str>,
    /// Whether fonts are embedded.
    pub fonts: bool,
}

impl Settings<'_> {
    /// The settings part.
    pub fn part(&self) -> String {
        let style = self.style;
        let language = language_tag(self.language);
        let flag = |on: bool, xml: &'static str| if on { xml } else { "" };
        let spacing = match style.punctuation {
            Punctuation::Quanjiao => "doNotCompress",
            Punctuation::Default | Punctuation::Kaiming | Punctuation::Banjiao => "compressPunctuation",
        };
        format!(
            "{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/>{embed}{mirror}\
             <w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val=\"{tab}\"/>{hyphenate}{even}\
             <w:drawingGridVerticalSpacing w:val=\"{half}\"/><w:displayHorizontalDrawingGridEvery w:val=\"0\"/>\
             <w:displayVerticalDrawingGridEvery w:val=\"2\"/><w:characterSpacingControl w:val=\"{spacing}\"/>{breaks}{notes}\
             <w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>\
             <w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>{compat}</w:compat>\
             <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"{language}\"/><w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" \
             w:bg2=\"light2\" w:t2=\"dark2\" w:accent1=\"accent1\" w:accent2=\"accent2\" w:accent3=\"accent3\" w:accent4=\"accent4\" \
             w:accent5=\"accent5\" w:accent6=\"accent6\" w:hyperlink=\"hyperlink\" w:followedHyperlink=\"followedHyperlink\"/>\
             <w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>",
            embed = flag(self.fonts, "<w:embedTrueTypeFonts/><w:saveSubsetFonts/>"),
            mirror = flag(style.page.mirrored, "<w:mirrorMargins/>"),
            tab = (style.body.size * 2).to_twips(),
            hyphenate = flag(style.hyphenate, "<w:autoHyphenation/>"),
            even = flag(self.even_and_odd, "<w:evenAndOddHeaders/>"),
            half = (style.pitch / 2).to_twips(),
            breaks = line_breaks(style.kinsoku, language),
            notes = self.notes.map_or_else(String::new, |format| {
                format!("<w:footnotePr>{format}<w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>")
            }),
            compat = compatibility(),
        )
    }
}

/// What may not stand at the ends of a line, where there is such a thing; the styles say that nothing is forbidden.
fn line_breaks(level: Kinsoku, language: &str) -> String {
    if level == Kinsoku::None {
        return String::new();
    }
    let (first, last): (String, String) = (never_first(level).collect(), never_last(level).filter(fits).collect());
    format!(
        "<w:noLineBreaksAfter w:lang=\"{language}\" w:val=\"{}\"/><w:noLineBreaksBefore w:lang=\"{language}\" w:val=\"{}\"/>",
        escape(&last),
        escape(&first)
    )
}

/// Whether Word need be told of a mark: it has room for a hundred that begin no line and fifty that end none (\[MS-DOC\] 2.7.5,
/// DopTypography), and the block of currency signs alone would fill these. Of that it learns €.
fn fits(c: &char) -> bool {
    !matches!(c, '\u{20a0}'..='\u{20cf}') || *c == '€'
}

/// Word 2013 and later, without the looks of older versions.
fn compatibility() -> String {
    [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ]
    .map(|(name, value)| {
        format!(
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        )
    })
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chinese::class::Class;
    use crate::chinese::kinsoku::{may_begin, may_end};

    /// The value of `element` in `xml`, a character at a time.
    fn marks(xml: &str, element: &str) -> Vec<char> {
        let tag = format!("<w:{element} w:lang=\"zh-CN\" w:val=\"");
        let value = xml.split(&tag).nth(1).and_then(|rest| rest.split("\"/>").next()).unwrap_or_default();
        ["&amp;", "&lt;", "&gt;", "&quot;"]
            .iter()
            .zip(["&", "<", ">", "\""])
            .fold(value.to_owned(), |value, (entity, mark)| value.replace(entity, mark))
            .chars()
            .collect()
    }

    #[test]
    fn word_is_told_what_the_pages_keep_to_b1_b2_b3() {
        for level in [Kinsoku::None, Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict] {
            let xml = line_breaks(level, "zh-CN");
            let (before, after) = (marks(&xml, "noLineBreaksBefore"), marks(&xml, "noLineBreaksAfter"));
            assert!(before.len() <= 100 && after.len() <= 50, "{level:?}");
            for c in ('\u{0}'..='\u{ffff}').filter(fits) {
                let class = Class::of(c);
                assert_eq!(before.contains(&c), !may_begin(class, level), "{level:?} {c}");
                assert_eq!(after.contains(&c), !may_end(class, level), "{level:?} {c}");
            }
        }
        // Where pages and Word once disagreed.
        let basic = marks(&line_breaks(Kinsoku::Basic, "zh-CN"), "noLineBreaksBefore");
        assert!("，。）”".chars().all(|c| basic.contains(&c)) && !"々％℃·".chars().any(|c| basic.contains(&c)));
    }
}

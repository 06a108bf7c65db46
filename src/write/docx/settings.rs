//! The settings part: how Chinese lines are broken and marks are set, and how Word is to read the file.

use super::faces::language_tag;
use super::xml::{DECLARATION, NAMESPACES, escape};
use crate::lang::Language;
use crate::style::{Kinsoku, Punctuation, Style};

/// Never at a line's start (B1): closing marks, pauses, stops.
const NOT_FIRST: &str =
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠々";
/// As well at the levels `gb` and `strict`: connectors and the solidus.
const NOT_FIRST_GB: &str = "-–/／－";
/// As well at the level `strict` (B3).
const NOT_FIRST_STRICT: &str = "—…⋯";
/// Never at a line's end (B2): opening marks, number prefixes.
const NOT_LAST: &str = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥＃№";

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

/// What may not stand at the ends of a line, where it differs from nothing.
fn line_breaks(kinsoku: Kinsoku, language: &str) -> String {
    let more = match kinsoku {
        Kinsoku::None => return String::new(),
        Kinsoku::Basic => ["", ""],
        Kinsoku::Gb => [NOT_FIRST_GB, ""],
        Kinsoku::Strict => [NOT_FIRST_GB, NOT_FIRST_STRICT],
    };
    let [gb, strict] = more;
    format!(
        "<w:noLineBreaksAfter w:lang=\"{language}\" w:val=\"{}\"/><w:noLineBreaksBefore w:lang=\"{language}\" w:val=\"{}\"/>",
        escape(NOT_LAST),
        escape(&format!("{NOT_FIRST}{gb}{strict}"))
    )
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

//! The order of elements that the schemas ask for, and a pass that brings docx-rs's XML into it.
//!
//! WordprocessingML is made of sequences: Word may call a file broken whose `w:rPr` comes before its `w:pStyle`. docx-rs writes the
//! children of properties in an order of its own.

use super::changes::AUTHOR;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What `fitText` stands for, by its value: text in two half columns, text that stands abreast in a column, and text from right to left.
pub const COMBINED: usize = 1;
pub const ABREAST: usize = 2;
pub const LEFTWARD: usize = 3;

/// The languages of what runs from right to left, by their numbers: that of Arabic letters, that of those with letters of Uyghur, that of Hebrew.
const LANGUAGES: [&str; 3] = ["ar-SA", "ug-CN", "he-IL"];

/// The number among them of the language of `text`.
pub fn leftward_language(text: &str) -> u32 {
    match text {
        _ if text.contains(|c| matches!(c, '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}')) => 2,
        _ if text.contains(['ڭ', 'ۆ', 'ۇ', 'ۈ', 'ۋ', 'ې', 'ە']) => 1,
        _ => 0,
    }
}

/// Parents and their children in the order of ISO/IEC 29500-1 (transitional), local names of the namespace `w`.
/// A star marks a child that may come more than once.
pub const ORDER: &[(&str, &str)] = &[
    ("document", "background body"),
    ("tbl", "tblPr tblGrid tr*"),
    ("tblGrid", "gridCol*"),
    ("tr", "tblPrEx trPr tc*"),
    ("tc", "tcPr p* tbl*"),
    ("ruby", "rubyPr rt rubyBase"),
    ("rubyPr", "rubyAlign hps hpsRaise hpsBaseText lid dirty"),
    ("sdt", "sdtPr sdtEndPr sdtContent"),
    ("sdtPr", "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding docPartObj"),
    ("docPartObj", "docPartGallery docPartCategory docPartUnique"),
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens \
         kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing \
         mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    ("pBdr", "top left bottom right between bar"),
    ("numPr", "ilvl numId numberingChange ins"),
    ("tabs", "tab*"),
    (
        "rPr",
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid \
         vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang \
         eastAsianLayout specVanish oMath rPrChange",
    ),
    (
        "sectPr",
        "headerReference* footerReference* footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt \
         vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    ),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd \
         tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    ),
    ("tblBorders", "top left bottom right insideH insideV"),
    ("tblCellMar", "top left bottom right"),
    (
        "tcPr",
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers cellIns \
         cellDel cellMerge tcPrChange",
    ),
    ("tcBorders", "top left bottom right insideH insideV tl2br tr2bl"),
    ("styles", "docDefaults latentStyles style*"),
    ("docDefaults", "rPrDefault pPrDefault"),
    ("rPrDefault", "rPr"),
    ("pPrDefault", "pPr"),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal \
         personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr*",
    ),
    ("numbering", "numPicBullet* abstractNum* num* numIdMacAtCleanup"),
    ("abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl*"),
    ("lvl", "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"),
    ("num", "abstractNumId lvlOverride*"),
    ("lvlOverride", "startOverride lvl"),
    ("footnotes", "footnote*"),
    ("footnotePr", "pos numFmt numStart numRestart footnote*"),
    ("comments", "comment*"),
    ("fonts", "font*"),
    ("font", "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic"),
    (
        "settings",
        "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape \
         printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts \
         saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop \
         hideSpellingErrors hideGrammaticalErrors activeWritingStyle* proofState formsDesign attachedTemplate linkStyles \
         stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves \
         doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation \
         consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle \
         evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing \
         drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery \
         doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData \
         noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore \
         savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText \
         doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields \
         hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr attachedSchema* themeFontLang clrSchemeMapping \
         doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType* schemaLibrary \
         shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator",
    ),
    (
        "compat",
        "spaceForUL noColumnBalance balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace \
         doNotExpandShiftReturn adjustLineHeightInTable useFELayout compatSetting*",
    ),
];

/// The children that `parent` (a local name) may have, in order; `None` when it is no sequence or holds running content.
pub fn children_of(parent: &[u8]) -> Option<&'static str> {
    ORDER.iter().find(|(name, _)| name.as_bytes() == parent).map(|(_, children)| *children)
}

/// The place of `child` in `order`; what the table does not know goes last.
fn rank(order: &str, child: &[u8]) -> usize {
    order.split(' ').position(|name| name.trim_end_matches('*').as_bytes() == child).unwrap_or(usize::MAX)
}

/// An element whose end has not come yet.
struct Open {
    /// Order of its children, when it has one.
    order: Option<&'static str>,
    /// Where its start tag begins in the output.
    start: usize,
    /// Where its content begins in the output.
    content: usize,
    /// How many children were known when it began.
    children: usize,
}

/// A child of an ordered element: its place in the output.
struct Child {
    start: usize,
    end: usize,
}

/// Appends `xml`, balanced elements as docx-rs writes them, to `out` with the children of every element in schema order. Empty
/// properties, runs and texts and the paragraph numbers of docx-rs (from a counter of the process) are left out; revisions are numbered by
/// `revision` instead of by such a counter, and have no date.
///
/// # Errors
/// A sentence, when `xml` is not well-formed: a fault of what wrote it.
pub fn append_in_order(xml: &[u8], out: &mut Vec<u8>, revision: &mut usize) -> Result<(), String> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut opens: Vec<Open> = Vec::with_capacity(8);
    let mut children: Vec<Child> = Vec::with_capacity(16);
    let mut sorted = Vec::new();
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| format!("the XML that was built is broken: {e}"))?;
        let raw = xml.get(from..reader.buffer_position() as usize).unwrap_or_default();
        match event {
            Event::Start(tag) => {
                let name = tag.local_name();
                let open =
                    Open { order: sequence(name.as_ref()), start: out.len(), content: 0, children: children.len() };
                match name.as_ref() {
                    b"p" => out.extend_from_slice(b"<w:p>"),
                    b"ins" | b"del" => {
                        let name = if name.as_ref() == b"ins" { "ins" } else { "del" };
                        out.extend_from_slice(
                            format!("<w:{name} w:id=\"{revision}\" w:author=\"{AUTHOR}\">").as_bytes(),
                        );
                        *revision += 1;
                    }
                    _ => out.extend_from_slice(raw),
                }
                opens.push(Open { content: out.len(), ..open });
            }
            Event::Empty(tag) => {
                if matches!(tag.local_name().as_ref(), b"rPr" | b"pPr" | b"trPr" | b"tcPr") {
                    continue;
                }
                let start = out.len();
                match tag.local_name().as_ref() {
                    b"fitText" => out.extend_from_slice(stands_for(&tag)?.as_bytes()),
                    _ => out.extend_from_slice(raw),
                }
                if opens.last().is_some_and(|open| open.order.is_some()) {
                    children.push(Child { start, end: out.len() });
                }
            }
            Event::End(tag) => {
                let Some(open) = opens.pop() else {
                    return Err("the XML that was built has an end without a start".into());
                };
                if out.len() == open.content && matches!(tag.local_name().as_ref(), b"rPr" | b"pPr" | b"t" | b"r") {
                    out.truncate(open.start);
                    children.truncate(open.children);
                    continue;
                }
                if let Some(order) = open.order {
                    sort(order, &children[open.children..], out, &mut sorted);
                    children.truncate(open.children);
                }
                out.extend_from_slice(raw);
                if opens.last().is_some_and(|parent| parent.order.is_some()) {
                    children.push(Child { start: open.start, end: out.len() });
                }
            }
            Event::Eof => return Ok(()),
            _ => out.extend_from_slice(raw),
        }
    }
}

/// The element for which `fitText` stands, of which docx-rs knows nothing.
fn stands_for(tag: &BytesStart<'_>) -> Result<String, String> {
    let value = |name: &str| {
        let attribute = tag.try_get_attribute(name).ok().flatten();
        attribute.and_then(|attribute| String::from_utf8(attribute.value.into_owned()).ok())
    };
    let (id, kind) = (value("w:id").unwrap_or_default(), value("w:val").unwrap_or_default());
    match kind.parse() {
        Ok(COMBINED) => Ok(format!("<w:eastAsianLayout w:id=\"{id}\" w:combine=\"1\"/>")),
        Ok(LEFTWARD) => {
            let language = id.parse().ok().and_then(|number: usize| LANGUAGES.get(number)).copied().unwrap_or_default();
            Ok(format!("<w:rtl/><w:lang w:bidi=\"{language}\"/>"))
        }
        Ok(ABREAST) => Ok(format!("<w:eastAsianLayout w:id=\"{id}\" w:vert=\"1\" w:vertCompress=\"1\"/>")),
        _ => Err("an element that was built stands for none".into()),
    }
}

/// The order for `parent`, if it has to be looked after here: most elements of running text have none.
fn sequence(parent: &[u8]) -> Option<&'static str> {
    match parent {
        b"p" | b"r" | b"t" | b"hyperlink" => None,
        _ => children_of(parent),
    }
}

/// Sorts the `children`, which stand at the end of `out`.
fn sort(order: &str, children: &[Child], out: &mut Vec<u8>, sorted: &mut Vec<u8>) {
    let [first, _, ..] = children else { return };
    let rank_of = |child: &Child| rank(order, local_name(&out[child.start..child.end]));
    if children.is_sorted_by_key(rank_of) {
        return;
    }
    let mut ranked: Vec<(usize, &Child)> = children.iter().map(|child| (rank_of(child), child)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    sorted.clear();
    for (_, child) in ranked {
        sorted.extend_from_slice(&out[child.start..child.end]);
    }
    let start = first.start;
    out.truncate(start);
    out.append(sorted);
}

/// The local name of the element that `xml` begins with.
fn local_name(xml: &[u8]) -> &[u8] {
    let name = xml.get(1..).unwrap_or_default();
    let end = name.iter().position(|b| matches!(b, b' ' | b'/' | b'>')).unwrap_or(name.len());
    let name = &name[..end];
    name.iter().position(|&b| b == b':').map_or(name, |colon| &name[colon + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(xml: &str) -> String {
        let mut out = Vec::new();
        append_in_order(xml.as_bytes(), &mut out, &mut 7).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn properties_come_into_schema_order_at_every_depth() {
        assert_eq!(
            ordered(
                "<w:p w14:paraId=\"1\"><w:pPr><w:rPr><w:sz w:val=\"1\" /><w:rFonts /></w:rPr><w:jc /><w:pStyle /></w:pPr>\
                 <w:r><w:rPr /><w:t>a</w:t></w:r></w:p>"
            ),
            "<w:p><w:pPr><w:pStyle /><w:jc /><w:rPr><w:rFonts /><w:sz w:val=\"1\" /></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn what_is_empty_is_left_out_and_what_is_text_stays() {
        assert_eq!(ordered("<w:r><w:rPr></w:rPr><w:t></w:t><w:t> &amp; </w:t></w:r>"), "<w:r><w:t> &amp; </w:t></w:r>");
    }

    #[test]
    fn revisions_are_numbered_by_the_document() {
        assert_eq!(
            ordered(
                "<w:ins w:id=\"123\" w:author=\"x\" w:date=\"y\"><w:r><w:t>a</w:t></w:r></w:ins><w:r></w:r><w:del w:id=\"123\"></w:del>"
            ),
            "<w:ins w:id=\"7\" w:author=\"Shanben\"><w:r><w:t>a</w:t></w:r></w:ins><w:del w:id=\"8\" w:author=\"Shanben\"></w:del>"
        );
    }

    #[test]
    fn broken_xml_is_an_error() {
        assert!(append_in_order(b"</w:p>", &mut Vec::new(), &mut 0).is_err());
        assert!(append_in_order(b"<w:p", &mut Vec::new(), &mut 0).is_err());
    }
}

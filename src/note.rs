//! What is worth telling about a file without stopping it.

use crate::error::Cause;
use crate::lang::Lang;
use crate::span::{Decoded, Normal, Original, Source, Span};

/// What the kinds of notes say in English and in Chinese; those of rules are said by the rules.
const KINDS: &[(&str, &str, &str)] = &[
    ("around-left-out", "what stands around the text of a page, left out", "略去的网页四周内容"),
    ("changes-accepted", "tracked changes, accepted", "已接受的修订"),
    ("damaged-document", "a document that is damaged: what can be read is read", "文档已损坏：读出了可读的部分"),
    ("dead-link", "a link that is kept as text", "只作文字的链接"),
    ("decision-unfit", "a decision that no longer fits", "不再适用的决定"),
    ("declaration-wrong", "its own declaration is wrong", "文件自述的编码不实"),
    ("document-left-out", "what a document has beside its text", "文档正文之外的内容"),
    ("encoding-doubtful", "the encoding is doubtful", "编码存疑"),
    ("foreign-text", "not Chinese", "不是中文"),
    ("gloss", "notes between the words, set in small type", "以小字排的夹注"),
    ("heading-pattern", "a pattern for headings cannot be used", "标题模式不可用"),
    ("hidden-mark", "marks that are in the text and not seen", "文中有而版面不显示的标点"),
    ("html-comment", "a comment", "注释"),
    ("html-left-out", "HTML left out", "略去的 HTML"),
    ("line-ends-kept", "line ends that are kept as they stand", "保留的换行"),
    ("loose-line", "lines set loosely", "行中字距过松"),
    ("malformed", "bytes that are nothing in the encoding", "不合编码的字节"),
    ("malformed-bytes", "bytes that are nothing in the encoding", "不合编码的字节"),
    ("mark-without-note", "a mark without its note", "有标记而无注"),
    ("markup-left-out", "signs of markup left out", "略去的标记"),
    ("missing-glyph", "a character that no font has", "字库所缺的字"),
    ("mixed-encodings", "parts in different encodings", "各部分编码不同"),
    ("name-not-utf8", "a name that is not UTF-8", "文件名不是 UTF-8"),
    ("note-without-mark", "a note without its mark", "有注而无标记"),
    ("output-edited", "changed by hand since it was written, and left alone", "写出后经人改动，未予覆盖"),
    ("output-left", "changed by hand under its earlier name, and left there", "旧名下的输出经人改动，留在原处"),
    (
        "own-contents",
        "contents of the text, which give way to those with numbers of pages",
        "原文目录，由带页码的目录代替",
    ),
    ("page-around", "how much stands around the text of a page", "网页正文之外的内容"),
    ("picture-not-shown", "a picture that is not shown", "未能显示的图片"),
    ("ragged-line", "lines that cannot be filled", "无法排满的行"),
    ("torn-character", "characters that a line end tore apart", "被换行拆开的字"),
    ("read-as-markdown", "text read as Markdown", "按 Markdown 读取的文本"),
    ("read-as-page", "text read as a page of the web", "按网页读取的文本"),
    ("surplus-cell", "a cell beyond the columns of its table", "超出表头的单元格"),
    ("shows-others", "a page that shows others in frames", "以框架显示其他网页的网页"),
    ("stand-in", "characters that signs stand for", "以符号代替的字符"),
    ("whole-page", "all of a page is taken for its text", "整个网页视为正文"),
    ("unknown-style", "it asks for a style that there is not", "指定了不存在的样式"),
];

/// What notes of `kind` say, in a few words of `lang`, unless a rule gives them.
pub fn said(kind: &str, lang: Lang) -> Option<&'static str> {
    KINDS.iter().find(|known| known.0 == kind).map(|&(_, en, zh)| lang.pick(en, zh))
}

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A fact worth recording; never fails a file.
    Info,
    /// Something a person should look at; with `--strict` it fails the file.
    Warning,
}

/// Where a note points, in whichever text its stage sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The file as a whole.
    File,
    /// Bytes of the source.
    Source(Span<Source>),
    /// A range of the page of which the decoded text was made.
    Original(Span<Original>),
    /// A range of the decoded text.
    Decoded(Span<Decoded>),
    /// A range of the normalized text.
    Normal(Span<Normal>),
}

/// Something noticed about a file; it stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A stable name in kebab case (`quote-unbalanced`, `private-use`), the `kind` of the report.
    pub kind: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub at: At,
    /// What was found: a code point, a count, the two readings.
    pub detail: Cause,
}

impl Note {
    /// A note that a person should look at.
    pub fn warning(kind: &'static str, at: At, detail: Cause) -> Self {
        Note { kind, severity: Severity::Warning, at, detail }
    }

    /// A note for the record.
    pub fn info(kind: &'static str, at: At, detail: Cause) -> Self {
        Note { kind, severity: Severity::Info, at, detail }
    }
}

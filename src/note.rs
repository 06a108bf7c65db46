//! What is worth telling about a file without stopping it.

use crate::error::Cause;
use crate::lang::Lang;
use crate::span::{Decoded, Normal, Source, Span};

/// What the kinds of notes say in English and in Chinese; those of rules are said by the rules.
const KINDS: &[(&str, &str, &str)] = &[
    ("dead-link", "a link that is kept as text", "只作文字的链接"),
    ("declaration-wrong", "its own declaration is wrong", "文件自述的编码不实"),
    ("encoding-doubtful", "the encoding is doubtful", "编码存疑"),
    ("foreign-text", "not Chinese", "不是中文"),
    ("heading-pattern", "a pattern for headings cannot be used", "标题模式不可用"),
    ("html-as-text", "HTML read as plain text", "按纯文本读取的 HTML"),
    ("html-comment", "a comment", "注释"),
    ("html-left-out", "HTML left out", "略去的 HTML"),
    ("loose-line", "lines set loosely", "行中字距过松"),
    ("malformed", "bytes that are nothing in the encoding", "不合编码的字节"),
    ("malformed-bytes", "bytes that are nothing in the encoding", "不合编码的字节"),
    ("mark-without-note", "a mark without its note", "有标记而无注"),
    ("missing-glyph", "a character that no font has", "字库所缺的字"),
    ("mixed-encodings", "parts in different encodings", "各部分编码不同"),
    ("name-not-utf8", "a name that is not UTF-8", "文件名不是 UTF-8"),
    ("note-without-mark", "a note without its mark", "有注而无标记"),
    ("output-edited", "changed by hand since it was written, and left alone", "写出后经人改动，未予覆盖"),
    ("output-left", "changed by hand under its earlier name, and left there", "旧名下的输出经人改动，留在原处"),
    ("picture-not-shown", "a picture that is not shown", "未能显示的图片"),
    ("ragged-line", "lines that cannot be filled", "无法排满的行"),
    ("torn-character", "characters that a line end tore apart", "被换行拆开的字"),
    ("stand-in", "characters that signs stand for", "以符号代替的字符"),
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

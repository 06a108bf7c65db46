//! What was found and is not converted, and why.

use crate::error::Cause;
use crate::lang::{Lang, Phrase};
use std::fs::FileType;

/// A file or folder that was found and is not converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path as it may be shown, not yet made safe for a terminal.
    pub shown: String,
    /// Why.
    pub why: Why,
}

/// Why something is not converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// A file of a kind that is read only where it is named.
    Kind,
    /// Its name begins with a dot.
    Hidden,
    /// The folder of outputs of this run.
    Output,
    /// A folder with outputs of another run.
    Editions,
    /// An output of another run.
    Written,
    /// A package with outputs of another run and their sources.
    Packed,
    /// A link that leads out of the folder that was named.
    Outside,
    /// A link that leads nowhere.
    Nowhere,
    /// A link to what is found under its own name.
    Twice,
    /// Neither a file nor a folder.
    Special(Special),
}

/// What is neither a file nor a folder. Opening one can wait for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Special {
    /// A pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device.
    Device,
}

/// Kinds of files that hold texts and are not read: their extensions, and what to do.
const KINDS: &[(&[&str], Phrase)] = &[
    (
        &["doc", "dot", "wps", "wpt", "odt", "pages"],
        Phrase::new("a document of another word processor: save it as DOCX", "其他文字处理程序的文档：请另存为 DOCX"),
    ),
    (
        &["eml", "emlx", "msg", "mbox", "mbx", "dbx"],
        Phrase::new(
            "mail: save each message as a page (.mht, .html) or as text",
            "电子邮件：请将各封另存为网页（.mht、.html）或文本",
        ),
    ),
    (&["pdf"], Phrase::new("a PDF: take its text with pdftotext", "PDF：可用 pdftotext 取出文字")),
    (
        &["epub", "mobi", "azw", "azw3", "fb2", "umd", "chm", "lit"],
        Phrase::new("a book for readers: save it as HTML or text", "电子书：请另存为 HTML 或文本"),
    ),
    (
        &["caj", "kdh", "nh", "ceb", "ofd", "djvu", "tif", "tiff"],
        Phrase::new("a document in pages: take its text with its reader", "版式文件：请用其阅读器取出文字"),
    ),
    (
        &["xls", "xlsx", "et", "ppt", "pptx", "dps"],
        Phrase::new("a workbook or slides: save it as text", "表格或演示文稿：请另存为文本"),
    ),
];

impl LeftOut {
    /// Its extension, in lower case, if it has one.
    fn extension(&self) -> Option<String> {
        let name = self.shown.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or_default();
        name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
    }

    /// Why it was left out, and what to do where that is in question.
    pub fn cause(&self) -> Cause {
        let extension = self.extension().unwrap_or_default();
        let known = KINDS.iter().find(|(extensions, _)| extensions.contains(&extension.as_str()));
        match (self.why, known) {
            (Why::Kind, Some((_, kind))) => Cause::IsOfKind { kind: *kind },
            (why, _) => why.cause(),
        }
    }

    /// What it is counted with: its extension, or why it was left out.
    pub fn group(&self, lang: Lang) -> String {
        match (self.why, self.extension()) {
            (Why::Kind, Some(extension)) => format!(".{extension}"),
            (Why::Kind, None) => lang.pick("without extension", "无扩展名").to_owned(),
            (Why::Hidden, _) => lang.pick("hidden", "隐藏").to_owned(),
            (Why::Output | Why::Editions, _) => lang.pick("folders of editions", "成品文件夹").to_owned(),
            (Why::Written, _) => lang.pick("editions", "成品").to_owned(),
            (Why::Packed, _) => lang.pick("bags", "打好的包").to_owned(),
            (Why::Outside | Why::Nowhere | Why::Twice, _) => lang.pick("links", "链接").to_owned(),
            (Why::Special(_), _) => lang.pick("special files", "特殊文件").to_owned(),
        }
    }
}

impl Why {
    /// The stable name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Why::Kind => "kind",
            Why::Hidden => "hidden",
            Why::Output => "output",
            Why::Editions => "editions",
            Why::Written => "written",
            Why::Packed => "packed",
            Why::Outside => "link-outside",
            Why::Nowhere => "link-nowhere",
            Why::Twice => "link-twice",
            Why::Special(_) => "special",
        }
    }

    /// What it means, and what to do where that is in question.
    const fn cause(self) -> Cause {
        match self {
            Why::Kind => Cause::ReadOnlyWhereNamed,
            Why::Hidden => Cause::IsHidden,
            Why::Output => Cause::IsOutputFolder,
            Why::Editions => Cause::HoldsEditions,
            Why::Written => Cause::IsEdition,
            Why::Packed => Cause::IsBag,
            Why::Outside => Cause::LinkLeadsOut,
            Why::Nowhere => Cause::LinkLeadsNowhere,
            Why::Twice => Cause::LinkToFound,
            Why::Special(special) => special.cause(),
        }
    }
}

impl Special {
    /// What a file of this type is, when it is neither a file nor a folder.
    pub fn of(kind: FileType) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            match kind {
                kind if kind.is_fifo() => Some(Special::Pipe),
                kind if kind.is_socket() => Some(Special::Socket),
                kind if kind.is_char_device() || kind.is_block_device() => Some(Special::Device),
                _ => None,
            }
        }
        #[cfg(not(unix))]
        {
            let _ = kind;
            None
        }
    }

    /// What it is.
    pub const fn cause(self) -> Cause {
        match self {
            Special::Pipe => Cause::IsPipe,
            Special::Socket => Cause::IsSocket,
            Special::Device => Cause::IsDevice,
        }
    }
}

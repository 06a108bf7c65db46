//! What stops one file, never a batch.

mod cause;

use crate::lang::Lang;
use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::path::PathBuf;

pub use cause::Cause;

/// The stage in which a file failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Finding and reading the file.
    Discover,
    /// Bytes to text.
    Decode,
    /// What is more than text to a transcript.
    Open,
    /// Restoring the text.
    Normalize,
    /// Text to document.
    Recognize,
    /// Document to pages.
    Layout,
    /// Document to files.
    Write,
    /// Reading the files back.
    Verify,
}

impl Stage {
    /// The name in messages and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Discover => "discover",
            Stage::Decode => "decode",
            Stage::Open => "open",
            Stage::Normalize => "normalize",
            Stage::Recognize => "recognize",
            Stage::Layout => "layout",
            Stage::Write => "write",
            Stage::Verify => "verify",
        }
    }
}

/// What went wrong; each kind has a stable name for the report and a remedy for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No such file or folder.
    Missing,
    /// The file or folder may not be read.
    Unreadable,
    /// A pipe, a socket or a device, which is not opened.
    Special,
    /// An archive, or a file in it, that cannot or must not be unpacked.
    Archive,
    /// Larger than `--max-size`.
    TooLarge,
    /// Needs more memory than an input may take.
    Memory,
    /// Holds no character.
    Empty,
    /// Is not text (an image, a program, an archive, random bytes).
    Binary,
    /// The encoding named with `-e` does not exist or cannot be what the file is.
    Encoding,
    /// Could not be written (disk full, read-only, name too long).
    Unwritable,
    /// An output that is not ours or was edited by hand stands in the way.
    InTheWay,
    /// The place of an output is an input, or belongs to another source.
    Taken,
    /// A file among the outputs that no record knows.
    Stray,
    /// What is configured for it cannot be understood.
    Configuration,
    /// A warning, under `--strict`.
    Strict,
    /// An output does not agree with its source or with another output.
    Disagrees,
    /// A fault of the program itself.
    Bug,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 17] = [
        Kind::Missing,
        Kind::Unreadable,
        Kind::Special,
        Kind::Archive,
        Kind::TooLarge,
        Kind::Memory,
        Kind::Empty,
        Kind::Binary,
        Kind::Encoding,
        Kind::Unwritable,
        Kind::InTheWay,
        Kind::Taken,
        Kind::Stray,
        Kind::Configuration,
        Kind::Strict,
        Kind::Disagrees,
        Kind::Bug,
    ];

    /// The kind of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it means, in Chinese; in English the cause says it.
    pub const fn meaning(self) -> &'static str {
        match self {
            Kind::Missing => "找不到",
            Kind::Unreadable => "无法读取",
            Kind::Special => "不是普通文件",
            Kind::Archive => "压缩包无法展开",
            Kind::TooLarge => "文件过大",
            Kind::Memory => "所需内存过多",
            Kind::Empty => "没有文字",
            Kind::Binary => "不是文本文件",
            Kind::Encoding => "编码不符",
            Kind::Unwritable => "无法写入",
            Kind::InTheWay => "已有别的文件",
            Kind::Taken => "位置已被占用",
            Kind::Stray => "来历不明的文件",
            Kind::Configuration => "配置有误",
            Kind::Strict => "有警告",
            Kind::Disagrees => "内容不一致",
            Kind::Bug => "程序内部错误",
        }
    }

    /// The stable name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Missing => "missing",
            Kind::Unreadable => "unreadable",
            Kind::Special => "special",
            Kind::Archive => "archive",
            Kind::TooLarge => "too-large",
            Kind::Memory => "memory",
            Kind::Empty => "empty",
            Kind::Binary => "binary",
            Kind::Encoding => "encoding",
            Kind::Unwritable => "unwritable",
            Kind::InTheWay => "in-the-way",
            Kind::Taken => "taken",
            Kind::Stray => "stray",
            Kind::Configuration => "configuration",
            Kind::Strict => "strict",
            Kind::Disagrees => "disagrees",
            Kind::Bug => "bug",
        }
    }

    /// What the reader can do about it.
    pub const fn remedy(self, lang: Lang) -> &'static str {
        match self {
            Kind::Missing => lang.pick("check the path", "请检查路径"),
            Kind::Unreadable => lang.pick("check its permissions", "请检查读取权限"),
            Kind::Special => lang.pick(
                "name a file, or '-' and give its content on standard input",
                "请指定文件，或写“-”并从标准输入给出内容",
            ),
            Kind::Archive => {
                lang.pick("unpack it by other means, and convert the folder", "请用别的办法解压，再转换解出的文件夹")
            }
            Kind::TooLarge => lang.pick("split it, or raise --max-size", "请拆分文件，或调大 --max-size"),
            Kind::Memory => lang.pick("split it, or ask for fewer formats: md and txt take least", "请拆分文件，或少要几种格式：md、txt 所需最少"),
            Kind::Empty => {
                lang.pick("there is nothing to convert; remove it from the inputs", "没有可转换的内容，请从输入中去掉")
            }
            Kind::Binary => lang.pick(
                "give a text file, or name its encoding with --encoding",
                "请提供文本文件，或用 --encoding 指定编码",
            ),
            Kind::Encoding => lang.pick("choose another --encoding, or leave it out", "请换一个 --encoding，或不指定"),
            Kind::Unwritable => lang.pick(
                "free some space, check permissions, or choose another --output",
                "请检查磁盘空间与写入权限，或换一个 --output",
            ),
            Kind::InTheWay => lang.pick("move it away, or use --force", "请先移走它，或使用 --force"),
            Kind::Taken => lang.pick(
                "choose another --output; where that source is gone, --prune makes room",
                "请换一个 --output；如原来的源文件已不在，可用 --prune 腾出位置",
            ),
            Kind::Stray => lang.pick("move it away, or convert its source again", "请移走它，或重新转换它的源文件"),
            Kind::Configuration => {
                lang.pick("mend the configuration, or name another with -c", "请改正配置，或用 -c 指定另一份")
            }
            Kind::Strict => lang.pick("mend the text, or leave --strict out", "请修正文本，或去掉 --strict"),
            Kind::Disagrees => lang.pick("convert it again with --force", "请用 --force 重新转换"),
            Kind::Bug => lang.pick(
                "this is a fault of the program; please report it with this line, and with the file if you may share it",
                "这是程序的缺陷，请反馈，并附上这一行；如可公开，请附上文件",
            ),
        }
    }
}

thread_local! {
    /// Where this thread panicked last.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic is told only by who catches it, with its place in the program.
pub fn catch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        PLACE.with_borrow_mut(|last| *last = place);
    }));
}

/// What a panic said and, after [`catch_panics`], where it was: what those need who are to mend it.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let said = said.unwrap_or("a fault without a message");
    let place = PLACE.take().map(|place| format!(" at {place}")).unwrap_or_default();
    format!("{said} (shanben {}{place})", env!("CARGO_PKG_VERSION"))
}

/// Stops one file. Shown as `path: cause; remedy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Where in the pipeline.
    pub stage: Stage,
    /// What kind of fault.
    pub kind: Kind,
    /// The file, as the user named it; `-` is standard input.
    pub path: PathBuf,
    /// What exactly, without the path.
    pub cause: Box<Cause>,
}

impl Error {
    /// An error of `stage` about `path`.
    pub fn new(stage: Stage, kind: Kind, path: impl Into<PathBuf>, cause: Cause) -> Self {
        Error { stage, kind, path: path.into(), cause: Box::new(cause) }
    }

    /// All that went wrong with one file, as one error of the first one's kind; `None` when nothing did.
    pub fn joined(mut errors: Vec<Error>) -> Option<Self> {
        errors.dedup_by(|again, first| again.cause == first.cause);
        match errors.len() {
            0 | 1 => errors.pop(),
            _ => {
                let causes = errors.iter().map(|error| Cause::clone(&error.cause)).collect();
                errors.into_iter().next().map(|first| Error { cause: Box::new(Cause::Several { causes }), ..first })
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        write!(f, "{}: {}", crate::unicode::printable(&path), crate::unicode::printable(&self.cause.to_string()))
    }
}

impl std::error::Error for Error {}

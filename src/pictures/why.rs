//! Why a picture is not shown.

use crate::lang::Phrase;

/// No decoder can mend it.
pub const DAMAGED: Phrase = Phrase::new("damaged", "已损坏");
/// What readers make up for what is missing is grey.
pub const CUT: Phrase = Phrase::new("its end is missing", "缺少结尾");
pub const OTHER_FORMAT: Phrase = Phrase::new("neither PNG nor JPEG", "不是 PNG 或 JPEG");
pub const RARE_PNG: Phrase = Phrase::new("a rare kind of PNG", "罕见的 PNG");
pub const RARE_JPEG: Phrase = Phrase::new("a rare kind of JPEG", "罕见的 JPEG");
pub const CMYK: Phrase = Phrase::new("the colours of a printing press (CMYK)", "印刷色彩（CMYK）");
pub const TOO_MANY_PIXELS: Phrase = Phrase::new("too many pixels", "像素过多");
pub const TOO_LARGE: Phrase = Phrase::new("larger than 32 MB", "超过 32 MB");
pub const NO_ROOM: Phrase = Phrase::new(
    "the text and the pictures before it are as much as one document may have",
    "正文与前面的图片已达一篇文档的限量",
);
pub const NO_FOLDER: Phrase = Phrase::new("there is no folder to look in", "没有可供查找的文件夹");
pub const NO_FILE: Phrase = Phrase::new("no such file", "没有这个文件");
pub const NOT_A_FILE: Phrase = Phrase::new("not a file", "不是文件");
pub const UNREADABLE: Phrase = Phrase::new("cannot be read", "无法读取");
pub const NOT_BESIDE: Phrase = Phrase::new("not a file beside the text", "不是正文旁的文件");
pub const OUTSIDE: Phrase = Phrase::new("outside the folder of the text", "在正文的文件夹之外");

//! Causes in the language of the user. The program and its reports speak of causes in English; here stands what that is in Chinese.

use super::BETWEEN_CAUSES;
use crate::lang::Lang;
use std::borrow::Cow;

/// Causes in English and in Chinese; `{}` stands for what differs from one to the next, in the same order in both.
const CAUSES: &[(&str, &str)] = &[
    // What the system says.
    ("no such file or folder", "没有这个文件或文件夹"),
    ("permission denied", "没有权限"),
    ("a part of the path is no folder", "路径中有一段不是文件夹"),
    ("is a folder", "是文件夹"),
    ("the disk is full", "磁盘已满"),
    ("the file is larger than the disk or a limit allows", "文件超过磁盘或系统的限制"),
    ("the quota is used up", "磁盘配额已用完"),
    ("the disk is read-only", "磁盘只读"),
    ("the name is too long or not allowed", "名称过长或不被允许"),
    ("it ends too early", "内容不完整"),
    // Archives. What says more comes first.
    ("its name leads out of the archive", "名称指向压缩包之外"),
    ("is encrypted", "已加密"),
    ("is a link", "是链接"),
    ("is no plain file", "不是普通文件"),
    ("is packed in a way that is not known here", "压缩方式无法识别"),
    ("is damaged", "已损坏"),
    ("is damaged ({})", "已损坏（{}）"),
    ("what stands after the damage is lost", "损坏处之后的内容无法取出"),
    ("holds more than {} entries", "文件数超过 {}"),
    ("unpacks to {} bytes, more than {}", "展开后有 {} 字节，超过 {}"),
    ("unpacks to more than {} bytes", "展开后超过 {} 字节"),
    ("is no zip archive, or a damaged one", "不是 zip 压缩包，或已损坏"),
    ("is no tar archive, or a damaged one", "不是 tar 归档，或已损坏"),
    ("is no gzip file, or a damaged one", "不是 gzip 文件，或已损坏"),
    ("is an archive in an archive", "是压缩包中的压缩包"),
    ("holds more than it claims", "实际内容超过所标大小"),
    ("has files that overlap", "其中的文件互相重叠"),
    ("was changed while it was read", "读取期间被改动"),
    // What is not converted.
    ("is of a kind that is read only where it is named", "此类文件只有明确指定时才读取"),
    ("is hidden", "是隐藏文件"),
    ("is the output folder", "是输出文件夹"),
    ("holds editions that shanben wrote", "存放着善本写出的成品"),
    ("name their sources instead", "请改为指定其原文"),
    ("is an edition that shanben wrote", "是善本写出的成品"),
    ("is a link that leads out of the folder", "是指向文件夹之外的链接"),
    ("--follow takes it", "加上 --follow 才会读取"),
    ("is a link that leads nowhere", "是失效的链接"),
    ("is a link to what is found under its own name", "是链接，所指文件已按其本名列出"),
    ("is a pipe", "是管道"),
    ("is a socket", "是套接字"),
    ("is a device", "是设备"),
    // Inputs.
    ("the file is empty", "文件是空的"),
    ("the file holds nothing but blanks", "文件里只有空白"),
    ("no file matches", "没有匹配的文件"),
    ("{} bytes, more than {}", "{} 字节，超过 {}"),
    ("more than {} bytes", "超过 {} 字节"),
    ("needs about {} MB of memory, more than {} MB", "约需内存 {} MB，超过 {} MB"),
    ("it looks like {}, not like text", "看来是 {}，不是文本"),
    ("read as {}, more than a third of it is malformed", "按 {} 读取，三分之一以上不合编码"),
    ("there is no encoding {}", "没有 {} 这个编码"),
    // Outputs.
    ("a link leads out of the output folder", "链接指向输出文件夹之外"),
    ("is one of the inputs", "是输入文件之一"),
    ("belongs to the outputs", "属于输出"),
    ("belongs to another source", "属于另一个源文件"),
    ("belongs to {}, which is gone", "属于 {}（已不在）"),
    ("belongs to {}", "属于 {}"),
    ("is not what this program writes there", "不是本程序写在那里的内容"),
    ("the output folder is gone", "输出文件夹已不在"),
    ("other runs write it all the time", "别的运行一直在改写它"),
    ("is no report of this program", "不是本程序的报告"),
    ("no record knows it", "没有记录提到它"),
    ("is not a folder", "不是文件夹"),
    ("another shanben is writing there", "另一个 shanben 正在写入"),
    ("was not written by this program, or its record is lost", "不是本程序写的，或记录已丢失"),
    ("warnings: {}, the first: {}", "警告 {} 条，第一条：{}"),
    // Proofs.
    ("is not as it was written", "与写出时不同"),
    ("is not as it was written: {}", "与写出时不同：{}"),
    ("is of an earlier state of its source or of other settings", "出自较早的原文或不同的设置"),
    ("there is no record of shanben here", "此处没有 shanben 的记录"),
    ("the source attached to the PDF is not the one that was converted", "PDF 所附的原文不是当时转换的文件"),
    ("text, line {}: expected “{}”, found “{}”", "正文第 {} 行：应为“{}”，实为“{}”"),
    ("outline, line {}: expected “{}”, found “{}”", "提纲第 {} 行：应为“{}”，实为“{}”"),
    ("not a readable PDF: {}", "无法读取此 PDF：{}"),
    ("not a readable DOCX: {}", "无法读取此 DOCX：{}"),
    // Kinds of file.
    ("binary data", "二进制数据"),
    ("a PNG image", "PNG 图片"),
    ("a JPEG image", "JPEG 图片"),
    ("a GIF image", "GIF 图片"),
    ("a TIFF image", "TIFF 图片"),
    ("a BMP image", "BMP 图片"),
    ("a PDF", "PDF"),
    ("an RTF document", "RTF 文档"),
    ("a document of old Word, Excel or PowerPoint", "旧版 Word、Excel 或 PowerPoint 文档"),
    ("a Word document (DOCX)", "Word 文档（DOCX）"),
    ("an Excel workbook (XLSX)", "Excel 工作簿（XLSX）"),
    ("a PowerPoint file (PPTX)", "PowerPoint 文件（PPTX）"),
    ("an EPUB book", "EPUB 电子书"),
    ("an OpenDocument file", "OpenDocument 文件"),
    ("a Java archive", "Java 归档"),
    ("a tar archive (name it .tar)", "tar 归档（请改名为 .tar）"),
    ("a {} archive", "{} 压缩包"),
    ("an {} archive", "{} 压缩包"),
    ("a compiled program", "程序"),
    ("a program ({})", "程序（{}）"),
    ("a font", "字体"),
    ("an SQLite database", "SQLite 数据库"),
    ("an {} recording", "{} 录音"),
    ("a recording or image (RIFF)", "录音或图片（RIFF）"),
    ("a Microsoft Reader book", "Microsoft Reader 电子书"),
    ("a compiled help file (CHM)", "CHM 帮助文件"),
    // Notes of decoding.
    ("bytes that are no {}: {}, places: {}", "不合 {} 的字节：{} 个，共 {} 处"),
    ("read as {} as told, though it looks like {}", "按指定的 {} 读取，但看来更像 {}"),
    ("the file says {}, but it is {}", "文件自称 {}，实为 {}"),
    ("{}, but {} is nearly as likely ({} bits)", "{}，但 {} 的可能性相近（相差 {} 比特）"),
    ("{}, in {}", "{}，编码为 {}"),
    ("Japanese", "日文"),
    ("Korean", "韩文"),
    ("a language in Cyrillic letters", "西里尔字母的文字"),
    ("its tags stand in the text", "标签原样留在正文里"),
    // Notes of restoring, laying out and writing.
    ("{} more", "另有 {} 处"),
    ("a point between Latin text and Chinese", "西文与中文之间的点"),
    ("a semicolon between Latin words", "西文词语之间的分号"),
    ("some of its bytes are lost", "有字节已丢失"),
    ("{} read as {}", "{} 被读作 {}"),
    ("opened, never closed", "有始无终"),
    ("closed, never opened", "有终无始"),
    ("opened again before it is closed", "未终又始"),
    ("two readings are nearly as good", "两种读法相近"),
    ("{}, at most {} em", "{} 行，至多 {} 字宽"),
    ("{} and the like × {}: not every format can hold them", "{} 等共 {} 个：并非每种格式都能收录"),
    // Pictures.
    ("within a line", "在行内"),
    ("damaged", "已损坏"),
    ("neither PNG nor JPEG", "不是 PNG 或 JPEG"),
    ("a rare kind of PNG", "罕见的 PNG"),
    ("a rare kind of JPEG", "罕见的 JPEG"),
    ("the colours of a printing press (CMYK)", "印刷色彩（CMYK）"),
    ("its end is missing", "缺少结尾"),
    ("the text and the pictures before it are as much as one document may have", "正文与前面的图片已达一篇文档的限量"),
    ("too many pixels", "像素过多"),
    ("not a file beside the text", "不是正文旁的文件"),
    ("outside the folder of the text", "在正文的文件夹之外"),
    ("not a file", "不是文件"),
    ("larger than 32 MB", "超过 32 MB"),
    // Configuration, rules, styles and fonts.
    ("line {}, column {}: {}", "第 {} 行第 {} 列：{}"),
    ("there is no key “{}”", "没有“{}”这个键"),
    ("it belongs to a style: {}", "它属于版式：{}"),
    ("expected {}, found {}", "应为 {}，写的是 {}"),
    ("true or false", "true 或 false"),
    ("a list of strings", "字符串列表"),
    ("a list", "列表"),
    ("a number", "数"),
    ("a table", "表"),
    ("a date", "日期"),
    ("is not UTF-8", "不是 UTF-8"),
    ("the pattern cannot be understood: {}", "模式无法理解：{}"),
    ("style {}: {}", "版式 {}：{}"),
    ("there is no format '{}'", "没有“{}”这个格式"),
    ("there is no style '{}'", "没有“{}”这个版式"),
    ("there is no encoding '{}'", "没有“{}”这个编码"),
    ("there is no rule '{}'", "没有“{}”这条规则"),
    ("there is no line width '{}'", "没有“{}”这个换行方式"),
    ("there is no size '{}'", "没有“{}”这个大小"),
    ("there is no value '{}'", "没有“{}”这个值"),
    ("did you mean '{}'? ({})", "是不是“{}”？（{}）"),
    ("did you mean '{}'?", "是不是“{}”？"),
    ("there are {}", "有 {}"),
    ("--to names no format", "--to 没有给出格式"),
    ("there is no level {}", "没有第 {} 级"),
    ("levels are 1 to 6", "级别为 1 至 6"),
    ("there is no rule “{}”", "没有“{}”这条规则"),
    ("there is no switch “{}”", "没有“{}”这个开关"),
    ("there is no rule or switch “{}”", "没有“{}”这条规则或开关"),
    ("there is no value “{}”", "没有“{}”这个值"),
    ("did you mean {}?", "是不是 {}？"),
    ("invalid type: {}, expected {}", "类型不对：写的是 {}，应为 {}"),
    ("invalid value: {}, expected {}", "值不对：写的是 {}，应为 {}"),
    ("a boolean", "true 或 false"),
    ("a string", "字符串"),
    ("a sequence", "列表"),
    ("{} must be from {} to {}", "{} 须在 {} 与 {} 之间"),
    ("a size must be from 4pt to 100pt", "字号须在 4pt 与 100pt 之间"),
    ("only first-indent may be negative", "只有 first-indent 可以为负"),
    ("a pitch must not be less than the size", "行距不得小于字号"),
    ("the type area is wider than the paper", "版心比纸宽"),
    ("the type area is higher than the paper", "版心比纸高"),
    ("is no font", "不是字体"),
    ("is a collection", "是字体集合"),
    ("has no TrueType outlines", "没有 TrueType 轮廓"),
    ("may not be embedded, by its licence", "其许可不允许嵌入"),
    ("give a .ttf file", "请给出 .ttf 文件"),
    ("give a single .ttf file", "请给出单个 .ttf 文件"),
    ("give another", "请换一个"),
];

/// A cause in the language of the user, as far as it is a known one; what it is about stays as it is. Several causes are told one by one.
pub fn told(cause: &str, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::En => Cow::Borrowed(cause),
        Lang::Zh => cause.split(BETWEEN_CAUSES).map(chinese).collect::<Vec<_>>().join("；").into(),
    }
}

/// One cause in Chinese, whole or after what it is about: `a.pdf: the disk is full`, `a.md is a folder`.
fn chinese(cause: &str) -> Cow<'_, str> {
    if let Some(known) = known(cause) {
        return known.into();
    }
    for (at, between) in cause.match_indices(": ") {
        if let Some(known) = known(&cause[at + between.len()..]) {
            return format!("{}：{known}", &cause[..at]).into();
        }
    }
    for (at, space) in cause.match_indices(' ') {
        if let Some(known) = known(&cause[at + space.len()..]) {
            return format!("{} {known}", &cause[..at]).into();
        }
    }
    Cow::Borrowed(cause)
}

/// A cause of the table in Chinese, with what stands in its holes, which may be of the table as well.
fn known(cause: &str) -> Option<String> {
    let (held, zh) = CAUSES.iter().find_map(|(en, zh)| Some((held(en, cause)?, zh)))?;
    let mut told = String::new();
    for (i, piece) in zh.split("{}").enumerate() {
        if let Some(held) = i.checked_sub(1).and_then(|i| held.get(i)) {
            told.push_str(&chinese(held));
        }
        told.push_str(piece);
    }
    Some(told)
}

/// What stands in the holes of `template` when `text` is one of its kind.
fn held<'t>(template: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut pieces = template.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut held = vec![];
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let at = match pieces.peek() {
            Some(_) => rest.find(piece)?,
            None => rest.strip_suffix(piece)?.len(),
        };
        held.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::reason;
    use std::io;

    #[test]
    fn causes_are_told_in_chinese_and_what_they_are_about_stays() {
        let cases = [
            ("out/a.md: the disk is full", "out/a.md：磁盘已满"),
            ("out/a.md is a folder", "out/a.md 是文件夹"),
            ("a.pdf: the disk is full; a.md is a folder", "a.pdf：磁盘已满；a.md 是文件夹"),
            ("25 bytes, more than 10", "25 字节，超过 10"),
            ("unpacks to 25 bytes, more than 10", "展开后有 25 字节，超过 10"),
            ("it looks like a program (ELF), not like text", "看来是 程序（ELF），不是文本"),
            ("it looks like a 7-Zip archive, not like text", "看来是 7-Zip 压缩包，不是文本"),
            ("text, line 3: expected “山, 水”, found “山”", "正文第 3 行：应为“山, 水”，实为“山”"),
            (
                "line 2, column 1: there is no key “stile”; did you mean style?",
                "第 2 行第 1 列：没有“stile”这个键；是不是 style？",
            ),
            ("a.gif: neither PNG nor JPEG", "a.gif：不是 PNG 或 JPEG"),
            ("big5 read as gbk", "big5 被读作 gbk"),
            ("a language in Cyrillic letters, in windows-1251", "西里尔字母的文字，编码为 windows-1251"),
            ("what no table knows", "what no table knows"),
        ];
        for (en, zh) in cases {
            assert_eq!(told(en, Lang::Zh), zh);
            assert_eq!(told(en, Lang::En), en);
        }
    }

    #[test]
    fn every_cause_has_as_many_holes_in_both_languages() {
        for (en, zh) in CAUSES {
            assert_eq!(en.matches("{}").count(), zh.matches("{}").count(), "{en}");
        }
    }

    #[test]
    fn every_reason_of_the_system_has_its_chinese() {
        use io::ErrorKind::*;
        let kinds = [
            NotFound,
            PermissionDenied,
            NotADirectory,
            IsADirectory,
            StorageFull,
            FileTooLarge,
            QuotaExceeded,
            ReadOnlyFilesystem,
            InvalidFilename,
            UnexpectedEof,
        ];
        for kind in kinds {
            let english = reason(&io::Error::from(kind));
            assert_ne!(told(&english, Lang::Zh), english);
        }
    }
}

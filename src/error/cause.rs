//! What went wrong or was noticed: for each cause a row with its data, and with what it says in English and in Chinese.

use crate::lang::{Lang, Phrase};
use std::borrow::Cow;
use std::fmt;
use std::io;

/// Makes [`Cause`] of its table. A row is a variant; names in braces stand for its fields.
macro_rules! causes {
    ($($name:ident $({ $($field:ident: $kind:ty),+ })? => $en:literal, $zh:literal;)+) => {
        /// What exactly went wrong or was noticed, with its data. It is told in English and in Chinese; shown or recorded without a language, it is told in English.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant says what it means, with the names of its fields")]
        pub enum Cause {
            $(#[doc = $en] $name $({ $($field: $kind),+ })?,)+
        }

        impl Cause {
            /// It in words of `lang`.
            pub fn told(&self, lang: Lang) -> String {
                match self {
                    $(Cause::$name { $($($field),+)? } => {
                        $($(let $field = $field.tell(lang);)+)?
                        match lang {
                            Lang::En => format!($en),
                            Lang::Zh => format!($zh),
                        }
                    })+
                }
            }
        }

        /// The table again: what is said in English and in Chinese, and the names of the fields.
        #[cfg(test)]
        const TABLE: &[(&str, &str, &[&str])] = &[$(($en, $zh, &[$($(stringify!($field)),+)?])),+];
    };
}

causes! {
    // What is not ours to say: a piece of the text, a name, the words of the system or of a package.
    Text { text: String } => "{text}", "{text}";
    InBoth { en: String, zh: String } => "{en}", "{zh}";
    // Others, with what they are about.
    Of { what: String, why: Box<Cause> } => "{what}: {why}", "{what}：{why}";
    At { path: String, why: Box<Cause> } => "{path} {why}", "{path} {why}";
    Several { causes: Vec<Cause> } => "{causes}", "{causes}";

    // The system.
    NoSuchFile => "no such file or folder", "没有这个文件或文件夹";
    NotPermitted => "permission denied", "没有权限";
    PartIsNoFolder => "a part of the path is no folder", "路径中有一段不是文件夹";
    IsFolder => "is a folder", "是文件夹";
    DiskFull => "the disk is full", "磁盘已满";
    FileTooLarge => "the file is larger than the disk or a limit allows", "文件超过磁盘或系统的限制";
    QuotaUsedUp => "the quota is used up", "磁盘配额已用完";
    DiskReadOnly => "the disk is read-only", "磁盘只读";
    NameNotAllowed => "the name is too long or not allowed", "名称过长或不被允许";
    EndsTooEarly => "it ends too early", "内容不完整";

    // Archives.
    NameLeadsOut => "its name leads out of the archive", "名称指向压缩包之外";
    IsEncrypted => "is encrypted", "已加密";
    IsLink => "is a link", "是链接";
    IsNoPlainFile => "is no plain file", "不是普通文件";
    PackedUnknown => "is packed in a way that is not known here", "压缩方式无法识别";
    IsDamaged => "is damaged", "已损坏";
    RestIsLost => "is damaged; what stands after the damage is lost", "已损坏；损坏处之后的内容无法取出";
    RestIsLostBy { why: Box<Cause> } => "is damaged ({why}); what stands after the damage is lost", "已损坏（{why}）；损坏处之后的内容无法取出";
    TooManyEntries { most: usize } => "holds more than {most} entries", "文件数超过 {most}";
    UnpacksTo { bytes: u64, most: u64 } => "unpacks to {bytes} bytes, more than {most}", "展开后有 {bytes} 字节，超过 {most}";
    UnpacksBeyond { most: u64 } => "unpacks to more than {most} bytes", "展开后超过 {most} 字节";
    IsNoZip => "is no zip archive, or a damaged one", "不是 zip 压缩包，或已损坏";
    IsNoTar => "is no tar archive, or a damaged one", "不是 tar 归档，或已损坏";
    IsNoGzip => "is no gzip file, or a damaged one", "不是 gzip 文件，或已损坏";
    ArchiveInArchive => "is an archive in an archive", "是压缩包中的压缩包";
    HoldsMoreThanClaimed => "holds more than it claims", "实际内容超过所标大小";
    FilesOverlap => "has files that overlap", "其中的文件互相重叠";
    ChangedMeanwhile => "was changed while it was read", "读取期间被改动";

    // What is found and not converted.
    ReadOnlyWhereNamed => "is of a kind that is read only where it is named", "此类文件只有明确指定时才读取";
    IsHidden => "is hidden", "是隐藏文件";
    IsOutputFolder => "is the output folder", "是输出文件夹";
    HoldsEditions => "holds editions that shanben wrote; name their sources instead", "存放着善本写出的成品；请改为指定其原文";
    IsEdition => "is an edition that shanben wrote", "是善本写出的成品";
    LinkLeadsOut => "is a link that leads out of the folder; --follow takes it", "是指向文件夹之外的链接；加上 --follow 才会读取";
    LinkLeadsNowhere => "is a link that leads nowhere", "是失效的链接";
    LinkToFound => "is a link to what is found under its own name", "是链接，所指文件已按其本名列出";
    IsPipe => "is a pipe", "是管道";
    IsSocket => "is a socket", "是套接字";
    IsDevice => "is a device", "是设备";

    // Inputs.
    NoFileMatches => "no file matches", "没有匹配的文件";
    TooLarge { bytes: u64, most: u64 } => "{bytes} bytes, more than {most}", "{bytes} 字节，超过 {most}";
    LargerThan { most: u64 } => "more than {most} bytes", "超过 {most} 字节";
    NeedsMemory { megabytes: u64, most: u64 } => "needs about {megabytes} MB of memory, more than {most} MB", "约需内存 {megabytes} MB，超过 {most} MB";
    FileIsEmpty => "the file is empty", "文件是空的";
    OnlyBlanks => "the file holds nothing but blanks", "文件里只有空白";
    LooksLike { kind: Phrase } => "it looks like {kind}, not like text", "看来是 {kind}，不是文本";
    Misfits { encoding: &'static str } => "read as {encoding}, more than a third of it is malformed", "按 {encoding} 读取，三分之一以上不合编码";
    NoEncoding { label: String } => "there is no encoding {label:?}", "没有 {label:?} 这个编码";

    // Outputs.
    LinkLeavesOutput => "a link leads out of the output folder", "链接指向输出文件夹之外";
    IsInput => "is one of the inputs", "是输入文件之一";
    IsOutput => "belongs to the outputs", "属于输出";
    IsAnothers => "belongs to another source", "属于另一个源文件";
    IsOf { source: String } => "belongs to {source}", "属于 {source}";
    WasAnothers => "belongs to another source, which is gone", "属于另一个源文件（已不在）";
    WasOf { source: String } => "belongs to {source}, which is gone", "属于 {source}（已不在）";
    IsForeign => "is not what this program writes there", "不是本程序写在那里的内容";
    IsNotOurs => "was not written by this program, or its record is lost", "不是本程序写的，或记录已丢失";
    IsNoReport => "is no report of this program", "不是本程序的报告";
    IsNoFolder => "is not a folder", "不是文件夹";
    OutputIsGone => "the output folder is gone", "输出文件夹已不在";
    AnotherIsWriting => "another shanben is writing there", "另一个 shanben 正在写入";
    OthersKeepWriting => "other runs write it all the time", "别的运行一直在改写它";
    IsOnNoRecord => "no record knows it", "没有记录提到它";
    HasWarnings { count: usize, kind: String, first: Box<Cause> } => "warnings: {count}, the first: {kind} {first}", "警告 {count} 条，第一条：{kind} {first}";

    // Proofs.
    Changed => "is not as it was written", "与写出时不同";
    ChangedSo { difference: Box<Cause> } => "is not as it was written: {difference}", "与写出时不同：{difference}";
    IsStale => "is of an earlier state of its source or of other settings", "出自较早的原文或不同的设置";
    NoRecordHere => "there is no record of shanben here", "此处没有 shanben 的记录";
    AttachedOther => "the source attached to the PDF is not the one that was converted", "PDF 所附的原文不是当时转换的文件";
    TextDiffers { line: usize, expected: String, found: String } => "text, line {line}: expected “{expected}”, found “{found}”", "正文第 {line} 行：应为“{expected}”，实为“{found}”";
    OutlineDiffers { line: usize, expected: String, found: String } => "outline, line {line}: expected “{expected}”, found “{found}”", "提纲第 {line} 行：应为“{expected}”，实为“{found}”";
    UnreadablePdf => "not a readable PDF", "无法读取此 PDF";
    NoCatalog => "no catalog", "没有目录对象（catalog）";
    NoStructure => "no structure tree", "没有结构树";
    StructureTooDeep => "the structure tree is too deep", "结构树层次过深";
    StructureLacks { object: u32 } => "object {object} of the structure tree is missing", "结构树缺少对象 {object}";
    ContentWithoutPage => "content of the structure tree names no page", "结构树中的内容没有指明所在页";
    PageLacks { sequence: i64, object: u32 } => "sequence {sequence} of the page in object {object} is missing", "对象 {object} 的页面缺少第 {sequence} 段内容";
    UnreadablePage { object: u32 } => "the page in object {object} cannot be read", "无法读取对象 {object} 的页面";
    UnreadableDocx { why: String } => "not a readable DOCX: {why}", "无法读取此 DOCX：{why}";
    NoPart { name: String } => "no {name}", "没有 {name}";
    UnreadablePart { name: String, why: String } => "{name} cannot be read: {why}", "无法读取 {name}：{why}";
    NotWellFormed { why: String } => "not well-formed: {why}", "XML 不合规范：{why}";
    NotUtf8So { why: String } => "not UTF-8: {why}", "不是 UTF-8：{why}";

    // Notes of decoding.
    BytesOfNothing { encoding: &'static str, bytes: usize, places: usize } => "bytes that are no {encoding}: {bytes}, places: {places}", "不合 {encoding} 的字节：{bytes} 个，共 {places} 处";
    ReadAsTold { encoding: &'static str, other: &'static str } => "read as {encoding} as told, though it looks like {other}", "按指定的 {encoding} 读取，但看来更像 {other}";
    DeclaresOther { declared: &'static str, encoding: &'static str } => "the file says {declared}, but it is {encoding}", "文件自称 {declared}，实为 {encoding}";
    NearlyAsLikely { encoding: &'static str, other: &'static str, bits: String } => "{encoding}, but {other} is nearly as likely ({bits} bits)", "{encoding}，但 {other} 的可能性相近（相差 {bits} 比特）";
    TwoEncodings { inside: usize, outside: usize, encoding: &'static str } => "{inside} bytes are utf-8, {outside} are {encoding}", "{inside} 字节为 utf-8，{outside} 字节为 {encoding}";
    Torn { count: usize } => "characters with a line end between their bytes: {count}", "字节之间有换行的字：{count} 个";
    IsForeignText { language: Phrase, encoding: &'static str } => "{language}, in {encoding}", "{language}，编码为 {encoding}";

    // Notes of restoring, recognizing, laying out and writing.
    More { count: usize } => "{count} more", "另有 {count} 处";
    PointBetween => "a point between Latin text and Chinese", "西文与中文之间的点";
    SemicolonBetween => "a semicolon between Latin words", "西文词语之间的分号";
    BytesAreLost => "some of its bytes are lost", "有字节已丢失";
    ReadAs { right: &'static str, wrong: &'static str } => "{right} read as {wrong}", "{right} 被读作 {wrong}";
    NeverClosed => "opened, never closed", "有始无终";
    NeverOpened => "closed, never opened", "有终无始";
    PointsWrongWay => "points the wrong way, or its partner is lost", "方向相反，或失去了配对的一半";
    OpenedAgain => "opened again before it is closed", "未终又始";
    TwoReadings => "two readings are nearly as good", "两种读法相近";
    TagsInText => "its tags stand in the text", "标签原样留在正文里";
    LooseLines { count: usize, most: String } => "{count}, at most {most} em", "{count} 行，至多 {most} 字宽";
    NotInEveryFormat { first: String, count: usize } => "{first} and the like × {count}: not every format can hold them", "{first} 等共 {count} 个：并非每种格式都能收录";
    MarkWithoutNote { mark: String } => "the mark {mark} has no note", "标记{mark}没有对应的注";
    NoteWithoutMark { mark: String } => "nothing calls the note {mark}", "注{mark}在正文中没有标记";
    NotShown { target: String, why: Phrase } => "{target}: {why}", "{target}：{why}";

    // What is asked for, on the command line or in a configuration.
    InLine { line: usize, column: usize, why: Box<Cause> } => "line {line}, column {column}: {why}", "第 {line} 行第 {column} 列：{why}";
    NotUtf8 => "is not UTF-8", "不是 UTF-8";
    NoKey { name: String } => "there is no key “{name}”", "没有“{name}”这个键";
    KeyOfStyle { table: &'static str } => "it belongs to a style: {table}", "它属于版式：{table}";
    DidYouMean { near: String } => "did you mean {near}?", "是不是 {near}？";
    Expected { expected: Phrase, found: Phrase } => "expected {expected}, found {found}", "应为 {expected}，写的是 {found}";
    ExpectedSwitch { found: String } => "expected 1, true, yes, 0, false or no, found “{found}”", "应为 1、true、yes、0、false 或 no，写的是“{found}”";
    NotWithin { what: String, least: i32, most: i32 } => "{what} must be from {least} to {most}", "{what} 须在 {least} 与 {most} 之间";
    NoneSo { what: Phrase, name: String } => "there is no {what} “{name}”", "没有“{name}”这{what}";
    NoneButNear { what: Phrase, name: String, near: String, known: String } => "there is no {what} '{name}'; did you mean '{near}'? ({known})", "没有“{name}”这{what}；是不是“{near}”？（{known}）";
    NoneBut { what: Phrase, name: String, known: String } => "there is no {what} '{name}'; there are {known}", "没有“{name}”这{what}；有 {known}";
    NoEncodingButNear { label: String, near: String } => "there is no encoding '{label}'; did you mean '{near}'?", "没有“{label}”这个编码；是不是“{near}”？";
    NoFormats => "--to names no format", "--to 没有给出格式";
    NoHeadingLevel { level: String } => "there is no level {level}; levels are 1 to 6", "没有第 {level} 级；级别为 1 至 6";
    PatternUnclear { why: String } => "the pattern cannot be understood: {why}", "模式无法理解：{why}";

    // Styles.
    InStyle { name: String, why: Box<Cause> } => "style {name}: {why}", "版式 {name}：{why}";
    BaseIsNoName => "base: the name of a style is expected", "base：应为一个版式的名称";
    NoBase { name: String, known: String } => "there is no style {name:?}; there are {known}", "没有 {name:?} 这个版式；有 {known}";
    NoPaper { known: String } => "page.paper: one of {known} is expected", "page.paper：应为 {known} 之一";
    SizeBeyond => "a size must be from 4pt to 100pt", "字号须在 4pt 与 100pt 之间";
    Negative => "only first-indent may be negative", "只有 first-indent 可以为负";
    PitchBelowSize => "a pitch must not be less than the size", "行距不得小于字号";
    TooWide { inside: String, line: &'static str, area: String, width: String } => "the type area is wider than the paper: page.inside {inside} and {line} {area} come to more than the width of {width}", "版心比纸宽：page.inside {inside} 与 {line} {area} 之和超过纸宽 {width}";
    TooHigh { top: String, area: String, height: String } => "the type area is higher than the paper: page.top {top} and page.lines × pitch {area} come to more than the height of {height}", "版心比纸高：page.top {top} 与 page.lines × pitch {area} 之和超过纸高 {height}";
    NoRoomForFolio { foot: String, folio: String } => "page.top and page.lines × pitch leave {foot} at the foot, too little for a page number of {folio}", "page.top 与 page.lines × pitch 在页脚只留下 {foot}，放不下 {folio} 的页码";

    // Fonts.
    InFont { path: String, why: Box<Cause> } => "font {path}: {why}", "字体 {path}：{why}";
    IsNoFont => "is no font; give a .ttf, .otf or .ttc file", "不是字体；请给出 .ttf、.otf 或 .ttc 文件";
    FontTooLarge { most: u64 } => "is larger than {most} MB; give another", "大于 {most} MB；请换一个";
    NoSuchMember { wanted: String, names: String } => "is a collection without “{wanted}”; name one of its fonts with #NUMBER or #NAME: {names}", "字体集合中没有“{wanted}”；请用 #序号 或 #名称 指定其中一个：{names}";
    HasNoOutlines => "has no outlines that a PDF can carry (TrueType or CFF); give another", "没有 PDF 能嵌入的轮廓（TrueType 或 CFF）；请换一个";
    LeadsInCircles => "has a subtable that leads to another of its kind; give a sound font", "有子表指向同类子表；请给出完好的字体";
    NotToBeEmbedded => "may not be embedded, by its licence; give another", "其许可不允许嵌入；请换一个";
    NotToBeCut => "may be embedded as a whole only, by its licence; give another", "其许可只允许整个嵌入，不得取其子集；请换一个";
    NoFace { text: String, names: String } => "{text}: write FACE=FILE or FACE=FAMILY, with one of {names}", "{text}：应为 FACE=文件 或 FACE=字体名，FACE 为 {names} 之一";
    NoFamily { name: String } => "this system has no font “{name}”; give the file", "本机没有字体“{name}”；请给出字体文件";
    NoFamilyBut { name: String, near: String } => "this system has no font “{name}”; did you mean “{near}”? Or give the file", "本机没有字体“{name}”；是否指“{near}”？也可给出字体文件";
    TooManyFonts => "too many fallback fonts", "后备字体过多";
}

impl Cause {
    /// Phrase that are told as they are: a piece of the text, a name, what the system or a package says.
    pub fn text(text: impl Into<String>) -> Self {
        Cause::Text { text: text.into() }
    }

    /// A cause with what it is about before it: `a.pdf: the disk is full`.
    pub fn of(what: impl Into<String>, why: Cause) -> Self {
        Cause::Of { what: what.into(), why: Box::new(why) }
    }

    /// A cause that goes on from the path before it: `a.pdf is a folder`.
    pub fn at(path: impl Into<String>, why: Cause) -> Self {
        Cause::At { path: path.into(), why: Box::new(why) }
    }

    /// Whether it says nothing of its own, but gives the words of others.
    pub fn is_text(&self) -> bool {
        matches!(self, Cause::Text { .. })
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for Cause {}

/// What the system says, in plain words where it is one of the common failures; a cause that an [`io::Error`] carries is that cause.
impl From<&io::Error> for Cause {
    fn from(error: &io::Error) -> Self {
        if let Some(cause) = error.get_ref().and_then(|carried| carried.downcast_ref::<Cause>()) {
            return cause.clone();
        }
        match error.kind() {
            io::ErrorKind::NotFound => Cause::NoSuchFile,
            io::ErrorKind::PermissionDenied => Cause::NotPermitted,
            io::ErrorKind::NotADirectory => Cause::PartIsNoFolder,
            io::ErrorKind::IsADirectory => Cause::IsFolder,
            io::ErrorKind::StorageFull => Cause::DiskFull,
            io::ErrorKind::FileTooLarge => Cause::FileTooLarge,
            io::ErrorKind::QuotaExceeded => Cause::QuotaUsedUp,
            io::ErrorKind::ReadOnlyFilesystem => Cause::DiskReadOnly,
            io::ErrorKind::InvalidFilename => Cause::NameNotAllowed,
            io::ErrorKind::UnexpectedEof => Cause::EndsTooEarly,
            _ => Cause::text(error.to_string()),
        }
    }
}

impl From<Cause> for io::Error {
    fn from(cause: Cause) -> Self {
        io::Error::other(cause)
    }
}

/// Something that stands in a sentence.
trait Tell {
    /// It as it stands in a sentence of `lang`.
    fn tell(&self, lang: Lang) -> Cow<'_, str>;
}

impl Tell for String {
    fn tell(&self, _: Lang) -> Cow<'_, str> {
        self.into()
    }
}

impl Tell for &'static str {
    fn tell(&self, _: Lang) -> Cow<'_, str> {
        (*self).into()
    }
}

impl Tell for Phrase {
    fn tell(&self, lang: Lang) -> Cow<'_, str> {
        self.told(lang).into()
    }
}

impl Tell for Box<Cause> {
    fn tell(&self, lang: Lang) -> Cow<'_, str> {
        self.told(lang).into()
    }
}

/// One after the other.
impl Tell for Vec<Cause> {
    fn tell(&self, lang: Lang) -> Cow<'_, str> {
        let told: Vec<String> = self.iter().map(|cause| cause.told(lang)).collect();
        told.join(lang.pick("; ", "；")).into()
    }
}

/// Numbers as digits.
macro_rules! tell_numbers {
    ($($number:ty),+) => {
        $(impl Tell for $number {
            fn tell(&self, _: Lang) -> Cow<'_, str> {
                self.to_string().into()
            }
        })+
    };
}

tell_numbers!(usize, u64, u32, i64, i32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_in_both_languages_and_what_they_are_about_stays() {
        let several = vec![Cause::of("a.pdf", Cause::DiskFull), Cause::at("a.md", Cause::IsFolder)];
        let no_key = vec![Cause::NoKey { name: "stile".into() }, Cause::DidYouMean { near: "style".into() }];
        let in_line = Cause::InLine { line: 2, column: 1, why: Box::new(Cause::Several { causes: no_key }) };
        let elf = Phrase::new("a program (ELF)", "程序（ELF）");
        let cases = [
            (
                Cause::Several { causes: several },
                "a.pdf: the disk is full; a.md is a folder",
                "a.pdf：磁盘已满；a.md 是文件夹",
            ),
            (Cause::TooLarge { bytes: 25, most: 10 }, "25 bytes, more than 10", "25 字节，超过 10"),
            (
                Cause::LooksLike { kind: elf },
                "it looks like a program (ELF), not like text",
                "看来是 程序（ELF），不是文本",
            ),
            (
                in_line,
                "line 2, column 1: there is no key “stile”; did you mean style?",
                "第 2 行第 1 列：没有“stile”这个键；是不是 style？",
            ),
            (Cause::text("what others say"), "what others say", "what others say"),
        ];
        for (cause, en, zh) in cases {
            assert_eq!((cause.told(Lang::En), cause.told(Lang::Zh)), (en.to_owned(), zh.to_owned()));
        }
    }

    #[test]
    fn every_sentence_has_its_fields_in_both_languages_and_the_chinese_is_no_copy() {
        for &(en, zh, fields) in TABLE.iter().filter(|row| row.0 != "{en}") {
            for field in fields {
                let names = |said: &str| said.matches(&format!("{{{field}")).count();
                assert_eq!((names(en), names(zh)), (1, 1), "{field} in {en}");
            }
            let words = |said: &str| fields.iter().fold(said.to_owned(), |said, field| said.replace(field, ""));
            let silent = !words(en).contains(|c: char| c.is_ascii_alphabetic());
            assert!(silent || !words(zh).is_ascii(), "{en}");
        }
    }

    #[test]
    fn what_the_system_says_is_told_and_a_cause_comes_through_it_whole() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert_eq!(Cause::from(&full).told(Lang::Zh), "磁盘已满");
        let carried = io::Error::from(Cause::TooManyEntries { most: 3 });
        assert_eq!(Cause::from(&carried), Cause::TooManyEntries { most: 3 });
        assert_eq!(carried.to_string(), "holds more than 3 entries");
        assert_eq!(Cause::from(&io::Error::other("odd")), Cause::text("odd"));
    }
}

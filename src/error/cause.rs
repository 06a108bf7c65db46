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
    IsOfKind { kind: Phrase } => "is {kind}", "是{kind}";
    IsHidden => "is hidden", "是隐藏文件";
    IsOutputFolder => "is the output folder", "是输出文件夹";
    HoldsEditions => "holds editions that shanben wrote; name their sources instead", "存放着善本写出的成品；请改为指定其原文";
    IsBag => "is a bag that shanben packed; name it where its texts are wanted", "是善本打好的包；如需其中的文本，请直接指定它";
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
    NoPage => "a message that holds no page; save it as HTML", "邮件归档里没有网页；请另存为 HTML";
    ShowsOthers { pages: String } => "a page that has no text of its own and shows others: {pages}; convert these", "本页没有文字，只在框架中显示其他网页：{pages}；请转换它们";
    LooksLike { kind: Phrase } => "it looks like {kind}, not like text", "看来是：{kind}，不是文本";
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
    NoShare { text: String } => "'{text}' names no share: write I/N, where I counts from 0 and is less than N, or auto/N", "“{text}”不是一份：请写作 I/N（I 从 0 起，小于 N），或 auto/N";
    NoShareVariable => "auto: neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID says which share this is; write I/N", "auto：JOB_COMPLETION_INDEX 与 SLURM_ARRAY_TASK_ID 都没有说明这是哪一份；请写明 I/N";
    IsNoShare => "holds no share of a run (`shanben convert --shard`)", "不是某次分批运行（`shanben convert --shard`）的一份";
    OtherShares { of: u32, known: u32 } => "is one of {of} shares, the others are of {known}", "属于共 {of} 份的一次运行，其余属于共 {known} 份的";
    SharesMadeOtherwise => "was made with other settings, fonts or another build than the others; convert it anew", "所用设置、字体或程序版本与其余各份不同；请重新转换";
    ShareTwice { index: u32, other: String } => "is share {index}, and so is {other}", "是第 {index} 份，{other} 也是";
    AllWithinShares { share: String } => "holds the share {share}; merge into another folder", "含有其中一份 {share}；请合并到另一个文件夹";
    OfOtherShare { target: String } => "holds {target}, which belongs to another share; convert it anew", "含有属于另一份的 {target}；请重新转换";
    SourceNotAtHand => "the source is not at hand as it was, and no PDF carries it", "原文已不在或已改动，也没有 PDF 附着它";
    NameMeetsAnother => "has the name of another file, as file systems compare them", "与另一个文件重名（大小写或组合字符不计）";
    BagWithinFolder => "a bag in the folder that it is packed of would be one of its files; name a place outside it", "包不能放在所打包的文件夹里；请换一处";
    OtherStandsThere => "something else stands there; name another place", "此处已有别的内容；请换一处";
    HoldsControl { code: String } => "holds a control character ({code}), which no document can carry; take it out", "含有控制字符 {code}，任何文档都无法存放；请去掉它";
    ListOutside => "is named by volume.toml and lies outside its folder; name it with --data", "由 volume.toml 指定，但不在其文件夹内；请用 --data 指定";
    OtherVolume { title: String } => "is another volume ({title}), of other texts of this folder; name this one with --name", "是同一文件夹中别的文本装订的另一卷（{title}）；请用 --name 给本卷另取名";
    NotAsPacked => "is not as it was packed; take this bag away and pack again", "与打包时不同；请移走此包后重新打包";
    SharesMissing { missing: String, of: u32 } => "these of {of} shares are missing: {missing}; name them too, or use --partial", "共 {of} 份，缺少：{missing}；请一并给出，或用 --partial";
    NoColumnOfFiles => "no column is headed 文件 or file; it names the file that each row is about", "没有以“文件”或 file 为题的列；它说明每行是哪个文件的";
    FileTwice { name: String } => "{name} stands in the list twice", "{name} 在清单中出现两次";
    QuoteUnclosed => "a quotation mark is never closed", "有一个引号没有结束";
    NothingToBind => "there is no text to bind", "没有可装订的文本";
    PartDiffers { part: String, why: Box<Cause> } => "{part}: {why}", "{part}：{why}";
    PartsDiffer { expected: usize, found: usize } => "texts in the volume: {found}, on record: {expected}", "卷内文本 {found} 件，记录为 {expected} 件";
    PageDiffers { expected: String, found: String } => "the list says page {expected}, it begins on page {found}", "目录所列页号为 {expected}，实际始于第 {found} 页";
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
    UnreadableEpub { why: String } => "not a readable EPUB: {why}", "无法读取此 EPUB：{why}";
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
    MarkdownInText => "its signs are those of Markdown", "所用标记是 Markdown";
    Glosses { count: usize, brackets: String } => "notes between the words, in {brackets}: {count}", "{brackets} 中的夹注 {count} 处";
    TagsInText => "its tags are those of a page", "所用标签是网页的标签";
    ChangesAccepted { inserted: usize, deleted: usize } => "tracked changes, accepted: insertions {inserted}, characters deleted {deleted}", "修订已接受：插入 {inserted} 处，删去 {deleted} 字";
    BoundControls { count: usize } => "controls that show the data they are bound to, and not what was saved in them: {count}", "{count} 个内容控件显示所绑定的数据，而不是保存在其中的文字";
    HiddenText { count: usize } => "hidden characters: {count}", "隐藏文字 {count} 字";
    Comments { count: usize } => "comments: {count}", "批注 {count} 条";
    Formulas { count: usize } => "formulas, of which the characters are kept: {count}", "公式 {count} 个，只保留其字符";
    Running { begins: String, chars: usize } => "heads or feet of pages: “{begins}” ({chars} characters)", "页眉页脚：“{begins}”（{chars} 字）";
    OtherFormats { count: usize } => "parts in other formats: {count}", "其他格式的内容 {count} 处";
    OtherPages { count: usize, first: String } => "other pages in the same file: {count}, the first {first}", "同一文件中的其他网页 {count} 个，第一个是 {first}";
    ShowsBeside { pages: String } => "it shows other pages in frames, each to be converted as a page of its own: {pages}", "本页在框架中显示其他网页，请各自转换：{pages}";
    NoArticle => "nothing tells the text from what stands around it", "无从区分正文与四周内容";
    Around { begins: String, chars: usize } => "“{begins}” ({chars} characters)", "“{begins}”（{chars} 字）";
    AroundInAll { chars: usize, all: usize, places: usize } => "{chars} of {all} characters, in places: {places}", "共 {chars} 字（全页 {all} 字），{places} 处";
    LooseLines { count: usize, most: String } => "{count}, at most {most} em", "{count} 行，至多 {most} 字宽";
    NotInEveryFormat { first: String, count: usize } => "{first} and the like × {count}: not every format can hold them", "{first} 等共 {count} 个：并非每种格式都能收录";
    OwnContents { entries: usize } => "{entries} entries", "{entries} 条";
    OwnContentsBut { entries: usize, strangers: String } => "{entries} entries; these name no heading: {strangers}", "{entries} 条；其中不见于标题的：{strangers}";
    MarkWithoutNote { mark: String } => "the mark {mark} has no note", "标记{mark}没有对应的注";
    NoteWithoutMark { mark: String } => "nothing calls the note {mark}", "注{mark}在正文中没有标记";
    NotShown { target: String, why: Phrase } => "{target}: {why}", "{target}：{why}";

    // Decisions.
    DecidedPlaceGone { line: usize, before: String, verdict: &'static str } => "line {line}, “{before}”, {verdict}: what was decided there is not there as it was; decide it again", "第 {line} 行“{before}”（{verdict}）：当时所定之处已不是原样；请重新决定";
    DecidedFormGone { before: String, verdict: &'static str } => "“{before}”, {verdict}: nothing of this form is changed any more", "“{before}”（{verdict}）：已没有这种改动";
    DecidedHeadingGone { line: usize, text: String } => "line {line}, “{text}”: the heading that was decided is not there as it was; decide it again", "第 {line} 行“{text}”：当时所定的标题已不是原样；请重新决定";
    NoHeadingThere => "a heading was decided here, and nothing stands here that can be one", "此处定为标题，但这里没有可作标题的内容";
    DecidedEarlier => "the file has changed since it was decided how it is read; that is found anew", "文件在确定读法之后有改动；现重新识别";
    DecidedTwice { path: String } => "{path} stands here twice; keep one", "{path} 出现两次；请只留一处";
    DecidedNothing { missing: &'static str } => "{missing} is missing", "缺少 {missing}";
    OnlyWith { name: &'static str, with: &'static str } => "{name} has a meaning only with {with}", "{name} 只能与 {with} 一起使用";
    NotTaken => "only a corrected .docx or .md is taken", "只接受改过的 .docx 或 .md";
    MadeOtherwise => "was made with other settings, decisions or another build than hold now; convert its source again, and correct that edition", "所用的设置、决定或程序版本与现在不同；请重新转换原文，再在新的成品上修改";
    PathLeadsOut => "a path below this folder is expected, with / between folders", "应为此文件夹之下的路径，文件夹之间用 /";

    // What is asked for, on the command line or in a configuration.
    InLine { line: usize, column: usize, why: Box<Cause> } => "line {line}, column {column}: {why}", "第 {line} 行第 {column} 列：{why}";
    NotUtf8 => "is not UTF-8", "不是 UTF-8";
    NoKey { name: String } => "there is no key “{name}”", "没有“{name}”这个键";
    KeyOfStyle { table: &'static str } => "it belongs to a style: {table}", "它属于版式：{table}";
    KeyOfTable { table: &'static str } => "it belongs in {table}", "它应写在 {table} 里";
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
    TooHigh { top: String, lines: &'static str, area: String, height: String } => "the type area is higher than the paper: page.top {top} and {lines} {area} come to more than the height of {height}", "版心比纸高：page.top {top} 与 {lines} {area} 之和超过纸高 {height}";
    NoRoomForFolio { lines: &'static str, foot: String, folio: String } => "page.top and {lines} leave {foot} at the foot, too little for a page number of {folio}", "page.top 与 {lines} 在页脚只留下 {foot}，放不下 {folio} 的页码";
    VerticalOffice => "the lines of an official document are horizontal (GB/T 9704); take a base without the table office", "公文横排（GB/T 9704）；请以没有 office 表的版式为 base";

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
    TooManyFaces { most: usize } => "a style adds at most {most} faces; name fewer in its table of fonts", "一个版式至多自定 {most} 种字体；请减少 [fonts] 中的项目";
    HasCompactVariations => "is a variable font with outlines of CFF2, which no PDF carries; give its TrueType edition (.ttf), or one of its weights as a file of its own (.otf)", "是 CFF2 轮廓的可变字体，PDF 不能嵌入；请改用其 TrueType 版（.ttf），或单一字重的 .otf 文件";
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
                "看来是：程序（ELF），不是文本",
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

//! The options that can be set in `shanben.toml` and in the environment as well: one table says all there is to say of each.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};
use std::ffi::OsString;

/// An option, with its key in `shanben.toml` (of the same name) and its variable of the environment (`SHANBEN_` and the name).
#[derive(Debug)]
pub struct Key {
    /// Its name: `--name`, `name = …`.
    pub name: &'static str,
    short: Option<char>,
    /// What it takes.
    pub takes: Takes,
    /// Which files may set it.
    pub reach: Reach,
    /// The commands that have it as an option.
    on: On,
    en: &'static str,
    zh: &'static str,
}

/// What an option takes. Names of values are as the help shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing; it is on or off.
    Switch,
    /// A text.
    Text(&'static str),
    /// One of these words.
    OneOf(&'static str, &'static [&'static str]),
    /// A number from 1 to this.
    Number(&'static str, u16),
    /// Texts, with commas between them where they are typed.
    Texts(&'static str),
    /// The same, and they may begin with a hyphen.
    Changes(&'static str),
    /// A path.
    Path(&'static str),
    /// Paths; where they are typed, one each time.
    Paths(&'static str),
}

/// Which files may set a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// That which is nearest above an input: how it is read, what is made of it, and how its pages look.
    Input,
    /// Only the working directory's own and the one that is named with `-c`: what names a place, takes back safety, or is about the run
    /// and not the text. A folder that was unpacked or downloaded must not say that.
    Run,
    /// None.
    Nothing,
}

/// Which commands have an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    /// All of them.
    All,
    /// These.
    Commands(&'static [&'static str]),
}

const CONVERT: On = On::Commands(&["convert"]);
const BINDING: On = On::Commands(&["convert", "bind"]);
const MAKING: On = On::Commands(&["convert", "desk"]);
const WRITING: On = On::Commands(&["convert", "bind", "desk"]);
const INPUTS_TAKEN: On = On::Commands(&["convert", "bind", "inspect"]);
const READING: On = On::Commands(&["convert", "bind", "inspect", "verify", "desk", "accept", "pack"]);
const FONTS: On = On::Commands(&["convert", "bind", "desk", "accept", "fonts"]);
const STYLED: On = On::Commands(&["convert", "bind", "desk", "fonts"]);
const CONFIGURED: On = On::Commands(&["convert", "bind", "inspect", "verify", "desk", "accept", "pack", "fonts"]);
/// What the command line names without an option.
const NOWHERE: On = On::Commands(&[]);

/// The place in the help of options that all commands have, behind all others but `--help`.
const GLOBAL: usize = 900;

/// Declares each key, and the table of all.
macro_rules! keys {
    ($($id:ident: $name:literal, $short:expr, $takes:expr, $reach:ident, $on:expr, $en:literal, $zh:literal;)*) => {
        $(#[doc = $en] pub static $id: Key = Key {
            name: $name, short: $short, takes: $takes, reach: Reach::$reach, on: $on, en: $en, zh: $zh,
        };)*
        /// All keys, in the order of the help.
        pub static KEYS: &[&Key] = &[$(&$id),*];
    };
}

#[rustfmt::skip]
keys! {
    INPUTS: "inputs", None, Takes::Paths("INPUT"), Run, NOWHERE,
        "Files, folders, globs, or archives", "文件、文件夹、通配符或压缩包";
    FILES_FROM: "files-from", None, Takes::Path("FILE"), Run, INPUTS_TAKEN,
        "Take the names of inputs from FILE, one a line, or with NUL between them ('-': from standard input)",
        "从文件读取输入的名称，每行一个，或以 NUL 分隔（“-”：从标准输入读取）";
    FOLLOW: "follow", None, Takes::Switch, Run, INPUTS_TAKEN,
        "Follow links that lead out of a folder", "跟随指向文件夹之外的链接";
    OUTPUT: "output", Some('o'), Takes::Path("DIR"), Run, WRITING,
        "Folder for the outputs, which mirrors the inputs' tree (default: output); '-' is standard output",
        "输出文件夹，保持输入的目录结构（默认：output）；“-”为标准输出";
    TO: "to", Some('t'), Takes::Texts("FORMATS"), Input, WRITING,
        "Formats to write: pdf, docx, epub, html, md, txt (default: pdf,docx,md)",
        "输出格式：pdf、docx、epub、html、md、txt（默认：pdf,docx,md）";
    STYLE: "style", Some('s'), Takes::Text("NAME"), Input, STYLED,
        "Style of the pages: a name, or a style file (default: that of the kind of the text)", "版式：名称，或版式文件（默认：随文本种类）";
    ENCODING: "encoding", Some('e'), Takes::Text("LABEL"), Input, READING,
        "Encoding of the inputs, instead of detecting it (auto)", "指定输入的编码，不再自动识别（auto）";
    ESCAPE_BYTES: "escape-bytes", None, Takes::Switch, Input, READING,
        "Write bytes that are no character in the encoding as \\xNN, not as U+FFFD", "不合编码的字节写作 \\xNN，不用 U+FFFD";
    REGION: "region", None, Takes::OneOf("REGION", &["auto", "tw", "hk", "cn"]), Input, READING,
        "Whose marks and forms of characters a traditional text takes: tw, hk, cn (default: auto, by the text)",
        "繁体文本的标点位置与字形从何地：tw 台湾、hk 香港、cn 大陆（默认：auto，据文本判断）";
    RULES: "rules", Some('r'), Takes::Changes("LIST"), Input, READING,
        "Rules over the default set: +rule,-rule,switch=value; 'none' for no normalization",
        "在默认规则上增减：+规则,-规则,开关=值；none 为不整理";
    CONFIG: "config", Some('c'), Takes::Path("FILE"), Nothing, CONFIGURED,
        "Configuration for all (default: for each input the nearest shanben.toml above it)",
        "全部输入所用的配置文件（默认：每个输入各用其上最近的 shanben.toml）";
    MAX_SIZE: "max-size", None, Takes::Text("SIZE"), Run, READING,
        "Refuse inputs larger than this (default: 256MB)", "拒绝大于此值的输入（默认：256MB）";
    SHARD: "shard", None, Takes::Text("I/N"), Nothing, CONVERT,
        "Convert the I-th of N shares of the inputs (from 0), into a folder of its own in the output folder; auto/N: by the variables of Kubernetes or Slurm",
        "只转换全部输入 N 份中的第 I 份（从 0 起），写入输出文件夹中各自的子文件夹；auto/N：由 Kubernetes 或 Slurm 的变量决定";
    JOBS: "jobs", Some('j'), Takes::Number("N", 1024), Run, MAKING,
        "Number of files converted at the same time (default: number of processors)", "同时转换的文件数（默认：处理器数）";
    REPORT: "report", None, Takes::Path("FILE"), Run, CONVERT,
        "Write a report: JSON Lines, one object an input ('-': to standard output); a page for people when FILE ends in .html",
        "写出报告：JSON Lines 格式，每个输入一个对象（“-”为标准输出）；文件名以 .html 结尾时为供人阅读的网页";
    FORCE: "force", None, Takes::Switch, Run, BINDING,
        "Rewrite outputs that are up to date, edited by hand, or not ours", "重写已是最新的、手工改过的或不是本程序写的输出文件";
    PRUNE: "prune", None, Takes::Switch, Run, CONVERT,
        "Take away outputs whose source is gone; those edited by hand stay", "清除源文件已不在的输出文件；手工改过的保留";
    STRICT: "strict", None, Takes::Switch, Run, CONVERT,
        "Fail a file that has a warning", "有警告的文件视为失败";
    DRY_RUN: "dry-run", None, Takes::Switch, Run, CONVERT,
        "Say what would be written, and write nothing", "只说明会写哪些文件，不实际写入";
    WATCH: "watch", None, Takes::Switch, Run, CONVERT,
        "Go on, and convert what arrives or changes, until interrupted", "持续运行，文件新增或改动时随即转换，直到中断";
    PRINT_READY: "print-ready", None, Takes::Switch, Input, WRITING,
        "Mirrored margins and gutter, parts begin on a right-hand page, duplex hint in the PDF",
        "对称页边距与装订线，各部分从右页起，PDF 提示双面打印";
    BOOKLET: "booklet", None, Takes::Switch, Input, MAKING,
        "A booklet: half-size pages in pairs on A4 sheets, to be printed on both sides, folded and stitched",
        "PDF 排成小册子：A4 纸每面两页，双面打印后对折骑订";
    GREY: "grey", None, Takes::Switch, Input, WRITING,
        "Print in black what a style prints in colour: the red head of an official document",
        "版式用彩色印的一律印成黑色（如公文的红头）";
    LINK_NOTES: "link-notes", None, Takes::Switch, Input, WRITING,
        "Print where links lead as notes at the foot of the page, in PDF and DOCX",
        "在 PDF 与 DOCX 的页脚以注释印出链接的网址";
    COLLATION: "collation", None, Takes::Switch, Input, MAKING,
        "End the PDF with a collation: every change to the text, by page and line", "PDF 末尾附校勘记：逐页逐行列出对原文的全部改动";
    COLOPHON: "colophon", None, Takes::Switch, Input, MAKING,
        "End the PDF with a colophon: source, digest, encoding, changes by rule, settings",
        "PDF 末尾附牌记：源文件、校验值、编码、各规则改动数、设置";
    NO_ATTACH: "no-attach", None, Takes::Switch, Input, MAKING,
        "Do not attach the source file to the PDF", "不在 PDF 中附上源文件";
    TRACK_CHANGES: "track-changes", None, Takes::Switch, Input, MAKING,
        "Show every change to the text as a tracked change in the DOCX, to be accepted or rejected",
        "在 DOCX 中以修订标出每处改动，供逐处接受或拒绝";
    EMBED_FONTS: "embed-fonts", None, Takes::Switch, Input, MAKING,
        "Carry the fonts in DOCX, EPUB and HTML, as far as they use them, so that they look the same everywhere",
        "在 DOCX、EPUB、HTML 中嵌入用到的字，在哪里打开都一样";
    WRAP: "wrap", None, Takes::Text("WRAP"), Input, MAKING,
        "Where lines of Markdown end: none, sentence, or a number of columns (default: none)",
        "Markdown 的换行：none 不换行、sentence 每句一行，或列数（默认：none）";
    FONT_DIR: "font-dir", None, Takes::Path("DIR"), Run, FONTS,
        "Folder with the font files, instead of those in the program", "字体文件所在的文件夹，代替程序自带的字体";
    FONT: "font", None, Takes::Texts("FACE=FONT"), Nothing, FONTS,
        "A font of yours for a face (song, song-bold, title, hei, hei-bold, kai, fangsong, mono, western): FACE=FILE, FACE=FILE#N of a collection, or FACE=FAMILY of the system; may be given again",
        "某种字体用自己的字体文件：宋体 song、粗宋 song-bold、小标宋 title、黑体 hei、粗黑 hei-bold、楷体 kai、仿宋 fangsong、等宽 mono、西文 western；FACE=文件，字体集合用 FACE=文件#序号，也可用本机字体名 FACE=字体名；可多次给出";
    FALLBACK_FONT: "fallback-font", None, Takes::Paths("FILE"), Run, FONTS,
        "Font for characters that no other font has, FILE#N of a collection; may be given again",
        "其他字体都没有的字，用此字体，字体集合用 FILE#序号；可多次给出";
    LANG: "lang", None, Takes::OneOf("LANG", &["en", "zh"]), Run, On::All,
        "Language of messages: en, zh (default: by locale)", "界面语言：en、zh（默认：随系统区域设置）";
    COLOR: "color", None, Takes::OneOf("WHEN", &["auto", "always", "never"]), Run, On::All,
        "Colours: auto, always, never (default: auto, on a terminal that knows them; NO_COLOR and CLICOLOR_FORCE are heeded)",
        "颜色：auto、always、never（默认：auto，终端支持时才有；遵从 NO_COLOR 与 CLICOLOR_FORCE）";
    QUIET: "quiet", Some('q'), Takes::Switch, Run, On::All,
        "Say nothing but errors", "只显示错误";
    VERBOSE: "verbose", Some('v'), Takes::Switch, Run, On::All,
        "Say more: every warning, every file", "多显示一些：每条警告、每个文件";
}

impl Key {
    /// The switch that says the opposite: `no-force` of `force`, `attach` of `no-attach`.
    pub fn opposite(&self) -> String {
        self.name.strip_prefix("no-").map_or_else(|| format!("no-{}", self.name), str::to_owned)
    }

    /// Its variable of the environment.
    pub fn variable(&self) -> String {
        format!("SHANBEN_{}", self.name.to_uppercase().replace('-', "_"))
    }

    /// Whether `command` has it as an option.
    pub fn is_on(&self, command: &str) -> bool {
        match self.on {
            On::All => true,
            On::Commands(commands) => commands.contains(&command),
        }
    }

    /// What it is, in Chinese.
    pub fn zh(&self) -> &'static str {
        self.zh
    }

    /// Its option, as clap takes it.
    fn arg(&self) -> Arg {
        let arg = Arg::new(self.name).long(self.name).help(self.en);
        let arg = match self.short {
            Some(short) => arg.short(short),
            None => arg,
        };
        match self.takes {
            Takes::Switch => arg.action(ArgAction::SetTrue).conflicts_with(self.opposite()),
            Takes::OneOf(value, words) => {
                arg.value_name(value).value_parser(PossibleValuesParser::new(words)).hide_possible_values(true)
            }
            Takes::Number(value, most) => {
                arg.value_name(value).value_parser(value_parser!(u16).range(1..=i64::from(most)))
            }
            Takes::Text(value) => arg.value_name(value),
            Takes::Texts(value) => arg.value_name(value).action(ArgAction::Append),
            Takes::Changes(value) => arg.value_name(value).action(ArgAction::Append).allow_hyphen_values(true),
            Takes::Path(value) => arg.value_name(value).value_parser(value_parser!(OsString)),
            Takes::Paths(value) => {
                arg.value_name(value).value_parser(value_parser!(OsString)).action(ArgAction::Append)
            }
        }
    }

    /// The option that says the opposite of this switch. The help tells of all of them in one sentence.
    fn opposite_arg(&self) -> Option<Arg> {
        let arg = Arg::new(self.opposite()).long(self.opposite()).action(ArgAction::SetTrue).hide(true);
        (self.takes == Takes::Switch).then(|| arg.help(format!("Not --{}", self.name)))
    }
}

/// Gives `command` and its commands their options.
pub fn add_to(command: Command) -> Command {
    let args = |key: &Key| std::iter::once(key.arg()).chain(key.opposite_arg()).collect::<Vec<Arg>>();
    let everywhere = KEYS.iter().filter(|key| key.on == On::All).flat_map(|key| args(key));
    // They stand behind those of the command.
    let command = command.args(everywhere.map(|arg| arg.global(true).display_order(GLOBAL)));
    command.mut_subcommands(|sub| {
        let own = KEYS.iter().filter(|key| key.on != On::All && key.is_on(sub.get_name()));
        let own: Vec<Arg> = own.flat_map(|key| args(key)).collect();
        sub.args(own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_has_an_opposite_and_every_key_a_variable() {
        let seen = |key: &Key| (key.opposite(), key.variable());
        assert_eq!(seen(&DRY_RUN), ("no-dry-run".to_owned(), "SHANBEN_DRY_RUN".to_owned()));
        assert_eq!(seen(&NO_ATTACH), ("attach".to_owned(), "SHANBEN_NO_ATTACH".to_owned()));
    }

    #[test]
    fn a_folder_of_texts_names_no_place_and_takes_back_no_safety() {
        let allowed: Vec<&str> = KEYS.iter().filter(|key| key.reach == Reach::Input).map(|key| key.name).collect();
        let wanted = [
            "to",
            "style",
            "encoding",
            "escape-bytes",
            "region",
            "rules",
            "print-ready",
            "booklet",
            "grey",
            "link-notes",
            "collation",
            "colophon",
            "no-attach",
            "track-changes",
            "embed-fonts",
            "wrap",
        ];
        assert_eq!(allowed, wanted);
    }
}

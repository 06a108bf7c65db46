//! Help and usage errors in both languages.

use super::args::Cli;
use super::keys::{self, KEYS, Takes};
use super::suggest::nearest;
use crate::error::Cause;
use crate::lang::{Lang, Phrase};
use crate::unicode::printable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};

/// About a command: its name (empty for the program), what it does in Chinese, its usage in Chinese, and examples in both languages.
struct Page {
    name: &'static str,
    zh: &'static str,
    usage_zh: &'static str,
    examples: &'static [(&'static str, &'static str, &'static str)],
}

const PAGES: [Page; 16] = [
    Page {
        name: "",
        zh: "把旧日的中文文本整理成值得保存的版本：PDF、DOCX、EPUB、HTML、Markdown",
        usage_zh: "shanben <命令> [选项]",
        examples: &[
            ("shanben convert", "everything in input/ to output/", "把 input/ 里的全部文件转换到 output/"),
            ("shanben letter.txt", "the same as shanben convert letter.txt", "等于 shanben convert letter.txt"),
            ("shanben desk", "a page in the browser for all of it", "在浏览器里做这一切"),
            ("shanben inspect old.txt --diff", "what would be changed in a file", "查看一个文件将有哪些改动"),
            ("shanben convert -h", "all options of a command", "查看某个命令的全部选项"),
        ],
    },
    Page {
        name: "convert",
        zh: "把文件和文件夹转换为 PDF、DOCX、EPUB、HTML、Markdown 或纯文本",
        usage_zh: "shanben convert [选项] [输入]...",
        examples: &[
            (
                "shanben convert",
                "input/ to output/, in PDF, DOCX and Markdown",
                "把 input/ 转换到 output/，生成 PDF、DOCX、Markdown",
            ),
            ("shanben convert novels -o books -s book", "a folder tree", "转换整个文件夹"),
            ("shanben convert scans -o editions --watch", "what arrives, as it arrives", "文件一到就转换"),
            ("shanben convert old.zip", "what an archive holds, as a folder", "转换压缩包里的文件"),
            ("shanben convert -t pdf -e big5 letter.txt", "one file whose encoding is known", "转换一个已知编码的文件"),
            ("shanben convert -t md - < old.txt > new.md", "standard input to standard output", "从标准输入到标准输出"),
            ("shanben convert - -o - < texts.tar > editions.tar", "an archive to an archive", "从归档到归档"),
            (
                "shanben convert --report report.jsonl",
                "with a report for a program to read",
                "并写出可供程序读取的报告",
            ),
            (
                "shanben convert --report report.html",
                "with a report for people, in a browser",
                "并写出供人阅读的网页报告",
            ),
        ],
    },
    Page {
        name: "bind",
        zh: "把许多文本装订成一卷：封面、卷内目录、连续页码、备考表；或合成一本书",
        usage_zh: "shanben bind [选项] [输入]...",
        examples: &[
            ("shanben bind letters -o volumes", "a folder of texts as one volume", "把一个文件夹装订成一卷"),
            (
                "shanben bind letters --data volume.toml --data list.csv --order list",
                "with its number and term, and what a table says of each text",
                "档号、期限等取自 volume.toml，各件著录取自表格",
            ),
            ("shanben bind novel --as book", "001.txt, 002.txt … as one book", "001.txt、002.txt 等合成一本书"),
        ],
    },
    Page {
        name: "inspect",
        zh: "查看文件是怎样读出来的：编码、损坏、提纲、改动；不写任何文件",
        usage_zh: "shanben inspect [选项] [输入]...",
        examples: &[
            ("shanben inspect old.txt", "encoding, damage, outline, edits", "编码、损坏、提纲、改动"),
            ("shanben inspect --diff old.txt | less -R", "each edit in its line", "逐行查看每处改动"),
            (
                "shanben inspect --diff archive",
                "a line a file, the first edits of each rule, the sum",
                "每个文件一行，各规则的前几处改动，末尾总计",
            ),
            ("shanben inspect --json input > facts.jsonl", "for a program to read", "供程序读取"),
        ],
    },
    Page {
        name: "verify",
        zh: "重新读取输出文件，证明它们彼此一致、与原文一致",
        usage_zh: "shanben verify [选项] [输出]...",
        examples: &[("shanben verify output", "everything in a folder", "检查整个文件夹")],
    },
    Page {
        name: "desk",
        zh: "在浏览器里打开一页：拖入文件，查看，决定每处改动，转换",
        usage_zh: "shanben desk [选项] [路径]",
        examples: &[
            (
                "shanben desk",
                "the texts in input/, and what is dropped on the page",
                "input/ 里的文本，以及拖到页面上的文件",
            ),
            ("shanben desk letters -o editions", "a folder of yours", "自己的文件夹"),
        ],
    },
    Page {
        name: "accept",
        zh: "把在成品（DOCX、Markdown）里改过的、在 Word 里接受或拒绝的修订，记作决定",
        usage_zh: "shanben accept [选项] <成品>...",
        examples: &[
            (
                "shanben accept output/letter.docx",
                "tracked changes that were accepted or rejected in Word",
                "在 Word 里接受或拒绝的修订",
            ),
            ("shanben accept output/letter.md", "a text that was corrected", "改过的文本"),
        ],
    },
    Page {
        name: "merge",
        zh: "把一次分批运行（convert --shard）的各份输出合并到一个文件夹",
        usage_zh: "shanben merge [选项] <文件夹>... -o <文件夹>",
        examples: &[
            ("shanben convert in -o parts --shard 0/3", "the first of three shares", "三份中的第一份"),
            ("shanben merge parts -o all", "all of them in one folder", "各份合并到一个文件夹"),
        ],
    },
    Page {
        name: "pack",
        zh: "把输出文件夹打成包（BagIt）：各版本、原文、报告与证明",
        usage_zh: "shanben pack [选项] [文件夹] -o <包>",
        examples: &[(
            "shanben pack output -o bag --id Z109-WS·2011",
            "one package with all digests",
            "一个带全部校验值的包",
        )],
    },
    Page {
        name: "rules",
        zh: "列出整理文本的规则与例子，或显示其中一条",
        usage_zh: "shanben rules [规则]",
        examples: &[("shanben rules half-comma", "one rule, whole", "完整显示一条规则")],
    },
    Page {
        name: "styles",
        zh: "列出版式，或打印其中一种作为自定义的蓝本",
        usage_zh: "shanben styles [名称]",
        examples: &[("shanben styles book > mine.toml", "a model for your own", "以 book 为蓝本自定义版式")],
    },
    Page {
        name: "fonts",
        zh: "列出字体，或找出文件中没有字体可用的字",
        usage_zh: "shanben fonts [选项]",
        examples: &[("shanben fonts --covers rare.txt", "characters that no font has", "找出没有字体可用的字")],
    },
    Page { name: "init", zh: "写出带注释的 shanben.toml", usage_zh: "shanben init [文件夹]", examples: &[] },
    Page {
        name: "completions",
        zh: "输出命令行补全脚本",
        usage_zh: "shanben completions <SHELL>",
        examples: &[(
            "shanben completions bash > ~/.local/share/bash-completion/completions/shanben",
            "for bash",
            "用于 bash",
        )],
    },
    Page {
        name: "man",
        zh: "输出手册页",
        usage_zh: "shanben man [命令]",
        examples: &[("shanben man | man -l -", "read it", "阅读手册页")],
    },
    Page {
        name: "help",
        zh: "显示帮助，或某个命令的帮助",
        usage_zh: "shanben help [命令]",
        examples: &[("shanben help convert", "all options of a command", "查看某个命令的全部选项")],
    },
];

/// What the commands have besides the options of the table of keys, in Chinese, by their ids; the same id means the same in all commands.
const ARGS: &[(&str, &str)] = &[
    ("inputs", "文件、文件夹、通配符或压缩包（.zip、.tar、.tar.gz）；“-”为标准输入（默认：input）"),
    ("form", "装订成什么：volume 为案卷；book 为一本书，每个文件一章，各种格式都有"),
    ("order", "各件次序：name 按名称、date 按日期、list 按表格（默认：name）"),
    ("data", "案卷的数据（.toml），或每件一行的表格（.csv）；可多次给出（默认：文本所在文件夹里的 volume.toml）"),
    ("split", "分成若干卷，每卷至多这么多页；一件不拆开"),
    ("diff", "逐行显示每处改动；文件多时每个文件各规则只列前 10 处，并说明略去多少"),
    ("most", "用于 --diff：每个文件每条规则至多列出几处；0 为全部（默认：一个文件全列，多个文件 10）"),
    ("layout", "连同换行、空行与行末空白的改动一并列出"),
    ("json", "输出 JSON Lines，每个输入一个对象"),
    ("outputs", "输出文件夹或其中的文件（默认：output）"),
    ("path", "文本所在的文件夹、文件或压缩包（默认：input）"),
    ("port", "本机端口（默认：任一空闲端口）"),
    ("no_browser", "只给出页面的地址，不打开浏览器"),
    ("editions", "改过的成品（.docx 或 .md），在善本写出它们的位置"),
    ("shares", "各份的文件夹，或容纳它们的文件夹"),
    ("into", "合并到哪个文件夹"),
    ("partial", "只合并已有的，缺少几份也可以"),
    ("folder", "要打包的输出文件夹（默认：output）"),
    ("bag", "成为包的文件夹"),
    ("id", "档号（External-Identifier）"),
    ("organization", "移交单位（Source-Organization）"),
    ("rule", "只显示这条规则或开关"),
    ("name", "打印此版式的文件"),
    ("covers", "找出文件中没有字体可用的字"),
    ("dir", "写到哪个文件夹（默认：当前文件夹）"),
    ("shell", "bash、zsh、fish、powershell 或 elvish"),
    ("command", "只输出此命令的手册页"),
    ("about", "要查看的命令"),
    ("help", "显示帮助"),
];

/// Where options can be set, told at the end of the help of `convert`.
const PLACES: (&str, &str) = (
    "Every option has a key in shanben.toml (`shanben init`) and an environment variable: --print-ready, print-ready, \
     SHANBEN_PRINT_READY. The command line goes before the environment, the environment before the file. Every switch has an \
     opposite, which overrules what the others say: --no-print-ready, --attach.\n\
     For each input the nearest shanben.toml above it holds. What names places or takes back safety counts only in that of \
     the working directory, and in the one named with -c.",
    "每个选项都可写在 shanben.toml（`shanben init`）或环境变量里：--print-ready、print-ready、SHANBEN_PRINT_READY。\
     命令行优先于环境变量，环境变量优先于配置文件。每个开关都有相反的开关，用来推翻其他地方的设置：--no-print-ready、--attach。\n\
     每个输入各用其上最近的 shanben.toml；指定位置、解除保护的键，只在当前文件夹的和 -c 指定的文件中有效。",
);

/// How the program ends, and whose ways it follows, told at the end of its help and of that of `convert`.
const ENDS: (&str, &str) = (
    "Exit codes: 0 all done; 1 at least one input failed, all others are finished; 2 could not start; 130 interrupted.\n\
     The language follows LC_ALL, LC_MESSAGES or LANG, on Windows that of the user; --lang and SHANBEN_LANG overrule them.",
    "退出码：0 全部完成；1 至少一个输入失败，其余均已完成；2 无法开始；130 被中断。\n\
     界面语言随 LC_ALL、LC_MESSAGES 或 LANG，在 Windows 上随用户的语言；也可用 --lang 或 SHANBEN_LANG 指定。",
);

/// The command line with its help in `lang`.
pub fn command(lang: Lang) -> Command {
    let command = keys::add_to(Cli::command());
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = page(command, "", lang);
    for name in names {
        command = command.mut_subcommand(&name, |sub| page(sub, &name, lang));
    }
    command
}

/// One command with its help in `lang`.
fn page(command: Command, name: &str, lang: Lang) -> Command {
    let Some(page) = PAGES.iter().find(|page| page.name == name) else { return command };
    let command = command.after_help(after_help(page, lang));
    if lang == Lang::En {
        return command;
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(chinese("help"));
    let command = command.about(page.zh).override_usage(page.usage_zh).disable_help_flag(true).arg(help);
    let command = match name {
        "" => {
            let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
            command
                .disable_version_flag(true)
                .arg(version)
                .subcommand_help_heading("命令")
                .subcommand_value_name("命令")
        }
        _ => command,
    };
    command.help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}").mut_args(|arg| {
        let heading = if arg.is_positional() { "参数" } else { "选项" };
        let text = chinese(arg.get_id().as_str());
        if text.is_empty() { arg.help_heading(heading) } else { arg.help(text).help_heading(heading) }
    })
}

/// What the argument `id` is, in Chinese; empty where it is not known.
fn chinese(id: &str) -> String {
    let key = || KEYS.iter().find(|key| key.name == id).map(|key| key.zh().to_owned());
    let opposite = || {
        let key = KEYS.iter().find(|key| key.takes == Takes::Switch && key.opposite() == id)?;
        Some(format!("不用 --{}", key.name))
    };
    let own = ARGS.iter().find(|(known, _)| *known == id).map(|(_, text)| (*text).to_owned());
    own.or_else(key).or_else(opposite).unwrap_or_default()
}

fn after_help(page: &Page, lang: Lang) -> String {
    let mut text = String::new();
    if !page.examples.is_empty() {
        text.push_str(lang.pick("Examples:", "例子："));
        for (command, en, zh) in page.examples {
            text.push_str(&format!("\n  {command}\n      {}", lang.pick(en, zh)));
        }
    }
    let told: &[_] = match page.name {
        "convert" => &[PLACES, ENDS],
        "" => &[ENDS],
        _ => &[],
    };
    for (en, zh) in told {
        text.push_str("\n\n");
        text.push_str(lang.pick(en, zh));
    }
    text
}

/// A usage error as it is told in Chinese; English is told by clap itself.
pub fn usage_error(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(ContextValue::to_string).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{}”这个选项", said(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", said(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if said(ContextKind::InvalidValue).is_empty() => {
            format!("{} 需要一个值", said(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{} 不能是“{}”", said(ContextKind::InvalidArg), said(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => {
            format!("{} 不能与 {} 同时使用", said(ContextKind::InvalidArg), said(ContextKind::PriorArg))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", said(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8".to_owned(),
        _ => error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    };
    let mut text = format!("错误：{what}");
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    // Where clap finds several, the likest is the last.
    let likest = |kind| match error.get(kind)? {
        ContextValue::Strings(near) => near.last().cloned(),
        near => Some(near.to_string()),
    };
    if let Some(near) = suggested.into_iter().find_map(likest) {
        text.push_str(&format!("\n  是不是“{near}”？"));
    } else if let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue)
        && !valid.is_empty()
    {
        text.push_str(&format!("\n  可以是：{}", valid.join("、")));
    }
    text.push_str("\n\n用“shanben --help”或“shanben <命令> --help”查看帮助。\n");
    text
}

/// There is no `word`: the nearest one that there is, and all of them.
pub fn unknown(what: Phrase, word: &str, known: &[&str]) -> Cause {
    let name = printable(word).into_owned();
    let all = known.join(", ");
    match nearest(&name, known) {
        Some(near) => Cause::NoneButNear { what, name, near: near.to_owned(), known: all },
        None => Cause::NoneBut { what, name, known: all },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::COMMANDS;

    #[test]
    fn every_command_and_option_is_explained_in_both_languages() {
        let english = keys::add_to(Cli::command());
        let mut names: Vec<&str> = english.get_subcommands().map(Command::get_name).collect();
        assert_eq!(names, COMMANDS);
        names.push("");
        for name in names {
            assert!(PAGES.iter().any(|page| page.name == name), "{name} has no Chinese page");
        }
        for command in english.get_subcommands().chain([&english]) {
            assert!(command.get_about().is_some(), "{} has no English help", command.get_name());
            for arg in command.get_arguments() {
                assert!(arg.get_help().is_some(), "{arg} has no English help");
                assert!(!chinese(arg.get_id().as_str()).is_empty(), "{arg} has no Chinese help");
            }
        }
        command(Lang::En).debug_assert();
        command(Lang::Zh).debug_assert();
    }

    #[test]
    fn usage_errors_are_told_in_chinese_with_a_suggestion() {
        let told = |args: &[&str]| usage_error(&command(Lang::Zh).try_get_matches_from(args).unwrap_err());
        assert!(told(&["shanben", "convrt"]).starts_with("错误：没有“convrt”这个命令\n  是不是“convert”？"));
        assert!(
            told(&["shanben", "convert", "--formce"]).starts_with("错误：没有“--formce”这个选项\n  是不是“--force”？")
        );
        assert!(told(&["shanben", "convert", "-j", "0"]).starts_with("错误：--jobs <N> 不能是“0”"));
    }
}

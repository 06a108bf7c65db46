//! The pages that are made from tables: rules, styles, options.

use super::{coverage, root};
use shanben::cli::{self, KEYS, Reach, TEMPLATE, Takes};
use shanben::fonts::Library;
use shanben::lang::Lang;
use shanben::normalize::{Action, Concern, RULES, Rule, SWITCHES, Safety};
use shanben::style::{Face, Style};
use shanben::unit::Unit;
use std::fmt::Write;
use std::fs;

#[test]
fn pages_made_from_tables_are_as_the_tables_are() {
    let blessed = std::env::var_os("BLESS").is_some_and(|set| set == "1");
    for (folder, lang) in [("en", Lang::En), ("zh", Lang::Zh)] {
        for (name, text) in [("rules", rules(lang)), ("styles", styles(lang)), ("options", options(lang))] {
            let path = root().join(format!("docs/{folder}/{name}.md"));
            if blessed {
                fs::write(&path, &text).unwrap();
            }
            let stands = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            assert!(stands == text, "{} is stale: BLESS=1 cargo test --test manual", path.display());
        }
    }
}

/// A cell of a table: on one line, with what parts cells and what looks like a tag made harmless.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}

/// A text that begins as a sentence does.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// An example, with what cannot be seen made visible.
fn seen(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '\n' => shown.push('\n'),
            '\u{3000}' => shown.push('□'),
            '\u{E000}'..='\u{F8FF}' | '\u{FEFF}' | '\u{200B}' | '\u{AD}' | '\u{A0}' | '\u{2028}' => {
                let _ = write!(shown, "⟨U+{:04X}⟩", c as u32);
            }
            c if c.is_control() => {
                let _ = write!(shown, "⟨{:02X}⟩", c as u32);
            }
            c => shown.push(c),
        }
    }
    shown
}

/// A block of text as it stands.
fn block(text: &str, kind: &str) -> String {
    format!("```{kind}\n{}\n```\n", text.trim_end_matches('\n'))
}

fn concern(concern: Concern, lang: Lang) -> &'static str {
    match concern {
        Concern::Reading => lang.pick("how the file was read and stored", "文件的读取与存储"),
        Concern::Layout => lang.pick("blank lines and unseen spaces", "空行与看不见的空格"),
        Concern::Joins => lang.pick("joining lines", "合并行"),
        Concern::Spaces => lang.pick("spaces", "空格"),
        Concern::Characters => lang.pick("letters, digits and signs", "字母、数字与符号"),
        Concern::Marks => lang.pick("marks", "标点"),
        Concern::Stops => lang.pick("full stops", "句号"),
        Concern::Quotes => lang.pick("quotation marks", "引号"),
    }
}

fn rule(rule: &Rule, lang: Lang) -> String {
    let by_default = match rule.default {
        Action::Fix => lang.pick("changes the text", "改动文本"),
        Action::Report => lang.pick("reports, changes nothing", "只报告，不改动"),
        Action::Off => lang.pick("off, by wish", "关闭，要求时才用"),
    };
    let safety = match rule.safety {
        Safety::Sure => lang.pick("cannot be wrong", "不会有错"),
        Safety::Likely => lang.pick("right in all but odd cases", "除罕见情形外都对"),
        Safety::Suggest => lang.pick("a suggestion", "仅为建议"),
    };
    let (what, why) = (cell(&sentence(lang.pick(rule.en, rule.zh))), lang.pick(rule.why_en, rule.why_zh));
    let mut text = format!("### {}\n\n{}{}\n\n{}\n\n", rule.id, what, lang.pick(".", "。"), cell(why));
    let sign = if rule.default == Action::Off { '+' } else { '-' };
    let mut row = |en: &str, zh: &str, value: &str| {
        let _ = writeln!(text, "- {}{}{value}", lang.pick(en, zh), lang.pick(": ", "："));
    };
    row("by default", "默认", by_default);
    row("how sure", "把握", safety);
    row("about", "关乎", concern(rule.concern, lang));
    row("rests on", "依据", rule.standard);
    row("otherwise", "改变", &format!("`-r {sign}{}`", rule.id));
    let (before, after) = rule.example;
    let _ = write!(text, "\n{}\n", block(&seen(before), "text"));
    if rule.cures() {
        let _ = write!(text, "{}\n\n{}\n", lang.pick("becomes", "改为"), block(&seen(after), "text"));
    }
    text
}

fn rules(lang: Lang) -> String {
    let mut text = lang.pick(
        "# Rules of the text\n\nEvery change that is made to a text is one of these rules; `shanben rules` prints them, `shanben inspect --diff` shows each change in its line. \
         What a line is decides which of them may touch it: data, code and drawings come out as they went in ([survey](../survey.md)). In the examples □ is an ideographic space and ⟨…⟩ a code that cannot be seen.\n\n",
        "# 文本规则\n\n对文本的每一处改动都出自以下某条规则；`shanben rules` 列出它们，`shanben inspect --diff` 逐行显示每处改动。\
         一行文字属于什么，决定了哪些规则可以动它：数据、代码、字符画原样输出（[survey](../survey.md)，英文）。例子里的 □ 是全角空格，⟨…⟩ 是看不见的字符的码位。\n\n",
    ).to_owned();
    let _ =
        writeln!(text, "| {} | {} | |\n|---|---|---|", lang.pick("rule", "规则"), lang.pick("what it does", "做什么"));
    for rule in RULES {
        let by_default = match rule.default {
            Action::Fix => lang.pick("on", "开"),
            Action::Report => lang.pick("report", "报告"),
            Action::Off => lang.pick("off", "关"),
        };
        let _ = writeln!(text, "| [{0}](#{0}) | {1} | {by_default} |", rule.id, cell(lang.pick(rule.en, rule.zh)));
    }
    let _ = writeln!(text, "\n## {}\n", lang.pick("One by one", "逐条说明"));
    RULES.iter().for_each(|known| text.push_str(&rule(known, lang)));
    let _ = writeln!(
        text,
        "## {}\n\n{}\n\n| | |\n|---|---|",
        lang.pick("Switches", "开关"),
        lang.pick("The first value is the default: `-r quotes=corner`.", "首个值为默认：`-r quotes=corner`。")
    );
    for switch in SWITCHES {
        let values = cell(&switch.values.join(" | "));
        let _ = writeln!(text, "| `{}` = {values} | {} |", switch.id, cell(lang.pick(switch.en, switch.zh)));
    }
    text
}

/// A length in millimetres.
fn millimetres(length: Unit) -> String {
    format!("{:.0}", f64::from(length.0) * 25.4 / 72_000.0)
}

/// A size in points.
fn points(size: Unit) -> String {
    format!("{} pt", f64::from(size.0) / 1000.0)
}

fn styles(lang: Lang) -> String {
    let mut text = lang.pick(
        "# Styles\n\nA style says how pages look. Without `-s` it follows what kind of document a text is; `shanben styles book > mine.toml` prints one as a model for your own, and `-s mine.toml` uses it. \
         A style of your own needs to say only what differs from the one that its key `base` names.\n\n",
        "# 版式\n\n版式规定页面的样子。不用 `-s` 时随文本的种类而定；`shanben styles book > mine.toml` 打印一份作为自定义的蓝本，用 `-s mine.toml` 采用。\
         自定义的版式以键 `base` 指明所依据的版式，只写不同之处。\n\n",
    ).to_owned();
    let _ = writeln!(
        text,
        "| {} |\n|---|---|---|---|---|---|",
        lang.pick(
            "style | page, mm | characters × lines | text | line pitch | for",
            "版式 | 纸张，毫米 | 字数 × 行数 | 正文 | 行距 | 用途"
        )
    );
    for style in Style::names().filter_map(Style::builtin) {
        let page = &style.page;
        let _ = writeln!(
            text,
            "| [{0}](#{0}) | {1} × {2} | {3} × {4} | {5}, {6} | {7} | {8} |",
            style.name,
            millimetres(page.width),
            millimetres(page.height),
            page.measure,
            page.lines,
            style.body.face.name(),
            points(style.body.size),
            points(style.pitch),
            cell(lang.pick(&style.summary, &style.summary_zh)),
        );
    }
    let _ = writeln!(text, "\n## {}\n", lang.pick("Faces and fonts", "字体"));
    text.push_str(lang.pick(
        "A style names faces, and a font serves each: those in the program, or one of yours (`--font fangsong=simfang.ttf`, or `[fonts]` in `shanben.toml`). `shanben fonts` says which serve now.\n\n| face | font |\n|---|---|\n",
        "版式写的是字体的角色，每个角色由一个字体文件担任：程序自带的，或你自己的（`--font fangsong=simfang.ttf`，或 `shanben.toml` 的 `[fonts]`）。`shanben fonts` 列出现由哪个文件担任。\n\n| 角色 | 字体文件 |\n|---|---|\n",
    ));
    let library = Library::embedded().expect("the fonts are in the program");
    for (name, face) in Face::NAMED {
        let font = library.role(face).map_or("", |font| &font.file);
        let _ = writeln!(text, "| `{name}` | {font} |");
    }
    let _ = writeln!(text, "\n| {} |\n|---|---|---|", lang.pick("font | for | licence", "字体文件 | 用途 | 许可"));
    for (_, font) in library.fonts() {
        let _ = writeln!(text, "| {} | {} | {} |", font.file, lang.pick(&font.role, &font.role_zh), font.licence);
    }
    text.push_str(lang.pick(
        "\nHan characters that each covers, of the standards and of blocks of Unicode; all sets are in `fonts/coverage.tsv`.\n\n",
        "\n各字体所含汉字，按标准与 Unicode 区块计；全部字集见 `fonts/coverage.tsv`。\n\n",
    ));
    text.push_str(&covered(lang));
    for (name, source) in Style::names().filter_map(|name| Some((name, Style::source(name)?))) {
        let _ = write!(text, "\n## {name}\n\n{}", block(source, "toml"));
    }
    text
}

/// What the fonts cover of Han, those that have any.
fn covered(lang: Lang) -> String {
    const SETS: [&str; 8] = ["GB 2312", "通用规范", "GBK", "Big5", "HKSCS", "URO", "A", "B–I"];
    let table = coverage::table();
    let columns: Vec<usize> = SETS.iter().filter_map(|set| table[0].iter().position(|head| head == set)).collect();
    let mut text =
        format!("| {} | {} |\n|---|{}\n", lang.pick("font", "字体文件"), SETS.join(" | "), "---|".repeat(SETS.len()));
    let (head, rest) = table.split_at(1);
    assert!(!head.is_empty() && columns.len() == SETS.len());
    for row in rest.iter().filter(|row| columns.iter().any(|column| !matches!(row[*column].as_str(), "0" | ""))) {
        let name = match row[0].as_str() {
            "all" => lang.pick("all together", "合计"),
            "in the set" => lang.pick("in the set", "字集共有"),
            file => file,
        };
        let cells: Vec<&str> = columns.iter().map(|column| row[*column].as_str()).collect();
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    text
}

fn options(lang: Lang) -> String {
    let mut command = cli::command(lang);
    command.build();
    let mut text = lang
        .pick(
            "# Commands and options\n\nThe same as `shanben help COMMAND` says.\n",
            "# 命令与选项\n\n与 `shanben help 命令` 所说相同。\n",
        )
        .to_owned();
    for sub in command.get_subcommands() {
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = write!(text, "\n## shanben {}\n\n{}\n\n| | |\n|---|---|\n", sub.get_name(), cell(&about));
        for arg in sub.get_arguments().filter(|arg| !arg.is_hide_set() && !arg.is_global_set()) {
            let value = arg.get_value_names().map(|names| names.join(" ")).filter(|_| arg.get_action().takes_values());
            let mut names: Vec<String> = arg.get_short().map(|short| format!("-{short}")).into_iter().collect();
            names.extend(arg.get_long().map(|long| format!("--{long}")));
            let names = if names.is_empty() {
                value.unwrap_or_default()
            } else {
                [names.join(", ")].into_iter().chain(value).collect::<Vec<_>>().join(" ")
            };
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(text, "| `{}` | {} |", names.replace('|', "\\|"), cell(&help));
        }
        if let Some(after) = sub.get_after_help() {
            let _ = write!(text, "\n{}", block(&after.to_string(), "text"));
        }
    }
    text.push_str(lang.pick(
        "\n## Keys and variables\n\nEvery option has a key of the same name in `shanben.toml` and a variable. *Anywhere*: the `shanben.toml` of a folder of texts may set it for the texts below; *own*: only that of the working \
         directory and the one that is named with `-c`, for it names a place, takes back a safety, or is about the run; —: no file.\n\n| option | variable | opposite | file |\n|---|---|---|---|\n",
        "\n## 键与环境变量\n\n每个选项在 `shanben.toml` 中都有同名的键，并有一个环境变量。“随处”：文本所在文件夹的 `shanben.toml` 可以为其下的文本设定；“自己的”：只有当前文件夹的和 `-c` 指定的文件可以设定，因为它指定位置、解除保护或关乎整次运行；—：文件中不能写。\n\n| 选项 | 环境变量 | 相反 | 文件 |\n|---|---|---|---|\n",
    ));
    for key in KEYS {
        let opposite = if key.takes == Takes::Switch { format!("`--{}`", key.opposite()) } else { String::new() };
        let reach = match key.reach {
            Reach::Input => lang.pick("anywhere", "随处"),
            Reach::Run => lang.pick("own", "自己的"),
            Reach::Nothing => "—",
        };
        let _ = writeln!(text, "| `{}` | `{}` | {opposite} | {reach} |", key.name, key.variable());
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let _ = write!(text, "\n## shanben\n\n{}", block(&after, "text"));
    let init = lang.pick("The file that `shanben init` writes:", "`shanben init` 写出的文件：");
    let _ = write!(text, "\n## shanben.toml\n\n{init}\n\n{}", block(TEMPLATE, "toml"));
    text
}

//! `shanben styles`, `fonts`, `init`, `completions`, `man`, `help`: what there is.

use super::args::{CompletionsArgs, FontsArgs, HelpArgs, InitArgs, ManArgs, RulesArgs, StylesArgs};
use super::config::{NAME, TEMPLATE};
use super::configurations::Configurations;
use super::help::{command, unknown};
use super::layers::Asking;
use super::resolve;
use super::{Exit, Refused, Voice};
use crate::decode;
use crate::error::Cause;
use crate::fonts::Own;
use crate::lang::{Lang, Language, Phrase};
use crate::normalize::{Action, RULES, Rule, SWITCHES, Switch};
use crate::style::{Face, Style};
use crate::unicode::{is_invisible_control, printable};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Prints a result. A reader that has had enough is no failure.
///
/// # Errors
/// When standard output cannot be written.
pub fn print(text: &str) -> Result<Exit, Refused> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Refused(error.to_string())),
        _ => Ok(Exit::Done),
    }
}

/// `shanben rules`.
///
/// # Errors
/// When there is no such rule, or standard output cannot be written.
pub fn rules(args: &RulesArgs, voice: Voice) -> Result<Exit, Refused> {
    if let Some(name) = &args.rule {
        let rule = RULES.iter().find(|rule| rule.id == name).map(|rule| whole(rule, voice));
        let switch = || SWITCHES.iter().find(|switch| switch.id == name).map(|switch| of_switch(switch, voice));
        let known: Vec<&str> = RULES.iter().map(|rule| rule.id).chain(SWITCHES.iter().map(|s| s.id)).collect();
        return match rule.or_else(switch) {
            Some(text) => print(&text),
            None => Err(no_such(Phrase::new("rule", "条规则"), name, &known, voice)),
        };
    }
    let mut text = String::new();
    for rule in RULES {
        text.push_str(&about(rule, voice));
        let (before, after) = rule.example;
        // A String takes whatever is written to it.
        let _ = match rule.cures() {
            true => writeln!(text, "    {} → {}", one_line(before), one_line(after)),
            false => writeln!(text, "    {}", one_line(before)),
        };
        let _ = writeln!(text, "    {}\n", rule.standard);
    }
    text.push_str(voice.pick(
        "Switches, with their values, the default first (-r quotes=corner):\n",
        "开关及其取值，首个为默认值（-r quotes=corner）：\n",
    ));
    SWITCHES.iter().for_each(|switch| text.push_str(&of_switch(switch, voice)));
    print(&text)
}

/// What a rule does, and whether it does.
fn about(rule: &Rule, voice: Voice) -> String {
    let by_default = match rule.default {
        Action::Fix => voice.pick("on", "开"),
        Action::Report => voice.pick("report", "报告"),
        Action::Off => voice.pick("off", "关"),
    };
    format!("{} ({by_default})\n    {}\n", rule.id, voice.pick(rule.en, rule.zh))
}

/// A rule with its example line by line.
fn whole(rule: &Rule, voice: Voice) -> String {
    let mut text = about(rule, voice);
    text.push_str(&format!("\n    {}\n", voice.pick(rule.why_en, rule.why_zh)));
    let (before, after) = rule.example;
    let examples = [(voice.pick("before:", "原文："), before), (voice.pick("after:", "改后："), after)];
    for (label, example) in examples.into_iter().take(if rule.cures() { 2 } else { 1 }) {
        text.push_str(&format!("\n    {label}\n"));
        example.lines().for_each(|line| text.push_str(&format!("      {}\n", one_line(line))));
    }
    text.push_str(&format!(
        "\n    {}\n    -r {}{}\n",
        rule.standard,
        if rule.default == Action::Off { "+" } else { "-" },
        rule.id
    ));
    text
}

fn of_switch(switch: &Switch, voice: Voice) -> String {
    format!("  {}={}\n    {}\n", switch.id, switch.values.join("|"), voice.pick(switch.en, switch.zh))
}

/// There is no `what` of this name.
fn no_such(what: Phrase, name: &str, known: &[&str], voice: Voice) -> Refused {
    Refused(unknown(what, name, known).told(voice.lang))
}

/// An example on one line, with what cannot be seen made visible.
fn one_line(text: &str) -> String {
    printable(&text.replace('\n', "⏎")).replace('\u{3000}', "□")
}

/// `shanben styles`.
///
/// # Errors
/// When there is no such style.
pub fn styles(args: &StylesArgs, voice: Voice) -> Result<Exit, Refused> {
    if let Some(name) = &args.name {
        let known: Vec<&str> = Style::names().collect();
        return match Style::source(name) {
            Some(source) => print(source),
            None => Err(no_such(Phrase::new("style", "个版式"), name, &known, voice)),
        };
    }
    let mut text = String::new();
    for style in Style::names().filter_map(Style::builtin) {
        let summary = voice.pick(&style.summary, &style.summary_zh);
        // A String takes whatever is written to it.
        let _ = writeln!(text, "{:<10} {summary}", style.name);
        let (line, lines) = if style.is_vertical() { ("column", "columns") } else { ("line", "lines") };
        let _ = match voice.lang {
            Lang::En => {
                let Style { page, .. } = &style;
                writeln!(text, "           {} characters a {line}, {} {lines} a page", page.measure, page.lines)
            }
            Lang::Zh => writeln!(text, "           每行 {} 字，每页 {} 行", style.page.measure, style.page.lines),
        };
    }
    print(&text)
}

/// `shanben fonts`.
///
/// # Errors
/// When fonts or files cannot be read.
pub fn fonts(args: &FontsArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let configurations = Configurations::new(asking, voice)?;
    let voice = configurations.asked().voice(voice);
    let library = resolve::library(&configurations.asked(), voice)?;
    resolve::need_fonts(&library, voice)?;
    let mut text = String::new();
    if args.covers.is_empty() {
        let style = resolve::style_asked(&configurations.asked(), voice)?;
        let library = style.as_ref().map_or(Cow::Borrowed(&library), |style| library.dressed(style, Language::ZhHans));
        let added = style.iter().flat_map(Style::fonts).filter(|(face, ..)| matches!(face, Face::Added(_)));
        let faces = Face::NAMED.into_iter().chain(added.map(|(face, name, _)| (name, face)));
        for (name, face) in faces {
            let western = face == Face::Western;
            let Some(font) = library.own(face, western).or(library.role(face)) else { continue };
            let family = font.families().into_iter().next().unwrap_or_default();
            let _ = writeln!(text, "{:<10} {} · {}", printable(name), printable(&font.source()), printable(&family));
        }
        text.push('\n');
        for (_, font) in library.fonts() {
            let role = voice.pick(&font.role, &font.role_zh);
            let (file, role) = (printable(&font.source()).into_owned(), printable(role).into_owned());
            let _ = write!(text, "{file:<28} {role} · {}", font.characters().count());
            let _ = match font.licence.as_str() {
                "" => writeln!(text),
                licence => writeln!(text, " · {licence}"),
            };
            if let Some(instance) = font.default_instance() {
                let told = voice.pick("a variable font, set at its default", "可变字体，取其默认实例");
                let _ = writeln!(text, "  {told}: {}", printable(&instance));
            }
            if !font.is_compiled_in() {
                let _ = writeln!(text, "  sha256 {}", font.digest());
            }
        }
        print(&text)?;
        if library.own(Face::Fangsong, false).is_none() {
            let line = Own::fangsong_of_system().unwrap_or_else(|| FANGSONG.into());
            let line = format!("[fonts]\nfangsong = \"{}\"", printable(&line));
            voice.say(&match voice.lang {
                Lang::En => format!(
                    "No font serves Fangsong, the text of official documents, which is set in Song. Where you may use one, say so in {NAME}:\n\n{line}"
                ),
                Lang::Zh => format!("没有仿宋字体，公文正文以宋体代替。如有可用的仿宋，请在 {NAME} 中写明：\n\n{line}"),
            });
        }
        return Ok(Exit::Done);
    }
    let mut missing: BTreeMap<char, usize> = BTreeMap::new();
    for path in &args.covers {
        for c in decoded(path)?.chars().filter(|&c| !is_invisible_control(c) && !library.covers(c)) {
            *missing.entry(c).or_default() += 1;
        }
    }
    for (c, count) in &missing {
        let _ = writeln!(text, "U+{:04X}\t{c}\t{count}", *c as u32);
    }
    print(&text)?;
    Ok(if missing.is_empty() { Exit::Done } else { Exit::Failed })
}

fn decoded(path: &Path) -> Result<String, Refused> {
    let bytes = std::fs::read(path).map_err(|error| Refused(format!("{}: {}", path.display(), Cause::from(&error))))?;
    decode::decode(path, &bytes, None).map(|decoded| decoded.text).map_err(|error| Refused(error.to_string()))
}

/// The Fangsong of Windows, which the template names.
const FANGSONG: &str = "C:/Windows/Fonts/simfang.ttf";

/// `shanben init`.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub fn init(args: &InitArgs, voice: Voice) -> Result<Exit, Refused> {
    let path = args.dir.as_deref().unwrap_or(Path::new("")).join(NAME);
    let shown = path.to_string_lossy();
    // The line for Fangsong is that of this system.
    let template = match Own::fangsong_of_system() {
        Some(name) => Cow::Owned(TEMPLATE.replace(FANGSONG, &name)),
        None => Cow::Borrowed(TEMPLATE),
    };
    let written = File::create_new(&path).and_then(|mut file| file.write_all(template.as_bytes()));
    match written {
        Ok(()) => print(&format!("{}\n", printable(&shown))),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Refused(format!("{shown}: {}", voice.pick("is there already; move it away first", "已存在；请先移走"))))
        }
        Err(error) => Err(Refused(format!("{shown}: {}", Cause::from(&error).told(voice.lang)))),
    }
}

/// `shanben completions`.
///
/// # Errors
/// When standard output cannot be written.
pub fn completions(args: &CompletionsArgs, voice: Voice) -> Result<Exit, Refused> {
    let mut script = vec![];
    clap_complete::generate(args.shell, &mut command(voice.lang), "shanben", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// `shanben man`.
///
/// # Errors
/// When standard output cannot be written.
pub fn man(args: &ManArgs, voice: Voice) -> Result<Exit, Refused> {
    let whole = command(voice.lang);
    let page = match &args.command {
        Some(name) => match whole.find_subcommand(name) {
            Some(sub) => sub.clone().name(format!("shanben-{name}")).display_name(format!("shanben-{name}")),
            None => whole,
        },
        None => whole,
    };
    let mut text = vec![];
    clap_mangen::Man::new(page).render(&mut text).map_err(|error| Refused(error.to_string()))?;
    print(&String::from_utf8_lossy(&text))
}

/// `shanben help`: what `--help` says.
///
/// # Errors
/// None.
pub fn help(args: &HelpArgs, voice: Voice) -> Result<Exit, Refused> {
    let typed = ["shanben"].into_iter().chain(args.about.as_deref()).chain(["--help"]);
    if let Err(help) = command(voice.lang).try_get_matches_from(typed) {
        // A reader that has had enough is no failure.
        let _ = help.print();
    }
    Ok(Exit::Done)
}

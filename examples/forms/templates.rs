//! Rare forms by template: the form is right by construction. Words and sentences come from a stock.

use super::dice::Dice;
use super::truth::{Forms, Origin, Text, bit, forms};
use super::wraps::{Sheet, Stock};
use shanben::survey::Form;
use std::collections::BTreeMap;

/// The kinds, and the forms of their lines.
const KINDS: [(&str, &str); 22] = [
    ("references", "refs"),
    ("csv", "table"),
    ("settings", "data"),
    ("markup", "data"),
    ("lyrics", "data"),
    ("hosts", "data"),
    ("heads", "mail"),
    ("register", "record"),
    ("register", "record"),
    ("register", "record"),
    ("verse", "verse"),
    ("verse", "verse"),
    ("verse", "verse"),
    ("web", "record title prose"),
    ("changes", "record prose"),
    ("cues", "data"),
    ("card", "data"),
    ("drawing", "drawing"),
    ("script", "code"),
    ("script", "code"),
    ("outline", "record prose"),
    ("words", "record"),
];

/// Texts of all kinds.
pub fn made(stock: &Stock, count: usize, seed: u64) -> Vec<Text> {
    if stock.words.is_empty() || stock.sentences.is_empty() {
        return vec![];
    }
    let mut clauses: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for sentence in &stock.sentences {
        for clause in sentence.split(|c| !super::truth::is_han(c)) {
            clauses.entry(clause.chars().count()).or_default().push(clause);
        }
    }
    let mut maker = Maker { stock, clauses, dice: Dice::new(seed), variant: 0, letter: 0, columns: 3 };
    (0..count).map(|n| maker.text(n)).collect()
}

struct Maker<'a> {
    stock: &'a Stock,
    /// Clauses of prose by their length: verse that has the metre and nothing else of verse.
    clauses: BTreeMap<usize, Vec<&'a str>>,
    dice: Dice,
    /// Choices that hold for a whole text.
    variant: usize,
    letter: usize,
    columns: usize,
}

impl Maker<'_> {
    fn text(&mut self, n: usize) -> Text {
        let (kind, allowed) = KINDS[n % KINDS.len()];
        let allowed = forms(allowed);
        self.variant = self.dice.from(0, 9);
        self.letter = self.dice.from(0, 1);
        self.columns = self.dice.from(3, 7);
        let mut sheet = Sheet::default();
        if kind != "heads" && self.dice.tenths(7.0) {
            self.prose(&mut sheet);
        }
        let lines = match kind {
            "drawing" => self.drawing(),
            "cues" => self.subtitles(),
            "card" => self.card(),
            "script" => self.script(),
            _ => vec![],
        };
        if lines.is_empty() {
            let indent = *self.dice.pick(&["", "", "\u{3000}\u{3000}", "    "]);
            let many = if kind == "heads" { self.dice.from(2, 5) } else { self.dice.from(3, 24) };
            for i in 0..many {
                if kind == "verse" && i > 0 && i % 4 == 0 && self.columns % 2 == 1 {
                    sheet.blank();
                }
                let (line, own) = self.line(kind, i);
                let line = if kind == "verse" { format!("{indent}{line}") } else { line };
                sheet.put(line, own.unwrap_or(allowed), Some(false));
            }
        }
        for (line, own) in lines {
            if line.trim().is_empty() {
                sheet.blank();
            } else {
                sheet.put(line, own.unwrap_or(allowed), Some(false));
            }
        }
        if kind == "heads" || self.dice.tenths(6.0) {
            sheet.blank();
        }
        self.prose(&mut sheet);
        sheet.text(format!("made{n}-{kind}"), &format!("made-{kind}"), Origin::Made)
    }

    fn prose(&mut self, sheet: &mut Sheet) {
        for _ in 0..self.dice.from(0, 4) {
            sheet.put(self.sentence(), bit(Form::Prose), Some(false));
            if self.dice.tenths(4.0) {
                sheet.blank();
            }
        }
    }

    fn word(&mut self) -> String {
        self.dice.pick(&self.stock.words).clone()
    }

    fn sentence(&mut self) -> String {
        self.dice.pick(&self.stock.sentences).clone()
    }

    fn excerpt(&mut self, least: usize, most: usize) -> String {
        let many = self.dice.from(least, most);
        self.sentence().chars().take(many).collect()
    }

    fn name(&mut self) -> String {
        self.word().chars().take(3).collect()
    }

    fn latin(&mut self) -> String {
        let parts = ["ka", "lo", "mi", "ser", "ver", "name", "id", "port", "con", "fig", "data", "max", "tion", "re"];
        (0..self.dice.from(1, 3)).map(|_| *self.dice.pick(&parts)).collect()
    }

    fn number(&mut self, low: usize, high: usize) -> String {
        self.dice.from(low, high).to_string()
    }

    fn date(&mut self) -> String {
        let (year, month, day) = (self.dice.from(1990, 2026), self.dice.from(1, 12), self.dice.from(1, 28));
        format!("{year}-{month:02}-{day:02}")
    }

    fn clock(&mut self) -> String {
        format!("{}:{:02}", self.dice.from(0, 23), self.dice.from(0, 59))
    }

    fn author(&mut self) -> String {
        let first = self.name();
        match self.dice.from(0, 2) {
            0 => first,
            1 => format!("{first}, {}", self.name()),
            _ => format!("{first}，{}，等", self.name()),
        }
    }

    fn clause(&mut self, length: usize) -> String {
        let found = self.clauses.get(&length).map(|clauses| (*self.dice.pick(clauses)).to_owned());
        let mut clause = found.unwrap_or_else(|| self.stock.words[0].clone());
        if self.dice.tenths(0.4) {
            clause.push('②');
        }
        clause
    }

    /// Line `i` of a text of this kind, and its forms if they are not those of the kind.
    fn line(&mut self, kind: &str, i: usize) -> (String, Option<Forms>) {
        match kind {
            "references" => (self.reference(i), None),
            "csv" => {
                let separator = [",", ";", "\t", "|", ", "][self.variant % 5];
                let cells: Vec<String> = (0..self.columns)
                    .map(|k| match if k == 0 { 0 } else { self.dice.from(0, 4) } {
                        0 => self.word(),
                        1 => self.number(1, 9999),
                        2 => self.date(),
                        3 => String::new(),
                        _ => self.latin(),
                    })
                    .collect();
                (cells.join(separator), None)
            }
            "settings" => (self.setting(), None),
            "markup" => (self.markup(), None),
            "lyrics" => {
                let (minute, second, part) = (self.dice.from(0, 5), self.dice.from(0, 59), self.dice.from(0, 99));
                (format!("[{minute:02}:{second:02}.{part:02}]{}{}", self.word(), self.word()), None)
            }
            "hosts" => {
                let (a, b, c) = (self.dice.from(1, 255), self.dice.from(0, 255), self.dice.from(1, 9));
                (format!("{a}.{b}.0.{c} {}.{}.cn", self.latin(), self.latin()), None)
            }
            "heads" => (self.head(i), None),
            "register" => (self.entry(i), None),
            "verse" => (self.verse(i), None),
            "web" => (self.web(i), None),
            "outline" => self.outline(i),
            "words" => (self.listed(), (self.variant == 7).then(|| forms("record table"))),
            _ => self.change(i),
        }
    }

    fn reference(&mut self, i: usize) -> String {
        let n = i + 1;
        let mark = match self.variant % 5 {
            0 => String::new(),
            1 => format!("[{n}] "),
            2 => format!("[{n}]"),
            3 => format!("［{n}］"),
            _ => format!("{n}. "),
        };
        let (author, title, place) = (self.author(), format!("{}{}", self.word(), self.word()), self.word());
        let (year, page) = (self.dice.from(1980, 2024), self.dice.from(1, 300));
        let volume = self.dice.from(1, 40);
        let text = match self.dice.from(0, 4) {
            0 => format!(
                "{author}. {title}[J]. {place}, {year}, {volume}({}): {page}-{}.",
                self.dice.from(1, 12),
                page + 9
            ),
            1 => format!("{author}.{title}[M].北京：{place}出版社，{year}."),
            2 => format!("（{}）{}撰. {title}：{place}本.", self.dice.pick(&["明", "清", "宋", "唐"]), self.name()),
            3 => format!("{author}著：《{title}》，{place}书局{year}年版，第{page}页。"),
            _ => format!(
                "Smith J, Li W. The {} of {}[J]. Journal of {}, {year}: {page}.",
                self.latin(),
                self.latin(),
                self.latin()
            ),
        };
        mark + &text
    }

    fn setting(&mut self) -> String {
        let key = self.latin();
        if self.letter == 0 {
            match self.dice.from(0, 4) {
                0 => format!("{key} = {}", self.word()),
                1 => format!("{key}={}", self.number(0, 99)),
                2 => format!("; {}", self.word()),
                3 => format!("[{key}]"),
                _ => format!("{key}.{}={},{}", self.latin(), self.word(), self.word()),
            }
        } else {
            match self.dice.from(0, 4) {
                0 => format!("{key}: {}", self.word()),
                1 => format!("  {key}: \"{},{}\"", self.word(), self.word()),
                2 if self.columns < 5 => format!("  - {}", self.word()),
                2 => format!("- {}", self.latin()),
                3 => format!("# {}", self.word()),
                _ => format!("{key}:"),
            }
        }
    }

    fn markup(&mut self) -> String {
        let indent = "  ".repeat(self.dice.from(0, 3));
        let key = self.latin();
        if self.letter == 0 {
            match self.dice.from(0, 4) {
                0 => format!("{indent}\"{key}\": \"{}\",", self.excerpt(4, 60)),
                1 => format!("{indent}\"{}\": {},", self.word(), self.number(0, 99)),
                2 => format!("{indent}}},"),
                3 => format!("{indent}{{"),
                _ => format!("{indent}[\"{}\", \"{}\"],", self.word(), self.word()),
            }
        } else {
            format!("{indent}<{key}>{}</{key}>", self.word())
        }
    }

    fn head(&mut self, i: usize) -> String {
        match (i + self.columns) % 9 {
            0 => format!("From: {}@{}.cn", self.latin(), self.latin()),
            1 => format!("发信人: {} ({}), 信区: {}", self.latin(), self.word(), self.latin()),
            2 => format!("标  题: {}{}", self.word(), self.word()),
            3 => format!("发信站: {} ({})", self.word(), self.date()),
            4 => format!("收件人：{}", self.word()),
            5 => format!("Subject: Re: {}", self.word()),
            6 => format!("Date: Mon, 3 Jan 2000 {}:00 +0800", self.clock()),
            7 => format!("作者  {} ({})  看板  {}", self.latin(), self.word(), self.latin()),
            _ => format!("时间  {}", self.date()),
        }
    }

    fn entry(&mut self, i: usize) -> String {
        match self.variant {
            0 => format!("{:03} {} {}", i + 1, self.word(), self.number(1950, 2020)),
            1 => {
                let (a, b) = (self.dice.from(1980, 2020), self.dice.from(1980, 2020));
                format!("{a}.{}-{b}.{} {}{}", self.dice.from(1, 12), self.dice.from(1, 12), self.word(), self.word())
            }
            2 => format!("{}-{} {}{}", self.clock(), self.clock(), self.word(), self.word()),
            3 => format!(
                "{} 1{}{} {}路{}号",
                self.name(),
                self.dice.from(30, 89),
                self.dice.from(10_000_000, 99_999_999),
                self.word(),
                self.dice.from(1, 200)
            ),
            4 => format!("{}：{}", self.word(), self.word()),
            5 => format!(
                "全宗{}目录{}案卷{i:03}号关于{}工作的{}",
                self.dice.from(1, 9),
                self.dice.from(1, 9),
                self.word(),
                self.word()
            ),
            6 => format!("《{}》{}", self.word(), self.name()),
            7 => format!("{} {}{}元", self.date(), self.word(), self.dice.from(1, 99)),
            8 => format!("{}月{}日，{}{}", self.dice.from(1, 12), self.dice.from(1, 28), self.word(), self.word()),
            _ => format!("{}　{}", self.name(), self.word()),
        }
    }

    fn verse(&mut self, i: usize) -> String {
        if self.letter == 0 {
            let metre = [5, 7, 7, 5, 4][self.variant % 5];
            let (first, second) = (self.clause(metre), self.clause(metre));
            return match self.columns {
                3..=5 => format!("{first}，{second}{}", self.dice.pick(&["。", "。", "。", "？", "！", "；"])),
                _ => format!("{first}{}", ["，", "。"][i % 2]),
            };
        }
        let step = if self.columns == 7 { "  ".repeat(i % 3) } else { String::new() };
        let length = *self.dice.pick(&[2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
        let end = if self.columns < 5 { *self.dice.pick(&["", "，", "。"]) } else { "" };
        format!("{step}{}{end}", self.clause(length))
    }

    /// Lists copied from web pages: a date, a title, an excerpt, each on its line.
    fn web(&mut self, i: usize) -> String {
        match (self.letter, i % 4) {
            (0, 0) => self.number(1990, 2026),
            (0, 1) => format!("{:02}-{:02}", self.dice.from(1, 12), self.dice.from(1, 28)),
            (0, 2) => format!("关于{}的{}", self.word(), self.word()),
            (0, _) => self.excerpt(30, 120) + "...",
            (_, 0) => self.word() + &self.word(),
            (_, 1) => format!("[{}]", self.date()),
            (_, 2) => format!("阅读({})", self.number(1, 999)),
            _ => self.sentence(),
        }
    }

    /// A line of a list of words or signs.
    fn listed(&mut self) -> String {
        const SIGNS: [&str; 24] = [
            "“", "”", "《", "》", "（", "）", "！", "？", "，", "。", "、", "；", "：", "…", "—", "【", "】", "「",
            "」", "(", ")", "<", ">", "~",
        ];
        match self.variant {
            0..=2 => (*self.dice.pick(&SIGNS)).to_owned(),
            3..=5 => self.word(),
            6 => self.word().chars().take(1).collect(),
            7 => {
                let separator = ["\t", " ", "  ", ","][self.columns % 4];
                format!("{}{separator}{}", self.word(), self.number(1, 999))
            }
            _ => {
                if self.dice.tenths(3.0) {
                    self.word()
                } else {
                    (*self.dice.pick(&SIGNS)).to_owned()
                }
            }
        }
    }

    /// Notes with the marks of Markdown, in a file that is none.
    fn outline(&mut self, i: usize) -> (String, Option<Forms>) {
        if i.is_multiple_of(5) {
            let mark = ["#", "##", "###"][self.variant % 3];
            return (format!("{mark} {}{}", self.word(), self.word()), Some(bit(Form::Title)));
        }
        let mark = ["", "- ", "* ", "1. "][self.columns % 4];
        let colon = ["：", ":"][self.letter];
        let text = if self.dice.tenths(5.0) { self.sentence() } else { self.excerpt(6, 20) + "。" };
        (format!("{mark}**{}**{colon}{text}", self.word()), None)
    }

    fn change(&mut self, i: usize) -> (String, Option<Forms>) {
        let head = Some(forms("title furniture"));
        let (a, b) = (self.dice.from(0, 9), self.dice.from(0, 20));
        if i.is_multiple_of(6) {
            let line = match self.variant % 4 {
                0 => format!("{a}.{b}.0"),
                1 => self.date(),
                2 => format!("v{a}.{b} ({})", self.date()),
                _ => format!("{}年{}月", self.dice.from(2000, 2026), self.dice.from(1, 12)),
            };
            return (line, head);
        }
        if i % 6 == 1 && self.letter == 0 {
            return ("=".repeat(self.dice.from(3, 60)), head);
        }
        let mark =
            ["- ".to_owned(), "* ".to_owned(), "  ".to_owned(), format!("{}. ", i % 6)][self.columns % 4].clone();
        let verb = *self.dice.pick(&["修正", "增加", "更新", "支持", ""]);
        let latin = match self.dice.from(0, 2) {
            0 => format!(" {} ", self.latin()),
            1 => format!("({})", self.latin()),
            _ => String::new(),
        };
        (format!("{mark}{verb}{}{latin}{}", self.word(), self.word()), None)
    }

    /// Subtitles: a number, the times, what is said.
    fn subtitles(&mut self) -> Vec<(String, Option<Forms>)> {
        let mut lines = vec![];
        let open = Some(forms("data prose record verse title"));
        let mut second = 1;
        for n in 1..=self.dice.from(4, 12) {
            lines.push((n.to_string(), None));
            let time = |s: usize| format!("00:{:02}:{:02},{:03}", s / 60, s % 60, s * 37 % 1000);
            lines.push((format!("{} --> {}", time(second), time(second + 2)), None));
            second += self.dice.from(3, 9);
            for _ in 0..self.dice.from(1, 2) {
                lines.push((self.excerpt(4, 16), open));
            }
            lines.push((String::new(), None));
        }
        lines
    }

    /// Cards and calendars.
    fn card(&mut self) -> Vec<(String, Option<Forms>)> {
        let mut lines = vec![];
        for _ in 0..self.dice.from(1, 4) {
            let block = if self.letter == 0 {
                vec![
                    "BEGIN:VCARD".to_owned(),
                    "VERSION:3.0".to_owned(),
                    format!("FN:{}", self.name()),
                    format!("N:{};{};;;", self.name(), self.name()),
                    format!("TEL;TYPE=CELL:1{}", self.dice.from(3_000_000_000, 3_999_999_999)),
                    format!("ADR;TYPE=HOME:;;{}路{}号;{};;;", self.word(), self.dice.from(1, 99), self.word()),
                    format!("NOTE:{}", self.excerpt(6, 40)),
                    "END:VCARD".to_owned(),
                ]
            } else {
                vec![
                    "BEGIN:VEVENT".to_owned(),
                    format!("UID:{}@{}.cn", self.latin(), self.latin()),
                    format!(
                        "DTSTART:2020{:02}{:02}T{:02}0000Z",
                        self.dice.from(1, 12),
                        self.dice.from(1, 28),
                        self.dice.from(1, 23)
                    ),
                    format!("SUMMARY:{}{}", self.word(), self.word()),
                    format!("LOCATION:{},{}", self.word(), self.word()),
                    format!("DESCRIPTION:{}", self.excerpt(6, 40)),
                    "END:VEVENT".to_owned(),
                ]
            };
            lines.extend(block.into_iter().map(|line| (line, None)));
        }
        lines
    }

    /// Boxes in a row with connectors, trees, plans of rooms.
    fn drawing(&mut self) -> Vec<(String, Option<Forms>)> {
        let (top, side, rule, arrow) = match self.variant % 4 {
            0 => (("┌", "┐", "└", "┘"), "│", "─", "→"),
            1 => (("+", "+", "+", "+"), "|", "-", ">"),
            2 => (("╔", "╗", "╚", "╝"), "║", "═", "─"),
            _ => (("", "", "", ""), "│", "─", "─"),
        };
        let mut lines: Vec<String> = vec![];
        let indent = " ".repeat(self.dice.from(0, 6));
        let many = self.dice.from(2, 4);
        match self.variant {
            0..=3 => {
                for _ in 0..self.dice.from(1, 3) {
                    let names: Vec<String> = (0..many).map(|_| self.clause_or_word()).collect();
                    let wide = if rule == "-" { 1 } else { 2 };
                    let row = |left: &str, right: &str, gap: &str| {
                        let cells: Vec<String> = names
                            .iter()
                            .map(|n| format!("{left}{}{right}", rule.repeat(n.chars().count() * 2 / wide)))
                            .collect();
                        format!("{indent}{}", cells.join(gap))
                    };
                    lines.push(row(top.0, top.1, "    "));
                    let cells: Vec<String> = names.iter().map(|n| format!("{side}{n}{side}")).collect();
                    lines.push(format!("{indent}{}", cells.join(&format!("{rule}{rule}{arrow} "))));
                    lines.push(row(top.2, top.3, "    "));
                    let at = " ".repeat(self.dice.from(2, 10));
                    lines.push(format!("{indent}{at}{side}{}{side}", " ".repeat(self.dice.from(3, 14))));
                }
                lines.pop();
            }
            4..=6 => {
                let branch =
                    if self.letter == 0 { ("├── ", "└── ", "│   ") } else { ("|-- ", "`-- ", "|   ") };
                lines.push(format!("{}{}", indent, self.clause_or_word()));
                for _ in 0..self.dice.from(2, 5) {
                    lines.push(format!("{indent}{}{}", branch.0, self.clause_or_word()));
                    for _ in 0..self.dice.from(0, 3) {
                        lines.push(format!("{indent}{}{}{}", branch.2, branch.1, self.clause_or_word()));
                    }
                }
                lines.push(format!("{indent}{}{}", branch.1, self.clause_or_word()));
            }
            _ => {
                // A plan: places joined by strokes and slants.
                for _ in 0..self.dice.from(2, 5) {
                    let names: Vec<String> = (0..many).map(|_| self.clause_or_word()).collect();
                    let joint = *self.dice.pick(&["——", "----", "─", "－－", "-----"]);
                    lines.push(format!("{}{}", " ".repeat(self.dice.from(0, 12)), names.join(joint)));
                    let strokes: Vec<&str> = (0..self.dice.from(1, 4))
                        .map(|_| *self.dice.pick(&["|", "｜", "│", "/", "\\", "↑", "↓", "＼", "／"]))
                        .collect();
                    lines.push(format!(
                        "{}{}",
                        " ".repeat(self.dice.from(2, 16)),
                        strokes.join(&" ".repeat(self.dice.from(3, 12)))
                    ));
                }
                let last = self.clause_or_word();
                lines.push(format!("{}{last}", " ".repeat(self.dice.from(2, 16))));
            }
        }
        lines.into_iter().map(|line| (line, None)).collect()
    }

    fn clause_or_word(&mut self) -> String {
        self.word().chars().take(5).collect()
    }

    /// Commands and statements with Chinese in comments and strings.
    fn script(&mut self) -> Vec<(String, Option<Forms>)> {
        let mut lines = vec![];
        let opening = match self.variant % 6 {
            0 => vec![
                format!("#!/usr/bin/env python"),
                "# -*- coding: utf-8 -*-".into(),
                format!("import {}", self.latin()),
            ],
            1 => vec![format!("'use strict'"), format!("import {{ {} }} from './{}'", self.latin(), self.latin())],
            2 => vec![format!("#include <{}.h>", self.latin()), format!("#include \"{}.h\"", self.latin())],
            3 => vec!["@echo off".to_owned()],
            4 => vec!["\\documentclass{article}".to_owned(), format!("\\usepackage{{{}}}", self.latin())],
            _ => vec![format!("#!/bin/sh"), format!("# {}", self.word())],
        };
        let begun = self.dice.from(0, opening.len());
        lines.extend(opening.into_iter().skip(begun).map(|line| (line, None)));
        if self.dice.tenths(5.0) {
            lines.push((String::new(), None));
        }
        for _ in 0..self.dice.from(2, 6) {
            let (f, x) = (self.latin(), self.latin());
            let block = match self.variant % 6 {
                0 => vec![
                    format!("# {}{}", self.word(), self.word()),
                    format!("def {f}({x}, n=0):"),
                    format!("    \"\"\"{}。\"\"\"", self.word()),
                    format!("    if {x} is None:"),
                    format!("        print(\"{}\")", self.word()),
                    format!("    return {x}[n]  # {}", self.word()),
                ],
                1 => vec![
                    format!("// {}", self.word()),
                    format!("function {f}({x}) {{"),
                    format!("  const n = {x}.length; // {}", self.word()),
                    format!("  alert('{}');", self.word()),
                    format!("  if ({x} === null || typeof {x} !== 'object') return n;"),
                    format!("  {f},"),
                    "}".to_owned(),
                ],
                2 => vec![
                    format!("/* {} */", self.word()),
                    format!("int {f}(char *{x})"),
                    "{".to_owned(),
                    format!("\tprintf(\"{}\\n\", {x});", self.word()),
                    "\treturn 0;".to_owned(),
                    "}".to_owned(),
                ],
                3 => vec![
                    format!("rem {}", self.word()),
                    format!("set {x}={}", self.word()),
                    format!("echo {}", self.word()),
                    format!("copy {f}.txt {x}.bak"),
                    format!("if exist {f}.log del {f}.log"),
                ],
                4 => vec![
                    format!("\\section{{{}{}}} % {}", self.word(), self.word(), self.word()),
                    format!("\\label{{sec:{f}}}"),
                    self.sentence(),
                    "\\begin{itemize}".to_owned(),
                    format!("\\item {}\\cite{{{x}}}。", self.word()),
                    format!("\\item[{}] {}", self.word(), self.sentence()),
                    "\\end{itemize}".to_owned(),
                ],
                _ => vec![
                    format!("$ sudo apt-get install {f}"),
                    format!("$ cd /usr/local/{x}"),
                    format!("$ ./{f} --{x}={}", self.number(1, 99)),
                    format!("export {}=/opt/{x}", f.to_uppercase()),
                    format!("SELECT {x} FROM {f} WHERE id = {};", self.number(1, 99)),
                ],
            };
            lines.extend(block.into_iter().map(|line| (line, None)));
            if self.dice.tenths(5.0) {
                lines.push((String::new(), None));
            }
        }
        lines
    }
}

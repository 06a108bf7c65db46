//! The report for people: one page that needs nothing beside it, with a row a file and the text of each with its edits.
//!
//! The rows are written as they come, so that a batch of any size takes no memory; the summary, which is known last, is put before them
//! by the style sheet.

mod html;

use super::{Changes, FontFacts, Piece, Record, Status, Summary, Warning};
use crate::error::Kind;
use crate::lang::Lang;
use crate::normalize::{BY_HAND, RULES, does};
use crate::unicode::printable;
use html::{escape, escape_edit, link};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// What a page is known by.
pub const MARK: &str = "<meta name=\"generator\" content=\"shanben\">";
const CSS: &str = include_str!("page.css");
const JS: &str = include_str!("page.js");

/// Bytes of text that a page shows in all; after that, rows stand without their texts, so that a browser can still open it.
const ROOM: usize = 32 << 20;
/// Least and most bytes that a text may have to be shown whole.
const SHARE: (usize, usize) = (2 << 10, 1 << 20);
/// Most warnings that are listed of a file.
const WARNINGS: usize = 200;

/// A page under way.
#[derive(Debug)]
pub struct Page {
    lang: Lang,
    /// The output folder as it begins the paths of outputs, and how a link leads there from the page.
    output: (String, Option<String>),
    room: usize,
}

impl Page {
    /// How many bytes a text may have to be shown whole on a page of `files` rows: what is left for each, with as much again for the marks of its edits.
    pub fn share(files: usize) -> usize {
        (ROOM / 2 / files.max(1)).clamp(SHARE.0, SHARE.1)
    }

    /// A page that will stand at `page` and links to outputs below `output`, which is shown as `shown`.
    pub fn new(lang: Lang, page: &Path, output: &Path, shown: &str) -> Self {
        let folder = page.parent().unwrap_or(Path::new(""));
        Page { lang, output: (shown.to_owned(), link(folder, output)), room: ROOM }
    }

    fn pick<'a>(&self, en: &'a str, zh: &'a str) -> &'a str {
        self.lang.pick(en, zh)
    }

    /// What stands before the rows.
    pub fn begin(&self) -> String {
        let rules: BTreeMap<&str, &str> =
            RULES.iter().map(|rule| rule.id).chain([BY_HAND]).map(|rule| (rule, does(rule, self.lang))).collect();
        // `<` must not end the element that holds the data.
        let rules = serde_json::to_string(&rules).unwrap_or_default().replace('<', "\\u003c");
        let options: String = [
            ("all", "all files", "全部文件"),
            ("changed", "with changes", "有改动"),
            ("warned", "with warnings", "有警告"),
            ("done", "written", "已写出"),
            ("skipped", "up to date", "已是最新"),
            ("failed", "failed", "失败"),
            ("left-out", "left out", "未转换"),
        ]
        .iter()
        .map(|(value, en, zh)| format!("<option value=\"{value}\">{}</option>", self.pick(en, zh)))
        .collect();
        let orders: String = [
            ("found", "as they were found", "按发现的次序"),
            ("name", "by name", "按名称"),
            ("changes", "most changes first", "改动多的在前"),
            ("warnings", "most warnings first", "警告多的在前"),
            ("margin", "doubtful encodings first", "编码存疑的在前"),
            ("pages", "most pages first", "页数多的在前"),
        ]
        .iter()
        .map(|(value, en, zh)| format!("<option value=\"{value}\">{}</option>", self.pick(en, zh)))
        .collect();
        let choices: String = [
            ("rule", "any rule", "任何规则"),
            ("warning", "any warning", "任何警告"),
            ("folder", "any folder", "任何文件夹"),
        ]
        .iter()
        .map(|(id, en, zh)| {
            let any = self.pick(en, zh);
            let pages = match *id {
                "folder" => format!(
                    " data-index=\"{}\" data-all=\"{}\"",
                    self.pick("folder by folder", "逐个文件夹"),
                    self.pick("all files together", "全部文件一起")
                ),
                _ => String::new(),
            };
            format!("<select id=\"{id}\" aria-label=\"{any}\"{pages}><option>{any}</option></select>")
        })
        .collect();
        let [_, _, _, _, changes, warnings, pages, _] = self.columns();
        let (folder, files, failed) =
            (self.pick("folder", "文件夹"), self.pick("files", "文件"), self.pick("failed", "失败"));
        let folders: String = [files, failed, changes, warnings, pages]
            .iter()
            .map(|name| format!("<span class=\"num\">{name}</span>"))
            .collect();
        let heads: String = self
            .columns()
            .iter()
            .enumerate()
            .map(|(i, name)| format!("<span{}>{name}</span>", if (3..7).contains(&i) { " class=\"num\"" } else { "" }))
            .collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n{MARK}\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{CSS}</style>\n\
             <script type=\"application/json\" id=\"rules\">{rules}</script>\n</head>\n<body>\n\
             <header><h1>{title}</h1><p class=\"faint\">{how}</p></header>\n\
             <form id=\"filters\" hidden onsubmit=\"return false\"><input type=\"search\" id=\"search\" placeholder=\"{search}\" aria-label=\"{search}\">\
             <select id=\"show\" aria-label=\"{show}\">{options}</select>{choices}<select id=\"order\" aria-label=\"{order}\">{orders}</select>\
             <output id=\"count\" class=\"faint\"></output><span id=\"turn\" hidden><button id=\"before\" type=\"button\" aria-label=\"{before}\">←</button>\
             <output id=\"page\" class=\"faint\"></output><button id=\"behind\" type=\"button\" aria-label=\"{behind}\">→</button></span></form>\n\
             <div class=\"head g\" id=\"folders\" aria-hidden=\"true\" hidden><span>{folder}</span>{folders}</div>\n\
             <main>\n<div class=\"head\" aria-hidden=\"true\">{heads}</div>\n",
            self.pick("en", "zh-Hans"),
            title = self.pick("Shanben: report of a conversion", "善本：转换报告"),
            how = self.pick(
                "Nothing here has to stay: <code>shanben desk</code> and the folder of the texts opens a page on which each change is accepted, rejected or replaced, and it stays so; \
                 <code>shanben accept</code> takes what you have corrected in a DOCX or Markdown",
                "每处改动都可以取舍：用 <code>shanben desk</code> 加上文本所在的文件夹打开页面，在其中接受、拒绝或改写，以后照此处理；在 DOCX 或 Markdown 中改过的，用 <code>shanben accept</code> 收回",
            ),
            search = self.pick("part of a name", "文件名的一部分"),
            show = self.pick("which files", "哪些文件"),
            order = self.pick("in which order", "按何次序"),
            before = self.pick("the files before", "前面的文件"),
            behind = self.pick("the files behind", "后面的文件"),
        )
    }

    fn columns(&self) -> [&'static str; 8] {
        match self.lang {
            Lang::En => ["", "file", "encoding", "margin, bits", "changes", "warnings", "pages", "outputs"],
            Lang::Zh => ["", "文件", "编码", "领先（比特）", "改动", "警告", "页数", "输出"],
        }
    }

    /// The row of a file.
    pub fn row(&mut self, record: &Record, changes: Option<&Changes>) -> String {
        let (status, word) = match record.status {
            Status::Done => ("done", self.pick("done", "完成")),
            Status::Skipped => ("skipped", self.pick("unchanged", "未变")),
            Status::Failed => ("failed", self.pick("failed", "失败")),
            Status::LeftOut => ("left-out", self.pick("left out", "未转换")),
        };
        let columns = self.columns();
        let encoding = record.encoding.as_ref();
        let edits: usize = record.edits.values().sum();
        let warnings = record.warnings.len();
        let pages = record.outputs.iter().find_map(|output| output.pages);
        let number = |n: usize| if n == 0 { String::new() } else { n.to_string() };
        let rules: Vec<&str> = record.edits.keys().map(String::as_str).collect();
        let kinds: BTreeSet<Cow<'_, str>> = record.warnings.iter().map(|warning| warning.named(self.lang)).collect();
        let kinds: Vec<Cow<'_, str>> = kinds.into_iter().collect();
        let folder = record.input.rsplit_once(['/', std::path::MAIN_SEPARATOR]).map_or("", |(folder, _)| folder);
        let margin =
            encoding.and_then(|encoding| encoding.margin).map(|margin| format!("{margin:.0}")).unwrap_or_default();
        let mut row = format!(
            "<details class=\"f\" data-s=\"{status}\" data-e=\"{edits}\" data-w=\"{warnings}\" data-r=\"{}\" data-k=\"{}\" data-d=\"{}\" data-m=\"{margin}\" \
             data-p=\"{}\"><summary><span class=\"{status}\">{word}</span><bdi class=\"n\">{}</bdi><span class=\"enc\" data-h=\"{}\">{}</span>",
            escape(&rules.join(" ")),
            escape(&kinds.join("|")),
            escape(&printable(folder)),
            pages.unwrap_or(0),
            escape(&record.input),
            columns[2],
            encoding.map(|encoding| escape(&encoding.label)).unwrap_or_default(),
        );
        let cells = [margin, number(edits), number(warnings), pages.map_or(String::new(), number)];
        for (cell, head) in cells.iter().zip(&columns[3..]) {
            // A String takes whatever is written to it.
            let _ = write!(row, "<span class=\"num\" data-h=\"{head}\">{cell}</span>");
        }
        row.push_str("<span>");
        for output in &record.outputs {
            let name = output.format.name();
            let _ = match self.href(&output.path) {
                Some(href) => write!(row, "<a href=\"{href}\">{name}</a> "),
                None => write!(row, "{name} "),
            };
        }
        row.push_str("</span></summary><div class=\"b\">");
        self.body(&mut row, record, changes);
        row.push_str("</div></details>\n");
        row
    }

    /// How a link leads from the page to the output at `path`.
    fn href(&self, path: &str) -> Option<String> {
        let (shown, link) = &self.output;
        let below = path.strip_prefix(shown.as_str())?;
        Some(format!("{}{}", link.as_ref()?, html::percent(below.replace(std::path::MAIN_SEPARATOR, "/").as_bytes())))
    }

    fn body(&mut self, row: &mut String, record: &Record, changes: Option<&Changes>) {
        if let Some(error) = &record.error {
            let kind = Kind::from_name(&error.kind);
            let remedy = kind.map_or("", |kind| kind.remedy(self.lang));
            let meaning = match (self.lang, kind) {
                (Lang::Zh, Some(kind)) => format!("{}：", kind.meaning()),
                _ => String::new(),
            };
            let _ = write!(
                row,
                "<p class=\"failed\">{meaning}{}<br/>{remedy}</p>",
                escape(&printable(&error.message.told(self.lang)))
            );
        }
        if let Some(reason) = &record.reason {
            let _ = write!(row, "<p class=\"faint\">{}</p>", escape(&printable(&reason.message.told(self.lang))));
        }
        if let Some(document) = &record.document {
            let title = document.title.as_deref().map(|title| format!("<b>{}</b> · ", escape(title)));
            let size = document.size(self.lang);
            let _ = write!(row, "<p class=\"faint\">{}{size}</p>", title.unwrap_or_default());
        }
        if !record.damage.is_empty() {
            let _ = write!(row, "<h3>{}</h3><ul>", self.pick("damage", "损坏"));
            for damage in &record.damage {
                let _ = write!(
                    row,
                    "<li>{} × {} ({}:{})</li>",
                    escape(damage.named(self.lang)),
                    damage.count,
                    damage.first.line,
                    damage.first.column
                );
            }
            row.push_str("</ul>");
        }
        if !record.left_out.is_empty() {
            let _ = write!(row, "<h3>{}</h3><ul>", self.pick("left out", "略去"));
            for left in &record.left_out {
                let _ = write!(row, "<li>{}</li>", escape(&left.told(self.lang)));
            }
            row.push_str("</ul>");
        }
        if !record.fonts.is_empty() {
            let _ = write!(row, "<h3>{}</h3><ul>", self.pick("fonts of yours", "自备字体"));
            for font in &record.fonts {
                let instance = font.instance.as_deref().map(|instance| format!(" ({instance})")).unwrap_or_default();
                let FontFacts { file, family, sha256, .. } = font;
                let (file, family) = (escape(file), escape(&format!("{family}{instance}")));
                let _ = write!(row, "<li><bdi>{family}</bdi> · <bdi>{file}</bdi> <code>{sha256}</code></li>");
            }
            row.push_str("</ul>");
        }
        self.warnings(row, &record.warnings);
        let layout = self.pick("layout, not marked in the text", "版面，文中未标出");
        let kinds = [(self.pick("changes by rule", "按规则统计的改动"), &record.edits), (layout, &record.layout_edits)];
        for (title, edits) in kinds.into_iter().filter(|(_, edits)| !edits.is_empty()) {
            let _ = write!(row, "<h3>{title}</h3><ul>");
            for (id, count) in edits {
                let told = does(id, self.lang);
                let _ = write!(
                    row,
                    "<li><b>{}</b> × {count} <span class=\"faint\">{}</span></li>",
                    escape(id),
                    escape(told)
                );
            }
            row.push_str("</ul>");
        }
        if let Some(changes) = changes {
            self.text(row, changes);
        }
    }

    fn warnings(&self, row: &mut String, warnings: &[Warning]) {
        if warnings.is_empty() {
            return;
        }
        let _ = write!(row, "<h3>{}</h3><ul class=\"w\">", self.pick("warnings", "警告"));
        for warning in warnings.iter().take(WARNINGS) {
            let place = match (warning.line, warning.column) {
                (Some(line), Some(column)) => format!("{line}:{column} "),
                _ => String::new(),
            };
            let (named, told) = (warning.named(self.lang), warning.told(self.lang));
            let _ = write!(row, "<li>{place}{}: <bdi>{}</bdi></li>", escape(&named), escape(told));
        }
        row.push_str("</ul>");
        self.more(row, warnings.len().saturating_sub(WARNINGS));
    }

    /// The text with its edits, as far as there is room.
    fn text(&mut self, row: &mut String, changes: &Changes) {
        let title = if changes.whole {
            self.pick("text, with every change", "全文与全部改动")
        } else {
            self.pick("the changes in the text", "文中的改动")
        };
        let _ = write!(row, "<h3>{title}</h3>");
        let before = row.len();
        if changes.size() > self.room {
            let told = self.pick(
                "left out, the page is full; <code>shanben inspect --diff</code> shows it",
                "页面已满，未列出；可用 <code>shanben inspect --diff</code> 查看",
            );
            let _ = write!(row, "<p class=\"faint\">{told}</p>");
            return;
        }
        for passage in &changes.passages {
            let line = passage.line;
            let _ = match self.lang {
                Lang::En => write!(row, "<div class=\"t\" data-l=\"line {line}\">"),
                Lang::Zh => write!(row, "<div class=\"t\" data-l=\"第 {line} 行\">"),
            };
            for piece in &passage.pieces {
                match piece {
                    Piece::Kept(text) => row.push_str(&escape(text)),
                    Piece::Changed { old, new, rules } => {
                        let rules = rules.join(" ");
                        let _ = write!(row, "<span class=\"e\" tabindex=\"0\" data-r=\"{rules}\" title=\"{rules}\">");
                        for (element, text) in [("del", old), ("ins", new)] {
                            if !text.is_empty() {
                                let _ = write!(row, "<{element}>{}</{element}>", escape_edit(text));
                            }
                        }
                        row.push_str("</span>");
                    }
                }
            }
            row.push_str("</div>");
        }
        self.more(row, changes.left_out);
        self.room = self.room.saturating_sub(row.len() - before);
    }

    fn more(&self, row: &mut String, count: usize) {
        if count > 0 {
            let _ = match self.lang {
                Lang::En => write!(
                    row,
                    "<p class=\"faint\">and {count} more; <code>shanben inspect --diff</code> shows all</p>"
                ),
                Lang::Zh => {
                    write!(row, "<p class=\"faint\">另有 {count} 处；<code>shanben inspect --diff</code> 可看全部</p>")
                }
            };
        }
    }

    /// What stands after the rows.
    pub fn end(&self, summary: &Summary) -> String {
        let mut facts: Vec<(&str, String)> = vec![
            (self.pick("files", "文件"), summary.inputs.to_string()),
            (self.pick("written", "已写出"), summary.done.to_string()),
            (self.pick("up to date", "已是最新"), summary.skipped.to_string()),
            (self.pick("failed", "失败"), summary.failed.to_string()),
        ];
        if summary.left_out > 0 {
            facts.push((self.pick("left out", "未转换"), summary.left_out.to_string()));
        }
        if summary.left > 0 {
            facts.push((self.pick("not begun", "未处理"), summary.left.to_string()));
        }
        facts.extend([
            (self.pick("changes", "改动"), summary.edits.to_string()),
            (self.pick("changes of the layout", "版面改动"), summary.layout_edits.to_string()),
            (self.pick("warnings", "警告"), summary.warnings.to_string()),
            (self.pick("megabytes read", "读入（MB）"), format!("{:.1}", summary.bytes as f64 / 1e6)),
            (self.pick("seconds", "用时（秒）"), format!("{:.1}", summary.millis as f64 / 1e3)),
        ]);
        let facts: String =
            facts.iter().map(|(name, value)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>")).collect();
        format!(
            "</main>\n<dl id=\"sum\">{facts}</dl>\n<div id=\"why\" role=\"status\" hidden></div>\n<script>\n{JS}</script>\n</body>\n</html>\n"
        )
    }
}

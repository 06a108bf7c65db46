//! What can be said of files by the four tests of DA/T 70—2018: authenticity, completeness, usability, safety. Of systems, carriers and
//! procedures nothing can be; those fields are the archive's own.

use crate::batch::proof::Proof;
use crate::options::Format;
use crate::report::Record;
use serde::Serialize;
use std::collections::BTreeMap;

/// One of the four tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Test {
    /// 真实性
    Authenticity,
    /// 完整性
    Completeness,
    /// 可用性
    Usability,
    /// 安全性
    Safety,
}

impl Test {
    /// Its name in Chinese.
    const fn name(self) -> &'static str {
        match self {
            Test::Authenticity => "真实性",
            Test::Completeness => "完整性",
            Test::Usability => "可用性",
            Test::Safety => "安全性",
        }
    }
}

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As it should be.
    Pass,
    /// Not as it should be.
    Fail,
    /// It could not be told, or there is nothing to tell it of.
    NotApplicable,
}

/// What was found of an input and its editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The test.
    pub test: Test,
    /// What was looked at, as a stable name.
    pub check: &'static str,
    /// The same in words.
    pub words: &'static str,
    /// How it was found.
    pub outcome: Outcome,
}

/// All that is looked at, in its order.
const CHECKS: [(Test, &str, &str); 10] = [
    (
        Test::Authenticity,
        "source-digest",
        "the source is the one that was converted, by its SHA-256 · 原文即当时转换的文件",
    ),
    (
        Test::Authenticity,
        "outputs-as-written",
        "every edition is as it was written, by its SHA-256 · 各版本与写出时相同",
    ),
    (Test::Authenticity, "editions-agree", "all editions say the same, read back from each · 读回各版本，所言相同"),
    (Test::Authenticity, "agrees-with-source", "they say what the source says, read anew · 与重新读取的原文一致"),
    (Test::Completeness, "all-formats", "every format that was made is there · 做过的格式齐全"),
    (Test::Completeness, "nothing-lost-before", "no byte of the source is malformed · 原文没有损坏的字节"),
    (Test::Completeness, "every-glyph", "fonts have every character · 每个字都有字形"),
    (Test::Usability, "readable", "every edition can be read, and its text had from it · 各版本可读，可取出正文"),
    (Test::Usability, "archival-format", "there is a PDF/A-3a · 有 PDF/A-3a"),
    (
        Test::Safety,
        "no-scripts",
        "as this program writes them, no edition holds a script; the PDF is not looked at · 本程序写出的各版本不含脚本；PDF 未检查",
    ),
];

/// What is found of the editions that `record` tells of, of which `proof` holds.
pub fn findings(record: &Record, proof: &Proof) -> Vec<Finding> {
    let pass = |good: bool| if good { Outcome::Pass } else { Outcome::Fail };
    let known = |good: bool| if good { Outcome::Pass } else { Outcome::NotApplicable };
    let has = |format: Format| proof.formats.contains(&format);
    let outcome = |check: &str| match check {
        "agrees-with-source" => known(proof.with_source),
        "editions-agree" => known(proof.formats.len() > 1 || proof.with_source),
        "nothing-lost-before" => pass(record.damage.iter().all(|damage| damage.kind != "malformed")),
        "every-glyph" if has(Format::Pdf) => pass(record.missing_glyphs.is_empty()),
        "every-glyph" => Outcome::NotApplicable,
        "archival-format" => known(has(Format::Pdf)),
        "no-scripts" => known(proof.formats.iter().any(|format| *format != Format::Pdf)),
        // Without these nothing is packed.
        _ => Outcome::Pass,
    };
    CHECKS.map(|(test, check, words)| Finding { test, check, words, outcome: outcome(check) }).into()
}

/// The findings of an input in a line of JSON.
pub fn line(record: &Record, source: &str, found: &[Finding]) -> String {
    #[derive(Serialize)]
    struct Line<'l> {
        source: &'l str,
        sha256: &'l Option<String>,
        findings: &'l [Finding],
    }
    // Strings and plain structs cannot fail to serialize.
    serde_json::to_string(&Line { source, sha256: &record.sha256, findings: found }).unwrap_or_default() + "\n"
}

/// How often each was found how.
#[derive(Debug, Default)]
pub struct Counts(BTreeMap<(usize, Outcome), usize>);

impl Counts {
    /// Adds what was found of an input.
    pub fn add(&mut self, found: &[Finding]) {
        for (number, finding) in found.iter().enumerate() {
            *self.0.entry((number, finding.outcome)).or_default() += 1;
        }
    }

    /// The sum in words.
    pub fn told(&self) -> String {
        let mut out = String::from(
            "What can be said of the files of this bag by the four tests of DA/T 70—2018; nothing is said of systems, carriers and procedures.\n\
             按 DA/T 70—2018 的四性检测，对本包文件所能说明的；不涉及系统、载体与过程。\n",
        );
        let mut last = None;
        for (number, (test, check, words)) in CHECKS.into_iter().enumerate() {
            if last.replace(test) != Some(test) {
                out.push_str(&format!("\n{} {test:?}\n", test.name()));
            }
            let count = |outcome| self.0.get(&(number, outcome)).copied().unwrap_or(0);
            let (pass, fail, none) = (count(Outcome::Pass), count(Outcome::Fail), count(Outcome::NotApplicable));
            out.push_str(&format!("  {check}: pass {pass}, fail {fail}, not applicable {none}\n      {words}\n"));
        }
        out
    }
}

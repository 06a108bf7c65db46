//! How many lines have a right form, and how many joins are wrong or missed.

use super::truth::{Forms, Origin, Said, Text, bit, forms, look};
use shanben::survey::{Form, Weights, survey_by};
use std::collections::{BTreeMap, HashMap};

/// What was counted of some texts.
#[derive(Default, Clone)]
pub struct Count {
    pub lines: usize,
    pub wrong: usize,
    pub missed: usize,
    pub due: usize,
    pub outside: usize,
    pub sure: usize,
    pub sure_lost: usize,
    pub sure_lost_sure: usize,
    /// Lines that are titles, lines found to be, and both.
    pub titles: [usize; 3],
    /// What was said, and what was found.
    pub found: BTreeMap<Said, BTreeMap<&'static str, usize>>,
}

/// The figures, by origin and genre.
#[derive(Default)]
pub struct Score {
    pub by: BTreeMap<(Origin, String), Count>,
    /// Every fault, for reading.
    pub faults: Vec<String>,
}

impl Score {
    /// Surveys `text` and compares.
    pub fn add(&mut self, text: &Text, weights: &Weights, listed: bool) {
        let survey = survey_by(&text.text, weights);
        let mut found: HashMap<usize, (Form, f32, Form)> = HashMap::new();
        let mut region = survey.regions.iter().peekable();
        for line in &text.lines {
            while region.peek().is_some_and(|r| r.span.end <= line.start) {
                region.next();
            }
            if let Some(r) = region.peek().filter(|r| r.span.start <= line.start) {
                found.insert(line.number, (r.form, r.bits, r.runner_up));
            }
        }
        let joins: Vec<usize> = survey.joins.iter().map(|join| join.end).collect();
        let count = self.by.entry((text.origin, text.genre.clone())).or_default();
        let verbatim: Forms = forms("code data drawing table");
        let mut above = "";
        for line in &text.lines {
            let (form, bits, second) = found.get(&line.number).copied().unwrap_or((Form::Prose, 0.0, Form::Prose));
            count.lines += 1;
            let (is, found) = (line.allowed == bit(Form::Title), form == Form::Title);
            let found = found && (is || line.allowed & bit(Form::Title) == 0 || line.said == Some(Said::Text));
            for (sum, counts) in count.titles.iter_mut().zip([is, found, is && found]) {
                *sum += usize::from(counts);
            }
            count.outside += usize::from(bit(form) & line.allowed == 0);
            if let Some(said) = line.said {
                *count.found.entry(said).or_default().entry(form.name()).or_default() += 1;
                if listed && bit(form) & said.right() == 0 {
                    self.faults.push(format!(
                        "FORM\t{said:?}\t{}>{}\t{}:{}\t{bits:.1}\t{}",
                        form.name(),
                        second.name(),
                        text.name,
                        line.number,
                        line.text.chars().take(70).collect::<String>()
                    ));
                }
                let look = look(&line.text);
                if said == Said::Text && look.han > 0.5 && (look.stops || look.width > 66) {
                    count.sure += 1;
                    if bit(form) & verbatim != 0 {
                        count.sure_lost += 1;
                        count.sure_lost_sure += usize::from(bits >= 3.0);
                        if listed {
                            self.faults.push(format!(
                                "SURE\t{}>{}\t{}:{}\t{bits:.1}\t{}",
                                form.name(),
                                second.name(),
                                text.name,
                                line.number,
                                line.text.chars().take(70).collect::<String>()
                            ));
                        }
                    }
                }
            }
            if let Some(due) = line.join {
                let at = joins.partition_point(|&end| end < line.start);
                let got = joins.get(at).is_some_and(|&end| end <= line.start + body(text, line.start));
                count.due += usize::from(due);
                count.wrong += usize::from(got && !due);
                count.missed += usize::from(due && !got);
                if listed && got != due {
                    let tail: String = above.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
                    let head: String = line.text.chars().take(20).collect();
                    self.faults.push(format!(
                        "{}\t{}\t{}:{}\t{tail} | {head}",
                        if got { "WRONG" } else { "MISSED" },
                        form.name(),
                        text.name,
                        line.number
                    ));
                }
            }
            above = &line.text;
        }
    }

    /// All counts of an origin.
    pub fn of(&self, origin: Origin) -> Count {
        let mut all = Count::default();
        self.by.iter().filter(|((o, _), _)| *o == origin).for_each(|(_, count)| all.add(count));
        all
    }

    /// Prints everything.
    pub fn print(&self, title: &str) {
        println!("== {title}");
        for origin in [Origin::Office, Origin::Books, Origin::Damaged, Origin::Wraps, Origin::Made] {
            let all = self.of(origin);
            if all.lines == 0 {
                continue;
            }
            println!(
                "{origin:?}: {} lines; wrong joins {} = {:.2} per 1,000, missed {} of {} due = {:.1} %; outside the allowed forms {:.2} %; sure prose lost {} ({} sure) of {} = {:.3} %",
                all.lines,
                all.wrong,
                1000.0 * all.wrong as f64 / all.lines as f64,
                all.missed,
                all.due,
                100.0 * all.missed as f64 / all.due.max(1) as f64,
                100.0 * all.outside as f64 / all.lines as f64,
                all.sure_lost,
                all.sure_lost_sure,
                all.sure,
                100.0 * all.sure_lost as f64 / all.sure.max(1) as f64,
            );
            let [is, found, both] = all.titles;
            println!(
                "   titles {is}: found {:.1} %, of {found} taken for titles right {:.1} %",
                100.0 * both as f64 / is.max(1) as f64,
                100.0 * both as f64 / found.max(1) as f64
            );
            for (said, found) in &all.found {
                let sum: usize = found.values().sum();
                let right: usize =
                    found.iter().filter(|(name, _)| forms(name) & said.right() != 0).map(|(_, n)| n).sum();
                println!("   {said:?} {sum}: right {:.1} %  {found:?}", 100.0 * right as f64 / sum as f64);
            }
            let listed: Vec<String> = self
                .by
                .iter()
                .filter(|((o, _), count)| *o == origin && count.wrong + count.missed > 0)
                .map(|((_, genre), c)| format!("{genre} {}w {}/{}m of {}", c.wrong, c.missed, c.due, c.lines))
                .collect();
            println!("   {}", listed.join(", "));
        }
    }
}

/// Bytes of blank space at `start`.
fn body(text: &Text, start: usize) -> usize {
    let rest = &text.text[start..];
    rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').len()
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.lines += other.lines;
        self.wrong += other.wrong;
        self.missed += other.missed;
        self.due += other.due;
        self.outside += other.outside;
        self.titles.iter_mut().zip(other.titles).for_each(|(sum, count)| *sum += count);
        self.sure += other.sure;
        self.sure_lost += other.sure_lost;
        self.sure_lost_sure += other.sure_lost_sure;
        for (said, found) in &other.found {
            for (name, n) in found {
                *self.found.entry(*said).or_default().entry(name).or_default() += n;
            }
        }
    }
}

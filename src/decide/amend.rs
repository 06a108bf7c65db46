//! Edits as they were decided: rejected, kept, or something else in their place.

use super::{Decision, Decisions, Verdict};
use crate::error::Cause;
use crate::normalize::{BY_HAND, Edit, LINE_ENDS, Normalized, RULES, RuleId, Safety, Told};
use crate::note::{At, Note};
use crate::span::{Lines, Place, Span};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Characters on either side of a place by which it is known again.
pub const CONTEXT: usize = 4;

/// A text as it was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Amended {
    /// The text with the edits that stand.
    pub normalized: Normalized,
    /// What no longer fits, and what is only suggested.
    pub notes: Vec<Note>,
    /// Whether all that was changed was taken back: the text is the decoded one, but for its line ends.
    pub as_it_came: bool,
}

/// What stands at `span` of `decoded` with a few characters of its line on either side.
pub fn context(decoded: &str, span: Range<usize>) -> &str {
    let (before, after) = (decoded.get(..span.start).unwrap_or_default(), decoded.get(span.end..).unwrap_or_default());
    let in_line = |&(_, c): &(usize, char)| !matches!(c, '\n' | '\r');
    let start = before.char_indices().rev().take_while(in_line).take(CONTEXT).last().map_or(span.start, |(at, _)| at);
    let end = after.char_indices().take_while(in_line).take(CONTEXT).last();
    let end = end.map_or(span.end, |(at, c)| span.end + at + c.len_utf8());
    decoded.get(start..end).unwrap_or_default()
}

impl Decisions {
    /// `normalized`, which was made of `decoded` with the rules `raised` on, as it was decided.
    pub fn amend(&self, decoded: &str, normalized: Normalized, raised: &[RuleId]) -> Amended {
        let decisions: Vec<&Decision> = self.edits().filter(|decision| decision.whole_rule().is_none()).collect();
        if decisions.is_empty() && raised.is_empty() {
            return Amended { normalized, notes: vec![], as_it_came: false };
        }
        let own = decisions.len() - self.file.edits.iter().filter(|decision| decision.whole_rule().is_none()).count();
        let lines = Lines::new(decoded);
        let mut index = Index::new(decoded, &lines, &decisions);
        let claims = index.claims(&normalized.edits);
        let mut amending = Amending { decoded, raised, index, claims, edits: vec![], notes: vec![], rejected: false };
        for told in normalized.account() {
            amending.take(&told, &normalized.edits[told.edits.clone()]);
        }
        let Amending { index, claims, mut edits, mut notes, rejected, .. } = amending;
        edits.extend(claims.into_iter().filter_map(|(span, after)| by_hand(decoded, span, after)));
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        for (decision, _) in index.unused().filter(|(decision, at)| decision.is_place() || *at >= own) {
            notes.push(unfit(decision));
        }
        // Of a text in which nothing was to be edited everything can be rejected as well.
        let rejected = rejected || index.all.is_some_and(|at| decisions[at].decision == Verdict::Reject);
        let as_it_came = rejected && edits.iter().all(|edit| edit.rule == LINE_ENDS);
        Amended { normalized: normalized.amended(decoded, edits), notes, as_it_came }
    }
}

/// Tells of a decision that fits nothing.
fn unfit(decision: &Decision) -> Note {
    let (before, verdict) =
        (decision.before.clone().or(decision.rule.clone()).unwrap_or_default(), decision.decision.name());
    let cause = match decision.line {
        Some(line) => Cause::DecidedPlaceGone { line, before, verdict },
        None => Cause::DecidedFormGone { before, verdict },
    };
    Note::warning("decision-unfit", At::File, cause)
}

/// The decisions by what they name.
struct Index<'d> {
    decoded: &'d str,
    lines: &'d Lines<'d>,
    decisions: &'d [&'d Decision],
    used: Vec<bool>,
    /// Those about a place whose edit is kept or rejected, by its line, and by its column where that is named.
    places: HashMap<(usize, Option<usize>), Vec<usize>>,
    /// Those about a form, by what stands before.
    forms: HashMap<&'d str, Vec<usize>>,
    /// The last about every edit.
    all: Option<usize>,
}

impl<'d> Index<'d> {
    fn new(decoded: &'d str, lines: &'d Lines<'d>, decisions: &'d [&'d Decision]) -> Self {
        let (mut places, mut forms): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        let mut all = None;
        for (at, decision) in decisions.iter().enumerate() {
            match (decision.line, &decision.before) {
                (Some(_), _) if decision.decision == Verdict::Replace => {}
                (Some(line), _) => places.entry((line, decision.column)).or_default().push(at),
                (None, Some(before)) => forms.entry(before.as_str()).or_default().push(at),
                (None, None) => all = Some(at),
            }
        }
        let mut used = vec![false; decisions.len()];
        all.into_iter().for_each(|at: usize| used[at] = true);
        Index { decoded, lines, decisions, used, places, forms, all }
    }

    /// The decisions that were not of use, with their numbers.
    fn unused(&self) -> impl Iterator<Item = (&'d Decision, usize)> {
        let used = self.used.iter().enumerate().filter(|(_, used)| !**used);
        used.map(|(at, _)| (self.decisions[at], at))
    }

    /// What was decided about a change of `rules` at `span`, of those decisions that name what stands there; where `wide`, about every edit as well.
    fn decided(&mut self, span: Range<usize>, rules: &[RuleId], wide: bool) -> Option<&'d Decision> {
        let before = self.decoded.get(span.clone()).unwrap_or_default();
        let place = if self.places.is_empty() { Place { line: 0, column: 0 } } else { self.lines.place(span.start) };
        let fits = |&&at: &&usize| {
            let Decision { rule, before: named, context, .. } = self.decisions[at];
            rule.as_ref().is_none_or(|rule| rules.contains(&rule.as_str()))
                && named.as_ref().map_or(wide, |named| named == before)
                && context.as_ref().is_none_or(|context| stands_in(self.decoded, span.clone(), context))
        };
        let last = |among: Option<&Vec<usize>>| among?.iter().rev().find(fits).copied();
        let of_place = |column| last(self.places.get(&(place.line, column)));
        let found = of_place(Some(place.column)).max(of_place(None)).or_else(|| last(self.forms.get(before)));
        let found = found.or(self.all.filter(|_| wide))?;
        self.used[found] = true;
        Some(self.decisions[found])
    }

    /// Where something was decided to stand instead, whatever the rules do there, in order; none that would cut one of `edits` or meets another.
    fn claims(&mut self, edits: &[Edit]) -> Vec<(Range<usize>, &'d str)> {
        let mut found: Vec<(Range<usize>, usize)> = vec![];
        for (at, decision) in self.decisions.iter().enumerate() {
            if decision.is_place() && decision.decision == Verdict::Replace {
                let span = self.place_of(decision).filter(|span| !cuts(edits, span.start) && !cuts(edits, span.end));
                found.extend(span.map(|span| (span, at)));
            }
        }
        found.sort_by_key(|(span, at)| (span.start, span.end, *at));
        let mut claims: Vec<(Range<usize>, &str)> = vec![];
        for (span, at) in found {
            if claims.last().is_none_or(|(last, _)| last.end <= span.start && *last != span) {
                self.used[at] = true;
                claims.push((span, self.decisions[at].after.as_deref().unwrap_or_default()));
            }
        }
        claims
    }

    /// Where what stands before, by `decision`, stands in the text; `None` where it does not, or in several places.
    fn place_of(&self, decision: &Decision) -> Option<Range<usize>> {
        let line = self.lines.line(decision.line?)?;
        let before = decision.before.as_deref().unwrap_or_default();
        let text = self.decoded.get(line.clone())?;
        let fits = |start: usize| {
            let span = line.start + start..line.start + start + before.len();
            let context = decision.context.as_deref();
            context.is_none_or(|context| stands_in(self.decoded, span.clone(), context)).then_some(span)
        };
        match decision.column {
            Some(column) => {
                let start = self.lines.offset(Place { line: decision.line?, column })? - line.start;
                text[start..].starts_with(before).then(|| fits(start)).flatten()
            }
            None if before.is_empty() => None,
            None => {
                let mut all = text.match_indices(before).filter_map(|(at, _)| fits(at));
                all.next().filter(|_| all.next().is_none())
            }
        }
    }
}

/// Whether `context` stands around what is at `span` of `text`.
fn stands_in(text: &str, span: Range<usize>, context: &str) -> bool {
    let within = &text[span.clone()];
    let mut from = 0;
    while let Some(at) = context.get(from..).and_then(|rest| rest.find(within)).map(|at| from + at) {
        let start = span.start.checked_sub(at);
        if start.and_then(|start| text.get(start..)).is_some_and(|text| text.starts_with(context)) {
            return true;
        }
        let step = context[at..].chars().next().map_or(1, char::len_utf8);
        from = at + step;
    }
    false
}

/// Whether byte `at` stands within a change of `edits`.
fn cuts(edits: &[Edit], at: usize) -> bool {
    let behind = edits.partition_point(|edit| edit.span.end <= at);
    edits
        .get(behind)
        .is_some_and(|edit| edit.span.start < at && !(at - edit.span.start).is_multiple_of(edit.lengths().0))
}

/// The edit by hand that puts `after` at `span`, unless that stands there.
fn by_hand(decoded: &str, span: Range<usize>, after: &str) -> Option<Edit> {
    (decoded.get(span.clone())? != after).then(|| Edit {
        span: Span::from(span),
        replacement: Cow::Owned(after.to_owned()),
        count: 1,
        rule: BY_HAND,
        earlier: vec![],
        safety: Safety::Sure,
    })
}

/// The edits of a text under way.
struct Amending<'d> {
    decoded: &'d str,
    raised: &'d [RuleId],
    index: Index<'d>,
    /// Where something is put by hand: what the rules do there is nothing.
    claims: Vec<(Range<usize>, &'d str)>,
    edits: Vec<Edit>,
    notes: Vec<Note>,
    rejected: bool,
}

impl Amending<'_> {
    /// Takes a change as it is told, which `edits` are: as it was decided as a whole, or else change by change.
    fn take(&mut self, told: &Told<'_>, edits: &[Edit]) {
        let several = told.edits.len() > 1 || told.count > 1;
        let whole = if several { self.index.decided(told.span.range(), &told.rules, false) } else { None };
        if let Some(Decision { decision: Verdict::Replace, after, .. }) = whole {
            return self.replace(told.span.range(), after.as_deref());
        }
        for piece in edits.iter().cloned().flat_map(Edit::pieces) {
            let rules: Vec<RuleId> = piece.rules().collect();
            match whole.or_else(|| self.index.decided(piece.span.range(), &rules, true)) {
                Some(Decision { decision: Verdict::Replace, after, .. }) => {
                    self.replace(piece.span.range(), after.as_deref())
                }
                Some(Decision { decision, .. }) => self.settle(piece, *decision == Verdict::Accept),
                None => {
                    let suggested = self.suggested(&piece, &rules);
                    self.settle(piece, suggested.is_none());
                    self.notes.extend(suggested);
                }
            }
        }
    }

    /// What a change says that was made only because others of its rule were accepted.
    fn suggested(&self, piece: &Edit, rules: &[RuleId]) -> Option<Note> {
        let raised = rules.iter().find(|id| self.raised.contains(id))?;
        let rule = RULES.iter().find(|rule| rule.id == *raised)?;
        let detail = Cause::text(format!("{} → {}", &self.decoded[piece.span.range()], piece.replacement));
        let note = if rule.warns { Note::warning } else { Note::info };
        Some(note(rule.id, At::Decoded(piece.span), detail))
    }

    /// Takes `piece` where it is `kept`, or else what was there; carriage returns end lines as all else does all the same.
    fn settle(&mut self, piece: Edit, kept: bool) {
        let span = piece.span;
        if self.is_claimed(span.range()) {
            return;
        }
        if kept {
            self.edits.push(piece);
            return;
        }
        // What was only suggested was not to be changed anyway.
        self.rejected |= !piece.rules().any(|rule| self.raised.contains(&rule));
        if let Some(kept) = with_line_ends(&self.decoded[span.start..], span.len()) {
            let replacement = Cow::Owned(kept);
            self.edits.push(Edit {
                replacement,
                count: 1,
                rule: LINE_ENDS,
                earlier: vec![],
                safety: Safety::Sure,
                span,
            });
        }
    }

    fn replace(&mut self, span: Range<usize>, after: Option<&str>) {
        if !self.is_claimed(span.clone()) {
            self.edits.extend(by_hand(self.decoded, span, after.unwrap_or_default()));
        }
    }

    /// Whether something is put by hand where `span` is.
    fn is_claimed(&self, span: Range<usize>) -> bool {
        let behind = self.claims.partition_point(|(claim, _)| claim.end < span.end);
        self.claims.get(behind).is_some_and(|(claim, _)| match span.is_empty() {
            true => claim.start < span.start && span.start < claim.end || *claim == span,
            false => claim.start < span.end && span.start < claim.end,
        })
    }
}

/// The first `length` bytes of `text` with LF at its line ends, where that is not what it has. What ends a line together with what follows is nothing.
fn with_line_ends(text: &str, length: usize) -> Option<String> {
    let kept = &text[..length];
    let mut ended = kept.match_indices('\r').peekable();
    ended.peek()?;
    let mut with = String::with_capacity(length);
    let mut done = 0;
    for (at, _) in ended {
        with.push_str(&kept[done..at]);
        done = at + 1;
        let behind = &text[done..];
        if !behind.starts_with('\n') && !behind.starts_with("\r\n") {
            with.push('\n');
        }
    }
    with.push_str(&kept[done..]);
    Some(with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::{FileDecisions, Ledger};
    use crate::normalize::{Rules, Syntax, normalize, replay};

    const TEXT: &str = "他说,好.\r\n你, \"去\"吗,他说,走. \r\n哈,哈,哈,哈.\r\n";

    /// What becomes of [`TEXT`] by `ledger`, and what is told.
    fn amended(ledger: &str) -> (String, Vec<String>, bool) {
        let decisions = Ledger::parse(std::path::Path::new("d.toml"), ledger).unwrap().decisions(Some(0)).unwrap();
        let (rules, raised) = decisions.rules(&Rules::default());
        let normalized = normalize(TEXT, Syntax::Plain, &rules, None);
        let Amended { normalized, notes, as_it_came } = decisions.amend(TEXT, normalized, &raised);
        assert_eq!(replay(TEXT, &normalized.edits), normalized.text);
        (normalized.text, notes.iter().map(|note| note.detail.to_string()).collect(), as_it_came)
    }

    fn of_file(edits: &str) -> (String, Vec<String>, bool) {
        let edits = edits.replace("[edit]", "[[file.edit]]");
        amended(&format!("[[file]]\npath = 'a.txt'\n{edits}"))
    }

    #[test]
    fn a_text_without_edits_is_as_it_came_where_everything_is_rejected() {
        let came = |edits: &str| {
            let ledger = format!("[[file]]\npath = 'a.txt'\n[[file.edit]]\n{edits}");
            let decisions = Ledger::parse(std::path::Path::new("d.toml"), &ledger).unwrap().decisions(Some(0)).unwrap();
            decisions.amend("甲\n乙\n", normalize("甲\n乙\n", Syntax::Plain, &Rules::default(), None), &[]).as_it_came
        };
        assert!(came("decision = 'reject'"));
        assert!(!came("decision = 'accept'") && !came("decision = 'reject'\n[[file.edit]]\ndecision = 'accept'"));
    }

    const MADE: &str = "他说，好。\n你，“去”吗，他说，走。\n哈，哈，哈，哈。\n";

    #[test]
    fn a_place_a_form_a_rule_and_everything_are_rejected() {
        let text = |edits: &str| {
            let (text, told, _) = of_file(edits);
            assert_eq!(told, [""; 0], "{edits}");
            text
        };
        assert_eq!(text("title = 'x'"), MADE);
        let place = "[edit]\nrule = 'half-comma'\nline = 3\ncolumn = 4\nbefore = ','\ndecision = 'reject'";
        assert_eq!(text(place), MADE.replace("哈，哈，哈，哈", "哈，哈,哈，哈"));
        let context = "[edit]\nline = 2\nbefore = ','\ncontext = '吗,他'\ndecision = 'reject'";
        assert_eq!(text(context), MADE.replace("吗，他", "吗,他"));
        // Changes that meet are one place, and each of them one as well.
        assert_eq!(text("[edit]\nline = 2\nbefore = ', \"'\ndecision = 'reject'"), MADE.replace("你，“", "你, \""));
        assert_eq!(text("[edit]\nline = 2\ncolumn = 4\nbefore = '\"'\ndecision = 'reject'"), MADE.replace("“", "\""));
        assert_eq!(text("[edit]\nbefore = '.'\ndecision = 'reject'"), MADE.replace('。', "."));
        assert_eq!(text("[edit]\nrule = 'half-comma'\ndecision = 'reject'").matches(',').count(), 7);
        assert_eq!(text("rules = ['-half-comma']").matches(',').count(), 7);
        for (text, with) in [("甲\r\r\r乙", "甲\n\n\n乙"), ("\r\r\n", "\n"), ("\r\r\r\n\u{c}", "\n\n\u{c}")] {
            assert_eq!(with_line_ends(text, text.len()).as_deref(), Some(with));
        }
        assert_eq!(with_line_ends("\r\n", 1).as_deref(), Some(""));
        let (all, told, as_it_came) = of_file("[edit]\ndecision = 'reject'");
        assert_eq!((all, told, as_it_came), (TEXT.replace("\r\n", "\n"), vec![], true));
    }

    #[test]
    fn the_narrower_decision_holds_and_of_two_the_last() {
        let form = "[edit]\nbefore = ','\ndecision = 'reject'\n";
        let kept = "[edit]\nline = 1\nbefore = ','\ndecision = 'accept'\n";
        for edits in [[form, kept].concat(), [kept, form].concat()] {
            assert!(of_file(&edits).0.starts_with("他说，好。\n你,"), "{edits}");
        }
        let shared = "[[edit]]\nbefore = ','\ndecision = 'reject'\n";
        assert_eq!(amended(shared).0.matches(',').count(), 7, "also without a decision about the file");
        let own = "[[file]]\npath = 'a.txt'\n[[file.edit]]\nbefore = ','\ndecision = 'accept'\n";
        assert_eq!(amended(&[shared, own].concat()).0, MADE);
        let off = "rules = ['-half-comma']\n[edit]\nrule = 'half-comma'\nline = 1\nbefore = ','\ndecision = 'accept'";
        let (text, told, _) = of_file(off);
        assert!(text.starts_with("他说，好。\n你,") && text.matches(',').count() == 6, "{text}");
        assert!(told.iter().all(|told| told == ", → ，"), "{told:?}");
    }

    #[test]
    fn what_a_rule_only_suggests_is_taken_or_refused_and_is_no_change_that_was_taken_back() {
        let text = "他说：“我读过“论语”两遍。”\n";
        let amended = |edits: &str| {
            let ledger = format!("[[file]]\npath = 'a.txt'\n{}", edits.replace("[edit]", "[[file.edit]]"));
            let decisions = Ledger::parse(std::path::Path::new("d.toml"), &ledger).unwrap().decisions(Some(0)).unwrap();
            let (rules, raised) = decisions.rules(&Rules::default());
            let amended = decisions.amend(text, normalize(text, Syntax::Plain, &rules, None), &raised);
            (amended.normalized.text, amended.notes.len(), amended.as_it_came)
        };
        let place = "[edit]\nrule = 'quote-nesting'\nline = 1\nbefore = '”'\ncontext = '论语”两遍'\n";
        let took = |verdict: &str| amended(&format!("{place}decision = '{verdict}'"));
        assert_eq!(took("accept"), (text.replace("语”", "语’"), 1, false), "the other is still suggested");
        assert_eq!(took("reject"), (text.to_owned(), 1, false));
        let form = "[edit]\nrule = 'quote-nesting'\nbefore = '“'\nafter = '《'\ndecision = 'replace'\n";
        assert_eq!(amended(form).0, text.replace("过“", "过《"));
        assert_eq!(amended("[edit]\nrule = 'quote-nesting'\ndecision = 'reject'"), (text.to_owned(), 0, false));
    }

    #[test]
    fn something_else_stands_where_it_was_decided_whatever_the_rules_do_there() {
        let place = "[edit]\nline = 1\nbefore = '说,好.'\nafter = '说：好！'\ndecision = 'replace'";
        assert_eq!(of_file(place).0, MADE.replace("说，好。", "说：好！"));
        let word = "[edit]\nline = 2\nbefore = '走'\nafter = '来'\ndecision = 'replace'";
        assert_eq!(of_file(word).0, MADE.replace('走', "来"));
        let form = "[edit]\nrule = 'half-comma'\nbefore = ','\nafter = '；'\ndecision = 'replace'";
        assert_eq!(of_file(form).0, MADE.replace('，', "；"));
        let put = "[edit]\nline = 1\ncolumn = 1\nbefore = ''\nafter = '“'\ndecision = 'replace'";
        assert_eq!(of_file(put).0, format!("“{MADE}"));
    }

    #[test]
    fn what_no_longer_fits_is_told_and_changes_nothing() {
        for edit in [
            "[edit]\nline = 3\nbefore = ','\ncontext = '说,好'\ndecision = 'reject'",
            "[edit]\nline = 99\nbefore = ','\ndecision = 'accept'",
            "[edit]\nline = 3\nbefore = '哈,'\nafter = '嗨，'\ndecision = 'replace'",
            "[edit]\nbefore = '?'\ndecision = 'reject'",
        ] {
            let (text, told, _) = of_file(edit);
            assert_eq!((text.as_str(), told.len()), (MADE, 1), "{edit}");
        }
    }

    #[test]
    fn a_place_is_known_by_what_stands_around_it() {
        let text = "一二三四五,六七\r\n八";
        assert_eq!(context(text, 15..16), "二三四五,六七");
        assert_eq!(context(text, 0..3), "一二三四五");
        assert!(stands_in("哈哈,哈哈", 6..7, "哈,哈") && !stands_in("哈哈,哈哈", 6..7, "哈,哈哈哈"));
        let file = FileDecisions::new("a.txt");
        assert!(file.is_empty());
    }
}

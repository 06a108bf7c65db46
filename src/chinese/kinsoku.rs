//! What may not stand at an edge of a line (B1–B3), at each of the four levels, by classes; which characters a class has, `class.rs` says.

use super::class::{CLASSES, Class};
use serde::{Deserialize, Serialize};

/// Level of the prohibition rules (B1–B3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kinsoku {
    /// No prohibition.
    None,
    /// Closing marks, pause and stop marks at the start, opening marks at the end.
    Basic,
    /// GB: connectors, middle dot, solidus as well.
    Gb,
    /// Dashes and ellipses as well (B3).
    Strict,
}

/// For each class that a level restricts: the least level at which it may not begin a line, and at which it may not end one.
pub const EDGES: &[(Class, Option<Kinsoku>, Option<Kinsoku>)] = &[
    (Class::Closing, Some(Kinsoku::Basic), None),
    (Class::Pause, Some(Kinsoku::Basic), None),
    (Class::Stop, Some(Kinsoku::Basic), None),
    (Class::WesternClosing, Some(Kinsoku::Basic), None),
    (Class::Opening, None, Some(Kinsoku::Basic)),
    (Class::WesternOpening, None, Some(Kinsoku::Basic)),
    (Class::MiddleDot, Some(Kinsoku::Gb), None),
    (Class::Connector, Some(Kinsoku::Gb), None),
    (Class::Solidus, Some(Kinsoku::Gb), Some(Kinsoku::Gb)),
    (Class::Suffix, Some(Kinsoku::Gb), None),
    (Class::Iteration, Some(Kinsoku::Gb), None),
    (Class::Prefix, None, Some(Kinsoku::Gb)),
    (Class::Dash, Some(Kinsoku::Strict), None),
    (Class::Ellipsis, Some(Kinsoku::Strict), None),
];

/// Whether a line of prohibition level `level` may begin with `class`.
pub fn may_begin(class: Class, level: Kinsoku) -> bool {
    edge(class).0.is_none_or(|least| level < least)
}

/// Whether a line of prohibition level `level` may end with `class`.
pub fn may_end(class: Class, level: Kinsoku) -> bool {
    edge(class).1.is_none_or(|least| level < least)
}

/// The characters with which no line of prohibition level `level` may begin, in order.
pub fn never_first(level: Kinsoku) -> impl Iterator<Item = char> {
    of_classes(move |class| !may_begin(class, level))
}

/// The characters with which no line of prohibition level `level` may end, in order.
pub fn never_last(level: Kinsoku) -> impl Iterator<Item = char> {
    of_classes(move |class| !may_end(class, level))
}

fn of_classes(wanted: impl Fn(Class) -> bool) -> impl Iterator<Item = char> {
    CLASSES.iter().filter(move |&&(.., class)| wanted(class)).flat_map(|&(first, last, _)| first..=last)
}

/// The same by class, which is looked up for every character.
const BY_CLASS: [(Option<Kinsoku>, Option<Kinsoku>); Class::COUNT] = {
    let mut rows = [(None, None); Class::COUNT];
    let mut i = 0;
    while i < EDGES.len() {
        rows[EDGES[i].0 as usize] = (EDGES[i].1, EDGES[i].2);
        i += 1;
    }
    rows
};

fn edge(class: Class) -> (Option<Kinsoku>, Option<Kinsoku>) {
    BY_CLASS[class as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_forbids_what_its_rule_says_b1_b2_b3() {
        use Kinsoku::*;
        for c in "）》，。！？、：；」".chars() {
            let class = Class::of(c);
            assert!(may_begin(class, None) && !may_begin(class, Basic) && !may_begin(class, Strict), "{c}");
            assert!(may_end(class, Strict), "{c}");
        }
        for c in "·－～／%々".chars() {
            let class = Class::of(c);
            assert!(may_begin(class, Basic) && !may_begin(class, Gb), "{c}");
        }
        for c in "（《“￥／".chars() {
            assert!(!may_end(Class::of(c), Gb), "{c}");
        }
        for c in "—…".chars() {
            assert!(may_begin(Class::of(c), Gb) && !may_begin(Class::of(c), Strict), "{c}");
        }
        assert!(may_begin(Class::Han, Strict) && may_end(Class::Han, Strict));
    }
}

//! The table of weights: bits that a fact speaks for or against each form, and for a join.

use super::form::{FORMS, Form};
use super::group::{self, FACTS, Fact, LINE_FACTS};
use std::fmt;
use std::sync::LazyLock;

/// The kinds of text whose lines are joined by weights of their own.
pub(super) const SCRIPTS: [&str; 2] = ["chinese", "foreign"];

/// What a change of form costs, in bits, and how evidence becomes probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// Between two lines.
    pub change: f32,
    /// Across a blank line.
    pub blank: f32,
    /// How much less each way into and out of a form of single lines.
    pub single: f32,
    /// A further title or head in the next line.
    pub stay: f32,
    /// Evidence counts by this factor, because facts overlap.
    pub scale: f32,
    /// No line speaks against a form by more than this.
    pub floor: f32,
    /// The probability from which on two lines are joined.
    pub join: f32,
    /// The same where the text as a whole proves its measure, and the first of them is full.
    pub measured: f32,
}

/// The names of the prices, in order.
const PRICES: [&str; 8] = ["change", "blank", "single", "stay", "scale", "floor", "join", "measured"];

impl Default for Prices {
    fn default() -> Self {
        Prices { change: 7.0, blank: 3.0, single: 2.0, stay: 1.0, scale: 0.5, floor: 9.0, join: 0.7, measured: 0.2 }
    }
}

impl Prices {
    fn values(&mut self) -> [&mut f32; 8] {
        [
            &mut self.change,
            &mut self.blank,
            &mut self.single,
            &mut self.stay,
            &mut self.scale,
            &mut self.floor,
            &mut self.join,
            &mut self.measured,
        ]
    }
}

/// Every weight, in bits.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Of each fact of a line, for each form.
    pub forms: Vec<[f32; FORMS]>,
    /// Of each fact of a pair of lines: for a join in Chinese text and in other languages.
    pub joins: Vec<[f32; 2]>,
    /// What changes cost.
    pub prices: Prices,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            forms: vec![[0.0; FORMS]; LINE_FACTS],
            joins: vec![[0.0; 2]; FACTS - LINE_FACTS],
            prices: Prices::default(),
        }
    }
}

impl Weights {
    /// Those that are built in: `weights.tsv` by number, since reading its names took longer than surveying an article
    /// (`BLESS=1 cargo test --test weights` makes it anew).
    pub fn built_in() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::of_numbers(include_bytes!("weights.bin")));
        &WEIGHTS
    }

    /// Those that [`Weights::numbers`] gave.
    fn of_numbers(numbers: &[u8]) -> Weights {
        let mut cells = numbers.as_chunks().0.iter().map(|&cell| f32::from(i16::from_le_bytes(cell)) / 10.0);
        let mut weights = Weights::default();
        weights.cells().zip(&mut cells).for_each(|(cell, bits)| *cell = bits);
        weights
    }

    /// All bits in the order of the table, in tenths, two bytes each.
    pub fn numbers(&self) -> Vec<u8> {
        self.clone().cells().flat_map(|bits| ((*bits * 10.0).round() as i16).to_le_bytes()).collect()
    }

    fn cells(&mut self) -> impl Iterator<Item = &mut f32> {
        let Weights { forms, joins, prices } = self;
        forms.iter_mut().flatten().chain(joins.iter_mut().flatten()).chain(prices.values())
    }

    /// Reads a table: the name of a fact or a price, then its bits; in the order of the facts, prices last.
    pub fn read(table: &str) -> Weights {
        // The rows are in the order of the facts; of some there is none.
        let mut facts = (0..FACTS as Fact).map(|fact| (group::name(fact), fact));
        let mut weights = Weights::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let mut bits = cells.map(number);
            if let Some(at) = name.strip_prefix("price.").and_then(|n| PRICES.iter().position(|price| *price == n)) {
                *weights.prices.values()[at] = bits.next().unwrap_or(0.0);
            } else if let Some((_, fact)) = facts.find(|(fact, _)| fact == name) {
                let fact = usize::from(fact);
                let row: &mut [f32] = match fact.checked_sub(LINE_FACTS) {
                    None => &mut weights.forms[fact],
                    Some(pair) => &mut weights.joins[pair],
                };
                row.iter_mut().zip(&mut bits).for_each(|(cell, bits)| *cell = bits);
            }
        }
        weights
    }

    /// The bits of these facts for each form.
    pub(super) fn of(&self, facts: &[Fact]) -> [f32; FORMS] {
        let mut bits = [0.0; FORMS];
        for row in facts.iter().filter_map(|&fact| self.forms.get(usize::from(fact))) {
            bits.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        bits
    }

    /// The bits of these facts of a pair for a join, in Chinese text or another.
    pub(super) fn join(&self, facts: &[Fact], foreign: bool) -> f32 {
        let row = |&fact: &Fact| self.joins.get(usize::from(fact) - LINE_FACTS);
        facts.iter().filter_map(row).map(|row| row[usize::from(foreign)]).sum()
    }
}

/// A cell: a number with one decimal at most, as the table has them; nothing is 0.
fn number(cell: &str) -> f32 {
    let (sign, digits) = cell.strip_prefix('-').map_or((1.0, cell), |digits| (-1.0, digits));
    let (mut tenths, mut point) = (0u16, false);
    for b in digits.bytes() {
        match b {
            b'0'..=b'9' => tenths = tenths.saturating_mul(10).saturating_add(u16::from(b - b'0')),
            _ => point = b == b'.',
        }
    }
    sign * f32::from(tenths) / if point { 10.0 } else { 1.0 }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, name: &str, bits: &[f32]| {
            let cells: Vec<String> = bits
                .iter()
                .map(|bits| (bits * 10.0).round() as i32)
                .map(|tenths| if tenths == 0 { String::new() } else { format!("{}", f64::from(tenths) / 10.0) })
                .collect();
            if cells.iter().all(String::is_empty) { Ok(()) } else { writeln!(f, "{name}\t{}", cells.join("\t")) }
        };
        writeln!(f, "# line\t{}", Form::ALL.map(Form::name).join("\t"))?;
        for (fact, bits) in self.forms.iter().enumerate() {
            row(f, &group::name(fact as Fact), bits)?;
        }
        writeln!(f, "# pair\t{}", SCRIPTS.join("\t"))?;
        for (fact, bits) in self.joins.iter().enumerate() {
            row(f, &group::name((LINE_FACTS + fact) as Fact), bits)?;
        }
        writeln!(f, "# price\tbits")?;
        let mut prices = self.prices;
        PRICES.iter().zip(prices.values()).try_for_each(|(name, value)| writeln!(f, "price.{name}\t{value}"))
    }
}

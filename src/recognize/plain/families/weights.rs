//! The table of weights: bits that a fact speaks for a heading, or for being the title.

use super::fact::{self, FACTS, Fact};
use std::fmt;
use std::sync::LazyLock;

/// Every weight, in bits, by fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(pub Vec<f32>);

impl Default for Weights {
    fn default() -> Self {
        Weights(vec![0.0; FACTS])
    }
}

impl Weights {
    /// Those that are built in: `weights.tsv` by number, since reading its names took longer than reading an article
    /// (`BLESS=1 cargo test --test weights` makes it anew).
    pub fn built_in() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::of_numbers(include_bytes!("weights.bin")));
        &WEIGHTS
    }

    /// Those that [`Weights::numbers`] gave.
    fn of_numbers(numbers: &[u8]) -> Weights {
        Weights(numbers.as_chunks().0.iter().map(|&cell| f32::from(i16::from_le_bytes(cell)) / 100.0).collect())
    }

    /// The bits of all facts in their order, in hundredths, two bytes each.
    pub fn numbers(&self) -> Vec<u8> {
        self.0.iter().flat_map(|bits| ((bits * 100.0).round() as i16).to_le_bytes()).collect()
    }

    /// Reads a table: the name of a fact, then its bits; rows of unknown names say nothing.
    pub fn read(table: &str) -> Weights {
        let mut weights = Weights::default();
        let names = fact::Names::new();
        for (name, bits) in table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
        {
            if let (Some(fact), Ok(bits)) = (names.fact(name), bits.trim().parse()) {
                weights.0[usize::from(fact)] = bits;
            }
        }
        weights
    }

    /// The bits of a fact.
    #[inline]
    pub fn of(&self, fact: Fact) -> f32 {
        self.0.get(usize::from(fact)).copied().unwrap_or(0.0)
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (fact, bits) in self.0.iter().enumerate() {
            let hundredths = (bits * 100.0).round() as i32;
            if hundredths != 0 {
                writeln!(f, "{}\t{}", fact::name(fact as Fact), f64::from(hundredths) / 100.0)?;
            }
        }
        Ok(())
    }
}

//! A ledger: a table that fills in a printed form, its columns of given widths and everything between rules.

use crate::unit::Unit;

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Widths of the columns, from rule to rule.
    pub widths: Vec<Unit>,
    /// Least height of a row.
    pub row: Unit,
    /// Height of the head, and the size of its type.
    pub head: (Unit, Unit),
    /// Between a rule and the text beside it.
    pub inset: Unit,
}

impl Ledger {
    /// Whether a table of so many columns is one.
    pub fn fits(&self, columns: usize) -> bool {
        self.widths.len() == columns
    }

    /// Left edge and width of the text of each column.
    pub fn columns(&self) -> impl Iterator<Item = (Unit, Unit)> + '_ {
        self.edges().zip(&self.widths).map(|(x, &width)| (x + self.inset, width - self.inset * 2))
    }

    /// The left edges of the columns, and the right edge of the last.
    pub fn edges(&self) -> impl Iterator<Item = Unit> + '_ {
        let mut x = Unit::ZERO;
        let after = self.widths.iter().map(move |&width| {
            x += width;
            x
        });
        std::iter::once(Unit::ZERO).chain(after)
    }
}

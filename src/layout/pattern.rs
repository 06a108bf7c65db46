//! Patterns of squares, as in a QR code.

use super::flow::Flow;
use super::page::Rule;
use super::slug::Slug;
use crate::unit::Unit;

/// Side of a square: what a telephone still reads from paper.
const SIDE: Unit = Unit(2_000);
/// How much higher a square is, so that no seam shows between rows.
const OVERLAP: Unit = Unit(20);
/// White around it, in squares (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

impl Flow<'_> {
    /// Prints a pattern of squares, dark where true, in the middle of the column; nothing where there is none.
    pub fn pattern(&mut self, rows: &[Vec<bool>]) {
        if rows.is_empty() {
            return;
        }
        let side = SIDE * rows.len() as i32;
        let left = (self.measure - side) / 2;
        let mut rules = vec![];
        for (r, row) in rows.iter().enumerate() {
            let mut at = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    let (x, y) = (left + SIDE * at, SIDE * r as i32);
                    rules.push(Rule::bar(x, y, SIDE * run.len() as i32, SIDE + OVERLAP));
                }
                at += run.len() as i32;
            }
        }
        self.push(Slug { rules, height: side + SIDE * QUIET, before: SIDE * QUIET, ..Slug::default() });
    }
}

//! Tables that are tables, told from those that only put things in their places.

use super::tree::{Event, Page, is_unseen};
use crate::document::{HtmlBlock, Sense};
use std::collections::{HashMap, HashSet};

/// The most that a cell says, in characters: what says more is a column of a page.
const CELL: usize = 300;
/// The most lines of a cell.
const LINES: usize = 8;

/// What is known of a table that is open.
#[derive(Default)]
struct Shape {
    index: usize,
    /// Cells of each row, and how many of all have text.
    rows: Vec<usize>,
    filled: usize,
    /// What the open cell says, and in how many lines.
    chars: usize,
    lines: usize,
    /// Whether it holds what no cell of a table does, or only a part of it belongs to the article.
    other: bool,
}

impl Shape {
    fn end_cell(&mut self) {
        self.filled += usize::from(self.chars > 0);
        self.other |= self.chars > CELL || self.lines > LINES;
        (self.chars, self.lines) = (0, 0);
    }

    fn is_table(&self) -> bool {
        let wide = self.rows.iter().filter(|&&cells| cells > 1).count();
        let cells: usize = self.rows.iter().sum();
        !self.other && wide > 1 && wide * 2 > self.rows.len() && self.filled * 2 >= cells
    }
}

/// For each element whether it stands in a table that says something, and does not only lead about.
pub fn that_say(page: &Page) -> Vec<bool> {
    let tables = tables(page, &|_| true);
    let mut leads: Vec<usize> = vec![];
    let mut said: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut open: Vec<usize> = vec![];
    for event in &page.events {
        match event {
            Event::Open(index) => match page.elements[*index].sense {
                Sense::Anchor => leads.push(*index),
                _ if tables.contains(index) => open.push(*index),
                _ => {}
            },
            Event::Close(index) => {
                leads.pop_if(|last| last == index);
                open.pop_if(|last| last == index);
            }
            Event::Text(range) => {
                let Some(table) = open.last() else { continue };
                let chars = page.text[range.clone()].chars().filter(|c| !c.is_whitespace()).count();
                let (all, linked) = said.entry(*table).or_default();
                *all += chars;
                *linked += if leads.is_empty() { 0 } else { chars };
            }
            Event::Break | Event::Rule | Event::Picture(_) => {}
        }
    }
    let says = |index: usize| said.get(&index).is_some_and(|(all, linked)| linked * 2 < *all);
    let mut within: Vec<bool> = Vec::with_capacity(page.elements.len());
    for (index, element) in page.elements.iter().enumerate() {
        let outer = within.get(element.parent).copied().unwrap_or_default();
        within.push(outer || says(index));
    }
    within
}

/// The elements that are tables of the article, of which `kept` tells which events belong to it.
pub fn tables(page: &Page, kept: &impl Fn(usize) -> bool) -> HashSet<usize> {
    let mut tables = HashSet::new();
    let mut open: Vec<Shape> = vec![];
    let mut unseen = 0usize;
    for (at, event) in page.events.iter().enumerate() {
        match event {
            Event::Open(index) => {
                let element = &page.elements[*index];
                unseen += usize::from(is_unseen(element));
                match element.sense {
                    Sense::Block(HtmlBlock::Table) => {
                        open.iter_mut().for_each(|outer| outer.other = true);
                        open.push(Shape { index: *index, ..Shape::default() });
                    }
                    Sense::Block(block) => {
                        let Some(shape) = open.last_mut() else { continue };
                        match block {
                            HtmlBlock::Row => shape.rows.push(0),
                            HtmlBlock::Cell | HtmlBlock::Head => match shape.rows.last_mut() {
                                Some(cells) => *cells += 1,
                                None => shape.rows.push(1),
                            },
                            HtmlBlock::Paragraph => shape.lines += 1,
                            HtmlBlock::Heading(_) | HtmlBlock::List { .. } | HtmlBlock::Quote | HtmlBlock::Verbatim => {
                                shape.other = true
                            }
                            HtmlBlock::Item | HtmlBlock::Table => {}
                        }
                    }
                    _ => {}
                }
            }
            Event::Close(index) => {
                let element = &page.elements[*index];
                unseen = unseen.saturating_sub(usize::from(is_unseen(element)));
                match element.sense {
                    Sense::Block(HtmlBlock::Cell | HtmlBlock::Head) => {
                        open.last_mut().into_iter().for_each(Shape::end_cell)
                    }
                    Sense::Block(HtmlBlock::Table) => {
                        if let Some(shape) = open.pop().filter(Shape::is_table) {
                            tables.insert(shape.index);
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(range) if unseen == 0 => {
                let Some(shape) = open.last_mut() else { continue };
                let chars = page.text[range.clone()].chars().filter(|c| !c.is_whitespace()).count();
                shape.chars += chars;
                shape.other |= chars > 0 && !kept(at);
            }
            Event::Break => open.last_mut().into_iter().for_each(|shape| shape.lines += 1),
            Event::Rule => open.last_mut().into_iter().for_each(|shape| shape.other = true),
            Event::Text(_) | Event::Picture(_) => {}
        }
    }
    tables
}

//! A slug: what stands in one line of a column, and may not be parted between pages.

use super::page::{Line, Picture, Rule};
use crate::unit::Unit;

/// A line of text, or the row of a table. Places are from the left edge of the column and the top of the slug.
#[derive(Debug, Clone, Default)]
pub struct Slug {
    /// What it shows.
    pub lines: Vec<Line>,
    /// Rules that belong to it.
    pub rules: Vec<Rule>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// Its height.
    pub height: Unit,
    /// Space above it, which falls away at the top of a page.
    pub before: Unit,
    /// Whether it stands on the grid of body lines (E1).
    pub on_grid: bool,
    /// Whether it stays on the page of the slug before it (E2, E3).
    pub kept: bool,
    /// Whether it begins a page.
    pub begins_page: bool,
    /// Whether that page is a right-hand one where pages are mirrored: the first slug of a part.
    pub begins_recto: bool,
    /// Whether it stands across all columns of the page.
    pub spans: bool,
    /// Notes that it refers to.
    pub notes: Vec<usize>,
    /// The table head to be repeated when a page begins with it.
    pub head: Option<usize>,
    /// Whether it is part of the record of printing, and begins one of its entries.
    pub record: Option<bool>,
    /// Index in the outline, for the first line of a heading.
    pub heading: Option<usize>,
}

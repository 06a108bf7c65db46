//! A slug: what stands in one line of a column, and may not be parted between pages.

use super::office::record::Part;
use super::page::{Line, Means, Owner, Picture, Rule};
use super::paragraph::Strip;
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
    /// Whether the grid of its page begins where it ends: the head of an official document.
    pub begins_grid: bool,
    /// Whether it stays on the page of the slug before it (E2, E3).
    pub kept: bool,
    /// Whether it begins a page though it is kept, where what stays together is longer than a page: it is below a line that keeps to the
    /// heading above.
    pub yields: bool,
    /// Whether its page is to show it, whatever it should stay with: the first line of the text of an official document (GB/T 9704 7.3.3).
    pub first_text: bool,
    /// How much of the space above it may fall away where its page has too little room (7.3.5.5).
    pub spare: Unit,
    /// Whether it begins a page.
    pub begins_page: bool,
    /// Whether that page is a right-hand one where pages are mirrored: the first slug of a part.
    pub begins_recto: bool,
    /// Whether it stands across all columns of the page.
    pub spans: bool,
    /// Whether it stands on a page that is turned: a table too wide for the others.
    pub turned: bool,
    /// Notes that it refers to.
    pub notes: Vec<usize>,
    /// The table head to be repeated when a page begins with it.
    pub head: Option<usize>,
    /// What it is in the record of printing, if it is part of it.
    pub record: Option<Part>,
    /// Index in the outline, for the first line of a heading.
    pub heading: Option<usize>,
}

impl Slug {
    /// The same as an artifact: it is printed, and no part of the text.
    pub fn printed(mut self) -> Self {
        for line in &mut self.lines {
            line.owner = Owner::Artifact;
            for run in &mut line.runs {
                run.element = None;
                run.means = match run.means {
                    Means::Text | Means::Nothing => Means::Nothing,
                    Means::Drawn => Means::Drawn,
                    Means::Unseen => Means::Unseen,
                    Means::Told => Means::Told,
                    Means::CodePoint(c) => Means::CodePoint(c),
                };
            }
        }
        self
    }

    /// The same where it is not to be seen: its text is there, and takes no room.
    pub fn unseen(mut self) -> Self {
        for line in &mut self.lines {
            line.baseline = Unit::ZERO;
            line.runs.retain(|run| run.means != Means::Drawn && run.means != Means::Nothing);
            for run in line.runs.iter_mut().filter(|run| run.means == Means::Text) {
                run.means = Means::Unseen;
            }
        }
        Slug { lines: self.lines, notes: self.notes, ..Slug::default() }
    }

    /// Adds what is not seen of `slug`.
    pub fn carry(&mut self, slug: Slug) {
        self.lines.extend(slug.lines);
        self.notes.extend(slug.notes);
    }

    /// Adds what stands on `strip`, its top at `top`.
    pub fn take(&mut self, strip: Strip, top: Unit) {
        let Strip { line, rules, pictures, notes, .. } = strip;
        self.rules.extend(rules.into_iter().map(|rule| Rule { y: rule.y + top, ..rule }));
        self.pictures.extend(pictures.into_iter().map(|picture| Picture { y: picture.y + top, ..picture }));
        self.notes.extend(notes);
        if !line.runs.is_empty() {
            self.lines.push(Line { baseline: line.baseline + top, ..line });
        }
    }

    /// Adds `room` above what it shows, that does not fall away at the top of a page.
    pub fn lower(&mut self, room: Unit) {
        self.height += room;
        self.lines.iter_mut().for_each(|line| line.baseline += room);
        self.rules.iter_mut().for_each(|rule| rule.y += room);
        self.pictures.iter_mut().for_each(|picture| picture.y += room);
    }
}

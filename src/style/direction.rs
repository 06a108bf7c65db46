//! Which way lines run, and what is particular to vertical ones.

use super::length::em;
use super::{Colour, PageStyle, Style};
use crate::lang::{Language, Region};
use crate::unit::Unit;
use serde::{Deserialize, Serialize};

/// Which way lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From left to right, the next one below.
    #[default]
    Horizontal,
    /// Down, the next one at the left; pages from right to left.
    Vertical,
}

/// Where pause and stop marks stand in their places, and in vertical lines with it which quotation marks are the outer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marks {
    /// In the corner, as on the mainland: the lower left one, in vertical lines the upper right one; the outer quotation marks are double.
    #[default]
    Corner,
    /// In the middle, as in Taiwan and Hong Kong; the outer quotation marks are single.
    Middle,
}

/// What stands round the columns of a page (版框).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Border {
    /// Nothing.
    #[default]
    None,
    /// One rule (單邊).
    Single,
    /// A thin rule within a thick one at the left and the right (左右雙邊).
    Sides,
    /// The same on all sides (四周雙邊).
    Double,
}

/// The strip where the leaf of an old book is folded (版心), of which each page shows its half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fold {
    /// There is none.
    #[default]
    None,
    /// Nothing above and below what stands in it (白口).
    White,
    /// A thin line there (細黑口).
    Thin,
    /// A thick one (大黑口).
    Thick,
}

/// The fish tails in that strip (鱼尾).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FishTail {
    /// Black.
    #[default]
    Black,
    /// White: an outline.
    White,
}

/// What becomes of pause and stop marks, and of quotation marks, in vertical lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judou {
    /// They stand in the column.
    #[default]
    Set,
    /// Stops are small circles, pauses small dots at the right of the characters (圈点); other marks are not seen.
    Beside,
    /// None is seen (白文).
    Hidden,
}

/// How vertical text is set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Vertical {
    /// Where pause and stop marks stand.
    pub marks: Marks,
    /// What becomes of them.
    pub judou: Judou,
    /// Numbers of up to so many digits stand side by side in one place (纵中横); 1 for none.
    pub abreast: i32,
    /// Up to so many capitals stand upright, each in a place of its own.
    pub capitals: i32,
    /// What stands round the columns of a page.
    pub border: Border,
    /// Whether there is a thin rule between columns (界行).
    pub ruled: bool,
    /// The strip where the leaf is folded.
    pub fold: Fold,
    /// Its width, in thousandths of a column.
    #[serde(deserialize_with = "em")]
    pub fold_width: i32,
    /// How many fish tails it has: none, one above, or another one below that faces it.
    pub fish_tails: i32,
    /// What they are like.
    pub fish_tail: FishTail,
    /// Whether running heads stand upright, in a column beside the type area; else level above it.
    pub upright_head: bool,
    /// Whether the words that lead to the wish at the end of a letter (此致) stand at the foot of their column.
    pub closing_at_foot: bool,
    /// The colour of these rules, where it is not black.
    pub rule_colour: Option<Colour>,
}

impl Default for Vertical {
    fn default() -> Self {
        Vertical {
            marks: Marks::Corner,
            judou: Judou::Set,
            abreast: 2,
            capitals: 3,
            border: Border::None,
            ruled: false,
            fold: Fold::None,
            fold_width: 600,
            fish_tails: 1,
            fish_tail: FishTail::Black,
            upright_head: false,
            closing_at_foot: false,
            rule_colour: None,
        }
    }
}

impl PageStyle {
    /// Lays a page that stands on its side, and stands up one that lies.
    pub(super) fn turn(&mut self) {
        (self.width, self.height) = (self.height, self.width);
        (self.top, self.inside) = (self.inside, self.top);
    }
}

impl Style {
    /// Where pause and stop marks stand: in vertical lines where it says, in others where the region of the text has them.
    pub fn places_of_marks(&self) -> Marks {
        if self.is_vertical() { self.vertical.marks } else { self.marks }
    }

    /// The same for a text in `language`.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Style {
        self.marks = match language {
            Language::ZhHant(Region::Taiwan | Region::HongKong) => Marks::Middle,
            Language::ZhHans | Language::ZhHant(Region::Mainland) => Marks::Corner,
            Language::Ja | Language::Ko | Language::En => Marks::Corner,
        };
        self
    }

    /// Width of the strip where the leaf is folded.
    pub fn fold_width(&self) -> Unit {
        let folded = self.is_vertical() && self.vertical.fold != Fold::None;
        if folded { self.pitch.em(self.vertical.fold_width) } else { Unit::ZERO }
    }

    /// Whether the words that lead to the wish at the end of a letter stand at the foot of their column.
    pub fn closes_at_foot(&self) -> bool {
        self.is_vertical() && self.vertical.closing_at_foot
    }

    /// Whether its lines are vertical.
    pub fn is_vertical(&self) -> bool {
        self.direction == Direction::Vertical
    }

    /// The page on its side where its lines are vertical, so that they are as horizontal ones: the upper edge of the paper is at the left, the
    /// right one at the top.
    #[must_use]
    pub fn on_side(&self) -> Style {
        let mut style = self.clone();
        if self.is_vertical() {
            style.page.turn();
        }
        style
    }

    /// A style for horizontal lines on the type area of this one.
    #[must_use]
    pub fn level(&self) -> Style {
        if !self.is_vertical() {
            return self.clone();
        }
        let (width, height) = (self.pitch * self.page.lines, self.area());
        let mut style = self.clone();
        style.direction = Direction::Horizontal;
        let page = &mut style.page;
        page.columns = 1;
        page.line_width = Some(width);
        page.measure = (width.0 / self.body.size.0.max(1)).max(1);
        page.lines = (height.0 / self.pitch.0.max(1)).max(1);
        // Bound at the right; where the margins change places, it stands in the middle.
        let outside = page.width - page.inside - width;
        page.inside = if page.mirrored { (page.width - width) / 2 } else { outside };
        page.mirrored = false;
        style.pitch = height / style.page.lines;
        style
    }
}

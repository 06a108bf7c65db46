//! Proofs: the width at which lines were wrapped, and whether indents mark paragraphs.

use super::line::{End, Line};

/// Widths beyond this are no wraps.
const WIDEST: usize = 130;
/// Nor are narrower ones.
const NARROWEST: usize = 16;
/// The wide neighbourhood is proved anew every so many lines …
const STEP: usize = 24;
/// … from the lines of the step and so many on either side.
const HALF: usize = 40;
/// Fewest lines without a blank line between them that prove a width of their own.
const RUN: usize = 5;
/// Most lines of such a run.
const LONGEST_RUN: usize = 60;
/// Where the run is shorter, so many lines on either side.
const NEAR: usize = 6;
/// Lines with fewer Han (keys, signatures, links) say nothing about the width.
const HAN_SHARE: f32 = 0.2;

/// What a window says about the width at which its lines were wrapped.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Proof {
    /// The width, in columns.
    pub(super) width: usize,
    /// The share of lines that are full.
    pub(super) full: f32,
    /// The share of lines that stick out.
    pub(super) over: f32,
    /// How many lines were counted.
    pub(super) lines: usize,
}

/// Whether indents mark paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Marked {
    /// What begins is indented, what continues is not.
    Indented,
    /// What begins is not indented either.
    Flush,
    /// Not to be told.
    #[default]
    Unproved,
}

/// What the neighbourhood of a line says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    pub(super) wide: Proof,
    pub(super) near: Proof,
    /// The share of lines that end a sentence.
    pub(super) stops: f32,
    /// How many ends of sentences there are within a line.
    pub(super) inner: f32,
    /// The longest line by the width.
    pub(super) longest: f32,
    /// The share of lines without indent.
    pub(super) flush: f32,
    pub(super) marked: Marked,
    /// The indent of lines that continue.
    pub(super) base: usize,
    pub(super) run: Run,
}

/// The lines around a line up to the next blank line on either side.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    /// The share of lines that end a sentence.
    pub(super) stops: f32,
    /// Whether the last of them does.
    pub(super) closed: bool,
}

/// The width that explains best how the lines of `window` end: many just below it, few beyond.
fn proof(window: &[Line<'_>]) -> Proof {
    let mut counts = [0u32; WIDEST + 2];
    let mut all = 0;
    for line in window.iter().filter(|line| line.han_share > HAN_SHARE || line.counts.kana * 4 > line.chars) {
        counts[line.width.min(WIDEST + 1)] += 1;
        all += 1;
    }
    if all == 0 {
        // Without Han every line counts: text in other languages is wrapped as well.
        for line in window {
            counts[line.width.min(WIDEST + 1)] += 1;
            all += 1;
        }
    }
    let (mut best, mut found) = (f32::NEG_INFINITY, None);
    let mut below = counts[..NARROWEST].iter().sum::<u32>();
    for width in NARROWEST..=WIDEST {
        below += counts[width];
        if counts[width] == 0 {
            continue;
        }
        // Marks that may not begin a line and words that may not be parted leave it short.
        let full = counts[width] as f32
            + counts[width - 1] as f32
            + counts[width - 2] as f32 * 0.8
            + counts[width - 3] as f32 * 0.5;
        let over = (all - below) as f32;
        let score = full - 2.5 * over;
        if score >= best {
            best = score;
            found = Some((width, full, over));
        }
    }
    let share = 1.0 / all.max(1) as f32;
    match found {
        Some((width, full, over)) => Proof { width, full: full * share, over: over * share, lines: all as usize },
        None => Proof {
            width: counts.iter().rposition(|&n| n > 0).unwrap_or(80).max(1),
            full: 0.0,
            over: 0.0,
            lines: all as usize,
        },
    }
}

/// Whether indents mark paragraphs in `window`, whose lines are wrapped at `width`, and the indent of what continues.
///
/// What follows a full line that ends no sentence surely continues, what follows a short or a blank line surely begins.
fn marks(window: &[Line<'_>], width: usize) -> (Marked, usize) {
    const DEEPEST: usize = 40;
    let mut continued = [0usize; DEEPEST + 1];
    let mut begun = [0usize; DEEPEST + 1];
    for pair in window.windows(2) {
        let (above, below) = (&pair[0], &pair[1]);
        let indent = below.indent.min(DEEPEST);
        if below.blank || above.width + 8 < width {
            begun[indent] += 1;
        } else if above.width + 3 >= width && !above.stops && matches!(above.end, End::HAN | End::COMMA) {
            continued[indent] += 1;
        }
    }
    let (all, new): (usize, usize) = (continued.iter().sum(), begun.iter().sum());
    if all < 3 || new < 3 {
        return (Marked::Unproved, 0);
    }
    let base = (0..=DEEPEST).max_by_key(|&i| (continued[i], DEEPEST - i)).unwrap_or(0);
    if continued[base] * 20 < all * 17 {
        return (Marked::Unproved, base);
    }
    let deeper: usize = begun[base + 1..].iter().sum();
    let marked = match deeper * 10 {
        n if n >= new * 8 => Marked::Indented,
        n if n <= new * 2 => Marked::Flush,
        _ => Marked::Unproved,
    };
    (marked, base)
}

/// What the neighbourhood of every line says.
pub(super) fn around(lines: &[Line<'_>]) -> Vec<Around> {
    let mut all = Vec::with_capacity(lines.len());
    for at in (0..lines.len()).step_by(STEP) {
        let window = &lines[at.saturating_sub(HALF)..(at + STEP + HALF).min(lines.len())];
        let wide = proof(window);
        let (marked, base) = marks(window, wide.width);
        let longest = window.iter().map(|line| line.width).max().unwrap_or(0);
        let text = || window.iter().filter(|line| line.han > 3);
        let share = 1.0 / text().count().max(1) as f32;
        let one = Around {
            wide,
            near: Proof::default(),
            stops: text().filter(|line| line.stops).count() as f32 * share,
            inner: text().map(|line| line.inner).sum::<usize>() as f32 * share,
            longest: longest as f32 / wide.width as f32,
            flush: text().filter(|line| line.indent == 0).count() as f32 * share,
            marked,
            base,
            run: Run::default(),
        };
        all.extend(std::iter::repeat_n(one, STEP.min(lines.len() - at)));
    }
    let mut at = 0;
    while at < lines.len() {
        let run = lines[at + 1..].iter().take(LONGEST_RUN - 1).take_while(|line| !line.blank).count() + 1;
        let block = &lines[at..at + run];
        let stops = block.iter().filter(|line| line.stops).count() as f32 / run as f32;
        let closed = block.last().is_some_and(|line| line.stops);
        all[at..at + run].iter_mut().for_each(|one| one.run = Run { stops, closed });
        if run >= RUN {
            let near = proof(&lines[at..at + run]);
            all[at..at + run].iter_mut().for_each(|one| one.near = near);
        } else {
            for i in at..at + run {
                // What is left of a long run goes with it.
                all[i].near = if i > 0 && !lines[i].blank {
                    all[i - 1].near
                } else {
                    proof(&lines[i.saturating_sub(NEAR)..(i + NEAR + 1).min(lines.len())])
                };
            }
        }
        at += run;
    }
    all
}

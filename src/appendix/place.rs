//! Where a place of the text was printed.

use crate::layout::{Layout, Owner};

/// A line of a page, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Printed {
    /// Index of the page.
    pub page: usize,
    /// The line, counted from 1 from the top of the page; lines side by side (cells, columns) are one.
    pub line: usize,
}

/// The printed lines of a layout by the text that they set.
pub struct Places(Vec<(usize, Printed)>);

impl Places {
    /// Indexes `layout`.
    pub fn of(layout: &Layout) -> Self {
        let mut places = vec![];
        for (page, content) in layout.pages.iter().enumerate() {
            let lines = content.lines.iter().filter(|line| match line.owner {
                Owner::Element(element) => !layout.is_apart(element),
                Owner::Artifact => false,
            });
            let mut heights: Vec<_> = lines.clone().map(|line| line.baseline).collect();
            heights.sort_unstable();
            heights.dedup();
            let numbered = lines.filter(|line| !line.span.is_empty()).map(|line| {
                let line_number = heights.partition_point(|height| *height < line.baseline) + 1;
                (line.span.start, Printed { page, line: line_number })
            });
            places.extend(numbered);
        }
        places.sort_unstable();
        Places(places)
    }

    /// Where byte `offset` of the normalized text was printed; what was not printed belongs to the line before it.
    pub fn find(&self, offset: usize) -> Printed {
        let after = self.0.partition_point(|(start, _)| *start <= offset);
        let place = self.0.get(after.saturating_sub(1));
        place.map_or(Printed { page: 0, line: 1 }, |(_, printed)| *printed)
    }
}

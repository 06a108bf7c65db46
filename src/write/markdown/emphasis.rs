//! Signs of emphasis that CommonMark takes for such next to Chinese marks.
//!
//! `**“甲”**乙` is no emphasis: a closing sign after punctuation must be followed by a space or punctuation, and the Han character 乙
//! is neither. The rule looks at the source, though, so the neighbour written as a character reference is punctuation at both its
//! ends: `**“甲”**&#20057;`. Nothing is added to the text, and every parser agrees.

/// How a stretch of emphasis is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `*` and `**`.
    Star,
    /// `_` and `__`, where a `*` would touch or close another.
    Underscore,
    /// `<em>` and `<strong>`, where both would.
    Html,
}

impl Mark {
    /// The first that is in neither of `taken`.
    pub fn choose(taken: &[Option<Mark>]) -> Mark {
        [Mark::Star, Mark::Underscore].into_iter().find(|mark| !taken.contains(&Some(*mark))).unwrap_or(Mark::Html)
    }
}

/// Whether `c` inside a sign of emphasis is surely no punctuation, so that the sign may stand beside anything.
pub fn is_inner(c: char) -> bool {
    c.is_alphanumeric()
}

/// Whether `c` outside a sign of emphasis is surely a space or punctuation for every version of CommonMark; symbols (`￥`, `→`)
/// became punctuation only in 0.31.
pub fn is_outer(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation() || "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕…—·".contains(c)
}

//! Which characters occur in a text, so that rules which cannot fire are skipped.

/// The set of characters of a text: exact for the basic plane, yes or no for the rest.
pub(crate) struct Census {
    basic: Box<[u64; 1024]>,
    beyond: bool,
}

impl Census {
    /// Counts `text` in.
    pub fn of(text: &str) -> Self {
        let mut census = Census { basic: Box::new([0; 1024]), beyond: false };
        census.add(text);
        census
    }

    /// Counts further text in.
    pub fn add(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        loop {
            // Three bytes that begin with these are a character of U+4000–9FFF, by far the commonest case.
            while let [lead @ 0xE4..=0xE9, second, third, behind @ ..] = rest {
                let row = usize::from(lead & 0xF) << 6 | usize::from(second & 0x3F);
                if let Some(bits) = self.basic.get_mut(row) {
                    *bits |= 1 << (third & 0x3F);
                }
                rest = behind;
            }
            let Some(c) = text.get(text.len() - rest.len()..).and_then(|rest| rest.chars().next()) else { break };
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            let code = c as usize;
            match self.basic.get_mut(code >> 6) {
                Some(bits) => *bits |= 1 << (code & 63),
                None => self.beyond = true,
            }
        }
    }

    /// Whether `c` occurs; of characters beyond the basic plane, whether any occurs.
    pub fn has(&self, c: char) -> bool {
        let code = c as usize;
        self.basic.get(code >> 6).map_or(self.beyond, |bits| bits >> (code & 63) & 1 == 1)
    }

    /// Whether any of `chars` occurs.
    pub fn any(&self, chars: &str) -> bool {
        chars.chars().any(|c| self.has(c))
    }

    /// Whether any character of `range` occurs.
    pub fn within(&self, range: std::ops::RangeInclusive<char>) -> bool {
        let (mut code, last) = (*range.start() as usize, *range.end() as usize);
        while code <= last {
            let Some(bits) = self.basic.get(code >> 6) else { return self.beyond };
            let end = (code | 63).min(last);
            let width = end - code + 1;
            let mask = if width == 64 { u64::MAX } else { (1 << width) - 1 };
            if bits >> (code & 63) & mask != 0 {
                return true;
            }
            code = end + 1;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_census_knows_exactly_the_characters_of_the_basic_plane() {
        let census = Census::of("善本,𠂇");
        assert!(census.has('善') && census.has(',') && census.any("x,"));
        assert!(!census.has('恶') && !census.any("xyz"));
        assert!(census.within('!'..='/') && !census.within('a'..='z') && !census.within('-'..='\u{4dff}'));
        assert!(census.within('\u{10000}'..='\u{10ffff}'));
        assert!(!Census::of("善").has('𠂇'));
    }
}

//! Colours of print.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A colour other than black, as a screen shows it (sRGB): red, green and blue. Written `#FF0000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// The six hexadecimal digits, in capitals.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("{red:02X}{green:02X}{blue:02X}")
    }

    /// Reads `#FF0000`.
    fn parse(text: &str) -> Option<Colour> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("#{}", self.hex()))
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let text = String::deserialize(source)?;
        Colour::parse(&text).ok_or_else(|| D::Error::custom(format!("{text:?} is not a colour: #FF0000")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_behind_a_hash() {
        assert_eq!(Colour::parse("#FF8000"), Some(Colour([255, 128, 0])));
        assert_eq!(Colour([255, 128, 0]).hex(), "FF8000");
        for wrong in ["", "red", "FF0000", "#F00", "#FF00001", "#+F+F+F", "#红红"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }
}

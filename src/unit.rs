//! Lengths on the page.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in thousandths of a point (1 pt = 1/72 inch). Integer, so that a layout is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Unit(pub i32);

impl Unit {
    /// Nothing.
    pub const ZERO: Unit = Unit(0);

    /// From points.
    pub const fn pt(points: i32) -> Self {
        Unit(points * 1000)
    }

    /// From thousandths of a millimetre, rounded to the nearest unit.
    pub const fn micrometres(um: i64) -> Self {
        // 1 mm = 72/25.4 pt, so 1 µm = 72000/25400 = 360/127 thousandths of a point.
        Unit(((um * 360 + 63) / 127) as i32)
    }

    /// `thousandths` of an em at this size: `Unit::pt(10).em(500)` is 5 pt.
    pub const fn em(self, thousandths: i32) -> Self {
        let product = self.0 as i64 * thousandths as i64;
        let half = if product < 0 { -500 } else { 500 };
        Unit(((product + half) / 1000) as i32)
    }

    /// In points, for file formats that want them.
    pub fn to_pt(self) -> f32 {
        self.0 as f32 / 1000.0
    }

    /// In twentieths of a point, for DOCX, rounded to the nearest.
    pub const fn to_twips(self) -> i32 {
        let half = if self.0 < 0 { -25 } else { 25 };
        (self.0 + half) / 50
    }
}

impl Add for Unit {
    type Output = Unit;
    fn add(self, other: Unit) -> Unit {
        Unit(self.0 + other.0)
    }
}

impl Sub for Unit {
    type Output = Unit;
    fn sub(self, other: Unit) -> Unit {
        Unit(self.0 - other.0)
    }
}

impl Neg for Unit {
    type Output = Unit;
    fn neg(self) -> Unit {
        Unit(-self.0)
    }
}

impl Mul<i32> for Unit {
    type Output = Unit;
    fn mul(self, n: i32) -> Unit {
        Unit(self.0 * n)
    }
}

impl Div<i32> for Unit {
    type Output = Unit;
    fn div(self, n: i32) -> Unit {
        Unit(self.0 / n)
    }
}

impl AddAssign for Unit {
    fn add_assign(&mut self, other: Unit) {
        self.0 += other.0;
    }
}

impl SubAssign for Unit {
    fn sub_assign(&mut self, other: Unit) {
        self.0 -= other.0;
    }
}

impl Sum for Unit {
    fn sum<I: Iterator<Item = Unit>>(units: I) -> Unit {
        units.fold(Unit::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_convert_to_the_nearest_unit() {
        assert_eq!(Unit::micrometres(210_000), Unit(595_276));
        assert_eq!(Unit::pt(16).em(2000), Unit::pt(32));
        assert_eq!(Unit(-49).to_twips(), -1);
        assert_eq!(Unit::pt(12).to_twips(), 240);
    }
}

//! Labels with a number and what they head: `附件1：2019年预算`.

use super::fold::fold;

/// Whether `c` ends the name of a thing that is numbered and titled: 附件, 表, 图, 注, 例, 专栏, 议题, 问题, 案例, 单元.
pub fn is_numbered(c: char) -> bool {
    "件表图注例栏题元课步章节篇册卷集讲项类组号案录条点".contains(fold(c))
}

/// Whether a number before `c` is a date, a count or an amount, and none of a time, a ratio or a score.
pub fn is_unit(c: char) -> bool {
    "年月日号个名项至届岁级层楼省市县区天周次种类条份人元万亿千百米吨台辆家户篇本册页".contains(fold(c))
}

/// Whether a number before `c` is one of things or money: what has thousands.
pub fn is_counted(c: char) -> bool {
    "元人名个户家吨米亩册字份件台辆套公斤克万".contains(fold(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_units_are_known_in_both_scripts() {
        assert!("件表圖題".chars().all(is_numbered) && !"比".chars().any(is_numbered));
        assert!("年個號元".chars().all(is_unit) && !"分胜負的".chars().any(is_unit));
        assert!("萬元人".chars().all(is_counted) && !"年月".chars().any(is_counted));
    }
}

//! Words beside quotations.

use super::fold::fold;

/// Whether `c` may introduce what is said, written or meant: the last character of a verb of speech, or 是.
pub fn introduces(c: char) -> bool {
    "说道问答喊叫曰云想写称着嚷骂笑呼唤念唱是谓言语讲告劝求令命诏对应哭叹吼吟咏题书为".contains(fold(c))
}

/// Whether `c` is a particle that follows a word, and begins no quotation: of `"红楼梦"吗` the second mark closes.
pub fn is_particle(c: char) -> bool {
    "吗呢的吧了着们者也矣".contains(fold(c))
}

/// Whether `c` joins what stands on both sides of it. Some verbs end so, too: `求和`, `不及`.
pub fn joins(c: char) -> bool {
    "和与及或".contains(fold(c))
}

/// Whether `c` stands before a sign that is spoken of: the last character of 输入, 按下, 使用, 符号.
pub fn leads_to_signs(c: char) -> bool {
    "入按下用号符键".contains(fold(c))
}

/// Whether `c` stands behind a sign that is spoken of: the first character of 命令, 键, 号, 代替, 这个字符.
pub fn follows_signs(c: char) -> bool {
    "命键号代这".contains(fold(c))
}

/// Whether `c` is a word of feeling, behind which a face may be drawn: `唉:(`.
pub fn exclaims(c: char) -> bool {
    "唉哎呀啊哦哈嘻呵呜嘛吗呢吧啦咯哇".contains(fold(c))
}

/// Whether `c` follows the two last digits of a year: 后, 年, 级, 届.
pub fn follows_years(c: char) -> bool {
    "后年级届".contains(fold(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_quotations_are_known_in_both_scripts() {
        assert!("說说曰問".chars().all(introduces) && !"过梦".chars().any(introduces));
        assert!("嗎的們".chars().all(is_particle) && !"红吃".chars().any(is_particle));
        assert!("與和".chars().all(joins) && !"的了".chars().any(joins));
        assert!("號鍵".chars().all(leads_to_signs) && !"鼠衰".chars().any(leads_to_signs));
        assert!("這號".chars().all(follows_signs) && !"头卵".chars().any(follows_signs));
        assert!("嗎唉".chars().all(exclaims) && !"的项".chars().any(exclaims));
        assert!("後后年".chars().all(follows_years) && !"号".chars().any(follows_years));
    }
}

//! Words beside quotations.

use super::fold::fold;

/// Whether `c` may introduce what is said, written or meant: the last character of a verb of speech, or 是.
pub fn introduces(c: char) -> bool {
    "说道问答喊叫曰云想写称着嚷骂笑呼唤念唱是谓言语讲告劝求令命诏对应哭叹吼吟咏题书为".contains(fold(c))
}

/// Whether `c` ends a verb of speech and hardly an utterance: `他说，`, and not `“是，”`, `“不对，”`.
pub fn utters(c: char) -> bool {
    "说道曰喊嚷".contains(fold(c))
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

/// Whether `c` stands behind a sign that is spoken of: the first character of 命令, 键, 号, 代替, 这个字符, 作为.
pub fn follows_signs(c: char) -> bool {
    "命键号代这作".contains(fold(c))
}

/// Whether a sign behind `before` and before `behind` is spoken of: `以;开头`, `用,分隔`.
pub fn speaks_of_sign(before: char, behind: [char; 2]) -> bool {
    let does = matches!(
        behind.map(fold),
        ['开', '头' | '始'] | ['结', '尾' | '束'] | ['分', '隔' | '割' | '开'] | ['隔', '开'] | ['连' | '拼', '接']
    );
    does && "以用由按或和".contains(fold(before))
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
        assert!("說道".chars().all(utters) && !"是對行".chars().any(utters));
        assert!("嗎的們".chars().all(is_particle) && !"红吃".chars().any(is_particle));
        assert!("與和".chars().all(joins) && !"的了".chars().any(joins));
        assert!("號鍵".chars().all(leads_to_signs) && !"鼠衰".chars().any(leads_to_signs));
        assert!("這號".chars().all(follows_signs) && !"头卵".chars().any(follows_signs));
        assert!(speaks_of_sign('以', ['開', '頭']) && !speaks_of_sign('我', ['开', '始']));
        assert!("嗎唉".chars().all(exclaims) && !"的项".chars().any(exclaims));
        assert!("後后年".chars().all(follows_years) && !"号".chars().any(follows_years));
    }
}

//! What characters are to the rules of the line, by lists of their own (A1, A3, B1–B3).

use shanben::style::Kinsoku;

/// Never at the start of a line at the level `basic` (B1).
const NEVER_FIRST: &str = "）》〉」』】〕］｝〗”’，、；：。．！？)]},.;:!?";
/// And at the level `gb`.
const NEVER_FIRST_GB: &str = "·・‧－–～〜／％%‰℃°′″々";
/// Never at the end of a line at the level `basic` (B2).
const NEVER_LAST: &str = "（《〈「『【〔［｛〖“‘([{";
/// And at the level `gb`.
const NEVER_LAST_GB: &str = "￥＄№＃／";
/// Never at the start at the level `strict` (B3).
const NEVER_FIRST_STRICT: &str = "—…";

/// Whether no line of a level may begin with `c` (B1, B3).
pub fn never_first(c: char, level: Kinsoku) -> bool {
    level >= Kinsoku::Basic && NEVER_FIRST.contains(c)
        || level >= Kinsoku::Gb && NEVER_FIRST_GB.contains(c)
        || level >= Kinsoku::Strict && NEVER_FIRST_STRICT.contains(c)
}

/// Whether no line of a level may end with `c` (B2).
pub fn never_last(c: char, level: Kinsoku) -> bool {
    level >= Kinsoku::Basic && NEVER_LAST.contains(c) || level >= Kinsoku::Gb && NEVER_LAST_GB.contains(c)
}

/// What a character is to the gaps beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Han,
    /// A full-width mark with its blank half in front.
    Opening,
    /// With its blank half behind.
    Closing,
    Pause,
    Stop,
    /// With a blank quarter on both sides.
    Dot,
    /// One half of —— or ……; 々; ／: as wide as a Han, and without a gap.
    Wide,
    /// What binds two sides, and is never drawn apart from them.
    Connector,
    /// A letter or digit.
    Letter,
    /// Another sign of Western text.
    Sign,
    /// One of which these rules do not speak.
    Other,
}

/// The kind of `c`, whose glyph is about as wide as a Han if it is `full`.
pub fn kind(c: char, full: bool) -> Kind {
    match c {
        '一'..='鿿' | '㐀'..='䶿' | '〇' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' => Kind::Han,
        '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '［' | '｛' | '〖' | '“' | '‘' if full => {
            Kind::Opening
        }
        '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '］' | '｝' | '〗' | '”' | '’' if full => {
            Kind::Closing
        }
        '，' | '、' | '；' | '：' if full => Kind::Pause,
        '。' | '．' | '！' | '？' if full => Kind::Stop,
        '·' | '・' | '‧' if full => Kind::Dot,
        '—' | '…' | '／' | '々' if full => Kind::Wide,
        '－' | '～' | '〜' if full => Kind::Connector,
        _ if c.is_ascii_alphanumeric() || matches!(c, 'À'..='ʯ' | 'Α'..='ԯ') && c.is_alphabetic() => Kind::Letter,
        _ if c.is_ascii_graphic() => Kind::Sign,
        _ => Kind::Other,
    }
}

impl Kind {
    /// The blank in front of a full-width mark and behind it, in thousandths of an em (A3).
    pub fn blanks(self) -> (i32, i32) {
        match self {
            Kind::Opening => (500, 0),
            Kind::Closing | Kind::Pause | Kind::Stop => (0, 500),
            Kind::Dot => (250, 250),
            _ => (0, 0),
        }
    }

    /// Whether it is a full-width mark with a blank.
    pub fn is_mark(self) -> bool {
        self.blanks() != (0, 0)
    }

    /// Whether it is Western.
    pub fn is_western(self) -> bool {
        matches!(self, Kind::Letter | Kind::Sign)
    }

    /// The step of D2 in which its blank is squeezed, from 1.
    pub fn step(self) -> Option<u8> {
        match self {
            Kind::Dot => Some(2),
            Kind::Opening | Kind::Closing => Some(3),
            Kind::Pause => Some(4),
            Kind::Stop => Some(6),
            _ => None,
        }
    }
}

//! The rules, and the order in which they run.

mod angle;
mod bracket;
mod compatibility;
mod control;
mod dash;
mod dot;
mod entity;
mod fullwidth;
mod lost_quote;
mod mojibake;
mod newline;
mod page;
mod pair;
mod period;
mod punctuation;
mod quote;
mod quote_reading;
mod quote_style;
mod range;
mod repeat;
mod sequence;
mod space;
mod spaced;
mod stop;
mod style;
mod unwrap;
mod western;
mod zero;

use super::pass::Stage;
use super::rule::{Rule, RuleId};

/// The passes of a round, in order, each with its rules.
pub(super) const PASSES: &[Stage] = &[
    Stage {
        rules: &[newline::BOM, newline::NEWLINE, newline::EOF_CTRL_Z],
        fires: newline::fires,
        weighs: false,
        everywhere: true,
        run: newline::run,
    },
    Stage {
        rules: &[
            mojibake::MOJIBAKE_1252,
            mojibake::MOJIBAKE_GBK_UTF8,
            mojibake::MOJIBAKE_BIG5_GBK,
            mojibake::LOST_TEXT,
        ],
        fires: mojibake::fires,
        weighs: false,
        everywhere: true,
        run: mojibake::run,
    },
    Stage { rules: &[], fires: mojibake::fires_across, weighs: false, everywhere: true, run: mojibake::run_across },
    Stage {
        rules: &[
            control::ANSI_ESCAPE,
            control::OVERSTRIKE,
            control::C0_CONTROL,
            control::ZERO_WIDTH,
            control::SOFT_HYPHEN,
        ],
        fires: control::fires,
        weighs: false,
        everywhere: true,
        run: control::run,
    },
    Stage {
        rules: &[
            compatibility::PUA_GB18030,
            compatibility::PUA_OTHER,
            compatibility::KANGXI_RADICAL,
            compatibility::COMPAT_IDEOGRAPH,
            compatibility::VERTICAL_FORM,
            compatibility::SMALL_FORM,
            compatibility::HALFWIDTH_FORMS,
        ],
        fires: compatibility::fires,
        weighs: false,
        everywhere: false,
        run: compatibility::run,
    },
    Stage { rules: &[entity::ENTITY], fires: entity::fires, weighs: true, everywhere: false, run: entity::run },
    Stage {
        rules: &[fullwidth::FULLWIDTH_ALNUM, fullwidth::FULLWIDTH_SYMBOL, fullwidth::FULLWIDTH_PERIOD],
        fires: fullwidth::fires,
        weighs: true,
        everywhere: false,
        run: fullwidth::run,
    },
    Stage { rules: &[zero::CIRCLE_ZERO], fires: zero::fires, weighs: false, everywhere: false, run: zero::run },
    Stage { rules: &[page::PAGE_NUMBER], fires: page::fires, weighs: false, everywhere: false, run: page::run },
    Stage { rules: &[unwrap::HARD_WRAP], fires: unwrap::fires, weighs: false, everywhere: false, run: unwrap::run },
    Stage {
        rules: &[
            space::NBSP,
            space::TRAILING_SPACE,
            space::BLANK_LINES,
            space::PARAGRAPH_INDENT,
            space::SPACED_TITLE,
            spaced::SPACED_TEXT,
            space::SPACE_HAN_HAN,
            space::SPACE_BEFORE_F,
            space::SPACE_AFTER_F,
            space::SPACE_HAN_LATIN,
            space::MULTI_SPACE,
            space::IDEOGRAPHIC_SPACE,
            space::DECORATION_LINE,
        ],
        fires: space::fires,
        weighs: true,
        everywhere: false,
        run: space::run,
    },
    Stage {
        rules: &[
            bracket::HALF_PAREN,
            bracket::MIXED_PAIR,
            stop::HALF_COMMA,
            stop::HALF_SEMICOLON,
            stop::HALF_COLON,
            stop::HALF_QUESTION,
            stop::HALF_EXCLAIM,
            period::HALF_PERIOD,
            quote::STRAIGHT_QUOTE,
            quote::STRAIGHT_SINGLE,
            quote::QUOTE_DIRECTION,
            quote::QUOTE_NESTING,
            quote::QUOTE_UNBALANCED,
        ],
        fires: punctuation::fires,
        weighs: true,
        everywhere: false,
        run: punctuation::run,
    },
    Stage {
        rules: &[lost_quote::LOST_QUOTES],
        fires: lost_quote::fires,
        weighs: false,
        everywhere: false,
        run: lost_quote::run,
    },
    Stage {
        rules: &[
            angle::HALF_ANGLE,
            angle::HALF_BRACKET,
            angle::BACKTICK_QUOTE,
            dot::ELLIPSIS,
            dot::MIDDLE_DOT,
            dash::DASH,
            dash::DASH_SINGLE,
            range::RANGE_TILDE,
            range::RANGE_HYPHEN,
            repeat::REPEAT_PUNCT,
            repeat::REPEAT_QE,
            pair::DUP_MARK_ORDER,
            pair::ETC_ELLIPSIS,
        ],
        fires: sequence::fires,
        weighs: true,
        everywhere: false,
        run: sequence::run,
    },
    Stage {
        rules: &[western::FULL_TO_HALF],
        fires: western::fires,
        weighs: false,
        everywhere: false,
        run: western::run,
    },
    Stage {
        rules: &[quote_style::QUOTE_STYLE],
        fires: quote_style::fires,
        weighs: true,
        everywhere: false,
        run: quote_style::run,
    },
    Stage {
        rules: &[style::HEADING_STOP, style::HALF_ENUMERATION],
        fires: style::fires,
        weighs: false,
        everywhere: false,
        run: style::run,
    },
];

/// The rule of line ends.
pub const LINE_ENDS: RuleId = newline::NEWLINE.id;

/// The rules of line ends, blank lines and blank space at line ends.
pub(super) const LAYOUT: &[RuleId] =
    &[newline::NEWLINE.id, newline::EOF_CTRL_Z.id, space::TRAILING_SPACE.id, space::BLANK_LINES.id];

/// Every rule, in the order in which they run.
pub const RULES: &[Rule] = &gathered();

/// How many rules there are.
const COUNT: usize = {
    let (mut count, mut pass) = (0, 0);
    while pass < PASSES.len() {
        count += PASSES[pass].rules.len();
        pass += 1;
    }
    count
};

/// The rules of all passes.
const fn gathered() -> [Rule; COUNT] {
    let mut all = [newline::BOM; COUNT];
    let (mut count, mut pass) = (0, 0);
    while pass < PASSES.len() {
        let rules = PASSES[pass].rules;
        let mut i = 0;
        while i < rules.len() {
            all[count] = rules[i];
            (count, i) = (count + 1, i + 1);
        }
        pass += 1;
    }
    all
}

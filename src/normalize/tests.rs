//! Tests of the stage as a whole; each rule's example is its own test.

use super::*;

/// Just enough of encodings for the examples: one sentence, in the three forms in which it is misread.
struct Sentence;

const SENTENCE: &str = "我们是中国人";

impl Encodings for Sentence {
    fn encode(&self, text: &str, label: &str) -> Option<Vec<u8>> {
        match (label, text) {
            ("gb18030", "鎴戜滑鏄\u{e219}腑鍥戒汉") => Some(SENTENCE.as_bytes().to_vec()),
            ("gb18030", text) if text == across() => Some(b"Big5".to_vec()),
            ("gb18030", "鎴") => Some(vec![0xE6, 0x88]),
            ("gb18030", "戜") => Some(vec![0x91, 0xE4]),
            ("gb18030", "滑") => Some(vec![0xBB, 0xAC]),
            ("gb18030", "腑") => Some(vec![0xB8, 0xAD]),
            ("gb18030", "鍥") => Some(vec![0xE5, 0x9B]),
            ("gb18030", "戒") => Some(vec![0xBD, 0xE4]),
            ("gb18030", "汉") => Some(vec![0xBA, 0xBA]),
            ("gb18030", "?") => Some(vec![b'?']),
            _ => None,
        }
    }

    fn decode(&self, bytes: &[u8], label: &str) -> Option<String> {
        if (label, bytes) == ("big5", b"Big5".as_slice()) {
            return Some(SENTENCE.repeat(3));
        }
        let gbk = [0xCE, 0xD2, 0xC3, 0xC7, 0xCA, 0xC7, 0xD6, 0xD0, 0xB9, 0xFA, 0xC8, 0xCB];
        (label == "gb18030" && bytes == gbk).then(|| SENTENCE.to_owned())
    }

    fn bits(&self, c: char) -> f32 {
        if SENTENCE.contains(c) { 8.0 } else { 19.0 }
    }
}

/// The example of `mojibake-big5-gbk`.
fn across() -> &'static str {
    RULES.iter().find(|rule| rule.id == "mojibake-big5-gbk").map_or("", |rule| rule.example.0)
}

#[test]
fn utf8_read_as_gbk_with_lost_bytes_comes_back_by_wish_with_holes() {
    let text = "鎴戜滑?腑鍥戒汉";
    let restore = |list: &str| normalize(text, Syntax::Plain, &Rules::parse(list).unwrap(), Some(&Sentence)).text;
    assert_eq!(restore("none,+mojibake-gbk-utf8"), text);
    assert_eq!(restore("none,+mojibake-gbk-utf8,mojibake=best-effort"), "我们?\u{fffd}国人", "mojibake-gbk-utf8");
}

#[test]
fn quote_style_follows_the_switch_and_leaves_western_marks() {
    let style = |list: &str, text: &str| {
        let rules = Rules::parse(list).unwrap();
        let once = normalize(text, Syntax::Plain, &rules, None);
        assert_eq!(normalize(&once.text, Syntax::Plain, &rules, None).text, once.text, "quote-style");
        once.text
    };
    let (curly, corner) = ("他说：“我读过‘论语’，it’s好。”", "他说：「我读过『论语』，it’s好。」");
    assert_eq!(style("quotes=corner", curly), corner);
    assert_eq!(style("quotes=curly", corner), curly);
    assert_eq!(style("quotes=keep", corner), corner);
    assert_eq!(style("quotes=corner", "He said “yes”，‘no’."), "He said “yes”，‘no’.");
    assert_eq!(style("quotes=corner", "他说:\"好。\""), "他说：「好。」");
}

#[test]
fn quotations_within_quotations_are_reported_and_not_turned() {
    let text = "他说：“我读过“论语”两遍。”\n他说：“好“，我说：“不“。\n";
    let normalized = plain(text);
    assert_eq!(normalized.text, "他说：“我读过“论语”两遍。”\n他说：“好”，我说：“不”。\n", "quote-direction");
    assert_eq!(normalized.notes.iter().filter(|note| note.kind == "quote-nesting").count(), 1);
}

#[test]
fn style_is_reported_only_where_it_is_plain() {
    let kinds = |text: &str, syntax| -> Vec<_> {
        normalize(text, syntax, &Rules::default(), None).notes.into_iter().map(|note| note.kind).collect()
    };
    assert_eq!(
        kinds("第一章 总则。\n第一章讲的是总则。\n第二章 有人来，没有人走。\n", Syntax::Plain),
        ["heading-stop"]
    );
    assert_eq!(kinds("## 标题：\n\n正文。\n", Syntax::Markdown), ["heading-stop"]);
    assert_eq!(kinds("有苹果，香蕉，葡萄等。他来了，我走了，等着。\n", Syntax::Plain), ["half-enumeration"]);
}

#[test]
fn a_long_row_of_quotation_marks_is_judged_at_once() {
    // Each pair once waited for the one beside it, a round for each, and there are only so many rounds.
    for signs in [7, 70, 71, 200] {
        let row = "\"".repeat(signs);
        for text in
            [format!("{row}名 | 数量\n"), format!("名{row}数\n"), format!("名 {row}\n"), format!("   - 乙\n{row}名\n")]
        {
            let once = normalize(&text, Syntax::Plain, &Rules::default(), None);
            assert_eq!(normalize(&once.text, Syntax::Plain, &Rules::default(), None).text, once.text, "{text}");
        }
    }
}

#[test]
fn utf8_read_as_windows_1252_comes_back_even_when_it_happened_twice() {
    let once: String = SENTENCE.bytes().map(char::from).collect();
    let twice: String = once.bytes().map(char::from).collect();
    for damaged in [once, twice] {
        let text = format!("甲：{damaged}，ok");
        let restored = normalize(&text, Syntax::Plain, &Rules::default(), Some(&Sentence));
        assert_eq!(restored.text, "甲：我们是中国人，ok", "mojibake-1252");
        assert_eq!(replay(&text, &restored.edits), restored.text);
    }
}

fn plain(text: &str) -> Normalized {
    normalize(text, Syntax::Plain, &Rules::default(), None)
}

fn same(text: &str, syntax: Syntax) -> String {
    let once = normalize(text, syntax, &Rules::default(), None);
    assert_eq!(replay(text, &once.edits), once.text, "replay of {text:?}");
    let twice = normalize(&once.text, syntax, &Rules::default(), None);
    assert_eq!(twice.text, once.text, "twice for {text:?}");
    assert!(twice.edits.is_empty(), "{:?}", twice.edits);
    once.text
}

#[test]
fn every_example_shows_what_its_rule_alone_does() {
    for rule in RULES {
        let (before, after) = rule.example;
        let rules = Rules::parse(&format!("none,+{}", rule.id)).unwrap();
        let normalized = normalize(before, Syntax::Plain, &rules, Some(&Sentence));
        assert_eq!(normalized.text, after, "{}", rule.id);
        if !rule.cures() {
            assert!(normalized.notes.iter().any(|note| note.kind == rule.id), "{} reports nothing", rule.id);
        }
    }
}

#[test]
fn rules_are_named_once_and_in_kebab_case() {
    for (i, rule) in RULES.iter().enumerate() {
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", rule.id);
        assert!(RULES[..i].iter().all(|other| other.id != rule.id), "{} twice", rule.id);
        assert!(!rule.en.is_empty() && !rule.zh.is_empty() && !rule.standard.is_empty());
        assert_eq!(rule.safety == Safety::Suggest, !rule.cures(), "{}", rule.id);
    }
}

#[test]
fn half_width_marks_in_chinese_become_full_width_and_others_stay() {
    let pairs = [
        ("气温下降了34.6%,比去年同期高1,234.5吨。", "气温下降了34.6%，比去年同期高1,234.5吨。"),
        ("会议时间10:30-11:45,比分3:1,比例1:500。", "会议时间10:30-11:45，比分3:1，比例1:500。"),
        (
            "请访问https://example.com/a,b?x=1;y=2,或发邮件至foo.bar@example.com,谢谢!",
            "请访问https://example.com/a,b?x=1;y=2，或发邮件至foo.bar@example.com，谢谢！",
        ),
        ("版本v1.2.3,兼容IE6.0;Windows 10(64位)。", "版本v1.2.3，兼容IE6.0;Windows 10（64位）。"),
        ("调用foo(a,b)和bar(x, y),返回f(x)=x+1。", "调用foo(a,b)和bar(x, y)，返回f(x)=x+1。"),
        ("1. 第一项;2. 第二项;3) 第三项", "1. 第一项；2. 第二项；3) 第三项"),
        ("微笑 :) 大哭 :-( 好的:D", "微笑 :) 大哭 :-( 好的：D"),
        ("乔布斯说过:\"Stay hungry, stay foolish.\"", "乔布斯说过：“Stay hungry, stay foolish.”"),
        (
            "He said, \"Hello, world!\" and left; it was 10:30 (a.m.).",
            "He said, \"Hello, world!\" and left; it was 10:30 (a.m.).",
        ),
        ("key: value, 键: 值", "key: value, 键： 值"),
    ];
    for (before, after) in pairs {
        assert_eq!(same(before, Syntax::Plain), after);
    }
}

#[test]
fn the_sample_article_gets_its_marks_back_and_nothing_else() {
    let text = include_str!("../../input/000_86b22e2ad579ea92.txt");
    let normalized = plain(text);
    let counts = normalized.counts();
    let expected =
        [("half-comma", 212), ("half-semicolon", 11), ("half-colon", 4), ("half-question", 5), ("half-paren", 2)];
    for (rule, count) in expected {
        assert_eq!(counts.get(rule), Some(&count), "{rule}");
    }
    let others: Vec<_> = counts.keys().filter(|rule| expected.iter().all(|(known, _)| known != *rule)).collect();
    assert!(others.iter().all(|rule| **rule == "newline"), "{others:?}");
    for kept in ["34.6%", "2018-01-05", "1.58万", "\n  “你单位"] {
        assert!(normalized.text.contains(kept), "{kept}");
    }
    let unbalanced: Vec<_> = normalized.notes.iter().filter(|note| note.kind == "quote-unbalanced").collect();
    let [note] = unbalanced.as_slice() else { panic!("{unbalanced:?}") };
    let crate::note::At::Normal(span) = note.at else { panic!("{note:?}") };
    assert!(normalized.text[span.start..].starts_with("“廉政门\n"));
    assert_eq!(replay(text, &normalized.edits), normalized.text);
}

#[test]
fn offsets_lead_back_to_the_decoded_text() {
    let text = "\u{feff}甲,\r\n乙\r\n";
    let normalized = plain(text);
    assert_eq!(normalized.text, "甲，\n乙\n");
    let back = |at: usize| normalized.decoded_offset(at);
    assert_eq!(&text[back(0)..back(3)], "甲");
    assert!(text[back(3)..].starts_with(","));
    assert!(text[back(7)..].starts_with("乙"));
    assert_eq!(back(normalized.text.len()), text.len());
    let comma = normalized.edits.iter().position(|edit| edit.rule == "half-comma").unwrap();
    assert_eq!(normalized.normal_span(comma).unwrap().range(), 3..6);
}

#[test]
fn lists_of_values_lost_characters_and_decimals_are_left_alone() {
    for text in [
        "(209, '头像设置权限', '*', 0),",
        "覓心擾????太宇清寧無覓處",
        "七十七.五兆元，二.八％，好。",
        "他用“,”分开，很好，是的。",
        "日本語のテキスト,です!",
        "int main() { return a[0]; } // 说明,如此",
    ] {
        assert_eq!(same(text, Syntax::Plain), text);
    }
}

#[test]
fn what_a_damaged_line_leaves_over_is_restored() {
    let body = "他说,你好;再见:走吧!真的?\n".repeat(8);
    for (damaged, expected) in [
        ("限值(Threshold,\nTHV):\n为污染物浓度\n", "限值（Threshold，\nTHV）：\n为污染物浓度\n"),
        ("怎见得?......想是\n", "怎见得？……想是\n"),
        ("同一个 trait,Rust 就不能\n", "同一个 trait，Rust 就不能\n"),
        ("库 crate(library crate);包中\n", "库 crate（library crate）；包中\n"),
        ("逢主\u{e248},曰好\n", "逢主\u{e248}，曰好\n"),
        ("市:::::::::\0::::::::::廉\n", "市:::::::::::::::::::廉\n"),
        ("格式如下::\n:译者: 某人\n", "格式如下::\n:译者: 某人\n"),
        ("共有(8 - n)个,调用f(x)与列表(a,b)。\n", "共有(8 - n)个，调用f(x)与列表（a,b）。\n"),
    ] {
        assert_eq!(
            plain(&format!("{body}{damaged}")).text.lines().skip(8).collect::<Vec<_>>(),
            expected.lines().collect::<Vec<_>>()
        );
    }
}

#[test]
fn quotes_beside_quotes_do_not_turn_each_other_round() {
    for text in [".‘‘‘--\u{e816}", "“”“”“”", "甲‘‘‘乙’’’", "\"\"\"甲\"\"", "“““甲"]
    {
        let once = plain(text).text;
        assert_eq!(plain(&once).text, once, "{text}");
    }
}

#[test]
fn programs_japanese_and_english_are_left_alone() {
    for text in [
        "const 标题 = {\n  title: '未选中,状态',\n  name: \"下一页(二)\",\n};\n// 注释,说明(一)\n",
        "日本語の文章です、Ｃ言語（３版）です。カタカナも＆lt;あります;\n&lt;タグ&gt;のこと\n",
        "He said, \"Hello, world!\" and &lt;left&gt;; it was 10:30 (a.m.).\n",
        "173\t\u{ad}\tSOFT HYPHEN\n",
    ] {
        assert_eq!(plain(text).text, text);
    }
    let paths = "请看\"/etc/fstab\"与\"--help\"，以及\"好\"。\n";
    assert_eq!(plain(paths).text, "请看\"/etc/fstab\"与\"--help\"，以及“好”。\n");
}

#[test]
fn declarations_columns_and_quoted_lines_are_left_alone_in_a_damaged_text() {
    let body = "他说,你好;再见:走吧!真的?\n".repeat(8);
    for line in [
        "void    clear       (void);                 清除屏幕并回到原点(0,0)",
        "            int rows, int cols,             显示范围大小为(rows,cols)",
        "        (p)(↑)/(n)(↓)  上一个看板",
        "        (p)(↑)/(n)(↓)上一个看板",
        "        (ESC-0~9)  贴上暂存档",
        "  订阅:  切换模式",
        ": 我在安装完之后",
        ": : 能不能指导一下",
    ] {
        let text = format!("{body}{line}\n{body}");
        assert_eq!(same(&text, Syntax::Plain).lines().nth(8), Some(line));
    }
    for (told, expected) in [
        ("拨与十个偏将,那十个:    项充", "拨与十个偏将，那十个：    项充"),
        ("上曰:  远人不服,    再说:  好", "上曰:  远人不服，    再说：  好"),
    ] {
        let text = format!("{body}{told}\n{body}");
        assert_eq!(same(&text, Syntax::Plain).lines().nth(8), Some(expected));
    }
    let call = format!("{body}把error_reporting(E_ALL ^ E_NOTICE);的注释去掉,保存;退出\n");
    let expected = "把error_reporting(E_ALL ^ E_NOTICE);的注释去掉，保存；退出";
    assert_eq!(same(&call, Syntax::Plain).lines().nth(8), Some(expected));
}

#[test]
fn full_width_points_are_full_stops_only_where_lines_end_in_them() {
    let names = "中国文学史．第一卷（一）.pdf\n".repeat(9);
    assert_eq!(same(&names, Syntax::Plain), names, "fullwidth-period");
    let prose = "他来了．我走了．\n".repeat(9);
    assert_eq!(same(&prose, Syntax::Plain), prose.replace('．', "。"), "fullwidth-period");
}

#[test]
fn spaces_for_lost_quotation_marks_are_reported_and_stay() {
    let count = |text: &str| plain(text).notes.iter().filter(|note| note.kind == "lost-quotes").count();
    let text = "子产曰： 少，未知可否？\n子皮曰： 使夫往而学焉。\n子产又说： 不可。\n";
    assert_eq!(count(text), 3);
    assert_eq!(plain(text).text, text);
    assert_eq!(count("姓名： 张三\n地址： 北京\n电话： 无\n"), 0);
    assert_eq!(count(&format!("{text}他说：“好。”她说：“不好。”他问：“为何？”\n")), 0);
}

#[test]
fn markdown_code_and_syntax_are_protected() {
    let text = "# 标题\n\n正文,见`a,b`与[链接](a,b.md)。\n\n```\n代码,不变...\n```\n\n- 甲,乙\n";
    let expected = "# 标题\n\n正文，见`a,b`与[链接](a,b.md)。\n\n```\n代码,不变...\n```\n\n- 甲，乙\n";
    assert_eq!(same(text, Syntax::Markdown), expected);
}

#[test]
fn rules_that_meet_count_both_and_replay_as_one_edit() {
    let normalized = plain("好,,的。");
    assert_eq!(normalized.text, "好，的。");
    assert_eq!(normalized.counts().get("half-comma"), Some(&2));
    assert_eq!(normalized.counts().get("repeat-punct"), Some(&1));
    assert_eq!(replay("好,,的。", &normalized.edits), normalized.text);
}

#[test]
fn a_single_line_of_many_marks_is_restored() {
    for unit in [
        "中文(abc,",
        "`",
        "``\"",
        "$a",
        "<a",
        "(((",
        "“”\"",
        "......",
        "&amp;",
        "https://a",
        "甲、",
        "甲?",
        "甲>",
        "《甲",
        "甲(.txt",
        "^^;",
        "二０",
        "Ａ＋",
        "鎴?",
        "曰: ",
        "ÎÒ",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        // What is quadratic would not come back in the time of a test run.
        let restored = plain(&text);
        assert_eq!(replay(&text, &restored.edits), restored.text, "{unit}");
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Texts of what the rules look at, in any order.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "中",
            "文",
            "字",
            "一",
            "第",
            "a",
            "B",
            "1",
            "90",
            " ",
            "  ",
            "　",
            "\n",
            "\r\n",
            ",",
            ".",
            ";",
            ":",
            "?",
            "!",
            "(",
            ")",
            "（",
            "）",
            "\"",
            "'",
            "“",
            "”",
            "‘",
            "’",
            "…",
            "...",
            "。",
            "，",
            "、",
            "--",
            "—",
            "──",
            "~",
            "`",
            "``",
            "<",
            ">",
            "<<",
            "&amp;",
            "&nbsp;",
            "&",
            "$",
            "[",
            "]",
            "{",
            "}",
            "\u{feff}",
            "\u{200b}",
            "\u{1b}[1m",
            "\u{1a}",
            "３",
            "Ａ",
            "％",
            "．",
            "：",
            "﹐",
            "﹁",
            "⽅",
            "‧",
            "·",
            "の",
            "ÎÒ",
            "\u{e816}",
            "\u{fa10}",
            "https://",
            "*",
            "|",
            "#",
            "//",
            "《",
            "》",
            "０",
            "＋",
            "^^",
            "@_@",
            ".txt",
            "曰：",
            "曰: ",
            "◢█◣",
            "锛",
            "●",
            "\r\r\n",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn twice_is_once_and_edits_replay(text in text(), markdown in any::<bool>()) {
            let syntax = if markdown { Syntax::Markdown } else { Syntax::Plain };
            let once = normalize(&text, syntax, &Rules::default(), None);
            prop_assert_eq!(&replay(&text, &once.edits), &once.text);
            prop_assert!(once.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            let twice = normalize(&once.text, syntax, &Rules::default(), None);
            prop_assert_eq!(&twice.text, &once.text);
        }

        #[test]
        fn han_characters_letters_and_digits_are_never_lost(text in text()) {
            let count = |text: &str| text.chars().filter(|c| crate::unicode::is_han(*c) && *c != '⽅').count();
            let once = normalize(&text, Syntax::Plain, &Rules::default(), None);
            prop_assert!(count(&once.text) >= count(&text));
        }
    }
}

#[test]
fn a_run_of_like_changes_is_one_edit_that_counts_as_many() {
    let text = format!("山{}水{}，好", "\0".repeat(5000), "\u{200b}".repeat(300));
    let restored = plain(&text);
    assert_eq!(restored.text, "山水，好");
    let runs: Vec<_> = restored.edits.iter().map(|edit| (edit.rule, edit.span.len(), edit.count)).collect();
    assert_eq!(runs, [("c0-control", 5000, 5000), ("zero-width", 900, 300)]);
    assert_eq!((restored.counts()["c0-control"], restored.counts()["zero-width"]), (5000, 300));
    assert_eq!(replay(&text, &restored.edits), restored.text);
    assert_eq!(restored.decoded_offset("山".len()), "山".len() + 5000);
    assert_eq!(restored.normal_offset("山".len() + 4000), "山".len());
}

#[test]
fn a_change_within_a_run_parts_it_and_every_character_keeps_its_place() {
    let change = |start, end, with| draft::Change { start, end, with: Cow::Borrowed(with), count: 1, rule: &RULES[0] };
    let mut changes = vec![];
    for start in [3, 5, 7, 9] {
        draft::push(&mut changes, change(start, start + 2, "xyz"));
    }
    assert_eq!((changes.len(), changes[0].count), (1, 4));
    let decoded = "山abababab水";
    let mut run = Draft::new(decoded);
    // The first of the run is taken by another change.
    assert!(run.apply([vec![change(3, 4, "-")], changes.clone()].concat()));
    assert_eq!(run.text(), "山-bxyzxyzxyz水");
    let mut draft = Draft::new(decoded);
    assert!(draft.apply(changes));
    assert_eq!((draft.text(), draft.edits().len()), ("山xyzxyzxyzxyz水", 1));
    let edits = draft.edits().to_vec();
    let whole = Normalized { text: draft.text().to_owned(), starts: starts(&edits), edits, ..Normalized::default() };
    assert_eq!([3, 5, 6, 9, 15].map(|offset| whole.decoded_offset(offset)), [3, 3, 5, 7, 11]);
    assert_eq!([3, 4, 5, 9, 11].map(|offset| whole.normal_offset(offset)), [3, 3, 6, 12, 15]);
    assert!(draft.apply(vec![change(7, 8, "-")]));
    let (text, edits) = draft.finish();
    assert_eq!((text.as_str(), replay(decoded, &edits).as_str()), ("山xyzx-zxyzxyz水", text.as_str()));
    let runs: Vec<_> = edits.iter().map(|edit| (edit.span.range(), edit.count, edit.earlier.len())).collect();
    assert_eq!(runs, [(3..5, 1, 0), (5..7, 1, 1), (7..11, 2, 0)]);
}

#[test]
fn more_edits_than_may_be_held_are_told() {
    let within = |most, text: &str| normalize_within(most, text, Syntax::Plain, &Rules::default(), None);
    assert!(within(99, &"山,水".repeat(100)).is_none());
    assert!(within(100, &"山,水".repeat(100)).is_some_and(|restored| restored.edits.len() == 100));
    assert!(within(1, &format!("山{}水", "\0".repeat(9000))).is_some());
}

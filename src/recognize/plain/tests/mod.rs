mod headings;
mod official;
mod papers;
mod scripts;

use super::*;
use crate::document::{Block, BlockKind, Heading, Inline, inline_text};

fn read(text: &str, hints: &Hints) -> (Document, Vec<Note>) {
    super::read(text, &crate::survey::regions(text), hints, Weights::built_in())
}

fn document(text: &str) -> Document {
    read(text, &Hints::default()).0
}

/// The outline as `level text`.
fn outline(text: &str) -> Vec<String> {
    document(text).outline().iter().map(|e| format!("{} {}", e.level, e.text)).collect()
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The roles of the paragraphs that are not running text, with their text.
fn roles(document: &Document) -> Vec<(Role, String)> {
    let role = |b: &crate::document::Block| match &b.kind {
        BlockKind::Paragraph { role, content } if *role != Role::Body => {
            Some((*role, crate::document::inline_text(document, content)))
        }
        _ => None,
    };
    document.blocks.iter().filter_map(role).collect()
}

#[test]
fn the_article_of_the_sample_is_read_as_a_reader_would() {
    let text = include_str!("../../../../input/000_86b22e2ad579ea92.txt")
        .replace("发布日期:", "发布日期：")
        .replace("信息来源:", "信息来源：");
    let text = text
        .replace("怎么谈?", "怎么谈？")
        .replace("谈什么?", "谈什么？")
        .replace("怎么办?", "怎么办？")
        .replace("编辑:", "编辑：")
        .replace(';', "；");
    let doc = document(&text);
    assert_eq!(
        outline(&text),
        [
            "1 2017年济南市纪委常委与58名党政正职进行廉政谈话",
            "2 怎么谈？聚焦廉和责 抓住“关键少数”",
            "3 【背景关注】",
            "2 谈什么？坚持问题导向 实现“精准监督”",
            "3 【背景关注】",
            "2 怎么办？注重结果看实效 督促种好“责任田”",
            "3 【背景关注】",
        ]
    );
    assert_eq!(doc.meta.date.as_deref(), Some("2018-01-05"));
    assert_eq!(doc.meta.source.as_deref(), Some("济南日报"));
    assert_eq!(doc.meta.subtitle.as_deref(), Some("“谈话”为干部守好“廉政门"));
    let roles: Vec<Role> = roles(&doc).into_iter().map(|(r, _)| r).collect();
    assert_eq!(roles, [Role::Imprint, Role::Subtitle, Role::Imprint, Role::Imprint, Role::Ornament, Role::Credit]);
    assert_eq!(visible(&doc.text()), visible(&text));
}

#[test]
fn a_file_of_settings_with_comments_is_code() {
    let settings = "# 不接受的信箱\n#\n# 开头 A 表示全部相同的时候就不接受\n# 开头 S 表示不接受这台 server\n#----\nP@[\nPurl.example\nAroot@example\nSexample.com\n";
    let doc = document(settings);
    assert!(matches!(doc.blocks.as_slice(), [Block { kind: BlockKind::Code { .. }, .. }]), "{:?}", doc.blocks);
    assert_eq!(visible(&doc.text()), visible(settings));
    // Headings by such signs say something, each.
    let prose = "山雨欲来风满楼，一上高城万里愁，蒹葭杨柳似汀洲。\n";
    let marked = format!("# 风\n\n{prose}\n# 雨\n\n{prose}\n# 雷\n\n{prose}\n# 电\n\n{prose}");
    assert!(document(&marked).blocks.iter().all(|block| !matches!(block.kind, BlockKind::Code { .. })));
}

#[test]
fn lines_that_give_names_values_are_code_where_several_follow_each_other() {
    let code = |text: &str| -> Vec<String> {
        let code = |block: Block| match block.kind {
            BlockKind::Code { text, .. } => Some(text),
            _ => None,
        };
        document(text).blocks.into_iter().filter_map(code).collect()
    };
    let values = "cache.config=disk\ncache.size=100\ncache.path=/tmp\n\npool.max=5";
    assert_eq!(code(&format!("设置文件举例：\n{values}\n上述工作完成后，即可启动程序。\n")), [values]);
    assert!(code("设置文件举例：\ncache.size=100\npool.max=5\n上述工作完成后，即可启动程序。\n").is_empty());
}

#[test]
fn the_name_of_a_tune_closes_a_song() {
    let prose = "话说某人当日辞了众人，独自出城而去，一路上晓行夜宿，不觉已到江边，只见芦花满目，渔火数点。";
    let song = "埋头同返烟霞路，古寺聊停住。至亲好友喜相逢，此遇真奇遇。\n风惊方罢心犹惧，又被旁人絮。勘破色即空，便是无情欲，可取许恁朝夕聚。\n";
    let text = format!("第一回 出城\n词曰：\n{song}——右调《白云吟》。\n{}", format!("{prose}\n").repeat(4));
    let doc = document(&text);
    let verse = doc.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Verse(stanzas) => Some(stanzas.iter().map(|stanza| stanza.lines.len()).sum::<usize>()),
        _ => None,
    });
    assert_eq!(verse, Some(3));
    assert_eq!(visible(&doc.text()), visible(&text));
}

#[test]
fn a_title_may_name_dynasty_and_author() {
    let poem = "两国争强各用兵，摆成队伍定输赢。\n马行曲路当先道，将守深宫戒远征。\n";
    let doc = document(&format!("下棋\u{3000}明\u{3000}曾子棨\n\n{poem}"));
    assert_eq!((doc.meta.title.as_deref(), doc.meta.authors), (Some("下棋"), vec!["曾子棨".to_owned()]));
    let doc = document(&format!("下棋\u{3000}记\u{3000}曾子棨\n\n{poem}"));
    assert!(doc.meta.authors.is_empty());
}

#[test]
fn a_name_at_the_right_that_signs_off_is_a_signature() {
    let letter = |sign: &str| {
        document(&format!(
            "亲爱的使用者您好：\n\n    欢迎您前来注册，如果有需要服务的地方，我们会竭诚为您服务。\n\n{sign}\n"
        ))
    };
    let signed = |doc: Document| roles(&doc).into_iter().any(|(role, _)| role == Role::Signature);
    assert!(signed(letter(&format!("{}站长群敬上", " ".repeat(40)))));
    assert!(!signed(letter("站长群敬上")));
    assert!(!signed(letter(&format!("{}他说，敬上", " ".repeat(40)))));
}

#[test]
fn numbered_paragraphs_are_paragraphs_in_all_places_of_a_text() {
    let long = "工作强度不大，市场除非有大项目否则加班不严重，研发加班较严重，加班只有到了九点才算做加班，享受调休。尴尬的是班车设在八点半。";
    let some = format!("一、薪资偏低。\n二、{long}\n三、早餐免费。\n四、环境不错。\n");
    let lists = |text: &str| document(text).blocks.iter().filter(|b| matches!(b.kind, BlockKind::List(_))).count();
    let with =
        |marks: &str| marks.replace("一、", "1、").replace("二、", "2、").replace("三、", "3、").replace("四、", "4、");
    let (some, prose) = (with(&some), with(&format!("一、流程落后。\n二、{long}\n三、{long}\n")));
    assert_eq!(lists(&format!("关于待遇：\n{some}")), 1);
    assert_eq!(lists(&format!("关于待遇：\n{some}\n关于管理：\n{prose}")), 0);
    // Short items are a list beside such paragraphs.
    assert_eq!(lists(&format!("关于待遇：\n1、薪资\n2、早餐\n\n关于管理：\n{prose}")), 1);
}

#[test]
fn a_title_in_the_front_matter_is_set_above_the_text_or_is_the_line_that_says_it() {
    let outline = |body: &str| {
        let doc = document(&format!("---\ntitle: 山雨\n---\n{body}"));
        let title = doc.blocks.iter().filter(|b| matches!(&b.kind, BlockKind::Heading(h) if h.title)).count();
        (title, doc.outline().into_iter().map(|entry| (entry.level, entry.text)).collect::<Vec<_>>())
    };
    let prose = "山雨欲来风满楼，一上高城万里愁，蒹葭杨柳似汀洲，溪云初起日沉阁。\n";
    let chapters = format!("第一章 风\n\n{prose}\n第二章 雨\n\n{prose}");
    let found = [(1, "山雨".to_owned()), (2, "第一章 风".to_owned()), (2, "第二章 雨".to_owned())];
    assert_eq!(outline(&chapters), (1, found.to_vec()));
    assert_eq!(outline(&format!("山雨\n{chapters}")), (1, found.to_vec()));
    assert_eq!(outline(prose), (1, found[..1].to_vec()));
}

#[test]
fn a_letter_begins_and_ends_as_letters_do() {
    let text = "亲爱的父亲：\n　　您好！来信收到，家中一切都好，请勿挂念。\n　　此致\n敬礼！\n　　　　　　　　　　儿 小明\n　　　　　　　　　　2001年3月4日\n";
    let seen: Vec<Role> = roles(&document(text)).into_iter().map(|(r, _)| r).collect();
    assert_eq!(seen, [Role::Salutation, Role::Closing, Role::Signature, Role::Signature]);
}

#[test]
fn verse_keeps_its_lines_and_a_list_of_names_is_none() {
    let doc = document("静夜思\n李白\n\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n");
    let BlockKind::Verse(stanzas) = &doc.blocks[2].kind else { panic!("{:?}", doc.blocks) };
    assert_eq!((stanzas.len(), stanzas[0].lines.len()), (1, 2));
    assert_eq!(doc.meta.authors, ["李白"]);
    let doc = document(&"阿克苏市电大\n阿图什市电大\n".repeat(8));
    assert!(doc.blocks.iter().all(|b| matches!(b.kind, BlockKind::Paragraph { .. })));
}

#[test]
fn songs_that_are_announced_are_verse_and_rolls_of_names_are_not() {
    let verse = |text: &str| -> Vec<usize> {
        let lines = |block: &Block| match &block.kind {
            BlockKind::Verse(stanzas) => Some(stanzas.iter().map(|stanza| stanza.lines.len()).sum()),
            _ => None,
        };
        document(text).blocks.iter().filter_map(lines).collect()
    };
    let told = "次日天午，先生整顿衣冠，前来拜谒长者，家人入报，长者亦整衣相迎，分宾主坐定，献茶已毕。";
    let moon = "相貌堂堂俊伟，生来颖悟超群。\n读书窗下用心勤，一见人人钦敬。\n不用三媒六聘，求婚自有佳人。\n虽然月老定婚盟，还是三生有幸。\n";
    assert_eq!(verse(&format!("{told}有《西江月》为证：\n{moon}{told}\n")), [4]);
    assert_eq!(
        verse(&format!(
            "{told}名《瑞鹤仙》：\n春闱期近也，望帝京迢递，犹在天际。\n痛难禁，芒鞋五耳倦行时，着意温存。\n{told}\n"
        )),
        [2]
    );
    assert_eq!(verse(&format!("{told}他说：\n你来了，我很高兴。\n坐下吧，喝一杯茶。\n{told}\n")), Vec::<usize>::new());
    let sky = "雨顺风调世界宁，仁宗继统政宽仁。\n万民鼓舞欢明盛，四海笙箫奏太平。\n歌五袴，乐丰盈，谁知五鼠降凡尘。\n君臣溷乱难分辨，玉面猫来辨假真。\n";
    assert_eq!(verse(&format!("{sky}{told}\n")), [4]);
    let roll = "第一名萧采，四川成都府人。\n第八名萧浩，四川成都府人。\n第九名郭力，湖广长沙府人。\n第四名蓬祜，浙江嘉兴府人。\n";
    assert_eq!(verse(&format!("{told}\n{roll}{told}\n")), Vec::<usize>::new());
}

#[test]
fn lists_tables_code_and_quotes_keep_their_shape() {
    let doc = document("1. 甲\n2. 乙\n   乙的下文\n3. 丙\n\n• 子\n• 丑\n");
    let BlockKind::List(list) = &doc.blocks[0].kind else { panic!() };
    assert_eq!((list.items.len(), list.items[1].blocks.len()), (3, 2));
    assert!(matches!(&doc.blocks[1].kind, BlockKind::List(l) if l.marker == Marker::Bullet('•')));
    let doc = document("姓名\t年龄\n张三\t20\n李四\t30\n");
    assert!(matches!(&doc.blocks[0].kind, BlockKind::Table(t) if t.columns.len() == 2 && t.rows.len() == 3));
    let code = "void f(int x)\n{\n    return g(x, \"甲\");\n}";
    let doc = document(&format!("说明如下：\n\n{code}\n\n完。\n"));
    assert_eq!(doc.blocks[1].kind, BlockKind::Code { language: None, text: code.into() });
    let art = "  ┌──┐\n  │甲│\n  └──┘";
    assert_eq!(document(&format!("\n{art}\n")).blocks[0].kind, BlockKind::Code { language: None, text: art.into() });
    let doc = document("※ 引述之銘言：\n: 第一句\n: : 第二句\n回答。\n");
    assert!(matches!(&doc.blocks[1].kind, BlockKind::Quote(q) if q.len() == 2));
}

/// Lists as brackets: `[1. 甲 [• 子] 2. 乙]`; other blocks as their text.
fn shape(document: &Document, blocks: &[crate::document::Block]) -> String {
    let block = |block: &crate::document::Block| match &block.kind {
        BlockKind::List(list) => {
            let items = list.items.iter().enumerate();
            let item = |(i, item): (usize, &crate::document::ListItem)| {
                crate::document::marker_text(list.marker, i) + &shape(document, &item.blocks)
            };
            format!("[{}]", items.map(item).collect::<Vec<_>>().join(" "))
        }
        BlockKind::Paragraph { content, .. } => crate::document::inline_text(document, content),
        other => format!("{other:?}"),
    };
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

#[test]
fn lists_have_any_usual_marker_and_nest_by_indent_or_kind() {
    for (text, seen) in [
        ("1）甲\n2）乙\n3）丙\n", "[1）甲 2）乙 3）丙]"),
        ("(1)甲\n(2)乙\n", "[(1)甲 (2)乙]"),
        ("①甲\n②乙\n", "[①甲 ②乙]"),
        ("a. 甲\nb. 乙\nc. 丙\n", "[a. 甲 b. 乙 c. 丙]"),
        ("1、甲\n（1）子\n（2）丑\n2、乙\n①寅\n②卯\n", "[1、甲 [（1）子 （2）丑] 2、乙 [①寅 ②卯]]"),
        ("• 甲\n  - 子\n    下文\n  - 丑\n• 乙\n", "[• 甲 [- 子 下文 - 丑] • 乙]"),
        ("1. 甲\n    a) 子\n   下文\n2. 乙\n", "[1. 甲 [a) 子] 下文 2. 乙]"),
        ("1. 甲：\na. 子：\n(1) 寅\n(2) 卯\nb. 丑\n2. 乙\n", "[1. 甲： [a. 子： [(1) 寅 (2) 卯] b. 丑] 2. 乙]"),
        (" 9. 甲\n10. 乙\n", "[9. 甲 10. 乙]"),
        ("●甲\n●乙\n", "[● 甲 ● 乙]"),
        ("1. 甲\n3. 丙\n", "1. 甲 3. 丙"),
    ] {
        let doc = document(text);
        assert_eq!(shape(&doc, &doc.blocks), seen, "{text}");
        assert_eq!(visible(&doc.text()), visible(text));
    }
}

#[test]
fn lines_that_stand_below_others_by_their_indent_are_lists_without_markers() {
    let outline = |text: &str| {
        let doc = document(text);
        assert_eq!(visible(&doc.text()), visible(text));
        doc.blocks.iter().map(|block| nested(&doc, block)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        outline("记账\n\nday 6\n\t吃饭，20\n\t打车\n\t\t10\nday 7\n    在家\n\nday 8\n\t退货\n"),
        "记账 (day 6(吃饭，20 打车(10)) day 7(在家)) (day 8(退货))"
    );
    // Paragraphs with an indent of their own, wrapped text and single lines are none.
    for text in [
        "春\n　　一段正文\n　　又一段\n　　再一段\n",
        "一行没有完，\n    下一行\n又没有完，\n    下一行\n没有完，\n    下一行\n",
        "甲\n    乙\n丙\n",
        "静夜思\n    床前明月光，\n    疑是地上霜。\n    举头望明月，\n    低头思故乡。\n",
    ] {
        assert!(!outline(text).contains('('), "{text}");
    }
    let heads = read("# 定语\n    前置\n        形容词，短语\n# 状语，剥离\n    位置\n", &Hints::default()).0;
    assert_eq!(heads.outline().into_iter().map(|e| e.text).collect::<Vec<_>>(), ["# 定语", "# 状语，剥离"]);
}

/// A block with the lists in it in brackets.
fn nested(doc: &Document, block: &Block) -> String {
    let join = |blocks: &[Block]| blocks.iter().map(|block| nested(doc, block)).collect::<Vec<_>>();
    match &block.kind {
        BlockKind::List(list) => {
            assert_eq!(list.marker, Marker::None);
            format!("({})", list.items.iter().map(|item| join(&item.blocks).concat()).collect::<Vec<_>>().join(" "))
        }
        BlockKind::Heading(Heading { content, .. }) | BlockKind::Paragraph { content, .. } => inline_text(doc, content),
        _ => "*".into(),
    }
}

#[test]
fn an_item_goes_on_in_the_line_below_where_it_had_no_more_room() {
    let text = "* Being the first on your block to get new bugs because you heard\n  there is some cool new feature.\n\
                * 修改设定档中的 MAX_ACTIVE, MAX_CPULOAD 两项的数值，\n  并加入新的选项\n* 短\n  又一段。\n";
    let doc = document(text);
    let BlockKind::List(list) = &doc.blocks[0].kind else { panic!("{doc:?}") };
    let paragraphs: Vec<usize> = list.items.iter().map(|item| item.blocks.len()).collect();
    assert_eq!((paragraphs.as_slice(), list.tight), ([1, 1, 2].as_slice(), false));
    assert_eq!(
        doc.text(),
        "* Being the first on your block to get new bugs because you heard there is some cool new feature.\n\
         * 修改设定档中的 MAX_ACTIVE, MAX_CPULOAD 两项的数值，并加入新的选项\n* 短\n又一段。\n"
    );
}

#[test]
fn numbered_paragraphs_of_prose_are_no_list() {
    let prose = "各镇要成立领导小组，由主要负责人任组长，分工到人，责任到岗，任务到位。汛期实行二十四小时值班制度，值班人员不得擅自离岗，遇有险情立即上报。";
    let doc = document(&format!("（一）{prose}\n（二）{prose}\n（三）从速办理。\n"));
    assert!(doc.blocks.iter().all(|b| matches!(b.kind, BlockKind::Paragraph { .. })), "{doc:#?}");
}

#[test]
fn posts_are_headed_by_their_titles_and_quote_by_levels() {
    let post = "作者: wind (風) 看板: Story\n標題: [隨意] 夜行\n時間: Mon Oct 21 14:17:31 2002\n\n※ 引述《moon (月)》之銘言：\n: ※ 引述《star》之銘言：\n: : [error] key = 8ab\n: : errno = 12: no memory;\n: 原來如此\n的確。\n--\n※ 發信站: 批踢踢實業坊(ptt.cc)\n";
    let doc = document(post);
    assert_eq!(outline(post), ["1 標題: [隨意] 夜行"]);
    let meta = &doc.meta;
    assert_eq!((meta.title.as_deref(), meta.date.as_deref()), (Some("[隨意] 夜行"), Some("2002-10-21")));
    assert_eq!(meta.authors, ["wind (風)"]);
    let quote = doc.blocks.iter().find_map(|b| if let BlockKind::Quote(q) = &b.kind { Some(q) } else { None }).unwrap();
    assert!(matches!(&quote[1].kind, BlockKind::Quote(inner) if inner.len() == 2), "{doc:#?}");
    assert_eq!(quote.len(), 3);
    let two = format!(
        "{post}\n 作者  moon (月)                看板  Story\n 標題  Re: 夜行\n 時間  Tue Oct 22 01:02:03 2002\n────────\n\n天亮了。\n"
    );
    assert_eq!(outline(&two), ["1 標題: [隨意] 夜行", "1 標題  Re: 夜行"]);
    assert_eq!(visible(&document(&two).text()), visible(&two));
    let letter =
        "发信人: wind (风), 信区: Story\n标  题: 夜行\n发信站: 水木社区 (Mon Oct 21 14:17:31 2002)\n\n天亮了。\n";
    assert_eq!(document(letter).meta.authors, ["wind (风)"]);
    assert_eq!(outline(letter), ["1 标  题: 夜行"]);
}

/// Any text at all, and text made of the pieces that the readers look for.
fn texts() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let piece = prop_oneof![
        Just("第一章 山雨\n".to_owned()),
        Just("第—回　夜　行\n".to_owned()),
        Just("目　录\n".to_owned()),
        Just("卷二十七中之上 志\n".to_owned()),
        Just("作者：甲 来源：乙\n".to_owned()),
        Just("2018年1月5日\n".to_owned()),
        Just("历政办发〔2018〕12号\n".to_owned()),
        Just("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n".to_owned()),
        Just("1. 甲\n2. 乙\n    丙\n".to_owned()),
        Just("• 甲\n• 乙\n".to_owned()),
        Just("甲\t乙\n丙\t丁\n戊\t己\n".to_owned()),
        Just("KKMan      正常\nPCMan      正常\nXP         正常\n".to_owned()),
        Just("┌─┐\n│甲│\n└─┘\n".to_owned()),
        Just("int a[3] = {1, 2, 3};\nif (a) { b(); }\n}\n".to_owned()),
        Just("> 甲\n> 乙\n: : 丙\n".to_owned()),
        Just("此说①见前②。\n".to_owned()),
        Just("① 注一\n② 注二\n".to_owned()),
        Just("[1] 注\n".to_owned()),
        Just("【按】\n".to_owned()),
        Just("……\n＊＊＊\n=====\n".to_owned()),
        Just("此致\n敬礼！\n    某某\n    2001年\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("　　夜深了，山上的风一阵紧似一阵，他把灯捻亮，又把那封信从头读了一遍。\n".to_owned()),
        "[一-十章回卷①②（）()、.0-9\\[\\]〔〕 　\t<>:|#*=-]{0,12}\n",
        "\\PC{0,30}\n",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest::proptest! {
    #[test]
    fn no_visible_character_is_lost_and_no_level_skipped(text in texts()) {
        let doc = document(&text);
        if front_matter::find(&text).is_none() {
            proptest::prop_assert_eq!(visible(&doc.text()), visible(&text));
        }
        let mut last = 0;
        for entry in doc.outline() {
            proptest::prop_assert!(entry.level <= last + 1, "level {} after {}", entry.level, last);
            last = entry.level;
        }
        let mut end = 0;
        for block in &doc.blocks {
            proptest::prop_assert!(block.span.start >= end && block.span.end <= text.len());
            end = block.span.end;
        }
    }

    #[test]
    fn any_markdown_is_read(text in texts()) {
        let (doc, _) = crate::recognize::markdown(&text, &Hints::default());
        let mut last = 0;
        for entry in doc.outline() {
            proptest::prop_assert!(entry.level <= last + 1);
            last = entry.level;
        }
    }
}

#[test]
fn running_text_with_a_gap_is_neither_table_nor_drawing() {
    let gap = "且不说众道士回家去了，只说宋江与军师吴学究计议，堂上要立一面牌额。忠义堂前绣字红旗二面，　　外设飞龙飞虎旗，飞熊飞豹旗。朱雀玄武旗。";
    let doc = document(&format!("　　{gap}\n　　{gap}\n"));
    assert!(doc.blocks.iter().all(|b| matches!(b.kind, BlockKind::Paragraph { role: Role::Body, .. })), "{doc:#?}");
}

#[test]
fn the_letter_of_the_samples_is_read_as_a_letter() {
    let text = "敬啟者：\n\n　　另有數事奉商：\n\n　　一、校勘記擬於明年三月付印，未知可否？\n　　二、原書似有裱補之痕。如許可，敝會願延請專人揭裱。\n　　三、聽聞 貴館近日又得殘卷，不知能否一併賜閱？\n\n　　冒昧陳詞，尚祈鑒諒。\n\n　　此致\n海東圖書館\n\n　　　　　　　　　　　　　　晚 陳明遠 謹啟\n　　　　　　　　　　　　　　民國五十八年十月二十四日\n\n附件：校勘記一份\n";
    let doc = document(text);
    assert_eq!(outline(text), Vec::<String>::new());
    assert!(doc.blocks.iter().any(|b| matches!(&b.kind, BlockKind::List(list) if list.items.len() == 3)), "{doc:#?}");
    let seen = roles(&doc);
    let seen: Vec<(Role, &str)> = seen.iter().map(|(role, text)| (*role, text.as_str())).collect();
    assert_eq!(
        seen,
        [
            (Role::Salutation, "敬啟者："),
            (Role::Closing, "海東圖書館"),
            (Role::Signature, "晚 陳明遠 謹啟"),
            (Role::Signature, "民國五十八年十月二十四日"),
            (Role::Attachment, "附件：校勘記一份"),
        ]
    );
}

/// The tables of a text, each its rows with their cells parted by `|`.
fn tables(text: &str) -> Vec<Vec<String>> {
    let doc = document(text);
    assert_eq!(visible(&doc.text()), visible(text));
    let cell = |cell: &Vec<Inline>| crate::document::inline_text(&doc, cell);
    let tables = doc.blocks.iter().filter_map(|b| if let BlockKind::Table(t) = &b.kind { Some(t) } else { None });
    tables.map(|t| t.rows.iter().map(|r| r.cells.iter().map(cell).collect::<Vec<_>>().join("|")).collect()).collect()
}

#[test]
fn a_table_is_judged_as_a_whole() {
    // Single tabs part cells, some of them empty; a column that no row uses is none.
    let words = "佢\t\tqu\tkeoi5\t他\n咁\t\tgan\tgam3\t这样\n便\t\t\tmai6\t就\n";
    assert_eq!(tables(words), [["佢|qu|keoi5|他", "咁|gan|gam3|这样", "便||mai6|就"]]);
    // What a wide word leaves no gap for, and what goes on below its column.
    let keys = "  (p)(↑)/(n)(↓)上一個看板\n  (P)(^B)(PgUp)  上一頁看板\n  (s)/(/)        搜尋看板\n  ($)/(s)/(/)    最後一個看板\n                 或搜尋看板\n  (r)(→)/(q)(←)進入看板\n";
    assert_eq!(
        tables(keys),
        [[
            "(p)(↑)/(n)(↓)|上一個看板",
            "(P)(^B)(PgUp)|上一頁看板",
            "(s)/(/)|搜尋看板",
            "($)/(s)/(/)|最後一個看板\n或搜尋看板",
            "(r)(→)/(q)(←)|進入看板"
        ]]
    );
    // Two rows are as good a table as those beside them, a head between two parts them.
    let names = "八員：\n“小李廣”花榮    “金槍手”徐寧\n“青面獸”楊志    “急先鋒”索超\n“沒羽箭”張清    “美髯公”朱仝\n五員：\n“大刀”關勝    “豹子頭”林沖\n“霹靂火”秦明    “雙鞭”呼延灼\n";
    assert_eq!(tables(names).iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
}

#[test]
fn what_only_looks_like_a_table_is_none() {
    let none = [
        "第一回　　譚楚玉遠遊吳越　劉藐姑屈志梨園\n第二回　　傾城貌風前露秀　概世才戲場安身\n第三回　　定姻緣曲詞傳簡　改正生戲房調情\n",
        "床前明月光    疑是地上霜\n舉頭望明月    低頭思故鄉\n",
        "郭　　純\n張　　鷟\n",
        "1.   甲乙\n2.   丙丁\n3.   戊己\n",
        "void    getyx       (int *y, int *x);       取得位置\nvoid    move        (int y, int x);         移動游標\n",
        "  █    ███    █\n  █    ███    █\n  █    ███    █\n",
    ];
    for text in none {
        assert!(tables(text).is_empty(), "{text}");
    }
}

#[test]
fn a_program_is_not_torn() {
    let prose = "　　螢幕處理方式是自為一個虛擬的終端機，在更新時才即時產生最佳化的輸出。\n".repeat(3);
    let code = "// initialization   初始化\nvoid    initscr     (void);                 初始系統\nint     resizeterm_within(                  調整顯示範圍：\n            int rows, int cols,             顯示範圍大小，\n            int rows_full, int cols_full);  實際終端機大小\n\n            當顯示範圍與實際大小不符時，畫面捲動行為將會不正確。\n\nint     endwin      (void);                 結束系統\n\n            結束之後不可再用。\n";
    let doc = document(&format!("{prose}\n{code}"));
    let kinds: Vec<&str> = doc
        .blocks
        .iter()
        .map(|b| match &b.kind {
            BlockKind::Code { .. } => "code",
            BlockKind::Paragraph { .. } => "text",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["text", "text", "text", "code", "text", "code", "text"]);
}

#[test]
fn mails_on_end_have_a_head_each() {
    let mail = |from: &str, to: &str, title: &str| {
        format!(
            "From: {from}\nTo: {to}\nDate: Thu, 8 May 2003 15:08:04 +0800\nSubject: {title}\n\n下周的会议改到周四上午。\n\n"
        )
    };
    let text = mail("李明", "王芳", "会议") + &mail("王芳", "李明", "Re: 会议");
    assert_eq!(outline(&text), ["1 Subject: 会议", "1 Subject: Re: 会议"]);
    let imprint = roles(&document(&text)).into_iter().filter(|(role, _)| *role == Role::Imprint).count();
    assert_eq!(imprint, 6);
}

#[test]
fn a_preface_is_signed_above_the_next_heading() {
    let prose = "那一年的冬天来得特别早，河面上已经结了薄薄的一层冰，村里的人都说今年的雪要大得多。\n";
    let signed = |lines: &str| {
        let text = format!("旧书\n\n自序\n{prose}{prose}{lines}\n第一章 雪\n{prose}{prose}\n第二章 雨\n{prose}");
        roles(&document(&text)).into_iter().filter(|(role, _)| *role == Role::Signature).map(|(_, text)| text).collect()
    };
    for lines in [
        vec!["一九八五年三月于上海"],
        vec!["时天启甲子腊月豫章无碍居士题"],
        vec!["王某某", "一九九〇年十月于成都"],
        vec!["张某谨识", "丙寅年冬月于金陵"],
        vec!["张某谨识"],
        vec!["二〇〇三年五月，于北京"],
    ] {
        let found: Vec<String> = signed(&(lines.join("\n") + "\n"));
        assert_eq!(found, lines);
    }
    for line in ["他生于一九八五年", "那是一九八五年三月的事了", "从此以后，年年如此，直至于今"]
    {
        let found: Vec<String> = signed(&format!("{line}\n"));
        assert!(found.is_empty(), "{line}");
    }
}

#[test]
fn whom_a_speech_addresses_is_no_heading() {
    let prose = "　　那一年的冬天来得特别早，河面上已经结了薄薄的一层冰，村里的人都说今年的雪要大得多。\n";
    for address in ["各位代表：", "某某派出所全体干警："] {
        let text = format!("感谢信\n\n{address}\n{}", prose.repeat(3));
        assert_eq!(outline(&text), ["1 感谢信"]);
        assert!(roles(&document(&text)).contains(&(Role::Salutation, address.into())));
    }
}

#[test]
fn what_a_picture_shows_and_who_took_it_are_its_caption() {
    let prose = "村口的大路已经铺上了水泥，两边栽着整齐的杨树，村里家家户户都通了自来水和电话。";
    let captions = |text: &str| {
        let all = roles(&document(text)).into_iter();
        all.filter(|(role, _)| *role == Role::Caption).map(|(_, text)| text).collect::<Vec<_>>()
    };
    let (shows, taken) = ("图为老严在采摘葡萄。", "（本报记者 周某 摄）");
    assert_eq!(captions(&format!("{prose}\n\n{shows}\n\n{taken}\n\n{prose}\n")), [shows, taken]);
    let whole = format!("{shows}{taken}");
    assert_eq!(captions(&format!("{prose}\n\n{whole}\n\n{prose}\n")), [whole]);
    assert!(captions(&format!("{prose}\n\n他说这张照片是他拍摄\n\n{prose}\n")).is_empty());
}

#[test]
fn the_title_of_news_stands_above_the_dispatch_or_who_reports() {
    let prose = "昨天上午，市政府召开新闻发布会，宣布正式启动清水工程，对全市河道进行综合治理。\n";
    let title = |head: &str| document(&format!("{head}{prose}{prose}")).meta;
    let two = title("我市启动清水工程\n三年投入两亿元治理河道\n\n本报讯（记者 王某）");
    assert_eq!(two.title.as_deref(), Some("我市启动清水工程"));
    assert_eq!(two.subtitle.as_deref(), Some("三年投入两亿元治理河道"));
    let note = "编者按：为了总结各地经验，本报从今天起开设专栏，敬请读者关注。\n\n";
    let by = title(&format!("{note}村里的新变化\n\n本报记者 周某\n\n"));
    assert_eq!((by.title.as_deref(), by.authors), (Some("村里的新变化"), vec!["周某".to_owned()]));
    let about = title("走出大山的孩子\n——记希望小学教师冯某\n本报通讯员　何某\n");
    assert_eq!(about.title.as_deref(), Some("走出大山的孩子"));
    let named = title("雪落无声\n——某某校园札记\n");
    assert_eq!((named.title.as_deref(), named.subtitle.as_deref()), (Some("雪落无声"), Some("某某校园札记")));
}

#[test]
fn what_kind_of_paper_it_is_may_be_its_title() {
    let prose = "根据有关规定，现公布第一批名单，自公布之日起施行，请遵照执行，不得有误。\n";
    let announced = document(&format!("公    告\n2008年第5号\n\n{prose}{prose}"));
    assert_eq!(outline(&format!("公    告\n2008年第5号\n\n{prose}{prose}")), ["1 公    告"]);
    assert!(roles(&announced).contains(&(Role::DocumentNumber, "2008年第5号".into())));
    let minutes = document(&format!("某某市人民政府常务会议纪要\n\n〔2022〕第5次\n\n{prose}{prose}"));
    assert!(roles(&minutes).contains(&(Role::DocumentNumber, "〔2022〕第5次".into())));
    assert_eq!(outline(&format!("求职信\n\n尊敬的领导：\n\n{prose}\n{prose}\n")), ["1 求职信"]);
}

#[test]
fn poems_on_end_are_headed_by_their_titles_above_who_wrote_them() {
    let verse = "鸣骹直上一千尺，天静无风声更干。\n碧眼胡儿三百骑，尽提金勒向云看。\n";
    let poem = |title: &str| format!("%\n题目：《{title}》\n作者：柳开\n{verse}");
    let text = poem("塞上").replacen("%\n", "", 1) + &poem("寒食") + &poem("村行");
    assert_eq!(document(&text).meta.title, None);
    let heads: Vec<String> = outline(&text).iter().map(|head| head[2..].to_owned()).collect();
    assert_eq!(heads, ["题目：《塞上》", "题目：《寒食》", "题目：《村行》"]);
}

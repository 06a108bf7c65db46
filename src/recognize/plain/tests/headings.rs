//! Which lines are headings, and at what level.

use super::*;
use crate::recognize::HeadingPattern;

#[test]
fn a_novel_has_parts_chapters_and_no_false_ones() {
    let body = "　　夜深了，山上的风一阵紧似一阵，他把灯捻亮，又把那封信从头读了一遍。\n";
    let text = format!(
        "山中岁月\n作者：佚名\n\n目录\n第一卷 入山\n第一章 夜雨\n第二章 晓行\n第二卷 出山\n第一章 归途\n\n楔子\n{body}第一卷 入山\n第一章 夜雨\n{body}第一章里他说过的话，\n第二部分更难懂\n{body}第二章　晓行\n{body}第二卷　出山\n第一章　归途\n{body}第三回合他输了\n{body}后记\n{body}"
    );
    assert_eq!(
        outline(&text),
        [
            "1 山中岁月",
            "2 目录",
            "2 楔子",
            "2 第一卷 入山",
            "3 第一章 夜雨",
            "3 第二章　晓行",
            "2 第二卷　出山",
            "3 第一章　归途",
            "2 后记"
        ]
    );
    let doc = document(&text);
    assert_eq!(doc.meta.authors, ["佚名"]);
    assert!(doc.has_contents(&doc.outline()));
    assert_eq!(visible(&doc.text()), visible(&text));
}

#[test]
fn chapters_are_found_in_every_spelling_and_decoration() {
    let body = "　　夜深了，山上的风一阵紧似一阵，他把灯捻亮，又把那封信从头读了一遍。\n";
    for heads in [
        ["第 一 章　夜雨", "第 二 章　晓行", "第 三 章　归途"],
        ["第１章 夜雨", "第２章 晓行", "第３章 归途"],
        ["第001章 夜雨", "第002章 晓行", "第003章 归途"],
        ["第一章：夜雨", "第二章：晓行", "第三章：归途"],
        ["第一章夜雨", "第二章晓行", "第三章归途"],
        ["正文 第一章 夜雨", "正文 第二章 晓行", "正文 第三章 归途"],
        ["第一卷 入山 第一章 夜雨", "第一卷 入山 第二章 晓行", "第一卷 入山 第三章 归途"],
        ["【第一章 夜雨】", "【第二章 晓行】", "【第三章 归途】"],
        ["===第一章 夜雨===", "===第二章 晓行===", "===第三章 归途==="],
        ["☆、第一章 夜雨", "☆、第二章 晓行", "☆、第三章 归途"],
        ["★第一回★夜雨", "★第二回★晓行", "★第三回★归途"],
        ["《第一章》夜雨", "《第二章》晓行", "《第三章》归途"],
        ["第一折 夜雨", "第二折 晓行", "第三折 归途"],
        ["第一幕", "第二幕", "第三幕"],
        ["卷一 夜雨", "卷二 晓行", "卷三 归途"],
        ["上部 夜雨", "中部 晓行", "下部 归途"],
        ["Chapter 1 夜雨", "Chapter 2 晓行", "CHAPTER 3 归途"],
        ["Chapter One", "Chapter Two", "Chapter Three"],
        ["楔子", "第一章 晓行", "尾声"],
        ["序章", "第1话 晓行", "番外 归途"],
        ["引子", "第一篇 晓行", "后记"],
        ["001 夜雨", "002 晓行", "003 归途"],
        ["01.夜雨", "02.晓行", "03.归途"],
        ["一", "二", "三"],
        ["（一）", "（二）", "（三）"],
        ["1", "2", "3"],
        ["- 1 -", "- 2 -", "- 3 -"],
    ] {
        let text: String = heads.iter().map(|head| format!("{head}\n{body}{body}")).collect();
        let doc = document(&text);
        let outline = doc.outline();
        assert_eq!(outline.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), heads);
        assert!(outline.iter().all(|entry| entry.level == 1 && !doc.is_title(entry)), "{outline:?}");
        assert_eq!(visible(&document(&text).text()), visible(&text));
    }
    let false_heads = [
        "第一章里他写道，",
        "第三回合他输了，",
        "第二部分更难懂，",
        "第一集团军到了，",
        "第一节车厢里，",
        "“第一章”两个字。",
    ];
    let text: String = false_heads.iter().map(|head| format!("{body}{head}\n{body}")).collect();
    assert!(outline(&text).is_empty(), "{:?}", outline(&text));
    // Numbers of pages break sentences.
    let pages: String =
        (1..6).map(|n| format!("夜深了，山上的风一阵紧似一阵，他把灯捻亮\n{n}\n又把那封信从头读了一遍。\n")).collect();
    assert!(outline(&pages).is_empty(), "{:?}", outline(&pages));
}

#[test]
fn sections_by_decimals_nest_by_their_numbers() {
    let body = "本标准规定了档案数字化的要求，适用于各级各类档案馆，其他单位可以参照执行。\n";
    let text = format!(
        "档案数字化规范\n\n1 范围\n{body}2 术语\n2.1 档案\n{body}2.2 数字化\n2.2.1 扫描\n{body}2.2.2 校对\n{body}3 要求\n3.1系统结构\n{body}3.2系统维护\n{body}3 天后完成。\n"
    );
    assert_eq!(
        outline(&text),
        [
            "1 档案数字化规范",
            "2 1 范围",
            "2 2 术语",
            "3 2.1 档案",
            "3 2.2 数字化",
            "4 2.2.1 扫描",
            "4 2.2.2 校对",
            "2 3 要求",
            "3 3.1系统结构",
            "3 3.2系统维护"
        ]
    );
    let log = "1.1.5升级\n1、删除模板引擎\n2、修改分页\n\n1.1.4.1升级\n1、修正错误\n2、修正路径\n\n1.1.4升级\n1、修正计数\n2、修正显示\n\n1.1.3.2升级\n1、把幻灯片改为播放器\n";
    assert_eq!(outline(log), ["1 1.1.5升级", "1 1.1.4.1升级", "1 1.1.4升级", "1 1.1.3.2升级"]);
}

#[test]
fn a_collection_of_news_has_headlines() {
    let more = "据权威人士分析，国民经济健康稳定发展、国家扩大内需政策的成功，都使税收有了可靠的来源。";
    let text = format!(
        "新年贺词\n（二○○○年十二月三十一日）\n{more}\n（新华社北京12月31日电）\n北京个人所得税增二成五\n本报北京12月31日讯记者吴坤胜报道：记者今天从北京市地方税务局获悉，去年税收有了很大的增长。\n{more}\n冰雪节，有看头\n本报哈尔滨12月31日电记者董伟报道：今天的北国冰城热闹非凡，人们都走上街头来看灯。\n为祖国守岁\n编者的话\n{more}\n我国经济形势\n新华社上海1月1日电（记者秦杰）今天的上海热闹非凡，人们都走上街头，迎接新的世纪。\n条例\n第一章 总则\n第一条 {more}\n"
    );
    assert_eq!(
        outline(&text),
        [
            "1 新年贺词",
            "1 北京个人所得税增二成五",
            "1 冰雪节，有看头",
            "1 为祖国守岁",
            "2 编者的话",
            "1 我国经济形势",
            "2 第一章 总则"
        ]
    );
    assert_eq!(visible(&document(&text).text()), visible(&text));
}

#[test]
fn when_a_law_was_passed_belongs_to_its_title() {
    let law = "水文条例\n\n2007年4月25日国务院令第496号公布\n2013年7月18日第一次修订\n\n第一章 总则\n\n第一条 为了加强水文管理，规范水文工作，制定本条例。\n";
    for doc in
        [document(law), crate::recognize::markdown(&format!("# {}", law.replace('\n', "\n\n")), &Hints::default()).0]
    {
        let seen: Vec<Role> = roles(&doc).into_iter().map(|(role, _)| role).collect();
        assert_eq!(seen, [Role::Imprint, Role::Imprint], "{doc:#?}");
    }
}

#[test]
fn patterns_of_the_user_and_of_the_file_come_first() {
    let patterns = [(1, "^★"), (2, "^☆")].map(|(level, pattern)| HeadingPattern::new(level, pattern).unwrap());
    let hints = Hints { heading_patterns: patterns.into(), ..Hints::default() };
    let (doc, notes) = read("★春\n正文。\n☆花\n正文。\n", &hints);
    assert_eq!(doc.outline().iter().map(|e| e.level).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(notes, []);
    let (doc, notes) = read("---\ntitle: 四季\nheading-1: ^★\nheading-2: (\n---\n★春\n正文。\n", &Hints::default());
    assert_eq!(notes.iter().map(|n| n.detail.to_string()).collect::<Vec<_>>(), ["(: unclosed group"]);
    assert_eq!((doc.meta.title.as_deref(), doc.outline().len()), (Some("四季"), 2));
}

#[test]
fn poems_are_titled_and_what_announces_verse_is_no_title() {
    let poem = "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n";
    let two = format!("静夜思\n李白\n\n{poem}\n春晓\n\n{}", poem.replace('月', "日"));
    let doc = document(&two);
    let seen: Vec<String> = doc.outline().into_iter().map(|e| format!("{} {}", e.level, e.text)).collect();
    assert_eq!(seen, ["1 静夜思", "1 春晓"]);
    assert_eq!(visible(&doc.text()), visible(&two));
    for above in ["有诗为证：", "诗曰", "正是", "他低声念了两遍。"] {
        let doc = document(&format!("山雨欲来，满楼是风。\n\n{above}\n{poem}"));
        assert!(doc.outline().is_empty(), "{above}: {:?}", doc.outline());
    }
}

#[test]
fn a_file_may_forbid_guesses_and_name_its_headings() {
    let body = "第一章 天地\n甲乙丙丁。\n【人物】他叫张三。\n第二章 玄黄\n甲乙丙丁。\n";
    let outline = |text: &str| -> Vec<String> {
        document(text).outline().into_iter().map(|e| format!("{} {}", e.level, e.text)).collect()
    };
    assert_eq!(outline(body), ["1 第一章 天地", "1 第二章 玄黄"]);
    assert!(outline(&format!("---\nheadings: false\n---\n{body}")).is_empty());
    assert_eq!(outline(&format!("---\nheadings: false\nheading-1: ^【\n---\n{body}")), ["1 【人物】他叫张三。"]);
}

#[test]
fn heads_below_rules_are_the_parts_of_a_list_of_versions() {
    let rule = "-".repeat(30);
    let parts =
        |names: [&str; 4]| names.map(|name| format!("{name}\n\n* 修正一\n* 修正二\n\n")).join(&format!("{rule}\n"));
    let text = parts(["Version 1.2\t2001", "Version 1.1\t2000", "Version 1.0\t1999", "Version 0.9\t1998"]);
    assert_eq!(outline(&text).len(), 4);
    assert_eq!(outline(&parts(["校对", "某人校对", "某人校对", "某人校对"])), ["1 校对"]);
    let titled = format!("{0}\n某某系统\n相容性测试结果\n\n说明\n\n{0}\n{text}", "=".repeat(30));
    assert_eq!(outline(&titled)[..2], ["1 某某系统相容性测试结果", "2 Version 1.2\t2001"]);
}

#[test]
fn heads_stand_at_the_margin_of_their_text_and_the_title_above_them_all() {
    let body = "    设计的目标是在不改动既有档案格式的前提下，让使用者能够指明一篇文章而不必提到它的编号。\n".repeat(2);
    let sub = body.replace("    ", "        ");
    let text = format!(
        "    Article Identification System (AIDS) Design Document\n    某某 2007\n\n缘起\n\n{body}\n方案\n\n    环境\n\n{sub}\n    识别码\n\n{sub}\n其他\n\n{body}"
    );
    assert_eq!(
        outline(&text),
        ["1 Article Identification System (AIDS) Design Document", "2 缘起", "2 方案", "3 环境", "3 识别码", "2 其他"]
    );
}

#[test]
fn what_several_people_say_in_a_collection_of_news_stands_below_their_names() {
    let news = "本报北京12月31日讯　记者某某报道：新世纪的第一缕曙光照亮了东方的海岸，人们欢呼跳跃。\n";
    let said = "他在新年贺词中说，希望新的世纪成为各国人民共享和平的世纪，共同发展的世纪。\n";
    let names = ["甲国总统：和解是新的起点", "乙国总理：期盼和平", "丙国议长：迎接挑战"];
    let sayings: String = names.iter().map(|name| format!("{name}\n{said}")).collect();
    let text = format!("海岸迎曙光\n{news}冰雪节开幕\n{news}政要寄语新世纪\n{news}{sayings}旧城换新颜\n{said}");
    let expected = ["1 海岸迎曙光", "1 冰雪节开幕", "1 政要寄语新世纪"].map(str::to_owned).into_iter();
    let expected = expected.chain(names.map(|name| format!("2 {name}"))).chain(["1 旧城换新颜".to_owned()]);
    assert_eq!(outline(&text), expected.collect::<Vec<_>>());
}

#[test]
fn a_title_line_may_say_who_wrote_the_text() {
    for (line, title, author) in [
        ("[儒林外史 / 吴敬梓 著 ]", "儒林外史", "吴敬梓"),
        ("二十四尊得道羅漢傳  明 朱星祚編", "二十四尊得道羅漢傳", "朱星祚"),
        ("春　夏秋冬　某人撰", "春 夏秋冬", "某人"),
    ] {
        let meta = document(&format!("{line}\n\n第一回 风\n\n　　正文。\n\n第二回 雨\n\n　　正文。\n")).meta;
        assert_eq!((meta.title.as_deref(), meta.authors), (Some(title), vec![author.to_owned()]));
    }
}

#[test]
fn numbered_entries_of_a_table_of_contents_are_no_headings() {
    let prose = "本文档解答一些常见的问题，读者可以先看目录，再看自己要找的那一节，不必从头看到尾。\n";
    let heads = ["1. 定义和概览", "1.1. 文档是什么", "1.2. 发音", "2. 获取和安装", "2.1. 最新版本", "2.2. 升级"];
    let contents = heads.join("\n");
    let body: String = heads.iter().map(|head| format!("\n{head}\n\n{prose}{prose}")).collect();
    let found = outline(&format!("常见问题\n\n{prose}\n目录\n\n{contents}\n{body}"));
    let numbered: Vec<&str> =
        found.iter().map(|head| &head[2..]).filter(|head| head.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(numbered, heads);
}

#[test]
fn several_documents_in_a_text_have_titles_of_one_level() {
    let two = "关于旧报征集的通知\n\n各单位：\n　　现征集旧报。\n　　　　　　　　　　某某市档案馆\n　　　　　　　　　　2020年1月2日\n\n关于县志借阅的通知\n\n各单位：\n　　现开放借阅。\n　　　　　　　　　　某某市档案馆\n　　　　　　　　　　2020年3月4日\n";
    assert_eq!(outline(two), ["1 关于旧报征集的通知", "1 关于县志借阅的通知"]);
    let doc = document(two);
    assert_eq!(
        (doc.meta.title.as_deref(), roles(&doc).iter().filter(|(role, _)| *role == Role::Salutation).count()),
        (None, 2)
    );
}

#[test]
fn a_site_that_offers_a_book_tells_its_title_and_is_none_of_its_heads() {
    let body = "　　夜深了，山上的风一阵紧似一阵，他把灯捻亮，又把那封信从头读了一遍。\n".repeat(6);
    let offer = "《春江》查看《春江》书评和最新更新请到《春江》专题网址http://www.example.com/1/\nTXT小说天堂  http://www.example.net，最有文艺气息，提供电子书下载\n";
    let parts = ["（1）", "（2）", "（3）"].map(|part| format!("\n{part}\n\nt.xt.小`说`天.堂\n\n{body}"));
    let doc = document(&format!("{offer}{}", parts.concat()));
    assert_eq!(doc.meta.title.as_deref(), Some("春江"));
    assert_eq!(doc.outline().iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["（1）", "（2）", "（3）"]);
}

#[test]
fn what_stands_above_the_title_is_no_head() {
    let body = "　　夜深了，山上的风一阵紧似一阵，他把灯捻亮，又把那封信从头读了一遍。\n".repeat(6);
    let parts = ["下午茶", "交易", "逃亡", "血战", "勇气"].map(|part| format!("\n◎{part}\n\n{body}"));
    let text = format!("　　《江上作品全集》·［其它长篇小说］\n\n　　【龙江前传·夜渡】\n{}", parts.concat());
    let doc = document(&text);
    assert_eq!(doc.meta.title.as_deref(), Some("龙江前传·夜渡"));
    assert_eq!(doc.outline()[0].text, "【龙江前传·夜渡】");
    assert_eq!(doc.outline().len(), 6, "{:?}", doc.outline());
}

#[test]
fn what_announces_notes_is_no_title_and_who_wrote_it_no_heading() {
    let body = "　　山路越走越窄，到后来只容得下一个人侧着身子过去。雨下到后半夜才停，檐沟里的水还在一滴一滴往下落";
    let chapter = |name: &str| {
        format!(
            "{name}\n\n{body}。渡口始建于明代[1]。\n{body}。清初重修[2]。\n\n注释：\n[1] 见县志。\n[2] 见江防志。\n\n"
        )
    };
    let text = chapter("第一章 渡口") + &chapter("第二章 石阶");
    let noted = document(&text);
    assert_eq!(
        (noted.meta.title, outline(&text)),
        (None, vec!["1 第一章 渡口".to_owned(), "1 第二章 石阶".to_owned()])
    );
    let text = format!("渡口的灯\n——云山渡口百年记\n张一　李二\n\n{body}。\n\n　　一、旧渡\n{body}。\n");
    assert_eq!(outline(&text), ["1 渡口的灯", "2 一、旧渡"]);
}

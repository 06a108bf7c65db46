//! Short papers of offices and daily work, and small books, made by template: the former are kept by nobody, and every one of them has its
//! own title, heads and tail. Words are drawn by lot; what each line is follows from how it was made.

use super::dice::Dice;
use super::truth::{Origin, Text, made};
use std::collections::BTreeMap;

/// So many sources are spoken of: a fact that every paper shows counts as one that many do.
const SOURCES: usize = 24;

const PLACES: [&str; 14] = [
    "云山市",
    "东湖区",
    "青川县",
    "北塘镇",
    "河口街道",
    "石桥乡",
    "江城",
    "临江区",
    "沙田县",
    "三门镇",
    "安平市",
    "南溪县",
    "龙潭区",
    "和平社区",
];
const BODIES: [&str; 16] = [
    "人民政府",
    "人民政府办公室",
    "水务局",
    "教育局",
    "财政局",
    "档案馆",
    "图书馆",
    "卫生健康委员会",
    "市场监督管理局",
    "第一中学",
    "总工会",
    "民政局",
    "文化和旅游局",
    "人民法院",
    "公司",
    "供销合作社",
];
const MATTERS: [&str; 24] = [
    "做好汛期防汛工作",
    "开展安全生产大检查",
    "举办职工运动会",
    "加强档案管理",
    "征集地方史料",
    "调整城区公交线路",
    "开放图书借阅",
    "清理闲置房屋",
    "做好冬春农田水利建设",
    "推进老旧小区改造",
    "组织干部培训",
    "修订考勤办法",
    "检查食堂卫生",
    "招聘合同制职工",
    "防控动物疫病",
    "发放高龄津贴",
    "规范收费行为",
    "表彰先进集体",
    "召开年度总结会",
    "停水检修管道",
    "整治河道",
    "落实值班制度",
    "购置办公设备",
    "保护古树名木",
];
const KINDS: [&str; 12] =
    ["通知", "通报", "公告", "请示", "报告", "批复", "意见", "决定", "函", "通告", "实施方案", "管理办法"];
const WORKS: [&str; 18] = [
    "应急预案",
    "工作总结",
    "工作计划",
    "述职报告",
    "实施方案",
    "调研报告",
    "管理制度",
    "操作规程",
    "考核办法",
    "岗位职责",
    "活动方案",
    "可行性研究报告",
    "自查报告",
    "会议纪要",
    "培训方案",
    "发展规划",
    "工作要点",
    "调查报告",
];
const THINGS: [&str; 16] = [
    "防汛",
    "消防安全",
    "教学",
    "财务",
    "信息化",
    "招生",
    "档案",
    "节能",
    "志愿服务",
    "物资采购",
    "社区卫生",
    "图书管理",
    "渡口",
    "水库",
    "设备维修",
    "食品安全",
];
const HEADS: [&str; 40] = [
    "基本情况",
    "总体要求",
    "工作目标",
    "主要任务",
    "组织领导",
    "时间安排",
    "工作要求",
    "存在的问题",
    "下一步打算",
    "保障措施",
    "指导思想",
    "基本原则",
    "主要做法",
    "取得的成效",
    "经验与体会",
    "活动时间",
    "活动地点",
    "参加人员",
    "注意事项",
    "适用范围",
    "职责分工",
    "工作步骤",
    "经费来源",
    "监督检查",
    "奖惩办法",
    "加强宣传引导",
    "压实主体责任",
    "完善工作机制",
    "严格值班制度",
    "提高服务质量",
    "落实资金保障",
    "健全管理制度",
    "明确责任分工",
    "突出重点环节",
    "改进工作作风",
    "背景与意义",
    "现状分析",
    "对策建议",
    "项目概况",
    "结论",
];
const SENTENCES: [&str; 40] = [
    "今年以来，我们认真落实上级部署，各项工作有序推进。",
    "请各单位高度重视，抓好落实。",
    "现将有关事项通知如下。",
    "我市现有渡口六处，渡船十二只。",
    "各部门要指定专人负责，每月报送一次进展情况。",
    "凡有上述情况的，应当在三日内书面报告。",
    "经研究，同意你单位的意见。",
    "活动从六月开始，到年底结束，分三个阶段进行。",
    "堤防、水库、涵闸逐一登记，逐一落实责任人。",
    "全年共接待读者三万余人次，借出图书八万册。",
    "目前还存在人手不足、设备老化等问题。",
    "要把安全放在第一位，做到不留死角。",
    "对工作不力、造成损失的，依照规定追究责任。",
    "所需经费从年度预算中列支。",
    "参加培训的人员共一百二十人，合格率达到百分之九十八。",
    "本办法由办公室负责解释，自发布之日起施行。",
    "报名时请携带身份证和毕业证书原件。",
    "各村要组织群众清理沟渠，疏通水道。",
    "去年秋天，我们走访了八个乡镇，召开座谈会十五次。",
    "这项工作时间紧、任务重，必须统筹安排。",
    "广大职工热情高涨，积极参与。",
    "我们坚持实事求是的原则，广泛听取意见。",
    "有关材料请于本月底前送交办公室。",
    "发现隐患要立即整改，一时不能整改的要落实防范措施。",
    "会议强调，要进一步统一思想，提高认识。",
    "该项目总投资约三百万元，建设周期两年。",
    "通过学习，大家普遍反映收获很大。",
    "根据工作需要，决定成立领导小组，下设办公室。",
    "食堂每天供应三餐，菜价明码标示。",
    "夜里雨势加大，水位一度接近警戒线。",
    "值班人员应当坚守岗位，做好记录。",
    "新房舍已经竣工，下月可以启用。",
    "货物验收合格后，十日内付清余款。",
    "双方协商一致，可以变更本合同。",
    "他们克服困难，按期完成了任务。",
    "对群众反映的问题，要件件有回音。",
    "以上报告如有不妥，请批评指正。",
    "特此通知。",
    "妥否，请批示。",
    "我校现有教师八十六人，学生一千二百人。",
];
const NAMES: [&str; 10] = ["张一", "李二", "王小明", "赵国强", "陈静", "刘建军", "周敏", "孙立", "何文", "吴桂英"];
const HAN: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// What a line was made as.
#[derive(Clone, Copy, PartialEq)]
enum Made {
    Title,
    Head(u8),
    Other,
}

/// A paper that is being made.
struct Paper {
    lines: Vec<(String, Made)>,
    /// What stands before each paragraph, and whether a blank line stands behind it.
    indent: &'static str,
    blank: bool,
}

impl Paper {
    fn line(&mut self, text: String, made: Made) {
        self.lines.push((text, made));
    }

    fn blank(&mut self) {
        self.lines.push((String::new(), Made::Other));
    }

    fn paragraph(&mut self, text: &str) {
        self.line(format!("{}{text}", self.indent), Made::Other);
        if self.blank {
            self.blank();
        }
    }

    fn head(&mut self, text: String, level: u8) {
        self.line(format!("{}{text}", self.indent), Made::Head(level));
        if self.blank {
            self.blank();
        }
    }
}

/// `count` papers.
pub fn papers(count: usize) -> Vec<Text> {
    (0..count).map(paper).collect()
}

fn paper(number: usize) -> Text {
    let mut dice = Dice::new(number as u64 + 77);
    let indent = *dice.pick(&["　　", "　　", "　　", "    ", "  ", "", ""]);
    let mut paper = Paper { lines: vec![], indent, blank: dice.tenths(2.5) };
    let papers = if dice.tenths(0.7) { 2 } else { 1 };
    for i in 0..papers {
        if i > 0 {
            paper.blank();
        }
        if papers == 1 && dice.tenths(3.5) {
            book(&mut paper, &mut dice);
        } else {
            one(&mut paper, &mut dice, papers > 1);
        }
    }
    let mut text = String::new();
    let (mut heads, mut titles) = (BTreeMap::new(), BTreeMap::new());
    for (i, (line, made)) in paper.lines.iter().enumerate() {
        match made {
            Made::Title => {
                titles.insert(i + 1, (line.trim().to_owned(), true));
            }
            Made::Head(level) => {
                heads.insert(i + 1, (*level, line.trim().to_owned()));
            }
            Made::Other => {}
        }
        text.push_str(line);
        text.push('\n');
    }
    made(&format!("paper-{number}"), &format!("made-{}", number % SOURCES), Origin::Made, text, heads, titles)
}

const TITLES: [&str; 24] = [
    "渡口旧事",
    "雪夜",
    "江湖夜雨",
    "我的大学",
    "石桥",
    "春日书简",
    "长街十二年",
    "灯下漫笔",
    "北望集",
    "归去来",
    "山中杂记",
    "最后一班船",
    "槐树下的童年",
    "风雨故园",
    "浮生小记",
    "城南的猫",
    "老街人物志",
    "海边日记",
    "秋声",
    "大河之上",
    "少年行",
    "一个人的车站",
    "南园诗话",
    "红楼随想",
];
const CHAPTERS: [&str; 20] = [
    "夜行",
    "归舟",
    "旧账",
    "雨巷",
    "重逢",
    "义渡",
    "灯火",
    "远客",
    "秋风起",
    "槐花开了",
    "一封旧信",
    "渡口的钟声",
    "暗流",
    "山雨欲来",
    "故人",
    "抉择",
    "长夜",
    "别离",
    "新居",
    "尾声未了",
];
const STORY: [&str; 20] = [
    "雨下到后半夜才停，檐沟里的水还在一滴一滴往下落。",
    "他把油灯往墙边挪了挪，免得风从窗缝里进来吹灭了。",
    "“你怎么又来了？”老人没有抬头，手里的活也没有停。",
    "镇上的钟敲了九下，卖馄饨的担子才从巷口转出来。",
    "桥那头有人喊了一声，声音被风吹得断断续续。",
    "她数了数，篮子里还剩七个鸡蛋，够换半斤盐。",
    "谁也没有想到，那封信会在抽屉里躺上整整十年。",
    "“这事不怪你。”她停了一会儿，“也不怪我。”",
    "火车开动的时候，站台上的人忽然都不说话了。",
    "他在纸上写了三个字，想了想，又一个一个涂掉。",
    "天边露出一线白，远处的山像是刚刚用水洗过。",
    "一只猫从墙头跳下来，碰倒了靠在那里的扫帚。",
    "“明天一早走，赶得上头班船。”他说着，把包袱又紧了紧。",
    "河水涨了又落，石阶上留下一道一道青黑的印子。",
    "山路越走越窄，到后来只容得下一个人侧着身子过去。",
    "那天的雾很大，大得连自己的手伸出去都看不清楚。",
    "我常常想起那个院子，想起院子里的枣树。",
    "写文章的人，大抵都有一点这样的脾气。",
    "先生姓周，是本县人，早年在省城教过书。",
    "夜里忽然起了风，窗纸哗啦啦响了一阵。",
];
const SITES: [&str; 5] = [
    "本书来自www.example-txt.com免费txt小说下载站",
    "更多精彩好书，更多原创小说，请登录www.example.net",
    "声明：本书由网友上传，仅供试读，请在下载后24小时内删除",
    "==================================================",
    "------------章节内容开始-------",
];

/// What stands at the end of a chapter and heads nothing.
const ASIDES: [&str; 7] =
    ["【未完待续】", "（未完待续）", "【本章完】", "【求收藏】", "（全文完）", "【人物】", "——————"];

/// A book or an essay: what sites have put before it, title, author, chapters or none, the story.
fn book(paper: &mut Paper, dice: &mut Dice) {
    if dice.tenths(2.5) {
        for _ in 0..dice.from(1, 3) {
            paper.line((*dice.pick(&SITES)).to_owned(), Made::Other);
        }
        if dice.tenths(5.0) {
            paper.blank();
        }
    }
    // What stands in the middle of the page by spaces: the title, and then the heads.
    let mut middle = "";
    if dice.tenths(7.5) {
        let title = *dice.pick(&TITLES);
        let margin = if dice.tenths(3.0) {
            *dice.pick(&["　　", "　　　　　　　　", "                  "])
        } else {
            ""
        };
        middle = margin;
        let brackets = dice.tenths(2.5);
        paper.line(if brackets { format!("{margin}《{title}》") } else { format!("{margin}{title}") }, Made::Title);
        let author = *dice.pick(&NAMES);
        match dice.from(0, 5) {
            0 => paper.line(format!("{margin}作者：{author}"), Made::Other),
            1 => paper.line(format!("{margin}{author}"), Made::Other),
            2 => paper.line(format!("{margin}{author} 著"), Made::Other),
            _ => {}
        }
        for _ in 0..dice.from(0, 2) {
            paper.blank();
        }
    }
    let how = dice.from(0, 5);
    let spaced = dice.tenths(5.0);
    let chapters = if how == 5 { 1 } else { dice.from(2, 9) };
    let (left, right) = *dice.pick(&[("", ""), ("", ""), ("", ""), ("", ""), ("【", "】"), ("『", "』"), ("☆、", "")]);
    let named = dice.tenths(3.0);
    for (i, han) in HAN.iter().enumerate().take(chapters) {
        let words = dice.pick(&CHAPTERS);
        let head = match how {
            0 => format!("第{han}章 {words}"),
            1 => format!("第{}章　{words}", i + 1),
            2 => (*han).to_owned(),
            3 => (*words).to_owned(),
            _ => format!("{}、{words}", i + 1),
        };
        // Names stand for numbers at both ends.
        let head = match i {
            0 if named && how < 2 => (*dice.pick(&["序章", "楔子", "引子", "序", "前言"])).to_owned(),
            _ if named && how < 3 && i > 1 && i + 1 == chapters => {
                (*dice.pick(&["尾声", "后记", "终章", "番外", "跋"])).to_owned()
            }
            _ => head,
        };
        let head = format!("{middle}{left}{head}{right}");
        if how < 5 {
            if spaced && i > 0 {
                paper.blank();
            }
            paper.line(head, Made::Head(1));
            if spaced {
                paper.blank();
            }
        }
        for _ in 0..dice.from(2, 9) {
            let story: String = (0..dice.from(1, 3)).map(|_| *dice.pick(&STORY)).collect();
            paper.paragraph(&story);
        }
        if dice.tenths(0.8) {
            let aside = *dice.pick(&ASIDES);
            paper.paragraph(aside);
        }
    }
}

/// One paper of those in a file; where it has `several`, their titles are heads.
fn one(paper: &mut Paper, dice: &mut Dice, several: bool) {
    let body = format!("{}{}", dice.pick(&PLACES), dice.pick(&BODIES));
    let year = dice.from(1985, 2023);
    let untitled = !several && dice.tenths(1.2);
    let document = dice.tenths(5.0);
    let title = match dice.from(0, 9) {
        _ if document => match dice.from(0, 3) {
            0 => format!("关于{}的{}", dice.pick(&MATTERS), dice.pick(&KINDS)),
            1 => format!("{body}关于{}的{}", dice.pick(&MATTERS), dice.pick(&KINDS)),
            2 => format!("关于转发《{}{}》的通知", dice.pick(&THINGS), dice.pick(&WORKS)),
            _ => format!("{body}关于{year}年{}的{}", dice.pick(&MATTERS), dice.pick(&KINDS)),
        },
        0..=3 => format!("{body}{year}年度{}", dice.pick(&WORKS)),
        4 | 5 => format!("{}{}{}", dice.pick(&PLACES), dice.pick(&THINGS), dice.pick(&WORKS)),
        6 => format!("{year}年{}{}", dice.pick(&THINGS), dice.pick(&WORKS)),
        7 => format!("{}{}", dice.pick(&THINGS), dice.pick(&WORKS)),
        8 => (*dice.pick(&[
            "倡议书",
            "感谢信",
            "启事",
            "申请书",
            "劳动合同",
            "房屋租赁合同",
            "会议通知",
            "招聘启事",
            "停水通知",
            "放假通知",
        ]))
        .to_owned(),
        _ => format!("在{}{}会议上的讲话", dice.pick(&PLACES), dice.pick(&THINGS)),
    };
    if document && dice.tenths(3.0) {
        if dice.tenths(3.0) {
            paper.line((*dice.pick(&["000012", "机密★1年", "特急"])).to_owned(), Made::Other);
        }
        for _ in 0..dice.from(1, 3) {
            let named = if dice.tenths(3.0) { "文件" } else { "" };
            paper.line(format!("{}{}{named}", dice.pick(&PLACES), dice.pick(&BODIES)), Made::Other);
        }
        if dice.tenths(5.0) {
            paper.blank();
        }
        paper.line(format!("云政发〔{year}〕{}号", dice.from(1, 99)), Made::Other);
        paper.blank();
    }
    if !untitled {
        let margin = if dice.tenths(4.0) {
            *dice.pick(&["　　　　　　", "            ", "                    ", "\t\t"])
        } else {
            ""
        };
        let made = if several { Made::Head(1) } else { Made::Title };
        paper.line(format!("{margin}{title}"), made);
        if dice.tenths(1.0) {
            paper.line(format!("{margin}——以{}为例", dice.pick(&PLACES)), Made::Other);
        }
        if document && dice.tenths(2.0) {
            paper.line(format!("{margin}云政发〔{year}〕{}号", dice.from(1, 99)), Made::Other);
        }
        if dice.tenths(1.5) {
            let date = format!("{year}年{}月{}日", dice.from(1, 12), dice.from(1, 28));
            let brackets = dice.tenths(5.0);
            paper.line(format!("{margin}{}", if brackets { format!("（{date}）") } else { date }), Made::Other);
        }
        if dice.tenths(1.5) {
            paper.line(format!("{margin}{}", dice.pick(&NAMES)), Made::Other);
        }
        if dice.tenths(7.0) {
            paper.blank();
        }
    }
    if document || dice.tenths(3.0) {
        let to = [
            "各区县人民政府，市政府各部门：",
            "各单位：",
            "各科室、各车间：",
            "各位代表：",
            "市财政局：",
            "全体职工：",
            "各村民委员会：",
        ];
        paper.line((*dice.pick(&to)).to_owned(), Made::Other);
        if paper.blank {
            paper.blank();
        }
    }
    for _ in 0..dice.from(1, 2) {
        let text = paragraph(dice, 3);
        paper.paragraph(&text);
    }
    parts(paper, dice);
    tail(paper, dice, &body, year);
}

/// Running text of up to so many sentences.
fn paragraph(dice: &mut Dice, most: usize) -> String {
    (0..dice.from(1, most)).map(|_| *dice.pick(&SENTENCES)).collect()
}

/// The parts of the body, or a list that has none.
fn parts(paper: &mut Paper, dice: &mut Dice) {
    let mut heads: Vec<&str> = HEADS.to_vec();
    dice.shuffle(&mut heads);
    let mut heads = heads.into_iter();
    let mut next = || heads.next().unwrap_or("其他");
    let (outer, inner) = (dice.from(0, 5), dice.from(0, 4));
    if outer == 5 {
        // Items: each is a sentence with its number, and no head.
        let brackets = dice.tenths(5.0);
        for (i, han) in HAN.iter().enumerate().take(dice.from(2, 6)) {
            let mark = if brackets { format!("（{han}）") } else { format!("{}．", i + 1) };
            let text = format!("{mark}{}", paragraph(dice, 2));
            paper.paragraph(&text);
        }
        return;
    }
    for (i, han) in HAN.iter().enumerate().take(dice.from(2, 5)) {
        let words = next();
        // One run into its text is no head.
        match outer {
            4 => {
                let text = format!("{han}、{words}。{}", paragraph(dice, 2));
                paper.paragraph(&text);
            }
            3 => paper.head(format!("{}．{words}", i + 1), 1),
            2 => paper.head(format!("第{han}部分　{words}"), 1),
            _ => paper.head(format!("{han}、{words}"), 1),
        }
        let stop = if dice.tenths(7.0) { "。" } else { "" };
        for (k, han) in HAN.iter().enumerate().take(if outer == 4 { 0 } else { dice.from(0, 3) }) {
            match inner {
                0 => paper.head(format!("（{han}）{}{stop}", next()), 2),
                1 => {
                    let text = format!("（{han}）{}。{}", next(), paragraph(dice, 2));
                    paper.paragraph(&text);
                    continue;
                }
                2 => {
                    let text = format!("{}．{}", k + 1, dice.pick(&SENTENCES));
                    paper.paragraph(&text);
                    continue;
                }
                _ => {}
            }
            let text = paragraph(dice, 4);
            paper.paragraph(&text);
        }
        let text = paragraph(dice, 3);
        paper.paragraph(&text);
    }
}

/// What stands below the body.
fn tail(paper: &mut Paper, dice: &mut Dice, body: &str, year: usize) {
    if dice.tenths(2.0) {
        paper.paragraph(&format!("附件：1．{}{}", "责任段划分", "表"));
    }
    if dice.tenths(7.0) {
        if dice.tenths(5.0) {
            paper.blank();
        }
        let right = *dice.pick(&["　　　　　　　　　　　　　", "                              ", ""]);
        paper.line(format!("{right}{body}"), Made::Other);
        paper.line(format!("{right}{year}年{}月{}日", dice.from(1, 12), dice.from(1, 28)), Made::Other);
    }
    if dice.tenths(2.0) {
        let asides = [
            "（此件公开发布）",
            "（略）",
            "（联系人：张一，电话：12345678）",
            "（盖章）",
            "（签字）",
            "（以下无正文）",
        ];
        paper.paragraph(asides[dice.from(0, asides.len() - 1)]);
    }
    if dice.tenths(1.0) {
        paper.blank();
        paper.line("抄送：市委办公室，市人大常委会办公室。".to_owned(), Made::Other);
    }
}

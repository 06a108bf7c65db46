//! Small texts whose forms and joins are written by hand.

use super::*;

/// The form of each line that is not blank.
fn forms(text: &str) -> Vec<Form> {
    let survey = survey(text);
    let lines = text.lines().scan(0, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let form = |(start, _)| survey.regions.iter().find(|r| r.span.range().contains(&start)).map(|r| r.form);
    lines.filter(|(_, line)| !line.trim().is_empty()).filter_map(form).collect()
}

/// The lines, from 1, that continue the one above.
fn joined(text: &str) -> Vec<usize> {
    let ends = survey(text).joins.into_iter().map(|join| join.end);
    ends.map(|end| text[..end].matches('\n').count() + 1).collect()
}

/// No lines.
const NONE: [usize; 0] = [];

const NOVEL: &str = "　　那年冬天来得早，十月里就下了一场大雪。镇上的人都说，这样的雪二十年没见过了。
　　“你还要走吗？”她站在门口问。
　　“要走的。”他把行李放在脚边，“明天一早的船，票已经买好了。”
　　她不再说话，转身进了屋。过了一会儿，厨房里传来切菜的声音。
　　他在院子里站了很久，直到天色完全暗下来，才慢慢地推开了门。
";

#[test]
fn running_text_is_prose_and_stands_as_it_is() {
    assert_eq!(forms(NOVEL), [Form::Prose; 5]);
    assert_eq!(joined(NOVEL), NONE);
}

#[test]
fn lines_broken_at_a_width_continue_each_other() {
    let text = "　　北京的胡同，大多是从元代留下来的。那时的大都城，规划得很整齐，
街与街之间留出宽窄一样的通道，住户就沿着通道一家一家地排开。后来
人口渐渐多了，院子里又盖起小屋，通道便越来越窄，最窄的地方，两个
人要侧着身子才能走过去。
　　我小的时候住在城北，门前那条胡同不长，从东口走到西口也不过三百
来步。每天早晨，卖豆汁的老人推着车从门前经过，吆喝的声音隔着两道
墙也听得见。
　　如今再去，那里已经是一片高楼，只有一棵老槐树还站在原来的地方，
树下立着一块石碑，记着这条胡同的名字。
";
    assert_eq!(joined(text), [2, 3, 4, 6, 7, 9]);
}

#[test]
fn entries_are_never_joined() {
    let text = "个人简历

1998.9-2001.7　就读于江城第二高级中学
2001.9-2005.7　就读于江城大学中文系
2005.8-2009.3　任江城晚报社编辑记者
2009.4-2015.6　任江城出版社编辑主任
2015.7-今　　　任江城文史馆副研究员
";
    assert_eq!(joined(text), NONE);
    assert!(forms(text)[1..].iter().all(|&form| matches!(form, Form::Record | Form::Table)), "{:?}", forms(text));
}

#[test]
fn data_and_programs_are_told_from_text() {
    let settings = "[server]
host = 10.0.0.8
port = 8080
; 名称,别名
name = 测试,备用

[client]
timeout = 30
retry = 3
";
    assert!(forms(settings).iter().all(|&form| form == Form::Data), "{:?}", forms(settings));
    let program = "#include <stdio.h>

/* 打印问候 */
int main(void)
{
    printf(\"你好,世界\\n\");
    return 0;
}
";
    assert!(forms(program).iter().all(|&form| form == Form::Code), "{:?}", forms(program));
}

#[test]
fn every_line_lies_in_one_region_and_regions_follow_each_other() {
    let text = format!("{NOVEL}\r\n\r\nFrom: a@b.cn\r\n\u{C}第二章\r一\t二\t三");
    let survey = survey(&text);
    let mut end = 0;
    for region in &survey.regions {
        assert!(region.span.start >= end && region.span.end > region.span.start);
        assert!(text[end..region.span.start].trim().is_empty());
        assert!(region.bits >= 0.0 && region.form != region.runner_up);
        end = region.span.end;
    }
    assert!(text[end..].trim().is_empty());
}

#[test]
fn a_text_longer_than_a_stretch_is_surveyed_as_a_whole() {
    let text = NOVEL.repeat(4000);
    let survey = survey(&text);
    assert_eq!(survey.regions.iter().map(|r| r.form).collect::<Vec<_>>(), [Form::Prose]);
    assert_eq!(survey.regions[0].span.range(), 0..text.len() - 1);
    assert_eq!(survey.joins, []);
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", "\n", " \r\n\u{3000}\n", "\u{FEFF}"] {
        assert_eq!(survey(text), Survey::default());
    }
}

/// `text` as it would be had its marks lost their width, and its quotation marks their direction.
fn damaged(text: &str) -> String {
    let full = "，。：；？！（）“”";
    let half = ",.:;?!()\"\"";
    text.chars().map(|c| full.chars().zip(half.chars()).find(|(f, _)| *f == c).map_or(c, |(_, h)| h)).collect()
}

#[test]
fn damage_does_not_change_what_a_text_is() {
    let essay = "论读书

读书这件事，说难也难，说容易也容易。难在不知从何读起；容易在随手翻开，总有所得。
有人问：“书那么多，怎么读得完？”我说，本来就不必读完。
（一）要读原著。别人嚼过的饭，味道总差一些；何况各人的口味不同！

2019年3月，记于江城。
";
    let notice = "各部门：
经研究，现将有关事项通知如下：
一、时间：5月8日上午9时。
二、地点：三楼会议室（东侧）。
三、要求：请参会人员提前十分钟到场，不得请人代替。
";
    for text in [NOVEL, essay, notice] {
        assert_eq!(forms(&damaged(text)), forms(text), "{text}");
        assert_eq!(joined(&damaged(text)), joined(text), "{text}");
    }
}

#[test]
fn other_languages_have_continuations_of_their_own() {
    let english = "The old harbour had been empty for years. Nobody in the village
could say when the last ship had left it, or who had been on board.
In summer the children went down to the quay and fished between the
rotten piles, and in winter the gulls had it all to themselves.

When the railway came, the merchants moved to the station, and the
grass grew between the stones of the square.
";
    assert_eq!(forms(english), [Form::Foreign; 6]);
    assert_eq!(joined(english), [2, 3, 4, 7]);
    let japanese = "　このプログラムは、古い文書を読みやすい形に直すためのものです。設定
ファイルには、文字の大きさや余白の幅を書いておくことができます。何も
書かれていない場合は、既定の値が使われます。
　はじめて使うときは、まず小さなファイルで試してみてください。結果に
満足できたら、フォルダー全体を指定します。
";
    assert_eq!(forms(japanese), [Form::Foreign; 5]);
    assert_eq!(joined(japanese), [2, 3, 5]);
}

#[test]
fn lines_of_a_poem_are_never_joined() {
    let text = "山居

空谷无人水自流，
白云深处一声鸥。
归来不见门前客，
满地松花满地秋。
";
    assert_eq!(joined(text), NONE);
    assert!(forms(text)[1..].iter().all(|&form| form == Form::Verse), "{:?}", forms(text));
}

#[test]
fn subtitles_tables_and_lists_of_signs_stand_as_they_are() {
    for text in [
        "1\n00:00:01,000 --> 00:00:03,200\n你到底去哪儿了\n\n2\n00:00:04,100 --> 00:00:06,000\n我一直在这里\n等了你一夜\n",
        "编号,姓名,部门,电话\n001,王强,财务处,61234\n002,李梅,,61235\n003,赵刚,后勤处,\n004,钱进,人事处,61240\n",
        "标点符号表\n“\n”\n《\n》\n（\n）\n",
        "[00:12.30]月亮走了多少路\n[00:16.80]我就想了你多少夜\n[00:21.00]风吹过屋后的竹子\n",
    ] {
        assert_eq!(joined(text), NONE, "{text}");
        assert!(forms(text).iter().all(|&form| form != Form::Prose), "{text}{:?}", forms(text));
    }
}

#[test]
fn drawings_are_kept_whole() {
    let map = "          村口          
            │
   药铺──广场──客栈
            │        │
          山路    后院
            │
   瀑布──洞口
";
    assert_eq!(forms(map), [Form::Drawing; 7]);
    assert_eq!(joined(map), NONE);
}

#[test]
fn the_mark_of_an_item_alone_and_a_hanging_indent_go_on() {
    let text = "申请的条件如下。

  - 申请人应当在本市居住满两年，并且有固定的住所；没有固定
    住所的，由所在单位出具证明，经街道办事处核实以后办理。
  - 申请人应当在规定的期限以内提交全部材料，逾期不再受理，
    但因不可抗力不能按时提交的除外，补交的期限另行通知。
";
    assert_eq!(joined(text), [4, 6]);
}

#[test]
fn a_region_says_why() {
    let survey = survey(NOVEL);
    let [region] = &survey.regions[..] else { panic!("{:?}", survey.regions) };
    assert!(region.bits > 3.0);
    assert!(!region.reason.to_string().is_empty());
    let weights = Weights::built_in();
    assert_eq!(Weights::read(&weights.to_string()), *weights);
}

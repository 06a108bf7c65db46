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

const NOVEL: &str = "　　那年冬天来得早，十月里就下了一场大雪。镇上的人都说，这样的雪二十年没见过了。
　　“你还要走吗？”她站在门口问。
　　“要走的。”他把行李放在脚边，“明天一早的船，票已经买好了。”
　　她不再说话，转身进了屋。过了一会儿，厨房里传来切菜的声音。
　　他在院子里站了很久，直到天色完全暗下来，才慢慢地推开了门。
";

#[test]
fn running_text_is_prose_and_stands_as_it_is() {
    assert_eq!(forms(NOVEL), [Form::Prose; 5]);
    assert_eq!(joined(NOVEL), []);
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
    assert_eq!(joined(text), []);
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
    let text = NOVEL.repeat(7000);
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

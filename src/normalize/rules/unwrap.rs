//! Lines broken at a fixed width: `hard-wrap`.

use crate::normalize::census::Census;
use crate::normalize::line::is_wide;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// Joins the lines of a paragraph that was broken at a fixed width: without a space between Chinese, with one between Latin
/// words. Which lines those are the survey says (`survey/pair.rs`, `survey/measure.rs`); Markdown has its own idea of a paragraph.
pub const HARD_WRAP: Rule = Rule {
    id: "hard-wrap",
    concern: Concern::Joins,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "join the lines of paragraphs that were broken at a fixed width",
    zh: "合并按固定宽度折断的段落",
    why_en: "Mail and terminals broke lines at a fixed width; on another page those breaks stand in the middle of sentences.",
    why_zh: "邮件与终端按固定宽度折行，换了版面，这些断处便落在句子中间。",
    standard: "at most 0.26 wrong joins in 1,000 lines of office texts that the survey was not fitted to, 15 % missed",
    example: (
        "话说天下大势分久必合合久必分周末七国分争并入于秦及\n秦灭之后楚汉分争又并入于汉汉朝自高祖斩白蛇而起义一\n统天下。",
        "话说天下大势分久必合合久必分周末七国分争并入于秦及秦灭之后楚汉分争又并入于汉汉朝自高祖斩白蛇而起义一统天下。",
    ),
};

pub fn fires(census: &Census) -> bool {
    census.has('\n')
}

pub fn run(pass: &mut Pass<'_>) {
    let text = pass.text;
    for &end in pass.joins {
        let (Some(above), Some(below)) = (text.get(..end), text.get(end..).filter(|below| below.starts_with('\n')))
        else {
            continue;
        };
        let kept = above.trim_end_matches(BLANK);
        let body = below.trim_start();
        let (last, first) = (kept.chars().next_back(), body.chars().next());
        let latin = |c: Option<char>| c.is_some_and(|c| !is_wide(c));
        // `~/work/⏎majiang`: an address or a path that was parted.
        let parted = last.is_some_and(|c| matches!(c, '/' | '\\' | '$' | '_' | '=' | '&'));
        let joint = if latin(last) && latin(first) && !parted { " " } else { "" };
        pass.change(&HARD_WRAP, kept.len()..end + (below.len() - body.len()), joint);
    }
}

/// Spaces at the ends of lines.
const BLANK: [char; 3] = [' ', '\t', '\u{3000}'];

#[cfg(test)]
mod tests {
    use crate::normalize::{Rules, Syntax, normalize};

    fn wrapless(text: &str) -> String {
        normalize(text, Syntax::Plain, &Rules::default(), None).text
    }

    #[test]
    fn hard_wrapped_paragraphs_are_joined_and_headings_are_not() {
        let text = "　　我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。时候\n既然是深冬；渐近故乡时，天气又阴晦了，冷风吹进船舱中，呜呜的\n\
            响，从篷隙向外一望，苍黄的天底下，远近横着几个萧索的荒村，没\n有一些活气。\n第一章 老屋\n\u{3000}\u{3000}\
            我们多年聚族而居的老屋，已经公同卖给别姓了，交屋的期限，\n只在本年，所以必须赶在正月初一以前，永别了熟识的老屋，而且远\n离了熟识的故乡。\n";
        let expected = "　　我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。时候既然是深冬；渐近故乡时，天气又阴晦了，冷风吹进船舱中，\
            呜呜的响，从篷隙向外一望，苍黄的天底下，远近横着几个萧索的荒村，没有一些活气。\n第一章 老屋\n\u{3000}\u{3000}\
            我们多年聚族而居的老屋，已经公同卖给别姓了，交屋的期限，只在本年，所以必须赶在正月初一以前，永别了熟识的老屋，\
            而且远离了熟识的故乡。\n";
        assert_eq!(wrapless(text), expected, "hard-wrap");
        // The same with a margin before every line, and with a blank line behind every one.
        let margin =
            |text: &str| text.lines().map(|line| format!("   {line}\n")).collect::<String>().replace('\u{3000}', " ");
        assert_eq!(wrapless(&margin(text)), margin(expected), "a margin");
        let parts = ["", "他说", "我想", "她问"].map(|word| (text.replace("我", word), expected.replace("我", word)));
        let (text, expected): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        assert_eq!(wrapless(&text.concat().replace('\n', "\n\n")), expected.concat().replace('\n', "\n\n"), "spaced");
        let poem = "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n";
        assert_eq!(wrapless(poem), poem);
        let stanzas = "轻轻的我走了，\n正如我轻轻的来；\n我轻轻的招手，\n作别西天的云彩。\n\n那榆荫下的一潭，\n不是清泉，是天上虹；\n揉碎在浮藻间，\n\
            沉淀着彩虹似的梦。\n\n寻梦？撑一支长篙，\n向青草更青处漫溯；\n满载一船星辉，\n在星辉斑斓里放歌。\n\n但我不能放歌，\n悄悄是别离的笙箫；\n\
            夏虫也为我沉默，\n沉默是今晚的康桥！\n";
        assert_eq!(wrapless(stanzas), stanzas);
        let song = "渔舟唱晚\n一路 走来 听见 风在唱歌\n走过了 那些 年少的 河\n忘不了 山那边 的云\n一路 走来 听见 雨在唱歌\n走过了 那些 不归的 路\n\
            忘不了 海那边 的你\n还有谁 记得\n一路 走来 听见 你在唱歌\n走过了 那些 年少的 河\n忘不了 山那边 的云\n";
        assert_eq!(wrapless(song), song);
        let terms = "3.算法的特性\n有穷性 —— 算法执行的步骤（或规则）是有限的；\n确定性 —— 每个计算步骤无二义性；\n可行性 —— 每个计算步骤能够在有限的时间内完成；\n\
            输入 —— 算法有一个或多个外部输入；\n输出 —— 算法有一个或多个输出。\n4.算法的评价\n正确性 —— 在合理的数据输入下，能够得出正确的结果；\n\
            可读性 —— 易于理解，易于编码，易于调试，便于阅读；\n健壮性 —— 输入非法数据时也能做出反应或处理，不出怪结果。\n";
        assert_eq!(wrapless(terms), terms);
        let verse =
            "若人欲了知，三世一切佛，\n应观法界性，一切唯心造，\n心如工画师，能画诸世间，\n五蕴悉从生，无法而不造，\n"
                .repeat(4);
        assert_eq!(wrapless(&verse), verse);
        let numbers = "24.136.24.119 24.155.82.33 24.161.23.34 24.185.154.23 24.199.198.15\n".repeat(9);
        assert_eq!(wrapless(&numbers), numbers);
        let rows = "名称          说明          价格（元）      备注                     一二三四\n".repeat(9);
        assert_eq!(wrapless(&rows), rows);
    }

    #[test]
    fn blocks_with_a_margin_of_their_own_and_the_lines_of_items_are_joined() {
        let head = "     那部史書是三國時的人所寫的一組紀傳，在當時很少有人讀過，流\n";
        let body = " 傳到後來才漸漸為人所知，其間又經過許多次的抄寫，字句也有出入了\n 的。\n";
        let joined = format!(
            "{}{}{}",
            head.trim_end(),
            body.lines().next().unwrap().trim_start(),
            body.lines().last().unwrap().trim_start()
        );
        let item = "     1. 看得懂古書可以直接讀原文，讀的時候最好先看一看前人的注，\n        才不會誤解。\n";
        let item_joined = item.replacen("\n        ", "", 1);
        let block = "        凡例一共有四條，第一條說明這一部書是照什麼次序編起來的\n        並且舉例。\n";
        let block_joined = block.replacen("\n        ", "", 1);
        let text = format!("{head}{body}\n{item}\n{block}\n").repeat(4);
        assert_eq!(wrapless(&text), format!("{joined}\n\n{item_joined}\n{block_joined}\n").repeat(4));
    }

    #[test]
    fn paragraphs_that_end_without_a_stop_are_not_joined_to_the_next() {
        let full = "    十八世纪天赋人权的学说就是一种在政治方面追求欧几里德式的公理的努力";
        let wrapped = format!("{full}\n他们都把古人的权威认为是一种重担并且认为现在最好是把古人忘掉才好\n了。\n");
        let text = format!("{full}\n{}", wrapped.repeat(5));
        let mut joined = wrapped.replace('\n', "");
        joined.push('\n');
        assert_eq!(wrapless(&text), format!("{full}\n{}", joined.repeat(5)));
    }

    #[test]
    fn a_few_full_lines_prove_the_width_when_they_run_on() {
        let short: String = "阿！这不是我二十年来时时记得的故乡？我所记得的故乡全不如此。我的故乡好得多了。仿佛也就如此。他出去了。母亲和我都叹息。\
            老爷！又觉得高兴。我想。不是的。谁知道呢。他就是闰土。还是照旧。非常难。第六个孩子也会帮忙了。却总是吃不够。又不太平。什么地方都要钱。\
            没有定规。收成又坏。种出东西来。总要捐几回钱。折了本。不去卖。又只能烂掉。"
            .split_inclusive(['。', '！', '？'])
            .map(|line| format!("{line}\n"))
            .collect();
        let broken = "他只是摇头；脸上虽然刻着许多皱纹，却全然不动，仿佛石像一般\n的了。\n他大约只是觉得苦，却又形容不出，沉默了片时，便拿起烟管来默\n默的吸烟了。\n\
            母亲问他，知道他的家里事务忙，明天便得回去；又没有吃过午饭\n，便叫他自己到厨下炒饭吃去。\n他出去之后；母亲和我都叹息他的景况：多子，饥荒，苛税，都苦\n得他像一个木偶人了。\n\
            母亲对我说，凡是不必搬走的东西，尽可以送他，可以听他自己去\n拣择。\n下午，他拣好了几件东西：两条长桌，四个椅子，一副香炉和烛台\n，一杆抬秤。\n";
        let joined = "他只是摇头；脸上虽然刻着许多皱纹，却全然不动，仿佛石像一般的了。\n他大约只是觉得苦，却又形容不出，沉默了片时，便拿起烟管来默默的吸烟了。\n\
            母亲问他，知道他的家里事务忙，明天便得回去；又没有吃过午饭，便叫他自己到厨下炒饭吃去。\n他出去之后；母亲和我都叹息他的景况：多子，饥荒，苛税，都苦得他像一个木偶人了。\n\
            母亲对我说，凡是不必搬走的东西，尽可以送他，可以听他自己去拣择。\n下午，他拣好了几件东西：两条长桌，四个椅子，一副香炉和烛台，一杆抬秤。\n";
        assert_eq!(wrapless(&format!("{short}{broken}")), format!("{short}{joined}"));
        let whole = "他只是摇头；脸上虽然刻着许多皱纹，却全然不动，仿佛石像一样。\n他大约只是觉得苦。\n沉默了片时，便拿起烟管来默默的吸烟了，母亲问他家里的事情。\n他说明天便得回去。\n";
        assert_eq!(
            wrapless(&format!("{short}{whole}")),
            format!("{short}{whole}"),
            "sentences that end with their line"
        );
    }
}

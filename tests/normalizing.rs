//! The catalogue of rules, row by row: what each row mends, what it leaves alone, and what it reports. The texts are written by
//! hand from the words of the catalogue; where the rules differ from them, `docs/normalizing.md` says why.
//!
//! Every case is restored by the default rules, or by the list that its row names. Restoring it twice must change nothing, replaying
//! its edits must give the restored text, and a case that a rule mends must not come out so when that rule alone is off.

use shanben::normalize::{Damage, Normalized, RULES, Rules, Syntax, normalize, replay};

/// One line of the catalogue.
struct Row {
    /// The rule, or the kind of protected span.
    id: &'static str,
    /// What `-r` is given.
    list: &'static str,
    syntax: Syntax,
    cases: &'static [Case],
}

/// A text and what must become of it.
enum Case {
    /// It becomes the other.
    Mends(&'static str, &'static str),
    /// It stays as it is, and the rule says nothing.
    Keeps(&'static str),
    /// It stays as it is, and the rule reports it.
    Reports(&'static str),
}
use Case::{Keeps, Mends, Reports};

/// A row for plain text, with the default rules.
const fn plain(id: &'static str, cases: &'static [Case]) -> Row {
    Row { id, list: "", syntax: Syntax::Plain, cases }
}

/// A row for Markdown, with the default rules.
const fn markdown(id: &'static str, cases: &'static [Case]) -> Row {
    Row { id, list: "", syntax: Syntax::Markdown, cases }
}

/// A row for plain text, with a wish.
const fn wish(id: &'static str, list: &'static str, cases: &'static [Case]) -> Row {
    Row { id, list, syntax: Syntax::Plain, cases }
}

/// Spans that no rule of marks may touch (§1).
const PROTECTED: &[Row] = &[
    plain(
        "address",
        &[
            Mends("见https://example.com/a,b?x=1;y=2,好吗?", "见https://example.com/a,b?x=1;y=2，好吗？"),
            Mends("(见http://a.cn/b),好", "（见http://a.cn/b），好"),
            Mends("见http://a.cn/甲,乙", "见http://a.cn/甲，乙"),
            Mends("见http://a.cn/b!", "见http://a.cn/b！"),
            Mends("见ｈｔｔｐ：／／ｗｗｗ．ａ．ｃｎ 。", "见http://www.a.cn。"),
            Keeps("用 git+ssh://a.cn/b;c?(d)e 取之"),
        ],
    ),
    plain(
        "domain, mail",
        &[
            Mends("写信到foo.bar@example.com,谢谢", "写信到foo.bar@example.com，谢谢"),
            Mends("见www.example.com.cn/a?b=1,谢谢", "见www.example.com.cn/a?b=1，谢谢"),
            Keeps("登录example.com/wiki/(a)处"),
            Keeps("登录www.a.cn/(a)处"),
        ],
    ),
    plain(
        "path",
        &[
            Keeps(r"他把它放在C:\dos\(旧)\a.bat里"),
            Keeps(r"他把它放在\\server\(旧)\a里"),
            Mends("看/usr/share/doc/a.txt,好", "看/usr/share/doc/a.txt，好"),
            Keeps("看~/a/(b)/c处"),
            Keeps("看../a/(b)/c处"),
            Keeps("打开文件(旧).txt"),
            Keeps("俄罗斯──苏联文学(上).pdf 中国戏曲(第二卷)--全.PDF"),
            Mends("我们(大家)打开文件(旧).txt,好", "我们（大家）打开文件(旧).txt，好"),
            Mends("(一)关于它的文件(旧).txt", "（一）关于它的文件(旧).txt"),
            Mends("打开main.c,编译", "打开main.c，编译"),
        ],
    ),
    plain(
        "code",
        &[
            Keeps("if (a == \"甲,乙\") { b[0] = \"丙\"; }"),
            Mends("他说{甲}和[乙],又说(丙)和<丁>,都好.", "他说{甲}和[乙]，又说（丙）和<丁>，都好。"),
            Mends("用`甲,乙`写,好", "用`甲,乙`写，好"),
            Mends("我们大家都用<code>甲,乙</code>来写,很好", "我们大家都用<code>甲,乙</code>来写，很好"),
            Keeps("<pre>甲,乙</pre>"),
            Keeps("<script>甲,乙</script>"),
            Keeps("<style>甲,乙</style>"),
            Keeps("// 捲動(非標準,不建議)"),
            // A file of settings, and a text with headings.
            Keeps("# 一行一個: 甲,乙\n# 其後忽略(丙)\n# 丁\n10.0.0.1\n10.0.0.2\n"),
            Mends(
                "# 標題(甲)\n\n這一段正文,寫得很好。\n\n# 標題(乙)\n\n這一段正文,也寫得很好。\n",
                "# 標題(甲)\n\n這一段正文，寫得很好。\n\n# 標題(乙)\n\n這一段正文，也寫得很好。\n",
            ),
            // A picture of a board.
            Mends("正文,如此。\n\n ◢█◣ 站长(甲)!\n▆▇█ 好, 的\n", "正文，如此。\n\n ◢█◣ 站长(甲)!\n▆▇█ 好, 的\n"),
        ],
    ),
    markdown(
        "code",
        &[
            Mends("甲,乙\n\n```\n甲,乙...\n```\n\n丙,丁\n", "甲，乙\n\n```\n甲,乙...\n```\n\n丙，丁\n"),
            Keeps("~~~\n甲,乙\n```\n甲,乙\n~~~\n"),
            Mends("甲,乙\n\n    甲,乙\n\n丙,丁\n", "甲，乙\n\n    甲,乙\n\n丙，丁\n"),
            Mends("用``甲`,乙``写,好\n", "用``甲`,乙``写，好\n"),
        ],
    ),
    markdown(
        "syntax of Markdown",
        &[
            Mends("见[甲,乙](甲,乙.md),好\n", "见[甲，乙](甲,乙.md)，好\n"),
            Mends("见![甲,乙](甲,乙.png),好\n", "见![甲，乙](甲,乙.png)，好\n"),
            Mends("见[甲][甲,乙],好\n\n[甲,乙]: 甲,乙.md\n", "见[甲][甲,乙]，好\n\n[甲,乙]: 甲,乙.md\n"),
            Mends("甲[^note],乙\n\n[^note]: 丙,丁\n", "甲[^note]，乙\n\n[^note]: 丙，丁\n"),
            Keeps("## 标题 {#甲,乙}\n"),
            Keeps("| 甲 | 乙 |\n|:---|---:|\n| 丙 | 丁 |\n"),
            Keeps("---\ntitle: 甲,乙\n---\n\n正文\n"),
            Mends("- 甲,乙\n* 丙!\n+ 丁?\n1. 戊\n2) 己\n", "- 甲，乙\n* 丙！\n+ 丁？\n1. 戊\n2) 己\n"),
            Mends("<b title=\"甲,乙\">丙,丁</b>\n", "<b title=\"甲,乙\">丙，丁</b>\n"),
            Mends("::: tip 甲\n乙,丙\n:::\n", "::: tip 甲\n乙，丙\n:::\n"),
        ],
    ),
    plain(
        "formula",
        &[
            Mends("我们大家都设它为$x_1, y$,很好", "我们大家都设它为$x_1, y$，很好"),
            Mends("我们大家都设它为$$a+b; c$$,很好", "我们大家都设它为$$a+b; c$$，很好"),
            Keeps(r"设\(x_1, y\)为甲"),
            Mends("他有$5,我有$6,好", "他有$5，我有$6，好"),
        ],
    ),
    // Where a picture or a link leads.
    markdown(
        "target",
        &[Mends(
            "![第１图](a/第１章　甲.jpeg)，<img src=\"a/第１章　乙.png\">第２章\n",
            "![第1图](a/第１章　甲.jpeg)，<img src=\"a/第１章　乙.png\">第2章\n",
        )],
    ),
    plain(
        "expression",
        &[
            Keeps("我们用data['索引名']取它，用df.pivot('列名','甲')转它"),
            Keeps("第一轮是{'梅西':2,'本泽马':1}这样"),
            Keeps("甲,http://a.cn/1.html,乙公司,丙市,丁元"),
            Keeps("用add_text（\"甲\", \"乙\", ...）来写"),
            Keeps("键是'甲'=>'乙'这样的"),
            Keeps("甲 = (乙 × 丙) + 丁"),
            Keeps("<类型> *变量名;"),
            Keeps("perspective:100px;景深"),
            Keeps("px = px * (目标宽 / 750)"),
            Keeps("限定符有 *、 +、 ?、 {n,m}"),
            Keeps("如\"do(es)?\"可匹配，也可用^\\d+(\\.\\d+)?$来写"),
            Mends("他看[\"甲\"](见下),又说('好')", "他看[“甲”]（见下），又说（‘好’）"),
        ],
    ),
    markdown(
        "template, escape, address",
        &[
            Mends("见{% img a.png '\"甲\" \"乙\"' %},好\n", "见{% img a.png '\"甲\" \"乙\"' %}，好\n"),
            Mends("读到return\\(\\)语句,就走\n", "读到return\\(\\)语句，就走\n"),
            Mends("参考<doc:甲,乙>,好\n", "参考<doc:甲,乙>，好\n"),
        ],
    ),
    plain(
        "sign that is spoken of",
        &[Keeps("对'('与')'进行转义"), Mends("以;开头的行是注释,用:分隔", "以;开头的行是注释，用:分隔")],
    ),
    markdown("formula with words", &[Keeps("因此 $$a_{\\text{旧}}(\\text{新}) + b$$\n")]),
    plain(
        "numbers",
        &[
            Keeps("共1,234,567个"),
            Keeps("约3.14倍"),
            Mends("增长5%,好", "增长5%，好"),
            Keeps("在10:30与10:30:59间"),
            Keeps("比分3:1"),
            Keeps("在2018-01-05与2018.1.5间"),
            Keeps("用v1.2.3与10.0.0.1版"),
            Keeps("致电(010)88886666处"),
        ],
    ),
    plain(
        "mark between Latin letters",
        &[Keeps("用foo(a,b)与Node.js"), Keeps("写a:b与a;b与a?b与a!b"), Keeps("在10:30付1,000元")],
    ),
    plain(
        "emoticon",
        &[
            Keeps("微笑 :) 大哭 :-( 眨眼 ;-) 甲"),
            Keeps("好:)甲"),
            Keeps(":D 甲"),
            Keeps("甲 :P"),
            Keeps("甲 :p"),
            Keeps("甲 :| 乙"),
            Mends("(甲:)乙", "（甲：）乙"),
            Mends("甲乙丙丁戊,己庚 @_@;;;", "甲乙丙丁戊，己庚 @_@;;;"),
            Mends("(好像有點打廣告 ^^\")", "（好像有點打廣告 ^^\"）"),
            Keeps("好！ :)\n好。 :D"),
        ],
    ),
    plain(
        "English quotation",
        &[
            Keeps("他说“Stay hungry, stay foolish.”就走"),
            Keeps("他说「Stay hungry, stay foolish.」就走"),
            Mends("他说\"Stay hungry, stay foolish.\"就走", "他说“Stay hungry, stay foolish.”就走"),
        ],
    ),
    // Abbreviations.
    plain(
        "half-period",
        &[
            Keeps("我们先比较甲vs.乙再比较甲etc.乙再看甲i.e.乙与甲e.g.乙"),
            Keeps("他又叫a.k.a.乙且住在No.五与Fig.六与St.七处之间的地方"),
            Keeps("他曾先后在U.S.与Inc.以及Co.以及Ltd.等等许多地方工作"),
            Keeps("当时Mr.王与Mrs.李与Dr.张及Jr.与Sr.等人在一起吃了晚饭"),
        ],
    ),
    plain(
        "line that is not Chinese",
        &[
            Keeps("He said, \"Hello, world!\" and left; it was 10:30 (a.m.)."),
            Keeps("日本語のテキスト,です!"),
            Keeps("한국어 텍스트,입니다(漢字)!"),
            // A Chinese word in an English text, whose marks are English; and one sentence in Chinese there.
            Keeps("We moved to the capital (北京). The winter was cold, and the river had frozen over in the night."),
            Mends(
                "We moved to the capital that winter, and the river had frozen over when we came. My father wrote in his diary \
                 every day, in a small and careful hand, of what the family ate, whom he met, and what the coal had cost.\n天冷,风大.",
                "We moved to the capital that winter, and the river had frozen over when we came. My father wrote in his diary \
                 every day, in a small and careful hand, of what the family ate, whom he met, and what the coal had cost.\n天冷，风大。",
            ),
        ],
    ),
];

/// Decoding and characters (§2).
const CHARACTERS: &[Row] = &[
    wish("bom", "-zero-width", &[Mends("\u{feff}标题", "标题")]),
    plain("zero-width", &[Mends("标\u{feff}题", "标题")]),
    plain(
        "newline",
        &[
            Mends("甲\r\n乙\r\n", "甲\n乙\n"),
            Mends("甲\r乙\r", "甲\n乙\n"),
            Mends("甲\r乙\n丙\n", "甲\n乙\n丙\n"),
            Mends("a\u{85}b\u{2028}c", "a\nb\nc"),
            Mends("甲\u{2029}乙", "甲\n\n乙"),
            Mends("甲\u{c}乙\u{b}丙", "甲\n\n乙\n\n丙"),
            Mends("甲\n\u{c}\n乙", "甲\n\n乙"),
            // Converted twice: one line end, not two.
            Mends("甲\r\r\n乙\r\r\n", "甲\n乙\n"),
        ],
    ),
    wish("newline", "-newline,-trailing-space", &[Keeps("甲\r\n乙\r\n")]),
    wish(
        "eof-ctrl-z",
        "-c0-control",
        &[Mends("完\n\u{1a}", "完\n"), Mends("完\u{1a}\u{1a}", "完"), Keeps("甲\u{1a}乙")],
    ),
    plain(
        "c0-control",
        &[
            Mends("甲\0乙\u{1}丙\u{8}丁\u{e}戊\u{1f}己\u{7f}庚", "甲乙丙丁戊己庚"),
            Mends("甲\u{1a}乙", "甲乙"),
            Mends("甲\u{1b}乙", "甲乙"),
            Mends("甲\0\0\0\0乙", "甲乙"),
            Keeps("甲\t乙\n丙"),
            Reports("甲\u{80}乙\u{9f}"),
        ],
    ),
    plain(
        "ansi-escape",
        &[
            Mends("\u{1b}[1;33m版主\u{1b}[m", "版主"),
            Mends("\u{1b}[2J\u{1b}[H甲\u{1b}[K", "甲"),
            Mends("甲\u{1b}[3I乙\u{1b}[2@丙", "甲乙丙"),
            Keeps("*[1;31m甲*[m"),
        ],
    ),
    wish("ansi-escape", "bbs=yes", &[Mends("*[1;31m甲*[m乙", "甲乙"), Keeps("*甲*与[乙]")]),
    plain(
        "zero-width",
        &[
            Mends("中\u{200b}文\u{200c}字\u{200d}甲\u{2060}乙\u{180e}丙", "中文字甲乙丙"),
            Mends("中\u{200e}文\u{200f}字\u{202a}甲\u{202e}乙\u{2066}丙\u{2069}丁", "中文字甲乙丙丁"),
            Keeps("一家👨\u{200d}👩\u{200d}👧与❤\u{fe0f}人"),
            Keeps("波斯语می\u{200c}خواهم与नक\u{200d}ष字"),
            Keeps("蒙古文ᠮᠣᠩᠭᠣᠯ\u{180e}ᠠ字"),
            Keeps("葛\u{e0100}城与辻\u{e0101}氏与﨑\u{fe00}"),
        ],
    ),
    plain("soft-hyphen", &[Mends("key\u{ad}board中\u{ad}文", "keyboard中文"), Keeps("中\u{ad}a")]),
    plain(
        "nbsp",
        &[
            Mends("甲\u{a0}乙\u{2000}丙\u{200a}丁\u{202f}戊\u{205f}己", "甲 乙 丙 丁 戊 己"),
            Mends("\u{a0}\u{a0}\u{a0}\u{a0}甲", "    甲"),
            Keeps("重5\u{a0}kg"),
        ],
    ),
    wish(
        "pua-gb18030",
        "none,+pua-gb18030",
        &[
            Mends("\u{e78d}\u{e78e}\u{e78f}\u{e790}\u{e791}", "\u{fe10}\u{fe12}\u{fe11}\u{fe13}\u{fe14}"),
            Mends("\u{e792}\u{e793}\u{e794}\u{e795}\u{e796}", "\u{fe15}\u{fe16}\u{fe17}\u{fe18}\u{fe19}"),
            Mends("\u{e7c7}\u{e7c8}\u{e7e7}\u{e7e8}\u{e7f3}", "\u{1e3f}\u{1f9}\u{303e}\u{2ff0}\u{2ffb}"),
            Mends("\u{e81e}\u{e826}\u{e82b}\u{e82c}", "\u{9fb4}\u{9fb5}\u{9fb6}\u{9fb7}"),
            Mends("\u{e832}\u{e843}\u{e854}\u{e864}", "\u{9fb8}\u{9fb9}\u{9fba}\u{9fbb}"),
            Mends("\u{e816}\u{e817}\u{e818}", "\u{20087}\u{20089}\u{200cc}"),
            Mends("\u{e831}\u{e83b}\u{e855}", "\u{215d7}\u{2298f}\u{241fe}"),
            // The rest of GBK 1.0.
            Mends("\u{e815}\u{e819}\u{e81a}\u{e82d}\u{e863}", "\u{2e81}\u{2e84}\u{3473}\u{3b4e}\u{4dae}"),
        ],
    ),
    plain("pua-gb18030", &[Mends("甲\u{e78d}乙\u{e816}", "甲，乙\u{20087}")]),
    plain("pua-other", &[Reports("百里\u{e248}"), Reports("甲\u{e000}"), Reports("甲\u{e765}\u{f8f0}")]),
    plain(
        "kangxi-radical",
        &[
            Mends("⽅⾯的⻓⻄⺁", "方面的长西厂"),
            Keeps("⼀、⼁、⼂、⼃、⼄"),
            Keeps("⼀ ⼁ ⼂ 三画"),
            Keeps("部首⽅在字典里"),
            Keeps("偏旁⾯在字典里"),
            Keeps("⽅→方，⾯→面"),
            Keeps("编码 2F45：⽅"),
        ],
    ),
    plain(
        "compat-ideograph",
        &[
            // A table of characters.
            Keeps("1\t\u{f900}\t3\n2\t\u{f9e7}\t4"),
            Keeps("兼容字\u{f900}→豈，\u{f901}→更"),
            Keeps("字符 U+F900（\u{f900}）在此"),
            Keeps("兼容区：\u{f914}\u{f915}\u{f916}\u{f917}\u{f918}\u{f919}\u{f91a}\u{f91b}"),
            Mends("\u{f90a}先生\u{f967}在\u{f983}，更深才回", "金先生不在旅，更深才回"),
            Mends("\u{fa10}\u{f900}\u{fad9}\u{2f800}", "\u{585a}\u{8c48}\u{9f8e}\u{4e3d}"),
            Keeps("\u{fa0e}\u{fa0f}\u{fa11}\u{fa13}\u{fa14}\u{fa1f}\u{fa21}\u{fa23}\u{fa24}\u{fa27}\u{fa28}\u{fa29}"),
        ],
    ),
    plain(
        "vertical-form",
        &[
            Keeps("％\n︿\n＆"),
            Mends("﹁文﹂﹃字﹄︵甲︶︻乙︼︽丙︾︿丁﹀", "「文」『字』（甲）【乙】《丙》〈丁〉"),
            Mends("甲︐乙︑丙︒丁︓戊︔己︕庚︖", "甲，乙、丙。丁：戊；己！庚？"),
            Mends("甲︱︱乙︙︙丙", "甲——乙……丙"),
            Keeps("专名\u{fe4f}\u{fe4f}甲"),
        ],
    ),
    plain(
        "small-form",
        &[
            Mends("甲﹑乙 B﹑10月", "甲、乙 B、10月"),
            Mends("中﹐文﹑字﹔甲﹕乙﹖丙﹗", "中，文、字；甲：乙？丙！"),
            Mends("甲﹙乙﹚丙﹝丁﹞", "甲（乙）丙〔丁〕"),
            Mends("共3﹐000与3﹒5乙", "共3,000与3.5乙"),
            Mends("甲﹘﹘乙", "甲——乙"),
        ],
    ),
    plain(
        "fullwidth-alnum",
        &[
            Mends("１９９８年ＷＴＯ与ａｚ０９ＡＺ", "1998年WTO与az09AZ"),
            Mends("Ａ、甲", "A、甲"),
            Keeps("二００一年与一九九０年与０一年"),
            Mends("１０一２０", "10一20"),
        ],
    ),
    wish("fullwidth-alnum", "-fullwidth-alnum", &[Keeps("１９９８年")]),
    plain(
        "fullwidth-symbol",
        &[
            Keeps("测试输入1：32；"),
            Keeps("- 阶段3：3/3 已完成"),
            // In a list of signs it is one of them.
            Keeps("％\n＇\n＋"),
            Mends("占３４．６％的", "占34.6%的"),
            Mends("在１６：３２开始", "在16:32开始"),
            Mends("写Ａ／Ｂ与ａ＿ｂ与ａ＠ｂ与１＋１＝２", "写A/B与a_b与a@b与1+1=2"),
            Mends("写ａ＝＝ｂ与ａ＆＆ｂ", "写a==b与a&&b"),
            Mends("学Ｃ＋＋语言与Ｃ＃语言", "学C++语言与C#语言"),
            Keeps("甲＋乙＝丙与丁／戊"),
            Keeps("10～20人"),
            // A label with its number is no time, ratio or score.
            Keeps("附件2：2020年预算"),
            Keeps("1915：724993美元"),
            Keeps("表5：8月降水"),
            Keeps("议题4：7号桥维修"),
            Mends("比分３：２，时间１８：３０", "比分3:2，时间18:30"),
            Mends("共２，３４５，６７８元", "共2,345,678元"),
            Keeps("1997，1998两年"),
            Mends("气温－８℃", "气温-8℃"),
            Mends("他说＂好＂，我说＇不好＇。", "他说“好”，我说‘不好’。"),
            Mends("ＨＥ＇Ｓ", "HE'S"),
            Mends("占75％－80％的", "占75%－80%的"),
            Mends("1990－98年", "1990-98年"),
        ],
    ),
    plain(
        "fullwidth-period",
        &[
            Mends("共3．5个与a．b处", "共3.5个与a.b处"),
            Mends("他来了．\n我走了．\n他说的．\n我听了．\n都好．", "他来了。\n我走了。\n他说的。\n我听了。\n都好。"),
            Keeps("他来了。\n我走了．\n他说的．\n我听了．\n都好．\n是的．"),
        ],
    ),
    plain("halfwidth-katakana-forms", &[Mends("中｢文｣､字･甲｡", "中「文」、字·甲。"), Keeps("ｱｲｳ｢ｶｷｸ｣､字｡")]),
    plain(
        "entity",
        &[
            Mends("甲&nbsp;乙&#8220;", "甲 乙“"),
            Mends("甲&lt;乙&gt;丙&amp;丁", "甲<乙>丙&丁"),
            Mends("甲&ldquo;乙&rdquo;&lsquo;丙&rsquo;", "甲“乙”‘丙’"),
            Mends("甲&mdash;&#x2014;乙&hellip;&hellip;丙&middot;丁3&times;4", "甲——乙……丙·丁3×4"),
            Mends("甲&amp;nbsp;乙&amp;amp;丙", "甲 乙&丙"),
            Mends("甲说&quot;乙&quot;", "甲说“乙”"),
            Reports("写“&nbsp;”与`&lt;`处"),
            Reports("<p>甲&nbsp;乙</p>"),
            Reports("甲&#1;乙&#xE000;丙&#xD800;丁&#x110000;"),
            Keeps("甲&乙;丙&foo;"),
        ],
    ),
    markdown("entity", &[Keeps("甲&nbsp;乙&lt;丙\n")]),
    plain(
        "mojibake-1252",
        &[
            Mends("ÎÒÃÇ", "我们"),
            Mends("æˆ‘ä»¬", "我们"),
            Mends("甲：ÎÒÃÇÊÇÖÐ¹úÈË。", "甲：我们是中国人。"),
            // Big5, and UTF-8 twice.
            Mends("§Ú\u{ad}Ì¬O¤¤°ê¤H", "我們是中國人"),
            Mends("Ã¦Â\u{88}Â\u{91}Ã¤Â»Â¬", "我们"),
            Keeps("naïve café à la Äpfel Öl Übung für Straße"),
            Keeps("«Привет», ñandú, ÀÉÎÕÜ 与甲"),
        ],
    ),
    plain(
        "mojibake-gbk-utf8",
        &[
            Mends("鎴戜滑鏄\u{e219}腑鍥戒汉", "我们是中国人"),
            Reports("鎴戜滑鏄?腑鍥戒汉"),
            Keeps("沙家浜的故事在中国家喻户晓"),
        ],
    ),
    wish("mojibake-gbk-utf8", "mojibake=best-effort", &[Mends("鎴戜滑鏄?腑鍥戒汉", "我们\u{fffd}国人")]),
    plain("mojibake-big5-gbk", &[Reports("到セ\u{e1a8}ヘ\u{e4c7}и\u{e145}常琌い瓣\u{e5ee}\u{e4c7}稲弄い瓣\u{e1a8}")]),
    plain(
        "lost-text",
        &[
            Reports("锟斤拷锟斤拷"),
            Reports("统率吴?、吴? 兄弟在和尚原大破敌兵，保全四川。"),
            Reports(
                "围枹 。匈奴入五原，天策 ，火中成军，苗生 叶上，播种于 中，一亩三 ，有司 以荐，雷电 获麟，庆阴  阳，后稷 始生。",
            ),
            Reports("烫烫烫"),
            Reports("屯屯屯"),
            Reports("锘縗甲"),
            Reports("甲\u{fffd}乙"),
            Reports("好鈥滃"),
            Reports("好銆傚"),
            Reports("好锛屽"),
            Reports("好锛?"),
            Reports("ï¿½甲"),
            Reports("ï»¿甲"),
            Reports("甲â€œ乙"),
            Keeps("烫手的斧锛与屯田"),
            // Signs that stand for characters: where no question can end, or in a sentence that does not ask.
            Reports("王?之先生昨天到了县里，随后回家"),
            Reports("?鞋的人走了，大家也散了"),
            Reports("此句文字虽??，意思还看得懂"),
            Reports("书上说，?动好修的人少"),
            Reports("县志里的□山就在城外"),
            Reports("姓■的人家搬走了"),
            Reports("他叫李〓成"),
            Keeps("□是 □否"),
            Keeps("■第一项"),
            Keeps("□□□□□□\n□甲□□□□□"),
            Keeps("你去哪里？他问。"),
        ],
    ),
    wish(
        "lost-text",
        "lost=mark",
        &[
            Mends("王?之先生到了，随后回家", "王\u{fffd}之先生到了，随后回家"),
            Mends("文字虽??，还看得懂", "文字虽\u{fffd}\u{fffd}，还看得懂"),
            Mends("他叫李〓成", "他叫李\u{fffd}成"),
        ],
    ),
    plain(
        "overstrike",
        &[
            Mends("N\u{8}NA\u{8}A ls", "NA ls"),
            Mends("N\u{8}N\u{8}N\u{8}N", "N"),
            Mends("总\u{8}总览\u{8}\u{8}览", "总览"),
            Mends("_\u{8}f_\u{8}i", "fi"),
        ],
    ),
];

/// Spaces and lines (§3); `hard-wrap` has a test of its own below.
const LAYOUT: &[Row] = &[
    plain("paragraph-indent", &[Keeps("　　　　正文如下。\n    正文如下。\n\t正文如下。")]),
    wish(
        "paragraph-indent",
        "indent=two-ideographic",
        &[
            Mends(
                "　　　正文一如下。\n    正文二又如下。\n\t正文三也如下。",
                "　　正文一如下。\n　　正文二又如下。\n　　正文三也如下。",
            ),
            Keeps("姓名    年龄    住址\n    张三    十八    北京"),
            Keeps("  ┌──┐\n  │甲│"),
        ],
    ),
    wish("paragraph-indent", "indent=none", &[Mends("　　文\n    文", "文\n文")]),
    plain(
        "ideographic-space-inline",
        &[Reports("春眠　不觉晓"), Reports("第一章　总则"), Keeps("　　段首"), Keeps("甲 乙")],
    ),
    plain(
        "spaced-text",
        &[
            Mends("中 华 民 国 二 十 三 年 ， 渡 口 重 修 。", "中华民国二十三年，渡口重修。"),
            Mends("“ 等 水 退 了 再 说 吧 。 ” 船 家 收 起 竹 篙 ，", "“等水退了再说吧。”船家收起竹篙，"),
            Keeps("白 日 依 山 尽 黄 河 入 海 流"),
            Keeps("张三 李四 王五 赵六 钱七 孙八 周九 吴十 郑某 王某"),
        ],
    ),
    plain(
        "circle-zero",
        &[
            Mends("二○○五年八月五日", "二〇〇五年八月五日"),
            Mends("一九八○年", "一九八〇年"),
            Keeps("○按：此年"),
            Keeps("三○二室"),
            Keeps("某某○○年"),
        ],
    ),
    plain(
        "page-number",
        &[
            Mends(
                "他走到渡口，看见\n第 1 页 共 2 页\n一只船。\n船上没有人。\n水很急。\n第 2 页 共 2 页\n完。",
                "他走到渡口，看见\n一只船。\n船上没有人。\n水很急。\n完。",
            ),
            Mends(
                "他走到渡口。\n看见一只船。\n船上没有人。\n水很急。\n\n- 1 -\n\n第二天，雨停了。\n他又来了。\n船还在。\n水落了。\n\n- 2 -\n",
                "他走到渡口。\n看见一只船。\n船上没有人。\n水很急。\n\n\n第二天，雨停了。\n他又来了。\n船还在。\n水落了。\n",
            ),
            // Numbers of sections stand above their text.
            Keeps("- 1 -\n\n第一段。\n\n- 2 -\n\n第二段。"),
            Keeps("1\n第一段。\n2\n第二段。\n3\n第三段。"),
            Keeps("第 1 页\n正文\n第 3 页"),
            Keeps("第1页\n岸上有人。\n第2页\n船上无人。\n第3页\n水很急。"),
            Mends("岸上有人。\n第1页\n船上无人。\n第2页\n", "岸上有人。\n船上无人。\n"),
        ],
    ),
    plain("spaced-title", &[Keeps("目　　录"), Keeps("第 一 章")]),
    wish(
        "spaced-title",
        "+spaced-title",
        &[
            Mends("前　言", "前言"),
            Mends("目　　录", "目录"),
            Mends("第 一 章", "第一章"),
            Keeps("甲 乙  丙"),
            Keeps("张三 李四"),
            Keeps("一 二 三 四 五 六 七 八 九"),
        ],
    ),
    plain("space-han-han", &[Keeps("中文 中文"), Keeps("这是 一段，有空格 的话。")]),
    wish(
        "space-han-han",
        "+space-han-han",
        &[
            Mends("这是 一段，有空格 的话。", "这是一段，有空格的话。"),
            Keeps("红楼梦 曹雪芹"),
            Keeps("姓名  年龄，住址"),
            Keeps("白日依山尽 黄河入海流"),
        ],
    ),
    plain(
        "space-before-f",
        &[
            Mends("你好 ，世界 。", "你好，世界。"),
            Mends("用`f(甲) ，g(乙)`和`甲`或 ，乙", "用`f(甲) ，g(乙)`和`甲`或，乙"),
            Mends("甲 、乙 ；丙 ：丁 ？戊 ！", "甲、乙；丙：丁？戊！"),
            Mends("他说：“你好。 ”（好！ ）", "他说：“你好。”（好！）"),
            Mends("（甲 ）【乙 】《丙 》“丁 ”‘戊 ’己", "（甲）【乙】《丙》“丁”‘戊’己"),
            Keeps("甲\n ，乙"),
            Keeps("答案是（ ）和《 》"),
            Keeps(
                "围枹 。匈奴入五原，天策 ，火中成军，苗生 叶上，播种于 中，一亩三 ，有司 以荐，雷电 获麟，庆阴 阴，后稷 始生。\
                 围枹 。匈奴入五原，天策 ，火中成军，苗生 叶上，播种于 中，一亩三 ，有司 以荐，雷电 获麟，庆阴 阴，后稷 始生。\
                 围枹 。匈奴入五原，天策 ，火中成军，苗生 叶上，播种于 中，一亩三 ，有司 以荐，雷电 获麟，庆阴 阴，后稷 始生。",
            ),
            Mends("你好 ，世界 。再见 ！张三 李四", "你好，世界。再见！张三 李四"),
            // Blanks within words are strays of a page, and stand for nothing.
            Mends(
                "钟声宽容地笑了 ，大钟又把钟 。声音消失了 ，意味 着天亮，他太不 走运，时 间到了，我 们走吧，人 民的朋 友，因 为如此。",
                "钟声宽容地笑了，大钟又把钟。声音消失了，意味 着天亮，他太不 走运，时 间到了，我 们走吧，人 民的朋 友，因 为如此。",
            ),
            // In an old text one here and there is a character, as often as not.
            Reports(
                "其人素有才名，乃取李郎 、京房之说，推衍成图，以存古义。世之学者皆宗之，而不知其所自出，其书遂行于世。",
            ),
            Mends("他的书是我们的，这 、那都是的。", "他的书是我们的，这、那都是的。"),
            Keeps("子产曰： 少 ，未知可否。 子皮曰： 往 。 又说： 不可 。"),
            Keeps("│甲 ，│乙 ，│"),
            Keeps("| 甲 ，| 乙 ，|"),
        ],
    ),
    plain(
        "space-after-f",
        &[
            Mends("你好， 世界。 再见", "你好，世界。再见"),
            Mends("甲、 乙； 丙？ 丁！ 戊", "甲、乙；丙？丁！戊"),
            Mends("（ 甲）【 乙】《 丙》“ 丁”‘ 戊’己", "（甲）【乙】《丙》“丁”‘戊’己"),
            Keeps("键：　值\n键： 值"),
            Mends("\t你好， 世界。\n  再见。 Rust 与 C， 2 种", "\t你好，世界。\n  再见。Rust 与 C，2 种"),
            Keeps("│甲， 乙│丙， 丁│"),
            // A blank before one bracket of many stands for something.
            Mends("他(甲)说, 我(乙)去, 川萆 (三钱)好, 走.", "他（甲）说，我（乙）去，川萆 （三钱）好，走。"),
            // What another rule makes full-width is looked at as well.
            Mends("他很是, 在家; 我不是, 出门.", "他很是，在家；我不是，出门。"),
        ],
    ),
    plain("space-han-latin", &[Keeps("使用Rust语言"), Keeps("使用 Rust 语言")]),
    wish("space-han-latin", "pangu=add", &[Mends("使用Rust 2语言，用C。", "使用 Rust 2 语言，用 C。")]),
    wish("space-han-latin", "pangu=remove", &[Mends("使用 Rust 2 语言", "使用Rust 2语言")]),
    plain("multi-space", &[Keeps("two  words")]),
    wish(
        "multi-space",
        "+multi-space",
        &[Mends("two  words", "two words"), Keeps("   two words"), Keeps("| two  words |"), Keeps("a  │  b")],
    ),
    plain("trailing-space", &[Mends("文字 　\t\n下文  \n \n", "文字\n下文\n\n")]),
    markdown("trailing-space", &[Mends("文字 \n下文    \n末文  \n", "文字\n下文  \n末文  \n")]),
    plain("blank-lines", &[Mends("甲\n\n\n\n\n乙", "甲\n\n\n乙"), Keeps("甲\n\n\n乙")]),
    markdown("blank-lines", &[Keeps("```\na\n\n\n\n\nb\n```\n")]),
    plain(
        "decoration-line",
        &[Reports("甲\n========\n乙"), Reports("甲\n-----\n乙"), Reports("甲\n*****\n乙"), Keeps("甲\n--\n乙")],
    ),
];

/// Punctuation (§4).
const PUNCTUATION: &[Row] = &[
    plain(
        "half-comma",
        &[
            // Tags with many attributes make a text no program.
            Mends(
                "<br n=\"1\" y=\"2\" />漢人撰,原本散佚.\n<br n=\"1\" y=\"2\" />今本<em id=\"3\" k=\"w\">甲</em>采諸書,裒合而成.\n<br n=\"1\" y=\"4\" />後皆仿此,不錄.",
                "<br n=\"1\" y=\"2\" />漢人撰，原本散佚。\n<br n=\"1\" y=\"2\" />今本<em id=\"3\" k=\"w\">甲</em>采諸書，裒合而成。\n<br n=\"1\" y=\"4\" />後皆仿此，不錄。",
            ),
            Mends("多发,已有", "多发，已有"),
            Mends("34.6%,比", "34.6%，比"),
            Mends("他说,\n我说,\n", "他说，\n我说，\n"),
            Mends("用Rust写,再用C,很快", "用Rust写，再用C，很快"),
            Mends("我们用的是Rust,", "我们用的是Rust，"),
            Mends("用`foo`,`bar`两个都好", "用`foo`，`bar`两个都好"),
            Mends("《甲》,（乙）,“丙”,丁", "《甲》，（乙），“丙”，丁"),
            Keeps("写foo(a,b)与1,000"),
            Keeps("甲 ,word"),
            Mends("我们说 you know, it is so, 然后走,好", "我们说 you know, it is so, 然后走，好"),
            // A file with full-width marks: only between Chinese is it a slip.
            Mends("甲，乙；丙：丁？戊！己，庚，辛，壬，癸，子,丑", "甲，乙；丙：丁？戊！己，庚，辛，壬，癸，子，丑"),
            Keeps("甲，乙；丙：丁？戊！己，庚，辛，壬，癸，Rust,丑"),
            Mends(
                "甲，乙；丙：丁？戊！己，庚，辛，壬，癸，四卷, 三十三项",
                "甲，乙；丙：丁？戊！己，庚，辛，壬，癸，四卷，三十三项",
            ),
            Keeps("甲，乙；丙：丁？戊！己，庚，辛，壬，癸，四卷, Rust"),
        ],
    ),
    plain(
        "half-semicolon",
        &[
            Mends("前者已办;后者待办;", "前者已办；后者待办；"),
            Keeps("先调用foo(x);\n再返回bar[0];"),
            Keeps("眨眼 ;) 甲"),
            Reports("兼容IE6.0;Windows的系统"),
        ],
    ),
    plain(
        "half-colon",
        &[
            Mends("记者:“你好”", "记者：“你好”"),
            // Tags are no part of the sentence around them.
            Mends("<entity type=\"person\">劉牧</entity>之說:次", "<entity type=\"person\">劉牧</entity>之說：次"),
            Keeps("请输入 :!dir 或 :#,#s/a/b 看看结果"),
            Mends("姓名:键入\":ls\"来检查缓冲区列表", "姓名：键入“:ls”来检查缓冲区列表"),
            Mends("他说:好", "他说：好"),
            // Spaces that stand for quotation marks stay.
            Mends(
                "子产曰: 少 ,未知可否。 子皮曰: 往 。 又说: 不可 。",
                "子产曰： 少 ，未知可否。 子皮曰： 往 。 又说： 不可 。",
            ),
            Keeps("10:30，C:\\甲，std::甲"),
            Keeps("key: value"),
            Keeps("甲 :) 乙"),
            // Faces beside brackets, the sign of an answer, words with what they are.
            Keeps("因為很麻煩 :( )。"),
            Keeps("标题 Re: 请问一下"),
            Keeps("n: 狮子/n\nn: 英雄无用武之地/l"),
        ],
    ),
    plain(
        "half-question",
        &[
            // What is left of a character of two bytes, a sign of patterns.
            Mends("他来了,你呢?总经理是张嘉?H,张嘉?H早年在外.", "他来了，你呢？总经理是张嘉?H，张嘉?H早年在外。"),
            Mends("标记其非贪婪(比如.*?),好吗?", "标记其非贪婪（比如.*?），好吗？"),
            Mends("怎么谈?聚焦", "怎么谈？聚焦"),
            // What stands for lost characters stays, though the other marks are mended.
            Mends("?鞋的人哪里去了?大家都散了", "?鞋的人哪里去了？大家都散了"),
            Mends("你是不是他?我问", "你是不是他？我问"),
            Mends("是吗?", "是吗？"),
            Keeps("写a?.b与http://a.cn/?x=1处"),
            Keeps("设置(?U)进行"),
            // A sign that is spoken of.
            Keeps("输入问号 ? 然后紧随字符串"),
            // Where marks are typed with a space behind, one without may still stand for a lost character, and one with a space is a mark.
            Mends(
                "他走了, 我在; 刘?不信, 走吧, 云去? 又来, 谁去? 我去.",
                "他走了，我在；刘?不信，走吧，云去？又来，谁去？我去。",
            ),
            // In a well-set text one before Chinese is a slip only behind what ends a question.
            Mends(
                "甲，乙，丙，丁，戊，己，庚，辛，壬，癸。你来了吗?我问。",
                "甲，乙，丙，丁，戊，己，庚，辛，壬，癸。你来了吗？我问。",
            ),
            Keeps("甲，乙，丙，丁，戊，己，庚，辛，壬，癸。这就非到奥里昂?那里去打听不可。"),
            // Where most are behind sentences that ask, others that ask are questions as well.
            Mends(
                "甲，乙，丙，丁，戊，己，庚，辛，壬，癸，子，丑，寅，卯，辰，巳，午，未，申，酉，戌，亥。何能尽阅?即此亦难。何处不可读?且看。谁知之?我知。",
                "甲，乙，丙，丁，戊，己，庚，辛，壬，癸，子，丑，寅，卯，辰，巳，午，未，申，酉，戌，亥。何能尽阅？即此亦难。何处不可读？且看。谁知之？我知。",
            ),
        ],
    ),
    plain("half-exclaim", &[Mends("谢谢!再见!", "谢谢！再见！"), Keeps("甲 != 乙"), Keeps("甲![图](a.png)")]),
    plain(
        "half-period",
        &[
            Mends("今天开了会议.", "今天开了会议。"),
            Keeps("用 . 表示结束"),
            Keeps("把.data和. bss部分分开"),
            // Verbs that end as words that join, a blank for a lost character, a stop that an editor parted from its sentence.
            Mends("悔之不及. 便遣使求和. 众人称善, 都散了.", "悔之不及。便遣使求和。众人称善，都散了。"),
            Mends("主恶疮, 治鼠 . 头骨尤良, 可食.", "主恶疮，治鼠。头骨尤良，可食。"),
            Mends("右手弱, 尚身热头痛\n. 拟清金平木法.", "右手弱，尚身热头痛\n。拟清金平木法。"),
            Mends("何须座右铭①. 华宇出荒榛②.", "何须座右铭①。华宇出荒榛②。"),
            Mends("他们“来了”.又走了.", "他们“来了”。又走了。"),
            Mends("今年增长5%.明年再说", "今年增长5%。明年再说"),
            Keeps("1. 甲乙\nA. 丙丁\nIV. 戊己\n一. 庚辛"),
            // Typed as in Latin text.
            Mends("天黑得很早. 风也大. 不过, 没有下雪.", "天黑得很早。风也大。不过，没有下雪。"),
            Mends("路很远, 天也黑. 山里 (约十里) 没有人.", "路很远，天也黑。山里（约十里）没有人。"),
            Mends("她喊:\"快来.\"没有人答应.", "她喊：“快来。”没有人答应。"),
            Mends("大家都散了.[记者]还在.", "大家都散了。[记者]还在。"),
            Mends("天冷，风大，人很少. 大家走得很快，都回家了.", "天冷，风大，人很少。大家走得很快，都回家了。"),
            // Behind Latin words, numbers and names of files at the end of a sentence.
            Mends("前天,他装的系统是Linux.", "前天，他装的系统是Linux。"),
            Mends("那一年,一共是1998.", "那一年，一共是1998。"),
            Mends("见手册.doc,说明书在目录.pdf.", "见手册.doc，说明书在目录.pdf。"),
            Mends("屏幕是24\".我们都用它. 请问Tom.谢谢他.", "屏幕是24\"。我们都用它。请问Tom。谢谢他。"),
            Keeps("档案 archive, n.\n目录 catalogue, etc."),
            Mends("第二.要守时.其三.要节约.", "第二.要守时。其三.要节约。"),
            Mends("<二>.月底核算,都好.", "<二>.月底核算，都好。"),
            Keeps("去掉后面的.，都好。"),
            Keeps("价格是三.五"),
            Keeps("写3.5与卷一.txt处"),
            Reports("我们大家都在用这个Node.然后再去写别的程序"),
        ],
    ),
    markdown(
        "link destinations",
        &[Mends("见[手册](https://a.example/x(y),z)处,好\n", "见[手册](https://a.example/x(y),z)处，好\n")],
    ),
    plain(
        "faces, keywords, intervals",
        &[
            Mends("哎:(没带伞,只好跑.", "哎:(没带伞，只好跑。"),
            Mends("真好啊:D明天再来,行吗?", "真好啊:D明天再来，行吗？"),
            Mends("再加!important才行,别忘了.", "再加!important才行，别忘了。"),
            Mends("变量在(0,1]里,另一个在[2,5)里.", "变量在(0,1]里，另一个在[2,5)里。"),
        ],
    ),
    plain(
        "English sentences",
        &[
            Keeps("The term ren (仁), often rendered as benevolence, is old; see p. 12."),
            Keeps("Plate 7: A view of Nanjing (南京), drawn by hand, c. 1900."),
            Mends("我们支持 Windows, Linux 和别的系统,很多.", "我们支持 Windows, Linux 和别的系统，很多。"),
        ],
    ),
    plain(
        "data in a text",
        &[
            Keeps("品名,产地,数量\n茶叶,杭州,30\n瓷器,景德镇,12"),
            Keeps("品名;产地;数量\n茶叶;杭州;30\n瓷器;景德镇;12"),
            Keeps("工人:职业/n ,/w 身份/n"),
            Keeps("@@ -1 +1 @@\n-旧的,不要\n+新的,保留"),
        ],
    ),
    plain("half-enumeration", &[Reports("有苹果，香蕉，葡萄等水果"), Keeps("他来了，我走了，等着")]),
    plain(
        "half-paren",
        &[
            Mends("世贸组织(WTO)", "世贸组织（WTO）"),
            Mends("(一)总则", "（一）总则"),
            Mends("WTO(世贸组织)说", "WTO（世贸组织）说"),
            Mends("这是我们的(WTO)规则", "这是我们的（WTO）规则"),
            Keeps("调用foo(x)与3(s)处"),
            Keeps("见[甲](a.md)处"),
            Keeps("1)甲乙\n2)丙丁"),
            Keeps("使用 (WTO) 规则与 (新) 条文"),
        ],
    ),
    plain("half-bracket", &[Keeps("见[附录]与{甲}")]),
    wish("half-bracket", "+half-bracket", &[Mends("见[附录]", "见［附录］"), Keeps("见[a]与[甲](b)")]),
    plain(
        "half-angle",
        &[
            Mends("读<<红楼梦>>", "读《红楼梦》"),
            Reports("读<红楼梦>"),
            Keeps("写cout<<甲<<乙"),
            Keeps("读<<Rust>>与<b>甲</b>"),
            Keeps("读<<一二三四五六七八九十一二三四五六七八九十一>>"),
        ],
    ),
    plain(
        "straight-quote",
        &[
            Mends("\"你去哪里?\"我说:\"回家.\"", "“你去哪里？”我说：“回家。”"),
            Mends("他说:\"好。\n\"又说好。\"", "他说：“好。\n“又说好。”"),
            // A quotation inside another, by its depth.
            Mends("他问:\"你读过\"西游记\"吗?\"", "他问：“你读过‘西游记’吗？”"),
            // What is quoted was torn by a line end: the second mark opens nothing.
            Reports("各军种的\"联合\n\"作战演习。"),
            // Speech that is interrupted by who says it, and goes on.
            Mends(
                "\"那也行,\"我想了想,就同意了.\"那么,先告诉好朋友.\"",
                "“那也行，”我想了想，就同意了。“那么，先告诉好朋友。”",
            ),
            Mends("\"不对,不对,\"他翻着书;\"再找找.\"", "“不对，不对，”他翻着书；“再找找。”"),
            // Behind a verb of speech more is said.
            Mends("他停了停说,\"你来.\"我就来了.", "他停了停说，“你来。”我就来了。"),
            Mends("石秀道；\"小人认得．\"宋江道；\"有何难哉!\"便走.", "石秀道；“小人认得．”宋江道；“有何难哉！”便走。"),
            // Somebody says nothing.
            Mends("她问：“你去哪里？”\n\"……\"\n他没有回答。", "她问：“你去哪里？”\n“……”\n他没有回答。"),
            Mends("经言∶\"肺之原，出于太渊\"", "经言∶“肺之原，出于太渊”"),
            // A bracket behind a mark tells nothing, and a Latin word stands on its inner side.
            Mends(
                "被称为\"错觉\"（或译作\"盲目\"），称其为：\"和平\"（Px）。",
                "被称为“错觉”（或译作“盲目”），称其为：“和平”（Px）。",
            ),
            Mends("她说:\"去过,\"长城\"真大.\"", "她说：“去过，‘长城’真大。”"),
            Mends("他说:\"好.\"又指着\"故宫\"看.", "他说：“好。”又指着“故宫”看。"),
            Mends("用\"甲\"或\"B\",别用\"C\".", "用“甲”或“B”，别用“C”。"),
            // The marks of the text are corner brackets.
            Mends("他說:「好。」她說:「走吧。」我說:「等等\"。", "他說：「好。」她說：「走吧。」我說：「等等」。"),
            Keeps("高5\"的甲"),
            Keeps("<b title=\"甲\">乙</b>"),
            Keeps("设 title=\"甲,乙\" 即可"),
            Mends("列表用\",\"分开，或用\";\"分开。", "列表用“,”分开，或用“;”分开。"),
            Keeps("we say \"hello world\" and go 甲"),
            // Words beside code in quotation marks are code as well.
            Keeps("把字符串 \"-person-\" 改成 \"Jones\"，然后打印"),
            Reports("甲\"乙"),
            Mends("他说“好\"。", "他说“好”。"),
        ],
    ),
    plain(
        "straight-single",
        &[
            Mends("他说：“'不放心'的”", "他说：“‘不放心’的”"),
            Keeps("it's与xi'an与5'处"),
            Keeps("从':'修改成'|'或';'。"),
            Keeps("甲'乙"),
            Keeps("用'a'处"),
            // A word of a program among Chinese, of whose marks one stands beside a space.
            Keeps("键入 'vim'是启动编辑器的命令，'tutor'是文件"),
            Keeps("其中的'Payload Length' 与所谓'echo reply' 之差"),
            // What is left of a character.
            Reports("难为他典'这五个字，这是几时'三个"),
            Keeps("α'与β'之差"),
            // The century left out of a year, primes.
            Keeps("他是'70后，我是'85后。"),
            Keeps("点P'到Q'的距离，函数g'(x)的值"),
            // A stray one, and what is left of a character.
            Keeps("他慌忙说：“不'，不，我还是去吧。”"),
            Reports("可以听到“'U糖来，'U糖”的声音"),
            Mends("他说：“'长城'和'故宫'都好”", "他说：“‘长城’和‘故宫’都好”"),
        ],
    ),
    plain(
        "quote-direction",
        &[
            Mends("他说：”你好“。", "他说：“你好”。"),
            Mends("他说：”你好”。", "他说：“你好”。"),
            Mends("他说：“你好“。", "他说：“你好”。"),
            Keeps("他说：“你好”。"),
            // What is left of a double one.
            Reports("他问：’‘先生，好吗？”"),
            // At a line's beginning one may have ended the line above.
            Keeps("自古道：“大虫不吃伏肉。\n　　”史进道：“你两个且跟我进来。”"),
            Mends("冷笑一声……”还是你另有打算？”", "冷笑一声……“还是你另有打算？”"),
        ],
    ),
    plain(
        "quote-nesting",
        &[
            Reports("他说：“我读过“论语”两遍。”"),
            Reports("他说：「我读过「论语」两遍。」"),
            Keeps("他说：“我读过‘论语’两遍。”"),
        ],
    ),
    wish(
        "quote-nesting",
        "+quote-nesting",
        &[
            Mends("他说：“我读过“论语”两遍。”", "他说：“我读过‘论语’两遍。”"),
            Mends("他说：「我讀過「論語」兩遍。」", "他说：「我讀過『論語』兩遍。」"),
        ],
    ),
    plain("quote-style", &[Keeps("“甲”「乙」‘丙’『丁』")]),
    wish("quote-style", "quotes=corner", &[Mends("“甲说‘好’。”", "「甲说『好』。」")]),
    wish("quote-style", "quotes=curly", &[Mends("「甲说『好』。」", "“甲说‘好’。”")]),
    plain(
        "quote-unbalanced",
        &[Reports("为干部守好“廉政门"), Reports("为干部守好廉政门”。"), Keeps("为干部守好“廉政门”。")],
    ),
    plain("backtick-quote", &[Mends("他说``你好''。", "他说“你好”。"), Keeps("写``a''处")]),
    plain(
        "ellipsis",
        &[
            Keeps("能用 的 … … 咱们"),
            Mends("真的...吗", "真的……吗"),
            Mends("真的......吗", "真的……吗"),
            Mends("真的。。。吗", "真的……吗"),
            Mends("真的···吗・・・好‧‧‧的", "真的……吗……好……的"),
            Mends("真的⋯⋯吗⋯好", "真的……吗……好"),
            Mends("真的．．．吗", "真的……吗"),
            Mends("好…的", "好……的"),
            Mends("他来了。…我走了…。", "他来了。……我走了……。"),
            Keeps("他来了。……我走了……。"),
            Mends("他说............好", "他说……好"),
            Mends("甲\n............\n乙", "甲\n…………\n乙"),
            Keeps("写foo...bar与a[0...9]处"),
            Keeps("用try...catch...语句"),
            Mends("他说OK...好", "他说OK……好"),
            Keeps("我们写 I see… and go 处"),
        ],
    ),
    plain(
        "dash",
        &[
            Mends("他说--不", "他说——不"),
            Mends("甲－－乙──丙━━丁ーー戊――己", "甲——乙——丙——丁——戊——己"),
            Mends("他说— —不", "他说——不"),
            Mends("--他说的", "——他说的"),
            Keeps("甲───乙"),
            Keeps("┌──┐甲──乙│"),
            Keeps("运行--foo处"),
            Keeps("甲\n---\n乙"),
        ],
    ),
    plain("dash-single", &[Reports("他说—不"), Reports("他说–不"), Keeps("1990—1998年")]),
    plain(
        "range-tilde",
        &[
            Mends("10~20人", "10～20人"),
            Mends("10〜20人与5∼6人", "10～20人与5～6人"),
            Mends("10%~20%与5岁~6岁与3kg~5kg", "10%～20%与5岁～6岁与3kg~5kg"),
            Keeps("约~5人与~/a处与~~甲~~"),
            Keeps("`1~2`甲"),
        ],
    ),
    plain("range-hyphen", &[Keeps("1990―1998年"), Keeps("见2018-01-05与GB/T 15834-2011处")]),
    wish("range-hyphen", "+range-hyphen", &[Mends("1990－98年", "1990—98年"), Mends("1990―98年", "1990—98年")]),
    plain(
        "middle-dot",
        &[
            Mends("列夫‧托尔斯泰", "列夫·托尔斯泰"),
            Mends(
                "列夫•托尔斯泰、列夫・托尔斯泰、列夫∙托尔斯泰、列夫･托尔斯泰",
                "列夫·托尔斯泰、列夫·托尔斯泰、列夫·托尔斯泰、列夫·托尔斯泰",
            ),
            Reports("列夫●托尔斯泰"),
            Reports("列夫．托尔斯泰"),
            // A point in a name or a title, where the marks are damaged.
            Mends("昨天,约翰.列侬唱了歌.大家都来听,很晚才散.", "昨天，约翰·列侬唱了歌。大家都来听，很晚才散。"),
            Mends("他抄《念奴娇.赤壁怀古》,抄到半夜.", "他抄《念奴娇·赤壁怀古》，抄到半夜。"),
            Reports("昨天，列夫.托尔斯泰来了。大家都来听，很晚才散，都说好。"),
            // Where the text has `·` beside the same part.
            Mends(
                "昨天，奥雷连诺.霍塞来了。大家都来听奥雷连诺·布恩蒂亚说话，很晚才散，都说好。",
                "昨天，奥雷连诺·霍塞来了。大家都来听奥雷连诺·布恩蒂亚说话，很晚才散，都说好。",
            ),
            Keeps("•甲\n•乙"),
            Keeps("●甲●乙●丙"),
            Keeps("列夫·托尔斯泰"),
        ],
    ),
    plain("ellipsis", &[Keeps("前言……………3"), Keeps("前言．．．．．．3"), Keeps("1......横向"), Keeps("由 ⋯ 按钮触发")]),
    plain(
        "repeat-punct",
        &[
            Reports("他说这个、、、、这个如果"),
            // One of the two was the end of a quotation.
            Reports("昔年有‘鸳鸯镜，，各分一面，以为表记。"),
            Reports("“何日再与你相见？，，不说玉姐。"),
            Reports("“回家去吧，妈妈，，他说。“到牢里去看我吧。”"),
            Reports("夺取了指挥权。。这是一头野兽，”他对军官们说。"),
            Mends("他说：“读过‘论语’，，就走吧。”", "他说：“读过‘论语’，就走吧。”"),
            Reports("孔明笑曰：：大事可成矣。"),
            Mends("昔年有‘鸳鸯镜，，各分一面’，以为表记。", "昔年有‘鸳鸯镜，各分一面’，以为表记。"),
            // Rows of full stops that stand under words.
            Reports("由实物的①。。转化为人身的。\n就叫做国王②。。，也就是说君主④。。；而整个的。"),
            Mends("好，，的。。", "好，的。"),
            Mends("甲、、乙；；丙：：丁", "甲、乙；丙：丁"),
            Keeps("好……的——甲"),
        ],
    ),
    plain("repeat-qe", &[Keeps("好！！！！！")]),
    wish("repeat-qe", "+repeat-qe", &[Mends("好！！！！！么？？？？", "好！！！么？？？"), Keeps("好！！！么？！")]),
    plain(
        "mixed-pair",
        &[
            Mends("（共3人)到", "（共3人）到"),
            Mends("(共3人）到", "（共3人）到"),
            Mends("读《红楼梦>。", "读《红楼梦》。"),
            Mends("读<红楼梦》。", "读《红楼梦》。"),
        ],
    ),
    plain("dup-mark-order", &[Reports("好，。的"), Reports("好。，的"), Reports("好、，的"), Reports("好：，的")]),
    plain(
        "heading-stop",
        &[Reports("第一章　总则。"), Reports("第一節　總則。"), Keeps("第一条　总则。"), Keeps("第一章　总则？")],
    ),
    markdown("heading-stop", &[Reports("## 总则。\n"), Keeps("## 总则！\n")]),
    plain("etc-ellipsis", &[Reports("苹果、梨等……"), Keeps("苹果、梨……")]),
    plain("full-to-half", &[Keeps("Come and，join us！")]),
    wish(
        "full-to-half",
        "+full-to-half",
        &[Mends("Come and，join us！", "Come and, join us!"), Keeps("SHA1。"), Keeps("Come and，join us，好")],
    ),
];

/// The pairs that must pass (§6).
const PAIRS: &[Row] = &[plain(
    "pairs",
    &[
        Mends("气温下降了34.6%,比去年同期高1,234.5吨。", "气温下降了34.6%，比去年同期高1,234.5吨。"),
        Mends("会议时间10:30-11:45,比分3:1,比例1:500。", "会议时间10:30-11:45，比分3:1，比例1:500。"),
        Mends(
            "请访问https://example.com/a,b?x=1;y=2,或发邮件至foo.bar@example.com,谢谢!",
            "请访问https://example.com/a,b?x=1;y=2，或发邮件至foo.bar@example.com，谢谢！",
        ),
        Mends("版本v1.2.3,兼容IE6.0;Windows 10(64位)。", "版本v1.2.3，兼容IE6.0;Windows 10（64位）。"),
        Mends("调用foo(a,b)和bar(x, y),返回f(x)=x+1。", "调用foo(a,b)和bar(x, y)，返回f(x)=x+1。"),
        Mends("1. 第一项;2. 第二项;3) 第三项", "1. 第一项；2. 第二项；3) 第三项"),
        Mends("微笑 :) 大哭 :-( 好的:D", "微笑 :) 大哭 :-( 好的：D"),
        Mends("乔布斯说过:\"Stay hungry, stay foolish.\"", "乔布斯说过：“Stay hungry, stay foolish.”"),
        Keeps("He said, \"Hello, world!\" and left; it was 10:30 (a.m.)."),
        Mends("key: value, 键: 值", "key: value, 键： 值"),
    ],
)];

fn restore(text: &str, row: &Row) -> Normalized {
    let rules = Rules::parse(row.list).unwrap_or_else(|error| panic!("{}: {error}", row.id));
    normalize(text, row.syntax, &rules, Some(&shanben::Repertoire))
}

/// What is wrong with a case, each time in a few words.
fn faults(row: &Row, case: &Case) -> Vec<String> {
    let (before, after) = match case {
        Mends(before, after) => (*before, *after),
        Keeps(text) | Reports(text) => (*text, *text),
    };
    let restored = restore(before, row);
    let mut faults = vec![];
    let mut expect = |holds: bool, fault: String| {
        if !holds {
            faults.push(format!("{} [{}] {before:?}: {fault}", row.id, row.list));
        }
    };
    expect(restored.text == after, format!("becomes {:?}", restored.text));
    expect(replay(before, &restored.edits) == restored.text, "its edits do not lead to what it becomes".to_owned());
    let again = restore(&restored.text, row);
    expect(again.edits.is_empty(), format!("restored twice, it becomes {:?}", again.text));
    let noted = restored.notes.iter().any(|note| note.kind == row.id);
    match case {
        Mends(..) if RULES.iter().any(|rule| rule.id == row.id) && !row.list.contains('=') => {
            let off = Rules::parse(&format!("{},-{}", row.list, row.id)).expect("the name of a rule");
            let others = normalize(before, row.syntax, &off, Some(&shanben::Repertoire));
            expect(others.text != after, "comes out the same without the rule".to_owned());
        }
        Keeps(_) => expect(!noted, "is reported".to_owned()),
        Reports(_) => expect(noted, format!("is not reported, only {:?}", restored.noted)),
        Mends(..) => {}
    }
    faults
}

fn check(rows: &[Row]) {
    let faults: Vec<String> =
        rows.iter().flat_map(|row| row.cases.iter().flat_map(move |case| faults(row, case))).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn protected_spans_keep_their_marks() {
    check(PROTECTED);
}

#[test]
fn characters_are_mended_row_by_row() {
    check(CHARACTERS);
}

#[test]
fn spaces_and_lines_are_mended_row_by_row() {
    check(LAYOUT);
}

#[test]
fn punctuation_is_mended_row_by_row() {
    check(PUNCTUATION);
}

#[test]
fn the_pairs_that_must_pass_pass() {
    check(PAIRS);
}

/// A line of 60 columns that stops within a sentence.
const FULL: &str = "而且远离了熟识的故乡，搬家到我在谋食的异地去的时候，我心里也";

/// One that ends with a sentence.
const CLOSED: &str = "而且远离了熟识的故乡，搬家到我在谋食的异地去的时候我才难过了。";

/// Running text (Lu Xun, 1921), no line of which says what another does.
const PROSE: &str = "我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。时候既然是深冬；渐近故乡时，天气又阴晦了，冷风吹进船舱中，呜呜的响，\
    从篷隙向外一望，苍黄的天底下，远近横着几个萧索的荒村，没有一些活气。我的心禁不住悲凉起来了。我所记得的故乡全不如此。我的故乡好得多了。\
    但要我记起他的美丽，说出他的佳处来，却又没有影像，没有言辞了。仿佛也就如此。于是我自己解释说：故乡本也如此，虽然没有进步，也未必有如我所感的悲凉，\
    这只是我自己心情的改变罢了，因为我这次回乡，本没有什么好心绪。我这次是专为了别他而来的。我们多年聚族而居的老屋，已经公同卖给别姓了，\
    交屋的期限，只在本年，所以必须赶在正月初一以前，永别了熟识的老屋，而且远离了熟识的故乡，搬家到我在谋食的异地去。第二日清早晨我到了我家的门口了。\
    瓦楞上许多枯草的断茎当风抖着，正在说明这老屋难免易主的原因。几房的本家大约已经搬走了，所以很寂静。我到了自家的房外，我的母亲早已迎着出来了，\
    接着便飞出了八岁的侄儿宏儿。我的母亲很高兴，但也藏着许多凄凉的神情，教我坐下，歇息，喝茶，且不谈搬家的事。宏儿没有见过我，远远的对面站着只是看。\
    但我们终于谈到搬家的事。我说外间的寓所已经租定了，又买了几件家具，此外须将家里所有的木器卖去，再去增添。母亲也说好，而且行李也略已齐集，\
    木器不便搬运的，也小半卖去了，只是收不起钱来。";

/// Paragraphs of one to four sentences broken at 60 columns, so that the file proves its width: broken, and whole.
fn proof() -> (String, String) {
    let sentences: Vec<&str> = PROSE.split_inclusive('。').map(str::trim_start).collect();
    let (mut broken, mut whole, mut from) = (String::new(), String::new(), 0);
    for many in [1, 3, 2, 4, 1, 3, 2, 4] {
        let paragraph: String = sentences.iter().skip(from).take(many).copied().collect();
        from += many;
        let paragraph: Vec<char> = format!("　　{paragraph}").chars().collect();
        let lines: Vec<String> = paragraph.chunks(30).map(|line| line.iter().collect()).collect();
        broken.push_str(&format!("{}\n", lines.join("\n")));
        whole.push_str(&format!("{}\n", lines.concat()));
    }
    (broken, whole)
}

/// A text broken at 60 columns that ends in these lines.
fn wrapped(lines: &[&str]) -> String {
    format!("{}{}\n", proof().0, lines.join("\n"))
}

#[test]
fn hard_wrap_joins_only_what_goes_on() {
    let row = plain("hard-wrap", &[]);
    let below = |lines: &[&str]| {
        let text = wrapped(lines);
        let restored = restore(&text, &row);
        assert_eq!(replay(&text, &restored.edits), restored.text);
        let joined = proof().1;
        restored.text.strip_prefix(&*joined).unwrap_or_else(|| panic!("{lines:?}: {}", restored.text)).to_owned()
    };
    // Between Chinese without a space, between Latin words with one.
    assert_eq!(below(&[FULL, "不觉得怎样留恋。"]), format!("{FULL}不觉得怎样留恋。\n"));
    let latin = "而且远离了熟识的故乡，搬家到我在谋食的异地去，我读 New York";
    assert_eq!(below(&[latin, "Times 上的消息。"]), format!("{latin} Times 上的消息。\n"));
    // A line that begins anew: a blank line, an indent, a heading, an item, a row of a table.
    for next in [
        "",
        "　　另起一段。",
        "\t另起一段。",
        "  另起一段。",
        "第三章 另起一章",
        "- 一项",
        "* 一项",
        "+ 一项",
        "> 引文",
        "# 标题",
        "| 甲 | 乙 |",
        "1. 一项",
        "（一）一项",
        "一、一项",
        "第三節 另起一節",
        "第五條　另起一條",
        "甲      乙      丙",
    ] {
        assert_eq!(below(&[CLOSED, next]), format!("{CLOSED}\n{next}\n"), "hard-wrap");
    }
    // A short line ends its paragraph.
    assert_eq!(below(&["母亲叫闰土坐", "他终于就了坐。"]), "母亲叫闰土坐\n他终于就了坐。\n");
}

#[test]
fn names_in_lines_and_titles_of_poems_are_not_joined() {
    let names = ".arcconfig\n.checkstyle\n.gitattributes\n.gitignore\nerrata.txt\ntool.iml\nLICENSE\nNOTICE\npom.xml\nREADME.txt\nRELEASE_NOTES.txt\n";
    assert_eq!(restore(names, &plain("hard-wrap", &[])).text, names);
    let poems = "与君世世为兄弟，更结来生未了因\"\n\"《赠东林总长老》\n溪声便是广长舌，山色岂非清净身\"\n\"《赠刘景文》\n一年好景君须记，最是橙黄橘绿时\"\n\
                 \"《题西林壁》\n不识庐山真面目，只缘身在此山中\"\n\"《石炭歌》\n为君铸作百炼刀，要斩长鲸为万段\n";
    assert_eq!(restore(poems, &plain("hard-wrap", &[])).text.lines().count(), poems.lines().count());
}

#[test]
fn hard_wrap_needs_the_proof_of_the_whole_file() {
    let row = plain("hard-wrap", &[]);
    let same = |text: &str| assert_eq!(restore(text, &row).text, text, "hard-wrap");
    // Verse; lines under 40 columns; one in three lines far longer; a table of numbers.
    same(&"床前明月光，\n疑是地上霜。\n".repeat(20));
    same(&"一二三四五六七八九十一二三四五六七八\n".repeat(20));
    same(&"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九。\n".repeat(20));
    same(&format!("{FULL}\n{FULL}\n{FULL}{FULL}末行。\n").repeat(12));
    same(&"24.136.24.119 24.155.82.33 24.161.23.34 24.185.154.23\n".repeat(12));
    // Whole paragraphs are no lines.
    same(&proof().1);
    // Markdown has its own idea of a paragraph.
    let markdown = wrapped(&[FULL]).replace("　　", "");
    assert_eq!(restore(&markdown, &self::markdown("hard-wrap", &[])).text, markdown);
}

#[test]
fn damage_is_told_by_the_share_of_half_width_marks() {
    // Full-width marks, half-width ones, what they tell together.
    let told = [
        (0, 10, Damage::HalfWidth),
        (1, 9, Damage::HalfWidth),
        (2, 8, Damage::Mixed),
        (8, 2, Damage::Mixed),
        (9, 1, Damage::None),
        (10, 0, Damage::None),
    ];
    for (full, half, damage) in told {
        let text = "甲，".repeat(full) + &"乙,".repeat(half) + "好。";
        assert_eq!(restore(&text, &plain("damage", &[])).evidence.damage(), damage, "{full} : {half}");
    }
    // Each of `, ; : ? !` behind Chinese counts, and each full-width one.
    let evidence = restore("甲,乙;丙:丁?戊!己，庚；辛：壬？癸！a, b; c", &plain("damage", &[])).evidence;
    assert_eq!((evidence.half, evidence.full), (5, 5));
}

/// What the file as a whole decides (§5).
const EVIDENCE: &[Row] = &[
    // Full-width marks: half-width brackets stay when they are the house style, four of five, with spaces; otherwise they are slips.
    plain(
        "half-paren",
        &[
            Keeps("甲，乙；丙： (丁)，(戊)，(己)，(庚)，（辛），(壬)。"),
            Mends("甲，乙；丙：(丁)，（戊），（己），（庚）。", "甲，乙；丙：（丁），（戊），（己），（庚）。"),
            Mends("(一)甲，乙；\n(二)丙(丁)，戊。\n", "（一）甲，乙；\n（二）丙（丁），戊。\n"),
        ],
    ),
    // Brackets that spaces set apart from the Chinese around them.
    plain(
        "spaced brackets",
        &[Mends("我们使用 (新的) 规则,他们使用 (旧的) 规则.", "我们使用 (新的) 规则，他们使用 (旧的) 规则。")],
    ),
    // A half-width mark among full-width ones is a slip only between Chinese.
    plain(
        "half-colon",
        &[
            Keeps("甲，乙，丙，丁，戊，己，庚，辛，壬，癸，字数:2763"),
            Keeps("来源: 新华社\n甲，乙，丙，丁，戊，己，庚，辛，壬，癸"),
            Mends(
                "甲，乙，丙，丁，戊，己，庚，辛，壬，癸，他说:好",
                "甲，乙，丙，丁，戊，己，庚，辛，壬，癸，他说：好",
            ),
        ],
    ),
    // Programs and other languages.
    plain(
        "half-comma",
        &[
            Keeps("const 标题 = {\n  title: '未选中,状态',\n  name: \"下一页,二\",\n};\n// 注释,说明\n"),
            Keeps("日本語の文章です,カタカナもあります,漢字\n説明,注釈\n"),
        ],
    ),
    // Commands, and strings that a program joins.
    plain(
        "straight-quote",
        &[
            Keeps(
                "ren \"【一】甲.mp4\" \"甲.mp4\"\nren \"【一】乙.mp4\" \"乙.mp4\"\nren \"【一】丙.mp4\" \"丙.mp4\"\n",
            ),
            Keeps(
                "text = join(\n    \"如果输入中有甲，\"\n    \"就写乙。\"\n    \"否则写丙。\"\n)\nx = f(\n    a,\n)\nreturn x;\n",
            ),
        ],
    ),
    // English with Chinese terms, and lists of words, whose signs stand for themselves.
    markdown(
        "half-comma",
        &[
            Keeps("- Check that the tone matches the document (通知, 报告, 请示, etc.)\n"),
            Keeps(
                "# How the words are used\n\nWe count the words of both books, and draw what is found.\n\n\
                 The first of them is the longer one.\n\n- **Clusters**: 大道, 道生, 天道\n",
            ),
        ],
    ),
    // A sentence that leads to what stands below, in a text of few lines.
    plain(
        "half-comma",
        &[Mends(
            "关于修缮渡口的报告\n\n渡口在城东,重修已久。现将情况报告如下:\n\n一、情况\n\n木桩多已朽坏,行人往来不便。怎么办?\n",
            "关于修缮渡口的报告\n\n渡口在城东，重修已久。现将情况报告如下：\n\n一、情况\n\n木桩多已朽坏，行人往来不便。怎么办？\n",
        )],
    ),
    // `．` as the full stop.
    plain("fullwidth-period", &[Keeps("文学史．第一卷．pdf\n文学史．第二卷．pdf\n文学史．第三卷．pdf\n")]),
];

#[test]
fn what_the_file_decides_is_decided_row_by_row() {
    check(EVIDENCE);
}

#[test]
fn a_list_of_words_keeps_its_signs() {
    let words = String::from("，\n...\n") + &"的\n３％\nａ］\n而且\n虽然\n".repeat(12);
    assert_eq!(restore(&words, &plain("fullwidth-alnum", &[])).text, words);
    let prose = "他在１９９８年来了，住了３％的日子。\n".repeat(60);
    assert_eq!(restore(&prose, &plain("fullwidth-alnum", &[])).text, "他在1998年来了，住了3%的日子。\n".repeat(60));
}

/// The order in which the families of rules run (I5), by one rule of each.
const ORDER: [&str; 14] = [
    "newline",
    "zero-width",
    "pua-gb18030",
    "entity",
    "fullwidth-alnum",
    "hard-wrap",
    "space-before-f",
    "half-paren",
    "half-comma",
    "straight-quote",
    "ellipsis",
    "dash",
    "range-tilde",
    "repeat-punct",
];

#[test]
fn families_of_rules_run_in_their_order() {
    let place = |id: &str| RULES.iter().position(|rule| rule.id == id).unwrap_or_else(|| panic!("no rule {id}"));
    let places = ORDER.map(place);
    assert!(places.is_sorted(), "{places:?}");
    // Lines are joined before quotes are paired: a quotation over two lines closes.
    let restored = restore(
        &wrapped(&["他说:\"四五六七八九十一二三四五六七八九十一二三四五六七八九十", "好.\""]),
        &plain("I5", &[]),
    );
    assert!(
        restored.text.ends_with("他说：“四五六七八九十一二三四五六七八九十一二三四五六七八九十好。”\n"),
        "{}",
        restored.text
    );
}

#[test]
fn no_rule_deletes_a_visible_character() {
    // Every rule on, over every case: letters, digits and Han characters stay, in their order (I2).
    // What a page has beside its text is taken out.
    let taken = ["entity", "page-number"];
    let all: Vec<&str> = RULES.iter().map(|rule| rule.id).filter(|id| !taken.contains(id)).collect();
    let list = format!("-entity,-page-number,+{}", all.join(",+"));
    let rules = Rules::parse(&list).expect("the names of rules");
    let narrow = |c: char| char::from_u32(u32::from(c) - 0xFEE0).filter(char::is_ascii_graphic).unwrap_or(c);
    let kept = |text: &str| -> String {
        text.chars()
            .map(|c| if c >= '\u{ff01}' { narrow(c) } else { c })
            // The circle of a year is its numeral.
            .map(|c| if c == '○' { '〇' } else { c })
            .filter(|c| c.is_alphanumeric() && *c != 'ー')
            .collect()
    };
    for row in [PROTECTED, LAYOUT, PUNCTUATION, PAIRS, EVIDENCE].into_iter().flatten() {
        for Mends(before, _) | Keeps(before) | Reports(before) in row.cases {
            let restored = normalize(before, row.syntax, &rules, None);
            assert_eq!(kept(&restored.text), kept(before), "{}", row.id);
        }
    }
}

#[test]
fn rules_that_cannot_decide_report_and_leave_the_text() {
    // Every rule without a cure has a case that it reports (I4).
    let rows = || [PROTECTED, CHARACTERS, LAYOUT, PUNCTUATION, PAIRS, EVIDENCE].into_iter().flatten();
    let reported = |id: &str| rows().any(|row| row.id == id && row.cases.iter().any(|case| matches!(case, Reports(_))));
    let mended = |id: &str| rows().any(|row| row.id == id && row.cases.iter().any(|case| matches!(case, Mends(..))));
    for rule in RULES.iter().filter(|rule| !["hard-wrap", "lost-quotes"].contains(&rule.id)) {
        assert!(if rule.cures() { mended(rule.id) } else { reported(rule.id) }, "no case for {}", rule.id);
    }
}

#[test]
fn undecodable_bytes_never_vanish() {
    // U+FFFD, or `\xNN` by wish, with the place of the bytes (I3).
    let bytes = b"\xC4\xE3\xBA\xC3\xFF\xCA\xC0\xBD\xE7";
    let decoded = shanben::decode::decode(std::path::Path::new("a.txt"), bytes, Some("gb18030")).expect("a text");
    assert_eq!(decoded.text, "你好\u{fffd}世界");
    let places: Vec<_> = decoded.malformed.iter().map(|malformed| malformed.source.range()).collect();
    assert!(matches!(places.as_slice(), [range] if *range == (4..5)), "{places:?}");
    assert!(restore(&decoded.text, &plain("I3", &[])).text.contains('\u{fffd}'));
    let escaped = decoded.escape_bytes(bytes);
    assert_eq!(escaped.text, "你好\\xFF世界");
    assert_eq!(restore(&escaped.text, &plain("I3", &[])).text, escaped.text);
}

#[test]
fn front_matter_keeps_its_marks_and_values() {
    let head = "---\ntitle: 山行,又题:“秋\"\nauthor: [杜牧, '甲&amp;乙']\n---\n";
    let body = "\n第一卷 山\n\n远上寒山石径斜,白云生处有人家。\n停车坐爱枫林晚,霜叶红于二月花。\n";
    for syntax in [Syntax::Plain, Syntax::Markdown] {
        for ends in ["\n", "\r\n"] {
            let text = format!("{head}{body}").replace('\n', ends);
            let restored = normalize(&text, syntax, &Rules::default(), None).text;
            assert_eq!(restored.strip_prefix(head), Some(&*body.replace(',', "，")), "{syntax:?} {ends:?}");
        }
    }
    // Two rules around what is no front matter are text like any other.
    let text = format!("---\n远上寒山,石径斜\n---\n{body}");
    assert!(normalize(&text, Syntax::Plain, &Rules::default(), None).text.starts_with("---\n远上寒山，石径斜\n---\n"));
}

#[test]
fn lines_of_tags_make_no_program_of_markdown() {
    // As editors of notes export their pages: most lines are tags.
    let text = "<a name=\"u1\"></a>\n## <span class=\"t\">桥</span>\n\n<font style=\"color:rgb(3,3,3);\">桥建于明代,清初重修。</font>\n\n<br/>\n";
    let restored = normalize(text, Syntax::Markdown, &Rules::default(), None).text;
    assert_eq!(restored, text.replace("代,", "代，"));
    // A program in a block of code stays as it is, and so does one that is a text of its own.
    let code = "a = f('甲',1);\nb = {'乙': [2]};\nc = g(b, a);\n// 先算,再写\n";
    assert_eq!(normalize(code, Syntax::Plain, &Rules::default(), None).text, code);
    let fenced = format!("桥建于明代,清初重修。\n\n```\n{code}```\n");
    let restored = normalize(&fenced, Syntax::Markdown, &Rules::default(), None).text;
    assert_eq!(restored, fenced.replace("代,", "代，"));
}

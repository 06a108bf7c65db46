#!/usr/bin/env python3
"""Makes the texts that the outside checks convert besides the samples: one kind of trouble a file. `cases.py FOLDER [--long]`."""
import shutil, sys
from pathlib import Path

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def write(name, text, encoding="utf-8"):
    (folder / name).write_bytes(text.encode(encoding))


PROSE = ("天色将晚，山道上只剩下一个挑担子的人。他走得不快，每到转弯的地方便停一停，把担子换到另一边肩上，再抬头看看云。"
         "“要下雨了。”他自言自语地说，“得赶在关城门以前进去。”城里的灯一盏一盏亮起来，远看像是谁在山脚下撒了一把米。")

SCRIPTS = ["法文：Où sont les élèves naïfs de l’école ?", "德文：Größe, Übung, Straße", "波兰文：Łódź, żółć, ćma",
           "越南文：Tiếng Việt có dấu: Nguyễn Thị Ánh, Đặng", "希腊文：Ἐν ἀρχῇ ἦν ὁ λόγος", "俄文：Съешь ещё этих мягких французских булок",
           "日文：あいうえお、カタカナ、々仝", "韩文：안녕하세요, 대한민국",
           "泰文：สวัสดีครับ ภาษาไทย", "梵文：नमस्ते क्षत्रिय", "藏文：བཀྲ་ཤིས་བདེ་ལེགས།", "蒙古文：ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ",
           "彝文：ꆈꌠꉙ", "傣文：ᥖᥭᥰ ᥘᥫᥴ", "亚美尼亚文：Հայերեն", "格鲁吉亚文：ქართული", "注音：ㄅㄆㄇㄈ", "国际音标：[ˈtʃaɪnə] ʂʐɥ",
           "数学：∑ ∫ √ ≤ ≥ ∞", "表情：👨\u200d👩\u200d👧 ☀\ufe0f 👍🏽"]
# Poppler puts the number of a page before the last line of the page where this is in pieces: so another stands below.
write("scripts.txt", "二十种文字\n\n" + "".join(f"　　{line}。\n" for line in SCRIPTS) + f"　　{PROSE}\n")
# Poppler takes a page for one from right to left where most of its letters are, and a Chinese stop behind such words for theirs.
LEFTWARD = ["阿拉伯文“السلام عليكم ورحمة الله”是问候语", "维吾尔文“ياخشىمۇسىز”是问候语", "希伯来文“שלום עולם”是问候语",
            "他写道：في عام 2020 (السنة الأولى) بدأ العمل，此后不再提起", "他写道：בשנת 1948 (תשח) הוקמה，此后不再提起"]
write("leftward.txt", "自右至左的文字\n\n" + f"　　{PROSE}\n" + "".join(f"　　{line}。\n" for line in LEFTWARD) + "\nفي عام 2020 (السنة الأولى) بدأ العمل في هذا المشروع.\n")

write("structure.md", f"""---
title: "各式结构: 一览"
author: 善本
date: 2024-05-01
---

# 各式结构：一览

{PROSE}

## 列表

1. 第一项，有**着重**与*强调*。
2. 第二项，含 `let x = 1;` 与[链接](https://example.com/a?b=1&c=2 "标题")。
   - 内层甲
   - 内层乙

     内层乙的第二段。
3. 第三项。

- 松散

- 列表

## 表格

| 品名 | 数量 | 备注 |
|:-----|-----:|:----:|
| 宣纸 | 1,200 | 熟宣 \\| 生宣 |
| 松烟墨 | 36 | — |

## 引文、诗与代码

> 君子曰：学不可以已。
>
> > 青，取之于蓝，而青于蓝。

床前明月光，\\
疑是地上霜。\\
举头望明月，\\
低头思故乡。

```rust
fn main() {{
    println!("你好, 世界");   // 不动这里的逗号
}}
```

    四格缩进的代码 \\* & < >

---

## 注释[^1]

{PROSE}[^长注]

[^1]: 一条短注。
[^长注]: 一条长注，{PROSE}

### 转义

\\* 不是列表，1\\. 也不是；\\# 不是标题，a\\_b\\_c，\\<b\\>，&amp;amp;，`` ` ``，[方括号]，|竖线|，~波浪~，$x$，\\\\反斜线。

<ruby>善本<rt>shànběn</rt></ruby>者，善而可传之本也。
""")

write("rare.txt", "罕见字\n\n　　𠮷野家的𠀋，㐂寿，𤭢，𨋢，〇，々；⿰亻善。组合：é à ṅ；西里尔 Привет，希腊 αβγ，音标 ˈʃan。\n"
      "　　符号 ①②③ ㈱ ℃ № ™ ← ↑ → ↓ ■ □ ★ ☆ ♪ ✓ ∑ ∫ √ ≠ ≒ ≤；表情 😀 🎉 👍。\n"
      "　　破折——号，省略……号，《书》《报》，“引”‘号’，（括）【号】〔龟〕，连续：》《、”。、）（。\n"
      "　　没有字体的字：\U000323af\U0003134a 与 \u0e01\u0e34 和 \u05d0。\n")

write("radicals.md", "# 部首\n\n⼀⼯⼈⽅⾯ 一工人方面，部首与汉字同形。\n")

write("novel.txt", "山雨\n\n" + "".join(
    f"第{n}章　{t}\n\n" + "".join(f"　　{PROSE}\n" for _ in range(12)) + "\n"
    for n, t in zip("一二三四五", ("夜行", "入城", "旧友", "风波", "归去"))), "gb18030")

write("official.txt", """某市人民政府文件

某政发〔2020〕12号

关于做好档案数字化工作的通知

各县（区）人民政府，市政府各部门：

　　为做好档案数字化工作,现将有关事项通知如下:

　　一、总体要求

　　""" + PROSE + """

　　（一）基本原则

　　1.统一标准。""" + PROSE + """

　　2.分步实施。""" + PROSE + """

　　二、工作安排

　　""" + PROSE + """

　　附件：1.任务分工表
　　　　　2.进度表

某市人民政府
2020年6月1日
""")

write("letter.txt", "敬啟者：\r\n\r\n　　久疏問候，至以為念。" + "前承惠寄舊書兩冊，披覽再三，獲益良多。" * 6 + "\r\n\r\n　　此致\r\n敬禮\r\n\r\n　　　　　　　　　　晚 陳某 謹上\r\n　　　　　　　　　　一九九八年三月五日\r\n", "big5")

write("verse.txt", "静夜思\n李白\n\n床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n")

write("mixed.txt", "　　中文与English混排：使用Rust 1.90编写，支持UTF-8与GB18030；访问https://www.example.com/a/very/long/path?with=query&and=more#fragment可见。"
      "Pneumonoultramicroscopicsilicovolcanoconiosis是一个很长的词，internationalization也是。" * 5 + "\n"
      "　　He said, \"Hello, world!\" and left; it was 10:30 (a.m.). The quick brown fox jumps over the lazy dog, again and again, until the line is full and has to be broken somewhere.\n")

write("utf16.txt", "　　" + PROSE + "\n", "utf-16")
write("one.txt", "一")
write("[odd] name & (more).txt", PROSE + "\n")

write("many.txt", "全书\n\n" + "".join(
    f"第{n}回　夜行山道见灯火\n\n" + "".join(f"　　{PROSE}{PROSE}\n" for _ in range(15)) + "\n" for n in range(1, 121)))

pictures = Path(__file__).resolve().parent.parent / "tests/fixtures/pictures"
shutil.copytree(pictures, folder / "pictures", ignore=shutil.ignore_patterns("expected"), dirs_exist_ok=True)

# Two thousand pages of everything, for `--long`.
UNIT = """
# 第{n}部

{prose}见[第{n}处](https://example.com/{n})，注{n}[^n{n}]，English words in between，𠮷㐂{rare}。{prose}

## 第{n}部之诗

床前明月光，\\
疑是地上霜。

| 品名 | 数量 |
|:-----|-----:|
| 宣纸 | {n} |
| 松烟墨 | 36 |

1. 甲{n}
2. 乙
   - 丙

> {prose}

```
let n = {n};
```

{body}

[^n{n}]: 第{n}条注。{prose}
"""
if "--long" in sys.argv:
    write("long.md", "".join(UNIT.format(n=n, prose=PROSE, body=(PROSE * 2 + "\n\n") * 8, rare=chr(0x3400 + n)) for n in range(1, 701)))

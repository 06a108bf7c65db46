//! Volumes: what they hold, in which order, that they are the same each time, and that nothing else is touched.
#![cfg(feature = "embedded-fonts")]

mod program;

use program::Place;
use shanben::verify::{pdf_facts, volume_facts};
use std::fs;
use std::path::PathBuf;
use std::process::Output;

struct Desk(Place);

/// The texts of a small volume: one that says everything, one that says less, one without a title, one long.
fn texts() -> [(&'static str, String); 4] {
    let official = "江城市人民政府文件\n\n江政发〔1998〕17号\n\n江城市人民政府关于做好防汛工作的通知\n\n各区人民政府：\n\n入汛以来，雨水偏多。现将有关事项通知如下。\n\n　　　　　　　　　江城市人民政府\n　　　　　　　　　1998年7月1日\n";
    let law = "# 江城市江堤条例\n\n1996年8月9日 江城市第十届人民代表大会常务委员会第二十六次会议通过\n\n第一条 为了江堤的安全，制定本条例。\n\n第二条 本条例适用于江堤。\n\n第三条 本条例自公布之日起施行。\n";
    let bare = "第十三条\n公民的合法的私有财产不受侵犯。\n\n第三十五条\n公民有言论、出版的自由。\n";
    let long = format!("# 防汛记\n\n{}", "那天下着雨，街上没有人，只有一条狗走过去，又走回来。\n\n".repeat(200));
    [("2.txt", official.into()), ("10.md", law.into()), ("3.txt", bare.into()), ("1.md", long)]
}

impl Desk {
    /// A folder `in` with the texts.
    fn new() -> Self {
        let desk = Desk(Place::new(&[]));
        for (name, text) in texts() {
            desk.write(&format!("in/{name}"), &text);
        }
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path(path)
    }

    fn write(&self, path: &str, text: &str) {
        self.0.write(path, text.as_bytes());
    }

    fn run(&self, args: &[&str]) -> Output {
        self.0.command(args).output().unwrap()
    }

    /// How binding ends, and what it says.
    fn bind(&self, args: &[&str]) -> (Option<i32>, String) {
        let done = self.run(&[&["bind"], args].concat());
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    }

    /// The rows of the list, without its head.
    fn list(&self, path: &str) -> Vec<Vec<String>> {
        let text = fs::read_to_string(self.path(path)).unwrap();
        let lines = text.lines().skip(1);
        lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }
}

#[test]
fn a_volume_has_its_texts_in_order_each_with_its_row_and_its_source() {
    let desk = Desk::new();
    let (status, told) = desk.bind(&["in", "-o", "out"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("title made up 1"), "{told}");
    let rows = desk.list("out/volume.csv");
    let column = |at: usize| rows.iter().map(|row| row[at].as_str()).collect::<Vec<_>>();
    assert_eq!(column(9), ["0001-1.md", "0002-2.txt", "0003-3.txt", "0004-10.md"]);
    assert_eq!(column(2), ["", "江政发〔1998〕17号", "", ""]);
    assert_eq!(column(3), ["", "江城市人民政府", "", "江城市第十届人民代表大会常务委员会"]);
    assert_eq!(column(4), ["防汛记", "江城市人民政府关于做好防汛工作的通知", "[3]", "江城市江堤条例"]);
    assert_eq!(column(5), ["", "19980701", "", "19960809"]);

    let bytes = fs::read(desk.path("out/volume.pdf")).unwrap();
    let volume = volume_facts(bytes.clone()).unwrap();
    // Cover, list and record are a page each; the texts are numbered from 1, the last tells its end.
    let labels: Vec<&str> = volume.parts.iter().map(|part| part.label.as_str()).collect();
    let last = volume.pages - 3;
    assert_eq!(labels[0], "1");
    assert_eq!(column(6)[..3], labels[..3]);
    assert!(column(6)[3] == labels[3] && labels[3] == last.to_string(), "{:?} {labels:?} {last}", column(6));
    assert!(last > 8, "{last}");
    for ((name, bytes), (text, place)) in volume.sources.iter().zip([(3, 1), (0, 2), (2, 3), (1, 4)]) {
        assert!(name.starts_with(&format!("{place:04}-")));
        assert_eq!(bytes, texts()[text].1.as_bytes());
    }
    assert_eq!(volume.list.lines[0], "卷内文件目录");
    assert!(
        volume.list.lines[3]
            .starts_with("2\t江政发〔1998〕17号\t江城市人民政府\t江城市人民政府关于做好防汛工作的通知\t19980701\t")
    );
    let bookmarks = pdf_facts(bytes).unwrap().facts.outline;
    let tops: Vec<&str> = bookmarks.iter().filter(|(level, _)| *level == 1).map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        tops,
        [
            "封面",
            "卷内文件目录",
            "0001 防汛记",
            "0002 江城市人民政府关于做好防汛工作的通知",
            "0003 [3]",
            "0004 江城市江堤条例",
            "备考表"
        ]
    );
    let proved = desk.run(&["verify", "out"]);
    assert_eq!(String::from_utf8_lossy(&proved.stdout), "out/volume (pdf, docx, md): agree with their source\n");
}

#[test]
fn what_is_said_of_a_volume_goes_before_what_its_texts_say() {
    let desk = Desk::new();
    desk.write(
        "volume.toml",
        "title = \"防汛卷\"\nnumber = \"Z109-WS·1998-Y-BGS\"\nterm = \"永久\"\nlist = \"list.csv\"\norder = \"list\"\n",
    );
    desk.write("list.csv", "文件,题名,日期,备注\n10.md,关于江堤的条例,,原件\n3.txt,,1999,\n2.txt,,,\n");
    let (status, told) = desk.bind(&["in", "-o", "out", "--data", "volume.toml", "-q"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    let rows = desk.list("out/volume.csv");
    let of = |at: usize| [1, 3, 4, 5, 8, 9].map(|column| rows[at][column].as_str());
    assert_eq!(of(0), ["", "江城市第十届人民代表大会常务委员会", "关于江堤的条例", "19960809", "原件", "0001-10.md"]);
    assert_eq!(of(1), ["", "", "[3]", "1999", "", "0002-3.txt"]);
    assert_eq!([of(2)[5], of(3)[5]], ["0003-2.txt", "0004-1.md"]);
    let pdf = fs::read(desk.path("out/volume.pdf")).unwrap();
    let xmp = String::from_utf8_lossy(&pdf);
    assert!(xmp.contains("<dc:identifier>Z109-WS·1998-Y-BGS</dc:identifier>") && xmp.contains("防汛卷"));

    let dated = desk.bind(&["in", "-o", "dated", "--order", "date", "-q"]);
    assert_eq!(dated.0, Some(0), "{}", dated.1);
    let names: Vec<String> = desk.list("dated/volume.csv").into_iter().map(|row| row[9].clone()).collect();
    assert_eq!(names, ["0001-10.md", "0002-2.txt", "0003-1.md", "0004-3.txt"]);
    // With the texts the particulars may be anybody's: the list lies with them, or is named.
    desk.write("in/volume.toml", "list = \"../list.csv\"\n");
    let (status, told) = desk.bind(&["in", "-o", "theirs"]);
    assert!(status == Some(2) && told.contains("list.csv: is named by volume.toml"), "{told}");
    assert_eq!(desk.bind(&["in", "-o", "theirs", "--data", "list.csv", "-q"]).0, Some(0));
    fs::rename(desk.path("list.csv"), desk.path("in/list.csv")).unwrap();
    desk.write("in/volume.toml", "list = \"list.csv\"\n");
    assert_eq!(desk.bind(&["in", "-o", "mine", "-q"]).0, Some(0));
    desk.write("volume.toml", "titel = \"防汛卷\"\n");
    let (status, told) = desk.bind(&["in", "-o", "out", "--data", "volume.toml"]);
    assert!(status == Some(2) && told.contains("volume.toml") && told.contains("line 1"), "{told}");
}

#[test]
fn a_volume_is_the_same_each_time_and_nothing_of_others_is_replaced() {
    let desk = Desk::new();
    assert_eq!(desk.bind(&["in", "-o", "out", "-q"]).0, Some(0));
    let read = |name: &str| fs::read(desk.path(name)).unwrap();
    let files = ["out/volume.pdf", "out/volume.docx", "out/volume.md", "out/volume.csv"];
    let before = files.map(read);
    let (status, told) = desk.bind(&["in", "-o", "out"]);
    assert!(status == Some(0) && told.contains("all is up to date"), "{told}");
    assert_eq!(files.map(read), before);

    // Nor does another volume of texts of this folder, nor a file of no name.
    assert_eq!(desk.bind(&["in/2.txt", "-o", "single", "-q"]).0, Some(0));
    let (status, told) = desk.bind(&["in/3.txt", "-o", "single"]);
    assert!(status == Some(1) && told.contains("is another volume"), "{told}");
    assert_eq!(desk.bind(&["in/2.txt", "in/3.txt", "-o", "single", "-q"]).0, Some(0));
    assert_eq!(desk.bind(&["in", "-o", "single", "--name", "../out", "-q"]).0, Some(2));

    // Another folder's volume does not get the place of this one's, nor does a file that was edited.
    desk.write("other/a.txt", "山雨欲来风满楼。\n");
    let (status, told) = desk.bind(&["other", "-o", "out"]);
    assert!(status == Some(1) && told.contains("belongs to"), "{told}");
    // Nor the place of a text, though its files are of other formats: they would be on no record.
    desk.write("texts/volume.txt", "山雨欲来风满楼。\n");
    assert!(desk.run(&["convert", "texts", "-o", "mixed", "-t", "txt"]).status.success());
    let (status, told) = desk.bind(&["in", "-o", "mixed"]);
    assert!(status == Some(1) && told.contains("belongs to"), "{told}");
    assert!(desk.run(&["verify", "mixed"]).status.success() && !desk.path("mixed/volume.pdf").exists());
    desk.write("in/4.txt", "山雨欲来风满楼。\n");
    desk.write("out/volume.csv", "顺序号,改了\n");
    let (status, told) = desk.bind(&["in", "-o", "out"]);
    assert!(status == Some(1) && told.contains("volume.csv"), "{told}");
    assert_eq!(read("out/volume.pdf"), before[0]);
    assert_eq!(desk.bind(&["in", "-o", "out", "-q", "--force"]).0, Some(0));
    assert_eq!(desk.list("out/volume.csv").len(), 5);
    assert_eq!(desk.run(&["verify", "out"]).status.code(), Some(0));

    // A package holds its sources, and the table with the others.
    assert_eq!(desk.run(&["pack", "out", "-o", "bag"]).status.code(), Some(0));
    assert_eq!(read("bag/data/editions/volume.csv"), read("out/volume.csv"));
    assert_eq!(read("bag/data/sources/volume/0002-2.txt"), read("in/2.txt"));

    desk.write("out/volume.md", "改了\n");
    let proved = desk.run(&["verify", "out"]);
    assert!(String::from_utf8_lossy(&proved.stderr).contains("volume.md"), "{proved:?}");
    assert_eq!(proved.status.code(), Some(1));
    // A text that cannot be read is told, and nothing is bound without it.
    fs::write(desk.path("other/b.txt"), [0; 64]).unwrap();
    let (status, told) = desk.bind(&["other", "-o", "new"]);
    assert!(status == Some(1) && told.contains("b.txt") && told.contains("nothing is bound"), "{told}");
    assert!(!desk.path("new/volume.pdf").exists());
}

#[test]
fn many_pages_become_several_volumes_and_no_text_is_parted() {
    let desk = Desk::new();
    let (status, told) = desk.bind(&["in", "-o", "out", "--split", "6"]);
    assert_eq!(status, Some(0), "{told}");
    // The first text alone has more pages than a volume is to have.
    let names = |number: usize| {
        let rows = desk.list(&format!("out/volume-{number}.csv"));
        rows.into_iter().map(|row| (row[9].clone(), row[6].clone())).collect::<Vec<_>>()
    };
    assert_eq!(names(1).iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["0001-1.md"]);
    let second: Vec<(String, String)> =
        [("0001-2.txt", "1"), ("0002-3.txt", "2"), ("0003-10.md", "3")].map(|(a, b)| (a.into(), b.into())).into();
    assert_eq!(names(2), second);
    assert_eq!(desk.run(&["verify", "out"]).status.code(), Some(0));
}

#[test]
fn texts_of_one_item_stand_together_have_one_row_and_are_not_parted() {
    let desk = Desk::new();
    desk.write(
        "in/draft/2.txt",
        "江城市人民政府关于做好防汛工作的通知（稿）\n\n各区人民政府：\n\n现将有关事项通知如下。\n",
    );
    // The draft is named behind the document, which says what the item is.
    desk.write("list.csv", "文件,件号,档号\n1.md,,\nin/2.txt,甲,A-1\ndraft/2.txt,甲,\n3.txt,,\n10.md,,\n");
    let (status, told) = desk.bind(&["in", "-o", "out", "--data", "list.csv"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("4 items"), "{told}");
    let text = fs::read_to_string(desk.path("out/volume.csv")).unwrap();
    let row = "2,A-1,江政发〔1998〕17号,江城市人民政府,江城市人民政府关于做好防汛工作的通知,19980701,";
    assert!(text.contains(row) && text.contains("\"0002-1-2.txt\n0002-2-2.txt\""), "{text}");
    let volume = volume_facts(fs::read(desk.path("out/volume.pdf")).unwrap()).unwrap();
    let names: Vec<&str> = volume.sources.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["0001-1.md", "0002-1-2.txt", "0002-2-2.txt", "0003-3.txt", "0004-10.md"]);
    let label = |at: usize| volume.parts[at].label.parse::<usize>().unwrap();
    assert_eq!((label(2), label(3)), (label(1) + 1, label(1) + 2), "each text has pages of its own");
    assert_eq!(desk.run(&["verify", "out"]).status.code(), Some(0));

    // Two pages do not fit where one is left.
    let most = label(1).to_string();
    let (status, told) = desk.bind(&["in", "-o", "parted", "--data", "list.csv", "--split", &most]);
    assert_eq!(status, Some(0), "{told}");
    assert_eq!(desk.list("parted/volume-1.csv").len(), 1);
    assert!(fs::read_to_string(desk.path("parted/volume-2.csv")).unwrap().contains("\"0001-1-2.txt\n0001-2-2.txt\""));
}

#[test]
fn a_book_has_a_chapter_for_each_file_in_every_format() {
    let desk = Desk::new();
    for (number, name) in [(1, "第一章 山雨"), (2, "第二章 归途"), (10, "第三章 江堤")] {
        desk.write(&format!("novel/{number}.txt"), &format!("{name}\n\n夜深了，雨还没有停。\n"));
    }
    let (status, told) = desk.bind(&["novel", "-o", "out", "--as", "book"]);
    assert_eq!(status, Some(0), "{told}");
    let text = fs::read_to_string(desk.path("out/book.md")).unwrap();
    let heads: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads, ["# 第一章 山雨", "# 第二章 归途", "# 第三章 江堤"]);
    let proved = desk.run(&["verify", "out"]);
    assert_eq!(
        String::from_utf8_lossy(&proved.stdout),
        "out/book (pdf, docx, epub, html, md, txt): agree with their source\n"
    );
}

#[test]
fn what_stands_before_the_text_of_a_chapter_heads_it_or_is_told() {
    let desk = Desk::new();
    desk.write(
        "novel/1.md",
        "---\ntitle: 第一章 山雨\nauthor: 沈某\ndate: 1934-05-06\ntags: 旧作\n---\n\n夜深了，雨还没有停。\n",
    );
    desk.write("novel/2.md", "---\ntitle: 第二章 归途\nauthor: 沈某\n---\n# 第二章 归途\n\n天亮时雨停了。\n");
    desk.write("novel/3.md", "# 第三章 江堤\n\n水退了。\n\n---\n\n他走了。\n");
    let (status, told) = desk.bind(&["novel", "-o", "out", "--as", "book", "-t", "md,txt"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("novel/1.md: a book has no place for this front matter of a chapter: tags"), "{told}");
    assert_eq!(told.matches("no place").count(), 1, "{told}");
    let text = fs::read_to_string(desk.path("out/book.md")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let from = lines.iter().position(|line| line.starts_with("# 第一章")).unwrap();
    assert_eq!(
        lines[from..],
        [
            "# 第一章 山雨",
            "沈某　1934-05-06",
            "夜深了，雨还没有停。",
            "# 第二章 归途",
            "沈某",
            "天亮时雨停了。",
            "# 第三章 江堤",
            "水退了。",
            "***",
            "他走了。"
        ],
        "{text}"
    );
    let (status, told) = desk.bind(&["novel", "-o", "small", "--as", "book", "--max-size", "120"]);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("more than 120 bytes"), "{told}");
}

#[test]
fn a_text_that_its_folder_has_read_otherwise_is_proved_as_it_was_read() {
    let desk = Desk::new();
    desk.write("in/sub/shanben.toml", "rules = [\"none\"]\n");
    desk.write("in/sub/a.txt", "渡口\n\n天色将晚,山道上没有人,好.\n");
    let (status, told) = desk.bind(&["in", "-o", "out"]);
    assert_eq!(status, Some(0), "{told}");
    let verified = desk.run(&["verify", "out"]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn a_book_of_pages_has_what_they_say() {
    let desk = Desk::new();
    for (name, head) in [("1.htm", "第一章 山雨"), ("2.htm", "第二章 水光")] {
        let page = format!("<html><body><h1>{head}</h1><p>天色将晚，山道上没有人。</p></body></html>");
        desk.write(&format!("pages/{name}"), &page);
    }
    let (status, told) = desk.bind(&["pages", "--as", "book", "-t", "txt", "-o", "books"]);
    assert_eq!(status, Some(0), "{told}");
    let text = fs::read_to_string(
        fs::read_dir(desk.path("books"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|e| e == "txt"))
            .unwrap(),
    )
    .unwrap();
    assert!(!text.contains('<') && text.contains("第一章 山雨") && text.contains("第二章 水光"), "{text}");
}

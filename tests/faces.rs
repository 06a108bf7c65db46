//! Fonts of the user's, in PDF and DOCX: what they set, what is refused, and what is said.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// 一 and the radical ⼀ share a glyph in the fonts of `tests/data/fonts`; 山 is in none of them.
const TEXT: &str = "永一⼀A永。山\n";

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Desk(tempfile::tempdir().unwrap());
        std::fs::write(desk.path("a.txt"), TEXT).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shanben"));
        command.args(arguments).args(["--lang", "en"]).current_dir(self.0.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SHANBEN_")) {
            command.env_remove(name);
        }
        command.output().unwrap()
    }

    /// Converts and verifies; gives the PDF.
    fn pdf(&self, arguments: &[&str]) -> lopdf::Document {
        let made = self.run(
            &[&["convert", "a.txt", "-o", "out", "-t", "pdf,docx,md", "-r", "none", "--force"], arguments].concat(),
        );
        assert!(made.status.success(), "{made:?}");
        let proved = self.run(&["verify", "out"]);
        assert!(proved.status.success(), "{proved:?}");
        lopdf::Document::load(self.path("out/a.pdf")).unwrap()
    }

    fn refused(&self, font: &str) -> String {
        let run = self.run(&["convert", "a.txt", "-o", "out", "-t", "pdf", "--font", font]);
        assert_eq!(run.status.code(), Some(2), "{run:?}");
        assert!(!self.path("out").exists());
        String::from_utf8(run.stderr).unwrap()
    }
}

fn font(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fonts").join(name);
    path.to_str().unwrap().to_owned()
}

/// The names of the fonts of a PDF without the letters before them, and the dictionaries.
fn fonts(pdf: &lopdf::Document) -> Vec<(String, lopdf::Dictionary)> {
    let dictionaries = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let composite = dictionaries
        .filter(|font| font.get(b"Subtype").and_then(|kind| kind.as_name()).is_ok_and(|kind| kind == b"Type0"));
    let named = composite.map(|font| {
        let name = String::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec()).unwrap();
        (name.split_once('+').unwrap().1.to_owned(), font.clone())
    });
    let mut all: Vec<_> = named.collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn names(pdf: &lopdf::Document) -> Vec<String> {
    fonts(pdf).into_iter().map(|(name, _)| name).collect()
}

/// The text of the DOCX's part `name`.
fn part(desk: &Desk, name: &str) -> String {
    let file = std::fs::File::open(desk.path("out/a.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn outlines_of_postscript_are_embedded_as_they_are_with_a_code_for_each_character() {
    let desk = Desk::new();
    let pdf = desk.pdf(&["--font", &format!("song={}", font("boxes.otf"))]);
    let fonts = fonts(&pdf);
    // What the font lacks is set as without it.
    assert_eq!(names(&pdf), ["BoxSong-Shared-H", "ShanbenSong-Regular"]);
    let descendant = &fonts[0].1.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
    let descendant = pdf.dereference(descendant).unwrap().1.as_dict().unwrap();
    assert_eq!(descendant.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0");
    assert!(descendant.get(b"CIDToGIDMap").is_err());
    let descriptor = pdf.get_dictionary(descendant.get(b"FontDescriptor").unwrap().as_reference().unwrap()).unwrap();
    let program = pdf.get_object(descriptor.get(b"FontFile3").unwrap().as_reference().unwrap()).unwrap();
    assert_eq!(program.as_stream().unwrap().dict.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0C");
    // Two codes lead to the one glyph of 一 and ⼀.
    let map = pdf.get_object(fonts[0].1.get(b"Encoding").unwrap().as_reference().unwrap()).unwrap();
    let map = String::from_utf8(map.as_stream().unwrap().decompressed_content().unwrap()).unwrap();
    let ranges: Vec<&str> = map.lines().skip_while(|line| !line.ends_with("begincidrange")).skip(1).collect();
    let (ranges, rest) = ranges.split_at(2);
    assert_eq!(rest[0], "endcidrange");
    let one = ranges[1].rsplit_once(' ').unwrap().1.parse::<u32>().unwrap();
    assert!(ranges[0].ends_with(" 1") && (1..5).contains(&one), "{ranges:?}");
}

#[test]
fn a_font_of_a_collection_is_named_by_its_number_or_by_its_family() {
    let desk = Desk::new();
    for (member, name) in
        [("#1", "BoxFangsong"), ("#盒仿宋", "BoxFangsong"), ("#box fangsong", "BoxFangsong"), ("", "BoxKai")]
    {
        let pdf = desk.pdf(&["--font", &format!("song={}{member}", font("boxes.ttc"))]);
        assert_eq!(names(&pdf), [name, "ShanbenSong-Regular"], "{member}");
    }
    let fallback = desk.run(&["fonts", "--fallback-font", &format!("{}#1", font("boxes.ttc"))]);
    assert!(String::from_utf8_lossy(&fallback.stdout).contains("boxes.ttc#1"), "{fallback:?}");
    let refused = desk.run(&["fonts", "--font", &format!("song={}#2", font("boxes.ttc"))]);
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(
        told.contains("is a collection without “2”; name one of its fonts with #NUMBER or #NAME: 0 Box Kai, 1 盒仿宋"),
        "{told}"
    );
}

#[test]
fn a_docx_names_the_family_or_carries_what_its_licence_lets_be_edited() {
    let desk = Desk::new();
    let collection = format!("song={}#1", font("boxes.ttc"));
    desk.pdf(&["--font", &collection]);
    assert!(part(&desk, "word/styles.xml").contains(r#"w:ascii="盒仿宋" w:hAnsi="盒仿宋" w:eastAsia="盒仿宋""#));
    let table = part(&desk, "word/fontTable.xml");
    assert_eq!(table.matches("w:name=\"盒仿宋\"").count(), 1);
    assert!(table.contains("<w:altName w:val=\"Box Fangsong,宋体,SimSun,"), "{table}");
    desk.pdf(&["--font", &collection, "--embed-fonts"]);
    let table = part(&desk, "word/fontTable.xml");
    assert!(table.contains("w:name=\"Shanben Song ") && table.contains("w:embedRegular"), "{table}");
    // Only for looking and printing, and outlines that Word does not take: named.
    for (file, family) in [("printed.ttf", "Box Printed"), ("boxes.otf", "盒宋")] {
        desk.pdf(&["--font", &format!("song={}", font(file)), "--embed-fonts"]);
        let styles = part(&desk, "word/styles.xml");
        assert!(styles.contains(&format!("w:eastAsia=\"{family}\"")), "{file}");
    }
}

#[test]
fn what_may_not_be_used_is_refused_before_anything_is_written() {
    let desk = Desk::new();
    let told = desk.refused(&format!("kai={}", font("whole.ttf")));
    assert!(told.contains("may be embedded as a whole only"), "{told}");
    let told = desk.refused("xiaobiao=a.ttf");
    assert!(
        told.contains(
            "xiaobiao=a.ttf: write FACE=FILE or FACE=FAMILY, with one of song, song-bold, title, hei, hei-bold, kai, fangsong, mono, western"
        ),
        "{told}"
    );
    assert!(desk.refused("kai=a.txt.ttf").contains("a.txt.ttf: no such file"));
    std::fs::write(desk.path("b.otf"), "no font").unwrap();
    assert!(desk.refused("kai=b.otf").contains("is no font"));
    let told = desk.refused("kai=No Font Is Called So");
    assert!(told.contains("this system has no font “No Font Is Called So”"), "{told}");
}

#[test]
fn a_configuration_names_fonts_and_the_command_line_goes_before_it() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("faces")).unwrap();
    std::fs::copy(font("boxes.ttc"), desk.path("faces/x.ttc")).unwrap();
    std::fs::write(desk.path("shanben.toml"), "[fonts]\nsong = \"faces/x.ttc#1\"\n").unwrap();
    assert_eq!(names(&desk.pdf(&[])), ["BoxFangsong", "ShanbenSong-Regular"]);
    assert_eq!(
        names(&desk.pdf(&["--font", &format!("song={}", font("printed.ttf"))])),
        ["BoxPrinted", "ShanbenSong-Regular"]
    );
    // Other fonts make another edition, the same fonts do not.
    let again = desk.run(&["convert", "a.txt", "-o", "out", "-t", "pdf,docx,md"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("1 done"), "{said}");
    let again = desk.run(&["convert", "a.txt", "-o", "out", "-t", "pdf,docx,md"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("0 done, 1 up to date"), "{said}");
    std::fs::write(desk.path("shanben.toml"), "[fonts]\nsnog = \"faces/x.ttc\"\n").unwrap();
    let slip = desk.run(&["convert", "a.txt", "-o", "out"]);
    let said = String::from_utf8(slip.stderr).unwrap();
    assert!(
        said.contains("shanben.toml: line 2, column 1: fonts: there is no face 'snog'") && said.contains("song"),
        "{said}"
    );
    // A folder of texts names no fonts.
    std::fs::remove_file(desk.path("shanben.toml")).unwrap();
    std::fs::create_dir(desk.path("in")).unwrap();
    std::fs::write(desk.path("in/shanben.toml"), "[fonts]\nsong = \"../faces/x.ttc\"\n").unwrap();
    std::fs::copy(desk.path("a.txt"), desk.path("in/a.txt")).unwrap();
    let run = desk.run(&["convert", "in", "-o", "out2", "-t", "pdf"]);
    assert!(run.status.success(), "{run:?}");
    assert_eq!(names(&lopdf::Document::load(desk.path("out2/a.pdf")).unwrap()), ["ShanbenSong-Regular"]);
    assert!(String::from_utf8(run.stderr).unwrap().contains("fonts"));
}

#[test]
fn the_list_of_fonts_says_which_serves_each_face() {
    let desk = Desk::new();
    let run = desk.run(&["fonts", "--font", &format!("fangsong={}#1", font("boxes.ttc"))]);
    let said = String::from_utf8(run.stdout).unwrap();
    let line =
        |face: &str| said.lines().find(|line| line.starts_with(&format!("{face} "))).unwrap_or_default().to_owned();
    assert!(line("fangsong").contains("boxes.ttc#1") && line("fangsong").contains("盒仿宋"), "{said}");
    assert!(line("song").contains("ShanbenSong-Regular.ttf"), "{said}");
}

#[test]
fn a_variable_font_is_set_and_embedded_as_it_is_by_default() {
    let desk = Desk::new();
    let pdf = desk.pdf(&["--font", &format!("song={}", font("variable.ttf"))]);
    assert_eq!(names(&pdf), ["BoxVariable", "ShanbenSong-Regular"]);
    let programs = pdf.objects.values().filter_map(|object| object.as_stream().ok());
    let programs =
        programs.filter(|stream| stream.dict.has(b"Length1")).map(|stream| stream.decompressed_content().unwrap());
    for program in programs {
        let face = ttf_parser::Face::parse(&program, 0).unwrap();
        for tag in [b"fvar", b"gvar", b"avar", b"HVAR", b"STAT"] {
            assert!(
                face.raw_face().table(ttf_parser::Tag::from_bytes(tag)).is_none(),
                "{}",
                String::from_utf8_lossy(tag)
            );
        }
        // The heaviest has edges at 980.
        let boxes =
            (1..face.number_of_glyphs()).filter_map(|glyph| face.glyph_bounding_box(ttf_parser::GlyphId(glyph)));
        if face.units_per_em() == 1000 {
            assert_eq!(boxes.map(|ink| ink.x_max).max(), Some(900));
        }
    }
    let listed = desk.run(&["fonts", "--font", &format!("song={}", font("variable.ttf"))]);
    let said = String::from_utf8(listed.stdout).unwrap();
    assert!(said.contains("a variable font, set at its default: Light"), "{said}");
    let told = Desk::new().refused(&format!("song={}", font("variable.otf")));
    assert!(told.contains("outlines of CFF2, which no PDF carries; give its TrueType edition (.ttf)"), "{told}");
}

#[test]
fn titles_and_western_letters_have_faces_of_their_own() {
    let desk = Desk::new();
    std::fs::write(desk.path("a.txt"), "---\ntitle: 永一永\n---\n\n永一永一，A永。\n").unwrap();
    let all = |arguments: &[&str]| names(&desk.pdf(&[&["-s", "law"], arguments].concat()));
    let [ours, bold] = ["ShanbenSong-Regular", "ShanbenSong-Bold"];
    let (collection, printed) = (font("boxes.ttc"), font("printed.ttf"));
    assert_eq!(all(&["--font", &format!("western={printed}")]), ["BoxPrinted", bold, ours]);
    assert_eq!(all(&["--font", &format!("title={printed}")]), ["BoxPrinted", ours]);
    // Whoever names no font for titles has them in his own Song Bold, if he has one; in DOCX too.
    assert_eq!(all(&["--font", &format!("song-bold={collection}#1")]), ["BoxFangsong", ours]);
    let styles = part(&desk, "word/styles.xml");
    let title = styles.split("w:styleId=\"Title\"").nth(1).unwrap().split("</w:style>").next().unwrap();
    assert!(title.contains(r#"w:eastAsia="盒仿宋""#), "{title}");
    let western = ["--font", &format!("western={printed}"), "--font", &format!("song={collection}#1")];
    assert_eq!(all(&western), ["BoxFangsong", "BoxPrinted", bold, ours]);
    assert!(
        part(&desk, "word/styles.xml").contains(r#"w:ascii="Box Printed" w:hAnsi="Box Printed" w:eastAsia="盒仿宋""#)
    );
}

#[test]
fn a_style_names_fonts_and_adds_faces_and_the_user_goes_before_it() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("looks")).unwrap();
    for file in ["boxes.ttc", "printed.ttf"] {
        std::fs::copy(font(file), desk.path("looks").join(file)).unwrap();
    }
    let style =
        "base = \"plain\"\n[fonts]\nsong = \"boxes.ttc#1\"\nweibei = \"printed.ttf\"\n[title]\nface = \"weibei\"\n";
    std::fs::write(desk.path("looks/mine.toml"), style).unwrap();
    std::fs::write(desk.path("a.txt"), "永一\n\n　　永一永一，永。\n").unwrap();
    let mine = ["-s", "looks/mine.toml"];
    assert_eq!(names(&desk.pdf(&mine)), ["BoxFangsong", "BoxPrinted", "ShanbenSong-Regular"]);
    assert!(part(&desk, "word/styles.xml").contains(r#"w:eastAsia="Box Printed""#));
    let printed = format!("song={}", font("boxes.otf"));
    let own = names(&desk.pdf(&[&mine[..], &["--font", &printed]].concat()));
    assert_eq!(own, ["BoxPrinted", "BoxSong-Identity-H", "ShanbenSong-Regular"]);
    let listed = desk.run(&["fonts", "-s", "looks/mine.toml"]);
    let said = String::from_utf8(listed.stdout).unwrap();
    for line in ["song       boxes.ttc#1 · 盒仿宋", "weibei     printed.ttf · Box Printed", "weibei, from a style"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    // What is said in the file of a folder names no files.
    std::fs::create_dir(desk.path("in")).unwrap();
    std::fs::write(
        desk.path("in/shanben.toml"),
        "style = \"mine\"\n[styles.mine.fonts]\nsong = \"../looks/boxes.ttc\"\n",
    )
    .unwrap();
    std::fs::copy(desk.path("a.txt"), desk.path("in/a.txt")).unwrap();
    let run = desk.run(&["convert", "in", "-o", "out2", "-t", "pdf"]);
    assert!(run.status.success(), "{run:?}");
    assert!(String::from_utf8(run.stderr).unwrap().contains("not obeyed here: fonts"));
    let set = names(&lopdf::Document::load(desk.path("out2/a.pdf")).unwrap());
    assert!(set.iter().all(|name| name.starts_with("Shanben")), "{set:?}");
}

#[test]
fn the_report_has_the_digest_of_each_font_that_is_not_the_programs() {
    let desk = Desk::new();
    let digest = shanben::digest::sha256(&std::fs::read(font("boxes.ttc")).unwrap());
    let own = format!("song={}#1", font("boxes.ttc"));
    let convert = |report: &str, format: &str| {
        let run =
            desk.run(&["convert", "a.txt", "-o", "out", "-t", format, "--force", "--report", report, "--font", &own]);
        assert!(run.status.success(), "{run:?}");
        std::fs::read_to_string(desk.path(report)).unwrap()
    };
    for format in ["pdf", "docx"] {
        let line = convert("report.jsonl", format);
        let record: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
        let wanted = serde_json::json!([{ "file": "boxes.ttc#1", "family": "盒仿宋", "sha256": digest }]);
        assert_eq!(record["fonts"], wanted, "{format}");
    }
    assert!(convert("report.html", "pdf").contains(&format!("<bdi>boxes.ttc#1</bdi> <code>{digest}</code>")));
    let line = convert("report.jsonl", "md");
    assert!(line.contains(r#""fonts":[]"#), "{line}");
    let listed = desk.run(&["fonts", "--font", &own]);
    assert!(String::from_utf8(listed.stdout).unwrap().contains(&format!("sha256 {digest}")));
}

#[test]
fn traditional_texts_take_the_marks_and_forms_of_their_region() {
    let desk = Desk::new();
    std::fs::write(desk.path("a.txt"), "　　說，這裏的門戶直接通向骨董鋪。\n").unwrap();
    let languages = |region: &str| {
        let set = names(&desk.pdf(&["--region", region]));
        let docx = part(&desk, "word/styles.xml");
        let run = desk.run(&[
            "convert",
            "a.txt",
            "-o",
            "pages",
            "-t",
            "html,epub,pdf",
            "--embed-fonts",
            "--force",
            "--region",
            region,
        ]);
        assert!(run.status.success(), "{run:?}");
        let page = std::fs::read_to_string(desk.path("pages/a.html")).unwrap();
        let tag = |text: &str, before: &str| text.split(before).nth(1).unwrap().split('"').next().unwrap().to_owned();
        (set, tag(&docx, "w:eastAsia=\"zh-"), tag(&page, "<html lang=\""), middle_of_stop(&desk))
    };
    let [song, taiwan, hong_kong] =
        ["ShanbenSong-Regular", "ShanbenSongTW-Regular", "ShanbenSongHK-Regular"].map(str::to_owned);
    let (set, docx, page, (x, y)) = languages("tw");
    assert_eq!((set, docx.as_str(), page.as_str()), (vec![song.clone(), taiwan.clone()], "TW", "zh-Hant"));
    assert!((x - 500).abs() < 20 && (y - 380).abs() < 20, "{x} {y}");
    let (set, docx, page, (x, y)) = languages("hk");
    assert_eq!((set, docx.as_str(), page.as_str()), (vec![song.clone(), hong_kong, taiwan], "HK", "zh-Hant-HK"));
    assert!((x - 500).abs() < 20 && (y - 380).abs() < 20, "{x} {y}");
    let (set, docx, page, (x, y)) = languages("cn");
    assert_eq!((set, docx.as_str(), page.as_str()), (vec![song], "CN", "zh-Hant-CN"));
    assert!(x < 300 && y < 200, "{x} {y}");
    assert_eq!(languages("auto").2, "zh-Hant");
}

#[test]
fn titles_and_quotations_of_taiwan_have_its_forms_too() {
    let desk = Desk::new();
    std::fs::write(desk.path("b.md"), "# 這過\n\n　　說。\n\n> 這裏的青春\n").unwrap();
    let set = |region: &str| {
        let run = desk.run(&["convert", "b.md", "-o", "out", "-t", "pdf", "-s", "law", "--force", "--region", region]);
        assert!(run.status.success(), "{run:?}");
        names(&lopdf::Document::load(desk.path("out/b.pdf")).unwrap())
    };
    for (region, own) in [("tw", true), ("hk", true), ("cn", false)] {
        let set = set(region);
        for font in ["ShanbenKaiTW-Regular", "ShanbenSongTW-Bold"] {
            assert_eq!(set.contains(&font.to_owned()), own, "{region}: {set:?}");
        }
    }
}

/// The middle of the ink of 。 in the font that an EPUB carries for Song, in thousandths of an em.
fn middle_of_stop(desk: &Desk) -> (i32, i32) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(desk.path("pages/a.epub")).unwrap()).unwrap();
    let mut found = None;
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut bytes = vec![];
        std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        let Ok(face) = ttf_parser::Face::parse(&bytes, 0) else { continue };
        let Some(ink) = face.glyph_index('。').and_then(|glyph| face.glyph_bounding_box(glyph)) else { continue };
        let em = |a: i16, b: i16| (i32::from(a) + i32::from(b)) * 500 / i32::from(face.units_per_em());
        found = found.or(Some((em(ink.x_min, ink.x_max), em(ink.y_min, ink.y_max))));
    }
    found.unwrap()
}

#[test]
fn each_crate_of_fonts_carries_its_licences_as_they_stand_beside_the_others() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    for crates in ["song", "bold", "kai", "scripts"] {
        let files = std::fs::read_dir(fonts.join(crates)).unwrap().map(|file| file.unwrap().path());
        let texts: Vec<PathBuf> =
            files.filter(|file| file.extension().is_some_and(|extension| extension == "txt")).collect();
        assert!(!texts.is_empty(), "{crates}");
        for text in texts {
            let home = fonts.join("licenses").join(text.file_name().unwrap());
            assert_eq!(std::fs::read(&text).unwrap(), std::fs::read(home).unwrap(), "{}", text.display());
        }
    }
}

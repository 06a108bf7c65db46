use crate::document::{Block, BlockKind, Document, InlineKind, Role, display_label, inline_text};
use crate::note::Note;
use crate::recognize::{Hints, markdown, plain};

fn read(text: &str) -> (Document, Vec<Note>) {
    plain(text, &[], &Hints::default())
}

/// Each reference in reading order with the beginning of the note that it leads to.
fn links(document: &mut Document) -> Vec<String> {
    let mut seen = vec![];
    crate::document::each_content(&mut document.blocks, &mut |content| {
        seen.extend(content.iter().filter_map(|inline| match inline.kind {
            InlineKind::NoteRef { note } => Some(note),
            _ => None,
        }));
    });
    let said = |note: usize| {
        let note = &document.footnotes[note];
        let first = match note.blocks.first().map(|block| &block.kind) {
            Some(BlockKind::Paragraph { content, .. }) => inline_text(document, content),
            other => format!("{other:?}"),
        };
        format!("{}{}", display_label(&note.label), first.chars().take(3).collect::<String>())
    };
    seen.into_iter().map(said).collect()
}

fn linked(text: &str) -> Vec<String> {
    let (mut document, _) = read(text);
    assert_eq!(sorted(&document.text()), sorted(text), "no character is lost");
    links(&mut document)
}

fn sorted(text: &str) -> Vec<char> {
    let mut seen: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    seen.sort_unstable();
    seen
}

fn told(text: &str) -> Vec<(&'static str, String)> {
    read(text).1.into_iter().map(|note| (note.kind, note.detail.to_string())).collect()
}

const PROSE: &str = "　　镇上的老人说起这件事，总要先把烟袋在鞋底上磕一磕，然后才慢慢地往下讲。\n";

/// Two chapters, with the marks and the notes of each.
fn chapters(marks: [&str; 2], head: &str) -> String {
    let [a, b] = marks;
    let chapter = |name: &str, x: &str, y: &str| {
        format!("{name}\n\n{PROSE}　　老堰修于宋时{a}，到了清末又重修{b}。\n{PROSE}\n{head}{a}{x}\n{b}{y}\n\n")
    };
    chapter("第一章 老堰", "甲志所载。", "乙书所载。") + &chapter("第二章 新渠", "丙志所载。", "丁书所载。")
}

#[test]
fn marks_that_begin_anew_in_each_chapter_lead_to_its_notes() {
    for marks in
        [["①", "②"], ["[1]", "[2]"], ["〔1〕", "〔2〕"], ["〔一〕", "〔二〕"], ["[注1]", "[注2]"], ["【1】", "【2】"]]
    {
        for head in ["", "注释：\n", "【注】\n", "注　释\n"] {
            let label = |i: usize| display_label(marks[i].trim_matches(['[', ']']));
            let expected = [(0, "甲志所"), (1, "乙书所"), (0, "丙志所"), (1, "丁书所")];
            let expected: Vec<String> = expected.iter().map(|(i, said)| format!("{}{said}", label(*i))).collect();
            assert_eq!(linked(&chapters(marks, head)), expected, "{marks:?} {head}");
        }
    }
}

#[test]
fn round_marks_that_lists_have_as_well_call_notes_behind_a_word() {
    assert_eq!(linked(&chapters(["（1）", "（2）"], "")).len(), 4);
    assert_eq!(linked(&chapters(["（1）", "（2）"], "注释：\n")).len(), 4);
    let points =
        format!("{PROSE}　　要办两件事：（1）修堰；（2）清渠。\n{PROSE}（1）修堰要在秋后。\n（2）清渠要在春前。\n");
    assert_eq!(linked(&points), Vec::<String>::new());
}

#[test]
fn notes_of_all_chapters_at_the_end_are_told_apart_by_the_names_of_chapters_or_by_their_order() {
    let chapter = |name: &str| format!("{name}\n\n{PROSE}　　老堰修于宋时①，到了清末又重修②。\n{PROSE}\n");
    let body = chapter("第一章 老堰") + &chapter("第二章 新渠");
    let expected = ["①甲志所", "②乙书所", "①丙志所", "②丁书所"];
    let named = "注释\n\n第一章 老堰\n①甲志所载。\n②乙书所载。\n\n第二章 新渠\n①丙志所载。\n②丁书所载。\n";
    assert_eq!(linked(&format!("{body}{named}")), expected);
    let in_turn = "注释：\n①甲志所载。\n②乙书所载。\n①丙志所载。\n②丁书所载。\n";
    assert_eq!(linked(&format!("{body}{in_turn}")), expected);
    // The second chapter has a chapter without marks before it.
    let more = format!("{}第二章 石桥\n\n{PROSE}{PROSE}\n{}", chapter("第一章 老堰"), chapter("第三章 新渠"));
    let skipping = named.replace("第二章", "第三章");
    assert_eq!(linked(&format!("{more}{skipping}")), expected);
}

#[test]
fn notes_that_count_through_the_book_are_called_from_every_chapter() {
    let text = format!(
        "第一章 老堰\n\n{PROSE}　　老堰修于宋时[1]，后又重修[2]。\n\n第二章 新渠\n\n{PROSE}　　新渠长三里[3]。\n\n注释\n[1]甲志所载。\n[2]乙书所载。\n[3]丙志所载。\n"
    );
    assert_eq!(linked(&text), ["[1]甲志所", "[2]乙书所", "[3]丙志所"]);
}

#[test]
fn the_nearest_notes_win_and_what_lacks_its_half_is_told() {
    let text = format!(
        "第一章 老堰\n\n{PROSE}　　老堰修于宋时①，后又重修②。\n\n第二章 新渠\n\n{PROSE}　　新渠①长三里②。\n\n注释：\n①甲志所载。\n②乙书所载。\n③丙志所载。\n"
    );
    assert_eq!(linked(&text), ["①甲志所", "②乙书所"]);
    assert_eq!(
        told(&text),
        [
            ("mark-without-note", "the mark ① has no note".to_owned()),
            ("mark-without-note", "the mark ② has no note".to_owned()),
            ("note-without-mark", "nothing calls the note ③".to_owned()),
        ]
    );
    assert_eq!(told(&chapters(["①", "②"], "")), []);
    // Marks that nothing but notes have are missed even where there is none at all.
    let lost = format!("{PROSE}　　老堰修于宋时[1]，后又重修[2]。\n{PROSE}");
    assert_eq!(told(&lost).len(), 2);
    // Notes that are announced and never called stay where they are.
    let uncalled = format!("{PROSE}{PROSE}\n注释：\n①甲志所载。\n②乙书所载。\n");
    assert_eq!((linked(&uncalled).len(), told(&uncalled).len()), (0, 2));
}

#[test]
fn a_list_that_is_only_spoken_of_is_none_of_notes() {
    for text in [
        "浇水规程\n\n浇水分三步，①②两步不可颠倒。\n\n①开闸；\n②放水；\n③关闸。\n\n做完第③步才可离开。\n",
        "考试时第①题和第②题必答。\n\n①堰在何处？\n②渠有多长？\n",
        "参考文献见书末[1][2]。\n\n参考文献\n[1] 甲志。\n[2] 乙书。\n",
        "没有标记的正文，只有一张单子。\n\n① 甲\n② 乙\n",
    ] {
        assert_eq!(linked(text), Vec::<String>::new(), "{text}");
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn notes_of_a_poem_belong_to_it() {
    let poem = |title: &str, note: &str| {
        format!(
            "{title}\n某甲\n　　白日沉山尽①，青江入海流。\n　　欲寻千里路②，更上百层楼。\n注释：\n①{note}一。\n②{note}二。\n\n"
        )
    };
    let text = poem("登塔", "塔") + &poem("登楼", "楼") + &poem("登山", "山");
    assert_eq!(linked(&text), ["①塔一。", "②塔二。", "①楼一。", "②楼二。", "①山一。", "②山二。"]);
    let verse = |block: &&Block| matches!(block.kind, BlockKind::Verse(_));
    assert_eq!(read(&text).0.blocks.iter().filter(verse).count(), 3);
}

#[test]
fn notes_that_run_on_in_one_line_are_parted() {
    let text = format!("{PROSE}　　老堰①修于宋时，新渠②长三里。\n注释：①老堰：在城西。②新渠：在城东。\n");
    assert_eq!(linked(&text), ["①老堰：", "②新渠："]);
    let bracketed =
        format!("{PROSE}　　老堰[1]修于宋时，新渠[2]长三里。\n【注释】[1]老堰：在城西。[2]新渠：在城东。\n");
    assert_eq!(linked(&bracketed), ["[1]老堰：", "[2]新渠："]);
}

#[test]
fn a_star_calls_the_note_below() {
    let text = format!("{PROSE}　　老堰在城西*，修于宋时。\n{PROSE}\n*据甲志。\n");
    assert_eq!(linked(&text), ["*据甲志"]);
    let scene = format!("{PROSE}***\n{PROSE}* 甲\n* 乙\n");
    assert_eq!(linked(&scene), Vec::<String>::new());
}

#[test]
fn a_note_that_is_called_twice_is_one_note() {
    let text = format!("{PROSE}　　老堰[1]在城西，新渠[2]在城东，老堰[1]更早。\n\n[1]甲志所载。\n[2]乙书所载。\n");
    assert_eq!(linked(&text), ["[1]甲志所", "[2]乙书所", "[1]甲志所"]);
    assert_eq!(read(&text).0.footnotes.len(), 2);
}

#[test]
fn a_list_in_the_text_does_not_take_the_calls_of_the_notes_below() {
    let text = format!(
        "{PROSE}　　老堰修于宋时①，后又重修②。\n①开闸\n②放水\n{PROSE}{PROSE}\n注释：\n①甲志所载。\n②乙书所载。\n"
    );
    assert_eq!(linked(&text), ["①甲志所", "②乙书所"]);
}

#[test]
fn the_heading_of_notes_that_went_elsewhere_is_a_line() {
    let text = "# 堰考\n\n## 一、老堰\n\n修于宋时①，又重修②。\n\n## 注释\n\n①甲志所载。\n②乙书所载。\n\n## 二、新渠\n\n长三里①。\n\n## 注释\n\n①丙志所载。\n";
    let (mut document, notes) = markdown(text, &Hints::default());
    assert_eq!(links(&mut document), ["①甲志所", "②乙书所", "①丙志所"]);
    let outline: Vec<String> = document.outline().into_iter().map(|entry| entry.text).collect();
    assert_eq!(outline, ["堰考", "一、老堰", "二、新渠"]);
    assert_eq!(notes, []);
}

#[test]
fn markdown_that_has_notes_of_its_own_has_no_others() {
    let other = "# 堰考\n\n修于**宋时**①，又重修，再重修〔2〕。\n\n①**甲志**所载。\n\n〔2〕乙书所载。\n";
    let (mut document, _) = markdown(other, &Hints::default());
    assert_eq!(links(&mut document), ["①甲志所", "〔2〕乙书所"]);
    let (mut document, told) =
        markdown(&other.replace("重修，", "重修[^a]，").replace("\n\n①", "\n\n[^a]: 本注。\n\n①"), &Hints::default());
    assert_eq!((links(&mut document), told), (vec!["[a]本注。".to_owned()], vec![]));
    assert!(document.text().contains("①甲志所载。") && document.text().contains("再重修〔2〕"));
}

#[test]
fn a_mark_in_the_title_is_no_part_of_its_name() {
    let text = "# 老堰考①\n\n修于宋时。\n\n①本文写于某年。\n";
    let (document, _) = markdown(text, &Hints::default());
    assert_eq!((document.meta.title.as_deref(), document.footnotes.len()), (Some("老堰考"), 1));
}

#[test]
fn what_only_looks_like_a_mark_stays_beside_notes() {
    let text = "此说见于旧注①，后人多从之〔注〕。其实不然②。\n① 见《左传》。\n②见《国语》。\n";
    assert_eq!(linked(text), ["①见《左", "②见《国"]);
}

#[test]
fn the_mark_of_a_note_announces_none() {
    let role = |text: &str| match markdown(text, &Hints::default()).0.blocks.last().map(|block| &block.kind) {
        Some(BlockKind::Paragraph { role, .. }) => Some(*role),
        _ => None,
    };
    assert_eq!(role("甲。[^注]\n\n注：\n\n[^注]: 乙\n"), Some(Role::NotesHead));
    assert_eq!(role("[^注]\n\n[^注]: 乙\n"), Some(Role::Body));
    assert_eq!(role("*<u>[^注]</u>*\n\n[^注]: 乙\n"), Some(Role::Body));
}

/// Texts of marks, notes and what stands between.
fn texts() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let piece = prop_oneof![
        Just("第一章 山雨\n\n".to_owned()),
        Just("第二章 山雪\n\n".to_owned()),
        Just("注释：\n".to_owned()),
        Just("【注】[1]甲。[2]乙。\n".to_owned()),
        Just("此说①见前②。\n".to_owned()),
        Just("此说[1]见前[2]，又（1）。\n".to_owned()),
        Just("① 注一\n② 注二\n".to_owned()),
        Just("[1] 注。\n[2] 注。\n".to_owned()),
        Just("（1）注\n（2）注\n*注\n".to_owned()),
        Just("- 甲①\n- 乙\n".to_owned()),
        Just("\n\n".to_owned()),
        Just(PROSE.to_owned()),
        "[甲乙①②（）()。：1-2\\[\\]〔〕【】注 *|>-]{0,12}\n",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest::proptest! {
    #[test]
    fn nothing_is_lost_when_notes_find_their_place(text in texts()) {
        let document = read(&text).0;
        proptest::prop_assert_eq!(sorted(&document.text()), sorted(&text));
        let mut end = 0;
        for block in &document.blocks {
            proptest::prop_assert!(block.span.start >= end && block.span.end <= text.len());
            end = block.span.end;
        }
        let mut last = 0;
        for entry in document.outline() {
            proptest::prop_assert!(entry.level <= last + 1, "level {} after {}", entry.level, last);
            last = entry.level;
        }
    }
}

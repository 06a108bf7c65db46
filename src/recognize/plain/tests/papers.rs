//! Papers of an office, of courts and of business: what stands around their texts.

use super::*;

/// The parts of `text`, each with its paragraph.
fn parts(text: &str) -> Vec<(Role, String)> {
    roles(&document(text))
}

fn has(text: &str, role: Role, wanted: &[&str]) {
    let seen: Vec<String> = parts(text).into_iter().filter(|(own, _)| *own == role).map(|(_, said)| said).collect();
    assert_eq!(seen, wanted, "{role:?} of {text}");
}

const BODY: &str = "　　为了保障汛期安全，根据上级部署，现就有关事项通知如下，请各单位认真组织落实。\n";

#[test]
fn whom_a_document_is_for_stands_below_its_title_whatever_its_name_and_on_several_lines() {
    let head = "东湖区水务局关于做好防汛工作的通知\n东水〔2020〕3号\n\n";
    has(&format!("{head}张××委员：\n\n{BODY}"), Role::Salutation, &["张××委员："]);
    has(&format!("{head}区民政局：\n\n{BODY}"), Role::Salutation, &["区民政局："]);
    let several = "各乡镇人民政府，各街道办事处，区政府各部门、各直属机构，驻区各\n单位：\n";
    has(
        &format!("{head}{several}{BODY}"),
        Role::Salutation,
        &["各乡镇人民政府，各街道办事处，区政府各部门、各直属机构，驻区各单位："],
    );
    // What is said is addressed to nobody.
    has(&format!("山雨\n\n他说：\n\n{BODY}{BODY}"), Role::Salutation, &[]);
}

#[test]
fn a_title_on_several_lines_ends_with_what_the_document_is() {
    let text = format!(
        "东水〔2020〕3号\n\n　　　东湖区水务局　东湖区财政局\n　　东湖区档案局关于印发《堤防巡查\n　　　补助办法（试行）》的通知\n\n各乡镇人民政府：\n{BODY}"
    );
    let title = document(&text).meta.title;
    assert_eq!(
        title.as_deref(),
        Some("东湖区水务局 东湖区财政局东湖区档案局关于印发《堤防巡查补助办法（试行）》的通知")
    );
}

#[test]
fn a_court_and_what_it_gives_are_the_title_and_the_case_has_a_number() {
    let text = "东湖区人民法院\n民　事　裁　定　书\n\n（2019）×0103民初77号\n\n　　原告张××与被告李××借款纠纷一案，本院立案受理后，依法进行了审理。\n　　本案现已审理终结，裁定如下。\n                      审　判　员　　赵××\n                      二〇一九年七月九日\n                      书　记　员　　孙××\n";
    has(text, Role::DocumentNumber, &["（2019）×0103民初77号"]);
    has(text, Role::Signature, &["审　判　员　　赵××", "二〇一九年七月九日", "书　记　员　　孙××"]);
    assert_eq!(outline(text), ["1 东湖区人民法院民　事　裁　定　书"]);
}

#[test]
fn entries_of_what_is_attached_keep_their_further_lines() {
    let text = format!(
        "东湖区水务局关于做好防汛工作的通知\n\n各乡镇：\n{BODY}\n　　附件：1.堤防巡查人员名单\n　　　　　2.沿江各乡镇堤防巡查任务和物资储备分解\n　　　　　　表（2020年）\n　　　　　3.值班表\n\n　　　　　　　　　　　　东湖区水务局\n　　　　　　　　　　　　2020年5月1日\n　　（此件公开发布）\n"
    );
    has(
        &text,
        Role::Attachment,
        &["附件：1.堤防巡查人员名单", "2.沿江各乡镇堤防巡查任务和物资储备分解表（2020年）", "3.值班表"],
    );
    has(&text, Role::Annotation, &["（此件公开发布）"]);
}

#[test]
fn those_who_sign_side_by_side_and_blocks_of_contracts_are_signatures() {
    let joint = format!(
        "东湖区水务局关于做好防汛工作的通知\n\n各乡镇：\n{BODY}\n　　东湖区水务局　　　　　东湖区财政局\n　　　　　　　　　　　　2020年5月1日\n"
    );
    has(&joint, Role::Signature, &["东湖区水务局　　　　　东湖区财政局", "2020年5月1日"]);
    let contract = format!(
        "木船租赁合同\n\n第一条　租期\n{BODY}第二条　租金\n{BODY}\n甲方（盖章）：　　　　　　乙方（签字）：\n签订日期：　　年　月　日\n"
    );
    has(&contract, Role::Signature, &["甲方（盖章）：　　　　　　乙方（签字）：", "签订日期：　　年　月　日"]);
}

#[test]
fn the_record_is_known_with_its_words_apart_and_its_further_lines() {
    let text = format!(
        "东湖区水务局关于做好防汛工作的通知\n\n各乡镇：\n{BODY}\n　　　　　　　　　　　　东湖区水务局\n　　　　　　　　　　　　2020年5月1日\n\n抄　送：区委办公室，区人大常委会办公室，区政协办公室，区人民法院，\n　　　　区人民检察院。\n东湖区水务局办公室　　　　　　2020年5月1日印发\n（共印60份）\n"
    );
    has(
        &text,
        Role::PrintRecord,
        &[
            "抄　送：区委办公室，区人大常委会办公室，区政协办公室，区人民法院，区人民检察院。",
            "东湖区水务局办公室　　　　　　2020年5月1日印发",
            "（共印60份）",
        ],
    );
}

#[test]
fn what_is_promulgated_or_passed_on_stands_beside_the_document_that_names_it() {
    let order = "东湖区人民政府令\n\n第 12 号\n\n　　《东湖区渡口管理规定》已经区政府常务会议通过，现予公布，自2020年6月1日起施行。\n\n　　　　　　　　　　　　　　区长　张××\n　　　　　　　　　　　　　　2020年5月1日\n\n东湖区渡口管理规定\n\n第一章　总则\n　　第一条　为了规范渡口管理，保障乘客安全，制定本规定。\n第二章　附则\n　　第二条　本规定自2020年6月1日起施行。\n";
    has(order, Role::Issuer, &["东湖区人民政府令"]);
    has(order, Role::DocumentNumber, &["第 12 号"]);
    assert_eq!(outline(order), ["1 东湖区渡口管理规定", "2 第一章　总则", "2 第二章　附则"]);
}

#[test]
fn data_of_a_page_of_the_web_stand_apart_from_the_document() {
    let text = format!(
        "索 引 号： 0001/2020-3\n发文机关： 东湖区水务局\n标　　题： 东湖区水务局关于做好防汛工作的通知\n发布日期： 2020年5月2日\n【字体：大 中 小】打印\n\n东湖区水务局关于做好防汛工作的通知\n东水〔2020〕3号\n\n各乡镇：\n\n{BODY}\n东湖区水务局\n\n2020年5月1日\n\n责任编辑：张××\n扫一扫在手机打开当前页\n"
    );
    let seen: Vec<Role> = parts(&text).into_iter().map(|(role, _)| role).filter(|role| *role != Role::Body).collect();
    let web = [Role::Imprint; 5];
    let own = [Role::DocumentNumber, Role::Salutation, Role::Signature, Role::Signature, Role::Imprint, Role::Imprint];
    assert_eq!(seen, [&web[..], &own[..]].concat());
    assert_eq!(document(&text).meta.date.as_deref(), Some("2020-05-02"));
}

#[test]
fn counted_lines_part_documents_of_one_file() {
    let one = |name: &str| {
        format!(
            "东湖区水务局关于{name}的通告\n东水〔2020〕3号\n{BODY}　　　　　　　　　　东湖区水务局\n　　　　　　　　　　2020年5月1日\n\n"
        )
    };
    let text = format!("==== 第1篇 ====\n{}==== 第2篇 ====\n{}", one("禁渔"), one("停航"));
    assert_eq!(outline(&text), ["1 东湖区水务局关于禁渔的通告", "1 东湖区水务局关于停航的通告"]);
    assert_eq!(document(&text).blocks.iter().filter(|b| matches!(b.kind, BlockKind::Divider { .. })).count(), 2);
}

#[test]
fn a_notice_above_a_drawn_box_is_no_drawing() {
    let text = format!(
        "关于下达堤防维修计划的通知\n东水〔2020〕3号\n各乡镇人民政府：\n{BODY}　　附表：堤防维修计划表\n┌──┬──┐\n│乡镇│户数│\n├──┼──┤\n│柳庄│四五│\n└──┴──┘\n"
    );
    has(&text, Role::Salutation, &["各乡镇人民政府："]);
    let code = |b: &Block| if let BlockKind::Code { text, .. } = &b.kind { Some(text.lines().count()) } else { None };
    assert_eq!(document(&text).blocks.iter().filter_map(code).collect::<Vec<_>>(), [5]);
}

#[test]
fn keys_with_their_values_side_by_side_are_no_table() {
    let text = "个人简历\n\n姓　　名：林某　　　　性　　别：女\n出生年月：1992年6月　　民　　族：汉族\n学　　历：本科　　　　专　　业：汉语言\n\n求职意向\n编辑。\n";
    assert!(document(text).blocks.iter().all(|b| !matches!(b.kind, BlockKind::Table(_) | BlockKind::Code { .. })));
}

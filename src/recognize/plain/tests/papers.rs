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

/// What heads the parts of `text`, without levels.
fn heads(text: &str) -> Vec<String> {
    document(text).outline().into_iter().map(|entry| entry.text).collect()
}

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
    assert_eq!(outline(text), ["1 东湖区人民法院\n民　事　裁　定　书"]);
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
    let heads = ["1 东湖区渡口管理规定", "2 第一章　总则", "2 第二章　附则"];
    assert_eq!(outline(order), heads);
    assert_eq!(outline(&order.replace("5月1日\n", "5月1日\n\n　　（联系人：张××，电话：0123-4567890）\n")), heads);
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

#[test]
fn the_parties_of_a_contract_sign_as_one_block_and_what_is_attached_stands_below_it() {
    let text = "设备租赁合同\n\n甲方（出租人）：某某公司\n乙方（承租人）：李四\n\n根据有关法律的规定，双方经协商一致，订立本合同。\n\n第一条 租赁设备\n甲方将水泵三台出租给乙方使用，乙方应当按照约定的用途使用并妥善保管。\n第二条 租金\n租金每月二千元，乙方应于每月五日前支付，逾期的按日支付违约金。\n第三条 违约责任\n任何一方违反约定的，应当赔偿对方因此受到的损失，双方另有约定的除外。\n第四条 本合同一式两份，双方各执一份，自双方签字之日起生效。\n\n甲方（签字）：____        乙方（签字）：____\n联系电话：1380000        联系电话：1390000\n签订日期：2016年3月20日           签订日期：2016年3月20日\n\n附件一：设备清单\n水泵三台，均为甲方自有，随机附件齐全，交付时由双方当面验收并签字确认。\n";
    has(
        text,
        Role::Signature,
        &[
            "甲方（签字）：____        乙方（签字）：____",
            "联系电话：1380000        联系电话：1390000",
            "签订日期：2016年3月20日           签订日期：2016年3月20日",
        ],
    );
    let heads = outline(text);
    let heads: Vec<&str> = heads.iter().map(|head| head.split_once(' ').unwrap_or_default().1).collect();
    assert_eq!(heads, ["设备租赁合同", "第一条 租赁设备", "第二条 租金", "第三条 违约责任", "附件一：设备清单"]);
    // One party below the other, each with its fields; with nothing below it, what is attached is only named.
    let alone = "委托书\n\n　　委托人因故不能亲自办理有关事项，特委托受托人代为办理，一切法律后果由委托人承担。\n\n委托人（签字）：\n身份证号：\n电话：\n\n受托人（签字）：\n日期：2016年3月20日\n\n附件一：身份证复印件\n";
    has(
        alone,
        Role::Signature,
        &["委托人（签字）：", "身份证号：", "电话：", "受托人（签字）：", "日期：2016年3月20日"],
    );
    has(alone, Role::Attachment, &["附件一：身份证复印件"]);
}

#[test]
fn officers_of_a_court_and_parties_with_half_width_marks_sign_and_are_no_table() {
    let court = "          江 州 市 中 级 人 民 法 院\n            刑  事  判  决  书\n                （2009）江刑初字第42号\n\n    公诉机关江州市人民检察院。\n    本院认为，被告人的行为已构成盗窃罪，依照有关规定，判决如下：\n    被告人罗某犯盗窃罪，判处有期徒刑二年。\n\n                审  判  长    严  某\n                审  判  员    方某某\n                人民陪审员    江  某\n\n                二〇〇九年六月十一日\n\n                书  记  员    田某某\n";
    let signed = [
        "审  判  长    严  某",
        "审  判  员    方某某",
        "人民陪审员    江  某",
        "二〇〇九年六月十一日",
        "书  记  员    田某某",
    ];
    has(court, Role::Signature, &signed);
    // Each has a line of its own, and the characters of neither are words apart.
    assert_eq!(document(court).outline()[0].text, "江 州 市 中 级 人 民 法 院\n刑  事  判  决  书");
    assert_eq!(document(court).meta.title.as_deref(), Some("江州市中级人民法院刑事判决书"));
    let contract = "购销合同\n\n甲方：某合作社\n乙方：某公司\n\n一、质量标准\n    按国家一级标准执行。\n\n甲方(盖章):                    乙方(盖章):\n代表人(签字):                  代表人(签字):\n电话:0913-1234567              电话:010-87654321\n2018年9月15日                   2018年9月15日\n\n附件一：验收标准\n    果面光洁。\n";
    assert_eq!(parts(contract).iter().filter(|(role, _)| *role == Role::Signature).count(), 4);
    assert!(heads(contract).contains(&"附件一：验收标准".to_owned()));
}

#[test]
fn letters_close_and_are_dated_as_people_write_them() {
    let letter = format!(
        "仲明吾兄如晤：\n\n{BODY}\n    天寒，伏維珍重。專此，敬請\n大安\n\n                        弟 子安 頓首\n                        十一月初七日\n"
    );
    has(&letter, Role::Closing, &["大安"]);
    has(&letter, Role::Signature, &["弟 子安 頓首", "十一月初七日"]);
    // What leads to a list is said to nobody.
    has(&format!("销售统计\n\n各门店销售情况如下：\n\n{BODY}"), Role::Salutation, &[]);
}

#[test]
fn minutes_may_begin_with_who_has_taken_them_and_items_with_words_that_are_digits_too() {
    let text = format!("某区教育局办公室　　　　　　　　2016年4月22日\n第7次局长办公会议纪要\n\n{BODY}{BODY}");
    assert_eq!(document(&text).meta.title.as_deref(), Some("第7次局长办公会议纪要"));
    let items = "通知\n\n事項如下：\n\n一、時間：三月。\n二、地點：河濱。\n三、參加人員：各單位。\n四、其他。\n";
    assert!(
        document(items)
            .blocks
            .iter()
            .any(|block| { matches!(&block.kind, crate::document::BlockKind::List(list) if list.items.len() == 4) })
    );
}

#[test]
fn poems_stand_below_the_names_that_the_contents_have() {
    let poem = |name: &str, lines: &str| format!("{name}\n\n{lines}\n");
    let text = "听雨集\n\n目录\n秋夜\n渡口\n给远方\n\n".to_owned()
        + &poem("秋夜", "风从窗缝里进来\n吹动桌上的信\n我没有读完\n灯就灭了\n")
        + &poem("渡口", "船开走了\n水还留着船的形状\n我坐在石头上\n等另一条船\n")
        + &poem("给远方", "我把你的名字\n写在沙上\n潮水来了\n替我念\n");
    assert_eq!(heads(&text), ["听雨集", "目录", "秋夜", "渡口", "给远方"]);
    let verse = |block: &crate::document::Block| matches!(block.kind, crate::document::BlockKind::Verse(_));
    assert_eq!(document(&text).blocks.iter().filter(|block| verse(block)).count(), 3);
}

#[test]
fn notes_that_are_gone_leave_no_head_and_what_follows_is_on_its_level() {
    let text = "陋室铭\n唐　刘禹锡\n\n山不在高①，有仙则名。水不在深，有龙则灵②。斯是陋室，惟吾德馨。\n\n【注释】\n①在：在于。\n②灵：灵异。\n\n【译文】\n山不一定要高，有仙人居住就出名了；水不一定要深，有龙就显得灵异了。\n";
    let document = crate::recognize::plain(text, &crate::survey::regions(text), &Hints::default()).0;
    let heads: Vec<(u8, String)> = document.outline().into_iter().map(|entry| (entry.level, entry.text)).collect();
    assert_eq!(heads, [(1, "陋室铭".to_owned()), (2, "【译文】".to_owned())]);
}

#[test]
fn examinations_have_a_title_of_two_lines() {
    let text = "2013—2014学年度第一学期期末考试\n八年级语文试卷\n（时间：120分钟　满分：100分）\n\n一、积累与运用（30分）\n1．下列词语中加点字的读音完全正确的一项是（　　）（2分）\nA．瞥见　　B．畸形\n\n二、作文（40分）\n以“我的老师”为题，写一篇不少于600字的记叙文，题目自拟，文体不限。\n";
    assert_eq!(heads(text)[0], "2013—2014学年度第一学期期末考试\n八年级语文试卷");
}

#[test]
fn what_is_set_to_the_right_above_the_date_signs_and_who_leads_a_meeting_does_not() {
    let paper = "授权委托书\n\n委托人：某公司\n现委托童某某在我单位与白某合同纠纷一案中，作为我方诉讼代理人。\n\n　　　　　　　　　　委托单位：某公司（盖章）\n　　　　　　　　　　法定代表人：贾某（签名）\n　　　　　　　　　　2013年7月1日\n";
    let signed = ["委托单位：某公司（盖章）", "法定代表人：贾某（签名）", "2013年7月1日"];
    has(paper, Role::Signature, &signed);
    let record = "筹备组会议记录\n时　间：九月十日\n出　席：葛某　奚某\n主持人：葛某\n记　录：奚某\n\n一、通报前一阶段的工作。\n　　葛某：已收回征求意见表二百一十份，同意的占百分之八十五。\n散会。\n\n　　　　　　　　　　主持人：葛某\n";
    has(record, Role::Signature, &["主持人：葛某"]);
    let lease = "房屋租賃契約書\n\n第一條　租金每月新臺幣壹萬元整。\n\n甲方：　　　　　　　　（簽章）\n住址：\n乙方：　　　　　　　　（簽章）\n住址：\n\n中　華　民　國　一○五　年　二　月　二十　日\n";
    has(
        lease,
        Role::Signature,
        &["甲方：　　　　　　　　（簽章）", "住址：", "乙方：　　　　　　　　（簽章）", "住址："],
    );
}

#[test]
fn songs_stand_below_the_names_of_their_tunes() {
    let text = "　　　　蝶恋花\n\n　　　　　　柳　某\n\n　　独倚危楼风细细，望极春愁，黯黯生天际。草色烟光残照里，无言谁会凭栏意。\n\n　　　　鹊桥仙\n\n　　　　　　秦　某\n\n　　纤云弄巧，飞星传恨，银汉迢迢暗度。金风玉露一相逢，便胜却人间无数。\n";
    assert_eq!(heads(text), ["蝶恋花", "鹊桥仙"]);
    assert!(document(text).outline().iter().all(|entry| entry.level == 1));
}

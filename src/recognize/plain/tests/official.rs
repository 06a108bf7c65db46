//! Official documents (GB/T 9704).

use super::*;

#[test]
fn an_official_document_has_its_parts() {
    let text = "\
000001
机密★1年
特急

历城市人民政府办公室文件

历政办发〔2018〕12号　　　　签发人：王守城

历城市人民政府办公室
关于做好防汛工作的通知

各镇人民政府，市政府各部门：
　　为做好今年的防汛工作，保障人民群众生命财产安全，现将有关事项通知如下。
　　一、提高认识
　　今年雨季来得早，各级各部门要充分认识防汛工作的重要性，切实增强责任感。
　　二、落实责任
　　（一）健全机制。各镇要成立领导小组，由主要负责人任组长，分工到人。
　　（二）加强值守
　　汛期实行二十四小时值班制度，值班人员不得擅自离岗，遇有险情立即上报。
　　1.值班安排
　　值班表由办公室统一编制，每周一公布，调班须经分管负责人同意并备案。
　　2.信息报送
　　每日上午八时前报送前一日雨情、水情，重大险情随时报告，不得迟报漏报。
　　附件：1.防汛责任人名单
　　　　　2.值班电话
　　　　　　　　　　　　历城市人民政府办公室
　　　　　　　　　　　　2018年6月1日
　　（此件公开发布）
附件1
防汛责任人名单
　　本名单由办公室统一编制，每年五月公布，人员变动时须及时报告并重新公布名单。
抄送：市委各部门，市人大常委会办公室。
历城市人民政府办公室　　2018年6月1日印发
";
    let doc = document(text);
    assert_eq!(
        outline(text),
        [
            "1 历城市人民政府办公室关于做好防汛工作的通知",
            "2 一、提高认识",
            "2 二、落实责任",
            "3 （二）加强值守",
            "4 1.值班安排",
            "4 2.信息报送",
            "1 防汛责任人名单",
        ]
    );
    let seen: Vec<Role> = roles(&doc).into_iter().map(|(r, _)| r).collect();
    assert_eq!(
        seen,
        [
            Role::Classification,
            Role::Classification,
            Role::Classification,
            Role::Issuer,
            Role::DocumentNumber,
            Role::Salutation,
            Role::Attachment,
            Role::Attachment,
            Role::Signature,
            Role::Signature,
            Role::Annotation,
            Role::Attachment,
            Role::PrintRecord,
            Role::PrintRecord,
        ]
    );
    assert_eq!(visible(&doc.text()), visible(text));
}

#[test]
fn an_official_document_with_masked_names_has_its_parts() {
    let text = "\
××市人民政府关于请求解决水利工程资金的请示

×政〔2003〕15号

××省人民政府：

  我市××水库始建于一九五八年，由于年久失修，存在严重安全隐患，需进行除险加固。

  妥否，请批示。

  附：××水库除险加固工程预算表

                              ××市人民政府
                              二〇〇三年五月二十日

主题词：水利 资金 请示
抄送：省水利厅、省财政厅。
××市人民政府办公室        2003年5月20日印发
";
    let doc = document(text);
    assert_eq!(outline(text), ["1 ××市人民政府关于请求解决水利工程资金的请示"]);
    let seen: Vec<Role> = roles(&doc).into_iter().map(|(role, _)| role).collect();
    assert_eq!(
        seen,
        [
            Role::DocumentNumber,
            Role::Salutation,
            Role::Attachment,
            Role::Signature,
            Role::Signature,
            Role::PrintRecord,
            Role::PrintRecord,
            Role::PrintRecord,
        ]
    );
    // 主题词 in a paper is nothing that was printed with it.
    let paper = "水利资金的使用\n\n主题词：水利 资金\n\n本文讨论水利资金的使用，共分三个部分，兹分述如下。\n";
    assert!(roles(&document(paper)).into_iter().all(|(role, _)| role != Role::PrintRecord));
}

#[test]
fn the_title_of_a_document_may_be_parted_behind_what_it_is_about() {
    let prose = "为切实做好今冬明春火灾防控工作，现就有关事项通知如下，请认真贯彻执行。\n";
    let text = format!("历城市人民政府办公室关于\n做好火灾防控工作的通知\n\n各镇人民政府：\n{prose}{prose}{prose}");
    assert_eq!(outline(&text), ["1 历城市人民政府办公室关于做好火灾防控工作的通知"]);
    let other = format!("历城市人民政府办公室关于\n做好火灾防控工作\n\n各镇人民政府：\n{prose}{prose}{prose}");
    assert_ne!(outline(&other), ["1 历城市人民政府办公室关于做好火灾防控工作"]);
}

#[test]
fn a_title_in_two_lines_is_one_wherever_it_is_parted() {
    for (first, second) in [
        ("历城市人民政府办公室", "关于做好2019年防汛工作的通知"),
        ("历城市人民政府办公室关于", "做好2019年防汛工作的通知"),
        ("历城市人民政府办公室关于做好", "2019年防汛工作的通知"),
    ] {
        let text = format!(
            "历政办发〔2019〕12号\n\n{first}\n{second}\n\n各镇人民政府：\n　　为做好今年的防汛工作，现将有关事项通知如下。\n"
        );
        assert_eq!(outline(&text), ["1 历城市人民政府办公室关于做好2019年防汛工作的通知"]);
    }
    // A title that is whole has no second line.
    let text = "历城市人民政府关于做好防汛工作的通知\n市政府办公室关于印发方案的通知\n　　为做好今年的防汛工作，现将有关事项通知如下。\n";
    assert!(
        outline(text)
            .iter()
            .all(|title| title != "1 历城市人民政府关于做好防汛工作的通知市政府办公室关于印发方案的通知")
    );
}

#[test]
fn the_title_of_a_document_may_be_long() {
    let title = "云岭市人力资源和社会保障局云岭市财政局关于调整2019年度企业退休人员基本养老金有关问题的通知";
    let text = format!(
        "{title}\n\n各县（区）人力资源和社会保障局、财政局：\n    经省政府同意，现就有关问题通知如下。请认真贯彻执行，及时发放到位，确保企业退休人员基本养老金按时足额发放。\n"
    );
    let doc = document(&text);
    assert_eq!(doc.meta.title.as_deref(), Some(title));
    assert_eq!(doc.kind(), crate::document::DocumentKind::Official);
    let story = format!(
        "{}的通知书，他看了又看\n\n    夜深了，山上的风一阵紧似一阵，他把灯捻亮，又把那封信从头读了一遍。\n",
        "关于那年夏天寄来".repeat(6)
    );
    assert_eq!(document(&story).meta.title, None);
}

#[test]
fn a_title_below_the_name_of_the_office_takes_that_line_as_well() {
    let text = "云岭市人民政府办公室文件\n\n云政办发〔2021〕17号\n\n云岭市人民政府办公室\n关于进一步加强城区老旧管网\n改造工作的通知\n\n各县（区）人民政府，高新区管委会：\n　　为解决城区供水、排水、供热管网老化失修的问题，经市政府同意，现将有关事项通知如下。\n　　一、总体要求\n　　坚持民生优先、先急后缓，利用三年时间完成建成管网的更新。\n　　二、重点任务\n　　（一）摸清底数。各县（区）于5月底前完成普查，逐条建立台账，做到一管一档。\n　　三、保障措施\n　　各县（区）要压实责任，确保按期完成。\n";
    let doc = document(text);
    assert_eq!(doc.meta.title.as_deref(), Some("云岭市人民政府办公室关于进一步加强城区老旧管网改造工作的通知"));
    assert!(roles(&doc).iter().all(|(role, _)| *role != Role::Imprint), "{:?}", roles(&doc));
}

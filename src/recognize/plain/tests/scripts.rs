//! The words that say what a line is, in both scripts.

use super::*;

#[test]
fn what_is_known_in_simplified_characters_is_known_in_traditional_ones() {
    let letter =
        "媽媽：\n　　您好！來信收到，家中一切都好，請勿掛念。\n　　此致\n敬禮！\n　　　　　　　　　　兒 小明敬上\n";
    let article = "某地春耕\n來源：某報\n\n　　今年春天，某地的農民早早地下了田，忙著播種新的莊稼。\n　　老人們說，這樣的年景已經多年沒有見過了。\n校對：某某\n";
    let order = "機密\n某府發〔2018〕1號\n某市人民政府關於做好防汛工作的報告\n\n各區人民政府：\n　　現將有關事項報告如下，請認真執行。\n";
    let simple = |text: &str| text.chars().map(crate::chinese::fold::fold).collect::<String>();
    for (text, found) in [
        (letter, vec![Role::Salutation, Role::Closing, Role::Signature]),
        (article, vec![Role::Imprint, Role::Credit]),
        (order, vec![Role::Classification, Role::DocumentNumber, Role::Salutation]),
    ] {
        let seen = |text: &str| roles(&document(text)).into_iter().map(|(role, _)| role).collect::<Vec<Role>>();
        assert_eq!(seen(text), found, "{text}");
        assert_eq!(seen(&simple(text)), found, "{text}");
    }
}

//! What is said by turns: plays, crosstalk, interviews. Who speaks stands before it, and comes again.

use super::{Part, Reading, imprint};
use crate::document::Role;
use crate::recognize::speakers::{STAGE, is_direction, speeches};

/// Claims speeches, and what is seen on the stage between them.
pub fn claim(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let said = |i: usize| Some(lines[i].text).filter(|text| reading.open(i) && imprint::key(text).is_none());
    let texts: Vec<Option<&str>> = (0..lines.len()).map(said).collect();
    let found = speeches(&texts);
    let (Some(&first), Some(&last)) = (found.first(), found.last()) else { return };
    for i in found {
        reading.parts[i] = Part::Role(Role::Speech);
    }
    for i in first.saturating_sub(STAGE)..(last + STAGE).min(reading.parts.len()) {
        if reading.open(i) && is_direction(reading.page.lines[i].text) {
            reading.parts[i] = Part::Role(Role::StageDirection);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, inline_text};
    use crate::recognize::{Hints, plain};

    fn parts(text: &str) -> Vec<(Role, String)> {
        let document = plain(text, &[], &Hints::default()).0;
        let part = |kind: &BlockKind| match kind {
            BlockKind::Paragraph { role: role @ (Role::Speech | Role::StageDirection), content } => {
                Some((*role, inline_text(&document, content)))
            }
            _ => None,
        };
        document.blocks.iter().filter_map(|block| part(&block.kind)).collect()
    }

    #[test]
    fn plays_crosstalk_and_interviews_are_speeches() {
        let play = "渡口\n（独幕剧）\n\n人物：\n老陈——船家。\n\n第一幕\n\n［景——一个渡口，傍晚。\n\n老　陈　（收起竹篙）你是来过河的吗？\n周小妹　是的，天快黑了。\n老　陈　那就上船吧。\n　　　　〔静默。\n周小妹　（看着水）您不问我去哪里？\n老　陈　不问。\n过路人　等一等我！\n老　陈　上来吧。\n\n——幕落\n";
        let seen: Vec<Role> = parts(play).into_iter().map(|(role, _)| role).collect();
        let (speech, stage) = (Role::Speech, Role::StageDirection);
        // The curtain falls by a direction, too.
        assert_eq!(seen, [stage, speech, speech, speech, stage, speech, speech, speech, speech, stage]);
        let talk =
            "说茶\n\n甲：您喝茶吗？\n乙：喝。\n甲：喝什么茶？\n乙：什么茶都喝。\n甲（惊讶）：都喝？\n乙：都喝！\n";
        assert_eq!(parts(talk).len(), 6);
    }

    #[test]
    fn fields_of_records_and_of_contracts_are_no_speeches() {
        let record = "组成：黄芪三钱，当归二钱。\n主治：血虚发热。\n用法：水煎服。\n".repeat(4);
        assert!(parts(&record).is_empty());
        let story = "某子问曰：“你以为如何？”\n某子曰：“我不知道。”\n某公曰：“何故？”\n".repeat(3);
        assert!(parts(&story).is_empty());
        let contract = "合同\n\n甲方：某某公司\n乙方：张三\n\n一、租金每月二千元。\n\n甲方：某某公司\n乙方：张三\n";
        assert!(parts(contract).is_empty());
    }
}

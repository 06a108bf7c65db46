//! Texts of a line or a few, which real ones seldom are and what is typed, pasted or asked often is: cut out of longer ones.

use super::dice::Dice;
use super::truth::{Forms, Labelled, Origin, Text, bit, damaged, unlabelled};
use super::wraps::Stock;
use shanben::survey::Form;

/// How many lines a piece has.
const LENGTHS: [usize; 7] = [1, 1, 1, 1, 2, 3, 5];

/// `count` pieces of `texts`, of which `stock` was made.
pub fn pieces<'a>(texts: impl Iterator<Item = &'a Text>, stock: &Stock, count: usize, seed: u64) -> Vec<Text> {
    let mut dice = Dice::new(seed);
    let texts: Vec<&Text> = texts.filter(|text| !text.lines.is_empty()).collect();
    let mut all = vec![];
    for i in 0..count {
        let length = *dice.pick(&LENGTHS);
        let lines: Vec<(String, Forms)> = match dice.from(0, 9) {
            0..=4 => (0..length).map(|_| (sentence(stock, &mut dice), bit(Form::Prose))).collect(),
            5 if !stock.heads.is_empty() => vec![
                (dice.pick(&stock.heads).clone(), bit(Form::Title)),
                (sentence(stock, &mut dice), bit(Form::Prose)),
            ],
            6 if !stock.blocks.is_empty() => {
                let (form, block) = dice.pick(&stock.blocks).clone();
                block.into_iter().take(length).map(|line| (line, form)).collect()
            }
            _ => {
                let lines = &dice.pick(&texts).lines;
                let from = dice.from(0, lines.len() - 1);
                lines.iter().skip(from).take(length).map(|line| (line.text.clone(), line.allowed)).collect()
            }
        };
        let text = lines.iter().map(|(line, _)| format!("{line}\n")).collect::<String>();
        let mut labelled: Vec<Labelled> = unlabelled(&text);
        if labelled.len() != lines.len() {
            continue;
        }
        labelled.iter_mut().zip(&lines).for_each(|(line, (_, allowed))| line.allowed = *allowed);
        let name = format!("piece-{i}");
        let piece = Text { name, genre: "piece".into(), third: 0, origin: Origin::Made, text, lines: labelled };
        let Text { origin, name, .. } = piece.clone();
        all.push(if dice.tenths(6.0) { Text { origin, name, ..damaged(&piece) } } else { piece });
    }
    all
}

/// One or two sentences of running text.
fn sentence(stock: &Stock, dice: &mut Dice) -> String {
    let whole = dice.pick(&stock.sentences);
    let most = dice.from(1, 2);
    let ends = whole.match_indices(['。', '！', '？']).map(|(at, mark)| at + mark.len()).take(most);
    ends.last().map_or(whole.as_str(), |end| &whole[..end]).to_owned()
}

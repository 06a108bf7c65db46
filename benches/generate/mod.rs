//! The texts that are measured: made by a generator with a fixed seed, the same on every machine.
#![allow(dead_code, reason = "each measurement takes what it needs")]

use shanben::decode::text_in;

/// Common characters, from which sentences are made.
const COMMON: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运";

/// The same numbers on every machine (G. Marsaglia, "Xorshift RNGs", 2003).
pub struct Numbers(u64);

impl Numbers {
    /// Numbers from `seed`, which is not zero.
    pub fn new(seed: u64) -> Self {
        Numbers(seed)
    }

    /// A number from zero, below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or(0)
    }
}

/// Paragraphs of sentences, a third of them speech, until they hold `length` characters; each ends with LF.
pub fn paragraphs(length: usize, numbers: &mut Numbers) -> String {
    let common: Vec<char> = COMMON.chars().collect();
    paragraphs_of(length, numbers, |numbers| common[numbers.below(common.len())])
}

fn paragraphs_of(length: usize, numbers: &mut Numbers, draw: impl Fn(&mut Numbers) -> char) -> String {
    let mut text = String::new();
    let mut done = 0;
    while done < length {
        text.push_str("\u{3000}\u{3000}");
        for _ in 0..=numbers.below(6) {
            let speech = numbers.below(3) == 0;
            text.push_str(if speech { "他说：“" } else { "" });
            for clause in 0..=numbers.below(4) {
                text.push_str(if clause > 0 { "，" } else { "" });
                for _ in 0..4 + numbers.below(10) {
                    text.push(draw(numbers));
                    done += 1;
                }
            }
            text.push_str(["。", "。", "。", "！", "？"][numbers.below(5)]);
            text.push_str(if speech { "”" } else { "" });
        }
        text.push('\n');
    }
    text
}

/// An article of about 4,600 characters, 700 of them different, as a person would have typed it: a title, headings, paragraphs, and now and then a
/// half-width comma.
pub fn article(seed: u64) -> String {
    let mut numbers = Numbers::new(seed);
    let mut text = format!("{}\n", heading(&mut numbers));
    for n in ["一", "二", "三", "四", "五"] {
        let body = prose(720, &mut numbers).replacen('，', ",", 3);
        text.push_str(&format!("\n{n}、{}\n\n{body}", heading(&mut numbers)));
    }
    text
}

/// A novel in chapters, of about `length` characters.
pub fn novel(length: usize) -> String {
    let mut numbers = Numbers::new(0x5EED);
    let mut text = format!("{}\n", heading(&mut numbers));
    for n in 1..=length.div_ceil(5000) {
        text.push_str(&format!("\n第{n}章 {}\n\n{}", heading(&mut numbers), prose(5000, &mut numbers)));
    }
    text
}

/// Characters of the novel that is measured, marks left out: 5 MB in UTF-8.
pub const NOVEL: usize = 1_400_000;

/// Paragraphs in which every twelfth character or so is not among the most common.
fn prose(length: usize, numbers: &mut Numbers) -> String {
    let common: Vec<char> = COMMON.chars().collect();
    // The 3,755 of everyday use: rows 16 to 55 of GB/T 2312, in the order of their sounds.
    let level_1: Vec<u8> = (0xB0..=0xD7).flat_map(|row| (0xA1..=0xFE).flat_map(move |cell| [row, cell])).collect();
    let everyday: Vec<char> = text_in(&level_1[..2 * 3755], "gb18030").unwrap_or_default().chars().collect();
    paragraphs_of(length, numbers, |numbers| {
        let all = if numbers.below(12) == 0 { &everyday } else { &common };
        all[numbers.below(all.len())]
    })
}

fn heading(numbers: &mut Numbers) -> String {
    let common: Vec<char> = COMMON.chars().collect();
    (0..6).map(|_| common[numbers.below(common.len())]).collect()
}

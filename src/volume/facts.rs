//! What a document says of itself that a list of an archive asks for: its number, who issued it, its title, its date.

use crate::chinese::date;
use crate::chinese::fold::{fold, prefix};
use crate::chinese::numeral::numeral;
use crate::chinese::words::Word;
use crate::document::{BlockKind, Document, OfficeForm, Role, inline_text};
use crate::unicode::is_han;
use crate::unicode::tight;
use std::borrow::Cow;

/// So many lines of a text are its opening and its closing.
const EDGES: (usize, usize) = (40, 8);
/// Bytes of the blocks in which the opening is looked for.
const OPENING: usize = 8 * 1024;
/// The lines that tell of the enactment of a law stand among so many below its title.
const ENACTMENT: usize = 10;
/// Longest key before a colon, longest name of a body, of who signs, and longest head of a text, in characters.
const KEY: usize = 6;
const NAME: usize = 40;
const SIGNED: usize = 20;
const HEAD: usize = 60;

/// Keys of front matter, the first that is there counts.
const NUMBERS: [&str; 5] = ["document_number", "doc_number", "doc_no", "文号", "发文字号"];
const ISSUERS: [&str; 3] = ["issuer", "publisher", "发文机关"];
const DATES: [&str; 4] = ["issue_date", "publish_date", "published", "成文日期"];

/// What was found; what the document does not say is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Number (文号).
    pub number: Option<String>,
    /// Who issued or wrote it (责任者).
    pub issuer: Option<String>,
    /// Title (题名).
    pub title: Option<String>,
    /// Date, ISO 8601, as far as it is told.
    pub date: Option<String>,
}

impl Facts {
    /// What `document` says.
    pub fn of(document: &Document) -> Self {
        let opening = document.opening(OPENING);
        let closing = closing(document);
        let view = View {
            document,
            head: opening.lines().next().unwrap_or_default(),
            opening: seen(&opening).take(EDGES.0).collect(),
            closing: seen(&closing).collect(),
        };
        Facts { number: view.number(), issuer: view.issuer(), title: view.title(), date: view.date() }
    }
}

/// The lines of `text` that say something.
fn seen(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(bare).filter(|line| !line.is_empty())
}

/// The text of the last blocks.
fn closing(document: &Document) -> String {
    let last = document.blocks.len().saturating_sub(EDGES.1);
    let blocks = document.blocks[last..].to_vec();
    Document { blocks, footnotes: document.footnotes.clone(), ..Document::default() }.text()
}

/// `line` without marks and brackets at its ends.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '-' | '*' | '>' | '#' | '（' | '）' | '(' | ')'))
}

/// A document with its edges.
struct View<'d> {
    document: &'d Document,
    /// The first line, as it is.
    head: &'d str,
    opening: Vec<&'d str>,
    closing: Vec<&'d str>,
}

impl View<'_> {
    /// The texts of the blocks that play `role`.
    fn played(&self, role: Role) -> impl Iterator<Item = String> + '_ {
        self.document.blocks.iter().filter_map(move |block| match &block.kind {
            BlockKind::Paragraph { role: played, content } if *played == role => {
                Some(inline_text(self.document, content))
            }
            _ => None,
        })
    }

    /// What front matter says for the first of `keys`.
    fn extra(&self, keys: &[&str]) -> Option<String> {
        let extra = &self.document.meta.extra;
        let said =
            keys.iter().find_map(|name| extra.iter().find(|(key, value)| key == name && !value.trim().is_empty()));
        said.map(|(_, value)| value.trim().to_owned())
    }

    /// What the lines at the edges say for a key of this `sense`: `发文字号：…`.
    fn keyed(&self, sense: Word) -> Option<&str> {
        let lines = self.opening.iter().chain(&self.closing);
        lines
            .filter_map(|line| keyed(line))
            .find(|(key, value)| sense.is(key) && !value.is_empty())
            .map(|(_, value)| value)
    }

    fn title(&self) -> Option<String> {
        let mut headings = self.document.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(heading),
            _ => None,
        });
        let first = headings.next();
        // The head of a text is its title where no other is of its level, or where it says what kind of document it heads.
        let alone = first.is_some_and(|first| headings.all(|heading| heading.level > first.level));
        let said = first.map(|heading| inline_text(self.document, &heading.content));
        let named = said.filter(|said| alone || said == self.head && Word::DocumentKind.is_in(said));
        let keyed = || self.keyed(Word::KeyTitle).map(str::to_owned);
        // Signs of a heading that stand too close to be one.
        let marked =
            || self.head.starts_with('#').then(|| dated(bare(self.head)).map_or(bare(self.head), |(name, _)| name));
        let marked = || marked().filter(|head| head.chars().count() <= HEAD).map(str::to_owned);
        let title = self.document.meta.title.clone().or(named).or_else(keyed).or_else(marked)?;
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = title.trim_end_matches(['：', ':']).trim();
        (!title.is_empty() && !is_article(title)).then(|| title.to_owned())
    }

    fn number(&self) -> Option<String> {
        let head = self.document.office_head();
        let own = self.played(Role::DocumentNumber).next().map(|text| {
            let end = Word::Signer.find(&text).map_or(text.len(), |signer| signer.start);
            tight(&text[..end]).into_owned()
        });
        let order = head.filter(|head| head.form == OfficeForm::Order).and_then(|_| self.played(Role::Issuer).next());
        let own = own.map(|number| order.map(|name| tight(&name).into_owned()).unwrap_or_default() + &number);
        let keyed = || self.keyed(Word::KeyNumber).map(|number| tight(number).into_owned());
        let decreed = || self.opening.iter().take(ENACTMENT).find_map(|line| decree(line));
        own.or_else(|| self.extra(&NUMBERS)).or_else(keyed).or_else(decreed)
    }

    fn issuer(&self) -> Option<String> {
        let issuer: String = self.played(Role::Issuer).map(|text| tight(&text).into_owned()).collect();
        let named = [Word::Papers, Word::Order, Word::Minutes].iter().find_map(|word| word.find(&issuer));
        let issuer = named.filter(|found| found.end == issuer.len()).map_or(&*issuer, |found| &issuer[..found.start]);
        let own = Some(issuer).filter(|issuer| !issuer.is_empty()).map(str::to_owned);
        let keyed = || Some(self.keyed(Word::KeyIssuer)?.split(" / ").next()?.trim().to_owned());
        let titled = || {
            let title = self.document.meta.title.as_deref()?;
            let name = title[..Word::Concerning.find(title)?.start].trim();
            is_body(name).then(|| name.to_owned())
        };
        let signed = || {
            let lines: Vec<String> = self.played(Role::Signature).collect();
            let names = lines.iter().flat_map(|line| line.lines()).map(bare);
            let names: Vec<&str> = names.filter_map(signatory).collect();
            (!names.is_empty()).then(|| names.join("、")).or_else(|| Some(self.signed()?.0?.to_owned()))
        };
        let enacted = || self.enactments().find_map(|(_, rest)| Some(assembly(rest)?.to_owned()));
        let authors = || Some(self.document.meta.authors.join("、")).filter(|authors| !authors.is_empty());
        let source = self.document.meta.source.as_deref().or_else(|| self.keyed(Word::KeySource));
        let source = || source.filter(|source| is_body(source)).map(str::to_owned);
        let issuer = own.or_else(|| self.extra(&ISSUERS)).or_else(keyed).or_else(titled).or_else(signed);
        issuer.or_else(enacted).or_else(authors).or_else(source)
    }

    fn date(&self) -> Option<String> {
        let signed = || {
            let lines: Vec<String> = self.played(Role::Signature).collect();
            lines.iter().flat_map(|line| line.lines()).filter_map(|line| date::whole_line(bare(line))).next_back()
        };
        let meta = || self.document.meta.date.as_deref().and_then(moment);
        let extra = || moment(&self.extra(&DATES)?);
        // Where an order has published it, the day of the order, whose number is that of the law; else of its passing.
        let ordered = || self.enactments().find(|(_, rest)| decree(rest).is_some());
        let enacted = || ordered().or_else(|| self.enactments().next()).map(|(iso, _)| iso);
        let keyed = |sense| moment(self.keyed(sense)?);
        let alone = || self.opening.iter().take(ENACTMENT).find_map(|line| date::whole_line(line));
        let headed = || dated(bare(self.head)).map(|(_, iso)| iso);
        let closed = || self.signed().map(|(_, iso)| iso);
        let met = || {
            let lines = self.opening.iter().filter(|_| self.title().is_some_and(|title| is_of_meeting(&title)));
            lines.filter_map(|line| date::leading(line)).map(|(iso, _)| iso).next()
        };
        let date = signed().or_else(meta).or_else(extra).or_else(enacted);
        let date = date.or_else(|| keyed(Word::KeyDate)).or_else(|| keyed(Word::KeyMoment));
        date.or_else(closed).or_else(alone).or_else(headed).or_else(met)
    }

    /// Who has signed at the end, if it is told, and when: on one line, or on two.
    fn signed(&self) -> Option<(Option<&str>, String)> {
        let mut last = self.closing.iter().rev();
        let line = last.next()?;
        if let Some(iso) = date::whole_line(line) {
            let name = last.next().filter(|name| name.chars().count() <= SIGNED && !name.contains(['。', '，', '；']));
            return Some((name.and_then(|name| signatory(name)), iso));
        }
        let (name, iso) = dated(line)?;
        let name = signatory(name).filter(|name| name.chars().count() <= SIGNED)?;
        Some((Some(name), iso))
    }

    /// The lines below the title that say when a law was passed: the date, and what follows it.
    fn enactments(&self) -> impl Iterator<Item = (String, &str)> {
        // No row of a table is one.
        let lines = self.opening.iter().take(ENACTMENT).filter(|line| !line.contains('\t'));
        let lines = lines.flat_map(|line| line.split(['（', '(', '）', ')']));
        lines.filter_map(|line| {
            let line = prefix(line, "根据").map_or(line, |len| &line[len..]).trim_start();
            let (iso, len) = date::leading(line)?;
            Word::Enactment.is_in(&line[len..]).then(|| (iso, line[len..].trim_start()))
        })
    }
}

/// The key that `line` begins with, without the blanks in it, and what follows its colon.
fn keyed(line: &str) -> Option<(Cow<'_, str>, &str)> {
    let (key, value) = line.split_once(['：', ':'])?;
    let key = tight(key);
    (key.chars().count() <= KEY).then(|| (key, value.trim()))
}

/// The date that `text` begins with: in a usual form, or in eight digits.
fn moment(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((iso, _)) = date::leading(text) {
        return Some(iso);
    }
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    date::leading(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])).map(|(iso, _)| iso)
}

/// What stands before the date that ends `line`, and the date.
fn dated(line: &str) -> Option<(&str, String)> {
    let begins = line.char_indices().filter(|(_, c)| c.is_numeric());
    let (at, iso) = begins.take(SIGNED).find_map(|(at, _)| Some((at, date::whole_line(&line[at..])?)))?;
    let name = line[..at].trim();
    (!name.is_empty() && !name.contains(['。', '，', '；'])).then_some((name, iso))
}

/// Whether a title is that of minutes, perhaps with more in brackets behind it.
fn is_of_meeting(title: &str) -> bool {
    Word::Minutes.ends(title.split(['（', '(']).next().unwrap_or_default().trim_end())
}

/// Who signs in `line`, if it is no date: `局长：某某` is 某某.
fn signatory(line: &str) -> Option<&str> {
    let dated = date::leading(line).is_some();
    let name = line.rsplit(['：', ':']).next().unwrap_or_default().trim();
    (!dated && !name.is_empty() && name.chars().count() <= NAME).then_some(name)
}

/// Which order a line names: `国务院令第496号`.
fn decree(line: &str) -> Option<String> {
    let line = date::leading(line).map_or(line, |(_, len)| &line[len..]);
    let at = line.find('令')? + '令'.len_utf8();
    let after = line[at..].trim_start().strip_prefix('第')?.trim_start();
    let (_, len) = numeral(after)?;
    let rest = after[len..].trim_start();
    let number = rest.strip_prefix(|c| fold(c) == '号')?;
    let name = &line[..line.len() - number.len()];
    let begins = name.trim_start();
    begins.chars().next().is_some_and(is_han).then(|| tight(begins).into_owned())
}

/// The body that has passed or published a law: `某市第五届人民代表大会常务委员会` of `…第七次会议通过`, `国务院` of `国务院令第2号发布`.
fn assembly(rest: &str) -> Option<&str> {
    let met = rest.match_indices('第').find_map(|(at, sign)| {
        let after = rest[at + sign.len()..].trim_start();
        let (_, len) = numeral(after)?;
        after[len..].trim_start().starts_with('次').then_some(at)
    });
    let name = rest[..met.or_else(|| rest.find('令'))?].trim();
    is_body(name).then_some(name)
}

/// Whether `name` is that of a body.
fn is_body(name: &str) -> bool {
    let plain = name.chars().all(|c| is_han(c) || c.is_whitespace() || c == '、');
    plain && name.chars().count() <= NAME && Word::Body.is_in(name)
}

/// Whether a title says nothing but which article follows: `第十三条`.
fn is_article(title: &str) -> bool {
    let Some(rest) = title.strip_prefix('第') else { return false };
    numeral(rest.trim_start()).is_some_and(|(_, len)| {
        let after = rest.trim_start()[len..].trim();
        after.chars().count() == 1 && after.starts_with(|c| fold(c) == '条')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;
    use crate::{Source, options::Settings, read};

    fn facts(name: &str, text: &str) -> [String; 4] {
        let source = Source::new(name, name, text.into());
        let reading = read(&source, &Settings::new(Style::builtin("book").unwrap())).unwrap();
        let Facts { number, issuer, title, date } = Facts::of(&reading.document);
        [number, issuer, title, date].map(Option::unwrap_or_default)
    }

    #[test]
    fn an_official_document_says_all_four() {
        let text = "江城市人民政府文件\n\n江政发〔1998〕17号\n\n江城市人民政府关于做好防汛工作的通知\n\n各区人民政府，市政府各部门：\n\n入汛以来，雨水偏多。现就有关事项通知如下。\n\n一、加强巡查。\n\n　　　　　　　　　江城市人民政府\n　　　　　　　　　一九九八年七月一日\n";
        let all = ["江政发〔1998〕17号", "江城市人民政府", "江城市人民政府关于做好防汛工作的通知", "1998-07-01"];
        assert_eq!(facts("a.txt", text), all);
    }

    #[test]
    fn a_law_says_who_has_passed_it_when_and_by_which_order() {
        let articles =
            "\n第一条 为了江堤的安全，制定本条例。\n\n第二条 本条例适用于江堤。\n\n第三条 本条例自公布之日起施行。\n";
        let order = format!("# 江堤条例\n\n2007年4月25日 中华人民共和国国务院令第 496 号公布\n{articles}");
        assert_eq!(
            facts("a.md", &order),
            ["中华人民共和国国务院令第496号", "中华人民共和国国务院", "江堤条例", "2007-04-25"]
        );
        let both = order.replace("\n\n2007", "\n\n2007年4月1日 国务院第五次常务会议通过\n\n2007");
        assert_eq!(facts("a.md", &both)[..], ["中华人民共和国国务院令第496号", "国务院", "江堤条例", "2007-04-25"]);
        let passed = format!(
            "# 江城市江堤条例\n\n（1996年8月9日江城市第十届人民代表大会常务委员会第二十六次会议通过）\n{articles}"
        );
        assert_eq!(facts("a.md", &passed), ["", "江城市第十届人民代表大会常务委员会", "江城市江堤条例", "1996-08-09"]);
    }

    #[test]
    fn keys_and_signatures_are_read_and_an_article_is_no_title() {
        let keyed = "法規名稱：監督寺廟條例\n法規類別：法律\n修正日期：19291207\n\n第 1 條\n凡有僧道住持之宗教上建築物，均為寺廟。\n第 2 條\n寺廟依本條例監督之。\n";
        assert_eq!(facts("a.txt", keyed), ["", "", "監督寺廟條例", "1929-12-07"]);
        let extract = "第十三条\n公民的合法的私有财产不受侵犯。\n\n第三十五条\n公民有言论、出版的自由。\n";
        assert_eq!(facts("a.txt", extract), ["", "", "", ""]);
        let notice = "##行权通告：\n\n根据章程的授权，现行使以下职权。\n\n管理员：林某\n2014年5月8日\n";
        assert_eq!(facts("a.md", notice), ["", "林某", "行权通告", "2014-05-08"]);
        let joined = "# 系统更新说明\n\n感谢您的支持！\n\n江城系统开发团队\n2026年4月24日\n";
        assert_eq!(facts("a.md", joined), ["", "江城系统开发团队", "系统更新说明", "2026-04-24"]);
    }
}

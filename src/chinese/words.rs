//! Words that say what a line is, by their sense: `words.tsv`. They are written there once, in simplified characters, and found in either
//! script.

use super::fold::{fold, prefix, suffix};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// The senses, each with its name in the table.
macro_rules! senses {
    ($($(#[$doc:meta])* $sense:ident = $name:literal,)*) => {
        /// A word by what it says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Word {
            $($(#[$doc])* $sense,)*
        }

        const SENSES: &[(Word, &str)] = &[$((Word::$sense, $name),)*];
    };
}

senses! {
    /// A letter is for them: 各位代表, 敬启者.
    Addressee = "addressee",
    /// A letter opens with it: 尊敬的.
    Salutation = "salutation",
    /// Leads up to closing words: 此, 祝.
    Wish = "wish",
    /// The same at the end of a line: 专此，敬请.
    WishLast = "wish-last",
    /// Leads to what follows, and is said to nobody: 情况如下.
    LeadsTo = "leads-to",
    /// Closes a letter: 敬礼.
    Closing = "closing",
    /// Leads up to whom a letter is presented to: 此致.
    Presenting = "presenting",
    /// Behind the name of one who signs: 敬上.
    Signing = "signing",
    /// Behind the name of one who signs a preface: 谨识.
    PrefaceSigning = "preface-signing",
    /// Says that one wrote: 识, 题.
    Writing = "writing",
    /// Says when, before a place: 年, 春.
    Moment = "moment",
    /// Opens the note of an editor: 编者按：.
    EditorNote = "editor-note",
    /// What one did for a text: 编辑, 校对.
    Credit = "credit",
    /// Opens what is said of a picture: 图为.
    Caption = "caption",
    /// Who takes pictures: 新华社.
    Photographer = "photographer",
    /// Behind who took a picture: 摄.
    Photographed = "photographed",
    /// Who sends dispatches: 本报.
    Agency = "agency",
    /// How a dispatch is called: 讯, 电.
    Dispatch = "dispatch",
    /// What one who reports is called: 本报记者.
    Reporter = "reporter",
    /// In the place of something: 略.
    Omitted = "omitted",
    /// How secret or urgent a document is (7.2.2, 7.2.3): 机密, 特急.
    Classification = "classification",
    /// What a document is (7.3.1): 通知.
    DocumentKind = "document-kind",
    /// What a document of lesser form is: 启事.
    Notice = "notice",
    /// What a paper of business calls itself: 合同.
    PaperTitle = "paper-title",
    /// What papers of an examination call themselves: 试卷.
    ExamTitle = "exam-title",
    /// What a law calls itself: 条例.
    LawTitle = "law-title",
    /// How far a document holds: （试行）.
    Draft = "draft",
    /// Says what a document is about: 关于.
    Concerning = "concerning",
    /// Before who has signed a document (7.2.6): 签发人.
    Signer = "signer",
    /// Ends of the names of bodies: 政府, 委.
    Body = "body",
    /// Announces what is attached (7.3.4): 附件.
    Attachment = "attachment",
    /// What a curriculum vitae is called: 简历.
    Resume = "resume",
    /// What heads a part of one: 教育背景.
    ResumePart = "resume-part",
    /// What heads a part of an office's letter in Taiwan: 主旨, 说明.
    LetterPart = "letter-part",
    /// Opens the keywords of a document: 主题词.
    Keywords = "keywords",
    /// Opens the list of those who get a copy (7.4.2): 抄送.
    CopiedTo = "copied-to",
    /// Says how many copies were printed: 共印.
    Copies = "copies",
    /// Says who gets the document and who a copy, as Taiwan writes it: 正本.
    CopyFor = "copy-for",
    /// Key of the number of a document: 发文字号.
    NumberKey = "number-key",
    /// Key of whom it is for: 受文者.
    RecipientKey = "recipient-key",
    /// Opens what is said of a document below its date (7.3.6): 此件.
    Annotation = "annotation",
    /// Stands for a seal: 印章.
    Seal = "seal",
    /// Says that here is to be signed: 签字.
    SignBlock = "sign-block",
    /// Says that here the date of signing is to be written.
    SigningDate = "signing-date",
    /// What one who signs is, before the name: 书记员.
    Signatory = "signatory",
    /// Closes minutes: 散会.
    Closed = "closed",
    /// Ends the name of an order: 令.
    Order = "order",
    /// Ends the name of minutes: 纪要.
    Minutes = "minutes",
    /// Behind the name of the body at the head of a document: 文件.
    Papers = "papers",
    /// Before who was at a meeting and who was not: 出席.
    Attending = "attending",
    /// Ends the name of a court: 法院.
    Court = "court",
    /// What a court gives: 民事判决书.
    CourtPaper = "court-paper",
    /// Says that another document is passed on: 转发.
    Forwarding = "forwarding",
    /// Says that a document was printed (7.4.3): 印发.
    Printed = "printed",
    /// What the record of printing speaks of: 办公, 年.
    Printer = "printer",
    /// What is done to laws: 通过, 公布.
    Enactment = "enactment",
    /// Key of the title: 书名.
    KeyTitle = "key-title",
    /// Key of the author: 作者.
    KeyAuthor = "key-author",
    /// Key of the source: 来源.
    KeySource = "key-source",
    /// Key of the date: 发布日期.
    KeyDate = "key-date",
    /// Key of other data: 校对, 字数.
    KeyOther = "key-other",
    /// The name of a field of an imprint: 开本.
    KeyImprint = "key-imprint",
    /// Says whose the rights of a book are: 侵权必究.
    Reserved = "reserved",
    /// Key of the body that issues a document: 发布机构.
    KeyIssuer = "key-issuer",
    /// Key of the number of a document: 发文字号.
    KeyNumber = "key-number",
    /// Key of a date that is told where none of publication is: 修订日期.
    KeyMoment = "key-moment",
    /// What a page of the web offers beside a text: 打印.
    WebTool = "web-tool",
    /// A part of the day behind a date: 夜.
    DayPart = "day-part",
    /// Key of the author of a post: 发信人.
    PostAuthor = "post-author",
    /// Key of its board: 看板.
    PostBoard = "post-board",
    /// Key of its title: 标题.
    PostTitle = "post-title",
    /// Key of its time: 时间.
    PostTime = "post-time",
    /// Key of its station: 发信站.
    PostStation = "post-station",
    /// Key of its reader: 收信人.
    PostReader = "post-reader",
    /// Says that someone is quoted: 提到.
    Quoting = "quoting",
    /// Says that a tag is spoken of, in front of it: 标签.
    TagBefore = "tag-before",
    /// Says so behind it.
    TagBehind = "tag-behind",
    /// Says that a text is about markup: 标签.
    Markup = "markup",
    /// Names a part by itself: 楔子, 番外.
    PartName = "part-name",
    /// Names of parts of one character: 序.
    ShortPartName = "short-part-name",
    /// Names of parts in English: prologue.
    EnglishPartName = "english-part-name",
    /// Heads a table of contents: 目录.
    Contents = "contents",
    /// Around the text of a page: 版权所有, 返回首页.
    PageFrame = "page-frame",
    /// What a blog says of a post: Filed under, 分类.
    PostData = "post-data",
    /// Behind the name of a site: 网, 书屋.
    SiteName = "site-name",
    /// What tables are numbered as: 表.
    TableName = "table-name",
    /// What figures are numbered as: 图.
    FigureName = "figure-name",
    /// Ends the name of a series, or of the works of an author: 文库, 全集.
    Series = "series",
    /// Names a site of novels: 小说网.
    Site = "site",
    /// What a site says of itself and its books: 收集整理.
    SiteOffer = "site-offer",
    /// Opens the line in which a site says that a text is from it: 文章来自.
    SiteOrigin = "site-origin",
    /// Names a part of a book by itself: 凡例, 版权.
    BookPart = "book-part",
    /// What is told of a piece below it: 注释, 译文.
    PieceTold = "piece-told",
    /// Ends titles of pieces: 记, 传, 汤.
    Genre = "genre",
    /// Before the number of a chapter: 正文.
    BeforeOrdinal = "before-ordinal",
    /// Before the number of a day: 星期.
    Weekday = "weekday",
    /// Before the title of a chapter: 章节.
    SectionWord = "section-word",
    /// Before the number of a page: 第.
    PageNumber = "page-number",
    /// Behind the name of an author: 著.
    Authorship = "authorship",
    /// Behind the name of one who wrote: 著, 撰.
    Wrote = "wrote",
    /// Behind who has made a book, whatever he did: 译, 校注.
    Contributed = "contributed",
    /// Where one who has written works: 大学.
    Affiliation = "affiliation",
    /// Names the author in the line of the title: 作者.
    Authored = "authored",
    /// A dynasty: 唐.
    Dynasty = "dynasty",
    /// Opens a subtitle: 记, 访.
    About = "about",
    /// Behind the number of notes of a reader: 个想法.
    NotesCounted = "notes-counted",
    /// Before the title of a poem: 题目.
    TitleKey = "title-key",
    /// A verb with which a line of a title begins well: 印发.
    TitleVerb = "title-verb",
    /// What a document is, as its title ends: 通知.
    TitleKind = "title-kind",
    /// Ends the name of a body or a place, and a line of a title well: 委员会.
    TitleBody = "title-body",
    /// Leads on to what follows, so that no line of a title ends with it: 关于.
    LeadsOn = "leads-on",
    /// What is done with a meeting: 召开.
    Held = "held",
    /// Ends the name of a meeting: 会议.
    Meeting = "meeting",
    /// What a speaker does: 强调.
    Stressing = "stressing",
    /// A surname of one character.
    Surname = "surname",
    /// What the curtain does: 幕落.
    Curtain = "curtain",
    /// The name of the tune of a song: 浣溪沙.
    TuneName = "tune-name",
    /// Announces verse: 诗曰.
    VerseAnnouncement = "verse-announcement",
    /// Before the name of a tune: 调《.
    Naming = "naming",
    /// Names a tune: 右调.
    Tune = "tune",
    /// Words of the teller: 且听下回分解.
    Teller = "teller",
    /// Announces speech or verse: 曰, 但见.
    Speech = "speech",
    /// Before the colon of direct speech: 曰.
    Saying = "saying",
    /// Announces notes: 注释.
    NotesHead = "notes-head",
    /// Announces a list of works: 参考文献.
    References = "references",
    /// Before a mark that is only spoken of: 第.
    MarkMention = "mark-mention",
    /// Behind such a mark: 步.
    MarkedThing = "marked-thing",
    /// Between two marks that are spoken of: 和.
    MarkJoint = "mark-joint",
    /// Opens a note between the words of an old text: 音, 一作.
    GlossOpens = "gloss-opens",
    /// Ends one: 也, 反.
    GlossEnds = "gloss-ends",
    /// Goes on with a sentence behind a number: 的, 是.
    Continuation = "continuation",
}

/// Where a word stands in the text that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Begins,
    Ends,
    Within,
    Whole,
}

/// The words of a sense.
struct Words {
    stand: Stand,
    /// In the order of the character by which they are looked up, the longest of each first.
    words: Vec<&'static str>,
    /// A bit for the last eight of each such character: what has none is the key of no word, as nearly all characters of a text are.
    keys: [u64; 4],
}

/// The rows of the table, of each sense one, in the same order.
static ROWS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("words.tsv").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// The words of each sense, read when they are first asked for.
static WORDS: [OnceLock<Words>; SENSES.len()] = [const { OnceLock::new() }; SENSES.len()];

impl Default for Words {
    fn default() -> Self {
        Words::new(Stand::Whole, vec![])
    }
}

impl Words {
    fn new(stand: Stand, mut words: Vec<&'static str>) -> Self {
        words.sort_by_cached_key(|word| (stand.key(word), std::cmp::Reverse(word.len())));
        let mut keys = [0; 4];
        for key in words.iter().filter_map(|word| stand.key(word)) {
            let (at, bit) = place(key);
            keys[at] |= bit;
        }
        Words { stand, words, keys }
    }

    /// The words of the sense `name` from its `row`.
    fn of(name: &str, row: &'static str) -> Option<Self> {
        let mut row = row.split('\t');
        row.next().filter(|first| *first == name)?;
        let stand = match row.next()? {
            "begins" => Stand::Begins,
            "ends" => Stand::Ends,
            "within" => Stand::Within,
            "whole" => Stand::Whole,
            _ => return None,
        };
        Some(Words::new(stand, row.next()?.split(' ').collect()))
    }

    /// Those that are looked up by `key`.
    fn keyed(&self, key: char) -> &[&'static str] {
        let (at, bit) = place(key);
        if self.keys[at] & bit == 0 {
            return &[];
        }
        let from = self.words.partition_point(|word| self.stand.key(word) < Some(key));
        let len = self.words[from..].partition_point(|word| self.stand.key(word) == Some(key));
        &self.words[from..from + len]
    }
}

/// Where the bit of a key stands.
fn place(key: char) -> (usize, u64) {
    let low = u32::from(key) as usize & 0xFF;
    (low >> 6, 1 << (low & 63))
}

impl Stand {
    /// The character of `word` by which it is looked up.
    fn key(self, word: &str) -> Option<char> {
        match self {
            Stand::Ends => word.chars().next_back(),
            Stand::Begins | Stand::Within | Stand::Whole => word.chars().next(),
        }
    }
}

impl Word {
    fn table(self) -> &'static Words {
        let at = self as usize;
        let read = || ROWS.get(at).and_then(|row| Words::of(SENSES[at].1, row)).unwrap_or_default();
        WORDS[at].get_or_init(read)
    }

    /// Where a word of this sense stands in `text`: at its beginning, at its end, within or as the whole of it, as the table says. The longest
    /// at a place, and of several within the first.
    pub fn find(self, text: &str) -> Option<Range<usize>> {
        let words = self.table();
        let begins = |at: usize, key: char| {
            let mut lengths = words.keyed(fold(key)).iter().filter_map(|word| prefix(&text[at..], word));
            lengths.find(|&len| words.stand != Stand::Whole || len == text.len()).map(|len| at..at + len)
        };
        match words.stand {
            Stand::Begins | Stand::Whole => begins(0, text.chars().next()?),
            Stand::Within => text.char_indices().find_map(|(at, c)| begins(at, c)),
            Stand::Ends => {
                let mut lengths =
                    words.keyed(fold(text.chars().next_back()?)).iter().filter_map(|word| suffix(text, word));
                lengths.next().map(|len| text.len() - len..text.len())
            }
        }
    }

    /// Whether `text` is a word of this sense and no more.
    pub fn is(self, text: &str) -> bool {
        let same = |word: &&str| prefix(text, word) == Some(text.len());
        let Some(key) = self.table().stand.key(text) else { return false };
        self.keyed(fold(key)).iter().any(same)
    }

    /// Whether `text` ends with a word of this sense, wherever else such a word may stand.
    pub fn ends(self, text: &str) -> bool {
        self.words().iter().any(|word| suffix(text, word).is_some())
    }

    /// Whether a word of this sense stands in `text` where the table says.
    pub fn is_in(self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// What follows the word of this sense that `text` begins with.
    pub fn strip(self, text: &str) -> Option<&str> {
        self.find(text).filter(|found| found.start == 0).map(|found| &text[found.end..])
    }

    /// All its words.
    pub fn words(self) -> &'static [&'static str] {
        &self.table().words
    }

    /// Its words that are looked up by `key`, a simplified character: those that begin with it, or that end with it where words of this
    /// sense stand at an end.
    pub fn keyed(self, key: char) -> &'static [&'static str] {
        self.table().keyed(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_sense_has_words_in_one_spelling_and_every_row_has_a_sense() {
        let names: Vec<&str> = ROWS.iter().filter_map(|row| row.split('\t').next()).collect();
        assert_eq!(names, SENSES.iter().map(|(_, name)| *name).collect::<Vec<_>>());
        for (&(sense, name), row) in SENSES.iter().zip(ROWS.iter()) {
            let words = Words::of(name, row).expect("a row of three fields").words;
            assert!(words.iter().all(|word| !word.is_empty()), "{name}");
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{name} has a word twice");
            for word in sense.words() {
                assert_eq!(word.chars().map(fold).collect::<String>(), *word, "{name}");
                assert_eq!(sense.find(word), Some(0..word.len()), "{name} {word}");
            }
        }
    }

    #[test]
    fn words_are_found_where_they_may_stand_in_either_script() {
        assert_eq!(Word::Credit.find("校對：某某"), Some(0.."校對".len()));
        assert_eq!(Word::Credit.find("某某校對"), None);
        assert_eq!(Word::Signing.find("某某謹啟"), Some("某某".len().."某某謹啟".len()));
        assert_eq!(Word::Signing.find("謹啟：某某"), None);
        assert_eq!(Word::Addressee.find("媽媽："), Some(0.."媽媽".len()));
        assert_eq!(Word::Addressee.find("親愛的老師"), Some(0.."親愛的".len()));
        assert_eq!(Word::KeySource.find("來源"), Some(0.."來源".len()));
        assert_eq!(Word::KeySource.find("來源地"), None);
        assert_eq!(Word::Reporter.strip("本報記者 某某"), Some(" 某某"));
        assert!(Word::Classification.is_in("機密★1年") && Word::PartName.is_in("番外篇 雪"));
        assert!(Word::Contents.keyed('目').len() == 2 && Word::Contents.keyed('录').is_empty());
        assert!(SENSES.iter().all(|(sense, _)| !sense.is_in("")));
    }
}

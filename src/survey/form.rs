//! The forms that a line of text can have.

/// How many forms there are.
pub(super) const FORMS: usize = 12;

/// What a line of a text is, before any rule of punctuation looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Running text.
    Prose,
    /// A title or heading.
    Title,
    /// An entry of a register, list, contents or minutes: read as one of many, each on lines of its own.
    Record,
    /// A line of verse or of a song.
    Verse,
    /// Cells with separators or in columns.
    Table,
    /// Data for programs: CSV, settings, subtitles, marked-up data.
    Data,
    /// Source of a program, a command, a markup language.
    Code,
    /// A picture made of characters.
    Drawing,
    /// The head of a mail, a post or a chat.
    Mail,
    /// A bibliographic reference.
    Refs,
    /// What a page carries besides its text: numbers of pages, running heads.
    Furniture,
    /// Running text in another language.
    Foreign,
}

impl Form {
    /// All forms, in the order of the columns of `weights.tsv`.
    pub const ALL: [Form; FORMS] = [
        Form::Prose,
        Form::Title,
        Form::Record,
        Form::Verse,
        Form::Table,
        Form::Data,
        Form::Code,
        Form::Drawing,
        Form::Mail,
        Form::Refs,
        Form::Furniture,
        Form::Foreign,
    ];

    /// The forms whose lines may continue the line above.
    pub(super) const CONTINUING: [Form; 4] = [Form::Prose, Form::Record, Form::Refs, Form::Foreign];

    /// Its name in tables and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Prose => "prose",
            Form::Title => "title",
            Form::Record => "record",
            Form::Verse => "verse",
            Form::Table => "table",
            Form::Data => "data",
            Form::Code => "code",
            Form::Drawing => "drawing",
            Form::Mail => "mail",
            Form::Refs => "refs",
            Form::Furniture => "furniture",
            Form::Foreign => "foreign",
        }
    }

    /// Whether a single line of it between others is usual: its changes cost less.
    pub(super) const fn is_single(self) -> bool {
        matches!(self, Form::Title | Form::Mail | Form::Furniture)
    }
}

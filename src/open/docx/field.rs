//! Fields: what stands in a document that Word makes of something else, as far as they say themselves what they show.

use super::xml::Attributes;

/// A field that is open.
#[derive(Default)]
pub struct Field {
    /// What it says that it is.
    pub said: String,
    /// Whether that is all said, and what follows is what it shows.
    pub parted: bool,
    /// Whether it is a link.
    pub linked: bool,
    /// What was chosen in it, if it is one of a form.
    chosen: Chosen,
}

/// What was chosen in a field of a form.
#[derive(Default)]
struct Chosen {
    /// Its box is there to be ticked, and whether it is.
    ticked: Option<bool>,
    /// What may be chosen, and the number of what was.
    entries: Vec<String>,
    number: usize,
}

impl Field {
    /// What the field of a form says of itself.
    pub fn choose(&mut self, name: &str, attributes: &Attributes) {
        let Chosen { ticked, entries, number } = &mut self.chosen;
        match name {
            "checkBox" => *ticked = Some(false),
            "default" | "checked" if ticked.is_some() => *ticked = Some(attributes.is_on()),
            "result" | "default" => *number = attributes.value().parse().unwrap_or(0),
            "listEntry" => entries.push(attributes.value().to_owned()),
            _ => {}
        }
    }

    /// Whether it only gives something a name, to be shown elsewhere (ECMA-376, 17.16.5.3 and 17.16.5.58): what it was given stands in it, and nobody sees it.
    pub fn only_names(&self) -> bool {
        let name = self.said.split_whitespace().next().unwrap_or_default();
        ["SET", "ASK"].iter().any(|known| name.eq_ignore_ascii_case(known))
    }

    /// What it shows by what it is, if nothing else says what it shows (ECMA-376, 17.16.5): the box of a form or what was chosen there, the words of a button,
    /// characters that are put together.
    pub fn shows(&self) -> Shown {
        let (name, rest) = self.said.trim().split_once(char::is_whitespace).unwrap_or((self.said.trim(), ""));
        let text = match (self.chosen.ticked, name.to_ascii_uppercase().as_str()) {
            (Some(true), _) => "☑".to_owned(),
            (Some(false), _) => "☐".to_owned(),
            _ if self.parted => return Shown::Nothing,
            (None, "FORMDROPDOWN") => self.chosen.entries.get(self.chosen.number).cloned().unwrap_or_default(),
            (None, "MACROBUTTON") => {
                let words = rest.trim().split_once(char::is_whitespace);
                words.map_or(String::new(), |(_, words)| words.trim().to_owned())
            }
            (None, "QUOTE") => rest.split('"').nth(1).unwrap_or_default().to_owned(),
            (None, "EQ") => match raised(rest) {
                Some((base, reading)) => return Shown::Ruby { base, reading },
                None => put_together(rest),
            },
            _ => String::new(),
        };
        if text.is_empty() { Shown::Nothing } else { Shown::Text(text) }
    }
}

/// What a field shows.
pub enum Shown {
    /// Nothing.
    Nothing,
    /// Text.
    Text(String),
    /// Characters with their reading above.
    Ruby {
        /// The characters.
        base: String,
        /// Their reading.
        reading: String,
    },
}

/// The characters of a field that puts them together: a circle and 印 of `\o\ac(○,印)`, 平 and 成 of `\o(\s\up 9(平),\s\do 3(成))`.
fn put_together(said: &str) -> String {
    let mut characters = String::new();
    let mut rest = said.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // How the field looks: a word, or one in quotation marks.
            '\\' if rest.next_if_eq(&'*').is_some() => {
                while rest.next_if(|c| c.is_whitespace()).is_some() {}
                let quoted = rest.next_if_eq(&'"').is_some();
                while rest.next_if(|c| if quoted { *c != '"' } else { !c.is_whitespace() }).is_some() {}
                rest.next_if_eq(&'"');
            }
            // An option, with its length.
            '\\' if rest.peek().is_some_and(char::is_ascii_alphabetic) => {
                while rest.next_if(char::is_ascii_alphabetic).is_some() {}
                while rest.next_if(|c| c.is_ascii_digit() || matches!(c, ' ' | '-')).is_some() {}
            }
            '\\' => characters.extend(rest.next()),
            '(' | ')' | ',' | ';' => {}
            c if c.is_whitespace() => {}
            c => characters.push(c),
        }
    }
    characters
}

/// Characters and their reading, of a field that raises this above them: `EQ \* hps10 \o\ad(\s\up 9(hàn),漢)`, as Word writes what its phonetic guide makes.
fn raised(said: &str) -> Option<(String, String)> {
    let (_, inner) = said.split_once("\\o")?.1.split_once('(')?;
    let (reading, rest) = inner.trim_start().strip_prefix("\\s\\up")?.split_once('(')?.1.split_once(')')?;
    let base = rest.trim_start().strip_prefix([',', ';'])?.trim_end().strip_suffix(')')?;
    let plain = |text: &str| !text.trim().is_empty() && !text.contains(['\\', '(', ')']);
    (plain(base) && plain(reading)).then(|| (base.trim().to_owned(), reading.trim().to_owned()))
}

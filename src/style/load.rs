//! Styles from TOML: the built-in ones, and those of users, which name a style to begin with and say what differs.

use super::length::{PAPERS, paper};
use super::*;
use crate::error::Cause;
use serde::{Deserializer, de::Error};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use toml::{Table, Value};

/// The built-in styles; `book` first, because it is the default.
const BUILTIN: [(&str, &str); 10] = [
    ("book", include_str!("book.toml")),
    ("news", include_str!("news.toml")),
    ("official", include_str!("official.toml")),
    ("paper", include_str!("paper.toml")),
    ("law", include_str!("law.toml")),
    ("plain", include_str!("plain.toml")),
    ("vertical", include_str!("vertical.toml")),
    ("vertical-hant", include_str!("vertical-hant.toml")),
    ("guji", include_str!("guji.toml")),
    ("letter", include_str!("letter.toml")),
];

/// The names of roles in a style file.
const ROLES: [(&str, Role); 21] = [
    ("body", Role::Body),
    ("subtitle", Role::Subtitle),
    ("imprint", Role::Imprint),
    ("classification", Role::Classification),
    ("issuer", Role::Issuer),
    ("document-number", Role::DocumentNumber),
    ("salutation", Role::Salutation),
    ("closing", Role::Closing),
    ("signature", Role::Signature),
    ("attachment", Role::Attachment),
    ("editor-note", Role::EditorNote),
    ("credit", Role::Credit),
    ("ornament", Role::Ornament),
    ("caption", Role::Caption),
    ("annotation", Role::Annotation),
    ("print-record", Role::PrintRecord),
    ("speech", Role::Speech),
    ("stage-direction", Role::StageDirection),
    ("definition", Role::Definition),
    ("publication", Role::Publication),
    ("notes-head", Role::NotesHead),
];

/// The tables of a style file that describe text; what they leave out of face, size and alignment is the body's.
const TEXTS: [&str; 6] = ["title", "quote", "verse", "code", "table", "note"];

impl Style {
    /// The names of the built-in styles, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// A built-in style; none when there is no such name.
    pub fn builtin(name: &str) -> Option<Style> {
        // Read once: every start asks several times, and a text may ask for one.
        static READ: [OnceLock<Option<Style>>; BUILTIN.len()] = [const { OnceLock::new() }; BUILTIN.len()];
        let number = BUILTIN.iter().position(|(known, _)| *known == name)?;
        READ[number].get_or_init(|| Style::parse("", name).ok()).clone()
    }

    /// The text of the file of a built-in style: the model for one of one's own.
    pub fn source(name: &str) -> Option<&'static str> {
        BUILTIN.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
    }

    /// Reads a style. `text` says what differs from the built-in style that its key `base` names, `base` where it has none.
    ///
    /// # Errors
    /// A sentence for the author of the style: what is not TOML, which key is unknown, which value cannot be.
    pub fn parse(text: &str, base: &str) -> Result<Style, Cause> {
        let mut own: Table = text.parse().map_err(|e: toml::de::Error| Cause::text(e.to_string()))?;
        let base = match own.remove("base") {
            None => base.to_owned(),
            Some(Value::String(name)) => name,
            Some(_) => return Err(Cause::BaseIsNoName),
        };
        let Some(source) = Style::source(&base) else {
            let known = Style::names().collect::<Vec<_>>().join(", ");
            return Err(Cause::NoBase { name: base, known });
        };
        let mut table: Table = source.parse().map_err(|e: toml::de::Error| Cause::text(e.to_string()))?;
        if let Some(key) = own.keys().find(|key| !table.contains_key(*key) && of_page(&table, key)) {
            return Err(Cause::Several {
                causes: vec![Cause::NoKey { name: key.clone() }, Cause::KeyOfTable { table: "[page]" }],
            });
        }
        let paper = other_paper(&mut own)?;
        overlay(&mut table, own);
        inherit_from_body(&mut table);
        number_added_faces(&mut table)?;
        resolve_paper(&mut table)?;
        let mut style: Style =
            Value::Table(table).try_into().map_err(|e: toml::de::Error| Cause::text(e.to_string()))?;
        if style.name.is_empty() {
            style.name = base;
        }
        if let Some((width, height)) = paper {
            style.check()?;
            style = style.on_paper(width, height);
        }
        style.check()?;
        Ok(style)
    }

    /// Refuses what no page can be made of.
    fn check(&self) -> Result<(), Cause> {
        let page = &self.page;
        let within = |what: &str, value: i32, least: i32, most: i32| {
            let fits = (least..=most).contains(&value);
            if fits { Ok(()) } else { Err(Cause::NotWithin { what: what.to_owned(), least, most }) }
        };
        within("page.measure", page.measure, 4, 200)?;
        within("page.lines", page.lines, 4, 200)?;
        within("page.columns", page.columns, 1, 2)?;
        within("page.column-gap", page.column_gap, 0, 20_000)?;
        within("western-gap", self.western_gap, 0, 1000)?;
        within("vertical.fold-width", self.vertical.fold_width, 200, 2000)?;
        within("vertical.fish-tails", self.vertical.fish_tails, 0, 2)?;
        within("gloss.lines", self.gloss.lines, 1, 2)?;
        within("gloss.size", self.gloss.size, 300, 1000)?;
        within("vertical.abreast", self.vertical.abreast, 1, 3)?;
        within("vertical.capitals", self.vertical.capitals, 0, 10)?;
        let texts = [&self.body, &self.title, &self.quote, &self.verse, &self.code, &self.table, &self.note];
        let roles = self.roles.iter().map(|(_, text)| text);
        for text in texts.into_iter().chain(&self.headings).chain(roles) {
            if !(Unit::pt(4)..=Unit::pt(100)).contains(&text.size) {
                return Err(Cause::SizeBeyond);
            }
            if text.indent < 0 || text.end_indent < 0 || text.before < 0 || text.after < 0 {
                return Err(Cause::Negative);
            }
            if self.pitch_of(text) < text.size {
                return Err(Cause::PitchBelowSize);
            }
        }
        if self.is_vertical() && self.office.is_some() {
            return Err(Cause::VerticalOffice);
        }
        let along = if page.line_width.is_some() { "page.line-width" } else { "page.measure × body.size" };
        let (along, across) = ((along, self.area()), ("page.lines × pitch", self.pitch * page.lines));
        let ((line, area), (lines, depth)) = if self.is_vertical() { (across, along) } else { (along, across) };
        if page.inside + area > page.width {
            let (inside, area, width) = (millimetres(page.inside), millimetres(area), millimetres(page.width));
            return Err(Cause::TooWide { inside, line, area, width });
        }
        let bottom = page.top + depth;
        if bottom > page.height {
            let (top, area, height) = (millimetres(page.top), millimetres(depth), millimetres(page.height));
            return Err(Cause::TooHigh { top, lines, area, height });
        }
        if page.height - bottom < self.folio_size * 2 {
            let (foot, folio) = (millimetres(page.height - bottom), millimetres(self.folio_size));
            return Err(Cause::NoRoomForFolio { lines, foot, folio });
        }
        Ok(())
    }
}

/// Whether `key` is one of the page of a style.
fn of_page(style: &Table, key: &str) -> bool {
    style.get("page").is_some_and(|page| page.get(key).is_some())
}

fn millimetres(length: Unit) -> String {
    format!("{:.1} mm", f64::from(length.0) * 25.4 / 72_000.0)
}

/// Takes the paper out of a style that names another one and says nothing of its type area: that is then made for the paper.
fn other_paper(own: &mut Table) -> Result<Option<(Unit, Unit)>, Cause> {
    const AREA: [&str; 7] = ["width", "height", "top", "inside", "measure", "line-width", "lines"];
    let Some(Value::Table(page)) = own.get_mut("page") else { return Ok(None) };
    if !page.contains_key("paper") || AREA.iter().any(|key| page.contains_key(*key)) {
        return Ok(None);
    }
    let mut sized = Table::from_iter([("page".to_owned(), Value::Table(Table::from_iter(page.remove_entry("paper"))))]);
    resolve_paper(&mut sized)?;
    let length = |key: &str| sized.get("page").and_then(|page| page.get(key)).and_then(Value::as_float);
    let unit = |points: f64| Unit((points * 1000.0).round() as i32);
    Ok(length("width").zip(length("height")).map(|(width, height)| (unit(width), unit(height))))
}

/// Puts `own` over `table`, key by key.
fn overlay(table: &mut Table, own: Table) {
    for (key, value) in own {
        match (table.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (_, value) => {
                table.insert(key, value);
            }
        }
    }
}

/// Fills in the body's face, size and alignment, and makes a list of the headings.
fn inherit_from_body(table: &mut Table) {
    let Some(Value::Table(body)) = table.get("body").cloned() else { return };
    let fill = |text: &mut Value| {
        if let Value::Table(text) = text {
            for key in ["face", "size", "align"] {
                if let (false, Some(value)) = (text.contains_key(key), body.get(key)) {
                    text.insert(key.into(), value.clone());
                }
            }
        }
    };
    TEXTS.iter().for_each(|key| {
        if let Some(text) = table.get_mut(*key) {
            fill(text);
        }
    });
    for key in ["headings", "roles"] {
        if let Some(Value::Table(texts)) = table.get_mut(key) {
            texts.iter_mut().for_each(|(_, text)| fill(text));
        }
    }
}

/// Puts in place of the names of faces that the style adds their numbers.
fn number_added_faces(table: &mut Table) -> Result<(), Cause> {
    let Some(Value::Table(fonts)) = table.get("fonts") else { return Ok(()) };
    let added: Vec<String> = fonts.keys().filter(|name| Face::named(name).is_none()).cloned().collect();
    if added.len() > Face::ADDED {
        return Err(Cause::TooManyFaces { most: Face::ADDED });
    }
    let number = |text: &mut Value| {
        let face = text.as_table_mut().and_then(|text| text.get_mut("face"));
        let Some((face, number)) = face.and_then(|face| {
            let number = added.iter().position(|name| face.as_str() == Some(name))?;
            Some((face, number))
        }) else {
            return;
        };
        *face = Value::Table(Table::from_iter([("added".to_owned(), Value::Integer(number as i64))]));
    };
    for key in TEXTS.iter().chain(&["body"]) {
        table.get_mut(*key).into_iter().for_each(number);
    }
    for key in ["headings", "roles"] {
        let texts = table.get_mut(key).and_then(Value::as_table_mut);
        texts.into_iter().flatten().for_each(|(_, text)| number(text));
    }
    Ok(())
}

/// Turns the name of a paper into width and height.
fn resolve_paper(table: &mut Table) -> Result<(), Cause> {
    let Some(Value::Table(page)) = table.get_mut("page") else { return Ok(()) };
    let Some(name) = page.remove("paper") else { return Ok(()) };
    let Some((width, height)) = name.as_str().and_then(paper) else {
        let known = PAPERS.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ");
        return Err(Cause::NoPaper { known });
    };
    for (key, length) in [("width", width), ("height", height)] {
        page.entry(key).or_insert(Value::Float(f64::from(length.0) / 1000.0));
    }
    Ok(())
}

/// Reads the headings, `1` to `6`.
pub(super) fn headings<'de, D: Deserializer<'de>>(source: D) -> Result<[TextStyle; 6], D::Error> {
    let mut levels = BTreeMap::<String, TextStyle>::deserialize(source)?;
    let mut level = |n: &str| levels.remove(n).ok_or_else(|| D::Error::custom(format!("headings.{n} is missing")));
    let headings = [level("1")?, level("2")?, level("3")?, level("4")?, level("5")?, level("6")?];
    match levels.into_keys().next() {
        None => Ok(headings),
        Some(key) => Err(D::Error::custom(format!("headings.{key}: the levels are 1 to 6"))),
    }
}

/// Reads the roles, in the order of their table here.
pub(super) fn roles<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<(Role, TextStyle)>, D::Error> {
    let mut texts = BTreeMap::<String, TextStyle>::deserialize(source)?;
    let roles = ROLES.iter().filter_map(|(name, role)| Some((*role, texts.remove(*name)?))).collect();
    match texts.into_keys().next() {
        None => Ok(roles),
        Some(key) => Err(D::Error::custom(format!("roles.{key}: there is no such role"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_style_loads() {
        for name in Style::names() {
            let style = Style::parse("", name).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(style.name, name);
        }
        assert_eq!(Style::builtin("none"), None);
    }

    #[test]
    fn official_is_the_page_of_gb_t_9704_e5() {
        let style = Style::builtin("official").unwrap();
        let page = &style.page;
        assert_eq!((page.width, page.height), (Unit::micrometres(210_000), Unit::micrometres(297_000)));
        assert_eq!((page.top, page.inside), (Unit::micrometres(37_000), Unit::micrometres(28_000)));
        assert_eq!((page.lines, page.measure), (22, 28));
        assert_eq!(style.measure(), Unit::micrometres(156_000));
        assert!((style.pitch * 22 - Unit::micrometres(225_000)).0.abs() < 22);
        assert_eq!((style.body.face, style.body.size), (Face::Fangsong, Unit::pt(16)));
        assert_eq!(style.folio, (FolioForm::Dashed, FolioPlace::Outside));
        assert_eq!(
            (style.folio_size, style.headings[1].face, style.headings[2].face),
            (Unit::pt(14), Face::Hei, Face::Kai)
        );
    }

    #[test]
    fn a_users_style_says_only_what_differs() {
        let style = Style::parse("base = 'news'\n[body]\nsize = '四号'\n[page]\nmeasure = 30\n", "book").unwrap();
        assert_eq!(style.body.size, Unit::pt(14));
        assert_eq!(style.measure(), Unit::pt(14) * 30);
        assert_eq!(style.title, Style::builtin("news").unwrap().title);
        assert_eq!(style.role(Role::Salutation).size, Unit::pt(14), "roles follow the body");
    }

    #[test]
    fn a_style_names_fonts_for_faces_and_may_add_some() {
        let text = "[fonts]\nweibei = 'Wei'\nkai = 'k.ttf'\nlishu = 'Li'\n[title]\nface = 'weibei'\n[roles.credit]\nface = 'lishu'";
        let style = Style::parse(text, "book").unwrap();
        assert_eq!(
            style.fonts().collect::<Vec<_>>(),
            [(Face::Kai, "kai", "k.ttf"), (Face::Added(0), "lishu", "Li"), (Face::Added(1), "weibei", "Wei")]
        );
        assert_eq!((style.title.face, style.role(Role::Credit).face), (Face::Added(1), Face::Added(0)));
        let many: String = (0..9).map(|n| format!("f{n} = 'x'\n")).collect();
        let refused = Style::parse(&format!("[fonts]\n{many}"), "book").unwrap_err().to_string();
        assert!(refused.contains("at most 8"), "{refused}");
        assert!(Style::parse("[title]\nface = 'weibei'", "book").is_err());
    }

    #[test]
    fn the_rules_of_the_line_are_a_matter_of_style() {
        let style = |text: &str| Style::parse(text, "book").unwrap();
        for (name, level) in
            [("none", Kinsoku::None), ("basic", Kinsoku::Basic), ("gb", Kinsoku::Gb), ("strict", Kinsoku::Strict)]
        {
            assert_eq!(style(&format!("kinsoku = '{name}'")).kinsoku, level);
        }
        for (name, widths) in [
            ("default", Punctuation::Default),
            ("quanjiao", Punctuation::Quanjiao),
            ("kaiming", Punctuation::Kaiming),
            ("banjiao", Punctuation::Banjiao),
        ] {
            assert_eq!(style(&format!("punctuation = '{name}'")).punctuation, widths);
        }
        assert!(style("hanging = true").hanging && !style("").hanging);
        assert_eq!(style("emphasis = 'dots'").emphasis, Emphasis::Dots);
        assert_eq!(style("western-gap = 0").western_gap, 0);
    }

    #[test]
    fn the_type_area_is_made_for_a_paper_that_is_named_alone() {
        for base in Style::names() {
            for (name, width, height) in PAPERS {
                let style = Style::parse(&format!("[page]\npaper = '{name}'\n"), base).unwrap();
                let page = &style.page;
                assert_eq!(
                    (page.width, page.height),
                    (Unit::micrometres(width * 100), Unit::micrometres(height * 100))
                );
                let style = style.on_side();
                let page = &style.page;
                let right = page.width - page.inside - style.area();
                let bottom = page.height - page.top - style.pitch * page.lines;
                assert!(right > Unit::pt(28) && bottom > Unit::pt(28), "{base} on {name}: {right:?} {bottom:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_set_is_refused_with_a_reason() {
        for (text, reason) in [
            ("base = 'nowhere'", "book"),
            ("[body]\nsize = '九号'", "九号"),
            ("[body]\ncolour = 'red'", "colour"),
            ("[page]\npaper = 'A0'", "A5"),
            ("[page]\nmeasure = 60", "page.inside"),
            ("[page]\nlines = 100", "page.lines × pitch"),
            ("[page]\npaper = 'B5'\nmeasure = 30\ntop = '20mm'\nlines = 32", "at the foot"),
            ("[page]\nmeasure = 0", "measure"),
            ("[roles.hero]\nsize = '四号'", "hero"),
            ("[headings.7]\nsize = '四号'", "7"),
            ("pitch", "expected"),
        ] {
            let error = Style::parse(text, "book").unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}

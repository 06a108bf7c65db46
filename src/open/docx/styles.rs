//! What the styles of a document say of its paragraphs: which are headings, which belong to lists.

use super::xml::{Node, Space, Walk};
use std::collections::HashMap;

/// Styles that are based on each other beyond this lead in a circle.
const DEEPEST: usize = 32;

/// The styles by their ids.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    plain: String,
}

/// A style, as far as it matters.
#[derive(Debug, Default, Clone)]
struct Style {
    /// Its name, in lower case.
    name: String,
    base: String,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<usize>,
    strong: Option<bool>,
    emphasis: Option<bool>,
    hidden: Option<bool>,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The title of the document.
    Title,
    /// A heading of this level, from 1.
    Heading(u8),
    /// Text.
    Text,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Face {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Not shown.
    pub hidden: bool,
}

impl Styles {
    /// Reads the part that has them.
    pub fn read(source: &str) -> Self {
        let (mut styles, mut plain) = (HashMap::new(), String::new());
        let (mut id, mut style) = (None, Style::default());
        let mut depth = 0usize;
        // The depth at which the style stands: what is conditional in it stands deeper, as the first row of a table.
        let (mut own, mut conditional) = (0, None);
        for node in Walk::new(source) {
            match node {
                Node::Open(tag) => {
                    depth += 1;
                    if tag.space != Space::Word || conditional.is_some() {
                        continue;
                    }
                    let value = || tag.attributes.value().to_owned();
                    match tag.name {
                        "style" => {
                            let named = tag.attributes.id("styleId");
                            let kind = tag.attributes.get("type");
                            if kind == "paragraph" && matches!(tag.attributes.get("default"), "1" | "true" | "on") {
                                plain.clone_from(&named);
                            }
                            id = Some(named);
                            own = depth;
                        }
                        "tblStylePr" => conditional = Some(depth),
                        "name" if depth == own + 1 => style.name = value().to_lowercase(),
                        "basedOn" => style.base = tag.attributes.id("val"),
                        "outlineLvl" => style.outline = value().parse().ok(),
                        "numId" => style.list = Some(tag.attributes.id("val")),
                        "ilvl" => style.level = value().parse().ok(),
                        "b" => style.strong = Some(tag.attributes.is_on()),
                        "i" => style.emphasis = Some(tag.attributes.is_on()),
                        "vanish" => style.hidden = Some(tag.attributes.is_on()),
                        _ => {}
                    }
                }
                Node::Close => {
                    if depth == own
                        && let Some(id) = id.take()
                    {
                        styles.insert(id, std::mem::take(&mut style));
                    }
                    conditional = conditional.filter(|&outer| outer != depth);
                    depth = depth.saturating_sub(1);
                }
                Node::Text(_) => {}
            }
        }
        Styles { by_id: styles, plain }
    }

    /// The style of this id, and those that it is based on.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let own = if id.is_empty() { self.plain.as_str() } else { id };
        std::iter::successors(self.by_id.get(own), |style| self.by_id.get(&style.base)).take(DEEPEST)
    }

    /// What a paragraph of this style is.
    pub fn rank(&self, id: &str) -> Rank {
        for style in self.chain(id) {
            let level =
                ["heading ", "标题 "].iter().find_map(|name| style.name.strip_prefix(name)?.trim().parse().ok());
            match level {
                _ if matches!(style.name.as_str(), "title" | "标题") => return Rank::Title,
                Some(level @ 1..=9) => return Rank::Heading(level),
                _ => {}
            }
            match style.outline {
                Some(level @ 0..=8) => return Rank::Heading(level + 1),
                Some(_) => return Rank::Text,
                None => {}
            }
        }
        Rank::Text
    }

    /// The list that paragraphs of this style belong to, and their level in it if that is said.
    pub fn list(&self, id: &str) -> Option<(String, Option<usize>)> {
        // What a style says of lists it says as a whole, but that it may leave the list to the one that it is based on.
        let level =
            self.chain(id).find(|style| style.list.is_some() || style.level.is_some()).and_then(|style| style.level);
        self.chain(id).find_map(|style| style.list.clone()).map(|list| (list, level))
    }

    /// How text of this style looks.
    pub fn face(&self, id: &str) -> Face {
        let said = |of: fn(&Style) -> Option<bool>| self.chain(id).find_map(of).unwrap_or(false);
        Face {
            strong: said(|style| style.strong),
            emphasis: said(|style| style.emphasis),
            hidden: said(|style| style.hidden),
        }
    }

    /// Whether a style of lists has this name; its list.
    pub fn list_of_style(&self, id: &str) -> Option<&str> {
        self.by_id.get(id)?.list.as_deref()
    }
}

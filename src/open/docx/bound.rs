//! Content controls that are bound to data of the package: Word shows the data, and what stands in the control is what they were when the document was saved
//! (ECMA-376, 17.5.2.6).

use super::package::{Package, Target};
use super::part_of;
use super::xml::{Attributes, Node, Walk};
use std::collections::HashMap;

/// The properties of a document, and the ids under which controls know them.
const PROPERTIES: [(&str, &str); 2] = [
    ("core-properties", "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"),
    ("extended-properties", "{6668398D-A668-4E3E-A5EB-62B293D839F1}"),
];
/// Data of more bytes are not read, and of them only so many values are known, none longer, nor the way to it: each control may show one.
const LARGEST: u64 = 1 << 20;
const MOST: usize = 4096;
const LONGEST: usize = 255;

/// The data of a package: what stands where in which part.
#[derive(Debug, Default)]
pub struct Data(HashMap<(String, String), String>);

impl Data {
    /// Reads the properties of `package` and the data that its main part refers to. What cannot be read binds nothing.
    pub fn read(package: &mut Package<'_>, relations: &HashMap<String, Target>) -> Self {
        let mut data = Data::default();
        let own = package.relations("").unwrap_or_default();
        for (kind, id) in PROPERTIES {
            data.add(id, &part_of(&own, kind).and_then(|name| small(package, name)).unwrap_or_default());
        }
        for name in super::parts_of(relations, "customXml") {
            let about = package.relations(name).unwrap_or_default();
            let about = part_of(&about, "customXmlProps").and_then(|name| small(package, name)).unwrap_or_default();
            let id = Walk::new(&about).find_map(|node| match node {
                Node::Open(tag) if tag.name == "datastoreItem" => Some(tag.attributes.id("itemID")),
                _ => None,
            });
            if let Some(id) = id {
                data.add(&id, &small(package, name).unwrap_or_default());
            }
        }
        data
    }

    fn add(&mut self, id: &str, source: &str) {
        // The elements that are open: the path of each, how often each name stood in it, and what it says.
        let mut open: Vec<(String, HashMap<&str, usize>, String)> = vec![Default::default()];
        let mut deeper = 0usize;
        for node in Walk::new(source) {
            match node {
                Node::Open(tag) => match open.last_mut() {
                    Some((path, counts, _)) if deeper == 0 && path.len() + tag.name.len() < LONGEST => {
                        let count = counts.entry(tag.name).or_default();
                        *count += 1;
                        let path = format!("{path}/{}[{count}]", tag.name);
                        open.push((path, HashMap::new(), String::new()));
                    }
                    _ => deeper += 1,
                },
                Node::Close if deeper > 0 => deeper -= 1,
                Node::Close => {
                    if let Some((path, inner, said)) = open.pop_if(|(path, ..)| !path.is_empty())
                        && inner.is_empty()
                        && !said.trim().is_empty()
                        && said.len() <= LONGEST
                        && self.0.len() < MOST
                    {
                        self.0.insert((id.to_ascii_uppercase(), path), said);
                    }
                }
                Node::Text(text) => {
                    let said = open.last_mut().filter(|(_, inner, said)| inner.is_empty() && said.len() <= LONGEST);
                    said.into_iter().for_each(|(.., said)| said.push_str(&text));
                }
            }
        }
    }

    /// What stands where a control says that its data stand: `/ns0:coreProperties[1]/ns1:title[1]`.
    pub fn at(&self, binding: &Attributes) -> Option<&str> {
        let steps = binding.get("xpath").strip_prefix('/')?.split('/').map(|step| {
            let name = step.rsplit(':').next().unwrap_or_default();
            if name.ends_with(']') { format!("/{name}") } else { format!("/{name}[1]") }
        });
        let place = (binding.get("storeItemID").to_ascii_uppercase(), steps.collect());
        self.0.get(&place).map(String::as_str)
    }
}

/// The part of this name, unless it is too large to be data of a few words.
fn small(package: &mut Package<'_>, name: &str) -> Option<String> {
    if package.size(name) > LARGEST { None } else { package.part(name).ok()? }
}

/// A control that is open.
#[derive(Debug, Default)]
pub struct Control {
    /// Its data.
    pub bound: Option<String>,
    /// Whether it holds text alone: a date or a choice shows its data in another way.
    pub plain: bool,
    /// What was saved in it, once its data were said.
    saved: Option<String>,
}

impl Control {
    /// What it shows in the place of `text`, if it is bound.
    pub fn shows(&mut self, text: &str) -> Option<String> {
        let bound = self.bound.as_deref().filter(|_| self.plain)?;
        let shown = if self.saved.is_some() { String::new() } else { bound.to_owned() };
        self.saved.get_or_insert_default().push_str(text);
        Some(shown)
    }

    /// Whether it has shown something else than was saved in it.
    pub fn differs(&self) -> bool {
        self.saved.is_some() && self.saved != self.bound
    }
}

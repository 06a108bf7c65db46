//! Diagrams (SmartArt): what they say stands in a part of its own.

use super::xml::{Node, Space, Walk};

/// The paragraphs of a diagram, from the part that has its text.
pub fn paragraphs(source: &str) -> Vec<String> {
    let (mut paragraphs, mut open) = (vec![], vec![]);
    for node in Walk::new(source) {
        match node {
            Node::Open(tag) => {
                open.push(tag.space == Space::Drawing && tag.name == "t");
                if tag.space == Space::Drawing && tag.name == "p" {
                    paragraphs.push(String::new());
                }
            }
            Node::Close => drop(open.pop()),
            Node::Text(text) => {
                let paragraph = paragraphs.last_mut().filter(|_| open.last() == Some(&true));
                paragraph.into_iter().for_each(|paragraph| paragraph.push_str(&text));
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    paragraphs
}

//! The page tree (ISO 32000-1 §7.7.3): a reader finds any page of thousands in few steps.

use super::file::File;
use super::syntax::{entry, integer, reference};
use std::ops::Range;

/// Most kids of a node.
const FAN: usize = 32;

/// A node, or one of the pages.
struct Node {
    number: u32,
    parent: u32,
    /// The kids, by index.
    kids: Range<usize>,
    /// Pages below it.
    count: i64,
}

/// Writes the tree over `pages`, given by their object numbers; returns the numbers of its root and of the parent of each page.
pub fn plant(file: &mut File<'_>, pages: &[u32]) -> (u32, Vec<u32>) {
    let mut nodes: Vec<Node> = pages.iter().map(|&number| Node { number, parent: 0, kids: 0..0, count: 1 }).collect();
    let mut level = 0..nodes.len();
    loop {
        let above = nodes.len();
        for start in level.clone().step_by(FAN) {
            let kids = start..level.end.min(start + FAN);
            let number = file.reserve();
            nodes[kids.clone()].iter_mut().for_each(|kid| kid.parent = number);
            let count = nodes[kids.clone()].iter().map(|kid| kid.count).sum();
            nodes.push(Node { number, parent: 0, kids, count });
        }
        level = above..nodes.len();
        if level.len() <= 1 {
            break;
        }
    }
    for node in &nodes[pages.len()..] {
        file.object(node.number, |out| {
            out.extend_from_slice(b"<</Type/Pages/Kids[");
            for (index, kid) in nodes[node.kids.clone()].iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                reference(out, kid.number);
            }
            out.extend_from_slice(b"]/Count ");
            integer(out, node.count);
            if node.parent != 0 {
                entry(out, "/Parent", node.parent);
            }
            out.extend_from_slice(b">>");
        });
    }
    let root = nodes.last().map_or(0, |node| node.number);
    (root, nodes[..pages.len()].iter().map(|page| page.parent).collect())
}

//! Links and pictures lead to files and headings that are there.

use super::{documents, read, root};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// The targets of the links and pictures of a text, and the names under which its headings are found.
fn targets_and_anchors(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut targets, mut anchors) = (vec![], BTreeSet::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                targets.push(dest_url.into_string())
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take().map(|heading| slug(&heading))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    (targets, anchors)
}

/// The name of a heading, as mdBook and the hosts of repositories make it.
fn slug(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars().filter(|&c| c.is_alphanumeric() || "-_ ".contains(c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// `path` with its `..` resolved.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut whole, part| {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
        whole
    })
}

#[test]
fn every_link_leads_to_a_file_or_a_heading_that_is_there() {
    let files: BTreeMap<String, _> =
        documents().into_iter().map(|path| (path.clone(), targets_and_anchors(&read(&path)))).collect();
    let mut dead = vec![];
    let mut followed = 0;
    for (path, (targets, own)) in &files {
        for target in targets.iter().filter(|target| !target.contains("://") && !target.starts_with("mailto:")) {
            followed += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let place = plain(&Path::new(path).parent().unwrap().join(file));
            let anchors = match file {
                "" => Some(own),
                _ => files.get(place.to_str().unwrap()).map(|(_, anchors)| anchors),
            };
            let there = file.is_empty() || root().join(&place).exists();
            let named = anchor.is_empty() || anchors.is_none_or(|anchors| anchors.contains(anchor));
            if !there || !named {
                dead.push(format!("{path}: {target}"));
            }
        }
    }
    assert!(followed > 50, "{followed}");
    assert_eq!(dead, [""; 0]);
}

#[test]
fn every_page_of_the_book_is_in_its_contents_and_links_to_no_page_outside() {
    let (listed, _) = targets_and_anchors(&read("docs/SUMMARY.md"));
    let listed: BTreeSet<String> = listed.into_iter().map(|page| format!("docs/{page}")).collect();
    let page = |path: &String| path.starts_with("docs/") && path != "docs/SUMMARY.md";
    let pages: BTreeSet<String> = documents().into_iter().filter(page).collect();
    assert_eq!(listed, pages);
    for path in &pages {
        let folder = Path::new(path).parent().unwrap();
        for target in targets_and_anchors(&read(path)).0.iter().filter(|target| !target.contains("://")) {
            let file = plain(&folder.join(target.split('#').next().unwrap_or_default()));
            assert!(file.starts_with("docs"), "{path}: {target} is not in the book");
        }
    }
}

//! What stands in one folder, of a disk or of an archive, and what each is called in the output folder.
//!
//! A name follows from what stands beside it, whether or not that is converted too: so it is the same in every batch.

use super::names::{key, safe, stem};
use super::open::stem as archive_stem;
use std::collections::{HashMap, HashSet};

/// What something is, as far as names go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A folder.
    Folder,
    /// An archive, which becomes a folder.
    Archive,
    /// A file that is read where it is found.
    Text,
    /// A file that is read only where it is named.
    Other,
}

/// The names of outputs for `siblings`, in their order, without an extension of a format. Those that would meet in one name keep the
/// extension; those that still would, as two spellings of a name that many file systems take for one, are numbered. A file does not meet a
/// folder either, when it has the extension of one of `formats`.
pub fn named<S: AsRef<str>>(siblings: &[(Sort, S)], formats: &[&str]) -> Vec<String> {
    let mut names = vec![String::new(); siblings.len()];
    let (mut folders, mut files) = (HashSet::new(), HashSet::new());
    let of = |sort: Sort| -> Vec<usize> { (0..siblings.len()).filter(|&i| siblings[i].0 == sort).collect() };
    let full = |i: usize| safe(siblings[i].1.as_ref());

    let some = of(Sort::Folder);
    number(&some, some.iter().map(|&i| full(i)).collect(), &mut folders, &|_| false, &mut names);
    let some = of(Sort::Archive);
    let short = some.iter().map(|&i| safe(archive_stem(siblings[i].1.as_ref()))).collect();
    let parted = part(short, some.iter().map(|&i| full(i)).collect(), &|key| folders.contains(key));
    number(&some, parted, &mut folders, &|_| false, &mut names);

    let meets_folder = |key: &str| formats.iter().any(|format| folders.contains(&format!("{key}.{format}")));
    for sort in [Sort::Text, Sort::Other] {
        let some = of(sort);
        let short = some.iter().map(|&i| safe(stem(siblings[i].1.as_ref()))).collect();
        let stands = |key: &str| meets_folder(key) || files.contains(key);
        let parted = part(short, some.iter().map(|&i| full(i)).collect(), &stands);
        number(&some, parted, &mut files, &meets_folder, &mut names);
    }
    names
}

/// For each the short name, or the long one where the short one would meet another's, or what `stands` already.
fn part(short: Vec<String>, long: Vec<String>, stands: &dyn Fn(&str) -> bool) -> Vec<String> {
    let long_keys: Vec<String> = long.iter().map(|name| key(name)).collect();
    let mut meeting: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, name) in short.iter().enumerate() {
        meeting.entry(key(name)).or_default().push(i);
    }
    // The long names of two spellings of one name meet as well; they would only be longer.
    let apart = |group: &[usize]| group.iter().any(|&i| long_keys[i] != long_keys[group[0]]);
    let mut keeping: Vec<usize> = meeting
        .iter()
        .filter(|(key, group)| apart(group) || stands(key))
        .flat_map(|(_, group)| group.iter().copied())
        .collect();
    let mut kept = vec![false; short.len()];
    while let Some(i) = keeping.pop() {
        if !std::mem::replace(&mut kept[i], true) {
            // A long name can be the short one of another: of `b.txt` and `b.txt.md`.
            keeping.extend(meeting.get(&long_keys[i]).into_iter().flatten().filter(|&&other| other != i));
        }
    }
    short.into_iter().zip(long).zip(kept).map(|((short, long), kept)| if kept { long } else { short }).collect()
}

/// Enters `wanted`, the names of `some`, in `names`. Those that are taken already, or may not be had, get a number.
fn number(
    some: &[usize],
    wanted: Vec<String>,
    taken: &mut HashSet<String>,
    barred: &dyn Fn(&str) -> bool,
    names: &mut [String],
) {
    let mut waiting = vec![];
    for (&i, name) in some.iter().zip(wanted) {
        let key = key(&name);
        if barred(&key) || !taken.insert(key.clone()) {
            waiting.push((i, name, key));
        } else {
            names[i] = name;
        }
    }
    // Of each name the next number that may be free: all that bear it together look at each number once.
    let mut next: HashMap<String, usize> = HashMap::new();
    for (i, name, wanted) in waiting {
        let next = next.entry(wanted).or_insert(2);
        names[i] = loop {
            let numbered = format!("{name} ({next})");
            *next += 1;
            let key = key(&numbered);
            if !barred(&key) && taken.insert(key) {
                break numbered;
            }
        };
    }
}

/// Numbers those of `names` that meet another.
pub fn apart<'n>(names: impl Iterator<Item = &'n mut String>) {
    let mut names: Vec<&mut String> = names.collect();
    let wanted: Vec<String> = names.iter_mut().map(|name| std::mem::take(*name)).collect();
    let mut given = vec![String::new(); wanted.len()];
    let all: Vec<usize> = (0..wanted.len()).collect();
    number(&all, wanted, &mut HashSet::new(), &|_| false, &mut given);
    names.into_iter().zip(given).for_each(|(name, given)| *name = given);
}

#[cfg(test)]
mod tests {
    use super::Sort::{Archive, Folder, Other, Text};
    use super::*;

    fn called(siblings: &[(Sort, &str)]) -> Vec<String> {
        named(siblings, &["pdf", "md"])
    }

    #[test]
    fn those_that_would_meet_keep_their_extension() {
        assert_eq!(called(&[(Text, "a.txt"), (Text, "b.md"), (Text, "b.txt")]), ["a", "b.md", "b.txt"]);
        // The long name of one is the short one of another.
        assert_eq!(called(&[(Text, "b.md"), (Text, "b.txt"), (Text, "b.txt.md")]), ["b.md", "b.txt", "b.txt.md"]);
        // What is not read where it is found takes no name from what is.
        assert_eq!(called(&[(Other, "a.log"), (Text, "a.txt"), (Other, "b.log")]), ["a.log", "a", "b"]);
        assert_eq!(called(&[(Other, "a.log"), (Other, "a.nfo")]), ["a.log", "a.nfo"]);
    }

    #[test]
    fn archives_are_folders_beside_others() {
        let siblings =
            [(Folder, "a"), (Archive, "a.zip"), (Archive, "b.tar.gz"), (Archive, "b.zip"), (Archive, "c.TGZ")];
        assert_eq!(called(&siblings), ["a", "a.zip", "b.tar.gz", "b.zip", "c"]);
    }

    #[test]
    fn a_file_does_not_meet_a_folder() {
        assert_eq!(called(&[(Folder, "a.pdf"), (Text, "a.txt"), (Text, "b.txt")]), ["a.pdf", "a.txt", "b"]);
        assert_eq!(
            called(&[(Folder, "a.pdf"), (Folder, "a.txt.md"), (Text, "a.txt")]),
            ["a.pdf", "a.txt.md", "a.txt (2)"]
        );
    }

    #[test]
    fn spellings_of_one_name_are_numbered() {
        assert_eq!(called(&[(Text, "A.txt"), (Text, "a.txt")]), ["A", "a (2)"]);
        assert_eq!(called(&[(Folder, "A"), (Folder, "a")]), ["A", "a (2)"]);
        assert_eq!(called(&[(Text, "caf\u{e9}.txt"), (Text, "cafe\u{301}.txt")])[1], "cafe\u{301} (2)");
        // What has the name in full keeps it.
        assert_eq!(called(&[(Text, "A.txt"), (Text, "a.txt"), (Text, "a (2).txt")]), ["A", "a (3)", "a (2)"]);
    }

    #[test]
    fn as_many_numbers_are_tried_as_there_are_names() {
        let siblings = vec![(Text, "信.txt"); 100_000];
        let names = called(&siblings);
        assert_eq!((names[0].as_str(), names[99_999].as_str()), ("信", "信 (100000)"));
    }
}

//! Tables of weights by number are those that people read: `BLESS=1 cargo test --test weights` makes them anew.

use shanben::recognize::families;
use shanben::survey;
use std::path::Path;

#[test]
fn numbers_are_those_of_the_tables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let numbers: [fn(&str) -> Vec<u8>; 2] =
        [|table| survey::Weights::read(table).numbers(), |table| families::Weights::read(table).numbers()];
    for (folder, numbers) in ["survey", "recognize/plain/families"].into_iter().zip(numbers) {
        let table = std::fs::read_to_string(root.join(folder).join("weights.tsv")).unwrap();
        let (file, due) = (root.join(folder).join("weights.bin"), numbers(&table));
        if std::env::var_os("BLESS").is_some_and(|set| set == "1") {
            std::fs::write(&file, &due).unwrap();
        }
        assert!(std::fs::read(&file).unwrap() == due, "{} is stale: BLESS=1 cargo test --test weights", file.display());
    }
    // What is built in is what the tables say, by name.
    let table = include_str!("../src/survey/weights.tsv");
    assert_eq!(*survey::Weights::built_in(), survey::Weights::read(table));
    let table = include_str!("../src/recognize/plain/families/weights.tsv");
    assert_eq!(*families::Weights::built_in(), families::Weights::read(table));
}

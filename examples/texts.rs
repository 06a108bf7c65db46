//! Writes the texts that are measured (`benches/`) to a folder, for measuring whole programs: `cargo run --release --example texts -- FOLDER` makes an
//! article, a novel of 5 MB, and 200 articles.

#[path = "../benches/generate/mod.rs"]
mod generate;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| "texts".into()));
    std::fs::create_dir_all(folder.join("articles"))?;
    std::fs::write(folder.join("article.txt"), generate::article(1))?;
    std::fs::write(folder.join("novel.txt"), generate::novel(generate::NOVEL))?;
    (1..=200).try_for_each(|n| std::fs::write(folder.join(format!("articles/{n:03}.txt")), generate::article(n)))
}

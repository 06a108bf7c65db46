//! Renders the pages of `docs/gallery/` anew, each Markdown file there to a picture of the same name:
//! `cargo run --example gallery`. Needs `pdftoppm`, of poppler.
//!
//! All are set in `style.toml`. What `NAME.toml` says holds for `NAME.md` besides; where there are files `NAME.*.toml`, the text is set once in
//! each, and these pages stand side by side in the picture, as do the pages of a text of several.

use libdeflater::{CompressionLvl, Compressor};
use shanben::Source;
use shanben::fonts::Library;
use shanben::options::Format;
use shanben::style::Style;
use shanben::write::Deflate;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use toml::{Table, Value};

#[path = "../tests/edition/mod.rs"]
mod edition;

fn main() -> Result<(), Box<dyn Error>> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gallery");
    let library = Library::embedded().ok_or("the program was built without its fonts")?;
    let common: Table = std::fs::read_to_string(gallery.join("style.toml"))?.parse()?;
    let mut names = std::fs::read_dir(&gallery)?
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>, _>>()?;
    names.sort();
    for name in names.iter().filter_map(|name| name.strip_suffix(".md")).filter(|name| *name != "README") {
        let mut style = common.clone();
        if let Ok(own) = std::fs::read_to_string(gallery.join(format!("{name}.toml"))) {
            let own: Table = own.parse()?;
            // What begins with another style has nothing of the common one.
            if own.contains_key("base") {
                style.clear();
            }
            overlay(&mut style, own);
        }
        let variant = |file: &&String| {
            file.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('.') && rest.len() > 5 && rest.ends_with(".toml"))
        };
        let mut styles = vec![];
        for file in names.iter().filter(variant) {
            let mut style = style.clone();
            overlay(&mut style, std::fs::read_to_string(gallery.join(file))?.parse()?);
            styles.push(style);
        }
        if styles.is_empty() {
            styles.push(style);
        }
        let mut pages = vec![];
        for style in styles {
            let style = Style::parse(&style.to_string(), "book").map_err(|cause| format!("{name}: {cause}"))?;
            pages.extend(draw(&gallery.join(name).with_extension("md"), style, &library)?);
        }
        let picture = png(&side_by_side(&pages));
        let path = gallery.join(name).with_extension("png");
        println!("{} {} pages, {} bytes", path.display(), pages.len(), picture.len());
        std::fs::write(path, picture)?;
    }
    Ok(())
}

/// Puts `own` over `table`, key by key.
fn overlay(table: &mut Table, own: Table) {
    for (key, value) in own {
        match (table.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (_, value) => drop(table.insert(key, value)),
        }
    }
}

/// A picture in 256 greys, row by row.
struct Picture {
    width: usize,
    height: usize,
    greys: Vec<u8>,
}

/// The pages of a text in a style.
fn draw(path: &Path, style: Style, library: &Library) -> Result<Vec<Picture>, Box<dyn Error>> {
    let mut settings = edition::settings("book");
    settings.formats = vec![Format::Pdf];
    settings.style = style;
    let source = Source::new(path, path.to_string_lossy(), std::fs::read(path)?);
    let edition = shanben::convert(&source, &settings, library, &mut Deflate::default())?;
    let file = edition.files.first().ok_or("nothing was written")?;
    let folder = tempfile::tempdir()?;
    let pdf = folder.path().join("a.pdf");
    std::fs::write(&pdf, &file.bytes)?;
    let mut pages = vec![];
    for page in 1..=file.pages.unwrap_or(0) {
        let number = page.to_string();
        let to = folder.path().join(&number);
        let drawn = Command::new("pdftoppm")
            .args(["-gray", "-r", "100", "-singlefile", "-f", &number])
            .args([&pdf, &to])
            .status()?;
        if !drawn.success() {
            return Err(format!("{}: not drawn", path.display()).into());
        }
        pages.push(pgm(&std::fs::read(to.with_extension("pgm"))?).ok_or("not a picture")?);
    }
    Ok(pages)
}

/// Reads a PGM file.
fn pgm(file: &[u8]) -> Option<Picture> {
    let mut head = file.splitn(4, |&b| b == b'\n').take(3).map(|line| std::str::from_utf8(line).ok());
    let (kind, size) = (head.next()??, head.next()??);
    let (width, height) = size.split_once(' ').filter(|_| kind == "P5")?;
    let (width, height): (usize, usize) = (width.parse().ok()?, height.parse().ok()?);
    Some(Picture { width, height, greys: file.get(file.len().checked_sub(width * height)?..)?.to_vec() })
}

/// Pictures from left to right, a grey line between them.
fn side_by_side(pages: &[Picture]) -> Picture {
    let height = pages.iter().map(|page| page.height).max().unwrap_or(0);
    let mut greys = vec![];
    for y in 0..height {
        for (i, page) in pages.iter().enumerate() {
            if i > 0 {
                greys.push(0xA0);
            }
            let row = page.greys.get(y * page.width..(y + 1) * page.width);
            greys.extend(row.map_or_else(|| vec![0xFF; page.width], <[u8]>::to_vec));
        }
    }
    Picture { width: greys.len() / height.max(1), height, greys }
}

/// A picture as a PNG of sixteen greys, which are enough for text and take a third of the room.
fn png(picture: &Picture) -> Vec<u8> {
    let mut rows = vec![];
    for row in picture.greys.chunks(picture.width.max(1)) {
        rows.push(0);
        rows.extend(row.chunks(2).map(|pair| (pair[0] & 0xF0) | (pair.get(1).unwrap_or(&0) >> 4)));
    }
    let mut compressor = Compressor::new(CompressionLvl::best());
    let mut data = vec![0; compressor.zlib_compress_bound(rows.len())];
    // The room is the most that it can take.
    let len = compressor.zlib_compress(&rows, &mut data).unwrap_or(0);
    let mut header = [picture.width as u32, picture.height as u32].map(u32::to_be_bytes).concat();
    header.extend([4, 0, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", &header[..]), (b"IDAT", &data[..len]), (b"IEND", &[])] {
        out.extend((body.len() as u32).to_be_bytes());
        let from = out.len();
        out.extend(name);
        out.extend(body);
        out.extend(libdeflater::crc32(&out[from..]).to_be_bytes());
    }
    out
}

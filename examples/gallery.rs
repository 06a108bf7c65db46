//! Renders the pages of `docs/gallery/` anew, each Markdown file there to a picture of the same name:
//! `cargo run --example gallery`. Needs `pdftoppm`, of poppler.

use libdeflater::{CompressionLvl, Compressor};
use shanben::Source;
use shanben::fonts::Library;
use shanben::options::Format;
use shanben::style::Style;
use std::error::Error;
use std::path::Path;
use std::process::Command;

#[path = "../tests/edition/mod.rs"]
mod edition;

fn main() -> Result<(), Box<dyn Error>> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gallery");
    let library = Library::embedded().ok_or("the program was built without its fonts")?;
    let mut settings = edition::settings("book");
    settings.formats = vec![Format::Pdf];
    settings.style = Style::parse(&std::fs::read_to_string(gallery.join("style.toml"))?, "book")?;
    let mut paths = std::fs::read_dir(&gallery)?.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"));
    paths.sort();
    let folder = tempfile::tempdir()?;
    let (pdf, page) = (folder.path().join("page.pdf"), folder.path().join("page"));
    for path in paths {
        let source = Source::new(&path, path.to_string_lossy(), std::fs::read(&path)?);
        let edition = shanben::convert(&source, &settings, &library)?;
        let file = edition.files.first().ok_or("nothing was written")?;
        std::fs::write(&pdf, &file.bytes)?;
        let drawn =
            Command::new("pdftoppm").args(["-gray", "-r", "100", "-singlefile"]).args([&pdf, &page]).status()?;
        if !drawn.success() || file.pages != Some(1) {
            return Err(format!("{}: not one page, or not drawn", path.display()).into());
        }
        let picture = png(&std::fs::read(page.with_extension("pgm"))?).ok_or("not a picture")?;
        println!("{} {} bytes", path.with_extension("png").display(), picture.len());
        std::fs::write(path.with_extension("png"), picture)?;
    }
    Ok(())
}

/// A PGM file as a PNG of sixteen greys, which are enough for text and take a third of the room.
fn png(pgm: &[u8]) -> Option<Vec<u8>> {
    let mut head = pgm.splitn(4, |&b| b == b'\n').take(3).map(|line| std::str::from_utf8(line).ok());
    let (kind, size) = (head.next()??, head.next()??);
    let (width, height) = size.split_once(' ').filter(|_| kind == "P5")?;
    let (width, height): (usize, usize) = (width.parse().ok()?, height.parse().ok()?);
    let mut rows = vec![];
    for row in pgm.get(pgm.len().checked_sub(width * height)?..)?.chunks(width) {
        rows.push(0);
        rows.extend(row.chunks(2).map(|pair| (pair[0] & 0xF0) | (pair.get(1).unwrap_or(&0) >> 4)));
    }
    let mut compressor = Compressor::new(CompressionLvl::best());
    let mut data = vec![0; compressor.zlib_compress_bound(rows.len())];
    let len = compressor.zlib_compress(&rows, &mut data).ok()?;
    let mut header = [width as u32, height as u32].map(u32::to_be_bytes).concat();
    header.extend([4, 0, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", &header[..]), (b"IDAT", &data[..len]), (b"IEND", &[])] {
        out.extend((body.len() as u32).to_be_bytes());
        let from = out.len();
        out.extend(name);
        out.extend(body);
        out.extend(libdeflater::crc32(&out[from..]).to_be_bytes());
    }
    Some(out)
}

//! What is answered, with what a browser is told to allow: scripts, styles and requests of this page alone.

use super::http;
use crate::batch::plain;
use crate::write;
use serde::Serialize;
use std::io;
use std::net::TcpStream;
use std::path::PathBuf;

/// What the page may do.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a file may do that is shown in the page: nothing but be there.
const POLICY_OF_FILES: &str = "frame-ancestors 'self'";

/// An answer.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    kind: &'static str,
    body: Body,
    /// The name of a file that is to be kept, or only shown.
    file: Option<(String, bool)>,
    /// Where to ask instead.
    place: Option<String>,
}

/// What an answer holds.
#[derive(Debug)]
enum Body {
    /// These bytes.
    Whole(Vec<u8>),
    /// An archive of these files, which are read when it is sent: their names in it, and where they lie.
    Archive(Vec<(String, PathBuf)>),
}

impl Answer {
    /// A part of the page.
    pub fn page(kind: &'static str, body: &str) -> Self {
        Answer { body: Body::Whole(body.as_bytes().to_vec()), kind, ..Answer::of(200) }
    }

    /// Data.
    pub fn json(value: &impl Serialize) -> Self {
        // Plain structs with string keys cannot fail to serialize.
        let body = serde_json::to_vec(value).unwrap_or_default();
        Answer { kind: "application/json", body: Body::Whole(body), ..Answer::of(200) }
    }

    /// A file called `name`, which the browser keeps, or shows where it is `shown`.
    pub fn file(kind: &'static str, name: &str, shown: bool, body: Vec<u8>) -> Self {
        Answer { kind, body: Body::Whole(body), file: Some((name.to_owned(), shown)), ..Answer::of(200) }
    }

    /// An archive called `name`, which the browser keeps.
    pub fn archive(name: &str, files: Vec<(String, PathBuf)>) -> Self {
        let file = Some((name.to_owned(), false));
        Answer { kind: "application/zip", body: Body::Archive(files), file, ..Answer::of(200) }
    }

    /// That what was asked for is at `path`.
    pub fn elsewhere(path: String) -> Self {
        Answer { place: Some(path), ..Answer::of(303) }
    }

    /// A refusal, which says nothing about what there is.
    pub fn refused(status: u16) -> Self {
        Answer::of(status)
    }

    /// One that says nothing yet.
    fn of(status: u16) -> Self {
        Answer { status, kind: "text/plain; charset=utf-8", body: Body::Whole(vec![]), file: None, place: None }
    }

    /// A refusal that says why.
    pub fn failed(status: u16, why: &str) -> Self {
        #[derive(Serialize)]
        struct Failed<'w> {
            error: &'w str,
        }
        Answer { status, ..Answer::json(&Failed { error: why }) }
    }

    /// Sends it.
    ///
    /// # Errors
    /// When who asked is gone.
    pub fn send(self, stream: &mut TcpStream) -> io::Result<()> {
        let policy = if self.file.is_some() { POLICY_OF_FILES } else { POLICY };
        let mut fields = vec![
            ("Content-Type", self.kind.to_owned()),
            ("Content-Security-Policy", policy.to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
            ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
            ("Cache-Control", "no-store".to_owned()),
        ];
        if let Some((name, shown)) = &self.file {
            let how = if *shown { "inline" } else { "attachment" };
            fields.push(("Content-Disposition", format!("{how}; filename*=UTF-8''{}", encoded(name))));
        }
        fields.extend(self.place.map(|place| ("Location", place)));
        match self.body {
            Body::Whole(bytes) => http::send(stream, self.status, &fields, &bytes),
            Body::Archive(files) => http::send_chunks(stream, self.status, &fields, |to| {
                write::archive(to, files.into_iter().map(|(name, place)| Ok((name, plain::read(&place)?))))
            }),
        }
    }
}

/// A name as a header holds it (RFC 8187).
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_cannot_end_a_header() {
        assert_eq!(encoded("信 \"1\"\r\n.pdf"), "%E4%BF%A1%20%221%22%0D%0A.pdf");
    }
}

//! HTTP/1.1 as far as a page of our own needs it: one request a connection, its body of a length that is told (RFC 9112).

use std::io::{self, BufWriter, Cursor, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The longest head of a request, and the most fields in it.
const HEAD: usize = 16 << 10;
const FIELDS: usize = 64;
/// How long is waited for the head of a request, and for more of its body.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much is sent at once of what is written as it goes.
const CHUNK: usize = 64 << 10;
/// How often it is looked whether that is worth waiting for.
const GLANCE: Duration = Duration::from_millis(200);

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// For something to be shown.
    Get,
    /// For something to be done.
    Post,
    /// For a file to be kept.
    Put,
}

/// A request.
#[derive(Debug)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// The address, as it was written.
    pub url: String,
    fields: Vec<(String, String)>,
}

impl Request {
    /// Reads the head of a request, and what has come of its body, until it is `closed`.
    ///
    /// # Errors
    /// The status by which it is refused.
    pub fn read(stream: &mut TcpStream, closed: &AtomicBool) -> Result<(Self, Vec<u8>), u16> {
        let until = Instant::now() + PATIENCE;
        let timed = stream.set_read_timeout(Some(GLANCE)).and_then(|()| stream.set_write_timeout(Some(PATIENCE)));
        timed.map_err(|_| 500u16)?;
        let mut bytes = vec![];
        let mut chunk = [0; 4096];
        loop {
            if closed.load(Ordering::Relaxed) || Instant::now() > until {
                return Err(408);
            }
            let read = match stream.read(&mut chunk) {
                Ok(0) => return Err(400),
                Ok(read) => read,
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => continue,
                Err(_) => return Err(408),
            };
            bytes.extend_from_slice(&chunk[..read]);
            if let Some((request, end)) = Request::parse(&bytes)? {
                stream.set_read_timeout(Some(PATIENCE)).map_err(|_| 500u16)?;
                return Ok((request, bytes.split_off(end)));
            }
            if bytes.len() > HEAD {
                return Err(431);
            }
        }
    }

    /// The request whose head `bytes` begin with, and where that ends; nothing while it is not whole.
    fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, u16> {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS];
        let mut head = httparse::Request::new(&mut fields);
        let end = match head.parse(bytes) {
            Ok(httparse::Status::Complete(end)) => end,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err(400),
        };
        let method = match head.method {
            Some("GET") => Method::Get,
            Some("POST") => Method::Post,
            Some("PUT") => Method::Put,
            _ => return Err(405),
        };
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| 400u16);
        let fields = head.headers.iter().map(|field| Ok((field.name.to_ascii_lowercase(), text(field.value)?)));
        let fields = fields.collect::<Result<Vec<_>, u16>>()?;
        Ok(Some((Request { method, url: head.path.unwrap_or_default().to_owned(), fields }, end)))
    }

    /// One for `url` with these fields.
    #[cfg(test)]
    pub fn of(url: &str, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Request { method: Method::Get, url: url.to_owned(), fields }
    }

    /// The value of the field `name`, which is written in small letters; `None` as well where it stands several times.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().filter(|(known, _)| known == name);
        found.next().filter(|_| found.next().is_none()).map(|(_, value)| value.as_str())
    }

    /// Whether the field `name` stands in it.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// The body, of which `begun` has come already, to be read: at most `most` bytes.
    ///
    /// # Errors
    /// The status by which it is refused.
    pub fn body<'s>(&self, begun: Vec<u8>, stream: &'s mut TcpStream, most: u64) -> Result<Body<'s>, u16> {
        if self.has("transfer-encoding") {
            return Err(411);
        }
        let length = match self.has("content-length") {
            true => self.field("content-length").and_then(|length| length.parse::<u64>().ok()).ok_or(400u16)?,
            false => 0,
        };
        if length > most {
            return Err(413);
        }
        Ok(Body { begun: Cursor::new(begun), stream, missing: length })
    }
}

/// The body of a request, of a length that was told.
#[derive(Debug)]
pub struct Body<'s> {
    begun: Cursor<Vec<u8>>,
    stream: &'s mut TcpStream,
    /// How much of it was not read yet.
    missing: u64,
}

impl Read for Body<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.missing).unwrap_or(usize::MAX).min(into.len());
        if most == 0 {
            return Ok(0);
        }
        let read = match self.begun.read(&mut into[..most])? {
            0 => self.stream.read(&mut into[..most])?,
            read => read,
        };
        self.missing -= read as u64;
        if read == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(read) }
    }
}

/// Sends an answer: its status, its fields and its body. The connection ends with it.
///
/// # Errors
/// When who asked is gone.
pub fn send(stream: &mut TcpStream, status: u16, fields: &[(&str, String)], body: &[u8]) -> io::Result<()> {
    let length = [("Content-Length", body.len().to_string())];
    begin(stream, status, length.iter().chain(fields))?;
    stream.write_all(body)?;
    stream.flush()
}

/// The same with a body that `write` writes as it goes, in chunks (RFC 9112, 7.1): where it fails, the last of them does not come, and who asked knows.
///
/// # Errors
/// When who asked is gone, and what `write` says.
pub fn send_chunks(
    stream: &mut TcpStream,
    status: u16,
    fields: &[(&str, String)],
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let chunked = [("Transfer-Encoding", "chunked".to_owned())];
    begin(stream, status, chunked.iter().chain(fields))?;
    let mut chunks = BufWriter::with_capacity(CHUNK, Chunks(stream));
    write(&mut chunks)?;
    let Chunks(stream) = chunks.into_inner().map_err(|error| error.into_error())?;
    stream.write_all(b"0\r\n\r\n")?;
    stream.flush()
}

/// Writes each piece as a chunk.
struct Chunks<'s>(&'s mut TcpStream);

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // An empty one would be the last.
        if !bytes.is_empty() {
            write!(self.0, "{:x}\r\n", bytes.len())?;
            self.0.write_all(bytes)?;
            self.0.write_all(b"\r\n")?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Sends the head of an answer.
fn begin<'f>(
    stream: &mut TcpStream,
    status: u16,
    fields: impl Iterator<Item = &'f (&'f str, String)>,
) -> io::Result<()> {
    let reason = match status {
        200 => "OK",
        303 => "See Other",
        400..500 => "Refused",
        _ => "Failed",
    };
    let mut head = format!("HTTP/1.1 {status} {reason}\r\nConnection: close\r\n");
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())
}

/// Reads, and forgets, what else is said by somebody who has been refused before it was heard: a connection that is closed with that unread is reset,
/// and the refusal lost with it (RFC 9112, 9.6).
pub fn hear_out(stream: &mut TcpStream, closed: &AtomicBool) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(GLANCE))?;
    let until = Instant::now() + PATIENCE;
    let mut chunk = vec![0; 64 << 10];
    while Instant::now() < until && !closed.load(Ordering::Relaxed) {
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Option<(Request, usize)>, u16> {
        Request::parse(text.as_bytes())
    }

    #[test]
    fn requests_are_read_when_they_are_whole_and_what_is_none_is_refused() {
        let text = "POST /a?b HTTP/1.1\r\nHost: x\r\nORIGIN: y\r\n\r\nbody";
        let (request, end) = parse(text).unwrap().unwrap();
        assert_eq!((request.method, request.url.as_str(), &text[end..]), (Method::Post, "/a?b", "body"));
        assert_eq!(
            (request.field("host"), request.field("origin"), request.field("cookie")),
            (Some("x"), Some("y"), None)
        );
        assert!(parse(&text[..30]).unwrap().is_none());
        assert_eq!(parse("DELETE / HTTP/1.1\r\n\r\n").unwrap_err(), 405);
        for wrong in ["\u{1}\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nno field\r\n\r\n"] {
            assert_eq!(parse(wrong).unwrap_err(), 400, "{wrong}");
        }
        let twice = parse("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").unwrap().unwrap().0;
        assert_eq!(twice.field("host"), None);
        let many = "GET / HTTP/1.1\r\n".to_owned() + &"a: b\r\n".repeat(FIELDS + 1) + "\r\n";
        assert_eq!(parse(&many).unwrap_err(), 400);
    }
}

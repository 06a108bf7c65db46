//! Who may come in: requests that name the token, made to this address by a page that came from here or by no page at all; and once a guest who was told where to ask.

use super::http::Request;
use crate::digest::sha256;
use std::fmt;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a guest is waited for: browsers take their time to start.
const PATIENCE: Duration = Duration::from_secs(120);

/// The door of a desk.
pub struct Door {
    port: u16,
    token: String,
    /// The word by which a guest is let in, and until when.
    guest: Mutex<Option<(String, Instant)>>,
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("port", &self.port).finish_non_exhaustive()
    }
}

/// A word that nobody can guess.
fn word() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Door {
    /// The door of the desk at `port`, with a token that nobody can guess.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn new(port: u16) -> io::Result<Self> {
        Ok(Door { port, token: word()?, guest: Mutex::default() })
    }

    /// Where it is.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// An address that leads a guest there, once and soon.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn invite(&self) -> io::Result<String> {
        let word = word()?;
        let address = format!("http://127.0.0.1:{}/{word}", self.port);
        *self.guest.lock().unwrap_or_else(PoisonError::into_inner) = Some((word, Instant::now() + PATIENCE));
        Ok(address)
    }

    /// The path of the page, where `request` is that of the guest who was invited and is one of `ours`.
    pub fn guest(&self, request: &Request, ours: impl FnOnce() -> bool) -> Option<String> {
        let mut guest = self.guest.lock().unwrap_or_else(PoisonError::into_inner);
        let said = request.url.strip_prefix('/')?;
        let (word, until) = guest.as_ref()?;
        let known = sha256(said.as_bytes()) == sha256(word.as_bytes());
        let comes = known && Instant::now() < *until && self.is_from_here(request) && ours();
        comes.then(|| {
            *guest = None;
            format!("/{}/", self.token)
        })
    }

    /// The path that `request` asks for, behind the token.
    ///
    /// # Errors
    /// The status by which it is refused.
    pub fn admit(&self, request: &Request) -> Result<String, u16> {
        if !self.is_from_here(request) {
            return Err(403);
        }
        let url = &request.url;
        let (token, path) = url.strip_prefix('/').and_then(|url| url.split_once('/')).ok_or(403u16)?;
        // Compared by their digests, how much of it is right cannot be told by the time that takes.
        if sha256(token.as_bytes()) != sha256(self.token.as_bytes()) {
            return Err(403);
        }
        Ok(path.to_owned())
    }

    /// Whether `request` is made to this address, by a page that came from here or by none.
    fn is_from_here(&self, request: &Request) -> bool {
        let hosts = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let ours = |host: &str| hosts.iter().any(|known| known == host);
        // A name that is made to lead here is not this address.
        let host = request.field("host").is_some_and(ours);
        let same = |origin: &str| origin.strip_prefix("http://").is_some_and(ours);
        let said =
            |name: &str, fits: &dyn Fn(&str) -> bool| !request.has(name) || request.field(name).is_some_and(fits);
        host && said("origin", &same) && said("sec-fetch-site", &|site| matches!(site, "same-origin" | "none"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_knows_the_token_and_comes_from_here_is_let_in() {
        let door = Door { port: 8000, token: "secret".into(), guest: Mutex::default() };
        let ask = |url: &str, fields: &[(&str, &str)]| door.admit(&Request::of(url, fields));
        let here = ("host", "127.0.0.1:8000");
        assert_eq!(ask("/secret/", &[here]), Ok(String::new()));
        let page = [("host", "localhost:8000"), ("origin", "http://127.0.0.1:8000"), ("sec-fetch-site", "same-origin")];
        assert_eq!(ask("/secret/api/x?y=1", &page), Ok("api/x?y=1".into()));
        for url in ["/", "/secret", "/Secret/", "/secre/", "//secret/", "secret/", "/secret%2f"] {
            assert_eq!(ask(url, &[here]), Err(403), "{url}");
        }
        assert_eq!(ask("/secret/", &[]), Err(403));
        for host in ["evil.example:8000", "127.0.0.1", "127.0.0.1:80"] {
            assert_eq!(ask("/secret/", &[("host", host)]), Err(403), "{host}");
            assert_eq!(ask("/secret/", &[here, ("host", host)]), Err(403), "{host}");
        }
        for origin in ["http://evil.example", "null", "https://127.0.0.1:8000", "http://127.0.0.1:8000.evil.example"] {
            assert_eq!(ask("/secret/", &[here, ("origin", origin)]), Err(403), "{origin}");
        }
        for site in ["cross-site", "same-site"] {
            assert_eq!(ask("/secret/", &[here, ("sec-fetch-site", site)]), Err(403), "{site}");
        }
        let token = |door: Door| door.token;
        assert_ne!(token(Door::new(1).unwrap()), token(Door::new(1).unwrap()));
    }

    #[test]
    fn a_guest_comes_once_and_is_one_of_ours() {
        let door = Door::new(8000).unwrap();
        let word = door.invite().unwrap().rsplit_once('/').unwrap().1.to_owned();
        let ask = |url: &str, host: &str, ours: bool| door.guest(&Request::of(url, &[("host", host)]), || ours);
        let (url, here) = (format!("/{word}"), "127.0.0.1:8000");
        assert_eq!(ask("/", here, true), None);
        assert_eq!(ask(&format!("{url}/"), here, true), None);
        assert_eq!(ask(&url, "evil.example:8000", true), None);
        assert_eq!(ask(&url, here, false), None);
        assert_eq!(ask(&url, here, true), Some(format!("/{}/", door.token)));
        assert_eq!(ask(&url, here, true), None);
        let late = door.invite().unwrap().rsplit_once('/').unwrap().1.to_owned();
        door.guest.lock().unwrap().as_mut().unwrap().1 = Instant::now();
        assert_eq!(ask(&format!("/{late}"), here, true), None);
    }
}

//! The desk: a page in the browser on which texts are seen, decided on and converted, by people who need no terminal for it.
//!
//! It is served on this machine alone, to who knows its token. It keeps nothing of its own: what it shows is read from the sources, what is decided
//! goes into [`decide::NAME`](crate::decide::NAME), what is converted into the output folder; all by the calls that the command line makes.

mod answer;
mod caller;
mod door;
mod drop;
mod http;
mod page;
mod room;
mod route;
mod step;
mod text;
mod view;

use crate::batch::{self, Folder};
use crate::discover::{Found, Input};
use crate::error::{Cause, Error};
use crate::fonts::Library;
use crate::lang::Lang;
use crate::options::Chosen;
use answer::Answer;
use door::Door;
use http::{Method, Request};
use room::Room;
use std::fmt::Debug;
use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Most connections at once: a browser has six, and several pages may be open.
const HANDS: usize = 64;
/// How often it is looked whether somebody comes, and whether the desk is to close.
const TICK: Duration = Duration::from_millis(10);
/// How long nothing is read when there is nothing to be read.
const REST: Duration = Duration::from_millis(100);
/// Stack of a thread that reads texts: documents nest.
const STACK: usize = 64 << 20;

/// What the desk works with: inputs, what is asked for of each, what was decided.
pub trait Bench: Debug + Send {
    /// Finds the inputs, and reads configurations and decisions anew.
    fn look(&mut self) -> Found;

    /// Has the file at `path` be found from now on.
    fn add(&mut self, path: PathBuf);

    /// Reads configurations and decisions anew, for the inputs that were found.
    fn reread(&mut self);

    /// The settings that hold for `input`, one of those that were found.
    ///
    /// # Errors
    /// Why there are none.
    fn choose(&self, input: &Input) -> Result<&Chosen, Error>;

    /// Where decisions about `input` are kept, and how they name it. To be followed by [`Bench::reread`].
    ///
    /// # Errors
    /// When they cannot be understood.
    fn decisions(&mut self, input: &Input) -> Result<(PathBuf, String), Cause>;
}

/// What is the same for all that the desk does.
#[derive(Debug)]
pub struct Tools {
    /// The faces.
    pub library: Library,
    /// How texts are converted.
    pub options: batch::Options,
    /// Where outputs go.
    pub output: PathBuf,
    /// Where files go that are dropped on the page.
    pub input: PathBuf,
    /// The language that the page begins with.
    pub lang: Lang,
}

/// A desk that is open.
pub struct Desk {
    listener: TcpListener,
    door: Door,
    room: Room,
    closed: Arc<AtomicBool>,
}

impl Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("door", &self.door).finish_non_exhaustive()
    }
}

/// One of the hands that answer.
struct Hand<'h>(&'h AtomicUsize);

impl Drop for Hand<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Desk {
    /// Opens a desk on a free port of this machine, or on `port`; it closes when `closed` is set.
    ///
    /// # Errors
    /// When no port can be had, or the system has no random numbers.
    pub fn open(bench: Box<dyn Bench>, tools: Tools, port: u16, closed: Arc<AtomicBool>) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        let port = listener.local_addr()?.port();
        listener.set_nonblocking(true)?;
        Ok(Desk { listener, door: Door::new(port)?, room: Room::new(bench, tools), closed })
    }

    /// The address of the page, token included.
    pub fn address(&self) -> String {
        self.door.address()
    }

    /// An address that leads to the page once, soon, and only who runs this program: others of this machine may read the command line of a browser.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn invitation(&self) -> io::Result<String> {
        self.door.invite()
    }

    /// Serves until it is closed.
    pub fn serve(&self) {
        let hands = AtomicUsize::new(0);
        let thread = || std::thread::Builder::new().stack_size(STACK);
        std::thread::scope(|scope| {
            // Without it facts come when a file is opened.
            let _ = thread().spawn_scoped(scope, || self.room.survey(&self.closed));
            while !self.closed.load(Ordering::Relaxed) {
                let Ok((mut stream, _)) = self.listener.accept() else {
                    std::thread::sleep(TICK);
                    continue;
                };
                if hands.fetch_add(1, Ordering::Relaxed) >= HANDS {
                    hands.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                // Free again however it ends, and where there is no thread for it.
                let hand = Hand(&hands);
                let _ = thread().spawn_scoped(scope, move || {
                    let _hand = hand;
                    // Who asked may have gone.
                    let _ = self.respond(&mut stream);
                });
            }
        });
    }

    fn respond(&self, stream: &mut TcpStream) -> io::Result<()> {
        // What is accepted may wait as little as what accepts it.
        stream.set_nonblocking(false)?;
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(stream))).unwrap_or(Err(500));
        let refused = answered.is_err();
        answered.unwrap_or_else(Answer::refused).send(stream)?;
        if refused { http::hear_out(stream, &self.closed) } else { Ok(()) }
    }

    /// The answer to what is asked, or the status by which it is refused.
    fn answer(&self, stream: &mut TcpStream) -> Result<Answer, u16> {
        let (request, begun) = Request::read(stream, &self.closed)?;
        let ours = || stream.peer_addr().is_ok_and(|peer| caller::may_be_ours(peer, self.door.port()));
        if let Some(path) = self.door.guest(&request, ours) {
            return Ok(Answer::elsewhere(path));
        }
        let path = self.door.admit(&request)?;
        let mut body = request.body(begun, stream, route::most(&self.room, request.method, &path))?;
        if request.method == Method::Put {
            return Ok(route::put(&self.room, &path, &mut body));
        }
        let mut said = vec![];
        body.read_to_end(&mut said).map_err(|_| 400u16)?;
        Ok(route::answer(&self.room, request.method, &path, &said, &self.closed))
    }
}

/// The output folder, to be read; nothing where nothing was written yet.
fn outputs(output: &Path) -> Option<Folder> {
    Folder::look(output).ok()
}

//! A volume (案卷): many texts bound as one, with a cover, a list of contents, running page numbers and a closing record; or as the chapters of one book.
//!
//! Texts are set and written one after the other, and each is forgotten before the next: what is kept of it is its row of the list. Cover and list are
//! written last, when all page numbers are known, and stand first.

mod binding;
pub mod book;
mod data;
mod facts;
mod item;
mod order;
mod papers;
mod placing;
pub mod proof;
mod shelf;

pub use binding::{Binding, Made};
pub use data::{Order, Particulars, Rows};
pub use facts::Facts;
pub use item::{Item, Text};
pub use placing::{File, place};
pub use shelf::Shelf;

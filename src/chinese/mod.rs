//! What is known about Chinese texts, whoever asks: one home for each fact, below all stages.

pub mod ages;
pub mod asking;
pub mod class;
pub mod code;
pub mod contents;
pub mod date;
pub mod dispatch;
pub mod drawing;
pub mod english;
pub mod fold;
pub mod kinsoku;
pub mod label;
pub mod marks;
pub mod names;
pub mod numbering;
pub mod numeral;
pub mod script;
pub mod shape;
pub mod site;
pub mod speech;
pub mod words;

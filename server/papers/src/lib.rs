//! Papers: described documents become PDF files that can be printed, searched, read aloud and kept.
//!
//! Pure: it is given words, numbers and pictures and gives back bytes. No file, no clock, no database, no web.

mod canvas;
mod certificate;
mod describe;
mod face;
mod flow;
mod line;
mod picture;
mod running;
mod table;
mod write;

pub use certificate::{Certificate, ProofSheet, Seal, certificate};
pub use describe::{
    Align, Block, Cell, Column, Head, Lang, Moment, Paper, PaperError, Pdf, Shade, Side, Table,
};
pub use flow::paper;
pub use picture::Picture;

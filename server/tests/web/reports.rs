//! Reports: what managers and the training office see, what they take away, and what they cannot learn.

mod answering;
mod counts;
mod files;
mod histories;
pub(crate) mod hospital;
mod insight;
mod pages;
mod population;
mod secrecy;
pub(crate) mod stored;
mod subtraction;
mod trend;

//! Reports: what managers and the training office see, and what they cannot.

mod counts;
mod population;

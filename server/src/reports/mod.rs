//! Reports: who has done what as of when, for managers and the training office. Reads everything, writes nothing.

pub mod evidence;
mod facts;
pub mod store;

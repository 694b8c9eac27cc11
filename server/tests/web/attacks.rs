//! What somebody tries who wants what is not theirs: pages of others, answers beforehand, a form from elsewhere, a file that is none.
//! `server/docs` says for each attack which of these tests keeps it out.

mod answer_key;
mod documents;
mod forms;
mod hospital;
mod kept;
mod parsers;
mod received;
mod rights;
mod words;

//! What people see: views from plain structs to HTML, and the few islands that come alive in the browser.
//!
//! Nothing here reads a database, knows an answer key or asks for the time. Every page is a struct that
//! implements [`page::Page`]; [`page::document`] puts the chrome of the hospital around it. The words on screen, in
//! Japanese and English, live beside the view that uses them ([`say!`]).

pub mod account;
pub mod audit;
pub mod authoring;
mod chrome;
pub mod day;
mod era;
pub mod exports;
pub mod islands;
pub mod lang;
pub mod page;
pub mod paths;
pub mod people;
pub mod policy;
pub mod problem;
pub mod reminders;
pub mod reports;
pub mod requirements;
pub mod training;
pub mod ui;

pub use day::{Day, Moment, StoryTime};
pub use era::Era;
pub use lang::{Lang, ShownIn};
#[cfg(feature = "ssr")]
pub use page::html;
pub use page::{Assets, Chrome, KeyColour, Page, PageKind, RoleView, TextSize, WhoView};

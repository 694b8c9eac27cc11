//! What is taught, and how an answer is judged.
//!
//! A [`Catalogue`] is read from [`Sources`]; a [`Walk`] leads one person through one [`Module`] of it. Nothing
//! here knows the time, a database or a browser: the same module, seed and answers always give the same walk.

mod catalogue;
mod check;
mod draft;
mod examples;
mod excerpt;
mod fault;
mod grade;
mod graph;
mod item;
mod module;
mod policy;
mod prose;
mod read;
mod scenario;
mod sources;
mod stamp;
mod test;
mod text;
mod unfinished;
mod walk;

pub use catalogue::{Catalogue, Contact, Course, Glossary, Incident, IncidentKind, Word};
pub use check::{Counts, Report, check};
pub use draft::Remark;
pub use examples::{Example, Stop};
pub use excerpt::{Screen, ScreenKind};
pub use fault::{Fault, Severity};
pub use graph::graph;
pub use item::{
    Basis, Card, Choice, Draft, Fires, Grade, Hotspot, Item, Level, Model, Order, Region, Rule, Task, Words,
};
pub use module::{Actor, Care, Content, Module, Reading, Step, Unreadable};
pub use policy::{Change, Clause, Policy, Statement};
pub use prose::{Block, Inline, Passage, Prose};
pub use scenario::{Branch, Node, NotATime, Post, Scenario, ScenarioKind, Skin, Stats, StoryTime};
pub use sources::Sources;
pub use stamp::stamp;
pub use test::{Family, Test, Variant};
pub use text::{Lang, Text, source_mark};
pub use walk::{
    Debrief, ItemPlace, Judged, NodePlace, Outcome, PathStep, Place, QuestionPlace, Refusal, Response,
    TestResult, Visit, Walk,
};

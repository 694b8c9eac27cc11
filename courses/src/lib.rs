//! What is taught, and how an answer is judged.
//!
//! A [`Catalogue`] is read from [`Sources`]; a [`Walk`] leads one person through one [`Module`] of it. Nothing
//! here knows the time, a database or a browser: the same module, seed and answers always give the same walk.

mod catalogue;
mod check;
mod draft;
mod excerpt;
mod fault;
mod grade;
mod graph;
mod item;
mod module;
mod policy;
pub mod policy_text;
mod prose;
mod read;
mod role;
mod scenario;
mod sources;
mod stamp;
mod survey;
mod test;
mod text;
mod track;
mod trials;
mod unfinished;
mod walk;

pub use catalogue::{Catalogue, Contact, Course, Glossary, Incident, IncidentKind, Word};
pub use check::{Counts, Report, check};
pub use draft::Remark;
pub use excerpt::{Screen, ScreenKind};
pub use fault::{Fault, Severity};
pub use graph::graph;
pub use item::{
    Assign, AssignKind, AssignRow, Basis, Card, Channel, Checklist, Choice, Draft, Fires, Grade, Group,
    Hotspot, Item, Level, Lookup, Model, Mosaic, Order, Pick, PickKind, PickOption, Region, Rule, Task,
    WHOLE, Way, Whom, WhomOption, Words,
};
pub use module::{Actor, Care, Content, Face, Module, Reading, Step, Unreadable};
pub use policy::{Change, ChangeKind, Clause, Policy, Statement};
pub use prose::{Block, Inline, Passage, Prose};
pub use role::{Example, Role};
pub use scenario::{
    Act, Branch, Condition, Frame, Good, Look, LookOf, Measure, Meter, Node, NotACondition, NotATime, Post,
    Scenario, ScenarioKind, Skin, StatChange, Stats, StoryTime, Turn, When,
};
pub use sources::Sources;
pub use stamp::stamp;
pub use survey::{
    ClauseSurvey, Languages, MINUTES, ModuleSurvey, PoolSurvey, Share, Survey, Translated, kind_of,
};
pub use test::{Family, Test, Variant};
pub use text::{Lang, Text, source_mark};
pub use track::{Members, Track};
pub use trials::{Stop, Trial};
pub use walk::{
    Debrief, Diagnosed, DiagnosisPlace, ItemPlace, Judged, Looked, MeterPlace, NodePlace, Outcome, PathStep,
    Place, QuestionPlace, RecallCard, Refusal, Response, TestResult, Visit, Walk,
};

//! What happens: the web server, the records, the evidence.
//!
//! Cut by what people do: [`training`], [`requirements`], [`people`], [`reminders`], [`reports`], [`account`], [`audit`], [`authoring`], [`exports`], [`erasure`]; beside them [`db`] (the one place
//! that knows there are two engines), [`http`] (pages, forms, problems, who is asking), [`clock`], [`id`], [`config`], [`jobs`], [`listen`].

pub mod account;
pub mod audit;
pub mod authoring;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod erasure;
pub mod exports;
pub mod http;
pub mod id;
pub mod jobs;
pub mod listen;
pub mod papers;
pub mod people;
pub mod policies;
pub mod reminders;
pub mod reports;
pub mod requirements;
pub mod routes;
pub mod start;
pub mod state;
pub mod training;

pub use routes::router;
pub use state::Site;

//! The server as its users meet it: through the router, on both engines, one file an area of addresses.

mod account;
mod audit;
mod contract;
mod demo;
mod people;
mod reports;
mod support;
mod training;

//! The server as its users meet it: through the router, on both engines, one file an area of addresses.

#[cfg(test)]
mod account;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod authoring;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod empty;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod group;
#[cfg(test)]
mod inventory;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod objection;
#[cfg(test)]
mod obligations;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod people;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod recall;
#[cfg(test)]
mod records;
#[cfg(test)]
mod reminders;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod running;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tracks;
#[cfg(test)]
mod training;
#[cfg(test)]
mod year;

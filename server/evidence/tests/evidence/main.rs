//! The crate from outside, as the server, the command line and a reader's browser use it.

#[cfg(test)]
mod findings;
#[cfg(test)]
mod interoperable;
#[cfg(test)]
mod leaves;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod made_up_log;
#[cfg(test)]
mod made_up_stamp;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod pack_keys;
#[cfg(test)]
mod pack_names;
#[cfg(test)]
mod pack_tables;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod part_beginnings;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod stamps;
#[cfg(test)]
mod tree;

//! Nothing is lost: what can go wrong around a running hospital is done to the built program, and the records are asked afterwards.
//!
//! Each test starts `kokoroe` as a process on records of its own, lets people answer over HTTP, breaks something, starts it again, and asks
//! the oracle (`oracle.rs`): every answer and signature that was acknowledged is there, nothing is there twice, the log and its records
//! agree to the last byte. `KOKOROE_FAULT_ROUNDS` makes the killing longer; `KOKOROE_FAULT_TABLE` names a file to which every fault adds what was
//! seen, and from which `.ci/fault-table` makes `server/docs/faults.md`.

#[cfg(test)]
mod clock;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod filled;
#[cfg(test)]
mod forward;
#[cfg(test)]
mod hospital;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod insider;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod load;
#[cfg(test)]
mod locks;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod migration;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod outside;
#[cfg(test)]
#[path = "../../benches/budgets/population.rs"]
mod population;
#[cfg(test)]
mod postgres;
#[cfg(test)]
#[expect(dead_code, reason = "the benches use the rest of it")]
#[path = "../process/mod.rs"]
mod process;
#[cfg(test)]
mod shim;
#[cfg(test)]
#[expect(dead_code, reason = "the tests of the web use the rest of it")]
#[path = "../web/support/mod.rs"]
mod support;
#[cfg(test)]
mod table;

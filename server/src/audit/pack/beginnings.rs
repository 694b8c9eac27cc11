//! How the log of a part went on from one signed checkpoint to the next: [`kokoroe_evidence::pack::beginning`].

use std::collections::BTreeSet;
use std::vec;

use kokoroe_evidence::pack as form;
use kokoroe_evidence::{Checkpoint, Frontier, Hash, tree};

use super::PackError;
use super::archive::{Order, Piece};
use crate::audit::proofs::hashes;
use crate::db::Conn;

/// How many leaves are read at once.
const CHUNK: u64 = 16_384;
/// How many bytes are handed on at once.
const PIECE: usize = 1 << 16;

/// Writes the way from each of these sizes to the next, and from the last of them to the checkpoint.
pub(super) async fn write(
    conn: &mut Conn,
    signed: &Checkpoint,
    mut sizes: BTreeSet<u64>,
    order: &Order,
) -> Result<(), PackError> {
    order.send(Piece::Begin(form::BEGINNINGS.to_owned())).await;
    sizes.insert(signed.size);
    let mut leaves =
        Leaves { log: &signed.origin, size: signed.size, read: 0, ready: Vec::new().into_iter() };
    let (mut whole, mut text) = (Frontier::new(), String::new());
    for size in sizes.range(1..=signed.size) {
        let mut roots = Vec::new();
        for (_, number) in tree::between(whole.size(), *size) {
            roots.push(leaves.root_of(conn, number).await?);
        }
        whole.extend(*size, &roots);
        text.push_str(&form::beginning(*size, &roots));
        if text.len() >= PIECE {
            order.send(Piece::Bytes(std::mem::take(&mut text).into_bytes())).await;
        }
    }
    order.send(Piece::Bytes(text.into_bytes())).await;
    if whole.root() == signed.root { Ok(()) } else { Err(PackError::Unproven(signed.origin.clone())) }
}

/// The hashes of the leaves of a log, one after the other.
struct Leaves<'a> {
    log: &'a str,
    size: u64,
    read: u64,
    ready: vec::IntoIter<Hash>,
}

impl Leaves<'_> {
    /// The root over the next so many.
    async fn root_of(&mut self, conn: &mut Conn, number: u64) -> Result<Hash, PackError> {
        let mut part = Frontier::new();
        while part.size() < number {
            let left = usize::try_from(number - part.size()).unwrap_or(usize::MAX);
            self.ready.by_ref().take(left).for_each(|hash| part.append(hash));
            if part.size() < number {
                let until = (self.read + CHUNK).min(self.size);
                self.ready = hashes(conn, self.log, self.read, until).await?.into_iter();
                if self.ready.len() as u64 != until - self.read || until == self.read {
                    return Err(PackError::Unproven(format!("{} {}", self.log, self.read)));
                }
                self.read = until;
            }
        }
        Ok(part.root())
    }
}

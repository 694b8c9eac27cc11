//! Proving single leaves: that each stands where it claims to stand in the tree that the newest checkpoint signs.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_app::audit::{LeafRef, Proof};
use kokoroe_app::paths;
use kokoroe_evidence::{Checkpoint, Hash, leaf, tree};

use super::compare::{Told, compare};
use super::store;
use super::top::short;
use crate::db::{Conn, DbError};
use crate::reports::evidence::{Kept, Row};
use crate::state::Site;

/// The trees of the logs in which a reader's records stand.
#[derive(Debug, Default)]
pub struct Proofs(BTreeMap<String, Option<Tree>>);

/// The tree under the newest checkpoint of a log.
#[derive(Debug)]
struct Tree {
    signed: Checkpoint,
    /// Leaves first, the root last. The last of a row without a sibling goes up as it is (RFC 6962).
    rows: Vec<Vec<Hash>>,
}

impl Tree {
    fn new(signed: Checkpoint, leaves: Vec<Hash>) -> Self {
        let mut rows = vec![leaves];
        while let Some(below) = rows.last().filter(|row| row.len() > 1) {
            let above = below
                .chunks(2)
                .map(|pair| match pair {
                    [left, right] => tree::node_hash(left, right),
                    alone => alone.first().copied().unwrap_or_else(|| Hash::of(b"")),
                })
                .collect();
            rows.push(above);
        }
        Self { signed, rows }
    }

    /// The audit path of a leaf, from its sibling up.
    fn path(&self, index: u64) -> Vec<Hash> {
        let mut path = Vec::new();
        let mut place = usize::try_from(index).unwrap_or(usize::MAX);
        for row in &self.rows {
            if row.len() > 1
                && let Some(sibling) = row.get(place ^ 1)
            {
                path.push(*sibling);
            }
            place /= 2;
        }
        path
    }

    /// Whether these bytes are leaf `index` of what was signed.
    fn holds(&self, index: u64, body: &[u8]) -> bool {
        let (size, root) = (self.signed.size, &self.signed.root);
        tree::verify_inclusion(&leaf::hash(body), index, size, &self.path(index), root)
    }
}

impl Proofs {
    /// Loads the trees of these logs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(site: &Site, conn: &mut Conn, logs: BTreeSet<String>) -> Result<Self, DbError> {
        let mut trees = BTreeMap::new();
        for log in logs {
            let tree = load_tree(site, conn, &log).await?;
            trees.insert(log, tree);
        }
        Ok(Self(trees))
    }

    /// What the log says to a record: its leaf, and whether the two agree.
    #[must_use]
    pub fn of(&self, kept: Kept, row: &Row) -> LeafRef {
        let index = u64::try_from(row.leaf).unwrap_or(0);
        let log = row.log.as_deref().unwrap_or_default();
        LeafRef { index, href: leaf_href(log, index), proof: self.proof(kept, row, log, index) }
    }

    fn proof(&self, kept: Kept, row: &Row, log: &str, index: u64) -> Proof {
        let Some(body) = &row.body else { return Proof::Broken };
        let before = row.before.as_deref().map(Told::by);
        if compare(kept, row, body, before).is_some() {
            return Proof::Broken;
        }
        match self.0.get(log).and_then(Option::as_ref) {
            Some(tree) if index < tree.signed.size && tree.holds(index, body) => Proof::Proven,
            Some(tree) if index < tree.signed.size => Proof::Broken,
            Some(_) | None => Proof::Waiting,
        }
    }
}

/// A record that cannot be found beside its leaf.
#[must_use]
pub fn lost() -> LeafRef {
    LeafRef { index: 0, href: paths::AUDIT_LOG.to_owned(), proof: Proof::Broken }
}

/// Where a leaf can be read.
#[must_use]
pub fn leaf_href(log: &str, index: u64) -> String {
    let short = short(log);
    format!("{}?log={short}&from={index}#leaf-{index}", paths::AUDIT_LOG)
}

/// The newest checkpoint of a log that our key signed: of those in the database and those kept outside.
///
/// # Errors
/// When the database or the folder of the copies cannot be read.
pub async fn newest(site: &Site, conn: &mut Conn, log: &str) -> Result<Option<Checkpoint>, DbError> {
    let mut notes = vec![];
    notes.extend(store::newest_checkpoint(conn, log).await?.map(|row| row.note.into_bytes()));
    let kept = site.signer.copies().of(log).map_err(|error| DbError::Setup(error.to_string()))?;
    notes.extend(kept.into_iter().next_back().map(|(_, note)| note));
    let key = site.signer.key().verifying_key();
    let signed = notes.iter().filter_map(|note| Checkpoint::open(note, key).ok());
    Ok(signed.filter(|checkpoint| checkpoint.origin == log).max_by_key(|checkpoint| checkpoint.size))
}

async fn load_tree(site: &Site, conn: &mut Conn, log: &str) -> Result<Option<Tree>, DbError> {
    let Some(signed) = newest(site, conn, log).await? else { return Ok(None) };
    let size = i64::try_from(signed.size).unwrap_or(i64::MAX);
    let hashes = store::hashes(conn, log, size).await?;
    let leaves = hashes.iter().filter_map(|hash| Hash::from_slice(hash)).collect();
    Ok(Some(Tree::new(signed, leaves)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leaf_of_trees_of_every_shape_is_proved_and_no_other() {
        for size in 1_u64..40 {
            let bodies: Vec<Vec<u8>> = (0..size).map(|n| format!("leaf {n}").into_bytes()).collect();
            let leaves: Vec<Hash> = bodies.iter().map(|body| leaf::hash(body)).collect();
            let root = tree::root(&leaves);
            let signed = Checkpoint { origin: "log/2026".into(), size, root };
            let tree = Tree::new(signed, leaves.clone());
            for (index, body) in (0..).zip(&bodies) {
                assert_eq!(
                    Some(tree.path(index)),
                    tree::prove_inclusion(&leaves, index),
                    "{index} of {size}"
                );
                assert!(tree.holds(index, body));
                assert!(!tree.holds(index, b"another leaf"));
                assert!(!tree.holds(index + 1, body));
            }
        }
    }
}

//! Proving single leaves: that each stands where it claims to stand in the tree that the newest checkpoint signs.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_app::audit::{LeafRef, Proof};
use kokoroe_app::paths;
use kokoroe_evidence::{Checkpoint, Hash, leaf, proof as evidence, tree};

use super::compare::{Told, compare};
use super::recovery::last_of;
use super::store;
use super::top::short;
use crate::db::{Conn, DbError};
use crate::reports::evidence::{Kept, Row};
use crate::state::Site;

/// The trees of the logs in which a reader's records stand.
#[derive(Debug, Default)]
pub struct Proofs(BTreeMap<String, Option<Tree>>);

/// The tree under a checkpoint of a log: its upper part, and the leaves around those that are asked about.
#[derive(Debug)]
pub struct Tree {
    signed: Checkpoint,
    note: String,
    /// The roots of the tiles. The last one may have fewer leaves than the others.
    tiles: Vec<Hash>,
    leaves: BTreeMap<u64, Vec<Hash>>,
}

/// How many leaves are a tile: a power of two, so that their tree is a part of the whole one (RFC 6962, 2.1).
const TILE: u64 = 256;

impl Tree {
    async fn load(
        site: &Site,
        conn: &mut Conn,
        log: &str,
        places: &BTreeSet<u64>,
    ) -> Result<Option<Self>, DbError> {
        let Some(newest) = newest(site, conn, log).await? else { return Ok(None) };
        Self::under(site, conn, newest, places).await.map(Some)
    }

    /// The tree under this checkpoint, with what is needed to prove the leaves at these places.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn under(
        site: &Site,
        conn: &mut Conn,
        (signed, note): (Checkpoint, String),
        places: &BTreeSet<u64>,
    ) -> Result<Self, DbError> {
        let (size, log) = (signed.size, signed.origin.clone());
        let log = log.as_str();
        let mut tiles = full_tiles(site, conn, log, size / TILE).await?;
        let mut leaves = BTreeMap::new();
        for tile in places.iter().filter(|place| **place < size).map(|place| place / TILE) {
            if tile < size / TILE && !leaves.contains_key(&tile) {
                leaves.insert(tile, hashes(conn, log, tile * TILE, (tile + 1) * TILE).await?);
            }
        }
        if size % TILE > 0 {
            let last = hashes(conn, log, size - size % TILE, size).await?;
            tiles.push(tree::root(&last));
            leaves.insert(size / TILE, last);
        }
        Ok(Self { signed, note, tiles, leaves })
    }

    /// The audit path of a leaf, from its sibling up.
    fn path(&self, index: u64) -> Option<Vec<Hash>> {
        let mut path = tree::prove_inclusion(self.leaves.get(&(index / TILE))?, index % TILE)?;
        path.extend(tree::prove_inclusion(&self.tiles, index / TILE)?);
        Some(path)
    }

    /// The proof that the tree begins with its first `old` leaves, of which the tile with the last one was loaded; `None` if there are not so
    /// many, or the leaves do not lead to the signed root.
    #[must_use]
    pub fn continues(&self, old: u64) -> Option<Vec<Hash>> {
        let place = |place: u64| usize::try_from(place).ok();
        let whole = |end: u64| end.is_multiple_of(TILE) || end == self.signed.size;
        let path = tree::prove_consistency_by(self.signed.size, old, |part| {
            if part.start.is_multiple_of(TILE) && whole(part.end) {
                let tiles = place(part.start / TILE)?..place(part.end.div_ceil(TILE))?;
                return self.tiles.get(tiles).map(tree::root);
            }
            let tile = self.leaves.get(&(part.start / TILE))?;
            let first = part.start - part.start % TILE;
            tile.get(place(part.start - first)?..place(part.end - first)?).map(tree::root)
        })?;
        (tree::root(&self.tiles) == self.signed.root).then_some(path)
    }

    /// The proof that these bytes are leaf `index` of what was signed; `None` if they are not.
    #[must_use]
    pub fn prove(&self, index: u64, body: &[u8]) -> Option<evidence::Proof> {
        let path = self.path(index)?;
        let (size, root) = (self.signed.size, &self.signed.root);
        let holds = tree::verify_inclusion(&leaf::hash(body), index, size, &path, root);
        holds.then(|| evidence::Proof { index, path, checkpoint: self.note.clone(), extra: None })
    }
}

/// The roots of the first `number` full tiles. They are reckoned once while the server runs; a wrong one would prove nothing, because no
/// path through it leads to the signed root.
async fn full_tiles(site: &Site, conn: &mut Conn, log: &str, number: u64) -> Result<Vec<Hash>, DbError> {
    /// How many tiles are read at once.
    const AT_ONCE: u64 = 64;
    let mut tiles = site.signer.tiles(log);
    let known = tiles.len() as u64;
    let mut next = known;
    while next < number {
        let until = (next + AT_ONCE).min(number);
        let read = hashes(conn, log, next * TILE, until * TILE).await?;
        tiles.extend(read.chunks(usize::try_from(TILE).unwrap_or(usize::MAX)).map(tree::root));
        next = until;
    }
    if next > known {
        site.signer.remember_tiles(log, tiles.clone());
    }
    tiles.truncate(usize::try_from(number).unwrap_or(usize::MAX));
    Ok(tiles)
}

/// The hashes of the leaves from one place on and before another.
///
/// # Errors
/// When the database fails.
pub async fn hashes(conn: &mut Conn, log: &str, from: u64, to: u64) -> Result<Vec<Hash>, DbError> {
    let place = |place: u64| i64::try_from(place).unwrap_or(i64::MAX);
    let stored = store::hashes(conn, log, place(from), place(to)).await?;
    Ok(stored.iter().filter_map(|hash| Hash::from_slice(hash)).collect())
}

impl Proofs {
    /// Loads what is needed to prove these records.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(site: &Site, conn: &mut Conn, rows: &[&Row]) -> Result<Self, DbError> {
        let mut places: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for row in rows {
            if let (Some(log), Ok(place)) = (&row.log, u64::try_from(row.leaf)) {
                places.entry(log.clone()).or_default().insert(place);
            }
        }
        let mut trees = BTreeMap::new();
        for (log, places) in places {
            let tree = Tree::load(site, conn, &log, &places).await?;
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
        if !agrees(kept, row, body) {
            return Proof::Broken;
        }
        match self.0.get(log).and_then(Option::as_ref) {
            Some(tree) if index < tree.signed.size && tree.prove(index, body).is_some() => Proof::Proven,
            Some(tree) if index < tree.signed.size => Proof::Broken,
            Some(_) | None => Proof::Waiting,
        }
    }

    /// The proof of a record that stands alone, and the bytes that it proves; `None` if it does not agree with its leaf, or no checkpoint
    /// covers it yet.
    #[must_use]
    pub fn alone<'a>(&self, kept: Kept, row: &'a Row) -> Option<(evidence::Proof, &'a [u8])> {
        let body = row.body.as_deref().filter(|body| agrees(kept, row, body))?;
        let tree = self.0.get(row.log.as_deref()?)?.as_ref()?;
        Some((tree.prove(u64::try_from(row.leaf).ok()?, body)?, body))
    }
}

/// Whether a record says what its leaf says.
fn agrees(kept: Kept, row: &Row, body: &[u8]) -> bool {
    compare(kept, row, body, row.before.as_deref().map(Told::by)).is_none()
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

/// The newest checkpoint of a log that our key signed: of those in the database and those kept outside. With its note.
///
/// # Errors
/// When the database or the folder of the copies cannot be read.
pub async fn newest(
    site: &Site,
    conn: &mut Conn,
    log: &str,
) -> Result<Option<(Checkpoint, String)>, DbError> {
    let mut notes = vec![];
    notes.extend(store::newest_checkpoint(conn, log).await?.map(|row| row.note.into_bytes()));
    let last = last_of(site.ledger.recoveries(), log);
    notes.extend(site.signer.copies().newest(log, last).map_err(|error| DbError::Setup(error.to_string()))?);
    let signed = notes.into_iter().filter_map(|note| {
        let checkpoint = site.signer.keys().open(&note).ok()?;
        Some((checkpoint, String::from_utf8(note).ok()?))
    });
    Ok(signed.filter(|(signed, _)| signed.origin == log).max_by_key(|(signed, _)| signed.size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_of_every_shape_are_proved_to_begin_with_every_smaller_one() {
        for size in [1, 2, 255, 256, 257, 511, 512, 513, 768, 1000, 1281] {
            let hashes: Vec<Hash> = (0..size).map(|n| leaf::hash(format!("leaf {n}").as_bytes())).collect();
            let signed = Checkpoint { origin: "log/2026".into(), size, root: tree::root(&hashes) };
            let pieces: Vec<&[Hash]> = hashes.chunks(256).collect();
            let tiles = pieces.iter().map(|piece| tree::root(piece)).collect();
            let leaves = (0..).zip(pieces.iter().map(|piece| piece.to_vec())).collect();
            let mut tree = Tree { signed, note: String::new(), tiles, leaves };
            for old in 0..=size {
                assert_eq!(tree.continues(old), tree::prove_consistency(&hashes, old), "{old} of {size}");
            }
            assert_eq!(tree.continues(size + 1), None);
            tree.signed.root = Hash::of(b"another log");
            assert_eq!(tree.continues(1), None);
        }
    }

    #[test]
    fn every_leaf_of_trees_of_every_shape_is_proved_and_no_other() {
        for size in [1, 2, 255, 256, 257, 511, 512, 513, 768, 1000, 1281] {
            let bodies: Vec<Vec<u8>> = (0..size).map(|n| format!("leaf {n}").into_bytes()).collect();
            let hashes: Vec<Hash> = bodies.iter().map(|body| leaf::hash(body)).collect();
            let signed = Checkpoint { origin: "log/2026".into(), size, root: tree::root(&hashes) };
            let pieces: Vec<&[Hash]> = hashes.chunks(256).collect();
            let tree = Tree {
                signed,
                note: String::new(),
                tiles: pieces.iter().map(|piece| tree::root(piece)).collect(),
                leaves: (0..).zip(pieces.iter().map(|piece| piece.to_vec())).collect(),
            };
            for (index, body) in (0..).zip(&bodies).step_by(61) {
                assert_eq!(tree.path(index), tree::prove_inclusion(&hashes, index), "{index} of {size}");
                assert!(tree.prove(index, body).is_some());
                assert!(tree.prove(index, b"another leaf").is_none());
                assert!(tree.prove(index + 1, body).is_none());
            }
        }
    }
}

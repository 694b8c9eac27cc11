//! The hash tree of RFC 6962: a leaf hashes with 0x00 in front, a node with 0x01, and nothing else is invented.

use std::ops::Range;

use crate::hash::Hash;

/// The hash of a leaf's bytes.
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash::of_parts(&[&[0], bytes])
}

/// The hash of an inner node.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash::of_parts(&[&[1], left.as_ref(), right.as_ref()])
}

/// A stored frontier does not fit its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tree of {size} leaves keeps {expected} hashes of 32 bytes, but {found} bytes are stored")]
pub struct FrontierError {
    /// The number of leaves claimed.
    pub size: u64,
    /// How many hashes that many leaves leave behind.
    pub expected: u32,
    /// How many bytes were given.
    pub found: usize,
}

/// All that is needed to append to a log: the roots of its perfect subtrees, largest first, one for each 1-bit of its
/// size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    hashes: Vec<Hash>,
}

impl Frontier {
    /// The frontier of an empty log.
    pub const fn new() -> Self {
        Self { size: 0, hashes: Vec::new() }
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the number of bytes is not that of a tree of this size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Result<Self, FrontierError> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        if hashes.len() != size.count_ones() as usize || !rest.is_empty() {
            return Err(FrontierError { size, expected: size.count_ones(), found: bytes.len() });
        }
        Ok(Self { size, hashes: hashes.iter().map(|h| Hash::from(*h)).collect() })
    }

    /// The hashes one after another, for a database column.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its [`leaf_hash`]. Its index is the size before.
    pub fn append(&mut self, leaf: Hash) {
        self.push(leaf, 1);
    }

    /// Goes on to `size` leaves, of which only the roots of the perfect subtrees are known that [`between`] names. `false`, and nothing is
    /// added, if these are not as many.
    pub fn extend(&mut self, size: u64, roots: &[Hash]) -> bool {
        let parts = between(self.size, size);
        let fits = parts.len() == roots.len();
        if fits {
            parts.iter().zip(roots).for_each(|((_, leaves), root)| self.push(*root, *leaves));
        }
        fits
    }

    /// Adds a perfect subtree of so many leaves, of which the size is a multiple.
    fn push(&mut self, root: Hash, leaves: u64) {
        let mut hash = root;
        for _ in 0..(self.size / leaves).trailing_ones() {
            if let Some(left) = self.hashes.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.hashes.push(hash);
        self.size += leaves;
    }

    /// The root of the tree so far; of an empty log, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut from_the_right = self.hashes.iter().rev();
        let Some(last) = from_the_right.next() else { return Hash::of(b"") };
        from_the_right.fold(*last, |root, left| node_hash(left, &root))
    }
}

/// The perfect subtrees between two sizes of a log, the largest that fit, from left to right: the index of the first leaf of each, and the
/// number of its leaves. Every tree of at least `until` leaves has all of them, so their roots tell how the log went on from one size to the
/// other: they are what consistency proofs (RFC 9162, 2.1.4) of many sizes have in common.
pub fn between(from: u64, until: u64) -> Vec<(u64, u64)> {
    let (mut parts, mut at) = (Vec::new(), from);
    while let Some(most) = until.saturating_sub(at).checked_ilog2() {
        let leaves = 1 << most.min(at.trailing_zeros());
        parts.push((at, leaves));
        at += leaves;
    }
    parts
}

/// The root over leaf hashes.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root()
}

/// Where a tree of more than one leaf splits: the largest power of two below its size.
fn split(leaves: &[Hash]) -> (&[Hash], &[Hash]) {
    leaves.split_at(leaves.len().next_power_of_two() / 2)
}

/// The audit path of leaf `index` in the tree over `leaves`, from its sibling up. `None` if there is no such leaf.
pub fn prove_inclusion(leaves: &[Hash], index: u64) -> Option<Vec<Hash>> {
    let mut index = usize::try_from(index).ok().filter(|i| *i < leaves.len())?;
    let mut path = Vec::new();
    let mut part = leaves;
    while part.len() > 1 {
        let (left, right) = split(part);
        if index < left.len() {
            path.push(root(right));
            part = left;
        } else {
            path.push(root(left));
            index -= left.len();
            part = right;
        }
    }
    path.reverse();
    Some(path)
}

/// Whether `path` proves that `leaf` is number `index` of the `size` leaves under `root` (RFC 9162, 2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The proof that the tree over all `leaves` only added to the tree of the first `old_size`. `None` if it is larger
/// than that. Nothing needs proving from an empty tree or to the same size: the proof is then empty.
pub fn prove_consistency(leaves: &[Hash], old_size: u64) -> Option<Vec<Hash>> {
    let place = |place: u64| usize::try_from(place).ok();
    prove_consistency_by(leaves.len() as u64, old_size, |part| {
        leaves.get(place(part.start)?..place(part.end)?).map(root)
    })
}

/// The same for a tree of `size` leaves that is not at hand as a whole: `root_of` gives the roots of the parts that are asked for. Each is
/// a subtree: it begins at a multiple of the power of two that its length does not exceed.
pub fn prove_consistency_by(
    size: u64,
    old_size: u64,
    mut root_of: impl FnMut(Range<u64>) -> Option<Hash>,
) -> Option<Vec<Hash>> {
    let mut path = Vec::new();
    if old_size == 0 || old_size >= size {
        return (old_size <= size).then_some(path);
    }
    let mut part = 0..size;
    // Until the first turn to the right, a subtree that ends here is the old root itself, which the reader has.
    let mut is_old_root = true;
    while old_size < part.end {
        // The larger half: the largest power of two below the length.
        let middle = part.start + (part.end - part.start).next_power_of_two() / 2;
        if old_size <= middle {
            path.push(root_of(middle..part.end)?);
            part.end = middle;
        } else {
            path.push(root_of(part.start..middle)?);
            part.start = middle;
            is_old_root = false;
        }
    }
    if !is_old_root {
        path.push(root_of(part)?);
    }
    path.reverse();
    Some(path)
}

/// Whether `path` proves that the tree `new` still begins with the tree `old`; each is (size, root) (RFC 9162, 2.1.4.2).
pub fn verify_consistency(old: (u64, &Hash), new: (u64, &Hash), path: &[Hash]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size > new_size {
        return false;
    }
    if old_size == new_size {
        return path.is_empty() && old_root == new_root;
    }
    if old_size == 0 {
        return path.is_empty() && *old_root == Hash::of(b"");
    }
    // A perfect old tree is a node of the new one and is not repeated in the proof.
    let (first, rest) = if old_size.is_power_of_two() {
        (old_root, path)
    } else {
        let Some((first, rest)) = path.split_first() else { return false };
        (first, rest)
    };
    let shift = (old_size - 1).trailing_ones();
    let (mut node, mut last) = ((old_size - 1) >> shift, (new_size - 1) >> shift);
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

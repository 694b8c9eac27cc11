//! The tree against published numbers and against an independent implementation.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use kokoroe_evidence::Hash;
use kokoroe_evidence::tree::{self, Frontier};
use proptest::prelude::*;
use sha2::Sha256;

/// The eight leaves that Certificate Transparency implementations test with (transparency-dev/merkle, testonly).
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

/// Their published roots, by size.
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const N0: &str = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const N1: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const N4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const N6: &str = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";
const N01: &str = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
const N23: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const N45: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const N67: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const N03: &str = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
const N47: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

/// Published audit paths: (index from 0, size, path).
const INCLUSION: [(u64, usize, &[&str]); 5] =
    [(0, 1, &[]), (0, 8, &[N1, N23, N47]), (5, 8, &[N4, N67, N03]), (2, 3, &[N01]), (1, 5, &[N0, N23, N4])];

/// Published consistency proofs: (old size, new size, path).
const CONSISTENCY: [(u64, usize, &[&str]); 5] = [
    (1, 1, &[]),
    (1, 8, &[N1, N23, N47]),
    (6, 8, &[N45, N67, N03]),
    (2, 5, &[N23, N4]),
    (6, 7, &[N45, N6, N03]),
];

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

fn hash(hex: &str) -> Hash {
    Hash::from_hex(hex).unwrap()
}

fn published_leaves() -> Vec<Hash> {
    LEAVES.iter().map(|leaf| tree::leaf_hash(&bytes(leaf))).collect()
}

#[test]
fn the_roots_of_the_eight_published_leaves_are_the_published_roots() {
    let mut frontier = Frontier::new();
    assert_eq!(frontier.root(), hash(ROOTS[0]));
    for (leaf, expected) in published_leaves().into_iter().zip(&ROOTS[1..]) {
        frontier.append(leaf);
        assert_eq!(frontier.root(), hash(expected));
    }
}

#[test]
fn the_roots_of_the_subtrees_between_two_sizes_lead_from_one_root_to_the_other() {
    assert_eq!(tree::between(6, 13), [(6, 2), (8, 4), (12, 1)]);
    assert_eq!(tree::between(0, 7), [(0, 4), (4, 2), (6, 1)]);
    assert!(tree::between(5, 5).is_empty() && tree::between(6, 5).is_empty());
    assert_eq!(tree::between(1, u64::MAX).len(), 126);
    let leaves: Vec<Hash> = (0..70_u8).map(|n| tree::leaf_hash(&[n])).collect();
    for old in 0..leaves.len() {
        for new in old..=leaves.len() {
            let mut frontier = Frontier::new();
            leaves[..old].iter().for_each(|leaf| frontier.append(*leaf));
            let place = |place: u64| usize::try_from(place).unwrap();
            let mut roots: Vec<Hash> = tree::between(old as u64, new as u64)
                .into_iter()
                .map(|(first, number)| tree::root(&leaves[place(first)..place(first + number)]))
                .collect();
            let before = frontier.clone();
            assert!(frontier.extend(new as u64, &roots));
            assert_eq!((frontier.size(), frontier.root()), (new as u64, tree::root(&leaves[..new])));
            roots.push(leaves[0]);
            let mut other = before.clone();
            assert!(!other.extend(new as u64, &roots) && other == before, "one too many");
        }
    }
}

#[test]
fn the_published_audit_paths_come_out_and_verify() {
    let leaves = published_leaves();
    for (index, size, path) in INCLUSION {
        let path: Vec<_> = path.iter().map(|h| hash(h)).collect();
        assert_eq!(tree::prove_inclusion(&leaves[..size], index).unwrap(), path);
        let leaf = &leaves[usize::try_from(index).unwrap()];
        assert!(tree::verify_inclusion(leaf, index, size as u64, &path, &hash(ROOTS[size])));
    }
}

#[test]
fn the_published_consistency_proofs_come_out_and_verify() {
    let leaves = published_leaves();
    for (old, size, path) in CONSISTENCY {
        let path: Vec<_> = path.iter().map(|h| hash(h)).collect();
        assert_eq!(tree::prove_consistency(&leaves[..size], old).unwrap(), path);
        let old_root = hash(ROOTS[usize::try_from(old).unwrap()]);
        assert!(tree::verify_consistency((old, &old_root), (size as u64, &hash(ROOTS[size])), &path));
    }
}

#[test]
fn a_published_proof_with_anything_else_in_it_is_refused() {
    let leaves = published_leaves();
    let other = hash("abacaba000000000000000000000000000000000000000000060061e00123456");
    for (index, size, path) in INCLUSION {
        let path: Vec<_> = path.iter().map(|h| hash(h)).collect();
        let (root, leaf, size) = (hash(ROOTS[size]), leaves[usize::try_from(index).unwrap()], size as u64);
        let refused = |index, size, leaf: &Hash, path: &[Hash], root: &Hash| {
            assert!(!tree::verify_inclusion(leaf, index, size, path, root), "{index} of {size}");
        };
        refused(index.wrapping_sub(1), size, &leaf, &path, &root);
        refused(index + 1, size, &leaf, &path, &root);
        refused(index ^ 2, size, &leaf, &path, &root);
        refused(index, size * 2, &leaf, &path, &root);
        refused(index, size / 2, &leaf, &path, &root);
        refused(index, size, &other, &path, &root);
        refused(index, size, &leaf, &path, &other);
        refused(index, size, &leaf, &path, &hash(ROOTS[0]));
        refused(index, size, &leaf, &[&path[..], &[root]].concat(), &root);
        refused(index, size, &leaf, &[&[root], &path[..]].concat(), &root);
        for i in 0..path.len() {
            let mut wrong = path.clone();
            wrong[i] = other;
            refused(index, size, &leaf, &wrong, &root);
            wrong.remove(i);
            refused(index, size, &leaf, &wrong, &root);
        }
    }
    for (old, size, path) in CONSISTENCY.into_iter().filter(|(_, _, path)| !path.is_empty()) {
        let path: Vec<_> = path.iter().map(|h| hash(h)).collect();
        let (old_root, root) = (hash(ROOTS[usize::try_from(old).unwrap()]), hash(ROOTS[size]));
        let size = size as u64;
        let refused = |old: u64, size: u64, old_root: &Hash, root: &Hash, path: &[Hash]| {
            assert!(!tree::verify_consistency((old, old_root), (size, root), path), "{old} to {size}");
        };
        refused(old - 1, size, &old_root, &root, &path);
        refused(old + 1, size, &old_root, &root, &path);
        refused(old ^ 2, size, &old_root, &root, &path);
        refused(old, size * 2, &old_root, &root, &path);
        refused(old, size / 2, &old_root, &root, &path);
        refused(old, size, &other, &root, &path);
        refused(old, size, &old_root, &other, &path);
        refused(old, size, &root, &old_root, &path);
        refused(old, size, &old_root, &root, &[]);
        for extra in [old_root, root, path[0]] {
            refused(old, size, &old_root, &root, &[&path[..], &[extra]].concat());
            refused(old, size, &old_root, &root, &[&[extra], &path[..]].concat());
        }
        for i in 0..path.len() {
            let mut wrong = path.clone();
            wrong[i] = other;
            refused(old, size, &old_root, &root, &wrong);
            wrong.remove(i);
            refused(old, size, &old_root, &root, &wrong);
        }
    }
}

#[test]
fn a_proof_outside_the_tree_does_not_exist() {
    let leaves = published_leaves();
    assert_eq!(tree::prove_inclusion(&leaves, 8), None);
    assert_eq!(tree::prove_inclusion(&[], 0), None);
    assert_eq!(tree::prove_consistency(&leaves, 9), None);
    assert!(!tree::verify_inclusion(&leaves[0], 0, 0, &[], &leaves[0]));
    assert!(tree::verify_consistency((0, &hash(ROOTS[0])), (8, &hash(ROOTS[8])), &[]));
    assert!(!tree::verify_consistency((0, &hash(ROOTS[1])), (8, &hash(ROOTS[8])), &[]));
    assert!(!tree::verify_consistency((8, &hash(ROOTS[8])), (7, &hash(ROOTS[7])), &[]));
}

fn numbered(size: usize) -> (Vec<Hash>, MemoryBackedTree<Sha256, Vec<u8>>) {
    let mut oracle = MemoryBackedTree::new();
    let mut leaves = Vec::new();
    for i in 0..size {
        let leaf = i.to_string().into_bytes();
        leaves.push(tree::leaf_hash(&leaf));
        oracle.push(leaf);
    }
    (leaves, oracle)
}

fn flat(path: &[Hash]) -> Vec<u8> {
    path.iter().flat_map(|h| *h.as_bytes()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn another_implementation_finds_the_same_roots_and_proofs(size in 1usize..700, a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let (leaves, oracle) = numbered(size);
        let root = tree::root(&leaves);
        let other_root = oracle.root();
        prop_assert_eq!(&root.as_bytes()[..], &other_root.as_bytes()[..]);

        let index = a.index(size);
        let path = tree::prove_inclusion(&leaves, index as u64).unwrap();
        let other_path = oracle.prove_inclusion(index);
        prop_assert_eq!(flat(&path), other_path.as_bytes());
        prop_assert!(tree::verify_inclusion(&leaves[index], index as u64, size as u64, &path, &root));

        let old = 1 + b.index(size);
        let old_root = tree::root(&leaves[..old]);
        let path = tree::prove_consistency(&leaves, old as u64).unwrap();
        let other_path = oracle.prove_consistency(size - old);
        prop_assert_eq!(flat(&path), other_path.as_bytes());
        prop_assert!(tree::verify_consistency((old as u64, &old_root), (size as u64, &root), &path));
    }

    #[test]
    fn a_stored_frontier_goes_on_where_it_stopped(before in 0usize..300, after in 0usize..300) {
        let (leaves, _) = numbered(before + after);
        let mut first = Frontier::new();
        leaves[..before].iter().for_each(|leaf| first.append(*leaf));
        let stored = first.to_bytes();
        let mut second = Frontier::from_bytes(before as u64, &stored).unwrap();
        prop_assert_eq!(&second, &first);
        leaves[before..].iter().for_each(|leaf| second.append(*leaf));
        prop_assert_eq!(second.size(), (before + after) as u64);
        prop_assert_eq!(second.root(), tree::root(&leaves));
        prop_assert!(Frontier::from_bytes(before as u64, &[&stored[..], &[0]].concat()).is_err());
        prop_assert!(Frontier::from_bytes(before as u64, &[&stored[..], &[0; 32]].concat()).is_err());
    }
}

//! Chance that repeats itself: the same seed and label always give the same numbers.
//!
//! The numbers come from splitmix64 (Steele, Lea and Flood, 2014), started from the seed mixed with the FNV-1a hash
//! of a label. The label keeps the order of one question independent of every other, so adding a step to a module
//! does not shuffle the rest. Stored attempts depend on this file: what it gives must never change.

/// A source of numbers for one purpose.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The numbers of one seed for one purpose.
    pub(super) fn new(seed: u64, label: &str) -> Self {
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(seed ^ hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`, which is at least 1.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % count).unwrap_or_default()
    }

    /// Puts a list into a chance order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// The list in a chance order.
    pub(super) fn shuffled<T>(mut self, list: &[T]) -> Vec<&T> {
        let mut order: Vec<&T> = list.iter().collect();
        self.shuffle(&mut order);
        order
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        // Reference output of splitmix64 for the state 1234567.
        let mut chance = Chance(1_234_567);
        let found: Vec<u64> = (0..3).map(|_| chance.next()).collect();
        assert_eq!(found, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn stored_attempts_find_their_order_again() {
        let order = Chance::new(42, "cards/first-hour").shuffled(&[0, 1, 2, 3, 4, 5]);
        let again = Chance::new(42, "cards/first-hour").shuffled(&[0, 1, 2, 3, 4, 5]);
        assert_eq!(order, again);
        assert_eq!(
            order,
            PINNED.iter().collect::<Vec<_>>(),
            "changing this order would change what people were shown"
        );
    }

    const PINNED: [i32; 6] = [0, 1, 3, 5, 4, 2];
}

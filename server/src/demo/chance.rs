//! Chance that always falls alike: the demo hospital is the same for everybody.

/// Numbers from a seed (splitmix64).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

/// One fixed seed for the whole hospital.
const SEED: u64 = 0x6b6f_6b6f_726f_6521;

impl Chance {
    /// Chance of its own for one subject, so that a change in one place does not shuffle all others.
    pub(super) fn of(subject: &str) -> Self {
        // FNV-1a: every byte reaches every bit, so that two subjects do not begin alike.
        let folded = subject
            .bytes()
            .fold(SEED, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let mut chance = Self(folded);
        chance.next();
        chance
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.saturating_sub(least).max(0).unsigned_abs().saturating_add(1);
        least.saturating_add_unsigned(self.next() % span)
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, times: u64) -> bool {
        self.next() % 100 < times
    }

    /// One of them; none of nothing.
    pub(super) fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        let at = self.next() % u64::try_from(list.len().max(1)).unwrap_or(1);
        list.get(usize::try_from(at).unwrap_or_default())
    }

    /// The list in a chance order (Fisher and Yates).
    pub(super) fn shuffled<T: Clone>(&mut self, list: &[T]) -> Vec<T> {
        let mut list = list.to_vec();
        for last in (1..list.len()).rev() {
            let at = self.between(0, i64::try_from(last).unwrap_or(0));
            list.swap(last, usize::try_from(at).unwrap_or_default());
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn chance_falls_alike_for_the_same_subject_and_differently_for_another() {
        let row = |subject: &str| -> Vec<i64> {
            let mut chance = Chance::of(subject);
            (0..8).map(|_| chance.between(1, 6)).collect()
        };
        assert_eq!(row("names"), row("names"));
        let rows: std::collections::BTreeSet<Vec<i64>> =
            (0..500).map(|n| row(&format!("person {n}"))).collect();
        assert_eq!(rows.len(), 500, "people do not share their luck");
        assert!(row("names").iter().all(|n| (1..=6).contains(n)));
    }
}

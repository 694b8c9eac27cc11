//! Groups that are too small to be told. A rate of five people tells what each of them answered as soon as one of the five speaks.

/// Groups of fewer people are not told.
pub(super) const FEWEST: i64 = 10;

/// Which groups of a whole must not be told, when the whole itself is: every group below [`FEWEST`], and then, smallest first, further
/// groups until what is hidden is at least two groups of at least [`FEWEST`] people together. Otherwise the whole less what is told
/// would tell it.
pub(super) fn hidden(groups: &[i64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = groups.iter().map(|people| (1..FEWEST).contains(people)).collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    loop {
        let (count, people) = groups
            .iter()
            .zip(&hidden)
            .filter(|(_, hidden)| **hidden)
            .fold((0, 0), |(count, sum), (people, _)| (count + 1, sum + people));
        if count >= 2 && people >= FEWEST {
            return hidden;
        }
        let next = groups
            .iter()
            .zip(hidden.iter_mut())
            .filter(|(people, hidden)| **people > 0 && !**hidden)
            .min_by_key(|(people, _)| **people);
        match next {
            Some((_, next)) => *next = true,
            None => return hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_group_takes_the_next_smallest_with_it() {
        assert_eq!(hidden(&[40, 9, 25, 12]), [false, true, false, true]);
        assert_eq!(hidden(&[40, 25, 10]), [false; 3], "ten are enough");
        assert_eq!(
            hidden(&[40, 4, 5, 25]),
            [false, true, true, true],
            "two groups of nine together are one of nine"
        );
        assert_eq!(hidden(&[40, 7, 6, 25]), [false, true, true, false]);
        assert_eq!(hidden(&[40, 0, 3]), [true, false, true], "nobody is no group");
        assert_eq!(hidden(&[3]), [true]);
        assert_eq!(hidden(&[]), Vec::<bool>::new());
    }

    proptest! {
        #[test]
        fn nothing_hidden_can_be_reckoned_from_the_whole(groups in proptest::collection::vec(0_i64..60, 0..12)) {
            let hidden = hidden(&groups);
            let kept: Vec<i64> = groups.iter().zip(&hidden).filter(|(_, h)| **h).map(|(g, _)| *g).collect();
            prop_assert!(groups.iter().zip(&hidden).all(|(g, h)| *h || *g == 0 || *g >= FEWEST));
            let all = groups.iter().filter(|g| **g > 0).count() == kept.len();
            prop_assert!(kept.is_empty() || all || (kept.len() >= 2 && kept.iter().sum::<i64>() >= FEWEST));
        }
    }
}

//! Who has read a text and what they said of it: whether it may be published. Pure.

use super::store::ReviewRow;
use crate::db::DbError;
use crate::id::StaffId;

/// What somebody said of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be published.
    Approved,
    /// It is to be written otherwise.
    Returned,
}

impl Verdict {
    /// Its word in the database, in forms and in leaves.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Returned => "returned",
        }
    }

    /// Reads [`Verdict::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Approved, Self::Returned].into_iter().find(|verdict| verdict.code() == code)
    }
}

impl TryFrom<String> for Verdict {
    type Error = DbError;
    fn try_from(code: String) -> Result<Self, DbError> {
        Self::from_code(&code).ok_or_else(|| DbError::Inconsistent(format!("nobody says {code} of a draft")))
    }
}

/// How a text stands with those who read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Who approved it.
    pub approved: Vec<StaffId>,
    /// Who sent it back.
    pub returned: Vec<StaffId>,
}

impl Standing {
    /// Of the text with this hash, by these reviews, oldest first. Whoever spoke twice is taken at their last word; what was said of another
    /// text, or by somebody who has written in the draft, says nothing.
    #[must_use]
    pub fn of(hash: &str, reviews: &[ReviewRow], writers: &[StaffId]) -> Self {
        let mut standing = Self::default();
        for review in reviews.iter().filter(|review| review.hash == hash && !writers.contains(&review.by_id))
        {
            standing.approved.retain(|by| *by != review.by_id);
            standing.returned.retain(|by| *by != review.by_id);
            match review.verdict {
                Verdict::Approved => standing.approved.push(review.by_id.clone()),
                Verdict::Returned => standing.returned.push(review.by_id.clone()),
            }
        }
        standing
    }

    /// Whether so many approvals are enough: nobody who sent it back is passed over.
    #[must_use]
    pub fn suffices(&self, needed: usize) -> bool {
        self.returned.is_empty() && self.approved.len() >= needed.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::id::{PolicyDraftId, ReviewId};
    use chrono::DateTime;
    use proptest::prelude::*;

    fn people() -> Vec<StaffId> {
        let ids = (1..=4).map(|n| StaffId::parse(&format!("0199a000-0000-7000-8000-00000000000{n}")));
        ids.map(|id| id.expect("an id")).collect()
    }

    fn review(by: &StaffId, hash: &str, verdict: Verdict) -> ReviewRow {
        let clock = Clock::standing_at(DateTime::UNIX_EPOCH);
        ReviewRow {
            id: ReviewId::new(&clock),
            draft_id: PolicyDraftId::new(&clock),
            hash: hash.into(),
            verdict,
            words: String::new(),
            by_id: by.clone(),
            at: DateTime::UNIX_EPOCH,
            leaf: 0,
        }
    }

    #[test]
    fn only_the_last_word_of_others_on_this_very_text_counts() {
        let people = people();
        let [writer, a, b, c] = people.as_slice() else { panic!("four") };
        let approved = |by, hash| review(by, hash, Verdict::Approved);
        let mut reviews =
            vec![approved(writer, "new"), approved(a, "old"), approved(a, "new"), approved(a, "new")];
        let standing = |reviews: &[ReviewRow]| Standing::of("new", reviews, std::slice::from_ref(writer));
        assert_eq!(
            standing(&reviews).approved.as_slice(),
            std::slice::from_ref(a),
            "not the writer, not another text, nobody twice"
        );
        assert!(!standing(&reviews).suffices(2));
        assert!(standing(&reviews).suffices(1));
        reviews.push(approved(b, "new"));
        assert!(standing(&reviews).suffices(2));
        reviews.push(review(c, "new", Verdict::Returned));
        assert!(!standing(&reviews).suffices(2), "nobody is passed over");
        reviews.push(approved(c, "new"));
        assert!(standing(&reviews).suffices(3));
        assert!(!Standing::default().suffices(0), "never without anybody");
    }

    proptest! {
        #[test]
        fn an_edit_voids_every_approval(said in prop::collection::vec((0_usize..4, any::<bool>()), 0..20)) {
            let people = people();
            let reviews: Vec<ReviewRow> = said
                .into_iter()
                .map(|(by, yes)| review(&people[by], "before", if yes { Verdict::Approved } else { Verdict::Returned }))
                .collect();
            prop_assert!(!Standing::of("after", &reviews, &[]).suffices(1));
        }
    }
}

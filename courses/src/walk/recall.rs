//! Recall: weeks after a module, one question of the final test comes back in other words.

use super::place::{Judged, QuestionPlace, Refusal};
use super::seed::Chance;
use crate::item::{Choice, Grade};
use crate::test::{Family, Test, Variant};

/// A question that comes back by itself, outside any attempt.
#[derive(Clone, Debug)]
pub struct RecallCard<'m> {
    /// What it tests.
    pub family: &'m Family,
    /// Its wording.
    pub variant: &'m Variant,
    /// The choices, in the order in which this person sees them.
    pub choices: Vec<&'m Choice>,
}

impl<'m> RecallCard<'m> {
    /// The question in this wording; none where the pool does not have it.
    #[must_use]
    pub fn of(test: &'m Test, family: &str, variant: &str, seed: u64) -> Option<Self> {
        let family = test.families.iter().find(|known| known.id == family)?;
        let variant = family.variants.iter().find(|known| known.id == variant)?;
        let label = format!("recall/{}/{}", family.id, variant.id);
        Some(Self { family, variant, choices: Chance::new(seed, &label).shuffled(&variant.choices) })
    }

    /// The card as a question of a test: the only one of its round.
    #[must_use]
    pub fn question(&self) -> QuestionPlace<'m> {
        let Self { family, variant, choices } = self.clone();
        QuestionPlace { round: 1, number: 1, of: 1, family, variant, choices }
    }

    /// Judges an answer. It is worth the same as in the test, and leads nowhere.
    ///
    /// # Errors
    /// When there is no such choice.
    pub fn judge(&self, choice: &str) -> Result<Judged, Refusal> {
        let chosen = self.choices.iter().find(|offered| offered.id == choice);
        let grade = chosen.ok_or_else(|| Refusal::Unknown(choice.to_owned()))?.grade;
        Ok(Judged {
            grade: Some(grade),
            points: grade.points(),
            of: 3,
            resolved: grade >= Grade::Ok,
            remarks: Vec::new(),
        })
    }
}

impl Test {
    /// The wording of a family for somebody who has been given these before, oldest first: one they have not been given, by chance, or
    /// else the one that was longest ago.
    #[must_use]
    pub fn fresh_variant(&self, family: &str, given: &[&str], seed: u64) -> Option<&Variant> {
        let family = self.families.iter().find(|known| known.id == family)?;
        let shuffled = Chance::new(seed, &format!("recall/{}", family.id)).shuffled(&family.variants);
        let last_given = |variant: &Variant| given.iter().rposition(|id| *id == variant.id);
        // Of equals the first is taken, and `None`, never given, comes before any place.
        shuffled.into_iter().min_by_key(|variant| last_given(variant))
    }

    /// A family that tests this clause and is none of these, by chance.
    #[must_use]
    pub fn family_of_clause(&self, clause: &str, but: &[String], seed: u64) -> Option<&Family> {
        let fits = |family: &&Family| family.clause == clause && !but.contains(&family.id);
        Chance::new(seed, &format!("recall/clause/{clause}")).shuffled(&self.families).into_iter().find(fits)
    }
}

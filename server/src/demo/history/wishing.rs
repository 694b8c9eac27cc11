//! Asking for exceptions, deciding them, and writing a training that binds nobody yet.

use chrono::TimeDelta;

use super::History;
use crate::db::{DbError, Tx};
use crate::demo::people::{OFFICE, everybody};
use crate::demo::story::Story;
use crate::demo::wishes::{DRAFT, DRAFT_MODULES, Decided, Wish};
use crate::id::DraftId;
use crate::requirements::draft::Draft;
use crate::requirements::exception::{self, Request, Verdict};
use crate::requirements::rule::{Audience, Cycle, Rule};
use crate::requirements::store::draft::DraftRow;
use crate::requirements::store::exception::exceptions_of;
use crate::requirements::store::{self as requirements, Period};

impl History {
    /// Somebody's period of this year's course.
    fn of_this_year(&self, story: &Story, number: u32) -> Option<&Period> {
        let course =
            story.asked.iter().position(|asked| asked.code == format!("sns-{}", story.days.year()))?;
        let person = everybody().iter().position(|person| person.number == number)?;
        self.periods.get(&(course, person))
    }

    pub(super) async fn ask(&self, tx: &mut Tx, story: &Story, wish: Wish) -> Result<(), DbError> {
        let (Some(by), Some(period)) = (self.id_of(wish.by), self.of_this_year(story, wish.of)) else {
            return Ok(());
        };
        let until = wish.until.map(|days| story.days.today() + TimeDelta::days(days));
        let request = Request { kind: wish.kind, words: wish.words.to_owned(), from: None, until };
        exception::ask(tx, (&self.ledger, &self.clock), by, period, &request).await.map(drop)
    }

    pub(super) async fn decide(
        &self,
        tx: &mut Tx,
        story: &Story,
        wish: Wish,
        decided: Decided,
    ) -> Result<(), DbError> {
        let (Some(by), Some(period)) = (self.id_of(decided.by), self.of_this_year(story, wish.of)) else {
            return Ok(());
        };
        let asked = exceptions_of(tx, &period.id).await?;
        let Some(row) = asked.iter().find(|row| row.decided_at.is_none()) else { return Ok(()) };
        let verdict = Verdict { granted: decided.granted, until: None, reply: decided.reply.to_owned() };
        let tracks = &self.content.catalogue.course.tracks;
        exception::decide(tx, (&self.ledger, &self.clock), tracks, by, row, &verdict).await
    }

    pub(super) async fn draft(&self, tx: &mut Tx, story: &Story) -> Result<(), DbError> {
        let [_, colleague] = OFFICE;
        let Some(by) = self.id_of(colleague) else { return Ok(()) };
        let [title, title_en, basis, basis_en] = DRAFT.map(str::to_owned);
        let opens = story.days.today() + TimeDelta::days(14);
        let draft = Draft {
            title,
            title_en,
            basis,
            basis_en,
            signature: false,
            modules: DRAFT_MODULES.map(str::to_owned).to_vec(),
            opens,
            due: opens + TimeDelta::days(60),
            valid_to: None,
            rule: Rule {
                whom: Audience { managers: true, ..Audience::default() },
                cycle: Cycle::Once,
                ..Rule::default()
            },
        };
        let row = DraftRow {
            id: DraftId::new(&self.clock),
            requirement_id: None,
            body: draft.text(),
            made_by: by.clone(),
            made_at: self.clock.now(),
            version: 1,
        };
        requirements::draft::add(tx, &row).await
    }
}

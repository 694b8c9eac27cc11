//! One person's full record, each part of it beside the leaf that proves it.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use kokoroe_app::audit::{
    AnswerLine, AnswerPiece, AttemptLine, AuditPerson, CompletionLine, ExemptionLine, LeafRef, LeaveLine,
    PersonPack, PersonYear, PostingLine, Proof, SignatureLine, SwapLine,
};
use kokoroe_app::training::SheetSummary;
use kokoroe_app::ui::Verdict;
use kokoroe_app::{Lang, ShownIn, paths};

use super::proofs::{Proofs, lost};
use super::reading::{Opened, note};
use super::store;
use super::top::choice;
use crate::db::{Conn, DbError};
use crate::erasure;
use crate::http::{Answer, Auditor, Problem, Visitor, page, query};
use crate::id::StaffId;
use crate::people::department::departments;
use crate::people::display_name;
use crate::people::identity::named_one;
use crate::people::posting::{leaves_of, postings_of};
use crate::people::staff::staff;
use crate::reports::evidence::store::rows_of;
use crate::reports::evidence::{Kept, Row};
use crate::requirements::store::{Exemption, Swap, periods_of};
use crate::state::Site;
use crate::training::because::because;
use crate::training::history::{asked, summary};
use crate::training::my_training::{status_view, track};
use crate::training::overview::Overview;
use crate::training::record::logged;
use crate::training::store::{self as training, Answer as AnswerRow, Attempt};
use crate::training::translate::{Translator, day, moment};
use crate::training::walk::Standing;

/// Everything that is recorded about a person.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    auditor: Auditor,
    Path(id): Path<String>,
) -> Answer {
    let id = StaffId::parse(&id).ok_or(Problem::not_found())?;
    let mut conn = site.db.read().await?;
    let person = staff(&mut conn, &id).await?.ok_or(Problem::not_found())?;
    drop(conn);
    note(&site, &auditor.0.staff, &id, Opened::Audit).await;
    let mut conn = site.db.read().await?;
    let places = departments(&mut conn).await?;
    let place = |id: &crate::id::DepartmentId| {
        let department = places.iter().find(|each| each.id == *id);
        department.map_or_else(String::new, |department| department.name_in(visitor.lang).to_owned())
    };
    let last = |until: chrono::NaiveDate| day(until.pred_opt().unwrap_or(until));
    let postings = postings_of(&mut conn, &id).await?.into_iter().map(|posting| PostingLine {
        department: place(&posting.department_id),
        also: !posting.main,
        from: day(posting.from_on),
        until: posting.to_on.map(last),
    });
    let leaves = leaves_of(&mut conn, &id).await?.into_iter().map(|leave| LeaveLine {
        reason: leave.reason,
        from: day(leave.from_on),
        until: leave.to_on.map(last),
    });
    let (postings, leaves) = (postings.collect(), leaves.collect());
    let mut book = Book::open(&site, &mut conn, &id).await?;
    let named = named_one(&mut conn, &id).await?;
    let is_erased = erasure::store::done(&mut conn, &id).await?.is_some();
    if let Some(named) = named.as_ref().filter(|named| !named.is_bound(is_erased)) {
        book.contradict(Kept::Identities, &id, named.leaf);
    }
    let teller = Teller { site: &site, words: Translator::new(&site, &visitor), lang: visitor.lang, book };
    let logs = store::heads(&mut conn).await?;
    let mut years = Vec::new();
    for period in periods_of(&mut conn, &id).await? {
        let overview = Overview::load(&site, &mut conn, period).await?;
        years.push(teller.year(&mut conn, &overview).await?);
    }
    let view = AuditPerson {
        name: display_name(&person.family, &person.given, &person.roman, visitor.lang),
        kana: display_name(&person.family_kana, &person.given_kana, "", Lang::Ja),
        named: named.map(|named| teller.book.leaf(Kept::Identities, id.as_str(), named.leaf)),
        number: person.staff_no,
        profession: person.profession,
        employment: person.employment,
        joined: day(person.joined_on),
        left: person.left_on.map(last),
        postings,
        leaves,
        readings: query::address(paths::AUDIT_READINGS, [("of", id.as_str())]),
        compared: teller.book.compared(),
        years,
        pack: PersonPack {
            action: paths::AUDIT_PACK.to_owned(),
            person: id.to_string(),
            years: logs
                .iter()
                .rev()
                .enumerate()
                .map(|(i, log)| choice(&log.log_id, i == 0, visitor.lang))
                .collect(),
        },
    };
    Ok(page(&site, &visitor, view))
}

/// The leaves of a person's records, checked.
struct Book(BTreeMap<(Kept, String, i64), LeafRef>);

impl Book {
    async fn open(site: &Site, conn: &mut Conn, staff: &StaffId) -> Result<Self, DbError> {
        let rows = rows_of(conn, staff).await?;
        let all: Vec<&Row> = rows.iter().map(|(_, row)| row).collect();
        let proofs = Proofs::load(site, conn, &all).await?;
        let leaves =
            rows.iter().map(|(kept, row)| ((*kept, row.obj.clone(), row.leaf), proofs.of(*kept, row)));
        Ok(Self(leaves.collect()))
    }

    /// How many records there are, and how many of them do not agree.
    fn compared(&self) -> (u64, u64) {
        let broken = self.0.values().filter(|leaf| leaf.proof == Proof::Broken).count();
        (self.0.len() as u64, broken as u64)
    }

    fn leaf(&self, kept: Kept, obj: &str, leaf: i64) -> LeafRef {
        self.0.get(&(kept, obj.to_owned(), leaf)).cloned().unwrap_or_else(lost)
    }

    /// The leaf of something that has only one of this sort.
    fn only(&self, kept: Kept, obj: &str) -> LeafRef {
        let of = |((other, name, _), _): &(&(Kept, String, i64), &LeafRef)| *other == kept && name == obj;
        self.0.iter().find(of).map_or_else(lost, |(_, leaf)| leaf.clone())
    }

    /// What the leaf binds is not what the records say of the person.
    fn contradict(&mut self, kept: Kept, staff: &StaffId, leaf: i64) {
        if let Some(leaf) = self.0.get_mut(&(kept, staff.to_string(), leaf)) {
            leaf.proof = Proof::Broken;
        }
    }

    /// The leaf of a sort at a place: exemptions are known by it.
    fn at(&self, kept: Kept, leaf: i64) -> LeafRef {
        let of = |((other, _, place), _): &(&(Kept, String, i64), &LeafRef)| *other == kept && *place == leaf;
        self.0.iter().find(of).map_or_else(lost, |(_, leaf)| leaf.clone())
    }
}

struct Teller<'a> {
    site: &'a Site,
    words: Translator<'a>,
    lang: Lang,
    book: Book,
}

impl Teller<'_> {
    fn moment(&self, at: DateTime<Utc>) -> kokoroe_app::Moment {
        moment(at, self.site.calendar())
    }

    async fn year(&self, conn: &mut Conn, overview: &Overview) -> Result<PersonYear, DbError> {
        let Overview { period, requirement, exemptions, completion, .. } = overview;
        let calendar = self.site.calendar();
        let mut attempts = Vec::new();
        let begun = overview.modules.iter().filter_map(|(_, attempt)| attempt.as_ref());
        for attempt in begun.chain(&overview.laid_aside) {
            attempts.push(self.attempt(conn, overview, attempt).await?);
        }
        let mut released = Vec::new();
        for exemption in exemptions {
            released.push(self.exemption(conn, exemption).await?);
        }
        Ok(PersonYear {
            year: requirement.fiscal_year,
            title: requirement.title_in(self.lang).to_owned(),
            status: status_view(overview.status),
            owing: because(self.site, conn, self.words, period, self.site.now()).await?,
            track: track(self.site, conn, self.words, period).await?,
            assigned: self.moment(period.assigned_at),
            due: day(calendar.last_day_before(overview.terms.due_at)),
            leaf: self.book.leaf(Kept::Periods, period.id.as_str(), period.leaf),
            exemptions: released,
            swaps: overview.swaps.iter().map(|swap| self.swap(swap)).collect(),
            attempts,
            signature: self.signature(conn, overview).await?,
            completion: completion.as_ref().map(|completion| CompletionLine {
                number: completion.number.clone(),
                href: (!completion.is_erased()).then(|| format!("/certificates/{}", completion.number)),
                at: self.moment(completion.completed_at),
                in_time: completion.dated() < overview.terms.due_at,
                valid_until: overview.terms.valid_until.map(|until| day(calendar.last_day_before(until))),
                leaf: self.book.leaf(Kept::Completions, period.id.as_str(), completion.leaf),
            }),
        })
    }

    async fn exemption(&self, conn: &mut Conn, exemption: &Exemption) -> Result<ExemptionLine, DbError> {
        let calendar = self.site.calendar();
        let mut names = Vec::new();
        for id in [&exemption.asked_by, &exemption.approved_by] {
            let person = staff(conn, id).await?;
            names.push(person.map_or_else(
                || id.to_string(),
                |person| display_name(&person.family, &person.given, &person.roman, self.lang),
            ));
        }
        let approved_by = names.pop().unwrap_or_default();
        Ok(ExemptionLine {
            reason: exemption.reason.clone(),
            asked_by: names.pop().unwrap_or_default(),
            approved_by,
            from: day(calendar.date(exemption.from_at)),
            until: day(calendar.last_day_before(exemption.until_at)),
            leaf: self.book.at(Kept::Exemptions, exemption.leaf),
        })
    }

    fn swap(&self, swap: &Swap) -> SwapLine {
        let title = |id: &str| match self.site.content.module(id) {
            Some((_, module)) => self.words.words(&module.title),
            None => self.words.either(id, id),
        };
        SwapLine {
            module: title(&swap.module_id),
            instead: (!swap.takes_back()).then(|| title(&swap.instead)),
            at: self.moment(swap.at),
            leaf: self.book.at(Kept::Swaps, swap.leaf),
        }
    }

    async fn attempt(
        &self,
        conn: &mut Conn,
        overview: &Overview,
        attempt: &Attempt,
    ) -> Result<AttemptLine, DbError> {
        let module = &attempt.module_id;
        let standing = Standing::load(self.site, conn, overview.period.clone(), module)
            .await?
            .ok_or_else(|| DbError::Inconsistent(format!("the attempt at {module} is gone")))?;
        Ok(AttemptLine {
            title: self.words.words(&standing.module.title),
            revision: attempt.revision.clone(),
            content: format!("{}/{}", paths::AUDIT_CONTENT, attempt.revision),
            began: self.moment(attempt.started_at),
            finished: attempt.finished_at.map(|at| self.moment(at)),
            laid_aside: overview.laid_aside.contains(attempt),
            leaf: self.book.only(Kept::Attempts, attempt.id.as_str()),
            answers: self.answers(&standing),
        })
    }

    /// The answers in words, where the stored ones still lead through the module; otherwise as they are stored: whoever altered one must not
    /// be able to hide the rest.
    fn answers(&self, standing: &Standing) -> Vec<AnswerLine> {
        let walk = standing.walk().ok();
        let visits = walk.as_ref().map(kokoroe_courses::Walk::visits).unwrap_or_default();
        let lines = standing.answers.iter().enumerate().map(|(n, answer)| {
            let visit = visits.get(n);
            AnswerLine {
                turn: u32::try_from(answer.turn).unwrap_or(0),
                ask: visit.and_then(|visit| asked(self.words, visit)),
                answer: match visit {
                    Some(visit) => summary(self.words, visit).into_iter().map(told).collect(),
                    None => vec![AnswerPiece::Logged(logged(&answer.response))],
                },
                verdict: judged(answer),
                points: (answer.points, answer.out_of),
                at: self.moment(answer.answered_at),
                leaf: self.book.leaf(Kept::Answers, standing.attempt.id.as_str(), answer.leaf),
            }
        });
        lines.collect()
    }

    async fn signature(
        &self,
        conn: &mut Conn,
        overview: &Overview,
    ) -> Result<Option<SignatureLine>, DbError> {
        let Some(signed) = training::attestation(conn, &overview.period.id).await? else { return Ok(None) };
        let policy = self.site.content.pinned_policy(conn, &signed.policy).await?;
        Ok(Some(SignatureLine {
            at: self.moment(signed.signed_at),
            version: policy.map(|policy| policy.version),
            content: format!("{}/{}", paths::AUDIT_CONTENT, signed.policy),
            shown_in: ShownIn::from_tag(&signed.lang).unwrap_or_default(),
            statements: signed.stated(),
            leaf: self.book.leaf(Kept::Attestations, signed.id.as_str(), signed.leaf),
            revision: signed.policy,
        }))
    }
}

/// A piece of an answer as an auditor may know it: of somebody's own words only how many, as in the log.
fn told(piece: SheetSummary) -> AnswerPiece {
    match piece {
        SheetSummary::Course(words) => AnswerPiece::Course(words),
        SheetSummary::Own(text) => AnswerPiece::OwnWords(text.chars().count()),
        SheetSummary::Level(level) => AnswerPiece::Level(level),
        SheetSummary::Row { about, chosen } => AnswerPiece::Row(about, chosen),
        SheetSummary::Looked(label) => AnswerPiece::Looked(label),
        SheetSummary::Again => AnswerPiece::Again,
    }
}

/// The judgement as it is stored.
const fn judged(answer: &AnswerRow) -> Option<Verdict> {
    match answer.grade {
        Some(3) => Some(Verdict::Best),
        Some(2) => Some(Verdict::Ok),
        Some(1) => Some(Verdict::Risky),
        Some(0) => Some(Verdict::Harm),
        _ => None,
    }
}

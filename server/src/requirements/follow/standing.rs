//! What stands in the records for a requirement: the people, and what they hold and have signed.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::people::Known;
use crate::people::known::{known, known_person};
use crate::people::posting::{away, leaves_of};
use crate::reports::store::{held, held_by, recent, signed_by, signed_by_everybody};
use crate::requirements::plan::Held;
use crate::requirements::rule::{Rule, Signed};
use crate::requirements::store::{self, Requirement};
use crate::requirements::term::Away;

/// More people than this are read with everybody else and picked out: a statement for each of thousands would take longer.
pub(super) const ONE_BY_ONE: usize = 200;

/// Everybody in post with what rules look at.
#[derive(Clone, Debug, Default)]
pub struct Everybody {
    /// The people.
    pub people: Vec<Known>,
    /// Their leaves whose end is known.
    pub leaves: HashMap<StaffId, Vec<Away>>,
}

impl Everybody {
    /// As they are on the day of an instant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(conn: &mut Conn, calendar: Calendar, now: DateTime<Utc>) -> Result<Self, DbError> {
        let mut leaves: HashMap<StaffId, Vec<Away>> = HashMap::new();
        for (staff, from, back) in away(conn).await? {
            leaves.entry(staff).or_default().push(Away { from, back });
        }
        Ok(Self { people: known(conn, calendar.date(now)).await?, leaves })
    }

    /// These people alone.
    pub(super) async fn of(
        conn: &mut Conn,
        people: &[StaffId],
        calendar: Calendar,
        now: DateTime<Utc>,
    ) -> Result<Self, DbError> {
        if people.len() > ONE_BY_ONE {
            let these: HashSet<&StaffId> = people.iter().collect();
            let mut all = Self::load(conn, calendar, now).await?;
            all.people.retain(|known| these.contains(&known.staff));
            all.leaves.retain(|staff, _| these.contains(staff));
            return Ok(all);
        }
        let mut of = Self::default();
        for staff in people {
            of.people.extend(known_person(conn, staff, calendar.date(now)).await?);
            let ended = leaves_of(conn, staff)
                .await?
                .into_iter()
                .filter_map(|leave| Some(Away { from: leave.from_on, back: leave.to_on? }));
            of.leaves.insert(staff.clone(), ended.collect());
        }
        Ok(of)
    }
}

/// What stands in the records for a requirement, beside the people.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The newest period of everybody who has one.
    pub held: HashMap<StaffId, Held>,
    /// When people last completed the course, where the rule has a gap.
    pub recent: HashMap<StaffId, DateTime<Utc>>,
    /// What people have signed, where the rule looks at it.
    pub signed: HashMap<StaffId, Signed>,
}

impl Standing {
    /// For a requirement that nobody has yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn for_new(
        conn: &mut Conn,
        requirement: &Requirement,
        now: DateTime<Utc>,
    ) -> Result<Self, DbError> {
        let rule = &requirement.rule;
        Ok(Self {
            held: HashMap::new(),
            recent: within_gap(conn, requirement, rule).await?,
            signed: signatures(conn, requirement, rule, now, None).await?,
        })
    }

    /// For a requirement under a rule.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(
        conn: &mut Conn,
        requirement: &Requirement,
        rule: &Rule,
        now: DateTime<Utc>,
    ) -> Result<Self, DbError> {
        let changes = store::all_terms(conn, &requirement.id).await?;
        Ok(Self {
            held: held(conn, &requirement.id, changes).await?,
            recent: within_gap(conn, requirement, rule).await?,
            signed: signatures(conn, requirement, rule, now, None).await?,
        })
    }

    /// For a requirement under its own rule, of these people alone.
    pub(super) async fn of(
        conn: &mut Conn,
        requirement: &Requirement,
        people: &[StaffId],
        now: DateTime<Utc>,
    ) -> Result<Self, DbError> {
        if people.len() > ONE_BY_ONE {
            let these: HashSet<&StaffId> = people.iter().collect();
            let mut all = Self::load(conn, requirement, &requirement.rule, now).await?;
            all.held.retain(|staff, _| these.contains(staff));
            all.signed.retain(|staff, _| these.contains(staff));
            return Ok(all);
        }
        let mut changes = Vec::new();
        for staff in people {
            changes.extend(store::terms_of(conn, &requirement.id, staff).await?);
        }
        let rule = &requirement.rule;
        Ok(Self {
            held: held_by(conn, &requirement.id, people, changes).await?,
            recent: within_gap(conn, requirement, rule).await?,
            signed: signatures(conn, requirement, rule, now, Some(people)).await?,
        })
    }
}

/// What people, or these people, have signed, where the rule looks at it.
async fn signatures(
    conn: &mut Conn,
    requirement: &Requirement,
    rule: &Rule,
    now: DateTime<Utc>,
    people: Option<&[StaffId]>,
) -> Result<HashMap<StaffId, Signed>, DbError> {
    if rule.whom.signed_before.is_none() {
        return Ok(HashMap::new());
    }
    let Some(people) = people else { return signed_by_everybody(conn, &requirement.id, now).await };
    let mut found = HashMap::new();
    for staff in people {
        found.extend(
            signed_by(conn, &requirement.id, now, staff).await?.map(|signed| (staff.clone(), signed)),
        );
    }
    Ok(found)
}

/// When people last completed the course, where the rule leaves a gap after that.
async fn within_gap(
    conn: &mut Conn,
    requirement: &Requirement,
    rule: &Rule,
) -> Result<HashMap<StaffId, DateTime<Utc>>, DbError> {
    if rule.days.gap > 0 { recent(conn, &requirement.course).await } else { Ok(HashMap::new()) }
}

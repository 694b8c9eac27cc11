//! Doing what was planned, in one write.

use serde_json::json;

use super::plan::{Deed, Planned};
use crate::db::{DbError, Tx};
use crate::id::{DepartmentId, StaffId};
use crate::people::Scribe;
use crate::people::department::{self, NewDepartment};
use crate::people::posting::{Posting, carry_over, end_posting, members_after, postings_of};
use crate::people::role::{end_role, grants_for};
use crate::people::scribe::kind;

/// Makes a change that was planned on the same records. Gives the department whose page shows it.
///
/// # Errors
/// When the database fails; then nothing was done.
pub async fn carry_out(tx: &mut Tx, by: &Scribe<'_>, planned: &Planned) -> Result<DepartmentId, DbError> {
    let on = planned.on;
    let shown = match &planned.deed {
        Deed::Open(new) => department::open(tx, by, new, on).await?,
        Deed::Rename(id, name, name_en) => {
            department::rename(tx, by, id, name, name_en, on).await?;
            id.clone()
        }
        Deed::Move(id, parent) => {
            department::put(tx, by, id, parent.as_ref(), on).await?;
            id.clone()
        }
        Deed::Merge(from, into) => {
            merge(tx, by, from, into, planned).await?;
            into.clone()
        }
        Deed::Split(from, new, people) => split(tx, by, from, new, people, planned).await?,
        Deed::Close(id) => {
            close(tx, by, id, planned).await?;
            id.clone()
        }
    };
    department::settle(tx, by).await?;
    Ok(shown)
}

/// Closes a department; whoever managed it no longer does from that day on.
async fn close(tx: &mut Tx, by: &Scribe<'_>, id: &DepartmentId, planned: &Planned) -> Result<(), DbError> {
    department::close(tx, by, id, planned.on).await?;
    for grant in grants_for(tx, id, planned.on).await? {
        end_role(tx, by, &grant, planned.on).await?;
    }
    Ok(())
}

async fn merge(
    tx: &mut Tx,
    by: &Scribe<'_>,
    from: &[DepartmentId],
    into: &DepartmentId,
    planned: &Planned,
) -> Result<(), DbError> {
    let on = planned.on;
    for source in from {
        let d = json!({ "into": into, "from": on.to_string() });
        by.write(tx, kind("dept.merge")?, source.as_str(), d).await?;
        let below = department::departments_on(tx, on).await?.into_iter().map(|each| each.department);
        let children = below.filter(|each| each.parent_id.as_ref() == Some(source));
        for child in children.filter(|each| each.closed_on.is_none_or(|day| day > on)) {
            if !from.contains(&child.id) {
                department::put(tx, by, &child.id, Some(into), on).await?;
            }
        }
    }
    let mut postings: Vec<Posting> = Vec::new();
    for source in from {
        postings.extend(members_after(tx, source, on).await?.into_iter().map(|member| member.posting));
    }
    // Where people are counted comes first: what they have besides gives way to it.
    postings.sort_by_key(|posting| !posting.main);
    for posting in &postings {
        take_along(tx, by, posting, into, planned).await?;
    }
    for source in from {
        close(tx, by, source, planned).await?;
    }
    Ok(())
}

/// Lets one posting go on in the department that the merged ones have become. Nobody has two postings there at once: the main one stays.
async fn take_along(
    tx: &mut Tx,
    by: &Scribe<'_>,
    posting: &Posting,
    into: &DepartmentId,
    planned: &Planned,
) -> Result<(), DbError> {
    let begins = planned.on.max(posting.from_on);
    let meets = |other: &Posting| {
        other.department_id == *into
            && other.holds_at_all()
            && other.to_on.is_none_or(|to| to > begins)
            && posting.to_on.is_none_or(|to| to > other.from_on)
    };
    let there: Vec<Posting> =
        postings_of(tx, &posting.staff_id).await?.into_iter().filter(|other| meets(other)).collect();
    if !posting.main && !there.is_empty() {
        return end_posting(tx, by, posting, planned.on).await;
    }
    for other in there.iter().filter(|other| !other.main) {
        end_posting(tx, by, other, begins).await?;
    }
    carry_over(tx, by, posting, into, planned.on).await.map(drop)
}

async fn split(
    tx: &mut Tx,
    by: &Scribe<'_>,
    from: &DepartmentId,
    new: &NewDepartment,
    people: &[StaffId],
    planned: &Planned,
) -> Result<DepartmentId, DbError> {
    let to = department::open(tx, by, new, planned.on).await?;
    let d = json!({ "to": to, "from": planned.on.to_string(), "people": people.len() });
    by.write(tx, kind("dept.split")?, from.as_str(), d).await?;
    for member in members_after(tx, from, planned.on).await? {
        let posting = member.posting;
        if people.contains(&posting.staff_id) && posting.holds_on(planned.on) {
            carry_over(tx, by, &posting, &to, planned.on).await?;
        }
    }
    Ok(to)
}

//! What a change of departments would do: looked up and checked, before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kokoroe_app::Lang;
use kokoroe_app::people::{
    Concerned, Effects, Reorganisation, ReorganiseFault as Fault, ReorganiseField as Field,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::asked::{Asked, Faults};
use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, StaffId};
use crate::people::department::timeline::{self, Change, What};
use crate::people::department::{Department, NewDepartment, OnDay, changes, departments_on};
use crate::people::display_name;
use crate::people::posting::{Member, heads, members_after};
use crate::people::role::{ManagerOf, managers};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A new department.
    Open(NewDepartment),
    /// Another name.
    Rename(DepartmentId, String, String),
    /// Another place in the tree.
    Move(DepartmentId, Option<DepartmentId>),
    /// These become part of that.
    Merge(Vec<DepartmentId>, DepartmentId),
    /// These people of a department become a new one.
    Split(DepartmentId, NewDepartment, Vec<StaffId>),
    /// It ends.
    Close(DepartmentId),
}

/// A change that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// From which day.
    pub on: NaiveDate,
    /// What is done.
    pub deed: Deed,
    /// What it does, for showing.
    pub effects: Effects,
    /// A name for exactly this: what somebody saw is what is done.
    pub seal: String,
}

/// The records around a change, on the day on which it begins.
struct Around {
    on: NaiveDate,
    lang: Lang,
    tree: Vec<OnDay>,
    managers: Vec<ManagerOf>,
    heads: BTreeMap<DepartmentId, i64>,
}

/// Looks a change up in the records. `Err` inside: what is wrong with it.
///
/// # Errors
/// When the database fails.
pub async fn plan(
    conn: &mut Conn,
    asked: &Asked,
    now: chrono::DateTime<chrono::Utc>,
    today: NaiveDate,
    lang: Lang,
) -> Result<Result<Planned, Faults>, DbError> {
    let on = match asked.day(today) {
        Ok(on) => on,
        Err(fault) => return Ok(Err(vec![(Field::On, fault)])),
    };
    let around = Around {
        on,
        lang,
        tree: departments_on(conn, on).await?,
        managers: managers(conn, now, on).await?,
        heads: heads(conn, on).await?.into_iter().collect(),
    };
    let found = match asked.what {
        Reorganisation::Open => around.open(asked),
        Reorganisation::Rename => around.rename(asked),
        Reorganisation::Move => around.put(conn, asked).await?,
        Reorganisation::Merge => around.merge(conn, asked).await?,
        Reorganisation::Split => around.split(conn, asked).await?,
        Reorganisation::Close => around.close(conn, asked).await?,
    };
    Ok(found.map(|(deed, effects)| Planned { on, seal: seal(on, &deed, &effects), deed, effects }))
}

fn seal(on: NaiveDate, deed: &Deed, effects: &Effects) -> String {
    let text = json!([on.to_string(), format!("{deed:?}"), format!("{effects:?}")]).to_string();
    hex::encode(Sha256::digest(text.as_bytes())).chars().take(32).collect()
}

type Found = Result<(Deed, Effects), Faults>;

fn fault<T>(field: Field, fault: Fault) -> Result<T, Faults> {
    Err(vec![(field, fault)])
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Around {
    fn get(&self, id: &DepartmentId) -> Option<&OnDay> {
        self.tree.iter().find(|each| each.department.id == *id)
    }

    /// 「0310 3病棟」
    fn named(&self, department: &Department) -> String {
        format!("{} {}", department.code, department.name_in(self.lang))
    }

    fn name_of(&self, id: Option<&DepartmentId>) -> String {
        let found = id.and_then(|id| self.get(id));
        found.map(|each| self.named(&each.department)).unwrap_or_default()
    }

    /// The department that is changed: it exists, and its end is not decided.
    fn own(&self, asked: &Asked) -> Result<&Department, Faults> {
        let found = asked.department.as_ref().and_then(|id| self.get(id));
        let Some(OnDay { department, is_open }) = found else {
            return fault(Field::Whole, Fault::NoDepartment);
        };
        if department.closed_on.is_some() {
            return fault(Field::Whole, Fault::Closed);
        }
        if !is_open {
            return fault(Field::On, Fault::NotOpen(department.name_in(self.lang).to_owned()));
        }
        Ok(department)
    }

    /// A department that is open on the day and whose end is not decided.
    fn open_one(&self, field: Field, id: &str) -> Result<&Department, Faults> {
        let found = DepartmentId::parse(id).and_then(|id| self.get(&id));
        let Some(OnDay { department, is_open }) = found else { return fault(field, Fault::NoDepartment) };
        if !is_open || department.closed_on.is_some() {
            return fault(field, Fault::NotOpen(department.name_in(self.lang).to_owned()));
        }
        Ok(department)
    }

    /// The department above, or none for the top.
    fn above(&self, id: &str) -> Result<Option<&Department>, Faults> {
        if id.is_empty() { Ok(None) } else { self.open_one(Field::Parent, id).map(Some) }
    }

    fn new_one(&self, asked: &Asked) -> Result<NewDepartment, Faults> {
        let mut faults: Faults = Vec::new();
        faults.extend(asked.code_fault().map(|fault| (Field::Code, fault)));
        if self.tree.iter().any(|each| each.department.code == asked.code) {
            faults.push((Field::Code, Fault::CodeTaken));
        }
        faults.extend(asked.name_fault().map(|fault| (Field::Name, fault)));
        let parent = match self.above(&asked.parent) {
            Ok(parent) => parent.map(|parent| parent.id.clone()),
            Err(more) => {
                faults.extend(more);
                None
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(NewDepartment {
            code: asked.code.clone(),
            name: asked.name.clone(),
            name_en: asked.name_en.clone(),
            parent,
            position: self.tree.iter().map(|each| each.department.position).max().unwrap_or(0) + 1,
        })
    }

    fn managers_of<'s>(&'s self, ids: &'s [DepartmentId]) -> impl Iterator<Item = &'s ManagerOf> {
        self.managers.iter().filter(|manager| ids.contains(&manager.department_id))
    }

    fn names<'s>(&'s self, all: impl Iterator<Item = &'s ManagerOf>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        all.filter(|manager| seen.insert(manager.staff_id.clone()))
            .map(|each| {
                let name = display_name(&each.family, &each.given, &each.roman, self.lang);
                format!("{name} {}", each.staff_no)
            })
            .collect()
    }

    fn concerned(&self, member: &Member) -> Concerned {
        Concerned {
            name: display_name(&member.family, &member.given, &member.roman, self.lang),
            number: member.staff_no.clone(),
            also: !member.posting.main,
        }
    }

    fn open(&self, asked: &Asked) -> Found {
        let new = self.new_one(asked)?;
        let effects = Effects {
            departments: vec![format!("{} {}", new.code, new.name)],
            under: new.parent.as_ref().map(|parent| self.name_of(Some(parent))),
            ..Effects::default()
        };
        Ok((Deed::Open(new), effects))
    }

    fn rename(&self, asked: &Asked) -> Found {
        let own = self.own(asked)?;
        if let Some(wrong) = asked.name_fault() {
            return fault(Field::Name, wrong);
        }
        let name_en = if asked.name_en.is_empty() { &asked.name } else { &asked.name_en };
        if (&own.name, &own.name_en) == (&asked.name, name_en) {
            return fault(Field::Name, Fault::Same);
        }
        let effects = Effects {
            departments: vec![self.named(own)],
            turned: Some(if own.name == asked.name {
                (own.name_en.clone(), name_en.clone())
            } else {
                (own.name.clone(), asked.name.clone())
            }),
            tell: self.names(self.managers_of(std::slice::from_ref(&own.id))),
            ..Effects::default()
        };
        Ok((Deed::Rename(own.id.clone(), asked.name.clone(), asked.name_en.clone()), effects))
    }

    async fn put(&self, conn: &mut Conn, asked: &Asked) -> Result<Found, DbError> {
        let (own, parent) = match self.own(asked).and_then(|own| Ok((own, self.above(&asked.parent)?))) {
            Ok(found) => found,
            Err(faults) => return Ok(Err(faults)),
        };
        let parent_id = parent.map(|parent| parent.id.clone());
        if own.parent_id == parent_id {
            return Ok(fault(Field::Parent, Fault::Same));
        }
        let mut all = changes(conn).await?;
        all.push(Change {
            department: own.id.clone(),
            from_on: self.on,
            what: What::Moved { parent: parent_id.clone() },
        });
        if timeline::states(&all).is_err() {
            return Ok(fault(Field::Parent, Fault::Ring));
        }
        let inside = |each: &&OnDay| each.department.path.starts_with(&own.path);
        let ids =
            |path: &str| -> Vec<DepartmentId> { path.split('/').filter_map(DepartmentId::parse).collect() };
        let (before, after) = (ids(&own.path), ids(parent.map_or("", |parent| &parent.path)));
        let lost: Vec<DepartmentId> =
            before.iter().filter(|id| **id != own.id && !after.contains(id)).cloned().collect();
        let gained: Vec<DepartmentId> = after.iter().filter(|id| !before.contains(id)).cloned().collect();
        let (lose_sight, gain_sight) =
            (self.names(self.managers_of(&lost)), self.names(self.managers_of(&gained)));
        let mut told = lost;
        told.extend(gained);
        told.push(own.id.clone());
        let people: i64 =
            self.tree.iter().filter(inside).filter_map(|each| self.heads.get(&each.department.id)).sum();
        let effects = Effects {
            departments: vec![self.named(own)],
            turned: Some((self.name_of(own.parent_id.as_ref()), self.name_of(parent_id.as_ref()))),
            along: self
                .tree
                .iter()
                .filter(inside)
                .filter(|each| each.is_open && each.department.id != own.id)
                .map(|each| self.named(&each.department))
                .collect(),
            staying: u32::try_from(people).unwrap_or(0),
            lose_sight,
            gain_sight,
            tell: self.names(self.managers_of(&told)),
            ..Effects::default()
        };
        Ok(Ok((Deed::Move(own.id.clone(), parent_id), effects)))
    }

    /// The departments that become part of another one: the one whose page it is, and those whose codes were typed.
    fn sources(&self, asked: &Asked) -> Result<Vec<&Department>, Faults> {
        let mut all = vec![self.own(asked)?];
        for code in asked.others.split([' ', ',', '、', '　']).filter(|code| !code.is_empty()) {
            let found = self.tree.iter().find(|each| each.department.code == code);
            let Some(found) = found else {
                return fault(Field::Others, Fault::NoSuchCode(code.to_owned()));
            };
            let other = self.open_one(Field::Others, found.department.id.as_str())?;
            if !all.contains(&other) {
                all.push(other);
            }
        }
        Ok(all)
    }

    async fn merge(&self, conn: &mut Conn, asked: &Asked) -> Result<Found, DbError> {
        let found = self.sources(asked).and_then(|all| Ok((all, self.open_one(Field::Into, &asked.into)?)));
        let (sources, into) = match found {
            Ok(found) => found,
            Err(faults) => return Ok(Err(faults)),
        };
        if sources.contains(&into) {
            return Ok(fault(Field::Into, Fault::Same));
        }
        if sources.iter().any(|source| into.path.starts_with(&source.path)) {
            return Ok(fault(Field::Into, Fault::TargetBelow));
        }
        let ids: Vec<DepartmentId> = sources.iter().map(|source| source.id.clone()).collect();
        let mut moving = Vec::new();
        for id in &ids {
            for member in members_after(conn, id, self.on).await? {
                let one = self.concerned(&member);
                if !moving.contains(&one) {
                    moving.push(one);
                }
            }
        }
        let mut told = ids.clone();
        told.push(into.id.clone());
        let effects = Effects {
            departments: sources.iter().map(|source| self.named(source)).collect(),
            to: Some(self.named(into)),
            along: self
                .children(&ids)
                .filter(|child| !ids.contains(&child.id))
                .map(|child| self.named(child))
                .collect(),
            lose_sight: self.names(self.managers_of(&ids)),
            moving,
            tell: self.names(self.managers_of(&told)),
            ..Effects::default()
        };
        Ok(Ok((Deed::Merge(ids, into.id.clone()), effects)))
    }

    /// The departments right below these that are not closed by the day.
    fn children<'s>(&'s self, of: &'s [DepartmentId]) -> impl Iterator<Item = &'s Department> {
        let below = |department: &&Department| {
            department.parent_id.as_ref().is_some_and(|parent| of.contains(parent))
                && department.closed_on.is_none_or(|on| on > self.on)
        };
        self.tree.iter().map(|each| &each.department).filter(below)
    }

    async fn split(&self, conn: &mut Conn, asked: &Asked) -> Result<Found, DbError> {
        let (own, new) = match self.own(asked).and_then(|own| Ok((own, self.new_one(asked)?))) {
            Ok(found) => found,
            Err(faults) => return Ok(Err(faults)),
        };
        let members = members_after(conn, &own.id, self.on).await?;
        let there = members.iter().filter(|member| member.posting.holds_on(self.on));
        let (moving, staying): (Vec<&Member>, Vec<&Member>) =
            there.partition(|member| asked.people.iter().any(|id| id == member.posting.staff_id.as_str()));
        if moving.is_empty() {
            return Ok(fault(Field::People, Fault::Nobody));
        }
        let effects = Effects {
            departments: vec![self.named(own)],
            to: Some(format!("{} {}", new.code, new.name)),
            under: new.parent.as_ref().map(|parent| self.name_of(Some(parent))),
            moving: moving.iter().map(|member| self.concerned(member)).collect(),
            staying: small(staying.len()),
            tell: self.names(self.managers_of(std::slice::from_ref(&own.id))),
            ..Effects::default()
        };
        let mut people: Vec<StaffId> = moving.iter().map(|member| member.posting.staff_id.clone()).collect();
        people.dedup();
        Ok(Ok((Deed::Split(own.id.clone(), new, people), effects)))
    }

    async fn close(&self, conn: &mut Conn, asked: &Asked) -> Result<Found, DbError> {
        let own = match self.own(asked) {
            Ok(own) => own,
            Err(faults) => return Ok(Err(faults)),
        };
        let ids = [own.id.clone()];
        let people = members_after(conn, &own.id, self.on).await?.len();
        let below = self.children(&ids).count();
        let mut faults: Faults = Vec::new();
        faults.extend((people > 0).then(|| (Field::Whole, Fault::PeopleThere(small(people)))));
        faults.extend((below > 0).then(|| (Field::Whole, Fault::BelowThere(small(below)))));
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let effects = Effects {
            departments: vec![self.named(own)],
            tell: self.names(self.managers_of(&ids)),
            ..Effects::default()
        };
        Ok(Ok((Deed::Close(own.id.clone()), effects)))
    }
}

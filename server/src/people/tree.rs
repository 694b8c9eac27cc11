//! The tree of departments.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::NaiveDate;
use kokoroe_app::Lang;
use kokoroe_app::people::{DepartmentNode, DepartmentTree, Managing};

use super::department::{Department, OnDay, changes, departments_on, timeline::What};
use super::department_record::shown;
use super::list::{DEPARTMENTS, PEOPLE};
use super::posting::heads;
use super::role::managers;
use super::staff::{self, Search};
use crate::http::{Answer, Office, Visitor, page};
use crate::id::DepartmentId;
use crate::state::Site;
use crate::training::translate::day;

/// Every department with its people and managers.
pub async fn show(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let lang = visitor.lang;
    let now = site.now();
    let today = site.calendar().date(now);
    let mut conn = site.db.read().await?;
    let all = departments_on(&mut conn, today).await?;
    let opened: BTreeMap<DepartmentId, NaiveDate> = changes(&mut conn)
        .await?
        .into_iter()
        .filter(|change| matches!(change.what, What::Opened { .. }))
        .map(|change| (change.department, change.from_on))
        .collect();
    let heads: BTreeMap<DepartmentId, i64> = heads(&mut conn, today).await?.into_iter().collect();
    let mut managed: BTreeMap<DepartmentId, Vec<Managing>> = BTreeMap::new();
    for manager in managers(&mut conn, now, today).await? {
        managed.entry(manager.department_id.clone()).or_default().push(shown(&manager, lang));
    }
    let everybody = staff::count(&mut conn, &Search::default(), today).await?;
    drop(conn);
    let counted: i64 = heads.values().sum();
    let mut below: BTreeMap<Option<&DepartmentId>, Vec<&Department>> = BTreeMap::new();
    for OnDay { department, .. } in &all {
        below.entry(department.parent_id.as_ref()).or_default().push(department);
    }
    let known = Known { below, heads, managed, opened, today, lang };
    let tree = DepartmentTree {
        departments: known.branch(None),
        nowhere: u32::try_from(everybody - counted).unwrap_or(0),
        open: format!("{DEPARTMENTS}/open"),
        people: PEOPLE.to_owned(),
    };
    Ok(page(&site, &visitor, tree))
}

struct Known<'a> {
    below: BTreeMap<Option<&'a DepartmentId>, Vec<&'a Department>>,
    heads: BTreeMap<DepartmentId, i64>,
    managed: BTreeMap<DepartmentId, Vec<Managing>>,
    opened: BTreeMap<DepartmentId, NaiveDate>,
    today: NaiveDate,
    lang: Lang,
}

impl Known<'_> {
    fn branch(&self, above: Option<&DepartmentId>) -> Vec<DepartmentNode> {
        let departments = self.below.get(&above).map_or(&[][..], Vec::as_slice);
        departments.iter().map(|department| self.node(department)).collect()
    }

    fn node(&self, department: &Department) -> DepartmentNode {
        let children = self.branch(Some(&department.id));
        let people = self.heads.get(&department.id).and_then(|count| u32::try_from(*count).ok()).unwrap_or(0);
        DepartmentNode {
            code: department.code.clone(),
            name: department.name_in(self.lang).to_owned(),
            people,
            below: people + children.iter().map(|child| child.below).sum::<u32>(),
            managers: self.managed.get(&department.id).cloned().unwrap_or_default(),
            closed: department.closed_on.is_some_and(|day| day <= self.today),
            opens: self.opened.get(&department.id).filter(|on| **on > self.today).map(|on| day(*on)),
            record: format!("{DEPARTMENTS}/{}/record", department.id),
            href: format!("{PEOPLE}?below={}", department.id),
            children,
        }
    }
}

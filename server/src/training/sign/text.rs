//! The page of the text that somebody is about to sign, with what has changed since their last signature.

use kokoroe_app::policy::Comparison;
use kokoroe_app::training::{PolicySign, StatementView};

use super::{base, text_path};
use crate::db::DbError;
use crate::http::Visitor;
use crate::id::StaffId;
use crate::policies::difference::clauses;
use crate::state::Site;
use crate::training::last_signed::last_signed;
use crate::training::overview::Overview;
use crate::training::policy::{Pinned, TextAsked, body, changes, contents, versions};
use crate::training::translate::{Translator, day, effective};

/// Who signs what, and how they read.
pub(super) struct Desk<'d> {
    pub(super) site: &'d Site,
    pub(super) visitor: &'d Visitor,
    pub(super) staff: &'d StaffId,
    pub(super) overview: &'d Overview,
    pub(super) present: &'d Pinned,
}

impl Desk<'_> {
    /// The page, with these statements ticked.
    pub(super) async fn text(&self, asked: &TextAsked, ticked: &[&str]) -> Result<PolicySign, DbError> {
        let Self { site, visitor, staff, overview, present } = *self;
        let Pinned { hash, policy } = present;
        let period = &overview.period.id;
        let reader = Translator::new(site, visitor);
        let (words, plain) = asked.read(reader, policy, &base(period));
        let mut conn = site.db.read().await?;
        let last = last_signed(site, &mut conn, staff, period).await?;
        // Whoever signs for the first time is told of no changes: the whole text is new to them.
        let since = last.as_ref().map_or(policy.version, |last| last.version);
        let mut newer =
            if since < policy.version { versions(site, &mut conn, policy).await? } else { Vec::new() };
        let signed = match last.as_ref().filter(|last| last.hash != *hash) {
            Some(last) => site.content.pinned_policy(&mut conn, &last.hash).await?,
            None => None,
        };
        drop(conn);
        newer.retain(|policy| policy.version > since);
        let told = |version: &u32| {
            newer.iter().any(|policy| policy.version == *version && !policy.changes.is_empty())
        };
        Ok(PolicySign {
            title: words.words(&policy.title),
            version: policy.version,
            effective: effective(policy),
            contents: contents(words, policy),
            body: body(words, policy, ""),
            unchanged: last.as_ref().is_some_and(|last| last.hash == *hash),
            last_signed: last.map(|last| (last.version, day(site.calendar().date(last.at)))),
            changes: changes(words, &newer),
            untold: (since + 1..=policy.version).filter(|version| !told(version)).collect(),
            compared: signed.map(|signed| Comparison {
                before: signed.version,
                after: policy.version,
                clauses: clauses(&signed, policy, visitor.lang),
            }),
            alone: overview.requirement.is_signature(),
            translation: visitor.lang != kokoroe_app::Lang::Ja,
            plain,
            statements: policy
                .statements
                .iter()
                .map(|statement| StatementView {
                    id: statement.id.clone(),
                    // What is ticked is what is signed.
                    text: reader.binding().words(&statement.text),
                    plain: statement
                        .text
                        .easy
                        .as_ref()
                        .filter(|_| words.is_plain())
                        .map(|_| words.words(&statement.text)),
                    ticked: ticked.contains(&statement.id.as_str()),
                })
                .collect(),
            missing: false,
            action: text_path(period, asked.is_binding()),
            back: "/".to_owned(),
        })
    }
}

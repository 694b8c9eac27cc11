//! A clause of the policy, named where it matters.

use crate::ui::say::Words;

/// A link to a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseLink {
    /// Its number: 4 for C4, shown as 第4条.
    pub number: u8,
    /// Its title without the number: 「患者さんの情報」.
    pub title: Words,
    /// Address of the clause in the policy, in the version that the attempt was begun with.
    pub href: String,
}

//! Versions and people as the pages name them.

use kokoroe_app::Lang;
use kokoroe_app::policy::ChangeView;
use kokoroe_courses::ChangeKind;

use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::people::display_name;
use crate::people::staff::staff;

/// How much a version changes, as the page knows it.
#[must_use]
pub const fn change(kind: ChangeKind) -> ChangeView {
    match kind {
        ChangeKind::Editorial => ChangeView::Editorial,
        ChangeKind::Material => ChangeView::Material,
        ChangeKind::Urgent => ChangeView::Urgent,
    }
}

/// What somebody is called; whoever is not on record by their id.
pub(super) async fn person(conn: &mut Conn, id: &StaffId, lang: Lang) -> Result<String, DbError> {
    Ok(staff(conn, id).await?.map_or_else(
        || id.to_string(),
        |person| display_name(&person.family, &person.given, &person.roman, lang),
    ))
}

//! The lists of people that somebody asked for, for themselves alone.

use axum::extract::State;
use kokoroe_app::exports::ExportsPage;
use kokoroe_app::paths;

use super::keeper::Keeper;
use super::lines::{Liner, PAGE, part};
use super::store::{self, Which};
use crate::http::query::{self, QueryFields};
use crate::http::{Answer, Visitor, page};
use crate::state::Site;

/// The page. `page` may stand in its address.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    keeper: Keeper,
    fields: QueryFields,
) -> Answer {
    let [number] = query::once(["page"], fields.iter())?;
    let base = paths::OFFICE_EXPORTS;
    let own = Which { kind: "people", by: keeper.signed.staff.as_str() };
    let mut conn = site.db.read().await?;
    let liner = Liner::new(&site, &mut conn, visitor.lang, base).await?;
    let of = store::count(&mut conn, own).await?;
    let number = number.parse().unwrap_or(1);
    let (_, skip) = part(base, number, of, 0);
    let rows = store::list(&mut conn, own, PAGE, skip).await?;
    let (shown, _) = part(base, number, of, rows.len());
    let mut lines = Vec::new();
    for row in &rows {
        lines.push(liner.line(&mut conn, row).await?);
    }
    drop(conn);
    let view = ExportsPage { lines, part: shown, kept_days: super::kept_days(&site.hospital) };
    Ok(page(&site, &visitor, view))
}

//! The lists of people that somebody asked for, for themselves alone.

use axum::extract::State;
use kokoroe_app::exports::ExportsPage;
use kokoroe_app::paths;

use super::keeper::Keeper;
use super::lines::Liner;
use super::store::Which;
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
    let own = Which { kind: "people", by: keeper.signed.staff.as_str() };
    let mut conn = site.db.read().await?;
    let liner = Liner::new(&site, &mut conn, visitor.lang, paths::OFFICE_EXPORTS).await?;
    let (lines, shown) = liner.page(&mut conn, own, number.parse().unwrap_or(1)).await?;
    drop(conn);
    let view = ExportsPage { lines, part: shown, kept_days: super::kept_days(&site.hospital) };
    Ok(page(&site, &visitor, view))
}

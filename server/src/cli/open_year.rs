//! `kokoroe open-year`

use chrono::NaiveDate;
use clap::Args;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::requirements::year::{Opened, Order, open_year};

/// The command's options.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    Everybody in post owes the year's course from its first day on; whoever joins later owes it from their first day of \
    work, with at least sixty days. A year is opened once and cannot be altered afterwards. The server must not be running \
    meanwhile.\n\n\
    開始日に在籍している全員に割り当てます。\
    後から入職した人には、入職日に割り当てます（期限まで60日以上あります）。\
    一度始めた年度の内容は変えられません。\
    サーバーを止めてから実行します。")]
pub(super) struct OpenYear {
    /// The fiscal year, by the year in which it begins; the present one if it is not given
    #[arg(long)]
    year: Option<i64>,
    /// The first day, as 2026-04-01; today if it is not given, or the first day of a year that is still to come
    #[arg(long, value_name = "DAY")]
    opens: Option<NaiveDate>,
    /// The last day; 31 October of the year if it is not given, or three months from the first day if that is past
    #[arg(long, value_name = "DAY")]
    due: Option<NaiveDate>,
    /// The last day on which a completion counts; until the next year's completion if it is not given
    #[arg(long, value_name = "DAY")]
    valid_to: Option<NaiveDate>,
    /// Why the hospital asks for it, for reports and inspections
    #[arg(long, value_name = "TEXT", requires = "basis_en")]
    basis: Option<String>,
    /// The same in English
    #[arg(long, value_name = "TEXT", requires = "basis")]
    basis_en: Option<String>,
    #[command(flatten)]
    records: Records,
}

impl OpenYear {
    pub(super) async fn run(self) -> Outcome {
        let Self { year, opens, due, valid_to, basis, basis_en, records } = self;
        let (_lock, site) = records.open().await?;
        let order = Order { year, opens, due, valid_to, basis: basis.zip(basis_en) };
        let inner = site.clone();
        let opened = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let course = &inner.content.catalogue.course;
                    open_year(tx, &inner.ledger, &inner.clock, course, order).await
                })
            })
            .await;
        site.db.look_again().await?;
        site.db.close().await;
        let Opened { requirement, people } = opened.map_err(Failure::from)?;
        let opens = site.calendar().date(requirement.opens_at);
        let due = site.calendar().last_day_before(requirement.due_at);
        say::line(&format!("{}: {} · {}", requirement.code, requirement.title, requirement.title_en));
        say::line(&format!("Opens {opens}, last day {due}; {people} people owe it now."));
        say::line(&format!("開始 {opens}、期限 {due}。{people}人に割り当てました。"));
        if requirement.opens_at > site.now() {
            say::line(
                "The server gives it to everybody on its first day. 開始日に、サーバーが全員に割り当てます。",
            );
        } else if people == 0 {
            say::line(
                "Nobody is in post yet: run kokoroe import-staff. 在籍者がまだいません。kokoroe import-staff で取り込みます。",
            );
        }
        Ok(())
    }
}

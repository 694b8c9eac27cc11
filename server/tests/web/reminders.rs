//! Reminders, the mail that carries them, and who spoke to whom.

mod deciding;
mod evidence;
mod pages;
mod sending;

use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::id::StaffId;
use kokoroe_server::people::{self, Scribe, staff};
use kokoroe_server::{Site, on, start};

use crate::support::TestSite;
use crate::support::people::Ward;

/// A hospital with a [`Ward`] whose settings name this mail server, and who has an address: the two nurses of 3病棟 and both managers.
struct Posted {
    test: TestSite,
    ward: Ward,
    site: Site,
}

impl Posted {
    async fn on(engine: Engine, server: &str, quiet: &str) -> Self {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let settings =
            [("mail.server", server), ("mail.from", "training@mail.example.jp"), ("mail.quiet", quiet)];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let (site, people) = (test.site.clone(), ward.clone());
        let written: Result<(), DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    for (name, value) in settings {
                        people::hospital::set(tx, &by, &name, &value).await?;
                    }
                    for id in [&people.nurse, &people.other_nurse, &people.manager, &people.fourth_manager] {
                        let mut person = staff::staff(tx, id).await?.expect("a person");
                        person.mail = format!("s{}@mail.example.jp", person.staff_no);
                        people::update_staff(tx, &by, &person).await?;
                    }
                    Ok(())
                })
            })
            .await;
        written.expect("settings and addresses");
        // Settings are read at the start.
        let site = start::site(test.site.config.clone(), test.clock.clone()).await.expect("a site");
        Self { test, ward, site }
    }

    /// A second server on the same records.
    async fn another(&self) -> Site {
        start::site(self.test.site.config.clone(), self.test.clock.clone()).await.expect("a site")
    }

    async fn count(&self, statement: &'static str) -> i64 {
        count(&self.site, statement).await
    }
}

async fn count(site: &Site, statement: &'static str) -> i64 {
    let mut conn = site.db.read().await.expect("a connection");
    on!(&mut conn, |c| sqlx::query_scalar(statement).fetch_one(c).await).expect("a count")
}

/// Lets somebody off: they have nothing to do any more.
async fn exempt(test: &TestSite, ward: &Ward, staff: &StaffId) {
    use kokoroe_server::requirements::period;
    use kokoroe_server::requirements::store::Exemption;
    let exemption = Exemption {
        period_id: test.period(staff).await,
        reason: "産休".into(),
        asked_by: ward.manager.clone(),
        approved_by: ward.office.clone(),
        from_at: test.clock.now(),
        until_at: test.clock.now() + chrono::TimeDelta::days(300),
        leaf: 0,
    };
    let site = test.site.clone();
    let done: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move { period::exempt(tx, &site.ledger, &site.clock, exemption).await })
        })
        .await;
    done.expect("exempt");
}

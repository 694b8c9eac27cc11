//! What the server does by itself in a large group: what is owed, and who is reminded.

use std::time::Instant;

use kokoroe_server::clock::{Calendar, Clock};
use kokoroe_server::config::{Config, Origin};
use kokoroe_server::reminders::{decide, digest};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::year::{Order, open_year};
use kokoroe_server::{Site, start};

use crate::figures::Figures;
use crate::group::Group;

async fn open(group: &Group) -> Site {
    let config = Config {
        data: group.folder.clone(),
        location: group.location(),
        listen: ([127, 0, 0, 1], 0).into(),
        origin: Origin::parse("http://localhost").expect("an origin"),
        trusted_proxies: Vec::new(),
        calendar: Calendar::default(),
        demo: false,
    };
    start::site(config, Clock::standing_at(Clock::system().now())).await.expect("the group")
}

pub(crate) async fn measure(figures: &mut Figures, group: &Group) {
    let site = open(group).await;
    let seconds = |figures: &mut Figures, what: &str, began: Instant, budget: Option<f64>| {
        let took = began.elapsed().as_secs_f64();
        match budget {
            Some(budget) => figures.at_most(&group.figure(what), took, "s", budget),
            None => figures.plain(&group.figure(what), took, "s"),
        }
    };
    let began = Instant::now();
    follow_all(&site).await.expect("followed");
    seconds(figures, "period work where nothing is to be done", began, Some(60.0));
    let began = Instant::now();
    let reminded = decide::run(&site).await.expect("reminded");
    digest::run(&site).await.expect("told");
    seconds(figures, "reminders, the first time", began, None);
    figures.note(&format!("{reminded} people"));
    let began = Instant::now();
    let reminded = decide::run(&site).await.expect("reminded");
    digest::run(&site).await.expect("told");
    seconds(figures, "reminders, an hour later", began, None);
    figures.note(&format!("{reminded} people"));

    // The next year opens: everybody comes to owe its course in one night.
    let year = site.calendar().fiscal_year(site.now()) + 1;
    site.clock.set(site.calendar().start_of(site.calendar().first_day_of(year)));
    let inner = site.clone();
    let began = Instant::now();
    let opened = site.db.write(move |tx| {
        Box::pin(async move {
            let (ledger, clock, course) = (&inner.ledger, &inner.clock, &inner.content.catalogue.course);
            open_year(tx, ledger, clock, course, Order { year: Some(year), ..Order::default() }).await
        })
    });
    let opened = opened.await.expect("opened");
    seconds(figures, "period work when a year opens: given to everybody", began, Some(60.0));
    assert!(opened.people >= u64::from(group.people) * 98 / 100, "{opened:?}");
    site.db.close().await;
}

//! A group of hospitals as `kokoroe make-hospital` makes it.

use kokoroe_server::clock::Calendar;
use kokoroe_server::config::{Config, Origin};
use kokoroe_server::db::Engine;
use kokoroe_server::demo::group::{Made, Size, make};

use super::{ORIGIN, TestSite, at, fresh_folder, fresh_location};

/// A group on this engine, with the staff numbers by which to look into it.
pub(crate) async fn group(engine: Engine, size: Size, now: &str) -> (TestSite, Made) {
    let folder = fresh_folder();
    let config = Config {
        data: folder.clone(),
        location: fresh_location(engine, &folder).await,
        listen: ([127, 0, 0, 1], 0).into(),
        origin: Origin::parse(ORIGIN).expect("an origin"),
        trusted_proxies: Vec::new(),
        calendar: Calendar::default(),
        demo: false,
    };
    let made = make(config, at(now), size, |_| {}).await.expect("a group");
    let (site, clock) = (made.site.clone(), made.site.clock.clone());
    (TestSite { site, clock, folder }, made)
}

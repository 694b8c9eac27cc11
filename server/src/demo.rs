//! The demo hospital.

use kokoroe_app::Lang;
use kokoroe_app::account::DemoPerson;

use crate::state::Site;

/// The invented people whom a newcomer may be, and their password; nobody on a real server.
#[must_use]
pub fn people_to_be(site: &Site, _lang: Lang) -> (Vec<DemoPerson>, Option<String>) {
    if !site.config.demo {
        return (Vec::new(), None);
    }
    (Vec::new(), None)
}

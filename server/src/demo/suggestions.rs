//! Whom a newcomer may be.

use kokoroe_app::account::DemoPerson;
use kokoroe_app::{Lang, RoleView, say};

use super::people::{
    AUDITORS, FINISHED, FRESH, MIDDLE, NURSING_HEAD, OFFICE, RETRY, TO_SIGN, WARD_HEAD, person,
};
use crate::people::display_name;
use crate::state::Site;

/// The invented people whom a newcomer may be, and their password; nobody on a real server.
#[must_use]
pub fn people_to_be(site: &Site, lang: Lang) -> (Vec<DemoPerson>, Option<String>) {
    if !site.config.demo {
        return (Vec::new(), None);
    }
    (suggestions(lang), Some(super::PASSWORD.to_owned()))
}

fn suggestions(lang: Lang) -> Vec<DemoPerson> {
    let [office, _] = OFFICE;
    let [auditor, _] = AUDITORS;
    let learner = RoleView::Learner;
    let notes = [
        (
            *FRESH.start(),
            learner,
            say!(lang, "3病棟。今年の研修はまだ始めていません", "Ward 3, has not begun this year's training"),
        ),
        (MIDDLE, learner, say!(lang, "3病棟。研修の途中です", "Ward 3, in the middle of the training")),
        (
            RETRY,
            learner,
            say!(
                lang,
                "3病棟。確認テストをやり直すところです",
                "Ward 3, to take some of the final test again"
            ),
        ),
        (TO_SIGN, learner, say!(lang, "3病棟。あとは署名だけです", "Ward 3, has only to sign")),
        (
            FINISHED,
            learner,
            say!(lang, "3病棟。今年の研修を終えました", "Ward 3, has finished this year's training"),
        ),
        (WARD_HEAD, RoleView::Manager, say!(lang, "3病棟の看護師長", "Head nurse of Ward 3")),
        (
            NURSING_HEAD,
            RoleView::Manager,
            say!(lang, "看護部長。5つの部署を見ます", "Director of Nursing, five departments"),
        ),
        (
            office,
            RoleView::Office,
            say!(lang, "病院全体の受講を進めます", "Runs the year for the whole hospital"),
        ),
        (
            auditor,
            RoleView::Auditor,
            say!(lang, "監査室。記録を確かめます", "Internal audit, checks the records"),
        ),
    ];
    notes
        .into_iter()
        .filter_map(|(number, role, note)| {
            let name = &person(number)?.name;
            Some(DemoPerson {
                number: number.to_string(),
                name: display_name(name.family, name.given, &name.roman, lang),
                role,
                note,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_can_be_tried_in_both_languages() {
        for lang in [Lang::Ja, Lang::En] {
            let people = suggestions(lang);
            assert_eq!(people.len(), 9);
            for role in [RoleView::Learner, RoleView::Manager, RoleView::Office, RoleView::Auditor] {
                assert!(people.iter().any(|person| person.role == role), "{role:?}");
            }
        }
    }
}

//! The checklists of the course, to use outside of the training.

use axum::extract::State;
use kokoroe_app::training::{ChecklistView, Checklists};
use kokoroe_courses::{Content, Module, Step, Task};

use super::translate::Translator;
use crate::http::{Answer, Learner, Visitor, page};
use crate::state::Site;

/// Every checklist of the course as it is taught now.
pub async fn show(State(site): State<Site>, visitor: Visitor, _: Learner) -> Answer {
    let words = Translator::new(&site, &visitor);
    let catalogue = &site.content.catalogue;
    let lists = catalogue.modules.iter().flat_map(|module| of_module(words, module)).collect();
    Ok(page(&site, &visitor, Checklists { lists }))
}

fn of_module(words: Translator<'_>, module: &Module) -> Vec<ChecklistView> {
    let Content::Lesson(steps) = &module.content else { return Vec::new() };
    steps
        .iter()
        .filter_map(|step| {
            let Step::Item(item) = step else { return None };
            let Task::Checklist(list) = &item.task else { return None };
            Some(ChecklistView {
                title: words.words(&item.ask),
                module: words.words(&module.title),
                points: list
                    .options
                    .iter()
                    .map(|line| (words.words(&line.text), line.why.as_ref().map(|why| words.words(why))))
                    .collect(),
            })
        })
        .collect()
}

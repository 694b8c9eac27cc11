//! Single items: fair, answerable, and with decoys.

use super::{Desk, choosing};
use crate::draft::fired;
use crate::item::{Choice, Draft, Grade, Hotspot, Item, Order, Task};
use crate::read::module::ModuleFiles;

/// Words that would give a region away.
const LEAK_WORDS: &[&str] = &[
    "個人情報",
    "患者名",
    "氏名",
    "病名",
    "漏え",
    "漏れ",
    "特定でき",
    "特定される",
    "写ってはいけない",
    "危険",
    "問題がある",
];

pub(super) fn check(desk: &mut Desk<'_>, files: &ModuleFiles, item: &Item) {
    let file = format!("{}{}.toml", files.folder, item.id);
    for post in item.posts.iter().filter(|post| post.when.is_some()) {
        desk.error(&file, &format!("{}.when", post.id), "an item has no flags; take `when` out");
    }
    match &item.task {
        Task::Judge(choices) => {
            if !(3..=4).contains(&choices.len()) {
                desk.error(
                    &file,
                    "choice",
                    format!("a judge has 3 or 4 choices; this one has {}", choices.len()),
                );
            }
            exactly_one_best(desk, &file, "choice", choices.iter());
        }
        Task::Hotspot(hotspot) => check_hotspot(desk, files, &file, hotspot),
        Task::Order(order) => check_order(desk, &file, order),
        Task::Draft(draft) => check_draft(desk, files, &file, item, draft),
        Task::Pick(pick) => choosing::pick(desk, &file, pick),
        Task::Assign(assign) => choosing::assign(desk, &file, item, assign),
        Task::Mosaic(mosaic) => choosing::mosaic(desk, &file, item, mosaic),
        Task::Contact(whom) => choosing::whom(desk, &file, whom),
        Task::Lookup(lookup) => choosing::lookup(desk, &file, lookup),
        Task::Checklist(list) => choosing::checklist(desk, &file, list),
        Task::Confidence { .. } | Task::Reflect { .. } => {
            if item.must {
                desk.error(&file, "must", "this kind is never scored; take `must` out");
            }
        }
    }
}

/// Exactly one answer is the best.
pub(super) fn exactly_one_best<'c>(
    desk: &mut Desk<'_>,
    file: &str,
    key: &str,
    choices: impl Iterator<Item = &'c Choice>,
) {
    let best = choices.filter(|choice| choice.grade == Grade::Best).count();
    if best != 1 {
        desk.error(file, key, format!("exactly one choice is `best`; here there are {best}"));
    }
}

fn check_hotspot(desk: &mut Desk<'_>, files: &ModuleFiles, file: &str, hotspot: &Hotspot) {
    if !files.module.drawings.contains_key(&hotspot.image) {
        desk.error(file, "image", format!("the folder of the module has no drawing `{}`", hotspot.image));
    }
    let all = hotspot.regions.len();
    if !(8..=12).contains(&all) {
        desk.error(file, "region", format!("a picture has 8 to 12 regions; this one has {all}"));
    }
    let leaks = hotspot.regions.iter().filter(|region| region.leak).count();
    if (all - leaks) * 10 < all * 4 {
        let message = format!("at least 40 % of the regions are harmless; here {} of {all} are", all - leaks);
        desk.error(file, "region", message);
    }
    let [width, height] = hotspot.size;
    for region in &hotspot.regions {
        let at = format!("{}.at", region.id);
        let [x, y, w, h] = region.at;
        if w < 60 || h < 60 {
            desk.error(file, &at, "a region is at least 60 wide and 60 high, so that a finger can hit it");
        }
        if x.checked_add(w).is_none_or(|right| right > width)
            || y.checked_add(h).is_none_or(|end| end > height)
        {
            desk.error(file, &at, format!("the region lies outside the drawing of {width} × {height}"));
        }
        if region.must && !region.leak {
            desk.error(file, &format!("{}.must", region.id), "only a region with leak = true can be a must");
        }
        if region.leak && region.cite.is_none() {
            desk.error(
                file,
                &region.id,
                "a region that leaks says which clause speaks of it; add cite = \"C…\"",
            );
        }
        if let Some(word) = LEAK_WORDS.iter().find(|word| region.label.ja.contains(**word)) {
            let message = format!("「{word}」 gives the answer away; the label says only what one sees");
            desk.error(file, &format!("{}.label", region.id), message);
        }
    }
}

fn check_order(desk: &mut Desk<'_>, file: &str, order: &Order) {
    if !(4..=6).contains(&order.cards.len()) {
        desk.error(file, "card", format!("an order has 4 to 6 cards; this one has {}", order.cards.len()));
    }
    for (at, card) in order.cards.iter().enumerate() {
        if order.cards.iter().take(at).any(|other| other.text.ja == card.text.ja) {
            desk.error(
                file,
                &format!("{}.text", card.id),
                "two cards with the same words cannot be told apart",
            );
        }
    }
}

fn check_draft(desk: &mut Desk<'_>, files: &ModuleFiles, file: &str, item: &Item, draft: &Draft) {
    if draft.max == 0 {
        desk.error(file, "max", "a reply needs room; set max to 140 or so");
    }
    if draft.models.len() != 2 {
        desk.error(
            file,
            "model",
            format!("a draft shows 2 model replies; this one has {}", draft.models.len()),
        );
    }
    if draft.rules.is_empty() {
        desk.error(file, "rule", "a draft without rules says nothing about a reply; add [[rule]] tables");
    }
    for model in &draft.models {
        let replies = [Some(model.text.ja.as_str()), model.text.en.as_deref()];
        for reply in replies.into_iter().flatten() {
            for rule in draft.rules.iter().filter(|rule| rule.level != crate::item::Level::Good) {
                if fired(rule, reply).is_some() {
                    let message = format!("the rule `{}` objects to this model reply: {reply}", rule.id);
                    desk.error(file, &format!("{}.text", model.id), message);
                }
            }
        }
    }
    let samples = files.samples.get(&item.id).map(Vec::as_slice).unwrap_or_default();
    if samples.len() < 3 {
        desk.error(
            file,
            "sample",
            format!("the rules are tried on at least 3 samples; there are {}", samples.len()),
        );
    }
    for sample in samples {
        for id in sample.fires.iter().filter(|id| !draft.rules.iter().any(|rule| rule.id == **id)) {
            desk.error(file, &format!("{}.fires", sample.key), format!("there is no rule `{id}`"));
        }
        for rule in &draft.rules {
            let (speaks, expected) = (fired(rule, &sample.text).is_some(), sample.fires.contains(&rule.id));
            if speaks != expected {
                let verb = if speaks {
                    "speaks, though the sample does not expect it"
                } else {
                    "is silent, though the sample expects it"
                };
                desk.error(file, &format!("{}.fires", sample.key), format!("the rule `{}` {verb}", rule.id));
            }
        }
    }
}

//! Items that tick, sort, mend or look something up: answerable, with decoys, and not all the same.

use std::collections::BTreeSet;

use super::Desk;
use super::items::exactly_one_best;
use crate::item::{
    Assign, AssignKind, Checklist, Grade, Item, Lookup, Mosaic, Pick, PickKind, PickOption, WHOLE, Whom,
};

/// How many options can be weighed on one screen.
const OPTIONS: std::ops::RangeInclusive<usize> = 5..=9;

pub(super) fn pick(desk: &mut Desk<'_>, file: &str, pick: &Pick) {
    let name = if pick.kind == PickKind::MarkText { "phrase" } else { "option" };
    let options: Vec<&PickOption> = pick.options.iter().filter(|option| !option.plain).collect();
    if !OPTIONS.contains(&options.len()) {
        let message = format!("5 to 9 can be ticked; here it is {}", options.len());
        desk.error(file, name, message);
    }
    decoys(desk, file, name, &options);
    for option in options {
        if option.must && !option.hit {
            desk.error(file, &format!("{}.must", option.id), "only a hit can be a must");
        }
        if option.hit && option.cite.is_none() {
            desk.error(file, &option.id, "a hit says which clause speaks of it; add cite = \"C…\"");
        }
    }
}

/// Something applies, and enough does not.
fn decoys(desk: &mut Desk<'_>, file: &str, key: &str, options: &[&PickOption]) {
    let hits = options.iter().filter(|option| option.hit).count();
    let all = options.len();
    if hits == 0 {
        desk.error(file, key, "nothing here is a hit; add hit = true where it applies");
    } else if (all - hits) * 10 < all * 4 {
        let message = format!("at least 40 % are decoys; here {} of {all} are", all - hits);
        desk.error(file, key, message);
    }
}

pub(super) fn assign(desk: &mut Desk<'_>, file: &str, item: &Item, assign: &Assign) {
    let (name, range) = match assign.kind {
        AssignKind::Triage => ("row", 5..=8),
        AssignKind::Sort => ("row", 5..=8),
        AssignKind::Redact => ("part", 3..=8),
    };
    let rows: Vec<_> = assign.asked().filter(|row| row.id != WHOLE).collect();
    if !range.contains(&rows.len()) {
        let message =
            format!("{} to {} are decided about; here it is {}", range.start(), range.end(), rows.len());
        desk.error(file, name, message);
    }
    if assign.kind == AssignKind::Sort && !(2..=3).contains(&assign.groups.len()) {
        desk.error(file, "group", format!("a sort has 2 or 3 groups; here are {}", assign.groups.len()));
    }
    for row in assign.asked() {
        let acts = assign.acts(row);
        for act in std::iter::once(&row.best).chain(&row.ok).chain(&row.harm) {
            if !acts.contains(&act.as_str()) {
                let message = format!("there is no `{act}` here; there are {}", acts.join(", "));
                desk.error(file, &format!("{}.best", row.id), message);
            }
        }
    }
    let best: BTreeSet<&str> = rows.iter().map(|row| row.best.as_str()).collect();
    if rows.len() > 1 && best.len() == 1 {
        desk.error(file, name, "the best is the same everywhere; let them differ");
    }
    if assign.kind == AssignKind::Triage {
        for row in &rows {
            if !item.posts.iter().any(|post| post.id == row.id) {
                desk.error(file, &row.id, format!("there is no post `{}` to decide about", row.id));
            }
        }
        for post in &item.posts {
            if !rows.iter().any(|row| row.id == post.id) {
                desk.error(
                    file,
                    &post.id,
                    format!("nothing is decided about the post `{}`; add a [[row]]", post.id),
                );
            }
        }
    }
}

pub(super) fn mosaic(desk: &mut Desk<'_>, file: &str, item: &Item, mosaic: &Mosaic) {
    if !(2..=4).contains(&item.posts.len()) {
        desk.error(file, "post", format!("a mosaic has 2 to 4 posts; here are {}", item.posts.len()));
    }
    if !(4..=6).contains(&mosaic.clues.len()) {
        desk.error(file, "clue", format!("a mosaic has 4 to 6 clues; here are {}", mosaic.clues.len()));
    }
    if mosaic.clues.iter().filter(|clue| clue.hit).count() < 2 {
        desk.error(file, "clue", "at least two clues fit together; add hit = true");
    }
    if mosaic.clues.iter().all(|clue| clue.hit) {
        desk.error(file, "clue", "at least one clue tells nothing; take one hit out");
    }
    exactly_one_best(desk, file, "finding", mosaic.findings.iter());
    exactly_one_best(desk, file, "cut", mosaic.cuts.iter());
}

pub(super) fn whom(desk: &mut Desk<'_>, file: &str, whom: &Whom) {
    for option in &whom.options {
        if !whom.book.iter().any(|contact| contact.id == option.id) {
            desk.error(file, &option.id, format!("contacts.toml has no contact `{}`", option.id));
        }
    }
    if !whom.options.iter().any(|option| option.grade == Grade::Best) {
        desk.error(file, "option", "nobody is the best to turn to; give one contact grade = \"best\"");
    }
    if !(2..=4).contains(&whom.ways.len()) {
        desk.error(file, "way", format!("2 to 4 ways are offered; here are {}", whom.ways.len()));
    }
    if !whom.ways.iter().any(|way| way.grade == Grade::Best) {
        desk.error(file, "way", "no way is the best; give one grade = \"best\"");
    }
    if whom.otherwise.ja.is_empty() {
        desk.error(file, "option", "say why other contacts are not right: [else] with why = \"…\"");
    }
}

pub(super) fn lookup(desk: &mut Desk<'_>, file: &str, lookup: &Lookup) {
    for (field, clause) in
        std::iter::once(("best", &lookup.best)).chain(lookup.ok.iter().map(|clause| ("ok", clause)))
    {
        if !lookup.clauses.iter().any(|known| known.id == *clause) {
            desk.error(file, field, format!("the policy has no clause `{clause}`"));
        }
    }
}

pub(super) fn checklist(desk: &mut Desk<'_>, file: &str, list: &Checklist) {
    if !(3..=8).contains(&list.options.len()) {
        desk.error(file, "option", format!("a checklist has 3 to 8 lines; here are {}", list.options.len()));
    }
}

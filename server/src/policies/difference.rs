//! What differs between two versions of the policy: clause by clause, line by line, and within a line letter by letter. Pure.

use kokoroe_app::Lang;
use kokoroe_app::policy::{ClauseChange, ClauseDifference, LineDifference, Piece};
use kokoroe_app::ui::Words;
use kokoroe_courses::{Passage, Policy, Text};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::draft::renumber;
use crate::training::translate::course_lang;

/// Lines that have less than this share of their letters in common are told as two lines, of a hundred.
const ALIKE: usize = 40;
/// So few letters that stayed between two changes are part of the change: a diff of single letters is not read.
const STRAY: usize = 2;

/// A part of a policy in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    id: String,
    title: String,
    lines: Vec<String>,
    lang: Lang,
}

/// Every part in which two versions differ, in the order of the later one; what was taken out stands last.
#[must_use]
pub fn clauses(before: &Policy, after: &Policy, lang: Lang) -> Vec<ClauseDifference> {
    let mut before = before.clone();
    for statement in &mut before.statements {
        // That the signer names another version is no news.
        renumber(&mut statement.text, before.version, after.version);
    }
    let (old, new) = (parts(&before, lang), parts(after, lang));
    let mut found = Vec::new();
    for part in &new {
        match old.iter().find(|known| known.id == part.id) {
            Some(known) if known.lines == part.lines && known.title == part.title => {}
            Some(known) => found.push(changed(known, part)),
            None => found.push(whole(part, ClauseChange::Added)),
        }
    }
    let gone = old.iter().filter(|known| !new.iter().any(|part| part.id == known.id));
    found.extend(gone.map(|part| whole(part, ClauseChange::Removed)));
    found
}

fn parts(policy: &Policy, lang: Lang) -> Vec<Part> {
    let preamble = match lang {
        Lang::Ja => "はじめに",
        Lang::En => "Opening",
    };
    let statements = match lang {
        Lang::Ja => "署名の前に確かめること",
        Lang::En => "Before you sign",
    };
    let mut parts = vec![part("preamble", preamble.to_owned(), &policy.preamble, lang)];
    for clause in &policy.clauses {
        let mut found = part(&clause.id, text(&clause.heading, lang), &clause.body, lang);
        found.lines.insert(0, found.title.clone());
        parts.push(found);
    }
    let lines = policy.statements.iter().map(|statement| text(&statement.text, lang)).collect();
    parts.push(Part { id: "statements".to_owned(), title: statements.to_owned(), lines, lang });
    parts
}

fn part(id: &str, title: String, passage: &Passage, lang: Lang) -> Part {
    let (prose, shown) = passage.get(course_lang(lang));
    let lang = if shown == kokoroe_courses::Lang::En { Lang::En } else { Lang::Ja };
    Part { id: id.to_owned(), title, lines: prose.plain().lines().map(str::to_owned).collect(), lang }
}

fn text(text: &Text, lang: Lang) -> String {
    text.get(course_lang(lang)).0.to_owned()
}

fn whole(part: &Part, change: ClauseChange) -> ClauseDifference {
    let lines = part.lines.iter().map(|line| {
        let pieces = vec![piece(line, true, part.lang)];
        match change {
            ClauseChange::Removed => LineDifference { before: pieces, after: Vec::new() },
            ClauseChange::Added | ClauseChange::Changed => {
                LineDifference { before: Vec::new(), after: pieces }
            }
        }
    });
    ClauseDifference { title: Words::plain(part.lang, &part.title), change, lines: lines.collect() }
}

fn changed(old: &Part, new: &Part) -> ClauseDifference {
    let mut lines = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, &old.lines, &new.lines) {
        if matches!(change, DiffOp::Equal { .. }) {
            continue;
        }
        let before = old.lines.get(change.old_range()).unwrap_or_default();
        let after = new.lines.get(change.new_range()).unwrap_or_default();
        for at in 0..before.len().max(after.len()) {
            lines.extend(line(before.get(at), after.get(at), (old.lang, new.lang)));
        }
    }
    ClauseDifference { title: Words::plain(new.lang, &new.title), change: ClauseChange::Changed, lines }
}

/// A line before and after. Two that have little in common are told one after the other.
fn line(before: Option<&String>, after: Option<&String>, (old, new): (Lang, Lang)) -> Vec<LineDifference> {
    let alone = |line: &String, lang| vec![piece(line, true, lang)];
    let removed = |line| LineDifference { before: alone(line, old), after: Vec::new() };
    let added = |line| LineDifference { before: Vec::new(), after: alone(line, new) };
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (before, after) => return before.map(removed).into_iter().chain(after.map(added)).collect(),
    };
    let (a, b) = (tokens(before), tokens(after));
    let changes = joined(capture_diff_slices(Algorithm::Myers, &a, &b));
    let length = |tokens: &[&str]| tokens.iter().map(|token| token.chars().count()).sum::<usize>();
    let kept = changes.iter().filter(|(same, ..)| *same);
    let kept: usize = kept.map(|(_, range, _)| length(a.get(range.clone()).unwrap_or_default())).sum();
    if kept * 200 < ALIKE * (length(&a) + length(&b)) {
        return vec![removed(before), added(after)];
    }
    let side = |of: &[&str], later: bool, lang| {
        let pieces = changes.iter().filter_map(|(same, old, new)| {
            let words = of.get(if later { new.clone() } else { old.clone() })?.concat();
            (!words.is_empty()).then(|| piece(words, !same, lang))
        });
        pieces.collect()
    };
    vec![LineDifference { before: side(&a, false, old), after: side(&b, true, new) }]
}

type Stretch = (bool, std::ops::Range<usize>, std::ops::Range<usize>);

/// Stretches that stayed and stretches that changed, in turn; what stayed for a letter or two between changes belongs to them.
fn joined(changes: Vec<DiffOp>) -> Vec<Stretch> {
    let last = changes.len().saturating_sub(1);
    let mut out: Vec<Stretch> = Vec::new();
    for (at, change) in changes.into_iter().enumerate() {
        let inner = at > 0 && at < last;
        let same = matches!(change, DiffOp::Equal { .. }) && !(inner && change.new_range().len() <= STRAY);
        match out.last_mut().filter(|(kind, ..)| *kind == same) {
            Some((_, old, new)) => {
                old.end = change.old_range().end;
                new.end = change.new_range().end;
            }
            None => out.push((same, change.old_range(), change.new_range())),
        }
    }
    out
}

fn piece(words: impl Into<String>, marked: bool, lang: Lang) -> Piece {
    Piece { words: Words::plain(lang, words), marked }
}

/// Words of Latin letters and digits as they are, every other letter by itself: Japanese has no spaces.
fn tokens(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (token, after) = rest.split_at(word.max(first.len_utf8()));
        out.push(token);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::content::EMBEDDED;
    use kokoroe_courses::Clause;
    use kokoroe_courses::policy_text::read;
    use proptest::prelude::*;

    fn shown(pieces: &[Piece]) -> String {
        let mark = |piece: &Piece| {
            let words = piece.words.text();
            if piece.marked { format!("[{words}]") } else { words }
        };
        pieces.iter().map(mark).collect()
    }

    fn of(before: &str, after: &str) -> Vec<(String, String)> {
        let part = |text: &str| Part {
            id: "C1".into(),
            title: "第1条".into(),
            lines: text.lines().map(str::to_owned).collect(),
            lang: Lang::Ja,
        };
        let found = changed(&part(before), &part(after));
        found.lines.iter().map(|line| (shown(&line.before), shown(&line.after))).collect()
    }

    #[test]
    fn a_line_shows_what_was_taken_out_and_what_came_in() {
        let found =
            of("返事は三日のうちにします。\n同じ文です。", "返事は次の勤務日までにします。\n同じ文です。");
        assert_eq!(
            found,
            [("返事は[三日のうち]にします。".into(), "返事は[次の勤務日まで]にします。".into())]
        );
        let found = of("Version 4 of the rules", "Version 5 of the rules");
        assert_eq!(found, [("Version [4] of the rules".into(), "Version [5] of the rules".into())]);
    }

    #[test]
    fn lines_without_much_in_common_are_told_one_after_the_other() {
        let found = of("すぐに消します。", "写真を撮り、所属長へ電話をかけてください");
        assert_eq!(found.len(), 2);
        assert_eq!(found.first(), Some(&("[すぐに消します。]".into(), String::new())));
    }

    #[test]
    fn clauses_that_came_or_went_are_told_whole_and_the_others_not_at_all() {
        let before = EMBEDDED.policy.clone();
        assert_eq!(clauses(&before, &before, Lang::Ja), []);
        let mut after = before.clone();
        let body = Passage { ja: read("新しい約束です。").expect("a text"), ..Passage::default() };
        after.clauses.push(Clause { id: "C15".into(), heading: Text::ja("第15条 院内の広報"), body });
        let found = clauses(&before, &after, Lang::Ja);
        assert_eq!(found.iter().map(|each| each.change).collect::<Vec<_>>(), [ClauseChange::Added]);
        let back = clauses(&after, &before, Lang::En);
        assert_eq!(back.iter().map(|each| each.change).collect::<Vec<_>>(), [ClauseChange::Removed]);
        assert_eq!(back[0].title.lang, Lang::Ja, "what has no English is told in Japanese");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_whole_from_their_difference(before in "[あいうabc 。]{1,20}", after in "[あいうabc 。]{1,20}") {
            let told = line(Some(&before), Some(&after), (Lang::Ja, Lang::Ja));
            let all = |side: fn(&LineDifference) -> &Vec<Piece>| {
                told.iter().flat_map(side).map(|piece| piece.words.text()).collect::<String>()
            };
            prop_assert_eq!(all(|line| &line.before), before);
            prop_assert_eq!(all(|line| &line.after), after);
        }
    }
}

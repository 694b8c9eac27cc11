//! What answers to items that tick, sort, mend or look something up are worth.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_courses::{
    Assign, AssignKind, AssignRow, Channel, Checklist, Grade, Group, Judged, Lookup, Mosaic, Pick, PickKind,
    PickOption, Refusal, Response, StoryTime, Task, Text, WHOLE, Walk, Way, Whom, WhomOption,
};

use crate::random::{choice, item_of, lesson_of};

fn answered(task: &Task, must: bool, response: Response) -> Result<Judged, Refusal> {
    let module = lesson_of(vec![item_of(task.clone(), must)]);
    let mut walk = Walk::begin(&module, 1);
    walk.answer(response).map(|visit| visit.judged.clone())
}

fn worth(task: &Task, response: Response) -> (Option<Grade>, u16, u16) {
    let judged = answered(task, false, response).unwrap();
    (judged.grade, judged.points, judged.of)
}

fn option(id: &str, hit: bool, must: bool) -> PickOption {
    PickOption {
        id: id.to_owned(),
        text: Text::ja("しるし"),
        plain: id == "plain",
        hit,
        must,
        why: Some(Text::ja("理由")),
        cite: None,
    }
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn picks(ids: &[&str]) -> Response {
    Response::Picks(set(ids))
}

fn row(id: &str, best: &str, ok: &[&str], harm: &[&str], must: bool) -> AssignRow {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    AssignRow {
        id: id.to_owned(),
        text: Some(Text::ja("文")),
        soft: (id != "hard").then(|| Text::ja("ある人")),
        plain: id == "plain",
        best: best.to_owned(),
        ok: words(ok),
        harm: words(harm),
        must,
        why: Some(Text::ja("理由")),
        cite: None,
    }
}

fn rows(acts: &[(&str, &str)]) -> Response {
    Response::Rows(acts.iter().map(|(row, act)| ((*row).to_owned(), (*act).to_owned())).collect())
}

fn group(id: &str) -> Group {
    Group { id: id.to_owned(), text: Text::ja("名") }
}

fn list() -> Task {
    let options = vec![
        option("a", true, true),
        option("b", true, false),
        option("c", false, false),
        option("plain", false, false),
    ];
    Task::Pick(Pick { kind: PickKind::SpotList, options })
}

#[test]
fn a_list_is_best_when_exactly_what_applies_is_ticked_and_ok_when_every_must_is() {
    assert_eq!(worth(&list(), picks(&["a", "b"])), (Some(Grade::Best), 2, 2));
    assert_eq!(worth(&list(), picks(&["a", "c"])), (Some(Grade::Ok), 0, 2));
    assert_eq!(worth(&list(), picks(&["b"])), (Some(Grade::Risky), 1, 2));
    assert_eq!(worth(&list(), picks(&[])), (Some(Grade::Risky), 0, 2));
}

#[test]
fn words_between_the_others_cannot_be_ticked() {
    assert_eq!(
        answered(&list(), false, picks(&["plain"])).unwrap_err(),
        Refusal::Unknown("plain".to_owned())
    );
}

fn feed() -> Task {
    let rows = vec![
        row("a", "nothing", &["consult"], &["reply"], false),
        row("b", "keep-report", &["report"], &["reply"], true),
        row("c", "nothing", &[], &[], false),
    ];
    Task::Assign(Assign { kind: AssignKind::Triage, groups: Vec::new(), rows })
}

#[test]
fn a_feed_is_best_when_every_post_is_and_a_must_that_does_harm_is_harm() {
    let all = |b: &str, c: &str| rows(&[("a", "nothing"), ("b", b), ("c", c)]);
    assert_eq!(worth(&feed(), all("keep-report", "nothing")), (Some(Grade::Best), 9, 9));
    assert_eq!(worth(&feed(), all("report", "nothing")), (Some(Grade::Ok), 8, 9));
    assert_eq!(worth(&feed(), all("consult", "nothing")), (Some(Grade::Risky), 7, 9));
    assert_eq!(worth(&feed(), all("reply", "nothing")), (Some(Grade::Harm), 6, 9));
    // 7 of 9 points are more than 70 %, although one post was answered poorly.
    assert_eq!(worth(&feed(), all("keep-report", "reply")), (Some(Grade::Ok), 7, 9));
}

#[test]
fn every_row_is_decided_once_and_with_an_act_that_is_offered() {
    let refused = |response| answered(&feed(), false, response).unwrap_err();
    assert_eq!(refused(rows(&[("a", "nothing"), ("b", "report")])), Refusal::Missing("c".to_owned()));
    assert_eq!(
        refused(rows(&[("a", "nothing"), ("b", "report"), ("c", "cut")])),
        Refusal::Unknown("cut".to_owned())
    );
    assert_eq!(
        refused(rows(&[("a", "nothing"), ("b", "report"), ("c", "nothing"), ("d", "nothing")])),
        Refusal::Unknown("d".to_owned())
    );
    assert_eq!(refused(Response::Rows(BTreeMap::new())), Refusal::Missing("a".to_owned()));
}

#[test]
fn a_text_is_mended_part_by_part_and_as_a_whole() {
    let assign = Assign {
        kind: AssignKind::Redact,
        groups: Vec::new(),
        rows: vec![
            row("plain", "", &[], &[], false),
            row("name", "soft", &["cut"], &["keep"], true),
            row("hard", "keep", &[], &[], false),
            row(WHOLE, "consent", &["drop"], &["post"], false),
        ],
    };
    let offered: Vec<_> = assign.rows.iter().map(|row| assign.acts(row).len()).collect();
    assert_eq!(offered, [3, 3, 2, 3], "without softer words there are two acts");
    let task = Task::Assign(assign);
    let mend = |name: &str, whole: &str| rows(&[("name", name), ("hard", "keep"), (WHOLE, whole)]);
    assert_eq!(worth(&task, mend("soft", "consent")), (Some(Grade::Best), 9, 9));
    assert_eq!(worth(&task, mend("cut", "drop")), (Some(Grade::Ok), 7, 9));
    assert_eq!(worth(&task, mend("keep", "consent")), (Some(Grade::Harm), 6, 9));
    assert_eq!(
        answered(&task, false, rows(&[("name", "cut"), ("hard", "soft"), (WHOLE, "drop")])).unwrap_err(),
        Refusal::Unknown("soft".to_owned())
    );
}

#[test]
fn cards_go_into_the_groups_of_their_file() {
    let task = Task::Assign(Assign {
        kind: AssignKind::Sort,
        groups: vec![group("mine"), group("ours")],
        rows: vec![row("a", "mine", &[], &[], false), row("b", "ours", &[], &[], false)],
    });
    assert_eq!(worth(&task, rows(&[("a", "mine"), ("b", "ours")])), (Some(Grade::Best), 6, 6));
    assert_eq!(worth(&task, rows(&[("a", "mine"), ("b", "mine")])), (Some(Grade::Risky), 4, 6));
}

#[test]
fn in_a_mosaic_only_what_is_taken_away_is_scored() {
    let task = Task::Mosaic(Mosaic {
        clues: vec![option("a", true, false), option("b", false, false)],
        findings: vec![choice(0, Grade::Best), choice(1, Grade::Harm)],
        cuts: vec![choice(2, Grade::Best), choice(3, Grade::Risky)],
    });
    let said = |clues: &[&str], finding: &str, cut: &str| Response::Mosaic {
        clues: set(clues),
        finding: finding.to_owned(),
        cut: cut.to_owned(),
    };
    assert_eq!(worth(&task, said(&["b"], "c1", "c2")), (Some(Grade::Best), 3, 3));
    assert_eq!(worth(&task, said(&["a"], "c0", "c3")), (Some(Grade::Risky), 1, 3));
    assert_eq!(answered(&task, false, said(&[], "c0", "c0")).unwrap_err(), Refusal::Unknown("c0".to_owned()));
    assert_eq!(
        answered(&task, false, said(&["z"], "c0", "c2")).unwrap_err(),
        Refusal::Unknown("z".to_owned())
    );
}

#[test]
fn the_right_person_by_the_wrong_way_is_as_good_as_the_way() {
    let way = |by, grade| Way { by, grade, why: Text::ja("理由"), cite: None };
    let option =
        |id: &str, grade| WhomOption { id: id.to_owned(), grade, why: Text::ja("理由"), cite: None };
    let task = Task::Contact(Whom {
        at: StoryTime::new(2, 10).unwrap(),
        book: vec![group("night"), group("desk"), group("friend")],
        options: vec![option("night", Grade::Best), option("desk", Grade::Ok)],
        otherwise: Text::ja("理由"),
        ways: vec![way(Channel::Phone, Grade::Best), way(Channel::Public, Grade::Harm)],
    });
    let said =
        |contact: &str, way: &str| Response::Contact { contact: contact.to_owned(), way: way.to_owned() };
    assert_eq!(worth(&task, said("night", "phone")), (Some(Grade::Best), 3, 3));
    assert_eq!(worth(&task, said("desk", "phone")), (Some(Grade::Ok), 2, 3));
    assert_eq!(worth(&task, said("friend", "phone")), (Some(Grade::Risky), 1, 3));
    assert_eq!(worth(&task, said("night", "public")), (Some(Grade::Harm), 0, 3));
    assert_eq!(
        answered(&task, false, said("night", "mail")).unwrap_err(),
        Refusal::Unknown("mail".to_owned())
    );
    assert_eq!(answered(&task, false, said("x", "phone")).unwrap_err(), Refusal::Unknown("x".to_owned()));
}

#[test]
fn a_neighbouring_clause_is_right_too() {
    let task = Task::Lookup(Lookup {
        clauses: vec![group("C1"), group("C2"), group("C3")],
        best: "C2".to_owned(),
        ok: vec!["C1".to_owned()],
        why: Text::ja("理由"),
    });
    let said = |id: &str| Response::Choice(id.to_owned());
    assert_eq!(worth(&task, said("C2")), (Some(Grade::Best), 3, 3));
    assert_eq!(worth(&task, said("C1")), (Some(Grade::Ok), 2, 3));
    assert_eq!(worth(&task, said("C3")), (Some(Grade::Risky), 1, 3));
    assert_eq!(answered(&task, false, said("C9")).unwrap_err(), Refusal::Unknown("C9".to_owned()));
}

#[test]
fn a_sentence_for_oneself_may_be_left_out_and_is_never_marked() {
    let task = Task::Reflect { max: 5 };
    assert_eq!(worth(&task, Response::Next), (None, 0, 0));
    assert_eq!(worth(&task, Response::Draft("見る。".to_owned())), (None, 0, 0));
    assert_eq!(answered(&task, false, Response::Draft("  ".to_owned())).unwrap_err(), Refusal::Empty);
    let long = answered(&task, false, Response::Draft("長い長い文".to_owned() + "章")).unwrap_err();
    assert_eq!(long, Refusal::TooLong { max: 5, found: 6 });
}

#[test]
fn a_checklist_goes_on_when_every_line_is_ticked() {
    let task =
        Task::Checklist(Checklist { options: vec![option("a", true, false), option("b", true, false)] });
    assert_eq!(worth(&task, picks(&["a", "b"])), (None, 0, 0));
    assert_eq!(answered(&task, false, picks(&["a"])).unwrap_err(), Refusal::Missing("b".to_owned()));
    assert_eq!(
        answered(&task, false, picks(&["a", "b", "c"])).unwrap_err(),
        Refusal::Unknown("c".to_owned())
    );
}

#[test]
fn a_must_is_asked_again_until_it_is_best_or_ok() {
    for (response, resolved) in [(picks(&["b"]), false), (picks(&["a"]), true), (picks(&["a", "b"]), true)] {
        assert_eq!(answered(&list(), true, response).unwrap().resolved, resolved);
    }
}

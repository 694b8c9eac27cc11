//! Looking back: at a story, and at a round of the test.

use kokoroe_app::training::{
    DebriefPage, IncidentKind as IncidentKindView, IncidentView, LookBack, PathStep, StepHead,
    TestResultPage, TopicLine,
};
use kokoroe_app::ui::say::Words;
use kokoroe_courses::{Care, Content, Debrief, Grade, IncidentKind, Place, TestResult, Walk};

use super::feed;
use super::shown::Shown;
use super::translate::{Translator, story_time, verdict};

/// The page after a story.
#[must_use]
pub fn view(
    words: Translator<'_>,
    shown: &Shown<'_>,
    head: StepHead,
    action: String,
    debrief: &Debrief<'_>,
    answered: Option<String>,
) -> DebriefPage {
    let path = |steps: &[kokoroe_courses::PathStep<'_>]| {
        steps
            .iter()
            .map(|step| PathStep {
                at: step.clock.map(|(before, _)| story_time(before)),
                did: words.words(&step.choice.text),
                verdict: verdict(step.grade),
            })
            .collect::<Vec<_>>()
    };
    DebriefPage {
        title: words.words(&debrief.scenario.title),
        ending: debrief.ending.iter().map(|text| words.words(text)).collect(),
        yours: path(&debrief.path),
        recommended: path(&debrief.recommended),
        meters: debrief.meters.iter().map(|meter| feed::meter_view(words, meter, false)).collect(),
        looks: looks(words, shown, debrief),
        strength: strength(words, debrief),
        change: change(words, debrief),
        incidents: incidents(words, shown, debrief),
        contacts: contacts(words, shown),
        action,
        head,
        answered,
    }
}

/// What could be looked at, in the order in which it came.
fn looks(words: Translator<'_>, shown: &Shown<'_>, debrief: &Debrief<'_>) -> Vec<LookBack> {
    debrief
        .looks
        .iter()
        .filter_map(|looked| {
            Some(LookBack {
                author: words.words(&shown.module.actors.get(&looked.post.by)?.name),
                label: words.words(&looked.look.label),
                tell: words.words(&looked.look.tell),
                looked: looked.seen,
            })
        })
        .collect()
}

/// One strength: why the first best decision was good, of those that were best the first time.
fn strength(words: Translator<'_>, debrief: &Debrief<'_>) -> Option<Words> {
    let poor = |node: &str| debrief.path.iter().any(|step| step.node.id == node && step.grade < Grade::Ok);
    let best = debrief.path.iter().find(|step| step.grade == Grade::Best && !poor(&step.node.id))?;
    Some(words.words(&best.choice.why))
}

/// One thing to change: why the best choice is best, where the first answer was furthest from it.
fn change(words: Translator<'_>, debrief: &Debrief<'_>) -> Option<Words> {
    let worst = debrief.path.iter().filter(|step| step.grade < Grade::Ok).min_by_key(|step| step.grade)?;
    let best = worst.node.branches.iter().find(|branch| branch.choice.grade == Grade::Best)?;
    Some(words.words(&best.choice.why))
}

fn incidents(words: Translator<'_>, shown: &Shown<'_>, debrief: &Debrief<'_>) -> Vec<IncidentView> {
    debrief
        .incidents
        .iter()
        .filter_map(|id| shown.module.incidents.get(*id))
        .filter_map(|incident| {
            Some(IncidentView {
                year: incident.year?,
                place: words.words(&incident.place),
                what: words.words(&incident.what),
                followed: words.words(&incident.followed),
                kind: match incident.kind {
                    IncidentKind::Verified => IncidentKindView::Verified,
                    IncidentKind::Reported => IncidentKindView::Reported,
                    IncidentKind::Contested => IncidentKindView::Contested,
                    IncidentKind::Positive => IncidentKindView::Positive,
                },
            })
        })
        .collect()
}

fn contacts(words: Translator<'_>, shown: &Shown<'_>) -> Vec<kokoroe_app::ui::contact::Contact> {
    let roles: &[&str] = if shown.module.care == Some(Care::Suicide) {
        &["night-duty", "psychiatry-on-call", "staff-care"]
    } else {
        &["sns-desk", "line-manager", "night-duty"]
    };
    roles.iter().filter_map(|role| words.contact(role)).collect()
}

/// The page after a round of the test.
#[must_use]
pub fn test_result(
    words: Translator<'_>,
    shown: &Shown<'_>,
    head: StepHead,
    before: &Walk<'_>,
    result: &TestResult,
    answered: Option<String>,
) -> TestResultPage {
    let pass_percent = match &shown.module.content {
        Content::Test(test) => test.pass_percent,
        Content::Lesson(_) => 0,
    };
    TestResultPage {
        round: u16::try_from(result.round).unwrap_or(u16::MAX),
        points: result.points,
        of: result.of,
        pass_percent,
        passed: result.passed,
        must_open: result.held_by_must,
        missed: result.missed,
        topics: topics(words, before, result),
        action: shown.step(before.turn()),
        head,
        answered,
    }
}

/// The newest answer to each question drawn.
fn topics(words: Translator<'_>, before: &Walk<'_>, result: &TestResult) -> Vec<TopicLine> {
    let mut newest: Vec<(&str, &str, Grade)> = Vec::new();
    for visit in before.visits() {
        if let (Place::Question(question), Some(grade)) = (&visit.place, visit.judged.grade) {
            let family = question.family;
            match newest.iter_mut().find(|(id, _, _)| *id == family.id) {
                Some(line) => line.2 = grade,
                None => newest.push((&family.id, &family.clause, grade)),
            }
        }
    }
    let below_ok = newest.iter().any(|(_, _, grade)| *grade < Grade::Ok);
    let bar = if below_ok { Grade::Ok } else { Grade::Best };
    newest
        .into_iter()
        .filter_map(|(_, clause, grade)| {
            Some(TopicLine {
                clause: words.clause(clause)?,
                verdict: verdict(grade),
                again: !result.passed && grade < bar,
            })
        })
        .collect()
}

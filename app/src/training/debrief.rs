//! Looking back at a scenario: the own path beside the recommended one, and what happened in the world.

use crate::day::StoryTime;
use crate::page::{Page, PageKind};
use crate::training::step_head::{StepHead, StepTop};
use crate::ui::{
    Contact, ContactList, Icon, LinkButton, Say, Shape, StoryMeterView, StoryMeters, Submit, Verdict,
    VerdictTag, Words,
};
use crate::{Lang, say};
use leptos::prelude::*;

/// A decision on a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// Story time at which it was taken.
    pub at: Option<StoryTime>,
    /// What was done.
    pub did: Words,
    /// What it was worth.
    pub verdict: Verdict,
}

/// Something in the story that could be looked at more closely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookBack {
    /// Whose post it is in.
    pub author: Words,
    /// Words of its button.
    pub label: Words,
    /// What one sees there.
    pub tell: Words,
    /// It was looked at.
    pub looked: bool,
}

/// How sure a report of an incident is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IncidentKind {
    /// Confirmed by those concerned.
    Verified,
    /// Reported; details are not confirmed.
    Reported,
    /// The parties disagree, or a decision was changed later.
    Contested,
    /// An example that went well.
    Positive,
}

/// Something that happened. Never with a name of a person or an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentView {
    /// Year.
    pub year: u16,
    /// Kind of place and region.
    pub place: Words,
    /// What happened.
    pub what: Words,
    /// What followed.
    pub followed: Words,
    /// How sure it is.
    pub kind: IncidentKind,
}

/// The debrief. POST to `action` goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebriefPage {
    /// Module, number, way back, care.
    pub head: StepHead,
    /// Title of the scenario.
    pub title: Words,
    /// How it ended.
    pub ending: Vec<Words>,
    /// The own path.
    pub yours: Vec<PathStep>,
    /// The recommended path.
    pub recommended: Vec<PathStep>,
    /// The meters at the end.
    pub meters: Vec<StoryMeterView>,
    /// What could be looked at, and what was.
    pub looks: Vec<LookBack>,
    /// One strength: the reason of a good decision.
    pub strength: Option<Words>,
    /// One thing to change: the reason of the best choice where another was taken.
    pub change: Option<Words>,
    /// What happened in the world.
    pub incidents: Vec<IncidentView>,
    /// Whom to call in the hospital.
    pub contacts: Vec<Contact>,
    /// POST here goes on.
    pub action: String,
    /// Already passed: the way on is this link instead of the form.
    pub answered: Option<String>,
}

impl Page for DebriefPage {
    fn title(&self, lang: Lang) -> String {
        let StepHead { number, of, .. } = &self.head;
        let title = self.title.text();
        say!(lang, "{number}/{of} ふりかえり｜{title}", "{number}/{of} Looking back | {title}")
    }

    fn kind(&self) -> PageKind {
        PageKind::Focus
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            head,
            title,
            ending,
            yours,
            recommended,
            meters,
            looks,
            strength,
            change,
            incidents,
            contacts,
            action,
            answered,
        } = self;
        let care = head.care.is_some();
        let did = |path: &[PathStep]| path.iter().map(|step| step.did.clone()).collect::<Vec<_>>();
        let same = did(&yours) == did(&recommended);
        let as_recommended = same
            .then(|| view! { <p class="paths__same">{say!(lang, "おすすめと同じ進み方でした。", "You went the recommended way.")}</p> });
        let recommended = (!same).then(|| {
            view! {
                <Path id="recommended" title=say!(lang, "おすすめの進み方", "A recommended way") steps=recommended lang/>
            }
        });
        let ending = ending
            .into_iter()
            .map(|words| view! { <p class="told"><Say words page=lang/></p> })
            .collect_view();
        let on = match answered {
            Some(href) => view! { <LinkButton href words=say!(lang, "次へ", "Next")/> }.into_any(),
            None => view! {
                <form method="post" action=action data-waits=""><Submit words=say!(lang, "次へ", "Next")/></form>
            }
            .into_any(),
        };
        let own_care = care.then(|| {
            view! {
                <p class="debrief__care">{say!(
                    lang,
                    "おつかれさまでした。重い内容でした。気持ちが残るときは、身近な人や相談先に話せます。",
                    "Thank you for staying with this. It was hard. If it stays with you, you can talk to somebody near you or to the people listed here.",
                )}</p>
            }
        });
        let note = |words: Option<Words>, title: String, kind: &'static str| {
            words.map(|words| {
                view! {
                    <div class="debrief__note" data-note=kind>
                        <h2 class="small-title">{title}</h2>
                        <p><Say words page=lang/></p>
                    </div>
                }
            })
        };
        view! {
            <div class="step debrief">
                <StepTop head back=say!(lang, "もどる", "Back") lang/>
                <p class="eyebrow">{say!(lang, "ふりかえり", "Looking back")}</p>
                <h1><Say words=title page=lang/></h1>
                {ending}
                {own_care}
                <div class="debrief__notes">
                    {note(strength, say!(lang, "よかった点", "What went well"), "strength")}
                    {note(change, say!(lang, "次に変えるなら", "One thing to change"), "change")}
                </div>
                <Meters meters lang/>
                <div class="paths">
                    <Path id="yours" title=say!(lang, "あなたの進み方", "What you did") steps=yours lang/>
                    {recommended}
                </div>
                {as_recommended}
                <LookedAt looks lang/>
                <Incidents incidents lang/>
                {(!contacts.is_empty()).then(|| view! {
                    <section class="contact-card" aria-labelledby="contacts">
                        <h2 class="small-title" id="contacts">{say!(lang, "実際に起きたときの連絡先", "Whom to call when it happens")}</h2>
                        <ContactList contacts lang/>
                    </section>
                })}
                <div class="form__end">{on}</div>
            </div>
        }
        .into_any()
    }
}

/// A path, one decision under the other.
#[component]
fn Path(id: &'static str, title: String, steps: Vec<PathStep>, lang: Lang) -> AnyView {
    let steps = steps
        .into_iter()
        .map(|PathStep { at, did, verdict }| {
            view! {
                <li class="path__step">
                    {at.map(|at| view! { <time class="path__at" datetime=at.iso()>{at.figures()}</time> })}
                    <span class="path__did"><Say words=did page=lang/></span>
                    <VerdictTag verdict lang/>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="path" aria-labelledby=id>
            <h2 class="small-title" id=id>{title}</h2>
            <ol class="path__steps" role="list">{steps}</ol>
        </section>
    }
    .into_any()
}

/// Where the story has left its meters.
#[component]
fn Meters(meters: Vec<StoryMeterView>, lang: Lang) -> AnyView {
    (!meters.is_empty())
        .then(|| {
            view! {
                <section class="debrief__meters" aria-labelledby="meters">
                    <h2 class="small-title" id="meters">{say!(lang, "終わったときの様子", "How things stood at the end")}</h2>
                    <StoryMeters meters lang/>
                </section>
            }
        })
        .into_any()
}

/// What could be looked at. What was not is told too: as something that was there, not as something that was missed.
#[component]
fn LookedAt(looks: Vec<LookBack>, lang: Lang) -> AnyView {
    (!looks.is_empty())
        .then(|| {
            let lines = looks
                .into_iter()
                .map(|LookBack { author, label, tell, looked }| {
                    let mark = if looked {
                        view! { <span class="looked__mark"><Icon shape=Shape::Tick/>{say!(lang, "見ました", "Looked at")}</span> }
                            .into_any()
                    } else {
                        view! { <span class="looked__mark"><Icon shape=Shape::Ring/>{say!(lang, "ここにもありました", "Was there as well")}</span> }
                            .into_any()
                    };
                    view! {
                        <li class="looked" data-looked=looked.then_some("")>
                            <p class="looked__what">
                                <b><Say words=author page=lang/></b>
                                " "
                                <Say words=label page=lang/>
                                {mark}
                            </p>
                            <p><Say words=tell page=lang/></p>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section aria-labelledby="looked">
                    <h2 class="small-title" id="looked">{say!(lang, "くわしく見ることができた所", "What could be looked at more closely")}</h2>
                    <ul class="looked__list" role="list">{lines}</ul>
                </section>
            }
        })
        .into_any()
}

/// What happened in the world, told as what it is.
#[component]
fn Incidents(incidents: Vec<IncidentView>, lang: Lang) -> AnyView {
    (!incidents.is_empty()).then(|| {
        let lines = incidents
            .into_iter()
            .map(|IncidentView { year, place, what, followed, kind }| {
                view! {
                    <li class="incident" data-kind=kind.code()>
                        <p class="incident__head">
                            <b>{say!(lang, "{year}年", "{year}")}</b>
                            " "
                            <Say words=place page=lang/>
                            <span class="incident__kind">{kind.word(lang)}</span>
                        </p>
                        <p><Say words=what page=lang/></p>
                        <p class="incident__followed"><Say words=followed page=lang/></p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="incidents" aria-labelledby="incidents">
                <h2 class="small-title" id="incidents">{say!(lang, "実際にあったこと", "What has happened elsewhere")}</h2>
                <ul class="incidents__list" role="list">{lines}</ul>
            </section>
        }
    })
    .into_any()
}

impl IncidentKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Reported => "reported",
            Self::Contested => "contested",
            Self::Positive => "positive",
        }
    }

    fn word(self, lang: Lang) -> String {
        match self {
            Self::Verified => say!(lang, "公表された事実", "Officially confirmed"),
            Self::Reported => say!(lang, "報道", "Reported"),
            Self::Contested => say!(lang, "争いのある事例", "Disputed"),
            Self::Positive => say!(lang, "うまくいった例", "Went well"),
        }
    }
}

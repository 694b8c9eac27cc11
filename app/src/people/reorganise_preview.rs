//! What a change of departments would do, before anybody confirms it.

use crate::day::Day;
use crate::page::Page;
use crate::people::{OfficeTrail, Reorganisation, people_words};
use crate::ui::written::Written;
use crate::ui::{Fact, Facts, Notice, Submit, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Somebody whom a change concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerned {
    /// Name.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// They are there besides their main department (兼務, 出向).
    pub also: bool,
}

/// What would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Departments that are changed, by code and name.
    pub departments: Vec<String>,
    /// The department above a new one.
    pub under: Option<String>,
    /// The name or the place until now, and from then on.
    pub turned: Option<(String, String)>,
    /// The department to which people go.
    pub to: Option<String>,
    /// Departments that go along.
    pub along: Vec<String>,
    /// People who move.
    pub moving: Vec<Concerned>,
    /// How many people are counted in what changes and stay where they are.
    pub staying: u32,
    /// Names of those who no longer see these people.
    pub lose_sight: Vec<String>,
    /// Names of those who see them from then on.
    pub gain_sight: Vec<String>,
    /// Names of those who should be told.
    pub tell: Vec<String>,
}

/// The preview. POST to `action`: the same fields, with `confirmed` (what names the preview) or `edit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReorganisePreview {
    /// What is done.
    pub what: Reorganisation,
    /// From which day.
    pub on: Day,
    /// The day is over or is today: reports of the days since then change.
    pub past: bool,
    /// What would change.
    pub effects: Effects,
    /// The records had changed since the last preview.
    pub again: bool,
    /// The fields of the form.
    pub fields: Vec<(String, String)>,
    /// What names this preview.
    pub seal: String,
    /// Where the form goes.
    pub action: String,
    /// Address of the list of people.
    pub list: String,
}

fn names(all: Vec<String>, lang: Lang) -> AnyView {
    let all = all.into_iter().map(|text| view! { <li><Written text lang/></li> }).collect_view();
    view! { <ul class="plain-list" role="list">{all}</ul> }.into_any()
}

impl Effects {
    fn facts(self, lang: Lang) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut list = |name: String, all: Vec<String>| {
            if !all.is_empty() {
                facts.push(Fact { name, value: names(all, lang) });
            }
        };
        list(say!(lang, "部署", "Department"), self.departments);
        list(say!(lang, "上位の部署", "Department above"), self.under.into_iter().collect());
        if let Some((before, after)) = self.turned {
            let value = view! {
                <span class="turned">
                    <del><Written text=before lang/></del>
                    <span class="turned__arrow" aria-hidden="true">"→"</span>
                    <ins><Written text=after lang/></ins>
                </span>
            };
            facts.push(Fact {
                name: say!(lang, "変わるところ", "What changes"), value: value.into_any()
            });
        }
        let mut list = |name: String, all: Vec<String>| {
            if !all.is_empty() {
                facts.push(Fact { name, value: names(all, lang) });
            }
        };
        list(say!(lang, "移る先", "People go to"), self.to.into_iter().collect());
        list(say!(lang, "一緒に移る部署", "Departments that go along"), self.along);
        list(say!(lang, "見られなくなる人", "No longer see these people"), self.lose_sight);
        list(say!(lang, "見られるようになる人", "See these people from then on"), self.gain_sight);
        list(say!(lang, "知らせる人", "Whom to tell"), self.tell);
        if self.staying > 0 {
            let people = people_words(self.staying, lang);
            facts.push(Fact::text(say!(lang, "所属が変わらない人", "People who stay posted"), people));
        }
        facts
    }
}

impl Page for ReorganisePreview {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "変更の確認", "Check the change")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { what, on, past, mut effects, again, fields, seal, action, list } = self;
        let moving = std::mem::take(&mut effects.moving);
        let count = people_words(u32::try_from(moving.len()).unwrap_or(u32::MAX), lang);
        let mut facts = vec![
            Fact::text(say!(lang, "すること", "Change"), what.words(lang)),
            Fact::text(say!(lang, "いつから", "From"), on.long(lang)),
        ];
        facts.extend(effects.facts(lang));
        let people = (!moving.is_empty()).then(|| {
            let rows = moving
                .into_iter()
                .map(|Concerned { name, number, also }| {
                    let also = also.then(|| say!(lang, "（兼務・出向）", " (besides their main one)"));
                    view! { <li><Written text=name lang/>" "<span class="people__number">{number}</span>{also}</li> }
                })
                .collect_view();
            view! {
                <section aria-labelledby="moving">
                    <h2 id="moving">{say!(lang, "移る人（{count}）", "Who moves ({count})")}</h2>
                    <ul class="plain-list reorganise__people" role="list">{rows}</ul>
                </section>
            }
        });
        let again = again.then(|| {
            view! {
                <Notice tone=Tone::Warn live=true title=say!(
                    lang,
                    "その後に変わったところがあるため、もう一度確かめてください。",
                    "Something has changed meanwhile. Please look through this once more.",
                )/>
            }
        });
        let past = past.then(|| {
            view! {
                <Notice tone=Tone::Warn title=say!(lang, "過ぎた日からの変更です。", "The day has begun already.")>
                    <p>{say!(
                        lang,
                        "その日からあとの集計も、この変更に合わせて変わります。前の日までの集計は変わりません。",
                        "Reports of that day and since then change with it. Reports of earlier days do not.",
                    )}</p>
                </Notice>
            }
        });
        let hr = matches!(what, Reorganisation::Merge | Reorganisation::Split).then(|| {
            view! {
                <p>{say!(
                    lang,
                    "人事の一覧も、その日から新しいコードになるように頼んでください。前のコードのままでは、次の取り込みで元に戻るか、取り込めない行になります。",
                    "Please see that lists of staff have the new code from that day on. With the old one the next list would take the change back, or its rows would be left out.",
                )}</p>
            }
        });
        let fields = fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        view! {
            <div class="narrow reorganise">
                <OfficeTrail lang people=Some(list)/>
                <h1>{say!(lang, "変更の確認", "Check the change")}</h1>
                {again}
                <p class="lead">{say!(lang, "まだ何も変わっていません。", "Nothing has been changed yet.")}</p>
                <Facts facts/>
                {people}
                {past}
                {hr}
                <form method="post" action=action class="form">
                    {fields}
                    <div class="form__end form__end--two">
                        <Submit words=say!(lang, "この内容で変更する", "Make this change") name="confirmed" value=seal/>
                        <Submit words=say!(lang, "直す", "Go back and edit") weight=Weight::Side name="edit" value=Some("on".to_owned())/>
                    </div>
                </form>
            </div>
        }
        .into_any()
    }
}

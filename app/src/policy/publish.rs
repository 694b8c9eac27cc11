//! What publishing a version would ask of whom, before it is done.

use super::office::ChangeView;
use super::trail;
use crate::day::Day;
use crate::page::Page;
use crate::ui::field::{TextField, Width};
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fact, Facts, Fault, LinkButton, Notice, Say, Submit, Tone, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Why it was not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishFault {
    /// Not a number of days between 1 and this.
    Days(u16),
    /// The staff list, the days or the draft have changed since it was looked at.
    Stale,
}

/// The page. POST to `action`: `hash`, `seen`, `days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPublish {
    /// 「SNS利用規程」
    pub title: Words,
    /// Its number.
    pub version: u32,
    /// How much it changes.
    pub change: ChangeView,
    /// From when it would hold.
    pub effective: Day,
    /// It would hold only from a later day on.
    pub later: bool,
    /// How many would be asked to sign again.
    pub asked: u32,
    /// By when; `None`: nobody is asked.
    pub due: Option<Day>,
    /// Of which departments.
    pub departments: Vec<(String, u32)>,
    /// How many people in post have signed which version last.
    pub versions: Vec<(u32, u32)>,
    /// How many of them sign it where they still have something else to sign.
    pub elsewhere: u32,
    /// How many have never signed.
    pub never: u32,
    /// Days to sign.
    pub days: String,
    /// Why it was not published.
    pub fault: Option<PublishFault>,
    /// Names what is looked at.
    pub seen: String,
    /// The hash of the text.
    pub hash: String,
    /// Where it is published.
    pub action: String,
    /// The draft.
    pub back: String,
}

impl Page for PolicyPublish {
    fn title(&self, lang: Lang) -> String {
        let (title, version) = (self.title.text(), self.version);
        say!(lang, "公開の前に：{title} 第{version}版", "Before publishing: {title}, version {version}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            title,
            version,
            change,
            effective,
            later,
            asked,
            due,
            days,
            fault,
            seen,
            hash,
            action,
            back,
            ..
        } = self.clone();
        let wrong = match fault {
            Some(PublishFault::Days(most)) => Some(say!(
                lang,
                "1から{most}までの日数を入れてください",
                "Enter a number of days from 1 to {most}"
            )),
            Some(PublishFault::Stale) | None => None,
        };
        let faults = wrong
            .iter()
            .map(|message| Fault { field: Some("days".to_owned()), message: message.clone() })
            .collect();
        let stale = (fault == Some(PublishFault::Stale)).then(|| {
            view! {
                <Notice tone=Tone::Warn live=true title=say!(lang, "前に見た内容から変わったので、計算し直しました。", "Something has changed since you looked, so this was reckoned again.")>
                    <p>{say!(lang, "もう一度ご確認ください。まだ公開していません。", "Please look once more. Nothing has been published yet.")}</p>
                </Notice>
            }
        });
        let day = effective.plain(lang);
        let sum = due.map_or_else(
            || {
                say!(
                    lang,
                    "字句の修正なので、改めての署名はだれにもお願いしません。これまでの署名はそのまま残ります。",
                    "Only words change, so nobody is asked to sign again. The signatures so far stay as they are.",
                )
            },
            |due| {
                let due = due.long(lang);
                say!(
                    lang,
                    "{asked}人に、改めて署名をお願いします。期限は{due}です。",
                    "{asked} people will be asked to sign again, by {due}.",
                )
            },
        );
        let from = later.then(|| {
            let words = if due.is_some() {
                say!(
                    lang,
                    "お願いするのは施行日の{day}です。人数は今日の名簿で数えています。",
                    "They are asked on {day}, when it comes into force; this is counted by today's staff list.",
                )
            } else {
                say!(lang, "新しい版になるのは{day}です。", "It comes into force on {day}.")
            };
            view! { <p>{words}</p> }
        });
        let facts = vec![
            Fact::text(say!(lang, "変更の種類", "Kind of change"), change.word(lang)),
            Fact::text(say!(lang, "施行日", "In force from"), day.clone()),
        ];
        let days = due.map(|_| {
            view! {
                <TextField name="days" label=say!(lang, "署名までの日数（施行日から）", "Days to sign, from the day on which it comes into force") value=days
                    width=Width::Short inputmode="numeric"
                    hint=say!(lang, "変えると、期限を計算し直してお見せします。", "If you change it, the date is shown again before anything happens.") error=wrong.clone()/>
            }
        });
        let confirm = match due {
            Some(_) if !later => {
                say!(lang, "公開して{asked}人にお願いする", "Publish it and ask {asked} people")
            }
            _ => say!(lang, "この内容で公開する", "Publish it"),
        };
        view! {
            <div class="report dry-run">
                {trail(lang, true)}
                <ErrorSummary lang faults/>
                {stale}
                <p class="eyebrow">{say!(lang, "公開の前に", "Before publishing")}</p>
                <h1><Say words=title page=lang/>{say!(lang, " 第{version}版", ", version {version}")}</h1>
                <p class="lead dry-run__sum">{sum}</p>
                {from}
                <p>{say!(lang, "公開すると、元に戻せません。", "Publishing cannot be taken back.")}</p>
                <Facts facts/>
                {self.signers(lang)}
                {self.departments(lang)}
                <form method="post" action=action class="form" novalidate>
                    <input type="hidden" name="hash" value=hash/>
                    <input type="hidden" name="seen" value=seen/>
                    {days}
                    <div class="form__end"><Submit words=confirm/></div>
                </form>
                <p class="links"><LinkButton href=back weight=Weight::Light words=say!(lang, "下書きへ戻る", "Back to the draft")/></p>
            </div>
        }
        .into_any()
    }
}

impl PolicyPublish {
    /// Who in post has signed what.
    fn signers(&self, lang: Lang) -> AnyView {
        let versions = self.versions.iter().map(|(version, people)| {
            say!(
                lang,
                "最後の署名が第{version}版：{people}人",
                "Last signed version {version}: {people} people"
            )
        });
        let mut lines: Vec<String> = versions.collect();
        let (never, elsewhere) = (self.never, self.elsewhere);
        lines.push(say!(lang, "まだ署名したことがない：{never}人", "Never signed yet: {never} people"));
        if self.due.is_some() && elsewhere > 0 {
            lines.push(say!(
                lang,
                "ほかの研修の署名がまだの{elsewhere}人は、その研修の最後に新しい版へ署名します。別にはお願いしません。",
                "{elsewhere} people still have another training to sign: they sign the new version there and are not asked apart.",
            ));
        }
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <section class="report__part" aria-labelledby="signers">
                <h2 id="signers">{say!(lang, "いま働いている人の署名", "What people in post have signed")}</h2>
                <ul class="reasons">{lines}</ul>
            </section>
        }
        .into_any()
    }

    fn departments(&self, lang: Lang) -> Option<AnyView> {
        if self.departments.is_empty() {
            return None;
        }
        let lines = self
            .departments
            .iter()
            .cloned()
            .map(|(name, people)| {
                let name = if name.is_empty() { say!(lang, "配属なし", "in no department") } else { name };
                view! { <li><Written text=name lang/>" "<span class="dry-run__number">{say!(lang, "{people}人", "{people}")}</span></li> }
            })
            .collect_view();
        let count = self.departments.len();
        Some(
            view! {
                <details class="fold" open={count <= 12}>
                    <summary>{say!(lang, "お願いする人の部署（{count}部署）", "Departments of those who are asked ({count})")}</summary>
                    <ul role="list" class="dry-run__people">{lines}</ul>
                </details>
            }
            .into_any(),
        )
    }
}

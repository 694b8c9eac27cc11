//! One part of a draft, in its form.

use super::draft_fault::DraftFault;
use super::office::ChangeView;
use super::trail;
use crate::page::Page;
use crate::ui::choice_list::{ChoiceList, ChoiceRow};
use crate::ui::field::{DateField, TextField};
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fault, LinkButton, Notice, Say, Submit, TextArea, Tone, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Which part it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// From when it holds, how much it changes, and what.
    Frame,
    /// What stands before the first clause.
    Preamble,
    /// A clause, by its heading.
    Clause(Words),
    /// A clause that is added.
    New,
    /// What the signer ticks.
    Statements,
}

/// What its fields hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartValues {
    /// `effective`, `change`, `changes` and `changes_en`.
    Frame {
        /// The day, in ISO 8601.
        effective: String,
        /// The code of the kind.
        change: String,
        /// What changed, one line each.
        changes: String,
        /// The same in English.
        changes_en: String,
    },
    /// The names of the fields of each statement, Japanese, English and plain, and what they hold.
    Statements(Vec<([&'static str; 3], [String; 3])>),
    /// `heading` and `text`, with `_en` and `_easy`.
    Text {
        /// The heading in Japanese, English and plain Japanese, where there is one.
        heading: Option<[String; 3]>,
        /// The text.
        text: [String; 3],
    },
}

/// The form. POST to `action`: its fields, and `seen`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartForm {
    /// Which part.
    pub kind: PartKind,
    /// What was typed.
    pub values: PartValues,
    /// What stands there now, where somebody else has written it meanwhile.
    pub now: Option<PartValues>,
    /// There is a plain Japanese text.
    pub plain: bool,
    /// Names the text that was read.
    pub seen: String,
    /// What is wrong.
    pub faults: Vec<DraftFault>,
    /// Where a clause of the hospital's own is taken out.
    pub remove: Option<String>,
    /// Where the form goes.
    pub action: String,
    /// The draft.
    pub back: String,
}

impl PartForm {
    fn name(&self, lang: Lang) -> String {
        match &self.kind {
            PartKind::Frame => {
                say!(lang, "施行日、変更の種類、変わったこと", "Day, kind of change, and what changed")
            }
            PartKind::Preamble => say!(lang, "はじめに", "Opening"),
            PartKind::Clause(heading) => heading.text(),
            PartKind::New => say!(lang, "条を加える", "Add an article"),
            PartKind::Statements => say!(lang, "署名の前に確かめること", "What the signer ticks"),
        }
    }
}

impl Page for PartForm {
    fn title(&self, lang: Lang) -> String {
        let name = self.name(lang);
        if self.faults.is_empty() {
            say!(lang, "下書き：{name}", "Draft: {name}")
        } else {
            say!(lang, "確認があります：{name}", "Please check: {name}")
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let heading = match &self.kind {
            PartKind::Clause(words) => view! { <Say words=words.clone() page=lang/> }.into_any(),
            _ => self.name(lang).into_any(),
        };
        let Self { values, now, plain, seen, faults, remove, action, back, .. } = self;
        let summary = faults
            .iter()
            .map(|fault| Fault { field: Some(anchor(fault.field())), message: fault.words(lang) })
            .collect();
        let meanwhile = now.map(|now| {
            view! {
                <Notice tone=Tone::Warn live=true title=say!(lang, "ほかの人が、ここを先に書き直しました。", "Somebody else has written this part meanwhile.")>
                    <p>{say!(
                        lang,
                        "入力した文は、下の欄に残っています。いまの文と見比べて直し、もう一度保存すると置き換わります。",
                        "What you typed is still in the fields below. Compare it with the text as it is now; saving again replaces that.",
                    )}</p>
                    <details class="fold">
                        <summary>{say!(lang, "いまの文を見る", "See the text as it is now")}</summary>
                        {stored(now, lang)}
                    </details>
                </Notice>
            }
        });
        let remove = remove.map(|action| {
            view! {
                <form method="post" action=action>
                    <Submit weight=Weight::Light words=say!(lang, "この条を削る", "Take this article out")/>
                </form>
            }
        });
        view! {
            <div class="report">
                {trail(lang, true)}
                <ErrorSummary lang faults=summary/>
                {meanwhile}
                <h1>{heading}</h1>
                <form method="post" action=action class="form" novalidate>
                    <input type="hidden" name="seen" value=seen/>
                    {fields(values, plain, &faults, lang)}
                    <div class="form__end"><Submit words=say!(lang, "保存する", "Save")/></div>
                </form>
                <div class="form__row">
                    <LinkButton href=back weight=Weight::Light words=say!(lang, "保存しないで下書きへ戻る", "Back without saving")/>
                    {remove}
                </div>
            </div>
        }
        .into_any()
    }
}

/// The element that a link to a field leads to: of rows to choose from, the first.
fn anchor(field: &str) -> String {
    if field == "change" { "change-1".to_owned() } else { field.to_owned() }
}

fn stored(values: PartValues, lang: Lang) -> AnyView {
    let texts: Vec<String> = match values {
        PartValues::Frame { effective, change, changes, changes_en } => {
            vec![effective, change, changes, changes_en]
        }
        PartValues::Statements(rows) => rows.into_iter().flat_map(|(_, texts)| texts).collect(),
        PartValues::Text { heading, text } => heading.into_iter().flatten().chain(text).collect(),
    };
    texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p class="draft__stored"><Written text lang/></p> })
        .collect_view()
        .into_any()
}

fn fields(values: PartValues, plain: bool, faults: &[DraftFault], lang: Lang) -> AnyView {
    let error =
        |field: &str| faults.iter().find(|fault| fault.field() == field).map(|fault| fault.words(lang));
    // On an English page the Japanese text says that it is Japanese.
    let japanese = (lang != Lang::Ja).then(|| Lang::Ja.tag());
    match values {
        PartValues::Frame { effective, change, changes, changes_en } => {
            let rows = ChangeView::ALL
                .into_iter()
                .map(|kind| {
                    let below = view! { {kind.meaning(lang)} }.into_any();
                    let row = ChoiceRow::plain(kind.code(), kind.word(lang).into_any(), kind.code() == change);
                    ChoiceRow { below: Some(below), ..row }
                })
                .collect();
            let legend = view! { <span>{say!(lang, "変更の種類", "Kind of change")}</span> }.into_any();
            view! {
                <DateField name="effective" label=say!(lang, "施行日", "In force from") value=effective
                    hint=say!(lang, "この日の0時から、新しい版になります。", "The new version holds from the beginning of this day.") error=error("effective")/>
                <ChoiceList name="change" legend rows error=error("change")/>
                <TextArea name="changes" lang=japanese label=say!(lang, "変わったこと", "What changed") rows=4 text=changes
                    hint=say!(lang, "署名する人が最初に読みます。1行に1つ、1行か2行で書きます。", "Signers read this first. One line each, a line or two in all.") error=error("changes")/>
                <TextArea name="changes_en" label=say!(lang, "変わったこと（英語、なくてもよい）", "The same in English (may be empty)") rows=4 text=changes_en error=error("changes_en")/>
            }
            .into_any()
        }
        PartValues::Statements(rows) => rows
            .into_iter()
            .zip(1..)
            .map(|(([ja, en, easy], [text, text_en, text_easy]), number)| {
                let plain = plain.then(|| {
                    view! {
                        <TextField name=easy label=say!(lang, "{number}つ目（やさしい日本語、なくてもよい）", "Statement {number} in plain Japanese (may be empty)") value=text_easy error=error(easy)/>
                    }
                });
                view! {
                    <h2>{say!(lang, "{number}つ目", "Statement {number}")}</h2>
                    <TextField name=ja label=say!(lang, "{number}つ目（日本語。消すと、なくなります）", "Statement {number} in Japanese (empty: there is none)") value=text error=error(ja)/>
                    <TextField name=en label=say!(lang, "{number}つ目（英語、なくてもよい）", "Statement {number} in English (may be empty)") value=text_en error=error(en)/>
                    {plain}
                }
            })
            .collect_view()
            .into_any(),
        PartValues::Text { heading, text: [text, text_en, text_easy] } => {
            let (ja, en, easy) = match heading {
                Some([ja, en, easy]) => (Some(ja), Some(en), Some(easy)),
                None => (None, None, None),
            };
            let heading = |name: &'static str, label: String, value: Option<String>| {
                value.map(|value| view! { <TextField name label value error=error(name)/> })
            };
            let plain = plain.then(|| {
                view! {
                    <h2>{say!(lang, "やさしい日本語（なくてもよい）", "Plain Japanese (may be empty)")}</h2>
                    {heading("heading_easy", say!(lang, "見出し（やさしい日本語）", "Heading in plain Japanese"), easy)}
                    <TextArea name="text_easy" lang=japanese label=say!(lang, "本文（やさしい日本語）", "Text in plain Japanese") rows=12 text=text_easy error=error("text_easy")/>
                }
            });
            view! {
                <h2>{say!(lang, "日本語（正本）", "Japanese (the binding text)")}</h2>
                {heading("heading", say!(lang, "見出し", "Heading"), ja)}
                <TextArea name="text" lang=japanese label=say!(lang, "本文", "Text") rows=14 text=text
                    hint=say!(
                        lang,
                        "段落は空行で分けます。「- 」で箇条書き、「**太字**」、「[第4条](#C4)」で条へのリンクになります。",
                        "An empty line begins a paragraph. “- ” makes a list, “**strong**” strong words, “[Article 4](#C4)” a link to an article.",
                    )
                    error=error("text")/>
                <h2>{say!(lang, "英語（なくてもよい）", "English (may be empty)")}</h2>
                {heading("heading_en", say!(lang, "見出し（英語）", "Heading in English"), en)}
                <TextArea name="text_en" label=say!(lang, "本文（英語）", "Text in English") rows=12 text=text_en error=error("text_en")/>
                {plain}
            }
            .into_any()
        }
    }
}

//! Answers that consist of several: what was picked, marked, decided row by row, changed in a text.

use super::{mine_tag, row};
use crate::training::asked::{PartView, PickView, PieceView, SortView, TriageView};
use crate::training::decision::{PartAct, TextAct};
use crate::ui::{Post, Say};
use crate::{Lang, say};
use leptos::prelude::*;

/// Options, with those that were picked.
pub(super) fn picks(options: Vec<PickView>, picked: &[String], lang: Lang) -> AnyView {
    let rows = options
        .into_iter()
        .map(|PickView { id, text }| {
            row(picked.contains(&id), view! { <Say words=text page=lang/> }.into_any(), lang)
        })
        .collect_view();
    view! { <ul class="answered__rows" role="list">{rows}</ul> }.into_any()
}

/// The text with its marks, and the marked phrases once more as a list: not everybody hears a mark.
pub(super) fn marks(pieces: Vec<PieceView>, picked: &[String], lang: Lang) -> AnyView {
    let is_marked = |piece: &PieceView| piece.id.as_ref().is_some_and(|id| picked.contains(id));
    let rows = pieces
        .iter()
        .filter(|piece| is_marked(piece))
        .map(|piece| row(true, view! { <Say words=piece.text.clone() page=lang/> }.into_any(), lang))
        .collect_view();
    let text = pieces
        .iter()
        .map(|piece| {
            let words = view! { <Say words=piece.text.clone() page=lang/> };
            if is_marked(piece) {
                view! { <mark class="marker marker--set">{words}</mark> }.into_any()
            } else {
                view! { <span>{words}</span> }.into_any()
            }
        })
        .collect::<Vec<_>>();
    view! {
        <p class="marker-text">{text}</p>
        <ul class="answered__rows" role="list">{rows}</ul>
    }
    .into_any()
}

/// The posts, each with what was chosen for it.
pub(super) fn triage(rows: Vec<TriageView>, lang: Lang) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|TriageView { post, given, .. }| {
            view! {
                <li class="triage__row">
                    <Post post lang/>
                    <p class="triage__ask">{given.map(|act| {
                        let act = act.word(lang);
                        mine_tag(say!(lang, "あなたの答え：{act}", "Your answer: {act}"))
                    })}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="triage">
            <p class="triage__strip">{say!(lang, "研修用の架空の画面です", "Invented screen for training")}</p>
            <ol class="triage__rows" role="list">{rows}</ol>
        </div>
    }
    .into_any()
}

/// The cards, each with its group.
pub(super) fn sorted(groups: &[PickView], rows: Vec<SortView>, lang: Lang) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|SortView { text, given, .. }| {
            let group = groups.iter().find(|group| given.as_ref() == Some(&group.id));
            let group = group.map(|group| {
                view! { <span class="answered__mine"><Say words=group.text.clone() page=lang/></span> }
            });
            view! { <li class="answered__row" data-mine=""><span><Say words=text page=lang/></span>{group}</li> }
        })
        .collect_view();
    view! { <ul class="answered__rows" role="list">{rows}</ul> }.into_any()
}

/// The text as it was made, and what was to become of it.
pub(super) fn redacted(parts: Vec<PartView>, whole: Option<TextAct>, lang: Lang) -> AnyView {
    let text = parts
        .into_iter()
        .filter_map(|PartView { text, soft, given, .. }| match given {
            PartAct::Keep => Some(text),
            PartAct::Soft => soft,
            PartAct::Cut => None,
        })
        .map(|words| view! { <Say words page=lang/> })
        .collect_view();
    view! {
        <blockquote class="own-words"><p>{text}</p></blockquote>
        {whole.map(|fate| {
            let fate = fate.word(lang);
            view! { <p>{mine_tag(say!(lang, "あなたの答え：{fate}", "Your answer: {fate}"))}</p> }
        })}
    }
    .into_any()
}

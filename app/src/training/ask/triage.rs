//! A feed of posts, and under each what to do with it.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{how, message_at, question};
use crate::training::asked::TriageView;
use crate::training::decision::PostAct;
use crate::ui::{Chip, Chips, Fault, Post, Skin, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The posts in a frame of their own: what is asked of a post stands right under it, so nobody scrolls to and fro.
#[component]
pub(crate) fn TriageForm(ask: Words, rows: Vec<TriageView>, faults: Vec<Fault>, lang: Lang) -> AnyView {
    let of = rows.len();
    let skin = rows.first().map_or(Skin::Short, |row| row.post.skin);
    let network = skin.word(lang);
    let rows = rows
        .into_iter()
        .map(move |TriageView { id, post, given }| {
            let field = format!("row-{id}");
            let label = format!("{field}-words");
            let error = message_at(&faults, &field);
            let failed = error.is_some().then_some("");
            let author = post.author.text();
            let words = say!(lang, "投稿{id}：{author}", "Post {id}: {author}");
            let chips = PostAct::ALL
                .iter()
                .copied()
                .map(|act| Chip {
                    value: act.code().to_owned(),
                    words: act.word(lang).into_any(),
                    chosen: given == Some(act),
                })
                .collect();
            view! {
                <li class="triage__row" data-error=failed>
                    <Post post lang/>
                    <div class="triage__ask">
                        <p class="triage__label" id=label.clone()>
                            {words}<span class="triage__what">{say!(lang, "をどうしますか", " – what do you do?")}</span>
                        </p>
                        <Chips name=field labelled_by=label chips error/>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        {question(ask, lang)}
        {how(say!(
            lang,
            "{of}件の投稿の一つずつに、どうするかを選びます。何もしないでよい投稿もあります。",
            "Choose what to do with each of the {of} posts. Some need nothing.",
        ))}
        <div class="triage" data-skin=skin.code()>
            <p class="triage__strip">{say!(lang, "研修用の架空の画面です", "Invented screen for training")}
                <span class="triage__network">{network}</span></p>
            <ol class="triage__rows" role="list">{rows}</ol>
        </div>
    }
    .into_any()
}

//! One answer for each of several rows, explained: posts, cards, parts of a text, whom and how.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::ui::{ClauseLine, ClauseLink, Icon, Say, Shape, Verdict, VerdictTag, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowsKind {
    /// Posts.
    Posts,
    /// Cards in groups.
    Cards,
    /// Whom to tell, and how.
    Whom,
}

/// A row, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowResult {
    /// Who wrote it, for a post.
    pub by: Option<Words>,
    /// Its words. `None` where the page says what it is about: whom, how, the whole text.
    pub text: Option<Words>,
    /// What was answered.
    pub given: Words,
    /// What that is worth.
    pub verdict: Verdict,
    /// What would have been best, if that is something else.
    pub best: Option<Words>,
    /// Why.
    pub why: Option<Words>,
    /// The clause.
    pub clause: Option<ClauseLink>,
}

/// More rows than this stand behind a fold, if they were answered in the best way.
const LONG: usize = 4;

/// The rows, those first that could be better.
#[component]
pub(crate) fn RowsView(kind: RowsKind, rows: Vec<RowResult>, of: u16, lang: Lang) -> AnyView {
    let title = match kind {
        RowsKind::Posts => say!(lang, "投稿ごとの答え", "Post by post"),
        RowsKind::Cards => say!(lang, "カードごとの答え", "Card by card"),
        RowsKind::Whom => say!(lang, "だれに、どうやって", "Whom and how"),
    };
    let about = match kind {
        RowsKind::Posts | RowsKind::Cards => Vec::new(),
        RowsKind::Whom => vec![say!(lang, "だれに", "Whom"), say!(lang, "どうやって", "How")],
    };
    let rows = called(rows, about, lang);
    view! {
        <section class="results" aria-labelledby="rows">
            <h2 class="small-title" id="rows">{title}</h2>
            {(kind != RowsKind::Whom).then(|| count(&rows, of, lang))}
            {row_lines(rows, lang)}
        </section>
    }
    .into_any()
}

/// The text as it was made, as it would best be, and its parts.
#[component]
pub(crate) fn RedactView(
    yours: Vec<Words>,
    model: Option<Vec<Words>>,
    rows: Vec<RowResult>,
    of: u16,
    lang: Lang,
) -> AnyView {
    let text =
        |pieces: Vec<Words>| pieces.into_iter().map(|words| view! { <Say words page=lang/> }).collect_view();
    let model = model.map(|pieces| {
        view! {
            <section class="results" aria-labelledby="model">
                <h2 class="small-title" id="model">{say!(lang, "おすすめの文", "The text that we recommend")}</h2>
                <blockquote class="model__text"><p>{text(pieces)}</p></blockquote>
            </section>
        }
    });
    view! {
        <section class="results" aria-labelledby="own">
            <h2 class="small-title" id="own">{say!(lang, "あなたが直した文", "The text as you made it")}</h2>
            <blockquote class="own-words"><p>{text(yours)}</p></blockquote>
        </section>
        {model}
        <section class="results" aria-labelledby="rows">
            <h2 class="small-title" id="rows">{say!(lang, "一か所ずつ", "Part by part")}</h2>
            {count(&rows, of, lang)}
            {row_lines(rows, lang)}
        </section>
    }
    .into_any()
}

/// The rows, those without words of their own called by these in order.
fn called(rows: Vec<RowResult>, names: Vec<String>, lang: Lang) -> Vec<RowResult> {
    let mut names = names.into_iter();
    rows.into_iter()
        .map(|row| match row.text {
            Some(_) => row,
            None => RowResult { text: names.next().map(|name| Words::plain(lang, name)), ..row },
        })
        .collect()
}

/// How many rows were answered well; while the question is still asked, how many are to be thought of again.
fn count(rows: &[RowResult], of: u16, lang: Lang) -> AnyView {
    let good = rows.iter().filter(|row| matches!(row.verdict, Verdict::Best | Verdict::Ok)).count();
    let left = usize::from(of).saturating_sub(rows.len());
    let words = if left == 0 {
        say!(lang, "{of}件のうち{good}件が、よい答えです。", "{good} of {of} were answered well.")
    } else {
        say!(
            lang,
            "{of}件のうち{good}件が、よい答えです。あと{left}件を、もう一度考えてみましょう。",
            "{good} of {of} were answered well. Think again about the other {left}.",
        )
    };
    view! { <p class="results__count">{words}</p> }.into_any()
}

fn row_lines(rows: Vec<RowResult>, lang: Lang) -> AnyView {
    let long = rows.len() > LONG && rows.iter().any(|row| row.verdict != Verdict::Best);
    let (folded, told): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| long && row.verdict == Verdict::Best);
    let n = folded.len();
    let [told, folded] =
        [told, folded].map(|rows| rows.into_iter().map(|row| row_line(row, lang)).collect::<Vec<_>>());
    let fold = (n > 0).then(|| {
        view! {
            <details class="fold">
                <summary>{say!(lang, "最もよい答えだったもの（{n}件）", "Answered in the best way ({n})")}</summary>
                <ul class="results__lines" role="list">{folded}</ul>
            </details>
        }
    });
    view! {
        {(!told.is_empty()).then(|| view! { <ul class="results__lines" role="list">{told}</ul> })}
        {fold}
    }
    .into_any()
}

/// A row: what it is, what was answered, what would have been best, why.
pub(super) fn row_line(row: RowResult, lang: Lang) -> AnyView {
    let RowResult { by, text, given, verdict, best, why, clause } = row;
    let text = text.map(|words| {
        view! {
            <p class="result__text">
                {by.map(|by| view! { <span class="result__by"><Say words=by page=lang/></span> })}
                <Say words page=lang/>
            </p>
        }
    });
    let best = best.map(|best| {
        view! {
            <p class="result__best">
                <Icon shape=Shape::DoubleRing/>
                <span>{say!(lang, "おすすめ：", "Recommended: ")}<Say words=best page=lang/></span>
            </p>
        }
    });
    view! {
        <li class="result" data-verdict=verdict.code()>
            {text}
            <p class="result__answer">
                <VerdictTag verdict lang/>
                <span>{say!(lang, "あなたの答え：", "Your answer: ")}<Say words=given page=lang/></span>
            </p>
            {best}
            {why.map(|words| view! { <p><Say words page=lang/></p> })}
            {clause.map(|clause| view! { <p><ClauseLine clause lang/></p> })}
        </li>
    }
    .into_any()
}

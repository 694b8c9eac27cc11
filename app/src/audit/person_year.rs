//! One requirement in one year of a person's record.

use super::leaf::{LeafMark, LeafRef};
use super::person::span;
use super::swap::{SwapLine, swapped};
use crate::day::{Day, Moment};
use crate::training::answer_sheet::{looked_words, row_words};
use crate::training::ask::level_word;
use crate::training::because::{Because, Told, reason_list};
use crate::training::track::TrackOf;
use crate::ui::written::Written;
use crate::ui::{Fact, Facts, Say, Sheet, Status, StatusTag, Verdict, VerdictTag, Words};
use crate::{Lang, ShownIn, say};
use leptos::prelude::*;

/// An exemption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExemptionLine {
    /// Why.
    pub reason: String,
    /// Who asked, by name.
    pub asked_by: String,
    /// Who approved, by name.
    pub approved_by: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Its leaf.
    pub leaf: LeafRef,
}

/// A piece of an answer. What somebody wrote in their own words is for them alone: of it there is only the length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerPiece {
    /// Words of the course: the choice, a card, a region.
    Course(Words),
    /// Own words, of so many characters.
    OwnWords(usize),
    /// A level of confidence, 1–4.
    Level(u8),
    /// What was chosen for one row of several: the row, then the choice.
    Row(Words, Words),
    /// Something in a post was looked at more closely.
    Looked(Words),
    /// The learner went back to answer again.
    Again,
    /// What the log says, where the stored answers no longer lead through the module.
    Logged(String),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLine {
    /// Which answer of the attempt, from 1.
    pub turn: u32,
    /// What was asked.
    pub ask: Option<Words>,
    /// What was answered.
    pub answer: Vec<AnswerPiece>,
    /// What it was worth.
    pub verdict: Option<Verdict>,
    /// Points, of so many. (0, 0) where nothing is scored.
    pub points: (i64, i64),
    /// When.
    pub at: Moment,
    /// Its leaf.
    pub leaf: LeafRef,
}

/// A way through a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptLine {
    /// The module, as it was called then.
    pub title: Words,
    /// SHA-256 of what was shown.
    pub revision: String,
    /// Where that can be read.
    pub content: String,
    /// When it began.
    pub began: Moment,
    /// When it ended.
    pub finished: Option<Moment>,
    /// Another module was taken in its place.
    pub laid_aside: bool,
    /// The leaf of its beginning.
    pub leaf: LeafRef,
    /// The answers.
    pub answers: Vec<AnswerLine>,
}

/// A signature under the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    /// When.
    pub at: Moment,
    /// Version of the policy.
    pub version: Option<u32>,
    /// SHA-256 of its text.
    pub revision: String,
    /// Where that can be read.
    pub content: String,
    /// The language of the page.
    pub shown_in: ShownIn,
    /// What was ticked, as it stood on the page.
    pub statements: Vec<String>,
    /// Its leaf.
    pub leaf: LeafRef,
}

/// A completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionLine {
    /// Its number.
    pub number: String,
    /// The certificate; `None`: the name on it was erased.
    pub href: Option<String>,
    /// When.
    pub at: Moment,
    /// Before the due date was over.
    pub in_time: bool,
    /// Last day on which it counts.
    pub valid_until: Option<Day>,
    /// Its leaf.
    pub leaf: LeafRef,
}

/// One requirement in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonYear {
    /// Fiscal year.
    pub year: i64,
    /// Title of the requirement.
    pub title: String,
    /// Where it stands now.
    pub status: Status,
    /// Why it is owed.
    pub owing: Vec<Because>,
    /// With the modules of which track; `None` where there is only one list.
    pub track: Option<TrackOf>,
    /// When it came to be owed.
    pub assigned: Moment,
    /// Last day in time.
    pub due: Day,
    /// The leaf of the obligation.
    pub leaf: LeafRef,
    /// Exemptions.
    pub exemptions: Vec<ExemptionLine>,
    /// What was taken in the place of what.
    pub swaps: Vec<SwapLine>,
    /// The modules that were begun.
    pub attempts: Vec<AttemptLine>,
    /// The signature.
    pub signature: Option<SignatureLine>,
    /// The completion.
    pub completion: Option<CompletionLine>,
}

impl PersonYear {
    pub(super) fn view(self, n: u16, lang: Lang) -> AnyView {
        let Self {
            year,
            title,
            status,
            owing,
            track,
            assigned,
            due,
            leaf,
            exemptions,
            swaps,
            attempts,
            signature,
            completion,
        } = self;
        let id = format!("year-{n}");
        let named = id.clone();
        let mut facts = vec![
            Fact {
                name: say!(lang, "状態", "Status"), value: view! { <StatusTag status lang/> }.into_any()
            },
            Fact {
                name: say!(lang, "受ける理由", "Why it is owed"),
                value: reason_list(owing, Told::Others, lang),
            },
            proved(say!(lang, "割り当て", "Assigned"), assigned.seconds(lang), leaf, lang),
            Fact::text(say!(lang, "期限", "Due"), due.long(lang)),
        ];
        if let Some(track) = track {
            facts.insert(2, Fact::text(say!(lang, "区分", "Track"), track.noted(lang)));
        }
        facts.extend(exemptions.into_iter().map(|line| exempt(line, lang)));
        facts.extend(swaps.into_iter().map(|line| swapped(line, lang)));
        if let Some(line) = signature {
            facts.push(signed(line, lang));
        }
        if let Some(line) = completion {
            facts.push(completed(line, lang));
        }
        let attempts =
            (1_u16..).zip(attempts).map(|(m, attempt)| attempt_view(attempt, n, m, lang)).collect_view();
        view! {
            <section class="audit__part audit-year" aria-labelledby=named>
                <h2 id=id>{say!(lang, "{year}年度 ", "FY{year} ")}<Written text=title lang/></h2>
                <Facts facts/>
                {attempts}
            </section>
        }
        .into_any()
    }
}

pub(super) fn proved(name: String, value: String, leaf: LeafRef, lang: Lang) -> Fact {
    Fact { name, value: view! { <p>{value}</p><LeafMark leaf lang/> }.into_any() }
}

fn exempt(line: ExemptionLine, lang: Lang) -> Fact {
    let ExemptionLine { reason, asked_by, approved_by, from, until, leaf } = line;
    let value = view! {
        <p><Written text=reason lang/><span class="audit__span">{span(from, Some(until), lang)}</span></p>
        <p class="audit__aside">
            {say!(lang, "申請 ", "Asked by ")}<Written text=asked_by lang/>
            {say!(lang, "　承認 ", ", approved by ")}<Written text=approved_by lang/>
        </p>
        <LeafMark leaf lang/>
    };
    Fact { name: say!(lang, "免除", "Exemption"), value: value.into_any() }
}

fn signed(line: SignatureLine, lang: Lang) -> Fact {
    let SignatureLine { at, version, revision, content, shown_in, statements, leaf } = line;
    let statements = statements.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let version = version
        .map_or_else(String::new, |version| say!(lang, "規程 第{version}版", "Policy version {version}"));
    // What was signed is the ordinary text, whichever one was read.
    let plain = (shown_in == ShownIn::PlainJapanese).then(|| {
        let words =
            say!(lang, "やさしい日本語の画面で読みました。", "It was read on a page in plain Japanese.");
        view! { <p class="audit__aside">{words}</p> }
    });
    let value = view! {
        <p>{at.seconds(lang)}</p>
        <p><a href=content>{version}" "<code class="audit__hash">{revision}</code></a></p>
        <details class="fold fold--light">
            <summary>{say!(lang, "署名した文（画面に出たまま）", "What was signed, as it stood on the page")}</summary>
            <ul lang=shown_in.lang().tag()>{statements}</ul>
        </details>
        {plain}
        <LeafMark leaf lang/>
    };
    Fact { name: say!(lang, "署名", "Signature"), value: value.into_any() }
}

fn completed(line: CompletionLine, lang: Lang) -> Fact {
    let CompletionLine { number, href, at, in_time, valid_until, leaf } = line;
    let timing = if in_time { say!(lang, "期限内", "in time") } else { say!(lang, "期限後", "late") };
    let at = at.seconds(lang);
    let until = valid_until.map(|day| {
        let day = day.plain(lang);
        say!(lang, "　{day}まで有効", ", valid until {day}")
    });
    let words = say!(lang, "修了番号 {number}", "Number {number}");
    let value = view! {
        <p>{at}{say!(lang, "（{timing}）", " ({timing})")}{until}</p>
        <p>{match href {
            Some(href) => view! { <a href=href>{words}</a> }.into_any(),
            None => words.into_any(),
        }}</p>
        <LeafMark leaf lang/>
    };
    Fact { name: say!(lang, "修了", "Completion"), value: value.into_any() }
}

fn attempt_view(attempt: AttemptLine, n: u16, m: u16, lang: Lang) -> AnyView {
    let AttemptLine { title, revision, content, began, finished, laid_aside, leaf, answers } = attempt;
    let began = began.seconds(lang);
    let times = match finished {
        Some(finished) => {
            let finished = finished.seconds(lang);
            say!(lang, "{began} に始めて {finished} に終えました", "Begun {began}, finished {finished}")
        }
        None if laid_aside => say!(
            lang,
            "{began} に始めましたが、別の題材に替えました",
            "Begun {began}; another topic was taken instead",
        ),
        None => say!(lang, "{began} に始めました。まだ終えていません", "Begun {began}, not finished"),
    };
    let (points, of) =
        answers.iter().fold((0, 0), |sum, answer| (sum.0 + answer.points.0, sum.1 + answer.points.1));
    let count = answers.len();
    let id = format!("attempt-{n}-{m}");
    // Each year has its own way through the same module: the year is part of the name.
    let named = format!("year-{n} {id}");
    view! {
        <section class="audit-attempt" aria-labelledby=named>
            <h3 id=id><Say words=title page=lang/></h3>
            <p class="audit__aside">{times}</p>
            <p class="audit__aside">
                <a href=content>{say!(lang, "示した教材 ", "What was shown: ")}<code class="audit__hash">{revision}</code></a>
            </p>
            <LeafMark leaf lang/>
            {(count > 0).then(|| view! {
                <details class="fold audit-attempt__answers">
                    <summary>{say!(lang, "解答{count}件（{points} / {of}点）", "{count} answers ({points} of {of} points)")}</summary>
                    {answer_table(answers, n, m, lang)}
                </details>
            })}
        </section>
    }
    .into_any()
}

fn answer_table(answers: Vec<AnswerLine>, n: u16, m: u16, lang: Lang) -> AnyView {
    let heads = [
        say!(lang, "順", "No."),
        say!(lang, "問い", "Question"),
        say!(lang, "答え", "Answer"),
        say!(lang, "評価", "Judgement"),
        say!(lang, "日時", "When"),
        say!(lang, "証跡", "Leaf"),
    ];
    let rows = answers
        .into_iter()
        .map(|line| {
            let AnswerLine { turn, ask, answer, verdict, points: (points, of), at, leaf } = line;
            let [_, question, answered, judged, when, proof] = heads.clone();
            let answer = answer.into_iter().map(|piece| piece_view(piece, lang)).collect_view();
            let scored = (of > 0).then(|| say!(lang, " {points}/{of}点", " {points}/{of}"));
            view! {
                <tr>
                    <th scope="row">{turn}</th>
                    <td data-label=question>{ask.map(|words| view! { <Say words page=lang/> })}</td>
                    <td data-label=answered><ul role="list">{answer}</ul></td>
                    <td data-label=judged>
                        <span>{verdict.map(|verdict| view! { <VerdictTag verdict lang/> })}{scored}</span>
                    </td>
                    <td data-label=when><time class="nowrap" datetime=at.iso()>{at.seconds(lang)}</time></td>
                    <td data-label=proof><LeafMark leaf lang/></td>
                </tr>
            }
        })
        .collect_view();
    let head = heads.iter().map(|words| view! { <th scope="col">{words.clone()}</th> }).collect_view();
    let id = format!("answers-{n}-{m}");
    let caption = say!(lang, "解答", "Answers");
    view! {
        <Sheet id caption quiet=true>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn piece_view(piece: AnswerPiece, lang: Lang) -> AnyView {
    match piece {
        AnswerPiece::Course(words) => view! { <li><Say words page=lang/></li> }.into_any(),
        AnswerPiece::OwnWords(length) => view! {
            <li>{say!(lang, "自分で書いた文（{length}字）", "Own words ({length} characters)")}</li>
        }
        .into_any(),
        AnswerPiece::Level(level) => view! { <li>{level_word(level, lang)}</li> }.into_any(),
        AnswerPiece::Logged(text) => view! { <li class="audit__own"><Written text lang/></li> }.into_any(),
        AnswerPiece::Row(about, chosen) => row_words(about, chosen, lang),
        AnswerPiece::Looked(label) => looked_words(label, lang),
        AnswerPiece::Again => {
            view! { <li>{say!(lang, "もどって考え直した", "Went back to think again")}</li> }.into_any()
        }
    }
}

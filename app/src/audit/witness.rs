//! The witness of the logs: what it has seen, and why not more.

use super::grouped;
use crate::day::Moment;
use crate::ui::written::Written;
use crate::ui::{Fact, Notice, Tone};
use crate::{Lang, say};
use leptos::prelude::*;

/// What a witness has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessLine {
    /// When, by the clock of the witness.
    pub at: Moment,
    /// What the witness is called.
    pub by: String,
    /// How many leaves the checkpoint covers that it saw.
    pub leaves: u64,
}

/// How it is with the witness of the logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witnessing {
    /// The hospital has named none.
    Off,
    /// What it was shown, it has signed.
    Agrees,
    /// It has not signed the newest checkpoint yet.
    Waits(WitnessWaits),
    /// It has seen another log.
    Disagrees(WitnessDiffers),
}

/// Why a witness has not signed the newest checkpoint. What a program says of a failure is a technical sentence, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WitnessWaits {
    /// What is set cannot be used.
    Settings(String),
    /// There was no answer.
    NoAnswer(String),
    /// There was one with this status.
    Status(u16),
    /// It cannot be read, or is no signature of the witness.
    Answer(String),
    /// It has no verifier key of the log.
    UnknownLog,
    /// It has another verifier key of the log.
    OtherKey,
}

impl WitnessWaits {
    /// In words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Settings(why) => {
                say!(lang, "証人の設定を使えません（{why}）。", "The settings cannot be used: {why}.")
            }
            Self::NoAnswer(why) => {
                say!(lang, "証人から返事がありません（{why}）。", "There was no answer: {why}.")
            }
            Self::Status(status) => {
                say!(lang, "証人は署名せず、{status}と返しました。", "It did not sign and answered {status}.")
            }
            Self::Answer(why) => {
                say!(lang, "証人の返事は署名ではありません（{why}）。", "The answer is no signature: {why}.")
            }
            Self::UnknownLog => say!(
                lang,
                "証人は、この病院の検証鍵を知りません。検証鍵を証人に渡してください。",
                "It does not know this log. Give it the verifier key."
            ),
            Self::OtherKey => say!(
                lang,
                "証人が持っているのは、別の検証鍵です。いま署名に使っている検証鍵を証人に渡してください。",
                "It has another verifier key of this log. Give it the one that signs now."
            ),
        }
    }
}

/// What a witness has seen that is not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WitnessDiffers {
    /// The leaves here are not those that were signed.
    Here {
        /// The log.
        log: String,
    },
    /// The witness has seen more leaves than are signed here.
    Longer {
        /// The log.
        log: String,
        /// How many it has seen.
        seen: u64,
        /// How many are signed.
        signed: u64,
    },
    /// The first leaves are others.
    Other {
        /// The log.
        log: String,
        /// How many of them it has seen.
        seen: u64,
    },
}

impl WitnessDiffers {
    /// In words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Here { log } => say!(
                lang,
                "証跡「{log}」が、署名したときのものと違います。",
                "The leaves of {log} are not those that were signed."
            ),
            Self::Longer { log, seen, signed } => {
                let (seen, signed) = (grouped(*seen), grouped(*signed));
                say!(
                    lang,
                    "証人は証跡「{log}」を{seen}件まで見ましたが、ここで署名されているのは{signed}件です。",
                    "The witness has seen {seen} leaves of {log}, and only {signed} are signed here."
                )
            }
            Self::Other { log, seen } => {
                let seen = grouped(*seen);
                say!(
                    lang,
                    "証跡「{log}」の最初の{seen}件が、証人が見たものと違います。",
                    "The first {seen} leaves of {log} are not those that the witness has seen."
                )
            }
        }
    }
}

/// What the witness has seen of a log, and why not more.
pub(super) fn facts(witness: Option<WitnessLine>, witnessing: &Witnessing, lang: Lang) -> Vec<Fact> {
    let name = say!(lang, "証人の署名", "Signed by the witness");
    let mut facts = Vec::new();
    match (witness, witnessing) {
        (Some(WitnessLine { at, by, leaves }), _) => {
            let (at, leaves) = (at.seconds(lang), grouped(leaves));
            facts.push(Fact::text(name, say!(lang, "{at}（証跡{leaves}件まで）", "{at} ({leaves} leaves)")));
            let value = view! { <Written text=by lang/> }.into_any();
            facts.push(Fact { name: say!(lang, "証人", "Witness"), value });
        }
        (None, Witnessing::Off) => {}
        (None, _) => facts.push(Fact::text(name, say!(lang, "まだありません", "None yet"))),
    }
    if let Witnessing::Waits(why) = witnessing {
        facts.push(Fact::text(say!(lang, "署名がない理由", "Why not"), why.words(lang)));
    }
    facts
}

/// That the witness has seen another log.
pub(super) fn warning(witnessing: &Witnessing, lang: Lang) -> Option<AnyView> {
    let Witnessing::Disagrees(differs) = witnessing else { return None };
    let what = differs.words(lang);
    let title = say!(
        lang,
        "証人が見た証跡と、ここにある証跡が違います",
        "The witness has seen another log than the one here"
    );
    let view = view! {
        <Notice tone=Tone::Warn title=title>
            <p>{what}</p>
            <p>{say!(
                lang,
                "古い記録に戻されたか、記録が書き換えられたおそれがあります。証人のチェックポイントを受け取り、証跡パックと照合してください。",
                "The records may have been put back to older ones, or rewritten. Ask the witness for its checkpoint, and compare an evidence pack with it.",
            )}</p>
        </Notice>
    };
    Some(view.into_any())
}

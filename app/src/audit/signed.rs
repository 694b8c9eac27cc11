//! What is signed, as the auditor's first page shows it: the newest checkpoint, its time stamp, the keys, and the logs of earlier years.

use super::witness::{self, WitnessLine, Witnessing};
use super::{LogYear, grouped};
use crate::day::Moment;
use crate::ui::written::Written;
use crate::ui::{Fact, Facts, LinkButton, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The log of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its id.
    pub log: String,
    /// Which log of which fiscal year.
    pub year: LogYear,
    /// How many leaves it has.
    pub leaves: u64,
    /// How many of them the newest checkpoint covers.
    pub signed: u64,
    /// When that was signed.
    pub signed_at: Option<Moment>,
    /// The root over them, as it is printed.
    pub root: Option<String>,
    /// The signed note, every character.
    pub note: Option<String>,
    /// What a time stamp authority said of that checkpoint.
    pub stamp: Option<StampLine>,
    /// What the witness said of the largest checkpoint of this log that it saw.
    pub witness: Option<WitnessLine>,
}

/// The time stamp of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampLine {
    /// When, by the clock of the authority.
    pub at: Moment,
    /// What the authority is called.
    pub by: String,
}

/// How it is with the time stamps of checkpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamping {
    /// The hospital has named no authority.
    Off,
    /// No checkpoint waits.
    Done,
    /// So many checkpoints wait for the authority, the first of them since then.
    Waiting(u64, Moment),
}

/// A change of the key that signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChange {
    /// When.
    pub at: Moment,
    /// Where the leaf of the change can be read.
    pub href: String,
    /// The key before.
    pub old: String,
    /// Somebody else may have had it.
    pub stolen: bool,
}

pub(super) fn checkpoint(
    log: LogLine,
    (stamping, witnessing): (Stamping, Witnessing),
    (vkey, changes): (String, Vec<KeyChange>),
    lang: Lang,
) -> AnyView {
    let LogLine { log, year, leaves, signed, signed_at, root, note, stamp, witness: seen } = log;
    let year = year.words(lang);
    let unsigned = leaves.saturating_sub(signed);
    let count = match unsigned {
        0 => grouped(signed),
        _ => {
            let (signed, unsigned) = (grouped(signed), grouped(unsigned));
            say!(
                lang,
                "{signed}（ほかに{unsigned}件が次の署名を待っています）",
                "{signed} ({unsigned} more wait for the next signature)"
            )
        }
    };
    let mut facts = vec![
        Fact { name: say!(lang, "証跡ログ", "Log"), value: view! { <code>{log}</code> }.into_any() },
        Fact::text(say!(lang, "署名された証跡", "Leaves signed"), count),
    ];
    if let Some(at) = signed_at {
        facts.push(Fact::text(say!(lang, "署名した日時", "Signed at"), at.seconds(lang)));
    }
    if let Some(root) = root {
        let value = view! { <code class="audit__hash">{root}</code> }.into_any();
        facts.push(Fact { name: say!(lang, "ルート", "Root"), value });
    }
    let is_stamped = stamp.is_some();
    facts.extend(stamped(stamp, stamping, lang));
    facts.extend(witness::facts(seen, &witnessing, lang));
    let stamped = is_stamped.then(|| {
        view! {
            <p>{say!(
                lang,
                "タイムスタンプは、このチェックポイントがその時刻にはもうあったことを、病院の外の時計で示します。\
                 その署名は、証跡パックを検証するときに確かめます。",
                "The time stamp shows, by a clock outside this hospital, that the checkpoint was there at that time. Its signature is checked with \
                 the evidence pack.",
            )}</p>
        }
    });
    let note = note.map(|note| {
        view! {
            <p>{say!(
                lang,
                "次の文字をそのまま、この病院の外に控えます。メールでも、紙に印刷してもかまいません。\
                 後から記録が書き換えられると、この控えと合わなくなります。",
                "Keep these lines outside this hospital, as they are: in a mail, or printed on paper. If the records are altered later, \
                 they no longer agree with what you kept.",
            )}</p>
            <pre class="audit__copy" tabindex="0">{note}</pre>
        }
    });
    view! {
        <section class="audit__part" aria-labelledby="checkpoint">
            <h2 id="checkpoint">{say!(lang, "最新のチェックポイント（{year}）", "Newest checkpoint ({year})")}</h2>
            <Facts facts/>
            {stamped}
            {note}
            <h3>{say!(lang, "検証鍵", "Verifier key")}</h3>
            <p>{if changes.is_empty() {
                say!(
                    lang,
                    "導入のときに受け取った鍵と、一文字も違わないことを確かめます。",
                    "Make sure that it is, letter by letter, the key that you were given at installation.",
                )
            } else {
                say!(
                    lang,
                    "鍵を交換したときに受け取った鍵と、一文字も違わないことを確かめます。",
                    "Make sure that it is, letter by letter, the key that you were given when the key was changed.",
                )
            }}</p>
            <pre class="audit__copy" tabindex="0">{vkey}</pre>
            {(!changes.is_empty()).then(|| earlier_keys(changes, lang))}
        </section>
    }
    .into_any()
}

fn earlier_keys(changes: Vec<KeyChange>, lang: Lang) -> AnyView {
    let changes = changes
        .into_iter()
        .map(|KeyChange { at, href, old, stolen }| {
            let at = at.minutes(lang);
            let words = if stolen {
                say!(
                    lang,
                    "{at}に交換しました。この鍵は、ほかの人に渡ったおそれがあります。交換より前の記録は、当時のチェックポイントの控えと照合します。",
                    "Changed on {at}. Somebody else may have had this key: compare what was recorded before the change with checkpoints that you kept from then.",
                )
            } else {
                say!(lang, "{at}に交換しました。", "Changed on {at}.")
            };
            view! {
                <li>
                    <p><a href=href>{words}</a></p>
                    <pre class="audit__copy" tabindex="0">{old}</pre>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{say!(lang, "これまでの検証鍵", "Earlier keys")}</h3>
        <ul role="list">{changes}</ul>
    }
    .into_any()
}

/// Whether the checkpoint is stamped, by whose clock and when, and how many wait.
fn stamped(stamp: Option<StampLine>, stamping: Stamping, lang: Lang) -> Vec<Fact> {
    let name = say!(lang, "タイムスタンプ", "Time stamp");
    let mut facts = Vec::new();
    match (stamp, stamping) {
        (Some(StampLine { at, by }), _) => {
            facts.push(Fact::text(name, at.seconds(lang)));
            let value = view! { <Written text=by lang/> }.into_any();
            facts.push(Fact { name: say!(lang, "時刻認証局", "By the clock of"), value });
        }
        (None, Stamping::Done | Stamping::Waiting(..)) => {
            facts.push(Fact::text(name, say!(lang, "まだありません", "None yet")));
        }
        (None, Stamping::Off) => {}
    }
    if let Stamping::Waiting(number, since) = stamping {
        let (number, since) = (grouped(number), since.minutes(lang));
        facts.push(Fact::text(
            say!(lang, "タイムスタンプ待ち", "Waiting for a time stamp"),
            say!(lang, "チェックポイント{number}件（{since}から）", "Checkpoints: {number}, since {since}"),
        ));
    }
    facts
}

pub(super) fn earlier_logs(logs: Vec<LogLine>, lang: Lang) -> AnyView {
    let logs = logs
        .into_iter()
        .map(|log| {
            let LogLine { log, year, leaves, note, .. } = log;
            let year = year.words(lang);
            let leaves = grouped(leaves);
            view! {
                <li>
                    <h3>{say!(lang, "{year}：証跡{leaves}件", "{year}: {leaves} leaves")}</h3>
                    <p><code>{log}</code></p>
                    {note.map(|note| view! { <pre class="audit__copy" tabindex="0">{note}</pre> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="audit__part" aria-labelledby="earlier">
            <h2 id="earlier">{say!(lang, "これまでの年度", "Earlier years")}</h2>
            <ul class="audit__years" role="list">{logs}</ul>
            <LinkButton href=paths::AUDIT_LOG.to_owned() words=say!(lang, "証跡を読む", "Read the log") weight=Weight::Side/>
        </section>
    }
    .into_any()
}

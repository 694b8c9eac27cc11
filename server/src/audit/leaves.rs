//! The log, leaf by leaf.

use axum::extract::{Query, State};
use kokoroe_app::audit::log::kind_words;
use kokoroe_app::audit::{Choice, LeafLine, LogPage};
use kokoroe_app::{Lang, paths, say};
use serde::Deserialize;

use super::Kind;
use super::proofs::newest;
use super::store::{self, LeafRow};
use super::top::{choice, short};
use crate::http::{Answer, Auditor, Problem, Visitor, page};
use crate::people::scribe::KINDS;
use crate::state::Site;
use crate::training::translate::moment;

/// Leaves on a page.
const PAGE: i64 = 50;

/// What the address asks for: `log` is a fiscal year, `from` a place from which on it goes downwards.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    log: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
}

/// A part of a log, newest first.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _auditor: Auditor,
    Query(asked): Query<Asked>,
) -> Answer {
    let lang = visitor.lang;
    let kind = match asked.kind.as_str() {
        "" => None,
        text => Some(Kind::new(text).map_err(|_| Problem::not_found())?),
    };
    let mut conn = site.db.read().await?;
    let heads = store::heads(&mut conn).await?;
    let head = match asked.log.as_str() {
        "" => heads.last(),
        text => heads.iter().find(|head| short(&head.log_id) == text),
    };
    let head = head.ok_or(Problem::not_found())?;
    let last = head.size - 1;
    let from = asked.from.trim().parse().unwrap_or(last).clamp(0, last.max(0));
    let kind = kind.as_ref().map(Kind::as_str);
    let leaves = store::leaves_back(&mut conn, &head.log_id, from, kind, PAGE).await?;
    let signed = newest(&site, &mut conn, &head.log_id).await?.map_or(0, |(checkpoint, _)| checkpoint.size);
    let after = leaves.first().map_or(from, |leaf| leaf.seq);
    let later = store::places_after(&mut conn, &head.log_id, after, kind, PAGE).await?;
    let earlier =
        leaves.last().filter(|leaf| leaf.seq > 0 && leaves.len() as i64 == PAGE).map(|leaf| leaf.seq - 1);
    drop(conn);
    let address = |from: i64| {
        let kind = kind.map_or_else(String::new, |kind| format!("&kind={kind}"));
        format!("{}?log={}{kind}&from={from}", paths::AUDIT_LOG, short(&head.log_id))
    };
    let view = LogPage {
        logs: heads
            .iter()
            .rev()
            .map(|other| choice(&other.log_id, other.log_id == head.log_id, lang))
            .collect(),
        kinds: kinds(kind, lang),
        from: asked.from,
        size: u64::try_from(head.size).unwrap_or(0),
        newer: later.last().map(|place| address(*place)),
        older: earlier.map(address),
        lines: leaves.into_iter().map(|leaf| line(&site, leaf, signed)).collect(),
    };
    Ok(page(&site, &visitor, view))
}

/// The kinds that this version writes, and the one that is asked for.
fn kinds(chosen: Option<&str>, lang: Lang) -> Vec<Choice> {
    let all =
        Choice { value: String::new(), words: say!(lang, "すべて", "All"), chosen: chosen.is_none() };
    let mut codes: Vec<&str> = Kind::ALL.iter().map(Kind::as_str).chain(KINDS).collect();
    codes.extend(chosen.filter(|code| !codes.contains(code)));
    let choices = codes.into_iter().map(|code| Choice {
        value: code.to_owned(),
        words: kind_words(code, lang),
        chosen: chosen == Some(code),
    });
    std::iter::once(all).chain(choices).collect()
}

fn line(site: &Site, leaf: LeafRow, signed: u64) -> LeafLine {
    let index = u64::try_from(leaf.seq).unwrap_or(0);
    LeafLine {
        index,
        at: moment(leaf.at, site.calendar()),
        kind: leaf.kind,
        raw: String::from_utf8_lossy(&leaf.body).into_owned(),
        hash: hex::encode(leaf.hash),
        signed: index < signed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_written_has_words_in_both_languages() {
        let all: Vec<&str> = Kind::ALL.iter().map(Kind::as_str).chain(KINDS).collect();
        for lang in [Lang::Ja, Lang::En] {
            let mut words: Vec<String> = all.iter().map(|code| kind_words(code, lang)).collect();
            for (code, words) in all.iter().zip(&words) {
                assert_ne!(code, words, "{lang:?}");
            }
            words.sort();
            words.dedup();
            assert_eq!(words.len(), all.len(), "no two kinds are called the same");
        }
    }
}

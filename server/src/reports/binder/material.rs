//! ② 資料: every edition that people of this training met, page by page, with the SHA-256 that names it in every record, and its exact text.

use chrono::{DateTime, Utc};
use kokoroe_app::{Lang, say};
use kokoroe_courses::{Module, Policy};
use sha2::{Digest as _, Sha256};

use super::archive::Archive;
use super::frame::{Frame, Part, text};
use super::pages::blocks;
use super::plan::words;
use super::{BinderError, Progress, store};
use crate::audit::contents::{clauses, module_parts};
use crate::db::{Conn, DbError};
use crate::reports::file::{Cell, Printed};
use crate::requirements::store::lists;
use crate::state::Site;
use crate::training::store::{revision_body, revisions};

/// What an edition is of.
#[derive(Clone, Debug)]
pub(super) enum Edition {
    /// A module.
    Module(Module),
    /// A policy.
    Policy(Policy),
}

/// An edition that people met.
#[derive(Clone, Debug)]
pub(super) struct Met {
    pub(super) edition: Edition,
    /// The id of its module or policy.
    id: String,
    /// SHA-256 of its text.
    hash: String,
    body: String,
    published_at: DateTime<Utc>,
    /// How many people met it.
    people: i64,
}

/// The editions that were met by then; of a module that nobody has begun the present one.
pub(super) async fn used(site: &Site, conn: &mut Conn, frame: &Frame) -> Result<Vec<Met>, DbError> {
    let asked: Vec<String> =
        lists(conn, &frame.requirement.id).await?.into_iter().flat_map(|list| list.modules).collect();
    let mut modules = store::modules(conn, &frame.requirement.id, frame.at).await?;
    for id in &asked {
        if !modules.iter().any(|used| used.id == *id)
            && let Some((hash, _)) = site.content.module(id)
        {
            modules.push(store::Used { id: id.clone(), hash: hash.to_owned(), people: 0 });
        }
    }
    let mut policies = store::policies(conn, &frame.requirement.id, frame.at).await?;
    if policies.is_empty() {
        let (hash, policy) = site.content.policy();
        policies.push(store::Used { id: policy.id.clone(), hash: hash.to_owned(), people: 0 });
    }
    let published = revisions(conn).await?;
    let at = |hash: &str| published.iter().find(|row| row.hash == hash).map(|row| row.published_at);
    let place = |id: &str| site.content.catalogue.course.modules.iter().position(|known| known == id);
    modules.sort_by_key(|used| {
        (place(&used.id).is_none(), place(&used.id), used.id.clone(), at(&used.hash), used.hash.clone())
    });
    policies.sort_by_key(|used| (at(&used.hash), used.hash.clone()));
    let mut met = Vec::new();
    for (used, is_policy) in
        policies.into_iter().map(|used| (used, true)).chain(modules.into_iter().map(|used| (used, false)))
    {
        let Some(body) = revision_body(conn, &used.hash).await? else { continue };
        let unreadable = |error: &dyn std::fmt::Display| DbError::Inconsistent(error.to_string());
        let edition = if is_policy {
            Edition::Policy(Policy::from_canonical(&body).map_err(|error| unreadable(&error))?)
        } else {
            Edition::Module(Module::from_canonical(&body).map_err(|error| unreadable(&error))?)
        };
        met.push(Met {
            edition,
            published_at: at(&used.hash).unwrap_or_default(),
            id: used.id,
            hash: used.hash,
            body,
            people: used.people,
        });
    }
    Ok(met)
}

/// The folder of the materials.
pub(super) fn folder(lang: Lang) -> &'static str {
    if lang == Lang::Ja { "02_資料" } else { "02_materials" }
}

/// Writes the list of editions, each as a paper, and the exact text of each.
pub(super) async fn write(
    site: &Site,
    frame: &Frame,
    mut archive: Archive,
    used: &[Met],
    progress: &Progress,
) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let translator = words(site, lang);
    let folder = folder(lang);
    let mut rows = Vec::new();
    for met in used {
        let Met { edition, id, hash, body, published_at, people } = met;
        let (kind, title, version, parts) = match edition {
            Edition::Module(module) => (
                say!(lang, "教材", "Module"),
                translator.words(&module.title).text(),
                String::new(),
                module_parts(translator, module, hash),
            ),
            Edition::Policy(policy) => (
                say!(lang, "規程", "Policy"),
                translator.words(&policy.title).text(),
                policy.version.to_string(),
                clauses(translator, policy),
            ),
        };
        let published = frame.second(Some(*published_at));
        let matches = hex::encode(Sha256::digest(body.as_bytes())) == *hash;
        let short: String = hash.chars().take(8).collect();
        let name = format!("{folder}/{id}_{short}");
        let mut facts = vec![(say!(lang, "種類", "Kind"), kind.clone())];
        if !version.is_empty() {
            facts.push((say!(lang, "版", "Version"), version.clone()));
        }
        if let Cell::Text(published) = &published {
            facts.push((say!(lang, "公開した日時", "Published"), published.clone()));
        }
        facts.push((say!(lang, "本文のSHA-256", "SHA-256 of the text"), hash.clone()));
        facts.push((
            say!(lang, "照合", "Check"),
            if matches {
                say!(
                    lang,
                    "保存された本文から計算し直した値と一致",
                    "The stored text, hashed again, has this SHA-256"
                )
            } else {
                say!(
                    lang,
                    "一致しません。本文が書き換えられています",
                    "The stored text has another SHA-256: it was altered"
                )
            },
        ));
        let mut paper = vec![
            kokoroe_papers::Block::Facts(facts),
            kokoroe_papers::Block::Note(say!(
                lang,
                "受講者に示した内容です。正解と説明も、答えたあとに受講者が読むとおりに載せています。受講前の人には配らないでください。絵は、見えるものを言葉で書いています。絵そのものは本文（{folder}/text）に入っています。",
                "As it was shown. Right answers and reasons stand here as learners read them after they answered. Not for people who still have to take the training. Drawings are told in words; the drawings themselves are in the text ({folder}/text)."
            )),
        ];
        paper.extend(blocks(&parts, lang));
        let report = say!(lang, "② {title}", "2 {title}");
        let (filled, pages) = frame
            .paper(archive, (&name, &report, &title), say!(lang, "版 {hash}", "Ed. {hash}"), paper)
            .await?;
        archive = filled;
        archive.add(&format!("{folder}/text/{hash}.json"), body.as_bytes())?;
        rows.push(vec![
            text(kind),
            text(title),
            text(version),
            published,
            Cell::Number(*people),
            Cell::Number(i64::try_from(pages).unwrap_or(0)),
            text(format!("{name}.pdf")),
            text(hash),
        ]);
        progress.step();
    }
    frame.table(archive, list(frame, folder, rows)).await
}

fn list(frame: &Frame, folder: &str, rows: Vec<Vec<Cell>>) -> Part {
    let lang = frame.lang;
    let columns = [
        (say!(lang, "種類", "Kind"), 10.0),
        (say!(lang, "題名", "Title"), 36.0),
        (say!(lang, "版", "Version"), 8.0),
        (say!(lang, "公開した日時", "Published"), 20.0),
        (say!(lang, "使った人", "People"), 10.0),
        (say!(lang, "頁数", "Pages"), 8.0),
        (say!(lang, "ファイル", "File"), 36.0),
        (say!(lang, "本文のSHA-256", "SHA-256 of the text"), 68.0),
    ];
    let (columns, widths) = columns.into_iter().unzip();
    let label = kokoroe_app::reports::export::Label::Definitions.words(lang);
    let notes = [
        say!(
            lang,
            "この研修を受けた人が実際に開いた版と、署名した規程の版です。まだだれも使っていない教材は、今の版を載せています（使った人は0）。",
            "The editions that people of this training opened, and the policies they signed. Of a module that nobody has begun, the present edition (people: 0)."
        ),
        say!(
            lang,
            "{folder}/text にある本文のSHA-256は、ファイル名と同じです。受講と署名の記録は、この値で版を示しています。",
            "The texts in {folder}/text have their own SHA-256 as their name. Records of attempts and signatures name editions by it."
        ),
    ];
    Part {
        file: format!("{folder}/{}", if lang == Lang::Ja { "00_資料一覧" } else { "00_list" }),
        title: say!(lang, "② 資料の一覧", "2 Materials"),
        columns,
        widths,
        rows,
        printed: Printed { names: Some(1), ..Printed::default() },
        told: Vec::new(),
        notes: notes.map(|line| (label.clone(), line)).to_vec(),
    }
}

//! What was shown and asked, edition by edition.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use kokoroe_app::audit::{
    ContentChoice, ContentKind, ContentLine, ContentList, ContentPage, ContentPart, LeafRef, PartKind,
};
use kokoroe_app::paths;
use kokoroe_app::ui::{Word, Words};
use kokoroe_courses::{
    Assign, AssignRow, Checklist, Choice, Content, Item, Module, Pick, PickOption, Policy, Post, Scenario,
    Step, Task, Test, Whom,
};
use sha2::{Digest as _, Sha256};

use super::proofs::{Proofs, lost};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Auditor, Problem, Visitor, page};
use crate::policies::in_force;
use crate::reports::evidence::store::content_row;
use crate::reports::evidence::{Kept, Row};
use crate::state::Site;
use crate::training::store::{RevisionRow, revision_body, revisions};
use crate::training::translate::{Translator, drawing, moment, verdict};

/// Every edition that was published.
pub async fn list(State(site): State<Site>, visitor: Visitor, _auditor: Auditor) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let in_force = in_force(&site, &mut conn).await?;
    let published = revisions(&mut conn).await?;
    let mut records = Vec::with_capacity(published.len());
    for row in published.into_iter().rev() {
        let body = revision_body(&mut conn, &row.hash).await?.unwrap_or_default();
        let title = title(words, &row, &body);
        let record = content_row(&mut conn, &row.hash).await?;
        records.push((row, title, record));
    }
    let rows: Vec<&Row> = records.iter().filter_map(|(_, _, record)| record.as_ref()).collect();
    let proofs = Proofs::load(&site, &mut conn, &rows).await?;
    drop(conn);
    let lines = records.into_iter().map(|(row, title, record)| {
        let present = match kind(&row) {
            ContentKind::Module => {
                site.content.module(&row.content_id).is_some_and(|(hash, _)| hash == row.hash)
            }
            ContentKind::Policy => in_force.hash == row.hash,
        };
        ContentLine {
            kind: kind(&row),
            title,
            href: format!("{}/{}", paths::AUDIT_CONTENT, row.hash),
            published: moment(row.published_at, site.calendar()),
            present,
            leaf: record.map_or_else(lost, |record| proofs.of(Kept::Contents, &record)),
            revision: row.hash,
        }
    });
    let lines = lines.collect();
    Ok(page(&site, &visitor, ContentList { lines }))
}

fn kind(row: &RevisionRow) -> ContentKind {
    if row.kind == "policy" { ContentKind::Policy } else { ContentKind::Module }
}

/// The title in the edition's own text; its id when the text cannot be read any more.
fn title(words: Translator<'_>, row: &RevisionRow, body: &str) -> Words {
    let title = match kind(row) {
        ContentKind::Module => Module::from_canonical(body).map(|module| words.words(&module.title)),
        ContentKind::Policy => Policy::from_canonical(body).map(|policy| words.words(&policy.title)),
    };
    title.unwrap_or_else(|_| words.either(&row.content_id, &row.content_id))
}

async fn leaf(site: &Site, conn: &mut Conn, hash: &str) -> Result<LeafRef, DbError> {
    let Some(row) = content_row(conn, hash).await? else { return Ok(lost()) };
    Ok(Proofs::load(site, conn, &[&row]).await?.of(Kept::Contents, &row))
}

async fn find(conn: &mut Conn, hash: &str) -> Result<(RevisionRow, String), Problem> {
    let row = revisions(conn).await?.into_iter().find(|row| row.hash == hash).ok_or(Problem::not_found())?;
    let body = revision_body(conn, hash).await?.ok_or(Problem::not_found())?;
    Ok((row, body))
}

/// One edition, page by page, from its stored text.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _auditor: Auditor,
    Path(hash): Path<String>,
) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let (row, body) = find(&mut conn, &hash).await?;
    let (version, parts) = match kind(&row) {
        ContentKind::Module => {
            let module = Module::from_canonical(&body).ok();
            (None, module.map_or_else(Vec::new, |module| module_parts(words, &module, &hash)))
        }
        ContentKind::Policy => {
            let policy = Policy::from_canonical(&body).ok();
            (
                policy.as_ref().map(|policy| policy.version),
                policy.map_or_else(Vec::new, |policy| clauses(words, &policy)),
            )
        }
    };
    let view = ContentPage {
        kind: kind(&row),
        title: title(words, &row, &body),
        version,
        published: moment(row.published_at, site.calendar()),
        matches: hex::encode(Sha256::digest(body.as_bytes())) == hash,
        leaf: leaf(&site, &mut conn, &hash).await?,
        text: format!("{}/{hash}/text", paths::AUDIT_CONTENT),
        parts,
        revision: row.hash,
    };
    Ok(page(&site, &visitor, view))
}

/// The exact text of an edition.
pub async fn text(State(site): State<Site>, _auditor: Auditor, Path(hash): Path<String>) -> Answer {
    let mut conn = site.db.read().await?;
    let (row, body) = find(&mut conn, &hash).await?;
    let mut response: Response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The name is the hash, which was looked up: sixty-four hexadecimal digits.
    let disposition = format!("attachment; filename=\"{}.json\"", row.hash);
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::broken)?);
    Ok(response)
}

fn part(kind: PartKind, place: String) -> ContentPart {
    ContentPart {
        kind,
        place,
        title: None,
        must: false,
        told: Vec::new(),
        body: Vec::new(),
        posts: Vec::new(),
        picture: None,
        ask: None,
        choices: Vec::new(),
    }
}

/// Every clause of a policy and what is signed.
pub(crate) fn clauses(words: Translator<'_>, policy: &Policy) -> Vec<ContentPart> {
    let preamble = ContentPart {
        title: Some(words.words(&policy.title)),
        body: words.passage(&policy.preamble, ""),
        ..part(PartKind::Reading, String::new())
    };
    let clauses = policy.clauses.iter().map(|clause| ContentPart {
        title: Some(words.words(&clause.heading)),
        body: words.passage(&clause.body, ""),
        ..part(PartKind::Clause, clause.id.clone())
    });
    let statements = policy.statements.iter().map(|statement| ContentPart {
        title: Some(words.words(&statement.text)),
        ..part(PartKind::Statement, statement.id.clone())
    });
    std::iter::once(preamble).chain(clauses).chain(statements).collect()
}

/// Every page of a module, right answers and reasons included.
pub(crate) fn module_parts(words: Translator<'_>, module: &Module, revision: &str) -> Vec<ContentPart> {
    Reader { words, module, revision }.parts()
}

/// Reads a module for an auditor: everything in it, right answers and reasons included.
struct Reader<'a> {
    words: Translator<'a>,
    module: &'a Module,
    revision: &'a str,
}

impl Reader<'_> {
    fn parts(&self) -> Vec<ContentPart> {
        match &self.module.content {
            Content::Lesson(steps) => steps.iter().flat_map(|step| self.step(step)).collect(),
            Content::Test(test) => self.test(test),
        }
    }

    fn step(&self, step: &Step) -> Vec<ContentPart> {
        match step {
            Step::Read(reading) => vec![ContentPart {
                title: Some(self.words.words(&reading.title)),
                body: self.words.passage(&reading.body, paths::POLICY),
                ..part(PartKind::Reading, String::new())
            }],
            Step::Item(item) => vec![self.item(item)],
            Step::Scenario(scenario) => self.scenario(scenario),
            // The look back is made of the answers; it shows nothing that is not on the pages before it.
            Step::Debrief { .. } => Vec::new(),
        }
    }

    fn choice(&self, choice: &Choice) -> ContentChoice {
        ContentChoice {
            text: self.words.words(&choice.text),
            verdict: Some(verdict(choice.grade)),
            why: Some(self.words.words(&choice.why)),
        }
    }

    fn item(&self, item: &Item) -> ContentPart {
        let told = |text: &kokoroe_courses::Text, why: &kokoroe_courses::Text| ContentChoice {
            text: self.words.words(text),
            verdict: None,
            why: Some(self.words.words(why)),
        };
        let ticked = |option: &PickOption| ContentChoice {
            text: self.words.words(&option.text),
            verdict: None,
            why: option.why.as_ref().map(|why| self.words.words(why)),
        };
        let mut picture = None;
        let choices = match &item.task {
            Task::Judge(choices) => choices.iter().map(|choice| self.choice(choice)).collect(),
            Task::Hotspot(hotspot) => {
                picture = Some((drawing(self.revision, &hotspot.image), self.words.words(&hotspot.say)));
                hotspot.regions.iter().map(|region| told(&region.label, &region.why)).collect()
            }
            Task::Order(order) => order.cards.iter().map(|card| told(&card.text, &card.why)).collect(),
            Task::Draft(draft) => draft.models.iter().map(|model| told(&model.text, &model.note)).collect(),
            Task::Pick(Pick { options, .. }) | Task::Checklist(Checklist { options }) => {
                options.iter().map(ticked).collect()
            }
            Task::Assign(assign) => assign.rows.iter().map(|row| self.row(assign, row)).collect(),
            Task::Mosaic(mosaic) => {
                let clues = mosaic.clues.iter().map(ticked);
                clues
                    .chain(mosaic.findings.iter().chain(&mosaic.cuts).map(|choice| self.choice(choice)))
                    .collect()
            }
            Task::Contact(whom) => self.whom(whom),
            Task::Lookup(lookup) => {
                let said = lookup.clauses.iter().filter(|clause| clause.id == lookup.best);
                said.map(|clause| told(&clause.text, &lookup.why)).collect()
            }
            Task::Confidence { .. } | Task::Reflect { .. } => Vec::new(),
        };
        ContentPart {
            must: item.must,
            told: item.scene.iter().map(|scene| self.words.words(scene)).collect(),
            posts: item.posts.iter().map(|post| self.post(&item.id, post, &item.posts)).collect(),
            picture,
            ask: Some(self.words.words(&item.ask)),
            choices,
            ..part(PartKind::Question, item.id.clone())
        }
    }

    /// A row with its best act: the words, what to do with them, and why.
    fn row(&self, assign: &Assign, row: &AssignRow) -> ContentChoice {
        let mut text = row
            .text
            .as_ref()
            .map_or_else(|| Words::plain(self.words.lang(), row.id.as_str()), |text| self.words.words(text));
        if !row.plain {
            let best = self.words.act(assign, &row.best);
            text.words.push(Word { base: " → ".to_owned(), reading: None });
            text.words.extend(best.words);
        }
        ContentChoice { text, verdict: None, why: row.why.as_ref().map(|why| self.words.words(why)) }
    }

    /// The contacts and the ways that have a reason of their own.
    fn whom(&self, whom: &Whom) -> Vec<ContentChoice> {
        let name = |id: &str| {
            whom.book.iter().find(|entry| entry.id == id).map(|entry| self.words.words(&entry.text))
        };
        let contacts = whom.options.iter().filter_map(|option| {
            Some(ContentChoice {
                text: name(&option.id)?,
                verdict: Some(verdict(option.grade)),
                why: Some(self.words.words(&option.why)),
            })
        });
        let ways = whom.ways.iter().map(|way| ContentChoice {
            text: self.words.way(way.by.code()),
            verdict: Some(verdict(way.grade)),
            why: Some(self.words.words(&way.why)),
        });
        contacts.chain(ways).collect()
    }

    /// A post, with an id that is unique among all pages of the module.
    fn post(&self, place: &str, post: &Post, siblings: &[Post]) -> kokoroe_app::ui::PostView {
        let mut view = self.words.post(self.module, self.revision, post, siblings, false);
        let unique = |id: &str| format!("{place}-{id}").replace('/', "-");
        view.id = unique(&view.id);
        if let Some(to) = &mut view.reply_to {
            to.id = unique(&to.id);
        }
        view
    }

    fn scenario(&self, scenario: &Scenario) -> Vec<ContentPart> {
        let opening = ContentPart {
            title: Some(self.words.words(&scenario.title)),
            told: vec![self.words.words(&scenario.setup)],
            ..part(PartKind::Scene, scenario.id.clone())
        };
        let nodes = scenario.nodes.iter().map(|node| {
            let place = format!("{}/{}", scenario.id, node.id);
            let shown = scenario.posts.iter().filter(|post| node.show.contains(&post.id));
            ContentPart {
                must: node.must,
                told: node.tell.iter().map(|text| self.words.words(text)).collect(),
                posts: shown.map(|post| self.post(&place, post, &scenario.posts)).collect(),
                ask: node.ask.as_ref().map(|ask| self.words.words(ask)),
                choices: node.branches.iter().map(|branch| self.choice(&branch.choice)).collect(),
                ..part(PartKind::Scene, place)
            }
        });
        std::iter::once(opening).chain(nodes).collect()
    }

    fn test(&self, test: &Test) -> Vec<ContentPart> {
        let wordings = test.families.iter().flat_map(|family| {
            family.variants.iter().map(move |variant| ContentPart {
                must: family.must,
                told: variant.scene.iter().map(|scene| self.words.words(scene)).collect(),
                ask: Some(self.words.words(&variant.ask)),
                choices: variant.choices.iter().map(|choice| self.choice(choice)).collect(),
                ..part(PartKind::Test, format!("{}/{}", family.id, variant.id))
            })
        });
        wordings.collect()
    }
}

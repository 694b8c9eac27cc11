//! Bringing in a list of staff from the command line: for the first list of an empty hospital, and for lists that come every night.

use chrono::NaiveDate;
use kokoroe_app::people::FileFault;
use kokoroe_app::{Lang, say};

use super::apply::apply;
use super::line::{Line, lines};
use super::plan::{Base, DepartmentChange, Moved, Plan, plan};
use crate::db::DbError;
use crate::people::codes::Code;
use crate::people::hand::What;
use crate::people::{Scribe, department};
use crate::state::Site;

/// What is to be done with a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Order {
    /// Whoever is not on the list has left.
    pub complete: bool,
    /// Write the changes; otherwise they are only told.
    pub confirm: bool,
    /// How many are known to leave; needed when more would than the share that the hospital has set.
    pub leavers: Option<usize>,
}

/// Why a file was not brought in. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no list of staff.
    #[error("{0}")]
    File(String),
    /// More would leave than the share that the hospital has set, and nobody said that this is so.
    #[error("{0}")]
    ManyLeave(String),
    /// The records.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What a file changes.
#[derive(Debug)]
pub struct Imported {
    /// The plan in words, a line each.
    pub plan: Vec<String>,
    /// Whether it was written.
    pub applied: bool,
    /// How many rows were left out because of their faults.
    pub left_out: usize,
    /// The one-time codes of the new people: staff number, code and last day, separated by tabs. They cannot be told again.
    pub codes: Vec<String>,
}

/// Reads a file, compares it with the records and, if so ordered, applies what it says in one write.
///
/// # Errors
/// [`ImportError`]; then nothing was written.
pub async fn import_file(
    site: &Site,
    bytes: Vec<u8>,
    order: Order,
    lang: Lang,
) -> Result<Imported, ImportError> {
    let lines = read(bytes, lang).await?;
    let today = site.calendar().date(site.now());
    if !order.confirm {
        let mut conn = site.db.read().await?;
        let base = Base::load(&mut conn, today).await?;
        return Ok(only_told(&plan(&base, &lines, order.complete, today), lang));
    }
    let inner = site.clone();
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                department::come_into_force(tx, &by).await?;
                let base = Base::load(tx, today).await?;
                let plan = plan(&base, &lines, order.complete, today);
                if plan.many_leave() && order.leavers != Some(plan.departures()) {
                    return Err(many_leave(&plan, lang));
                }
                let tracks = &inner.content.catalogue.course.tracks;
                let codes = apply(tx, &by, &base, &plan, tracks).await?;
                let codes = codes.iter().map(|code| slip(&inner, code)).collect();
                Ok(Imported { applied: true, codes, ..only_told(&plan, lang) })
            })
        })
        .await
}

/// Reads a file and tells what it would bring into a hospital that does not exist yet.
///
/// # Errors
/// When it is no list of staff.
pub async fn preview_file(
    bytes: Vec<u8>,
    complete: bool,
    today: NaiveDate,
    lang: Lang,
) -> Result<Imported, ImportError> {
    let lines = read(bytes, lang).await?;
    Ok(only_told(&plan(&Base::default(), &lines, complete, today), lang))
}

async fn read(bytes: Vec<u8>, lang: Lang) -> Result<Vec<Line>, ImportError> {
    let read = tokio::task::spawn_blocking(move || lines(&bytes)).await.unwrap_or(Err(FileFault::Damaged));
    read.map_err(|fault| ImportError::File(fault.words(lang)))
}

fn only_told(plan: &Plan, lang: Lang) -> Imported {
    Imported { plan: told(plan, lang), applied: false, left_out: plan.bad.len(), codes: Vec::new() }
}

fn many_leave(plan: &Plan, lang: Lang) -> ImportError {
    let (leaving, present, most) = (plan.departures(), plan.present, plan.most_leaving.0);
    ImportError::ManyLeave(say!(
        lang,
        "退職になる人が{leaving}人います（今いる{present}人の{most}%を超えています）。正しければ --let-leave {leaving} を付けます。何も書いていません。",
        "{leaving} of the {present} people in post would leave, more than {most}%. If that is right, add --let-leave {leaving}. Nothing was written.",
    ))
}

fn slip(site: &Site, code: &Code) -> String {
    let last = site.calendar().last_day_before(code.until);
    format!("{}\t{}\t{last}", code.staff.staff_no, code.code)
}

/// A plan in words.
fn told(plan: &Plan, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let mut head = |title: String, rows: Vec<String>| {
        out.push(format!("{title}: {}", rows.len()));
        out.extend(rows.into_iter().map(|row| format!("  {row}")));
    };
    let bad = plan.bad.iter().map(|bad| {
        let (row, number, name) = (bad.row, &bad.staff_no, &bad.name);
        let why = bad.faults.iter().map(|fault| fault.words(lang)).collect::<Vec<_>>().join(" ");
        say!(lang, "{row}行目 {number} {name} {why}", "row {row} {number} {name}: {why}")
    });
    head(say!(lang, "取り込めない行", "Rows left out"), bad.collect());
    let departments = plan.departments.iter().map(|step| {
        let code = &step.code;
        match &step.change {
            DepartmentChange::New { name, parent, .. } => {
                let above = parent.as_deref().unwrap_or("―");
                say!(lang, "{code} {name} 新しい部署（上位 {above}）", "{code} {name} is new, below {above}")
            }
            DepartmentChange::Renamed { before, after } => format!("{code} {} → {}", before.0, after.0),
            DepartmentChange::Moved { before, after } => {
                let before = before.as_deref().unwrap_or("―");
                say!(lang, "{code} 上位 {before} → {after}", "{code} below {before} → {after}")
            }
        }
    });
    head(say!(lang, "部署", "Departments"), departments.collect());
    let added = plan.added.iter().map(|added| {
        let (number, family, given, place) =
            (&added.staff_no, &added.family, &added.given, &added.department);
        format!("{number} {family} {given} {place} {}", added.joined_on)
    });
    head(say!(lang, "加わる人", "Joining"), added.collect());
    let changed = plan.changed.iter().map(|changed| {
        let differences = changed.differences.iter().map(|difference| {
            format!(
                "{} {} → {}",
                difference.column.words(lang),
                or_none(&difference.before),
                or_none(&difference.after)
            )
        });
        format!("{} {}", changed.after.staff_no, differences.collect::<Vec<_>>().join(", "))
    });
    head(say!(lang, "変わる人", "Changed"), changed.collect());
    head(
        say!(lang, "異動する人", "Moving"),
        plan.moved.iter().map(|moved| moved_line(moved, lang)).collect(),
    );
    let leaving = plan.leaving.iter().map(|leaving| format!("{} {}", leaving.staff_no, leaving.name));
    head(say!(lang, "退職になる人", "Leaving"), leaving.collect());
    let kept = plan.kept.iter().map(|kept| {
        let (number, name, on) = (&kept.staff_no, &kept.name, kept.entered_on);
        let what = What::from_code(&kept.what).map(|what| what.words(lang)).unwrap_or_default();
        say!(
            lang,
            "{number} {name} {what}（{on} に手で入力）",
            "{number} {name} {what} (entered by hand on {on})"
        )
    });
    head(say!(lang, "そのまま残すこと", "Kept"), kept.collect());
    let unchanged = plan.unchanged;
    out.push(say!(lang, "そのままの人: {unchanged}", "Staying as they are: {unchanged}"));
    out
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "―" } else { text }
}

fn moved_line(moved: &Moved, lang: Lang) -> String {
    let main = moved
        .main
        .iter()
        .map(|(from, to)| format!("{} → {to}", or_none(from.as_deref().unwrap_or_default())));
    let begins = moved.begins.iter().map(|code| say!(lang, "兼務 +{code}", "also +{code}"));
    let ends = moved.ends.iter().map(|code| say!(lang, "兼務 -{code}", "also -{code}"));
    let hands_over =
        moved.hands_over.iter().map(|code| say!(lang, "所属長を外れる {code}", "no longer manages {code}"));
    let all: Vec<String> = main.chain(begins).chain(ends).chain(hands_over).collect();
    format!("{} {} {} {}", moved.staff_no, moved.name, all.join(", "), moved.on)
}

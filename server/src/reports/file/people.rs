//! The list of people as a file: the whole of it, whatever page of it is on the screen.

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::reports::PersonLine;
use kokoroe_app::reports::export::{self, Label};
use kokoroe_app::{Day, say};
use tokio::sync::mpsc;

use super::{Cell, Fact, Kind, Lost, Made, Printed, Rows, Sheet, answer, document, notes, saved_as, written};
use crate::audit;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Problem};
use crate::reminders::Marks;
use crate::reports::about::{About, question};
use crate::reports::asked::{Asked, Wanted};
use crate::reports::lines::Liner;
use crate::reports::list::{Desk, tally};
use crate::reports::scope::Scope;
use crate::reports::store::{self, Instant, Page, Question, RosterRow, Scan};
use crate::reports::tally::rate_view;
use crate::training::translate::day;

/// The list of people of a page as a file, the whole of it.
pub(in crate::reports) async fn people(desk: &Desk<'_>, asked: &Asked, kind: Kind) -> Answer {
    let mut conn = desk.site.db.read().await?;
    let about = About::read(desk.site, &mut conn, asked).await?;
    drop(conn);
    let Listed { made, sheet, conditions, fact, asking, scan } = listed(desk, asked, &about, kind).await?;
    let name = export::list_file(desk.visitor.lang);
    let (next, coming) = mpsc::channel(2);
    let feeding = feed(desk, asked, &asking, &scan, next);
    let (fed, answered) = tokio::join!(feeding, answer(made, sheet, conditions, fact, &name, Some(coming)));
    fed?;
    answered
}

/// The same to be kept and taken later: its bytes and the name to save them under. `at` is when it was asked for.
pub(in crate::reports) async fn people_kept(
    desk: &Desk<'_>,
    asked: &Asked,
    about: &About,
    kind: Kind,
    at: DateTime<Utc>,
) -> Result<(Vec<u8>, String), Problem> {
    let Listed { made, sheet, conditions, asking, scan, .. } = listed(desk, asked, about, kind).await?;
    let (document, _) = document(&made, at, sheet, conditions)?;
    let (name, _) = saved_as(&made, &export::list_file(desk.visitor.lang));
    let (next, coming) = mpsc::channel(2);
    let feeding = feed(desk, asked, &asking, &scan, next);
    let (fed, written) = tokio::join!(feeding, written(document, kind, desk.site.calendar(), Some(coming)));
    fed?;
    Ok((written?.0, format!("{name}.{}", kind.sort().extension)))
}

/// Reads the people of a list and hands them on as rows while the file is written: they may be more than should be held in memory.
async fn feed(
    desk: &Desk<'_>,
    asked: &Asked,
    asking: &Question,
    scan: &Scan,
    next: mpsc::Sender<Result<Rows, Lost>>,
) -> Result<(), DbError> {
    let (to, mut batches) = mpsc::channel(2);
    let reading = async {
        let mut conn = desk.site.db.read().await?;
        let read = read(&mut conn, desk, asked, asking, scan, &to).await;
        drop(to);
        read
    };
    let marks = Marks::default();
    let liner = liner(desk, &marks, asking.instant);
    let turning = async {
        let mut before = 0;
        while let Some((batch, counted)) = batches.recv().await {
            let mut rows = Vec::with_capacity(batch.len());
            list_rows(desk, &liner, &batch, counted, &mut rows, before);
            before += rows.len();
            if next.send(Ok(rows)).await.is_err() {
                break;
            }
        }
        // Nobody reads on any more: the reading ends too.
        batches.close();
    };
    let (read, ()) = tokio::join!(reading, turning);
    if read.is_err() {
        // The file must not end as if it were whole. Whoever writes it may have ended already.
        next.send(Err(Lost)).await.ok();
    }
    read
}

fn liner<'l>(desk: &Desk<'l>, marks: &'l Marks, instant: Instant) -> Liner<'l> {
    Liner {
        marks,
        tree: desk.tree,
        instant,
        calendar: desk.site.calendar(),
        lang: desk.visitor.lang,
        people: "",
        at: "",
        departments: true,
    }
}

/// A list on its way into a file.
struct Listed<'a> {
    made: Made<'a>,
    sheet: Sheet,
    conditions: Vec<(String, String)>,
    fact: Fact,
    asking: Question,
    scan: Scan,
}

/// Everything but its rows.
async fn listed<'a>(
    desk: &Desk<'a>,
    asked: &Asked,
    about: &'a About,
    kind: Kind,
) -> Result<Listed<'a>, Problem> {
    let (site, lang, calendar) = (desk.site, desk.visitor.lang, desk.site.calendar());
    let checkpoint = audit::sign_for_report(site).await.map_err(Problem::broken)?;
    let mut conn = site.db.read().await?;
    let requirement = about.requirement.as_ref().ok_or(Problem::not_found())?;
    let asking = question(requirement, about.when, asked);
    let (scan, scope) = (desk.scope.scan(desk.tree), desk.scope.listed(desk.tree));
    let wanted = asked.wanted;
    let counts = store::counts(&mut conn, &asking, &scan).await?;
    drop(conn);
    let tally = tally(desk.tree, desk.scope, &counts);
    let people = tally.sum(|status| wanted.takes(status));
    let mut conditions = vec![
        (Label::Hospital.words(lang), site.hospital.name(lang).to_owned()),
        (Label::Report.words(lang), export::list_sheet(lang)),
    ];
    conditions.extend(desk.conditions(asked, about));
    conditions.push((Label::Due.words(lang), day(calendar.last_day_before(requirement.due_at)).long(lang)));
    conditions.push((Label::Rate.words(lang), rate_view(tally.rate()).words(lang)));
    conditions.push((Label::People.words(lang), people.to_string()));
    let sheet = Sheet {
        name: export::list_sheet(lang),
        title: format!("{} {}", requirement.title_in(lang), desk.scope.name(desk.tree, lang)),
        columns: export::columns(lang).to_vec(),
        widths: vec![6.0, 12.0, 20.0, 14.0, 12.0, 18.0, 22.0, 12.0, 12.0, 12.0, 44.0],
        rows: Vec::new(),
        printed: Printed { names: Some(5), ..Printed::default() },
    };
    let scope_ids = match desk.scope {
        Scope::Below(tops) => tops.iter().map(ToString::to_string).collect(),
        Scope::All | Scope::Nowhere => vec![scope],
    };
    let fact = Fact {
        report: "people",
        requirement: requirement.id.clone(),
        scope: scope_ids,
        status: match wanted {
            Wanted::All => "all",
            Wanted::Open => "open",
            Wanted::Of(status) => status.code(),
        },
        narrowed: !asked.search.is_empty() || !asked.profession.is_empty(),
    };
    let made = Made {
        site,
        visitor: desk.visitor,
        signed: desk.signed,
        requirement,
        when: about.when,
        kind,
        checkpoint,
        notes: notes(lang),
    };
    Ok(Listed { made, sheet, conditions, fact, asking, scan })
}

/// Everybody on the list, then those who are counted elsewhere.
async fn read(
    conn: &mut Conn,
    desk: &Desk<'_>,
    asked: &Asked,
    asking: &Question,
    scan: &Scan,
    to: &mpsc::Sender<(Vec<RosterRow>, bool)>,
) -> Result<(), DbError> {
    let (scope, wanted) = (desk.scope.listed(desk.tree), asked.wanted);
    let takes = |status| wanted.takes(status);
    store::roster_in_batches(conn, asking, scan, &scope, takes, asked.sorted.order(), to).await?;
    if let Scope::Below(_) = desk.scope {
        let also = store::concurrent(conn, asking, &scope, takes, Page::WHOLE).await?;
        to.send((also, false)).await.ok();
    }
    Ok(())
}

/// Adds people to the rows; `before` is how many came before those.
fn list_rows(
    desk: &Desk<'_>,
    liner: &Liner<'_>,
    people: &[RosterRow],
    counted: bool,
    out: &mut Vec<Vec<Cell>>,
    before: usize,
) {
    let lang = desk.visitor.lang;
    for row in people {
        let number = i64::try_from(before + out.len()).unwrap_or(0) + 1;
        let line = liner.line(row);
        let department =
            row.department_id.as_ref().and_then(|id| desk.tree.get(id)).map(|node| &node.department);
        let code = department.map(|department| department.code.clone()).unwrap_or_default();
        let mut remarks: Vec<String> = Vec::new();
        if !counted {
            remarks.push(export::concurrent(lang));
        }
        remarks.extend(line.remark.as_ref().map(|remark| remark.words(lang)));
        remarks.extend(line.timing.filter(|timing| timing.is_late()).map(|timing| timing.words(lang)));
        let PersonLine {
            name, kana, number: staff_no, profession, department, status, due, completed, ..
        } = line;
        out.push(vec![
            Cell::Number(number),
            Cell::Text(code),
            Cell::Text(department.unwrap_or_default()),
            Cell::Text(profession),
            Cell::Text(staff_no),
            Cell::Text(name),
            Cell::Text(kana),
            Cell::Text(status.word(lang)),
            completed.map_or(Cell::Empty, day_cell),
            day_cell(due),
            Cell::Text(remarks.join(&say!(lang, "、", "; "))),
        ]);
    }
}

fn day_cell(day: Day) -> Cell {
    NaiveDate::from_ymd_opt(day.year, day.month.into(), day.day.into()).map_or(Cell::Empty, Cell::Day)
}

//! The list of people as a file: the whole of it, whatever page of it is on the screen.

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::reports::PersonLine;
use kokoroe_app::reports::export::{self, Label};
use kokoroe_app::{Day, say};

use super::{Cell, Fact, Kind, Made, Printed, Sheet, answer, document, notes, saved_as, written};
use crate::audit;
use crate::http::{Answer, Problem};
use crate::reminders::Marks;
use crate::reports::asked::{Asked, Wanted};
use crate::reports::lines::Liner;
use crate::reports::list::{About, Desk, question, tally};
use crate::reports::scope::Scope;
use crate::reports::store::{self, Page, RosterRow};
use crate::reports::tally::rate_view;
use crate::training::translate::day;

/// The list of people of a page as a file, the whole of it.
pub(in crate::reports) async fn people(desk: &Desk<'_>, asked: &Asked, kind: Kind) -> Answer {
    let mut conn = desk.site.db.read().await?;
    let about = About::read(desk.site, &mut conn, asked).await?;
    drop(conn);
    let Listed { made, sheet, conditions, fact } = listed(desk, asked, &about, kind).await?;
    answer(made, sheet, conditions, fact, &export::list_file(desk.visitor.lang)).await
}

/// The same to be kept and taken later: its bytes and the name to save them under. `at` is when it was asked for.
pub(in crate::reports) async fn people_kept(
    desk: &Desk<'_>,
    asked: &Asked,
    about: &About,
    kind: Kind,
    at: DateTime<Utc>,
) -> Result<(Vec<u8>, String), Problem> {
    let Listed { made, sheet, conditions, .. } = listed(desk, asked, about, kind).await?;
    let (document, _) = document(&made, at, sheet, conditions)?;
    let (name, _) = saved_as(&made, &export::list_file(desk.visitor.lang));
    let bytes = written(document, kind, desk.site.calendar()).await?;
    Ok((bytes, format!("{name}.{}", kind.sort().extension)))
}

/// A list on its way into a file.
struct Listed<'a> {
    made: Made<'a>,
    sheet: Sheet,
    conditions: Vec<(String, String)>,
    fact: Fact,
}

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
    let rows = store::roster(
        &mut conn,
        &asking,
        &scan,
        &scope,
        |status| wanted.takes(status),
        asked.sorted.order(),
        Page::WHOLE,
    )
    .await?;
    let also = match desk.scope {
        Scope::Below(_) => {
            store::concurrent(&mut conn, &asking, &scope, |status| wanted.takes(status), Page::WHOLE).await?
        }
        Scope::All | Scope::Nowhere => Vec::new(),
    };
    let counts = store::counts(&mut conn, &asking, &scan).await?;
    drop(conn);
    let tally = tally(desk.tree, desk.scope, &counts);
    let marks = Marks::default();
    let liner = Liner {
        marks: &marks,
        tree: desk.tree,
        instant: about.when.instant,
        calendar,
        lang,
        people: "",
        at: "",
        departments: true,
    };
    let mut conditions = vec![
        (Label::Hospital.words(lang), site.hospital.name(lang).to_owned()),
        (Label::Report.words(lang), export::list_sheet(lang)),
    ];
    conditions.extend(desk.conditions(asked, about));
    conditions.push((Label::Due.words(lang), day(calendar.last_day_before(requirement.due_at)).long(lang)));
    conditions.push((Label::Rate.words(lang), rate_view(tally.rate()).words(lang)));
    conditions.push((Label::People.words(lang), rows.len().to_string()));
    let sheet = Sheet {
        name: export::list_sheet(lang),
        title: format!("{} {}", requirement.title_in(lang), desk.scope.name(desk.tree, lang)),
        columns: export::columns(lang).to_vec(),
        widths: vec![6.0, 12.0, 20.0, 14.0, 12.0, 18.0, 22.0, 12.0, 12.0, 12.0, 44.0],
        rows: list_rows(desk, &liner, &rows, &also),
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
    Ok(Listed { made, sheet, conditions, fact })
}

fn list_rows(desk: &Desk<'_>, liner: &Liner<'_>, rows: &[RosterRow], also: &[RosterRow]) -> Vec<Vec<Cell>> {
    let lang = desk.visitor.lang;
    let mut out = Vec::with_capacity(rows.len() + also.len());
    for (number, (row, counted)) in
        (1_i64..).zip(rows.iter().map(|row| (row, true)).chain(also.iter().map(|row| (row, false))))
    {
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
    out
}

fn day_cell(day: Day) -> Cell {
    NaiveDate::from_ymd_opt(day.year, day.month.into(), day.day.into()).map_or(Cell::Empty, Cell::Day)
}

//! What the answers show, as a file. What the page hides, the file does not have either.

use chrono::{DateTime, Utc};
use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::insight::list::clause_words;
use kokoroe_app::reports::insight::{
    ClausesPage, QuestionRow, Share, clauses::definitions as clause_definitions,
};
use kokoroe_app::reports::insight::{definitions, file as said};

use super::{Cell, Fact, Kind, Made, Printed, Sheet, answer};
use crate::audit;
use crate::http::{Answer, Problem, Signed, Visitor};
use crate::reports::asked::When;
use crate::requirements::store::Requirement;
use crate::state::Site;

/// The list on its way into a file.
pub(in crate::reports) struct Questions {
    pub(in crate::reports) rows: Vec<QuestionRow>,
    /// What it was narrowed to.
    pub(in crate::reports) conditions: Vec<(String, String)>,
    pub(in crate::reports) narrowed: bool,
}

fn noted(lang: kokoroe_app::Lang, lines: Vec<String>) -> Vec<(String, String)> {
    lines.into_iter().map(|line| (Label::Definitions.words(lang), line)).collect()
}

/// How wide each column of the list of questions is, in characters.
pub(in crate::reports) fn widths() -> Vec<f64> {
    vec![22.0, 24.0, 44.0, 16.0, 12.0, 12.0, 8.0, 11.0, 9.0, 9.0, 11.0, 11.0, 9.0, 40.0, 10.0, 16.0, 22.0]
}

/// The rows of the list of questions.
pub(in crate::reports) fn cells(rows: Vec<QuestionRow>, lang: kokoroe_app::Lang) -> Vec<Vec<Cell>> {
    let text = Cell::Text;
    rows.into_iter()
        .map(|row| {
            let mut cells = vec![
                text(row.module.text()),
                text(row.place),
                text(row.ask.text()),
                text(row.kind.words(lang)),
                text(clause_words(&row.clauses, lang)),
                if row.older { text(said::older(lang)) } else { Cell::Empty },
            ];
            let Some(told) = row.told else {
                cells.resize(16, Cell::Empty);
                cells.push(text(said::small(lang)));
                return cells;
            };
            cells.push(Cell::Number(told.good.of.into()));
            cells.push(told.good.tenths().map_or(Cell::Empty, |tenths| Cell::Permille(tenths.into())));
            cells.extend(told.grades.iter().map(|(_, people)| Cell::Number((*people).into())));
            cells.push(told.discrimination.map_or(Cell::Empty, |value| Cell::Number(value.into())));
            let (wrong, people) = told.wrong.map_or((Cell::Empty, Cell::Empty), |(words, people)| {
                (text(words.text()), Cell::Number(people.into()))
            });
            cells.extend([wrong, people]);
            let flags: Vec<String> = told.flags.iter().map(|flag| flag.words(lang)).collect();
            cells.push(text(flags.join("・")));
            cells.push(Cell::Empty);
            cells
        })
        .collect()
}

/// The list of questions as a file.
pub(in crate::reports) async fn questions(
    site: &Site,
    visitor: &Visitor,
    signed: &Signed,
    requirement: &Requirement,
    at: DateTime<Utc>,
    list: Questions,
    kind: Kind,
) -> Answer {
    let lang = visitor.lang;
    let checkpoint = audit::sign_for_report(site).await.map_err(Problem::broken)?;
    let Questions { rows, conditions: narrowed_to, narrowed } = list;
    let sheet = Sheet {
        name: said::questions_sheet(lang),
        title: requirement.title_in(lang).to_owned(),
        columns: said::columns(lang).to_vec(),
        widths: widths(),
        rows: cells(rows, lang),
        printed: Printed { names: Some(2), ..Printed::default() },
    };
    let mut conditions = vec![
        (Label::Hospital.words(lang), site.hospital.name(lang).to_owned()),
        (Label::Report.words(lang), said::questions_sheet(lang)),
    ];
    conditions.extend(narrowed_to);
    let fact = Fact {
        report: "questions",
        requirement: requirement.id.clone(),
        scope: vec!["all".into()],
        status: "all",
        narrowed,
    };
    let when = When::now(at, site.calendar());
    let notes = noted(lang, definitions(lang));
    let made = Made { site, visitor, signed, requirement, when, kind, checkpoint, notes };
    answer(made, sheet, conditions, fact, &said::questions_file(lang), None).await
}

/// The table of clauses and departments as a file.
pub(in crate::reports) async fn clauses(
    site: &Site,
    visitor: &Visitor,
    signed: &Signed,
    requirement: &Requirement,
    at: DateTime<Utc>,
    page: ClausesPage,
    kind: Kind,
) -> Answer {
    let lang = visitor.lang;
    let checkpoint = audit::sign_for_report(site).await.map_err(Problem::broken)?;
    let mut columns = vec![said::department(lang)];
    columns.extend(page.clauses.iter().map(|clause| {
        format!("{} {}", said::clause(&clause.number, lang), clause.title.text()).trim_end().to_owned()
    }));
    let mut widths = vec![24.0];
    widths.resize(columns.len(), 16.0);
    let row = |name: String, shares: Vec<Share>| {
        let cell = |share: Share| match share {
            Share::Nobody => Cell::Empty,
            Share::Small => Cell::Text(said::small(lang)),
            Share::Told(rate) => rate.tenths().map_or(Cell::Empty, |tenths| Cell::Permille(tenths.into())),
        };
        std::iter::once(Cell::Text(name)).chain(shares.into_iter().map(cell)).collect::<Vec<_>>()
    };
    let mut rows = vec![row(said::whole(lang), page.total)];
    rows.extend(
        page.rows.into_iter().map(|each| row(each.name.unwrap_or_else(|| said::nowhere(lang)), each.cells)),
    );
    let sheet = Sheet {
        name: said::clauses_sheet(lang),
        title: requirement.title_in(lang).to_owned(),
        columns,
        widths,
        rows,
        printed: Printed { names: Some(0), ..Printed::default() },
    };
    let mut conditions = vec![
        (Label::Hospital.words(lang), site.hospital.name(lang).to_owned()),
        (Label::Report.words(lang), said::clauses_sheet(lang)),
    ];
    conditions.extend(page.paper.conditions);
    let fact = Fact {
        report: "clauses",
        requirement: requirement.id.clone(),
        scope: vec!["all".into()],
        status: "all",
        narrowed: false,
    };
    let when = When::now(at, site.calendar());
    let notes = noted(lang, clause_definitions(lang));
    let made = Made { site, visitor, signed, requirement, when, kind, checkpoint, notes };
    answer(made, sheet, conditions, fact, &said::clauses_file(lang), None).await
}

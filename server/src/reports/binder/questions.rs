//! ⑦ テスト: every question with what the first answers to it came to, and what passes.
//!
//! There is no day to choose for these counts: between two of them stand the answers of those who answered in between. So they are taken
//! from the count that the pages show when somebody begins to make the binder, and stay in its input from then on; see `insight::kept`.

use chrono::{DateTime, Utc};
use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::insight::{definitions, file as said};
use kokoroe_app::{Lang, say};
use kokoroe_courses::{Content, Test};
use serde::{Deserialize, Serialize};

use super::BinderError;
use super::archive::Archive;
use super::frame::{Frame, Lines, Part};
use super::material::{Edition, Met};
use super::plan::words;
use crate::db::DbError;
use crate::id::RequirementId;
use crate::reports::file::{Cell, Printed, question_cells, question_widths};
use crate::reports::insight::every_question;
use crate::state::Site;
use crate::training::translate::moment;

/// What the answers came to, as it goes into a binder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Frozen {
    /// As of when it was counted.
    pub(crate) at: DateTime<Utc>,
    /// A row for each question.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Questions that somebody should look at.
    pub(crate) flagged: usize,
}

/// Takes the present count of a training.
///
/// # Errors
/// When the database fails.
pub(crate) async fn freeze(site: &Site, requirement: &RequirementId, lang: Lang) -> Result<Frozen, DbError> {
    let (at, rows) = every_question(site, words(site, lang), requirement).await?;
    let flagged =
        rows.iter().filter(|row| row.told.as_ref().is_some_and(|told| !told.flags.is_empty())).count();
    Ok(Frozen { at, rows: question_cells(rows, lang), flagged })
}

/// Writes the table with the rule of the test before it.
pub(super) async fn write(frame: &Frame, archive: Archive, used: &[Met]) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let counted = moment(frame.questions.at, frame.calendar).minutes(lang);
    let mut told: Lines = Vec::new();
    for met in used {
        if let Edition::Module(module) = &met.edition
            && let Content::Test(test) = &module.content
        {
            told.push((say!(lang, "合格の条件", "What passes"), passes(test, lang)));
        }
    }
    told.push((
        say!(lang, "解答を集計した時点", "Answers counted as of"),
        say!(lang, "{counted} 現在", "{counted}"),
    ));
    let mut notes = vec![(
        Label::Definitions.words(lang),
        say!(
            lang,
            "解答の集計は、日を選んで数え直せません。前後の日の差から、一人の答えがわかってしまうためです。この表は、監査用ファイルを作り始めたときの集計です。",
            "Answers cannot be counted again as of another day: the difference between two days would tell what one person answered. This is the count at the time when the binder was begun."
        ),
    )];
    notes.extend(definitions(lang).into_iter().map(|line| (Label::Definitions.words(lang), line)));
    let part = Part {
        file: if lang == Lang::Ja { "07_テスト" } else { "07_test" }.to_owned(),
        title: say!(lang, "⑦ テストの問いと解答の分布", "7 Questions and answers"),
        columns: kept(said::columns(lang).to_vec()),
        widths: kept(question_widths()),
        rows: frame.questions.rows.iter().cloned().map(kept).collect(),
        printed: Printed { names: Some(2), ..Printed::default() },
        told,
        notes,
    };
    frame.table(archive, part).await
}

/// Columns that help whoever edits the questions and nobody else: whether the wording is an older one, and the discrimination.
const LEFT_OUT: [usize; 2] = [5, 12];

fn kept<T>(columns: Vec<T>) -> Vec<T> {
    let all = columns.into_iter().enumerate();
    all.filter(|(index, _)| !LEFT_OUT.contains(index)).map(|(_, column)| column).collect()
}

fn passes(test: &Test, lang: Lang) -> String {
    let (draw, all, percent) = (test.draw, test.families.len(), test.pass_percent);
    let must = test.families.iter().filter(|family| family.must).count();
    let rule = say!(
        lang,
        "{all}の観点から一人に{draw}問を出し、点の{percent}%以上で合格。何度でも答え直せる。",
        "Each person gets {draw} of {all} points; {percent} % of the marks pass. Any number of rounds."
    );
    if must == 0 {
        return rule;
    }
    say!(
        lang,
        "{rule}必須の観点（{must}）では「避けるべき」答えが残っていると合格にしない。",
        "{rule} With an answer that is best avoided left in one of the {must} required points, nobody passes."
    )
}

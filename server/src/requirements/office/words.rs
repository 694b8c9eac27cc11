//! Rules and people in words.

use kokoroe_app::requirements::AudienceView;
use kokoroe_app::{Lang, say};

use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, StaffId};
use crate::people::department::{Department, departments};
use crate::people::display_name;
use crate::people::staff::staff;
use crate::requirements::rule::{Audience, Cycle, Days, Rule};
use crate::training::translate::day;

/// For whom a rule is.
///
/// # Errors
/// When the database fails.
pub(crate) async fn audience(conn: &mut Conn, lang: Lang, whom: &Audience) -> Result<AudienceView, DbError> {
    let known = if whom.departments.is_empty() && whom.except.departments.is_empty() {
        Vec::new()
    } else {
        departments(conn).await?
    };
    let names = |ids: &[DepartmentId]| ids.iter().map(|id| name_of(&known, id, lang)).collect::<Vec<_>>();
    let mut except = names(&whom.except.departments);
    except.extend(whom.except.professions.iter().chain(&whom.except.employments).cloned());
    for person in &whom.except.people {
        except.push(person_name(conn, person, lang).await?);
    }
    Ok(AudienceView {
        named: whom.named,
        departments: names(&whom.departments),
        professions: whom.professions.clone(),
        employments: whom.employments.clone(),
        managers: whom.managers,
        joined_from: whom.joined_from.map(day),
        joined_before: whom.joined_before.map(day),
        signed_before: whom.signed_before,
        except,
    })
}

fn name_of(known: &[Department], id: &DepartmentId, lang: Lang) -> String {
    let found = known.iter().find(|department| department.id == *id);
    found.map_or_else(|| id.to_string(), |department| department.name_in(lang).to_owned())
}

/// What somebody is called; whoever is not on record by their id.
///
/// # Errors
/// When the database fails.
pub(crate) async fn person_name(conn: &mut Conn, id: &StaffId, lang: Lang) -> Result<String, DbError> {
    Ok(staff(conn, id).await?.map_or_else(
        || id.to_string(),
        |person| display_name(&person.family, &person.given, &person.roman, lang),
    ))
}

/// How often, in one line.
pub(crate) fn cycle(rule: &Rule, year: i64, lang: Lang) -> String {
    match rule.cycle {
        Cycle::FiscalYear => say!(lang, "{year}年度に1回", "once in FY{year}"),
        Cycle::Rolling { months } => {
            say!(lang, "修了から{months}か月ごと", "every {months} months from the completion")
        }
        Cycle::Hire { months } => {
            say!(lang, "入職日から{months}か月ごと", "every {months} months from the first day of work")
        }
        Cycle::Once => say!(lang, "1回だけ", "once"),
    }
}

/// The days that people are given, a line each.
pub(crate) fn days(rule: &Rule, lang: Lang) -> Vec<String> {
    let Days { joiner, back, least, renewal, gap } = rule.days;
    let mut lines = vec![
        say!(
            lang,
            "入職した人は入職日から{joiner}日",
            "{joiner} days from the first day of work for whoever joins"
        ),
        say!(
            lang,
            "休職から戻った人は戻った日から{back}日",
            "{back} days from the first day back after a leave"
        ),
        say!(
            lang,
            "途中から対象になった人は、その日から少なくとも{least}日",
            "at least {least} days for whoever comes to owe it later"
        ),
    ];
    if rule.cycle.recurs() {
        lines.push(say!(
            lang,
            "次は、有効期間が終わる{renewal}日前から受けられる",
            "the next may be done {renewal} days before a completion ends"
        ));
    }
    if gap > 0 {
        lines.push(say!(
            lang,
            "同じ研修を修了してから{gap}日は割り当てない",
            "not asked again for {gap} days after the same was completed"
        ));
    }
    lines
}

//! Reading items that tick, sort, mend or look something up.

use super::fields::Fields;
use super::item::{GRADES, choices_in, limit};
use super::notes::Voice;
use crate::item::{
    Assign, AssignKind, AssignRow, Channel, Checklist, Grade, Group, Lookup, Mosaic, Pick, PickKind,
    PickOption, WHOLE, Way, Whom, WhomOption,
};

/// `[[option]]` tables, or the `[[phrase]]` tables of a text.
pub(crate) fn pick(fields: &mut Fields<'_, '_>, kind: PickKind) -> Pick {
    let name = if kind == PickKind::MarkText { "phrase" } else { "option" };
    let options = fields.tables(name).into_iter().map(|table| option(table, kind == PickKind::MarkText));
    Pick { kind, options: options.collect() }
}

fn option(mut table: Fields<'_, '_>, phrase: bool) -> PickOption {
    let id = table.string("id");
    // The pieces of a text are words of an invented person.
    let text = if phrase { table.spoken("text") } else { table.text("text", limit::LABEL) };
    let plain = phrase && table.flag("plain");
    let option = PickOption {
        id,
        text,
        plain,
        hit: table.flag("hit"),
        must: table.flag("must"),
        why: if plain { None } else { Some(table.text("why", limit::WHY)) },
        cite: table.maybe_string("cite"),
    };
    table.finish();
    option
}

/// The lines of a checklist.
pub(crate) fn checklist(fields: &mut Fields<'_, '_>) -> Checklist {
    let options = fields
        .tables("option")
        .into_iter()
        .map(|mut table| {
            let option = PickOption {
                id: table.string("id"),
                text: table.text("text", limit::LABEL),
                plain: false,
                hit: true,
                must: false,
                why: table.maybe_text("why", limit::WHY, Voice::Course),
                cite: table.maybe_string("cite"),
            };
            table.finish();
            option
        })
        .collect();
    Checklist { options }
}

/// `[[row]]` tables, with the `[[group]]` tables of a sort; or the `[[part]]` tables of a text, with `[whole]`.
pub(crate) fn assign(fields: &mut Fields<'_, '_>, kind: AssignKind) -> Assign {
    let groups = if kind == AssignKind::Sort {
        let read = |mut table: Fields<'_, '_>| {
            let group = Group { id: table.string("id"), text: table.text("text", limit::CARD) };
            table.finish();
            group
        };
        fields.tables("group").into_iter().map(read).collect()
    } else {
        Vec::new()
    };
    let tables = match kind {
        // A row of a feed has the id of its post.
        AssignKind::Triage => fields.unnamed("row", |_, table| table.peek("id").to_owned()),
        AssignKind::Sort => fields.tables("row"),
        AssignKind::Redact => fields.tables("part"),
    };
    let mut rows: Vec<AssignRow> = tables.into_iter().map(|table| row(table, kind)).collect();
    if kind == AssignKind::Redact
        && let Some(mut table) = fields.table("whole")
    {
        rows.push(judged_row(&mut table, WHOLE.to_owned()));
        table.finish();
    }
    Assign { kind, groups, rows }
}

fn row(mut table: Fields<'_, '_>, kind: AssignKind) -> AssignRow {
    let id = table.string("id");
    let text = match kind {
        AssignKind::Triage => None,
        AssignKind::Sort => Some(table.text("text", limit::LABEL)),
        AssignKind::Redact => Some(table.spoken("text")),
    };
    let redact = kind == AssignKind::Redact;
    let row = if redact && table.flag("plain") {
        AssignRow { plain: true, ..plain_row(id) }
    } else {
        let soft = if redact { table.maybe_text("soft", limit::LABEL, Voice::Person) } else { None };
        AssignRow { soft, ..judged_row(&mut table, id) }
    };
    table.finish();
    AssignRow { text, ..row }
}

fn plain_row(id: String) -> AssignRow {
    AssignRow {
        id,
        text: None,
        soft: None,
        plain: false,
        best: String::new(),
        ok: Vec::new(),
        harm: Vec::new(),
        must: false,
        why: None,
        cite: None,
    }
}

fn judged_row(table: &mut Fields<'_, '_>, id: String) -> AssignRow {
    AssignRow {
        best: table.string("best"),
        ok: table.list("ok"),
        harm: table.list("harm"),
        must: table.flag("must"),
        why: Some(table.text("why", limit::WHY)),
        cite: table.maybe_string("cite"),
        ..plain_row(id)
    }
}

/// `[[clue]]`, `[[finding]]` and `[[cut]]` tables.
pub(crate) fn mosaic(fields: &mut Fields<'_, '_>) -> Mosaic {
    Mosaic {
        clues: fields.tables("clue").into_iter().map(|table| option(table, false)).collect(),
        findings: choices_in(fields, "finding"),
        cuts: choices_in(fields, "cut"),
    }
}

/// Whom to tell, and how.
pub(crate) fn whom(fields: &mut Fields<'_, '_>, contacts: &[Group]) -> Whom {
    let at = fields.parsed("at");
    if at.is_none() && !fields.has("at") {
        fields.string("at");
    }
    Whom {
        at: at.unwrap_or_default(),
        book: contacts.to_vec(),
        options: fields
            .tables("option")
            .into_iter()
            .map(|mut table| {
                let option = WhomOption {
                    id: table.string("id"),
                    grade: table.one_of("grade", GRADES, Grade::Harm),
                    why: table.text("why", limit::WHY),
                    cite: table.maybe_string("cite"),
                };
                table.finish();
                option
            })
            .collect(),
        ways: fields.tables("way").into_iter().filter_map(way).collect(),
        otherwise: fields.table("else").map_or_else(Default::default, |mut table| {
            let why = table.text("why", limit::WHY);
            table.finish();
            why
        }),
    }
}

fn way(mut table: Fields<'_, '_>) -> Option<Way> {
    let by = table.maybe_one_of("id", Channel::ALL);
    let (grade, why) = (table.one_of("grade", GRADES, Grade::Harm), table.text("why", limit::WHY));
    let cite = table.maybe_string("cite");
    table.finish();
    Some(Way { by: by?, grade, why, cite })
}

/// Which clause says so.
pub(crate) fn lookup(fields: &mut Fields<'_, '_>, clauses: &[Group]) -> Lookup {
    Lookup {
        clauses: clauses.to_vec(),
        best: fields.string("best"),
        ok: fields.list("ok"),
        why: fields.text("why", limit::WHY),
    }
}

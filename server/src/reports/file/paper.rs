//! A report as paper: the same columns, conditions and definitions as the workbook, on A4 sheets that lie on their long side.

use kokoroe_app::reports::export::Label;
use kokoroe_app::say;
use kokoroe_papers::{
    Align, Block, Cell as Printed, Column, Head, Moment, Paper, PaperError, Pdf, Shade, Side, Table, paper,
};

use super::{Cell, Document, Sheet};

/// The file.
pub(super) fn write(document: &Document, made: Moment) -> Result<Pdf, PaperError> {
    let (lang, sheet) = (document.lang, &document.sheet);
    // The first two say whose report it is and what it is called, which stands above every page already.
    let conditions: Vec<(String, String)> = document.conditions.iter().skip(2).cloned().collect();
    let results = [Label::Due, Label::Rate, Label::People, Label::AsOf].map(|label| label.words(lang));
    let narrowed: Vec<String> = conditions
        .iter()
        .filter(|(label, _)| !results.contains(label))
        .map(|(label, value)| say!(lang, "{label}：{value}", "{label}: {value}"))
        .collect();
    let (by, at) = (&document.by, &document.made_at);
    let head = Head {
        hospital: document.hospital.clone(),
        report: sheet.name.clone(),
        conditions: narrowed.join(" ／ "),
        as_of: document.as_of.clone(),
        by: say!(lang, "出力者：{by}　{at}", "Made by {by}, {at}"),
    };
    let facts = conditions.into_iter().chain(document.told.iter().cloned()).collect();
    let mut blocks = vec![Block::Facts(facts)];
    blocks.push(if sheet.rows.is_empty() {
        Block::Paragraph(say!(lang, "当てはまるものはありません。", "Nothing matches."))
    } else {
        Block::Table(table(sheet))
    });
    let mut before = "";
    for (label, line) in &document.notes {
        // A name that stands for several lines is said once.
        if label != before {
            blocks.push(Block::Heading(1, label.clone()));
            before = label;
        }
        blocks.push(Block::Note(line.clone()));
    }
    blocks.push(Block::Heading(1, say!(lang, "この帳票の作成", "How this report was made")));
    blocks.push(Block::Facts(document.origin.clone()));
    paper(&Paper {
        lang: crate::papers::lang(lang),
        side: Side::Landscape,
        title: sheet.title.clone(),
        head,
        made,
        blocks,
    })
}

fn table(sheet: &Sheet) -> Table {
    let printed = &sheet.printed;
    let pair = |index: usize| printed.pairs.iter().find(|(first, _)| *first == index);
    let second = |index: usize| index > 0 && pair(index - 1).is_some();
    let kept: Vec<usize> = (0..sheet.columns.len()).filter(|index| !second(*index)).collect();
    let column = |index: &usize| {
        let own = sheet.columns.get(*index).cloned().unwrap_or_default();
        let number = sheet.rows.iter().filter_map(|row| row.get(*index)).find(|cell| **cell != Cell::Empty);
        match (pair(*index), number) {
            (Some((_, title)), _) => Column { title: title.clone(), align: Align::Middle },
            (None, Some(Cell::Number(_) | Cell::Permille(_))) => Column { title: own, align: Align::End },
            _ => Column { title: own, align: Align::Start },
        }
    };
    let row = |cells: &Vec<Cell>| {
        let cell = |index: &usize| match (pair(*index), cells.get(*index), cells.get(index + 1)) {
            (Some(_), Some(done), Some(Cell::Permille(share))) => Printed {
                text: format!("{} ({})", share_words(*share), written(done)),
                shade: Some(Shade::Missing(1000 - thousandths(*share))),
            },
            (None, Some(Cell::Permille(share)), _) if printed.bar == Some(*index) => {
                Printed { text: share_words(*share), shade: Some(Shade::Bar(thousandths(*share))) }
            }
            (_, Some(cell), _) => Printed::text(written(cell)),
            (_, None, _) => Printed::default(),
        };
        kept.iter().map(cell).collect()
    };
    Table {
        summary: sheet.title.clone(),
        columns: kept.iter().map(column).collect(),
        rows: sheet.rows.iter().map(row).collect(),
        names: printed.names.and_then(|names| kept.iter().position(|index| *index == names)),
    }
}

fn thousandths(permille: i64) -> u16 {
    u16::try_from(permille.clamp(0, 1000)).unwrap_or(0)
}

fn share_words(permille: i64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Permille(permille) => share_words(*permille),
        Cell::Day(day) => day.format("%Y/%m/%d").to_string(),
        Cell::Empty => String::new(),
    }
}

//! The pages of a module or a policy as they go on paper.

use kokoroe_app::audit::{ContentChoice, ContentPart};
use kokoroe_app::ui::{Block as Prose, Inline, PostView, Words};
use kokoroe_app::{Lang, say};
use kokoroe_papers::{Align, Block, Cell, Column, Table};

/// Every page, one below the other.
pub(super) fn blocks(parts: &[ContentPart], lang: Lang) -> Vec<Block> {
    (1_u32..).zip(parts).flat_map(|(number, part)| page(number, part, lang)).collect()
}

fn page(number: u32, part: &ContentPart, lang: Lang) -> Vec<Block> {
    let kind = part.kind.words(lang);
    let heading = part.title.as_ref().or(part.ask.as_ref()).map_or_else(|| kind.clone(), Words::text);
    let mut out = vec![Block::Heading(1, format!("{number}. {}", one_line(&heading)))];
    let mut about = vec![kind];
    if part.must {
        about.push(say!(lang, "必須", "required"));
    }
    if !part.place.is_empty() {
        about.push(part.place.clone());
    }
    out.push(Block::Note(about.join(&say!(lang, "・", " · "))));
    out.extend(part.told.iter().flat_map(|words| paragraphs(&words.text())));
    out.extend(part.body.iter().flat_map(prose));
    out.extend(part.posts.iter().flat_map(|post| self::post(post, lang)));
    if let Some((_, words)) = &part.picture {
        let shown = words.text();
        out.push(Block::Paragraph(say!(lang, "［絵］{shown}", "[Drawing] {shown}")));
    }
    // A heading that is the question itself is not said twice.
    if let Some(ask) = part.ask.as_ref().filter(|_| part.title.is_some()) {
        let ask = ask.text();
        out.push(Block::Paragraph(say!(lang, "問い：{ask}", "Question: {ask}")));
    }
    if !part.choices.is_empty() {
        out.push(Block::Table(choices(&part.choices, &heading, lang)));
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn paragraphs(text: &str) -> Vec<Block> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Block::Paragraph(line.to_owned()))
        .collect()
}

fn line(parts: &[Inline]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Inline::Text(words) | Inline::Strong(words) | Inline::Link { text: words, .. } => words.text(),
            Inline::Break => "\n".to_owned(),
        })
        .collect()
}

fn prose(block: &Prose) -> Vec<Block> {
    match block {
        Prose::Heading { text, .. } => vec![Block::Heading(2, one_line(&line(text)))],
        Prose::Paragraph(text) => paragraphs(&line(text)),
        Prose::Quote(text) => paragraphs(&format!("「{}」", line(text))),
        Prose::List { ordered, items } => (1_u32..)
            .zip(items)
            .map(|(number, item)| {
                let mark = if *ordered { format!("{number}. ") } else { "・".to_owned() };
                Block::Paragraph(format!("{mark}{}", one_line(&line(item))))
            })
            .collect(),
    }
}

fn post(post: &PostView, lang: Lang) -> Vec<Block> {
    let author = post.author.text();
    let mut out = vec![Block::Note(say!(lang, "［架空の投稿］{author}", "[Invented post] {author}"))];
    out.extend(paragraphs(&post.text.text()));
    if let Some(quote) = &post.quote {
        let quoted = quote.text.text();
        out.push(Block::Paragraph(say!(lang, "引用：{quoted}", "Quoted: {quoted}")));
    }
    out
}

fn choices(choices: &[ContentChoice], about: &str, lang: Lang) -> Table {
    let column = |title| Column { title, align: Align::Start };
    let judged = choices.iter().any(|choice| choice.verdict.is_some());
    let mut columns = vec![column(say!(lang, "答え", "Answer"))];
    if judged {
        columns.push(column(say!(lang, "評価", "Verdict")));
    }
    columns.push(column(say!(lang, "説明", "Reason")));
    let rows = choices.iter().map(|choice| {
        let mut cells = vec![Cell::text(choice.text.text())];
        if judged {
            cells.push(Cell::text(choice.verdict.map(|verdict| verdict.word(lang)).unwrap_or_default()));
        }
        cells.push(Cell::text(choice.why.as_ref().map(Words::text).unwrap_or_default()));
        cells
    });
    Table { summary: one_line(about), columns, rows: rows.collect(), names: Some(0) }
}

//! ⑧ 評価と改善: what the year showed, and what the training office wants to do better. What there is none of is said.

use kokoroe_app::{Lang, say};
use kokoroe_papers::Block;

use super::archive::Archive;
use super::frame::Frame;
use super::people::Counted;
use super::plan::words;
use super::{BinderError, store};
use crate::db::Conn;
use crate::reports::tally::rate_view;
use crate::requirements::store::lists;
use crate::state::Site;

/// Writes it.
pub(super) async fn write(
    site: &Site,
    conn: &mut Conn,
    frame: &Frame,
    archive: Archive,
    counted: &Counted,
) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let (flagged, questions) = (frame.questions.flagged, frame.questions.rows.len());
    let mut blocks = vec![
        Block::Heading(1, say!(lang, "結果", "Results")),
        Block::Facts(vec![
            (say!(lang, "受講率", "Rate"), rate_view(counted.all.rate()).words(lang)),
            (
                say!(lang, "見直しの目印が付いた問い", "Questions to look at"),
                say!(
                    lang,
                    "{questions}問のうち{flagged}問（くわしくは「⑦ テスト」の「目印」）",
                    "{flagged} of {questions} (see the flags in 7)"
                ),
            ),
        ]),
        Block::Heading(1, say!(lang, "説明に納得できないという声", "Objections to explanations")),
    ];
    blocks.extend(objections(site, conn, frame).await?);
    blocks.push(Block::Heading(1, say!(lang, "受講後のアンケート", "Survey")));
    blocks.push(Block::Paragraph(say!(
        lang,
        "行っていません。このシステムにアンケートの機能はありません。評価には、受講率、解答の分布、受講者の声を使っています。",
        "None was held: this program has no survey. Rates, the answers and the objections serve as evaluation."
    )));
    blocks.push(Block::Heading(1, say!(lang, "来年度に向けた改善", "To be done better next year")));
    if frame.input.improve.trim().is_empty() {
        blocks.push(Block::Paragraph(say!(
            lang,
            "この時点では、研修の担当者はまだ書いていません。",
            "The training office has not written anything yet."
        )));
    }
    let lines = frame.input.improve.lines().filter(|line| !line.trim().is_empty());
    blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
    let file = if lang == Lang::Ja { "08_評価と改善" } else { "08_evaluation" };
    let title = say!(lang, "⑧ 評価と改善", "8 Evaluation and improvement");
    Ok(frame.paper(archive, (file, &title, &title), frame.above(), blocks).await?.0)
}

async fn objections(site: &Site, conn: &mut Conn, frame: &Frame) -> Result<Vec<Block>, BinderError> {
    let lang = frame.lang;
    let translator = words(site, lang);
    let asked: Vec<String> =
        lists(conn, &frame.requirement.id).await?.into_iter().flat_map(|list| list.modules).collect();
    let mut found = store::objections(conn, frame.requirement.opens_at, frame.at).await?;
    found.retain(|objected| asked.contains(&objected.module_id));
    let (made, answered) =
        found.iter().fold((0, 0), |sum, objected| (sum.0 + objected.made, sum.1 + objected.answered));
    if made == 0 {
        return Ok(vec![Block::Paragraph(say!(
            lang,
            "この時点までに、ありませんでした。",
            "There were none by then."
        ))]);
    }
    let mut out = vec![Block::Paragraph(say!(
        lang,
        "{made}件ありました。うち{answered}件には、研修の担当者が対応を終えています。",
        "There were {made}; the training office has dealt with {answered} of them."
    ))];
    let facts: Vec<(String, String)> = found
        .iter()
        .map(|objected| {
            let module = site.content.module(&objected.module_id).map_or_else(
                || objected.module_id.clone(),
                |(_, module)| translator.words(&module.title).text(),
            );
            let (place, made) = (&objected.place, objected.made);
            (say!(lang, "{module}（{place}）", "{module} ({place})"), say!(lang, "{made}件", "{made}"))
        })
        .collect();
    if !facts.is_empty() {
        out.push(Block::Facts(facts));
        out.push(Block::Note(say!(
            lang,
            "だれが何を書いたかは、無記名の声もあるため、研修の担当者だけが読みます。",
            "What was written is for the training office alone: some of it came without a name."
        )));
    }
    Ok(out)
}

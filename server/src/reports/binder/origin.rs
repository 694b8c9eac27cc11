//! ⑨ 定義と作成記録: who asked for it, when, with which conditions, and the SHA-256 of every file.

use kokoroe_app::{Lang, say};
use kokoroe_papers::{Align, Block, Cell, Column, Table};

use super::BinderError;
use super::archive::Archive;
use super::frame::Frame;

/// The name of the paper.
pub(super) fn file(lang: Lang) -> String {
    if lang == Lang::Ja { "09_定義と作成記録.pdf" } else { "09_origin.pdf" }.to_owned()
}

/// Writes it, when everything else but the list of sums is there.
pub(super) async fn write(frame: &Frame, archive: Archive) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let mut facts = vec![(say!(lang, "病院", "Hospital"), frame.hospital.clone())];
    facts.extend(frame.conditions());
    facts.push((
        say!(lang, "ほかの条件", "Other conditions"),
        say!(lang, "なし（対象者の全員）", "None (everybody who owes it)"),
    ));
    facts.push((
        say!(lang, "作成したプログラム", "Made by the program"),
        format!("Kokoroe {}", env!("CARGO_PKG_VERSION")),
    ));
    let mut origin = frame.origin();
    if let Some(anchor) = &frame.input.checkpoint {
        origin.pop();
        origin.push((say!(lang, "証跡のルート", "Root of the evidence log"), anchor.root.clone()));
    } else {
        origin.push((
            say!(lang, "証跡のチェックポイント", "Checkpoint of the evidence log"),
            say!(lang, "依頼したときは、まだありませんでした", "There was none yet"),
        ));
    }
    let column = |title, align| Column { title, align };
    let mut entries: Vec<_> = archive.entries.iter().collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let rows = entries
        .into_iter()
        .map(|entry| {
            vec![
                Cell::text(entry.name.clone()),
                Cell::text(entry.size.to_string()),
                Cell::text(entry.sha256.clone()),
            ]
        })
        .collect();
    let table = Table {
        summary: say!(lang, "ファイルのSHA-256", "SHA-256 of the files"),
        columns: vec![
            column(say!(lang, "ファイル", "File"), Align::Start),
            column(say!(lang, "バイト", "Bytes"), Align::End),
            column("SHA-256".to_owned(), Align::Start),
        ],
        rows,
        names: Some(0),
    };
    let blocks = vec![
        Block::Heading(1, say!(lang, "条件", "Conditions")),
        Block::Facts(facts),
        Block::Heading(1, say!(lang, "作成", "Origin")),
        Block::Facts(origin),
        Block::Heading(1, say!(lang, "同じものを作り直せるか", "Can it be made again?")),
        Block::Paragraph(say!(
            lang,
            "すべての数と名簿は、上の時点の記録から計算しています。同じ依頼から作ると、一字一句同じファイルになります。あとで職員の氏名や過去の配属を直した場合は、直したあとの記録で作られます。その場合も、このファイルのSHA-256は証跡に残っています。",
            "All counts and lists follow from the records as of that instant. The same request makes the same file, byte for byte. If names or past postings are put right later, a binder made then says so; the SHA-256 of this one stays in the evidence log."
        )),
        Block::Heading(1, say!(lang, "ファイルのSHA-256", "SHA-256 of the files")),
        Block::Table(table),
    ];
    let title = say!(lang, "⑨ 定義と作成記録", "9 Definitions and origin");
    let name = file(lang);
    let name = name.trim_end_matches(".pdf");
    Ok(frame.paper(archive, (name, &title, &title), frame.above(), blocks).await?.0)
}

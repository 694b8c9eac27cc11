//! ⑤ 未受講者フォロー記録: who spoke to whom, when, how, what they answered, and when again.

use kokoroe_app::reminders::Way;
use kokoroe_app::{Lang, say};

use super::BinderError;
use super::archive::Archive;
use super::frame::{Frame, on, text};
use super::people::Counted;
use super::store;
use super::volumes::{About, Volumes};
use crate::db::Conn;
use crate::reports::file::Cell;

/// Writes the notes on talks.
pub(super) async fn write(
    conn: &mut Conn,
    frame: &Frame,
    mut archive: Archive,
    counted: &Counted,
) -> Result<Archive, BinderError> {
    let from = frame.requirement.opens_at;
    let notes = store::notes(conn, &frame.requirement.id, from, frame.at).await?;
    let mut volumes = Volumes::of(about(frame.lang, counted));
    for note in notes {
        let way = Way::from_code(&note.way).map(|way| way.words(frame.lang));
        let row = vec![
            Cell::Day(note.spoken_on),
            text(&note.staff_no),
            text(frame.name(&note.s_family, &note.s_given, &note.s_roman)),
            text(frame.name(&note.b_family, &note.b_given, &note.b_roman)),
            text(way.unwrap_or_default()),
            text(&note.words),
            on(note.next_on),
        ];
        archive = volumes.add(frame, archive, row).await?;
    }
    volumes.end(frame, archive).await
}

fn about(lang: Lang, counted: &Counted) -> About {
    let columns = vec![
        (say!(lang, "声をかけた日", "Spoken to on"), 12.0),
        (say!(lang, "職員番号", "Staff number"), 12.0),
        (say!(lang, "氏名", "Name"), 18.0),
        (say!(lang, "声をかけた人", "By"), 18.0),
        (say!(lang, "方法", "How"), 12.0),
        (say!(lang, "本人の返事", "Answer"), 50.0),
        (say!(lang, "次に声をかける日", "Again on"), 14.0),
    ];
    let (open, reminded, spoken) = (counted.all.open(), counted.reminded, counted.spoken);
    let label = kokoroe_app::reports::export::Label::Definitions.words(lang);
    let notes = vec![
        (
            label.clone(),
            say!(
                lang,
                "この研修の対象者に、研修を始めた日からこの時点までに声をかけた記録です。所属長と研修の担当者が書き、本人も読めます。",
                "Notes on talks with those who owe this training, from its opening to this instant. Managers and the training office write them; the person can read them."
            ),
        ),
        (
            label,
            say!(
                lang,
                "この時点の未修了者は{open}人です。そのうち{reminded}人にシステムからお知らせを出し、{spoken}人に声かけの記録があります。",
                "{open} people have not finished at this instant. {reminded} of them were reminded by the program, {spoken} have notes on talks."
            ),
        ),
    ];
    About {
        file: if lang == Lang::Ja {
            "05_未受講者フォロー_声かけ記録"
        } else {
            "05_follow-up_talks"
        },
        title: say!(lang, "⑤ 声かけの記録", "5 Notes on talks"),
        columns,
        names: 2,
        notes,
    }
}

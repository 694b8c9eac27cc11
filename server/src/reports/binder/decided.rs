//! ⑥ What was asked for and decided: exemptions, more time, other ways of taking part, corrections. With the reason of whoever decided;
//! the words of whoever asked stay with the training office.

use kokoroe_app::requirements::ExceptionKind;
use kokoroe_app::{Lang, say};

use super::BinderError;
use super::archive::Archive;
use super::frame::{Frame, on, text};
use super::store;
use super::volumes::{About, Volumes};
use crate::db::Conn;

/// Writes the decisions.
pub(super) async fn write(
    conn: &mut Conn,
    frame: &Frame,
    mut archive: Archive,
) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let mut volumes = Volumes::of(about(lang));
    for row in store::decided(conn, &frame.requirement.id, frame.at).await? {
        let kind = ExceptionKind::from_code(&row.kind).map(|kind| kind.word(lang));
        let outcome = if row.granted == Some(true) {
            say!(lang, "認めた", "Granted")
        } else {
            say!(lang, "認めなかった", "Refused")
        };
        let cells = vec![
            frame.on(Some(row.decided_at)),
            text(&row.staff_no),
            text(frame.name(&row.s_family, &row.s_given, &row.s_roman)),
            text(kind.unwrap_or_default()),
            text(outcome),
            on(row.granted_until),
            text(row.reply.clone().unwrap_or_default()),
            frame.on(Some(row.asked_at)),
            text(frame.name(&row.a_family, &row.a_given, &row.a_roman)),
            text(frame.name(&row.b_family, &row.b_given, &row.b_roman)),
        ];
        archive = volumes.add(frame, archive, cells).await?;
    }
    volumes.end(frame, archive).await
}

fn about(lang: Lang) -> About {
    let columns = vec![
        (say!(lang, "決定日", "Decided on"), 12.0),
        (say!(lang, "職員番号", "Staff number"), 12.0),
        (say!(lang, "氏名", "Name"), 18.0),
        (say!(lang, "内容", "What"), 18.0),
        (say!(lang, "決定", "Decision"), 12.0),
        (say!(lang, "いつまで", "Until"), 12.0),
        (say!(lang, "決定の理由", "Reason"), 40.0),
        (say!(lang, "申請日", "Asked on"), 12.0),
        (say!(lang, "申請した人", "Asked by"), 16.0),
        (say!(lang, "決定した人", "Decided by"), 16.0),
    ];
    let notes = vec![(
        kokoroe_app::reports::export::Label::Definitions.words(lang),
        say!(
            lang,
            "免除、期限の延長、別の受け方、休職、修了の訂正の申請と、その決定です。申請した人と決定した人は、必ず別の人です。申請した人が書いた事情は載せません。",
            "Exemptions, more time, other ways of taking part, leaves and corrections that were asked for and decided. Whoever asks never decides. What whoever asked wrote is left out."
        ),
    )];
    About {
        file: if lang == Lang::Ja { "06_申請と決定" } else { "06_decisions" },
        title: say!(lang, "⑥ 免除や延長などの申請と決定", "6 Exceptions and decisions"),
        columns,
        names: 2,
        notes,
    }
}

//! What goes and what stays when somebody is erased.

use crate::ui::{Notice, Tone};
use crate::{Lang, say};
use leptos::prelude::*;

/// Days after which a backup should be deleted: until then it holds what was erased since.
pub(super) const BACKUP_DAYS: u16 = 35;

fn list(items: Vec<String>) -> AnyView {
    let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}

/// What goes and what stays, before anybody asks or confirms.
pub(super) fn effects(lang: Lang) -> AnyView {
    let goes = vec![
        say!(
            lang,
            "氏名、フリガナ、ローマ字、職員番号、メールアドレス",
            "Name, reading, Latin letters, staff number, mail address"
        ),
        say!(
            lang,
            "本人が書いた文章（答え、書きかけの答え、説明に納得できないという声）",
            "What the person wrote: answers, drafts, objections"
        ),
        say!(
            lang,
            "本人について書かれた文章（声かけの記録、休職・免除・延長の理由と申請）",
            "What was written about the person: talks, reasons of leave, exemptions and extensions"
        ),
        say!(
            lang,
            "パスワード、サインインの記録、画面の設定、本人あてのメール",
            "Password, sign-ins, display settings, mail to the person"
        ),
        say!(
            lang,
            "修了証に入る氏名と確認コード（修了証は、もう出せません）",
            "Name and code on certificates: they cannot be had any more"
        ),
        say!(
            lang,
            "この人がいた年度までの研修の、作ったファイル（名簿、監査用ファイル）。必要なら作り直せます",
            "Files that were made of the trainings up to the person's last year (lists, inspection binders). They can be made again"
        ),
    ];
    let stays = vec![
        say!(
            lang,
            "配属、職種、在籍した日、割り当て、選んだ答え、署名と修了の日時",
            "Postings, profession, days of service, what was owed, choices, times of signing and completion"
        ),
        say!(
            lang,
            "これらは、名前のない無作為な番号の下に残ります。過去の受講率は変わりません。",
            "They stay under a random number without a name. Rates of the past do not change."
        ),
        say!(
            lang,
            "証跡は、これからも検証できます。消去したこと、日時、依頼した人、確認した人が、証跡に残ります。",
            "The evidence log can still be verified. It says that data was erased, when, and who asked and confirmed."
        ),
        say!(
            lang,
            "この人が担当者として、ほかの人について書いた文章",
            "What the person wrote about others as part of their work"
        ),
    ];
    let days = BACKUP_DAYS;
    view! {
        <section class="report__part" aria-labelledby="goes">
            <h2 id="goes">{say!(lang, "消えるもの", "What goes")}</h2>
            {list(goes)}
        </section>
        <section class="report__part" aria-labelledby="stays">
            <h2 id="stays">{say!(lang, "残るもの", "What stays")}</h2>
            {list(stays)}
        </section>
        <Notice tone=Tone::Warn title=say!(lang, "消去は、取り消せません。", "Erasing cannot be undone.")>
            <p>{say!(
                lang,
                "これより前に取ったバックアップや、ダウンロードしたファイルには、データが残ります。バックアップは{days}日を過ぎたら消してください。",
                "Backups that were made before, and files that were taken away, still hold the data. Delete backups that are older than {days} days.",
            )}</p>
        </Notice>
    }
    .into_any()
}

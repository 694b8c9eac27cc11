//! What the lists of people are called, which columns they have, and what these mean.

use kokoroe_app::reports::export::Label;
use kokoroe_app::{Lang, say};

use super::volumes::About;
use crate::reports::file::notes;

fn person_columns(lang: Lang) -> Vec<(String, f64)> {
    vec![
        (say!(lang, "職員番号", "Staff number"), 12.0),
        (say!(lang, "氏名", "Name"), 18.0),
        (say!(lang, "部署コード", "Department code"), 12.0),
        (say!(lang, "部署", "Department"), 20.0),
        (say!(lang, "職種", "Profession"), 14.0),
    ]
}

fn defined(lang: Lang, line: String) -> (String, String) {
    (Label::Definitions.words(lang), line)
}

/// ③ Everybody who owes it.
pub(super) fn roster(lang: Lang) -> About {
    let mut columns = person_columns(lang);
    columns.insert(2, (say!(lang, "フリガナ", "Reading"), 20.0));
    columns.extend([
        (say!(lang, "雇用区分", "Employment"), 12.0),
        (say!(lang, "割当日", "Assigned on"), 12.0),
        (say!(lang, "開始日時", "Started at"), 20.0),
        (say!(lang, "受講日時", "Completed at"), 20.0),
        (say!(lang, "所要時間（分）", "Minutes spent"), 10.0),
        (say!(lang, "結果", "Result"), 18.0),
        (say!(lang, "署名日時", "Signed at"), 20.0),
        (say!(lang, "規程の版", "Policy version"), 10.0),
    ]);
    let mut about = vec![
        defined(
            lang,
            say!(
                lang,
                "受講日時は、すべての教材を終えて規程に署名した日時です。集合研修や紙で受けた人は、その研修を行った日です。",
                "Completed at: when every module was done and the policy signed. Of attendance in a classroom or on paper: the day it was held."
            ),
        ),
        defined(
            lang,
            say!(
                lang,
                "所要時間は、教材を開いてから答えるまでの時間と、答えから次の答えまでの時間の合計です。10分を超える間は、席を離れたものとして入れません。",
                "Minutes spent: from opening a module to each answer, added up. Pauses of more than ten minutes are left out."
            ),
        ),
    ];
    about.extend(notes(lang));
    About {
        file: if lang == Lang::Ja { "03_受講者名簿" } else { "03_roster" },
        title: say!(lang, "③ 受講者名簿", "3 Roster"),
        columns,
        names: 1,
        notes: about,
    }
}

/// ⑤ Those who have not finished.
pub(super) fn open(lang: Lang) -> About {
    let mut columns = person_columns(lang);
    columns.extend([
        (say!(lang, "状態", "Status"), 14.0),
        (say!(lang, "期限", "Due on"), 12.0),
        (say!(lang, "お知らせの回数", "Reminders"), 10.0),
        (say!(lang, "最後のお知らせ", "Last reminder"), 12.0),
        (say!(lang, "声かけの回数", "Talks"), 10.0),
        (say!(lang, "最後の声かけ", "Last talk"), 12.0),
    ]);
    let about = vec![
        defined(
            lang,
            say!(
                lang,
                "お知らせは、期限の前後にシステムが本人へ送るメールと、サインイン後の画面に出す案内です。",
                "Reminders are mails, and notes after sign-in, that the program gives around the due date."
            ),
        ),
        defined(
            lang,
            say!(
                lang,
                "声かけは、所属長や研修の担当者が本人に話した記録です。研修を始めた日からこの時点までを数えます。",
                "Talks are notes of managers and the training office, from the day the training opened to this instant."
            ),
        ),
    ];
    About {
        file: if lang == Lang::Ja {
            "05_未受講者フォロー_未修了者"
        } else {
            "05_follow-up_not-finished"
        },
        title: say!(lang, "⑤ 未修了者とフォローの状況", "5 Not finished, and follow-up"),
        columns,
        names: 1,
        notes: about,
    }
}

/// ⑥ Those who are exempt or not in scope.
pub(super) fn exempt(lang: Lang) -> About {
    let mut columns = person_columns(lang);
    columns.extend([
        (say!(lang, "区分", "Kind"), 10.0),
        (say!(lang, "理由", "Reason"), 40.0),
        (say!(lang, "初日", "From"), 12.0),
        (say!(lang, "最終日", "Until"), 12.0),
        (say!(lang, "申請した人", "Asked by"), 16.0),
        (say!(lang, "承認した人", "Approved by"), 16.0),
    ]);
    let about = vec![defined(
        lang,
        say!(
            lang,
            "免除の理由は、承認した人が書いた文です。申請した人が書いた事情と、休職の理由は、個人の事情なので載せません。",
            "The reason of an exemption is what its approver wrote. What whoever asked wrote, and why somebody is on leave, are private and left out."
        ),
    )];
    About {
        file: if lang == Lang::Ja { "06_免除・対象外" } else { "06_exempt-and-out" },
        title: say!(lang, "⑥ 免除・対象外", "6 Exempt or not in scope"),
        columns,
        names: 1,
        notes: about,
    }
}

//! Taking a list away as a file: the form on the page, and the words inside the file.

use crate::ui::{Status, Submit, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// A form that answers with a file. POST to `action`: the fields, and `format` (`xlsx`, `pdf`, `csv`, `cp932`). It is a POST because every
/// file is written down in the evidence log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportForm {
    /// Where it posts.
    pub action: String,
    /// The conditions of the page.
    pub fields: Vec<(String, String)>,
}

/// The form. The workbook and the paper are one press away, the plain files fold out.
#[component]
pub fn Export(
    /// The form.
    form: ExportForm,
    /// Language of the page.
    lang: Lang,
) -> impl IntoView {
    let ExportForm { action, fields } = form;
    let hidden = |fields: Vec<(String, String)>| {
        fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view()
    };
    let again = (action.clone(), fields.clone());
    view! {
        <div class="export">
            <form method="post" action=action>
                {hidden(fields)}
                <Submit words=say!(lang, "Excelで受け取る", "Get as Excel file") weight=Weight::Side name="format" value="xlsx".to_owned()/>
                <Submit words=say!(lang, "PDFで受け取る", "Get as PDF") weight=Weight::Side name="format" value="pdf".to_owned()/>
            </form>
            <details class="fold fold--light">
                <summary>{say!(lang, "ほかの形式", "Other formats")}</summary>
                <form method="post" action=again.0 class="export__others">
                    {hidden(again.1)}
                    <Submit words=say!(lang, "CSV（UTF-8）", "CSV (UTF-8)") weight=Weight::Light name="format" value="csv".to_owned()/>
                    <Submit
                        words=say!(lang, "CSV（Shift_JIS）", "CSV (Shift_JIS)")
                        weight=Weight::Light
                        name="format"
                        value="cp932".to_owned()
                    />
                </form>
            </details>
        </div>
    }
}

/// The headings of a list of people, in the order that hospitals expect.
pub fn columns(lang: Lang) -> [String; 11] {
    [
        say!(lang, "No.", "No."),
        say!(lang, "部署コード", "Department code"),
        say!(lang, "部署名", "Department"),
        say!(lang, "職種", "Profession"),
        say!(lang, "職員番号", "Staff number"),
        say!(lang, "氏名", "Name"),
        say!(lang, "フリガナ", "Reading"),
        say!(lang, "状態", "Status"),
        say!(lang, "修了日", "Completed on"),
        say!(lang, "期限", "Due on"),
        say!(lang, "備考", "Remarks"),
    ]
}

/// The name of the sheet with the people.
pub fn list_sheet(lang: Lang) -> String {
    say!(lang, "受講状況", "Training status")
}

/// The name of the sheet with the table of departments.
pub fn table_sheet(lang: Lang) -> String {
    say!(lang, "部署別", "By department")
}

/// The name of the sheet that says what the file is.
pub fn conditions_sheet(lang: Lang) -> String {
    say!(lang, "条件と定義", "Conditions")
}

/// A remark beside somebody who works here as well and is counted elsewhere.
pub fn concurrent(lang: Lang) -> String {
    say!(lang, "兼務（人数には入れません）", "Also works here (not counted)")
}

/// A remark beside somebody whose name has letters that a Shift_JIS file cannot hold.
pub fn unmappable(lang: Lang) -> String {
    say!(lang, "表せない文字を〓にしました", "Letters that this format cannot hold are shown as 〓")
}

/// What the counts mean, one sentence each.
pub fn definitions(lang: Lang) -> Vec<String> {
    vec![
        rate_definition(lang),
        say!(
            lang,
            "人数は、その日の配属・在籍・休職・免除をもとに数えます。",
            "People are counted by the postings, leaves, joins, exits and exemptions of that day.",
        ),
        say!(
            lang,
            "兼務の人は主な部署で1回だけ数えます。ほかの部署では名前だけを載せます。",
            "Somebody who works in several departments is counted once, in the main one. Elsewhere only the name is listed.",
        ),
        say!(lang, "期限は、その日の24時までです。", "A due date lasts until 24:00 of that day.",),
        say!(lang, "答えや点数は、この帳票には出ません。", "Answers and points never appear in this report.",),
    ]
}

/// How a rate is reckoned.
pub fn rate_definition(lang: Lang) -> String {
    say!(
        lang,
        "受講率＝（修了＋期限後修了）÷（対象者－免除－対象外）。更新時期の人は修了に数えます。端数は切り捨てます。",
        "Rate = (completed + completed late) ÷ (all − exempt − not in scope). People due for renewal count as completed. Rounded down.",
    )
}

/// What a status means, in one sentence.
pub fn meaning(status: Status, lang: Lang) -> String {
    match status {
        Status::NotStarted => say!(lang, "まだ一つも答えていません。", "Nothing has been answered yet."),
        Status::InProgress => say!(lang, "1つ以上答えています。", "At least one answer is saved."),
        Status::ToSign => {
            say!(
                lang,
                "研修は終わり、署名だけがまだです。",
                "All modules are done; only the signature is left."
            )
        }
        Status::Completed => say!(lang, "期限までに終えて署名しました。", "Done and signed by the due date."),
        Status::CompletedLate => {
            say!(lang, "期限のあとに終えて署名しました。", "Done and signed after the due date.")
        }
        Status::Overdue => {
            say!(
                lang,
                "期限を過ぎましたが、まだ終えていません。",
                "The due date has passed and it is not done yet."
            )
        }
        Status::Retry => {
            say!(lang, "もう一度答える問いが残っています。", "Some questions are still to be answered again.")
        }
        Status::Renew => {
            say!(lang, "今は有効で、60日以内に切れます。", "Valid now; ends within 60 days.")
        }
        Status::Expired => {
            say!(
                lang,
                "有効期限が切れ、そのあとの修了がまだありません。",
                "It is no longer valid, and there is no newer completion yet."
            )
        }
        Status::Exempt => {
            say!(
                lang,
                "理由と承認者と終わりの日を決めて免除しています。",
                "Released, with a reason, an approver and an end."
            )
        }
        Status::Out => say!(
            lang,
            "休職中、退職後、または入職前です。",
            "On leave, no longer or not yet at the hospital."
        ),
    }
}

/// The names of the lines on the sheet that says what the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Hospital.
    Hospital,
    /// What the report is.
    Report,
    /// Requirement.
    Requirement,
    /// Department.
    Department,
    /// Profession.
    Profession,
    /// Status.
    Status,
    /// Text that was searched for.
    Search,
    /// As of when.
    AsOf,
    /// Due date of the requirement.
    Due,
    /// Rate.
    Rate,
    /// People in the list.
    People,
    /// Who made the file.
    MadeBy,
    /// When.
    MadeAt,
    /// The newest checkpoint of the evidence log.
    Checkpoint,
    /// Its size.
    LogSize,
    /// The beginning of its root.
    LogRoot,
    /// What the counts mean.
    Definitions,
    /// What the statuses mean.
    Statuses,
}

impl Label {
    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Hospital => say!(lang, "病院", "Hospital"),
            Self::Report => say!(lang, "帳票", "Report"),
            Self::Requirement => say!(lang, "研修", "Training"),
            Self::Department => say!(lang, "部署", "Department"),
            Self::Profession => say!(lang, "職種", "Profession"),
            Self::Status => say!(lang, "状態", "Status"),
            Self::Search => say!(lang, "検索", "Search"),
            Self::AsOf => say!(lang, "いつの時点", "As of"),
            Self::Due => say!(lang, "期限", "Due"),
            Self::Rate => say!(lang, "受講率", "Rate"),
            Self::People => say!(lang, "人数", "People"),
            Self::MadeBy => say!(lang, "出力した人", "Made by"),
            Self::MadeAt => say!(lang, "出力した日時", "Made at"),
            Self::Checkpoint => {
                say!(lang, "証跡の最新のチェックポイント", "Newest checkpoint of the evidence log")
            }
            Self::LogSize => say!(lang, "証跡の件数", "Entries in the evidence log"),
            Self::LogRoot => {
                say!(lang, "証跡のルート（先頭32桁）", "Root of the evidence log (first 32 digits)")
            }
            Self::Definitions => say!(lang, "数え方", "How it is counted"),
            Self::Statuses => say!(lang, "状態の意味", "What the statuses mean"),
        }
    }
}

/// The beginning of the name of the file with a list of people: 「受講状況」.
pub fn list_file(lang: Lang) -> String {
    say!(lang, "受講状況", "training-status")
}

/// The beginning of the name of the file with the table: 「部署別受講状況」.
pub fn table_file(lang: Lang) -> String {
    say!(lang, "部署別受講状況", "training-by-department")
}

/// The end of the name of a file: 「20261001時点」.
pub fn file_day(day: &str, lang: Lang) -> String {
    say!(lang, "{day}時点", "as-of-{day}")
}

/// The headings of the table of departments around those of the modules.
pub fn table_columns(lang: Lang) -> (Vec<String>, Vec<String>) {
    let before = vec![
        say!(lang, "部署コード", "Department code"),
        say!(lang, "部署名", "Department"),
        say!(lang, "階層", "Level"),
        say!(lang, "種別", "Kind"),
        say!(lang, "対象", "People"),
    ];
    let after = vec![
        say!(lang, "修了", "Completed"),
        say!(lang, "受講率", "Rate"),
        say!(lang, "未修了", "Not finished"),
        say!(lang, "期限超過", "Overdue"),
        say!(lang, "免除", "Exempt"),
        say!(lang, "対象外", "Not in scope"),
    ];
    (before, after)
}

/// What a row of the table of departments counts.
pub fn row_kind(kind: super::RowKind, lang: Lang) -> String {
    match kind {
        super::RowKind::Total => say!(lang, "合計", "Total"),
        super::RowKind::Subtree => say!(lang, "小計", "Subtotal"),
        super::RowKind::Own => say!(lang, "直属", "Directly there"),
        super::RowKind::Department => say!(lang, "部署", "Department"),
        super::RowKind::Nowhere => say!(lang, "所属なし", "No department"),
    }
}

/// The number of a module in a heading of two columns: done, and the rate of it.
pub fn module_columns(title: &str, lang: Lang) -> [String; 2] {
    [say!(lang, "{title} 済", "{title}: done"), say!(lang, "{title} 率", "{title}: rate")]
}

//! The log itself, newest first, each leaf in the very letters that were stored and hashed.

use super::{Choice, grouped, options, trail};
use crate::day::Moment;
use crate::page::{Page, PageKind};
use crate::ui::{Icon, SelectField, Shape, Submit, TextField, Weight, Width};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafLine {
    /// Its number, from 0.
    pub index: u64,
    /// When it was recorded.
    pub at: Moment,
    /// Its kind, as it is stored.
    pub kind: String,
    /// The stored letters.
    pub raw: String,
    /// The hash stored with it.
    pub hash: String,
    /// A checkpoint covers it.
    pub signed: bool,
}

/// A part of a log. GET to itself: `log`, `kind`, `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPage {
    /// The logs, newest first.
    pub logs: Vec<Choice>,
    /// The kinds of facts; the first is all of them.
    pub kinds: Vec<Choice>,
    /// The number from which on it is shown, downwards, as typed; empty is the newest.
    pub from: String,
    /// How many leaves the log has.
    pub size: u64,
    /// The leaves, newest first.
    pub lines: Vec<LeafLine>,
    /// Address of later leaves.
    pub newer: Option<String>,
    /// Address of earlier leaves.
    pub older: Option<String>,
}

/// What a kind means, on screen; the word itself where there is none.
pub fn kind_words(kind: &str, lang: Lang) -> String {
    match kind {
        "log.open" => say!(lang, "証跡の始まり", "The log began"),
        "requirement.open" => say!(lang, "研修の開始", "Training opened"),
        "requirement.change" => say!(lang, "研修の対象や期限の決まりの変更", "Rule of a training changed"),
        "requirement.close" => say!(lang, "研修の受付の終了", "Training closed"),
        "assign.create" => say!(lang, "受講の割り当て", "Assigned"),
        "assign.waive" => say!(lang, "免除", "Exempted"),
        "assign.due_change" => say!(lang, "期限の変更", "Due date moved"),
        "assign.release" => say!(lang, "割り当ての終了", "No longer owed"),
        "assign.restore" => say!(lang, "割り当ての再開", "Owed again"),
        "exception.ask" => say!(lang, "免除や延長などの申請", "Exception asked for"),
        "exception.decide" => say!(lang, "申請への決定", "Exception decided"),
        "attendance.record" => say!(lang, "集合研修や紙での受講の記録", "Attendance recorded"),
        "module.swap" => say!(lang, "題材の変更", "Another module taken instead"),
        "module.return" => say!(lang, "題材の変更の取り消し", "Module taken after all"),
        "attempt.start" => say!(lang, "受講の開始", "Module begun"),
        "attempt.submit" => say!(lang, "受講の提出", "Module handed in"),
        "attempt.grade" => say!(lang, "採点", "Graded"),
        "attempt.regrade" => say!(lang, "採点のやり直し", "Graded again"),
        "answer" => say!(lang, "解答", "Answer"),
        "objection.made" => say!(lang, "説明に納得できないという声", "Objection to an explanation"),
        "objection.answered" => say!(lang, "声への対応の完了", "Objection answered"),
        "recall.answer" => say!(lang, "思い出しカードの答え", "Recall card answered"),
        "attest.sign" => say!(lang, "規程への署名", "Policy signed"),
        "attest.withdraw" => say!(lang, "署名の取り下げ", "Signature withdrawn"),
        "completion" => say!(lang, "修了", "Completed"),
        "certificate.issue" => say!(lang, "修了証の発行", "Certificate issued"),
        "certificate.revoke" => say!(lang, "修了証の取り消し", "Certificate revoked"),
        "course.publish" => say!(lang, "教材の公開", "Module published"),
        "course.retire" => say!(lang, "教材の終了", "Module taken out of use"),
        "question.version" => say!(lang, "問いの改訂", "Question revised"),
        "policy.review" => say!(lang, "規程の下書きの確認", "Policy draft reviewed"),
        "policy.publish" => say!(lang, "規程の公開", "Policy published"),
        "user.create" => say!(lang, "職員の登録", "Person registered"),
        "user.disable" => say!(lang, "退職、サインインの停止", "Person left or sign-in stopped"),
        "user.enable" => say!(lang, "復職、サインインの再開", "Person returned or sign-in allowed again"),
        "user.code" => say!(lang, "初回コードの発行", "First sign-in code made"),
        "sso.link" => say!(lang, "病院のサインインとの結び付け", "Tied to the hospital's sign-in"),
        "scim.change" => say!(lang, "職員ディレクトリによる変更", "Changed by the directory"),
        "reading.digest" => say!(lang, "記録の閲覧", "Records opened"),
        "user.identity" => say!(lang, "氏名と職員番号の登録", "Name and staff number bound"),
        "user.joined" => say!(lang, "入職日の変更", "First day of work changed"),
        "dept.open" => say!(lang, "部署の新設", "Department opened"),
        "dept.rename" => say!(lang, "部署の名前の変更", "Department renamed"),
        "dept.close" => say!(lang, "部署の廃止", "Department closed"),
        "dept.merge" => say!(lang, "部署の統合", "Departments merged"),
        "dept.split" => say!(lang, "部署の分割", "Department split"),
        "hand.entry" => say!(
            lang,
            "研修担当による入力（人事の一覧から守る）",
            "Entered by hand, kept from lists of staff"
        ),
        "hand.release" => say!(lang, "人事の一覧から守るのをやめた", "No longer kept from lists of staff"),
        "user.profession" => say!(lang, "職種または雇用区分の変更", "Profession or employment changed"),
        "role.end" => say!(lang, "権限の終わる日の設定", "End of a role set"),
        "dept.move" => say!(lang, "配属または上位部署の変更", "Posting or parent department changed"),
        "role.grant" => say!(lang, "権限の付与", "Role granted"),
        "role.revoke" => say!(lang, "権限の取り消し", "Role revoked"),
        "leave.set" => say!(lang, "休職の記録", "Leave recorded"),
        "followup.note" => say!(lang, "声かけの記録", "Spoken to about what is owed"),
        "config.change" => say!(lang, "設定の変更", "Setting changed"),
        "export.ask" => say!(lang, "書き出しの依頼", "Export asked for"),
        "export.withdraw" => say!(lang, "書き出しの取りやめ", "Export withdrawn"),
        "export.take" => say!(lang, "書き出したファイルの受け取り", "Export taken away"),
        "export.remove" => say!(lang, "書き出したファイルの削除", "Export removed"),
        "export.made" => say!(lang, "監査用ファイルなどの書き出し", "Export made"),
        "correction" => say!(lang, "訂正", "Correction"),
        "key.rotate" => say!(lang, "署名の鍵の交換", "Key changed"),
        "clock.step" => say!(lang, "サーバーの時計のずれ", "Clock of the server stepped"),
        "epoch.recover" => say!(lang, "復元したあとの再開", "Went on after a restore"),
        "erase.done" => say!(lang, "個人情報の消去", "Private data erased"),
        "retention.prune" => say!(lang, "保存期間を過ぎた証跡の整理", "Old log pruned"),
        "admin.break_glass" => say!(lang, "緊急用の権限の使用", "Emergency access used"),
        "seclog.digest" => say!(lang, "操作記録の要約", "Digest of the security log"),
        other => other.to_owned(),
    }
}

impl Page for LogPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "証跡（監査）", "The log (audit)")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { logs, kinds, from, size, lines, newer, older } = self;
        let size = grouped(size);
        let none = lines.is_empty().then(|| {
            view! { <p class="audit__empty">{say!(lang, "あてはまる証跡はありません。", "There is no such leaf.")}</p> }
        });
        let lines = lines.into_iter().map(|line| leaf_view(line, lang)).collect_view();
        view! {
            <div class="audit audit--wide">
                {trail(lang, None)}
                <h1>{say!(lang, "証跡", "The log")}</h1>
                <p>{say!(
                    lang,
                    "全部で{size}件、新しい順です。保存された文字を、そのまま表示しています。ハッシュ値は、この文字から計算したものです。個人名は入っていません。",
                    "{size} leaves, newest first, in the very letters that are stored and hashed. They hold no names.",
                )}</p>
                <form method="get" action=paths::AUDIT_LOG class="audit__filter">
                    <SelectField name="log" label=say!(lang, "年度", "Fiscal year") options=options(logs) lang/>
                    <SelectField name="kind" label=say!(lang, "種類", "Kind") options=options(kinds) lang/>
                    <TextField
                        name="from"
                        label=say!(lang, "この番号から前へ", "From this number back")
                        value=from
                        inputmode="numeric"
                        width=Width::Short
                    />
                    <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
                </form>
                {none}
                <ol class="leaves" role="list">{lines}</ol>
                {pages(newer, older, lang)}
            </div>
        }
        .into_any()
    }
}

fn pages(newer: Option<String>, older: Option<String>, lang: Lang) -> AnyView {
    (newer.is_some() || older.is_some())
        .then(|| {
            view! {
                <nav class="pager" aria-label=say!(lang, "一覧のページ", "Pages of the list")>
                    {newer.map(|href| view! {
                        <a class="pager__link" href=href rel="prev"><Icon shape=Shape::Back/><span>{say!(lang, "新しい証跡", "Later leaves")}</span></a>
                    })}
                    {older.map(|href| view! {
                        <a class="pager__link" href=href rel="next"><span>{say!(lang, "古い証跡", "Earlier leaves")}</span><Icon shape=Shape::Forward/></a>
                    })}
                </nav>
            }
        })
        .into_any()
}

fn leaf_view(line: LeafLine, lang: Lang) -> AnyView {
    let LeafLine { index, at, kind, raw, hash, signed } = line;
    let words = kind_words(&kind, lang);
    // The word itself stands beside its meaning, because filters and tables use it.
    let code = (words != kind).then(|| view! { <code>{kind.clone()}</code> });
    let proof =
        if signed { say!(lang, "署名済み", "signed") } else { say!(lang, "未署名", "not signed yet") };
    view! {
        <li class="leaf" id=format!("leaf-{index}")>
            <p class="leaf__head">
                <span class="leaf__index">{grouped(index)}</span>
                <span class="leaf__kind">{words}</span>
                {code}
                <time datetime=at.iso()>{at.seconds(lang)}</time>
                <span class="leaf__proof">{proof}</span>
            </p>
            <pre class="leaf__raw" tabindex="0">{raw}</pre>
            <p class="leaf__hash"><span>"SHA-256(0x00 ‖ …) "</span><code>{hash}</code></p>
        </li>
    }
    .into_any()
}

//! How the policy's next version is written, read by others and published.

use super::paper::comparison;
use super::{Sample, audit, chrome, day, pick, w, who};
use kokoroe_app::audit::{AuditPolicies, AuditReview, AuditVersion, Proof};
use kokoroe_app::policy::{
    BlockedView, ChangeView, DraftFault, DraftPage, DraftState, PartForm, PartKind, PartLine, PartName,
    PartValues, PolicyOffice, PolicyPublish, PublishFault, ReviewFault, ReviewLine, VersionLine,
};
use kokoroe_app::reports::AsOf;
use kokoroe_app::{Chrome, Lang, Moment, Page, RoleView, WhoView};

fn office(name: &'static str, lang: Lang, page: impl Page) -> Sample {
    let who = WhoView { roles: vec![RoleView::Learner, RoleView::Office], ..who(lang) };
    let chrome = Chrome { who: Some(who), path: "/office/policy".into(), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error: false }
}

fn failed(sample: Sample) -> Sample {
    Sample { has_error: true, ..sample }
}

fn at() -> Moment {
    Moment { day: day(2026, 10, 1), hour: 9, minute: 5, second: 0 }
}

fn version(lang: Lang, version: u32, change: Option<ChangeView>) -> VersionLine {
    VersionLine {
        version,
        change,
        effective: day(2022 + 1, 4, 1),
        published: at(),
        by: change.map(|_| "渡邊 学 <b>".into()),
        signed: 205,
        revision: "3fa9c1d2e0b4".into(),
        in_force: version == 4,
        ahead: version == 5,
        changes: vec![w(
            lang,
            "第13条の夜間の連絡先を改めました。",
            "Article 13 names the new contact at night.",
        )],
        href: "/policy/sns/3fa9c1d2e0b4".into(),
        asked: change.map(|_| "/office/requirements/1".into()),
    }
}

fn list(lang: Lang, draft: bool) -> PolicyOffice {
    PolicyOffice {
        title: w(lang, "SNS利用規程", "Social Media Policy"),
        draft: draft.then(|| DraftState {
            version: 6,
            change: None,
            by: "渡邊 学".into(),
            at: at(),
            approved: 1,
            needed: 2,
            href: "/office/policy/draft".into(),
        }),
        versions: vec![
            version(lang, 5, Some(ChangeView::Urgent)),
            version(lang, 4, Some(ChangeView::Material)),
            version(lang, 3, None),
        ],
        offered: Some(7),
        begin: "/office/policy/draft".into(),
    }
}

fn draft(lang: Lang, own: bool, missing: Vec<BlockedView>, fault: Option<ReviewFault>) -> DraftPage {
    let part = |name, changed| PartLine { name, changed, href: "/office/policy/draft/parts/C4".into() };
    let review = |approved, stale| ReviewLine {
        by: "阿部 洋子".into(),
        at: at(),
        approved,
        words: if approved {
            String::new()
        } else {
            "第3条の例を残してください。<script>".into()
        },
        stale,
    };
    DraftPage {
        title: w(lang, "SNS利用規程", "Social Media Policy"),
        version: 5,
        change: Some(ChangeView::Material),
        effective: day(2026, 11, 1),
        changes: vec![w(lang, "第5条の返事の期限を改めました。", "Article 5 has another time to answer.")],
        revision: "3fa9c1d2e0b4".into(),
        hash: "3fa9c1d2e0b4".into(),
        at: at(),
        own,
        writers: vec!["渡邊 学".into()],
        parts: vec![
            part(PartName::Frame, false),
            part(PartName::Preamble, true),
            part(PartName::Clause(w(lang, "第4条 仕事の連絡", "Article 4 Messages at work")), true),
            part(PartName::Statements, false),
        ],
        add: "/office/policy/draft/parts/new".into(),
        compared: comparison(lang),
        approved: 1,
        needed: 2,
        reviews: vec![review(true, false), review(false, true)],
        missing,
        said: String::new(),
        fault,
        draft_version: 3,
        read: "/office/policy/draft/read".into(),
        review: "/office/policy/draft/review".into(),
        publish: "/office/policy/draft/publish".into(),
        withdraw: "/office/policy/draft/withdraw".into(),
    }
}

fn clause(lang: Lang, faults: Vec<DraftFault>, meanwhile: bool) -> PartForm {
    let values = |words: &str| PartValues::Text {
        heading: Some(["第15条 院内の広報".into(), "Article 15 Our magazine".into(), String::new()]),
        text: [words.into(), "Ask public relations.".into(), String::new()],
    };
    PartForm {
        kind: PartKind::Clause(w(lang, "第15条 院内の広報", "Article 15 Our magazine")),
        values: values("広報の担当者に聞きます。</textarea>"),
        now: meanwhile.then(|| values("先に保存した文です。")),
        plain: true,
        seen: "aa".into(),
        faults,
        remove: Some("/office/policy/draft/parts/C15/remove".into()),
        action: "/office/policy/draft/parts/C15".into(),
        back: "/office/policy/draft".into(),
    }
}

fn frame(lang: Lang, faults: Vec<DraftFault>) -> PartForm {
    let values = PartValues::Frame {
        effective: "2026-11-01".into(),
        change: if faults.is_empty() { "urgent".into() } else { String::new() },
        changes: "第5条の返事の期限を改めました。".into(),
        changes_en: String::new(),
    };
    PartForm { kind: PartKind::Frame, values, remove: None, faults, ..clause(lang, Vec::new(), false) }
}

fn publish(lang: Lang, change: ChangeView, fault: Option<PublishFault>) -> PolicyPublish {
    PolicyPublish {
        title: w(lang, "SNS利用規程", "Social Media Policy"),
        version: 5,
        change,
        effective: day(2026, 11, 1),
        later: change == ChangeView::Urgent,
        asked: 205,
        due: (change != ChangeView::Editorial).then(|| day(2026, 12, 1)),
        departments: vec![(pick(lang, "看護部", "Nursing").into(), 180), (String::new(), 25)],
        versions: vec![(4, 203), (3, 2)],
        elsewhere: 12,
        never: 7,
        days: "30".into(),
        fault,
        seen: "aa".into(),
        hash: "bb".into(),
        action: "/office/policy/draft/publish".into(),
        back: "/office/policy/draft".into(),
    }
}

fn policies(nothing: bool) -> AuditPolicies {
    let version = |version: u32, change: Option<ChangeView>| AuditVersion {
        version,
        change,
        effective: day(2026, 4, 1),
        in_force: version == 4,
        published: audit::at(9),
        by: change.map(|_| "渡邊 学".into()),
        signed: 205,
        revision: audit::HASH.into(),
        href: format!("/audit/content/{}", audit::HASH),
        leaf: audit::leaf(812, Proof::Proven),
    };
    let review = |approved: bool| AuditReview {
        by: "阿部 洋子".into(),
        at: audit::at(3),
        approved,
        words: if approved { String::new() } else { "第3条の例を残してください。<b>".into() },
        revision: audit::HASH.into(),
        became: approved.then_some(4),
        leaf: audit::leaf(808, Proof::Waiting),
    };
    AuditPolicies {
        at: if nothing { "2030-01-01".into() } else { String::new() },
        at_wrong: nothing,
        as_of: AsOf::Now(audit::at(5)),
        versions: vec![
            version(5, Some(ChangeView::Urgent)),
            version(4, Some(ChangeView::Material)),
            version(3, None),
        ],
        reviews: if nothing { Vec::new() } else { vec![review(true), review(false)] },
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let statements = PartValues::Statements(vec![
        (
            ["statement_1", "statement_1_en", "statement_1_easy"],
            ["読みました。".into(), "I have read it.".into(), String::new()],
        ),
        (["statement_2", "statement_2_en", "statement_2_easy"], Default::default()),
    ]);
    let not_yet = vec![BlockedView::Frame, BlockedView::DayPast, BlockedView::Reviews];
    vec![
        audit::auditor("audit-policies", lang, policies(false)),
        audit::auditor("audit-policies-nothing", lang, policies(true)),
        office("policy-versions", lang, list(lang, true)),
        office("policy-versions-none-drafted", lang, list(lang, false)),
        office("policy-draft", lang, draft(lang, true, not_yet, None)),
        office("policy-draft-ready", lang, draft(lang, false, Vec::new(), None)),
        failed(office(
            "policy-draft-refused",
            lang,
            draft(lang, false, vec![BlockedView::Unchanged], Some(ReviewFault::NoWords)),
        )),
        failed(office(
            "policy-draft-own",
            lang,
            draft(lang, true, vec![BlockedView::DayBeforeEarlier], Some(ReviewFault::Own)),
        )),
        office("policy-part", lang, clause(lang, Vec::new(), false)),
        office("policy-part-meanwhile", lang, clause(lang, Vec::new(), true)),
        failed(office(
            "policy-part-error",
            lang,
            clause(lang, vec![DraftFault::NoHeading, DraftFault::NotShown("text", 3)], false),
        )),
        office("policy-part-frame", lang, frame(lang, Vec::new())),
        failed(office(
            "policy-part-frame-error",
            lang,
            frame(lang, vec![DraftFault::DayPast, DraftFault::NoKind, DraftFault::ChangesUneven]),
        )),
        office(
            "policy-part-statements",
            lang,
            PartForm {
                kind: PartKind::Statements,
                values: statements,
                remove: None,
                ..clause(lang, Vec::new(), false)
            },
        ),
        office("policy-publish", lang, publish(lang, ChangeView::Material, None)),
        office("policy-publish-urgent", lang, publish(lang, ChangeView::Urgent, Some(PublishFault::Stale))),
        office("policy-publish-editorial", lang, publish(lang, ChangeView::Editorial, None)),
        failed(office(
            "policy-publish-error",
            lang,
            publish(lang, ChangeView::Material, Some(PublishFault::Days(365))),
        )),
    ]
}

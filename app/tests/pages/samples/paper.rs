use super::{Sample, chrome, day, failed, pick, sample, text, w};
use kokoroe_app::policy::{
    ClauseChange, ClauseDifference, ClauseEntry, Comparison, LineDifference, Piece, PlainText, PolicyChange,
    PolicyPage,
};
use kokoroe_app::training::{
    Certificate, CertificateCheck, CertificateCheckError, CertificateFound, CertificateProof, PolicySign,
    PolicySignCheck, ProofFault, Proven, Restore, RestoreFault, SignDone, SignError, StatementView,
};
use kokoroe_app::ui::{Block, Words};
use kokoroe_app::{Lang, Moment};

fn contents(lang: Lang) -> Vec<ClauseEntry> {
    (1..=6)
        .map(|n| ClauseEntry {
            id: format!("C{n}"),
            title: w(
                lang,
                &format!("第{n}条 患者さんの情報"),
                &format!("Article {n}. Information about patients"),
            ),
        })
        .collect()
}

fn body(lang: Lang) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(vec![text(w(
        lang,
        "この規程は、職員がSNSを安心して使い、患者さんと職場を守るためのものです。",
        "This policy is there so that staff can use social media with confidence, and patients and colleagues are safe.",
    ))])];
    for entry in contents(lang) {
        blocks.push(Block::Heading { level: 2, id: Some(entry.id), text: vec![text(entry.title)] });
        blocks.push(Block::Paragraph(vec![text(w(
            lang,
            "職員は、患者さんを識別できる情報を、公開の範囲にかかわらずSNSに載せません。氏名がなくても、日時、場所、経過の組み合わせで分かることがあります。",
            "Staff do not put information on social media by which a patient can be recognised, whoever can see it. Even without a name, a date, a place and what happened can be enough together.",
        ))]));
        blocks.push(Block::List {
            ordered: true,
            items: vec![
                vec![text(w(
                    lang,
                    "写真、画像、音声を含みます。",
                    "Photographs, images and sound are included.",
                ))],
                vec![text(w(
                    lang,
                    "退院した方、亡くなった方についても同じです。",
                    "It holds for people who were discharged or have died.",
                ))],
            ],
        });
    }
    blocks
}

fn changes(lang: Lang) -> Vec<PolicyChange> {
    vec![PolicyChange {
        version: 4,
        effective: day(2026, 4, 1),
        lines: vec![
            w(
                lang,
                "第9条に、生成AIへの入力を加えました。",
                "Article 9 now covers what is typed into generative AI.",
            ),
            w(lang, "第13条の夜間の連絡先を改めました。", "Article 13 names the new contact at night."),
        ],
    }]
}

fn statements(lang: Lang) -> Vec<(String, kokoroe_app::ui::Words)> {
    [
        ("read", "SNS利用規程 第4版を読みました。", "I have read the Social Media Policy, version 4."),
        (
            "understood",
            "内容を確認し、分からない所は聞きました。",
            "I have understood it, and asked where I did not.",
        ),
        ("where", "困ったときの連絡先を知っています。", "I know whom to ask."),
        ("follow", "この規程に沿って行動します。", "I will act by it."),
    ]
    .into_iter()
    .map(|(id, ja, en)| (id.to_owned(), w(lang, ja, en)))
    .collect()
}

/// Two versions side by side.
pub(super) fn comparison(lang: Lang) -> Comparison {
    let piece = |ja: &str, en: &str, marked: bool| Piece { words: w(lang, ja, en), marked };
    let line = |before: Vec<Piece>, after: Vec<Piece>| LineDifference { before, after };
    Comparison {
        before: 2,
        after: 4,
        clauses: vec![
            ClauseDifference {
                title: w(lang, "第5条 同意を確かめる", "Article 5 Check consent"),
                change: ClauseChange::Changed,
                lines: vec![line(
                    vec![
                        piece("返事は", "The answer comes within ", false),
                        piece("三日のうち", "three days", true),
                        piece("にします。", ".", false),
                    ],
                    vec![
                        piece("返事は", "The answer comes within ", false),
                        piece("次の勤務日まで", "one working day", true),
                        piece("にします。", ".", false),
                    ],
                )],
            },
            ClauseDifference {
                title: w(lang, "第15条 院内の広報", "Article 15 Our own magazine"),
                change: ClauseChange::Added,
                lines: vec![line(
                    Vec::new(),
                    vec![piece("広報の担当者に聞きます。", "Ask public relations.", true)],
                )],
            },
        ],
    }
}

fn sign(lang: Lang, ticked: bool, missing: bool) -> PolicySign {
    PolicySign {
        title: w(lang, "SNS利用規程", "Social Media Policy"),
        version: 4,
        effective: day(2026, 4, 1),
        contents: contents(lang),
        body: body(lang),
        last_signed: Some((2, day(2024, 9, 3))),
        unchanged: false,
        changes: changes(lang),
        untold: vec![3],
        compared: Some(comparison(lang)),
        alone: false,
        translation: lang == Lang::En,
        plain: None,
        statements: statements(lang)
            .into_iter()
            .enumerate()
            .map(|(n, (id, text))| StatementView { id, text, plain: None, ticked: ticked || n == 0 })
            .collect(),
        missing,
        action: "/learn/sign".into(),
        back: "/".into(),
    }
}

/// The same for somebody who reads plain Japanese.
fn plain(mut sign: PolicySign) -> PolicySign {
    sign.plain = Some(PlainText::Shown { binding: "/learn/sign?text=binding".into() });
    for statement in &mut sign.statements {
        statement.plain = Some(Words::plain(Lang::Ja, "読みました。まもります。"));
    }
    sign
}

fn check(lang: Lang, error: Option<SignError>) -> PolicySignCheck {
    PolicySignCheck {
        title: w(lang, "SNS利用規程", "Social Media Policy"),
        version: 4,
        revision: "3fa9c1d2e0b4".into(),
        name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
        number: "10012".into(),
        statements: statements(lang),
        error,
        action: "/learn/sign/check".into(),
        back: "/learn/sign".into(),
    }
}

/// Something with the look of a QR code: 33 rows of 33.
fn qr() -> Vec<Vec<bool>> {
    let finder = |x: usize, y: usize| {
        let ring = |x: usize, y: usize| {
            x.max(y) <= 6
                && (x == 0 || y == 0 || x == 6 || y == 6 || (2..=4).contains(&x) && (2..=4).contains(&y))
        };
        let corner = |x: usize, y: usize| (x <= 7 && y <= 7).then(|| ring(x, y));
        corner(x, y).or_else(|| corner(32 - x, y)).or_else(|| corner(x, 32 - y))
    };
    (0..33)
        .map(|y| (0..33).map(|x| finder(x, y).unwrap_or((x * 7 + y * 13 + x * y) % 5 < 2)).collect())
        .collect()
}

fn certificate(lang: Lang) -> Certificate {
    Certificate {
        number: "2026-SNS-000123".into(),
        name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
        staff_number: Some("10012".into()),
        course: w(lang, "SNSの約束", "Social media training"),
        year: 2026,
        policy: Some((w(lang, "SNS利用規程", "Social Media Policy"), 4)),
        completed: day(2026, 9, 12),
        minutes: Some(37),
        valid_until: Some(day(2027, 9, 30)),
        hospital: pick(lang, "みどり野総合病院", "Midorino General Hospital").into(),
        issuer: pick(lang, "病院長 緑野 太郎", "Director, Taro Midorino").into(),
        code: "K7QX-3M9D".into(),
        check_url: "https://sns.midorino.example/verify".into(),
        qr: qr(),
        withdrawn: None,
        pdf: None,
        proof: None,
        era: kokoroe_app::Era::Western,
        sealed: false,
        way: kokoroe_app::requirements::WayView::Classroom,
        alone: false,
    }
}

/// A page for somebody who is not signed in.
fn outside(lang: Lang, name: &'static str, page: impl kokoroe_app::Page, has_error: bool) -> Sample {
    Sample { name, html: kokoroe_app::html(chrome(lang), page), has_error }
}

fn proven() -> Proven {
    Proven {
        number: "2026-SNS-000123".into(),
        name: "髙橋 花子".into(),
        at: Moment { day: day(2026, 9, 12), hour: 14, minute: 3, second: 0 },
        log: "kokoroe-97e153ae/2026".into(),
        leaf: 4_766,
        size: 11_739,
    }
}

fn proof(found: Option<Result<Proven, ProofFault>>) -> CertificateProof {
    CertificateProof {
        text: if found.is_some() { "c2sp.org/tlog-proof@v1\nindex 4766\n".into() } else { String::new() },
        found,
        empty: false,
        restore: Restore::No,
        vkey: "kokoroe-97e153ae+895cc01b+AYPU+miW4zDGb0s8AVGslk7qPY8tobUfMvtc0VzWRogH".into(),
        keys: "kokoroe-97e153ae+895cc01b+AYPU+miW4zDGb0s8AVGslk7qPY8tobUfMvtc0VzWRogH\n".into(),
        zone: "Asia/Tokyo".into(),
        scripts: None,
    }
}

fn found(found: CertificateFound) -> CertificateCheck {
    CertificateCheck {
        number: "2026-SNS-000123".into(),
        code: "K7QX-3M9D".into(),
        errors: Vec::new(),
        found: Some(found),
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let course = || w(lang, "SNSの約束 2026年度", "Social media, fiscal year 2026");
    vec![
        sample("policy-sign", lang, sign(lang, true, false)),
        sample("policy-sign-plain", lang, plain(sign(lang, false, false))),
        failed("policy-sign-error", lang, sign(lang, false, true)),
        sample(
            "policy-sign-first",
            lang,
            PolicySign {
                last_signed: None,
                changes: Vec::new(),
                untold: Vec::new(),
                compared: None,
                alone: true,
                ..sign(lang, false, false)
            },
        ),
        sample("policy-sign-check", lang, check(lang, None)),
        failed("policy-sign-check-error", lang, check(lang, Some(SignError::Wrong))),
        sample(
            "sign-done",
            lang,
            SignDone {
                number: "A-2026-000482".into(),
                title: w(lang, "SNS利用規程", "Social Media Policy"),
                version: 4,
                revision: "3fa9c1d2e0b4".into(),
                name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
                at: Moment { day: day(2026, 9, 12), hour: 13, minute: 5, second: 9 },
                certificate: Some(("2026-SNS-000123".into(), "/certificates/2026-SNS-000123".into())),
                late: true,
                alone: false,
            },
        ),
        sample(
            "certificate-receipt",
            lang,
            Certificate { alone: true, number: "2026-POLICY-000045".into(), ..certificate(lang) },
        ),
        sample("certificate", lang, certificate(lang)),
        sample(
            "certificate-withdrawn",
            lang,
            Certificate {
                withdrawn: Some(day(2026, 11, 2)),
                pdf: Some("/c.pdf".into()),
                proof: Some("/c.tlog-proof".into()),
                ..certificate(lang)
            },
        ),
        outside(lang, "certificate-check", CertificateCheck::default(), false),
        outside(lang, "certificate-proof", proof(None), false),
        outside(lang, "certificate-proof-empty", CertificateProof { empty: true, ..proof(None) }, true),
        outside(lang, "certificate-proven", proof(Some(Ok(proven()))), false),
        outside(lang, "certificate-not-proven", proof(Some(Err(ProofFault::Name))), false),
        sample("certificate-restore", lang, CertificateProof { restore: Restore::Offered, ..proof(None) }),
        sample(
            "certificate-not-restored",
            lang,
            CertificateProof { restore: Restore::Refused(RestoreFault::NotOwed), ..proof(None) },
        ),
        outside(
            lang,
            "certificate-check-error",
            CertificateCheck {
                errors: vec![CertificateCheckError::NoNumber, CertificateCheckError::NoCode],
                ..CertificateCheck::default()
            },
            true,
        ),
        outside(
            lang,
            "certificate-valid",
            found(CertificateFound::Valid {
                course: course(),
                completed: day(2026, 9, 12),
                valid_until: Some(day(2027, 9, 30)),
                alone: false,
            }),
            false,
        ),
        outside(
            lang,
            "certificate-over",
            found(CertificateFound::Over {
                course: course(),
                completed: day(2024, 9, 12),
                valid_until: day(2025, 9, 30),
            }),
            false,
        ),
        outside(
            lang,
            "certificate-void",
            found(CertificateFound::Withdrawn { course: course(), on: day(2026, 11, 2) }),
            false,
        ),
        outside(lang, "certificate-unknown", found(CertificateFound::Unknown), false),
        sample(
            "policy",
            lang,
            PolicyPage {
                title: w(lang, "SNS利用規程", "Social Media Policy"),
                version: 4,
                effective: day(2026, 4, 1),
                contents: contents(lang),
                body: body(lang),
                changes: changes(lang),
                translation: lang == Lang::En,
                plain: Some(PlainText::SetAside { plain: "/policy/sns".into() }),
                newer: None,
                ahead: false,
                draft: Some("/office/policy/draft".into()),
            },
        ),
        sample(
            "policy-old",
            lang,
            PolicyPage {
                title: w(lang, "SNS利用規程", "Social Media Policy"),
                version: 3,
                effective: day(2025, 4, 1),
                contents: contents(lang),
                body: body(lang),
                changes: Vec::new(),
                translation: false,
                plain: Some(PlainText::Shown { binding: "/policy/sns/3?text=binding".into() }),
                newer: Some("/policy/sns".into()),
                ahead: true,
                draft: None,
            },
        ),
    ]
}

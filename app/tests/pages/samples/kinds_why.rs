//! Explanations of what was picked, marked, decided row by row, changed, found out or looked up: right, partly right, and still open.

use super::why::{other, plain};
use super::{Sample, clause, contacts, ruby, sample, w};
use kokoroe_app::Lang;
use kokoroe_app::training::{
    MosaicResult, PartAct, PickKind, PickResult, PieceResult, PostAct, RowResult, RowsKind, TextAct, Way,
    WhyDetail, WhyPage,
};
use kokoroe_app::ui::{Verdict, Words};

fn page(lang: Lang, verdict: Verdict, detail: WhyDetail) -> WhyPage {
    WhyPage { verdict: Some(verdict), chosen: None, why: None, others: Vec::new(), detail, ..plain(lang) }
}

/// While the question is asked again.
fn open(lang: Lang, verdict: Verdict, detail: WhyDetail) -> WhyPage {
    WhyPage { asked_again: true, doubt: contacts(lang).into_iter().next(), ..page(lang, verdict, detail) }
}

fn options(lang: Lang) -> Vec<PickResult> {
    [
        (true, true, "アカウント名のつづりが一文字だけ違う", "One letter of the account's name differs"),
        (true, false, "外部のページで口座番号を求めている", "It asks for a bank account on another page"),
        (false, true, "文章に絵文字が入っている", "There are emoji in the text"),
        (false, false, "病院の建物の写真を使っている", "It shows the hospital's building"),
        (false, false, "投稿の時刻が昼休みの時間帯", "It was posted at lunch time"),
    ]
    .into_iter()
    .map(|(hit, picked, ja, en)| PickResult {
        text: w(lang, ja, en),
        hit,
        must: hit && !picked,
        picked,
        why: Some(w(
            lang,
            "つづりの違いは、画面が小さいと気づきにくい所です。",
            "On a small screen a different letter is easily overlooked.",
        )),
        clause: hit.then(|| clause(lang, 11)),
    })
    .collect()
}

fn picked(lang: Lang) -> Vec<PickResult> {
    options(lang).into_iter().filter(|option| option.picked).collect()
}

fn pieces(lang: Lang) -> Vec<PieceResult> {
    [
        (None, "きょう、", "Today "),
        (Some((true, true)), "駅前で店を開いたばかりの方が", "someone with a new shop by the station "),
        (None, "歩く練習を始めました。", "began to walk again. "),
        (Some((true, false)), "担当して三年目ですが、", "In my third year on this ward, "),
        (Some((false, true)), "二人で泣きそうになりました。", "we were close to tears. "),
        (Some((false, false)), "いい日でした。", "A good day."),
    ]
    .into_iter()
    .map(|(outcome, ja, en)| PieceResult { text: w(lang, ja, en), outcome })
    .collect()
}

fn row(lang: Lang, text: Option<Words>, given: Words, verdict: Verdict, best: Option<Words>) -> RowResult {
    RowResult {
        by: None,
        text,
        given,
        verdict,
        best,
        why: Some(w(
            lang,
            "返事をしたくなります。ただ、公開の場では確かめられません。",
            "One wants to answer. In public, though, nothing can be checked.",
        )),
        clause: Some(clause(lang, 11)),
    }
}

fn posts(lang: Lang) -> Vec<RowResult> {
    let text = |ja: &str, en: &str| Some(w(lang, ja, en));
    let (first, second, third) = (
        text("受付で一時間待った。説明がないのがつらい。", "An hour at the desk, and nobody told us why."),
        text("もうぜんぶ終わりにしたい", "I want all of this to be over"),
        text("今日の空、きれいだった。", "What a sky today."),
    );
    let mut rows = vec![
        row(
            lang,
            first,
            Words::plain(lang, PostAct::Reply.word(lang)),
            Verdict::Harm,
            Some(Words::plain(lang, PostAct::Consult.word(lang))),
        ),
        row(
            lang,
            second,
            Words::plain(lang, PostAct::Report.word(lang)),
            Verdict::Ok,
            Some(Words::plain(lang, PostAct::KeepReport.word(lang))),
        ),
    ];
    for _ in 0..3 {
        rows.push(row(
            lang,
            third.clone(),
            Words::plain(lang, PostAct::Nothing.word(lang)),
            Verdict::Best,
            None,
        ));
    }
    for row in &mut rows {
        row.by = Some(w(lang, "みなと @minato_walk", "Minato @minato_walk"));
    }
    rows
}

fn cards(lang: Lang) -> Vec<RowResult> {
    let group = |ja: &str, en: &str| w(lang, ja, en);
    vec![
        row(lang, Some(ruby(lang)), group("個人の意見", "Your own opinion"), Verdict::Best, None),
        row(
            lang,
            Some(w(lang, "面会時間が来月から変わると書く", "You write that visiting hours change")),
            group("個人の意見", "Your own opinion"),
            Verdict::Risky,
            Some(group("病院の発信", "Said for the hospital")),
        ),
    ]
}

fn redact(lang: Lang, model: bool) -> WhyDetail {
    let edit = |act: PartAct| Words::plain(lang, act.word(lang));
    let mut rows = vec![
        row(
            lang,
            Some(w(lang, "駅前のすし屋の大将が、", "the master of the sushi shop by the station")),
            edit(PartAct::Soft),
            Verdict::Best,
            None,
        ),
        row(
            lang,
            Some(w(lang, "きょう三か月ぶりに", "after three months, today")),
            edit(PartAct::Keep),
            Verdict::Risky,
            Some(edit(PartAct::Soft)),
        ),
        row(
            lang,
            None,
            Words::plain(lang, TextAct::Post.word(lang)),
            Verdict::Harm,
            Some(Words::plain(lang, TextAct::Consent.word(lang))),
        ),
    ];
    if !model {
        rows.truncate(1);
    }
    WhyDetail::Redact {
        yours: vec![
            w(lang, "ある患者さんが、", "A patient "),
            w(lang, "きょう三か月ぶりに歩きました。", "walked today after three months."),
        ],
        model: model.then(|| {
            vec![
                w(lang, "ある患者さんが、", "A patient "),
                w(lang, "久しぶりに歩きました。", "walked again at last."),
            ]
        }),
        rows,
        of: 3,
    }
}

fn mosaic(lang: Lang, verdict: Verdict, kept_back: bool) -> WhyDetail {
    let clues = if kept_back { picked(lang) } else { options(lang) };
    WhyDetail::Mosaic(MosaicResult {
        finding: (
            w(lang, "病院の名前だけ", "Only the name of the hospital"),
            verdict,
            w(lang, "一つずつ見ると、そう見えます。", "So it seems, one by one."),
        ),
        known: (!kept_back).then(|| {
            (
                w(lang, "退院した人が、どの店の人か", "Which shop the patient belongs to"),
                w(
                    lang,
                    "退院の日と店の写真がつながります。",
                    "The day and the picture of the shop fit together.",
                ),
                Some(clause(lang, 1)),
            )
        }),
        clues,
        hits: 2,
    })
}

fn whom(lang: Lang) -> WhyDetail {
    let contact = |ja: &str, en: &str| w(lang, ja, en);
    WhyDetail::Rows {
        kind: RowsKind::Whom,
        rows: vec![
            row(
                lang,
                None,
                contact("広報課", "Public relations"),
                Verdict::Risky,
                Some(contact("夜間の連絡先（当直師長）", "At night (head nurse on duty)")),
            ),
            row(lang, None, Words::plain(lang, Way::Phone.word(lang)), Verdict::Best, None),
        ],
        of: 2,
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let picks = |kind, options| WhyDetail::Picks { kind, options, hits: 2 };
    let rows = |kind, rows, of| WhyDetail::Rows { kind, rows, of };
    let right = options(lang).into_iter().map(|option| PickResult { picked: option.hit, ..option }).collect();
    vec![
        sample("why-spot-list", lang, page(lang, Verdict::Ok, picks(PickKind::Problems, options(lang)))),
        sample("why-spot-list-best", lang, page(lang, Verdict::Best, picks(PickKind::Problems, right))),
        sample(
            "why-spot-list-open",
            lang,
            open(lang, Verdict::Risky, picks(PickKind::Problems, picked(lang))),
        ),
        sample("why-audience", lang, page(lang, Verdict::Ok, picks(PickKind::Audience, options(lang)))),
        sample(
            "why-mark-text",
            lang,
            page(
                lang,
                Verdict::Ok,
                WhyDetail::Marks { pieces: pieces(lang), options: options(lang), hits: 2 },
            ),
        ),
        sample("why-triage", lang, page(lang, Verdict::Ok, rows(RowsKind::Posts, posts(lang), 5))),
        sample(
            "why-triage-open",
            lang,
            open(lang, Verdict::Risky, rows(RowsKind::Posts, posts(lang).split_off(2), 5)),
        ),
        sample("why-sort", lang, page(lang, Verdict::Ok, rows(RowsKind::Cards, cards(lang), 2))),
        sample("why-redact", lang, page(lang, Verdict::Risky, redact(lang, true))),
        sample("why-redact-open", lang, open(lang, Verdict::Risky, redact(lang, false))),
        sample(
            "why-mosaic",
            lang,
            WhyPage {
                chosen: Some(w(lang, "花火の投稿を消す", "Take out the fireworks")),
                why: Some(w(lang, "花火だけでは、何も分かりません。", "The fireworks alone tell nothing.")),
                best: Some(other(lang, Verdict::Best, "店の写真を消す", "Take out the picture of the shop")),
                ..page(lang, Verdict::Risky, mosaic(lang, Verdict::Risky, false))
            },
        ),
        sample("why-mosaic-open", lang, open(lang, Verdict::Risky, mosaic(lang, Verdict::Best, true))),
        sample("why-contact", lang, page(lang, Verdict::Risky, whom(lang))),
        sample(
            "why-lookup",
            lang,
            WhyPage {
                chosen: Some(w(lang, "第3条 写真と動画", "Article 3: Photographs and films")),
                best: Some(other(
                    lang,
                    Verdict::Best,
                    "第5条 まちがえたとき",
                    "Article 5: When something went wrong",
                )),
                ..page(lang, Verdict::Risky, WhyDetail::Choice)
            },
        ),
    ]
}

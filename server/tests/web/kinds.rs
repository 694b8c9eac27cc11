//! Every kind of single question, answered by what its page says, as a browser without JavaScript does it.

use http::StatusCode;
use kokoroe_server::id::{PeriodId, StaffId};

use crate::support::solve::{self, Temper};
use crate::support::{Answered, Browser, TestSite};
use crate::training::go_through;

const MODULE: &str = "m3-kinds";

/// Somebody who stands at the beginning of the module with one item of each kind.
struct Learner {
    test: TestSite,
    module: &'static str,
    browser: Browser,
    staff: StaffId,
    period: PeriodId,
    turn: u32,
}

impl Learner {
    async fn begin() -> Self {
        Self::begin_in(MODULE).await
    }

    async fn begin_in(module: &'static str) -> Self {
        let test = TestSite::small(module).await;
        let ward = test.ward().await;
        let mut browser = test.signed_in("100001").await;
        let period = test.period(&ward.nurse).await;
        let begun = browser.post(&format!("/learn/{period}/{module}"), &[]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        Self { test, module, browser, staff: ward.nurse, period, turn: 1 }
    }

    /// The same at a later question, with the best answer to all before it.
    async fn at(item: &str) -> Self {
        Self::at_in(MODULE, item).await
    }

    async fn at_in(module: &'static str, item: &str) -> Self {
        let mut learner = Self::begin_in(module).await;
        loop {
            let ask =
                solve::answer(&learner.test.site, &learner.staff, &learner.period, module, Temper::Best)
                    .await
                    .expect("a question");
            learner.turn = ask.turn;
            if ask.question.as_deref() == Some(item) {
                return learner;
            }
            let fields: Vec<(&str, &str)> =
                ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(learner.send(&fields).await.status, StatusCode::SEE_OTHER);
        }
    }

    fn step(&self) -> String {
        format!("/learn/{}/{}/{}", self.period, self.module, self.turn)
    }

    async fn page(&mut self) -> String {
        let step = self.step();
        self.browser.get(&step).await.body
    }

    async fn send(&mut self, fields: &[(&str, &str)]) -> Answered {
        let step = self.step();
        self.browser.post(&step, fields).await
    }

    /// Sends an answer and reads its explanation.
    async fn explained(&mut self, fields: &[(&str, &str)]) -> String {
        let saved = self.send(fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert_eq!(saved.location(), format!("{}/why", self.step()));
        let why = self.browser.get(saved.location()).await;
        assert_eq!(why.status, StatusCode::OK, "{}", why.body);
        why.body
    }
}

/// Name and value of the box or button whose label has these words.
fn labelled(page: &str, words: &str) -> (String, String) {
    let label = page
        .split("<label")
        .skip(1)
        .filter_map(|rest| rest.split_once("</label>").map(|(label, _)| label))
        .find(|label| label.contains(words))
        .unwrap_or_else(|| panic!("nothing is labelled {words}"));
    let attribute = |name: &str| {
        let (_, rest) = label.split_once(&format!(" {name}=\"")).expect("an attribute");
        rest.split_once('"').expect("its end").0.to_owned()
    };
    (attribute("name"), attribute("value"))
}

fn by_words(page: &str, words: &[&str]) -> Vec<(String, String)> {
    words.iter().map(|words| labelled(page, words)).collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn every_kind_is_asked_answered_and_explained_by_plain_forms() {
    for patience in [0, 40] {
        let test = TestSite::small(MODULE).await;
        let ward = test.ward().await;
        let mut browser = test.signed_in("100001").await;
        let period = test.period(&ward.nurse).await;
        go_through(&test, &mut browser, &ward.nurse, &period, MODULE, patience).await;
        let sheet = browser.get(&format!("/history/{period}/{MODULE}")).await;
        assert!(sheet.body.contains("夜間の連絡先（当直師長）"), "{}", sheet.body);
    }
}

#[tokio::test]
async fn what_is_chosen_by_its_words_is_what_is_judged() {
    for (item, words) in [
        ("signs", &["つづりが一か所だけ違う", "口座の番号を外のページで", "きょう中にと急がせ"][..]),
        ("who-sees", &["友達に登録した人", "画面を写した人が見せた相手", "サービスを運営する会社"]),
        ("hints", &["駅前で店を開いたばかりの方が", "四人部屋では最年長", "名字が院長と同じで"]),
        ("whom-at-night", &["夜間の連絡先（当直師長）", "電話で"]),
        ("which-clause", &["夜の声"]),
        (
            "three-posts",
            &[
                "いちばん長く入院した方",
                "橋のたもとの店のまんじゅう",
                "きょう帰ったこと",
                "店が分かる投稿を出さない",
            ],
        ),
    ] {
        let mut learner = Learner::at(item).await;
        let fields = by_words(&learner.page().await, words);
        let why = learner.explained(&pairs(&fields)).await;
        assert!(why.contains("data-verdict=\"best\""), "{item}: {why}");
    }
}

#[tokio::test]
async fn every_row_is_answered_by_its_own_words() {
    let mut learner = Learner::at("whose-words").await;
    let page = learner.page().await;
    let rows = ["g1", "g2", "g3", "g2", "g1"].map(|group| match group {
        "g1" => labelled(&page, "個人の意見").1,
        "g2" => labelled(&page, "病院の発信").1,
        _ => labelled(&page, "患者さんの情報").1,
    });
    let fields: Vec<(String, String)> =
        (1..).zip(rows).map(|(n, group): (i32, _)| (format!("row-{n}"), group)).collect();
    let why = learner.explained(&pairs(&fields)).await;
    assert!(why.contains("5件のうち5件が、よい答えです。"), "{why}");
}

#[tokio::test]
async fn no_id_of_an_author_stands_in_a_form() {
    for (module, item, ids) in [
        ("m1-day", "photo", &["board", "band", "screen"][..]),
        ("m1-day", "first-steps", &["safe", "place-safe", "tell"]),
        (MODULE, "signs", &["o1", "o6"]),
        (MODULE, "hints", &["m2", "m8"]),
        (MODULE, "evening-feed", &["row-e1"]),
        (MODULE, "whose-words", &["row-c1", "g1"]),
        (MODULE, "fit-to-post", &["row-a2", "a2"]),
        (MODULE, "three-posts", &["k1", "f2", "x3"]),
        (MODULE, "whom-at-night", &["night"]),
        (MODULE, "which-clause", &["C2"]),
        (MODULE, "before-photo", &["l1"]),
    ] {
        let mut learner = Learner::at_in(module, item).await;
        let page = learner.page().await;
        for id in ids {
            for attribute in ["value", "name", "id"] {
                assert!(!page.contains(&format!(" {attribute}=\"{id}\"")), "{item} has {attribute}={id}");
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_leaves_something_out_says_what_and_keeps_the_rest() {
    let mut learner = Learner::at("evening-feed").await;
    let half = learner.send(&[("row-1", "consult"), ("row-2", "nothing"), ("row-4", "nothing")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.body.contains("投稿3（しん）をどうするか選んでください"), "{}", half.body);
    assert!(half.body.contains("href=\"#row-5-1\"") && half.body.contains("id=\"row-5-1\""));
    assert!(!half.body.contains("投稿1（あおい）をどうするか"));
    assert_eq!(half.body.matches(" checked").count(), 3, "{}", half.body);

    let mut learner = Learner::at("three-posts").await;
    let half = learner.send(&[("clue", "1"), ("cut", "2")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.body.contains("分かることを一つ選んでください"));
    assert_eq!(half.body.matches(" checked").count(), 2);

    let mut learner = Learner::at("whom-at-night").await;
    let half = learner.send(&[("way", "phone")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.body.contains("連絡先を一つ選んでください"));

    let mut learner = Learner::at("before-photo").await;
    let half = learner.send(&[("pick", "1"), ("pick", "2"), ("pick", "4")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.body.contains("「場所と日時が分からない」を確かめてください"), "{}", half.body);
}

#[tokio::test]
async fn what_is_not_offered_is_refused() {
    for (item, fields) in [
        ("signs", &[("pick", "7")][..]),
        ("hints", &[("pick", "m2")]),
        ("which-clause", &[("clause", "15")]),
        ("whom-at-night", &[("contact", "night"), ("way", "phone")]),
        ("whom-at-night", &[("contact", "1"), ("way", "mail")]),
        ("fit-to-post", &[("row-1", "soft"), ("row-2", "soft"), ("row-3", "soft"), ("whole", "post")]),
    ] {
        let mut learner = Learner::at(item).await;
        let refused = learner.send(fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{item} took {fields:?}");
        assert!(
            !refused.body.contains("<form method=\"post\" action=\"/learn"),
            "{item}: a page of its own says so"
        );
    }
}

#[tokio::test]
async fn while_a_required_question_is_asked_again_only_what_was_picked_is_told() {
    let mut learner = Learner::begin().await;
    let first = learner.explained(&[("pick", "2"), ("pick", "3")]).await;
    assert!(first.contains("見つけた所 1 / 3"), "{first}");
    assert!(first.contains("病院は投稿で口座の番号を聞きません。"));
    for missing in ["つづりが一か所だけ違う", "急いでいると見分けられません", "急がされると", "ていねいさは"]
    {
        assert!(!first.contains(missing), "it tells {missing}");
    }
    for _ in 0..2 {
        learner.turn += 1;
        learner.explained(&[("pick", "2")]).await;
    }
    let step = learner.step();
    let third = learner.browser.get(&format!("{step}/why")).await.body;
    assert!(third.contains("急いでいると見分けられません"), "nobody guesses for ever: {third}");
}

#[tokio::test]
async fn while_rows_are_asked_again_only_good_ones_are_told() {
    let mut learner = Learner::at("evening-feed").await;
    let all_nothing: Vec<(String, String)> =
        (1..=5).map(|n| (format!("row-{n}"), "nothing".to_owned())).collect();
    let why = learner.explained(&pairs(&all_nothing)).await;
    assert!(why.contains("あと3件を、もう一度考えてみましょう"), "{why}");
    assert!(why.contains("何もしなくてかまいません"));
    for kept in ["当直なら支援に", "おすすめ：", "だまされる人が出ます"] {
        assert!(!why.contains(kept), "it tells {kept}");
    }

    let mut learner = Learner::at("which-clause").await;
    let why = learner.explained(&[("clause", "1")]).await;
    assert!(!why.contains("第2条") && !why.contains("夜の声"), "{why}");
}

#[tokio::test]
async fn a_text_is_read_again_as_often_as_one_likes_before_it_is_answered() {
    let mut learner = Learner::at("fit-to-post").await;
    let before = learner.page().await;
    assert!(before.contains("data-as=\"soft\" hidden"), "{before}");
    let fields = [("row-1", "soft"), ("row-2", "cut"), ("row-3", "keep")];
    let read = learner.send(&[&fields[..], &[("preview", "1")]].concat()).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(!read.body.contains("role=\"alert\""));
    assert!(read.body.contains("data-part=\"row-1\" data-as=\"keep\" hidden"), "{}", read.body);
    assert!(read.body.contains("data-part=\"row-1\" data-as=\"soft\" class"), "{}", read.body);
    assert!(read.body.contains("data-part=\"row-2\" data-as=\"keep\" hidden"), "{}", read.body);
    let missing = learner.send(&fields).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY, "what becomes of the whole is still open");
    let why = learner.explained(&[&fields[..], &[("whole", "consent")]].concat()).await;
    assert!(why.contains("リハビリを担当したある患者さんが、自分の足で歩きました。"), "{why}");
    assert!(why.contains("おすすめの文"), "{why}");
}

#[tokio::test]
async fn a_sentence_for_oneself_may_be_left_out_and_is_kept_if_it_is_not() {
    let mut learner = Learner::at("one-change").await;
    let long = "あ".repeat(201);
    let refused = learner.send(&[("draft", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long), "the text is kept");
    let kept = learner.browser.post(&format!("{}/draft", learner.step()), &[("draft", "出す前に")]).await;
    assert_eq!(kept.status, StatusCode::OK);
    assert!(learner.page().await.contains("出す前に"));
    let endless = "あ".repeat(801);
    let refused = learner.browser.post(&format!("{}/draft", learner.step()), &[("draft", &endless)]).await;
    assert_eq!(
        refused.status,
        StatusCode::PAYLOAD_TOO_LARGE,
        "what is not kept whole is not said to be kept"
    );
    let saved = learner.send(&[("draft", "出す前に一度見ます。")]).await;
    assert_eq!(saved.location(), format!("/learn/{}/{MODULE}/{}", learner.period, learner.turn + 1));
    let looked_at = learner.page().await;
    assert!(looked_at.contains("出す前に一度見ます。") && looked_at.contains("次へ"), "{looked_at}");

    for nothing in [&[("skip", "1"), ("draft", "やめておく")][..], &[("draft", "  ")]] {
        let mut learner = Learner::at("one-change").await;
        assert_eq!(learner.send(nothing).await.status, StatusCode::SEE_OTHER);
        assert!(learner.page().await.contains("書かずに進みました。"));
    }
}

#[tokio::test]
async fn checklists_are_there_outside_of_the_training_for_whoever_is_signed_in() {
    let learner = Learner::begin().await;
    let mut stranger = learner.test.browser();
    assert_eq!(stranger.get("/checklists").await.status, StatusCode::SEE_OTHER);
    let mut browser = learner.browser.clone();
    let page = browser.get("/checklists").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "写真を出す前のチェックリスト",
        "奥の板、画面、名札が読めない",
        "小さい字も、画面では大きくできます。",
    ] {
        assert!(page.body.contains(words), "{words} is missing");
    }
    assert!(!page.body.contains(" checked"));
    assert!(browser.get("/").await.body.contains("href=\"/checklists\""), "the footer leads there");
}

//! The policy's next version: written, read by others, published, and signed again by whom it concerns.

mod signing;
mod steps;

use http::StatusCode;
use kokoroe_server::audit::live_check;
use kokoroe_server::policies::{in_force, in_force_at};
use kokoroe_server::start;
use kokoroe_server::training::Content;

use crate::support::{TestSite, at, engines};
use steps::{Office, approve, begin, frame, part, publish, ready, seen};

#[tokio::test]
async fn nobody_reviews_what_they_wrote_and_an_edit_voids_every_approval() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut office = Office::of(&test).await;
        begin(&mut office.author).await;
        let untouched = office.author.get("/office/policy/draft").await;
        assert!(untouched.body.contains("前の版と違うところがありません"), "{}", untouched.body);
        part(&mut office.author, "C3", &[("text", "カルテは、自分の仕事に必要なときだけ開きます。")]).await;
        frame(&mut office.author, "2026-10-01", "material").await;
        let own = approve(&mut office.author).await;
        assert_eq!(own.status, StatusCode::CONFLICT);
        assert!(own.body.contains("下書きを書いた人は承認できません"), "{}", own.body);
        assert_eq!(approve(&mut office.first).await.status, StatusCode::SEE_OTHER);
        assert_eq!(approve(&mut office.first).await.status, StatusCode::SEE_OTHER, "twice is once");
        let early = office.author.get("/office/policy/draft/publish").await;
        assert_eq!(early.status, StatusCode::SEE_OTHER, "one of two is not enough");
        part(&mut office.author, "C4", &[("text", "患者さんの情報は、病院が認めた道具だけで送ります。")])
            .await;
        let page = office.first.get("/office/policy/draft").await;
        assert!(page.body.contains("必要な2人のうち0人"), "{}", page.body);
        assert!(page.body.contains("いまの文についてではありません"));
        assert!(page.body.contains("<del>"), "what differs is shown: {}", page.body);
        let returned = [("verdict", "returned"), ("words", ""), ("hash", "")];
        let no_words = office.second.post("/office/policy/draft/review", &returned).await;
        assert_eq!(no_words.status, StatusCode::UNPROCESSABLE_ENTITY);
        let stale = [("verdict", "approved"), ("words", ""), ("hash", "an-older-text")];
        let stale = office.second.post("/office/policy/draft/review", &stale).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "an approval names the text that was read");
        assert_eq!(approve(&mut office.first).await.status, StatusCode::SEE_OTHER);
        assert_eq!(approve(&mut office.second).await.status, StatusCode::SEE_OTHER);
        let ready = office.author.get("/office/policy/draft/publish").await;
        assert_eq!(ready.status, StatusCode::OK, "{}", ready.body);
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{check:?}");
    }
}

#[tokio::test]
async fn two_who_write_the_same_part_lose_nothing() {
    let test = TestSite::new().await;
    let mut office = Office::of(&test).await;
    begin(&mut office.author).await;
    let path = "/office/policy/draft/parts/C3";
    let read = seen(&office.first.get(path).await.body);
    part(&mut office.author, "C3", &[("text", "先に保存した文です。")]).await;
    let fields = [("seen", read.as_str()), ("heading", "第3条 あと"), ("text", "あとから保存した文です。")];
    let late = office.first.post(path, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for kept in ["あとから保存した文です。", "先に保存した文です。", "ほかの人が、ここを先に書き直しました"]
    {
        assert!(late.body.contains(kept), "{kept}: {}", late.body);
    }
    part(&mut office.author, "C4", &[("text", "別の条は、同時に書けます。")]).await;
    let again = seen(&late.body);
    let fields = [("seen", again.as_str()), ("heading", "第3条 あと"), ("text", "あとから保存した文です。")];
    assert_eq!(office.first.post(path, &fields).await.status, StatusCode::SEE_OTHER);
    let page = office.author.get("/office/policy/draft").await;
    assert!(page.body.contains("別の条は、同時に書けます。"), "{}", page.body);
}

#[tokio::test]
async fn a_form_keeps_what_was_typed_and_tested_clauses_stay() {
    let test = TestSite::new().await;
    let mut office = Office::of(&test).await;
    begin(&mut office.author).await;
    let path = "/office/policy/draft/parts/C3";
    let read = seen(&office.author.get(path).await.body);
    let fields = [("seen", read.as_str()), ("heading", ""), ("text", "よい文。\n\n<b>だめ</b>")];
    let refused = office.author.post(path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["条の見出しを入れてください", "3行目に、使えない書き方があります", "&lt;b&gt;だめ&lt;/b&gt;"]
    {
        assert!(refused.body.contains(told), "{told}: {}", refused.body);
    }
    part(
        &mut office.author,
        "new",
        &[("heading", "第15条 院内の広報"), ("text", "広報の担当者に聞きます。")],
    )
    .await;
    let page = office.author.get("/office/policy/draft").await;
    assert!(page.body.contains("第15条 院内の広報"));
    for clause in ["C15", "C14"] {
        let removed = office.author.post(&format!("/office/policy/draft/parts/{clause}/remove"), &[]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER);
    }
    let page = office.author.get("/office/policy/draft").await;
    assert!(!page.body.contains("第15条 院内の広報"));
    assert!(page.body.contains("/office/policy/draft/parts/C14"), "what the courses test stays");
    let mut nurse = test.signed_in("100001").await;
    assert_eq!(nurse.get("/office/policy").await.status, StatusCode::FORBIDDEN);
    let withdrawn = [("version", "999")];
    let stale = office.author.post("/office/policy/draft/withdraw", &withdrawn).await;
    assert_eq!(stale.location(), "/office/policy/draft", "another draft than the one that was looked at");
}

#[tokio::test]
async fn a_version_holds_from_its_day_on_and_every_server_knows() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut office = Office::of(&test).await;
        let (old, _) = test.site.content.policy();
        let config = test.site.config.clone();
        let other = start::teaching(config, test.clock.clone(), Content::embedded().expect("content"))
            .await
            .expect("another server");
        ready(&mut office, "2026-10-15", "editorial").await;
        let page = office.author.get("/office/policy/draft/publish").await;
        assert!(page.body.contains("改めての署名はだれにもお願いしません"), "{}", page.body);
        publish(&mut office.author, None).await;
        let mut conn = other.db.read().await.expect("a connection");
        assert_eq!(in_force(&other, &mut conn).await.expect("a policy").hash, old, "not before its day");
        test.clock.set(at("2026-10-14T14:59:59Z"));
        assert_eq!(in_force(&other, &mut conn).await.expect("a policy").hash, old);
        test.clock.set(at("2026-10-14T15:00:00Z"));
        let new = in_force(&other, &mut conn).await.expect("a policy");
        assert_ne!(new.hash, old, "from midnight on, without a restart");
        assert_eq!(new.policy.version, 5);
        let before = in_force_at(&other, &mut conn, at("2026-10-10T00:00:00Z")).await.expect("a policy");
        assert_eq!(before.hash, old, "the past stays as it was");
        let mut nurse = test.signed_in("100001").await;
        assert!(nurse.get("/policy/sns").await.body.contains("第5版"));
        assert!(nurse.get(&format!("/policy/sns/{old}")).await.body.contains("これは以前の版です"));
        let list = test.signed_in("100020").await.get("/office/policy").await;
        assert!(list.body.contains("いまの版") && list.body.contains("字句の修正"), "{}", list.body);
    }
}

#[tokio::test]
async fn a_newer_text_of_the_program_is_offered_and_never_comes_into_force_by_itself() {
    let test = TestSite::new().await;
    let mut office = Office::of(&test).await;
    ready(&mut office, "2026-10-01", "editorial").await;
    publish(&mut office.author, None).await;
    let mut catalogue = test.site.content.catalogue.clone();
    catalogue.policy.version = 9;
    catalogue.policy.preamble = catalogue.policy.clauses[0].body.clone();
    let release = start::teaching(test.site.config.clone(), test.clock.clone(), Content::of(catalogue))
        .await
        .expect("the next release");
    let mut conn = release.db.read().await.expect("a connection");
    assert_eq!(in_force(&release, &mut conn).await.expect("a policy").policy.version, 5);
    drop(conn);
    let mut browser = crate::support::Browser::at(&release);
    browser.cookies.clone_from(&office.author.cookies);
    let list = browser.get("/office/policy").await;
    assert!(list.body.contains("新しい見本の文が届いています"), "{}", list.body);
    let begun = browser.post("/office/policy/draft", &[("from", "program")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let draft = browser.get("/office/policy/draft").await;
    assert!(draft.body.contains("第6版"), "the hospital counts its own: {}", draft.body);
}

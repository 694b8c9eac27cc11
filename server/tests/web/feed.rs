//! A story in its feed: looking more closely is free, answers nothing, and is never lost to a second tab or the back button.

use crate::support::{Answered, Browser, TestSite};
use http::StatusCode;
use kokoroe_courses::Sources;
use kokoroe_server::training::Content;

const STORY: &str = r#"
schema = 1
kind = "branch"
id = "story"
title = "一枚の写真"
setup = "病棟の詰所です。"
start = "n1"
[[meter]]
id = "spread"
name = "広がり"
start = 1
max = 5
good = "low"
[[actor]]
id = "haru"
name = "はる"
handle = "@haru_n"
about = "病棟の写真係です。"
[[actor]]
id = "lookalike-account"
name = "こころえ病院 公式"
handle = "@kokor0e_hp"
face = "hospital"
[[post]]
id = "the-careless-photo"
skin = "photo"
by = "haru"
at = "18:10"
text = "三年間ありがとう。"
say = "花束の写真の投稿。"
stats = { like = 2, reply = 0, share = 0 }
  [[post.change]]
  when = "shared"
  stats = { like = 41, reply = 6, share = 30 }
  [[post.look]]
  id = "board"
  of = "photo"
  label = "写真を大きくして見る"
  tell = "奥の板に名字が読めます。"
  [[post.look]]
  id = "who"
  of = "profile"
  label = "プロフィールを見る"
  tell = "作られたのは3日前です。"
[[post]]
id = "noticed"
skin = "photo"
by = "lookalike-account"
at = "18:30"
reply_to = "the-careless-photo"
when = "shared"
text = "保存しました。"
say = "保存したという返信。"
[[post]]
id = "review"
skin = "review"
by = "haru"
at = "18:40"
text = "待ちました。"
say = "口コミの投稿。"
stars = 2
place = "こころえ病院"
when = "shared"
[[node]]
id = "n1"
show = ["the-careless-photo"]
ask = "どうしますか。"
  [[node.choice]]
  id = "share"
  text = "広める"
  grade = "risky"
  to = "n2"
  set = ["shared"]
  move = { spread = 2 }
  act = "post"
  why = "うれしい気持ちは自然です。"
  cite = "C1"
  [[node.choice]]
  id = "point"
  text = "板のことを伝える"
  grade = "ok"
  to = "n2"
  if = "looked-board"
  act = "talk"
  why = "早いほど止められます。"
  cite = "C1"
  [[node.choice]]
  id = "ask"
  text = "師長に電話する"
  grade = "best"
  to = "n2"
  act = "call"
  contact = "night-duty"
  why = "一人で決めずにすみます。"
  cite = "C1"
[[node]]
id = "n2"
ask = "次に、どうしますか。"
  [[node.choice]]
  id = "tell"
  text = "知らせる"
  grade = "best"
  to = "end"
  why = "早いほど止められます。"
  cite = "C1"
  [[node.choice]]
  id = "wait"
  text = "待つ"
  grade = "risky"
  to = "end"
  why = "様子を見たくなります。"
  cite = "C1"
[[node]]
id = "end"
end = true
tell = "写真は消されました。"
"#;

const MODULE: &str = r#"
schema = 1
id = "m1-photo"
title = "写真"
summary = "写真の話です。"
minutes = 3
steps = ["story", "debrief:story"]
"#;

fn content() -> Content {
    content_of(STORY)
}

fn content_of(story: &str) -> Content {
    let mut sources: Sources = Sources::embedded()
        .iter()
        .filter(|(path, _)| !path.starts_with("modules/"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    let course = "schema = 1\nid = \"sns\"\ntitle = \"SNSの約束\"\nmodules = [\"m1-photo\", \"final-test\"]\npolicy = \"sns\"\n";
    sources.extend([
        ("course.toml", course),
        ("modules/m1-photo/module.toml", MODULE),
        ("modules/m1-photo/story.toml", story),
    ]);
    Content::read(&sources).expect("a catalogue")
}

/// A nurse at the first question of the story, and the address of the module.
async fn at_the_question(test: &TestSite) -> (Browser, String) {
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m1-photo");
    browser.post(&base, &[]).await;
    (browser, base)
}

async fn ok(browser: &mut Browser, path: &str) -> String {
    let page: Answered = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    page.body
}

#[tokio::test]
async fn looking_shows_what_is_there_and_leaves_the_question_open() {
    let test = TestSite::teaching(content()).await;
    let (mut browser, base) = at_the_question(&test).await;
    let before = ok(&mut browser, &format!("{base}/1")).await;
    for secret in ["奥の板に名字", "作られたのは3日前", "病棟の写真係", "板のことを伝える"]
    {
        assert!(!before.contains(secret), "«{secret}» is told before anybody has looked");
    }
    let looked = browser.post(&format!("{base}/1"), &[("look", "1")]).await;
    assert_eq!(looked.location(), format!("{base}/2#look-1"));
    let after = ok(&mut browser, &format!("{base}/2")).await;
    assert!(after.contains("奥の板に名字") && after.contains("id=\"look-1\""));
    assert!(after.contains("板のことを伝える"), "what was seen brings a choice");
    assert!(after.contains("どうしますか。") && !after.contains("次に、どうしますか。"));
    assert!(!after.contains("作られたのは3日前"), "the other thing has not been looked at");
    assert!(after.contains(&format!("href=\"{base}\"")), "back leads out of the story, not to the look");
}

#[tokio::test]
async fn a_look_that_is_sent_again_or_from_an_old_page_leads_to_what_was_seen() {
    let test = TestSite::teaching(content()).await;
    let (mut browser, base) = at_the_question(&test).await;
    let first = format!("{base}/1");
    browser.post(&first, &[("look", "1")]).await;
    let twice = browser.post(&first, &[("look", "1")]).await;
    assert_eq!(twice.location(), format!("{base}/2#look-1"), "a double click");
    let second = browser.post(&first, &[("look", "2")]).await;
    assert_eq!(second.location(), format!("{base}/3#look-2"), "another look from the page before");
    let open = ok(&mut browser, &format!("{base}/3")).await;
    assert!(open.contains("奥の板に名字") && open.contains("病棟の写真係"));
    for behind in ["1", "2", "1/why", "2/why"] {
        let (path, _) = browser.follow(&format!("{base}/{behind}")).await;
        assert_eq!(path, format!("{base}/3"), "{behind} has no page of its own");
    }
    let unknown = browser.post(&format!("{base}/3"), &[("look", "9")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_answer_from_a_page_before_a_look_is_the_answer_that_was_read_there() {
    let test = TestSite::teaching(content()).await;
    let (mut browser, base) = at_the_question(&test).await;
    browser.post(&format!("{base}/1"), &[("look", "1")]).await;
    // On the old page the second choice is the call; since the look there is another one before it.
    let saved = browser.post(&format!("{base}/1"), &[("choice", "2")]).await;
    assert_eq!(saved.location(), format!("{base}/2/why"), "{}", saved.body);
    let why = ok(&mut browser, saved.location()).await;
    assert!(why.contains("師長に電話する") && why.contains("一人で決めずにすみます。"));
    let empty = browser.post(&format!("{base}/3"), &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "the next question is open");
}

#[tokio::test]
async fn looking_is_no_try_so_a_required_question_does_not_give_its_answer_away() {
    let must = STORY.replace("[[node]]\nid = \"n1\"", "[[node]]\nid = \"n1\"\nmust = true").replacen(
        "to = \"n2\"",
        "to = \"n1\"",
        1,
    );
    let test = TestSite::teaching(content_of(&must)).await;
    let (mut browser, base) = at_the_question(&test).await;
    browser.post(&format!("{base}/1"), &[("look", "1")]).await;
    browser.post(&format!("{base}/2"), &[("look", "2")]).await;
    let wrong = browser.post(&format!("{base}/3"), &[("choice", "1")]).await;
    let why = ok(&mut browser, wrong.location()).await;
    assert!(why.contains("もう一度考える"), "{why}");
    assert!(!why.contains("一人で決めずにすみます。"), "the best answer is still to be found: {why}");
}

#[tokio::test]
async fn what_an_answer_moves_is_told_in_counts_meters_and_replies() {
    let test = TestSite::teaching(content()).await;
    let (mut browser, base) = at_the_question(&test).await;
    let before = ok(&mut browser, &format!("{base}/1")).await;
    assert!(before.contains("いいね 2件") && before.contains("1／5") && !before.contains("ふえました"));
    browser.post(&format!("{base}/1"), &[("choice", "1")]).await;
    let why = ok(&mut browser, &format!("{base}/1/why")).await;
    assert!(why.contains("3／5") && why.contains("2ふえました"), "{why}");
    assert!(why.contains("保存しました。") && why.contains("はるへの返信"), "{why}");
    let next = ok(&mut browser, &format!("{base}/2")).await;
    assert!(next.contains("いいね 41件") && next.contains("+39"));
    assert!(next.contains("新しい返信 1件を表示"));
    assert!(next.contains("星 2／5") && next.contains("network__place"), "a review has stars and a place");
}

#[tokio::test]
async fn a_page_does_not_tell_the_authors_words_for_posts_and_people() {
    let test = TestSite::teaching(content()).await;
    let (mut browser, base) = at_the_question(&test).await;
    browser.post(&format!("{base}/1"), &[("choice", "1")]).await;
    let page = ok(&mut browser, &format!("{base}/2")).await;
    for id in ["the-careless-photo", "lookalike", "noticed", "\"board\""] {
        assert!(!page.contains(id), "{id} reached the browser");
    }
}

#[tokio::test]
async fn the_contact_book_and_the_number_behind_a_choice_come_from_the_settings() {
    let test = TestSite::teaching(content()).await;
    let (mut browser, base) = at_the_question(&test).await;
    let page = ok(&mut browser, &format!("{base}/1")).await;
    let book = page.split_once("contact-book").expect("a contact book").1;
    for contact in &test.site.content.catalogue.contacts {
        assert!(book.contains(contact.name.ja.as_str()), "{} is not in the book", contact.id);
    }
    assert!(page.contains("choice__below"), "the choice says whom it calls");
}

#[tokio::test]
async fn the_debrief_tells_what_was_looked_at_and_what_was_there() {
    let test = TestSite::teaching(content()).await;
    let (mut browser, base) = at_the_question(&test).await;
    browser.post(&format!("{base}/1"), &[("look", "1")]).await;
    browser.post(&format!("{base}/2"), &[("choice", "1")]).await;
    browser.post(&format!("{base}/3"), &[("choice", "1")]).await;
    let debrief = ok(&mut browser, &format!("{base}/4")).await;
    assert!(debrief.contains("くわしく見ることができた所"), "{debrief}");
    assert!(debrief.contains("見ました") && debrief.contains("ここにもありました"));
    assert!(debrief.contains("終わったときの様子") && debrief.contains("3／5"));
}

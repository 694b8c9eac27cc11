//! The invented networks: is everything in them marked, named, in order, and calm?

use super::html::{Html, Tag};
use super::samples::{self, Sample};
use kokoroe_app::Lang;

fn page(lang: Lang, name: &str) -> (Sample, Html) {
    let sample = samples::all(lang).into_iter().find(|sample| sample.name == name).unwrap();
    let html = Html::read(&sample.html);
    (sample, html)
}

fn of_class<'h>(html: &'h Html, name: &'h str, class: &str) -> Vec<(&'h Tag, String)> {
    let has =
        |tag: &Tag| tag.get("class").is_some_and(|classes| classes.split(' ').any(|each| each == class));
    html.elements(name).into_iter().filter(|(tag, _)| has(tag)).collect()
}

/// What stands where, by its first letters in the page.
fn in_order(html: &str, words: &[&str]) -> bool {
    let places: Vec<usize> = words.iter().map(|each| html.find(each).unwrap()).collect();
    places.is_sorted()
}

const NETWORKS: [&str; 7] =
    ["feed-short", "feed-friends", "feed-photo", "feed-chat", "feed-review", "feed-video", "feed-board"];

#[test]
fn every_post_is_an_article_with_a_heading_and_says_that_it_is_invented() {
    for lang in [Lang::Ja, Lang::En] {
        for name in NETWORKS {
            let (_, html) = page(lang, name);
            let mark = if lang == Lang::Ja { "研修用・架空" } else { "Training, invented" };
            let posts = html.elements("article");
            assert!(!posts.is_empty(), "{name}");
            for (tag, text) in &posts {
                assert!(text.contains(mark), "{name}: {text}");
                assert!(tag.get("aria-labelledby").is_some(), "{name}");
            }
            let headings = ["h2", "h3", "h4"].map(|level| of_class(&html, level, "post__who").len());
            assert_eq!(headings.iter().sum::<usize>(), posts.len(), "{name}");
        }
    }
}

#[test]
fn what_has_just_arrived_waits_behind_a_line_that_counts_it() {
    let (_, html) = page(Lang::Ja, "feed-short");
    let waiting = of_class(&html, "details", "arrived");
    let lines: Vec<String> = html
        .elements("summary")
        .into_iter()
        .map(|(_, text)| text)
        .filter(|text| text.starts_with("新しい"))
        .collect();
    assert_eq!(lines, ["新しい投稿 2件を表示", "新しい返信 1件を表示"]);
    assert!(waiting.iter().all(|(tag, _)| tag.get("open").is_none()));
    assert!(
        waiting.iter().all(|(_, text)| !text.contains("今日の夜勤")),
        "what was seen before does not wait"
    );
}

#[test]
fn a_talk_has_the_newest_last_and_a_feed_has_it_first() {
    let (talk, _) = page(Lang::Ja, "feed-chat");
    assert!(in_order(
        &talk.html,
        &["あすの患者さん", "助かる。", "すみません、この写真", "わかりました。消します"]
    ));
    let (board, _) = page(Lang::Ja, "feed-board");
    assert!(in_order(&board.html, &["駅の近くの病院", "どこの病院？", "前に働いていた人"]));
    let (feed, _) = page(Lang::Ja, "feed-short");
    assert!(in_order(
        &feed.html,
        &["保存した。", "これ、どこの病院だろう", "今日の夜勤", "おつかれさま。奥の板"]
    ));
}

#[test]
fn replies_hang_beneath_their_post_and_say_whom_they_answer_further_down() {
    let (_, html) = page(Lang::Ja, "feed-short");
    let replies = of_class(&html, "ol", "replies");
    assert!(replies.first().unwrap().1.contains("おつかれさま"));
    assert!(replies.iter().any(|(_, text)| text.contains("みみへの返信")));
    let (_, board) = page(Lang::Ja, "feed-board");
    assert!(of_class(&board, "ol", "replies").is_empty());
    assert!(board.elements("article").iter().any(|(_, text)| text.contains("2への返信")));
}

#[test]
fn a_message_of_ones_own_stands_apart_and_is_read_once_somebody_has_written_after_it() {
    let (_, html) = page(Lang::Ja, "feed-chat");
    let mine: Vec<_> =
        html.elements("article").into_iter().filter(|(tag, _)| tag.get("data-mine").is_some()).collect();
    assert_eq!(mine.len(), 1);
    assert!(mine.first().unwrap().1.contains("既読"));
}

#[test]
fn a_button_that_looks_closer_names_whose_post_it_is_in_and_belongs_to_the_form() {
    let (_, html) = page(Lang::Ja, "feed-short");
    let buttons = of_class(&html, "button", "look");
    let names: Vec<&str> = buttons.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        names,
        [
            "ゆきさんの投稿の写真を大きくして見る",
            "ゆきさんの投稿のプロフィールを見る",
            "ゆきさんの投稿のリンクの先を見る"
        ]
    );
    let form = html.all("form").find(|tag| tag.get("id") == Some("look")).unwrap();
    assert_eq!((form.get("method"), form.get("action")), (Some("post"), Some("/learn/1/3")));
    for (at, (tag, _)) in buttons.iter().enumerate() {
        let number = (at + 1).to_string();
        assert_eq!((tag.get("form"), tag.get("name")), (Some("look"), Some("look")));
        assert_eq!(tag.get("value"), Some(number.as_str()));
    }
}

#[test]
fn what_was_looked_at_stands_in_the_place_of_its_button_even_when_nothing_can_be_pressed_any_more() {
    for name in ["feed-looked", "feed-answered"] {
        let (_, html) = page(Lang::Ja, name);
        assert!(of_class(&html, "button", "look").is_empty(), "{name}");
        let seen = of_class(&html, "details", "seen");
        assert_eq!(seen.len(), 3, "{name}");
        let [photo, profile, link] = seen.as_slice() else { unreachable!("three") };
        assert!(photo.0.get("open").is_some() && photo.1.contains("3倍"), "{name}");
        assert!(profile.0.get("open").is_none() && profile.1.contains("猫が好き"), "{name}");
        assert!(link.1.contains("kokoroe-hosp.example"), "{name}");
        assert!(html.tags.iter().any(|tag| tag.get("id") == Some("look-1")), "{name}");
    }
}

#[test]
fn counts_are_words_and_tell_what_the_last_answer_has_added() {
    let (_, html) = page(Lang::Ja, "feed-short");
    let (_, first) =
        html.elements("article").into_iter().find(|(_, text)| text.contains("今日の夜勤")).unwrap();
    assert!(first.contains("いいね 41件、前より+39"), "{first}");
}

#[test]
fn meters_say_a_word_a_figure_and_what_has_changed() {
    let (_, html) = page(Lang::Ja, "feed-short");
    let meters: Vec<String> =
        of_class(&html, "li", "story-meter").into_iter().map(|(_, text)| text).collect();
    assert_eq!(meters, ["信頼2／51へりました", "広がり3／52ふえました"]);
}

#[test]
fn the_contact_book_lies_on_every_step_of_a_story_with_the_numbers_of_the_hospital() {
    let (_, html) = page(Lang::Ja, "feed-short");
    let (_, book) = of_class(&html, "details", "contact-book").into_iter().next().unwrap();
    assert!(book.contains("夜間の連絡先（当直師長）") && book.contains("9000"), "{book}");
    let (_, choice) = of_class(&html, "label", "choice").into_iter().next().unwrap();
    assert!(choice.contains("9000"), "{choice}");
}

#[test]
fn the_debrief_tells_what_was_there_to_be_looked_at_without_blame() {
    let (_, html) = page(Lang::Ja, "debrief");
    let looked: Vec<String> = of_class(&html, "li", "looked").into_iter().map(|(_, text)| text).collect();
    assert!(looked.iter().any(|text| text.contains("見ました")));
    assert!(looked.iter().any(|text| text.contains("ここにもありました")));
    assert!(html.elements("section").iter().any(|(_, text)| text.contains("終わったときの様子")));
}

#[test]
fn a_network_in_which_nothing_has_changed_is_folded_and_says_how_much_is_in_it() {
    let (_, html) = page(Lang::Ja, "feed-mixed");
    let folded: Vec<String> =
        of_class(&html, "summary", "network__bar").into_iter().map(|(_, text)| text).collect();
    assert_eq!(folded, ["フォトログ前に見た投稿 2件"]);
    let (_, calm) = page(Lang::Ja, "feed-chat");
    assert!(of_class(&calm, "summary", "network__bar").is_empty());
}

//! Every page in both languages: is it a document that a browser, a screen reader and the content security policy
//! accept? The pages are also written to `target/gallery`, to be looked at.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: what it reads was written by this program, and a panic names the page"
)]

mod feed;
mod html;
mod samples;

use html::{Html, Tag};
use kokoroe_app::Lang;
use samples::Sample;
use std::path::{Path, PathBuf};

fn pages() -> Vec<(Lang, Sample, Html)> {
    [Lang::Ja, Lang::En]
        .into_iter()
        .flat_map(|lang| samples::all(lang).into_iter().map(move |sample| (lang, sample)))
        .map(|(lang, sample)| {
            let html = Html::read(&sample.html);
            (lang, sample, html)
        })
        .collect()
}

/// Asks something of every page and names all that fail.
fn every_page(is_fine: impl Fn(Lang, &Sample, &Html) -> Result<(), String>) {
    let faults: Vec<String> = pages()
        .iter()
        .filter_map(|(lang, sample, html)| {
            is_fine(*lang, sample, html).err().map(|fault| format!("{}/{}: {fault}", lang.tag(), sample.name))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn ensure(fine: bool, fault: impl Into<String>) -> Result<(), String> {
    if fine { Ok(()) } else { Err(fault.into()) }
}

#[test]
fn every_page_is_a_document_with_its_language_a_title_and_one_main_heading() {
    every_page(|lang, sample, html| {
        ensure(sample.html.starts_with("<!DOCTYPE html>"), "no doctype")?;
        ensure(html.misnested().is_none(), html.misnested().unwrap_or_default())?;
        ensure(html.first("html").and_then(|tag| tag.get("lang")) == Some(lang.tag()), "no language")?;
        let title = html.text_of("title");
        ensure(title.chars().count() > 4, format!("title is {title:?}"))?;
        ensure(html.all("h1").count() == 1, format!("{} main headings", html.all("h1").count()))?;
        ensure(html.all("main").count() == 1, "no main")
    });
}

#[test]
fn headings_never_skip_a_level() {
    every_page(|_, _, html| {
        let mut level = 0;
        for tag in &html.tags {
            let Some(next) = tag.name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) else {
                continue;
            };
            // A heading before the first h1 (a list of errors) is read as a part of the page.
            ensure(level == 0 || next <= level + 1, format!("h{level} is followed by h{next}"))?;
            level = next;
        }
        Ok(())
    });
}

#[test]
fn every_field_has_a_label() {
    every_page(|_, _, html| {
        for field in html.tags.iter().filter(|tag| is_field(tag)) {
            let labelled = field.get("aria-label").is_some()
                || field
                    .get("id")
                    .is_some_and(|id| html.all("label").any(|label| label.get("for") == Some(id)));
            ensure(labelled, format!("{field:?} has no label"))?;
        }
        Ok(())
    });
}

fn is_field(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "select" | "textarea")
        || (tag.name == "input" && tag.get("type") != Some("hidden"))
}

#[test]
fn ids_are_unique_and_every_reference_to_one_leads_somewhere() {
    every_page(|_, _, html| {
        let ids: Vec<&str> = html.tags.iter().filter_map(|tag| tag.get("id")).collect();
        for id in &ids {
            ensure(ids.iter().filter(|other| *other == id).count() == 1, format!("id {id} stands twice"))?;
        }
        for tag in &html.tags {
            for name in ["for", "aria-labelledby", "aria-describedby"] {
                for id in tag.get(name).unwrap_or_default().split_whitespace() {
                    ensure(ids.contains(&id), format!("{name}={id} leads nowhere"))?;
                }
            }
            if let Some(anchor) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                ensure(ids.contains(&anchor), format!("#{anchor} leads nowhere"))?;
            }
        }
        Ok(())
    });
}

#[test]
fn every_page_keeps_to_the_content_security_policy() {
    every_page(|_, _, html| {
        for tag in &html.tags {
            ensure(tag.get("style").is_none(), format!("{tag:?} has a style attribute"))?;
            ensure(
                !tag.attributes.iter().any(|(name, _)| name.starts_with("on")),
                format!("{tag:?} has a script in an attribute"),
            )?;
            if matches!(tag.name.as_str(), "script" | "style") {
                ensure(tag.get("nonce") == Some("n0nce"), format!("{tag:?} has no nonce"))?;
            }
            for name in ["href", "src", "action"] {
                let address = tag.get(name).unwrap_or_default();
                ensure(
                    !address.contains("://") && !address.starts_with("//"),
                    format!("{address} is elsewhere"),
                )?;
            }
        }
        Ok(())
    });
}

#[test]
fn every_picture_says_what_it_shows_and_every_link_and_button_has_words() {
    every_page(|_, _, html| {
        for picture in html.all("img") {
            ensure(picture.get("alt").is_some_and(|alt| !alt.is_empty()), "a picture says nothing")?;
        }
        for name in ["a", "button", "summary", "legend", "label", "h1", "h2", "h3"] {
            for (tag, text) in html.elements(name) {
                ensure(
                    !text.trim().is_empty()
                        || tag.get("aria-label").is_some()
                        || tag.get("data-tool").is_some(),
                    format!("{tag:?} is empty"),
                )?;
            }
        }
        Ok(())
    });
}

#[test]
fn nothing_is_disabled_and_nothing_asks_for_the_keyboard_by_force() {
    every_page(|_, _, html| {
        for tag in &html.tags {
            ensure(tag.get("disabled").is_none(), format!("{tag:?} is disabled"))?;
            ensure(
                !tag.get("tabindex").is_some_and(|index| index.starts_with(['1', '2'])),
                "a tabindex above 0",
            )?;
        }
        Ok(())
    });
}

#[test]
fn an_english_page_has_no_japanese_but_what_says_so() {
    every_page(|lang, _, html| {
        if lang == Lang::Ja {
            return Ok(());
        }
        let stray: String =
            html.words_in_page_language().chars().filter(|letter| is_japanese(*letter)).collect();
        // The name of a translation is itself a word of the page.
        let stray = stray.replace("参考訳", "");
        ensure(stray.is_empty(), stray.clone())
    });
}

fn is_japanese(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

#[test]
fn a_draft_that_tries_to_break_out_of_its_box_stays_inside() {
    let sample =
        samples::all(Lang::Ja).into_iter().find(|sample| sample.name == "step-draft-attack").unwrap();
    assert_eq!(sample.html.matches("</textarea>").count(), 1);
    assert!(!sample.html.contains("<script>alert"));
    let html = Html::read(&sample.html);
    assert!(html.text_of("textarea").contains("</textarea><script>alert(1)</script>"));
}

#[test]
fn words_that_look_like_markup_are_shown_as_words() {
    let sample = samples::all(Lang::Ja).into_iter().find(|sample| sample.name == "why-draft").unwrap();
    assert!(!sample.html.contains("<img src=x"));
    assert!(sample.html.contains("&lt;img src=x"));
}

#[test]
fn a_password_is_never_sent_back() {
    every_page(|_, _, html| {
        for field in html.all("input").filter(|tag| tag.get("type") == Some("password")) {
            ensure(field.get("value").is_none(), "a password has a value")?;
        }
        Ok(())
    });
}

#[test]
fn a_page_without_an_error_has_no_alert_and_a_page_with_one_leads_to_the_field() {
    every_page(|_, sample, html| {
        let alert = html.tags.iter().any(|tag| tag.get("role") == Some("alert"));
        ensure(alert == sample.has_error, format!("alert: {alert}"))
    });
}

/// The style sheets in the order of their list.
fn style() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let order = std::fs::read_to_string(folder.join("order.txt")).unwrap();
    order
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|name| std::fs::read_to_string(folder.join(name)).unwrap())
        .collect()
}

#[test]
fn the_pages_lie_in_the_gallery_with_their_style() {
    let gallery: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../gallery");
    for lang in ["ja", "en"] {
        std::fs::create_dir_all(gallery.join(lang)).unwrap();
    }
    std::fs::write(gallery.join("site.css"), style()).unwrap();
    std::fs::write(gallery.join("ward.svg"), include_str!("ward.svg")).unwrap();
    for (lang, sample, _) in pages() {
        std::fs::write(gallery.join(lang.tag()).join(format!("{}.html", sample.name)), &sample.html).unwrap();
    }
    assert!(gallery.join("ja/my-training.html").is_file());
}

//! The drawing of a story.

use kokoroe_courses::{Catalogue, Lang, Module, Step, graph};
use proptest::prelude::*;

use crate::random::lesson;
use crate::small;

/// A text of a drawing: its box, and what it says.
#[derive(Debug)]
struct Written {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    words: String,
}

/// An attribute of an element.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

fn written(svg: &str) -> Vec<Written> {
    svg.split("<text")
        .skip(1)
        .map(|text| {
            let (tag, rest) = text.split_once('>').unwrap();
            let words = rest.split_once("</text>").unwrap().0.to_owned();
            let number = |name| attribute(tag, name).unwrap().parse::<f64>().unwrap();
            let (x, y, size) = (number("x"), number("y"), number("font-size"));
            // Narrower than any font really is: what overlaps here overlaps on paper.
            let width: f64 = words.chars().map(|c| if c.is_ascii() { 0.45 * size } else { size }).sum();
            let left = if tag.contains("text-anchor=\"end\"") { x - width } else { x };
            Written { left, right: left + width, top: y - 0.8 * size, bottom: y, words }
        })
        .collect()
}

/// No text lies on another or leaves the page, every element is closed, and every node is there.
fn is_readable(module: &Module, id: &str, lang: Lang) -> Result<(), TestCaseError> {
    let svg = graph(module, id, lang).unwrap();
    let size = attribute(&svg, "viewBox").unwrap();
    let size: Vec<f64> = size.split(' ').map(|number| number.parse().unwrap()).collect();
    let texts = written(&svg);
    for (at, one) in texts.iter().enumerate() {
        let inside = one.left >= 0.0 && one.right <= size[2] && one.top >= 0.0 && one.bottom <= size[3];
        prop_assert!(inside, "{id}: {one:?} leaves the page of {size:?}");
        for other in &texts[at + 1..] {
            let apart = one.right <= other.left
                || other.right <= one.left
                || one.bottom <= other.top
                || other.bottom <= one.top;
            prop_assert!(apart, "{id}: {one:?} lies on {other:?}");
        }
    }
    let opened = svg.matches('<').count() - svg.matches("</").count();
    let closed = svg.matches("</").count() + svg.matches("/>").count();
    prop_assert_eq!(opened, closed);
    let nodes = module.scenario(id).unwrap().nodes.len();
    prop_assert_eq!(svg.matches("<g data-kind=").count(), nodes);
    Ok(())
}

fn stories(module: &Module) -> Vec<String> {
    let story = |step: &Step| match step {
        Step::Scenario(scenario) => Some(scenario.id.clone()),
        _ => None,
    };
    module.steps().iter().filter_map(story).collect()
}

#[test]
fn every_story_of_the_catalogue_can_be_read_in_both_languages() {
    let catalogue = Catalogue::embedded().unwrap();
    for module in catalogue.modules.iter().chain(&small::catalogue().modules) {
        for story in stories(module) {
            for lang in [Lang::Ja, Lang::En] {
                is_readable(module, &story, lang).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_story_can_be_drawn_whatever_its_faults_are(module in lesson()) {
        for story in stories(&module) {
            is_readable(&module, &story, Lang::Ja)?;
        }
    }
}

#[test]
fn a_drawing_says_how_good_each_choice_is_and_where_it_leads() {
    let module = small::module("m2-night");
    let scenario = module.scenario("night").unwrap();
    let svg = graph(&module, "night", Lang::Ja).unwrap();
    let texts: Vec<String> = written(&svg).into_iter().map(|text| text.words).collect();
    for node in &scenario.nodes {
        for branch in &node.branches {
            let full = format!("{} → {}", branch.choice.text.ja, branch.to);
            assert!(svg.contains(&full), "{full}");
            let to = |arrow| texts.contains(&format!("{arrow} {}", branch.to));
            assert!(to("→") || to("↩"), "{}", branch.to);
        }
    }
    for words in ["必須", "終わり", "はじめ", "最もよい", "避けるべき"] {
        assert!(texts.iter().any(|text| text.starts_with(words)), "{words}: {texts:#?}");
    }
    assert!(texts.iter().any(|text| text.contains("話の中で")), "a crisis says how long it takes");
}

#[test]
fn a_way_back_is_told_from_a_way_on() {
    let module = small::module("m2-night");
    let svg = graph(&module, "night", Lang::Ja).unwrap();
    assert_eq!(svg.matches("→ n2<").count(), 1, "the best choice of the first question leads on");
    assert_eq!(svg.matches("↩ n2<").count(), 1, "narration leads back");
}

#[test]
fn a_fork_of_narration_says_when_it_is_taken_and_a_meter_where_it_starts() {
    let file = "modules/m2-night/night.toml";
    let text = small::sources().get(file).unwrap().to_owned();
    let (before, node) = text.split_once("id = \"n2-back\"").unwrap();
    let (node, after) = node.split_once("[[node]]").unwrap();
    let turn = "[[node.turn]]\nif = [\"minutes >= 9\", \"spread < 3\"]\nto = \"n3\"\n\n";
    let meter =
        "[[meter]]\nid = \"spread\"\nname = \"広がり\"\nstart = 1\nmax = 5\ngood = \"low\"\n\n[[actor]]";
    let text = format!("{before}id = \"n2-back\"{node}{turn}[[node]]{after}").replacen("[[actor]]", meter, 1);
    let mut sources = small::sources();
    sources.extend([(file, text)]);
    let catalogue = Catalogue::unfinished(&sources).unwrap();
    let svg = graph(catalogue.module("m2-night").unwrap(), "night", Lang::Ja).unwrap();
    for words in
        ["minutes &gt;= 9", "spread &lt; 3", ">それ以外<", "→ n3<", "↩ n2<", "広がり 1/5 (低いほどよい)"]
    {
        assert!(svg.contains(words), "{words}: {svg}");
    }
}

#[test]
fn an_english_drawing_has_english_words() {
    let module = small::module("m2-night");
    let scenario = module.scenario("night").unwrap();
    let svg = graph(&module, "night", Lang::En).unwrap();
    assert!(svg.contains("lang=\"en\"") && svg.contains("Best choice") && svg.contains(">Must<"));
    assert!(svg.contains(scenario.title.get(Lang::En).0));
    assert_eq!(graph(&module, "no-such-story", Lang::En), None);
}

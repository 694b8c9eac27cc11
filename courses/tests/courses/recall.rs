//! Questions that come back.

use kokoroe_courses::{Content, Grade, RecallCard, Test};

use crate::small::catalogue;

fn with_test(check: impl FnOnce(&Test)) {
    let catalogue = catalogue();
    let test = catalogue.modules.iter().find_map(|module| match &module.content {
        Content::Test(test) => Some(test),
        Content::Lesson(_) => None,
    });
    check(test.expect("a test"));
}

#[test]
fn a_family_comes_back_in_a_wording_that_was_not_given_yet() {
    with_test(|test| {
        for family in &test.families {
            for seed in 0..20 {
                for variant in &family.variants {
                    let fresh = test.fresh_variant(&family.id, &[&variant.id], seed).expect("a wording");
                    assert_ne!(fresh.id, variant.id, "{} {seed}", family.id);
                    assert_eq!(
                        test.fresh_variant(&family.id, &[&variant.id], seed),
                        Some(fresh),
                        "always the same"
                    );
                }
            }
        }
    });
}

#[test]
fn where_every_wording_was_given_the_one_longest_ago_comes_back() {
    with_test(|test| {
        let family = &test.families[0];
        let given: Vec<&str> = family.variants.iter().map(|variant| variant.id.as_str()).collect();
        let back = test.fresh_variant(&family.id, &given, 7).expect("a wording");
        assert_eq!(back.id, given[0]);
        let again: Vec<&str> = given.iter().copied().chain([given[0]]).collect();
        let back = test.fresh_variant(&family.id, &again, 7).expect("a wording");
        assert_eq!(back.id, given[1], "what was given last was given a second time");
        assert_eq!(test.fresh_variant("nothing", &[], 7), None);
    });
}

#[test]
fn an_answer_is_worth_what_it_is_worth_in_the_test_and_the_order_of_the_choices_stays() {
    with_test(|test| {
        let family = &test.families[0];
        let variant = &family.variants[0];
        let card = RecallCard::of(test, &family.id, &variant.id, 3).expect("a card");
        let again = RecallCard::of(test, &family.id, &variant.id, 3).expect("a card");
        let ids =
            |card: &RecallCard<'_>| card.choices.iter().map(|choice| choice.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&card), ids(&again));
        let mut sorted = ids(&card);
        sorted.sort();
        let mut own: Vec<String> = variant.choices.iter().map(|choice| choice.id.clone()).collect();
        own.sort();
        assert_eq!(sorted, own, "every choice, each once");
        for choice in &variant.choices {
            let judged = card.judge(&choice.id).expect("judged");
            assert_eq!((judged.grade, judged.resolved), (Some(choice.grade), choice.grade >= Grade::Ok));
        }
        assert!(card.judge("never offered").is_err());
        assert!(RecallCard::of(test, &family.id, "no such wording", 3).is_none());
    });
}

#[test]
fn another_card_about_a_clause_is_none_of_those_that_come_anyway() {
    with_test(|test| {
        let clause = &test.families[0].clause;
        let mut but = Vec::new();
        while let Some(family) = test.family_of_clause(clause, &but, 11) {
            assert_eq!(&family.clause, clause);
            assert!(!but.contains(&family.id));
            but.push(family.id.clone());
        }
        let all = test.families.iter().filter(|family| family.clause == *clause).count();
        assert_eq!(but.len(), all);
    });
}

//! The frame of the files: TOML, fields, ids, names of other things.

use super::*;

#[test]
fn a_file_is_toml() {
    error(QUIZ, &[("must = true", "must = ture")], "must = ture", "this is not TOML");
}

#[test]
fn an_unknown_field_is_named_with_those_that_exist() {
    error(
        QUIZ,
        &[("must = true", "musst = true")],
        "musst",
        "`musst` is not a field here. The fields are: actor, as, ask",
    );
    error(QUIZ, &[("{ like = 3 }", "{ likes = 3 }")], "stats", "`likes` is not a field here");
    error(
        NIGHT,
        &[("start = \"23:04\"", "start = \"23:04\"\ntimed = 3")],
        "timed",
        "`timed` is not a field here",
    );
}

#[test]
fn a_field_has_its_type() {
    error(QUIZ, &[("must = true", "must = \"yes\"")], "must", "`must` has to be true or false");
    error(QUIZ, &[("cite = [\"C1\"]", "cite = \"C1\"")], "cite", "`cite` has to be a list of texts");
    error(QUIZ, &[("\"12:20\"", "\"12.20\"")], "at = ", "a time is written as 23:04");
    error(QUIZ, &[("\"friends\"", "\"paper\"")], "skin", "has to be one of short, friends");
    error(
        QUIZ,
        &[("basis = \"manners\"", "basis = \"taste\"")],
        "basis",
        "has to be one of law, rule, manners",
    );
    error(QUIZ, &[("ask = \"この投稿を、どうしますか。\"", "ask = 3")], "ask = 3", "has to be a text");
    error(PHOTO, &[("[20, 40, 90, 80]", "[20, 40, 90]")], "at = [20, 40, 90]", "a list of 4 whole numbers");
    error(REPLY, &[("max = 60", "max = \"sixty\"")], "max", "a whole number from 0 to 2000");
    error(DAY, &[("minutes = 5", "minutes = 999")], "minutes", "a whole number from 0 to 240");
    error("glossary.toml", &[("\"かんじゃ\"", "7")], "\"患者\"", "has to be a text");
    error(NIGHT, &[("\"23:04\"", "\"25:04\"")], "start = \"25:04\"", "a time is written as 23:04");
}

#[test]
fn what_is_needed_is_there() {
    error(QUIZ, &[("at = \"12:20\"\n", "")], "[[post]]", "`p1` has no `at`");
    error(QUIZ, &[("say = \"弁当の写真の投稿。\"\n", "")], "[[post]]", "`p1` has no `say`");
    error(QUIZ, &[("kind = \"judge\"", "")], "schema", "say what this file is");
    error(QUIZ, &[("schema = 1\n", "")], "kind", "schema = 1");
    error(DAY, &[("title = \"昼の写真\"\n", "")], "", "this file has no `title`");
}

#[test]
fn a_choice_has_a_grade_a_reason_and_a_clause() {
    error(QUIZ, &[("grade = \"harm\"\n", "")], "[[choice]]\nid = \"share\"", "`share` has no `grade`");
    error(
        QUIZ,
        &[("why = \"弁当だけの写真に、困る人はいません。\"\n", "")],
        "[[choice]]\nid = \"leave\"",
        "`leave` has no `why`",
    );
    error(NIGHT, &[("  cite = \"C2\"\n", "")], "[[node.choice]]", "`n1.call` has no `cite`");
}

#[test]
fn ids_are_plain_and_used_once() {
    error(QUIZ, &[("id = \"p1\"", "id = \"P 1\"")], "id = \"P 1\"", "may only have a-z, 0-9");
    error(QUIZ, &[("id = \"p1\"", "id = \"p1-\"")], "id = \"p1-\"", "may only have a-z, 0-9");
    error(QUIZ, &[("id = \"p1\"", "id = \"hana\"")], "id = \"hana\"\nskin", "the id `hana` is taken already");
    error(
        PAGE,
        &[("id = \"dm\"", "id = \"call\"")],
        "id = \"call\"\n  text = \"一人",
        "the id `n1.call` is taken",
    );
    error(QUIZ, &[("id = \"share\"\n", "")], "[[choice]]\ntext", "this [[choice]] has no id");
}

#[test]
fn a_field_may_have_the_name_of_an_id() {
    let sources = replaced(sources(), REPLY, "id = \"thanks\"", "id = \"kind\"");
    let sources = replaced(sources, REPLY, "\"thanks\"", "\"kind\"");
    let english = "modules/m1-day/reply.en.toml";
    let sources = replaced(sources, english, "[\"thanks.none\"]", "[\"kind.none\"]");
    assert_eq!(check(&translated(sources)).faults, []);
}

#[test]
fn an_id_is_the_name_of_its_file_or_folder() {
    error(
        SURE,
        &[("id = \"quiz-sure\"", "id = \"sure\"")],
        "id = \"sure\"",
        "has to be the name of its file, `quiz-sure`",
    );
    error(
        TEST,
        &[("id = \"final-test\"", "id = \"test\"")],
        "id = \"test\"",
        "has to be the name of its folder",
    );
    error(
        POLICY,
        &[("id = \"sns\"", "id = \"social\"")],
        "id = \"social\"",
        "has to be the name of its folder, `sns`",
    );
}

#[test]
fn clauses_exist() {
    error(
        QUIZ,
        &[("cite = [\"C1\"]", "cite = [\"C9\"]")],
        "cite",
        "the policy has no clause `C9`; it has C1, C2",
    );
    error(QUIZ, &[("cite = \"C1\"", "cite = \"C9\"")], "cite = \"C9\"", "no clause `C9`");
    error(PHOTO, &[("cite = \"C1\"", "cite = \"C9\"")], "cite = \"C9\"", "no clause `C9`");
    error(REPLY, &[("cite = \"C1\"", "cite = \"C9\"")], "cite = \"C9\"", "no clause `C9`");
    error(PAGE, &[("cite = \"C2\"", "cite = \"C9\"")], "cite = \"C9\"", "no clause `C9`");
    error(POOL, &[("clause = \"C1\"", "clause = \"C9\"")], "clause = \"C9\"", "no clause `C9`");
    error(POOL, &[("cite = \"C1\"", "cite = \"C9\"")], "cite = \"C9\"", "no clause `C9`");
    error(POLICY, &[("clause = \"C2\"", "clause = \"C9\"")], "clause", "no clause `C9`");
    error(READ, &[("(#C1)", "(#C9)")], "写真の奥には", "no clause `C9`");
}

#[test]
fn incidents_actors_and_drawings_exist() {
    error(QUIZ, &[("ward-blog-2014", "ward-blog-2013")], "draws_on", "no incident `ward-blog-2013`");
    error(NIGHT, &[("night-post", "day-post")], "draws_on", "no incident `day-post`");
    error(POOL, &[("ward-blog-2014", "ward-blog-2013")], "draws_on", "no incident `ward-blog-2013`");
    error(QUIZ, &[("by = \"hana\"", "by = \"hanako\"")], "by = ", "no actor `hanako`");
    error(PAGE, &[("by = \"yuki\"", "by = \"hanako\"")], "by = ", "no actor `hanako`");
    error(QUIZ, &[("stats = { like = 3 }", "image = \"lunch.svg\"")], "image", "no drawing `lunch.svg`");
}

#[test]
fn an_item_says_which_clause_it_tests() {
    error(QUIZ, &[("cite = [\"C1\"]\n", "")], "id = \"quiz\"", "which clause it tests");
}

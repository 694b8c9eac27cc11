use proptest::prelude::*;

use super::{LONGEST, SHORTEST, Weakness, Words, weakness};

fn nobody() -> Words {
    Words::new("", &[], "", &[])
}

fn nurse() -> Words {
    Words::new(
        "100042",
        &[("鈴木", "花子"), ("スズキ", "ハナコ")],
        "Hanako Suzuki",
        &["みどり野総合病院", "Midorino General Hospital"],
    )
}

#[test]
fn what_is_too_short_or_too_long_is_told_first() {
    assert_eq!(weakness("鈴木", &nurse()), Some(Weakness::TooShort));
    assert_eq!(weakness(&"あ".repeat(60), &nurse()), Some(Weakness::TooLong));
}

#[test]
fn words_that_are_good_and_long_are_accepted() {
    for good in [
        "夜勤あけの朝ごはんは卵かけ御飯",
        "correct horse battery",
        "a quiet ward at night",
        "雨の日の洗濯物は部屋のなかに干す",
        "an umbrella for the hospital garden",
        "yakinake no asagohan wa tamago",
    ] {
        assert_eq!(weakness(good, &nurse()), None, "{good}");
    }
}

#[test]
fn what_everybody_tries_first_is_common() {
    for common in [
        "1234567890123456",
        "password12345678",
        "passwordpassword",
        "Password-Password-1",
        "abcabcabcabcabcabc",
        "aaaaaaaaaaaaaaaa",
        "1122334455667788",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc4rfv",
        "1q2w3e4r5t6y7u8i",
        "zaq12wsxcde34rfv",
        "asdfghjklasdfghjkl",
        "sakurasakurasakura",
        "Sakura Sakura 2026",
        "ilovecats ilovecats 1",
        "arigatougozaimasu",
        "byouinbyouin1234",
        "kangoshikangoshi01",
        "あいうえおかきくけこさしすせそ",
        "いろはにほへとちりぬるをわかよ",
        "ぱすわーどぱすわーどぱすわーど",
        "パスワード１２３４５６７８９０",
        "ありがとうございますありがとうございます",
    ] {
        assert_eq!(weakness(common, &nobody()), Some(Weakness::Common), "{common}");
    }
}

#[test]
fn the_names_of_the_person_and_of_the_hospital_are_told_apart() {
    for own in [
        "my number is 100042 ok",
        "夜勤あけの鈴木は卵かけ御飯を食べる",
        "よるのすずきはあさひをみてからねる",
        "ｽｽﾞｷ と夜勤あけの朝ごはんを食べる",
        "the SUZUKI rides at night",
        "１０００４２ は夜の病棟の番号です",
        "su-zu-ki and the umbrella",
    ] {
        assert_eq!(weakness(own, &nurse()), Some(Weakness::OwnName), "{own}");
    }
    for hospital in [
        "みどり野の夜勤あけの朝ごはん卵かけ",
        "midorino umbrella garden",
        "Midorino General Hospital",
        "the kokoroe umbrella",
    ] {
        assert_eq!(weakness(hospital, &nurse()), Some(Weakness::HospitalName), "{hospital}");
    }
}

#[test]
fn a_short_name_is_in_too_many_words_to_be_forbidden() {
    let words = Words::new("7", &[("林", "学"), ("ミ", "マナ")], "Abe", &["中央病院"]);
    assert_eq!(weakness("林の中央で学ぶ雨の日の朝ごはんは卵", &words), None);
    assert_eq!(weakness("雨の林学の日の朝ごはんは卵かけ御飯", &words), Some(Weakness::OwnName));
}

/// Different characters that stand in no row.
const POOL: &str = "雨傘庭窓朝晩春秋冬海山川花鳥風空星雲雪氷石橋道駅港船車町村森猫犬馬魚貝米麦豆茶酒塩糖油紙筆机椅鏡鍵箱袋糸針布";

fn good() -> impl Strategy<Value = String> {
    let pool: Vec<char> = POOL.chars().collect();
    prop::sample::subsequence(pool, SHORTEST..=SHORTEST + 10)
        .prop_shuffle()
        .prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #[test]
    fn different_characters_in_any_order_are_accepted(typed in good()) {
        prop_assert_eq!(weakness(&typed, &nurse()), None);
    }

    #[test]
    fn a_short_text_over_and_over_is_common(chunk in "[a-z0-9ぁ-ん]{1,7}", figures in "[0-9]{0,4}") {
        let times = SHORTEST.div_ceil(chunk.chars().count()).max(2);
        let typed = chunk.repeat(times) + &figures;
        prop_assume!(typed.len() <= LONGEST);
        prop_assert_eq!(weakness(&typed, &nobody()), Some(Weakness::Common));
    }

    #[test]
    fn runs_along_the_keyboard_are_common(
        runs in prop::collection::vec(
            (prop::sample::select(vec!["1234567890", "qwertyuiop", "asdfghjkl", "abcdefghijklm"]), 5_usize..=9, any::<bool>()),
            2..=3,
        ),
    ) {
        let run = |(row, length, back): &(&str, usize, bool)| -> String {
            let part = row.chars().take(*length);
            if *back { part.collect::<Vec<_>>().into_iter().rev().collect() } else { part.collect() }
        };
        let typed: String = runs.iter().map(run).collect();
        prop_assume!(typed.chars().count() >= SHORTEST);
        prop_assert_eq!(weakness(&typed, &nobody()), Some(Weakness::Common));
    }

    #[test]
    fn an_own_name_is_found_wherever_it_stands(
        typed in good(),
        at in 0_usize..SHORTEST,
        name in prop::sample::select(vec!["100042", "鈴木", "すずき", "ハナコ", "Suzuki", "ＨＡＮＡＫＯ", "hanako suzuki", "花 子"]),
    ) {
        let mut letters: Vec<char> = typed.chars().collect();
        letters.splice(at..at, name.chars());
        let typed: String = letters.into_iter().collect();
        prop_assume!(typed.len() <= LONGEST);
        prop_assert_eq!(weakness(&typed, &nurse()), Some(Weakness::OwnName));
    }
}

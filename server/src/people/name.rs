//! Names of people: how they are shown, sorted and searched.

use std::sync::LazyLock;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use kokoroe_app::Lang;
use unicode_normalization::UnicodeNormalization;

use super::store::staff::Staff;

/// 「鈴木 一郎」 in Japanese, the Latin letters in English where there are any. One-name and long foreign names stay whole.
#[must_use]
pub fn display_name(family: &str, given: &str, roman: &str, lang: Lang) -> String {
    let parts = match lang {
        Lang::En if !roman.trim().is_empty() => return roman.trim().to_owned(),
        Lang::En | Lang::Ja => [family.trim(), given.trim()],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Makes the keys by which names are sorted: by their reading, as Japanese registers are.
#[derive(Debug)]
pub struct KanaOrder(CollatorBorrowed<'static>);

/// The collation data of Japanese is not in this build.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the collation of Japanese is missing: {0}")]
pub struct NoCollation(String);

impl KanaOrder {
    /// The order of Japanese readings (CLDR, `ja`).
    ///
    /// # Errors
    /// When the library has no data for Japanese.
    pub fn new() -> Result<Self, NoCollation> {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        Collator::try_new(locale!("ja").into(), options)
            .map(Self)
            .map_err(|error| NoCollation(error.to_string()))
    }

    /// A key that sorts byte by byte as the readings do.
    #[must_use]
    pub fn key(&self, family_kana: &str, given_kana: &str) -> Vec<u8> {
        // A space sorts before every letter, so that a short family name comes before the longer one it begins.
        let reading: String = format!("{} {}", family_kana.trim(), given_kana.trim()).nfkc().collect();
        let mut key = Vec::new();
        // Writing to a vector cannot fail.
        match self.0.write_sort_key_to(&reading, &mut key) {
            Ok(()) => key,
            Err(error) => match error {},
        }
    }
}

static ORDER: LazyLock<Result<KanaOrder, NoCollation>> = LazyLock::new(KanaOrder::new);

/// The key by which a reading sorts, in the order of [`KanaOrder`].
///
/// # Errors
/// When the library has no data for Japanese.
pub fn kana_key(family_kana: &str, given_kana: &str) -> Result<Vec<u8>, NoCollation> {
    ORDER.as_ref().map(|order| order.key(family_kana, given_kana)).map_err(Clone::clone)
}

/// Old and variant forms that are looked for under their common form.
const VARIANTS: [(char, char); 51] = [
    ('髙', '高'),
    ('﨑', '崎'),
    ('𠮷', '吉'),
    ('濵', '浜'),
    ('濱', '浜'),
    ('邊', '辺'),
    ('邉', '辺'),
    ('齋', '斎'),
    ('齊', '斉'),
    ('澤', '沢'),
    ('眞', '真'),
    ('惠', '恵'),
    ('廣', '広'),
    ('國', '国'),
    ('櫻', '桜'),
    ('嶋', '島'),
    ('嶌', '島'),
    ('德', '徳'),
    ('瀨', '瀬'),
    ('靑', '青'),
    ('淸', '清'),
    ('禮', '礼'),
    ('藏', '蔵'),
    ('嶽', '岳'),
    ('與', '与'),
    ('條', '条'),
    ('榮', '栄'),
    ('龍', '竜'),
    ('瀧', '滝'),
    ('壽', '寿'),
    ('關', '関'),
    ('鐵', '鉄'),
    ('豐', '豊'),
    ('黑', '黒'),
    ('橫', '横'),
    ('曾', '曽'),
    ('假', '仮'),
    ('峯', '峰'),
    ('桒', '桑'),
    ('舘', '館'),
    ('冨', '富'),
    ('埜', '野'),
    ('圓', '円'),
    ('學', '学'),
    ('應', '応'),
    ('實', '実'),
    ('寬', '寛'),
    ('晝', '昼'),
    ('萬', '万'),
    ('𣘺', '橋'),
    ('槗', '橋'),
];

/// A text folded for searching: width, case, hiragana and katakana, spaces and old forms make no difference.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !selects_a_form(*c))
        .map(|c| VARIANTS.iter().find(|(old, _)| *old == c).map_or(c, |(_, common)| *common))
        .map(|c| match c {
            'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A sign that only chooses among the forms of the letter before it: 葛 with one and 葛 without are the same name.
const fn selects_a_form(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Everything by which a person is looked for, folded: number, name, reading, Latin letters in both orders.
#[must_use]
pub(super) fn search_text(staff: &Staff) -> String {
    let roman: Vec<&str> = staff.roman.split_whitespace().collect();
    let turned: Vec<&str> = roman.iter().rev().copied().collect();
    [
        staff.staff_no.clone(),
        format!("{}{}", staff.family, staff.given),
        format!("{}{}", staff.family_kana, staff.given_kana),
        roman.concat(),
        turned.concat(),
    ]
    .iter()
    .map(|text| fold(text))
    .collect::<Vec<_>>()
    .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_reading_not_by_kanji() {
        let order = KanaOrder::new().expect("collation");
        let mut names = [
            ("ワタナベ", "アイ"),
            ("アベ", "ヨウコ"),
            ("ガトウ", "リン"),
            ("カトウ", "リン"),
            ("アベ", "イチロウ"),
        ];
        names.sort_by_key(|(family, given)| order.key(family, given));
        assert_eq!(
            names,
            [
                ("アベ", "イチロウ"),
                ("アベ", "ヨウコ"),
                ("カトウ", "リン"),
                ("ガトウ", "リン"),
                ("ワタナベ", "アイ")
            ]
        );
    }

    #[test]
    fn searching_forgives_width_case_kana_and_old_forms() {
        assert_eq!(fold("髙﨑 𠮷子"), fold("高崎吉子"));
        assert_eq!(fold("渡邊 櫻子"), fold("渡辺桜子"));
        assert_eq!(fold("𣘺本 廣"), fold("橋本広"));
        assert_eq!(fold("葛\u{e0100}城"), fold("葛城"));
        assert_eq!(fold("たかさき"), fold("タカサキ"));
        assert_eq!(fold("ｔａｋａ"), fold("TAKA"));
    }

    #[test]
    fn english_shows_latin_letters_and_one_name_stays_one() {
        assert_eq!(display_name("鈴木", "一郎", "Ichiro Suzuki", Lang::En), "Ichiro Suzuki");
        assert_eq!(display_name("鈴木", "一郎", "", Lang::En), "鈴木 一郎");
        assert_eq!(display_name("スカルノ", "", "", Lang::Ja), "スカルノ");
    }
}

//! What makes a password weak: its length, the words that anybody would try on this person or at this hospital, and how little there is in
//! it to guess. No list of stolen passwords is needed: what they hold of fifteen characters is repetitions, rows of the keyboard and a
//! few words that everybody knows.

use crate::people::name::fold;

/// The shortest password that is accepted, in characters.
pub const SHORTEST: usize = 15;
/// The longest, in bytes.
pub const LONGEST: usize = 128;
/// Characters that do not follow from those before them: fewer are few to guess.
const LEAST_FRESH: usize = 8;
/// What may stand behind a repetition without making it better: a year, a mark.
const LONGEST_TAIL: usize = 4;
/// A run, a copy or a word is one from this length on.
const SHORTEST_PATTERN: usize = 3;

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// More than [`LONGEST`] bytes.
    TooLong,
    /// It holds the person's own number or name.
    OwnName,
    /// It holds the name of the hospital or of the product.
    HospitalName,
    /// It is one of those that everybody tries first.
    Common,
}

/// Words that belong to nobody's password here.
#[derive(Clone, Debug, Default)]
pub struct Words {
    own: Vec<String>,
    hospital: Vec<String>,
}

impl Words {
    /// The words of a person: number, names in pairs of family and given name, the name in Latin letters; and the names of the hospital.
    #[must_use]
    pub fn new(number: &str, names: &[(&str, &str)], roman: &str, hospital: &[&str]) -> Self {
        let mut own = vec![folded(number)];
        for (family, given) in names {
            own.extend([folded(family), folded(given)]);
            own.extend([folded(&format!("{family}{given}")), folded(&format!("{given}{family}"))]);
        }
        own.extend(roman.split_whitespace().map(folded));
        own.extend([folded(roman), roman.split_whitespace().rev().map(folded).collect()]);
        own.retain(|word| is_telling(word));
        let mut hospital: Vec<String> = hospital.iter().flat_map(|name| hospital_words(name)).collect();
        hospital.extend(["kokoroe".to_owned(), "ココロエ".to_owned()]);
        Self { own, hospital }
    }
}

/// What a name of a hospital is known by: the whole of it, and what is left without 「総合病院」 and "General Hospital".
fn hospital_words(name: &str) -> Vec<String> {
    const ENDS: [&str; 9] =
        ["病院", "総合", "医療", "センター", "クリニック", "診療所", "大学", "附属", "付属"];
    const ORDINARY: [&str; 9] = [
        "general",
        "hospital",
        "medical",
        "center",
        "centre",
        "clinic",
        "university",
        "national",
        "memorial",
    ];
    let mut stem = name.trim();
    while let Some(shorter) = ENDS.iter().find_map(|end| stem.strip_suffix(end)) {
        stem = shorter.trim();
    }
    let known_by = name
        .split_whitespace()
        .map(folded)
        .filter(|word| word.is_ascii() && word.chars().count() >= 5 && !ORDINARY.contains(&word.as_str()));
    let mut words: Vec<String> = known_by.collect();
    // 「中央」 and the like are anybody's words.
    words.extend([folded(name), folded(stem)].into_iter().filter(|word| word.chars().count() >= 3));
    words.retain(|word| is_telling(word));
    words
}

/// Long enough to be meant: 「林」 or "abe" are in many words, 「鈴木」 and "suzuki" are not.
fn is_telling(word: &str) -> bool {
    let kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}');
    let least = match word {
        _ if word.is_ascii() => 4,
        _ if word.chars().all(kana) => 3,
        _ => 2,
    };
    word.chars().count() >= least
}

/// Letters and figures only, the same however they are typed: full width, capitals, hiragana, with spaces or dashes between.
fn folded(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The first weakness of a password of somebody with these words; `None` when it may be kept.
#[must_use]
pub fn weakness(typed: &str, words: &Words) -> Option<Weakness> {
    if typed.chars().count() < SHORTEST {
        return Some(Weakness::TooShort);
    }
    if typed.len() > LONGEST {
        return Some(Weakness::TooLong);
    }
    let folded = folded(typed);
    let holds = |words: &[String]| words.iter().any(|word| folded.contains(word.as_str()));
    if holds(&words.own) {
        return Some(Weakness::OwnName);
    }
    if holds(&words.hospital) {
        return Some(Weakness::HospitalName);
    }
    is_common(typed).then_some(Weakness::Common)
}

fn is_common(typed: &str) -> bool {
    let letters: Vec<char> = fold(typed).chars().collect();
    let mut single = letters.clone();
    single.dedup();
    fresh(&single) < LEAST_FRESH || repeats(&letters)
}

/// Whether it is a short text over and over, perhaps with a little behind it.
fn repeats(letters: &[char]) -> bool {
    (1..SHORTEST).any(|n| {
        let again = letters.iter().zip(letters.iter().skip(n)).take_while(|(a, b)| a == b).count();
        again >= n && letters.len() - n - again <= LONGEST_TAIL
    })
}

/// How many characters would have to be guessed: a run along the keyboard or the alphabet, a copy of what stands before, or a word that
/// everybody knows counts as one.
fn fresh(letters: &[char]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let pattern = run(rest).max(row(rest)).max(word(rest)).max(copy(letters, at));
        at += if pattern >= SHORTEST_PATTERN { pattern } else { 1 };
        count += 1;
    }
    count
}

/// How far it counts up or down: abcd, 9876.
fn run(rest: &[char]) -> usize {
    let along = |step: fn(u32) -> u32| {
        let next = |pair: &[char]| match pair {
            [a, b] => a.is_ascii_alphanumeric() && step(u32::from(*a)) == u32::from(*b),
            _ => false,
        };
        1 + rest.windows(2).take_while(|pair| next(pair)).count()
    };
    along(|c| c + 1).max(along(|c| c - 1))
}

/// How far it goes along a row or a column of the keyboard, or along the kana, in either direction.
fn row(rest: &[char]) -> usize {
    const ROWS: [&str; 15] = [
        "1234567890",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "qwertyuiopasdfghjklzxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "1q2w3e4r5t6y7u8i9o0p",
        "q1w2e3r4t5y6u7i8o9p0",
        "qazwsxedcrfvtgbyhnujmikolp",
        "zaqxswcdevfrbgtnhymjukilop",
        "1qazxsw23edcvfr45tgbnhy67ujm",
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
        "日月火水木金土日",
        "一二三四五六七八九十",
    ];
    let begins = |row: &mut dyn Iterator<Item = char>| row.zip(rest).take_while(|(a, b)| a == *b).count();
    ROWS.iter()
        .flat_map(|row| {
            let length = row.chars().count();
            (0..length).map(move |start| {
                let onwards = begins(&mut row.chars().skip(start));
                onwards.max(begins(&mut row.chars().rev().skip(start)))
            })
        })
        .max()
        .unwrap_or(0)
}

/// The word that everybody knows with which it begins.
fn word(rest: &[char]) -> usize {
    // Without doubled letters, as the text is looked at: "password" is "pasword" here.
    const WORDS: [&str; 43] = [
        "pasword",
        "paswort",
        "pasw0rd",
        "p4sword",
        "welcome",
        "letmein",
        "admin",
        "administrator",
        "login",
        "changeme",
        "secret",
        "iloveyou",
        "qwerty",
        "japan",
        "nihon",
        "tokyo",
        "hospital",
        "byouin",
        "kango",
        "kangoshi",
        "nurse",
        "doctor",
        "kanja",
        "shain",
        "kenshu",
        "sakura",
        "himitsu",
        "arigatou",
        "gozaimasu",
        "konichiwa",
        "ohayou",
        "aishiteru",
        "daisuki",
        "nekoneko",
        "inuinu",
        "doraemon",
        "pokemon",
        "パスワード",
        "ヒミツ",
        "アリガトウ",
        "コンニチハ",
        "病院",
        "看護師",
    ];
    let starts =
        |word: &&&str| word.chars().zip(rest).filter(|(a, b)| a == *b).count() == word.chars().count();
    WORDS.iter().filter(starts).map(|word| word.chars().count()).max().unwrap_or(0)
}

/// How much of what follows stands before already.
fn copy(letters: &[char], at: usize) -> usize {
    let rest = letters.get(at..).unwrap_or_default();
    (0..at)
        .map(|from| {
            let before = letters.get(from..).unwrap_or_default();
            before.iter().zip(rest).take_while(|(a, b)| a == b).count()
        })
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests;

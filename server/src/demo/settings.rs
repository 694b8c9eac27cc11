//! What the demo hospital says of itself.

use super::names::Name;
use super::people;

/// Extensions by role of the catalogue.
const CONTACTS: [(&str, &str); 13] = [
    ("line-manager", "2000"),
    ("night-duty", "03-0000-2119"),
    ("sns-desk", "2330"),
    ("privacy-officer", "2321"),
    ("patient-safety", "2410"),
    ("psychiatry-on-call", "2114"),
    ("command-post", "2001"),
    ("it-desk", "2340"),
    ("whistle-desk", "2500"),
    ("staff-support", "2512"),
    ("staff-care", "2525"),
    ("helpline", "0120-279-338"),
    ("training-office", "2210"),
];

/// Lines in Japan that answer everybody. A hospital sets its own after calling each number: name, name in English, number, hours, hours
/// in English.
const HELP_LINES: [[&str; 5]; 3] = [
    [
        "よりそいホットライン",
        "Yorisoi Hotline",
        "0120-279-338",
        "24時間（見本の設定）",
        "24 hours (sample setting)",
    ],
    [
        "こころの健康相談統一ダイヤル",
        "Kokoro no Kenko Sodan (unified mental health line)",
        "0570-064-556",
        "時間は地域によります（見本の設定）",
        "Hours differ by region (sample setting)",
    ],
    [
        "いのちの電話",
        "Inochi no Denwa",
        "0120-783-556",
        "毎日16時〜21時（見本の設定）",
        "Daily, 16:00 to 21:00 (sample setting)",
    ],
];

/// Every setting with its value.
pub(super) fn settings() -> Vec<(String, String)> {
    let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut settings = vec![
        text("hospital.name", "みなとの森病院"),
        // The office has two members: the one who did not write reads.
        text("policy.reviewers", "1"),
        text("hospital.name.en", "Minato-no-Mori Hospital"),
        text("hospital.help", "教育研修室 内線2210"),
        text("hospital.help.en", "Training Office, ext. 2210"),
    ];
    if let Some(Name { family, given, roman, .. }) = people::everybody().first().map(|person| &person.name) {
        settings.push(("hospital.issuer".to_owned(), format!("院長 {family} {given}")));
        settings.push(("hospital.issuer.en".to_owned(), format!("{roman}, Director")));
    }
    settings.extend(CONTACTS.iter().map(|(role, number)| (format!("contact.{role}"), (*number).to_owned())));
    settings
        .extend((1..).zip(HELP_LINES).map(|(n, line): (u8, _)| (format!("helpline.{n}"), line.join("|"))));
    settings
}

#[cfg(test)]
mod tests {
    use super::CONTACTS;
    use crate::training::content::EMBEDDED;

    #[test]
    fn every_role_of_the_catalogue_has_a_number() {
        for contact in &EMBEDDED.contacts {
            assert!(CONTACTS.iter().any(|(role, _)| *role == contact.id), "{}", contact.id);
        }
        assert_eq!(CONTACTS.len(), EMBEDDED.contacts.len());
    }
}

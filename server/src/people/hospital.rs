//! What the hospital says of itself: its name, whom to ask, help lines. Never in the content, always in the settings.

mod refusal;

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kokoroe_app::{Era, Lang};
use kokoroe_courses::{self as words, Contact};
use kokoroe_evidence::Witness;
use kokoroe_papers::Picture;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::import::MostLeaving;
use super::mail;
use super::scribe::Scribe;
use super::store::setting;
use crate::audit::outside::Target;
use crate::audit::{Kind, stamp, witness};
use crate::db::{Conn, DbError, Tx};
use crate::reminders::post::Server;
use crate::reminders::quiet::Quiet;

pub use refusal::SetError;

/// A help line that is offered beside hard content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// Its name in Japanese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The number.
    pub number: String,
    /// When it answers, in Japanese.
    pub hours: String,
    /// When it answers, in English.
    pub hours_en: String,
}

/// The hospital's own words, read once at start.
#[derive(Clone, Debug, Default)]
pub struct Hospital(BTreeMap<String, String>);

impl Hospital {
    /// What these settings say: names and values.
    #[must_use]
    pub fn of(settings: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(settings.into_iter().collect())
    }

    /// Reads the settings.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(conn: &mut Conn) -> Result<Self, DbError> {
        Ok(Self(setting::all(conn).await?.into_iter().collect()))
    }

    fn get(&self, name: &str, lang: Lang) -> &str {
        let english = match lang {
            Lang::En => self.0.get(&format!("{name}.en")),
            Lang::Ja => None,
        };
        english.or_else(|| self.0.get(name)).map_or("", String::as_str)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        match (self.get("hospital.name", lang), lang) {
            ("", Lang::Ja) => "病院名は未設定です",
            ("", Lang::En) => "Hospital name not set",
            (name, _) => name,
        }
    }

    /// Its names in every language, as far as they are set.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        ["hospital.name", "hospital.name.en"]
            .into_iter()
            .filter_map(|name| self.0.get(name))
            .map(String::as_str)
    }

    /// Who issues its certificates, such as 「院長 …」.
    #[must_use]
    pub fn issuer(&self, lang: Lang) -> &str {
        self.get("hospital.issuer", lang)
    }

    /// A setting that has one value for both languages; `None` while nobody has set it.
    #[must_use]
    pub fn plain(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// How it counts years on documents.
    #[must_use]
    pub fn era(&self) -> Era {
        match self.get(ERA, Lang::Ja) {
            JAPANESE => Era::Japanese,
            _ => Era::Western,
        }
    }

    /// Whether it has a seal.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.0.contains_key(SEAL)
    }

    /// The picture of its seal, if it has one that can be read.
    #[must_use]
    pub fn seal(&self) -> Option<Picture> {
        let bytes = BASE64_STANDARD.decode(self.0.get(SEAL)?).ok()?;
        Picture::png(bytes).ok()
    }

    /// Whom to ask about the training: 「教育研修室 内線 1234」.
    #[must_use]
    pub fn help(&self, lang: Lang) -> &str {
        match (self.get("hospital.help", lang), lang) {
            ("", Lang::Ja) => "教育研修の担当",
            ("", Lang::En) => "the training office",
            (help, _) => help,
        }
    }

    /// The number of a contact role of the catalogue; `None` while nobody has set it.
    #[must_use]
    pub fn contact(&self, role: &str) -> Option<&str> {
        self.0.get(&format!("contact.{role}")).map(String::as_str)
    }

    /// The help lines, the staff's own first. One setting each: name|name in English|number|hours|hours in English.
    #[must_use]
    pub fn help_lines(&self) -> Vec<HelpLine> {
        self.0
            .iter()
            .filter(|(name, _)| name.starts_with("helpline."))
            .filter_map(|(_, value)| {
                let mut parts = value.split('|').map(|part| part.trim().to_owned());
                Some(HelpLine {
                    name: parts.next()?,
                    name_en: parts.next()?,
                    number: parts.next()?,
                    hours: parts.next().unwrap_or_default(),
                    hours_en: parts.next().unwrap_or_default(),
                })
            })
            .collect()
    }
}

/// A setting that there can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// What it is, in both languages.
    pub meaning: String,
}

/// How years are counted on documents.
const ERA: &str = "hospital.era";
const JAPANESE: &str = "japanese";
const WESTERN: &str = "western";

/// The picture of the seal, a PNG in base64: it is copied and moved together with the records, to every node.
const SEAL: &str = "hospital.seal";

/// Help lines that there can be.
const MOST_LINES: usize = 9;

/// Every setting that there can be, in the order in which it is listed.
fn settings(contacts: &[Contact]) -> Vec<Setting> {
    let setting = |name: &str, meaning: &str| Setting { name: name.to_owned(), meaning: meaning.to_owned() };
    let mut all = vec![
        setting("hospital.name", "病院名 · name of the hospital"),
        setting("hospital.name.en", "病院名（英語） · its name in English"),
        setting("hospital.issuer", "修了証の発行者 · who issues certificates"),
        setting("hospital.issuer.en", "修了証の発行者（英語） · the same in English"),
        setting("hospital.help", "研修の問い合わせ先 · whom to ask about the training"),
        setting("hospital.help.en", "研修の問い合わせ先（英語） · the same in English"),
        setting("mail.server", "お知らせメールのサーバー · mail server: smtp://host:587 or smtps://host:465"),
        setting("mail.user", "メールサーバーのユーザー名 · user name at the mail server"),
        setting("mail.from", "お知らせメールの差出人 · address that reminders come from"),
        setting("mail.quiet", "メールを送らない時間と曜日 · quiet hours and days: 18-8 sat sun"),
        setting(stamp::URL, "時刻認証局（RFC 3161）のアドレス · time stamp authority: https://host/path"),
        setting(stamp::USER, "時刻認証局のユーザー名 · user name at the time stamp authority"),
        setting(
            stamp::CA,
            "時刻認証局のTLSを確かめる証明書のファイル（PEM） · certificates that may vouch for its https",
        ),
        setting(witness::URL, "証跡の証人のアドレス · witness of the evidence log: https://host[/path]"),
        setting(witness::KEY, "証人の検証鍵 · verifier key of the witness"),
        setting(
            witness::CA,
            "証人のTLSを確かめる証明書のファイル（PEM） · certificates that may vouch for its https",
        ),
        setting(
            crate::exports::KEPT,
            "作った名簿などのファイルを残す日数 · days for which files of lists are kept",
        ),
        setting(ERA, "書面の年の数え方 western（西暦）か japanese（和暦） · how documents count years"),
        setting(SEAL, "病院の印。kokoroe set-seal で入れます · the seal; kokoroe set-seal sets it"),
    ];
    all.push(setting(
        MOST_LEAVING,
        "退職になる人がこの割合（%）を超える一覧は止める · a list by which more than this share would leave is stopped, in per cent",
    ));
    all.push(setting(
        REVIEWERS,
        "規程の下書きを承認する人の数（1以上。なければ2） · how many others approve a draft of the policy (at least 1; 2 unless set)",
    ));
    all.push(setting(
        MATERIAL_DAYS,
        "規程の内容が変わったときに署名までの日数（なければ30） · days to sign a policy that has changed (30 unless set)",
    ));
    all.push(setting(
        URGENT_DAYS,
        "規程を緊急に変えたときに署名までの日数（なければ7） · the same where the change is urgent (7 unless set)",
    ));
    all.push(setting(
        KEPT_YEARS,
        "退職した人の記録を残す年数（3以上。なければ5） · years for which records of people who left are kept (at least 3; 5 unless set)",
    ));
    all.extend(contacts.iter().map(|contact| {
        let (ja, en) = (contact.name.get(words::Lang::Ja).0, contact.name.get(words::Lang::En).0);
        setting(&format!("contact.{}", contact.id), &format!("{ja} · {en}"))
    }));
    all.extend((1..=MOST_LINES).map(|number| {
        setting(&format!("helpline.{number}"), "名前|英語の名前|番号|時間|英語の時間 · help line")
    }));
    all
}

impl Hospital {
    /// Every setting with its present value.
    #[must_use]
    pub fn listed(&self, contacts: &[Contact]) -> Vec<(Setting, Option<&str>)> {
        let value = |setting: &Setting| match setting.name.as_str() {
            SEAL => self.0.get(SEAL).map(|_| "PNG"),
            name => self.0.get(name).map(String::as_str),
        };
        settings(contacts)
            .into_iter()
            .map(|setting| {
                let value = value(&setting);
                (setting, value)
            })
            .collect()
    }
}

/// The longest value, in characters.
const LONGEST: usize = 300;

/// Changes one of the hospital's words; an empty value takes it away. Running servers learn it at their next start.
///
/// # Errors
/// [`SetError`]; then nothing was written.
pub async fn change(
    tx: &mut Tx,
    by: &Scribe<'_>,
    contacts: &[Contact],
    name: &str,
    value: &str,
) -> Result<(), SetError> {
    let value = value.trim();
    if !settings(contacts).iter().any(|setting| setting.name == name) {
        return Err(SetError::Unknown(name.to_owned()));
    }
    if value.chars().count() > LONGEST || value.chars().any(char::is_control) {
        return Err(SetError::Form);
    }
    let parts: Vec<&str> = value.split('|').map(str::trim).collect();
    let is_line = (3..=5).contains(&parts.len()) && parts.iter().take(3).all(|part| !part.is_empty());
    if name.starts_with("helpline.") && !value.is_empty() && !is_line {
        return Err(SetError::HelpLine);
    }
    match (name, value) {
        (ERA, "" | JAPANESE | WESTERN) | (SEAL, "") => {}
        (ERA, _) => return Err(SetError::Era),
        (SEAL, _) => return Err(SetError::Seal),
        (_, "") => {}
        (MOST_LEAVING, value) if share(value).is_none() => return Err(SetError::Share),
        (REVIEWERS, value) if within(value, 9).is_none() => return Err(SetError::Number(9)),
        (MATERIAL_DAYS | URGENT_DAYS, value) if within(value, MOST_DAYS).is_none() => {
            return Err(SetError::Number(MOST_DAYS));
        }
        (KEPT_YEARS, value) if years(value).is_none() => return Err(SetError::Years),
        ("mail.server", value) if Server::read(value).is_none() => return Err(SetError::MailServer),
        ("mail.from", value) if mail::address(value).is_none() => {
            return Err(SetError::MailAddress(value.to_owned()));
        }
        (stamp::URL, value) if Target::read(value).is_none() => return Err(SetError::StampAuthority),
        (witness::URL, value) if witness::ask::address(value).is_none() => return Err(SetError::Witness),
        (witness::KEY, value) if Witness::parse(value).is_err() => return Err(SetError::WitnessKey),
        (stamp::CA | witness::CA, value) if !Path::new(value).is_absolute() => {
            return Err(SetError::File(value.to_owned()));
        }
        ("mail.quiet", value) if Quiet::read(value).is_none() => return Err(SetError::Quiet),
        _ => {}
    }
    Ok(set(tx, by, name, value).await?)
}

/// How many others approve a draft of the policy.
const REVIEWERS: &str = "policy.reviewers";
/// Days to sign a version that changes what is asked of people.
const MATERIAL_DAYS: &str = "policy.material_days";
/// The same where it is urgent.
const URGENT_DAYS: &str = "policy.urgent_days";
/// The most days that there can be.
pub const MOST_DAYS: u16 = 365;

/// How many years the records of people who left are kept.
const KEPT_YEARS: &str = "records.years";
/// Fewer than these are not taken, and more mean for ever.
const YEARS: std::ops::RangeInclusive<u32> = 3..=50;

fn years(value: &str) -> Option<u32> {
    value.parse().ok().filter(|years| YEARS.contains(years))
}

fn within(value: &str, most: u16) -> Option<u16> {
    value.parse().ok().filter(|number| (1..=most).contains(number))
}

impl Hospital {
    /// How many others than its writers approve a draft of the policy: never nobody.
    #[must_use]
    pub fn reviewers(&self) -> usize {
        self.plain(REVIEWERS).and_then(|value| within(value, 9)).map_or(2, usize::from)
    }

    /// Years for which the records of people who left are kept.
    #[must_use]
    pub fn kept_years(&self) -> u32 {
        self.plain(KEPT_YEARS).and_then(years).unwrap_or(5)
    }

    /// Days to sign a version of the policy, where nobody names others.
    #[must_use]
    pub fn days_to_sign(&self, urgent: bool) -> u16 {
        let (name, otherwise) = if urgent { (URGENT_DAYS, 7) } else { (MATERIAL_DAYS, 30) };
        self.plain(name).and_then(|value| within(value, MOST_DAYS)).unwrap_or(otherwise)
    }
}

/// The setting of the share of which more must not leave by one list.
const MOST_LEAVING: &str = "import.most_leaving";

fn share(value: &str) -> Option<u8> {
    value.parse().ok().filter(|share| *share <= 100)
}

/// The share of which more must not leave by one list without somebody saying so.
///
/// # Errors
/// When the database fails.
pub async fn most_leaving(conn: &mut Conn) -> Result<MostLeaving, DbError> {
    let value = setting::one(conn, MOST_LEAVING).await?;
    Ok(value.as_deref().and_then(share).map(MostLeaving).unwrap_or_default())
}

/// Sets the picture of the seal, a PNG. Running servers learn it at their next start.
///
/// # Errors
/// [`SetError`]; then nothing was written.
pub async fn set_seal(tx: &mut Tx, by: &Scribe<'_>, png: Vec<u8>) -> Result<(), SetError> {
    let picture = Picture::png(png)?;
    Ok(set(tx, by, SEAL, &BASE64_STANDARD.encode(picture.bytes())).await?)
}

/// Sets one of the hospital's words. The leaf names the setting and a hash of the value, never the value: it may be somebody's name.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, by: &Scribe<'_>, name: &str, value: &str) -> Result<(), DbError> {
    if value.is_empty() {
        setting::unset(tx, name).await?;
    } else {
        setting::set(tx, name, value).await?;
    }
    let d = json!({ "setting": name, "sha256": hex::encode(Sha256::digest(value.as_bytes())) });
    by.write(tx, Kind::CONFIG_CHANGE, name, d).await.map(drop)
}

//! The parts of a draft, each with a form of its own: its fields, and how they are read. Pure.

use chrono::NaiveDate;
use kokoroe_app::policy::DraftFault;
use kokoroe_courses::policy_text::{self, NotShown};
use kokoroe_courses::{Change, ChangeKind, Clause, Inline, Passage, Policy, Prose, Statement, Text};
use sha2::{Digest as _, Sha256};

use crate::http::{Form, NoDay};

/// The longest texts, in characters.
const HEADING: usize = 60;
const BODY: usize = 6000;
const LINE: usize = 240;

/// How many statements there can be. Their fields have a name each.
pub const STATEMENTS: usize = 6;

/// A part of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// From when it holds, how much it changes, and what.
    Frame,
    /// What the signer ticks.
    Statements,
    /// What stands before the first clause.
    Preamble,
    /// A clause.
    Clause(String),
    /// A clause that is added.
    New,
}

/// What the form of a part is read with.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// Today.
    pub today: NaiveDate,
    /// The day from which the version holds that was published last by the hospital.
    pub earlier: Option<NaiveDate>,
}

impl Part {
    /// Its word in addresses.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Frame => "frame",
            Self::Statements => "statements",
            Self::Preamble => "preamble",
            Self::Clause(id) => id,
            Self::New => "new",
        }
    }

    /// The part of a draft that an address names.
    #[must_use]
    pub fn from_code(code: &str, policy: &Policy) -> Option<Self> {
        Some(match code {
            "frame" => Self::Frame,
            "statements" => Self::Statements,
            "preamble" => Self::Preamble,
            "new" => Self::New,
            id => Self::Clause(policy.clause(id)?.id.clone()),
        })
    }

    /// Every part of a policy that is there, in the order in which it is read.
    #[must_use]
    pub fn all(policy: &Policy) -> Vec<Self> {
        let clauses = policy.clauses.iter().map(|clause| Self::Clause(clause.id.clone()));
        [Self::Frame, Self::Preamble].into_iter().chain(clauses).chain([Self::Statements]).collect()
    }

    /// Its fields, as they stand in a policy.
    #[must_use]
    pub fn fields(&self, policy: &Policy) -> Form {
        let mut fields = Vec::new();
        match self {
            Self::Frame => {
                let lines = |pick: fn(&Text) -> Option<&str>| {
                    let lines = policy.changes.iter().map(|change| pick(&change.text).unwrap_or_default());
                    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
                };
                fields.push(("effective", policy.effective.clone()));
                fields.push(("change", policy.change.map_or("", ChangeKind::code).to_owned()));
                fields.push(("changes", lines(|text| Some(text.ja.as_str()))));
                fields.push(("changes_en", lines(|text| text.en.as_deref())));
            }
            Self::Statements => {
                for (statement, [ja, en, easy]) in policy.statements.iter().zip(STATEMENT_FIELDS) {
                    fields.extend(of_text([ja, en, easy], &statement.text));
                }
            }
            Self::Preamble => fields.extend(of_passage(&policy.preamble)),
            Self::Clause(id) => {
                if let Some(clause) = policy.clause(id) {
                    fields.extend(of_text(["heading", "heading_en", "heading_easy"], &clause.heading));
                    fields.extend(of_passage(&clause.body));
                }
            }
            Self::New => {
                let number = next_number(policy);
                fields.push(("heading", format!("第{number}条 ")));
                fields.push(("heading_en", String::new()));
            }
        }
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Names this part as it stands in a policy: whoever saves it has read this one.
    #[must_use]
    pub fn seen(&self, policy: &Policy) -> String {
        let text = match self {
            Self::Frame => serde_json::to_string(&(&policy.effective, &policy.change, &policy.changes)),
            Self::Statements => serde_json::to_string(&policy.statements),
            Self::Preamble => serde_json::to_string(&policy.preamble),
            Self::Clause(id) => serde_json::to_string(&policy.clause(id)),
            // Whoever adds a clause overwrites nothing.
            Self::New => return "new".to_owned(),
        };
        hex::encode(Sha256::digest(text.unwrap_or_default().as_bytes())).chars().take(16).collect()
    }

    /// Writes what a form says into a policy.
    ///
    /// # Errors
    /// Everything that is wrong with the form, in its order; then the policy is as it was.
    pub fn write(&self, policy: &mut Policy, form: &Form, desk: Desk) -> Result<(), Vec<DraftFault>> {
        let mut reader = Reader { form, policy, faults: Vec::new() };
        let mut next = policy.clone();
        match self {
            Self::Frame => reader.frame(&mut next, desk),
            Self::Statements => next.statements = reader.statements(),
            Self::Preamble => next.preamble = reader.passage(),
            Self::Clause(id) => {
                let (heading, body) = (reader.heading(), reader.passage());
                if let Some(clause) = next.clauses.iter_mut().find(|clause| clause.id == *id) {
                    (clause.heading, clause.body) = (heading, body);
                }
            }
            Self::New => {
                let (heading, body) = (reader.heading(), reader.passage());
                next.clauses.push(Clause { id: format!("C{}", next_number(policy)), heading, body });
            }
        }
        let faults = reader.faults;
        if faults.is_empty() {
            *policy = next;
            Ok(())
        } else {
            Err(faults)
        }
    }
}

/// The fields of each statement.
pub const STATEMENT_FIELDS: [[&str; 3]; STATEMENTS] = [
    ["statement_1", "statement_1_en", "statement_1_easy"],
    ["statement_2", "statement_2_en", "statement_2_easy"],
    ["statement_3", "statement_3_en", "statement_3_easy"],
    ["statement_4", "statement_4_en", "statement_4_easy"],
    ["statement_5", "statement_5_en", "statement_5_easy"],
    ["statement_6", "statement_6_en", "statement_6_easy"],
];

/// The number of a clause that is added: one more than any that is there.
fn next_number(policy: &Policy) -> u32 {
    let numbers = policy.clauses.iter().filter_map(|clause| clause.id.strip_prefix('C')?.parse::<u32>().ok());
    numbers.max().unwrap_or(0) + 1
}

fn of_text([ja, en, easy]: [&'static str; 3], text: &Text) -> Vec<(&'static str, String)> {
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![(ja, text.ja.clone()), (en, or_nothing(&text.en)), (easy, or_nothing(&text.easy))]
}

fn of_passage(passage: &Passage) -> Vec<(&'static str, String)> {
    let or_nothing = |prose: &Option<Prose>| prose.as_ref().map(policy_text::write).unwrap_or_default();
    vec![
        ("text", policy_text::write(&passage.ja)),
        ("text_en", or_nothing(&passage.en)),
        ("text_easy", or_nothing(&passage.easy)),
    ]
}

struct Reader<'r> {
    form: &'r Form,
    policy: &'r Policy,
    faults: Vec<DraftFault>,
}

impl Reader<'_> {
    fn line(&mut self, field: &'static str, most: usize) -> String {
        let text = self.form.text(field).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > most {
            self.faults.push(DraftFault::TooLong(field, most));
        }
        text
    }

    fn maybe_line(&mut self, field: &'static str, most: usize) -> Option<String> {
        Some(self.line(field, most)).filter(|text| !text.is_empty())
    }

    fn frame(&mut self, policy: &mut Policy, desk: Desk) {
        match self.form.day("effective") {
            Ok(Some(day)) if day < desk.today => self.faults.push(DraftFault::DayPast),
            Ok(Some(day)) if desk.earlier.is_some_and(|earlier| day < earlier) => {
                self.faults.push(DraftFault::DayBeforeEarlier);
            }
            Ok(Some(day)) => policy.effective = day.to_string(),
            Ok(None) | Err(NoDay) => self.faults.push(DraftFault::NoDay),
        }
        policy.change = ChangeKind::from_code(self.form.text("change"));
        if policy.change.is_none() {
            self.faults.push(DraftFault::NoKind);
        }
        let lines = |field: &str| -> Vec<String> {
            let lines = self.form.text(field).lines().map(|line| line.trim().to_owned());
            lines.filter(|line| !line.is_empty()).collect()
        };
        let (ja, en) = (lines("changes"), lines("changes_en"));
        if ja.is_empty() {
            self.faults.push(DraftFault::NoChanges);
        }
        for (field, lines) in [("changes", &ja), ("changes_en", &en)] {
            if lines.iter().any(|line| line.chars().count() > LINE) {
                self.faults.push(DraftFault::TooLong(field, LINE));
            }
        }
        if !en.is_empty() && en.len() != ja.len() {
            self.faults.push(DraftFault::ChangesUneven);
        }
        let mut en = en.into_iter();
        let changes = (1..).zip(ja).map(|(number, ja)| Change {
            id: format!("change-{number}"),
            clause: None,
            text: Text { ja, en: en.next(), easy: None },
        });
        policy.changes = changes.collect();
    }

    fn statements(&mut self) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (at, [ja, en, easy]) in STATEMENT_FIELDS.into_iter().enumerate() {
            let text = Text {
                ja: self.line(ja, LINE),
                en: self.maybe_line(en, LINE),
                easy: self.maybe_line(easy, LINE),
            };
            if text.ja.is_empty() {
                continue;
            }
            let known = self.policy.statements.get(at).map(|known| known.id.clone());
            let id = known.unwrap_or_else(|| format!("own-{}", at + 1));
            statements.push(Statement { id, text });
        }
        if statements.is_empty() {
            self.faults.push(DraftFault::NoStatement);
        }
        statements
    }

    fn heading(&mut self) -> Text {
        let text = Text {
            ja: self.line("heading", HEADING),
            en: self.maybe_line("heading_en", HEADING * 2),
            easy: self.maybe_line("heading_easy", HEADING),
        };
        if text.ja.is_empty() {
            self.faults.push(DraftFault::NoHeading);
        }
        text
    }

    fn passage(&mut self) -> Passage {
        let ja = self.prose("text");
        if ja.0.is_empty() && !self.faults.iter().any(|fault| fault.field() == "text") {
            self.faults.push(DraftFault::NoText);
        }
        let maybe = |prose: Prose| Some(prose).filter(|prose| !prose.0.is_empty());
        Passage { ja, en: maybe(self.prose("text_en")), easy: maybe(self.prose("text_easy")) }
    }

    fn prose(&mut self, field: &'static str) -> Prose {
        let text = self.form.text(field);
        if text.chars().count() > BODY {
            self.faults.push(DraftFault::TooLong(field, BODY));
        }
        match policy_text::read(text) {
            Ok(prose) => {
                let links = prose.inlines().filter_map(|part| match part {
                    Inline::Link { to, .. } => to.strip_prefix('#'),
                    Inline::Text(_) | Inline::Strong(_) | Inline::Break => None,
                });
                let lost = links.filter(|id| self.policy.clause(id).is_none()).map(str::to_owned).next();
                self.faults.extend(lost.map(|id| DraftFault::NoClause(field, id)));
                prose
            }
            Err(NotShown { line }) => {
                self.faults.push(DraftFault::NotShown(field, line));
                Prose::default()
            }
        }
    }
}

#[cfg(test)]
mod tests;

//! The security boundary: what the course knows becomes what a page shows. Only what is copied here can reach a browser; grades,
//! reasons and targets of choices are copied by the pages after an answer alone.

use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use kokoroe_app::training::{act_word, way_word};
use kokoroe_app::ui::clause::ClauseLink;
use kokoroe_app::ui::contact::Contact;
use kokoroe_app::ui::prose::{Block as BlockView, Inline as InlineView};
use kokoroe_app::ui::say::{Word, Words};
use kokoroe_app::ui::verdict::{Basis as BasisView, Verdict};
use kokoroe_app::{Day, Lang, Moment, ShownIn, StoryTime as StoryTimeView};
use kokoroe_courses::{
    Assign, Basis, Block, Grade, Inline, Item, Lang as CourseLang, Passage, Policy, Prose, Scenario,
    StoryTime, Text,
};

use super::content::Content;
use super::policy::Pinned;
use super::role::Roles;
use crate::clock::Calendar;
use crate::http::Visitor;
use crate::people::Hospital;
use crate::state::Site;

/// Turns the words of the course into words on a page, for one reader.
#[derive(Clone, Copy)]
pub struct Translator<'a> {
    content: &'a Content,
    hospital: &'a Hospital,
    lang: Lang,
    /// The language of the course's words, where they have it.
    course: CourseLang,
    furigana: bool,
    /// In whose words settings are told.
    roles: Roles,
    /// The policy whose clauses are named, where it is not the one in force.
    policy: Option<&'a Pinned>,
}

/// The language of the course for a page's language; what binds is never in plain Japanese.
#[must_use]
pub const fn course_lang(lang: Lang) -> CourseLang {
    match lang {
        Lang::Ja => CourseLang::Ja,
        Lang::En => CourseLang::En,
    }
}

const fn read_in(shown: ShownIn) -> CourseLang {
    match shown {
        ShownIn::PlainJapanese => CourseLang::Easy,
        ShownIn::Japanese | ShownIn::English => course_lang(shown.lang()),
    }
}

const fn page_lang(lang: CourseLang) -> Lang {
    match lang {
        CourseLang::Ja => Lang::Ja,
        CourseLang::En => Lang::En,
        CourseLang::Easy => Lang::Ja,
    }
}

impl<'a> Translator<'a> {
    /// For one reader.
    #[must_use]
    pub fn new(site: &'a Site, visitor: &Visitor) -> Self {
        Self::shown_in(&site.content, &site.hospital, visitor.shown_in(), visitor.reads_furigana())
    }

    /// For a way of reading, with or without furigana.
    #[must_use]
    pub fn shown_in(content: &'a Content, hospital: &'a Hospital, shown: ShownIn, furigana: bool) -> Self {
        let (lang, course) = (shown.lang(), read_in(shown));
        Self { content, hospital, lang, course, furigana, roles: Roles::NOBODY, policy: None }
    }

    /// The same in the words that bind: in Japanese those that are not plain.
    #[must_use]
    pub const fn binding(self) -> Self {
        Self { course: course_lang(self.lang), ..self }
    }

    /// Whether the words of the course come in plain Japanese where there are any.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.course == CourseLang::Easy
    }

    /// The same, for pages on which clauses are those of this policy.
    #[must_use]
    pub const fn under(self, policy: &'a Pinned) -> Self {
        Self { policy: Some(policy), ..self }
    }

    /// The same, for pages of an attempt that is shown to people of this work.
    #[must_use]
    pub const fn told_to(self, roles: Roles) -> Self {
        Self { roles, ..self }
    }

    /// Where the policy whose clauses are named is read.
    #[must_use]
    pub fn policy_address(&self) -> String {
        let present = kokoroe_app::paths::POLICY;
        let earlier = self.policy.filter(|policy| policy.hash != self.content.present().hash);
        earlier.map_or_else(|| present.to_owned(), |policy| format!("{present}/{}", policy.hash))
    }

    /// The language of the page.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// A text.
    #[must_use]
    pub fn words(&self, text: &Text) -> Words {
        let (text, lang) = text.get(self.course);
        self.raw(text, page_lang(lang))
    }

    /// Who, where and when of an item, in words of the reader's own work if there are any.
    #[must_use]
    pub fn scene(&self, item: &Item) -> Option<Words> {
        item.scene_for(self.roles.among(&item.examples)).map(|scene| self.words(scene))
    }

    /// Who, where and when of a story, in words of the reader's own work if there are any.
    #[must_use]
    pub fn setup(&self, scenario: &Scenario) -> Words {
        self.words(scenario.setup_for(self.roles.among(&scenario.examples)))
    }

    /// A text that exists in the two languages as separate strings; an empty English one falls back.
    #[must_use]
    pub fn either(&self, ja: &str, en: &str) -> Words {
        match self.lang {
            Lang::En if !en.is_empty() => self.raw(en, Lang::En),
            Lang::En | Lang::Ja => self.raw(ja, Lang::Ja),
        }
    }

    fn raw(&self, text: &str, lang: Lang) -> Words {
        if !self.furigana || lang != Lang::Ja {
            return Words::plain(lang, text);
        }
        let glossary = &self.content.catalogue.glossary;
        let words = glossary
            .words(text)
            .into_iter()
            .map(|word| Word { base: word.base.to_owned(), reading: word.reading.map(str::to_owned) })
            .collect();
        Words { words, lang }
    }

    /// A longer text; links to clauses lead into the policy at this address.
    #[must_use]
    pub fn passage(&self, passage: &Passage, policy: &str) -> Vec<BlockView> {
        let (prose, lang) = passage.get(self.course);
        self.prose(prose, page_lang(lang), policy)
    }

    fn prose(&self, prose: &Prose, lang: Lang, policy: &str) -> Vec<BlockView> {
        let line =
            |parts: &[Inline]| parts.iter().map(|part| self.inline(part, lang, policy)).collect::<Vec<_>>();
        prose
            .0
            .iter()
            .map(|block| match block {
                Block::Heading { level, id, text } => {
                    BlockView::Heading { level: *level, id: id.clone(), text: line(text) }
                }
                Block::Paragraph(text) => BlockView::Paragraph(line(text)),
                Block::List { ordered, items } => BlockView::List {
                    ordered: *ordered,
                    items: items.iter().map(|item| line(item)).collect(),
                },
                Block::Quote(text) => BlockView::Quote(line(text)),
            })
            .collect()
    }

    fn inline(&self, part: &Inline, lang: Lang, policy: &str) -> InlineView {
        match part {
            Inline::Text(text) => InlineView::Text(self.raw(text, lang)),
            Inline::Strong(text) => InlineView::Strong(self.raw(text, lang)),
            Inline::Link { to, text } => {
                InlineView::Link { to: format!("{policy}{to}"), text: self.raw(text, lang) }
            }
            Inline::Break => InlineView::Break,
        }
    }

    /// What was chosen for a row: a group by its name, anything else by the word of the act.
    #[must_use]
    pub fn act(&self, assign: &Assign, act: &str) -> Words {
        let group = assign.groups.iter().find(|group| group.id == act);
        group.map_or_else(
            || Words::plain(self.lang, act_word(act, self.lang).unwrap_or_default()),
            |group| self.words(&group.text),
        )
    }

    /// A way to reach somebody.
    #[must_use]
    pub fn way(&self, way: &str) -> Words {
        Words::plain(self.lang, way_word(way, self.lang).unwrap_or_default())
    }

    /// A link to a clause of the policy.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<ClauseLink> {
        let policy =
            self.policy.map_or_else(|| self.content.present().policy, |pinned| Arc::clone(&pinned.policy));
        let clause = policy.clause(id)?;
        Some(ClauseLink {
            number: id.trim_start_matches('C').parse().ok()?,
            title: self.clause_title(&clause.heading),
            href: format!("{}#{id}", self.policy_address()),
        })
    }

    /// The heading without its number: 「第4条 …」 → 「…」, "Article 4 …" → "…".
    #[must_use]
    pub fn clause_title(&self, heading: &Text) -> Words {
        let (text, lang) = heading.get(self.course);
        let title = match lang {
            CourseLang::Ja | CourseLang::Easy => text.split_once('条').map_or(text, |(_, rest)| rest),
            CourseLang::En => text
                .strip_prefix("Article ")
                .map_or(text, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit())),
        };
        self.raw(title.trim_matches([' ', '　', '：', ':', '.']), page_lang(lang))
    }

    /// A contact of the catalogue with its number from the settings.
    #[must_use]
    pub fn contact(&self, role: &str) -> Option<Contact> {
        let contact = self.content.catalogue.contact(role)?;
        Some(Contact {
            name: self.words(&contact.name),
            note: contact.note.as_ref().map(|note| self.words(note)),
            number: self.hospital.contact(role).map(str::to_owned),
        })
    }

    /// Every contact of the catalogue.
    #[must_use]
    pub fn contacts(&self) -> Vec<Contact> {
        let contacts = &self.content.catalogue.contacts;
        contacts.iter().filter_map(|contact| self.contact(&contact.id)).collect()
    }

    /// The staff's own support first, then the help lines of the settings.
    #[must_use]
    pub fn help(&self) -> Vec<Contact> {
        let lines = self.hospital.help_lines();
        let lines = lines.iter().map(|line| Contact {
            name: self.either(&line.name, &line.name_en),
            note: (!line.hours.is_empty()).then(|| self.either(&line.hours, &line.hours_en)),
            number: Some(line.number.clone()),
        });
        self.contact("staff-care").into_iter().chain(lines).collect()
    }
}

/// The address of a drawing in a content that was pinned.
#[must_use]
pub fn drawing(revision: &str, name: &str) -> String {
    format!("/drawings/{revision}/{name}")
}

/// A grade as a verdict on screen.
#[must_use]
pub const fn verdict(grade: Grade) -> Verdict {
    match grade {
        Grade::Best => Verdict::Best,
        Grade::Ok => Verdict::Ok,
        Grade::Risky => Verdict::Risky,
        Grade::Harm => Verdict::Harm,
    }
}

/// Where a rule comes from, as the page labels it.
#[must_use]
pub const fn basis(basis: Basis) -> BasisView {
    match basis {
        Basis::Law => BasisView::Law,
        Basis::Rule => BasisView::Rule,
        Basis::Manners => BasisView::Manners,
    }
}

/// A time of the story.
#[must_use]
pub fn story_time(time: StoryTime) -> StoryTimeView {
    StoryTimeView(time.hour() * 60 + time.minute())
}

/// A calendar day.
#[must_use]
pub fn day(date: NaiveDate) -> Day {
    let small = |n: u32| u8::try_from(n).unwrap_or(0);
    Day { year: date.year(), month: small(date.month()), day: small(date.day()) }
}

/// An instant as the hospital's clocks show it.
#[must_use]
pub fn moment(at: DateTime<Utc>, calendar: Calendar) -> Moment {
    let local = at.with_timezone(&calendar.zone);
    let small = |n: u32| u8::try_from(n).unwrap_or(0);
    Moment {
        day: day(local.date_naive()),
        hour: small(local.hour()),
        minute: small(local.minute()),
        second: small(local.second()),
    }
}

/// The day on which a policy takes effect.
#[must_use]
pub fn effective(policy: &Policy) -> Day {
    policy.effective.parse().map_or(Day { year: 1970, month: 1, day: 1 }, day)
}

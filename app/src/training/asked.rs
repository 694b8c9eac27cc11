//! What is asked on a step, and the form that answers it.

use crate::day::StoryTime;
use crate::training::act::Act;
use crate::training::ask::DiagnosisOffer;
use crate::training::decision::{PartAct, PostAct, TextAct, Way};
use crate::ui::contact::Contact;
use crate::ui::post::PostView;
use crate::ui::prose::Block;
use crate::ui::say::Words;
use crate::ui::story_meter::StoryMeterView;

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    /// Value of the radio button.
    pub id: String,
    /// Its words.
    pub text: Words,
    /// Story minutes that it costs, in a crisis.
    pub cost: Option<u16>,
    /// What one does by it, in a story.
    pub act: Option<Act>,
    /// Whom it calls, with the number of the hospital.
    pub contact: Option<Contact>,
}

/// A drawing to look at closely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureView {
    /// Address of the drawing.
    pub src: String,
    /// Width and height of its view box.
    pub size: (u16, u16),
    /// One sentence that says what the drawing shows.
    pub say: Words,
}

/// A place in the drawing that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionView {
    /// Value of the check box: the number under which it is shown.
    pub id: String,
    /// x, y, width, height in units of the view box.
    pub at: (u16, u16, u16, u16),
    /// Neutral description that gives nothing away.
    pub label: Words,
}

/// A card to put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardView {
    /// The number under which it is shown. The field of its place is `place-{id}`.
    pub id: String,
    /// Its words.
    pub text: Words,
    /// The number that was given, from 1; kept after an error and in a read-only page.
    pub place: Option<u16>,
}

/// Something that can be picked, or a group that something can be put into. It is known by the number under which it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickView {
    /// Value of its box or button.
    pub id: String,
    /// Its words.
    pub text: Words,
}

/// What is picked from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PickKind {
    /// What is a problem in a post.
    Problems,
    /// Who can end up seeing a post.
    Audience,
    /// Phrases of a text that tell who it is about.
    Phrases,
    /// Pieces that tell more together than each alone.
    Clues,
}

/// A stretch of a text. Stretches follow each other without anything between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceView {
    /// Value of its box. `None`: plain words, which cannot be marked.
    pub id: Option<String>,
    /// Its words.
    pub text: Words,
}

/// A post for which something has to be done, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriageView {
    /// Number of its field: `row-{id}`.
    pub id: String,
    /// The post.
    pub post: PostView,
    /// What was chosen.
    pub given: Option<PostAct>,
}

/// A card for one of several groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortView {
    /// Number of its field: `row-{id}`.
    pub id: String,
    /// Its words.
    pub text: Words,
    /// The group that was chosen.
    pub given: Option<String>,
}

/// A stretch of a text that may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartView {
    /// Number of its field: `row-{id}`. `None`: plain words, which stay.
    pub id: Option<String>,
    /// Its words.
    pub text: Words,
    /// Words that say the same with less. `None`: they can only stay or go.
    pub soft: Option<Words>,
    /// What was chosen; at first everything stays.
    pub given: PartAct,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointView {
    /// Value of its box.
    pub id: String,
    /// What is looked at.
    pub text: Words,
    /// Why.
    pub why: Option<Words>,
}

/// What is asked, by kind. The field names of each form are given; every form is a POST to [`super::StepPage::action`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether to try some questions before reading. Field `try`; without it, one reads first.
    Diagnosis {
        /// The heading.
        ask: Words,
        /// What may be tried.
        offer: DiagnosisOffer,
        /// What was chosen.
        tried: Option<bool>,
    },
    /// A page to read. No field.
    Read {
        /// Its title, the `h1`.
        title: Words,
        /// Its text.
        body: Vec<Block>,
    },
    /// One of several: judge, node of a scenario, question of the test. Field `choice`.
    Choose {
        /// The question, the `h1`.
        ask: Words,
        /// The choices in the order in which they are shown.
        choices: Vec<ChoiceView>,
        /// The answer that was given.
        chosen: Option<String>,
    },
    /// Places in a drawing. Field `pick`, once for each place.
    Picture {
        /// The question.
        ask: Words,
        /// The drawing.
        picture: PictureView,
        /// The places in reading order.
        regions: Vec<RegionView>,
        /// The places that were picked.
        picked: Vec<String>,
    },
    /// Cards to put in order. Fields `place-{number of the card}` = 1…n.
    Order {
        /// The question.
        ask: Words,
        /// The cards in the order in which they are shown.
        cards: Vec<CardView>,
    },
    /// Words to write. Field `draft`.
    Draft {
        /// The question.
        ask: Words,
        /// The longest text, in characters.
        max: u16,
        /// The text so far, from the autosave or the answer that was given.
        text: String,
        /// POST here (`draft`) keeps the text without answering. `None` when read-only. Answers `200` with the time as plain
        /// text (`14:03`).
        keep: Option<String>,
    },
    /// How sure one is. Field `level`, 1–4.
    Confidence {
        /// The question.
        ask: Words,
        /// The level that was given.
        level: Option<u8>,
    },
    /// Any of several. Field `pick`, once for each.
    Pick {
        /// The question.
        ask: Words,
        /// What is picked: problems, or people.
        kind: PickKind,
        /// What can be picked, in the order in which it is shown.
        options: Vec<PickView>,
        /// What was picked.
        picked: Vec<String>,
    },
    /// Phrases of a running text. Field `pick`, once for each.
    Mark {
        /// The question.
        ask: Words,
        /// The text.
        pieces: Vec<PieceView>,
        /// What was marked.
        picked: Vec<String>,
    },
    /// What to do with each of several posts. Fields `row-{id}`, each an [`PostAct::code`].
    Triage {
        /// The question.
        ask: Words,
        /// The posts in the order of the feed.
        rows: Vec<TriageView>,
    },
    /// Cards for groups. Fields `row-{id}`, each the id of a group.
    Sort {
        /// The question.
        ask: Words,
        /// The groups.
        groups: Vec<PickView>,
        /// The cards.
        rows: Vec<SortView>,
    },
    /// A text to make fit for posting. Fields `row-{id}`, each an [`PartAct::code`], and `whole`, a [`TextAct::code`]. With the field `preview`
    /// the form comes back as it is, with the text as it would read.
    Redact {
        /// The question.
        ask: Words,
        /// The text in its parts.
        parts: Vec<PartView>,
        /// Whether it is asked what becomes of the whole text, and what was chosen.
        whole: Option<Option<TextAct>>,
    },
    /// What a stranger pieces together. Fields `clue`, once for each, `finding` and `cut`.
    Mosaic {
        /// The question.
        ask: Words,
        /// Pieces of the posts.
        clues: Vec<PickView>,
        /// What can be known from them.
        findings: Vec<PickView>,
        /// What could be left out.
        cuts: Vec<PickView>,
        /// The pieces that were picked.
        ticked: Vec<String>,
        /// What was found out.
        finding: Option<String>,
        /// What was left out.
        cut: Option<String>,
    },
    /// Whom to tell, and how. Fields `contact` and `way`, a [`Way::code`].
    Contact {
        /// The question.
        ask: Words,
        /// The time in the story.
        at: StoryTime,
        /// The hospital's contacts, each with the value of its button.
        book: Vec<(String, Contact)>,
        /// The ways that are offered.
        ways: Vec<Way>,
        /// The contact that was chosen.
        contact: Option<String>,
        /// The way that was chosen.
        way: Option<Way>,
    },
    /// Which clause says so. Field `clause`, its number.
    Lookup {
        /// The question.
        ask: Words,
        /// Number and title of each clause.
        clauses: Vec<(u8, Words)>,
        /// Where the policy is read.
        policy: String,
        /// The clause that was chosen.
        chosen: Option<u8>,
    },
    /// A sentence for oneself, or none. Field `draft`; with the field `skip` nothing is kept.
    Reflect {
        /// The question.
        ask: Words,
        /// The longest text, in characters.
        max: u16,
        /// The text so far.
        text: String,
        /// As in `Draft`.
        keep: Option<String>,
    },
    /// A list whose lines are all ticked before one goes on. Field `pick`, once for each.
    Checklist {
        /// What it is for.
        ask: Words,
        /// Its lines.
        points: Vec<PointView>,
        /// The lines that are ticked.
        ticked: Vec<String>,
        /// Where the hospital's checklists are found outside of the training.
        tools: String,
    },
}

impl Asked {
    /// The question, or the title of a page to read: the `h1`.
    #[must_use]
    pub const fn heading(&self) -> &Words {
        match self {
            Self::Diagnosis { ask, .. }
            | Self::Read { title: ask, .. }
            | Self::Choose { ask, .. }
            | Self::Picture { ask, .. }
            | Self::Order { ask, .. }
            | Self::Draft { ask, .. }
            | Self::Confidence { ask, .. }
            | Self::Pick { ask, .. }
            | Self::Mark { ask, .. }
            | Self::Triage { ask, .. }
            | Self::Sort { ask, .. }
            | Self::Redact { ask, .. }
            | Self::Mosaic { ask, .. }
            | Self::Contact { ask, .. }
            | Self::Lookup { ask, .. }
            | Self::Reflect { ask, .. }
            | Self::Checklist { ask, .. } => ask,
        }
    }

    /// Whether there is something to explain once it is answered.
    #[must_use]
    pub const fn is_explained(&self) -> bool {
        !matches!(
            self,
            Self::Diagnosis { .. } | Self::Read { .. } | Self::Reflect { .. } | Self::Checklist { .. }
        )
    }
}

/// What is missing in an answer that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// Nothing was chosen, picked or written.
    Nothing,
    /// These cards have no number, or one that is not among 1…n (card ids).
    NoPlace(Vec<String>),
    /// These cards share a number (card ids).
    SamePlace(Vec<String>),
    /// The text has so many characters.
    TooLong(u32),
    /// These fields of several have no answer (names of fields).
    Unanswered(Vec<String>),
    /// These lines of a checklist are not ticked (values of their boxes).
    Unticked(Vec<String>),
}

/// The setting of a question: what is told and seen before it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// Who, where, when.
    pub setting: Option<Words>,
    /// What has happened since the last question.
    pub told: Vec<Words>,
    /// The meters of the story.
    pub meters: Vec<StoryMeterView>,
    /// The invented posts, oldest first.
    pub feed: Vec<PostView>,
    /// POST here looks at something in a post more closely. Field: `look` = the number of the look. `None` when read-only.
    pub look: Option<String>,
    /// The contact book, on every step of a story.
    pub contacts: Vec<Contact>,
}

//! What is asked on a step, and the form that answers it.

use crate::training::act::Act;
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
    /// Value of the check box.
    pub id: String,
    /// x, y, width, height in units of the view box.
    pub at: (u16, u16, u16, u16),
    /// Neutral description that gives nothing away.
    pub label: Words,
}

/// A card to put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardView {
    /// Field of its number: `place-{id}`.
    pub id: String,
    /// Its words.
    pub text: Words,
    /// The number that was given, from 1; kept after an error and in a read-only page.
    pub place: Option<u16>,
}

/// What is asked, by kind. The field names of each form are given; every form is a POST to [`super::StepPage::action`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
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
    /// Cards to put in order. Fields `place-{card id}` = 1…n.
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

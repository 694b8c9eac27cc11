//! Posts on the invented networks.

use serde::{Deserialize, Serialize};

use super::{StoryTime, When};
use crate::text::Text;

/// A post on an invented network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Unique in its file.
    pub id: String,
    /// What kind of network it looks like.
    pub skin: Skin,
    /// The id of the actor who posted it.
    pub by: String,
    /// When, in the time of the story.
    pub at: StoryTime,
    /// The words of the post.
    pub text: Text,
    /// One sentence that says what the post is, read before its words.
    pub say: Text,
    /// Stars of a review, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// The invented place that a review is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// Counts shown below it.
    #[serde(default)]
    pub stats: Stats,
    /// The file name of a drawing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Appears only once this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// The id of the post that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The id of the post that it quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotes: Option<String>,
    /// Counts that change with the story; the last that holds is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<StatChange>,
    /// What can be looked at more closely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks: Vec<Look>,
    /// The pictures of a video, one after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frames: Vec<Frame>,
}

/// Counts below a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// How many liked it.
    #[serde(default)]
    pub like: u32,
    /// How many replied.
    #[serde(default)]
    pub reply: u32,
    /// How many passed it on.
    #[serde(default)]
    pub share: u32,
}

/// Counts from a point of the story on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatChange {
    /// Once this holds.
    pub when: When,
    /// The counts.
    pub stats: Stats,
}

/// Something in a post that can be looked at more closely. Looking sets the flag `looked-ID`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Unique in its file.
    pub id: String,
    /// What is looked at.
    pub of: LookOf,
    /// The words of the button, which give nothing away.
    pub label: Text,
    /// What one sees then.
    pub tell: Text,
    /// The file name of a drawing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookOf {
    /// The picture, enlarged, with its background.
    Photo,
    /// Who posted it.
    Profile,
    /// Where a link leads.
    Link,
    /// The posts around it.
    Thread,
}

/// One picture of a video, as a storyboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Unique in its file.
    pub id: String,
    /// What is seen.
    pub text: Text,
    /// What is said or written over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<Text>,
}

/// The look of an invented network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skin {
    /// つぶやき: short public posts.
    Short,
    /// ひろば: posts among acquaintances.
    Friends,
    /// フォトログ: pictures.
    Photo,
    /// トーク: messages in a group.
    Chat,
    /// 口コミ: reviews of places.
    Review,
    /// ショート: short videos.
    Video,
    /// けいじばん: an anonymous board.
    Board,
}

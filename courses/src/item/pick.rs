//! Ticking what applies.

use serde::{Deserialize, Serialize};

use crate::scenario::is_false;
use crate::text::Text;

/// Options of which some apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// What is looked for.
    pub kind: PickKind,
    /// The options, in the order in which they are shown.
    pub options: Vec<PickOption>,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PickKind {
    /// 問題点さがし: what is a problem here.
    SpotList,
    /// 公開範囲あて: who can end up seeing it.
    Audience,
    /// 本文マーカー: which words tell who is meant. The options are the text, cut into pieces.
    MarkText,
}

/// One option, or a piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickOption {
    /// Unique in its file.
    pub id: String,
    /// Its words, which give nothing away.
    pub text: Text,
    /// Words between the others that cannot be ticked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub plain: bool,
    /// It applies.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hit: bool,
    /// It has to be found.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must: bool,
    /// Why it does, or does not, apply; plain words have no reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
    /// The clause that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// Lines that are all ticked, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// The lines, with the reason of each.
    pub options: Vec<PickOption>,
}

//! What a story can ask about what was done before.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Something that holds or does not hold at a point of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A flag is set: `told`.
    Set(String),
    /// A flag is not set: `!told`.
    NotSet(String),
    /// A measure has at least this much: `minutes >= 20`, `spread >= 3`.
    AtLeast(Measure, u32),
    /// A measure has less: `trust < 2`.
    Below(Measure, u32),
}

/// Something that a story counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Story minutes since the start of the clock.
    Minutes,
    /// A meter, by id.
    Meter(String),
}

/// Conditions that all have to hold. In a file and in pinned content, one alone is a text and several are a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct When(pub Vec<Condition>);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    One(Condition),
    All(Vec<Condition>),
}

impl From<Written> for When {
    fn from(written: Written) -> Self {
        match written {
            Written::One(condition) => Self(vec![condition]),
            Written::All(conditions) => Self(conditions),
        }
    }
}

impl From<When> for Written {
    fn from(when: When) -> Self {
        let mut conditions = when.0;
        match (conditions.pop(), conditions.is_empty()) {
            (Some(only), true) => Self::One(only),
            (last, _) => {
                conditions.extend(last);
                Self::All(conditions)
            }
        }
    }
}

impl When {
    /// The flags that it asks about.
    pub fn flags(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|condition| match condition {
            Condition::Set(flag) | Condition::NotSet(flag) => Some(flag.as_str()),
            Condition::AtLeast(..) | Condition::Below(..) => None,
        })
    }

    /// The measures that it asks about.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.0.iter().filter_map(|condition| match condition {
            Condition::AtLeast(measure, _) | Condition::Below(measure, _) => Some(measure),
            Condition::Set(_) | Condition::NotSet(_) => None,
        })
    }
}

/// Not a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a condition is a flag (`told`), its absence (`!told`) or a comparison (`minutes >= 20`, `trust < 2`)"
)]
pub struct NotACondition;

impl FromStr for Condition {
    type Err = NotACondition;

    fn from_str(text: &str) -> Result<Self, NotACondition> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            [flag] => {
                let (name, negated) = flag.strip_prefix('!').map_or((*flag, false), |name| (name, true));
                if !crate::read::notes::is_id(name) {
                    return Err(NotACondition);
                }
                Ok(if negated { Self::NotSet(name.to_owned()) } else { Self::Set(name.to_owned()) })
            }
            [measure, sign, number] => {
                let number: u32 = number.parse().map_err(|_| NotACondition)?;
                let measure = match *measure {
                    "minutes" => Measure::Minutes,
                    meter if crate::read::notes::is_id(meter) => Measure::Meter(meter.to_owned()),
                    _ => return Err(NotACondition),
                };
                match *sign {
                    ">=" => Ok(Self::AtLeast(measure, number)),
                    ">" => Ok(Self::AtLeast(measure, number.saturating_add(1))),
                    "<" => Ok(Self::Below(measure, number)),
                    "<=" => Ok(Self::Below(measure, number.saturating_add(1))),
                    _ => Err(NotACondition),
                }
            }
            _ => Err(NotACondition),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(flag) => f.write_str(flag),
            Self::NotSet(flag) => write!(f, "!{flag}"),
            Self::AtLeast(measure, number) => write!(f, "{measure} >= {number}"),
            Self::Below(measure, number) => write!(f, "{measure} < {number}"),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Minutes => "minutes",
            Self::Meter(id) => id,
        })
    }
}

impl Serialize for Condition {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

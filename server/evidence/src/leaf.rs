//! One fact of the log. Its bytes are stored and hashed as they are, so no later version of this code can make an old
//! fact unverifiable.

use serde_json::{Map, Value};

use crate::hash::Hash;
use crate::json::{self, Cursor};
use crate::tree;

mod kind;

pub use kind::Kind;

/// The version of the leaf format that this code writes and reads.
pub const VERSION: i64 = 1;
/// The longest id, in bytes. Ids are short; a sentence is not an id.
const LONGEST_ID: usize = 200;

/// Why something cannot be a leaf.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// The bytes are not UTF-8.
    #[error("the text is not UTF-8")]
    NotText,
    /// The bytes are JSON in another spelling, or not JSON.
    #[error("byte {at} is not where canonical JSON would have it")]
    Spelling {
        /// Offset in bytes from the start.
        at: usize,
    },
    /// A key has other characters than `[a-z0-9_]`, or not 1 to 24 of them.
    #[error("“{0}” cannot be a key")]
    Key(String),
    /// A key is repeated or not in order.
    #[error("the key “{0}” is repeated or out of order")]
    KeyOrder(String),
    /// A fraction, or an integer that some readers would round.
    #[error("the number {0} is not an integer within 2^53 − 1")]
    Number(String),
    /// Values nested more than sixteen deep.
    #[error("the values are nested too deeply")]
    TooDeep,
    /// A part of the leaf is missing.
    #[error("“{0}” is missing")]
    Missing(&'static str),
    /// A key that this version does not have.
    #[error("“{0}” is not a part of a leaf")]
    Unknown(String),
    /// A part of the leaf has a form that it may not have.
    #[error("“{part}” cannot be “{value}”")]
    Part {
        /// The key of the part.
        part: &'static str,
        /// What was given.
        value: String,
    },
}

/// A fact on its way into the log, or read back from it.
///
/// Who and what are ids, never names: a leaf is kept for ever and given to others. The constructor and the setters
/// refuse what could not be written, so that [`Leaf::encode`] cannot fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    log: String,
    kind: Kind,
    at: String,
    actor: String,
    obj: Option<String>,
    req: Option<String>,
    prev_cp: u64,
    d: Map<String, Value>,
}

impl Leaf {
    /// A fact of `kind` in the log `log`, recorded at `at` (`YYYY-MM-DDThh:mm:ss.sssZ`), done by the id `actor`.
    ///
    /// # Errors
    /// When an id is not 1 to 200 characters of printable ASCII without space, quote or backslash, or `at` is not a
    /// time in that form.
    pub fn new(log: &str, kind: Kind, at: &str, actor: &str) -> Result<Self, LeafError> {
        time_number(at).ok_or_else(|| LeafError::Part { part: "at", value: at.to_owned() })?;
        Ok(Self {
            log: id("log", log)?,
            kind,
            at: at.to_owned(),
            actor: id("actor", actor)?,
            obj: None,
            req: None,
            prev_cp: 0,
            d: Map::new(),
        })
    }

    /// The id of the thing the fact is about.
    ///
    /// # Errors
    /// When it is not an id (see [`Leaf::new`]).
    pub fn with_obj(mut self, obj: &str) -> Result<Self, LeafError> {
        self.obj = Some(id("obj", obj)?);
        Ok(self)
    }

    /// The id of the request that caused the fact. One request causes at most one leaf that carries its id.
    ///
    /// # Errors
    /// When it is not an id (see [`Leaf::new`]).
    pub fn with_req(mut self, req: &str) -> Result<Self, LeafError> {
        self.req = Some(id("req", req)?);
        Ok(self)
    }

    /// The size of the last checkpoint that was known when the fact was recorded: the fact is not older than that.
    ///
    /// # Errors
    /// When it is above 2^53 − 1.
    pub fn with_prev_cp(mut self, size: u64) -> Result<Self, LeafError> {
        if size > json::LARGEST_INTEGER {
            return Err(LeafError::Number(size.to_string()));
        }
        self.prev_cp = size;
        Ok(self)
    }

    /// The content of the fact, an object. The key `rev` is reserved for the SHA-256 (hexadecimal) of a pinned
    /// content, the key `vkey` of a [`Kind::KEY_ROTATE`] for the new key.
    ///
    /// # Errors
    /// When it is not an object, or holds what a leaf cannot hold: a fraction, a large integer, a key with other
    /// characters than `[a-z0-9_]`, or more than sixteen levels.
    pub fn with_d(mut self, d: Value) -> Result<Self, LeafError> {
        json::check(&d)?;
        let Value::Object(d) = d else { return Err(LeafError::Part { part: "d", value: d.to_string() }) };
        self.d = d;
        Ok(self)
    }

    /// The log's id.
    pub fn log(&self) -> &str {
        &self.log
    }

    /// What sort of fact it is.
    pub const fn kind(&self) -> &Kind {
        &self.kind
    }

    /// When it was recorded, `YYYY-MM-DDThh:mm:ss.sssZ`.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// The id of who did it.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// The id of the thing it is about.
    pub fn obj(&self) -> Option<&str> {
        self.obj.as_deref()
    }

    /// The id of the request that caused it.
    pub fn req(&self) -> Option<&str> {
        self.req.as_deref()
    }

    /// The size of the last checkpoint known then.
    pub const fn prev_cp(&self) -> u64 {
        self.prev_cp
    }

    /// Its content.
    pub const fn d(&self) -> &Map<String, Value> {
        &self.d
    }

    /// The one spelling of this leaf. Store these bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        let text = |out: &mut Vec<u8>, key: &str, value: &str| {
            out.extend_from_slice(key.as_bytes());
            json::write_string(value, out);
        };
        text(&mut out, "{\"actor\":", &self.actor);
        text(&mut out, ",\"at\":", &self.at);
        out.extend_from_slice(b",\"d\":");
        json::write(&Value::Object(self.d.clone()), &mut out);
        text(&mut out, ",\"k\":", self.kind.as_str());
        text(&mut out, ",\"log\":", &self.log);
        if let Some(obj) = &self.obj {
            text(&mut out, ",\"obj\":", obj);
        }
        out.extend_from_slice(format!(",\"prev_cp\":{}", self.prev_cp).as_bytes());
        if let Some(req) = &self.req {
            text(&mut out, ",\"req\":", req);
        }
        out.extend_from_slice(format!(",\"v\":{VERSION}}}").as_bytes());
        out
    }

    /// Reads a leaf. Only the bytes that [`Leaf::encode`] would write are a leaf.
    ///
    /// # Errors
    /// With the first thing that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        let view = View::read(bytes)?;
        let d = serde_json::from_str(view.d).map_err(|_| LeafError::Missing("d"))?;
        Self {
            log: view.log.to_owned(),
            kind: Kind::new(view.kind)?,
            at: view.at.to_owned(),
            actor: view.actor.to_owned(),
            obj: view.obj.map(str::to_owned),
            req: view.req.map(str::to_owned),
            prev_cp: 0,
            d: Map::new(),
        }
        .with_prev_cp(view.prev_cp)?
        .with_d(d)
    }
}

/// The hash of a stored leaf: SHA-256 over 0x00 and the bytes.
pub fn hash(bytes: &[u8]) -> Hash {
    tree::leaf_hash(bytes)
}

/// A leaf read in place: every part is a piece of the stored bytes. A pack has hundreds of thousands of them.
pub(crate) struct View<'a> {
    pub(crate) actor: &'a str,
    pub(crate) at: &'a str,
    /// [`time_number`] of `at`.
    pub(crate) at_number: u64,
    /// The text of the content, canonical JSON of an object.
    pub(crate) d: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) log: &'a str,
    pub(crate) obj: Option<&'a str>,
    pub(crate) prev_cp: u64,
    pub(crate) req: Option<&'a str>,
}

impl<'a> View<'a> {
    /// Reads a leaf as strictly as [`Leaf::parse`].
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, LeafError> {
        let text = std::str::from_utf8(bytes).map_err(|_| LeafError::NotText)?;
        let mut parts = Parts::default();
        let mut cursor = Cursor::new(text);
        let mut unknown = None;
        cursor.object(|key, value| {
            let part = match key {
                "actor" => &mut parts.actor,
                "at" => &mut parts.at,
                "d" => &mut parts.d,
                "k" => &mut parts.k,
                "log" => &mut parts.log,
                "obj" => &mut parts.obj,
                "prev_cp" => &mut parts.prev_cp,
                "req" => &mut parts.req,
                "v" => &mut parts.v,
                _ => return unknown = Some(key),
            };
            *part = Some(value);
        })?;
        cursor.end()?;
        if let Some(key) = unknown {
            return Err(LeafError::Unknown(key.to_owned()));
        }
        let version = parts.v.ok_or(LeafError::Missing("v"))?;
        if version != "1" {
            return Err(LeafError::Part { part: "v", value: version.to_owned() });
        }
        let d = parts.d.ok_or(LeafError::Missing("d"))?;
        if !d.starts_with('{') {
            return Err(LeafError::Part { part: "d", value: d.to_owned() });
        }
        let at = read_id("at", parts.at)?;
        let at_number =
            time_number(at).ok_or_else(|| LeafError::Part { part: "at", value: at.to_owned() })?;
        let prev_cp = parts.prev_cp.ok_or(LeafError::Missing("prev_cp"))?;
        let kind = read_id("k", parts.k)?;
        if !kind::is_kind(kind) {
            return Err(LeafError::Part { part: "k", value: kind.to_owned() });
        }
        Ok(Self {
            actor: read_id("actor", parts.actor)?,
            at,
            at_number,
            d,
            kind,
            log: read_id("log", parts.log)?,
            obj: parts.obj.map(|obj| read_id("obj", Some(obj))).transpose()?,
            prev_cp: prev_cp
                .parse()
                .map_err(|_| LeafError::Part { part: "prev_cp", value: prev_cp.to_owned() })?,
            req: parts.req.map(|req| read_id("req", Some(req))).transpose()?,
        })
    }

    /// The text of one value of the content.
    pub(crate) fn content(&self, key: &str) -> Option<&'a str> {
        let mut found = None;
        // `read` has walked over these bytes before: they cannot fail now.
        let _ = Cursor::new(self.d).object(|k, value| {
            if k == key {
                found = Some(value);
            }
        });
        found
    }
}

/// The texts of a leaf's values by key.
#[derive(Default)]
struct Parts<'a> {
    actor: Option<&'a str>,
    at: Option<&'a str>,
    d: Option<&'a str>,
    k: Option<&'a str>,
    log: Option<&'a str>,
    obj: Option<&'a str>,
    prev_cp: Option<&'a str>,
    req: Option<&'a str>,
    v: Option<&'a str>,
}

/// Takes the quotes off a value that must be an id. Ids need no escapes, so the piece of text is the id itself.
fn read_id<'a>(part: &'static str, value: Option<&'a str>) -> Result<&'a str, LeafError> {
    let value = value.ok_or(LeafError::Missing(part))?;
    value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|id| is_id(id))
        .ok_or_else(|| LeafError::Part { part, value: value.to_owned() })
}

/// An id is short printable ASCII. This also keeps names of people, which need other letters or spaces, out.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
}

fn id(part: &'static str, text: &str) -> Result<String, LeafError> {
    if is_id(text) { Ok(text.to_owned()) } else { Err(LeafError::Part { part, value: text.to_owned() }) }
}

/// The digits of a time `YYYY-MM-DDThh:mm:ss.sssZ` as one number that sorts like the time. `None` if it is not one.
pub(crate) fn time_number(at: &str) -> Option<u64> {
    const FORM: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
    let at: &[u8; 24] = at.as_bytes().try_into().ok()?;
    let mut number = 0;
    for (byte, form) in at.iter().zip(FORM) {
        match (form, byte) {
            (b'0', b'0'..=b'9') => number = number * 10 + u64::from(byte - b'0'),
            (b'0', _) => return None,
            _ if form == byte => {}
            _ => return None,
        }
    }
    let part = |below: u64, size: u64| number / below % size;
    let (year, month, day) =
        (number / 10_000_000_000_000, part(100_000_000_000, 100), part(1_000_000_000, 100));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u64::from(leap),
        _ => return None,
    };
    let in_day = part(10_000_000, 100) < 24 && part(100_000, 100) < 60 && part(1_000, 100) < 60;
    ((1..=days).contains(&day) && in_day).then_some(number)
}

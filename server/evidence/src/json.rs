//! The restricted canonical JSON of leaves and manifests (a subset of RFC 8785): one value has one spelling.
//!
//! Keys are `[a-z0-9_]{1,24}`, sorted, unique; values are strings, integers of at most 2^53 − 1 either way, booleans,
//! null, arrays and objects. Fractions are refused because readers round them differently.

use serde_json::Value;

use crate::leaf::LeafError;

/// The largest integer that every JSON reader keeps exactly.
pub(crate) const LARGEST_INTEGER: u64 = (1 << 53) - 1;
/// Deep enough for any leaf, shallow enough that a hostile file cannot exhaust the stack.
const DEEPEST: usize = 16;

/// Whether `key` may be a key of a leaf.
fn is_key(key: &[u8]) -> bool {
    (1..=24).contains(&key.len()) && key.iter().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// Whether a value may be written at all; [`write`] relies on it.
pub(crate) fn check(value: &Value) -> Result<(), LeafError> {
    check_at(value, 0)
}

fn check_at(value: &Value, depth: usize) -> Result<(), LeafError> {
    if depth > DEEPEST {
        return Err(LeafError::TooDeep);
    }
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => match number.as_i64() {
            Some(n) if n.unsigned_abs() <= LARGEST_INTEGER && !number.is_f64() => Ok(()),
            _ => Err(LeafError::Number(number.to_string())),
        },
        Value::Array(values) => values.iter().try_for_each(|v| check_at(v, depth + 1)),
        Value::Object(entries) => entries.iter().try_for_each(|(key, v)| {
            if is_key(key.as_bytes()) { check_at(v, depth + 1) } else { Err(LeafError::Key(key.clone())) }
        }),
    }
}

/// Appends the canonical spelling of a value that [`check`] accepted.
pub(crate) fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::String(text) => write_string(text, out),
        Value::Array(values) => {
            out.push(b'[');
            for (i, value) in values.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write(value, out);
            }
            out.push(b']');
        }
        Value::Object(entries) => {
            // The map's own order depends on a feature of serde_json that any other crate may switch.
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            out.push(b'{');
            for (i, (key, value)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write_string(key, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

/// Appends a string in quotes: the short escapes where they exist, `\u00xx` for other controls, all else as it is.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in text.as_bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x09 => out.extend_from_slice(b"\\t"),
            0x0a => out.extend_from_slice(b"\\n"),
            0x0c => out.extend_from_slice(b"\\f"),
            0x0d => out.extend_from_slice(b"\\r"),
            0x00..=0x1f => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// Walks over text that must be in the one canonical spelling, without copying any of it.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fault(&self) -> LeafError {
        LeafError::Spelling { at: self.at }
    }

    /// Steps over `literal` or stops there.
    pub(crate) fn expect(&mut self, literal: &str) -> Result<(), LeafError> {
        if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(literal.as_bytes())) {
            self.at += literal.len();
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    /// Whether the next byte is `byte`; steps over it if so.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Nothing may follow the last value.
    pub(crate) fn end(&self) -> Result<(), LeafError> {
        if self.at == self.text.len() { Ok(()) } else { Err(self.fault()) }
    }

    /// A string, as the bytes between its quotes (escapes still in place).
    pub(crate) fn string(&mut self) -> Result<&'a str, LeafError> {
        self.expect("\"")?;
        let start = self.at;
        let mut rest = self.text.as_bytes().get(start..).unwrap_or_default().iter();
        loop {
            match rest.next() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let control = match rest.next() {
                        Some(b'"' | b'\\' | b'b' | b't' | b'n' | b'f' | b'r') => None,
                        Some(b'u') => {
                            let digits = [rest.next(), rest.next(), rest.next(), rest.next()];
                            let [Some(b'0'), Some(b'0'), Some(high), Some(low)] = digits else {
                                return Err(self.fault());
                            };
                            let high = crate::hash::nibble(*high).ok_or_else(|| self.fault())?;
                            Some(high << 4 | crate::hash::nibble(*low).ok_or_else(|| self.fault())?)
                        }
                        _ => return Err(self.fault()),
                    };
                    // Only controls without a short escape are spelled as numbers.
                    if control.is_some_and(|c| c > 0x1f || matches!(c, 0x08 | 0x09 | 0x0a | 0x0c | 0x0d)) {
                        return Err(self.fault());
                    }
                }
                Some(0x00..=0x1f) | None => return Err(self.fault()),
                Some(_) => {}
            }
        }
        self.at = self.text.len() - rest.len();
        self.text.get(start..self.at - 1).ok_or_else(|| self.fault())
    }

    /// An object's key with its colon. It must come after `previous` in byte order.
    pub(crate) fn key(&mut self, previous: &str) -> Result<&'a str, LeafError> {
        let key = self.string()?;
        if !is_key(key.as_bytes()) {
            return Err(LeafError::Key(key.to_owned()));
        }
        if key <= previous {
            return Err(LeafError::KeyOrder(key.to_owned()));
        }
        self.expect(":")?;
        Ok(key)
    }

    /// An integer in its only spelling.
    pub(crate) fn integer(&mut self) -> Result<i64, LeafError> {
        let start = self.at;
        let negative = self.take(b'-');
        let first = self.peek();
        let mut n: u64 = 0;
        let mut digits = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            n = n.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
            digits += 1;
            self.at += 1;
        }
        let leading_zero = first == Some(b'0') && (digits > 1 || negative);
        let spelled = self.text.get(start..self.at).unwrap_or_default();
        if digits == 0
            || leading_zero
            || n > LARGEST_INTEGER
            || matches!(self.peek(), Some(b'.' | b'e' | b'E'))
        {
            return Err(LeafError::Number(spelled.to_owned()));
        }
        spelled.parse().map_err(|_| LeafError::Number(spelled.to_owned()))
    }

    fn skip(&mut self, depth: usize) -> Result<(), LeafError> {
        if depth > DEEPEST {
            return Err(LeafError::TooDeep);
        }
        match self.peek() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'{') => self.object_at(depth, |_, _| {}),
            Some(b'[') => {
                self.at += 1;
                if self.take(b']') {
                    return Ok(());
                }
                loop {
                    self.skip(depth + 1)?;
                    if self.take(b']') {
                        return Ok(());
                    }
                    self.expect(",")?;
                }
            }
            Some(b't') => self.expect("true"),
            Some(b'f') => self.expect("false"),
            Some(b'n') => self.expect("null"),
            _ => self.integer().map(|_| ()),
        }
    }

    /// An object; `entry` is told each key with the text of its value.
    pub(crate) fn object(&mut self, entry: impl FnMut(&'a str, &'a str)) -> Result<(), LeafError> {
        self.object_at(0, entry)
    }

    fn object_at(&mut self, depth: usize, mut entry: impl FnMut(&'a str, &'a str)) -> Result<(), LeafError> {
        self.expect("{")?;
        if self.take(b'}') {
            return Ok(());
        }
        let mut previous = "";
        loop {
            previous = self.key(previous)?;
            let start = self.at;
            self.skip(depth + 1)?;
            entry(previous, self.text.get(start..self.at).unwrap_or_default());
            if self.take(b'}') {
                return Ok(());
            }
            self.expect(",")?;
        }
    }
}

//! DER (X.690, section 10), as strictly as it is meant: one spelling for each length, and nothing after the end.

/// A boolean.
pub(super) const BOOLEAN: u8 = 0x01;
/// A whole number, in as few bytes as it needs.
pub(super) const INTEGER: u8 = 0x02;
/// A row of bits.
pub(super) const BITS: u8 = 0x03;
/// A row of bytes.
pub(super) const BYTES: u8 = 0x04;
/// Nothing.
pub(super) const NULL: u8 = 0x05;
/// The name of a thing, such as an algorithm.
pub(super) const OBJECT: u8 = 0x06;
/// A text in UTF-8.
pub(super) const TEXT: u8 = 0x0c;
/// A text in letters, digits and a few signs.
pub(super) const PRINTABLE: u8 = 0x13;
/// A text in ASCII.
pub(super) const ASCII: u8 = 0x16;
/// A time.
pub(super) const TIME: u8 = 0x18;
/// Elements one after another.
pub(super) const SEQUENCE: u8 = 0x30;
/// Elements in whatever order.
pub(super) const SET: u8 = 0x31;

/// What is written as `[number]` and holds other elements.
pub(super) const fn tagged(number: u8) -> u8 {
    0xa0 | number
}

/// An element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    /// With its tag and its length.
    pub(super) whole: &'a [u8],
}

/// Elements one after another, read from the first on. Every step is `None` where the bytes are not what is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next element, whatever it is.
    pub(super) fn any(&mut self) -> Option<Element<'a>> {
        let all = self.0;
        let (&tag, rest) = all.split_first()?;
        // Tags above 30 have more bytes; nothing here has one.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x83 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                let length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
                // What has a shorter spelling is spelled so.
                if length < 0x80 || digits.first() == Some(&0) {
                    return None;
                }
                (length, rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        let whole = all.get(..all.len() - rest.len())?;
        Some(Element { tag, content, whole })
    }

    /// What the next element of this tag holds.
    pub(super) fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let element = self.any()?;
        let is_one = element.tag == tag && (tag != INTEGER || is_integer(element.content));
        is_one.then_some(element.content)
    }

    /// The same, where the next element may be another one or none; then there is nothing in the result.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Option<&'a [u8]>> {
        if self.0.first() == Some(&tag) { self.take(tag).map(Some) } else { Some(None) }
    }

    /// The elements of a sequence.
    pub(super) fn sequence(&mut self) -> Option<Self> {
        self.take(SEQUENCE).map(Self)
    }

    /// Nothing is left.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Nothing may be left.
    pub(super) fn end(self) -> Option<()> {
        self.is_empty().then_some(())
    }
}

/// At least one byte, and none that says nothing.
const fn is_integer(content: &[u8]) -> bool {
    match content {
        [] | [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..] => false,
        [..] => true,
    }
}

/// Writes an element of at most 127 bytes, which is all that a request needs.
pub(super) fn put(tag: u8, content: &[u8], out: &mut Vec<u8>) {
    debug_assert!(content.len() < 0x80, "a short element");
    out.push(tag);
    out.push(u8::try_from(content.len()).unwrap_or(u8::MAX));
    out.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_one_spelling() {
        let read = |bytes: &[u8]| Reader::new(bytes).any().map(|element| element.content.len());
        let of = |head: &[u8], content: usize| [head, &vec![7; content]].concat();
        assert_eq!(read(&[4, 0]), Some(0));
        assert_eq!(read(&of(&[4, 0x7f], 0x7f)), Some(0x7f));
        assert_eq!(read(&of(&[4, 0x81, 0x80], 0x80)), Some(0x80));
        assert_eq!(read(&of(&[4, 0x82, 1, 0], 0x100)), Some(0x100));
        for (head, content) in [
            (&[4, 0x81, 0x7f][..], 0x7f),
            (&[4, 0x82, 0, 0x80], 0x80),
            (&[4, 0x80], 0),
            (&[4, 0x84, 0, 0, 0, 1], 1),
            (&[4, 2], 1),
            (&[0x1f, 1], 1),
            (&[4], 0),
            (&[], 0),
        ] {
            assert_eq!(read(&of(head, content)), None, "{head:?}");
        }
    }

    #[test]
    fn an_integer_has_one_spelling() {
        for whole in [&[0][..], &[0x7f], &[0x80], &[0, 0x80], &[0xff, 0x7f]] {
            assert!(is_integer(whole), "{whole:?}");
        }
        for wrong in [&[][..], &[0, 0], &[0, 0x7f], &[0xff, 0xff]] {
            assert!(!is_integer(wrong), "{wrong:?}");
        }
    }
}

//! Replies of an authority that signs nothing, made up for the tests: whatever only the signature tells is as in a real one.

use kokoroe_evidence::Hash;

const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];

/// An element with what it holds.
pub(crate) fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap();
    let [high, low] = length.to_be_bytes();
    let head = match length {
        0..0x80 => vec![tag, low],
        0x80..0x100 => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, content].concat()
}

/// What a reply says, part by part, so that a test can say something else.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) status: Vec<u8>,
    pub(crate) version: u8,
    pub(crate) algorithm: Vec<u8>,
    pub(crate) imprint: Vec<u8>,
    pub(crate) time: String,
    /// Accuracy, ordering, nonce, name, extensions.
    pub(crate) rest: Vec<u8>,
    pub(crate) signers: usize,
}

impl Said {
    /// What an authority says of a note.
    pub(crate) fn of(note: &[u8], time: &str) -> Self {
        Self {
            status: der(0x30, &[&[2, 1, 0]]),
            version: 1,
            algorithm: der(0x30, &[&der(6, &[SHA256]), &[5, 0]]),
            imprint: Hash::of(note).as_bytes().to_vec(),
            time: time.to_owned(),
            rest: Vec::new(),
            signers: 1,
        }
    }

    pub(crate) fn reply(&self) -> Vec<u8> {
        let imprint = der(0x30, &[&self.algorithm, &der(4, &[&self.imprint])]);
        let info = der(
            0x30,
            &[
                &[2, 1, self.version],
                &der(6, &[&[42, 3, 4, 1]]),
                &imprint,
                &[2, 1, 7],
                &der(0x18, &[self.time.as_bytes()]),
                &self.rest,
            ],
        );
        let content = der(0x30, &[&der(6, &[TST_INFO]), &der(0xa0, &[&der(4, &[&info])])]);
        // A signature that is none, by a key that is named by its number alone.
        let signer = der(0x30, &[&[2, 1, 3], &der(0x80, &[&[1, 2, 3]])]).repeat(self.signers);
        let data = der(0x30, &[&[2, 1, 3], &der(0x31, &[]), &content, &der(0x31, &[&signer])]);
        let token = der(0x30, &[&der(6, &[SIGNED_DATA]), &der(0xa0, &[&data])]);
        der(0x30, &[&self.status, &token])
    }
}

/// A reply over a note at a time, `YYYYMMDDhhmmssZ`.
pub(crate) fn stamp(note: &[u8], time: &str) -> Vec<u8> {
    Said::of(note, time).reply()
}

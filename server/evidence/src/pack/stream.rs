//! A file of a pack that a thread reads ahead, so that several can be read side by side and none is held whole.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use sha2::{Digest as _, Sha256};

use super::source::Source;
use crate::hash::Hash;

/// How many pieces wait to be looked at.
const AHEAD: usize = 4;

/// A file under way. What could not be read shows at its end.
pub(crate) struct Stream<'scope> {
    pieces: Receiver<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
    reading: Reading<'scope>,
}

enum Reading<'scope> {
    Thread(ScopedJoinHandle<'scope, io::Result<Hash>>),
    /// Where there are no threads, as in a browser, the file was read when it was opened, and is held.
    Over(io::Result<Hash>),
}

/// What came of asking for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// It has its end, which is left out.
    Whole,
    /// The file ended before it did.
    Cut,
    /// It is longer than a line may be; what was too much is left out.
    TooLong,
    /// There is none any more.
    End,
}

impl<'scope> Stream<'scope> {
    pub(crate) fn open<'env, S: Source + ?Sized>(
        scope: &'scope Scope<'scope, 'env>,
        source: &'env S,
        name: &str,
    ) -> Self {
        let (to, pieces) = sync_channel(AHEAD);
        let file = name.to_owned();
        let begun = Builder::new().spawn_scoped(scope, move || read(source, &file, &to));
        let (piece, reading) = match begun {
            Ok(thread) => (Vec::new(), Reading::Thread(thread)),
            Err(_) => {
                let mut bytes = Vec::new();
                let read = source.feed(name, &mut |piece| {
                    bytes.extend_from_slice(piece);
                    true
                });
                let hash = read.map(|()| Hash::of(&bytes));
                (bytes, Reading::Over(hash))
            }
        };
        Self { pieces, piece, at: 0, reading }
    }

    /// Reads the next line behind what is in `to`.
    pub(crate) fn line(&mut self, to: &mut Vec<u8>, longest: usize) -> Line {
        let from = to.len();
        let most = longest as u64 + 1;
        // Reading from here cannot fail: what fails is the thread, and that is told at the end.
        let read = self.by_ref().take(most).read_until(b'\n', to).unwrap_or(0);
        if to.len() > from && to.pop_if(|last| *last == b'\n').is_some() {
            return Line::Whole;
        }
        match read {
            0 => Line::End,
            read if read as u64 == most => {
                self.skip_until(b'\n').ok();
                Line::TooLong
            }
            _ => Line::Cut,
        }
    }

    /// Reads to the end. The file's SHA-256.
    ///
    /// # Errors
    /// When it could not be read to its end.
    pub(crate) fn finish(self) -> io::Result<Hash> {
        while self.pieces.recv().is_ok() {}
        match self.reading {
            Reading::Thread(thread) => {
                thread.join().unwrap_or_else(|_| Err(io::Error::other("the reading ended early")))
            }
            Reading::Over(hash) => hash,
        }
    }
}

fn read(source: &(impl Source + ?Sized), name: &str, to: &SyncSender<Vec<u8>>) -> io::Result<Hash> {
    let mut sha = Sha256::new();
    source.feed(name, &mut |piece| {
        sha.update(piece);
        piece.is_empty() || to.send(piece.to_vec()).is_ok()
    })?;
    Ok(Hash::from(<[u8; 32]>::from(sha.finalize())))
}

impl Read for Stream<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut piece = self.fill_buf()?;
        let read = piece.read(to)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.piece.len() {
            self.piece = self.pieces.recv().unwrap_or_default();
            self.at = 0;
        }
        Ok(self.piece.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, read: usize) {
        self.at += read;
    }
}

//! No request was recorded twice. To know that of any number of leaves without holding their requests, a filter of fixed size is asked first
//! whether it may have met one before: it never misses one that it has, and is seldom wrong about one that it has not. Those few are
//! looked for by another reading of the leaves, which decides.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::io;

use super::each_leaf;
use super::source::Source;
use crate::difference::{Fault, Findings, Place};
use crate::leaf::View;
use crate::walk::{Request, request_of};

/// How many requests one filter takes. Of so many, one in a thousand is taken for one that was met before.
const PER_FILTER: u64 = 8_000_000;
/// Blocks of 512 bits at most: 16 MiB.
const BLOCKS: u64 = 1 << 18;
/// Requests to a block as long as there is room for that. Of a log of some million leaves hardly one is taken for another, so that it is read once.
const PER_BLOCK: u64 = 2;
/// More than this are not looked for again: so many are no mistakes of the filter.
const MOST_SUSPECTS: usize = 100_000;

/// The requests of a log on the way through its leaves.
pub(crate) struct Requests {
    filter: Vec<[u64; 8]>,
    /// Long logs are read several times, each time for the requests of one part.
    part: u64,
    parts: u64,
    suspects: HashSet<Request>,
    too_many: bool,
}

impl Requests {
    /// For a log that is said to have so many leaves. If it has more, something else is wrong with it.
    pub(crate) fn of(leaves: u64) -> Self {
        let blocks = (leaves / PER_BLOCK + 1).min(BLOCKS);
        Self {
            filter: vec![[0; 8]; usize::try_from(blocks).unwrap_or(1)],
            part: 0,
            parts: leaves / PER_FILTER + 1,
            suspects: HashSet::new(),
            too_many: false,
        }
    }

    /// Meets the request of a leaf.
    pub(crate) fn meet(&mut self, request: Request) {
        let (place, bits) = request.halves();
        if (place >> 32) % self.parts != self.part {
            return;
        }
        let block = (place & 0xffff_ffff) % self.filter.len() as u64;
        let block = usize::try_from(block).ok().and_then(|block| self.filter.get_mut(block));
        let Some(block) = block else { return };
        let mut known = true;
        for shift in 0..7 {
            let bit = bits >> (9 * shift) & 511;
            let word = usize::try_from(bit / 64).ok().and_then(|word| block.get_mut(word));
            if let Some(word) = word {
                known &= *word >> (bit % 64) & 1 == 1;
                *word |= 1 << (bit % 64);
            }
        }
        if known {
            if self.suspects.len() < MOST_SUSPECTS {
                self.suspects.insert(request);
            } else {
                self.too_many = true;
            }
        }
    }

    /// Decides about those that may have been met before.
    ///
    /// # Errors
    /// When the leaves cannot be read again.
    pub(crate) fn decide<S: Source + ?Sized>(
        mut self,
        source: &S,
        file: &'static str,
        findings: &mut Findings,
    ) -> io::Result<()> {
        while self.part + 1 < self.parts {
            self.part += 1;
            self.filter.fill([0; 8]);
            each_leaf(source, file, &mut |_, line| {
                if let Some(request) = View::read(line).ok().and_then(|view| request_of(&view)) {
                    self.meet(request);
                }
            })?;
        }
        if self.suspects.is_empty() {
            return Ok(());
        }
        let mut first: HashMap<Request, u64> = HashMap::new();
        each_leaf(source, file, &mut |index, line| {
            let request = View::read(line).ok().and_then(|view| request_of(&view));
            let Some(request) = request.filter(|request| self.suspects.contains(request)) else { return };
            match first.entry(request) {
                Entry::Vacant(entry) => {
                    entry.insert(index);
                }
                Entry::Occupied(first) => {
                    findings.add(Fault::Request, Place::leaf(file, index), || {
                        (String::new(), format!("#{} = #{index}", first.get()))
                    });
                }
            }
        })?;
        if self.too_many {
            findings.add(Fault::Request, Place::file(file), || (String::new(), format!("> {MOST_SUSPECTS}")));
        }
        Ok(())
    }
}

//! Work on a long list in as many pieces as the machine has processors.

use std::num::NonZero;
use std::thread::{Builder, available_parallelism};

/// Lists shorter than this are not worth a thread.
const WORTH_A_THREAD: usize = 4_096;

/// Calls `work` with each piece of `items` and the index of its first item; the results come in the order of the
/// pieces. Where there are no threads, as in a browser, the work is done one piece after another.
pub(crate) fn pieces<T: Sync, R: Send>(items: &[T], work: impl Fn(usize, &[T]) -> R + Sync) -> Vec<R> {
    let processors = available_parallelism().map_or(1, NonZero::get);
    let most = items.len().div_ceil(WORTH_A_THREAD).max(1);
    let length = items.len().div_ceil(processors.min(most)).max(1);
    let work = &work;
    std::thread::scope(|scope| {
        let mut later = Vec::new();
        for start in (0..items.len()).step_by(length).skip(1) {
            let piece = items.get(start..(start + length).min(items.len())).unwrap_or_default();
            later.push((start, piece, Builder::new().spawn_scoped(scope, move || work(start, piece))));
        }
        let first = work(0, items.get(..length.min(items.len())).unwrap_or_default());
        let mut results = vec![first];
        for (start, piece, thread) in later {
            let result = thread.ok().and_then(|thread| thread.join().ok());
            results.push(result.unwrap_or_else(|| work(start, piece)));
        }
        results
    })
}

//! A place at which a test lets the program die, as if the plug had been pulled. There is none in what hospitals install.

/// Ends the process here, without a word and without putting anything in order, if `KOKOROE_FAILPOINT` says so: `after_commit:3` is the
/// third time that this place is passed.
#[cfg(debug_assertions)]
pub(super) fn failpoint(place: &str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static ASKED: LazyLock<Option<(String, AtomicU64)>> = LazyLock::new(|| {
        let asked = std::env::var("KOKOROE_FAILPOINT").ok()?;
        let (place, passes) = asked.split_once(':')?;
        Some((place.to_owned(), AtomicU64::new(passes.parse().ok()?)))
    });
    if let Some((asked, left)) = &*ASKED
        && asked == place
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        std::process::abort();
    }
}

/// Nothing.
#[cfg(not(debug_assertions))]
pub(super) const fn failpoint(_place: &str) {}

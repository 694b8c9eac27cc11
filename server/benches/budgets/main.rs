//! The budgets of the design, measured: figures and ratios, printed and written to `target/bench.json`. Nothing here fails because a
//! machine is slow; a budget that is not met is said so.

#![expect(clippy::print_stdout, reason = "its output is the point")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measurement that cannot be made has to stop"
)]

mod answers;
mod evidence;
mod figures;
mod group;
mod lists;
mod lock;
#[path = "../../tests/web/audit/long.rs"]
mod long;
mod page;
#[expect(dead_code, reason = "the faults use the rest of it")]
mod population;
#[expect(dead_code, reason = "the faults use the rest of it")]
#[path = "../../tests/process/mod.rs"]
mod process;
mod report;
mod starts;
#[expect(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/web/support/mod.rs"]
mod support;
mod work;

use figures::Figures;

#[tokio::main]
async fn main() {
    let mut figures = Figures::default();
    // `make bench only=evidence` measures only that: page, starts, answers, lock, report, work, import, evidence, long.
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    // A number beside the names is how many people the group has, instead of both sizes: `make bench only="report 5000"`.
    let (sizes, asked): (Vec<String>, Vec<String>) =
        asked.into_iter().partition(|argument| argument.parse::<u32>().is_ok());
    let sizes: Vec<u32> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|argument| argument == name);
    if wanted("page") {
        page::measure(&mut figures).await;
    }
    if wanted("starts") {
        starts::measure(&mut figures).await;
    }
    if wanted("answers") {
        answers::measure(&mut figures).await;
    }
    if wanted("lock") {
        lock::measure(&mut figures).await;
    }
    let parts = group::Parts { report: wanted("report"), work: wanted("work"), lists: wanted("import") };
    if parts.any() {
        group::measure(&mut figures, parts, &sizes).await;
    }
    if wanted("evidence") {
        evidence::measure(&mut figures).await;
    }
    if wanted("long") {
        evidence::lengths(&mut figures);
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench.json");
    figures.write(&path);
}

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
mod browser;
mod figures;
mod page;
mod population;
mod report;
#[expect(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/web/support/mod.rs"]
mod support;

use figures::Figures;

#[tokio::main]
async fn main() {
    let mut figures = Figures::default();
    page::measure(&mut figures).await;
    answers::measure(&mut figures).await;
    report::measure(&mut figures).await;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench.json");
    figures.write(&path);
}

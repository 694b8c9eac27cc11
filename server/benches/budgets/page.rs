//! The built binary: how fast it starts, what it holds, what it sends, how fast it makes a page.

use std::time::{Duration, Instant};

use crate::figures::Figures;
use crate::process::{Line, Start};
use crate::support::fresh_folder;

/// Requests a second on eight connections for a second and a half.
async fn rate(port: u16, path: &'static str) -> f64 {
    let began = Instant::now();
    let workers = (0..8).map(|_| {
        tokio::spawn(async move {
            let mut line = Line::open(port).await.expect("a connection");
            let mut count = 0_u32;
            while began.elapsed() < Duration::from_millis(1500) {
                assert_eq!(line.get(path, "").await.expect("an answer").status, 200);
                count += 1;
            }
            count
        })
    });
    let mut total = 0;
    for worker in workers {
        total += worker.await.expect("a worker");
    }
    f64::from(total) / began.elapsed().as_secs_f64()
}

fn brotli_kb(bytes: &[u8]) -> f64 {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).expect("compressed");
    kb(out.len())
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files fit")]
fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

pub(crate) async fn measure(figures: &mut Figures) {
    let folder = fresh_folder();
    let port = 3917;
    drop(Start::on(&folder, None, port).ready().await);
    let mut starts = Vec::new();
    for _ in 0..5 {
        let (server, took) = Start::on(&folder, None, port).ready().await;
        starts.push(took);
        drop(server);
    }
    figures.at_most(
        "start of the built binary to ready, median of 5",
        crate::figures::percentile(&mut starts, 50),
        "ms",
        300.0,
    );
    let (server, _) = Start::on(&folder, None, port).ready().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    figures.at_most("resident memory when idle", server.memory().0, "MiB", 64.0);

    let mut line = Line::open(port).await.expect("a connection");
    let page = line.get("/sign-in", "").await.expect("an answer").body;
    let css = kb(kokoroe_assets::css().brotli.len());
    figures.at_most("first page, HTML and CSS, brotli", brotli_kb(&page) + css, "kB", 60.0);
    let browser_code = [kokoroe_assets::js(), kokoroe_assets::wasm()]
        .into_iter()
        .flatten()
        .map(|asset| asset.brotli.len())
        .sum();
    assert!(browser_code > 0, "the binary was built without the browser's half");
    figures.at_most("browser code, JavaScript and WebAssembly, brotli", kb(browser_code), "kB", 150.0);

    let (mut pages, mut texts) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        texts.push(rate(port, "/healthz").await);
        pages.push(rate(port, "/sign-in").await);
    }
    let best = |rates: &[f64]| rates.iter().copied().fold(0.0, f64::max);
    figures.plain("bare text route", best(&texts), "/s");
    figures.plain("rendered page", best(&pages), "/s");
    figures.at_least("rendered page ÷ bare text route, one run", best(&pages) / best(&texts), "", 0.3);
    drop(server);
    drop(std::fs::remove_dir_all(folder));
}

//! Writes one paper of each sort into a folder, to be looked at: `cargo run -p kokoroe-papers --example papers -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;

#[path = "../tests/support/sample.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    std::fs::create_dir_all(&folder)?;
    let papers = [
        ("roster", sample::roster(90)),
        ("heat", sample::heat(10)),
        ("text", sample::text()),
        ("english", sample::english()),
    ];
    for (name, paper) in papers {
        std::fs::write(folder.join(name).with_extension("pdf"), kokoroe_papers::paper(&paper)?.bytes)?;
    }
    let seal = kokoroe_papers::Picture::png(include_bytes!("../tests/red.png").to_vec())?;
    for (name, seal) in [("certificate", None), ("certificate-seal", Some(seal))] {
        let certificate = kokoroe_papers::certificate(&sample::certificate(seal))?;
        std::fs::write(folder.join(name).with_extension("pdf"), certificate.bytes)?;
    }
    Ok(())
}

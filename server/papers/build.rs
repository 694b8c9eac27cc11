//! Unpacks the fonts, so that the program holds them as they are read: nothing to unpack or copy while it runs.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("fonts");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for name in ["BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "KokoroeRareKanji-Regular.otf"] {
        let packed = here.join(format!("{name}.br"));
        println!("cargo::rerun-if-changed={}", packed.display());
        let mut font = Vec::new();
        brotli::BrotliDecompress(&mut fs::read(packed)?.as_slice(), &mut font)?;
        fs::write(out.join(name), font)?;
    }
    Ok(())
}

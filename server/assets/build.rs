//! Makes the files a browser loads: joins the style sheets, takes the browser half of `app` if it has been built,
//! names each by its content, compresses it once as small as it gets, and writes the Rust table that embeds them.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

#[path = "src/style.rs"]
mod style;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let root = here.join("../..").canonicalize()?;

    let mut table = String::new();
    watch(&root.join("style"));
    let css = style::join(&root.join("style"))?;
    embed(&mut table, &out, "CSS", "app", "css", "text/css; charset=utf-8", css.as_bytes())?;

    let favicon = here.join("files/favicon.svg");
    watch(&favicon);
    let favicon = fs::read(favicon)?;
    embed(&mut table, &out, "FAVICON", "favicon", "svg", "image/svg+xml", &favicon)?;

    let package = package_folder(&root)?;
    let [script, module, verifier, checks] = [
        "kokoroe_app.js",
        "kokoroe_app_bg.wasm",
        "kokoroe_evidence_browser.js",
        "kokoroe_evidence_browser_bg.wasm",
    ]
    .map(|file| package.join(file));
    if [&script, &module, &verifier, &checks].into_iter().all(|file| file.is_file()) {
        if package.join("snippets").exists() {
            return Err("wasm-bindgen wrote snippets/: scripts that the page's one script would load under \
                        names nobody serves. Find the dependency that brings them and switch it off."
                .into());
        }
        embed(&mut table, &out, "JS", "app", "js", "text/javascript; charset=utf-8", &fs::read(script)?)?;
        embed(&mut table, &out, "WASM", "app", "wasm", "application/wasm", &fs::read(module)?)?;
        let page = here.join("files/verifier.js");
        watch(&page);
        let script = "text/javascript; charset=utf-8";
        embed(&mut table, &out, "VERIFIER_PAGE", "verifier-page", "js", script, &fs::read(page)?)?;
        embed(&mut table, &out, "VERIFIER_JS", "verifier", "js", script, &fs::read(verifier)?)?;
        embed(&mut table, &out, "VERIFIER_WASM", "verifier", "wasm", "application/wasm", &fs::read(checks)?)?;
        table.push_str("static BROWSER: Option<(&Asset, &Asset)> = Some((&JS, &WASM));\n");
        table.push_str("static VERIFIER: Option<(&Asset, &Asset, &Asset)> = Some((&VERIFIER_PAGE, &VERIFIER_JS, &VERIFIER_WASM));\n");
        table.push_str(
            "static ALL: &[&Asset] = &[&CSS, &FAVICON, &JS, &WASM, &VERIFIER_PAGE, &VERIFIER_JS, &VERIFIER_WASM];\n",
        );
    } else {
        table.push_str("static BROWSER: Option<(&Asset, &Asset)> = None;\n");
        table.push_str("static VERIFIER: Option<(&Asset, &Asset, &Asset)> = None;\n");
        table.push_str("static ALL: &[&Asset] = &[&CSS, &FAVICON];\n");
    }
    fs::write(out.join("assets.rs"), table)?;
    Ok(())
}

/// Tells cargo to run this script again when the file, or anything below the folder, changes.
fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Where wasm-bindgen left its files: `KOKOROE_PKG`, else `target/pkg` of the workspace.
///
/// The folder is made if it is missing: cargo takes a watched path that does not exist for one that always changed,
/// and would build the server again on every command.
fn package_folder(root: &Path) -> Outcome<PathBuf> {
    println!("cargo::rerun-if-env-changed=KOKOROE_PKG");
    let folder = std::env::var_os("KOKOROE_PKG").map_or_else(|| root.join("target/pkg"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    watch(&folder);
    Ok(folder)
}

/// Compresses one file, writes it under `OUT_DIR` and adds its row to the table.
fn embed(
    table: &mut String,
    out: &Path,
    constant: &str,
    stem: &str,
    extension: &str,
    content_type: &str,
    bytes: &[u8],
) -> Outcome<()> {
    let digest = hex::encode(Sha256::digest(bytes));
    let hash = digest.get(..16).ok_or("a SHA-256 has 64 digits")?;
    let file = out.join(format!("{stem}.{extension}"));
    let (br, gz) =
        (file.with_extension(format!("{extension}.br")), file.with_extension(format!("{extension}.gz")));

    fs::write(&file, bytes)?;
    let mut small = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut small, &params)?;
    fs::write(&br, &small)?;

    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    fs::write(&gz, gzip.finish()?)?;

    writeln!(
        table,
        "static {constant}: Asset = Asset {{ path: \"/assets/{stem}-{hash}.{extension}\", content_type: {content_type:?}, \
         identity: include_bytes!({file:?}), brotli: include_bytes!({br:?}), gzip: include_bytes!({gz:?}), \
         etag: \"\\\"{hash}\\\"\" }};"
    )?;
    Ok(())
}

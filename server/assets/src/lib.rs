//! The files a browser loads besides the pages: one style sheet, one icon and, if the browser half of `app` was built
//! before the server, its script and its WebAssembly module, and those that check a certificate's proof.
//!
//! They are part of the binary, so a hospital copies one file and nothing can go missing. Each is named by its
//! content, so a browser may keep it for ever, and is compressed at build time, harder than a server could afford to
//! while somebody waits.

#[cfg(test)]
mod style;

/// One file, in the three forms a browser may ask for.
#[derive(Debug)]
pub struct Asset {
    /// Where it is served, such as `/assets/app-0123456789abcdef.css`: the digits are the first 16 of the SHA-256 of
    /// its bytes, so a path never means two different contents.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub identity: &'static [u8],
    /// The bytes for `Content-Encoding: br`.
    pub brotli: &'static [u8],
    /// The bytes for `Content-Encoding: gzip`.
    pub gzip: &'static [u8],
    /// The value of `ETag`, quotes included.
    pub etag: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The style sheet of every page.
#[must_use]
pub fn css() -> &'static Asset {
    &CSS
}

/// The mark beside the page's title.
#[must_use]
pub fn favicon() -> &'static Asset {
    &FAVICON
}

/// The script that wakes the islands; `None` in a server built without the browser half, whose pages work all the same.
#[must_use]
pub fn js() -> Option<&'static Asset> {
    BROWSER.map(|(js, _)| js)
}

/// The WebAssembly module that [`js`] loads; there is never one without the other.
#[must_use]
pub fn wasm() -> Option<&'static Asset> {
    BROWSER.map(|(_, wasm)| wasm)
}

/// What checks a certificate's proof in a browser: the script of its page, and the script and the module of the evidence log.
#[must_use]
pub fn verifier() -> Option<(&'static Asset, &'static Asset, &'static Asset)> {
    VERIFIER
}

/// The file at this path of a request; `None` for anything else, such as a file of an earlier release.
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.path == path).copied()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn every_file_is_found_under_its_own_path_and_no_other() {
        for asset in ALL {
            assert_eq!(find(asset.path).map(|found| found.etag), Some(asset.etag));
        }
        assert!(find("/assets/app.css").is_none());
        assert!(find("").is_none());
    }

    #[test]
    fn the_script_and_the_module_come_together() {
        assert_eq!(js().is_some(), wasm().is_some());
    }

    #[test]
    fn a_path_and_an_etag_carry_the_hash_of_the_bytes() {
        for asset in ALL {
            let hash = asset.etag.trim_matches('"');
            assert_eq!(hash.len(), 16);
            assert!(asset.path.contains(hash), "{} does not carry {hash}", asset.path);
        }
        assert_ne!(css().etag, favicon().etag);
    }

    #[test]
    fn the_style_sheet_is_what_the_folder_says_today() {
        let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../style"));
        assert!(style::join(folder).unwrap().as_bytes() == css().identity);
    }

    #[test]
    fn the_compressed_forms_are_the_same_file() {
        for asset in ALL {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(asset.gzip).read_to_end(&mut plain).unwrap();
            assert!(plain == asset.identity, "{} differs after gzip", asset.path);

            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &*asset.brotli, &mut plain).unwrap();
            assert!(plain == asset.identity, "{} differs after brotli", asset.path);
        }
    }
}

//! Files that a browser saves.

use std::io;

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_util::stream::unfold;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use super::query::encoded;
use super::{Answer, Problem};

/// What a file is.
#[derive(Clone, Copy, Debug)]
pub struct Sort {
    /// As the header says it.
    pub content_type: &'static str,
    /// Behind the last dot of its name.
    pub extension: &'static str,
}

/// A PDF.
pub const PDF: Sort = Sort { content_type: "application/pdf", extension: "pdf" };

/// An Excel workbook.
pub const XLSX: Sort = Sort {
    content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension: "xlsx",
};

/// A zip.
pub const ZIP: Sort = Sort { content_type: "application/zip", extension: "zip" };

/// A proof that a certificate carries (C2SP tlog-proof).
pub const PROOF: Sort =
    Sort { content_type: "text/plain; charset=utf-8", extension: kokoroe_evidence::certificate::ENDING };

/// How much of a file is read at a time.
const PIECE: usize = 64 * 1024;

/// A file on the disk, sent piece by piece; the name as in [`download`].
///
/// # Errors
/// As [`download`].
pub fn stream(file: File, length: u64, sort: Sort, name: &str, plain: &str) -> Answer {
    let mut response = download(Vec::new(), sort, name, plain)?;
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *response.body_mut() = pieces(file);
    Ok(response)
}

/// A file as the body of an answer.
pub fn pieces(file: File) -> Body {
    Body::from_stream(unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(Bytes::from(piece)), file))
            }
            Err(error) => Some((Err::<Bytes, io::Error>(error), file)),
        }
    }))
}

/// The answer that a browser saves. The name in full letters goes by RFC 6266; an old browser takes the plain one.
///
/// # Errors
/// If the name cannot be written in a header, which its encoding rules out.
pub fn download(bytes: Vec<u8>, sort: Sort, file: &str, plain: &str) -> Answer {
    let Sort { content_type, extension } = sort;
    let plain: String = plain
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' })
        .collect();
    let disposition = format!(
        "attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{}",
        encoded(&format!("{file}.{extension}"))
    );
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::broken)?);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_any_letters_survives_the_header() {
        let sort = Sort { content_type: "text/plain", extension: "xlsx" };
        let response =
            download(vec![1], sort, "受講状況_髙﨑𠮷", "report_sns-2026_\"x\r\n").expect("an answer");
        let header = response.headers().get(CONTENT_DISPOSITION).expect("a name").to_str().expect("ASCII");
        assert!(
            header.starts_with("attachment; filename=\"report_sns-2026__x__.xlsx\"; filename*=UTF-8''"),
            "{header}"
        );
        assert!(header.ends_with("%F0%A0%AE%B7.xlsx"), "{header}");
    }
}

//! Files that a browser saves.

use axum::body::Body;
use axum::response::Response;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

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

//! A form that may carry files.

use axum::RequestExt as _;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::{Form, Problem};

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// The fields and the files of a posted form, however the browser packed them.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The fields that hold text.
    pub form: Form,
    files: Vec<(String, SentFile)>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// Its name without folders, control characters and excess.
    pub name: String,
    /// What is in it; it may be nothing.
    pub bytes: Bytes,
}

impl Sent {
    /// The file that was chosen in a field. Browsers send a field without a choice as a file that has neither name nor content.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&SentFile> {
        let files = self.files.iter().filter(|(name, _)| name == field).map(|(_, file)| file);
        files.into_iter().find(|file| !file.name.is_empty() || !file.bytes.is_empty())
    }

    async fn read(mut multipart: Multipart) -> Result<Self, MultipartError> {
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        while let Some(field) = multipart.next_field().await? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(tidy) {
                Some(file_name) => {
                    files.push((name, SentFile { name: file_name, bytes: field.bytes().await? }));
                }
                None => fields.push((name, field.text().await?)),
            }
        }
        Ok(Self { form: fields.into_iter().collect(), files })
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return Form::from_request(request, state).await.map(|form| Self { form, files: Vec::new() });
        }
        let multipart = request.extract().await.map_err(|_| Problem::unreadable())?;
        Self::read(multipart).await.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
            _ => Problem::unreadable(),
        })
    }
}

fn tidy(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_a_name_and_nothing_more() {
        assert_eq!(tidy("C:\\Users\\x\\職員.csv"), "職員.csv");
        assert_eq!(tidy("../../etc/passwd"), "passwd");
        assert_eq!(tidy("a\u{0}\nb.csv"), "ab.csv");
        assert_eq!(tidy(&"長".repeat(500)).chars().count(), 120);
    }

    #[tokio::test]
    async fn fields_and_files_are_read_and_a_field_without_a_choice_is_no_file() {
        let part = |head: &str, body: &str| {
            format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let body = [
            part("name=\"way\"", "paper"),
            part("name=\"sheet\"; filename=\"a/名簿.pdf\"", "%PDF"),
            part("name=\"other\"; filename=\"\"", ""),
            "--b--\r\n".to_owned(),
        ];
        let request = Request::post("/").header(CONTENT_TYPE, "multipart/form-data; boundary=b");
        let request = request.body(body.concat().into()).expect("a request");
        let sent = Sent::from_request(request, &()).await.expect("read");
        assert_eq!(sent.form.text("way"), "paper");
        let sheet = SentFile { name: "名簿.pdf".into(), bytes: Bytes::from_static(b"%PDF") };
        assert_eq!((sent.file("sheet"), sent.file("other"), sent.file("way")), (Some(&sheet), None, None));
    }

    #[tokio::test]
    async fn a_form_without_files_is_read_as_well() {
        let request = Request::post("/").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.body("proof=c2sp.org".into()).expect("a request");
        let sent = Sent::from_request(request, &()).await.expect("read");
        assert_eq!((sent.form.text("proof"), sent.file("proof")), ("c2sp.org", None));
    }
}

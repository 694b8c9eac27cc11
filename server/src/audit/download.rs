//! Making an evidence pack and handing it to the auditor's browser.

use std::fs::{self, File};
use std::io;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};

use super::pack::{self, Pack, PackError, Whom};
use crate::http::file::pieces;
use crate::http::{Answer, Auditor, Form, Problem};
use crate::id::StaffId;
use crate::state::Site;

/// Makes the pack of a year (`year`; the present one if it is empty), or the part of it that is of one person (`person`) or of a
/// department with those below it (`department`), and sends it.
pub async fn submit(State(site): State<Site>, Auditor(signed): Auditor, form: Form) -> Answer {
    let year = match form.text("year") {
        "" => None,
        year => Some(year.parse().map_err(|_| Problem::not_found())?),
    };
    let whom = match (form.text("person"), form.text("department")) {
        ("", "") => None,
        ("", code) => Some(Whom::Department(code.to_owned())),
        (id, _) => Some(Whom::Person(StaffId::parse(id).ok_or(Problem::not_found())?)),
    };
    let folder = site.config.data.clone();
    let file = tokio::task::spawn_blocking(move || nameless(&folder)).await.map_err(Problem::broken)?;
    let (file, by) = (file.map_err(Problem::broken)?, signed.staff.as_str());
    let made = match &whom {
        None => pack::build(&site, year, by, file).await,
        Some(whom) => pack::build_part(&site, year, whom, by, file).await,
    };
    match made {
        Ok(pack) => send(pack),
        Err(PackError::NoSuchYear(_) | PackError::Nobody) => Err(Problem::not_found()),
        Err(PackError::Db(error)) => Err(error.into()),
        Err(error) => Err(Problem::broken(error)),
    }
}

/// A file that has lost its name already: it is gone as soon as nobody reads it, even if the server is killed meanwhile.
fn nameless(folder: &std::path::Path) -> io::Result<File> {
    let path = folder.join(format!("pack-{}.part", hex::encode(crate::account::secret::random::<8>())));
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

fn send(pack: Pack) -> Answer {
    let Pack { file, length, name, .. } = pack;
    let mut response: Response = pieces(tokio::fs::File::from_std(file)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The name is made of the log's, which is ASCII without quotes.
    let disposition = format!("attachment; filename=\"{name}\"");
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::broken)?);
    Ok(response)
}

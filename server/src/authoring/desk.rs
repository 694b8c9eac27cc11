//! What the preview knows: the folder, and what was last read from it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::Response;
use http::StatusCode;
use kokoroe_app::{Chrome, Lang, Page};
use kokoroe_courses::{Catalogue, Fault, Report, Sources, check};

use super::folder::{self, FolderError};
use crate::http::page::{Framing, assets, document};
use crate::people::Hospital;
use crate::training::Content;

/// The preview of one folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Desk(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    folder: PathBuf,
    /// Only this machine is answered.
    private: bool,
    hospital: Hospital,
    last: Mutex<Option<Arc<Draft>>>,
}

/// The catalogue as it stood in the folder at one moment.
#[derive(Debug)]
pub(super) struct Draft {
    /// What told it from the others.
    pub(super) revision: String,
    pub(super) sources: Sources,
    /// Whatever can be read; none without a policy.
    pub(super) content: Option<Content>,
    pub(super) report: Report,
}

impl Desk {
    /// A preview of this folder; `private` if only this machine can reach it.
    #[must_use]
    pub fn new(folder: PathBuf, private: bool) -> Self {
        let hospital = crate::demo::hospital();
        Self(Arc::new(Parts { folder, private, hospital, last: Mutex::default() }))
    }

    pub(super) fn is_private(&self) -> bool {
        self.0.private
    }

    pub(super) fn folder(&self) -> String {
        self.0.folder.display().to_string()
    }

    pub(super) fn hospital(&self) -> &Hospital {
        &self.0.hospital
    }

    /// What tells the present state of the folder from every other.
    pub(super) async fn revision(&self) -> Result<String, FolderError> {
        let desk = self.clone();
        blocking(move || folder::revision(&desk.0.folder)).await
    }

    /// The catalogue as it stands in the folder now. It is read again only when a file has changed.
    pub(super) async fn draft(&self) -> Arc<Draft> {
        let desk = self.clone();
        let read = blocking(move || {
            let revision = folder::revision(&desk.0.folder)?;
            let last = desk.0.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(last) = last.filter(|last| last.revision == revision) {
                return Ok(last);
            }
            let draft = Arc::new(Draft::of(revision, folder::read(&desk.0.folder)?));
            *desk.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&draft));
            Ok(draft)
        });
        read.await.unwrap_or_else(|error: FolderError| Arc::new(Draft::unreadable(&error)))
    }

    /// A page of the preview.
    pub(super) fn page(&self, lang: Lang, path: String, status: StatusCode, page: impl Page) -> Response {
        let chrome = Chrome {
            lang,
            hospital: self.0.hospital.name(lang).to_owned(),
            path,
            help: Some(self.0.hospital.help(lang).to_owned()),
            assets: assets(),
            release: env!("CARGO_PKG_VERSION").to_owned(),
            ..Chrome::default()
        };
        document(chrome, Framing::OwnPages, status, page)
    }
}

impl Draft {
    fn of(revision: String, sources: Sources) -> Self {
        let content = Catalogue::unfinished(&sources).ok().map(Content::of);
        let report = check(&sources);
        Self { revision, sources, content, report }
    }

    fn unreadable(error: &FolderError) -> Self {
        let fault = Fault {
            file: String::new(),
            line: 1,
            severity: kokoroe_courses::Severity::Error,
            message: error.to_string(),
        };
        let report = Report { faults: vec![fault], ..Report::default() };
        Self { revision: String::new(), sources: Sources::default(), content: None, report }
    }
}

/// Reading a folder waits for the disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FolderError> + Send + 'static,
) -> Result<T, FolderError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => Err(FolderError::Io("reading".to_owned(), std::io::Error::other(failed))),
    }
}

//! Files that take long to make: asked for, made beside the pages, taken later.

pub(crate) mod binder;
mod jobs;
mod lists;

use http::StatusCode;
use kokoroe_server::exports::work::{self, Turn};
use kokoroe_server::id::ExportId;
use tokio::sync::watch;

use crate::support::people::Ward;
use crate::support::{Browser, TestSite};

/// One turn of a server's worker.
pub(crate) async fn turn(test: &TestSite) -> Turn {
    let (_tell, told) = watch::channel(false);
    work::turn(&test.site, &told).await.expect("a turn")
}

/// Asks for a binder by a form of this name, and gives the page of the job.
pub(crate) async fn ask(browser: &mut Browser, base: &str, ward: &Ward, form: &str, at: &str) -> String {
    let fields = [
        ("form", form),
        ("requirement", ward.requirement.as_str()),
        ("at", at),
        ("improve", "夜勤の人に早めに案内する。"),
    ];
    let answer = browser.post(base, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// The id in the address of a job.
pub(crate) fn id(page: &str) -> ExportId {
    ExportId::parse(page.rsplit('/').next().expect("an id")).expect("an id")
}

/// A binder as the training office's browser gets it.
pub(crate) async fn taken(browser: &mut Browser, page: &str) -> Vec<u8> {
    let answer = browser.post(&format!("{page}/file"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.bytes
}

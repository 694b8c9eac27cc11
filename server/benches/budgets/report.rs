//! What managers and the training office look at in a large group, over the built binary.

use std::time::{Duration, Instant};

use chrono::{Datelike as _, Months, TimeDelta};
use kokoroe_server::clock::{Calendar, Clock};
use kokoroe_server::db;
use kokoroe_server::demo::PASSWORD;
use kokoroe_server::on;
use serde_json::Value;

use crate::figures::{Figures, percentile};
use crate::group::Group;
use crate::process::{Line, Server, Start};

/// How often each page is opened, after the first time.
const TIMES: usize = 20;

/// Addresses that only the records know: a ward, a department with everything below it, this year's training.
async fn addresses(group: &Group) -> (String, String, String) {
    let db = db::connect(&group.location()).await.expect("the records");
    let mut conn = db.read().await.expect("a connection");
    let one = |text: &'static str| text;
    let ward: String =
        on!(&mut conn, |c| sqlx::query_scalar(one("SELECT id FROM department WHERE code = '001-1003'"))
            .fetch_one(c)
            .await)
        .expect("a ward");
    let hospital: String =
        on!(&mut conn, |c| sqlx::query_scalar(one("SELECT id FROM department WHERE code = '001-1000'"))
            .fetch_one(c)
            .await)
        .expect("a hospital");
    let training: String = on!(&mut conn, |c| sqlx::query_scalar(one(
        "SELECT id FROM requirement ORDER BY fiscal_year DESC LIMIT 1"
    ))
    .fetch_one(c)
    .await)
    .expect("a training");
    drop(conn);
    db.close().await;
    (ward, hospital, training)
}

struct Reader<'a> {
    group: &'a Group,
    line: Line,
}

impl Reader<'_> {
    /// Opens a page some times: the first time apart.
    async fn page(
        &mut self,
        figures: &mut Figures,
        cookies: &str,
        (name, path, budget): (&str, &str, Option<f64>),
    ) {
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..=TIMES {
            let began = Instant::now();
            let answer = self.line.get(path, cookies).await.expect("an answer");
            times.push(began.elapsed());
            assert_eq!(answer.status, 200, "{path}");
        }
        let first = times.remove(0).as_secs_f64() * 1000.0;
        let median = percentile(&mut times, 50);
        let p95 = percentile(&mut times, 95);
        let called = self.group.figure(&format!("{name}, p95"));
        match budget {
            Some(budget) => figures.at_most(&called, p95, "ms", budget),
            None => figures.plain(&called, p95, "ms"),
        }
        figures.note(&format!("median {median:.1} ms, the first time {first:.1} ms"));
    }
}

pub(crate) async fn measure(figures: &mut Figures, group: &Group) {
    let (ward, hospital, training) = addresses(group).await;
    let (folder, postgres) = (group.folder.as_path(), group.postgres.as_deref());
    let port = 3918;
    let (server, _) = Start::on(folder, postgres, port).ready().await;
    figures.plain(
        &group.figure("the first work of the hour after the start"),
        server.at_rest().await.as_secs_f64(),
        "s",
    );
    drop(server);
    let mut starts = Vec::new();
    for _ in 0..3 {
        let (server, took) = Start::on(folder, postgres, port).ready().await;
        starts.push(took);
        drop(server);
    }
    figures.at_most(&group.figure("start to ready, median of 3"), percentile(&mut starts, 50), "ms", 300.0);
    let (server, _) = Start::on(folder, postgres, port).ready().await;
    server.at_rest().await;
    figures.plain(&group.figure("resident memory after the work of an hour"), server.memory().0, "MiB");

    let office = server.sign_in(&group.office, PASSWORD).await;
    let nursing = server.sign_in(&group.nursing, PASSWORD).await;
    let head = server.sign_in(&group.ward, PASSWORD).await;
    let calendar = Calendar::default();
    let today = calendar.date(Clock::system().now());
    let earlier = |years: u32| {
        let year = today.checked_sub_months(Months::new(12 * years)).expect("a day").year();
        format!("{year}-10-15")
    };
    let lately = today - TimeDelta::days(20);
    let days = [lately.to_string(), earlier(1), earlier(6)];
    let mut reader = Reader { group, line: Line::open(port).await.expect("a connection") };
    let of_ward = format!("/office/departments/{ward}");
    let of_hospital = format!("/office/departments/{hospital}");
    // The budgets are for the report of a department, however it is reached. What covers a thousand people or everybody is told beside them.
    reader.page(figures, &office, ("department report, a ward, now", &of_ward, Some(50.0))).await;
    reader
        .page(figures, &office, ("department report, a hospital of the group, now", &of_hospital, None))
        .await;
    for (day, when) in days.iter().zip(["20 days ago", "last year", "six years ago"]) {
        let past = |path: &str| format!("{path}?at={day}");
        let ward = (&*format!("department report, a ward, as of {when}"), &*past(&of_ward), Some(500.0));
        reader.page(figures, &office, ward).await;
        let whole = (&*format!("/office, as of {when}"), &*past("/office"), Some(500.0));
        reader.page(figures, &office, whole).await;
        let table = (&*format!("/office/report, as of {when}"), &*past("/office/report"), Some(500.0));
        reader.page(figures, &office, table).await;
    }
    for (name, path, cookies, budget) in [
        ("/office", "/office", &office, Some(50.0)),
        ("/office/report", "/office/report", &office, Some(50.0)),
        ("/team of a ward", "/team", &head, Some(50.0)),
        ("/team of the head of nursing", "/team", &nursing, None),
        ("roster of everybody, first page", "/office/departments/all", &office, None),
        ("/office/requirements", "/office/requirements", &office, None),
        ("one training", &*format!("/office/requirements/{training}"), &office, None),
        ("/office/people", "/office/people", &office, None),
    ] {
        reader.page(figures, cookies, (name, path, budget)).await;
    }
    export(figures, group, &server, &office).await;
}

/// The whole roster as a workbook, from the button to its last byte: how long it takes, and what the server holds meanwhile above what it
/// holds anyway. A list of so many people is made beside the requests, so the page of the file is asked until it is there.
async fn export(figures: &mut Figures, group: &Group, server: &Server, office: &str) {
    let mut times = Vec::new();
    let mut above: f64 = 0.0;
    for _ in 0..3 {
        server.forget_most();
        let (before, _) = server.memory();
        let mut line = Line::open(server.port).await.expect("a connection");
        let began = Instant::now();
        let asked =
            line.post("/office/departments/all/export", office, "format=xlsx").await.expect("an answer");
        assert_eq!(asked.status, 303, "asked for");
        let job = asked.location;
        loop {
            let far = line.get(&format!("{job}/figures"), office).await.expect("an answer");
            let far: Value = serde_json::from_slice(&far.body).expect("how far it is");
            if far["over"] == true {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(300), "the workbook takes too long: {far}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let answer = line.post(&format!("{job}/file"), office, "").await.expect("an answer");
        times.push(began.elapsed());
        assert_eq!(answer.status, 200, "the workbook");
        assert!(answer.body.starts_with(b"PK"), "a workbook");
        above = above.max(server.memory().1 - before);
    }
    let seconds = percentile(&mut times, 50) / 1000.0;
    figures.at_most(&group.figure("whole roster as XLSX, median of 3"), seconds, "s", 10.0);
    figures.plain(&group.figure("whole roster as XLSX, memory above what was held before"), above, "MiB");
}

//! Browsers that mean no good, and very many that do: a storm of sign-ins, bodies without end, heads that never end, a stop under load.

use std::time::{Duration, Instant};

use kokoroe_server::db::Engine;

use crate::crowd::{Crowd, Seen};
use crate::hospital::{Hospital, appoint, on_each_engine};
use crate::oracle;
use crate::process::line::form;
use crate::process::{Line, Start};
use crate::support::PASSWORD;
use crate::table::Row;

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_sign_ins_leaves_the_others_their_pages_and_the_machine_its_memory() {
    let people = 40;
    let hospital = Hospital::on(Engine::Sqlite, people).await;
    // Behind a proxy, which says where everybody sits: one address would be taken for somebody who guesses.
    let start = Start { options: &["--trusted-proxy", "127.0.0.1"], ..hospital.start() };
    let (server, _) = start.ready().await;
    server.forget_most();
    let storm: Vec<_> = (0..people * 5)
        .map(|number| {
            let (port, name) = (hospital.port, hospital.duties[number % people].number.clone());
            tokio::spawn(async move {
                let mut line = Line::open(port).await.expect("a connection");
                let body = format!("number={name}&password={}", PASSWORD.replace(' ', "+"));
                let request = form("/sign-in", "", &body);
                let address =
                    format!("Host: localhost\r\nX-Forwarded-For: 10.0.{}.{}\r\n", number / 250, number % 250);
                line.say(&request.replacen("Host: localhost\r\n", &address, 1)).await.expect("sent");
                line.hear().await.expect("an answer").status
            })
        })
        .collect();
    // Meanwhile somebody who is signed in opens a page, again and again.
    let (mut line, duty) = (Line::open(hospital.port).await.expect("a connection"), &hospital.duties[0]);
    let mut times = Vec::new();
    while storm.iter().any(|one| !one.is_finished()) {
        let began = Instant::now();
        assert_eq!(line.get(&duty.turns[1].path, &duty.cookies).await.expect("a page").status, 200);
        times.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut seen = Seen::default();
    for one in storm {
        seen.note(one.await.expect("asked"));
    }
    // An account that is tried five times at once waits as well: it may be somebody who guesses.
    assert!(seen.only(&[303, 429]) && seen.of(303) >= 40, "{}", seen.words());
    let most = server.memory().1;
    assert!(most < 1024.0, "{most} MiB");
    let p95 = percentile(&mut times, 95);
    server.stop().await;
    let kept = oracle::ask(&hospital, &Crowd::of(&hospital.duties)).await;
    Row {
        number: 28,
        engine: Some(Engine::Sqlite),
        fault: format!("{} sign-ins at once", people * 5),
        saw: format!(
            "{} × signed in, {} × asked to wait (429); pages of others meanwhile p95 {} ms",
            seen.of(303),
            seen.of(429),
            p95.as_millis()
        ),
        kept: format!("{}; the server held at most {most:.0} MiB", kept.words()),
        back: None,
    }
    .tell();
}

/// Sends a body of so many mebibytes in pieces, until it is all there or the server says that it is too much.
async fn pour(port: u16, path: &str, cookies: &str, kind: &str, mebibytes: usize) -> u16 {
    let mut line = Line::open(port).await.expect("a connection");
    let length = mebibytes << 20;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    line.say(&head).await.expect("sent");
    let piece = "a".repeat(1 << 20);
    for _ in 0..mebibytes {
        if line.say(&piece).await.is_err() {
            break;
        }
    }
    line.hear().await.map_or(0, |answer| answer.status)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_requests_are_refused_and_the_memory_stays_flat() {
    let hospital = Hospital::on(Engine::Sqlite, 6).await;
    appoint(&hospital).await;
    let log = hospital.folder.join("server.log");
    let (mut server, _) = Start { log: Some(&log), ..hospital.start() }.ready().await;
    let (port, office) = (hospital.port, hospital.duties[0].cookies.clone());
    let nurse = &hospital.duties[5];
    server.forget_most();
    let before = server.memory().0;
    let mut told = Vec::new();
    // Bodies without end, to a form, to a list of staff, and to nobody.
    let urlencoded = "application/x-www-form-urlencoded";
    let multipart = "multipart/form-data; boundary=x";
    for (what, path, cookies, kind, mebibytes) in [
        ("a form of 256 MiB", nurse.turns[1].path.as_str(), nurse.cookies.as_str(), urlencoded, 256),
        ("a staff list of 256 MiB", "/office/people/import", &office, multipart, 256),
        ("256 MiB to the sign-in page", "/sign-in", "", urlencoded, 256),
    ] {
        let status = pour(port, path, cookies, kind, mebibytes).await;
        assert!([0, 400, 413, 422].contains(&status), "{what}: {status}");
        told.push(format!("{what}: {}", if status == 0 { "cut".to_owned() } else { status.to_string() }));
    }
    // A list of more rows than any hospital has, and one that is no multipart at all.
    let rows = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n職員番号,姓,名\n{}\r\n--x--\r\n",
        "1,a,b\n".repeat(1_000_000)
    );
    for (what, kind, body) in [
        ("a list of a million rows", multipart, rows.as_str()),
        ("a multipart without parts", multipart, "nothing"),
        ("a multipart without a boundary", "multipart/form-data", "--x\r\n\r\n"),
    ] {
        let request = format!(
            "POST /office/people/import HTTP/1.1\r\nHost: localhost\r\nCookie: {office}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut line = Line::open(port).await.expect("a connection");
        line.say(&request).await.expect("sent");
        let status = line.hear().await.expect("an answer").status;
        assert_eq!(status, 422, "{what}");
        told.push(format!("{what}: {status}"));
    }
    // Heads that never end: a letter now and then, on many lines.
    let mut slow = Vec::new();
    for _ in 0..500 {
        let mut line = Line::open(port).await.expect("a connection");
        line.say("GET / HTTP/1.1\r\nHost: loc").await.expect("sent");
        slow.push(line);
    }
    let began = Instant::now();
    let mut line = Line::open(port).await.expect("a connection");
    let page = line.get(&nurse.turns[1].path, &nurse.cookies).await.expect("a page");
    assert_eq!(page.status, 200);
    let beside = began.elapsed();
    assert!(beside < Duration::from_secs(2), "{beside:?}");
    let most = server.memory().1;
    assert!(most - before < 200.0, "{before} MiB before, {most} MiB at most");
    assert!(server.ended().is_none());
    let said = std::fs::read_to_string(&log).expect("a log");
    assert!(!said.contains("panicked"), "{said}");
    let crowd = Crowd::of(&hospital.duties).finish(port, 3).await;
    // Whoever does not finish a head in half a minute is sent away; that needs half a minute, so only a long run waits for it.
    if std::env::var("KOKOROE_FAULT_ROUNDS").is_ok() {
        let began = Instant::now();
        for line in &mut slow {
            // 408, or nothing.
            drop(tokio::time::timeout(Duration::from_secs(45), line.hear()).await.expect("sent away"));
        }
        told.push(format!("500 heads that never end: sent away after {} s", began.elapsed().as_secs()));
    } else {
        told.push("500 heads that never end: others are answered beside them".into());
    }
    drop(slow);
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        number: 29,
        engine: Some(Engine::Sqlite),
        fault: "hostile requests".into(),
        saw: told.join("; "),
        kept: format!("{}; the server held {before:.0} MiB before and {most:.0} MiB at most", kept.words()),
        back: None,
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_told_to_stop_under_load_finishes_signs_and_ends() {
    on_each_engine(12, |hospital| async move {
        let mut server = hospital.serve().await;
        let work = Crowd::of(&hospital.duties).work(hospital.port, 10);
        work.until_saved(30).await;
        // Somebody who sends half a form and then nothing: the server waits for them for twenty seconds, so this is for long runs.
        let mut stalled = Line::open(hospital.port).await.expect("a connection");
        if std::env::var("KOKOROE_FAULT_ROUNDS").is_ok() {
            let duty = &hospital.duties[11];
            let whole = form(&duty.turns[1].path, &duty.cookies, &duty.turns[1].body);
            stalled.say(&whole[..whole.len() - 1]).await.expect("half of it");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        let began = Instant::now();
        server.terminate();
        let ended = server.ends(Duration::from_secs(30)).await.expect("it ends in half a minute");
        let took = began.elapsed();
        assert!(ended.success(), "{ended}");
        drop(stalled);
        let crowd = work.stop().await;
        assert!(crowd.seen.only(&[0, 303, 503]), "{}", crowd.seen.words());
        // The last checkpoint covers everything, without another start.
        let newest = hospital.checkpoints().pop().expect("a checkpoint");
        let size = newest.file_stem().and_then(|name| name.to_str()).expect("a size").to_owned();
        let (server, back) = hospital.start().ready().await;
        let crowd = crowd.finish(hospital.port, 10).await;
        server.stop().await;
        let kept = oracle::ask(&hospital, &crowd).await;
        Row {
            number: 30,
            engine: Some(hospital.engine),
            fault: "SIGTERM under 10 people who answer, and one who sends nothing more".into(),
            saw: format!(
                "{}; the server ended in order after {:.1} s",
                crowd.seen.words(),
                took.as_secs_f64()
            ),
            kept: format!("{}; the checkpoint of the stop covers {size} leaves", kept.words()),
            back: Some(back),
        }
        .tell();
    })
    .await;
}

//! Those outside of the house whom the server asks – the time stamp authority, the witness – take the connection and say nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kokoroe_evidence::WitnessKey;
use tokio::net::TcpListener;

use crate::crowd::Crowd;
use crate::hospital::{Hospital, on_each_engine};
use crate::oracle;
use crate::support::PASSWORD;
use crate::table::Row;

/// A server that takes every connection and never says a word.
struct Silent {
    port: u16,
    asked: Arc<AtomicUsize>,
}

impl Silent {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = asked.clone();
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                held.push(stream);
                counted.store(held.len(), Ordering::SeqCst);
            }
        });
        Self { port, asked }
    }

    async fn until_asked(&self, times: usize) {
        let began = Instant::now();
        while self.asked.load(Ordering::SeqCst) < times {
            assert!(began.elapsed() < Duration::from_secs(30), "nobody asks");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Names an authority and a witness, and signs a checkpoint for them.
async fn name(hospital: &Hospital, outside: &Silent) {
    let address = format!("http://127.0.0.1:{}", outside.port);
    let witness = WitnessKey::from_seed("witness.example.jp", &[5; 32]).expect("a key");
    let settings = [
        ("tsa.url", format!("{address}/tsr")),
        ("witness.url", address),
        ("witness.vkey", witness.witness().to_string()),
    ];
    hospital.set(settings.to_vec()).await;
    std::fs::remove_file(hospital.export("first.zip")).expect("the pack goes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_authority_and_a_witness_that_hang_keep_nobody_from_anything() {
    on_each_engine(6, |hospital| async move {
        let outside = Silent::open().await;
        name(&hospital, &outside).await;
        let mut server = hospital.serve().await;
        outside.until_asked(2).await;
        let began = Instant::now();
        server.sign_in(&hospital.people[0].0.number, PASSWORD).await;
        let signed_in = began.elapsed();
        let crowd = Crowd::of(&hospital.duties).finish(hospital.port, 3).await;
        assert!(crowd.seen.only(&[303]), "{}", crowd.seen.words());
        assert!(server.is_ready().await, "whoever hangs outside is no trouble of this one");
        let began = Instant::now();
        server.terminate();
        let ended = server.ends(Duration::from_secs(5)).await.expect("it waits for nobody outside");
        assert!(ended.success(), "{ended}");
        let took = began.elapsed();
        let kept = oracle::ask(&hospital, &crowd).await;
        Row {
            number: 25,
            engine: Some(hospital.engine),
            fault: "the time stamp authority and the witness take the connection and say nothing".into(),
            saw: format!(
                "{}; signed in after {:.2} s; SIGTERM ended the server after {:.2} s",
                crowd.seen.words(),
                signed_in.as_secs_f64(),
                took.as_secs_f64()
            ),
            kept: format!("{}; checkpoints wait for their stamps", kept.words()),
            back: None,
        }
        .tell();
    })
    .await;
}

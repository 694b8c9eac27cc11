//! A witness outside of the house: it signs what only grew, remembers what it has signed, and finds whoever shows it another log.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use kokoroe_evidence::witness::Submission;
use kokoroe_evidence::{Checkpoint, Fault, Hash, Witness, pack as form, tree};
use kokoroe_server::audit::witness::{Asked, Desk, Trouble, work};
use kokoroe_server::audit::{self, pack, store};
use kokoroe_server::clock::Clock;
use kokoroe_server::db::Engine;
use kokoroe_server::people::hospital::SetError;
use kokoroe_server::{Site, listen};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::pack::{unpacked, unzipped};
use super::stamps::{another, grow, set};
use crate::support::{TestSite, engines, fresh_folder};

const NAME: &str = "witness.example.jp";

/// A witness in this process, that answers at an address until the sender is dropped.
struct Answering {
    address: SocketAddr,
    vkey: String,
    folder: PathBuf,
    _tell: watch::Sender<bool>,
}

impl Answering {
    /// A new one for the logs of this site.
    async fn of(site: &Site) -> Self {
        Self::again(fresh_folder(), site).await
    }

    /// The one of a folder.
    async fn again(folder: PathBuf, site: &Site) -> Self {
        let key = site.signer.key().verifying_key().clone();
        let desk = Desk::open(&folder, Some(NAME), vec![key], site.clock.clone()).expect("a witness");
        let vkey = desk.vkey();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (tell, told) = watch::channel(false);
        tokio::spawn(listen::listen(listener, desk.router(), told));
        Self { address, vkey, folder, _tell: tell }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn witness(&self) -> Witness {
        Witness::parse(&self.vkey).expect("a key")
    }

    /// Sends something, and gives the status, the head and the body of the answer.
    async fn post(&self, body: &[u8]) -> (u16, String, String) {
        let head = format!(
            "POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.exchange(&[head.as_bytes(), body].concat()).await
    }

    async fn get(&self) -> String {
        self.exchange(b"GET / HTTP/1.1\r\nHost: witness\r\nConnection: close\r\n\r\n").await.2
    }

    async fn exchange(&self, request: &[u8]) -> (u16, String, String) {
        let mut stream = TcpStream::connect(self.address).await.expect("connected");
        stream.write_all(request).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head.to_ascii_lowercase(), body.to_owned())
    }
}

/// A hospital that has named a witness.
struct Witnessed {
    test: TestSite,
    site: Site,
    witness: Answering,
}

impl Witnessed {
    async fn on(engine: Engine) -> Self {
        let test = TestSite::on(engine).await;
        let witness = Answering::of(&test.site).await;
        set(&test.site, "witness.url", &witness.url()).await.expect("an address");
        set(&test.site, "witness.vkey", &witness.vkey).await.expect("a key");
        // Settings are read at the start.
        let site = another(&test).await;
        Self { test, site, witness }
    }

    async fn grow(&self) {
        grow(&self.site).await;
        audit::sign_now(&self.site).await.expect("signed");
    }

    async fn work(&self) -> Option<Trouble> {
        let asked = Asked::of(&self.site.hospital).expect("settings").expect("a witness");
        work(&self.site, &asked.within(Duration::from_secs(5))).await.expect("the database")
    }

    /// The sizes that the witness has signed of the present log.
    async fn sizes(&self) -> Vec<i64> {
        let mut conn = self.site.db.read().await.expect("a connection");
        let log = self.site.ledger.log_at(self.site.now());
        let rows = store::witness::of_log(&mut conn, &log).await.expect("rows");
        rows.into_iter().map(|row| row.size).collect()
    }

    async fn packed(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        let path = self.test.folder().join("made.zip");
        let file = fs::File::options().read(true).write(true).create(true).truncate(true).open(&path);
        pack::build(&self.site, None, "system", file.expect("a file")).await.expect("a pack");
        unzipped(&fs::read(path).expect("a pack"))
    }

    /// A checkpoint of the present log that the hospital's key has signed, whatever it says.
    fn signed(&self, leaves: &[Hash]) -> String {
        let origin = self.site.ledger.log_at(self.site.now());
        let checkpoint = Checkpoint { origin, size: leaves.len() as u64, root: tree::root(leaves) };
        checkpoint.sign(&[self.site.signer.key()]).expect("signed")
    }
}

fn invented(size: u64) -> Vec<Hash> {
    (0..size).map(|n| tree::leaf_hash(format!("another leaf {n}").as_bytes())).collect()
}

/// `kokoroe verify` with the key of the hospital.
fn verify(site: &Site, folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    let Output { status, stdout, stderr } = command
        .args([
            "verify",
            "--vkey",
            site.signer.keys().first(&site.ledger.log_at(site.now())).to_string().as_str(),
        ])
        .arg(folder)
        .args(words)
        .output()
        .expect("it runs");
    (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}

#[tokio::test]
async fn a_witness_signs_every_new_checkpoint_and_whoever_trusts_it_can_check_that() {
    for engine in engines() {
        let here = Witnessed::on(engine).await;
        here.grow().await;
        assert_eq!(here.work().await, None, "{engine:?}");
        here.grow().await;
        here.grow().await;
        assert_eq!((here.work().await, here.work().await), (None, None), "{engine:?}");
        let sizes = here.sizes().await;
        assert_eq!(sizes.len(), 2, "{engine:?}: the newest each time, and once: {sizes:?}");

        let files = here.packed().await;
        let key = here.site.signer.key().verifying_key();
        form::verify(&files, key, &[]).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        let seen = form::witnessed(&files, &here.witness.witness()).expect("signed");
        assert_eq!((seen.number, seen.size), (2, u64::try_from(sizes[1]).expect("a size")), "{engine:?}");
        assert_eq!(seen.at, u64::try_from(here.site.now().timestamp()).expect("a time"), "{engine:?}");

        let folder = unpacked(&files);
        let (status, told) = verify(&here.site, &folder, &["--witness", &here.witness.vkey]);
        assert_eq!(status, Some(0), "{told}");
        assert!(told.contains("the witness witness.example.jp signed 2 checkpoints"), "{told}");
        assert!(told.contains("証人「witness.example.jp」が、チェックポイント2件に署名しています"), "{told}");
        let stranger = Answering::of(&here.site).await;
        let (status, told) = verify(&here.site, &folder, &["--witness", &stranger.vkey]);
        assert_eq!(status, Some(0), "{told}");
        assert!(told.contains("NO CHECKPOINT HERE IS SIGNED BY THE WITNESS"), "{told}");

        let python = |key: &str| {
            let script = folder.join("verify.py");
            let own = here.site.signer.vkey();
            let run = Command::new("python3").arg(script).args(["--witness", key, &own]).output();
            let Output { status, stdout, stderr } = run.expect("it runs");
            (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
        };
        let (status, told) = python(&here.witness.vkey);
        assert_eq!(status, Some(0), "{told}");
        assert!(told.contains("the witness witness.example.jp signed 2 checkpoints"), "{told}");
        let (status, told) = python(&stranger.vkey);
        assert!(status == Some(0) && told.contains("NO CHECKPOINT HERE"), "{told}");

        // What the witness itself shows, of this log and of others, is a checkpoint that an auditor brings.
        let origin = format!("{}/2020", here.site.signer.series());
        let note = Checkpoint { origin, size: 40_000, root: Hash::of(b"of a year long ago") };
        let note = note.sign(&[here.site.signer.key()]).expect("signed");
        let sent = Submission { old: 0, proof: Vec::new(), note };
        assert_eq!(here.witness.post(sent.encode().as_bytes()).await.0, 200);
        let shown = here.test.folder().join("shown.txt");
        fs::write(&shown, here.witness.get().await).expect("written");
        let (status, told) = verify(&here.site, &folder, &["--checkpoint", shown.to_str().expect("a path")]);
        assert_eq!(status, Some(0), "{told}");
        assert!(told.contains("checkpoints that you brought: 1, all of them agree"), "{told}");
    }
}

#[tokio::test]
async fn a_signature_that_the_witness_did_not_make_is_found_in_a_pack() {
    let here = Witnessed::on(Engine::Sqlite).await;
    here.grow().await;
    assert_eq!(here.work().await, None);
    here.grow().await;
    assert_eq!(here.work().await, None);
    let mut files = here.packed().await;
    let names: Vec<String> = files.keys().filter(|name| name.starts_with("witnesses/")).cloned().collect();
    let [first, second] = names.as_slice() else { panic!("{names:?}") };
    files.insert(second.clone(), files[first].clone());
    let found = form::witnessed(&files, &here.witness.witness()).expect_err("another checkpoint's");
    assert_eq!(found.iter().map(|difference| difference.fault).collect::<Vec<_>>(), [Fault::Cosignature]);
    let (status, told) = verify(&here.site, &unpacked(&files), &["--witness", &here.witness.vkey]);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("this is not a signature of the witness") && told.contains(second), "{told}");
    assert!(told.contains("証人の署名を確認できません"), "{told}");
}

#[tokio::test]
async fn records_that_are_older_or_other_ones_than_the_witness_has_seen_are_told_to_auditors() {
    for (size, words) in [(900, "The witness has seen 900 leaves"), (3, "The first 3 leaves of")] {
        let here = Witnessed::on(Engine::Sqlite).await;
        here.grow().await;
        // What the server showed its witness once, before somebody wrote it another history.
        let note = here.signed(&invented(size));
        let sent = Submission { old: 0, proof: Vec::new(), note };
        assert_eq!(here.witness.post(sent.encode().as_bytes()).await.0, 200);
        let trouble = here.work().await;
        assert!(
            matches!(&trouble, Some(told @ Trouble::Disagrees(_)) if told.to_string().starts_with(words))
        );
        assert!(here.sizes().await.is_empty(), "nothing is kept");
        assert_eq!(here.site.signer.witness(), trouble);
    }
}

#[tokio::test]
async fn a_witness_that_is_away_is_waited_for_and_nothing_else_waits() {
    let here = Witnessed::on(Engine::Sqlite).await;
    set(&here.site, "witness.url", "http://127.0.0.1:1").await.expect("an address");
    let site = another(&here.test).await;
    grow(&site).await;
    audit::sign_now(&site).await.expect("signed, whoever looks on");
    let asked = Asked::of(&site.hospital).expect("settings").expect("a witness");
    let trouble = work(&site, &asked).await.expect("the database").expect("trouble");
    assert!(trouble.to_string().starts_with("There was no answer: 127.0.0.1:1 was not reached"), "{trouble}");
    assert_eq!(here.work().await, None, "it is there again");
    assert_eq!(here.sizes().await.len(), 1);
}

#[tokio::test]
async fn a_witness_remembers_what_it_has_signed_after_a_restart() {
    let here = Witnessed::on(Engine::Sqlite).await;
    here.grow().await;
    assert_eq!(here.work().await, None);
    let again = Answering::again(here.witness.folder.clone(), &here.site).await;
    assert_eq!(again.vkey, here.witness.vkey);
    let [size] = *here.sizes().await else { panic!("one") };
    let forked = Submission { old: 0, proof: Vec::new(), note: here.signed(&invented(4)) };
    let (status, head, body) = again.post(forked.encode().as_bytes()).await;
    assert_eq!((status, body), (409, format!("{size}\n")));
    assert!(head.contains("content-type: text/x.tlog.size"), "{head}");
    let other_name = Desk::open(&again.folder, Some("other.example.jp"), Vec::new(), Clock::system());
    assert!(other_name.is_err_and(|error| error.to_string().contains(NAME)));
    assert!(Desk::open(&fresh_folder(), None, Vec::new(), Clock::system()).is_err(), "it needs a name");
}

#[tokio::test]
async fn a_witness_answers_as_the_specification_says() {
    let here = Witnessed::on(Engine::Sqlite).await;
    let all = invented(20);
    let submit = |size: usize, old: u64| {
        let leaves = &all[..size];
        let proof = tree::prove_consistency(leaves, old).expect("a proof");
        Submission { old, proof, note: here.signed(leaves) }
    };
    let post = async |submission: &Submission| here.witness.post(submission.encode().as_bytes()).await;
    assert_eq!(here.witness.post(b"old 0\n").await.0, 400);
    assert_eq!(here.witness.post(&[b'x'; 70_000]).await.0, 413);
    assert_eq!(post(&Submission { old: 9, ..submit(8, 3) }).await.0, 400, "from more leaves than there are");

    let (status, head, line) = post(&submit(7, 0)).await;
    assert_eq!(status, 200, "{line}");
    assert!(head.contains("content-type: text/plain"), "{head}");
    let note = format!("{}{line}", here.signed(&all[..7]));
    assert!(here.witness.witness().saw(note.as_bytes()).is_ok());
    assert_eq!(post(&submit(7, 7)).await.0, 200, "asked again");
    assert_eq!(post(&submit(9, 0)).await.0, 409);
    assert_eq!(post(&submit(9, 7)).await.0, 200);
    assert_eq!(post(&submit(9, 7)).await.0, 409, "it has gone on");
    let broken = Submission { proof: Vec::new(), ..submit(20, 9) };
    assert_eq!(post(&broken).await.0, 422);
    let mut other = all.clone();
    other[0] = Hash::of(b"rewritten");
    let proof = tree::prove_consistency(&other, 9).expect("a proof");
    assert_eq!(post(&Submission { old: 9, proof, note: here.signed(&other) }).await.0, 422, "rewritten");
    let same = Submission { old: 9, proof: Vec::new(), note: here.signed(&other[..9]) };
    assert_eq!(post(&same).await.0, 409, "of the same size");

    let stranger = kokoroe_evidence::SigningKey::from_seed("kokoroe-0000", &[3; 32]).expect("a key");
    let unknown = Checkpoint { origin: "kokoroe-0000/2026".into(), size: 1, root: all[0] };
    let note = unknown.sign(&[&stranger]).expect("signed");
    assert_eq!(post(&Submission { old: 0, proof: Vec::new(), note }).await.0, 404);
    let thief = kokoroe_evidence::SigningKey::from_seed(here.site.signer.series(), &[3; 32]).expect("a key");
    let stolen =
        Checkpoint { origin: here.site.ledger.log_at(here.site.now()), size: 20, root: tree::root(&all) };
    let note = stolen.sign(&[&thief]).expect("signed");
    assert_eq!(post(&Submission { note, ..submit(20, 9) }).await.0, 403);
    assert_eq!(post(&submit(20, 9)).await.0, 200, "what is refused changes nothing");
}

#[tokio::test]
async fn of_two_submissions_at_once_one_is_signed_and_the_other_is_told_the_new_size() {
    let here = Witnessed::on(Engine::Sqlite).await;
    let all = invented(60);
    let sent: Vec<Vec<u8>> = (1..=30)
        .map(|size| {
            Submission { old: 0, proof: Vec::new(), note: here.signed(&all[..size]) }.encode().into_bytes()
        })
        .collect();
    let answers = futures_util::future::join_all(sent.iter().map(|body| here.witness.post(body))).await;
    let signed: Vec<usize> =
        (1..).zip(&answers).filter(|(_, answer)| answer.0 == 200).map(|(size, _)| size).collect();
    let [size] = signed.as_slice() else { panic!("one is the first: {signed:?}") };
    assert!(answers.iter().filter(|answer| answer.0 != 200).all(|answer| answer.2 == format!("{size}\n")));
}

#[tokio::test]
async fn an_address_and_a_key_of_a_witness_are_read_before_they_are_kept() {
    let test = TestSite::new().await;
    for wrong in ["witness.example.jp", "ftp://witness.example.jp", "http://user@witness.example.jp"] {
        assert!(matches!(set(&test.site, "witness.url", wrong).await, Err(SetError::Witness)), "{wrong}");
    }
    let own = test.site.signer.vkey();
    assert!(matches!(set(&test.site, "witness.vkey", &own).await, Err(SetError::WitnessKey)), "a log's");
    assert!(Asked::of(&test.site.hospital).is_ok_and(|none| none.is_none()), "off unless it is named");
}

#[tokio::test]
async fn the_program_is_a_witness_without_any_records() {
    let test = TestSite::new().await;
    let folder = fresh_folder();
    let start = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
        command.args(["witness", "--listen", "127.0.0.1:0", "--data"]).arg(&folder).args(words);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let key = test.site.signer.vkey();
    let unnamed = start(&["--log", &key]).output().expect("it runs");
    assert_eq!(unnamed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unnamed.stderr).contains("--name NAME"));
    let wrong = start(&["--name", NAME, "--log", "nonsense"]).output().expect("it runs");
    assert_eq!(wrong.status.code(), Some(1));

    let mut running = start(&["--name", NAME, "--log", &key]).spawn().expect("it starts");
    let said = {
        use std::io::BufRead as _;
        let mut lines = std::io::BufReader::new(running.stdout.take().expect("its words")).lines();
        [lines.next(), lines.next()].map(|line| line.expect("a line").expect("text"))
    };
    let address = said[0].rsplit("http://").next().and_then(|text| text.parse().ok()).expect("an address");
    let vkey = said[1].strip_prefix("witness: ").expect("its key").to_owned();
    let (tell, _) = watch::channel(false);
    let witness = Answering { address, vkey, folder: folder.clone(), _tell: tell };
    assert!(witness.get().await.contains("まだ何も見ていません"));
    let leaves = invented(5);
    let checkpoint =
        Checkpoint { origin: test.site.ledger.log_at(test.site.now()), size: 5, root: tree::root(&leaves) };
    let note = checkpoint.sign(&[test.site.signer.key()]).expect("signed");
    let sent = Submission { old: 0, proof: Vec::new(), note: note.clone() };
    let (status, _, line) = witness.post(sent.encode().as_bytes()).await;
    assert_eq!(status, 200, "{line}");
    assert!(witness.witness().saw(format!("{note}{line}").as_bytes()).is_ok());
    assert!(witness.get().await.contains(&note));

    let second = start(&["--log", &key]).output().expect("it runs");
    assert_eq!(second.status.code(), Some(1), "two on one folder");
    let stopped = Command::new("kill").arg(running.id().to_string()).status().expect("kill");
    assert!(stopped.success() && running.wait().expect("it ends").success());
    let mode = fs::metadata(folder.join("witness.key")).expect("a key").permissions();
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(mode.mode() & 0o777, 0o600);
}

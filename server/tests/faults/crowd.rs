//! People who answer over HTTP, each one thing after the other, and remember what was acknowledged.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::hospital::{Duty, Turn};
use crate::process::Line;

/// How long somebody waits before they press again.
const PATIENCE: Duration = Duration::from_millis(50);

/// After so long without an answer a browser gives up.
const LONGEST: Duration = Duration::from_secs(90);

/// Somebody on their way through a module and its signature.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) duty: Duty,
    /// How many answers were acknowledged; one more than there are: the signature as well.
    pub(crate) acknowledged: usize,
    /// Whether the next one was sent and never acknowledged: it may be there, or not.
    pub(crate) open: bool,
}

impl Person {
    pub(crate) const fn new(duty: Duty) -> Self {
        Self { acknowledged: duty.begun, duty, open: false }
    }

    /// What is sent next; none when everything is done.
    pub(crate) fn next(&self) -> Option<&Turn> {
        match self.acknowledged.checked_sub(self.duty.turns.len()) {
            None => self.duty.turns.get(self.acknowledged),
            Some(0) => self.duty.signature.as_ref(),
            Some(_) => None,
        }
    }

    /// As browsers do: a session that lasts is given new cookies, and the old ones are good for nothing any more.
    fn keep(&mut self, new: &[String]) {
        let name = |cookie: &str| cookie.split('=').next().unwrap_or_default().to_owned();
        let old = self.duty.cookies.split("; ").filter(|old| new.iter().all(|new| name(new) != name(old)));
        let kept: Vec<&str> = old.chain(new.iter().map(String::as_str)).collect();
        self.duty.cookies = kept.join("; ");
    }

    /// Sends what comes next; the status that came back.
    pub(crate) async fn send(&mut self, line: &mut Line) -> io::Result<u16> {
        let Some(turn) = self.next() else { return Ok(0) };
        let (path, body) = (turn.path.clone(), turn.body.clone());
        self.open = true;
        let answer = tokio::time::timeout(LONGEST, line.post(&path, &self.duty.cookies, &body)).await??;
        self.keep(&answer.cookies);
        if answer.status == 303 {
            assert!(answer.location.starts_with("/learn/"), "{path} leads to {}", answer.location);
            self.acknowledged += 1;
            self.open = false;
        }
        Ok(answer.status)
    }
}

/// What people saw, by the status that came back; 0 is a connection that was cut or never made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen(BTreeMap<u16, u64>);

impl Seen {
    pub(crate) fn note(&mut self, status: u16) {
        *self.0.entry(status).or_default() += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (status, count) in &other.0 {
            *self.0.entry(*status).or_default() += count;
        }
    }

    pub(crate) fn of(&self, status: u16) -> u64 {
        self.0.get(&status).copied().unwrap_or_default()
    }

    /// Nothing but these statuses was seen.
    pub(crate) fn only(&self, statuses: &[u16]) -> bool {
        self.0.keys().all(|status| statuses.contains(status))
    }

    /// In words, for the table.
    pub(crate) fn words(&self) -> String {
        let words = self.0.iter().map(|(status, count)| match status {
            0 => format!("{count} × no connection"),
            303 => format!("{count} × saved (303)"),
            422 => format!("{count} × asked to wait before signing"),
            503 => format!("{count} × 503, try again"),
            status => format!("{count} × {status}"),
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Everybody.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    pub(crate) people: VecDeque<Person>,
    pub(crate) seen: Seen,
    /// How long each of them reads before they answer; not at all, where nothing else is said.
    pub(crate) reads: Duration,
    /// How long each answer took until it was acknowledged.
    pub(crate) took: Vec<Duration>,
}

impl Crowd {
    pub(crate) fn of(duties: &[Duty]) -> Self {
        Self { people: duties.iter().cloned().map(Person::new).collect(), ..Self::default() }
    }

    /// These people and those.
    pub(crate) fn with(mut self, others: Self) -> Self {
        self.people.extend(others.people);
        self.seen.add(&others.seen);
        self.took.extend(others.took);
        self
    }

    /// How many answers and signatures were acknowledged.
    pub(crate) fn acknowledged(&self) -> usize {
        self.people.iter().map(|person| person.acknowledged).sum()
    }

    /// How many requests were sent and never acknowledged.
    pub(crate) fn open(&self) -> usize {
        self.people.iter().filter(|person| person.open).count()
    }

    /// So many of them answer at the same time, on one line each, until they are told to stop.
    pub(crate) fn work(self, port: u16, at_once: usize) -> Work {
        let (tell, told) = watch::channel(false);
        let saved = Arc::new(AtomicU64::new(0));
        let waiting = Arc::new(Mutex::new(self.people));
        let mut hands = JoinSet::new();
        for _ in 0..at_once {
            let mut place = Place {
                port,
                reads: self.reads,
                told: told.clone(),
                saved: saved.clone(),
                waiting: waiting.clone(),
                hand: Hand::default(),
            };
            hands.spawn(async move {
                place.sit().await;
                place.hand
            });
        }
        Work { hands, tell, saved, waiting, before: Self { people: VecDeque::new(), ..self } }
    }

    /// Everybody finishes what they owe.
    pub(crate) async fn finish(self, port: u16, at_once: usize) -> Self {
        let work = self.work(port, at_once);
        work.until(Duration::from_secs(120), Work::hands_are_empty).await;
        work.stop().await
    }
}

/// People at work.
#[derive(Debug)]
pub(crate) struct Work {
    hands: JoinSet<Hand>,
    tell: watch::Sender<bool>,
    saved: Arc<AtomicU64>,
    waiting: Arc<Mutex<VecDeque<Person>>>,
    before: Crowd,
}

impl Work {
    /// How many answers were acknowledged since they began.
    pub(crate) fn saved(&self) -> u64 {
        self.saved.load(Ordering::SeqCst)
    }

    /// Waits until so many answers were acknowledged.
    pub(crate) async fn until_saved(&self, count: u64) {
        self.until(Duration::from_secs(60), |work| work.saved() >= count || work.hands_are_empty()).await;
    }

    async fn until(&self, at_most: Duration, done: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !done(self) {
            assert!(began.elapsed() < at_most, "after {} answers nobody gets on", self.saved());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Everybody has finished.
    fn hands_are_empty(&self) -> bool {
        // Each hand and this hold the queue; a hand that has nobody left lets go of it.
        Arc::strong_count(&self.waiting) == 1
    }

    /// Tells them to stop after what they are at, and waits for it.
    pub(crate) async fn stop(mut self) -> Crowd {
        self.tell.send_replace(true);
        let mut crowd = self.before;
        while let Some(hand) = self.hands.join_next().await {
            let hand = hand.expect("nobody saw what they should not");
            crowd.people.extend(hand.people);
            crowd.seen.add(&hand.seen);
            crowd.took.extend(hand.took);
        }
        // Those who are in the middle of something come first next time.
        crowd.people.extend(self.waiting.lock().expect("people").drain(..));
        crowd.people.make_contiguous().sort_by_key(|person| person.next().is_none());
        crowd
    }
}

/// What came of those who sat at one place.
#[derive(Debug, Default)]
struct Hand {
    people: Vec<Person>,
    seen: Seen,
    took: Vec<Duration>,
}

/// A place at which one after the other sits down and answers.
struct Place {
    port: u16,
    reads: Duration,
    told: watch::Receiver<bool>,
    saved: Arc<AtomicU64>,
    waiting: Arc<Mutex<VecDeque<Person>>>,
    hand: Hand,
}

impl Place {
    async fn sit(&mut self) {
        let mut line = None;
        while !*self.told.borrow() {
            let Some(mut person) = self.waiting.lock().expect("people").pop_front() else { break };
            // Nobody reads as fast as another.
            let first = person.duty.number.bytes().fold(0, |sum, byte| (sum * 31 + u32::from(byte)) % 100);
            self.read(first, &mut line).await;
            while person.next().is_some() && !*self.told.borrow() {
                if let Some(took) = self.answer(&mut person, &mut line).await {
                    let share = u32::try_from(took.as_micros() % 100).unwrap_or_default();
                    self.read(50 + share, &mut line).await;
                }
            }
            self.hand.people.push(person);
        }
    }

    /// Reads for so many hundredths of the usual time. No browser keeps its line open for as long as that.
    async fn read(&mut self, hundredths: u32, line: &mut Option<Line>) {
        if !self.reads.is_zero() {
            *line = None;
            drop(tokio::time::timeout(self.reads * hundredths / 100, self.told.changed()).await);
        }
    }

    /// Sends the next answer. How long it took, if it was acknowledged.
    async fn answer(&mut self, person: &mut Person, line: &mut Option<Line>) -> Option<Duration> {
        let began = Instant::now();
        let status = match line {
            Some(line) => person.send(line).await,
            None => match Line::open(self.port).await {
                Ok(new) => person.send(line.insert(new)).await,
                Err(error) => Err(error),
            },
        };
        let status = status.unwrap_or_else(|_| {
            *line = None;
            0
        });
        self.hand.seen.note(status);
        match status {
            303 => {
                let took = began.elapsed();
                self.hand.took.push(took);
                self.saved.fetch_add(1, Ordering::SeqCst);
                return Some(took);
            }
            0 | 503 => tokio::time::sleep(PATIENCE).await,
            // Each signature that was cut off counts as a password that was tried in vain; after a few of them somebody waits.
            422 if person.acknowledged == person.duty.turns.len() => {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            other => panic!("{} was answered with {other}", person.duty.number),
        }
        None
    }
}

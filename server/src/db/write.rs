//! Writing: one transaction per closure, never cut short by a browser that goes away.
//!
//! On SQLite a single task owns the only writing connection. Closures that wait at the same time share one transaction, each
//! in a savepoint of its own, and are answered together after the commit: one wait for the disk serves them all. On PostgreSQL each
//! closure has its own transaction in a task of its own, because a handler's future may be dropped at any await. Whoever holds the head of
//! the log there keeps everybody else waiting, so it is let go by a commit that does not wait for the disk, and the wait comes after it
//! ([`FLUSH`]): many wait side by side, and PostgreSQL has one sync serve them.
//!
//! Where the disk itself fails on SQLite, nothing is written any more: after a sync that failed the system may have dropped what it should
//! have kept, and only a process that reads the file again knows what is there ([`Db::lost`]).

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::FutureExt;
use sqlx::{Executor, PgPool, SqlitePool};
use tokio::sync::{mpsc, oneshot, watch};

use super::failpoint::failpoint;
use super::trouble::{is_held, is_lost};
use super::{Conn, Db, DbError, Inner, Pools, Tx};

/// A future in a box that may borrow the transaction.
pub type BoxFuture<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// How many closures may wait before further ones are refused.
const QUEUE: usize = 4096;

/// A transaction of its own that writes nothing but a word into PostgreSQL's write-ahead log, and waits for it as the database is set to wait
/// (`synchronous_commit`, a standby too). The log is written in order, so everything that was committed before is on the disk with it. A
/// closure that found nothing to do waits as well: it may have read what another has not waited for yet.
const FLUSH: &str = "SELECT pg_logical_emit_message(true, 'kokoroe', '')";

/// How many closures share one commit at most.
const GROUP: usize = 256;

/// Tells the one who asked; the argument says whether the commit succeeded.
type Reply = Box<dyn FnOnce(Result<(), DbError>) + Send>;

/// Runs the closure; says whether to keep what it did.
type Job = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, (bool, Reply)> + Send>;

enum Message {
    Job(Job),
    Rewrite(oneshot::Sender<Result<(), DbError>>),
    Close(oneshot::Sender<()>),
}

/// The way to the task that owns SQLite's writing connection.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
    pool: SqlitePool,
    /// What the disk did, once it failed.
    lost: watch::Receiver<Option<String>>,
}

impl Db {
    /// Runs a closure in one transaction: all of it, or nothing.
    ///
    /// # Errors
    /// The closure's own error, after everything it did was undone; or the engine's, when the commit failed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.0 {
            Pools::Sqlite { write, .. } => write.run(work).await,
            Pools::Postgres(pool) => {
                let pool = pool.clone();
                tokio::spawn(async move { write_postgres(&pool, work).await })
                    .await
                    .unwrap_or_else(|_| Err(E::from(DbError::Setup("a write ended early".into()))))
            }
        }
    }
}

async fn write_postgres<T, E, F>(pool: &PgPool, work: F) -> Result<T, E>
where
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send,
    E: From<DbError>,
{
    let fail = |error: sqlx::Error| E::from(DbError::from(error));
    let mut conn = pool.acquire().await.map_err(fail)?;
    conn.execute("BEGIN; SET LOCAL synchronous_commit = off").await.map_err(fail)?;
    let mut tx = Tx(Conn(Inner::Postgres(conn)));
    let outcome = work(&mut tx).await;
    let Inner::Postgres(conn) = &mut tx.0.0 else { return outcome };
    if outcome.is_err() {
        // What the closure says went wrong is told, not that it could not be undone: a connection that broke is undone by the server.
        if let Err(error) = conn.execute("ROLLBACK").await {
            tracing::warn!(%error, "a failed write was not undone by us");
        }
        return outcome;
    }
    failpoint("before_commit");
    let unwritten = |error| E::from(DbError::Unwritten(Arc::new(error)));
    conn.execute("COMMIT").await.map_err(unwritten)?;
    conn.execute(FLUSH).await.map_err(unwritten)?;
    failpoint("after_commit");
    outcome
}

impl Writer {
    /// It works in a thread of its own: among the tasks of the requests, each of its statements would wait in line behind all those who
    /// wait for it.
    pub(super) fn start(pool: SqlitePool) -> Result<Self, DbError> {
        let (queue, inbox) = mpsc::channel(QUEUE);
        let (tell, lost) = watch::channel(None);
        let own = pool.clone();
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime.block_on(work_through(own, inbox, tell)),
                Err(error) => {
                    tell.send_replace(Some(error.to_string()));
                }
            })
            .map_err(|error| DbError::Setup(format!("the writer did not start: {error}")))?;
        Ok(Self { queue, pool, lost })
    }

    /// Ends when the disk has failed; says how.
    pub(super) async fn lost(&self) -> String {
        let mut lost = self.lost.clone();
        loop {
            if let Some(cause) = lost.borrow_and_update().clone() {
                return cause;
            }
            if lost.changed().await.is_err() {
                // Closed in order: there is nothing that could fail any more.
                std::future::pending::<()>().await;
            }
        }
    }

    /// The writing pool itself, for migrations before the first write.
    pub(super) async fn pool<F, Fut, T>(&self, work: F) -> T
    where
        F: FnOnce(SqlitePool) -> Fut,
        Fut: Future<Output = T>,
    {
        work(self.pool.clone()).await
    }

    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            // The task may already have gone; then there is nothing left to wait for.
            drop(closed.await);
        }
        self.pool.close().await;
    }

    /// Has the file written anew, between two groups of writes.
    pub(super) async fn rewrite(&self) -> Result<(), DbError> {
        let (done, told) = oneshot::channel();
        self.queue.try_send(Message::Rewrite(done)).map_err(|_| DbError::Busy)?;
        told.await.unwrap_or(Err(DbError::Busy))
    }

    async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, outcome) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            Box::pin(async move {
                // A panic in one closure must not take the only writer down with it: its work is undone, its asker hears that it ended early.
                let result = AssertUnwindSafe(async { work(tx).await })
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| Err(E::from(DbError::Setup("a write ended early".into()))));
                let keep = result.is_ok();
                let reply: Reply = Box::new(move |commit| {
                    // Nobody may be waiting any more; the write stands all the same.
                    answer
                        .send(match commit {
                            Ok(()) => result,
                            Err(error) => Err(E::from(error)),
                        })
                        .ok();
                });
                (keep, reply)
            })
        });
        self.queue.try_send(Message::Job(job)).map_err(|_| E::from(DbError::Busy))?;
        // Whoever is not answered was not begun: the file was held by somebody else for too long, or the disk failed before.
        outcome.await.unwrap_or_else(|_| Err(E::from(DbError::Busy)))
    }
}

async fn work_through(
    pool: SqlitePool,
    mut inbox: mpsc::Receiver<Message>,
    lost: watch::Sender<Option<String>>,
) {
    while let Some(message) = inbox.recv().await {
        let (mut closing, mut rewriting) = (None, None);
        let mut group = Vec::new();
        let mut next = Some(message);
        while let Some(message) = next {
            match message {
                Message::Job(job) => group.push(job),
                Message::Rewrite(done) => rewriting = Some(done),
                Message::Close(done) => closing = Some(done),
            }
            next = if group.len() < GROUP && closing.is_none() && rewriting.is_none() {
                inbox.try_recv().ok()
            } else {
                None
            };
        }
        match commit_together(&pool, group).await {
            Err(error) if is_lost(&error) => {
                lost.send_replace(Some(error.to_string()));
                return;
            }
            // Those who came meanwhile have waited as long: they are told now, and not after another try.
            Err(error) if is_held(&error) => {
                while let (None, Ok(message)) = (&closing, inbox.try_recv()) {
                    if let Message::Close(done) = message {
                        closing = Some(done);
                    }
                }
            }
            _ => {}
        }
        if let Some(done) = rewriting {
            let outcome = rewrite(&pool).await;
            if let Err(DbError::Engine(error)) = &outcome
                && is_lost(error)
            {
                lost.send_replace(Some(error.to_string()));
                return;
            }
            // Whoever asked may be gone; the file is written anew all the same.
            done.send(outcome).ok();
        }
        if let Some(done) = closing {
            if let Err(error) = pool.execute("PRAGMA wal_checkpoint(TRUNCATE)").await {
                tracing::warn!(%error, "the write-ahead log was not folded in");
            }
            pool.close().await;
            // The asker may have given up waiting.
            done.send(()).ok();
            return;
        }
    }
}

/// Writes the file anew, without what was deleted, and empties the log of recent writes.
async fn rewrite(pool: &SqlitePool) -> Result<(), DbError> {
    let mut conn = pool.acquire().await?;
    conn.execute("VACUUM").await?;
    let (held, _, _): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *conn).await?;
    // Somebody reads what was there before: it stays in the log of recent writes until they have ended.
    if held == 0 { Ok(()) } else { Err(DbError::Busy) }
}

/// Runs a group of closures in one transaction and answers them when it is on disk.
async fn commit_together(pool: &SqlitePool, group: Vec<Job>) -> Result<(), Arc<sqlx::Error>> {
    if group.is_empty() {
        return Ok(());
    }
    let mut replies = Vec::with_capacity(group.len());
    let outcome = run_group(pool, group, &mut replies).await.map_err(Arc::new);
    if let Err(error) = &outcome {
        tracing::error!(%error, "a group of writes was not committed");
    }
    for reply in replies {
        reply(outcome.clone().map_err(DbError::Unwritten));
    }
    outcome
}

async fn run_group(pool: &SqlitePool, group: Vec<Job>, replies: &mut Vec<Reply>) -> Result<(), sqlx::Error> {
    let mut conn = pool.acquire().await?;
    conn.execute("BEGIN IMMEDIATE").await?;
    let mut tx = Tx(Conn(Inner::Sqlite(conn)));
    let worked = run_in_savepoints(&mut tx, group, replies).await;
    let Inner::Sqlite(conn) = &mut tx.0.0 else { return worked };
    let outcome = match worked {
        Ok(()) => {
            failpoint("before_commit");
            conn.execute("COMMIT").await.map(drop)
        }
        Err(error) => Err(error),
    };
    match &outcome {
        Ok(()) => failpoint("after_commit"),
        // A commit that failed may leave the transaction open, and then the next one could not begin.
        Err(_) => {
            if let Err(error) = conn.execute("ROLLBACK").await {
                tracing::debug!(%error, "the engine has undone the group by itself");
            }
        }
    }
    outcome
}

async fn run_in_savepoints(
    tx: &mut Tx,
    group: Vec<Job>,
    replies: &mut Vec<Reply>,
) -> Result<(), sqlx::Error> {
    savepoint(tx, "SAVEPOINT one").await?;
    for job in group {
        let (keep, reply) = job(tx).await;
        replies.push(reply);
        // What was undone leaves its savepoint to the next; that of the last ends with the commit.
        savepoint(tx, if keep { "RELEASE one; SAVEPOINT one" } else { "ROLLBACK TO one" }).await?;
    }
    Ok(())
}

async fn savepoint(tx: &mut Tx, statement: &'static str) -> Result<(), sqlx::Error> {
    let Inner::Sqlite(conn) = &mut tx.0.0 else { return Ok(()) };
    // As a query, and not as a text, it is kept prepared.
    sqlx::query(statement).execute(&mut **conn).await.map(drop)
}

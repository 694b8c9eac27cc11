//! `kokoroe preview`

use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use tokio::net::TcpListener;

use super::serve::Stop;
use super::{Failure, Outcome, say};
use crate::authoring::{Desk, folder, router};

/// For those who write content. Serves the folder on this machine, without a database and without signing in: every reading page, item,
/// question of a story and question of the test, asked and explained, in both languages, at the width of a telephone and of a desk, with
/// what check-courses says about its file. The pages renew themselves when a file is saved. Nothing is recorded.
///
/// 教材を書く人のためのコマンドです。フォルダーの教材を、受講者が見るとおりの画面で表示します。保存すると自動で新しくなります。
/// データベースもサインインも使わず、何も記録しません。
#[derive(Debug, Args)]
pub(super) struct Preview {
    /// The folder with the catalogue that is being written
    #[arg(long, value_name = "DIR", default_value = "courses/catalog")]
    dir: PathBuf,
    /// Where to listen. Answers are shown to whoever can reach it, so another address than this machine's own is for closed rooms
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3010")]
    listen: SocketAddr,
}

impl Preview {
    pub(super) async fn run(self) -> Outcome {
        // A wrong folder is said at once; what is wrong inside it stands on the pages.
        folder::read(&self.dir)?;
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| Failure::new(format!("{}: {error}", self.listen)))?;
        let address = listener.local_addr()?;
        let desk = Desk::new(self.dir.clone(), address.ip().is_loopback());
        say::line(&format!("{} is shown on http://{address}  (Ctrl-C ends it)", self.dir.display()));
        let mut stop = Stop::listen()?;
        let answering = axum::serve(listener, router(desk)).into_future();
        tokio::select! {
            ended = answering => ended?,
            () = stop.told() => {}
        }
        Ok(())
    }
}

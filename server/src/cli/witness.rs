//! `kokoroe witness`

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use kokoroe_evidence::VerifyingKey;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::serve::{Stop, write_log};
use super::{Failure, Outcome, say};
use crate::audit::witness::Desk;
use crate::clock::Clock;
use crate::{listen, start};

/// The command's options.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    A witness looks after the evidence logs of other hospitals. A log shows it each new checkpoint (C2SP tlog-witness); it signs one only if nothing that it \
    has seen before was altered or taken away. It holds no record and no name, only the number of leaves and a hash, and needs nothing but its folder. \
    Never run it on the machine whose log it looks after: it is worth as much as it is out of that hospital's reach.\n\n\
    At the hospital: kokoroe set witness.url http://THIS-MACHINE:4000, and kokoroe set witness.vkey with the line that this command prints. Here: --log with the \
    verifier key of the hospital, once for each; where the hospital changes its key, add the new one beside the old.\n\n\
    証人は、ほかの病院の証跡を見届けます。チェックポイントを受け取るたびに、前に見たものから消えたり変わったりした記録がないことを確かめて、署名します。\
    記録や氏名は持たず、件数とハッシュ値だけを自分のフォルダーに残します。見届ける病院とは別の機関のコンピューターで動かします。")]
pub(super) struct Witness {
    /// The folder of the key, and of every checkpoint that was signed
    #[arg(long, value_name = "DIR", default_value = "witness")]
    data: PathBuf,
    /// What the witness is called, in every signature: at its first start
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The verifier key of a hospital whose logs are looked after; may be given several times
    #[arg(long, value_name = "KEY", required = true)]
    log: Vec<String>,
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:4000")]
    listen: SocketAddr,
}

impl Witness {
    pub(super) async fn run(self) -> Outcome {
        write_log();
        let mut stop = Stop::listen()?;
        let keys = self.log.iter().map(|key| VerifyingKey::parse(key)).collect::<Result<Vec<_>, _>>();
        let keys = keys.map_err(|error| Failure::new(format!("--log: {error}")))?;
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| Failure::new(format!("{}: {error}", self.listen)))?;
        let address = listener.local_addr()?;
        let _lock = start::lock_folder(&self.data)?;
        let desk = Desk::open(&self.data, self.name.as_deref(), keys, Clock::system())?;
        say::line(&format!(
            "The witness is ready on http://{address}\n\
             witness: {}\n\
             Give this line to the hospitals whose logs it looks after (kokoroe set witness.vkey), and to their auditors (kokoroe verify --witness).\n\
             この行を、見届ける病院（kokoroe set witness.vkey）と、その監査者（kokoroe verify --witness）に渡します。",
            desk.vkey()
        ));
        let (tell, told) = watch::channel(false);
        let answering = tokio::spawn(listen::listen(listener, desk.router(), told));
        stop.told().await;
        tell.send_replace(true);
        answering.await?;
        Ok(())
    }
}

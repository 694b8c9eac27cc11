//! `kokoroe make-hospital`

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::clock::Clock;
use crate::demo::PASSWORD;
use crate::demo::group::{Size, make};
use crate::start;

/// The command's options.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    For trying out how a large hospital is served, before it comes: a group of invented hospitals with its departments, movers, leaves, \
    leavers, and the training of every year with its evidence log. It is the same for everybody on the same day. Nothing in it is real; \
    never make it where real records are to be kept. Afterwards: kokoroe serve --data DIR, and sign in with the numbers that are told.\n\n\
    大きな病院で使う前に、速さを確かめるための命令です。架空の病院グループ（部署、異動、休職、退職、各年度の研修と証跡）を作ります。\
    本番の記録を置く場所には作らないでください。")]
pub(super) struct MakeHospital {
    /// How many people are in post
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(240..=1_000_000))]
    people: u32,
    /// How many fiscal years it goes back, this one among them
    #[arg(long, value_name = "YEARS", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=30))]
    cycles: u32,
    /// The newest of them that were learned in this program, answer by answer; those before were held in classrooms
    #[arg(long, value_name = "YEARS", default_value_t = 3)]
    learned_here: u32,
    #[command(flatten)]
    records: Records,
}

impl MakeHospital {
    pub(super) async fn run(self) -> Outcome {
        let folder = &self.records.data;
        if folder.read_dir().is_ok_and(|mut inside| inside.next().is_some()) {
            return Err(Failure::new(format!(
                "{folder}: this folder is not empty. Name one that is empty or does not exist: an invented hospital is never put beside \
                 anything else.\n\
                 {folder}：空のフォルダーではありません。空のフォルダーか、まだないフォルダーを指定してください。",
                folder = folder.display()
            )));
        }
        let config = self.records.config()?;
        let _lock = start::lock_data(&config)?;
        let size = Size { people: self.people, cycles: self.cycles, here: self.learned_here };
        let made = make(config, Clock::system().now(), size, say::wrong).await?;
        made.site.db.close().await;
        for (whose, number) in [
            ("Training office (教育研修の担当)", &made.office),
            ("Auditor (監査者)", &made.auditor),
            ("Head of nursing (看護部長)", &made.nursing),
            ("Head of a ward (病棟の所属長)", &made.ward),
        ] {
            say::line(&format!("{number}  {whose}"));
        }
        say::line(&format!("Password of everybody (全員のパスワード): {PASSWORD}"));
        Ok(())
    }
}

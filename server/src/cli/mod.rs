//! The program's commands, as somebody types them. Each ends with 0 only when it did what it was asked.

mod appoint;
mod backup;
mod binder;
mod brought;
mod check_courses;
mod checks;
mod code;
mod erase;
mod export;
mod folder;
mod import_staff;
mod make_hospital;
mod migrate;
mod open_year;
mod openssl;
mod preview;
mod records;
mod recover;
mod rotate_key;
mod say;
mod serve;
mod settings;
mod switch;
mod verify;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::people::switch::Switch;

/// The annual social media training that hospital staff finish, managers can see and auditors can prove.
///
/// 病院職員のSNS研修を、一台のサーバーで実施し、証明するためのプログラムです。
#[derive(Debug, Parser)]
#[command(name = "kokoroe", version, propagate_version = true, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (サーバーを動かします)
    Serve(serve::Serve),
    /// Bring the database up to date without starting the server (データベースを最新の形にします)
    Migrate(migrate::Migrate),
    /// Check the courses: dead ends, missing reasons, stale translations (教材を検査します)
    CheckCourses(check_courses::CheckCourses),
    /// Look at courses while writing them, as learners will see them (書いている教材を受講者の画面で見ます)
    Preview(preview::Preview),
    /// Read departments and staff from a CSV or XLSX file (部署と職員を取り込みます)
    ImportStaff(import_staff::ImportStaff),
    /// Open the training of a fiscal year and give it to everybody (年度の研修を始めます)
    OpenYear(open_year::OpenYear),
    /// Give somebody a role: training office, auditor, manager (権限を付けます)
    Appoint(appoint::Appoint),
    /// Take a role away (権限を外します)
    Dismiss(appoint::Dismiss),
    /// Make a new one-time code for an office member or an auditor (初回コードを出しなおします)
    Code(code::Whose),
    /// Stop somebody's sign-in at once (サインインを止めます)
    Disable(switch::Whose),
    /// Allow it again (サインインを再開します)
    Enable(switch::Whose),
    /// Erase the personal data of somebody who left, once their records need not be kept (退職した人の個人情報を消去します)
    Erase(erase::Erase),
    /// Set what the hospital says of itself: its name, whom to ask, help lines (病院名や問い合わせ先を設定します)
    Set(settings::Set),
    /// Put the hospital's seal on certificates, from a PNG file (修了証に入れる印の画像を設定します)
    SetSeal(settings::SetSeal),
    /// List every setting with its value (設定の一覧を見ます)
    Settings(settings::Settings),
    /// Write the evidence pack of a year (年度の証跡パックを作ります)
    Export(export::Export),
    /// Check an evidence pack or an inspection binder, offline (証跡パックや監査用ファイルを検証します)
    Verify(verify::Verify),
    /// Look after the evidence log of another hospital (ほかの病院の証跡の証人になります)
    Witness(witness::Witness),
    /// Make a large invented hospital group to try things out (試験用に大きな架空の病院グループを作ります)
    MakeHospital(make_hospital::MakeHospital),
    /// Copy the records while the server runs (稼働中に記録を複製します)
    Backup(backup::Backup),
    /// Go on after records were lost or restored, and say so (復元した記録で再開します)
    Recover(recover::Recover),
    /// Change the key that signs the evidence log (証跡に署名する鍵を交換します)
    RotateKey(rotate_key::RotateKey),
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    words: String,
    status: u8,
}

impl Failure {
    /// Told on standard error; the program ends with 1.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), status: 1 }
    }

    /// The command cannot do this at all here, whatever is tried; the program ends with 2.
    pub(crate) fn impossible(words: impl Into<String>) -> Self {
        Self { words: words.into(), status: 2 }
    }

    /// The disk failed ; the program ends with 70, by which a service manager tells it from a command that was refused.
    pub(crate) fn disk(words: impl Into<String>) -> Self {
        Self { words: words.into(), status: 70 }
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

type Outcome = Result<(), Failure>;

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let args = Args::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say::wrong(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(async {
        match args.command {
            Command::Serve(command) => command.run().await,
            Command::Migrate(command) => command.run().await,
            Command::CheckCourses(command) => command.run(),
            Command::Preview(command) => command.run().await,
            Command::ImportStaff(command) => command.run().await,
            Command::OpenYear(command) => command.run().await,
            Command::Appoint(command) => command.run().await,
            Command::Dismiss(command) => command.run().await,
            Command::Code(command) => command.run().await,
            Command::Disable(command) => command.run(Switch::Disable).await,
            Command::Enable(command) => command.run(Switch::Enable).await,
            Command::Erase(command) => command.run().await,
            Command::Set(command) => command.run().await,
            Command::SetSeal(command) => command.run().await,
            Command::Settings(command) => command.run().await,
            Command::Export(command) => command.run().await,
            Command::Verify(command) => command.run(),
            Command::Witness(command) => command.run().await,
            Command::MakeHospital(command) => command.run().await,
            Command::Backup(command) => command.run().await,
            Command::Recover(command) => command.run().await,
            Command::RotateKey(command) => command.run().await,
        }
    });
    // A task that still waits for a slow disk or a stalled browser must not keep the program from ending.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::wrong(&failure.words);
            ExitCode::from(failure.status)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory as _;

    #[test]
    fn every_command_explains_itself() {
        let command = Args::command();
        command.clone().debug_assert();
        for sub in command.get_subcommands() {
            assert!(sub.get_about().is_some(), "{}", sub.get_name());
            for argument in sub.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", sub.get_name(), argument.get_id());
            }
        }
    }
}

//! `kokoroe backup`

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use chrono::SecondsFormat;
use clap::Args;
use kokoroe_evidence::{Difference, KeyBook, SigningKey, VerifyingKey};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::export::beside;
use super::records::{DATABASE, Records};
use super::{Failure, Outcome, say};
use crate::audit::check::{self, LogState};
use crate::audit::copies::Copies;
use crate::audit::keys::begun;
use crate::audit::recovery::COPIED;
use crate::audit::signer::{KEY, NAME};
use crate::clock::{Calendar, Clock};
use crate::db::{self, Db, Location};
use crate::exports;

/// The command's options.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    The file is a zip with the database as it was at one instant, the name of the evidence log, the copies of its \
    checkpoints and of their time stamps, and the files that were made, such as inspection binders. The keys are left out: whoever holds evidence.key can sign in the name of the hospital, so it is kept \
    once, somewhere safer than the backups.\n\n\
    To go back: unpack the zip into an empty folder, put evidence.key beside the database, run kokoroe recover on that folder, and start \
    the server on it. Everybody signs in anew. What happened after the backup is gone; the recovery says so in the evidence log, and whoever \
    holds a later checkpoint sees the same. Without it the server shows everything and records nothing.\n\n\
    復元するには、空のフォルダーにzipを展開し、別に保管したevidence.keyを置きます。そのフォルダーで kokoroe recover を実行してから、サーバーを起動します。")]
pub(super) struct Backup {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Put the keys into the file as well. Keep such a file as you keep a seal
    #[arg(long)]
    with_keys: bool,
    #[command(flatten)]
    records: Records,
}

/// The files of a data folder that are secret.
const KEYS: [&str; 2] = [KEY, "session.key"];

impl Backup {
    pub(super) async fn run(self) -> Outcome {
        if self.records.postgres.is_some() {
            return Err(Failure::impossible(
                "The records are in PostgreSQL: back them up with pg_dump, and the data folder with them.\n\
                 記録はPostgreSQLにあります。pg_dumpで複製し、データフォルダーもあわせて保管します。",
            ));
        }
        let data = &self.records.data;
        if !data.join(DATABASE).is_file() {
            return Err(Failure::new(format!("{}: there are no records here", data.display())));
        }
        let staged = beside(&self.out, "staged");
        fs::remove_dir_all(&staged).ok();
        // The copy holds what the database holds: nobody else may look in.
        fs::DirBuilder::new().mode(0o700).create(&staged).map_err(|error| at(&staged, &error))?;
        let made = self.make(data, &staged).await;
        fs::remove_dir_all(&staged).ok();
        let states = made?;
        let told: Vec<String> = states.iter().flat_map(told).collect();
        if !told.is_empty() {
            return Err(Failure::new(format!(
                "{}: written, but the records are not whole, neither here nor in the copy:\n\
                 複製はできましたが、記録に相違があります。元の記録にも同じ相違があります。\n{}",
                self.out.display(),
                told.join("\n")
            )));
        }
        let (leaves, rows) = states.iter().fold((0, 0), |sum, log| (sum.0 + log.leaves, sum.1 + log.rows));
        say::line(&format!(
            "{}: {} logs, {leaves} leaves, {rows} rows; the copy was checked and is whole.",
            self.out.display(),
            states.len()
        ));
        say::line("複製を読み直し、証跡と記録が一致することを確かめました。");
        if !self.with_keys {
            say::line(
                "evidence.key is not in it. Keep it elsewhere. 署名の鍵（evidence.key）は入っていません。別に保管します。",
            );
        }
        Ok(())
    }

    /// Copies into a folder, checks the copy there, and packs it.
    async fn make(&self, data: &Path, staged: &Path) -> Result<Vec<LogState>, Failure> {
        // Whoever starts a server on the copy is told that it is one: what was recorded after it is not in it.
        let now = Clock::system().now().to_rfc3339_opts(SecondsFormat::Secs, true);
        fs::write(staged.join(COPIED), format!("{now}\n")).map_err(|error| at(staged, &error))?;
        // The checkpoints first: each of them signs leaves that the database then already holds.
        let mut names = vec![NAME.to_owned()];
        names.extend(notes(data)?);
        names.extend(made(data).map_err(|error| at(data, &error))?);
        for name in &names {
            let to = staged.join(name);
            fs::create_dir_all(to.parent().unwrap_or(staged)).map_err(|error| at(&to, &error))?;
            fs::copy(data.join(name), &to).map_err(|error| at(&data.join(name), &error))?;
        }
        names.push(COPIED.to_owned());
        let copy = staged.join(DATABASE);
        db::copy(&data.join(DATABASE), &copy).await?;
        let states = check(staged, data).await?;
        let part = beside(&self.out, "part");
        let written = self.write(staged, &names, &part).and_then(|()| fs::rename(&part, &self.out));
        written.map_err(|error| at(&self.out, &error))?;
        Ok(states)
    }

    fn write(&self, staged: &Path, names: &[String], part: &Path) -> io::Result<()> {
        let out = File::options().write(true).create(true).truncate(true).mode(0o600).open(part)?;
        let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 20, out));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(2))
            .large_file(true)
            .unix_permissions(0o600);
        let mut add = |name: &str, path: &Path| {
            zip.start_file(name, options)?;
            io::copy(&mut BufReader::with_capacity(1 << 20, File::open(path)?), &mut zip).map(drop)
        };
        add(DATABASE, &staged.join(DATABASE))?;
        for name in names {
            add(name, &staged.join(name))?;
        }
        for key in KEYS.into_iter().filter(|_| self.with_keys) {
            add(key, &self.records.data.join(key))?;
        }
        zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

/// The copies of the checkpoints of a data folder and of their time stamps, by their names in it.
fn notes(data: &Path) -> Result<Vec<String>, Failure> {
    let mut notes = Vec::new();
    let mut folders = vec![data.join("checkpoints")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| at(&folder, &error))? {
            let path = entry.map_err(|error| at(&folder, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "note" || ending == "tsr") {
                notes.push(path.strip_prefix(data).unwrap_or(&path).to_string_lossy().replace('\\', "/"));
            }
        }
    }
    notes.sort_unstable();
    Ok(notes)
}

/// The files that were made and can be taken, by their names in the data folder. What is still being made is made again.
fn made(data: &Path) -> io::Result<Vec<String>> {
    let folder = match fs::read_dir(data.join(exports::FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut files = Vec::new();
    for entry in folder {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".file") {
            files.push(format!("{}/{name}", exports::FOLDER));
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Reads the copy again: its pages, its log, and its records beside their leaves.
async fn check(staged: &Path, data: &Path) -> Result<Vec<LogState>, Failure> {
    let copy = staged.join(DATABASE);
    let faults = db::faults(&copy).await?;
    if let Some(fault) = faults.first() {
        return Err(Failure::new(format!("the copy is damaged ({} faults): {fault}", faults.len())));
    }
    let copied = db::connect(&Location::File(copy)).await?;
    let keys = keys(data, &copied).await?;
    let copies = Copies::open(staged)?;
    let records = check::Records { db: &copied, keys: &keys, copies: &copies, calendar: Calendar::default() };
    let checked = records.check().await;
    copied.close().await;
    Ok(checked?)
}

/// What differs in a log, in both languages.
fn told(log: &LogState) -> Vec<String> {
    let sentence = |difference: &Difference| {
        format!("- {}: {}\n  {}", log.log, difference.english(), difference.japanese())
    };
    log.differences.iter().map(sentence).collect()
}

/// The keys that sign the logs. Where the service's own key cannot be read, the one that the newest log names.
async fn keys(data: &Path, copied: &Db) -> Result<KeyBook, Failure> {
    let mut conn = copied.read().await?;
    let told = begun(&mut conn).await?.ok_or_else(|| Failure::new("there is no log yet"))?;
    let seed = fs::read(data.join(KEY)).ok().and_then(|seed| <[u8; 32]>::try_from(seed).ok());
    let name = fs::read_to_string(data.join(NAME)).map_err(|error| at(&data.join(NAME), &error))?;
    let present = match seed {
        Some(seed) => SigningKey::from_seed(name.trim(), &seed)?.verifying_key().clone(),
        None => VerifyingKey::parse(&told.vkey)?,
    };
    Ok(KeyBook::follow(present, &told.logs))
}

fn at(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

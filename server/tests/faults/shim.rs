//! A disk that fails on demand and a clock that is wrong (`shim.c`), compiled by the test, and the power that is taken away.

use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the disk is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Disk {
    Good,
    /// A sync fails with EIO.
    FailsToSync,
    Full,
    ReadOnly,
    /// A sync says yes and does nothing.
    Lies,
    /// A sync takes a while, as on a disk that turns.
    Slow,
}

/// Written beside it and moved, so that nobody reads an empty file.
fn say(file: &Path, word: &str) {
    let new = file.with_extension("new");
    fs::write(&new, word).expect("said");
    fs::rename(new, file).expect("said");
}

/// A disk in front of the records of one hospital.
#[derive(Debug)]
pub(crate) struct Shim {
    environment: Vec<(&'static str, String)>,
    control: PathBuf,
    undo: PathBuf,
    clock: PathBuf,
}

impl Shim {
    /// In front of the records in this folder.
    pub(crate) fn in_front_of(records: &Path) -> Self {
        let folder = records.join("shim");
        let (control, undo, clock) = (folder.join("control"), folder.join("undo"), folder.join("clock"));
        fs::create_dir_all(&undo).expect("a folder");
        let library = folder.join("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .arg(&library)
            .arg(source)
            .args(["-ldl", "-lpthread"])
            .status();
        assert!(compiled.expect("cc").success(), "the shim is compiled");
        let path = |path: &Path| path.to_str().expect("text").to_owned();
        let environment = vec![
            ("LD_PRELOAD", path(&library)),
            ("SHIM_FILE", path(&records.join("kokoroe.db"))),
            ("SHIM_CONTROL", path(&control)),
            ("SHIM_UNDO", path(&undo)),
            ("SHIM_CLOCK", path(&clock)),
        ];
        let shim = Self { environment, control, undo, clock };
        shim.becomes(Disk::Good);
        shim.clock_is_wrong_by(0);
        shim
    }

    /// From now on the disk is like this.
    pub(crate) fn becomes(&self, disk: Disk) {
        let letter = match disk {
            Disk::Good => "-",
            Disk::FailsToSync => "e",
            Disk::Full => "f",
            Disk::ReadOnly => "r",
            Disk::Lies => "l",
            Disk::Slow => "s",
        };
        say(&self.control, letter);
    }

    /// From now on the machine's clock is wrong by so many seconds.
    pub(crate) fn clock_is_wrong_by(&self, seconds: i64) {
        say(&self.clock, &seconds.to_string());
    }

    /// What a process needs in its environment to have this disk.
    pub(crate) fn environment(&self) -> Vec<(&str, &str)> {
        self.environment.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// The power is gone, after the process: of the writes that were not synced, only the first `keep` have reached each file. Gives how
    /// many are lost.
    pub(crate) fn power_cut(&self, folder: &Path, keep: usize) -> usize {
        let mut lost = 0;
        for entry in fs::read_dir(&self.undo).expect("a folder") {
            let entry = entry.expect("an entry");
            let records = fs::read(entry.path()).expect("what was overwritten");
            let mut writes = Vec::new();
            let mut rest = records.as_slice();
            while let Some((head, after)) = rest.split_at_checked(24) {
                let number = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().expect("eight"));
                let (bytes, next) = after.split_at(usize::try_from(number(16)).expect("a length"));
                writes.push((number(0), number(8), bytes));
                rest = next;
            }
            let file = folder.join(entry.file_name());
            // A file that is gone was put away on purpose.
            let Ok(file) = fs::File::options().write(true).open(file) else { continue };
            for (at, size, bytes) in writes.iter().skip(keep).rev() {
                file.write_all_at(bytes, *at).expect("as before");
                file.set_len(*size).expect("as long as before");
                lost += 1;
            }
            fs::write(entry.path(), "").expect("forgotten");
        }
        // Memory does not survive.
        fs::remove_file(folder.join("kokoroe.db-shm")).ok();
        lost
    }
}

//! Checks a catalogue in a folder: `cargo run -p kokoroe-courses --example check -- [--stamp] DIR [PREFIX]`.
//!
//! PREFIX keeps only faults of files below it, such as `modules/m1-photo`. `--stamp` marks the translations of
//! those files as current; do so after comparing them with the Japanese.
#![expect(clippy::print_stdout, reason = "a command line tool speaks on the standard output")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use kokoroe_courses::{Severity, Sources, check, stamp};

fn main() -> io::Result<ExitCode> {
    let (flags, words): (Vec<String>, Vec<String>) =
        env::args().skip(1).partition(|word| word.starts_with("--"));
    let Some(root) = words.first().map(PathBuf::from) else {
        println!("usage: check [--stamp] DIR [PREFIX]");
        return Ok(ExitCode::FAILURE);
    };
    let prefix = words.get(1).map_or("", String::as_str);
    if flags.iter().any(|flag| flag == "--stamp") {
        for (path, text) in stamp(&read(&root)?) {
            if path.starts_with(prefix) {
                fs::write(root.join(&path), text)?;
                println!("stamped {path}");
            }
        }
    }
    let report = check(&read(&root)?);
    let faults: Vec<_> = report.faults.iter().filter(|fault| fault.file.starts_with(prefix)).collect();
    for fault in &faults {
        println!("{fault}");
    }
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    println!("{errors} errors, {} warnings", faults.len() - errors);
    println!("{:?}", report.counts);
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(root: &Path) -> io::Result<Sources> {
    let mut sources = Sources::default();
    collect(root, root, &mut sources)?;
    Ok(sources)
}

fn collect(root: &Path, folder: &Path, sources: &mut Sources) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, sources)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "md" || e == "svg") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            sources.extend([(name, fs::read_to_string(&path)?)]);
        }
    }
    Ok(())
}

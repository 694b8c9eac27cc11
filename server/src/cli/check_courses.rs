//! `kokoroe check-courses`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use kokoroe_courses::{Severity, Sources, check, stamp};

use super::{Failure, Outcome, say};

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct CheckCourses {
    /// Check the catalogue in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Mark the translations in the folder as current, after comparing them with the Japanese
    #[arg(long, requires = "dir")]
    stamp: bool,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

impl CheckCourses {
    pub(super) fn run(self) -> Outcome {
        let mut sources = match &self.dir {
            Some(folder) => read(folder)?,
            None => Sources::embedded(),
        };
        if let Some(folder) = self.dir.as_deref().filter(|_| self.stamp) {
            let stamped = stamp(&sources);
            for (path, text) in &stamped {
                let path = folder.join(path);
                fs::write(&path, text).map_err(|error| at(&path, &error))?;
                if !self.json {
                    say::line(&format!("stamped {}", path.display()));
                }
            }
            sources.extend(stamped);
        }
        let report = check(&sources);
        let errors = report.faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        let warnings = report.faults.len() - errors;
        if self.json {
            say::line(&serde_json::to_string_pretty(&report)?);
        } else {
            for fault in &report.faults {
                say::line(&fault.to_string());
            }
            let counts = report.counts;
            say::line(&format!(
                "{} modules, {} reading pages, {} scenarios with {} questions, {} single questions, \
                 {} families of the test in {} wordings, {} clauses, {} incidents; {} of {} texts in English",
                counts.modules,
                counts.readings,
                counts.scenarios,
                counts.nodes,
                counts.items,
                counts.families,
                counts.variants,
                counts.clauses,
                counts.incidents,
                counts.translated,
                counts.texts,
            ));
        }
        if report.is_ok() {
            if !self.json {
                say::line(&format!("OK, {warnings} warnings"));
            }
            Ok(())
        } else {
            Err(Failure::new(format!("{errors} errors, {warnings} warnings")))
        }
    }
}

/// The content files of a folder.
fn read(root: &Path) -> Result<Sources, Failure> {
    let mut sources = Sources::default();
    collect(root, root, &mut sources)?;
    if sources.iter().next().is_none() {
        return Err(Failure::new(format!("{}: there is no catalogue here", root.display())));
    }
    Ok(sources)
}

fn collect(root: &Path, folder: &Path, sources: &mut Sources) -> Outcome {
    for entry in fs::read_dir(folder).map_err(|error| at(folder, &error))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, sources)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "md" || ending == "svg")
        {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
            sources.extend([(name, text)]);
        }
    }
    Ok(())
}

fn at(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

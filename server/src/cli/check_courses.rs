//! `kokoroe check-courses`

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kokoroe_courses::{Catalogue, Lang, Report, Severity, Sources, Step, check, graph, stamp};

use super::{Failure, Outcome, say};
use crate::authoring::folder;

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct CheckCourses {
    /// Check the catalogue in this folder instead of the built-in one
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Mark the translations in the folder as current, after comparing them with the Japanese
    #[arg(long, requires = "dir")]
    stamp: bool,
    /// Print one JSON document: faults, and counts by module, kind, clause and language
    #[arg(long)]
    json: bool,
    /// Draw every story into this folder: MODULE.STORY.LANG.svg, A4 landscape. The drawings hold the answers
    #[arg(long, value_name = "DIR")]
    graph: Option<PathBuf>,
    /// The language of the drawings
    #[arg(long, value_name = "LANG", default_value = "ja", requires = "graph")]
    lang: DrawnIn,
}

/// A language of drawings.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum DrawnIn {
    /// 日本語
    Ja,
    /// English
    En,
    /// やさしい日本語
    Easy,
}

impl DrawnIn {
    const fn lang(self) -> (Lang, &'static str) {
        match self {
            Self::Ja => (Lang::Ja, "ja"),
            Self::En => (Lang::En, "en"),
            Self::Easy => (Lang::Easy, "easy"),
        }
    }
}

impl CheckCourses {
    pub(super) fn run(self) -> Outcome {
        let mut sources = match &self.dir {
            Some(folder) => folder::read(folder)?,
            None => Sources::embedded(),
        };
        if let Some(folder) = self.dir.as_deref().filter(|_| self.stamp) {
            let stamped = stamp(&sources);
            for (path, text) in &stamped {
                let path = folder.join(path);
                fs::write(&path, text).map_err(|error| at(&path, &error))?;
                self.tell(&format!("stamped {}", path.display()));
            }
            sources.extend(stamped);
        }
        if let Some(folder) = &self.graph {
            self.draw(&sources, folder)?;
        }
        let report = check(&sources);
        if self.json {
            say::line(&serde_json::to_string_pretty(&report)?);
        } else {
            for fault in &report.faults {
                say::line(&fault.to_string());
            }
            summary(&report);
        }
        let errors = report.faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        let warnings = report.faults.len() - errors;
        if report.is_ok() {
            self.tell(&format!("OK, {warnings} warnings"));
            Ok(())
        } else {
            Err(Failure::new(format!("{errors} errors, {warnings} warnings")))
        }
    }

    /// A line for people; beside a document nothing else is printed.
    fn tell(&self, line: &str) {
        if !self.json {
            say::line(line);
        }
    }

    /// Draws every story that can be read, whatever else is wrong.
    fn draw(&self, sources: &Sources, folder: &Path) -> Outcome {
        let Ok(catalogue) = Catalogue::unfinished(sources) else {
            return Err(Failure::new("nothing is drawn: the policy cannot be read"));
        };
        fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
        let (lang, code) = self.lang.lang();
        for module in &catalogue.modules {
            for step in module.steps() {
                let Step::Scenario(scenario) = step else { continue };
                let Some(svg) = graph(module, &scenario.id, lang) else { continue };
                let path = folder.join(format!("{}.{}.{code}.svg", module.id, scenario.id));
                fs::write(&path, svg).map_err(|error| at(&path, &error))?;
                self.tell(&format!("drawn {}", path.display()));
            }
        }
        Ok(())
    }
}

/// How much there is, and what asks about each clause.
fn summary(report: &Report) {
    let (counts, survey) = (report.counts, &report.survey);
    say::line(&format!("{:<7}{:>6}{:>10}{:>9}", "clause", "items", "questions", "families"));
    for clause in &survey.clauses {
        say::line(&format!(
            "{:<7}{:>6}{:>10}{:>9}  {}",
            clause.id, clause.items, clause.questions, clause.families, clause.title
        ));
    }
    let (lessons, pool) = (survey.harmless, survey.test.harmless);
    say::line(&format!(
        "best left as they are: {} of {} cases in the lessons, {} of {} families of the test",
        lessons.harmless, lessons.of, pool.harmless, pool.of
    ));
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

fn at(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

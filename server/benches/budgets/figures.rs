//! What was measured.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

/// Every figure, in the order in which it was measured.
#[derive(Default)]
pub(crate) struct Figures(Vec<Value>);

impl Figures {
    /// A figure that should be at most its budget.
    pub(crate) fn at_most(&mut self, name: &str, value: f64, unit: &str, budget: f64) {
        self.add(name, value, unit, Some((budget, value <= budget, "at most")));
    }

    /// A figure that should be at least its budget.
    pub(crate) fn at_least(&mut self, name: &str, value: f64, unit: &str, budget: f64) {
        self.add(name, value, unit, Some((budget, value >= budget, "at least")));
    }

    /// A figure without a budget of its own.
    pub(crate) fn plain(&mut self, name: &str, value: f64, unit: &str) {
        self.add(name, value, unit, None);
    }

    fn add(&mut self, name: &str, value: f64, unit: &str, budget: Option<(f64, bool, &str)>) {
        let verdict = match budget {
            Some((budget, met, bound)) => {
                format!("{} {bound} {budget} {unit}", if met { "met    " } else { "NOT MET" })
            }
            None => String::new(),
        };
        println!("{name:<92} {value:>10.2} {unit:<8} {verdict}");
        self.0.push(json!({
            "name": name, "value": value, "unit": unit,
            "budget": budget.map(|(budget, _, _)| budget), "met": budget.map(|(_, met, _)| met),
        }));
    }

    /// Says more about the last figure.
    pub(crate) fn note(&mut self, words: &str) {
        println!("{:<92} {words}", "");
        if let Some(last) = self.0.last_mut() {
            last["note"] = json!(words);
        }
    }

    /// How much larger each figure of one name is with ten times the people, where both were measured.
    pub(crate) fn growth(&mut self, name: &str, small: &str, large: &str) {
        let pairs: Vec<(String, f64)> = self
            .0
            .iter()
            .filter_map(|one| {
                let (what, value) = (one["name"].as_str()?, one["value"].as_f64()?);
                let common = what.strip_prefix(&format!("{name}, {small}: "))?;
                let other =
                    self.0.iter().find(|other| other["name"] == format!("{name}, {large}: {common}"))?;
                Some((common.to_owned(), other["value"].as_f64()? / value.max(0.001)))
            })
            .collect();
        for (common, factor) in pairs {
            self.plain(&format!("{name}, growth from {small} to {large}: {common}"), factor, "×");
        }
    }

    /// Writes them down.
    pub(crate) fn write(&self, path: &Path) {
        let text = serde_json::to_string_pretty(&self.0).expect("figures");
        std::fs::write(path, text).expect("a place for the figures");
        println!("{}", path.display());
    }
}

/// The value below which so many of a hundred lie.
pub(crate) fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    assert!(!times.is_empty(), "nothing was measured");
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len() - 1);
    times[at].as_secs_f64() * 1000.0
}

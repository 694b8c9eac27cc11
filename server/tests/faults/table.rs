//! What was seen of each fault, for the table that is made from a run.

use std::io::Write as _;
use std::time::Duration;

use kokoroe_server::db::Engine;

/// What was seen of a fault.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its number in the list of faults.
    pub(crate) number: u8,
    pub(crate) engine: Option<Engine>,
    /// What was done.
    pub(crate) fault: String,
    /// What people saw of it.
    pub(crate) saw: String,
    /// What stood in the records afterwards.
    pub(crate) kept: String,
    /// How long it took from the end of the fault until the server was ready again.
    pub(crate) back: Option<Duration>,
}

impl Row {
    /// Prints it, and adds it to the file that `KOKOROE_FAULT_TABLE` names.
    pub(crate) fn tell(self) {
        let engine = match self.engine {
            Some(Engine::Sqlite) => "SQLite",
            Some(Engine::Postgres) => "PostgreSQL",
            None => "both",
        };
        let back = self.back.map_or_else(|| "–".to_owned(), |back| format!("{:.2} s", back.as_secs_f64()));
        let cells = [self.fault, engine.to_owned(), self.saw, self.kept, back];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace(['\t', '\n', '|'], " ")).collect();
        let line = format!("{}\t{}\n", self.number, cells.join("\t"));
        print!("{line}");
        if let Ok(path) = std::env::var("KOKOROE_FAULT_TABLE") {
            // Tests run beside each other: each line is written at a stroke, at the end.
            let mut file = std::fs::File::options().create(true).append(true).open(path).expect("a table");
            file.write_all(line.as_bytes()).expect("a line");
        }
    }
}

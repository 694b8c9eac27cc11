//! The program `kokoroe`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kokoroe_server::cli::run()
}

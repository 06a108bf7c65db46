//! The `shanben` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    shanben::cli::main()
}

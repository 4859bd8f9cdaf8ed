//! What the tests of the command share: running it with some input.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// The command with its arguments and what is typed or piped into it.
pub fn gravida(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gravida"))
        .args(arguments)
        // The tests read English unless they ask for something else.
        .env_remove("GRAVIDA_LANGUAGE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that refuses its input early closes the pipe; that is not a failure of the test.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the command ends")
}

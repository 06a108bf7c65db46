//! The program in a folder of its own, for tests that run it, each of which uses a part of what is here.
#![allow(dead_code)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder to work in.
pub struct Place {
    dir: TempDir,
}

impl Place {
    /// A folder with these files.
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        let place = Place { dir: tempfile::tempdir().expect("a temporary folder") };
        files.iter().for_each(|(path, bytes)| place.write(path, bytes));
        place
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("UTF-8")
    }

    /// The program in this folder, with a clean environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shanben"));
        command.args(args).current_dir(self.dir.path()).env_clear().env("LANG", "C.UTF-8").stdin(Stdio::null());
        command
    }

    /// Runs the program: its status, standard output and standard error.
    pub fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let Output { status, stdout, stderr } = self.command(args).output().expect("the program");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (status.code(), text(stdout), text(stderr))
    }

    /// Runs the program, which must do all that is asked for; its standard output.
    pub fn done(&self, args: &[&str]) -> String {
        let (status, stdout, stderr) = self.run(args);
        assert_eq!(status, Some(0), "{args:?}: {stderr}");
        stdout
    }
}

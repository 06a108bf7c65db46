//! How the program was started: by a command, or by a click; and where it works then.

use super::args;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The folder in the home of the user in which who clicks on the program works, unless there are texts where it was started.
const FOLDER: &str = "Shanben";

/// What started the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Started {
    /// A command, typed or in a script.
    ByCommand,
    /// A click on it, or files that were dropped on it.
    ByClick,
}

impl Started {
    /// What it was, as far as the system tells.
    #[cfg(windows)]
    pub fn now() -> Self {
        // Each program that is started by a click has a terminal of its own there.
        if parent().is_some_and(|name| name.eq_ignore_ascii_case("explorer.exe")) {
            Started::ByClick
        } else {
            Started::ByCommand
        }
    }

    /// What it was, as far as the system tells.
    #[cfg(not(windows))]
    pub fn now() -> Self {
        let terminal =
            std::io::stdin().is_terminal() || std::io::stdout().is_terminal() || std::io::stderr().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if !terminal && (set("WAYLAND_DISPLAY") || set("DISPLAY")) { Started::ByClick } else { Started::ByCommand }
    }

    /// What was typed, with its command: files that are dropped on the program are converted, and who clicks on it gets the desk.
    pub fn with_command(self, mut typed: Vec<OsString>) -> Vec<OsString> {
        let is_input = |first: &OsString| !args::COMMANDS.iter().any(|name| first == name) && Path::new(first).exists();
        match typed.get(1) {
            Some(first) if is_input(first) => typed.insert(1, "convert".into()),
            None if self == Started::ByClick => typed.push("desk".into()),
            Some(_) | None => {}
        }
        typed
    }

    /// Goes where somebody who has clicked may write, and finds what was made: no command has said where.
    pub fn settle(self, typed: &[OsString]) {
        if self == Started::ByClick
            && let Some(folder) = folder(typed, Path::new(super::resolve::DEFAULT_INPUT).is_dir(), std::env::home_dir())
        {
            // Where that cannot be, what comes says so.
            let _ = std::fs::create_dir_all(&folder).and_then(|()| std::env::set_current_dir(&folder));
        }
    }

    /// Lets who has clicked read what was told: a terminal of its own goes when the program does.
    pub fn linger(self, voice: super::Voice) {
        if cfg!(windows) && self == Started::ByClick && std::io::stdin().is_terminal() {
            voice.say(voice.pick("Enter closes this window", "按回车键关闭此窗口"));
            let _ = std::io::stdin().read_line(&mut String::new());
        }
    }
}

/// Where a program works that was started by a click: beside the files that were dropped on it, or in a folder of its own unless there are `texts` here.
fn folder(typed: &[OsString], texts: bool, home: Option<PathBuf>) -> Option<PathBuf> {
    match typed.get(1)?.to_str()? {
        "desk" if typed.len() == 2 && !texts => Some(home?.join(FOLDER)),
        // Elsewhere files are not dropped on programs, but named by others that know where they are.
        "convert" if cfg!(windows) => {
            Some(Path::new(typed.get(2)?)).filter(|first| first.is_absolute())?.parent().map(Path::to_owned)
        }
        _ => None,
    }
}

/// The name of the program that has started this one.
#[cfg(windows)]
fn parent() -> Option<String> {
    use winsafe::{HPROCESSLIST, co};
    let mut list = HPROCESSLIST::CreateToolhelp32Snapshot(co::TH32CS::SNAPPROCESS, None).ok()?;
    let processes: Vec<(u32, u32, String)> = list
        .iter_processes()
        .filter_map(|process| process.ok().map(|it| (it.th32ProcessID, it.th32ParentProcessID, it.szExeFile())))
        .collect();
    let (_, parent, _) = processes.iter().find(|(id, ..)| *id == std::process::id())?;
    processes.iter().find(|(id, ..)| id == parent).map(|(.., name)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(args: &[&str]) -> Vec<OsString> {
        ["shanben"].iter().chain(args).map(OsString::from).collect()
    }

    #[test]
    fn a_click_opens_the_desk_and_files_are_converted_whoever_names_them() {
        let with = |started: Started, args: &[&str]| started.with_command(typed(args));
        assert_eq!(with(Started::ByClick, &[]), typed(&["desk"]));
        assert_eq!(with(Started::ByCommand, &[]), typed(&[]));
        for started in [Started::ByClick, Started::ByCommand] {
            assert_eq!(with(started, &["Cargo.toml", "-q"]), typed(&["convert", "Cargo.toml", "-q"]));
            assert_eq!(with(started, &["rules"]), typed(&["rules"]));
            assert_eq!(with(started, &["no such file"]), typed(&["no such file"]));
        }
    }

    #[test]
    fn who_clicks_works_where_texts_are_or_at_home() {
        let home = || Some(PathBuf::from("/home/a"));
        assert_eq!(folder(&typed(&["desk"]), false, home()), Some(PathBuf::from("/home/a/Shanben")));
        assert_eq!(folder(&typed(&["desk"]), true, home()), None);
        assert_eq!(folder(&typed(&["desk", "in"]), false, home()), None);
        assert_eq!(folder(&typed(&["desk"]), false, None), None);
        assert_eq!(folder(&typed(&[]), false, home()), None);
        #[cfg(windows)]
        assert_eq!(folder(&typed(&["convert", r"C:\a\b.txt"]), false, home()), Some(PathBuf::from(r"C:\a")));
    }
}

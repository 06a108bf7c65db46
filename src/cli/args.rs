//! The command line as typed. Help texts here are English; `help` has the Chinese ones, and the examples of both.

use clap::builder::{BoolishValueParser, PossibleValuesParser};
use clap::{ArgAction, Args, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// Turns old Chinese text files into editions worth keeping: PDF, DOCX and Markdown
#[derive(Debug, Clone, Parser)]
#[command(
    name = "shanben",
    version,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of all commands.
    #[command(flatten)]
    pub common: Common,
}

/// Options of all commands.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Language of messages: en, zh (default: by locale)
    #[arg(long, global = true, value_name = "LANG", env = "SHANBEN_LANG", hide_env = true, hide_possible_values = true, value_parser = PossibleValuesParser::new(["en", "zh"]))]
    pub lang: Option<String>,
    /// Say nothing but errors
    #[arg(short, long, global = true, env = "SHANBEN_QUIET", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub quiet: bool,
    /// Say more: every warning, every file
    #[arg(short, long, global = true, env = "SHANBEN_VERBOSE", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Convert files and folders to PDF, DOCX, Markdown or text
    Convert(ConvertArgs),
    /// Show how files are read: encoding, damage, outline, edits; writes nothing
    Inspect(InspectArgs),
    /// Re-read outputs and prove that they agree with each other and with their source
    Verify(VerifyArgs),
    /// List the rules that restore texts, with examples
    Rules,
    /// List the styles of pages, or print one as a model for your own
    Styles(StylesArgs),
    /// List the fonts, or the characters of files that no font has
    Fonts(FontsArgs),
    /// Write a commented shanben.toml
    Init(InitArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
    /// Show this help, or that of a command
    Help(HelpArgs),
}

/// How inputs are named.
#[derive(Debug, Clone, Default, Args)]
pub struct InputArgs {
    /// Files, folders, globs, or archives (.zip, .tar, .tar.gz); '-' is standard input (default: input)
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Take the names of inputs from FILE, one a line ('-': from standard input)
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
}

/// How inputs are read.
#[derive(Debug, Clone, Default, Args)]
pub struct ReadingArgs {
    /// Encoding of the inputs, instead of detecting it
    #[arg(short, long, value_name = "LABEL", env = "SHANBEN_ENCODING", hide_env = true)]
    pub encoding: Option<String>,
    /// Write bytes that are no character in the encoding as \xNN, not as U+FFFD
    #[arg(long, env = "SHANBEN_ESCAPE_BYTES", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub escape_bytes: bool,
    /// Rules over the default set: +rule,-rule,switch=value; 'none' for no normalization
    #[arg(short, long, value_name = "LIST", env = "SHANBEN_RULES", hide_env = true, allow_hyphen_values = true)]
    pub rules: Option<String>,
    /// Configuration (default: shanben.toml, looked for from the input upward)
    #[arg(short, long, value_name = "FILE", env = "SHANBEN_CONFIG", hide_env = true)]
    pub config: Option<PathBuf>,
    /// Refuse inputs larger than this (default: 256MB)
    #[arg(long, value_name = "SIZE", env = "SHANBEN_MAX_SIZE", hide_env = true)]
    pub max_size: Option<String>,
}

/// Which fonts are used.
#[derive(Debug, Clone, Default, Args)]
pub struct FontArgs {
    /// Folder with the font files, instead of those in the program
    #[arg(long, value_name = "DIR", env = "SHANBEN_FONT_DIR", hide_env = true)]
    pub font_dir: Option<PathBuf>,
    /// Font for characters that no other font has; may be given again
    #[arg(long, value_name = "FILE", env = "SHANBEN_FALLBACK_FONT", hide_env = true)]
    pub fallback_font: Vec<PathBuf>,
}

/// `shanben convert`.
#[derive(Debug, Clone, Default, Args)]
pub struct ConvertArgs {
    /// Inputs.
    #[command(flatten)]
    pub input: InputArgs,
    /// Folder for the outputs, which mirrors the inputs' tree (default: output); '-' is standard output
    #[arg(short, long, value_name = "DIR", env = "SHANBEN_OUTPUT", hide_env = true)]
    pub output: Option<PathBuf>,
    /// Formats to write: pdf, docx, md, txt (default: pdf,docx,md)
    #[arg(short, long, value_name = "FORMATS", value_delimiter = ',', env = "SHANBEN_TO", hide_env = true)]
    pub to: Vec<String>,
    /// Style of the pages: a name, or a style file (default: book)
    #[arg(short, long, value_name = "NAME", env = "SHANBEN_STYLE", hide_env = true)]
    pub style: Option<String>,
    /// Reading.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Number of files converted at the same time (default: number of processors)
    #[arg(short, long, value_name = "N", env = "SHANBEN_JOBS", hide_env = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Write a report: JSON Lines, one object an input ('-': to standard output); a page for people when FILE ends in .html
    #[arg(long, value_name = "FILE", env = "SHANBEN_REPORT", hide_env = true)]
    pub report: Option<PathBuf>,
    /// Rewrite outputs that are up to date, edited by hand, or not ours
    #[arg(long, env = "SHANBEN_FORCE", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub force: bool,
    /// Take away outputs whose source is gone; those edited by hand stay
    #[arg(long, env = "SHANBEN_PRUNE", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub prune: bool,
    /// Fail a file that has a warning
    #[arg(long, env = "SHANBEN_STRICT", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub strict: bool,
    /// Say what would be written, and write nothing
    #[arg(long, env = "SHANBEN_DRY_RUN", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub dry_run: bool,
    /// Go on, and convert what arrives or changes, until interrupted
    #[arg(long, env = "SHANBEN_WATCH", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub watch: bool,
    /// Mirrored margins and gutter, parts begin on a right-hand page, duplex hint in the PDF
    #[arg(long, env = "SHANBEN_PRINT_READY", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub print_ready: bool,
    /// A booklet: half-size pages in pairs on A4 sheets, to be printed on both sides, folded and stitched
    #[arg(long, env = "SHANBEN_BOOKLET", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub booklet: bool,
    /// End the PDF with a collation: every change to the text, by page and line
    #[arg(long, env = "SHANBEN_COLLATION", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub collation: bool,
    /// End the PDF with a colophon: source, digest, encoding, changes by rule, settings
    #[arg(long, env = "SHANBEN_COLOPHON", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub colophon: bool,
    /// Do not attach the source file to the PDF
    #[arg(long, env = "SHANBEN_NO_ATTACH", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub no_attach: bool,
    /// Show every change to the text as a tracked change in the DOCX, to be accepted or rejected
    #[arg(long, env = "SHANBEN_TRACK_CHANGES", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub track_changes: bool,
    /// Carry the fonts in the DOCX, as far as it uses them, so that it looks the same everywhere
    #[arg(long, env = "SHANBEN_EMBED_FONTS", hide_env = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    pub embed_fonts: bool,
    /// Where lines of Markdown end: none, sentence, or a number of columns (default: none)
    #[arg(long, value_name = "WRAP", env = "SHANBEN_WRAP", hide_env = true)]
    pub wrap: Option<String>,
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// `shanben inspect`.
#[derive(Debug, Clone, Default, Args)]
pub struct InspectArgs {
    /// Inputs.
    #[command(flatten)]
    pub input: InputArgs,
    /// Show each edit in its line
    #[arg(long)]
    pub diff: bool,
    /// Print JSON Lines, one object an input
    #[arg(long, conflicts_with = "diff")]
    pub json: bool,
    /// Reading.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// `shanben verify`.
#[derive(Debug, Clone, Default, Args)]
pub struct VerifyArgs {
    /// Output folders, or files in them (default: output)
    #[arg(value_name = "OUTPUT")]
    pub outputs: Vec<PathBuf>,
    /// Reading, as when they were written.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// `shanben styles`.
#[derive(Debug, Clone, Default, Args)]
pub struct StylesArgs {
    /// Print the file of this style
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// `shanben fonts`.
#[derive(Debug, Clone, Default, Args)]
pub struct FontsArgs {
    /// Name the characters of FILE that no font has
    #[arg(long, value_name = "FILE")]
    pub covers: Vec<PathBuf>,
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// `shanben init`.
#[derive(Debug, Clone, Default, Args)]
pub struct InitArgs {
    /// Folder to write it to (default: here)
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// `shanben completions`.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// bash, zsh, fish, powershell or elvish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}

/// `shanben man`.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// The page of this command instead of the whole program's
    #[arg(value_name = "COMMAND", hide_possible_values = true, value_parser = PossibleValuesParser::new(COMMANDS))]
    pub command: Option<String>,
}

/// `shanben help`.
#[derive(Debug, Clone, Args)]
pub struct HelpArgs {
    /// The command that is asked about
    #[arg(value_name = "COMMAND", hide_possible_values = true, value_parser = PossibleValuesParser::new(COMMANDS))]
    pub about: Option<String>,
}

/// The names of the commands.
pub const COMMANDS: [&str; 10] =
    ["convert", "inspect", "verify", "rules", "styles", "fonts", "init", "completions", "man", "help"];

//! The commands as typed, with what they have besides the options of `keys`. Help texts here are English; `help` has the Chinese ones, and
//! the examples of both.

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// Turns old Chinese text files, web pages and Word files into editions worth keeping: PDF, DOCX, EPUB, HTML and Markdown
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
}

/// The commands.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Convert files and folders to PDF, DOCX, EPUB, HTML, Markdown or text
    Convert(ConvertArgs),
    /// Bind texts as one volume: cover, list of contents, running page numbers, closing record; or as one book
    Bind(BindArgs),
    /// Show how files are read: encoding, damage, outline, edits; writes nothing
    Inspect(InspectArgs),
    /// Re-read outputs and prove that they agree with each other and with their source
    Verify(VerifyArgs),
    /// Open a page in the browser: drop files, see, decide on edits, convert
    Desk(DeskArgs),
    /// Take what was corrected in editions (DOCX, Markdown), or accepted and rejected in Word, as decisions
    Accept(AcceptArgs),
    /// Join the outputs of all shares of a run (convert --shard) in one folder
    Merge(MergeArgs),
    /// Pack an output folder as a bag (BagIt): editions, sources, report, proof
    Pack(PackArgs),
    /// List the rules that restore texts, with examples, or show one
    Rules(RulesArgs),
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

/// `shanben convert`.
#[derive(Debug, Clone, Default, Args)]
pub struct ConvertArgs {
    /// Files, folders, globs, or archives (.zip, .tar, .tar.gz); '-' is standard input (default: input)
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
}

/// `shanben bind`.
#[derive(Debug, Clone, Default, Args)]
pub struct BindArgs {
    /// Files, folders, globs, or archives (.zip, .tar, .tar.gz) with the texts (default: input)
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// What they become: volume, or book, in every format, each file a chapter
    #[arg(long = "as", value_name = "FORM", default_value = "volume", hide_default_value = true, hide_possible_values = true,
        value_parser = PossibleValuesParser::new(["volume", "book"]))]
    pub form: String,
    /// Order of the texts: name, date, or list, that of the table (default: name)
    #[arg(long, value_name = "ORDER", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(["name", "date", "list"]))]
    pub order: Option<String>,
    /// Data of the volume (.toml) or a table with a row for each text (.csv); may be given again (default: volume.toml in the folder of the texts)
    #[arg(long, value_name = "FILE")]
    pub data: Vec<PathBuf>,
    /// As many volumes as it takes, of at most so many pages each; a text is never parted
    #[arg(long, value_name = "PAGES", value_parser = clap::value_parser!(u32).range(1..))]
    pub split: Option<u32>,
    /// Name of the files that are written, without extension (default: volume or book)
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// `shanben inspect`.
#[derive(Debug, Clone, Default, Args)]
pub struct InspectArgs {
    /// Files, folders, globs, or archives (.zip, .tar, .tar.gz); '-' is standard input (default: input)
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Show each edit in its line; of several files the first of each rule, and how many are left
    #[arg(long)]
    pub diff: bool,
    /// With --diff, most edits shown of each rule in a file; 0 is all (default: all of one file, 10 where there are several)
    #[arg(long, value_name = "N", requires = "diff")]
    pub most: Option<usize>,
    /// Show edits of line ends, blank lines and blank space at line ends, too
    #[arg(long)]
    pub layout: bool,
    /// Print JSON Lines, one object an input
    #[arg(long, conflicts_with = "diff")]
    pub json: bool,
}

/// `shanben verify`.
#[derive(Debug, Clone, Default, Args)]
pub struct VerifyArgs {
    /// Output folders, or files in them (default: output)
    #[arg(value_name = "OUTPUT")]
    pub outputs: Vec<PathBuf>,
}

/// `shanben desk`.
#[derive(Debug, Clone, Default, Args)]
pub struct DeskArgs {
    /// Folder, file or archive with the texts (default: input)
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Port on this machine (default: one that is free)
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Only print the address of the page
    #[arg(long)]
    pub no_browser: bool,
}

/// `shanben accept`.
#[derive(Debug, Clone, Default, Args)]
pub struct AcceptArgs {
    /// Corrected editions, .docx or .md, where shanben wrote them
    #[arg(value_name = "EDITION", required = true)]
    pub editions: Vec<PathBuf>,
}

/// `shanben merge`.
#[derive(Debug, Clone, Default, Args)]
pub struct MergeArgs {
    /// Folders of shares, or a folder that holds them
    #[arg(value_name = "DIR", required = true)]
    pub shares: Vec<PathBuf>,
    /// Folder for the outputs of all
    #[arg(short = 'o', long = "into", value_name = "DIR", required = true)]
    pub into: PathBuf,
    /// Join those that there are, though others are missing
    #[arg(long)]
    pub partial: bool,
}

/// `shanben pack`.
#[derive(Debug, Clone, Default, Args)]
pub struct PackArgs {
    /// Output folder to pack (default: output)
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Folder that becomes the bag
    #[arg(short = 'o', long = "bag", value_name = "BAG", required = true)]
    pub bag: PathBuf,
    /// Its number in the archive (External-Identifier)
    #[arg(long, value_name = "NUMBER")]
    pub id: Option<String>,
    /// Who hands it over (Source-Organization)
    #[arg(long, value_name = "NAME")]
    pub organization: Option<String>,
}

/// `shanben rules`.
#[derive(Debug, Clone, Default, Args)]
pub struct RulesArgs {
    /// Show this rule or switch alone
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
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
pub const COMMANDS: [&str; 15] = [
    "convert",
    "bind",
    "inspect",
    "verify",
    "desk",
    "accept",
    "merge",
    "pack",
    "rules",
    "styles",
    "fonts",
    "init",
    "completions",
    "man",
    "help",
];

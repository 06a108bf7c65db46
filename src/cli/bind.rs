//! `shanben bind`.

use super::args::BindArgs;
use super::configurations::told_fault;
use super::layers::Asking;
use super::merge::{refused, tell};
use super::progress::Progress;
use super::resolve::{self, DEFAULT_OUTPUT, Resolved};
use super::{Exit, Refused, Voice, keys, search};
use crate::batch::{Choose, Collected, CollectedText, Folder, Identity, Manifest};
use crate::discover::{Input, STDIN};
use crate::error::{Cause, Error, Kind, Stage};
use crate::fonts::Library;
use crate::lang::{Lang, counted};
use crate::options::{Chosen, Format, Settings};
use crate::report::{Places, Record};
use crate::volume::book::Book;
use crate::volume::{Binding, File, Item, Made, Order, Particulars, Rows, Shelf, Text, place};
use crate::{Deflate, convert};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The particulars of a volume in the folder of its texts.
const PARTICULARS: &str = "volume.toml";

/// What is bound, found and held.
struct Bind<'b> {
    args: &'b BindArgs,
    folder: Folder,
    manifest: Manifest,
    inputs: &'b [Input],
    /// What must not be written to.
    identities: HashSet<Identity>,
    settings: &'b dyn Choose,
    /// What holds for the volume as a whole.
    chosen: &'b Chosen,
    library: &'b Library,
    max_size: u64,
    particulars: Particulars,
    rows: Rows,
    /// The folder of the texts, and what it is called.
    home: &'b Path,
    stem: &'b str,
    /// Whether formats were named.
    formats: bool,
    /// Whether what was edited, or is not ours, is replaced.
    force: bool,
    voice: Voice,
}

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &BindArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let Resolved { mut configurations, inputs, max_size, voice } = resolve::run(asking, &args.inputs, voice)?;
    let asked = configurations.asked();
    let library = resolve::library(&asked, voice)?;
    let output = asked.path(&keys::OUTPUT).unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT));
    let (follow, formats) = (asked.switch(&keys::FOLLOW), asked.is_asked(&keys::TO));
    let force = asked.switch(&keys::FORCE);
    let stdin = |path: &PathBuf| path.as_os_str() == STDIN;
    if stdin(&output) || inputs.iter().any(stdin) {
        let why = voice.pick("a volume is bound of files, into a folder", "成卷须由文件装订，并写入文件夹");
        return Err(Refused(why.to_owned()));
    }
    let is_name = |name: &String| {
        !name.trim_matches('.').is_empty() && !name.contains(|c: char| c.is_control() || "/\\".contains(c))
    };
    if !args.name.as_ref().is_none_or(is_name) {
        let why = voice.pick("--name: this is no name of a file", "--name：这不能作文件名");
        return Err(Refused(why.to_owned()));
    }
    let home = inputs.first().map_or(Path::new("."), |first| match first.is_dir() {
        true => first,
        false => first.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")),
    });
    let (particulars, rows) = said(args, home, voice)?;
    resolve::need_fonts(&library, voice)?;
    let folder = Folder::hold(&output).map_err(|refusal| refused(&output, &refusal.cause(), voice))?;
    let manifest = match folder.manifest() {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
            return Err(refused(&output, &(&error).into(), voice));
        }
        manifest => manifest.unwrap_or_default(),
    };
    let found = search::find(&inputs, Some((&output, &manifest)), &[], follow);
    configurations.begin(&library.digest());
    configurations.assign(&found.inputs, voice);
    if !found.errors.is_empty() {
        return Ok(failed(&found.errors, voice));
    }
    let chosen = configurations.consider(&home.join(STDIN), None).cloned();
    let chosen = chosen.map_err(|fault| Refused(told_fault(&fault, voice)))?;
    let real = home.canonicalize().unwrap_or_else(|_| home.to_owned());
    let stem = real.file_name().unwrap_or_default().to_string_lossy();
    let mut bind = Bind {
        args,
        folder,
        manifest,
        inputs: &found.inputs,
        identities: found.inputs.iter().filter_map(|input| Identity::of(&input.path)).collect(),
        settings: &configurations,
        chosen: &chosen,
        library: &library,
        max_size,
        particulars,
        rows,
        home,
        stem: &crate::unicode::printable(&stem),
        formats,
        force,
        voice,
    };
    let made = if args.form == "book" { bind.book() } else { bind.volume() };
    let exit = match made {
        Ok(()) => Exit::Done,
        Err(errors) => failed(&errors, voice),
    };
    let Bind { folder, mut manifest, .. } = bind;
    folder.save(&mut manifest).map_err(|refusal| refused(&output, &refusal.cause(), voice))?;
    Ok(exit)
}

/// Tells of all that went wrong.
fn failed(errors: &[Error], voice: Voice) -> Exit {
    errors.iter().for_each(|error| tell(error, voice));
    voice.say(voice.pick("nothing is bound: a volume lacks none of its texts", "未装订：一卷不能缺少其中的文本"));
    Exit::Failed
}

/// What is said of the volume and its texts: by the files that are named, else by `volume.toml` in the folder of the texts.
fn said(args: &BindArgs, home: &Path, voice: Voice) -> Result<(Particulars, Rows), Refused> {
    let read = |path: &Path| fs::read(path).map_err(|error| refused(path, &(&error).into(), voice));
    let refuse = |error: Error| refused(&error.path, &error.cause, voice);
    let is_particulars =
        |path: &&PathBuf| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let own = home.join(PARTICULARS);
    let asked = args.data.iter().find(is_particulars).cloned();
    // What lies with the texts may come from anybody: the list that it names lies there too.
    let theirs = asked.is_none();
    let named = asked.or_else(|| own.is_file().then_some(own));
    let particulars = match &named {
        Some(path) => Particulars::read(path, &read(path)?).map_err(refuse)?,
        None => Particulars::default(),
    };
    let beside = |list: &String| named.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).join(list);
    let list = args.data.iter().find(|path| !is_particulars(path)).cloned();
    let listed = particulars.list.as_ref().map(beside);
    if let Some(path) = listed.as_ref().filter(|_| theirs && list.is_none()) {
        let real = |path: &Path| path.canonicalize().map_err(|error| refused(path, &(&error).into(), voice));
        if !real(path)?.starts_with(real(home)?) {
            return Err(refused(path, &Cause::ListOutside, voice));
        }
    }
    let rows = match list.or(listed) {
        Some(path) => Rows::read(&path, &read(&path)?).map_err(refuse)?,
        None => Rows::default(),
    };
    Ok((particulars, rows))
}

impl Bind<'_> {
    fn name<'n>(&'n self, default: &'n str) -> &'n str {
        self.args.name.as_deref().unwrap_or(default)
    }

    /// Binds a volume.
    fn volume(&mut self) -> Result<(), Vec<Error>> {
        let voice = self.voice;
        let order = self.args.order.as_deref().and_then(Order::named).or(self.particulars.order).unwrap_or_default();
        let Settings { print_ready, date, .. } = &self.chosen.settings;
        let binding = Binding {
            inputs: self.inputs,
            settings: self.settings,
            particulars: &self.particulars,
            rows: &self.rows,
            order,
            stem: self.stem,
            max_size: self.max_size,
            split: self.args.split.map(|pages| pages as usize),
            print_ready: *print_ready,
            date: date.as_deref(),
            library: self.library,
        };
        let progress = Progress::begin(voice, self.inputs.len());
        let root = self.folder.path("");
        let mut shelf = Shelf::new(&root);
        binding.make(&mut Deflate::default(), &mut shelf, &mut || progress.advance())?;
        drop(progress);
        let name = self.name("volume").to_owned();
        self.tell_gaps(shelf.volumes().flat_map(|made| &made.items).collect());
        let mut next = 1;
        for (number, made) in (1..).zip(shelf.take()) {
            let made =
                made.map_err(|error| vec![Error::new(Stage::Write, Kind::Unreadable, &*root, (&error).into())])?;
            let target = if self.args.split.is_some() { format!("{name}-{number}") } else { name.clone() };
            self.place_volume(&target, made)?;
            next = number + 1;
        }
        // An earlier binding may have made more of them.
        let left =
            (next..).map(|number| format!("{name}-{number}")).take_while(|target| self.manifest.get(target).is_some());
        for target in left.filter(|_| self.args.split.is_some()) {
            let shown = self.folder.shown(&format!("{target}.pdf"));
            self.warn(&match voice.lang {
                Lang::En => format!("{shown}: is left of an earlier binding; take it away by hand if it is not wanted"),
                Lang::Zh => format!("{shown}：是先前装订所留；如不需要，请自行移走"),
            });
        }
        Ok(())
    }

    /// Makes sure that the volume at `target` is no other one of texts in the same folder: one of which no text is among `texts`, where single ones were named.
    fn keep_another(&self, target: &str, texts: &[CollectedText]) -> Result<(), Vec<Error>> {
        let whole = self.force || self.args.inputs.iter().any(|input| input.is_dir());
        let Some(known) = self.manifest.get(target).filter(|_| !whole) else { return Ok(()) };
        let held = known.collected.map(|collected| collected.texts).unwrap_or_default();
        let path = self.folder.path(&format!("{target}.pdf"));
        let shared = {
            let new: HashSet<&str> = texts.iter().map(|text| &*text.sha256).collect();
            held.iter().any(|text| new.contains(&*text.sha256))
        };
        if held.is_empty() || shared || !path.exists() {
            return Ok(());
        }
        let cause = Cause::OtherVolume { title: known.record.input };
        Err(vec![Error::new(Stage::Write, Kind::InTheWay, path, cause)])
    }

    /// Places the files of a volume, and tells of them.
    fn place_volume(&mut self, target: &str, made: Made) -> Result<(), Vec<Error>> {
        let voice = self.voice;
        let file = |format: Option<Format>, bytes: Vec<u8>, pages: Option<usize>| {
            let path = format!("{target}.{}", format.map_or("csv", Format::name));
            File { path, format, bytes, pages }
        };
        let files = [
            file(Some(Format::Pdf), made.pdf, Some(made.pages)),
            file(Some(Format::Docx), made.docx, None),
            file(Some(Format::Markdown), made.markdown, None),
            file(None, made.csv, None),
        ];
        let text = |text: &Text| CollectedText {
            sha256: text.sha256.clone(),
            page: text.first,
            reading: text.reading.clone(),
        };
        let texts: Vec<CollectedText> = made.items.iter().flat_map(|item| &item.texts).map(text).collect();
        self.keep_another(target, &texts)?;
        let collected = Collected { table: String::new(), texts };
        let written = self.place(target, &files, (Record::new(&*made.title), Some(collected)), self.chosen)?;
        if !voice.quiet {
            let (shown, items, pages) = (self.folder.shown(&format!("{target}.pdf")), made.items.len(), made.pages);
            let kept = told_kept(written, voice);
            voice.say(match voice.lang {
                Lang::En => format!("{shown}: {}, {}{kept}", counted(items, "item"), counted(pages, "page")),
                Lang::Zh => format!("{shown}：{items} 件，{pages} 页{kept}"),
            });
        }
        Ok(())
    }

    /// Binds a book.
    fn book(&mut self) -> Result<(), Vec<Error>> {
        let voice = self.voice;
        let title = self.particulars.title.as_deref();
        let target = self.name("book").to_owned();
        let book = Book::of(self.inputs, self.settings, self.max_size, (title, self.stem))?;
        for (name, keys) in &book.unsaid {
            let (name, keys) = (crate::unicode::printable(name), keys.join(", "));
            let keys = crate::unicode::printable(&keys);
            self.warn(&match voice.lang {
                Lang::En => format!("{name}: a book has no place for this front matter of a chapter: {keys}"),
                Lang::Zh => format!("{name}：书中没有位置放这一章的前置信息：{keys}"),
            });
        }
        let mut settings = self.chosen.settings.clone();
        if !self.formats {
            settings.formats = Format::ALL.to_vec();
        }
        let one = |error: Error| vec![error];
        // What was read is gone before it is read again: the limits are those of one text.
        let is_parted = book.is_parted(&crate::read(&book.source, &settings).map_err(one)?.document);
        if !is_parted {
            settings.headings =
                book.patterns().into_iter().chain(settings.headings.iter().cloned()).collect::<Arc<[_]>>();
        }
        let edition = convert(&book.source, &settings, self.library, &mut Deflate::default()).map_err(one)?;
        if !edition.failures.is_empty() {
            return Err(edition.failures.into_iter().map(|failure| failure.error).collect());
        }
        let mut record = Record::new(&*book.source.name);
        record.sha256 = Some(book.source.sha256.clone());
        record.bytes = Some(book.source.bytes.len() as u64);
        let reading = &edition.reading;
        let places = Places::new(&book.source.bytes, &reading.decoded, &reading.normalized);
        record.describe(reading, &places);
        record.enter_notes(&places, &edition.notes);
        let file = |written: crate::Written| File {
            path: format!("{target}.{}", written.format.name()),
            format: Some(written.format),
            bytes: written.bytes,
            pages: written.pages,
        };
        let files: Vec<File> = edition.files.into_iter().map(file).collect();
        let chosen = Chosen::new(settings, &self.library.digest());
        let written = self.place(&target, &files, (record, None), &chosen)?;
        if !voice.quiet {
            let (shown, count, kept) = (self.folder.shown(&target), self.inputs.len(), told_kept(written, voice));
            let names: Vec<&str> = files.iter().filter_map(|file| Some(file.format?.name())).collect();
            voice.say(match voice.lang {
                Lang::En => format!("{shown} ({}): {}{kept}", names.join(", "), counted(count, "file")),
                Lang::Zh => format!("{shown}（{}）：{count} 个文件{kept}", names.join("、")),
            });
        }
        Ok(())
    }

    /// Places `files`, which are made as `chosen` says.
    fn place(
        &mut self,
        target: &str,
        files: &[File],
        (record, collected): (Record, Option<Collected>),
        chosen: &Chosen,
    ) -> Result<usize, Vec<Error>> {
        let origin = self.folder.origin_of(self.home);
        let made = (&origin, record, collected);
        let digests = (chosen.digest(), chosen.reading());
        place(&self.folder, &mut self.manifest, target, files, made, digests, (&self.identities, self.force))
            .map_err(|error| vec![error])
    }

    /// Tells of something that a person should look at.
    fn warn(&self, line: &str) {
        let voice = self.voice;
        voice.say(format_args!("{}{}{line}", voice.yellow(voice.pick("warning", "警告")), voice.pick(" ", "：")));
    }

    /// Tells what neither the texts nor the table say, and what of the table was not met.
    fn tell_gaps(&self, items: Vec<&Item>) {
        let voice = self.voice;
        let shown = self.inputs.iter().map(|input| input.shown.as_str());
        for name in self.rows.unmet(shown) {
            let name = crate::unicode::printable(name);
            self.warn(
                &(voice.pick("the list names a file that is no input: ", "清单中的文件不在输入之中：").to_owned()
                    + &name),
            );
        }
        let numbers = items.iter().map(|item| &item.archive).chain(&self.particulars.number);
        let well_formed = self.particulars.well_formed();
        for number in numbers.filter(|number| !number.is_empty() && !well_formed(number)) {
            let number = crate::unicode::printable(number);
            self.warn(&(voice.pick("not in the form of an archive number: ", "不合档号的格式：").to_owned() + &number));
        }
        if voice.quiet {
            return;
        }
        type Field = for<'i> fn(&'i Item) -> &'i str;
        let fields: [(&str, &str, Field); 4] = [
            ("no number (文号)", "无文号", |item| &item.number),
            ("no issuer (责任者)", "无责任者", |item| &item.issuer),
            ("title made up", "题名自拟", |item| if item.title.starts_with('[') { "" } else { &item.title }),
            ("no date (日期)", "无日期", |item| &item.date),
        ];
        let gaps = fields.iter().filter_map(|(en, zh, field)| {
            let places: Vec<String> = (1..)
                .zip(&items)
                .filter(|(_, item)| field(item).is_empty())
                .map(|(place, _)| place.to_string())
                .collect();
            let list = if voice.verbose { format!(" ({})", places.join(", ")) } else { String::new() };
            (!places.is_empty()).then(|| format!("{} {}{list}", voice.pick(en, zh), places.len()))
        });
        let gaps: Vec<String> = gaps.collect();
        if !gaps.is_empty() {
            voice.say(format!("{}{}", voice.pick("in the list: ", "目录中："), gaps.join(voice.pick("; ", "；"))));
        }
    }
}

/// Said where nothing had to be written.
fn told_kept(written: usize, voice: Voice) -> &'static str {
    match written {
        0 => voice.pick("; all is up to date", "；均已是最新"),
        _ => "",
    }
}

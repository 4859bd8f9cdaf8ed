//! `gravida follow`: one episode of pain in a file that the person owns; it sends nothing and never reassures by failing.

mod file;
mod show;

use std::io::{BufRead, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use gravida_assessment::follow_up::{Ending, Entry, Kind, Look, Note, Rules, Scales, TOP, carry_over};
use gravida_assessment::triage;
use gravida_knowledge::{Case, Knowledge, Place, Role, Urgency};
use gravida_record::{calendar, line};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::pack::Pack;
use crate::shown::Shown;
use crate::wire::{self, CaseFile, Problem};
use crate::{as_json, ask, print_json};
use show::View;

/// A professional looks again within three months at the latest.
const MOST_HOURS: i64 = 24 * 90;
/// A note is a few sentences.
const LONGEST_NOTE: usize = 4000;

#[derive(Subcommand)]
pub enum Step {
    /// Begin an episode: the first contact (asks in a terminal, or give --case)
    Start {
        episode: PathBuf,
        /// A file with the JSON of a case, or - for standard input
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
        #[command(flatten)]
        said: Said,
        #[command(flatten)]
        form: Form,
    },
    /// Look again: the danger questions anew, and how it goes. What is not answered counts as not sure
    Check {
        episode: PathBuf,
        case: Option<String>,
        #[command(flatten)]
        said: Said,
        #[command(flatten)]
        form: Form,
    },
    /// Write down what a professional said: the one thing that takes an escalation back
    Note {
        episode: PathBuf,
        #[arg(long, value_parser = PossibleValuesParser::new(Role::ALL.map(Role::word)))]
        by: String,
        /// How soon they want to be turned to now
        #[arg(long, value_parser = PossibleValuesParser::new(Urgency::ALL.map(Urgency::word)))]
        level: String,
        /// Look again after so many hours at the latest
        #[arg(long, value_name = "HOURS", value_parser = clap::value_parser!(u32).range(1..=MOST_HOURS))]
        hours: Option<u32>,
        /// Their words
        #[arg(long, value_name = "WORDS")]
        says: Option<String>,
        #[command(flatten)]
        form: Form,
    },
    /// What to do now, the next deadline, and how it goes
    Status {
        episode: PathBuf,
        #[command(flatten)]
        form: Form,
    },
    /// The episode for others: --json for programs, --ics for a calendar
    #[command(group = clap::ArgGroup::new("as").required(true))]
    Export {
        episode: PathBuf,
        /// All of it as JSON, on standard output
        #[arg(long, group = "as")]
        json: bool,
        /// The next deadline as a calendar file; - for standard output
        #[arg(long, value_name = "FILE", group = "as")]
        ics: Option<PathBuf>,
        /// Private answers too
        #[arg(long, conflicts_with = "ics")]
        private: bool,
    },
    /// End it: better (only if confirmed), birth, loss, or a professional has taken over
    Close {
        episode: PathBuf,
        #[arg(long, value_parser = PossibleValuesParser::new(Ending::ALL.map(Ending::word)))]
        reason: String,
        /// Who has taken over
        #[arg(long, value_parser = PossibleValuesParser::new(Role::ALL.map(Role::word)), required_if_eq("reason", "handed-over"))]
        by: Option<String>,
        #[command(flatten)]
        form: Form,
    },
}

/// The two numbers.
#[derive(Args, Clone, Copy)]
pub struct Said {
    /// How bad the pain is now, 0 (none) to 10 (worst)
    #[arg(long, value_name = "0..10", value_parser = clap::value_parser!(u8).range(0..=i64::from(TOP)))]
    pain: Option<u8>,
    /// How well daily things can be done now, 0 (not at all) to 10 (as before the pain)
    #[arg(long, value_name = "0..10", value_parser = clap::value_parser!(u8).range(0..=i64::from(TOP)))]
    function: Option<u8>,
}

#[derive(Args, Clone, Copy)]
pub struct Form {
    /// JSON even on a terminal (it is JSON anywhere else)
    #[arg(long)]
    json: bool,
    /// Text even into a file or pipe
    #[arg(long, conflicts_with = "json")]
    text: bool,
}

impl Step {
    /// True when what is shown is for a program.
    fn is_json(&self) -> bool {
        match self {
            Step::Start { form, .. } | Step::Check { form, .. } | Step::Note { form, .. } | Step::Status { form, .. } | Step::Close { form, .. } => as_json(form.json, form.text),
            Step::Export { ics, .. } => ics.is_none(),
        }
    }
}

/// What every step needs.
struct Table<'a> {
    knowledge: &'a Knowledge,
    rules: Rules,
    /// The place asked for on the command line.
    place: Option<&'a Place>,
    today: Date,
    now: Timestamp,
}

/// Refuses a file that is something else than an episode.
pub fn check_is_episode(knowledge: &Knowledge, path: &Path) -> Result<()> {
    let rules = Rules::of(knowledge).map_err(|slug| anyhow!("the pack has no text `{slug}` with its limit"))?;
    file::read(path, &rules).map(|_| ())
}

/// Takes one step. True when everything was fine. Beside every error stands the safety sentence of the pack.
pub fn run(pack: &Pack, place: Option<&str>, today: Option<Date>, now: Timestamp, step: Step) -> Result<bool> {
    let done = take(pack.of(step.is_json()), place, today, now, step);
    if done.is_err() {
        anstream::eprintln!("{}", pack.shown().text("failure"));
    }
    done
}

fn take(knowledge: &Knowledge, place: Option<&str>, today: Option<Date>, now: Timestamp, step: Step) -> Result<bool> {
    let rules = Rules::of(knowledge).map_err(|slug| anyhow!("the pack has no text `{slug}` with its limit, so it cannot say when to look again"))?;
    let today = today.unwrap_or_else(|| now.to_zoned_datetime(jiff::tz::TimeZone::system()).date());
    let place = place.map(|place| crate::place(knowledge, Some(place), None)).transpose()?;
    let table = Table { knowledge, rules, place, today, now };
    match step {
        Step::Start { episode, case, said, form } => table.contact(&episode, true, case, said, form),
        Step::Check { episode, case, said, form } => table.contact(&episode, false, case, said, form),
        Step::Note { episode, by, level, hours, says, form } => {
            let by = Role::parse(&by).context("no such role")?;
            let note = Note { level: Urgency::parse(&level).context("no such level")?, wait: hours.map(|hours| hours * 60) };
            if says.as_ref().is_some_and(|says| says.len() > LONGEST_NOTE) {
                bail!("a note has at most {LONGEST_NOTE} bytes; keep what matters for looking again");
            }
            table.note(&episode, by, note, says.as_deref(), form)
        }
        Step::Status { episode, form } => {
            let record = file::read(&episode, &table.rules)?;
            table.show(&View::new(&table, &record, line::minutes_begun(now), None)?, form)
        }
        Step::Export { episode, json: _, ics: None, private } => {
            let record = file::read(&episode, &table.rules)?;
            let view = View::new(&table, &record, line::minutes_begun(now), None)?;
            print_json(&view.export(private))?;
            Ok(view.is_fine())
        }
        Step::Export { episode, ics: Some(to), .. } => table.calendar(&episode, &to),
        Step::Close { episode, reason, by, form } => {
            let ending = Ending::parse(&reason).context("no such reason")?;
            table.close(&episode, ending, by.as_deref().and_then(Role::parse), form)
        }
    }
}

impl Table<'_> {
    fn at(&self) -> Result<u64> {
        line::minutes(self.now).context("the time is before 1970; set the clock, or give --now")
    }

    /// The place asked for, else the one of the answers, else international.
    fn place_of(&self, of_case: Option<&str>) -> Result<&Place> {
        self.place.map_or_else(|| crate::place(self.knowledge, None, of_case), Ok)
    }

    /// The first contact or a later one.
    fn contact(&self, path: &Path, start: bool, given: Option<String>, said: Said, form: Form) -> Result<bool> {
        let given = given.map(|case| self.read_case(&case)).transpose()?;
        let before = match file::read(path, &self.rules) {
            Err(_) if start && !path.exists() => None,
            before => Some(before),
        };
        let last = match &before {
            Some(Ok(record)) => record.last_case().and_then(|case| wire::read(self.knowledge, &case.to_string(), Some(self.today)).ok()),
            _ => None,
        };
        let (mut answers, said) = match given {
            Some(answers) => (answers, said),
            // Questions would be in vain if the answers cannot be written down.
            None if matches!(before, Some(Err(_))) => return Err(before.and_then(Result::err).unwrap_or_else(|| anyhow!("the episode cannot be read"))),
            None if std::io::stdin().is_terminal() => self.ask(last.as_ref(), said)?,
            None if start => bail!("there is nobody to ask here: give the answers with --case"),
            None => (self.without_answers(last.as_ref()), said),
        };
        answers = answers.with_implied(self.knowledge);
        let at = self.at()?;
        let look = Look::at(self.knowledge, &answers.merged.case, Scales { pain: said.pain, function: said.function });
        let case = CaseFile { words: None, ..answers.clone() }.to_json(self.knowledge, answers.place.as_deref());
        let added = file::append(path, &self.rules, start, |record| {
            if start && record.episode.state.is_some_and(|state| state.ended.is_none()) {
                bail!("{} holds an episode that goes on; look again with `gravida follow check`", path.display());
            }
            let n = record.next;
            if !record.add(&self.rules, &Entry { at, kind: Kind::Look(look), promised: None }) {
                bail!("{} was closed for good, so nothing was added; start a new record in another file", path.display());
            }
            let due = record.episode.state.context("a contact makes a state")?.due;
            Ok(line::contact(self.knowledge, n, at, &look, due, &case))
        });
        match added {
            Ok(record) => self.show(&View::new(self, &record, at, Some(answers))?, form),
            Err(why) => {
                // The answers are assessed even where they cannot be kept.
                let shown = Shown::of_file(self.knowledge, &answers);
                let place = self.place_of(answers.place.as_deref())?;
                if as_json(form.json, form.text) {
                    print_json(&crate::result::to_json(self.knowledge, &shown, place, &answers.problems))?;
                } else {
                    anstream::print!("{}", crate::render::result(self.knowledge, &shown, place, &answers.problems, crate::Depth::Person));
                }
                Err(why)
            }
        }
    }

    fn read_case(&self, path: &str) -> Result<CaseFile> {
        let mut file = wire::read(self.knowledge, &wire::read_text(path)?, None)?;
        if file.today.is_none() {
            file = wire::read(self.knowledge, &CaseFile { today: None, ..file.clone() }.to_json(self.knowledge, file.place.as_deref()).to_string(), Some(self.today)).map(|again| CaseFile { problems: file.problems, ..again })?;
        }
        Ok(file)
    }

    /// The danger questions anew; what speaks of causes and plan may stand from the last contact.
    fn ask(&self, last: Option<&CaseFile>, said: Said) -> Result<(CaseFile, Said)> {
        let start = last.map_or_else(|| Case::new(self.knowledge), |last| carry_over(self.knowledge, &last.own));
        let mut input = std::io::stdin().lock();
        let case = ask::interview(self.knowledge, self.today, start, &mut input, anstream::stdout())?;
        let file = CaseFile { place: last.and_then(|last| last.place.clone()), today: Some(self.today), ..CaseFile::of(self.knowledge, case) };
        // Where help comes first, no number is asked before it is said.
        if triage(self.knowledge, &file.own.with_implied(self.knowledge)).act_on >= Urgency::Today {
            return Ok((file, said));
        }
        let pain = said.pain.map_or_else(|| self.number("follow-ask-pain", &mut input), |pain| Ok(Some(pain)))?;
        let function = said.function.map_or_else(|| self.number("follow-ask-function", &mut input), |function| Ok(Some(function)))?;
        Ok((file, Said { pain, function }))
    }

    fn number(&self, slug: &str, input: &mut impl BufRead) -> Result<Option<u8>> {
        let mut out = anstream::stdout();
        writeln!(out, "{}\n[0 to {TOP}; s = {}]", self.knowledge.text(slug), self.knowledge.text("not-sure"))?;
        loop {
            write!(out, "> ")?;
            out.flush()?;
            let mut text = String::new();
            let read = std::io::Read::take(&mut *input, 4096).read_line(&mut text)?;
            match text.trim() {
                _ if read == 0 => return Ok(None),
                "s" | "not sure" => return Ok(None),
                number => match number.parse::<u8>().ok().filter(|number| *number <= TOP) {
                    Some(number) => return Ok(Some(number)),
                    None => writeln!(out, "\"{number}\" is not understood. Type a number from 0 to {TOP}, or s.")?,
                },
            }
        }
    }

    fn without_answers(&self, last: Option<&CaseFile>) -> CaseFile {
        let case = last.map_or_else(|| Case::new(self.knowledge), |last| carry_over(self.knowledge, &last.own));
        CaseFile { place: last.and_then(|last| last.place.clone()), today: Some(self.today), ..CaseFile::of(self.knowledge, case) }
    }

    fn note(&self, path: &Path, by: Role, note: Note, says: Option<&str>, form: Form) -> Result<bool> {
        let at = self.at()?;
        let record = file::append(path, &self.rules, false, |record| {
            let n = record.next;
            if !record.add(&self.rules, &Entry { at, kind: Kind::Note(note), promised: None }) {
                bail!("a note can have no effect in {}: it has no contact yet, or was closed for good", path.display());
            }
            let due = record.episode.state.context("a note makes a state")?.due;
            Ok(line::note(n, at, by, &note, due, says))
        })?;
        self.show(&View::new(self, &record, at, None)?, form)
    }

    fn close(&self, path: &Path, ending: Ending, by: Option<Role>, form: Form) -> Result<bool> {
        let at = self.at()?;
        let record = file::append(path, &self.rules, false, |record| {
            let n = record.next;
            if record.episode.state.is_none() {
                bail!("{} has no contact yet", path.display());
            }
            if !record.add(&self.rules, &Entry { at, kind: Kind::Close(ending), promised: None }) {
                let closed = record.episode.state.is_some_and(|state| state.ended.is_some());
                bail!("{}", if closed { "it is closed already" } else { self.knowledge.text("follow-not-confirmed") });
            }
            Ok(line::close(n, at, ending, by))
        })?;
        self.show(&View::new(self, &record, at, None)?, form)
    }

    fn calendar(&self, path: &Path, to: &Path) -> Result<bool> {
        let record = file::read(path, &self.rules)?;
        let now = line::minutes_begun(self.now);
        let text = record
            .episode
            .standing(&self.rules, now)
            .and_then(|standing| calendar::calendar(self.knowledge, &standing, record.episode.points.first().map_or(0, |point| point.at), record.next, now))
            .with_context(|| format!("{} has no contact yet, so there is nothing to look at again", path.display()))?;
        if to.as_os_str() == "-" {
            anstream::print!("{text}");
        } else {
            std::fs::write(to, text).with_context(|| format!("{} cannot be written", to.display()))?;
        }
        report(&record.problems);
        Ok(record.problems.is_empty())
    }

    fn show(&self, view: &View, form: Form) -> Result<bool> {
        if as_json(form.json, form.text) {
            print_json(&view.json())?;
        } else {
            anstream::print!("{}", view.text());
        }
        report(&view.record.problems);
        Ok(view.is_fine())
    }
}

fn report(problems: &[Problem]) {
    for problem in problems {
        anstream::eprintln!("! {}: {}; {}.", problem.at, problem.what, problem.instead);
    }
}

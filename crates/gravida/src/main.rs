//! The command `gravida`: every verb, its arguments and its exit code (0 fine, 1 pack or case wrong, 2 usage).

mod ask;
mod audit;
mod card;
mod cases;
mod check;
mod diff;
mod diff_json;
mod explain;
mod explanation;
mod follow;
mod food;
mod interface;
mod language;
mod mutate;
mod pack;
mod plan;
mod prove;
mod reading;
mod render;
mod replay;
mod report;
mod result;
mod revision;
mod serve;
mod session;
mod shown;
mod whatif;
mod wire;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{CommandFactory, Parser, Subcommand};
use gravida_assessment::Next;
use gravida_knowledge::{Knowledge, pack_json};
use jiff::civil::Date;

use crate::pack::load_for_person;
use crate::render::Depth;
use crate::pack::place;
use crate::shown::Shown;

const EXAMPLES: &str = "Examples:
  gravida ask                               answer questions, get a result
  gravida ask --place us --save case.json   the same, with numbers of the USA, and keep the answers
  gravida assess case.json                  the result of a case
  gravida ask --language zh-Hans            in Chinese, with services of China (or GRAVIDA_LANGUAGE=zh-Hans)
  gravida assess case.json --for partner    what a partner may see of it
  gravida assess case.json --card partner   one task for today, for your partner or helper
  gravida session                           the sessions with timed steps; then: gravida session log-roll case.json
  gravida intake 'milk 250 g' '2 eggs'      a day's food beside reference intakes
  gravida next case.json                    what to ask next, to drive the interview yourself
  gravida whatif case.json fever=yes        what one answer would change
  gravida report case.json                  the note for the unit; --phone to read out, --pdf note.pdf
  gravida replay result.json                the same bytes again, or what differs; audit shows the trace
  gravida explain red-flags                 every red flag; then: gravida explain fainting
  gravida check --knowledge knowledge       every mistake of a folder of pages
  gravida prove T3 T7                       two theorems, over every set of answers
  gravida diff HEAD knowledge               what moves for a person since the last commit
  gravida serve                             the pages in a browser, on this machine alone
  gravida follow start back.episode         begin to look again; then: gravida follow check back.episode
  gravida completions bash > /etc/bash_completion.d/gravida

Exit codes: 0 fine; 1 the pack or the case is wrong; 2 the command was not understood.";

#[derive(Parser)]
#[command(name = "gravida", version, about, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    /// Read the pack from this folder instead of the one compiled in
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<PathBuf>,
    /// Services and numbers of this place: gb, us, cn or international
    #[arg(long, global = true, value_name = "PLACE")]
    place: Option<String>,
    /// The language of what a person reads, as zh-Hans; JSON is the same in all
    #[arg(long, global = true, value_name = "TAG", env = "GRAVIDA_LANGUAGE")]
    language: Option<String>,
    /// The date to count from, as 2026-11-24 (today if not given)
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<Date>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Answer questions in the terminal and get a result
    Ask {
        /// Show weights, sources and everything that was left out
        #[arg(long)]
        full: bool,
        /// Keep the answers in this file
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
    },
    /// The result of a case: how soon, what it may be, what helps
    Assess {
        /// A file with the JSON of a case, or - for standard input
        case: String,
        /// JSON even on a terminal (it is JSON anywhere else)
        #[arg(long)]
        json: bool,
        /// Text even into a file or pipe
        #[arg(long, conflicts_with = "json")]
        text: bool,
        /// Show weights, sources and everything that was left out
        #[arg(long)]
        full: bool,
        /// Who reads it: a partner is shown nothing private, and nothing hushed unless it is shared
        #[arg(long = "for", value_name = "READER", value_enum, default_value = "all")]
        reader: Reader,
        /// One card instead of the whole result
        #[arg(long, value_enum, conflicts_with = "full")]
        card: Option<card::Card>,
        /// The number of the day for the card (the days since the year began if not given)
        #[arg(long, value_name = "N", requires = "card")]
        day: Option<u32>,
    },
    /// A guided session with timed steps; without a name, those there are
    Session {
        intervention: Option<String>,
        /// A file with the JSON of a case, or -; without it nothing is checked
        case: Option<String>,
        /// All steps with their times at once, without a countdown
        #[arg(long)]
        plain: bool,
        /// So many seconds of the session in one second, for trying it out
        #[arg(long, value_name = "N", conflicts_with = "plain", value_parser = clap::value_parser!(u32).range(1..=100_000))]
        fast: Option<u32>,
    },
    /// A day's food beside reference intakes: information for your midwife
    Intake {
        /// Foods with amounts, as "milk 250 g" "2 eggs"; or a file of them; or - for standard input
        foods: Vec<String>,
        /// Name all foods that are known
        #[arg(long, conflicts_with_all = ["foods", "json"])]
        list: bool,
        #[arg(long)]
        json: bool,
        #[arg(long, conflicts_with = "json")]
        text: bool,
        /// Compare with the reference intakes that are cited from memory too
        #[arg(long)]
        full: bool,
    },
    /// The same in a browser: pages from this machine, for this machine alone
    #[command(after_help = "Examples:\n  gravida serve                open http://127.0.0.1:7340 in a browser\n  gravida serve --port 0       any free port; it is printed\n  gravida serve --store back.episode\n\nOnly this machine can open the pages. Answers are kept in memory and are gone when it ends (Ctrl+C); a record given with --store stays.")]
    Serve {
        /// The port; 0 for any that is free
        #[arg(long, value_name = "PORT", default_value_t = 7340)]
        port: u16,
        /// Keep the record of looking again in this file of yours (that of `gravida follow`)
        #[arg(long, value_name = "FILE")]
        store: Option<PathBuf>,
    },
    /// What to ask next, or the result when nothing is left to ask
    Next {
        case: String,
        #[arg(long)]
        json: bool,
        #[arg(long, conflicts_with = "json")]
        text: bool,
    },
    /// The same case with answers changed
    Whatif {
        case: String,
        /// Changes, as fever=yes or gestation="30 weeks"
        #[arg(required = true, value_name = "FINDING=ANSWER")]
        changes: Vec<String>,
    },
    /// The note for the unit (SBAR), a script for the phone, or a PDF
    Report(report::Wish),
    /// Compute a result again and compare it byte for byte
    Replay {
        /// A file with the JSON of a result, or - for standard input
        result: String,
    },
    /// How a result came about: answers, rules, flags, level, plan, with pages and sources
    Audit {
        /// A file with the JSON of a result, or - for standard input
        result: String,
    },
    /// What the pack says about one id, or a list: findings, red-flags, conditions, interventions, follow-ups
    Explain { id: String },
    /// A source, its passages and what rests on it
    Cite { id: String },
    /// What the article says, and the verdict
    Claims {
        /// One verdict: supported, partly, unsupported, unsafe, omission
        verdict: Option<String>,
    },
    /// Read the pack and list every mistake
    Check {
        #[arg(long)]
        json: bool,
        /// One line for each mistake
        #[arg(long)]
        plain: bool,
        /// Print the table of how well the facts are founded
        #[arg(long)]
        counts: bool,
    },
    /// Run every case of the pack and say what no case touches
    Test {
        /// Name everything that no case touches
        #[arg(long, short)]
        verbose: bool,
    },
    /// Lay out the pages of a folder
    Fmt {
        folder: PathBuf,
        /// Write nothing; exit code 1 if a page would change
        #[arg(long)]
        check: bool,
    },
    /// Translations of the pack: what is to be translated, what was confirmed, every mistake
    #[command(after_help = language::EXAMPLES)]
    Language {
        #[command(subcommand)]
        step: language::Step,
    },
    /// The checked pack: its size and fingerprint, or all of it as JSON
    Pack {
        #[arg(long)]
        json: bool,
    },
    /// Prove the theorems and properties over every set of answers
    Prove {
        /// Theorems to prove, as T1 T7, or P for the properties of the pack (all if none is named)
        theorems: Vec<String>,
        /// How many persons to show for each theorem that fails
        #[arg(long, value_name = "N", default_value_t = 5)]
        limit: usize,
        /// The proof card as a page for a browser
        #[arg(long)]
        html: bool,
        #[arg(long, conflicts_with = "html")]
        json: bool,
    },
    /// What moves for a person between two packs: up, down, sideways, counted exactly
    ///
    /// OLD and NEW are each a folder of pages, or a git revision (its folder `knowledge`, or another as REV:FOLDER).
    /// Exit code 1 when somebody is told to get help less soon and the changelog does not say so: an entry that was
    /// not in the old changelog must hold the word calmer and, in backticks, the id of the red flag or of the changed
    /// finding. The changelog is the CHANGELOG.md beside the NEW pack.
    Diff {
        old: String,
        new: String,
        /// Read the calmer moves from this file instead; then every entry of it counts
        #[arg(long, value_name = "FILE")]
        changelog: Option<PathBuf>,
        /// JSON of the schema gravida-diff/1
        #[arg(long)]
        json: bool,
    },
    /// Look again: one episode of pain in a file of yours, with deadlines, until you are better or a person has looked
    Follow {
        /// Count from this moment, as 2026-11-24T21:30Z, instead of the clock
        #[arg(long, global = true, value_name = "TIME")]
        now: Option<jiff::Timestamp>,
        #[command(subcommand)]
        step: follow::Step,
    },
    /// Damage the pack in every way of a list and report who notices
    #[command(after_help = mutate::operators())]
    Mutate {
        /// Try at most so many damages, chosen evenly
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Where the even choice begins
        #[arg(long, value_name = "N", default_value_t = 0)]
        seed: usize,
        /// One kind of damage
        #[arg(long, value_name = "DAMAGE")]
        only: Option<String>,
        /// One page, as red-flags/fainting.md
        #[arg(long, value_name = "PATH")]
        page: Option<String>,
        /// JSON of the schema gravida-mutate/1
        #[arg(long)]
        json: bool,
        /// Leave the theorems out, which take most of the time
        #[arg(long)]
        quick: bool,
        /// Name what the clinical diff alone notices, too
        #[arg(long, short)]
        verbose: bool,
    },
    /// Completion for a shell: bash, zsh, fish, elvish, powershell
    Completions { shell: clap_complete::Shell },
}

/// Who reads a result.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Reader {
    All,
    Partner,
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("gravida: {error:#}");
            ExitCode::from(1)
        }
    }
}

/// True when everything was fine.
fn run(cli: Cli) -> Result<bool> {
    let folder = cli.knowledge.as_ref();
    let language = cli.language.as_deref();
    let today = cli.today.unwrap_or_else(|| jiff::ZonedDateTime::now().date());
    match cli.verb {
        Verb::Ask { full, save } => {
            let pack = load_for_person(folder, language)?;
            let knowledge = pack.shown();
            let place = place(knowledge, cli.place.as_deref(), None)?;
            let depth = if full { Depth::Full } else { Depth::Person };
            let case = ask::run(knowledge, place, today, std::io::stdin().lock(), anstream::stdout(), depth)?;
            if let Some(path) = save {
                let json = wire::to_json(knowledge, &case, Some(&place.slug), Some(today));
                std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&json)?))
                    .with_context(|| format!("the answers cannot be kept in {}", path.display()))?;
            }
            Ok(true)
        }
        Verb::Assess { case, json, text, full, reader, card, day } => {
            let json = as_json(json, text);
            let pack = load_for_person(folder, language)?;
            let knowledge = pack.of(json);
            let file = with_failure(pack.shown(), read_case(knowledge, &case, cli.today))?;
            let place = place(knowledge, cli.place.as_deref(), file.place.as_deref())?;
            if let Some(card::Card::Partner) = card {
                let day = day.unwrap_or_else(|| card::day_of(cli.today.or(file.today).unwrap_or(today)));
                let problems = Shown::to_partner(knowledge, &file).problems(knowledge, &file);
                if json {
                    print_json(&card::to_json(knowledge, &file, place, day))?;
                } else {
                    anstream::print!("{}", card::text(knowledge, &file, place, day));
                }
                return Ok(problems.is_empty());
            }
            let shown = match reader {
                Reader::All => Shown::of_file(knowledge, &file),
                Reader::Partner => Shown::to_partner(knowledge, &file),
            };
            let problems = shown.problems(knowledge, &file);
            if json {
                print_json(&result::of_file(knowledge, &file, &shown, place))?;
            } else {
                let depth = if full { Depth::Full } else { Depth::Person };
                anstream::print!("{}", render::result(knowledge, &shown, place, &problems, depth));
            }
            Ok(problems.is_empty())
        }
        Verb::Session { intervention, case, plain, fast } => {
            let pack = load_for_person(folder, language)?;
            let knowledge = pack.shown();
            let Some(name) = intervention else {
                anstream::print!("{}", session::list(knowledge));
                return Ok(true);
            };
            let file = case.map(|path| with_failure(knowledge, read_case(knowledge, &path, cli.today))).transpose()?;
            let place = place(knowledge, cli.place.as_deref(), file.as_ref().and_then(|file| file.place.as_deref()))?;
            session::run(knowledge, &name, file.as_ref(), place, session::Pace::of(plain, fast))
        }
        Verb::Intake { foods, list, json, text, full } => {
            let knowledge = load_for_person(folder, None)?.source;
            if list {
                anstream::print!("{}", food::list(&knowledge));
                return Ok(true);
            }
            let day = gravida_assessment::intake(&knowledge, &food::read(&knowledge, &foods)?);
            if as_json(json, text) {
                print_json(&food::to_json(&knowledge, &day))?;
            } else {
                anstream::print!("{}", food::text(&knowledge, &day, full));
            }
            Ok(day.is_whole())
        }
        Verb::Serve { port, store } => serve::run(folder.map(PathBuf::as_path), port, store).map(|()| true),
        Verb::Next { case, json, text } => {
            let json = as_json(json, text);
            let pack = load_for_person(folder, language)?;
            let knowledge = pack.of(json);
            let file = with_failure(pack.shown(), read_case(knowledge, &case, cli.today))?;
            let place = place(knowledge, cli.place.as_deref(), file.place.as_deref())?;
            let shown = Shown::of_file(knowledge, &file);
            let done = matches!(shown.assessment.next, Next::Done(_));
            if json {
                print_json(&serde_json::json!({
                    "schema": "gravida-next/1",
                    "next": result::next(knowledge, &shown.case, &shown.assessment, shown.certified),
                    "case": file.to_json(knowledge, file.place.as_deref()),
                    "result": done.then(|| result::of_file(knowledge, &file, &shown, place)),
                    "if_stopped_now": shown.assessment.triage.act_on.word(),
                    "problems": file.problems.iter().map(|p| serde_json::json!({"at": p.at, "what": p.what, "instead": p.instead})).collect::<Vec<_>>(),
                }))?;
            } else if done {
                anstream::print!("{}", render::result(knowledge, &shown, place, &file.problems, Depth::Person));
            } else {
                for problem in &file.problems {
                    anstream::println!("! {}: {}; {}", problem.at, problem.what, problem.instead);
                }
                anstream::print!("{}", render::screen(knowledge, &shown.case, &shown.assessment));
            }
            Ok(file.problems.is_empty())
        }
        Verb::Whatif { case, changes } => {
            let knowledge = load_for_person(folder, None)?.source;
            let file = with_failure(&knowledge, read_case(&knowledge, &case, cli.today))?;
            let mut after = file.merged.case.clone();
            for change in &changes {
                after = whatif::change(&knowledge, &after, change, today)?;
            }
            anstream::print!("{}", whatif::compare(&knowledge, &file.merged.case, &after));
            Ok(file.problems.is_empty())
        }
        Verb::Report(wish) => {
            let pack = load_for_person(folder, language)?;
            let knowledge = pack.of(wish.is_json());
            let file = with_failure(pack.shown(), wish.read(knowledge, cli.today))?;
            let place = place(knowledge, cli.place.as_deref(), file.place.as_deref())?;
            with_failure(pack.shown(), report::run(knowledge, &file, place, &wish))
        }
        Verb::Replay { result } => replay::run(&load(folder)?, &result),
        Verb::Audit { result } => audit::run(&load(folder)?, &result),
        Verb::Explain { id } => show(explain::explain(pack::load_in(folder, language)?.shown(), &id)),
        Verb::Cite { id } => show(explain::cite(&load(folder)?, &id)),
        Verb::Claims { verdict } => show(Ok(explain::claims(pack::load_in(folder, language)?.shown(), verdict.as_deref()))),
        Verb::Check { counts: true, .. } => show(load(folder).map(|knowledge| check::counts_table(&knowledge))),
        Verb::Check { json, plain, .. } => check::run(cli.knowledge.as_deref(), today, json, plain),
        Verb::Test { verbose } => {
            let report = cases::run(&load(folder)?);
            anstream::print!("{}", cases::show(&report, verbose));
            Ok(report.failures.iter().all(|failure| failure.differs.is_some()))
        }
        Verb::Fmt { folder, check } => check::format(&folder, check),
        Verb::Language { step } => language::run(folder.map(PathBuf::as_path), &step),
        Verb::Pack { json } => {
            let knowledge = load(folder)?;
            if json {
                print_json(&pack_json(&knowledge))?;
            } else {
                anstream::println!("{}", knowledge.hash);
            }
            Ok(true)
        }
        Verb::Prove { theorems, limit, html, json } => prove::run(folder, language, &prove::Wish { theorems, place: cli.place, limit, html, json }),
        Verb::Diff { old, new, changelog, json } => diff::run(&old, &new, changelog.as_deref(), json),
        Verb::Follow { now, step } => {
            let pack = load_for_person(folder, language)?;
            follow::run(&pack, cli.place.as_deref(), cli.today, now.unwrap_or_else(jiff::Timestamp::now), step)
        }
        Verb::Mutate { limit, seed, only, page, json, quick, verbose } => {
            mutate::run(cli.knowledge.as_deref(), &mutate::Wish { limit, seed, only, page, json, quick, verbose })
        }
        Verb::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "gravida", &mut std::io::stdout());
            Ok(true)
        }
    }
}

fn load(folder: Option<&PathBuf>) -> Result<Knowledge> {
    pack::load(folder, None)
}

fn read_case(knowledge: &Knowledge, path: &str, today: Option<Date>) -> Result<wire::CaseFile> {
    Ok(wire::read(knowledge, &wire::read_text(path)?, today)?.with_implied(knowledge))
}

/// A failure never reads as reassurance: the safety sentence of the pack stands beside every error of a case.
fn with_failure<T>(knowledge: &Knowledge, read: Result<T>) -> Result<T> {
    if read.is_err() {
        anstream::eprintln!("{}", knowledge.text("failure"));
    }
    read
}

fn as_json(json: bool, text: bool) -> bool {
    json || (!text && !std::io::stdout().is_terminal())
}

fn print_json(value: &serde_json::Value) -> Result<()> {
    anstream::println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

fn show(text: Result<String>) -> Result<bool> {
    anstream::print!("{}", text?);
    Ok(true)
}

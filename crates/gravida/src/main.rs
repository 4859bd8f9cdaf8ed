//! The command `gravida`: every verb, its arguments and its exit code (0 fine, 1 pack or case wrong, 2 usage).

mod ask;
mod cases;
mod check;
mod explain;
mod explanation;
mod pack;
mod prove;
mod reading;
mod render;
mod result;
mod shown;
mod whatif;
mod where_to;
mod wire;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{CommandFactory, Parser, Subcommand};
use gravida_assessment::Next;
use gravida_knowledge::{Knowledge, Place, pack_json};
use jiff::civil::Date;

use crate::render::Depth;
use crate::shown::Shown;

const EXAMPLES: &str = "Examples:
  gravida ask                               answer questions, get a result
  gravida ask --place us --save case.json   the same, with numbers of the USA, and keep the answers
  gravida assess case.json                  the result of a case
  gravida assess case.json --for partner    what a partner may see of it
  gravida next case.json                    what to ask next, to drive the interview yourself
  gravida whatif case.json fever=yes        what one answer would change
  gravida explain red-flags                 every red flag; then: gravida explain fainting
  gravida check --knowledge knowledge       every mistake of a folder of pages
  gravida prove T3 T7                       two theorems, over every set of answers
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
    /// The checked pack: its size and fingerprint, or all of it as JSON
    Pack {
        #[arg(long)]
        json: bool,
    },
    /// Prove the theorems and properties over every set of answers
    Prove {
        /// Theorems to prove, as T1 T7, or P for the properties of the pack (all if none is named)
        theorems: Vec<String>,
        /// The language of the pages to prove for
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
        /// How many persons to show for each theorem that fails
        #[arg(long, value_name = "N", default_value_t = 5)]
        limit: usize,
        /// The proof card as a page for a browser
        #[arg(long)]
        html: bool,
        #[arg(long, conflicts_with = "html")]
        json: bool,
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
    let today = cli.today.unwrap_or_else(|| jiff::ZonedDateTime::now().date());
    match cli.verb {
        Verb::Ask { full, save } => {
            let knowledge = load_for_person(folder)?;
            let place = place(&knowledge, cli.place.as_deref(), None)?;
            let depth = if full { Depth::Full } else { Depth::Person };
            let case = ask::run(&knowledge, place, today, std::io::stdin().lock(), anstream::stdout(), depth)?;
            if let Some(path) = save {
                let json = wire::to_json(&knowledge, &case, Some(&place.slug), Some(today));
                std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&json)?))
                    .with_context(|| format!("the answers cannot be kept in {}", path.display()))?;
            }
            Ok(true)
        }
        Verb::Assess { case, json, text, full, reader } => {
            let knowledge = load_for_person(folder)?;
            let file = with_failure(&knowledge, read_case(&knowledge, &case, cli.today))?;
            let place = place(&knowledge, cli.place.as_deref(), file.place.as_deref())?;
            let shown = match reader {
                Reader::All => Shown::of_file(&knowledge, &file),
                Reader::Partner => Shown::to_partner(&knowledge, &file),
            };
            let problems: Vec<wire::Problem> = file.problems.iter().filter(|problem| !shown.hides(&knowledge, problem)).cloned().collect();
            if as_json(json, text) {
                print_json(&result::to_json(&knowledge, &shown, place, &problems))?;
            } else {
                let depth = if full { Depth::Full } else { Depth::Person };
                anstream::print!("{}", render::result(&knowledge, &shown, place, &problems, depth));
            }
            Ok(problems.is_empty())
        }
        Verb::Next { case, json, text } => {
            let knowledge = load_for_person(folder)?;
            let file = with_failure(&knowledge, read_case(&knowledge, &case, cli.today))?;
            let place = place(&knowledge, cli.place.as_deref(), file.place.as_deref())?;
            let shown = Shown::of_file(&knowledge, &file);
            let done = matches!(shown.assessment.next, Next::Done(_));
            if as_json(json, text) {
                print_json(&serde_json::json!({
                    "schema": "gravida-next/1",
                    "next": result::next(&knowledge, &shown.case, &shown.assessment, shown.certified),
                    "case": file.to_json(&knowledge),
                    "result": done.then(|| result::to_json(&knowledge, &shown, place, &file.problems)),
                    "if_stopped_now": shown.assessment.triage.act_on.word(),
                    "problems": file.problems.iter().map(|p| serde_json::json!({"at": p.at, "what": p.what, "instead": p.instead})).collect::<Vec<_>>(),
                }))?;
            } else if done {
                anstream::print!("{}", render::result(&knowledge, &shown, place, &file.problems, Depth::Person));
            } else {
                for problem in &file.problems {
                    anstream::println!("! {}: {}; {}", problem.at, problem.what, problem.instead);
                }
                anstream::print!("{}", render::screen(&knowledge, &shown.case, &shown.assessment));
            }
            Ok(file.problems.is_empty())
        }
        Verb::Whatif { case, changes } => {
            let knowledge = load_for_person(folder)?;
            let file = with_failure(&knowledge, read_case(&knowledge, &case, cli.today))?;
            let mut after = file.merged.case.clone();
            for change in &changes {
                after = whatif::change(&knowledge, &after, change, today)?;
            }
            anstream::print!("{}", whatif::compare(&knowledge, &file.merged.case, &after));
            Ok(file.problems.is_empty())
        }
        Verb::Explain { id } => show(explain::explain(&load(folder)?, &id)),
        Verb::Cite { id } => show(explain::cite(&load(folder)?, &id)),
        Verb::Claims { verdict } => show(Ok(explain::claims(&load(folder)?, verdict.as_deref()))),
        Verb::Check { counts: true, .. } => show(load(folder).map(|knowledge| check::counts_table(&knowledge))),
        Verb::Check { json, plain, .. } => check::run(cli.knowledge.as_deref(), today, json, plain),
        Verb::Test { verbose } => {
            let report = cases::run(&load(folder)?);
            anstream::print!("{}", cases::show(&report, verbose));
            Ok(report.failures.iter().all(|failure| failure.differs.is_some()))
        }
        Verb::Fmt { folder, check } => check::format(&folder, check),
        Verb::Pack { json } => {
            let knowledge = load(folder)?;
            if json {
                print_json(&pack_json(&knowledge))?;
            } else {
                anstream::println!("{}", knowledge.hash);
            }
            Ok(true)
        }
        Verb::Prove { theorems, language, limit, html, json } => {
            prove::run(load(folder)?, &prove::Wish { theorems, place: cli.place, language, limit, html, json })
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

/// The same for a verb that answers a person: a pack that is refused leaves the safety sentence of the one compiled in.
fn load_for_person(folder: Option<&PathBuf>) -> Result<Knowledge> {
    load(folder).inspect_err(|_| {
        if let Ok(built_in) = load(None) {
            anstream::eprintln!("{}", built_in.text("failure"));
        }
    })
}

fn read_case(knowledge: &Knowledge, path: &str, today: Option<Date>) -> Result<wire::CaseFile> {
    let text = wire::read_text(path)?;
    wire::read(knowledge, &text, today)
}

/// A failure never reads as reassurance: the safety sentence of the pack stands beside every error of a case.
fn with_failure(knowledge: &Knowledge, read: Result<wire::CaseFile>) -> Result<wire::CaseFile> {
    if read.is_err() {
        anstream::eprintln!("{}", knowledge.text("failure"));
    }
    read
}

/// The place asked for, else the one of the case, else international.
fn place<'a>(knowledge: &'a Knowledge, asked: Option<&str>, of_case: Option<&str>) -> Result<&'a Place> {
    let slug = asked.or(of_case).unwrap_or("international");
    let Some(place) = knowledge.find_place(slug) else {
        let known: Vec<&str> = knowledge.places.iter().map(|place| place.slug.as_str()).collect();
        bail!("there is no place called `{slug}`; write one of {}", known.join(", "));
    };
    Ok(place)
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

//! `gravida report`: the note for the unit, and what to read out on the phone; it never asks the clock or the network.

mod face;
mod json;
mod layout;
mod pdf;

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};
use clap::{Args, ValueEnum};
use gravida_knowledge::{Knowledge, Place};
use gravida_record::{Note, Refused, phone, sbar, sheet};

use crate::wire::CaseFile;

/// What `gravida report` was asked for.
#[derive(Args)]
pub struct Wish {
    /// A file with the JSON of a case, or - for standard input
    pub case: String,
    #[command(flatten)]
    form: Form,
    /// The size of the paper
    #[arg(long, value_enum, default_value_t = Paper::A4, requires = "pdf")]
    paper: Paper,
    /// Show private answers too: only when nobody but the unit will read it
    #[arg(long)]
    include_private: bool,
}

impl Wish {
    /// True when the note is for a program.
    pub fn is_json(&self) -> bool {
        self.form.json
    }
}

#[derive(Args)]
#[group(multiple = false)]
struct Form {
    /// One page: situation, background, assessment, recommendation (if nothing else is asked for)
    #[arg(long)]
    sbar: bool,
    /// What to read out on the phone in thirty seconds
    #[arg(long)]
    phone: bool,
    /// The note as JSON
    #[arg(long)]
    json: bool,
    /// The page as a PDF that a screen reader can read
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
}

/// The sizes of paper that a ward has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    A4,
    Letter,
}

/// True when everything of the case was understood.
pub fn run(knowledge: &Knowledge, file: &CaseFile, place: &Place, wish: &Wish) -> Result<bool> {
    // Problems go to the person who makes the note, not to its reader: even the name of a field could be private.
    for problem in &file.problems {
        anstream::eprintln!("! {}: {}; {}", problem.at, problem.what, problem.instead);
    }
    let refused = |why: Refused| if why.is_calmer() { anyhow!("{why} (--include-private)") } else { anyhow!("{why}") };
    let note = Note::new(knowledge, &file.merged.case, file.words.as_deref(), file.today, place, wish.include_private).map_err(refused)?;
    if wish.form.json {
        anstream::println!("{}", serde_json::to_string_pretty(&json::note(&note))?);
    } else if wish.form.phone {
        anstream::print!("{}", phone::script(&note));
    } else if let Some(path) = &wish.form.pdf {
        let bytes = pdf::bytes(&sheet::sheet(&note), wish.paper)?;
        std::fs::write(path, bytes).with_context(|| format!("the note cannot be written to {}", path.display()))?;
    } else {
        anstream::print!("{}", sbar::text(&sheet::sheet(&note)));
    }
    Ok(file.problems.is_empty())
}

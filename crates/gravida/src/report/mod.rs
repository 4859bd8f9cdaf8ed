//! `gravida report`: the note for the unit, and what to read out on the phone; it never asks the clock or the network.

mod json;

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use gravida_knowledge::{Knowledge, Place};
use gravida_record::{Note, Paper, Refused, payload, phone, sbar, sheet};
use jiff::civil::Date;

use crate::wire::{self, CaseFile};

const EXAMPLES: &str = "\
Examples:
  gravida report case.json                          the note for the unit, as text
  gravida report --from-qr scanned.txt --pdf note.pdf
  gravida report --phone --from-qr 'GRAVIDA1:…'     quote it: the text may hold spaces and $
  a scanner of QR codes | gravida report --json --from-qr -";

/// What `gravida report` was asked for.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Wish {
    /// A file with the JSON of a case, or - for standard input
    #[arg(required_unless_present = "from_qr")]
    case: Option<String>,
    /// Instead of a case the text of the QR code on the page of the note: itself, a file with it, or - for standard input
    #[arg(long, value_name = "TEXT|FILE|-", conflicts_with = "case")]
    from_qr: Option<String>,
    #[command(flatten)]
    form: Form,
    /// The size of the paper
    #[arg(long, default_value = Paper::A4.word(), requires = "pdf", value_parser = PossibleValuesParser::new(Paper::ALL.map(Paper::word)).try_map(|word| Paper::parse(&word).ok_or("there is no such paper")))]
    paper: Paper,
    /// Show private answers too: only when nobody but the unit will read it
    #[arg(long)]
    include_private: bool,
}

impl Wish {
    /// The case that was asked for.
    pub fn read(&self, knowledge: &Knowledge, today: Option<Date>) -> Result<CaseFile> {
        match (&self.case, &self.from_qr) {
            (_, Some(from)) => scanned(knowledge, from, today),
            (Some(path), None) => crate::read_case(knowledge, path, today),
            (None, None) => bail!("there is no case; give a file, or --from-qr"),
        }
    }

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

/// The case in the text of a QR code.
fn scanned(knowledge: &Knowledge, from: &str, today: Option<Date>) -> Result<CaseFile> {
    let text = if from.starts_with(payload::PREFIX) { from.to_owned() } else { wire::read_text(from)? };
    let read = payload::decode(knowledge, &text)?;
    let mut file = CaseFile { place: read.place, today: today.or(read.today), private_released: read.private_included, ..CaseFile::of(knowledge, read.case) };
    if let Some(words) = &read.words {
        file.own_words(words);
    }
    Ok(file.with_implied(knowledge))
}

/// True when everything of the case was understood.
pub fn run(knowledge: &Knowledge, file: &CaseFile, place: &Place, wish: &Wish) -> Result<bool> {
    // Problems go to the person who makes the note, not to its reader: even the name of a field could be private.
    for problem in &file.problems {
        anstream::eprintln!("! {}: {}; {}", problem.at, problem.what, problem.instead);
    }
    let refused = |why: Refused| if why.is_calmer() { anyhow!("{why} (--include-private)") } else { anyhow!("{why}") };
    let note = Note::new(knowledge, &file.merged.case, file.words.as_deref(), file.today, place, wish.include_private || file.private_released).map_err(refused)?.with_voices(&file.merged.heard);
    if wish.form.json {
        anstream::println!("{}", serde_json::to_string_pretty(&json::note(&note))?);
    } else if wish.form.phone {
        anstream::print!("{}", phone::script(&note));
    } else if let Some(path) = &wish.form.pdf {
        let bytes = gravida_paper::pdf(&sheet::sheet(&note), wish.paper)?;
        std::fs::write(path, bytes).with_context(|| format!("the note cannot be written to {}", path.display()))?;
    } else {
        anstream::print!("{}", sbar::text(&sheet::sheet(&note)));
    }
    Ok(file.problems.is_empty())
}

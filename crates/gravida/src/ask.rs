//! `gravida ask`: the interview in the terminal, one screen at a time; leaving early counts as "not sure".

use std::io::{BufRead, Write};

use anyhow::Result;
use gravida_assessment::{Assessment, Next, assess, purpose};
use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Phase, Place};
use gravida_record::{answered, listed};
use gravida_web::Open;
use jiff::civil::Date;

use crate::explanation::{in_one_line, question};
use crate::interface::{number, t, with};
use crate::render::{self, Depth, Page};
use crate::shown::Shown;
use crate::reading;

/// What a person typed at a screen.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    Answers(Vec<(FindingId, Answer)>),
    Back,
    Leave,
    Help,
    Review,
    /// Not understood; the text says what to type.
    Again(String),
}

/// One interview, with the case before each screen so that "back" forgets what came after.
struct Interview<'a, I, O> {
    knowledge: &'a Knowledge,
    today: Date,
    input: I,
    output: O,
    past: Vec<Case>,
    case: Case,
}

/// Asks until the assessment is done or the person leaves; prints the result. Returns the last case.
pub fn run(knowledge: &Knowledge, place: &Place, today: Date, input: impl BufRead, output: impl Write, depth: Depth) -> Result<Case> {
    let mut output = output;
    let case = interview(knowledge, today, Case::new(knowledge), input, &mut output)?;
    let implied = case.with_implied(knowledge);
    let shown = Shown::of(knowledge, &implied, &assess(knowledge, &implied));
    writeln!(output, "{}", render::result(knowledge, &shown, place, &[], depth))?;
    Ok(case)
}

/// Asks what the case leaves open until the assessment is done or the person leaves. Returns the last case.
pub fn interview(knowledge: &Knowledge, today: Date, case: Case, input: impl BufRead, output: impl Write) -> Result<Case> {
    let mut interview = Interview { knowledge, today, input, output, past: Vec::new(), case };
    interview.say(&format!("{}\n\n{}\n", knowledge.text("safety"), t(knowledge, "terminal-commands")))?;
    loop {
        let assessment = assess(knowledge, &interview.case.with_implied(knowledge));
        let Next::Ask { screen, findings, phase } = assessment.next.clone() else { break };
        if !interview.screen(screen, &findings, phase, &assessment)? {
            break;
        }
    }
    Ok(interview.case)
}

impl<I: BufRead, O: Write> Interview<'_, I, O> {
    fn say(&mut self, text: &str) -> Result<()> {
        writeln!(self.output, "{text}")?;
        self.output.flush()?;
        Ok(())
    }

    /// A line of input; `None` at its end.
    fn read(&mut self) -> Result<Option<String>> {
        write!(self.output, "> ")?;
        self.output.flush()?;
        let mut line = String::new();
        // One answer is short; a longer line is cut, and what is cut is not an answer.
        let n = std::io::Read::take(&mut self.input, 4096).read_line(&mut line)?;
        Ok((n > 0).then(|| line.trim().to_lowercase()))
    }

    /// One screen. False when the person leaves.
    fn screen(&mut self, screen: gravida_knowledge::ScreenId, findings: &[FindingId], phase: Phase, assessment: &Assessment) -> Result<bool> {
        let definition = self.knowledge.screen(screen);
        let mut page = Page::new();
        page.rule();
        page.line(&with(self.knowledge, "terminal-screen", &[("n", Open::Number(self.past.len() + 1)), ("about", Open::Text(&about(self.knowledge, phase)))]));
        page.heading(&definition.ask);
        if let Some(hint) = &definition.hint {
            page.line(hint);
        }
        self.say(&page.finish())?;
        let before = self.case.clone();
        // Findings with other answers than yes and no are asked one by one, the rest as one list of ticks.
        let (ticks, singles): (Vec<FindingId>, Vec<FindingId>) =
            findings.iter().partition(|id| self.knowledge.finding(**id).answers.is_yes_no() && findings.len() > 1 && phase != Phase::Start);
        for id in singles {
            if gravida_knowledge::Verdict::Excluded == self.knowledge.shown(id, &self.case) {
                continue;
            }
            match self.ask(&[id], assessment)? {
                Some(true) => {}
                Some(false) => return Ok(true),
                None => return Ok(false),
            }
        }
        if !ticks.is_empty() {
            match self.ask(&ticks, assessment)? {
                Some(true) => {}
                Some(false) => return Ok(true),
                None => return Ok(false),
            }
        }
        self.past.push(before);
        Ok(true)
    }

    /// Asks until something is understood. `Some(true)`: answered; `Some(false)`: went back; `None`: left.
    fn ask(&mut self, findings: &[FindingId], assessment: &Assessment) -> Result<Option<bool>> {
        let list = self.list(findings, false, assessment);
        self.say(&list)?;
        loop {
            let Some(line) = self.read()? else { return Ok(None) };
            match reply(self.knowledge, findings, &line, self.today) {
                Reply::Answers(answers) => {
                    for (id, answer) in answers {
                        self.case.set(id, answer);
                    }
                    return Ok(Some(true));
                }
                Reply::Back => {
                    if let Some(earlier) = self.past.pop() {
                        self.case = earlier;
                    } else {
                        self.case = Case::new(self.knowledge);
                    }
                    return Ok(Some(false));
                }
                Reply::Leave => return Ok(None),
                Reply::Help => {
                    let list = self.list(findings, true, assessment);
                    self.say(&list)?;
                }
                Reply::Review => {
                    if self.review(assessment)? {
                        return Ok(Some(false));
                    }
                    let list = self.list(findings, false, assessment);
                    self.say(&list)?;
                }
                Reply::Again(why) => self.say(&why)?,
            }
        }
    }

    /// The findings of a list, numbered, with how to answer.
    fn list(&self, findings: &[FindingId], with_hints: bool, assessment: &Assessment) -> String {
        // One line for each question; all that its answer can change when help is asked for.
        let why = |id: FindingId| {
            let purpose = purpose(self.knowledge, &self.case, assessment, id);
            if with_hints { question(self.knowledge, &purpose) } else { in_one_line(self.knowledge, &purpose).into_iter().collect() }
        };
        let mut page = Page::new();
        match findings {
            [id] => {
                let finding = self.knowledge.finding(*id);
                page.line(&finding.ask);
                if let (Some(hint), true) = (&finding.hint, with_hints || !finding.answers.is_yes_no()) {
                    page.line(hint);
                }
                why(*id).iter().for_each(|line| page.detail(&format!("↳ {line}")));
                page.line(&format!("[{}; s = {}]", choices(self.knowledge, *id), self.knowledge.text("not-sure")));
            }
            many => {
                for (n, id) in many.iter().enumerate() {
                    let finding = self.knowledge.finding(*id);
                    page.line(&format!("  {:>2}  {}", n + 1, finding.name));
                    if let (Some(hint), true) = (&finding.hint, with_hints) {
                        page.detail(hint);
                    }
                    why(*id).iter().for_each(|line| page.detail(&format!("↳ {line}")));
                }
                let (none, unsure) = (self.knowledge.text("none-of-these"), self.knowledge.text("not-sure"));
                page.line(&with(self.knowledge, "terminal-list-keys", &[("none", Open::Text(none)), ("unsure", Open::Text(unsure))]));
            }
        }
        page.finish()
    }

    /// Shows the answers so far and takes one back. True when the screen must be shown again.
    fn review(&mut self, _assessment: &Assessment) -> Result<bool> {
        let given: Vec<FindingId> = self.knowledge.finding_ids().filter(|id| self.case.answer(*id) != Answer::Unasked).collect();
        let mut page = Page::new();
        page.heading(&t(self.knowledge, "my-answers"));
        for (n, id) in given.iter().enumerate() {
            page.line(&format!("  {:>2}  {}", n + 1, answered(self.knowledge, *id, self.case.answer(*id))));
        }
        page.line(&t(self.knowledge, "terminal-change-which"));
        self.say(&page.finish())?;
        loop {
            let Some(line) = self.read()? else { return Ok(false) };
            if line.is_empty() {
                return Ok(false);
            }
            match line.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).and_then(|n| given.get(n)) {
                Some(id) => {
                    self.past.push(self.case.clone());
                    self.case.set(*id, Answer::Unasked);
                    let assessment = assess(self.knowledge, &self.case.with_implied(self.knowledge));
                    self.ask(&[*id], &assessment)?;
                    return Ok(true);
                }
                None => self.say(&t(self.knowledge, "terminal-type-number"))?,
            }
        }
    }
}

fn about(knowledge: &Knowledge, phase: Phase) -> String {
    t(knowledge, match phase {
        Phase::Start => "phase-start",
        Phase::Danger => "phase-danger",
        Phase::Cause => "phase-cause",
        Phase::Plan => "phase-plan",
    })
}

/// How a finding is answered by key.
fn choices(knowledge: &Knowledge, id: FindingId) -> String {
    let answers = &knowledge.finding(id).answers;
    match answers {
        gravida_knowledge::Answers::Choices(list) => {
            let says = |n: usize| knowledge.say(id, n as u16);
            let each: Vec<String> = (0..list.len()).map(|n| format!("{} = {}", n + 1, says(n))).collect();
            if answers.is_yes_no() { format!("y = {}; n = {}", says(1), says(0)) } else { listed(knowledge, each) }
        }
        gravida_knowledge::Answers::Weeks(..) => t(knowledge, "terminal-weeks"),
        gravida_knowledge::Answers::Numbers(..) => number(knowledge, id),
    }
}

/// Understands what was typed. An empty line is never an answer.
fn reply(knowledge: &Knowledge, findings: &[FindingId], line: &str, today: Date) -> Reply {
    match line {
        "b" | "back" => return Reply::Back,
        "q" | "leave" | "quit" | "exit" => return Reply::Leave,
        "?" | "h" | "help" => return Reply::Help,
        "c" | "change" => return Reply::Review,
        _ => {}
    }
    if matches!(line, "s" | "not sure" | "don't know" | "dont know") {
        return Reply::Answers(findings.iter().map(|id| (*id, Answer::NotSure)).collect());
    }
    if let [id] = findings {
        return single(knowledge, *id, line, today);
    }
    if matches!(line, "n" | "none" | "no" | "0") {
        return Reply::Answers(findings.iter().map(|id| (*id, Answer::exactly(0))).collect());
    }
    let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let unsure = words.contains(&"s");
    let mut ticked = Vec::new();
    for word in words.iter().filter(|word| **word != "s") {
        match word.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < findings.len()) {
            Some(n) => ticked.push(n),
            None => return Reply::Again(with(knowledge, "terminal-not-a-number", &[("word", Open::Text(word)), ("n", Open::Number(findings.len()))])),
        }
    }
    if ticked.is_empty() {
        return Reply::Again(t(knowledge, "terminal-no-number"));
    }
    let rest = if unsure { Answer::NotSure } else { Answer::exactly(0) };
    Reply::Answers(
        findings.iter().enumerate().map(|(n, id)| (*id, if ticked.contains(&n) { Answer::exactly(1) } else { rest })).collect(),
    )
}

fn single(knowledge: &Knowledge, id: FindingId, line: &str, today: Date) -> Reply {
    let answers = &knowledge.finding(id).answers;
    let answer = match (answers, line) {
        (_, "") => None,
        (answers, "y") if answers.is_yes_no() => Some(Answer::exactly(1)),
        (answers, "n") if answers.is_yes_no() => Some(Answer::exactly(0)),
        (gravida_knowledge::Answers::Choices(list), number) if number.parse::<usize>().is_ok_and(|n| (1..=list.len()).contains(&n)) => {
            number.parse::<u16>().ok().map(|n| Answer::exactly(n - 1))
        }
        (gravida_knowledge::Answers::Weeks(..), number) if number.parse::<u16>().is_ok() => answers.parse(&format!("{number} weeks")).ok(),
        // The answer itself, in the words that are shown or in those that programs write.
        _ => knowledge
            .said(id)
            .position(|word| word.to_lowercase() == line)
            .map(|n| Answer::exactly(n as u16))
            .or_else(|| reading::understand(answers, line, Some(today)).ok()),
    };
    match answer {
        Some(answer) => Reply::Answers(vec![(id, answer)]),
        None => Reply::Again(with(knowledge, "terminal-not-understood", &[("word", Open::Text(line)), ("choices", Open::Text(&choices(knowledge, id)))])),
    }
}

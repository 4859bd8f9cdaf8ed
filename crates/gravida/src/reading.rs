//! From what stands in the JSON of a case to answers: what is not understood is "not sure" and reported, never "no".

use gravida_knowledge::{Answer, Answers, Case, FindingId, Knowledge, Verdict};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::wire::Problem;

/// The answers of one voice while they are read.
pub struct Reading<'k> {
    knowledge: &'k Knowledge,
    today: Option<Date>,
    pub case: Case,
    given: Vec<FindingId>,
    pub problems: Vec<Problem>,
    /// What stands before the name of a finding in a problem.
    at: String,
}

impl<'k> Reading<'k> {
    pub fn new(knowledge: &'k Knowledge, today: Option<Date>, at: &str) -> Reading<'k> {
        Reading { knowledge, today, case: Case::new(knowledge), given: Vec::new(), problems: Vec::new(), at: at.to_owned() }
    }

    fn problem(&mut self, at: &str, what: String, instead: String) {
        self.problems.push(Problem { at: format!("{}{at}", self.at), what, instead });
    }

    /// All answers, and what contradicts itself in them.
    pub fn answers(&mut self, answers: &[(String, Value)]) {
        self.each(answers);
        self.contradictions();
    }

    pub fn each(&mut self, answers: &[(String, Value)]) {
        for (key, value) in answers {
            self.answer(key, value);
        }
    }

    fn answer(&mut self, key: &str, value: &Value) {
        let knowledge = self.knowledge;
        let Some(id) = knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == key) else {
            let near = knowledge.findings.iter().map(|finding| finding.slug.as_str()).filter(|slug| slug.contains(key) || key.contains(slug)).take(3).collect::<Vec<_>>();
            let instead = if near.is_empty() { "`gravida explain findings` lists them".to_owned() } else { format!("did you mean {}?", near.join(" or ")) };
            self.problem(key, "there is no finding with this name, so this answer has no effect".to_owned(), instead);
            return;
        };
        let finding = knowledge.finding(id);
        let understood = match value {
            Value::String(text) => understand(&finding.answers, text, self.today),
            Value::Object(parts) => object(&finding.answers, parts, self.today),
            Value::Null => Ok(Answer::Unasked),
            _ => Err(format!("{}, as a text in quotes", finding.answers.expected())),
        };
        let new = understood.unwrap_or_else(|instead| {
            self.problem(key, format!("{value} is not understood and counts as not sure"), instead);
            Answer::NotSure
        });
        let old = self.case.answer(id);
        if self.given.contains(&id) && old != new {
            // Nothing tells which of the two is meant: the more dangerous one counts.
            let kept = worse(old, new, finding.ordered);
            self.problem(
                key,
                format!("it is answered twice, {} and {}", finding.answers.show_answer(old), finding.answers.show_answer(new)),
                format!("keep one; until then it counts as {}", finding.answers.show_answer(kept)),
            );
            self.case.set(id, kept);
        } else {
            self.case.set(id, new);
        }
        self.given.push(id);
    }

    /// Answers that cannot both be true.
    fn contradictions(&mut self) {
        let knowledge = self.knowledge;
        for id in self.given.clone() {
            let finding = knowledge.finding(id);
            let (_, worst) = finding.answers.ends();
            if self.case.answer(id) == Answer::exactly(worst) {
                for implied in &finding.implies {
                    let other = knowledge.finding(*implied);
                    if self.case.answer(*implied) == Answer::exactly(0) {
                        self.problem(
                            &finding.slug,
                            format!("\"{}\" contradicts the answer no to `{}`", finding.name, other.slug),
                            "correct one of them; until then both count as yes".to_owned(),
                        );
                        self.case.set(*implied, Answer::exactly(other.answers.ends().1));
                    }
                }
            }
            if self.case.answer(id) != Answer::Unasked && knowledge.shown(id, &self.case) == Verdict::Excluded {
                let calm = matches!(self.case.answer(id), Answer::Between(0, 0)) && finding.ordered;
                if !calm {
                    self.problem(
                        &finding.slug,
                        "it does not apply to this person by the other answers, so it has no effect".to_owned(),
                        "check the answers that decide whether it is asked (`gravida explain` shows them)".to_owned(),
                    );
                }
            }
        }
    }
}

/// The more dangerous of two answers: unknown is more dangerous than a calm one.
fn worse(a: Answer, b: Answer, ordered: bool) -> Answer {
    match (a, b) {
        (Answer::Between(_, x), Answer::Between(_, y)) if ordered => if x >= y { a } else { b },
        (Answer::Between(low, high), other) | (other, Answer::Between(low, high)) if ordered && low > 0 && other != Answer::Between(low, high) => Answer::Between(low, high),
        _ => Answer::NotSure,
    }
}

/// Reads an answer in words; weeks may also come as `due 2027-02-01` or `last period 2026-05-01`.
pub fn understand(answers: &Answers, text: &str, today: Option<Date>) -> Result<Answer, String> {
    if let Answers::Weeks(..) = answers {
        let lower = text.trim().to_lowercase();
        for (word, is_due) in [("due ", true), ("last period ", false)] {
            if let Some(date) = lower.strip_prefix(word) {
                return from_date(answers, date, is_due, today);
            }
        }
        return answers.parse(&lower);
    }
    answers.parse(text.trim())
}

fn object(answers: &Answers, parts: &Map<String, Value>, today: Option<Date>) -> Result<Answer, String> {
    let expected = || format!("{}; or {{\"weeks\": 33, \"days\": 2}}, {{\"due-date\": \"2027-02-01\"}}, {{\"last-period\": \"2026-05-01\"}}", answers.expected());
    if !matches!(answers, Answers::Weeks(..)) {
        return Err(answers.expected());
    }
    let text = |key: &str| parts.get(key).and_then(Value::as_str);
    let number = |key: &str| parts.get(key).map(|value| value.as_u64());
    match (number("weeks"), number("days"), text("due-date"), text("last-period"), parts.len()) {
        (Some(Some(weeks)), None, None, None, 1) => answers.parse(&format!("{weeks} weeks")),
        (Some(Some(weeks)), Some(Some(days)), None, None, 2) => answers.parse(&format!("{weeks} weeks {days} days")),
        (None, None, Some(date), None, 1) => from_date(answers, date, true, today),
        (None, None, None, Some(date), 1) => from_date(answers, date, false, today),
        _ => Err(expected()),
    }
}

/// A pregnancy is counted from the last period; the due date is 40 weeks after it.
const DAYS_TO_DUE_DATE: i64 = 280;

fn from_date(answers: &Answers, text: &str, is_due: bool, today: Option<Date>) -> Result<Answer, String> {
    let today = today.ok_or("give the date of today in the field \"today\", or write the weeks")?;
    let date: Date = text.trim().parse().map_err(|_| "write the date as 2027-02-01".to_owned())?;
    let until = i64::from(date.since(today).map_err(|_| "write the date as 2027-02-01".to_owned())?.get_days());
    let days = if is_due { DAYS_TO_DUE_DATE - until } else { -until };
    let (low, high) = answers.ends();
    match u16::try_from(days) {
        Ok(days) if low <= days && days <= high => Ok(Answer::exactly(days)),
        _ => Err(format!("counted from {today} this gives {} weeks, which cannot be; check the date, or write the weeks", days.div_euclid(7))),
    }
}

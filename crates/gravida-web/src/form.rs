//! The fields of a form as answers; what is not understood is an error for the person, and never a "no".

use gravida_knowledge::{Answer, Answers, FindingId, Knowledge};
use jiff::civil::Date;

use crate::view::View;

/// The fields of a form.
pub struct Form<'a>(pub &'a [(String, String)]);

impl Form<'_> {
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.trim())
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(other, own)| other == name && own == value)
    }

    /// A field that was filled in.
    fn filled(&self, name: &str) -> Option<&str> {
        self.one(name).filter(|value| !value.is_empty())
    }
}

/// What a form says, or the id of the words that say what is wrong with it.
pub type Understood = Result<Vec<(FindingId, Answer)>, &'static str>;

/// The ticks of a list: what is ticked is there; the rest is not, if the person ticked something or "none"; with "not
/// sure" the rest is not sure.
pub fn ticks(knowledge: &Knowledge, findings: &[FindingId], form: &Form<'_>) -> Understood {
    let ticked = |id: &FindingId| form.has("there", &knowledge.finding(*id).slug);
    let (none, unsure, any) = (form.has("rest", "none"), form.has("rest", "unsure"), findings.iter().any(ticked));
    if none && (any || unsure) {
        return Err("error-none-and-some");
    }
    if !none && !unsure && !any {
        return Err("error-choose");
    }
    let rest = if unsure { Answer::NotSure } else { Answer::exactly(0) };
    Ok(findings.iter().map(|id| (*id, if ticked(id) { Answer::exactly(1) } else { rest })).collect())
}

/// One question with its own field.
pub fn single(view: &View<'_>, id: FindingId, form: &Form<'_>) -> Result<Answer, &'static str> {
    let answers = &view.knowledge.finding(id).answers;
    let chosen = form.one(&format!("answer-{}", id.index()));
    match answers {
        _ if chosen == Some("unsure") => Ok(Answer::NotSure),
        Answers::Weeks(..) => weeks(view, answers, id.index(), form),
        _ => number(chosen, answers.ends()).ok_or("error-choose"),
    }
}

fn number(text: Option<&str>, (low, high): (u16, u16)) -> Option<Answer> {
    text?.parse::<u16>().ok().filter(|value| low <= *value && *value <= high).map(Answer::exactly)
}

/// A pregnancy is counted from the last period; the due date is 40 weeks after it.
const DAYS_TO_DUE_DATE: i64 = 280;

/// Weeks and days, or one of two dates. More than one way at once must agree, else the person is asked again.
fn weeks(view: &View<'_>, answers: &Answers, n: usize, form: &Form<'_>) -> Result<Answer, &'static str> {
    let mut found: Vec<i64> = Vec::new();
    if let Some(weeks) = form.filled(&format!("weeks-{n}")) {
        let weeks: i64 = weeks.parse().map_err(|_| "error-weeks")?;
        let days: i64 = form.filled(&format!("days-{n}")).map_or(Ok(0), str::parse).map_err(|_| "error-weeks")?;
        if !(0..7).contains(&days) {
            return Err("error-weeks");
        }
        found.push(weeks.checked_mul(7).ok_or("error-weeks")?.saturating_add(days));
    } else if form.filled(&format!("days-{n}")).is_some_and(|days| days != "0") {
        return Err("error-weeks");
    }
    let today: Option<Date> = view.now.get(..10).and_then(|date| date.parse().ok());
    for (name, due) in [("due", true), ("period", false)] {
        if let Some(text) = form.filled(&format!("{name}-{n}")) {
            let date: Date = text.parse().map_err(|_| "error-date")?;
            let until = i64::from(date.since(today.ok_or("error-date")?).map_err(|_| "error-date")?.get_days());
            found.push(if due { DAYS_TO_DUE_DATE - until } else { -until });
        }
    }
    let (low, high) = answers.ends();
    let days = match found.as_slice() {
        [] => return Err("error-choose"),
        [days] => *days,
        // Two ways within a week of each other: somewhere between them.
        [first, rest @ ..] if rest.iter().all(|other| (other - first).abs() <= 7) => {
            let all = || found.iter().copied();
            let (from, to) = (all().min().unwrap_or(*first), all().max().unwrap_or(*first));
            return match (u16::try_from(from), u16::try_from(to)) {
                (Ok(from), Ok(to)) if low <= from && to <= high => Ok(Answer::Between(from, to)),
                _ => Err("error-weeks-range"),
            };
        }
        _ => return Err("error-weeks-differ"),
    };
    match u16::try_from(days) {
        Ok(days) if low <= days && days <= high => Ok(Answer::exactly(days)),
        _ => Err("error-weeks-range"),
    }
}

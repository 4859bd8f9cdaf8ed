//! Reads the rule of a `when`, `asked`, `never` or `if`; it has no negation to read.

use super::block::{Entry, Line, Place};
use super::context::Context;
use super::fact::Cited;
use crate::diagnostic::did_you_mean;
use crate::finding::{Answers, days};
use crate::when::When;

impl Context<'_> {
    /// The rule of an entry. With `danger`, tests may ask only for the worst answers.
    pub fn rule(&mut self, entry: &Entry, danger: bool) -> Option<When> {
        let lines: Vec<Line> = entry.lines.clone();
        self.rule_of(&lines, danger)
    }

    /// The rule of an entry whose first line ends with citations.
    pub fn cited_rule(&mut self, entry: &Entry, danger: bool) -> Option<(When, Cited)> {
        let mut head = entry.clone();
        head.lines.truncate(1);
        let cited = super::fact::split_cites(&head, true, self);
        let mut lines = entry.lines.clone();
        if let Some(first) = lines.first_mut() {
            first.text = cited.value.clone();
        }
        Some((self.rule_of(&lines, danger)?, cited))
    }

    fn rule_of(&mut self, lines: &[Line], danger: bool) -> Option<When> {
        let mut position = 0;
        let rule = self.node(lines, &mut position, 0, 0, danger);
        if let Some(extra) = lines.get(position) {
            self.error(
                extra.at,
                extra.text.chars().count(),
                "this line belongs to no group".to_owned(),
                Some("indent it by two more than its `all of` or `any of`".to_owned()),
            );
            return None;
        }
        rule
    }

    /// Reads the node at `position`, which must be indented by `indent`, and everything under it.
    fn node(&mut self, lines: &[Line], position: &mut usize, indent: usize, depth: usize, danger: bool) -> Option<When> {
        let line = lines.get(*position)?;
        *position += 1;
        let group = match line.text.as_str() {
            "all of" => Some(None),
            "any of" => Some(Some(1)),
            text => text.strip_suffix(" of").and_then(|n| n.parse::<usize>().ok()).map(Some),
        };
        let Some(group) = group else {
            return self.test(line, danger);
        };
        if depth > 16 {
            self.error(line.at, 1, "this rule is nested too deeply".to_owned(), Some("split it into several red flags".to_owned()));
            *position = lines.len();
            return None;
        }
        let mut parts = Vec::new();
        let mut sound = true;
        while let Some(next) = lines.get(*position) {
            if next.indent <= indent {
                break;
            }
            if next.indent != indent + 2 {
                self.error(
                    next.at,
                    next.text.chars().count(),
                    format!("this line is indented by {}, its group needs {}", next.indent, indent + 2),
                    Some("indent by two for each group".to_owned()),
                );
                *position += 1;
                sound = false;
                continue;
            }
            match self.node(lines, position, indent + 2, depth + 1, danger) {
                Some(part) => parts.push(part),
                None => sound = false,
            }
        }
        if parts.is_empty() && sound {
            self.error(line.at, line.text.chars().count(), format!("`{}` has nothing under it", line.text), Some("indent its lines by two more".to_owned()));
            return None;
        }
        if !sound {
            return None;
        }
        match group {
            None => Some(When::All(parts)),
            Some(1) => Some(When::Any(parts)),
            Some(n) if n >= 1 && n <= parts.len() => Some(When::Count(n, parts)),
            Some(n) => {
                self.error(line.at, line.text.chars().count(), format!("`{n} of` over {} lines", parts.len()), Some(format!("write a number from 1 to {}", parts.len())));
                None
            }
        }
    }

    fn test(&mut self, line: &Line, danger: bool) -> Option<When> {
        const FORMS: [&str; 3] = [" is ", " at least ", " under "];
        let Some((form, at)) = FORMS.iter().filter_map(|form| line.text.find(form).map(|at| (*form, at))).min_by_key(|(_, at)| *at) else {
            let word = line.text.split_whitespace().next().unwrap_or("");
            let hint = if line.text.contains(" not ") || word == "not" {
                "there is no `not`: ask for the sign of danger itself".to_owned()
            } else {
                did_you_mean(&line.text, ["all of", "any of"]).unwrap_or_else(|| "write `finding is answer`, `finding at least answer` or `finding under number`".to_owned())
            };
            self.error(line.at, line.text.chars().count(), format!("`{}` is not a test", line.text), Some(hint));
            return None;
        };
        let (name, value) = (line.text[..at].trim(), line.text[at + form.len()..].trim());
        let value_at = Place { line: line.at.line, column: line.at.column + line.text[..at + form.len()].chars().count() as u32 };
        let (finding, answers, ordered) = self.finding(name, line.at)?;
        let (lowest, highest) = answers.ends();
        let exact = self.value(name, value, value_at, &answers)?;
        let (low, high) = match form {
            " is " => (exact, exact),
            " at least " => (exact, highest),
            _ if exact == lowest => {
                self.error(value_at, value.chars().count(), format!("nothing is under {value}"), None);
                return None;
            }
            _ => (lowest, exact - 1),
        };
        if danger && ordered && high != highest {
            let worst = answers.show(highest);
            self.error(
                line.at,
                line.text.chars().count(),
                format!("`{}` asks for an answer that is not the worst one, so a worse answer would lower the urgency", line.text),
                Some(format!("write `{name} is {worst}` or `{name} at least …`")),
            );
            return None;
        }
        Some(When::Test { finding, low, high })
    }

    fn value(&mut self, name: &str, text: &str, at: Place, answers: &Answers) -> Option<u16> {
        let (low, high) = answers.ends();
        let found = match answers {
            Answers::Choices(list) => list.iter().position(|choice| choice == text).map(|position| position as u16),
            Answers::Numbers(..) => text.parse().ok(),
            Answers::Weeks(..) => days(text),
        };
        match found.filter(|value| low <= *value && *value <= high) {
            Some(value) => Some(value),
            None => {
                let hint = match answers {
                    Answers::Choices(list) => did_you_mean(text, list.iter().map(String::as_str)),
                    _ => None,
                }
                .unwrap_or_else(|| answers.expected());
                self.error(at, text.chars().count(), format!("`{text}` is not an answer of `{name}`"), Some(hint));
                None
            }
        }
    }
}

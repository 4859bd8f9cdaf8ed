//! The ways in which a page can be damaged, one line or block at a time; it never writes to a page.

use gravida_knowledge::{Page, Role, Urgency};

/// A page with one damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    pub operator: &'static str,
    /// The position of the page in the pack.
    pub page: usize,
    /// The line of the damage, from 1.
    pub line: usize,
    pub before: String,
    pub after: String,
    /// The lines of the damaged page from here, so many, are replaced by these.
    cut: (usize, usize),
    put: Vec<String>,
}

impl Mutant {
    /// The whole page with the damage.
    pub fn text(&self, page: &Page) -> String {
        let lines: Vec<&str> = page.text.lines().collect();
        let (from, n) = self.cut;
        let mut out: Vec<&str> = lines.iter().take(from).copied().collect();
        out.extend(self.put.iter().map(String::as_str));
        out.extend(lines.iter().skip(from + n).copied());
        out.join("\n") + "\n"
    }
}

/// Every operator with what it does, in words.
pub const OPERATORS: [(&str, &str); 22] = [
    ("threshold-up", "a threshold in a rule is one higher"),
    ("threshold-down", "a threshold in a rule is one lower"),
    ("any-for-all", "`all of` becomes `any of`"),
    ("all-for-any", "`any of` becomes `all of`"),
    ("one-more", "`2 of` becomes `3 of`"),
    ("one-fewer", "`2 of` becomes `1 of`"),
    ("clause-dropped", "a line of a rule is lost"),
    ("answer-flipped", "a rule asks for the other answer"),
    ("finding-misspelt", "a finding in a rule is misspelt"),
    ("urgency-down", "a red flag is one level calmer"),
    ("unsure-lowered", "a red flag counts for one level less when it is not sure"),
    ("role-changed", "a red flag sends to a pharmacist"),
    ("contraindication-dropped", "a reason against a measure is lost"),
    ("weeks-widened", "a measure is for any week"),
    ("advice-offered", "a measure that is advised against is offered"),
    ("steps-swapped", "two steps of a guided session change places"),
    ("worse-order-swapped", "the first two answers of a finding change places"),
    ("asked-dropped", "a finding is asked of everybody"),
    ("implies-dropped", "a finding no longer implies another"),
    ("window-shifted", "the weeks of a condition begin four weeks later"),
    ("wait-doubled", "a wait is twice as long"),
    ("cite-dropped", "a fact loses its source"),
];

/// One line of a block.
struct Line<'t> {
    at: usize,
    text: &'t str,
    /// The keyword that it belongs to.
    keyword: &'t str,
    first: bool,
}

/// Every damage of one page.
pub fn mutants(number: usize, page: &Page) -> Vec<Mutant> {
    let mut found = Vec::new();
    let mut block: Option<(&str, Vec<Line>)> = None;
    for (at, text) in page.text.lines().enumerate() {
        match (text.strip_prefix("```"), &mut block) {
            (Some(_), Some((kind, lines))) => {
                damage(kind, lines, number, &mut found);
                block = None;
            }
            (Some(info), None) => block = Some((info.split_whitespace().next().unwrap_or(""), Vec::new())),
            (None, Some((_, lines))) => {
                let word = text.split(' ').next().unwrap_or("");
                let keyword = if word.is_empty() { lines.last().map_or("", |line| line.keyword) } else { word };
                lines.push(Line { at, text, keyword, first: !word.is_empty() });
            }
            (None, None) => {}
        }
    }
    found
}

fn damage(kind: &str, lines: &[Line], page: usize, found: &mut Vec<Mutant>) {
    let rules: &[&str] = match kind {
        "red-flag" | "follow-up" => &["when"],
        "finding" => &["asked"],
        "intervention" => &["never"],
        _ => &[],
    };
    let mut one = |operator: &'static str, line: &Line, n: usize, put: Vec<String>| {
        let after = put.iter().map(|text| text.trim()).collect::<Vec<_>>().join(" / ");
        let before = lines.iter().filter(|other| other.at >= line.at && other.at < line.at + n).map(|other| other.text.trim()).collect::<Vec<_>>().join(" / ");
        found.push(Mutant { operator, page, line: line.at + 1, before, after: if after.is_empty() { "(nothing)".to_owned() } else { after }, cut: (line.at, n), put });
    };
    for (n, line) in lines.iter().enumerate() {
        let replaced = |from: &str, to: &str| vec![line.text.replacen(from, to, 1)];
        if rules.contains(&line.keyword) {
            rule(line, lines.get(n + 1), &mut one);
        }
        let value = line.text.get(10..).unwrap_or("").trim();
        match (kind, line.keyword, line.first) {
            ("red-flag", "urgency", true) => {
                if let Some(lower) = lower(value) {
                    one("urgency-down", line, 1, replaced(value, lower.word()));
                }
                let has_unsure = lines.iter().any(|other| other.keyword == "if-unsure");
                if let (false, Some(lower)) = (has_unsure, lower(value)) {
                    one("unsure-lowered", line, 1, vec![line.text.to_owned(), format!("if-unsure {lower} For the test.")]);
                }
            }
            ("red-flag", "if-unsure", true) => {
                let word = value.split(' ').next().unwrap_or("");
                if let Some(lower) = lower(word) {
                    one("unsure-lowered", line, 1, replaced(word, lower.word()));
                }
            }
            ("red-flag", "place", true) => {
                let word = value.split(' ').next().unwrap_or("");
                one("role-changed", line, 1, replaced(word, Role::Pharmacist.word()));
            }
            ("intervention", "never", true) => one("contraindication-dropped", line, length(lines, n), Vec::new()),
            ("intervention", "weeks", true) => {
                let weeks: String = value.split("  ").next().unwrap_or("").to_owned();
                if weeks != "0 to 45" {
                    one("weeks-widened", line, 1, replaced(&weeks, "0 to 45"));
                }
            }
            ("intervention", "advice", true) if value == "do-not-offer" || value == "refer" => one("advice-offered", line, 1, replaced(value, "offer")),
            ("intervention", "step", true) => {
                let mine = length(lines, n);
                if let Some(next) = lines.get(n + mine).filter(|next| next.keyword == "step" && next.first) {
                    let other = length(lines, n + mine);
                    let texts = |from: usize, n: usize| lines.iter().skip(from).take(n).map(|line| line.text.to_owned());
                    let _ = next;
                    one("steps-swapped", line, mine + other, texts(n + mine, other).chain(texts(n, mine)).collect());
                }
            }
            ("finding", "answers", true) if value.contains(", ") => {
                let mut words: Vec<&str> = value.split(", ").collect();
                words.swap(0, 1);
                one("worse-order-swapped", line, 1, replaced(value, &words.join(", ")));
            }
            ("finding", "asked", true) => one("asked-dropped", line, length(lines, n), Vec::new()),
            ("finding", "implies", true) => one("implies-dropped", line, 1, Vec::new()),
            ("condition", "window", true) => {
                if let Some(from) = value.split(' ').next().and_then(|word| word.parse::<u16>().ok()) {
                    one("window-shifted", line, 1, replaced(&format!("{from} to"), &format!("{} to", from + 4)));
                }
            }
            ("follow-up", "wait", true) => {
                if let Some(wait) = value.split(' ').next().and_then(|word| word.parse::<u32>().ok()) {
                    one("wait-doubled", line, 1, replaced(&wait.to_string(), &(2 * wait).to_string()));
                }
            }
            ("red-flag" | "follow-up" | "claim", "source", true) => {
                // The last mark of the line goes; where it was the only one, the fact has no source.
                if let Some(open) = line.text.rfind(" [") {
                    one("cite-dropped", line, 1, vec![line.text[..open].to_owned()]);
                }
            }
            ("intervention", "effect" | "dose", true) if line.text.ends_with(']') => {
                if let Some(open) = line.text.rfind(" [") {
                    one("cite-dropped", line, 1, vec![line.text[..open].to_owned()]);
                }
            }
            _ => {}
        }
    }
}

/// A line of a rule.
fn rule(line: &Line, next: Option<&Line>, one: &mut impl FnMut(&'static str, &Line, usize, Vec<String>)) {
    let text = line.text;
    let replaced = |from: &str, to: &str| vec![text.replacen(from, to, 1)];
    if text.contains("all of") {
        one("any-for-all", line, 1, replaced("all of", "any of"));
    } else if text.contains("any of") {
        one("all-for-any", line, 1, replaced("any of", "all of"));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        if let (Ok(needed), "of") = (pair[0].parse::<usize>(), pair[1]) {
            one("one-more", line, 1, replaced(&format!("{needed} of"), &format!("{} of", needed + 1)));
            one("one-fewer", line, 1, replaced(&format!("{needed} of"), &format!("{} of", needed.saturating_sub(1))));
        }
    }
    for (at, word) in words.iter().enumerate() {
        let Ok(number) = word.parse::<u16>() else { continue };
        let before = words.get(at.wrapping_sub(1)).copied().unwrap_or("");
        if before == "least" || before == "under" {
            let was = format!("{before} {number}");
            one("threshold-up", line, 1, replaced(&was, &format!("{before} {}", number + 1)));
            one("threshold-down", line, 1, replaced(&was, &format!("{before} {}", number.saturating_sub(1))));
        }
    }
    if text.contains(" is yes") {
        one("answer-flipped", line, 1, replaced(" is yes", " is no"));
    }
    let is_test = [" is ", " at least ", " under "].iter().any(|word| text.contains(word));
    if is_test {
        let finding = words.iter().find(|word| word.contains('-') || word.len() > 3).copied().unwrap_or("");
        if finding.len() > 3 {
            one("finding-misspelt", line, 1, replaced(finding, &format!("{}{}", &finding[..2], &finding[3..])));
        }
        // A line that stands alone is the whole rule: that is another operator. So is a group's only line.
        let indent = |text: &str| text.len() - text.trim_start().len();
        if !line.first && next.is_none_or(|next| indent(next.text) <= indent(text)) {
            one("clause-dropped", line, 1, Vec::new());
        }
    }
}

/// How many lines an entry has.
fn length(lines: &[Line], first: usize) -> usize {
    1 + lines.iter().skip(first + 1).take_while(|line| !line.first).count()
}

fn lower(word: &str) -> Option<Urgency> {
    let level = Urgency::parse(word)?;
    Urgency::ALL.into_iter().rev().find(|lower| *lower < level)
}

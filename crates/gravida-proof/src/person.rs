//! A case in plain words, for those who read a counterexample; it never judges it.

use gravida_knowledge::{Answer, Case, Knowledge};

use crate::space::State;

/// A person found by a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub case: Case,
    /// Their answers in words; what is unasked is left out.
    pub words: String,
}

impl Person {
    pub fn new(knowledge: &Knowledge, answers: &[State]) -> Person {
        let mut case = Case::new(knowledge);
        let mut words = Vec::new();
        let mut calm = 0;
        for (id, State { answer, examined, .. }) in knowledge.finding_ids().zip(answers) {
            case.set(id, *answer);
            if *examined {
                case.set_examined(id, *answer);
                words.push(format!("{} (found on examination): {}", knowledge.finding(id).name, knowledge.finding(id).answers.show_answer(*answer)));
                continue;
            }
            let finding = knowledge.finding(id);
            match answer {
                Answer::Unasked => {}
                Answer::Between(0, 0) if finding.answers.is_yes_no() => calm += 1,
                Answer::Between(1, 1) if finding.answers.is_yes_no() => words.push(finding.name.clone()),
                other => words.push(format!("{}: {}", finding.name, knowledge.say_answer(id, *other))),
            }
        }
        if calm > 0 {
            words.push(format!("no to {calm} other questions"));
        }
        if words.is_empty() {
            words.push("nothing answered".to_owned());
        }
        Person { case, words: words.join("; ") }
    }
}

//! A small checker of proofs by unit propagation alone; it shares no code with a solver and believes none.
//!
//! A learned clause is taken only if assuming its opposite runs into a contradiction by unit propagation (RUP). "Nobody"
//! is taken only if the assumptions do. So what is checked follows from the clauses of the pack, whatever the solver did.

use crate::solver::Literal;

/// The clauses taken so far, and what follows from them without assumptions.
#[derive(Debug, Default)]
pub struct Checker {
    clauses: Vec<Vec<Literal>>,
    /// For each literal, the clauses that watch it.
    watches: Vec<Vec<usize>>,
    /// For each variable: 1 true, -1 false, 0 open.
    values: Vec<i8>,
    trail: Vec<Literal>,
    /// How much of the trail has been propagated.
    done: usize,
    contradiction: bool,
    /// How many learned clauses were checked.
    pub checked: u64,
}

fn slot(literal: Literal) -> usize {
    literal.unsigned_abs() as usize * 2 + usize::from(literal < 0)
}

impl Checker {
    /// A clause of the question itself, taken as given.
    pub fn given(&mut self, literals: &[Literal]) {
        let mut clause = literals.to_vec();
        clause.sort_unstable();
        clause.dedup();
        let most = clause.iter().map(|literal| literal.unsigned_abs() as usize).max().unwrap_or(0);
        if self.values.len() <= most {
            self.values.resize(most + 1, 0);
            self.watches.resize(2 * (most + 1), Vec::new());
        }
        // What is not false comes first, so that it is watched.
        clause.sort_by_key(|literal| self.value(*literal) == -1);
        let open = clause.iter().filter(|literal| self.value(**literal) != -1).count();
        match open {
            0 => self.contradiction = true,
            1 if self.value(clause[0]) == 0 => {
                self.set(clause[0]);
                self.contradiction |= !self.propagate();
            }
            _ => {}
        }
        if clause.len() > 1 {
            for literal in &clause[..2] {
                self.watches[slot(*literal)].push(self.clauses.len());
            }
            self.clauses.push(clause);
        }
    }

    /// A clause that a solver learned: taken if it follows by unit propagation. False when it does not.
    pub fn learned(&mut self, literals: &[Literal]) -> bool {
        self.checked += 1;
        let opposite: Vec<Literal> = literals.iter().map(|literal| -literal).collect();
        let follows = self.refutes(&opposite);
        if follows {
            self.given(literals);
        }
        follows
    }

    /// Whether the assumptions contradict the clauses by unit propagation.
    pub fn refutes(&mut self, assumptions: &[Literal]) -> bool {
        if self.contradiction {
            return true;
        }
        let keep = self.trail.len();
        let mut conflict = false;
        for literal in assumptions {
            match self.value(*literal) {
                -1 => conflict = true,
                0 => self.set(*literal),
                _ => {}
            }
            if conflict {
                break;
            }
        }
        conflict = conflict || !self.propagate();
        for literal in self.trail.drain(keep..) {
            self.values[literal.unsigned_abs() as usize] = 0;
        }
        self.done = keep;
        conflict
    }

    /// 1 when the literal holds, -1 when its opposite does.
    fn value(&self, literal: Literal) -> i8 {
        let value = self.values.get(literal.unsigned_abs() as usize).copied().unwrap_or(0);
        if literal > 0 { value } else { -value }
    }

    fn set(&mut self, literal: Literal) {
        self.values[literal.unsigned_abs() as usize] = if literal > 0 { 1 } else { -1 };
        self.trail.push(literal);
    }

    /// Follows every clause that has one open literal left. False on a contradiction.
    fn propagate(&mut self) -> bool {
        while let Some(literal) = self.trail.get(self.done).copied() {
            self.done += 1;
            let mut watching = std::mem::take(&mut self.watches[slot(-literal)]);
            let mut kept = 0;
            let mut sound = true;
            for at in 0..watching.len() {
                let number = watching[at];
                if !sound || !self.moved(number, -literal, &mut sound) {
                    watching[kept] = number;
                    kept += 1;
                }
            }
            watching.truncate(kept);
            // Nothing was pushed to this list meanwhile: a watch moves to a literal that is not false.
            self.watches[slot(-literal)] = watching;
            if !sound {
                return false;
            }
        }
        true
    }

    /// Looks for another literal to watch instead of one that became false; true when the watch moved.
    fn moved(&mut self, number: usize, gone: Literal, sound: &mut bool) -> bool {
        if self.clauses[number][0] == gone {
            self.clauses[number].swap(0, 1);
        }
        let first = self.clauses[number][0];
        if self.value(first) == 1 {
            return false;
        }
        let other = (2..self.clauses[number].len()).find(|at| self.value(self.clauses[number][*at]) != -1);
        if let Some(at) = other {
            self.clauses[number].swap(1, at);
            let watched = self.clauses[number][1];
            self.watches[slot(watched)].push(number);
            return true;
        }
        match self.value(first) {
            -1 => *sound = false,
            _ => self.set(first),
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_taken_and_what_does_not_is_refused() {
        let mut checker = Checker::default();
        for clause in [&[1, 2][..], &[1, -2], &[-1, 3], &[-3, 4, 5]] {
            checker.given(clause);
        }
        assert!(checker.learned(&[1]));
        assert!(!checker.learned(&[4]));
        assert!(!checker.refutes(&[3]));
        assert!(checker.refutes(&[-4, -5]));
        assert!(!checker.refutes(&[-4]));
    }

    #[test]
    fn a_contradiction_refutes_everything() {
        let mut checker = Checker::default();
        for clause in [[1, 2], [1, -2], [-1, 2], [-1, -2]] {
            checker.given(&clause);
        }
        assert!(!checker.refutes(&[]));
        assert!(checker.learned(&[1]));
        assert!(checker.refutes(&[]));
    }
}

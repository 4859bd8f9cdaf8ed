//! Two solvers fed the same clauses, and a checker of what the first one learned; it never believes one of them alone.

use batsat::{Callbacks, ClauseKind, Lit as BatLit, Solver, SolverInterface, SolverOpts, Var, lbool};

use crate::checker::Checker;

/// A literal: a variable from 1, negative for its negation.
pub type Literal = i32;

/// An assignment that satisfies everything asked.
#[derive(Debug, Clone)]
pub struct Model(Vec<bool>);

impl Model {
    /// The value of a literal.
    pub fn holds(&self, literal: Literal) -> bool {
        self.0.get(literal.unsigned_abs() as usize).copied().unwrap_or(false) == (literal > 0)
    }
}

/// The proof log: every clause that BatSat learns, in order.
#[derive(Default)]
struct Log(Vec<Vec<Literal>>);

impl Callbacks for Log {
    fn on_new_clause(&mut self, clause: &[BatLit], kind: ClauseKind) {
        if kind == ClauseKind::Learnt {
            let literal = |lit: &BatLit| {
                let number = lit.var().idx() as Literal + 1;
                if lit.sign() { number } else { -number }
            };
            self.0.push(clause.iter().map(literal).collect());
        }
    }
}

/// BatSat and CaDiCaL over the same clauses, and the checker.
pub struct Twins {
    bat: Solver<Log>,
    vars: Vec<Var>,
    cadical: cadical::Solver,
    checker: Checker,
    /// How many questions were put to both.
    pub questions: u64,
}

impl Default for Twins {
    fn default() -> Twins {
        Twins::new()
    }
}

impl Twins {
    pub fn new() -> Twins {
        let bat = Solver::new(SolverOpts::default(), Log::default());
        Twins { bat, vars: Vec::new(), cadical: cadical::Solver::new(), checker: Checker::default(), questions: 0 }
    }

    /// A fresh variable.
    pub fn fresh(&mut self) -> Literal {
        let var = self.bat.new_var_default();
        assert_eq!(var.idx() as usize, self.vars.len(), "variables are numbered one after the other");
        self.vars.push(var);
        self.vars.len() as Literal
    }

    fn bat_literal(&self, literal: Literal) -> BatLit {
        BatLit::new(self.vars[literal.unsigned_abs() as usize - 1], literal > 0)
    }

    /// At least one of the literals holds.
    pub fn clause(&mut self, literals: &[Literal]) {
        self.checker.given(literals);
        let mut bat: Vec<BatLit> = literals.iter().map(|literal| self.bat_literal(*literal)).collect();
        self.bat.add_clause_reuse(&mut bat);
        self.cadical.add_clause(literals.iter().copied());
    }

    /// How many steps of the proof log were checked.
    pub fn steps(&self) -> u64 {
        self.checker.checked
    }

    /// An assignment under the assumptions, or `None` when both solvers agree that there is none and the checker
    /// accepts why.
    ///
    /// # Panics
    /// When the solvers disagree or a step of the proof does not follow: then nothing may be believed.
    pub fn solve(&mut self, assumptions: &[Literal]) -> Option<Model> {
        self.questions += 1;
        let bat: Vec<BatLit> = assumptions.iter().map(|literal| self.bat_literal(*literal)).collect();
        let bat_sat = self.bat.solve_limited(&bat) == lbool::TRUE;
        let cadical_sat = self.cadical.solve_with(assumptions.iter().copied()) == Some(true);
        assert_eq!(bat_sat, cadical_sat, "the two solvers disagree, so nothing is proved");
        for step in std::mem::take(&mut self.bat.cb_mut().0) {
            assert!(self.checker.learned(&step), "a step of the proof does not follow, so nothing is proved");
        }
        if !bat_sat {
            assert!(self.checker.refutes(assumptions), "the proof has no end, so nothing is proved");
            return None;
        }
        let mut values = vec![false];
        values.extend(self.vars.iter().map(|var| self.bat.value_var(*var) == lbool::TRUE));
        Some(Model(values))
    }
}

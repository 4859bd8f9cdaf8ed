//! Two solvers fed the same clauses; it never believes one of them alone.

use batsat::{BasicSolver, Lit as BatLit, SolverInterface, Var, lbool};

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

/// BatSat and CaDiCaL over the same clauses.
pub struct Twins {
    bat: BasicSolver,
    vars: Vec<Var>,
    cadical: cadical::Solver,
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
        Twins { bat: BasicSolver::default(), vars: Vec::new(), cadical: cadical::Solver::new(), questions: 0 }
    }

    /// A fresh variable.
    pub fn fresh(&mut self) -> Literal {
        self.vars.push(self.bat.new_var_default());
        self.vars.len() as Literal
    }

    fn bat_literal(&self, literal: Literal) -> BatLit {
        BatLit::new(self.vars[literal.unsigned_abs() as usize - 1], literal > 0)
    }

    /// At least one of the literals holds.
    pub fn clause(&mut self, literals: &[Literal]) {
        let mut bat: Vec<BatLit> = literals.iter().map(|literal| self.bat_literal(*literal)).collect();
        self.bat.add_clause_reuse(&mut bat);
        self.cadical.add_clause(literals.iter().copied());
    }

    /// An assignment under the assumptions, or `None` when both solvers agree that there is none.
    ///
    /// # Panics
    /// When the solvers disagree: then nothing may be believed.
    pub fn solve(&mut self, assumptions: &[Literal]) -> Option<Model> {
        self.questions += 1;
        let bat: Vec<BatLit> = assumptions.iter().map(|literal| self.bat_literal(*literal)).collect();
        let bat_sat = self.bat.solve_limited(&bat) == lbool::TRUE;
        let cadical_sat = self.cadical.solve_with(assumptions.iter().copied()) == Some(true);
        assert_eq!(bat_sat, cadical_sat, "the two solvers disagree, so nothing is proved");
        if !bat_sat {
            return None;
        }
        let mut values = vec![false];
        values.extend(self.vars.iter().map(|var| self.bat.value_var(*var) == lbool::TRUE));
        Some(Model(values))
    }
}

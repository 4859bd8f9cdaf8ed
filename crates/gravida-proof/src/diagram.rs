//! Functions of a person as decision diagrams over the states of findings, counted exactly; it never grows past its bound.

use std::collections::HashMap;

use num_bigint::BigUint;

/// A diagram, or one of its end values.
pub type Node = u32;

/// Node numbers below this are end values.
const ENDS: u32 = 1 << 16;

/// A diagram needed more nodes than are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// How two end values become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    Least,
    Greatest,
    /// Two levels in one value: the first times [`LEVELS`] plus the second.
    Pair,
    /// Two tallies, each up to the number given: (tally of the surer) × (number + 1) + (tally of the less sure).
    Tally(u16),
    /// 1 where the first is 1 and the second is not.
    Without,
}

/// How many levels of urgency there are.
pub const LEVELS: u32 = 5;

impl Join {
    fn ends(self, a: u32, b: u32) -> u32 {
        match self {
            Join::Least => a.min(b),
            Join::Greatest => a.max(b),
            Join::Pair => a * LEVELS + b,
            Join::Tally(most) => {
                let (most, width) = (u32::from(most), u32::from(most) + 1);
                let sure = (a / width + b / width).min(most);
                let less = (a % width + b % width).min(most);
                sure * width + less
            }
            Join::Without => u32::from(a == 1 && b != 1),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Branch {
    variable: u32,
    children: Box<[Node]>,
}

/// Diagrams that share their parts. A variable is a finding, its children are its states.
pub struct Diagrams {
    /// For each variable, how many answers each state holds.
    sizes: Vec<Vec<u64>>,
    branches: Vec<Branch>,
    known: HashMap<Branch, Node>,
    joined: HashMap<(Join, Node, Node), Node>,
    bound: usize,
}

impl Diagrams {
    pub fn new(sizes: Vec<Vec<u64>>, bound: usize) -> Diagrams {
        Diagrams { sizes, branches: Vec::new(), known: HashMap::new(), joined: HashMap::new(), bound }
    }

    fn branch_of(&self, node: Node) -> Option<&Branch> {
        node.checked_sub(ENDS).map(|at| &self.branches[at as usize])
    }

    fn variable(&self, node: Node) -> u32 {
        self.branch_of(node).map_or(u32::MAX, |branch| branch.variable)
    }

    /// The variable and the child for each of its states; `None` for an end value.
    pub fn parts(&self, node: Node) -> Option<(usize, &[Node])> {
        self.branch_of(node).map(|branch| (branch.variable as usize, &*branch.children))
    }

    pub fn states(&self, variable: usize) -> usize {
        self.sizes[variable].len()
    }

    pub fn variables(&self) -> usize {
        self.sizes.len()
    }

    /// A function that reads one variable first.
    pub fn branch(&mut self, variable: usize, children: Vec<Node>) -> Result<Node, TooLarge> {
        if children.windows(2).all(|pair| pair[0] == pair[1]) {
            return Ok(children[0]);
        }
        let branch = Branch { variable: variable as u32, children: children.into() };
        if let Some(node) = self.known.get(&branch) {
            return Ok(*node);
        }
        if self.branches.len() >= self.bound {
            return Err(TooLarge);
        }
        let node = ENDS + self.branches.len() as u32;
        self.branches.push(branch.clone());
        self.known.insert(branch, node);
        Ok(node)
    }

    /// Two functions joined value by value.
    pub fn join(&mut self, how: Join, a: Node, b: Node) -> Result<Node, TooLarge> {
        if a < ENDS && b < ENDS {
            return Ok(how.ends(a, b));
        }
        // A value that decides alone keeps the diagram small while it is built.
        match (how, a, b) {
            (Join::Least, 0, _) | (Join::Least, _, 0) => return Ok(0),
            (Join::Greatest, 0, other) | (Join::Greatest, other, 0) => return Ok(other),
            (Join::Least | Join::Greatest, one, other) if one == other => return Ok(one),
            (Join::Without, 0, _) => return Ok(0),
            _ => {}
        }
        let key = match how {
            Join::Least | Join::Greatest | Join::Tally(_) => (how, a.min(b), a.max(b)),
            _ => (how, a, b),
        };
        if let Some(node) = self.joined.get(&key) {
            return Ok(*node);
        }
        let variable = self.variable(a).min(self.variable(b));
        let count = self.sizes[variable as usize].len();
        let mut children = Vec::with_capacity(count);
        for state in 0..count {
            let (left, right) = (self.child(a, variable, state), self.child(b, variable, state));
            children.push(self.join(how, left, right)?);
        }
        let node = self.branch(variable as usize, children)?;
        if self.joined.len() > self.bound.saturating_mul(4) {
            self.joined.clear();
        }
        self.joined.insert(key, node);
        Ok(node)
    }

    fn child(&self, node: Node, variable: u32, state: usize) -> Node {
        match self.branch_of(node) {
            Some(branch) if branch.variable == variable => branch.children[state],
            _ => node,
        }
    }

    /// The same function with other end values.
    pub fn map(&mut self, node: Node, value: &impl Fn(u32) -> u32) -> Result<Node, TooLarge> {
        self.map_known(node, value, &mut HashMap::new())
    }

    fn map_known(&mut self, node: Node, value: &impl Fn(u32) -> u32, known: &mut HashMap<Node, Node>) -> Result<Node, TooLarge> {
        if node < ENDS {
            return Ok(value(node));
        }
        if let Some(done) = known.get(&node) {
            return Ok(*done);
        }
        let Branch { variable, children } = self.branches[(node - ENDS) as usize].clone();
        let mut mapped = Vec::with_capacity(children.len());
        for child in &children {
            mapped.push(self.map_known(*child, value, known)?);
        }
        let done = self.branch(variable as usize, mapped)?;
        known.insert(node, done);
        Ok(done)
    }

    /// Every end value that somebody reaches.
    pub fn values(&self, node: Node) -> Vec<u32> {
        let (mut open, mut seen, mut values) = (vec![node], std::collections::HashSet::new(), Vec::new());
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            match self.branch_of(node) {
                None => values.push(node),
                Some(branch) => open.extend(branch.children.iter().copied()),
            }
        }
        values.sort_unstable();
        values
    }

    /// How many sets of answers there are over all variables.
    pub fn size(&self) -> BigUint {
        self.size_between(0, self.sizes.len())
    }

    fn size_between(&self, from: usize, to: usize) -> BigUint {
        self.sizes[from..to].iter().fold(BigUint::from(1u8), |product, states| product * states.iter().sum::<u64>())
    }

    /// How many sets of answers reach the end value 1.
    pub fn count(&self, node: Node) -> BigUint {
        let mut known = HashMap::new();
        let below = self.count_known(node, &mut known);
        below * self.size_between(0, self.depth(node))
    }

    fn depth(&self, node: Node) -> usize {
        (self.variable(node) as usize).min(self.sizes.len())
    }

    fn count_known(&self, node: Node, known: &mut HashMap<Node, BigUint>) -> BigUint {
        let Some(branch) = self.branch_of(node) else { return BigUint::from(u8::from(node == 1)) };
        if let Some(count) = known.get(&node) {
            return count.clone();
        }
        let next = branch.variable as usize + 1;
        let mut total = BigUint::default();
        for (child, size) in branch.children.iter().zip(&self.sizes[branch.variable as usize]) {
            let below = self.count_known(*child, known);
            if below != BigUint::default() {
                total += below * self.size_between(next, self.depth(*child)) * *size;
            }
        }
        known.insert(node, total.clone());
        total
    }

    /// The cheapest state for each variable that reaches the end value 1. State 0 of a variable costs nothing, so what
    /// does not matter stays there.
    pub fn cheapest(&self, node: Node, cost: &impl Fn(usize, usize) -> u64) -> Option<Vec<usize>> {
        let mut known: HashMap<Node, Option<u64>> = HashMap::new();
        self.cost(node, cost, &mut known)?;
        let mut states = vec![0; self.sizes.len()];
        let mut at = node;
        while let Some(branch) = self.branch_of(at) {
            let variable = branch.variable as usize;
            let best = (0..branch.children.len()).filter_map(|state| {
                let below = self.cost(branch.children[state], cost, &mut known)?;
                Some((below + cost(variable, state), state))
            });
            let (_, state) = best.min()?;
            states[variable] = state;
            at = branch.children[state];
        }
        Some(states)
    }

    fn cost(&self, node: Node, cost: &impl Fn(usize, usize) -> u64, known: &mut HashMap<Node, Option<u64>>) -> Option<u64> {
        let Some(branch) = self.branch_of(node) else { return (node == 1).then_some(0) };
        if let Some(found) = known.get(&node) {
            return *found;
        }
        let mut best: Option<u64> = None;
        for (state, child) in branch.children.iter().enumerate() {
            if let Some(below) = self.cost(*child, cost, known) {
                let total = below + cost(branch.variable as usize, state);
                best = Some(best.map_or(total, |other| other.min(total)));
            }
        }
        known.insert(node, best);
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_weigh_states_and_skipped_variables() {
        let mut diagrams = Diagrams::new(vec![vec![1, 1, 7], vec![1, 1, 2], vec![1, 1, 1]], 100);
        let a = diagrams.branch(0, vec![0, 0, 1]).expect("small");
        let b = diagrams.branch(2, vec![0, 1, 1]).expect("small");
        let both = diagrams.join(Join::Least, a, b).expect("small");
        assert_eq!(diagrams.count(both), BigUint::from(7u8 * 4 * 2));
        let either = diagrams.join(Join::Greatest, a, b).expect("small");
        assert_eq!(diagrams.count(either), BigUint::from(108u32 - 2 * 4));
        assert_eq!(diagrams.cheapest(both, &|_, state| state as u64), Some(vec![2, 0, 1]));
    }

    #[test]
    fn the_bound_is_an_error_and_not_a_guess() {
        let mut diagrams = Diagrams::new(vec![vec![1, 1]; 3], 1);
        assert!(diagrams.branch(0, vec![0, 1]).is_ok());
        assert_eq!(diagrams.branch(1, vec![0, 1]), Err(TooLarge));
    }
}

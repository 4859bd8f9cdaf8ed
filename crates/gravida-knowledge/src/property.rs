//! What must hold for every possible case, as clinicians state it; it never proves anything.

use crate::example::{Expectation, expectations};
use crate::knowledge::Origin;
use crate::read::{Block, Context, split_cites};
use crate::source::Cite;
use crate::when::When;

/// If the rule holds, then all expectations hold.
#[derive(Debug, Clone)]
pub struct Property {
    pub slug: String,
    pub condition: When,
    pub then: Vec<Expectation>,
    pub cites: Vec<Cite>,
    pub origin: Origin,
}

impl Property {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Property> {
        let condition = context.rule(block.one("if")?, false);
        let then = expectations(block.one("then")?, context);
        let cites = split_cites(block.one("source")?, true, context).cites;
        Some(Property { slug: block.id.clone(), condition: condition?, then, cites, origin: context.origin(block) })
    }
}

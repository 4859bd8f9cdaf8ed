//! The services of a country and their numbers; it never changes how soon to go.

use crate::knowledge::Origin;
use crate::level::Role;
use crate::read::{Block, Context, split_cites};
use crate::source::Cite;

/// What a kind of place is called in a country, and its number if there is one for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub role: Role,
    pub say: String,
    pub number: Option<String>,
    pub cites: Vec<Cite>,
}

/// A country, or everywhere.
#[derive(Debug, Clone)]
pub struct Place {
    pub slug: String,
    pub name: String,
    pub services: Vec<Service>,
    pub origin: Origin,
}

impl Place {
    /// The service for a kind of place.
    pub fn service(&self, role: Role) -> Option<&Service> {
        self.services.iter().find(|service| service.role == role)
    }

    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Place> {
        let mut services: Vec<Service> = Vec::new();
        for entry in block.all("role") {
            let cited = split_cites(entry, true, context);
            let (word, rest) = cited.value.split_once(' ').unwrap_or((cited.value.as_str(), ""));
            let Some(role) = Role::parse(word) else {
                let known = Role::ALL.map(Role::word);
                let hint = crate::diagnostic::did_you_mean(word, known).unwrap_or_else(|| format!("the kinds of place are {}", known.join(", ")));
                context.error(entry.value_at(), word.chars().count(), format!("there is no kind of place called `{word}`"), Some(hint));
                continue;
            };
            let (say, number) = match rest.rsplit_once(" number ") {
                Some((say, number)) => (say.trim().to_owned(), Some(number.trim().to_owned())),
                None => (rest.trim().to_owned(), None),
            };
            if number.as_deref().is_some_and(|number| !number.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '+')) {
                context.error(entry.value_at(), entry.value_length(), "a telephone number holds digits and spaces".to_owned(), None);
            }
            services.push(Service { role, say, number, cites: cited.cites });
        }
        for role in Role::ALL {
            if !services.iter().any(|service| service.role == role) {
                context.error(block.id_at, block.id.chars().count(), format!("the place `{}` does not say where `{}` is", block.id, role.word()), Some(format!("add a line `role      {} …`", role.word())));
            }
        }
        Some(Place { slug: block.id.clone(), name: block.value("name")?, services, origin: context.origin(block) })
    }
}

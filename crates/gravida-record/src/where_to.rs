//! From a kind of place to the service of a country; it never changes how soon.

use gravida_assessment::{Time, Triage};
use gravida_knowledge::{Knowledge, Place, Role, RoleAt, Service};

/// The first kind of place that fits the time of this case.
pub fn fitting<'a>(places: &'a [RoleAt], time: &Time) -> Option<&'a RoleAt> {
    places.iter().find(|at| time.is_within(at.limit)).or_else(|| places.iter().find(|at| time.meets(at.limit))).or_else(|| places.first())
}

/// The services to turn to, those of the deciding flags first, each once.
pub fn services<'a>(knowledge: &'a Knowledge, triage: &Triage, time: &Time, place: &'a Place) -> Vec<&'a Service> {
    let mut found: Vec<&Service> = Vec::new();
    for state in triage.deciding() {
        let service = fitting(&knowledge.red_flag(state.flag).places, time).and_then(|at| place.service(at.role));
        if let Some(service) = service
            && !found.iter().any(|other| other.role == service.role)
        {
            found.push(service);
        }
    }
    found
}

/// A service as one line, its number first if it has one.
pub fn line(service: &Service) -> String {
    match &service.number {
        Some(number) => format!("☎ {number}  {}", service.say),
        None => format!("☎ {}", service.say),
    }
}

/// Whom to call when it cannot wait, whatever the case: for pages that are read away from a result.
pub fn always(place: &Place) -> impl Iterator<Item = &Service> {
    [Role::Emergency, Role::Maternity].into_iter().filter_map(|role| place.service(role))
}

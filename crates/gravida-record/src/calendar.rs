//! The next deadline as a calendar file (RFC 5545); its words tell nobody else what it is about.

use gravida_assessment::follow_up::Standing;
use gravida_knowledge::Knowledge;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Property, Trigger};
use jiff::Timestamp;

/// `20261124T213000Z`.
fn utc(minutes: u64) -> Option<String> {
    let time = Timestamp::from_second(i64::try_from(minutes).ok()?.checked_mul(60)?).ok()?;
    Some(time.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// One event at the next deadline; after the end the same event as cancelled, so that it goes away. `began` is the time
/// of the first contact and names the event; `sequence` grows with every line, so that a later file replaces an earlier.
pub fn calendar(knowledge: &Knowledge, standing: &Standing, began: u64, sequence: u64, now: u64) -> Option<String> {
    let title = knowledge.text("follow-title");
    // A deadline that has passed is due now: a reminder in the past would never ring.
    let due = standing.state.due.first().max(now);
    // Names from the file alone, nothing by chance: the same episode gives the same bytes. The host is one that no
    // machine has (RFC 2606), and says nothing about the matter.
    let uid = format!("look-again-{began}@reminder.invalid");
    let mut event = Event::with_uid(&uid);
    event
        .summary(title)
        .add_property("DTSTAMP", utc(now)?)
        .add_property("DTSTART", utc(due)?)
        .add_property("DURATION", "PT15M")
        .add_property("SEQUENCE", sequence.to_string())
        .add_property("CLASS", "PRIVATE")
        .add_property("TRANSP", "TRANSPARENT");
    if standing.state.ended.is_some() {
        event.status(EventStatus::Cancelled);
    } else {
        let mut alarm = Alarm::display(title, Trigger::after_start(Default::default()));
        alarm.add_property("UID", format!("alarm-{uid}")).add_property("DTSTAMP", utc(now)?);
        event.status(EventStatus::Confirmed).alarm(alarm);
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0")).append_property(Property::new("PRODID", "-//look-again//1//EN"));
    calendar.push(event.done());
    Some(calendar.to_string())
}

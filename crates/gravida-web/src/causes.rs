//! What it may be: bands, the answers for and against, and the page of one cause. It never speaks of how soon.

use gravida_assessment::{Assessment, Band, Candidate};
use gravida_knowledge::{Share, UNIT, Urgency};
use maud::{Markup, html};

use crate::frame;
use crate::request::Response;
use crate::result::{Depth, list};
use crate::source::marks;
use crate::start;
use crate::view::View;
use crate::words::Open;

/// So many answers for a cause are shown at first.
const FEW: usize = 3;

pub fn section(view: &View<'_>, assessment: &Assessment, depth: Depth) -> Markup {
    let all = &assessment.differential.candidates;
    let knowledge = view.knowledge;
    // Where help comes first, the list of causes is there for those who look for it.
    let calm = assessment.triage.act_on < Urgency::Today || depth != Depth::Person;
    html! {
        @if !all.is_empty() {
            details.part open[calm] {
                summary { h2 { (view.t("what-it-may-be")) } }
                p { (view.say("not-a-diagnosis")) }
                @let raised: Vec<&Candidate> = all.iter().filter(|one| one.raised).collect();
                @let open: Vec<&Candidate> = all.iter().filter(|one| one.must_exclude && !one.raised).collect();
                @if !raised.is_empty() || !open.is_empty() {
                    h3 { (view.say("band-must-exclude")) }
                    @for one in &raised { (cause(view, one, depth)) }
                    @if !open.is_empty() { ul { @for one in &open { li { a href={ "cause-" (knowledge.condition(one.condition).slug) } { (knowledge.condition(one.condition).name) } } } } }
                }
                @for band in [Band::Likely, Band::Possible, Band::LessLikely] {
                    @let here: Vec<&Candidate> = all.iter().filter(|one| one.band == band && !one.raised).collect();
                    @if !here.is_empty() && (band != Band::LessLikely || depth != Depth::Person) {
                        h3 { (view.say(&format!("band-{}", band.word()))) }
                        @for one in here { (cause(view, one, depth)) }
                    }
                }
                @for tie in &assessment.differential.ties {
                    p.note {
                        (knowledge.condition(tie.first).name) " / " (knowledge.condition(tie.second).name) ": " (view.say("tie"))
                        @if let Some(id) = tie.separates { " → " (knowledge.finding(id).ask) }
                    }
                }
            }
        }
    }
}

/// "31 in 100", or of a larger number when it is rare.
fn people(view: &View<'_>, share: Share) -> String {
    for whole in [100u128, 1_000, 10_000, 100_000] {
        let n = (u128::from(share.num) * whole + u128::from(share.den) / 2) / u128::from(share.den.max(1));
        if n >= 1 {
            return view.with("n-in", &[("n", Open::Text(&n.to_string())), ("all", Open::Text(&whole.to_string()))]);
        }
    }
    view.with("fewer-than", &[("all", Open::Text("100000"))])
}

fn cause(view: &View<'_>, one: &Candidate, depth: Depth) -> Markup {
    let condition = view.knowledge.condition(one.condition);
    let side = |positive: bool| {
        let weighty = move |w: &&gravida_assessment::Weighing| (w.point > 0) == positive && w.point.abs() >= UNIT / 4;
        let most = if depth == Depth::Person { FEW } else { usize::MAX };
        one.weighings.iter().filter(weighty).take(most).map(|w| {
            let text = view.answered(w.finding, view.case.answer(w.finding));
            if depth == Depth::Auditor { format!("{text} ({:+} … {:+} … {:+} / {UNIT})", w.low, w.point, w.high) } else { text }
        }).collect::<Vec<String>>()
    };
    let (speaks_for, against) = (side(true), side(false));
    html! {
        details.cause {
            summary {
                strong { (condition.name) }
                @if let Some(point) = one.share.point { " – " (view.with("about-share", &[("share", Open::Text(&people(view, point)))])) }
                " " span.quiet { (view.with("range", &[("low", Open::Text(&people(view, one.share.low))), ("high", Open::Text(&people(view, one.share.high)))])) }
            }
            p { (condition.why) }
            @if !speaks_for.is_empty() { p { (view.t("for-it")) " " (list(view, speaks_for.into_iter())) } }
            @if !against.is_empty() { p { (view.t("against-it")) " " (list(view, against.into_iter())) } }
            p { a href={ "cause-" (condition.slug) } { (view.t("more-and-sources")) span.hidden { " " (condition.name) } } }
        }
    }
}

/// Everything about one cause, with every number, its range and its source.
pub fn page(view: &View<'_>, slug: &str) -> Response {
    let knowledge = view.knowledge;
    let Some(condition) = knowledge.find_condition(slug) else { return start::unknown(view) };
    let points = |heading: &str, texts: &[String]| html! { @if !texts.is_empty() { h2 { (view.t(heading)) } ul { @for text in texts { li { (text) } } } } };
    let body = html! {
        h1 { (condition.name) }
        @if let Some(clinical) = &condition.clinical { p.quiet { (clinical) } }
        p { (view.say("not-a-diagnosis")) }
        h2 { (view.t("why-it-hurts")) }
        p { (condition.why) }
        (points("like", &condition.like))
        (points("unlike", &condition.unlike))
        (points("next-steps", &condition.next))
        h2 { (view.t("numbers")) }
        div.wide tabindex="0" role="region" aria-label=(view.t("numbers")) {
            table {
                thead { tr { th scope="col" { (view.t("number-what")) } th scope="col" { (view.t("number-range")) } th scope="col" { (view.t("source")) } } }
                tbody {
                    @for row in &condition.evidence {
                        tr {
                            th scope="row" { (view.answered(row.finding, gravida_knowledge::Answer::Between(row.low, row.high))) }
                            td { (number(view, row.kind, &row.spread)) }
                            td { (marks(view, &row.cites)) }
                        }
                    }
                }
            }
        }
        p { (marks(view, &condition.urgency_cites)) }
        p.quiet { code { (condition.origin.file) ":" (condition.origin.line) } }
        p { @if view.state.begun && !view.state.is_handed_over() { a.button href="result" { (view.t("to-result")) } } @else { a.button href="start" { (view.t("to-start")) } } }
    };
    frame::page(view, &view.t("what-it-may-be"), body)
}

fn number(view: &View<'_>, kind: gravida_knowledge::EvidenceKind, spread: &gravida_knowledge::Spread) -> String {
    use gravida_knowledge::EvidenceKind;
    if kind == EvidenceKind::Ratio {
        let times = |share: Share| {
            let tenths = u128::from(share.num) * 10 / u128::from(share.den.max(1));
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        return view.with("times", &[("low", Open::Text(&times(spread.low))), ("high", Open::Text(&times(spread.high)))]);
    }
    let words = if kind == EvidenceKind::Seen { "number-seen" } else { "number-spared" };
    view.with(words, &[("low", Open::Text(&people(view, spread.low))), ("high", Open::Text(&people(view, spread.high)))])
}

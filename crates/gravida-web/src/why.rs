//! Why: what sets the level, the smallest sets of answers behind it, and what a question can still change. It decides nothing.

use gravida_assessment::{Assessment, Forcing, Purpose, forcing, purpose};
use gravida_knowledge::{Case, FindingId, RedFlagId};
use maud::{Markup, html};

use crate::result::{Depth, list};
use crate::source::marks;
use crate::view::View;
use crate::words::Open;

/// So many open signs, and so many smallest sets, are shown to the person; the others see all.
const FEW_SIGNS: usize = 6;
const FEW_SETS: usize = 3;
/// So many names of a kind are given for a question.
const FEW_NAMES: usize = 3;

pub fn section(view: &View<'_>, assessment: &Assessment, depth: Depth) -> Markup {
    let knowledge = view.knowledge;
    let (present, open) = (assessment.triage.present(), assessment.triage.open());
    let most = if depth == Depth::Person { FEW_SIGNS } else { usize::MAX };
    html! {
        section {
            h2 { (view.t("why")) }
            @if assessment.triage.deciding().next().is_none() { p { (view.t("why-none")) } }
            ul {
                @for state in &present {
                    @let flag = knowledge.red_flag(state.flag);
                    li {
                        strong { (flag.name) } " " span.tag { (view.level_words(flag.urgency)) }
                        p { (view.t("you-said")) " " (list(view, assessment.reasons(knowledge, &view.case, state.flag).iter().map(|reason| view.answered(reason.finding, reason.answer)))) }
                        p { (marks(view, &flag.cites)) }
                        @if depth == Depth::Auditor { p.quiet { code { (flag.origin.file) ":" (flag.origin.line) } } }
                    }
                }
            }
            (smallest(view, &forcing(knowledge, &view.case, &assessment.triage), depth))
            @if !open.is_empty() {
                details open[present.is_empty() || depth != Depth::Person] {
                    summary { (view.with("open-flags", &[("n", Open::Number(open.len()))])) }
                    p { (view.say("unsure")) }
                    ul { @for state in open.iter().take(most) { li { (knowledge.red_flag(state.flag).name) " " span.tag { (view.level_words(state.counts)) } } } }
                    @if open.len() > most { p { (view.with("and-more", &[("n", Open::Number(open.len() - most))])) } }
                }
            }
        }
    }
}

/// The smallest sets of answers that force the level; and, when nothing present sets it, what would bring it down.
fn smallest(view: &View<'_>, forcing: &Forcing, depth: Depth) -> Markup {
    let knowledge = view.knowledge;
    let most = if depth == Depth::Person { FEW_SETS } else { usize::MAX };
    // A long list of noes helps nobody who is in pain; it stands where everything stands.
    let noes: Vec<&Vec<FindingId>> = forcing.held_up.iter().flat_map(|held| &held.noes).filter(|set| depth != Depth::Person || set.len() <= FEW_NAMES).take(most).collect();
    html! {
        @if !forcing.sets.is_empty() {
            details.reasons open[depth != Depth::Person] {
                summary { (view.say(if forcing.sets.len() == 1 { "why-forced-one" } else { "why-forced" })) }
                ul {
                    @for set in forcing.sets.iter().take(most) {
                        li {
                            (set.answers.iter().map(|reason| view.answered(reason.finding, reason.answer)).collect::<Vec<_>>().join(" + "))
                            @if depth == Depth::Auditor { @for id in &set.flags { (page_of(view, *id)) } }
                        }
                    }
                }
                @if forcing.more || forcing.sets.len() > most { p { (view.say("why-more")) } }
            }
        }
        @if !noes.is_empty() {
            details.reasons open[depth != Depth::Person] {
                summary { (view.say("why-noes")) }
                ul { @for set in &noes { li { (set.iter().map(|id| knowledge.finding(*id).name.as_str()).collect::<Vec<_>>().join(" + ")) } } }
                @if forcing.held_up.as_ref().is_some_and(|held| held.more || held.noes.len() > noes.len()) { p { (view.say("why-more")) } }
            }
        } @else if depth == Depth::Auditor && forcing.held_up.as_ref().is_some_and(|held| held.noes.is_empty() && !held.more) {
            p { (view.say("why-no-noes")) }
        }
    }
}

fn page_of(view: &View<'_>, id: RedFlagId) -> Markup {
    let flag = view.knowledge.red_flag(id);
    html! { p.quiet { (flag.name) " " code { (flag.origin.file) ":" (flag.origin.line) } " " (marks(view, &flag.cites)) } }
}

/// What the answers to a page of questions can still change, for those who ask; nothing when it is nothing.
pub fn question(view: &View<'_>, case: &Case, assessment: &Assessment, findings: &[FindingId]) -> Markup {
    let each: Vec<Purpose> = findings.iter().map(|id| purpose(view.knowledge, case, assessment, *id)).collect();
    let knowledge = view.knowledge;
    let mut flags: Vec<RedFlagId> = each.iter().flat_map(|one| one.flags.iter().copied()).collect();
    // The most urgent first; a sign that several questions share is named once.
    flags.sort_by_key(|id| (std::cmp::Reverse(knowledge.red_flag(*id).urgency), *id));
    flags.dedup();
    let level = each.iter().filter_map(|one| one.could_become).max();
    let names = |all: Vec<&str>| once(all.into_iter().map(str::to_owned));
    let causes = names(each.iter().flat_map(|one| &one.causes).map(|(id, _)| knowledge.condition(*id).name.as_str()).collect());
    let measures = names(each.iter().flat_map(|one| &one.measures).map(|id| knowledge.intervention(*id).name.as_str()).collect());
    let flags = once(flags.iter().map(|id| knowledge.red_flag(*id).name.clone()));
    let others = each.iter().any(|one| one.decides_others) && flags.is_empty() && causes.is_empty() && measures.is_empty();
    html! {
        @if level.is_some() || !causes.is_empty() || !measures.is_empty() || others {
            details.reasons {
                summary { (view.t("why-question")) }
                ul {
                    @if let Some(level) = level { li { (view.say("why-level")) " " span.tag { (view.level_words(level)) } (few(view, &flags)) } }
                    @if !causes.is_empty() { li { (view.say("why-causes")) (few(view, &causes)) } }
                    @if !measures.is_empty() { li { (view.say("why-plan")) (few(view, &measures)) } }
                    @if others { li { (view.say("why-others")) } }
                }
            }
        }
    }
}

/// Each name once, in the order in which they come.
fn once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The first names as a list of their own, and how many more there are.
fn few(view: &View<'_>, names: &[String]) -> Markup {
    html! {
        ul {
            @for name in names.iter().take(FEW_NAMES) { li { (name) } }
            @if names.len() > FEW_NAMES { li { (view.with("and-more", &[("n", Open::Number(names.len() - FEW_NAMES))])) } }
        }
    }
}

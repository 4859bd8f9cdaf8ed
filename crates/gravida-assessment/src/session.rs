//! A guided session as a stepper: the timed steps of an intervention, moved by events; it has no clock of its own.

use core::ops::Range;

use gravida_knowledge::{Intervention, Step};

/// Why a session was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// Somebody asked to stop.
    Asked,
    /// This stop sign of the intervention, by its place in the list.
    Sign(usize),
}

/// What a session is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Running,
    /// Time stands still. Every session starts like this: consent comes first.
    Paused,
    Stopped(StopReason),
    Done,
}

/// What may happen to a session. Time comes in like anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEvent {
    Tick(u32),
    Next,
    Back,
    Pause,
    Resume,
    Stop(StopReason),
}

/// One guided session. The same events give the same session everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session<'a> {
    steps: &'a [Step],
    stop: &'a [String],
    at: usize,
    elapsed: u32,
    spent: u64,
    phase: Phase,
}

/// What a screen or a speaker shows now. The stop signs are always among it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionView<'a> {
    /// From 1.
    pub number: usize,
    pub steps: usize,
    pub say: &'a str,
    pub seconds: u32,
    pub elapsed: u32,
    /// Until the end of this step.
    pub left: u32,
    /// Until the end of the session, this step included.
    pub left_in_all: u64,
    /// Running time so far, of every step that was gone through.
    pub spent: u64,
    pub phase: Phase,
    pub stop: &'a [String],
}

/// A session after an event, and the steps that it entered, in order: each must be said, none is passed in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<'a> {
    pub session: Session<'a>,
    pub entered: Range<usize>,
}

impl<'a> Session<'a> {
    /// The session at its first step, paused. `None` when the intervention has no steps.
    pub fn new(intervention: &'a Intervention) -> Option<Session<'a>> {
        intervention.steps.first()?;
        Some(Session { steps: &intervention.steps, stop: &intervention.stop, at: 0, elapsed: 0, spent: 0, phase: Phase::Paused })
    }

    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// All steps, in order.
    pub fn steps(&self) -> &'a [Step] {
        self.steps
    }

    fn step(&self) -> Option<&'a Step> {
        self.steps.get(self.at)
    }

    /// What to show now.
    pub fn view(&self) -> SessionView<'a> {
        let (say, seconds) = self.step().map_or(("", 0), |step| (step.say.as_str(), step.seconds));
        let left = if matches!(self.phase, Phase::Done | Phase::Stopped(_)) { 0 } else { seconds.saturating_sub(self.elapsed) };
        let later: u64 = self.steps.iter().skip(self.at.saturating_add(1)).map(|step| u64::from(step.seconds)).sum();
        SessionView {
            number: self.at.saturating_add(1),
            steps: self.steps.len(),
            say,
            seconds,
            elapsed: self.elapsed,
            left,
            left_in_all: if matches!(self.phase, Phase::Done | Phase::Stopped(_)) { 0 } else { later.saturating_add(u64::from(left)) },
            spent: self.spent,
            phase: self.phase,
            stop: self.stop,
        }
    }

    /// The session after one event. An event that has no meaning now changes nothing; stopping always has one.
    pub fn after(self, event: SessionEvent) -> Turn<'a> {
        let mut next = self;
        let mut first = self.at.saturating_add(1);
        match (event, self.phase) {
            (SessionEvent::Stop(_), Phase::Stopped(_)) => {}
            (SessionEvent::Stop(reason), _) => next.phase = Phase::Stopped(reason),
            (_, Phase::Stopped(_) | Phase::Done) => {}
            (SessionEvent::Pause, _) => next.phase = Phase::Paused,
            (SessionEvent::Resume, _) => next.phase = Phase::Running,
            (SessionEvent::Tick(_), Phase::Paused) => {}
            (SessionEvent::Tick(seconds), Phase::Running) => next.run(seconds),
            (SessionEvent::Next, _) => next.forward(),
            (SessionEvent::Back, _) => {
                next.at = self.at.saturating_sub(1);
                next.elapsed = 0;
                first = next.at;
            }
        }
        let end = if next.at == self.at && event != SessionEvent::Back { first } else { next.at.saturating_add(1) };
        let entered = if end > first && !matches!(self.phase, Phase::Stopped(_) | Phase::Done) { first..end } else { first..first };
        Turn { session: next, entered }
    }

    /// To the start of the next step, or to the end.
    fn forward(&mut self) {
        if self.at.saturating_add(1) < self.steps.len() {
            self.at = self.at.saturating_add(1);
            self.elapsed = 0;
        } else {
            self.phase = Phase::Done;
        }
    }

    /// Lets time pass, through as many steps as it is enough for.
    fn run(&mut self, seconds: u32) {
        let mut rest = seconds;
        // Each turn of the loop leaves a step, so there are at most as many turns as steps.
        while let Some(step) = self.step() {
            let left = step.seconds.saturating_sub(self.elapsed);
            let used = left.min(rest);
            self.elapsed = self.elapsed.saturating_add(used);
            self.spent = self.spent.saturating_add(u64::from(used));
            rest = rest.saturating_sub(used);
            if used < left || self.phase == Phase::Done {
                return;
            }
            self.forward();
            if self.phase == Phase::Done {
                return;
            }
        }
    }
}

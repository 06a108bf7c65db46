//! The best division of a text into forms: each line as its facts have it, and as its neighbours are.
//!
//! Forward–backward over states that are the forms, and for each form that has continuations one more: the line continues the
//! one above. Every change of form costs the same, so that a step takes time in the number of forms, not in its square.

use super::form::{FORMS, Form};
use super::line::Line;
use super::start::Start;
use super::weights::Prices;

const CONTINUING: usize = Form::CONTINUING.len();
const STATES: usize = FORMS + CONTINUING;

/// What was found of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    pub(super) form: Form,
    /// log2 of how much likelier `form` is than `runner_up`.
    pub(super) bits: f32,
    pub(super) runner_up: Form,
    /// How likely the line continues the one above.
    pub(super) continues: f32,
}

/// How likely a line continues the one above, for each form that has continuations.
type Joins = [f32; CONTINUING];

/// The forms of `lines`, from the bits of each and the bits for a join with the line above.
pub(super) fn verdicts(
    lines: &[Line<'_>],
    bits: &[[f32; FORMS]],
    joins: &[Option<f32>],
    prices: &Prices,
) -> Vec<Verdict> {
    let steps = steps(lines, joins);
    let emissions: Vec<[f32; FORMS]> = bits.iter().map(|bits| emission(bits, prices)).collect();
    let chain = Chain { lines, steps, emissions, prices };
    let forward = chain.forward();
    chain.backward(&forward)
}

/// 2 to the bits, by the best of them.
fn emission(bits: &[f32; FORMS], prices: &Prices) -> [f32; FORMS] {
    let best = bits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    bits.map(|bits| ((bits - best) * prices.scale).max(-prices.floor).exp2())
}

/// How likely each line continues the one above, by form.
fn steps(lines: &[Line<'_>], joins: &[Option<f32>]) -> Vec<Joins> {
    const ITEMS: [Start; 4] =
        [Start::named("bullet"), Start::named("number"), Start::named("han-number"), Start::named("circle")];
    const ENTRIES: [Start; 2] = [Start::named("bracket"), Start::named("number")];
    let mut steps: Vec<Joins> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let Some((bits, above)) = joins[i].zip(i.checked_sub(1)) else {
            steps.push([0.0; CONTINUING]);
            continue;
        };
        // What names a part or an item does not go on with a sentence that has ended.
        let named = (line.begins == Start::named("chapter") || line.begins.is_of(&ITEMS)) && lines[above].stops;
        let likely = if named { 0.0 } else { 1.0 / (1.0 + (-bits.clamp(-15.0, 15.0)).exp2()) };
        let (record_goes_on, above) = (steps[above][1] > 0.0, &lines[above]);
        // Entries go on only below their text, or with a mark that begins no line; where signs are listed, that is an entry as well.
        let closes = line.begins == Start::named("close") && above.chars > 2;
        let hangs = line.indent > above.indent || closes;
        let goes_on = (record_goes_on && line.indent == above.indent) || above.begins.is_of(&ITEMS);
        let record = if hangs || (goes_on && !line.begins.is_of(&ITEMS)) { likely } else { 0.0 };
        let flush = line.indent == above.indent && !line.begins.is_of(&ENTRIES);
        let refs = if record > 0.0 || flush { likely } else { 0.0 };
        steps.push([likely, record, refs, likely]);
    }
    steps
}

struct Chain<'a> {
    lines: &'a [Line<'a>],
    steps: Vec<Joins>,
    emissions: Vec<[f32; FORMS]>,
    prices: &'a Prices,
}

impl Chain<'_> {
    /// The share that a change before line `i` leaves, and what it is worth to leave or enter each form.
    fn change(&self, i: usize) -> (f32, [f32; FORMS]) {
        let price = if self.lines[i].blank { self.prices.blank } else { self.prices.change };
        let single = self.prices.single.exp2();
        ((-price).exp2(), Form::ALL.map(|form| if form.is_single() { single } else { 1.0 }))
    }

    /// What is left of a form in the next line: titles and page furniture do not come in rows.
    fn stay(&self, form: usize) -> f32 {
        if matches!(Form::ALL[form], Form::Title | Form::Furniture) { (-self.prices.stay).exp2() } else { 1.0 }
    }

    fn emit(&self, i: usize) -> [f32; STATES] {
        let mut all = [0.0; STATES];
        all[..FORMS].copy_from_slice(&self.emissions[i]);
        for (k, form) in Form::CONTINUING.iter().enumerate() {
            all[FORMS + k] = self.emissions[i][*form as usize];
        }
        all
    }

    fn forward(&self) -> Vec<[f32; STATES]> {
        let mut all: Vec<[f32; STATES]> = Vec::with_capacity(self.lines.len());
        for i in 0..self.lines.len() {
            let mut now = self.emit(i);
            if let Some(before) = all.last() {
                let came = self.step_forward(before, i);
                now.iter_mut().zip(came).for_each(|(now, came)| *now *= came);
            } else {
                now[FORMS..].fill(0.0);
            }
            normalize(&mut now);
            all.push(now);
        }
        all
    }

    fn step_forward(&self, before: &[f32; STATES], i: usize) -> [f32; STATES] {
        let (keep, doors) = self.change(i);
        let base = folded(before);
        let out: f32 = base.iter().zip(doors).map(|(mass, door)| mass * door).sum();
        let mut now = [0.0; STATES];
        for f in 0..FORMS {
            now[f] = keep * doors[f] * (out - base[f] * doors[f]).max(0.0) + base[f] * self.stay(f);
        }
        for (k, form) in Form::CONTINUING.iter().enumerate() {
            let joined = base[*form as usize] * self.steps[i][k];
            now[*form as usize] = (now[*form as usize] - joined).max(0.0);
            now[FORMS + k] = joined;
        }
        now
    }

    fn step_backward(&self, after: &[f32; STATES], i: usize) -> [f32; STATES] {
        let (keep, doors) = self.change(i);
        let mut stay = [0.0; FORMS];
        stay.copy_from_slice(&after[..FORMS]);
        let out: f32 = stay.iter().zip(doors).map(|(mass, door)| mass * door).sum();
        let mut now = [0.0; STATES];
        for f in 0..FORMS {
            now[f] = keep * doors[f] * (out - stay[f] * doors[f]).max(0.0);
            stay[f] *= self.stay(f);
        }
        for (k, form) in Form::CONTINUING.iter().enumerate() {
            let (f, joined) = (*form as usize, self.steps[i][k]);
            stay[f] = stay[f] * (1.0 - joined) + after[FORMS + k] * joined;
        }
        for f in 0..FORMS {
            now[f] += stay[f];
        }
        for (k, form) in Form::CONTINUING.iter().enumerate() {
            now[FORMS + k] = now[*form as usize];
        }
        now
    }

    fn backward(&self, forward: &[[f32; STATES]]) -> Vec<Verdict> {
        let mut verdicts = Vec::with_capacity(forward.len());
        let mut after = [1.0; STATES];
        for (i, before) in forward.iter().enumerate().rev() {
            let mut likely = *before;
            likely.iter_mut().zip(after).for_each(|(a, b)| *a *= b);
            normalize(&mut likely);
            verdicts.push(verdict(&likely));
            if i > 0 {
                let emit = self.emit(i);
                after.iter_mut().zip(emit).for_each(|(a, b)| *a *= b);
                after = self.step_backward(&after, i);
                normalize(&mut after);
            }
        }
        verdicts.reverse();
        verdicts
    }
}

/// The mass of each form, whether it continues or not.
fn folded(states: &[f32; STATES]) -> [f32; FORMS] {
    let mut forms = [0.0; FORMS];
    forms.copy_from_slice(&states[..FORMS]);
    for (k, form) in Form::CONTINUING.iter().enumerate() {
        forms[*form as usize] += states[FORMS + k];
    }
    forms
}

fn normalize(states: &mut [f32; STATES]) {
    let sum: f32 = states.iter().sum();
    let by = 1.0 / sum.max(f32::MIN_POSITIVE);
    states.iter_mut().for_each(|mass| *mass *= by);
}

fn verdict(likely: &[f32; STATES]) -> Verdict {
    let forms = folded(likely);
    let (mut best, mut second) = (0, 1);
    if forms[second] > forms[best] {
        (best, second) = (second, best);
    }
    for f in 2..FORMS {
        if forms[f] > forms[best] {
            (best, second) = (f, best);
        } else if forms[f] > forms[second] {
            second = f;
        }
    }
    let least = 1e-9;
    Verdict {
        form: Form::ALL[best],
        bits: (forms[best].max(least) / forms[second].max(least)).log2(),
        runner_up: Form::ALL[second],
        continues: likely[FORMS..].iter().sum(),
    }
}

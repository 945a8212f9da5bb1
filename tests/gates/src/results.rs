//! Everything that was measured, as it is written to JSON and as the page is drawn from.

use clap::ValueEnum;
use gatepass_core::image::report::Measure;
use gatepass_synth::{capture::Profile, head::Act};
use serde::Serialize;

use crate::{
    clips::{Clips, Takes},
    corners::Corners,
    gate::GATES,
    photographs::{Photographs, Series},
    relations::Relations,
    statistics::Rate,
    times::Time,
};

/// How much is measured.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Size {
    /// Of the full run.
    pub percent: u64,
    /// Documents of the tuning and of the reporting seed, each with a few photographs for every gate.
    pub documents: [u64; 2],
    /// Documents of each seed with photographs on the edge.
    pub edge: u64,
    /// Documents of each seed with preview frames on the edge, and with pairs of pictures.
    pub live: u64,
    /// Frames of each kind, of the tuning and of the reporting seed, in which the document is looked for.
    pub frames: [u64; 2],
    /// Films on the reporting seed.
    pub reporting: Takes,
    /// Films on the tuning seed.
    pub tuning: Takes,
    /// Frames whose time is taken.
    pub timed: u64,
}

impl Size {
    /// Enough for intervals of 95 % that end near two per cent where nothing went wrong on the reporting seed.
    pub const FULL: u64 = 100;
    /// Enough to see that it runs, and what is far off.
    pub const QUICK: u64 = 4;

    /// So many per cent of the full run.
    #[must_use]
    pub fn percent(percent: u64) -> Self {
        // At least one of everything.
        let of = |full: u64| (full * percent).div_ceil(100).max(1);
        Self {
            percent,
            documents: [of(30), of(100)],
            edge: of(60),
            live: of(40),
            frames: [of(80), of(400)],
            reporting: Takes { genuine: of(200), other: of(40) },
            tuning: Takes { genuine: of(30), other: of(6) },
            timed: of(20).max(5),
        }
    }
}

/// What a gate is called and what counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) at: Option<&'static str>,
    pub(crate) good: &'static str,
    pub(crate) bad: &'static str,
    pub(crate) wrong: Wrong,
    pub(crate) alone: bool,
}

/// What it is called when a good one is refused and a bad one accepted.
pub(crate) type Wrong = [&'static str; 2];

/// Of a gate.
pub(crate) const REFUSED: Wrong = ["good refused", "bad accepted"];
/// Of a measure that only warns.
pub(crate) const WARNED: Wrong = ["warned for nothing", "not seen"];

/// One gate on both seeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// Its name.
    pub id: String,
    /// The same for people.
    pub title: String,
    /// Where the document was measured, where that is not what its name says.
    pub at: Option<&'static str>,
    /// The measure's code.
    pub measure: &'static str,
    /// The measure's unit.
    pub unit: &'static str,
    /// Whether values up to the limit are accepted, and not those from it on.
    pub upper: bool,
    /// What counts as good.
    pub good: &'static str,
    /// What counts as bad.
    pub bad: &'static str,
    /// What it is called when a good one is refused and when a bad one is accepted.
    pub wrong: [&'static str; 2],
    /// Whether a bad one counts as accepted when this measure lets it pass, whatever the others say.
    pub alone: bool,
    /// The most of the good that may be refused; `None`: nothing is asked for.
    pub most_refused: Option<f64>,
    /// The most of the bad that may be accepted.
    pub most_accepted: Option<f64>,
    /// On the seed that limits may be chosen with.
    pub tuning: Series,
    /// On the seed that nothing was chosen with.
    pub reporting: Series,
}

/// Photographs with nothing wrong: which measures refused how many.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Faultless {
    /// What they were drawn from.
    pub seed: u64,
    /// Refused by anything.
    pub refused: Rate,
    /// Refused by each measure.
    pub by: Vec<(&'static str, Rate)>,
}

/// Whether what was asked for was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It was.
    Reached,
    /// It was not.
    Missed,
    /// Nothing is asked for.
    Figure,
    /// It could not be measured.
    NotMeasured,
}

impl Verdict {
    /// The word that tables have for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Missed => "missed",
            Self::Figure => "figure",
            Self::NotMeasured => "not measured",
        }
    }

    fn of(reached: bool) -> Self {
        if reached { Self::Reached } else { Self::Missed }
    }
}

/// A part of the measurement that can be done alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The document's corners in preview frames.
    Corners,
    /// Photographs over the whole of each ladder, as they are sent.
    Gates,
    /// Photographs on the edge between good and bad.
    Edge,
    /// Preview frames on that edge.
    Live,
    /// Two pictures of one document.
    Relations,
    /// Films of heads.
    Turn,
    /// Times of one frame.
    Times,
}

/// One line of the closing table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The part that it belongs to; `None`: others measured it.
    pub part: Option<Part>,
    /// What.
    pub what: String,
    /// What was asked for.
    pub target: String,
    /// What was measured, with how many.
    pub measured: String,
    /// Whether that was reached.
    pub verdict: Verdict,
}

impl Row {
    /// A line for programs: `row <tab> WHAT <tab> TARGET <tab> MEASURED <tab> VERDICT`.
    #[must_use]
    pub fn line(&self) -> String {
        ["row", &self.what, &self.target, &self.measured, self.verdict.word()].join("\t")
    }

    /// Reads such a line.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let ["row", what, target, measured, verdict] = *line.split('\t').collect::<Vec<_>>() else { return None };
        let all = [Verdict::Reached, Verdict::Missed, Verdict::Figure, Verdict::NotMeasured];
        let verdict = all.into_iter().find(|known| known.word() == verdict)?;
        Some(Self {
            part: None,
            what: what.to_owned(),
            target: target.to_owned(),
            measured: measured.to_owned(),
            verdict,
        })
    }

    /// A share that may be at most so much, where anything is asked for.
    fn most(what: String, rate: Rate, most: Option<f64>) -> Self {
        most.map_or_else(|| Self::figure(what.clone(), told(rate)), |most| Self::at_most(what.clone(), rate, most))
    }

    /// What nothing is asked of.
    fn figure(what: String, measured: String) -> Self {
        Self { part: None, what, target: "-".to_owned(), measured, verdict: Verdict::Figure }
    }

    /// A share that may be at most so much.
    fn at_most(what: String, rate: Rate, most: f64) -> Self {
        Self::judged(what, rate, most, "≤", |share| share <= most)
    }

    /// A share that must be at least so much.
    fn at_least(what: String, rate: Rate, least: f64) -> Self {
        Self::judged(what, rate, least, "≥", |share| share >= least)
    }

    fn judged(what: String, rate: Rate, limit: f64, sign: &str, holds: impl Fn(f64) -> bool) -> Self {
        let verdict = rate.share().map_or(Verdict::NotMeasured, |share| Verdict::of(holds(share)));
        Self { part: None, what, target: format!("{sign} {}", percent(limit)), measured: told(rate), verdict }
    }
}

/// `1.5 %`, without a fraction where there is none.
#[must_use]
pub fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    format!("{}\u{a0}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// `1.5 % (3 of 200, 0.5 to 4.3 %)`.
#[must_use]
pub fn told(rate: Rate) -> String {
    let (Some(share), Some((low, high))) = (rate.share(), rate.wilson()) else {
        return "nothing to measure".to_owned();
    };
    format!("{} ({} of {}, {:.1} to {:.1}\u{a0}%)", percent(share), rate.hits, rate.of, low * 100.0, high * 100.0)
}

/// All of it.
#[derive(Debug, Serialize)]
pub struct Results {
    /// How much was measured.
    pub size: Size,
    /// The seed that limits may be chosen with.
    pub tuning: u64,
    /// The seed that is reported.
    pub reporting: u64,
    /// Photographs that were judged.
    pub photographs: usize,
    /// How long it took, seconds.
    pub seconds: u64,
    /// The closing table: the reporting seed.
    pub rows: Vec<Row>,
    /// Gate by gate, over the whole of each ladder.
    pub gates: Vec<Judged>,
    /// Photographs on the edge.
    pub edge: Vec<Judged>,
    /// Preview frames on the edge.
    pub live: Vec<Judged>,
    /// Two pictures of one document, tuning and reporting.
    pub relations: Vec<Relations>,
    /// Photographs with nothing wrong, tuning and reporting.
    pub faultless: Vec<Faultless>,
    /// Whether the document is found, tuning and reporting.
    pub corners: Vec<Corners>,
    /// Films, tuning and reporting.
    pub clips: Vec<Clips>,
    /// Times of one frame.
    pub times: Vec<Time>,
}

impl Results {
    /// Before anything was measured.
    pub(crate) fn empty(size: Size, tuning: u64, reporting: u64) -> Self {
        Self {
            size,
            tuning,
            reporting,
            photographs: 0,
            seconds: 0,
            rows: Vec::new(),
            gates: Vec::new(),
            edge: Vec::new(),
            live: Vec::new(),
            relations: Vec::new(),
            faultless: Vec::new(),
            corners: Vec::new(),
            clips: Vec::new(),
            times: Vec::new(),
        }
    }
}

impl Judged {
    pub(crate) fn of(
        measure: Measure,
        words: Words,
        most: Option<(f64, f64)>,
        tuning: &Series,
        reporting: &Series,
    ) -> Self {
        let Words { id, title, at, good, bad, wrong, alone } = words;
        Self {
            id,
            title,
            at,
            measure: measure.code(),
            unit: measure.unit(),
            upper: measure.is_upper(),
            good,
            bad,
            wrong,
            alone,
            most_refused: most.map(|(refused, _)| refused),
            most_accepted: most.map(|(_, accepted)| accepted),
            tuning: tuning.clone(),
            reporting: reporting.clone(),
        }
    }

    /// Its rows of the closing table: of the good and of the bad.
    fn rows(&self, what: &str) -> Vec<Row> {
        let accepted = if self.alone { self.reporting.missed } else { self.reporting.accepted };
        let [refused, let_pass] = self.wrong;
        let mut rows = vec![Row::most(format!("{what}: {refused}"), self.reporting.refused, self.most_refused)];
        if accepted.of > 0 {
            rows.push(Row::most(format!("{what}: {let_pass}"), accepted, self.most_accepted));
        }
        rows
    }
}

/// Both seeds side by side.
pub(crate) fn gates(tuning: &Photographs, reporting: &Photographs) -> Vec<Judged> {
    GATES
        .iter()
        .zip(tuning.series.iter().zip(&reporting.series))
        .map(|(gate, (tuning, reporting))| {
            let (id, title) = (gate.id.to_owned(), gate.title.to_owned());
            let alone = gate.measure.is_warning();
            let wrong = if alone { WARNED } else { REFUSED };
            let words = Words { id, title, at: None, good: gate.good, bad: gate.bad, wrong, alone };
            Judged::of(gate.measure, words, gate.most, tuning, reporting)
        })
        .collect()
}

pub(crate) fn faultless(seed: u64, photographs: &Photographs) -> Faultless {
    Faultless { seed, refused: photographs.refused, by: photographs.faultless.clone() }
}

/// The closing table: what the reporting seed gave beside what was asked for; `more`: rows that others measured.
pub(crate) fn rows(results: &Results, more: &[Row]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |part: Part, of: Vec<Row>| rows.extend(of.into_iter().map(|row| Row { part: Some(part), ..row }));
    let reporting = |corners: &&Corners| corners.seed == results.reporting;
    add(Part::Corners, results.corners.iter().filter(reporting).map(found).collect());
    for gate in &results.gates {
        add(Part::Gates, gate.rows(&gate.title));
    }
    if let [_, faultless] = &results.faultless[..] {
        let what = "photographs with nothing wrong, refused by anything".to_owned();
        add(Part::Gates, vec![Row::figure(what, told(faultless.refused))]);
    }
    for edge in &results.edge {
        add(Part::Edge, edge.rows(&format!("on the edge, {}", lower(&edge.title))));
    }
    for live in &results.live {
        add(Part::Live, live.rows(&format!("preview on the edge, {}", lower(&live.title))));
    }
    if let [_, relations] = &results.relations[..] {
        add(Part::Relations, pairs(relations));
    }
    if let [_, clips] = &results.clips[..] {
        add(Part::Turn, turn(clips));
    }
    add(Part::Times, results.times.iter().map(time).collect());
    rows.extend(more.iter().cloned());
    rows
}

/// A title within a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn found(corners: &Corners) -> Row {
    let what = format!("corners found, IoU ≥ 0.9: {}", corners.about);
    if corners.profile == Profile::Busy {
        Row::at_least(what, corners.found, 0.95)
    } else {
        Row::figure(what, told(corners.found))
    }
}

fn pairs(relations: &Relations) -> Vec<Row> {
    let Relations { distance, twice, anew, .. } = relations;
    let mut rows = vec![
        Row::at_most("front and back of one document, taken for one side".to_owned(), distance.refused, 0.02),
        Row::at_most("one side photographed twice, taken for two sides".to_owned(), distance.missed, 0.02),
        Row::figure("one side photographed twice, taken for one picture".to_owned(), told(*twice)),
    ];
    for (what, same, different) in anew {
        rows.push(Row::figure(format!("one picture saved anew {what}, known as the same picture"), told(*same)));
        rows.push(Row::at_most(format!("one picture saved anew {what}, taken for two sides"), *different, 0.02));
    }
    rows
}

fn turn(clips: &Clips) -> Vec<Row> {
    let of = |act: Act| clips.acts.iter().filter(move |played| played.act == act);
    let shown = |acts: &[Act]| {
        acts.iter().flat_map(|&act| of(act)).fold(Rate::default(), |sum, played| Rate {
            hits: sum.hits + played.shown.hits,
            of: sum.of + played.shown.of,
        })
    };
    let not = |rate: Rate| Rate { hits: rate.of - rate.hits, of: rate.of };
    let directions = of(Act::Genuine).find_map(|played| played.directions).unwrap_or_default();
    let flat = [Act::PhotoMoved, Act::PhotoTurned, Act::PhotoBent];
    let mut rows = vec![
        Row::at_least("turn: direction right".to_owned(), directions, 0.99),
        Row::at_least("turn: wrong order caught".to_owned(), not(shown(&[Act::WrongOrder])), 1.0),
        Row::at_most("turn: flat moving photo accepted".to_owned(), shown(&flat), 0.02),
        Row::at_most("turn: genuine refused".to_owned(), not(shown(&[Act::Genuine])), 0.03),
    ];
    let named = [&flat[..], &[Act::WrongOrder, Act::Genuine]].concat();
    for played in clips.acts.iter().filter(|played| !named.contains(&played.act)) {
        rows.push(Row::figure(format!("turn: accepted of {}", played.about), told(played.shown)));
    }
    rows
}

fn time(time: &Time) -> Row {
    Row {
        part: None,
        what: format!("{}, {}, median", time.what, time.place),
        target: time.most_ms.map_or_else(|| "-".to_owned(), |most| format!("≤ {most:.0} ms")),
        measured: match (time.median_ms, &time.why) {
            (Some(median), _) => format!("{median:.1} ms ({} frames)", time.frames),
            (None, why) => why.clone().unwrap_or_default(),
        },
        verdict: match (time.median_ms, time.most_ms) {
            (None, _) => Verdict::NotMeasured,
            (Some(_), None) => Verdict::Figure,
            (Some(median), Some(most)) => Verdict::of(median <= most),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_how_many_and_whether_it_was_reached() {
        let row = Row::at_most("glare: good refused".to_owned(), Rate { hits: 3, of: 200 }, 0.02);
        // Wilson's interval of 3 in 200 by the formula of the paper, worked out by hand: 0.5 to 4.3 %.
        assert_eq!(
            row.line(),
            "row\tglare: good refused\t≤ 2\u{a0}%\t1.5\u{a0}% (3 of 200, 0.5 to 4.3\u{a0}%)\treached"
        );
        assert_eq!(Row::read(&row.line()), Some(row));
        let over = Row::at_most(String::new(), Rate { hits: 5, of: 200 }, 0.02);
        assert_eq!(over.verdict, Verdict::Missed);
        assert_eq!(Row::at_least(String::new(), Rate { hits: 19, of: 20 }, 0.95).verdict, Verdict::Reached);
        assert_eq!(Row::at_least(String::new(), Rate::default(), 0.95).verdict, Verdict::NotMeasured);
        assert_eq!(Row::read("bench\ta\tb\tc\td"), None);
    }
}

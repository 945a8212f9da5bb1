//! Everything that was measured, as it is written to JSON and as the page is drawn from.

use serde::Serialize;

use crate::{
    clips::{Clips, Takes},
    corners::Corners,
    gate::{ACCEPTED, GATES},
    photographs::{Photographs, Series},
    statistics::Rate,
    times::Time,
};

/// How much is measured.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Size {
    /// Of the full run.
    pub percent: u64,
    /// Documents, each with a few photographs for every gate.
    pub documents: u64,
    /// Frames of each kind in which the document is looked for.
    pub frames: u64,
    /// Films on the reporting seed.
    pub reporting: Takes,
    /// Films on the tuning seed.
    pub tuning: Takes,
    /// Frames whose time is taken.
    pub timed: u64,
}

impl Size {
    /// Enough for an interval of 95 % that ends at two per cent where nothing went wrong.
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
            documents: of(100),
            frames: of(400),
            reporting: Takes { genuine: of(200), other: of(60) },
            tuning: Takes { genuine: of(60), other: of(15) },
            timed: of(20).max(5),
        }
    }
}

/// One gate on both seeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// Its name.
    pub id: &'static str,
    /// The same for people.
    pub title: &'static str,
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
    /// The most of the good that may be refused.
    pub most_refused: f64,
    /// The most of the bad that may be accepted.
    pub most_accepted: f64,
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

/// One line of the closing table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
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
        Some(Self { what: what.to_owned(), target: target.to_owned(), measured: measured.to_owned(), verdict })
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
        Self { what, target: format!("{sign} {}", percent(limit)), measured: told(rate), verdict }
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
    /// Gate by gate.
    pub gates: Vec<Judged>,
    /// Photographs with nothing wrong, tuning and reporting.
    pub faultless: Vec<Faultless>,
    /// Whether the document is found, tuning and reporting.
    pub corners: Vec<Corners>,
    /// Films, tuning and reporting.
    pub clips: Vec<Clips>,
    /// Times of one frame.
    pub times: Vec<Time>,
}

/// Both seeds side by side.
pub(crate) fn gates(tuning: &Photographs, reporting: &Photographs) -> Vec<Judged> {
    GATES
        .iter()
        .zip(tuning.series.iter().zip(&reporting.series))
        .map(|(gate, (tuning, reporting))| Judged {
            id: gate.id,
            title: gate.title,
            measure: gate.measure.code(),
            unit: gate.measure.unit(),
            upper: gate.measure.is_upper(),
            good: gate.good,
            bad: gate.bad,
            most_refused: gate.refused,
            most_accepted: ACCEPTED,
            tuning: tuning.clone(),
            reporting: reporting.clone(),
        })
        .collect()
}

pub(crate) fn faultless(seed: u64, photographs: &Photographs) -> Faultless {
    Faultless { seed, refused: photographs.refused, by: photographs.faultless.clone() }
}

/// The closing table: what the reporting seed gave beside what was asked for; `more`: rows that others measured.
pub(crate) fn rows(
    gates: &[Judged],
    faultless: &Faultless,
    corners: &[Corners],
    clips: &Clips,
    times: &[Time],
    more: &[Row],
) -> Vec<Row> {
    use gatepass_synth::{capture::Profile, head::Act};
    let mut rows = Vec::new();
    for corners in corners {
        let what = format!("corners found, IoU ≥ 0.9: {}", corners.about);
        if corners.profile == Profile::Busy {
            rows.push(Row::at_least(what, corners.found, 0.95));
        } else {
            rows.push(Row { what, target: "-".to_owned(), measured: told(corners.found), verdict: Verdict::Figure });
        }
    }
    for gate in gates {
        rows.push(Row::at_most(format!("{}: good refused", gate.title), gate.reporting.refused, gate.most_refused));
        if gate.reporting.accepted.of > 0 {
            rows.push(Row::at_most(
                format!("{}: bad accepted", gate.title),
                gate.reporting.accepted,
                gate.most_accepted,
            ));
        }
    }
    let figure = |what: &str, measured: String| Row {
        what: what.to_owned(),
        target: "-".to_owned(),
        measured,
        verdict: Verdict::Figure,
    };
    rows.push(figure("photographs with nothing wrong, refused by anything", told(faultless.refused)));
    let of = |act: Act| clips.acts.iter().filter(move |played| played.act == act);
    let shown = |acts: &[Act]| {
        acts.iter().flat_map(|&act| of(act)).fold(Rate::default(), |sum, played| Rate {
            hits: sum.hits + played.shown.hits,
            of: sum.of + played.shown.of,
        })
    };
    let not = |rate: Rate| Rate { hits: rate.of - rate.hits, of: rate.of };
    let directions = of(Act::Genuine).find_map(|played| played.directions).unwrap_or_default();
    rows.push(Row::at_least("turn: direction right".to_owned(), directions, 0.99));
    rows.push(Row::at_least("turn: wrong order caught".to_owned(), not(shown(&[Act::WrongOrder])), 1.0));
    let flat = [Act::PhotoMoved, Act::PhotoTurned, Act::PhotoBent];
    rows.push(Row::at_most("turn: flat moving photo accepted".to_owned(), shown(&flat), 0.02));
    rows.push(Row::at_most("turn: genuine refused".to_owned(), not(shown(&[Act::Genuine])), 0.03));
    let named = [&flat[..], &[Act::WrongOrder, Act::Genuine]].concat();
    for played in clips.acts.iter().filter(|played| !named.contains(&played.act)) {
        rows.push(figure(&format!("turn: accepted of {}", played.about), told(played.shown)));
    }
    rows.extend(times.iter().map(|time| Row {
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
    }));
    rows.extend(more.iter().cloned());
    rows
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

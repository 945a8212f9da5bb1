//! Plots as inline SVG. Colours come from the page's classes, so that they follow its light or dark scheme.

use std::fmt::Write as _;

use crate::statistics::{Operating, real};

const WIDTH: f64 = 340.0;
const BINS: usize = 34;

/// Good and bad values and the limit between them.
pub(super) struct Heaps<'a> {
    pub(super) good: &'a [Option<f32>],
    pub(super) bad: &'a [Option<f32>],
    pub(super) limit: Option<f32>,
    pub(super) upper: bool,
    pub(super) unit: &'a str,
    /// What the values are.
    pub(super) name: &'a str,
}

/// Good values above the axis and bad ones below it, with the limit.
pub(super) fn heaps(heaps: &Heaps<'_>) -> String {
    const TOP: f64 = 22.0;
    const AXIS: f64 = 74.0;
    const BOTTOM: f64 = 126.0;
    const HEIGHT: f64 = 170.0;
    let numbers = |of: &[Option<f32>]| of.iter().flatten().map(|&value| f64::from(value)).collect::<Vec<_>>();
    let (good, bad) = (numbers(heaps.good), numbers(heaps.bad));
    let limit = heaps.limit.map(f64::from);
    let Some((low, high)) = range(&good, &bad, limit) else { return String::new() };
    let x = |value: f64| 6.0 + (value - low) / (high - low) * (WIDTH - 12.0);
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Distribution: ");
    let _ = write!(svg, "{} good values above the axis, {} bad ones below\">", good.len(), bad.len());
    if let Some(limit) = limit {
        // What is refused lies under a wash.
        let (from, to) = if heaps.upper { (x(limit), WIDTH - 6.0) } else { (6.0, x(limit)) };
        let _ = write!(
            svg,
            "<rect class=\"refused\" x=\"{from:.1}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{}\"/>",
            (to - from).max(0.0),
            BOTTOM - TOP
        );
    }
    for (values, class, up) in [(&good, "good", true), (&bad, "bad", false)] {
        let mut counts = [0_usize; BINS];
        for value in values {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among some bins")]
            let place = ((value - low) / (high - low) * real(BINS)).clamp(0.0, real(BINS - 1)) as usize;
            counts[place] += 1;
        }
        let most = real(counts.iter().copied().max().unwrap_or(0).max(1));
        let wide = (WIDTH - 12.0) / real(BINS);
        for (bin, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            // A single value must still be seen.
            let tall = (real(count) / most * (AXIS - TOP - 4.0)).max(3.0);
            let y = if up { AXIS - tall } else { AXIS };
            let left = 6.0 + real(bin) * wide + 0.5;
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{tall:.1}\"><title>{count} {class}</title></rect>",
                wide - 1.0
            );
        }
    }
    let _ = write!(svg, "<line class=\"axis\" x1=\"6\" x2=\"{}\" y1=\"{AXIS}\" y2=\"{AXIS}\"/>", WIDTH - 6.0);
    for tick in ticks(low, high) {
        let anchor = if x(tick) < 26.0 {
            "start"
        } else if x(tick) > WIDTH - 26.0 {
            "end"
        } else {
            "middle"
        };
        let _ = write!(
            svg,
            "<line class=\"axis\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{BOTTOM}\" y2=\"{1}\"/><text x=\"{0:.1}\" y=\"{2}\" text-anchor=\"{anchor}\">{3}</text>",
            x(tick),
            BOTTOM + 4.0,
            BOTTOM + 17.0,
            number(tick)
        );
    }
    let _ = write!(svg, "<line class=\"axis\" x1=\"6\" x2=\"{}\" y1=\"{BOTTOM}\" y2=\"{BOTTOM}\"/>", WIDTH - 6.0);
    if let Some(limit) = limit {
        let at = x(limit);
        let anchor = if at > WIDTH * 0.6 { "end" } else { "start" };
        let _ = write!(
            svg,
            "<line class=\"limit\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"4\" y2=\"{BOTTOM}\"/><text class=\"mark\" x=\"{:.1}\" y=\"14\" text-anchor=\"{anchor}\">limit {}</text>",
            if anchor == "end" { at - 5.0 } else { at + 5.0 },
            number(limit)
        );
    }
    let unit = if heaps.unit.is_empty() { String::new() } else { format!(", {}", heaps.unit) };
    let _ = write!(
        svg,
        "<text class=\"label\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}{unit}</text>",
        WIDTH / 2.0,
        HEIGHT - 6.0,
        heaps.name
    );
    svg + "</svg>"
}

/// The curve of every limit, with the chosen one: bad accepted to the right, good accepted upwards.
pub(super) fn curve(curve: &[Operating], chosen: Option<Operating>) -> String {
    const LEFT: f64 = 46.0;
    const TOP: f64 = 10.0;
    const SIDE: f64 = 150.0;
    if curve.is_empty() {
        return String::new();
    }
    let place = |at: &Operating| (LEFT + at.bad * SIDE, TOP + (1.0 - at.good) * SIDE);
    let mut svg = format!(
        "<svg class=\"roc\" viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"ROC\"><rect class=\"frame\" x=\"{LEFT}\" y=\"{TOP}\" width=\"{SIDE}\" height=\"{SIDE}\"/><line class=\"guide\" x1=\"{LEFT}\" y1=\"{2}\" x2=\"{3}\" y2=\"{TOP}\"/>",
        LEFT + SIDE + 14.0,
        TOP + SIDE + 42.0,
        TOP + SIDE,
        LEFT + SIDE
    );
    let mut path = String::new();
    for (index, at) in curve.iter().enumerate() {
        let (x, y) = place(at);
        let _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
    }
    let _ = write!(svg, "<path class=\"curve\" d=\"{path}\"/>");
    if let Some(chosen) = chosen {
        let (x, y) = place(&chosen);
        let _ = write!(
            svg,
            "<circle class=\"chosen\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"><title>the chosen limit</title></circle>"
        );
    }
    for (share, text) in [(0.0, "0"), (0.5, "50"), (1.0, "100")] {
        let (x, y) = (LEFT + share * SIDE, TOP + (1.0 - share) * SIDE);
        let anchor = if share == 0.0 {
            "start"
        } else if share == 1.0 {
            "end"
        } else {
            "middle"
        };
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{text}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            TOP + SIDE + 17.0,
            LEFT - 5.0,
            y + 5.0,
            text
        );
    }
    let middle = TOP + SIDE / 2.0;
    let _ = write!(
        svg,
        "<text class=\"label\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">bad accepted, %</text><text class=\"label\" transform=\"translate(13 {middle}) rotate(-90)\" text-anchor=\"middle\">good accepted, %</text></svg>",
        LEFT + SIDE / 2.0,
        TOP + SIDE + 36.0
    );
    svg
}

/// One share with its interval on a line from 0 to 1, with what was asked for.
pub(super) fn share(share: f64, (low, high): (f64, f64), reach: Option<f64>) -> String {
    const WIDE: f64 = 200.0;
    let x = |share: f64| 4.0 + share * (WIDE - 8.0);
    let mut svg = format!(
        "<svg class=\"share\" viewBox=\"0 0 {WIDE} 22\" aria-hidden=\"true\"><line class=\"axis\" x1=\"4\" x2=\"{}\" y1=\"11\" y2=\"11\"/>",
        WIDE - 4.0
    );
    if let Some(reach) = reach {
        let _ = write!(svg, "<line class=\"limit\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"2\" y2=\"20\"/>", x(reach));
    }
    let _ = write!(
        svg,
        "<line class=\"interval\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"11\" y2=\"11\"/><circle class=\"chosen\" cx=\"{:.1}\" cy=\"11\" r=\"4.5\"/></svg>",
        x(low),
        x(high),
        x(share)
    );
    svg
}

/// From the least to the most, the limit included, without what only one in a hundred is beyond.
fn range(good: &[f64], bad: &[f64], limit: Option<f64>) -> Option<(f64, f64)> {
    let mut all: Vec<f64> = good.iter().chain(bad).copied().collect();
    all.sort_by(f64::total_cmp);
    let beyond = all.len() / 100;
    let (low, high) = (*all.get(beyond)?, *all.get(all.len() - 1 - beyond)?);
    let (low, high) = limit.map_or((low, high), |limit| (low.min(limit), high.max(limit)));
    let room = ((high - low) * 0.04).max(1e-6);
    Some((if low >= 0.0 { (low - room).max(0.0) } else { low - room }, high + room))
}

/// Three to six round numbers within a range.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let rough = (high - low) / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    let mut ticks = Vec::new();
    let mut tick = (low / step).ceil() * step;
    while tick <= high + step * 1e-9 && ticks.len() < 12 {
        ticks.push(tick);
        tick += step;
    }
    ticks
}

/// As few digits as tell it.
pub(super) fn number(value: f64) -> String {
    let text = match value.abs() {
        0.0..0.095 => format!("{value:.3}"),
        0.095..9.95 => format!("{value:.2}"),
        9.95..99.5 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    if text == "-0" { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within() {
        let near = |ticks: Vec<f64>, expected: &[f64]| {
            assert_eq!(ticks.len(), expected.len(), "{ticks:?}");
            assert!(ticks.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{ticks:?}");
        };
        near(ticks(0.0, 1.04), &[0.0, 0.5, 1.0]);
        near(ticks(12.0, 260.0), &[100.0, 200.0]);
        near(ticks(0.1, 0.31), &[0.1, 0.2, 0.3]);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([0.0, 0.005, 0.2, 4.5, 45.0, 1300.0].map(number), ["0", "0.005", "0.2", "4.5", "45", "1300"]);
    }

    /// A page with `NaN` in a path shows nothing, and says nothing about it.
    #[test]
    fn one_value_or_none_makes_a_plot() {
        let values = [Some(3.0_f32)];
        let all = [(&values[..], &[][..]), (&values[..], &[None][..]), (&[][..], &[][..])];
        for (good, bad) in all {
            let svg = heaps(&Heaps { good, bad, limit: Some(3.0), upper: true, unit: "mm", name: "reach" });
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
        }
        assert!(curve(&[], None).is_empty());
    }
}

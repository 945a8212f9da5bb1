//! The page with the plots: one file that needs nothing else.

mod plot;

use std::fmt::Write as _;

use crate::{
    clips::{Clips, Takes, Told},
    corners::Corners,
    photographs::Series,
    relations::Relations,
    results::{Faultless, Judged, Part, Results, Size, Verdict, percent, told},
    statistics::{Operating, Rate},
};
use plot::Heaps;

/// How the plots are to be read.
const HOW: &str = "<p>In the plots, values of good photographs stand above the axis and those of bad ones below it, each heap as high as its fullest place; the limit is the upright line, and what it refuses lies under a wash. The curve is what every other limit would do; the dot is the chosen one. Good and bad are decided by what a picture was drawn with, not by looking at it.</p>\n";

/// Writes the page.
#[must_use]
pub fn page(results: &Results) -> String {
    let mut html = String::new();
    html += "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Gatepass: image gates measured</title><style>";
    html += include_str!("style.css");
    html += "</style></head><body><main>\n";
    head(&mut html, results);
    rows(&mut html, results);
    if !results.gates.is_empty() {
        html += HOW;
        html += "<h2 id=\"gates\">Gates over the whole of each ladder</h2>\n<p>Each photograph is drawn, saved as a JPEG, decoded and judged as the one that is sent: the document is where the finder finds it. A photograph in which it is not found has no value and is refused. Rungs are drawn evenly from the good part and from the bad part of a ladder; what is between the two is neither and is not drawn.</p>\n";
        cards(&mut html, &results.gates);
    }
    if !results.edge.is_empty() {
        html += "<h2 id=\"edge\">On the edge</h2>\n<p>Of each document the last photograph that is good and the first that is bad by the truth, and worse ones: where a limit can be wrong. What is measured on the document is measured at its true corners.</p>\n";
        cards(&mut html, &results.edge);
    }
    if !results.live.is_empty() {
        html += "<h2 id=\"live\">Preview frames on the edge</h2>\n<p>The same in frames of 1280 × 720 pixels, judged as live ones: coarser, and with limits of their own.</p>\n";
        cards(&mut html, &results.live);
    }
    relations(&mut html, &results.relations);
    faultless(&mut html, &results.faultless);
    corners(&mut html, &results.corners);
    clips(&mut html, results);
    html += "</main></body></html>\n";
    html
}

fn head(html: &mut String, results: &Results) {
    let (size, minutes) = (results.size, results.seconds.div_ceil(60));
    let clips = |takes: Takes| takes.genuine + takes.other * (acts_in_all() - 1);
    let _ = write!(
        html,
        "<h1>Image gates and turn evidence, measured</h1>\n<p>Everything here is drawn: specimen documents, photographs of them, films of heads. Rates say how the rules behave on such pictures and are kinder than real ones. Limits may be chosen by what the <strong>tuning seed {}</strong> gave; the table is what the <strong>reporting seed {}</strong> gave, which nothing was chosen by. Ranges in brackets are Wilson’s intervals of 95 %; photographs of one document share their ground and light, so that the intervals are somewhat too narrow.</p>\n",
        results.tuning, results.reporting
    );
    let share = match size.percent {
        Size::FULL => (String::new(), String::new()),
        percent => (format!("{percent} % of the full run, "), format!(" --percent {percent}")),
    };
    let _ = writeln!(
        html,
        "<p class=\"quiet\">{}{minutes} min: {} photographs of {} documents, {} frames to find the document in, and {} films. Again: <code>cargo xtask bench gates{} --tuning {} --reporting {}</code></p>",
        share.0,
        results.photographs,
        size.documents.iter().sum::<u64>() + 2 * (size.edge + 2 * size.live),
        results.corners.iter().map(|corners| corners.found.of).sum::<usize>(),
        clips(size.tuning) + clips(size.reporting),
        share.1,
        results.tuning,
        results.reporting
    );
    let parts = [
        ("table", "Table", true),
        ("gates", "Gates", !results.gates.is_empty()),
        ("edge", "On the edge", !results.edge.is_empty()),
        ("live", "Preview frames", !results.live.is_empty()),
        ("relations", "Two pictures", !results.relations.is_empty()),
        ("faultless", "Nothing wrong", !results.faultless.is_empty()),
        ("corners", "Corners", !results.corners.is_empty()),
        ("turn", "Turn evidence", !results.clips.is_empty()),
    ];
    *html += "<nav aria-label=\"Parts of this page\">";
    for (id, title, _) in parts.iter().filter(|(.., is)| *is) {
        let _ = write!(html, "<a href=\"#{id}\">{title}</a>");
    }
    *html += "</nav>\n";
}

/// How many acts there are.
fn acts_in_all() -> u64 {
    u64::try_from(gatepass_synth::head::Act::ALL.len()).unwrap_or(u64::MAX)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The table's groups and what they are called.
const PARTS: [(Option<Part>, &str); 8] = [
    (Some(Part::Corners), "Finding the document"),
    (Some(Part::Gates), "Gates over the whole of each ladder, as photographs are sent"),
    (Some(Part::Turn), "Turn evidence"),
    (Some(Part::Times), "Times"),
    (None, "Names and zones"),
    (Some(Part::Edge), "Limits on the edge between good and bad"),
    (Some(Part::Live), "Limits of preview frames on that edge"),
    (Some(Part::Relations), "Two pictures of one document"),
];

fn rows(html: &mut String, results: &Results) {
    let count = |verdict: Verdict| results.rows.iter().filter(|row| row.verdict == verdict).count();
    let (reached, missed) = (count(Verdict::Reached), count(Verdict::Missed));
    let unmeasured = count(Verdict::NotMeasured);
    let _ = write!(
        html,
        "<h2 id=\"table\">What was asked for and what was measured</h2>\n<p>Of {} numbers that are asked for, <strong>{reached}</strong> are reached and <strong>{missed}</strong> missed{}. What nothing is asked of is a figure.</p>\n<div class=\"scroll\"><table class=\"asked\"><thead><tr><th scope=\"col\">what</th><th scope=\"col\">to reach</th><th scope=\"col\">measured</th><th scope=\"col\">of how many, 95 % interval</th><th scope=\"col\">reached</th></tr></thead>\n",
        reached + missed + unmeasured,
        if unmeasured > 0 { format!("; <strong>{unmeasured}</strong> could not be measured") } else { String::new() }
    );
    for (part, title) in PARTS {
        let own: Vec<_> = results.rows.iter().filter(|row| row.part == part).collect();
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(html, "<tbody><tr class=\"part\"><th scope=\"rowgroup\" colspan=\"5\">{title}</th></tr>");
        for row in own {
            let word = row.verdict.word();
            // `1.5 % (3 of 200, 0.5 to 4.3 %)`: the number apart from what it rests on.
            let (number, rests) = match row.measured.split_once(" (") {
                _ if row.verdict == Verdict::NotMeasured => ("", row.measured.as_str()),
                Some((number, rests)) => (number, rests.strip_suffix(')').unwrap_or(rests)),
                None => (row.measured.as_str(), ""),
            };
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\"><strong>{}</strong></td><td class=\"rests\">{}</td><td><span class=\"chip {}\">{word}</span></td></tr>",
                escaped(&row.what),
                escaped(if row.target == "-" { "–" } else { &row.target }),
                escaped(number),
                escaped(rests),
                word.replace(' ', "-")
            );
        }
        *html += "</tbody>\n";
    }
    *html += "</table></div>\n";
}

fn cards(html: &mut String, all: &[Judged]) {
    for one in all {
        card(html, one);
    }
}

fn card(html: &mut String, gate: &Judged) {
    let _ = write!(
        html,
        "<section class=\"card\" id=\"{}\"><h3>{}</h3><dl><dt>measure</dt><dd><code>{}</code>{}, accepted {}{}</dd><dt class=\"good-word\">good</dt><dd>{}</dd><dt class=\"bad-word\">bad</dt><dd>{}</dd></dl><div class=\"pair\">",
        gate.id,
        escaped(&gate.title),
        gate.measure,
        match unit(gate.unit) {
            "" => String::new(),
            unit => format!(" ({unit})"),
        },
        if gate.upper { "up to the limit" } else { "from the limit on" },
        gate.at.map(|at| format!("; {at}")).unwrap_or_default(),
        escaped(gate.good),
        escaped(gate.bad)
    );
    for (name, series) in [("Tuning", &gate.tuning), ("Reporting", &gate.reporting)] {
        panel(html, name, gate, series);
    }
    *html += "</div></section>\n";
}

/// The values with the limit, and the curve with the limit's place on it.
fn plots(html: &mut String, series: &Series, upper: bool, (name, unit): (&str, &str)) {
    *html += "<div class=\"plots\"><div>";
    let unit = if series.relative { "× the limit" } else { unit };
    *html += &plot::heaps(&Heaps { good: &series.good, bad: &series.bad, limit: series.limit, upper, unit, name });
    *html += "</div>";
    // The dot is where the gate's own limit is.
    let chosen = (series.refused.share().zip(series.missed.share()))
        .map(|(refused, missed)| Operating { good: 1.0 - refused, bad: missed });
    *html += &plot::curve(&series.roc, chosen);
    *html += "</div>";
}

fn panel(html: &mut String, name: &str, gate: &Judged, series: &Series) {
    let _ = write!(html, "<div><h4>{name} seed {}</h4>", series.seed);
    plots(html, series, gate.upper, (&gate.measure.replace('_', " "), unit(gate.unit)));
    *html += "<ul class=\"facts\">";
    let [refused, let_pass] = gate.wrong;
    fact(html, refused, series.refused, gate.most_refused);
    if series.missed.of > 0 && gate.alone {
        // A limit is set by what its own measure lets pass.
        fact(html, let_pass, series.missed, gate.most_accepted);
        let _ = write!(html, "<li>accepted by every measure: {}</li>", told(series.accepted));
    } else if series.accepted.of > 0 {
        fact(html, &format!("{let_pass} by every measure"), series.accepted, gate.most_accepted);
        let _ = write!(html, "<li>{let_pass} by this measure alone: {}</li>", told(series.missed));
    }
    if let Some(area) = series.area {
        let _ = write!(html, "<li>area under the curve: {area:.3}</li>");
    }
    let missing = |of: &[Option<f32>]| of.iter().filter(|value| value.is_none()).count();
    let (good, bad) = (missing(&series.good), missing(&series.bad));
    if good + bad > 0 {
        let _ = write!(html, "<li>document not found: {good} good, {bad} bad</li>");
    }
    if !series.by.is_empty() {
        let by = series.by.iter().map(|(code, count)| format!("<code>{code}</code> {count}")).collect::<Vec<_>>();
        let _ = write!(html, "<li>good refused by any measure, by the first: {}</li>", by.join(", "));
    }
    *html += "</ul></div>";
}

fn fact(html: &mut String, what: &str, rate: Rate, most: Option<f64>) {
    let Some(most) = most else {
        let _ = write!(html, "<li>{what}: <strong>{}</strong></li>", told(rate));
        return;
    };
    let reached = rate.share().is_some_and(|share| share <= most);
    let (class, word) = if reached { ("reached", "reached") } else { ("missed", "missed") };
    let _ = write!(
        html,
        "<li>{what}: <strong>{}</strong> <span class=\"chip {class}\">≤ {} {word}</span></li>",
        told(rate),
        percent(most)
    );
}

fn relations(html: &mut String, both: &[Relations]) {
    if both.is_empty() {
        return;
    }
    *html += "<h2 id=\"relations\">Two pictures of one document</h2>\n<section class=\"card\"><dl><dt>measure</dt><dd>distance of the two fingerprints; above the limit they are two sides or two documents. One picture is told from two photographs of one side by where the document lies.</dd><dt class=\"good-word\">good</dt><dd>the front and the back of one card</dd><dt class=\"bad-word\">bad</dt><dd>two photographs of one side, one sent as the other</dd></dl><div class=\"pair\">";
    for (name, relations) in ["Tuning", "Reporting"].into_iter().zip(both) {
        let Relations { distance, twice, anew, .. } = relations;
        let _ = write!(html, "<div><h4>{name} seed {}</h4>", relations.seed);
        plots(html, distance, false, ("distance", "of all places"));
        *html += "<ul class=\"facts\">";
        fact(html, "front and back taken for one side", distance.refused, Some(0.02));
        fact(html, "one side photographed twice, taken for two", distance.missed, Some(0.02));
        fact(html, "one side photographed twice, taken for one picture", *twice, None);
        for (what, same, different) in anew {
            fact(html, &format!("saved anew {what}, known as the same picture"), *same, None);
            fact(html, &format!("saved anew {what}, taken for two sides"), *different, Some(0.02));
        }
        *html += "</ul></div>";
    }
    *html += "</div></section>\n";
}

fn faultless(html: &mut String, both: &[Faultless]) {
    if both.is_empty() {
        return;
    }
    *html += "<h2 id=\"faultless\">Photographs with nothing wrong</h2>\n<p>One of each document: sharp, well lit, whole, large enough, slightly tilted, on any of 21 grounds. Whatever refuses one costs somebody another try.</p>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">refused by</th>";
    for one in both {
        let _ = write!(html, "<th scope=\"col\">seed {}</th>", one.seed);
    }
    *html += "</tr></thead><tbody><tr><th scope=\"row\">anything</th>";
    for one in both {
        let _ = write!(html, "<td>{}</td>", told(one.refused));
    }
    *html += "</tr>";
    let measures = both.first().map(|first| first.by.len()).unwrap_or(0);
    for index in 0..measures {
        if both.iter().all(|one| one.by[index].1.hits == 0) {
            continue;
        }
        let _ = write!(html, "<tr><th scope=\"row\"><code>{}</code></th>", both[0].by[index].0);
        for one in both {
            let _ = write!(html, "<td>{}</td>", told(one.by[index].1));
        }
        *html += "</tr>";
    }
    *html += "</tbody></table></div>\n";
}

fn corners(html: &mut String, all: &[Corners]) {
    if all.is_empty() {
        return;
    }
    *html += "<h2 id=\"corners\">Corners of the document</h2>\n<p>Found: intersection over union with the true outline of 0.9 and more. Frames of 1280 × 720 or 720 × 1280 pixels, without the frame on the screen to help.</p>\n<div class=\"pair\">";
    for corners in all {
        let _ = write!(
            html,
            "<section class=\"card\"><h3>{} (seed {})</h3><ul class=\"facts\">",
            escaped(&capital(corners.about)),
            corners.seed
        );
        let _ = write!(html, "<li>found: <strong>{}</strong></li>", told(corners.found));
        let _ = write!(html, "<li>something else taken for it: {}</li>", told(corners.mistaken));
        if let Some(median) = corners.median {
            let _ = write!(html, "<li>median intersection over union of the finds: {median:.3}</li>");
        }
        for (kind, missed) in &corners.kinds {
            let _ = write!(html, "<li>missed, {kind}: {}</li>", told(*missed));
        }
        *html += "</ul>";
        let worst: Vec<_> = corners.missed.iter().filter(|(_, rate)| rate.hits > 0).take(10).collect();
        if !worst.is_empty() {
            *html += "<table><caption>Missed by ground</caption><tbody>";
            for (ground, rate) in worst {
                let share = rate.share().unwrap_or(0.0);
                let interval = rate.wilson().unwrap_or((0.0, 1.0));
                let _ = write!(
                    html,
                    "<tr><th scope=\"row\">{ground}</th><td>{}</td><td class=\"number\">{} of {}</td></tr>",
                    plot::share(share, interval, None),
                    rate.hits,
                    rate.of
                );
            }
            *html += "</tbody></table>";
        }
        *html += "</section>";
    }
    *html += "</div>\n";
}

fn clips(html: &mut String, results: &Results) {
    if results.clips.is_empty() {
        return;
    }
    *html += "<h2 id=\"turn\">Turn evidence</h2>\n<p>Films of about ten frames a second, 320 pixels wide. Only the first act is to be accepted. The evidence says that a solid head turned as told; it does not say whose it is or that it is alive.</p>\n";
    for (name, clips) in ["Reporting", "Tuning"].into_iter().zip(results.clips.iter().rev()) {
        acts(html, name, clips);
    }
    let Some(reporting) = results.clips.last() else { return };
    let _ = write!(
        html,
        "<h3>Measures of a clip (seed {})</h3>\n<p>Genuine films are good; bad are films of the act that the measure is there for. Other measures may refuse what one lets pass.</p>\n<div class=\"few\">",
        reporting.seed
    );
    for told in &reporting.measures {
        measure(html, told);
    }
    *html += "</div>\n";
}

fn acts(html: &mut String, name: &str, clips: &Clips) {
    let _ = writeln!(
        html,
        "<div class=\"scroll\"><table class=\"acts\"><caption>{name} seed {}. Median time of a frame natively, every core at work: {:.1} ms.</caption><thead><tr><th scope=\"col\">what the films show</th><th scope=\"col\">accepted</th><th scope=\"col\">directions right</th><th scope=\"col\">what spoke against them (films)</th></tr></thead><tbody>",
        clips.seed, clips.frame_ms
    );
    for played in &clips.acts {
        let findings = played.findings.iter().map(|(code, count)| format!("<code>{code}</code> {count}"));
        let error = played.error.map(|error| format!("; median error of the angle {error:.1}°")).unwrap_or_default();
        let wrong: Vec<String> = played.wrong.iter().take(8).map(u64::to_string).collect();
        let wrong = match wrong.len() {
            0 => String::new(),
            _ => format!(
                "<br><small>judged wrongly: seeds {}{}</small>",
                wrong.join(", "),
                if played.wrong.len() > 8 { " …" } else { "" }
            ),
        };
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\">{}</th><td data-label=\"accepted\">{}{wrong}</td><td data-label=\"directions right\">{}{error}</td><td data-label=\"against them\">{}</td></tr>",
            escaped(played.about),
            told(played.shown),
            played.directions.map(told).unwrap_or_default(),
            findings.collect::<Vec<_>>().join(", ")
        );
    }
    *html += "</tbody></table></div>\n<p></p>\n";
}

fn measure(html: &mut String, measure: &Told) {
    let _ = write!(
        html,
        "<section class=\"card\"><h3><code>{}</code></h3><p class=\"quiet\">good: genuine; bad: {}</p><div class=\"plots\"><div>",
        measure.measure,
        escaped(crate::clips::about(measure.act))
    );
    let limit = Some(measure.limit);
    *html += &plot::heaps(&Heaps {
        good: &measure.good,
        bad: &measure.bad,
        limit,
        upper: measure.upper,
        unit: unit(measure.unit),
        name: &measure.measure.replace('_', " "),
    });
    *html += "</div>";
    let chosen = (measure.refused.share().zip(measure.missed.share()))
        .map(|(refused, missed)| Operating { good: 1.0 - refused, bad: missed });
    *html += &plot::curve(&measure.roc, chosen);
    let _ = write!(
        html,
        "</div><ul class=\"facts\"><li>genuine refused by it: {}</li><li>act accepted by it: {}</li>",
        told(measure.refused),
        told(measure.missed)
    );
    if let Some(area) = measure.area {
        let _ = write!(html, "<li>area under the curve: {area:.3}</li>");
    }
    *html += "</ul></section>\n";
}

/// A unit as people write it.
fn unit(code: &str) -> &str {
    match code {
        "mm2" => "mm²",
        "deg" => "°",
        "level" => "levels",
        "ratio" => "",
        "share" => "of all",
        other => other,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clips,
        gate::GATES,
        photographs::{Photographs, Series},
        results::{self, Size},
        times::Time,
    };

    /// Results without a single picture: every series of one good and one bad value.
    fn little() -> Results {
        let series = |seed| Series {
            seed,
            limit: Some(2.0),
            relative: false,
            good: vec![Some(1.0), None],
            bad: vec![Some(3.0)],
            refused: Rate { hits: 1, of: 2 },
            missed: Rate { hits: 0, of: 1 },
            accepted: Rate { hits: 0, of: 1 },
            by: vec![("sharpness", 1)],
            roc: crate::statistics::roc(&[Some(1.0), None], &[Some(3.0)], true),
            area: Some(0.5),
        };
        let photographs = |seed| Photographs {
            series: GATES.iter().map(|_| series(seed)).collect(),
            faultless: vec![("glare", Rate { hits: 1, of: 4 })],
            refused: Rate { hits: 1, of: 4 },
            count: 2,
        };
        let (tuning, reporting) = (photographs(5_000), photographs(7_000));
        let mut results = Results::empty(Size::percent(Size::QUICK), 5_000, 7_000);
        results.gates = results::gates(&tuning, &reporting);
        results.edge = results.gates.iter().take(2).cloned().collect();
        for (edge, id) in results.edge.iter_mut().zip(["edge-one", "edge-two"]) {
            (edge.id, edge.at, edge.most_refused) = (id.to_owned(), Some("at the true corners"), None);
        }
        results.faultless = vec![results::faultless(5_000, &tuning), results::faultless(7_000, &reporting)];
        let relations = |seed| Relations {
            seed,
            distance: series(seed),
            twice: Rate { hits: 0, of: 3 },
            anew: vec![("in greys", Rate { hits: 1, of: 1 }, Rate { hits: 0, of: 1 })],
        };
        results.relations = vec![relations(5_000), relations(7_000)];
        results.clips = vec![clips::Clips { seed: 7_000, acts: Vec::new(), measures: Vec::new(), frame_ms: 9.0 }];
        results.times = vec![Time {
            what: "a frame",
            place: "wasm",
            median_ms: None,
            frames: 0,
            most_ms: Some(10.0),
            why: Some("there is no <program>".to_owned()),
        }];
        results.rows = results::rows(&results, &[]);
        results
    }

    /// Somebody opens the file years later, without a network.
    #[test]
    fn the_page_stands_alone_and_shows_every_gate_on_both_seeds() {
        let html = page(&little());
        for outside in ["http:", "https:", "<script", "<link", "url(", "@import", "NaN", "<program>"] {
            assert!(!html.contains(outside), "{outside}");
        }
        for gate in &GATES {
            assert!(html.contains(&format!("id=\"{}\"", gate.id)), "{}", gate.id);
        }
        assert_eq!(html.matches("<h4>Tuning seed 5000</h4>").count(), GATES.len() + 3);
        assert_eq!(html.matches("<h4>Reporting seed 7000</h4>").count(), GATES.len() + 3);
        assert!(html.contains("not measured") && html.contains("50\u{a0}% (1 of 2,"));
        for tag in ["section", "table", "div", "svg", "ul"] {
            let (open, close) = (html.matches(&format!("<{tag}")).count(), html.matches(&format!("</{tag}>")).count());
            assert_eq!(open, close, "{tag}");
        }
    }
}

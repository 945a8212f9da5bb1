//! Reads what each test tool says it did.

use std::{fmt, fs, ops::AddAssign, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

/// How many tests passed, failed, and were left out by the tool itself.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    pub(crate) const PASS: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(crate) const FAIL: Self = Self { passed: 0, failed: 1, skipped: 0 };

    fn none(self) -> bool {
        self == Self::default()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(out, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; …`, summed over all test programs. Also what the runner for
/// WebAssembly tests prints.
pub(crate) fn libtest(output: &str) -> Option<Counts> {
    let mut sum = Counts::default();
    let mut seen = false;
    for line in output.lines() {
        let Some((_, rest)) = line.split_once("test result: ") else { continue };
        let Some((_, rest)) = rest.split_once(". ") else { continue };
        seen = true;
        for part in rest.split(';') {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next().and_then(|number| number.parse::<u64>().ok()), words.next())
            else {
                continue;
            };
            match word {
                "passed" => sum.passed += number,
                "failed" => sum.failed += number,
                "ignored" => sum.skipped += number,
                _ => {}
            }
        }
    }
    seen.then_some(sum)
}

/// The names after `test … FAILED`.
pub(crate) fn libtest_failures(output: &str) -> Vec<String> {
    output
        .lines()
        .filter_map(|line| {
            line.strip_prefix("test ")?
                .trim_end()
                .strip_suffix("... FAILED")
                .or_else(|| line.strip_prefix("test ")?.trim_end().strip_suffix("... FAIL"))
        })
        .map(|name| name.trim().to_owned())
        .collect()
}

/// The closing lines of `node --test`: `# pass 3` (TAP) or `ℹ pass 3` (spec).
pub(crate) fn node_test(output: &str) -> Option<Counts> {
    let number = |word: &str| {
        let mut found = output.lines().filter_map(|line| {
            let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
            rest.strip_prefix(word)?.trim().parse::<u64>().ok()
        });
        found.next_back()
    };
    Some(Counts {
        passed: number("pass ")?,
        failed: number("fail ")? + number("cancelled ").unwrap_or(0),
        skipped: number("skipped ").unwrap_or(0) + number("todo ").unwrap_or(0),
    })
}

/// The file of vitest's JSON reporter.
pub(crate) fn vitest(file: &Path) -> Result<Counts> {
    let report = json(file)?;
    let number = |name: &str| report[name].as_u64().unwrap_or(0);
    // A file that does not even load has no failed test, but a failed suite.
    let broken_suites = number("numFailedTestSuites").min(u64::from(number("numFailedTests") == 0));
    Ok(Counts {
        passed: number("numPassedTests"),
        failed: number("numFailedTests") + broken_suites,
        skipped: number("numPendingTests") + number("numTodoTests"),
    })
}

/// The file of Playwright's JSON reporter. A test that passed only when repeated did not pass.
pub(crate) fn playwright(file: &Path) -> Result<Counts> {
    let report = json(file)?;
    let number = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    let broken = u64::try_from(report["errors"].as_array().map_or(0, Vec::len)).unwrap_or(u64::MAX);
    Ok(Counts {
        passed: number("expected"),
        failed: number("unexpected") + number("flaky") + broken,
        skipped: number("skipped"),
    })
}

/// Surefire's `TEST-*.xml` of a Maven build.
pub(crate) fn surefire(folder: &Path) -> Result<Counts> {
    let mut sum = Counts::default();
    for entry in fs::read_dir(folder).with_context(|| format!("no test report in {}", folder.display()))?.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !(name.starts_with("TEST-") && name.ends_with(".xml")) {
            continue;
        }
        let text = fs::read_to_string(entry.path())?;
        let document = roxmltree::Document::parse(&text).with_context(|| format!("{name} is not XML"))?;
        let number =
            |name: &str| document.root_element().attribute(name).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        let (failed, skipped) = (number("failures") + number("errors"), number("skipped"));
        sum += Counts { passed: number("tests").saturating_sub(failed + skipped), failed, skipped };
    }
    Ok(sum)
}

/// A tool that failed without a failed test (it did not even build) counts as one failure; one that ran nothing too.
pub(crate) fn judged(counts: Option<Counts>, ok: bool) -> Counts {
    match counts {
        Some(counts) if counts.none() => Counts::FAIL,
        Some(mut counts) => {
            counts.failed = counts.failed.max(u64::from(!ok));
            counts
        }
        None => Counts::FAIL,
    }
}

fn json(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).with_context(|| format!("no report in {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_sums_all_programs_and_names_failures() {
        let output = "running 2 tests\ntest a::b ... ok\ntest a::c ... FAILED\n\
            test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
            test result: ok. 4 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.1s\n";
        assert_eq!(libtest(output), Some(Counts { passed: 5, failed: 1, skipped: 2 }));
        assert_eq!(libtest_failures(output), ["a::c"]);
        assert_eq!(libtest("error: could not compile"), None);
    }

    #[test]
    fn node_speaks_tap_or_spec() {
        assert_eq!(
            node_test("# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0\n"),
            Some(Counts { passed: 3, failed: 1, skipped: 0 })
        );
        assert_eq!(node_test("ℹ pass 2\nℹ fail 0\n"), Some(Counts { passed: 2, failed: 0, skipped: 0 }));
        assert_eq!(node_test("SyntaxError"), None);
    }

    #[test]
    fn reports_of_vitest_playwright_and_surefire() {
        let folder = std::env::temp_dir().join(format!("xtask-counts-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("report.json");
        fs::write(
            &file,
            r#"{"numPassedTests":7,"numFailedTests":1,"numPendingTests":2,"numTodoTests":0,"numFailedTestSuites":1}"#,
        )
        .unwrap();
        assert_eq!(vitest(&file).unwrap(), Counts { passed: 7, failed: 1, skipped: 2 });
        fs::write(&file, r#"{"stats":{"expected":5,"unexpected":0,"flaky":1,"skipped":0},"errors":[]}"#).unwrap();
        assert_eq!(playwright(&file).unwrap(), Counts { passed: 5, failed: 1, skipped: 0 });
        fs::write(folder.join("TEST-a.xml"), r#"<testsuite tests="9" errors="1" skipped="1" failures="2"/>"#).unwrap();
        assert_eq!(surefire(&folder).unwrap(), Counts { passed: 5, failed: 3, skipped: 1 });
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_tool_that_ran_nothing_or_did_not_build_has_failed() {
        assert_eq!(judged(None, false), Counts::FAIL);
        assert_eq!(judged(Some(Counts::default()), true), Counts::FAIL);
        let passed = Counts { passed: 3, ..Counts::default() };
        assert_eq!(judged(Some(passed), true), passed);
        assert_eq!(judged(Some(passed), false).failed, 1);
    }
}

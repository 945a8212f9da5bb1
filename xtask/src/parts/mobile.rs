//! The core behind generated Kotlin, on the desktop's JVM.

use std::fs;

use anyhow::Result;

use super::{Part, Sheet};
use crate::{
    counts::surefire,
    tools::Tool,
    workspace::{at, cargo, command, target},
};

pub(super) const PART: Part = Part {
    name: "mobile",
    about: "generated Kotlin over the mobile bindings, running all vectors on the JVM",
    needs: &[Tool::Java],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    if !sheet.check(
        "library and generator",
        cargo(&["build", "--package", "gatepass-mobile", "--package", "gatepass-bindgen"]),
    )? {
        return Ok(());
    }
    let debug = target().join("debug");
    let bindings = target().join("bindings/kotlin");
    let _ = fs::remove_dir_all(&bindings);
    let mut generate = command(debug.join("gatepass-bindgen"));
    generate.args(["generate", "--language", "kotlin", "--no-format", "--out-dir"]).arg(&bindings);
    generate.arg(debug.join("libgatepass_mobile.so"));
    if !sheet.check("Kotlin is generated", generate)? {
        return Ok(());
    }

    let project = at("mobile-ffi/android/binding-tests");
    let reports = project.join("target/surefire-reports");
    let _ = fs::remove_dir_all(&reports);
    let mut maven = command("mvn");
    maven.args(["--batch-mode", "--no-transfer-progress", "-f"]).arg(&project);
    maven.args(["test", "-Dkotlin.compiler.daemon=false"]).arg(format!("-Dgenerated.kotlin={}", bindings.display()));
    sheet.counted("Kotlin on the JVM", maven, |_| surefire(&reports).ok())?;
    Ok(())
}

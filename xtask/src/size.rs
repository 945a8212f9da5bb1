//! What a browser downloads, against its budget. One kilobyte is 1,000 bytes; gzip at its best level.

use std::{
    collections::BTreeSet,
    fmt, fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use crate::{artefacts, say::Say, workspace::at};

const KB: u64 = 1_000;

/// One thing measured.
#[derive(Debug)]
pub(crate) struct Size {
    pub(crate) name: String,
    raw: u64,
    gzip: u64,
    raw_limit: Option<u64>,
    gzip_limit: u64,
}

impl Size {
    pub(crate) fn fits(&self) -> bool {
        self.gzip <= self.gzip_limit && self.raw_limit.is_none_or(|limit| self.raw <= limit)
    }

    pub(crate) fn reached(&self) -> String {
        format!("{} gzip, {} raw", kilobytes(self.gzip), kilobytes(self.raw))
    }

    pub(crate) fn target(&self) -> String {
        let raw = self.raw_limit.map(|limit| format!(", ≤ {} raw", kilobytes(limit))).unwrap_or_default();
        format!("≤ {} gzip{raw}", kilobytes(self.gzip_limit))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.reached(), self.target())
    }
}

/// Builds what is to be measured, measures it, prints the table; true where all fits.
pub(crate) fn run(say: &Say) -> Result<bool> {
    artefacts::page(say, None)?;
    let sizes = measure()?;
    let width = sizes.iter().map(|size| size.name.len()).max().unwrap_or(0);
    for size in &sizes {
        say.plain(format!("{:<width$}  {size}  {}", size.name, if size.fits() { "fits" } else { "TOO LARGE" }));
    }
    Ok(sizes.iter().all(Size::fits))
}

/// Measures what has been built.
pub(crate) fn measure() -> Result<Vec<Size>> {
    let file = |name: &str, path: &str, gzip_limit: u64, raw_limit: Option<u64>| -> Result<Size> {
        let (raw, gzip) = weigh(&at(path))?;
        Ok(Size { name: name.to_owned(), raw, gzip, raw_limit, gzip_limit })
    };
    let mut sizes = vec![
        file("gatepass/otp wasm", "wasm/npm/pkg/otp/gatepass-otp.wasm", 12 * KB, Some(32 * KB))?,
        file("gatepass wasm, with QR", "wasm/npm/pkg/full/gatepass.wasm", 90 * KB, None)?,
        file("gatepass/identity wasm", "wasm/npm/pkg/identity/gatepass-identity.wasm", 150 * KB, None)?,
        file("gatepass/capture wasm", "wasm/npm/pkg/capture/gatepass-capture.wasm", 200 * KB, None)?,
    ];
    let dist = at("web-demo/page/dist");
    let (mut raw, mut gzip) = (0, 0);
    let files = first_load(&dist, "authenticator.html")?;
    for file in &files {
        let (file_raw, file_gzip) = weigh(file)?;
        raw += file_raw;
        gzip += file_gzip;
    }
    let name = format!("first load of /authenticator, {} files", files.len());
    sizes.push(Size { name, raw, gzip, raw_limit: None, gzip_limit: 200 * KB });
    Ok(sizes)
}

/// Every file that an entry can reach by the names in its text, and in theirs: an upper bound of its first load, since
/// what is loaded later on demand is counted too. Other entry pages are not followed.
fn first_load(dist: &Path, entry: &str) -> Result<BTreeSet<PathBuf>> {
    let mut assets = Vec::new();
    files_below(dist, &mut assets)?;
    let mut found = BTreeSet::new();
    let mut open = vec![dist.join(entry)];
    while let Some(file) = open.pop() {
        if !found.insert(file.clone()) {
            continue;
        }
        let readable =
            ["html", "js", "css", "mjs"].iter().any(|ending| file.extension().is_some_and(|found| found == *ending));
        if !readable {
            continue;
        }
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        for asset in &assets {
            let name = asset.file_name().unwrap_or_default().to_string_lossy();
            let followed = !name.ends_with(".html") && !name.ends_with(".map");
            if followed && text.contains(name.as_ref()) {
                open.push(asset.clone());
            }
        }
    }
    Ok(found)
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} is not built", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Bytes raw and after gzip.
fn weigh(file: &Path) -> Result<(u64, u64)> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    let packed = encoder.finish()?;
    Ok((u64::try_from(bytes.len())?, u64::try_from(packed.len())?))
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / KB, bytes % KB / 100)
}

//! The committed file: a hash of what the native build says of each frame.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    scene::{SEED, Set, VARIANTS},
    store::Native,
    text,
};

/// `hashes/SEED.txt` beside this crate's manifest.
fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("hashes/{SEED}.txt"))
}

/// How many hashes were compared, and the frames whose report is not what the file says. Nothing is compared where other
/// typefaces are installed than those that the file was written with.
pub(crate) fn compare(set: &Set, native: &[Native]) -> (usize, Vec<String>) {
    let path = path();
    let file = match fs::read_to_string(&path) {
        Ok(file) => file,
        Err(why) => return (0, vec![format!("cannot read {}: {why}", path.display())]),
    };
    if !file.contains(&fonts(set)) {
        println!("  the file was written with other typefaces: nothing to compare with");
        return (0, Vec::new());
    }
    let known = read(&file);
    let different = native.iter().filter_map(|native| {
        let found = text::hash(&native.text);
        let told = known.get(&native.name);
        (told != Some(&found)).then(|| match told {
            Some(told) => format!("{}: the file has {told}, the native build gives {found}", native.name),
            None => format!("{}: the file has no such frame", native.name),
        })
    });
    (native.len(), different.collect())
}

/// Writes the file from the whole set.
pub(crate) fn write(set: &Set, native: &[Native]) -> Result<PathBuf> {
    let mut file = format!(
        "# What the native build says of each frame of the golden set: SHA-256 of the text, its first eight bytes; a scene or a\n\
         # film a line. Written by `cargo xtask golden --write`; README.md says when. Seed {SEED}, {}.\n",
        fonts(set)
    );
    let mut scenes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for native in native {
        let scene = native.name.split(" frame ").next().unwrap_or(&native.name);
        scenes.entry(scene).or_default().push(text::hash(&native.text));
    }
    for (name, hashes) in scenes {
        writeln!(file, "{name}: {}", hashes.join(" "))?;
    }
    let path = path();
    fs::write(&path, file).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn fonts(set: &Set) -> String {
    format!("typefaces {:016x}", set.fonts())
}

/// Every hash by the name of its frame.
fn read(file: &str) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for (scene, hashes) in
        file.lines().filter_map(|line| line.split_once(": ")).filter(|(name, _)| !name.starts_with('#'))
    {
        for (variant, hash) in hashes.split(' ').enumerate().take(VARIANTS) {
            let name = if scene.starts_with("film") { scene.to_owned() } else { format!("{scene} frame {variant:02}") };
            known.insert(name, hash.to_owned());
        }
    }
    known
}

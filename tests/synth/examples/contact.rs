//! Contact sheets to look at: `cargo run --release -p gatepass-synth --example contact -- FOLDER [SEED]` writes documents,
//! grounds, profiles and ladders as PNG.

#![allow(clippy::print_stdout, reason = "a program for the terminal")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "small counts become positions and pixels"
)]

use std::{env, fs, path::PathBuf, time::Instant};

use gatepass_synth::{
    backdrop::Backdrop,
    canvas::Raster,
    capture::{Ladder, Profile, Shot, shoot},
    document::{Kind, Side, render_at},
    encode,
    fonts::Fonts,
    head::{Act, film},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("which folder?")?);
    let seed: u64 = env::args().nth(2).map_or(Ok(1), |text| text.parse())?;
    fs::create_dir_all(&folder)?;
    let fonts = Fonts::debian()?;
    let begun = Instant::now();
    if env::args().nth(3).as_deref() == Some("heads") {
        return heads(&folder, seed).map_err(Into::into);
    }

    let sides = [
        (Kind::Passport, Side::Front),
        (Kind::Licence, Side::Front),
        (Kind::Licence, Side::Back),
        (Kind::Permit, Side::Front),
        (Kind::Permit, Side::Back),
    ];
    let mut documents = Vec::new();
    for (kind, side) in sides {
        for index in 0..3 {
            documents.push(render_at(&fonts, seed + index, kind, side, 9.0).raster);
        }
    }
    save(&folder, "documents", &documents, 3, 560)?;
    println!("documents {:?}", begun.elapsed());

    let sheets: Vec<_> = sides.iter().map(|&(kind, side)| render_at(&fonts, seed, kind, side, 24.0)).collect();
    let begun = Instant::now();
    let grounds: Vec<Raster> = Backdrop::ALL
        .iter()
        .enumerate()
        .map(|(index, &backdrop)| {
            let sheet = &sheets[index % sheets.len()];
            let mut shot = Shot::draw(seed + index as u64, Profile::Careful, sheet);
            (shot.backdrop, shot.width, shot.height) = (backdrop, 1280, 720);
            shot.across = 640.0;
            let begun = Instant::now();
            let raster = shoot(sheet, &shot).raster;
            println!("  {backdrop:?} {:?}", begun.elapsed());
            raster
        })
        .collect();
    save(&folder, "grounds", &grounds, 4, 480)?;
    println!("grounds {:?}", begun.elapsed());

    for profile in Profile::ALL {
        let begun = Instant::now();
        let frames: Vec<Raster> = (0..8_u64)
            .map(|index| {
                let sheet = &sheets[index as usize % sheets.len()];
                shoot(sheet, &Shot::draw(seed + 100 + index, profile, sheet)).raster
            })
            .collect();
        save(&folder, &format!("profile-{profile:?}").to_lowercase(), &frames, 4, 480)?;
        println!("{profile:?} {:?}", begun.elapsed());
    }
    for ladder in Ladder::ALL {
        let frames: Vec<Raster> = (0..8_u8)
            .map(|rung| {
                let sheet = &sheets[1];
                shoot(sheet, &Shot::ladder(seed + 7, ladder, f32::from(rung) / 7.0, 700.0, sheet)).raster
            })
            .collect();
        save(&folder, &format!("ladder-{ladder:?}").to_lowercase(), &frames, 4, 480)?;
    }
    heads(&folder, seed)?;
    Ok(())
}

/// Three films of each kind: ten frames around the first prompt.
fn heads(folder: &std::path::Path, seed: u64) -> std::io::Result<()> {
    for act in Act::ALL {
        let mut frames = Vec::new();
        for index in 0..3 {
            let begun = Instant::now();
            let clip = film(seed + index, act);
            println!("{act:?} {} frames {:?} {:?}", clip.frames.len(), begun.elapsed(), clip.person);
            let first = clip.prompts[0].at;
            frames.extend(clip.frames.iter().filter(|frame| frame.at + 200 > first).step_by(2).take(10).map(|frame| {
                let rgb = frame.luma.iter().flat_map(|level| [*level; 3]).collect();
                Raster { width: clip.width, height: clip.height, rgb }
            }));
        }
        save(folder, &format!("head-{act:?}").to_lowercase(), &frames, 10, 190)?;
    }
    Ok(())
}

/// Pictures in rows, each as wide as asked.
fn save(
    folder: &std::path::Path,
    name: &str,
    pictures: &[Raster],
    columns: usize,
    width: usize,
) -> std::io::Result<()> {
    let small: Vec<Raster> = pictures.iter().map(|picture| shrink(picture, width)).collect();
    let tall = small.iter().map(|picture| picture.height).max().unwrap_or(1);
    let rows = small.len().div_ceil(columns);
    let mut all = Raster {
        width: columns * (width + 6),
        height: rows * (tall + 6),
        rgb: vec![90; columns * (width + 6) * rows * (tall + 6) * 3],
    };
    for (index, picture) in small.iter().enumerate() {
        let (left, top) = (index % columns * (width + 6), index / columns * (tall + 6));
        for row in 0..picture.height {
            let to = ((top + row) * all.width + left) * 3;
            let from = row * picture.width * 3;
            all.rgb[to..to + picture.width * 3].copy_from_slice(&picture.rgb[from..from + picture.width * 3]);
        }
    }
    fs::write(folder.join(format!("{name}.png")), encode::png(&all))
}

/// The mean over boxes; a tall picture is as high as a wide one would be wide.
fn shrink(picture: &Raster, width: usize) -> Raster {
    let factor = (picture.width.max(picture.height)) as f32 / width as f32;
    let (across, down) = ((picture.width as f32 / factor) as usize, (picture.height as f32 / factor) as usize);
    let mut rgb = Vec::with_capacity(across * down * 3);
    for row in 0..down {
        for column in 0..across {
            let (x0, x1) = ((column as f32 * factor) as usize, ((column + 1) as f32 * factor) as usize);
            let (y0, y1) = ((row as f32 * factor) as usize, ((row + 1) as f32 * factor) as usize);
            let mut sums = [0_usize; 3];
            for y in y0..y1.max(y0 + 1) {
                for x in x0..x1.max(x0 + 1) {
                    for (sum, level) in sums.iter_mut().zip(picture.pixel(x, y)) {
                        *sum += usize::from(level);
                    }
                }
            }
            let count = (x1.max(x0 + 1) - x0) * (y1.max(y0 + 1) - y0);
            rgb.extend(sums.map(|sum| (sum / count) as u8));
        }
    }
    Raster { width: across, height: down, rgb }
}

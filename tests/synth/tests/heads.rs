//! Films of heads must show what their truth says: they judge the turn evidence.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures change between integers and floats"
)]

use gatepass_synth::head::{Act, Clip, Grey, Turn, film};

/// How far the middle of the face moves to the right from one frame to the next, pixels: the shift at which the two differ
/// least. Knows nothing of how the film was drawn.
fn shift(clip: &Clip, from: &Grey, to: &Grey) -> f32 {
    let centre = from.truth.centre.expect("there is a head");
    let (half_width, half_height) = (from.truth.half_width * 0.45, from.truth.half_height * 0.4);
    let differs = |dx: isize| {
        let mut sum = 0_u64;
        for y in (centre.y - half_height) as usize..(centre.y + half_height) as usize {
            for x in (centre.x - half_width) as isize..(centre.x + half_width) as isize {
                let at = |x: isize| y * clip.width + x.clamp(0, clip.width as isize - 1) as usize;
                sum += u64::from(from.luma[at(x)].abs_diff(to.luma[at(x + dx)]));
            }
        }
        sum
    };
    (-14..=14).min_by_key(|&dx| differs(dx)).unwrap_or(0) as f32
}

fn fastest(clip: &Clip) -> f32 {
    clip.frames
        .windows(2)
        .map(|pair| (pair[1].truth.yaw - pair[0].truth.yaw).abs() / (pair[1].at - pair[0].at) as f32 * 1_000.0)
        .fold(0.0, f32::max)
}

#[test]
fn a_face_moves_the_way_its_truth_says() {
    let (mut right, mut wrong) = (0, 0);
    for seed in 0..3 {
        let clip = film(seed, Act::Genuine);
        for pair in clip.frames.windows(2) {
            let turned = pair[1].truth.yaw - pair[0].truth.yaw;
            // Near the front and clearly turning, the middle of the face goes where the nose goes.
            if turned.abs() > 2.0 && pair[0].truth.yaw.abs() < 15.0 {
                let seen = shift(&clip, &pair[0], &pair[1]);
                if seen * turned > 0.0 { right += 1 } else { wrong += 1 }
            }
        }
    }
    assert!(right >= 20 && wrong * 20 <= right, "{right} right, {wrong} wrong");
}

#[test]
fn a_genuine_head_does_what_is_asked_and_only_then() {
    for seed in 3..6 {
        let clip = film(seed, Act::Genuine);
        assert!(clip.prompts.iter().any(|prompt| prompt.turn == Turn::Left));
        assert!(clip.prompts.iter().any(|prompt| prompt.turn == Turn::Right));
        for (index, prompt) in clip.prompts.iter().enumerate() {
            let until = clip.prompts.get(index + 1).map_or(u32::MAX, |next| next.at);
            let farthest = clip
                .frames
                .iter()
                .filter(|frame| frame.at >= prompt.at && frame.at < until)
                .map(|frame| frame.truth.yaw * prompt.turn.sign())
                .fold(0.0, f32::max);
            assert!(farthest > 15.0, "seed {seed}, prompt {index}: {farthest} degrees");
        }
        assert!(clip.frames[0].truth.yaw.abs() < 4.0 && fastest(&clip) < 150.0);
    }
}

#[test]
fn attacks_are_what_they_are_called() {
    let signs = |clip: &Clip| -> Vec<bool> { clip.done.iter().map(|yaw| *yaw > 0.0).collect() };
    let asked = |clip: &Clip| -> Vec<bool> { clip.prompts.iter().map(|prompt| prompt.turn == Turn::Left).collect() };
    for seed in 0..2 {
        let genuine = film(seed, Act::Genuine);
        assert_eq!(signs(&genuine), asked(&genuine));
        let wrong = film(seed, Act::WrongOrder);
        assert_ne!(signs(&wrong), asked(&wrong), "seed {seed}");
        assert!(fastest(&film(seed, Act::TooFast)) > 170.0, "seed {seed}");
        let frozen = film(seed, Act::Frozen);
        let last = frozen.frames.len() - 1;
        assert!(frozen.frames[last].luma == frozen.frames[last - 8].luma);
        assert!(frozen.frames[0].luma != frozen.frames[1].luma);
        let looped = film(seed, Act::Loop);
        assert!(looped.frames.iter().skip(1).any(|frame| frame.luma == looped.frames[0].luma));
        let nobody = film(seed, Act::NoHead);
        assert!(nobody.frames.iter().all(|frame| frame.truth.centre.is_none()));
        let mean = |clip: &Clip| {
            clip.frames[0].luma.iter().map(|level| f32::from(*level)).sum::<f32>() / clip.frames[0].luma.len() as f32
        };
        assert!(mean(&film(seed, Act::Dark)) < 45.0 && mean(&genuine) > 50.0, "seed {seed}");
        let steps = |clip: &Clip| -> u64 {
            // Over three pixels, where noise averages out and edges do not.
            let luma = &clip.frames[0].luma;
            let block = |at: usize| u64::from(luma[at]) + u64::from(luma[at + 1]) + u64::from(luma[at + 2]);
            (0..luma.len() - 6).map(|at| block(at).abs_diff(block(at + 3)).saturating_sub(36)).sum()
        };
        assert!(steps(&film(seed, Act::Blurred)) * 2 < steps(&genuine), "seed {seed}");
    }
}

#[test]
fn the_same_seed_gives_the_same_film() {
    for act in [Act::Genuine, Act::PhotoBent, Act::TwoHeads] {
        assert!(film(4, act) == film(4, act), "{act:?}");
        assert!(film(4, act).frames[5].luma != film(5, act).frames[5].luma);
    }
}

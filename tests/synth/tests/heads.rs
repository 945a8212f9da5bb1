//! Films of heads must show what their truth says: they judge the turn evidence.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures change between integers and floats"
)]

use gatepass_synth::head::{Act, Clip, Grey, Turn, film_some};

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

/// The truth of a film alone.
fn told(seed: u64, act: Act) -> Clip {
    film_some(seed, act, |_| false)
}

#[test]
fn a_face_moves_the_way_its_truth_says() {
    let (mut right, mut wrong) = (0, 0);
    for seed in 0..4 {
        // Near the front and clearly turning, the middle of the face goes where the nose goes.
        let turned = |pair: &[Grey]| pair[1].truth.yaw - pair[0].truth.yaw;
        let clear = |pair: &[Grey]| turned(pair).abs() > 2.0 && pair[0].truth.yaw.abs() < 15.0;
        let truth = told(seed, Act::Genuine);
        let pairs: Vec<usize> =
            truth.frames.windows(2).enumerate().filter(|(_, pair)| clear(pair)).map(|(at, _)| at).take(8).collect();
        let clip = film_some(seed, Act::Genuine, |at| pairs.contains(&at) || at > 0 && pairs.contains(&(at - 1)));
        for at in pairs {
            let pair = &clip.frames[at..at + 2];
            if shift(&clip, &pair[0], &pair[1]) * turned(pair) > 0.0 { right += 1 } else { wrong += 1 }
        }
    }
    assert!(right >= 20 && wrong * 20 <= right, "{right} right, {wrong} wrong");
}

#[test]
fn a_genuine_head_does_what_is_asked_and_only_then() {
    for seed in 0..16 {
        let clip = told(seed, Act::Genuine);
        assert!(clip.prompts.iter().any(|prompt| prompt.direction == Turn::Left));
        assert!(clip.prompts.iter().any(|prompt| prompt.direction == Turn::Right));
        for (index, prompt) in clip.prompts.iter().enumerate() {
            let until = clip.prompts.get(index + 1).map_or(u32::MAX, |next| next.at);
            let farthest = clip
                .frames
                .iter()
                .filter(|frame| frame.at >= prompt.at && frame.at < until)
                .map(|frame| frame.truth.yaw * prompt.direction.sign())
                .fold(0.0, f32::max);
            assert!(farthest > 15.0, "seed {seed}, prompt {index}: {farthest} degrees");
        }
        assert!(clip.frames[0].truth.yaw.abs() < 4.0 && fastest(&clip) < 150.0, "seed {seed}");
    }
}

#[test]
fn heads_turn_as_their_act_says() {
    let signs = |clip: &Clip| -> Vec<bool> { clip.done.iter().map(|yaw| *yaw > 0.0).collect() };
    let asked =
        |clip: &Clip| -> Vec<bool> { clip.prompts.iter().map(|prompt| prompt.direction == Turn::Left).collect() };
    for seed in 0..8 {
        let genuine = told(seed, Act::Genuine);
        assert_eq!(signs(&genuine), asked(&genuine), "seed {seed}");
        let wrong = told(seed, Act::WrongOrder);
        assert_ne!(signs(&wrong), asked(&wrong), "seed {seed}");
        assert!(fastest(&told(seed, Act::TooFast)) > 170.0, "seed {seed}");
        assert!(told(seed, Act::NoTurn).done.iter().all(|yaw| yaw.abs() <= 4.0), "seed {seed}");
        assert!(told(seed, Act::NoHead).frames.iter().all(|frame| frame.truth.centre.is_none()), "seed {seed}");
    }
}

/// Mean difference of two frames, levels.
fn apart(a: &Grey, b: &Grey) -> f32 {
    a.luma.iter().zip(&b.luma).map(|(a, b)| f32::from(a.abs_diff(*b))).sum::<f32>() / a.luma.len() as f32
}

/// The same over blocks of some hundred pixels, in which noise averages out.
fn coarsely(a: &Grey, b: &Grey) -> f32 {
    let means = |frame: &Grey| -> Vec<f32> {
        frame.luma.chunks(320).map(|block| block.iter().map(|level| f32::from(*level)).sum::<f32>() / 320.0).collect()
    };
    means(a).iter().zip(means(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn a_still_picture_stands_still_with_or_without_fresh_noise() {
    for seed in 0..2 {
        let last = told(seed, Act::Frozen).frames.len() - 1;
        let some = |at: usize| at < 2 || at + 8 == last || at == last;
        let frozen = film_some(seed, Act::Frozen, some).frames;
        assert!(frozen[last].luma == frozen[last - 8].luma && frozen[0].luma != frozen[1].luma, "seed {seed}");
        let noisy = film_some(seed, Act::FrozenNoisy, some).frames;
        assert!(noisy[last].truth == noisy[last - 8].truth, "seed {seed}");
        assert!(apart(&noisy[last], &noisy[last - 8]) > 0.5, "seed {seed}: no fresh noise");
        assert!(coarsely(&noisy[last], &noisy[last - 8]) < 1.0, "seed {seed}: it moves");
    }
}

#[test]
fn a_loop_comes_back_with_or_without_fresh_noise() {
    for seed in 0..2 {
        let frames = film_some(seed, Act::Loop, |at| at < 14).frames;
        let again = (1..14).find(|&at| frames[at].luma == frames[0].luma).expect("within fourteen frames");
        assert!((1..again).all(|at| frames[at].luma != frames[0].luma), "seed {seed}");
        let noisy = film_some(seed, Act::LoopNoisy, |at| at == 0 || at == again).frames;
        assert!(apart(&noisy[0], &noisy[again]) > 0.5, "seed {seed}: no fresh noise");
        assert!(coarsely(&noisy[0], &noisy[again]) < 1.0, "seed {seed}: another picture");
    }
}

#[test]
fn the_dark_is_dark_and_what_is_out_of_focus_has_no_edges() {
    let first = |seed, act| film_some(seed, act, |at| at == 0).frames.swap_remove(0).luma;
    let mean = |luma: &[u8]| luma.iter().map(|level| f32::from(*level)).sum::<f32>() / luma.len() as f32;
    let steps = |luma: &[u8]| -> u64 {
        // Over three pixels, where noise averages out and edges do not.
        let block = |at: usize| u64::from(luma[at]) + u64::from(luma[at + 1]) + u64::from(luma[at + 2]);
        (0..luma.len() - 6).map(|at| block(at).abs_diff(block(at + 3)).saturating_sub(36)).sum()
    };
    for seed in 0..4 {
        let genuine = first(seed, Act::Genuine);
        assert!(mean(&first(seed, Act::Dark)) < 45.0 && mean(&genuine) > 50.0, "seed {seed}");
        assert!(steps(&first(seed, Act::Blurred)) * 2 < steps(&genuine), "seed {seed}");
    }
}

#[test]
fn the_same_seed_gives_the_same_film_whichever_frames_are_asked_for() {
    for act in [Act::Genuine, Act::PhotoBent, Act::TwoHeads, Act::Loop] {
        let all = film_some(4, act, |at| at < 8);
        assert!(film_some(4, act, |at| at < 8) == all, "{act:?}");
        assert!(film_some(4, act, |at| at == 5).frames[5] == all.frames[5], "{act:?}");
        assert!(film_some(5, act, |at| at == 5).frames[5].luma != all.frames[5].luma, "{act:?}");
    }
}

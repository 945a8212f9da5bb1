//! What differs between two texts, in words.

use crate::store::Native;

/// How many frames were compared, and a line for each that differs: which frame, which measure, both values.
pub(crate) fn of(native: &[Native], theirs: &[String]) -> (usize, Vec<String>) {
    let mut different: Vec<String> =
        native.iter().zip(theirs).filter_map(|(native, theirs)| first(native, theirs)).collect();
    if native.len() != theirs.len() {
        different.push(format!("{} texts came, {} were wanted", theirs.len(), native.len()));
    }
    (native.len(), different)
}

fn first(native: &Native, theirs: &str) -> Option<String> {
    if native.text == theirs {
        return None;
    }
    let (ours, theirs): (Vec<_>, Vec<_>) = (native.text.lines().collect(), theirs.lines().collect());
    let place = (0..ours.len().max(theirs.len())).find(|&place| ours.get(place) != theirs.get(place))?;
    // A region belongs to the measure on the line before.
    let of = |lines: &[&str]| match lines.get(place) {
        Some(line) if line.starts_with("region") => format!("{}, {line}", lines[place - 1]),
        Some(line) => readable(line),
        None => "nothing".to_owned(),
    };
    Some(format!("{}: native: {}; here: {}", native.name, of(&ours), of(&theirs)))
}

/// A line with the numbers beside their bits.
fn readable(line: &str) -> String {
    let number = |word: &str| {
        let bits = u32::from_str_radix(word, 16).ok().filter(|_| word.len() == 8)?;
        Some(format!("{word} ({})", f32::from_bits(bits)))
    };
    line.split(' ').map(|word| number(word).unwrap_or_else(|| word.to_owned())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever reads the line must find the frame, the measure and both values in it.
    #[test]
    fn a_difference_names_frame_measure_and_values() {
        let native =
            Native { name: "scene 3, still".to_owned(), text: "pixels 00\nmeasure glare 3f800000 mm\n".to_owned() };
        assert_eq!(of(std::slice::from_ref(&native), std::slice::from_ref(&native.text)), (1, vec![]));
        let theirs = "pixels 00\nmeasure glare 40000000 mm\n".to_owned();
        assert_eq!(
            of(&[native], &[theirs]).1,
            ["scene 3, still: native: measure glare 3f800000 (1) mm; here: measure glare 40000000 (2) mm"]
        );
    }
}

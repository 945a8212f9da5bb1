//! Motions fitted to a flow: least squares that give outliers less and less weight.

use super::flow::Step;

/// A fitted motion.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit<const N: usize> {
    pub(super) values: [f64; N],
    /// Sum of the squared differences, each counted at most as [`FAR`]², pixels².
    pub(super) cost: f64,
}

/// Farther than this from the motion a step has no weight, pixels.
pub(super) const FAR: f64 = 1.5;
const ROUNDS: usize = 5;

/// Fits N numbers to steps; `rows` gives what each number does to u and to v of a step. `rest`: how much each number
/// pulls towards 0, as a part of the pull of all steps.
pub(super) fn fit<'a, const N: usize>(
    steps: impl Iterator<Item = &'a Step> + Clone,
    rest: [f64; N],
    rows: impl Fn(&Step) -> ([f64; N], [f64; N]),
) -> Option<Fit<N>> {
    let mut values: Option<[f64; N]> = None;
    // From wide to narrow, so that the first guess may be poor.
    let mut reach = 8.0 * FAR;
    for _ in 0..ROUNDS {
        let (mut matrix, mut right) = ([[0.0; N]; N], [0.0; N]);
        let (mut used, mut pull) = (0, 0.0);
        for step in steps.clone() {
            let (row_u, row_v) = rows(step);
            let (u, v) = (f64::from(step.u), f64::from(step.v));
            let weight = values.map_or(1.0, |values| {
                let (du, dv) = (u - times(&row_u, &values), v - times(&row_v, &values));
                let share = (du * du + dv * dv) / (reach * reach);
                if share < 1.0 { (1.0 - share) * (1.0 - share) } else { 0.0 }
            });
            used += usize::from(weight > 0.0);
            pull += weight;
            for i in 0..N {
                for j in 0..N {
                    matrix[i][j] += weight * (row_u[i] * row_u[j] + row_v[i] * row_v[j]);
                }
                right[i] += weight * (row_u[i] * u + row_v[i] * v);
            }
        }
        if used < N {
            return None;
        }
        for i in 0..N {
            matrix[i][i] += rest[i] * pull;
        }
        values = Some(solve(matrix, right)?);
        reach = (reach / 2.0).max(FAR);
    }
    let values = values?;
    let mut cost = 0.0;
    for step in steps {
        cost += distance2(step, &rows, &values).min(FAR * FAR);
    }
    Some(Fit { values, cost })
}

/// The squared distance of a step from a motion, pixels².
pub(super) fn distance2<const N: usize>(
    step: &Step,
    rows: impl Fn(&Step) -> ([f64; N], [f64; N]),
    values: &[f64; N],
) -> f64 {
    let (row_u, row_v) = rows(step);
    let (du, dv) = (f64::from(step.u) - times(&row_u, values), f64::from(step.v) - times(&row_v, values));
    du * du + dv * dv
}

pub(super) fn times<const N: usize>(row: &[f64; N], values: &[f64; N]) -> f64 {
    row.iter().zip(values).map(|(a, b)| a * b).sum()
}

/// Elimination with the largest pivot; `None` when the steps do not say enough.
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> Option<[f64; N]> {
    for column in 0..N {
        let pivot = (column..N).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-6 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..N {
            let share = matrix[row][column] / matrix[column][column];
            let above = matrix[column];
            matrix[row].iter_mut().zip(above).skip(column).for_each(|(value, above)| *value -= share * above);
            right[row] -= share * right[column];
        }
    }
    let mut values = [0.0; N];
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|k| matrix[row][k] * values[k]).sum();
        values[row] = (right[row] - known) / matrix[row][row];
    }
    values.iter().all(|value| value.is_finite()).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few patches that were followed wrongly must not turn the head.
    #[test]
    fn a_third_of_wrong_steps_changes_nothing() {
        let mut steps: alloc::vec::Vec<Step> = (0..60_u8)
            .map(|k| {
                let (x, y) = (f32::from(k % 10), f32::from(k / 10));
                Step { x, y, u: 2.0 + 0.5 * x, v: -1.0 + 0.5 * y }
            })
            .collect();
        for step in steps.iter_mut().step_by(3) {
            step.u += 9.0;
        }
        let rows = |step: &Step| ([1.0, 0.0, f64::from(step.x)], [0.0, 1.0, f64::from(step.y)]);
        let fit = fit(steps.iter(), [0.0; 3], rows).expect("enough steps");
        for (value, expected) in fit.values.iter().zip([2.0, -1.0, 0.5]) {
            assert!((value - expected).abs() < 1e-6, "{:?}", fit.values);
        }
        // Twenty wrong ones, each counted as far off and no more.
        assert!((fit.cost - 20.0 * FAR * FAR).abs() < 1e-6);
    }

    #[test]
    fn steps_on_one_spot_say_nothing_about_size() {
        let steps = [Step { x: 1.0, y: 1.0, u: 1.0, v: 0.0 }; 20];
        let rows = |step: &Step| ([1.0, 0.0, f64::from(step.x), 0.0], [0.0, 1.0, 0.0, f64::from(step.y)]);
        assert!(fit(steps.iter(), [0.0; 4], rows).is_none());
    }
}

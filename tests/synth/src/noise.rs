//! Smooth noise from a seed.

/// Smooth noise on a lattice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    /// −1 to 1, one bump per unit.
    #[inline]
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (below(x), below(y));
        let (sx, sy) = (x - column as f32, y - row as f32);
        let (sx, sy) = (sx * sx * (3.0 - 2.0 * sx), sy * sy * (3.0 - 2.0 * sy));
        let (column, row) = (column as u32, row as u32);
        let corner = |dx: u32, dy: u32| {
            let mut word = column.wrapping_add(dx).wrapping_mul(0x9e37_79b1)
                ^ row.wrapping_add(dy).wrapping_mul(0x85eb_ca77)
                ^ self.0 as u32;
            word = (word ^ (word >> 15)).wrapping_mul(0x2c1b_3c6d);
            word = (word ^ (word >> 12)).wrapping_mul(0x297a_2d39);
            (word >> 8) as f32 / 8_388_608.0 - 1.0
        };
        let above = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * sx;
        let below = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * sx;
        above + (below - above) * sy
    }
}

/// The whole number at or below; without SSE 4.1, which not every machine has, `floor` is a call.
#[inline]
fn below(x: f32) -> i32 {
    let towards_zero = x as i32;
    towards_zero - i32::from(x < towards_zero as f32)
}

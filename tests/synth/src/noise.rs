//! Smooth noise from a seed.

/// Smooth noise on a lattice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    /// −1 to 1, one bump per unit.
    #[inline]
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (x.floor(), y.floor());
        let (sx, sy) = (x - column, y - row);
        let (sx, sy) = (sx * sx * (3.0 - 2.0 * sx), sy * sy * (3.0 - 2.0 * sy));
        let (column, row) = (column as i32 as u32, row as i32 as u32);
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

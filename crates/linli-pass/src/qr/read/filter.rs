//! Two filters for pictures in which no code was found at first sight.
//!
//! Both take means of squares, from one table of sums, so that they cost the same for any size of square.

/// Pixels on each side of the one in the middle: modules of a code held up to a camera are three to six pixels wide.
const SHARPEN_RADIUS: usize = 3;
const SMOOTH_RADIUS: usize = 1;
/// How much of the difference to its surroundings a pixel gets on top.
const SHARPEN_TIMES: i32 = 2;

/// Edges that a lens out of focus has flattened, made steeper again.
pub(super) fn sharpened(luma: &[u8], width: usize) -> Vec<u8> {
    let sums = Sums::new(luma, width);
    let sharper = |(at, pixel): (usize, &u8)| {
        let mean = sums.mean(at % width, at / width, SHARPEN_RADIUS);
        let pixel = i32::from(*pixel);
        to_byte(pixel + SHARPEN_TIMES * (pixel - mean))
    };
    luma.iter().enumerate().map(sharper).collect()
}

/// Noise from pixel to pixel, averaged away.
pub(super) fn smoothed(luma: &[u8], width: usize) -> Vec<u8> {
    let sums = Sums::new(luma, width);
    let mean = |at: usize| to_byte(sums.mean(at % width, at / width, SMOOTH_RADIUS));
    (0..luma.len()).map(mean).collect()
}

fn to_byte(value: i32) -> u8 {
    u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX)
}

/// Sums of everything above and to the left, a row and a column larger than the picture.
struct Sums {
    sums: Vec<u32>,
    width: usize,
    height: usize,
}

impl Sums {
    fn new(luma: &[u8], width: usize) -> Self {
        let (width, height) = (width.max(1), luma.len() / width.max(1));
        let mut sums = vec![0u32; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut row = 0u32;
            for x in 0..width {
                row = row.wrapping_add(u32::from(luma[y * width + x]));
                let above = sums[y * (width + 1) + x + 1];
                sums[(y + 1) * (width + 1) + x + 1] = above.wrapping_add(row);
            }
        }
        Self {
            sums,
            width,
            height,
        }
    }

    /// Mean of the square around a pixel, as far as it lies in the picture.
    fn mean(&self, x: usize, y: usize, radius: usize) -> i32 {
        let (left, top) = (x.saturating_sub(radius), y.saturating_sub(radius));
        let right = (x + radius + 1).min(self.width);
        let bottom = (y + radius + 1).min(self.height);
        let at = |x: usize, y: usize| self.sums[y * (self.width + 1) + x];
        // Differences are right even where the sums have wrapped round.
        let sum = at(right, bottom)
            .wrapping_sub(at(left, bottom))
            .wrapping_sub(at(right, top))
            .wrapping_add(at(left, top));
        let count = u32::try_from((right - left) * (bottom - top)).unwrap_or(1);
        i32::try_from(sum / count.max(1)).unwrap_or(i32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_picture_stays_as_it_is_and_an_edge_gets_steeper() {
        let even = vec![120; 7 * 5];
        assert_eq!(
            (sharpened(&even, 7), smoothed(&even, 7)),
            (even.clone(), even)
        );
        let edge: Vec<u8> = (0..9 * 9)
            .map(|at| if at % 9 < 4 { 100 } else { 140 })
            .collect();
        let sharp = sharpened(&edge, 9);
        assert!(sharp[3] < 100 && sharp[4] > 140, "{sharp:?}");
        let smooth = smoothed(&edge, 9);
        assert!(smooth[3] > 100 && smooth[4] < 140, "{smooth:?}");
        assert!(sharpened(&[], 0).is_empty() && smoothed(&[], 3).is_empty());
    }
}

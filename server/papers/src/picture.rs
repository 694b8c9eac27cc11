//! Pictures: PNG only, small, and read once before they are taken.

use krilla::image::Image;

use crate::describe::PaperError;

/// The largest file that is taken.
const LARGEST: usize = 128 * 1024;

/// The longest side, in pixels.
const LONGEST: u32 = 2000;

/// A PNG that was read to its end and can be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    png: Vec<u8>,
    width: u32,
    height: u32,
}

impl Picture {
    /// The largest file that is taken, in bytes.
    pub const LARGEST: usize = LARGEST;

    /// Takes a PNG of at most 128 KiB and 2,000 pixels a side.
    ///
    /// # Errors
    /// If it is larger, is not a PNG or is a damaged one.
    pub fn png(bytes: Vec<u8>) -> Result<Self, PaperError> {
        let refuse = |why: &str| Err(PaperError::Picture(why.into()));
        if bytes.len() > LARGEST {
            return refuse("the picture is larger than 128 KiB");
        }
        // The sides stand at a fixed place, so that nothing is unpacked for a picture that is too large.
        let number = |at: usize| {
            let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
            four.map(u32::from_be_bytes)
        };
        let (Some(b"\x89PNG\r\n\x1a\n"), Some(b"IHDR"), Some(width), Some(height)) =
            (bytes.get(..8), bytes.get(12..16), number(16), number(20))
        else {
            return refuse("the picture is not a PNG");
        };
        if !(1..=LONGEST).contains(&width) || !(1..=LONGEST).contains(&height) {
            return refuse("the picture is longer than 2000 pixels");
        }
        let picture = Self { png: bytes, width, height };
        picture.image()?;
        Ok(picture)
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.png
    }

    /// Height by width.
    #[expect(clippy::cast_precision_loss, reason = "at most 2000")]
    pub(crate) fn slope(&self) -> f32 {
        self.height as f32 / self.width as f32
    }

    pub(crate) fn image(&self) -> Result<Image, PaperError> {
        Image::from_png(self.png.clone().into(), false).map_err(PaperError::Picture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A red square of one pixel.
    const RED: &[u8] = include_bytes!("../tests/red.png");

    #[test]
    fn a_png_is_taken_and_anything_else_is_refused() {
        assert!(Picture::png(RED.to_vec()).is_ok());
        assert!(Picture::png(b"GIF89a".to_vec()).is_err());
        assert!(Picture::png(RED.get(..30).unwrap_or_default().to_vec()).is_err(), "cut off");
        assert!(Picture::png(vec![0; LARGEST + 1]).is_err());
        let mut wide = RED.to_vec();
        wide.splice(16..20, 100_000_u32.to_be_bytes());
        assert!(Picture::png(wide).is_err());
    }
}

//! Places on top of a drawing, in per cent of its size. The one `<style>` of the pages: an inline `style` attribute is
//! refused by the content security policy, a style element with the nonce is not. Only integers go in.

use leptos::prelude::*;

/// A place: the class `at-{n}`, and x, y, width, height in units of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Number of the place on the page.
    pub n: u16,
    /// x, y, width, height.
    pub at: (u16, u16, u16, u16),
}

/// The rules that put elements of class `at-{n}` onto a drawing of the given size.
#[component]
pub fn Placed(
    /// Width and height of the drawing.
    size: (u16, u16),
    /// The places.
    places: Vec<Place>,
) -> AnyView {
    let nonce = use_context::<PageNonce>().map(|PageNonce(nonce)| nonce);
    view! { <style nonce=nonce>{rules(size, places)}</style> }.into_any()
}

/// The nonce of the answer, for [`Placed`]; the document provides it.
#[derive(Clone, Debug)]
pub(crate) struct PageNonce(pub(crate) String);

fn rules((width, height): (u16, u16), places: Vec<Place>) -> String {
    let mut out = format!("@layer sim{{.picture__stage{{aspect-ratio:{width}/{height}}}");
    for Place { n, at: (x, y, w, h) } in places {
        let [left, wide] = [x, w].map(|units| share(units, width));
        let [top, high] = [y, h].map(|units| share(units, height));
        out.push_str(&format!(
            ".at-{n}{{inset-inline-start:{left};inset-block-start:{top};inline-size:{wide};block-size:{high}}}"
        ));
    }
    out.push('}');
    out
}

/// Hundredths of a per cent, as text.
fn share(units: u16, whole: u16) -> String {
    let share = u32::from(units) * 10_000 / u32::from(whole.max(1));
    format!("{}.{:02}%", share / 100, share % 100)
}

#[cfg(test)]
mod tests {
    use super::{Place, rules};

    #[test]
    fn a_place_is_put_by_per_cent_of_the_drawing() {
        let rules = rules((1000, 700), vec![Place { n: 3, at: (250, 70, 125, 140) }]);
        assert!(rules.contains(".picture__stage{aspect-ratio:1000/700}"));
        assert!(rules.contains(
            ".at-3{inset-inline-start:25.00%;inset-block-start:10.00%;inline-size:12.50%;block-size:20.00%}"
        ));
    }

    #[test]
    fn a_drawing_without_size_does_not_divide_by_nothing() {
        assert!(rules((0, 0), vec![Place { n: 1, at: (1, 1, 1, 1) }]).contains(".at-1"));
    }
}

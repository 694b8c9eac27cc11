//! The drawing of two lines over the weeks to a due date. They part by line and by mark, not by colour alone; the figures stand in the table below it.

use crate::reports::TARGET;
use crate::ui::written::Written;
use crate::{Lang, say};
use leptos::prelude::*;

use super::{TrendLine, TrendPoint};

/// The drawing's own units: the ground on which the lines stand, and what is around it.
const WIDE: i32 = 600;
const HIGH: i32 = 240;
const LEFT: i32 = 88;
const TOP: i32 = 16;
const RIGHT: i32 = 24;
const BOTTOM: i32 = 40;

/// Where days and rates lie on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scale {
    first: i32,
    last: i32,
}

impl Scale {
    /// Wide enough for every point, and for the due date where there is one.
    fn of<'p>(points: impl Iterator<Item = &'p TrendPoint>) -> Self {
        let (mut first, mut last) = (-7, 0);
        for point in points {
            first = first.min(point.days);
            last = last.max(point.days);
        }
        Self { first, last }
    }

    fn x(self, days: i32) -> i32 {
        LEFT + (days - self.first) * WIDE / (self.last - self.first).max(1)
    }

    /// Days that are named below the ground: every fourth week, or rarer where that would be too many.
    fn named(self) -> Vec<i32> {
        let weeks = (self.last - self.first) / 7;
        let step = if weeks > 32 {
            12
        } else if weeks > 10 {
            4
        } else {
            2
        };
        (-60..=12)
            .map(|week| week * step * 7)
            .filter(|days| (self.first..=self.last).contains(days))
            .collect()
    }
}

/// Tenths of a per cent from below.
fn y(tenths: u32) -> i32 {
    let tenths = i32::try_from(tenths.min(1000)).unwrap_or(1000);
    TOP + HIGH - tenths * HIGH / 1000
}

/// The drawing with its legend.
pub(super) fn chart(line: &TrendLine, before: Option<&TrendLine>, has_due: bool, lang: Lang) -> AnyView {
    let scale = Scale::of(line.points.iter().chain(before.into_iter().flat_map(|line| &line.points)));
    let (right, ground) = (LEFT + WIDE, y(0));
    let levels = [0, 250, 500, 750, 1000]
        .map(|tenths| {
            let (at, words) = (y(tenths), format!("{}%", tenths / 10));
            view! {
                <line class="trend__grid" x1=LEFT.to_string() x2=right.to_string() y1=at.to_string() y2=at.to_string()></line>
                <text class="trend__label" x=(LEFT - 8).to_string() y=(at + 5).to_string() text-anchor="end">{words}</text>
            }
        })
        .collect_view();
    let target = y(TARGET);
    let named = scale
        .named()
        .into_iter()
        .map(|days| {
            let x = scale.x(days);
            let anchor = if days == scale.first { "start" } else if days == scale.last { "end" } else { "middle" };
            view! {
                <line class="trend__tick" x1=x.to_string() x2=x.to_string() y1=ground.to_string() y2=(ground + 6).to_string()></line>
                <text class="trend__label" x=x.to_string() y=(ground + 28).to_string() text-anchor=anchor>{tick(days, has_due, lang)}</text>
            }
        })
        .collect_view();
    let due = (has_due && scale.last > 0).then(|| {
        let x = scale.x(0).to_string();
        view! { <line class="trend__due" x1=x.clone() x2=x y1=TOP.to_string() y2=ground.to_string()></line> }
    });
    let height = TOP + HIGH + BOTTOM;
    let view_box = format!("0 0 {} {height}", LEFT + WIDE + RIGHT);
    let then = before.map(|line| drawn(line, scale, Mark::Square));
    let end = line.points.last().copied().map(|point| {
        let at = (scale.x(point.days), y(point.rate.tenths().unwrap_or(0)));
        // Beside the last mark, on the side on which there is room.
        let (x, anchor) = if at.0 > LEFT + WIDE / 2 { (at.0 - 12, "end") } else { (at.0 + 12, "start") };
        let above = if at.1 > TOP + 24 { at.1 - 12 } else { at.1 + 24 };
        view! { <text class="trend__end" x=x.to_string() y=above.to_string() text-anchor=anchor>{point.rate.percent()}</text> }
    });
    let legend = before.map(|before| {
        view! { <li><Key mark=Mark::Square/><Written text=before.title.clone() lang/></li> }
    });
    let title = line.title.clone();
    view! {
        <figure class="trend__figure">
            <svg class="trend__chart" viewBox=view_box aria-hidden="true" focusable="false">
                {levels}
                <line class="trend__target" x1=LEFT.to_string() x2=right.to_string() y1=target.to_string() y2=target.to_string()></line>
                {due}
                {named}
                {then}
                {drawn(line, scale, Mark::Circle)}
                {end}
            </svg>
            <figcaption class="trend__legend">
                <ul role="list">
                    <li><Key mark=Mark::Circle/><Written text=title lang/></li>
                    {legend}
                    <li>
                        <svg class="trend__key" viewBox="0 0 40 16" aria-hidden="true" focusable="false"><line class="trend__target" x1="0" x2="40" y1="8" y2="8"></line></svg>
                        {say!(lang, "目標 90%", "Target 90%")}
                    </li>
                </ul>
            </figcaption>
        </figure>
    }
    .into_any()
}

fn tick(days: i32, has_due: bool, lang: Lang) -> String {
    let weeks = (days / 7).unsigned_abs();
    match (has_due, days.signum()) {
        (true, 0) => say!(lang, "期限", "due"),
        (false, 0) => say!(lang, "この日", "this day"),
        (_, -1) => say!(lang, "{weeks}週前", "−{weeks} wk"),
        _ => say!(lang, "{weeks}週後", "+{weeks} wk"),
    }
}

/// What a line is marked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Full, on a whole line: the year that is asked about.
    Circle,
    /// Hollow, on a broken line: the year before.
    Square,
}

impl Mark {
    const fn code(self) -> &'static str {
        match self {
            Self::Circle => "now",
            Self::Square => "before",
        }
    }
}

fn drawn(line: &TrendLine, scale: Scale, mark: Mark) -> AnyView {
    let place = |point: &TrendPoint| Some((scale.x(point.days), y(point.rate.tenths()?)));
    let places = line.points.iter().filter_map(place);
    let points = places.map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
    // What stands between two weeks is the day that is asked about, or its like of the year before.
    let last = line.points.last().filter(|_| mark == Mark::Circle);
    let marks = line
        .points
        .iter()
        .filter(|point| point.days % 7 == 0 || Some(*point) == last)
        .filter_map(place)
        .map(|(x, y)| marked(x, y, mark))
        .collect_view();
    view! {
        <g data-line=mark.code()>
            <polyline class="trend__line" points=points></polyline>
            {marks}
        </g>
    }
    .into_any()
}

fn marked(x: i32, y: i32, mark: Mark) -> AnyView {
    match mark {
        Mark::Circle => {
            view! { <circle class="trend__mark" cx=x.to_string() cy=y.to_string() r="4"></circle> }.into_any()
        }
        Mark::Square => {
            view! { <rect class="trend__mark" x=(x - 4).to_string() y=(y - 4).to_string() width="8" height="8"></rect> }
                .into_any()
        }
    }
}

/// A line in the legend.
#[component]
fn Key(
    /// Its mark.
    mark: Mark,
) -> AnyView {
    view! {
        <svg class="trend__key" viewBox="0 0 40 16" aria-hidden="true" focusable="false">
            <g data-line=mark.code()>
                <line class="trend__line" x1="0" x2="40" y1="8" y2="8"></line>
                {marked(20, 8, mark)}
            </g>
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;
    use crate::ui::Rate;

    fn point(days: i32) -> TrendPoint {
        TrendPoint { days, day: Day { year: 2026, month: 4, day: 1 }, rate: Rate { done: 1, of: 2 } }
    }

    #[test]
    fn the_ground_reaches_from_the_first_point_to_the_due_date() {
        let scale = Scale::of([point(-70), point(-30)].iter());
        assert_eq!((scale.x(-70), scale.x(0)), (LEFT, LEFT + WIDE));
        assert_eq!(scale.named(), [-70, -56, -42, -28, -14, 0]);
    }

    #[test]
    fn a_rate_stands_higher_the_higher_it_is_and_never_beyond_the_ground() {
        assert_eq!((y(0), y(1000), y(5000)), (TOP + HIGH, TOP, TOP));
        assert!(y(900) < y(899 - 4));
    }

    #[test]
    fn a_year_of_weeks_is_named_once_in_twelve() {
        let scale = Scale::of([point(-364)].iter());
        assert_eq!(scale.named().len(), 5);
    }
}

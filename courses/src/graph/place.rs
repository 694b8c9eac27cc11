//! Where everything stands: columns from left to right, folded into bands like lines of text, bands onto pages.

use std::collections::BTreeMap;
use std::ops::Range;

use super::card::{Card, HEAD};
use super::plan::{Plan, Slot};

/// A4 landscape. Letters of size 10 are then about 6.5 points on paper.
pub(super) const PAGE: (i32, i32) = (1300, 919);
/// Blank edge of a page.
pub(super) const MARGIN: i32 = 26;
/// Room for the title of the drawing.
pub(super) const TITLE: i32 = 104;
/// Room between two columns for the ways between them.
pub(super) const GUTTER: i32 = 62;
/// Room at both ends of a band for the letters of the ways that come from another and go on to another.
pub(super) const TAG: i32 = 46;
/// Columns in a band; with more, nothing could be read.
const COLUMNS: usize = 4;
/// Room between two nodes of a column.
const GAP: i32 = 16;
const BAND_GAP: i32 = 34;
/// The height of a lane.
const LANE: i32 = 10;

/// Everything with its place.
pub(super) struct Placed {
    /// The upper left corner of every slot.
    pub(super) at: BTreeMap<Slot, (i32, i32)>,
    /// The columns of each band.
    pub(super) bands: Vec<Range<usize>>,
    pub(super) width: i32,
    /// Where the last band ends.
    pub(super) end: i32,
}

/// Folds the columns into bands: as few as possible, and where the fewest ways are cut.
pub(super) fn fold(plan: &Plan) -> Vec<Range<usize>> {
    let columns = plan.columns.len();
    // The best folding of all columns from this one on: how many bands, how many cuts, and where the first band ends.
    let mut best: Vec<(usize, usize, usize)> = vec![(0, 0, columns)];
    for first in (0..columns).rev() {
        let choices = (first + 1..=(first + COLUMNS).min(columns)).filter_map(|end| {
            let (bands, cuts, _) = best.get(columns - end)?;
            Some((bands + 1, cuts + cut(plan, end), end))
        });
        best.push(choices.min().unwrap_or((0, 0, columns)));
    }
    let mut bands = Vec::new();
    let mut first = 0;
    while let Some((_, _, end)) = best.get(columns - first).filter(|_| first < columns) {
        bands.push(first..*end);
        first = *end;
    }
    bands
}

/// What a fold in front of this column cuts: slots that ways lead to, and ways back to the column before.
fn cut(plan: &Plan, column: usize) -> usize {
    let (Some(before), Some(after)) = (plan.columns.get(column.wrapping_sub(1)), plan.columns.get(column))
    else {
        return 0;
    };
    let entered = after.iter().filter(|slot| plan.links.iter().any(|link| link.to == **slot)).count();
    let back = |(from, _, to): &&(usize, usize, usize)| {
        after.contains(&Slot::Node(*from)) && before.contains(&Slot::Node(*to))
    };
    entered + plan.back.iter().filter(back).count()
}

/// The width of a column, so that the widest band fills the page.
pub(super) fn column_width(bands: &[Range<usize>]) -> i32 {
    let most = bands.iter().map(ExactSizeIterator::len).max().unwrap_or(1);
    let count = i32::try_from(most).unwrap_or(1).max(1);
    ((PAGE.0 - 2 * (MARGIN + TAG) - GUTTER * (count - 1)) / count).min(300)
}

/// Gives everything its place.
pub(super) fn place(plan: &Plan, cards: &[Card], bands: Vec<Range<usize>>, width: i32) -> Placed {
    let mut placed = Placed { at: BTreeMap::new(), bands, width, end: TITLE };
    for band in placed.bands.clone() {
        let (rows, height) = band_rows(plan, cards, band);
        if placed.end > TITLE && page_of(placed.end + height) > page_of(placed.end) {
            placed.end = (page_of(placed.end) + 1) * PAGE.1 + MARGIN;
        }
        for (slot, (column, y)) in rows {
            let x = MARGIN + TAG + i32::try_from(column).unwrap_or_default() * (width + GUTTER);
            placed.at.insert(slot, (x, placed.end + y));
        }
        placed.end += height + BAND_GAP;
    }
    placed
}

/// The page that a height lies on, from 0.
pub(super) fn page_of(y: i32) -> i32 {
    (y + MARGIN) / PAGE.1
}

/// Where the slots of a band stand, by its columns, and how high the band is.
fn band_rows(plan: &Plan, cards: &[Card], band: Range<usize>) -> (BTreeMap<Slot, (usize, i32)>, i32) {
    let mut rows: BTreeMap<Slot, (usize, i32)> = BTreeMap::new();
    for (column, slots) in plan.columns.get(band).into_iter().flatten().enumerate() {
        // Where the ways that come in would like the slot to stand.
        let wishes: Vec<Option<i32>> = slots
            .iter()
            .map(|slot| {
                let ways = plan.links.iter().filter(|link| link.to == *slot);
                let heights: Vec<i32> = ways
                    .filter_map(|link| Some(rows.get(&link.from)?.1 + exit(cards, link.from, link.row)))
                    .collect();
                let count = i32::try_from(heights.len()).ok().filter(|count| *count > 0)?;
                Some(heights.iter().sum::<i32>() / count - entrance(*slot))
            })
            .collect();
        let mut free = i32::MIN;
        let mut ys = Vec::new();
        for (slot, wish) in slots.iter().zip(&wishes) {
            let y = wish.unwrap_or(if free == i32::MIN { 0 } else { free }).max(free);
            free = y + height(cards, *slot) + GAP;
            ys.push(y);
        }
        // Those above have pushed those below down; half of that is taken back by all.
        let pushed: Vec<i32> = ys.iter().zip(&wishes).filter_map(|(y, wish)| Some(y - (*wish)?)).collect();
        let count = i32::try_from(pushed.len()).unwrap_or(1).max(1);
        let back = pushed.iter().sum::<i32>() / count;
        rows.extend(slots.iter().zip(ys).map(|(slot, y)| (*slot, (column, y - back))));
    }
    let top = rows.values().map(|(_, y)| *y).min().unwrap_or_default();
    for (_, y) in rows.values_mut() {
        *y -= top;
    }
    let height = rows.iter().map(|(slot, (_, y))| y + height(cards, *slot)).max().unwrap_or_default();
    (rows, height)
}

pub(super) fn height(cards: &[Card], slot: Slot) -> i32 {
    match slot {
        Slot::Node(node) => cards.get(node).map_or(0, |card| card.height),
        Slot::Lane { .. } => LANE,
    }
}

/// The height below its top at which ways enter a slot.
pub(super) fn entrance(slot: Slot) -> i32 {
    match slot {
        Slot::Node(_) => HEAD,
        Slot::Lane { .. } => LANE / 2,
    }
}

/// The height below its top at which a way leaves a slot.
pub(super) fn exit(cards: &[Card], slot: Slot, row: usize) -> i32 {
    match slot {
        Slot::Node(node) => cards.get(node).map_or(0, |card| card.port(row)),
        Slot::Lane { .. } => LANE / 2,
    }
}

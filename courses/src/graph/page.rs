//! Drawing what has its place: the title, the nodes, the ways between them, and what arrives by itself.

use std::collections::BTreeMap;

use super::Way;
use super::card::{Card, HEAD, PAD, Row, Shape, Style};
use super::place::{GUTTER, MARGIN, PAGE, Placed, TAG, entrance, exit, page_of};
use super::plan::{Link, Plan, Slot};
use super::svg::{Frame, INK, LINE, Letters, SOFT, Svg, look};
use super::wording::Wording;
use super::wrap;
use crate::item::Grade;
use crate::module::Module;
use crate::scenario::{Post, Scenario};
use crate::text::Lang;

/// What is drawn.
pub(super) struct Sheet<'s> {
    pub(super) module: &'s Module,
    pub(super) scenario: &'s Scenario,
    pub(super) wording: Wording,
    pub(super) plan: &'s Plan,
    pub(super) cards: &'s [Card],
    pub(super) placed: &'s Placed,
    pub(super) way: &'s Way,
}

const WORDS: Letters = Letters::of(10, INK);
/// Half the width of a letter's circle.
const LETTER: i32 = 9;

/// The whole drawing.
pub(super) fn draw(sheet: &Sheet<'_>) -> String {
    let mut svg = Svg::default();
    sheet.title(&mut svg);
    for link in &sheet.plan.links {
        sheet.link(&mut svg, link);
    }
    sheet.folds(&mut svg);
    for back in &sheet.plan.back {
        sheet.back(&mut svg, *back);
    }
    for (slot, at) in &sheet.placed.at {
        match slot {
            Slot::Node(node) => {
                sheet.card(&mut svg, *node, *at);
            }
            Slot::Lane { .. } => {
                let (x, y) = (at.0, at.1 + entrance(*slot));
                svg.line(&format!("M{x} {y}h{}", sheet.placed.width), SOFT, "none", 12);
            }
        }
    }
    let end = sheet.foot(&mut svg);
    let pages = page_of(end) + 1;
    for page in 1..pages {
        let words = format!("{} {} / {pages}", sheet.scenario.id, page + 1);
        svg.text((PAGE.0 - MARGIN, page * PAGE.1 + 16), Letters::of(10, SOFT).right(), &words);
    }
    let lang = match sheet.wording.0 {
        Lang::Ja | Lang::Easy => "ja",
        Lang::En => "en",
    };
    let title = sheet.wording.title(sheet.wording.of(&sheet.scenario.title));
    svg.finish((PAGE.0, pages * PAGE.1), pages, lang, &title)
}

impl Sheet<'_> {
    fn title(&self, svg: &mut Svg) {
        let Self { scenario, wording, .. } = self;
        let right = PAGE.0 - MARGIN;
        svg.text((MARGIN, 40), Letters::of(18, INK).bold(), wording.of(&scenario.title));
        let kind = wording.kind(scenario.kind);
        svg.text(
            (right, 34),
            Letters::of(11, SOFT).right(),
            &format!("{} / {} · {kind}", self.module.id, scenario.id),
        );
        let questions = scenario.nodes.iter().filter(|node| node.ask.is_some());
        let musts = questions.clone().filter(|node| node.must).count();
        let minutes = scenario.clock.map(|_| self.way.minutes);
        let facts = wording.facts(questions.count(), musts, self.way.questions, minutes);
        let meters = scenario.meters.iter().map(|meter| wording.meter(meter));
        let facts: Vec<String> = meters.chain([facts]).collect();
        svg.text((right, 51), Letters::of(11, SOFT).right(), &facts.join(" · "));
        for (line, y) in wrap::wrap(wording.of(&scenario.setup), 11, 760, 2).iter().zip([60, 75]) {
            svg.text((MARGIN, y), Letters::of(11, SOFT), line);
        }
        // What the shapes and lines mean.
        let mut x = right;
        for grade in Grade::ALL {
            let (ink, _, dashes) = look(Some(grade));
            let word = wording.grade(grade);
            x -= wrap::width(word, 10) + 8;
            svg.text((x, 75), Letters::of(10, ink).bold(), word);
            x -= 12;
            svg.mark((x, 71), grade);
            x -= 36;
            svg.line(&format!("M{x} 71h26"), ink, dashes, weight(Some(grade)));
            x -= 14;
        }
        svg.line(&format!("M{MARGIN} 86H{right}"), LINE, "none", 6);
    }

    fn card(&self, svg: &mut Svg, node: usize, (x, y): (i32, i32)) {
        let Some(card) = self.cards.get(node) else { return };
        let width = self.placed.width;
        let (frame, kind) = match card.shape {
            Shape::Question => (Frame { fill: "#ffffff", line: INK, weight: 12, round: 6 }, "question"),
            Shape::Telling => (Frame { fill: "#f5f7f7", line: LINE, weight: 10, round: 6 }, "telling"),
            Shape::Ending => (Frame { fill: "#e9edee", line: INK, weight: 18, round: 16 }, "ending"),
        };
        svg.open(kind, &card.full);
        if card.must {
            let outer = Frame { fill: "none", line: INK, weight: 12, round: 9 };
            svg.frame((x - 3, y - 3), (width + 6, card.height + 6), outer);
        }
        svg.frame((x, y), (width, card.height), frame);
        self.head(svg, card, (x, y));
        for (number, row) in card.rows.iter().enumerate() {
            let next = card.rows.get(number + 1).map_or(card.height - 4, |next| next.top);
            self.row(svg, row, (x, y), next);
            let arrow = if self.plan.back.iter().any(|back| (back.0, back.1) == (node, number)) {
                "↩"
            } else {
                "→"
            };
            let at = (x + width - PAD, y + row.port + 4);
            svg.text(at, Letters::of(10, SOFT).bold().right(), &format!("{arrow} {}", row.to));
        }
        for line in &card.lines {
            let letters = match line.style {
                Style::Ask => Letters::of(11, INK).bold(),
                Style::Tell => Letters::of(10, SOFT),
                Style::Note => Letters::of(10, "#006173"),
                Style::Choice => WORDS,
                Style::Grade(grade) => Letters::of(10, look(Some(grade)).0).bold(),
            };
            svg.text((x + line.x, y + line.y), letters, &line.text);
        }
        svg.close();
    }

    /// The first line of a card: its id, what it is, and the time or where it leads.
    fn head(&self, svg: &mut Svg, card: &Card, (x, y): (i32, i32)) {
        let wording = self.wording;
        let base = y + HEAD + 2;
        svg.text((x + PAD, base), Letters::of(12, INK).bold(), &card.id);
        let mut at = x + PAD + wrap::bold_width(&card.id, 12) + 8;
        let end = (card.shape == Shape::Ending).then(|| wording.end());
        let words = [card.start.then(|| wording.start()), card.must.then(|| wording.must()), end];
        for word in words.into_iter().flatten() {
            let width = wrap::bold_width(word, 10) + 12;
            let strong = card.must && word == wording.must();
            let (fill, ink) = if strong { (INK, "#ffffff") } else { ("#ffffff", INK) };
            svg.frame((at, base - 11), (width, 15), Frame { fill, line: INK, weight: 8, round: 7 });
            svg.text((at + 6, base), Letters::of(10, ink).bold(), word);
            at += width + 6;
        }
        let right = x + self.placed.width - PAD;
        if let Some(clock) = card.clock {
            svg.text((right, base), Letters::of(11, INK).right(), &clock.to_string());
        }
    }

    /// The ground of a choice and its shape.
    fn row(&self, svg: &mut Svg, row: &Row, (x, y): (i32, i32), bottom: i32) {
        let Some(grade) = row.grade else { return };
        let frame = Frame { fill: look(row.grade).1, line: "none", weight: 0, round: 3 };
        svg.frame((x + 4, y + row.top), (self.placed.width - 8, bottom - row.top - 3), frame);
        svg.mark((x + PAD + 4, y + row.port), grade);
    }

    fn link(&self, svg: &mut Svg, link: &Link) {
        if let (Some(from), Some(to)) = (self.leaves(link), self.placed.at.get(&link.to))
            && self.band(link.from) == self.band(link.to)
        {
            let to = (to.0, to.1 + entrance(link.to));
            self.way(svg, from, to, self.grade(link), matches!(link.to, Slot::Node(_)));
        }
    }

    /// A way from left to right.
    fn way(&self, svg: &mut Svg, from: (i32, i32), to: (i32, i32), grade: Option<Grade>, arrow: bool) {
        let (ink, _, dashes) = look(grade);
        let bend = (to.0 - from.0) * 6 / 10;
        let path = format!(
            "M{} {}C{} {} {} {} {} {}",
            from.0,
            from.1,
            from.0 + bend,
            from.1,
            to.0 - bend,
            to.1,
            to.0,
            to.1
        );
        svg.line(&path, ink, dashes, weight(grade));
        if arrow {
            svg.arrow(to, true, ink);
        }
    }

    /// Where a way leaves what it comes from.
    fn leaves(&self, link: &Link) -> Option<(i32, i32)> {
        let (x, y) = self.placed.at.get(&link.from)?;
        Some((x + self.placed.width, y + exit(self.cards, link.from, link.row)))
    }

    fn grade(&self, link: &Link) -> Option<Grade> {
        match link.from {
            Slot::Node(node) => self.cards.get(node)?.rows.get(link.row)?.grade,
            Slot::Lane { .. } => None,
        }
    }

    /// The number of the band that a slot stands in.
    fn band(&self, slot: Slot) -> Option<usize> {
        let column = self.plan.columns.iter().position(|column| column.contains(&slot))?;
        self.placed.bands.iter().position(|band| band.contains(&column))
    }

    /// Ways that go on in the next band end at a letter, and begin again behind the same letter.
    fn folds(&self, svg: &mut Svg) {
        let mut cut: BTreeMap<(Option<usize>, Slot), Vec<&Link>> = BTreeMap::new();
        for link in self.plan.links.iter().filter(|link| self.band(link.from) != self.band(link.to)) {
            cut.entry((self.band(link.from), link.to)).or_default().push(link);
        }
        let mean = |links: &[&Link]| {
            let heights: Vec<i32> = links.iter().filter_map(|link| Some(self.leaves(link)?.1)).collect();
            heights.iter().sum::<i32>() / i32::try_from(heights.len()).unwrap_or(1).max(1)
        };
        let mut cut: Vec<_> =
            cut.into_iter().map(|((band, to), links)| (band, mean(&links), to, links)).collect();
        cut.sort_by_key(|(band, y, to, _)| (*band, *y, *to));
        let mut free = i32::MIN;
        let mut last = None;
        for ((band, y, to, links), letter) in cut.into_iter().zip('A'..='Z') {
            let y = if band == last { y.max(free) } else { y };
            (free, last) = (y + 2 * LETTER + 4, band);
            let ends = links.iter().filter_map(|link| self.leaves(link));
            let Some(x) = ends.map(|(x, _)| x + GUTTER * 6 / 10).max() else { continue };
            for link in links {
                if let Some(from) = self.leaves(link) {
                    self.way(svg, from, (x, y), self.grade(link), true);
                }
            }
            letter_mark(svg, (x + LETTER, y), letter);
            let Some((x, y)) = self.placed.at.get(&to).map(|(x, y)| (*x, y + entrance(to))) else { continue };
            letter_mark(svg, (x - TAG * 7 / 10, y), letter);
            self.way(svg, (x - TAG * 7 / 10 + LETTER, y), (x, y), None, matches!(to, Slot::Node(_)));
        }
    }

    /// A way that leads back to the column before; from further away only the words say so.
    fn back(&self, svg: &mut Svg, (node, _, to): (usize, usize, usize)) {
        let (Some(from), Some(back)) =
            (self.placed.at.get(&Slot::Node(node)), self.placed.at.get(&Slot::Node(to)))
        else {
            return;
        };
        let near = from.0 - back.0 == self.placed.width + GUTTER;
        if !near || self.band(Slot::Node(node)) != self.band(Slot::Node(to)) {
            return;
        }
        let height = self.cards.get(node).map_or(0, |card| card.height);
        let (x, y) = (from.0, from.1 + height - 9);
        let (tx, ty) = (back.0 + self.placed.width, back.1 + HEAD - 8);
        let bend = GUTTER * 6 / 10;
        let path = format!("M{x} {y}C{} {y} {} {ty} {tx} {ty}", x - bend, tx + bend);
        svg.line(&path, LINE, "1 3", 12);
        svg.arrow((tx, ty), false, LINE);
    }

    /// The posts that no node shows. Gives where the drawing ends.
    fn foot(&self, svg: &mut Svg) -> i32 {
        let Self { scenario, wording, .. } = self;
        let shown = |post: &&Post| scenario.nodes.iter().any(|node| node.show.contains(&post.id));
        let line = |post: &Post| {
            let when = post.when.as_ref().map(|when| format!(" ({})", wording.only_if(when)));
            format!("{} {}{}: {}", post.at, post.id, when.unwrap_or_default(), wording.of(&post.text))
        };
        let posts: Vec<String> = scenario.posts.iter().filter(|post| !shown(post)).map(line).collect();
        if posts.is_empty() {
            return self.placed.end;
        }
        let height = 20 + 15 * i32::try_from(posts.len()).unwrap_or_default();
        let mut y = self.placed.end;
        if page_of(y + height) > page_of(y) {
            y = (page_of(y) + 1) * PAGE.1 + MARGIN;
        }
        y += 12;
        svg.text((MARGIN, y), Letters::of(11, INK).bold(), wording.arriving());
        for post in posts {
            y += 15;
            if let Some(words) = wrap::wrap(&post, 10, PAGE.0 - 2 * MARGIN - 20, 1).first() {
                svg.text((MARGIN + 10, y), WORDS, words);
            }
        }
        y + 8
    }
}

/// A letter in a circle, centred here.
fn letter_mark(svg: &mut Svg, (x, y): (i32, i32), letter: char) {
    let size = (2 * LETTER, 2 * LETTER);
    svg.frame(
        (x - LETTER, y - LETTER),
        size,
        Frame { fill: "#ffffff", line: INK, weight: 12, round: LETTER },
    );
    svg.text((x - 4, y + 4), Letters::of(11, INK).bold(), &letter.to_string());
}

/// The best way is the widest.
fn weight(grade: Option<Grade>) -> i32 {
    if grade == Some(Grade::Best) { 24 } else { 14 }
}

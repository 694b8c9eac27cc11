//! A node of a story as a card: which words stand on it, in which lines, and where its ways leave it.

use super::wording::Wording;
use super::wrap::{bold_width, wrap};
use crate::item::Grade;
use crate::scenario::{Branch, Node, Scenario, StoryTime};

/// Blank room at the edges of a card.
pub(super) const PAD: i32 = 10;
/// Where the head of a card stands; ways enter here.
pub(super) const HEAD: i32 = 17;

const ASK: Type = Type { size: 11, leading: 15 };
const SMALL: Type = Type { size: 10, leading: 13 };
/// Room for the shape in front of a choice.
const MARK: i32 = 15;

struct Type {
    size: i32,
    leading: i32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Question,
    Telling,
    Ending,
}

/// A node, measured.
pub(super) struct Card {
    pub(super) shape: Shape,
    pub(super) id: String,
    pub(super) start: bool,
    pub(super) must: bool,
    pub(super) clock: Option<StoryTime>,
    pub(super) height: i32,
    pub(super) lines: Vec<Line>,
    pub(super) rows: Vec<Row>,
    /// Every word of it, for whoever points at it or listens.
    pub(super) full: String,
}

/// A line of text inside a card.
pub(super) struct Line {
    /// Where it stands below the top of the card.
    pub(super) y: i32,
    pub(super) x: i32,
    pub(super) style: Style,
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Ask,
    Tell,
    Note,
    Choice,
    Grade(Grade),
}

/// A way out of a card.
pub(super) struct Row {
    /// Its upper edge below the top of the card.
    pub(super) top: i32,
    /// The height at which its way leaves.
    pub(super) port: i32,
    pub(super) grade: Option<Grade>,
    /// Where it leads, as written at its right end.
    pub(super) to: String,
}

/// The ways out of a node, in the order of the file: where each leads, and how good that choice is.
pub(super) fn ways(node: &Node) -> Vec<(&str, Option<Grade>)> {
    let choices = node.branches.iter().map(|branch| (branch.to.as_str(), Some(branch.choice.grade)));
    let turns = node.turns.iter().map(|turn| turn.to.as_str());
    choices.chain(turns.chain(node.to.as_deref()).map(|to| (to, None))).collect()
}

impl Card {
    pub(super) fn of(
        scenario: &Scenario,
        node: &Node,
        wording: Wording,
        width: i32,
        clock: Option<StoryTime>,
    ) -> Self {
        let shape = match (&node.ask, node.end) {
            (Some(_), _) => Shape::Question,
            (None, true) => Shape::Ending,
            (None, false) => Shape::Telling,
        };
        let mut card = Self {
            shape,
            id: node.id.clone(),
            start: scenario.start == node.id,
            must: node.must,
            clock,
            height: HEAD + 8,
            lines: Vec::new(),
            rows: Vec::new(),
            full: full(node, wording),
        };
        let room = width - 2 * PAD;
        if let Some(tell) = &node.tell {
            let most = if shape == Shape::Question { 2 } else { 4 };
            card.text(wording.of(tell), &SMALL, Style::Tell, room, most);
        }
        if let Some(ask) = &node.ask {
            card.text(wording.of(ask), &ASK, Style::Ask, room, 3);
        }
        if !node.show.is_empty() {
            let posts: Vec<String> = node.show.iter().map(|id| post(scenario, id, wording)).collect();
            card.text(&wording.posts(&posts.join(", ")), &SMALL, Style::Note, room, 2);
        }
        if !node.hide.is_empty() {
            card.text(&wording.hides(&node.hide.join(", ")), &SMALL, Style::Note, room, 2);
        }
        for branch in &node.branches {
            card.choice(scenario, branch, wording, room);
        }
        for turn in &node.turns {
            card.turn(&wording.only_if(&turn.when), &turn.to, room);
        }
        if let Some(to) = &node.to {
            if node.turns.is_empty() {
                card.telling(to, room);
            } else {
                card.turn(wording.otherwise(), to, room);
            }
        }
        card.height += 8;
        card
    }

    fn text(&mut self, text: &str, letters: &Type, style: Style, room: i32, most: usize) {
        for line in wrap(text, letters.size, room, most) {
            self.height += letters.leading;
            self.lines.push(Line { y: self.height - 3, x: PAD, style, text: line });
        }
    }

    /// Where narration leads stands in its first line, or below its words if there is no room.
    fn telling(&mut self, to: &str, room: i32) {
        let first = bold_width(&self.id, 12) + bold_width(to, SMALL.size) + 40;
        let port = if first <= room { HEAD - 2 } else { self.height + SMALL.leading - 7 };
        if first > room {
            self.height += SMALL.leading;
        }
        self.rows.push(Row { top: 0, port, grade: None, to: to.to_owned() });
    }

    /// A fork of narration.
    fn turn(&mut self, when: &str, to: &str, room: i32) {
        self.height += 4;
        let top = self.height;
        self.text(when, &SMALL, Style::Note, room - bold_width(to, SMALL.size) - 24, 2);
        self.rows.push(Row { top, port: top + SMALL.leading / 2 + 2, grade: None, to: to.to_owned() });
    }

    fn choice(&mut self, scenario: &Scenario, branch: &Branch, wording: Wording, room: i32) {
        self.height += 6;
        let top = self.height;
        let mut head = vec![wording.grade(branch.choice.grade).to_owned(), branch.choice.cite.clone()];
        head.extend((branch.cost > 0).then(|| wording.minutes(u32::from(branch.cost))));
        head.extend(branch.only_if.as_ref().map(|when| wording.only_if(when)));
        head.extend(branch.unless.as_deref().map(|flag| wording.unless(flag)));
        head.extend((!branch.set.is_empty()).then(|| wording.sets(&branch.set.join(", "))));
        head.extend(branch.moves.iter().map(|(meter, by)| {
            let known = scenario.meters.iter().find(|known| known.id == *meter);
            format!("{}{by:+}", known.map_or(meter.as_str(), |meter| wording.of(&meter.name)))
        }));
        let to = bold_width(&branch.to, SMALL.size) + 24;
        let style = Style::Grade(branch.choice.grade);
        for line in wrap(&head.join(" · "), SMALL.size, room - MARK - to, 2) {
            self.height += SMALL.leading;
            self.lines.push(Line { y: self.height - 3, x: PAD + MARK, style, text: line });
        }
        for line in wrap(wording.of(&branch.choice.text), SMALL.size, room - MARK, 3) {
            self.height += SMALL.leading;
            self.lines.push(Line { y: self.height - 3, x: PAD + MARK, style: Style::Choice, text: line });
        }
        let row = Row {
            top,
            port: top + SMALL.leading / 2 + 2,
            grade: Some(branch.choice.grade),
            to: branch.to.clone(),
        };
        self.rows.push(row);
    }

    /// The height below its top at which a way leaves.
    pub(super) fn port(&self, row: usize) -> i32 {
        self.rows.get(row).map_or(HEAD, |row| row.port)
    }
}

/// A post that appears, and what can be looked at in it.
fn post(scenario: &Scenario, id: &str, wording: Wording) -> String {
    let looks =
        scenario.post(id).map(|post| post.looks.iter().map(|look| look.id.as_str()).collect::<Vec<_>>());
    match looks {
        Some(looks) if !looks.is_empty() => format!("{id} ({})", wording.looks(&looks.join(", "))),
        _ => id.to_owned(),
    }
}

fn full(node: &Node, wording: Wording) -> String {
    let mut words: Vec<String> = vec![node.id.clone()];
    words.extend(node.tell.iter().chain(&node.ask).map(|text| wording.of(text).to_owned()));
    words.extend(node.branches.iter().map(|branch| {
        let choice = &branch.choice;
        let (grade, text, why) =
            (wording.grade(choice.grade), wording.of(&choice.text), wording.of(&choice.why));
        format!("{grade}: {text} → {} ({why} {})", branch.to, choice.cite)
    }));
    words.join("\n")
}

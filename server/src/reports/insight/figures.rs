//! What the first answers to a question come to.

use std::collections::BTreeMap;

use kokoroe_courses::{Grade, Response};

use super::hide::FEWEST;
use super::question::{Question, Sort};
use crate::reports::store::answers::ResponseRow;

/// Counts and sums of one question.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    /// First answers.
    pub(super) people: i64,
    /// By grade, from harm to best.
    pub(super) grades: [i64; 4],
    /// By block and line of the question.
    lines: Vec<Vec<Counted>>,
    sums: Sums,
}

/// Of a line: how many people it counts, and what they had in the rest.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub(super) people: i64,
    with_rest: i64,
    rest: f64,
    /// By what was chosen for a row.
    acts: BTreeMap<String, i64>,
}

impl Counted {
    /// The mean share of points that these people had in the rest, in per cent; not of few people.
    #[expect(clippy::cast_precision_loss, reason = "people of one hospital")]
    pub(super) fn rest(&self) -> Option<f64> {
        (self.with_rest >= FEWEST).then(|| 100.0 * self.rest / self.with_rest as f64)
    }

    /// What most people chose for a row, of what is wrong there.
    pub(super) fn act(&self) -> Option<(&str, i64)> {
        self.acts.iter().max_by_key(|(_, people)| **people).map(|(act, people)| (act.as_str(), *people))
    }
}

/// Sums for the correlation of the points here (x, as a share) with those in the rest (y).
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    n: f64,
    x: f64,
    xx: f64,
    y: f64,
    yy: f64,
    xy: f64,
}

/// Why somebody should look at a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flag {
    /// Those who are strong in the rest do worse here, or a wrong choice draws stronger people than the right one.
    Backwards,
    /// More than 40 % chose the same wrong thing.
    SameWrong,
    /// Everybody was right.
    AllRight,
}

/// More of a hundred than this is many.
const MANY: i64 = 40;

impl Figures {
    /// Nothing yet.
    pub(super) fn of(question: &Question) -> Self {
        let lines = question.blocks.iter().map(|block| vec![Counted::default(); block.lines.len()]).collect();
        Self { lines, ..Self::default() }
    }

    /// Adds equal answers.
    #[expect(clippy::cast_precision_loss, reason = "people and points of one hospital")]
    pub(super) fn add(&mut self, question: &Question, row: &ResponseRow) {
        self.people += row.people;
        let grade = usize::try_from(row.grade).ok().and_then(|grade| self.grades.get_mut(grade));
        if let Some(grade) = grade {
            *grade += row.people;
        }
        if row.out_of > 0 {
            let (n, x) = (row.with_rest as f64, row.points as f64 / row.out_of as f64);
            let sums = &mut self.sums;
            sums.n += n;
            sums.x += n * x;
            sums.xx += n * x * x;
            sums.y += row.rest;
            sums.yy += row.rest_squares;
            sums.xy += x * row.rest;
        }
        // What cannot be read any more is counted and not told apart.
        let Ok(response) = serde_json::from_str::<Response>(&row.response) else { return };
        for (block, line, act) in marks(question, &response) {
            let counted = self.lines.get_mut(block).and_then(|lines| lines.get_mut(line));
            let Some(counted) = counted else { continue };
            counted.people += row.people;
            counted.with_rest += row.with_rest;
            counted.rest += row.rest;
            if let Some(act) = act {
                *counted.acts.entry(act.to_owned()).or_default() += row.people;
            }
        }
    }

    /// Answered with best or ok.
    pub(super) fn good(&self) -> i64 {
        let [_, _, ok, best] = self.grades;
        ok + best
    }

    /// Whether there are too few answers to tell anything.
    pub(super) const fn is_small(&self) -> bool {
        self.people < FEWEST
    }

    /// What is counted of a line.
    pub(super) fn line(&self, block: usize, line: usize) -> Option<&Counted> {
        self.lines.get(block).and_then(|lines| lines.get(line))
    }

    /// The correlation of the points here with the share of points in everything else, times 100; none where either never varies.
    #[expect(clippy::cast_possible_truncation, reason = "between -100 and 100")]
    pub(super) fn discrimination(&self) -> Option<i32> {
        let Sums { n, x, xx, y, yy, xy } = self.sums;
        let (vx, vy) = (n * xx - x * x, n * yy - y * y);
        // Sums of equal numbers differ by rounding: what is that small is nothing.
        let least = 1e-9 * n * n;
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let enough = n >= FEWEST as f64;
        (enough && vx > least && vy > least)
            .then(|| (100.0 * (n * xy - x * y) / (vx.sqrt() * vy.sqrt())).round() as i32)
    }

    /// The wrong thing that most people chose, as block and line, with how many.
    pub(super) fn most_wrong(&self, question: &Question) -> Option<(usize, usize, i64)> {
        let mut most: Option<(usize, usize, i64)> = None;
        for (at, block) in question.blocks.iter().enumerate().filter(|(_, block)| block.about.is_scored()) {
            for (number, line) in block.lines.iter().enumerate() {
                let Some(counted) = self.line(at, number) else { continue };
                let people = match line.sort {
                    Sort::Choice(grade) if grade >= Grade::Ok => 0,
                    Sort::Row => counted.act().map_or(0, |(_, people)| people),
                    Sort::Choice(_) | Sort::Hit | Sort::Plain | Sort::Card => counted.people,
                };
                if people > most.map_or(0, |(_, _, people)| people) {
                    most = Some((at, number, people));
                }
            }
        }
        most
    }

    /// What is remarkable.
    pub(super) fn flags(&self, question: &Question) -> Vec<Flag> {
        if self.is_small() {
            return Vec::new();
        }
        let mut flags = Vec::new();
        if self.discrimination().is_some_and(|value| value < 0) || self.draws_the_strong(question) {
            flags.push(Flag::Backwards);
        }
        if self.most_wrong(question).is_some_and(|(_, _, people)| people * 100 > self.people * MANY) {
            flags.push(Flag::SameWrong);
        }
        if self.good() == self.people {
            flags.push(Flag::AllRight);
        }
        flags
    }

    /// A wrong choice was made by people who had more in the rest than those who made the best one.
    fn draws_the_strong(&self, question: &Question) -> bool {
        question.blocks.iter().enumerate().filter(|(_, block)| block.about.is_scored()).any(|(at, block)| {
            let rests = |wanted: fn(Grade) -> bool| {
                block.lines.iter().enumerate().filter_map(move |(number, line)| match line.sort {
                    Sort::Choice(grade) if wanted(grade) => self.line(at, number)?.rest(),
                    _ => None,
                })
            };
            let key = rests(|grade| grade == Grade::Best).fold(f64::NAN, f64::max);
            rests(|grade| grade < Grade::Ok).any(|rest| rest > key)
        })
    }
}

/// The lines that count a response: what was chosen, missed, wrongly picked, put elsewhere or decided badly, with the act of a row.
pub(super) fn marks<'r>(question: &Question, response: &'r Response) -> Vec<(usize, usize, Option<&'r str>)> {
    let mut marks = Vec::new();
    for (at, block) in question.blocks.iter().enumerate() {
        for (number, line) in block.lines.iter().enumerate() {
            let id = line.id.as_str();
            let mut act = None;
            let counts = match (line.sort, response) {
                (Sort::Choice(_), Response::Choice(chosen)) => chosen == id,
                (Sort::Choice(_), Response::Mosaic { finding, cut, .. }) => {
                    let chosen = if block.about == super::question::About::Cuts { cut } else { finding };
                    chosen == id
                }
                (Sort::Choice(_), Response::Contact { contact, way }) => {
                    let chosen = if block.about == super::question::About::Ways { way } else { contact };
                    chosen == id
                }
                (Sort::Hit, Response::Picks(picks) | Response::Mosaic { clues: picks, .. }) => {
                    !picks.contains(id)
                }
                (Sort::Plain, Response::Picks(picks) | Response::Mosaic { clues: picks, .. }) => {
                    picks.contains(id)
                }
                (Sort::Card, Response::Order(order)) => order.get(number).is_some_and(|given| given != id),
                (Sort::Row, Response::Rows(rows)) => rows.get(id).is_some_and(|given| {
                    act = Some(given.as_str());
                    let row =
                        question.assign.as_ref().and_then(|assign| assign.asked().find(|row| row.id == id));
                    row.is_some_and(|row| row.grade(given) < Grade::Ok)
                }),
                _ => false,
            };
            if counts {
                marks.push((at, number, act));
            }
        }
    }
    marks
}

//! What stands above and below the content of every page: 病院名, 帳票名, 条件, 時点, 出力者, 頁.

use crate::canvas::{GREY, MM, Mark, Of};
use crate::describe::{Head, Lang};
use crate::flow::Flow;
use crate::line::{Line, Style, Words};

const NAMES: Style = Style::bold(8.0);
const SMALL: Style = Style::plain(7.5);

/// From the upper edge to the first line.
const HEAD: f32 = 11.0 * MM;
/// From the lower edge to the line of the foot.
const FOOT: f32 = 11.0 * MM;

/// The words, with their letters found.
pub(crate) struct Running {
    hospital: Words,
    report: Words,
    conditions: Words,
    as_of: Words,
    by: Words,
}

impl Running {
    pub(crate) fn new(flow: &mut Flow, head: &Head) -> Self {
        Self {
            hospital: flow.words(&head.hospital, NAMES),
            report: flow.words(&head.report, NAMES),
            conditions: flow.words(&head.conditions, SMALL),
            as_of: flow.words(&head.as_of, SMALL),
            by: flow.words(&head.by, SMALL),
        }
    }

    /// Draws them on every page.
    pub(crate) fn draw(&self, flow: &mut Flow, lang: Lang) {
        let (left, measure, total) = (flow.left, flow.measure, flow.canvas.pages.len());
        let (upper, lower, foot) = (HEAD, HEAD + 12.0, flow.canvas.height - FOOT);
        let report = first(&self.report, measure * 0.6);
        let as_of = first(&self.as_of, measure * 0.5);
        let hospital = first(&self.hospital, measure - report.width - 12.0);
        let conditions = first(&self.conditions, measure - as_of.width - 12.0);
        let by = first(&self.by, measure - 80.0);
        for page in 0..total {
            let mut put = |of, line: &Line, x: f32, y: f32| {
                let mark = Mark::Text { line: line.clone(), x, y, color: GREY };
                flow.canvas.mark_on(page, of, mark);
            };
            put(Of::Head, &hospital, left, upper);
            put(Of::Head, &report, left + measure - report.width, upper);
            put(Of::Head, &conditions, left, lower);
            put(Of::Head, &as_of, left + measure - as_of.width, lower);
            put(Of::Foot, &by, left, foot);
            let number = match lang {
                Lang::Ja => format!("{} / {total} 頁", page + 1),
                Lang::En => format!("Page {} of {total}", page + 1),
            };
            let number = first(&Words::new(&number, SMALL, &mut Default::default()), measure);
            put(Of::Foot, &number, left + measure - number.width, foot);
            for y in [lower + 5.0, foot - 11.0] {
                flow.canvas.rule_on(page, left, y, measure);
            }
        }
    }
}

/// As much as fits on one line, with a mark where something is left out.
fn first(words: &Words, measure: f32) -> Line {
    let mut lines = words.lines(measure);
    if lines.len() > 1 {
        // Room for the mark.
        lines = words.lines(measure - words.style.size);
        let text = lines.first().map(|line| format!("{}…", line.text)).unwrap_or_default();
        lines = Words::new(&text, words.style, &mut Default::default()).lines(f32::INFINITY);
    }
    lines.swap_remove(0)
}

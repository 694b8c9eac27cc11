//! Reading Markdown into blocks. What we do not render is a fault, not a surprise on the page.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::notes::{LineIndex, Notes};
use crate::prose::{Block, Inline, Prose, plain};

/// A Markdown file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// The words of `# …`.
    pub(crate) title: String,
    /// Everything below, with lines.
    pub(crate) blocks: Vec<(Block, usize)>,
}

/// Scripts that are written without spaces start here.
const JAPANESE: char = '\u{2e80}';

const STRAY: &str = "the stars here do not make strong words; move them away from brackets and full stops";

const MARK: &str = "<!-- src:";

/// The mark of the Japanese on the first line of an English page.
pub(crate) fn mark_of(text: &str) -> Option<&str> {
    Some(text.lines().next()?.trim().strip_prefix(MARK)?.strip_suffix("-->")?.trim())
}

/// The text without its first line, if that is a mark.
pub(crate) fn without_mark(text: &str) -> &str {
    if text.trim_start().starts_with(MARK) {
        text.split_once('\n').map_or("", |(_, rest)| rest)
    } else {
        text
    }
}

/// Reads a file.
pub(crate) fn page(notes: &Notes, path: &str, text: &str) -> Page {
    let index = LineIndex::new(text);
    let body = without_mark(text);
    let skipped = text.len() - body.len();
    let mut builder = Builder::default();
    for (event, span) in Parser::new_ext(body, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter() {
        let line = index.line(span.start + skipped);
        if let Err(message) = builder.take(event, line) {
            notes.broken(path, line, message);
        }
    }
    let first = builder.page.blocks.first().map_or(1, |(_, line)| *line);
    if builder.page.title.is_empty() {
        notes.broken(path, first, "a page starts with its title: `# …`");
    }
    builder.page
}

/// Reads a text without a title, as somebody typed it into a form.
///
/// # Errors
/// The first thing that is not shown, with its line.
pub(crate) fn typed(text: &str) -> Result<Prose, (usize, String)> {
    let index = LineIndex::new(text);
    let mut builder = Builder::default();
    for (event, span) in Parser::new_ext(text, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter() {
        let line = index.line(span.start);
        builder.take(event, line).map_err(|message| (line, message))?;
    }
    let Page { title, blocks } = builder.page;
    // A heading of the first level would be the title of a page, and there is none here.
    if title.is_empty() {
        Ok(Prose(blocks.into_iter().map(|(block, _)| block).collect()))
    } else {
        Err((1, "a heading of a text like this begins with ##".to_owned()))
    }
}

#[derive(Default)]
struct Builder {
    page: Page,
    line: Vec<Inline>,
    start: usize,
    items: Vec<Vec<Inline>>,
    ordered: bool,
    in_list: bool,
    in_quote: bool,
    heading: Option<(u8, Option<String>)>,
    strong: bool,
    link: Option<String>,
    words: String,
    broke: bool,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.open(tag, line),
            Event::End(tag) => {
                let stray = matches!(tag, TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_))
                    && self.line.iter().any(|part| matches!(part, Inline::Text(text) if text.contains("**")));
                self.close(tag, line);
                if stray { Err(STRAY.to_owned()) } else { Ok(()) }
            }
            Event::Text(text) => self.text(&text),
            Event::SoftBreak => {
                self.broke = true;
                Ok(())
            }
            Event::HardBreak => {
                self.line.push(Inline::Break);
                Ok(())
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                Err("HTML is not shown; write it as plain Markdown".to_owned())
            }
            _ => Err("only headings, paragraphs, lists, quotes, **strong** and links to clauses are shown"
                .to_owned()),
        }
    }

    fn open(&mut self, tag: Tag<'_>, line: usize) -> Result<(), String> {
        match tag {
            Tag::Paragraph => {
                if !self.in_list && !self.in_quote {
                    self.start = line;
                }
                if self.in_quote && !self.line.is_empty() {
                    self.line.push(Inline::Break);
                }
            }
            Tag::Heading { level, id, .. } => {
                self.start = line;
                self.heading = Some((level_number(level), id.map(|id| id.to_string())));
            }
            Tag::List(first) => {
                if self.in_list {
                    return Err("a list inside a list is not shown; make it two lists".to_owned());
                }
                (self.in_list, self.ordered, self.start) = (true, first.is_some(), line);
            }
            Tag::Item => self.line.clear(),
            Tag::BlockQuote(_) => (self.in_quote, self.start) = (true, line),
            Tag::Strong => self.strong = true,
            Tag::Link { dest_url, .. } => {
                if !dest_url.starts_with('#') {
                    return Err(
                        "a link leads to a clause, such as [第4条](#C4); addresses are not shown".to_owned()
                    );
                }
                self.link = Some(dest_url.to_string());
            }
            Tag::HtmlBlock => {}
            Tag::Emphasis => return Err("one star is not shown; use **two** for strong words".to_owned()),
            _ => {
                return Err(
                    "only headings, paragraphs, lists, quotes, **strong** and links to clauses are shown"
                        .to_owned(),
                );
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        let mut words = String::new();
        if std::mem::take(&mut self.broke) {
            // A line break in the file is a space between words, and nothing in Japanese.
            let before = plain(&self.line).chars().last().or_else(|| self.words.chars().last());
            if before.is_some_and(|c| c < JAPANESE) && text.chars().next().is_some_and(|c| c < JAPANESE) {
                words.push(' ');
            }
        }
        words.push_str(text);
        if self.strong || self.link.is_some() {
            self.words.push_str(&words);
        } else if let Some(Inline::Text(last)) = self.line.last_mut() {
            last.push_str(&words);
        } else {
            self.line.push(Inline::Text(words));
        }
        Ok(())
    }

    fn close(&mut self, tag: TagEnd, line: usize) {
        match tag {
            TagEnd::Strong => {
                self.strong = false;
                if self.link.is_none() {
                    let words = std::mem::take(&mut self.words);
                    self.line.push(Inline::Strong(words));
                }
            }
            TagEnd::Link => {
                let text = std::mem::take(&mut self.words);
                if let Some(to) = self.link.take() {
                    self.line.push(Inline::Link { to, text });
                }
            }
            TagEnd::Paragraph if !self.in_list && !self.in_quote => {
                let text = std::mem::take(&mut self.line);
                self.page.blocks.push((Block::Paragraph(text), self.start));
            }
            TagEnd::Item => self.items.push(std::mem::take(&mut self.line)),
            TagEnd::List(_) => {
                self.in_list = false;
                let items = std::mem::take(&mut self.items);
                self.page.blocks.push((Block::List { ordered: self.ordered, items }, self.start));
            }
            TagEnd::BlockQuote(_) => {
                self.in_quote = false;
                let text = std::mem::take(&mut self.line);
                self.page.blocks.push((Block::Quote(text), self.start));
            }
            TagEnd::Heading(_) => {
                let text = std::mem::take(&mut self.line);
                let (level, id) = self.heading.take().unwrap_or((2, None));
                if level == 1 && self.page.title.is_empty() && self.page.blocks.is_empty() {
                    self.page.title = plain(&text);
                } else {
                    self.page.blocks.push((Block::Heading { level, id, text }, line));
                }
            }
            _ => {}
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

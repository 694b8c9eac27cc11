//! A text of a policy as Markdown, for whoever writes it in a form.

use crate::prose::{Block, Inline, Prose};
use crate::read::markdown::typed;

/// What in a text cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotShown {
    /// The line, from 1.
    pub line: usize,
}

/// Reads a text: paragraphs, lists, quotes, headings below a clause, **strong words** and links to clauses.
///
/// # Errors
/// [`NotShown`] for anything else.
pub fn read(text: &str) -> Result<Prose, NotShown> {
    let prose = typed(&text.replace("\r\n", "\n")).map_err(|(line, _)| NotShown { line })?;
    // A heading of the second level is a clause, which has a field of its own.
    let clause = prose.0.iter().any(|block| matches!(block, Block::Heading { level: 0..=2, .. }));
    if clause { Err(NotShown { line: 1 }) } else { Ok(prose) }
}

/// A text as somebody would have typed it; [`read`] gives it back.
#[must_use]
pub fn write(prose: &Prose) -> String {
    let blocks: Vec<String> = prose.0.iter().map(block).collect();
    blocks.join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, id, text } => {
            let id = id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
            format!("{} {}{id}", "#".repeat((*level).into()), line(text))
        }
        Block::Paragraph(text) => line(text),
        Block::List { ordered, items } => {
            let mark = |at: usize| if *ordered { format!("{at}. ") } else { "- ".to_owned() };
            let items = (1..).zip(items).map(|(at, item)| {
                let mark = mark(at);
                let below = format!("\n{}", " ".repeat(mark.len()));
                format!("{mark}{}", line(item).replace('\n', &below))
            });
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Quote(text) => {
            line(text).lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
        }
    }
}

fn line(parts: &[Inline]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Inline::Text(words) => text.push_str(&escaped(words, text.is_empty() || text.ends_with('\n'))),
            Inline::Strong(words) => text.push_str(&format!("**{}**", escaped(words, false))),
            Inline::Link { to, text: words } => text.push_str(&format!("[{}]({to})", escaped(words, false))),
            Inline::Break => text.push_str("\\\n"),
        }
    }
    text
}

/// Words whose marks stay marks: nothing in them becomes a list, a heading or strong.
fn escaped(words: &str, begins: bool) -> String {
    let mut text = String::with_capacity(words.len());
    let number = words.chars().take_while(char::is_ascii_digit).count();
    for (at, letter) in words.chars().enumerate() {
        let mark = matches!(letter, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '&')
            || (begins && at == 0 && matches!(letter, '#' | '-' | '+' | '=' | '~' | '|'))
            || (begins && number > 0 && at == number && matches!(letter, '.' | ')'));
        if mark {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;
    use proptest::prelude::*;

    #[test]
    fn the_policy_of_the_program_comes_back_from_a_form_as_it_was() {
        let policy = Catalogue::embedded().expect("a catalogue").policy;
        let passages = policy.clauses.iter().map(|clause| &clause.body).chain([&policy.preamble]);
        for passage in passages {
            for prose in [Some(&passage.ja), passage.en.as_ref(), passage.easy.as_ref()].into_iter().flatten()
            {
                assert_eq!(read(&write(prose)).as_ref(), Ok(prose), "{}", write(prose));
            }
        }
    }

    #[test]
    fn what_would_not_be_shown_is_told_with_its_line() {
        assert_eq!(read("よい文です。\n\n<b>太い</b>"), Err(NotShown { line: 3 }));
        assert_eq!(read("| a |\n\n[外](https://example.jp)"), Err(NotShown { line: 3 }));
        assert_eq!(read("# 題"), Err(NotShown { line: 1 }));
        assert_eq!(read("## 第9条"), Err(NotShown { line: 1 }), "a clause has a field of its own");
        assert!(read("### 小さな見出し\n\n- 一つ\n- [第4条](#C4)\n\n> 引用").is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_words_of_a_paragraph_come_back_as_they_were(words in "[ぁ-んa-z0-9*_#.\\-\\[\\]<>`&>+=()!|~ ]{0,30}") {
            let words = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            // Two stars are what somebody left who meant strong words; no text has them.
            if !words.is_empty() && !words.contains("**") {
                let prose = Prose(vec![Block::Paragraph(vec![Inline::Text(words)])]);
                prop_assert_eq!(read(&write(&prose)), Ok(prose));
            }
        }
    }
}

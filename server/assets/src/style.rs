//! Joins the files of `style/` into the one style sheet. The build script uses it; the crate has it only to test it.

use std::error::Error;
use std::fs;
use std::path::Path;

/// One style sheet of all, in the order of `style/order.txt`; without that list, by name.
pub(crate) fn join(style: &Path) -> Result<String, Box<dyn Error>> {
    let mut present = Vec::new();
    if style.is_dir() {
        find_css(style, style, &mut present)?;
    }
    present.sort();
    let list = style.join("order.txt");
    let ordered = if list.is_file() { read_order(&fs::read_to_string(list)?, &present)? } else { present };

    let mut joined = String::new();
    for name in ordered {
        let text = fs::read_to_string(style.join(&name))?;
        check(&text).map_err(|(line, fault)| format!("style/{name}:{line}: {fault}"))?;
        joined.push_str(text.trim());
        joined.push('\n');
    }
    Ok(joined)
}

fn find_css(style: &Path, folder: &Path, found: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_css(style, &path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            let name = path.strip_prefix(style)?.to_str().ok_or("a style sheet's name is not UTF-8")?;
            found.push(name.to_owned());
        }
    }
    Ok(())
}

/// The list decides the order, so a sheet that it forgets or names twice stops the build.
fn read_order(list: &str, present: &[String]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut ordered: Vec<String> = Vec::new();
    for name in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if !present.iter().any(|file| file == name) {
            return Err(format!("style/order.txt names {name}, which does not exist").into());
        }
        if ordered.iter().any(|earlier| earlier == name) {
            return Err(format!("style/order.txt names {name} twice").into());
        }
        ordered.push(name.to_owned());
    }
    if let Some(forgotten) = present.iter().find(|file| !ordered.contains(file)) {
        return Err(
            format!("style/{forgotten} is not in style/order.txt, so nobody would ever see it").into()
        );
    }
    Ok(ordered)
}

/// Finds what would make a browser drop every rule that follows: a brace, a string or a comment left open, and the
/// `@import` that would ask for one more file. Answers with the line.
fn check(text: &str) -> Result<(), (usize, &'static str)> {
    let mut line = 1;
    let mut open: Vec<usize> = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\n' => line += 1,
            '\\' => line += usize::from(letters.next().is_some_and(|(_, escaped)| escaped == '\n')),
            '/' if letters.next_if(|(_, next)| *next == '*').is_some() => {
                let begun = line;
                let mut star = false;
                loop {
                    let Some((_, inside)) = letters.next() else {
                        return Err((begun, "this comment never ends"));
                    };
                    if star && inside == '/' {
                        break;
                    }
                    star = inside == '*';
                    line += usize::from(inside == '\n');
                }
            }
            '"' | '\'' => loop {
                match letters.next() {
                    Some((_, inside)) if inside == letter => break,
                    Some((_, '\\')) => line += usize::from(letters.next().is_some_and(|(_, c)| c == '\n')),
                    None | Some((_, '\n')) => return Err((line, "this string never ends")),
                    Some(_) => {}
                }
            },
            '{' => open.push(line),
            '}' if open.pop().is_none() => return Err((line, "this closing brace opens nothing")),
            '@' if text.get(at..).is_some_and(|rest| rest.starts_with("@import")) => {
                return Err((line, "no @import: list the file in style/order.txt instead"));
            }
            _ => {}
        }
    }
    open.pop().map_or(Ok(()), |begun| Err((begun, "this brace is never closed")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_list_decides_the_order_and_may_have_remarks() {
        let present = names(&["base.css", "tokens.css", "ui/button.css"]);
        let ordered =
            read_order("# first the values\ntokens.css\n\nbase.css\nui/button.css\n", &present).unwrap();
        assert_eq!(ordered, names(&["tokens.css", "base.css", "ui/button.css"]));
    }

    #[test]
    fn a_sheet_that_the_list_forgets_repeats_or_invents_stops_the_build() {
        let present = names(&["base.css", "tokens.css"]);
        assert!(read_order("tokens.css", &present).unwrap_err().to_string().contains("base.css is not in"));
        assert!(
            read_order("tokens.css\nbase.css\ntokens.css", &present)
                .unwrap_err()
                .to_string()
                .contains("twice")
        );
        assert!(
            read_order("tokens.css\nbase.css\nold.css", &present)
                .unwrap_err()
                .to_string()
                .contains("old.css")
        );
    }

    #[test]
    fn sound_css_passes_with_braces_in_strings_and_comments() {
        let css = "@layer ui { /* } it's */ .a::before { content: \"}{\\\"\"; } }\n.b { background: url('x{.svg') }";
        assert_eq!(check(css), Ok(()));
    }

    #[test]
    fn what_would_swallow_the_rules_behind_it_is_named_with_its_line() {
        assert_eq!(check(".a {\n .b {\n }").map_err(|(line, _)| line), Err(1));
        assert_eq!(check(".a { }\n}").map_err(|(line, _)| line), Err(2));
        assert_eq!(check(".a { }\n\n/* open").map_err(|(line, _)| line), Err(3));
        assert_eq!(check(".a { content: \"open\n }").map_err(|(line, _)| line), Err(1));
        assert_eq!(check("\n@import 'other.css';").map_err(|(line, _)| line), Err(2));
    }
}

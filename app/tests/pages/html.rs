//! Enough of an HTML reader to ask questions of a page that we wrote ourselves.

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }
}

enum Piece {
    Open(usize),
    Close(String),
    Text(String),
}

/// A page in pieces.
pub(crate) struct Html {
    pub(crate) tags: Vec<Tag>,
    pieces: Vec<Piece>,
}

const VOID: [&str; 9] = ["meta", "link", "input", "img", "br", "hr", "wbr", "col", "source"];

impl Html {
    pub(crate) fn read(text: &str) -> Self {
        let mut page = Self { tags: Vec::new(), pieces: Vec::new() };
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("<!--") {
                rest = after.split_once("-->").map_or("", |(_, after)| after);
            } else if rest.starts_with("<!") {
                rest = rest.split_once('>').map_or("", |(_, after)| after);
            } else if let Some(after) = rest.strip_prefix("</") {
                let (name, after) = after.split_once('>').unwrap();
                page.pieces.push(Piece::Close(name.to_owned()));
                rest = after;
            } else if let Some(after) = rest.strip_prefix('<') {
                rest = page.open(after);
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                page.pieces.push(Piece::Text(unescape(&rest[..end])));
                rest = &rest[end..];
            }
        }
        page
    }

    fn open<'t>(&mut self, text: &'t str) -> &'t str {
        let name_end = text.find([' ', '>', '/', '\n']).unwrap();
        let name = text[..name_end].to_owned();
        let mut rest = &text[name_end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\n', '/']);
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest.find(['=', ' ', '>']).unwrap();
            let attribute = rest[..end].to_owned();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix("=\"") {
                let (inside, after) = after.split_once('"').unwrap();
                value = unescape(inside);
                rest = after;
            }
            attributes.push((attribute, value));
        }
        let raw = matches!(name.as_str(), "script" | "style" | "textarea" | "title");
        self.pieces.push(Piece::Open(self.tags.len()));
        self.tags.push(Tag { name: name.clone(), attributes });
        if raw {
            let close = format!("</{name}>");
            let (inside, after) = rest.split_once(&close).unwrap();
            self.pieces.push(Piece::Text(unescape(inside)));
            self.pieces.push(Piece::Close(name));
            return after;
        }
        rest
    }

    pub(crate) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Tag> {
        self.tags.iter().filter(move |tag| tag.name == name)
    }

    pub(crate) fn first(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.name == name)
    }

    /// Elements of a name with the text inside (a picture's `alt` counts as text).
    pub(crate) fn elements(&self, name: &str) -> Vec<(&Tag, String)> {
        let mut found = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            let Piece::Open(tag) = piece else { continue };
            if self.tags[*tag].name != name {
                continue;
            }
            let mut depth = 0;
            let mut text = String::new();
            for piece in &self.pieces[at..] {
                match piece {
                    Piece::Open(inner) if !VOID.contains(&self.tags[*inner].name.as_str()) => depth += 1,
                    Piece::Open(inner) => text.push_str(self.tags[*inner].get("alt").unwrap_or_default()),
                    Piece::Close(_) => depth -= 1,
                    Piece::Text(words) => text.push_str(words),
                }
                if depth == 0 {
                    break;
                }
            }
            found.push((&self.tags[*tag], text));
        }
        found
    }

    /// The first element that is closed by another name than it was opened with.
    pub(crate) fn misnested(&self) -> Option<String> {
        let mut open = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Open(at) if !VOID.contains(&self.tags[*at].name.as_str()) => {
                    open.push(&self.tags[*at].name);
                }
                Piece::Close(name) => match open.pop() {
                    Some(opened) if opened == name => {}
                    opened => return Some(format!("{opened:?} is closed by </{name}>")),
                },
                _ => {}
            }
        }
        open.pop().map(|name| format!("{name} is never closed"))
    }

    pub(crate) fn text_of(&self, name: &str) -> String {
        self.elements(name).into_iter().next().map(|(_, text)| text).unwrap_or_default()
    }

    /// All text, and what is read out of attributes, outside of elements that name another language.
    pub(crate) fn words_in_page_language(&self) -> String {
        let mut out = String::new();
        // Names of open elements, and whether each is in the page's language.
        let mut open: Vec<bool> = Vec::new();
        for piece in &self.pieces {
            let here = open.last().copied().unwrap_or(true);
            match piece {
                Piece::Open(at) => {
                    let tag = &self.tags[*at];
                    let own = here
                        && (tag.name == "html" || tag.get("lang").is_none())
                        && !matches!(tag.name.as_str(), "script" | "style");
                    if own {
                        for name in ["aria-label", "alt", "placeholder", "title", "data-label"] {
                            out.push_str(tag.get(name).unwrap_or_default());
                        }
                    }
                    if !VOID.contains(&tag.name.as_str()) {
                        open.push(own);
                    }
                }
                Piece::Close(_) => {
                    open.pop();
                }
                Piece::Text(text) if here => out.push_str(text),
                Piece::Text(_) => {}
            }
        }
        out
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

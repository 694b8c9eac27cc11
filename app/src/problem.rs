//! Pages that say what went wrong, in plain words and with a way on.

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// 403: the page belongs to somebody else's work.
    Forbidden,
    /// 403: the request came from another site or without its origin.
    Foreign,
    /// 404
    NotFound,
    /// 405: the address exists, this way of calling does not.
    WrongMethod,
    /// 409: the record moved on since the page was opened (another tab, another device).
    Conflict,
    /// 413: the file or text is too large.
    TooLarge,
    /// 422: the request could not be read.
    Unreadable,
    /// 429: too many tries.
    TooMany,
    /// 500
    Broken,
    /// 503: overloaded, starting or stopping.
    Busy,
}

impl ProblemKind {
    /// The HTTP status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::Forbidden | Self::Foreign => 403,
            Self::NotFound => 404,
            Self::WrongMethod => 405,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Unreadable => 422,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Busy => 503,
        }
    }
}

/// An error page. It shows an id that the log knows, never internals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What went wrong.
    pub kind: ProblemKind,
    /// Id of the request, as the log has it.
    pub id: String,
    /// Seconds until another try makes sense (429, 503).
    pub retry_after: Option<u32>,
    /// Where the person can go on, a local path: for a conflict the step that is open now. `None` offers the first page.
    pub way_on: Option<String>,
}

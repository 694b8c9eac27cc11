//! Answers in somebody's own words, of which only the judgement is left.

use super::{Judged, Place, Refusal, Response, Visit, Walk};
use crate::item::{Grade, Task};

impl<'m> Walk<'m> {
    /// Takes an answer whose words are no longer known as it was judged when it was given, so that what follows can be judged anew.
    ///
    /// # Errors
    /// When nobody is asked for words of their own here.
    pub fn trust(&mut self, judged: Judged) -> Result<&Visit<'m>, Refusal> {
        match self.place() {
            Place::Item(place) if matches!(place.item.task, Task::Draft(_) | Task::Reflect { .. }) => {
                let resolved = !place.item.must || judged.grade.is_none_or(|grade| grade >= Grade::Ok);
                self.go(Response::Draft(String::new()), Some(Judged { resolved, ..judged }))
            }
            _ => Err(Refusal::NotAsked),
        }
    }
}

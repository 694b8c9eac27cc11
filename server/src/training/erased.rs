//! What is taken out of the records of training when somebody is erased. What was answered, when, and to what it led stays: ids of choices,
//! points, days. What goes is what somebody wrote, and what is on a certificate.

use kokoroe_courses::Response;

use super::objection::mark;
use super::signature::on_paper;
use super::store::{self, erased};
use crate::account::Keys;
use crate::db::{DbError, Tx};
use crate::id::{PeriodId, StaffId};
use crate::people::erased::{NAME, WORDS};

/// Stands in the place of each letter that somebody wrote. The leaf of an answer says how many there were.
const BLOT: &str = "■";

/// The response without the words in it; `None` where it has none.
fn blotted(response: &str) -> Result<Option<String>, DbError> {
    let Ok(Response::Draft(text)) = serde_json::from_str(response) else { return Ok(None) };
    let blots = Response::Draft(BLOT.repeat(text.chars().count()));
    serde_json::to_string(&blots).map(Some).map_err(|error| DbError::Inconsistent(error.to_string()))
}

/// Erases it in these periods, which are all of the person's. Their erasure has to be written down before.
///
/// # Errors
/// When the database fails.
pub async fn erase(tx: &mut Tx, keys: &Keys, staff: &StaffId, periods: &[PeriodId]) -> Result<(), DbError> {
    for period in periods {
        if let Some(done) = store::completion(tx, period).await?
            && !done.is_erased()
        {
            erased::erase_completion(tx, period, NAME, &on_paper(&done.name, &done.code)).await?;
        }
        erased::erase_sheet(tx, period, WORDS).await?;
        for attempt in store::attempts_of(tx, period).await? {
            for answer in store::answers(tx, &attempt.id).await? {
                if let Some(response) = blotted(&answer.response)? {
                    erased::erase_answer(tx, &attempt.id, answer.turn, &response).await?;
                }
            }
            erased::drop_drafts(tx, &attempt.id).await?;
        }
    }
    for one in erased::marked(tx).await? {
        let own =
            one.staff_id.as_ref() == Some(staff) || one.mark == mark(keys, staff, &one.module_id, &one.place);
        if own {
            erased::erase_objection(tx, &one.id, WORDS).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::record::logged;

    #[test]
    fn words_become_blots_of_which_the_leaf_says_the_same() {
        let response =
            serde_json::to_string(&Response::Draft("わたしは\n「鈴木」です".into())).expect("JSON");
        let blots = blotted(&response).expect("JSON").expect("words");
        assert_eq!(logged(&blots), logged(&response));
        assert_eq!(blots.replace('■', ""), "{\"draft\":\"\"}", "what the database lets an answer become");
        assert_eq!(blotted("{\"choice\":\"call\"}").expect("JSON"), None);
    }
}

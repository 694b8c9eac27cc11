//! Confirming what a list of staff would change.

use crate::ui::{CheckSwitch, Fault, Notice, Submit, TextField, Tone, Width};
use crate::{Lang, say};
use leptos::prelude::*;

/// What is missing for confirming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmError {
    /// Many leave, and the tick is not set.
    NoTick,
    /// Many leave, and the number typed is another one.
    WrongNumber,
    /// Whoever confirms is not on the complete list.
    Yourself,
    /// The last day of work of whoever confirms would be over.
    YourselfGone,
}

impl ConfirmError {
    pub(super) fn fault(self, lang: Lang) -> Fault {
        let (field, message) = match self {
            Self::NoTick => (
                Some("leavers"),
                say!(
                    lang,
                    "退職になる人を確かめて、印を付けてください",
                    "Check who is leaving, and set the tick"
                ),
            ),
            Self::WrongNumber => (
                Some("leavers_number"),
                say!(lang, "退職になる人数が違います", "The number of people leaving is different"),
            ),
            Self::Yourself => (
                None,
                say!(
                    lang,
                    "この一覧には、あなた自身がいません。取り込むと、あなたもサインインできなくなります",
                    "You yourself are not on this list. If it were brought in, you could no longer sign in"
                ),
            ),
            Self::YourselfGone => (
                None,
                say!(
                    lang,
                    "この一覧では、あなた自身が退職しています。取り込むと、あなたもサインインできなくなります",
                    "By this list you yourself have left. If it were brought in, you could no longer sign in"
                ),
            ),
        };
        Fault { field: field.map(str::to_owned), message }
    }
}

/// So many would leave that somebody must type the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManyLeave {
    /// How many.
    pub leaving: u32,
    /// How many are in post.
    pub present: u32,
    /// The share, in per cent, of whom more must not leave unasked.
    pub most: u8,
}

/// The form that confirms.
pub(super) struct Confirm {
    pub(super) seal: String,
    pub(super) many: Option<ManyLeave>,
    pub(super) ticked: bool,
    pub(super) typed: String,
    pub(super) errors: Vec<ConfirmError>,
    pub(super) action: String,
    pub(super) changes: u32,
    /// Rows that cannot be brought in.
    pub(super) bad: u32,
    /// People who stay as they are.
    pub(super) unchanged: u32,
}

impl Confirm {
    pub(super) fn view(self, lang: Lang) -> AnyView {
        let Self { seal, many, ticked, typed, errors, action, changes, bad, unchanged } = self;
        if changes == 0 && bad > 0 && unchanged == 0 {
            return view! {
                <Notice
                    tone=Tone::Warn
                    title=say!(lang, "取り込める行がありません。", "No row can be brought in.")
                >
                    <p>{say!(
                        lang,
                        "下の理由を見て{bad}行を直し、もう一度読み込んでください。",
                        "Correct the {bad} rows by the reasons below, and read the file again.",
                    )}</p>
                </Notice>
            }
            .into_any();
        }
        if changes == 0 {
            return view! {
                <Notice title=say!(lang, "変わるところはありません。", "Nothing would change.")>
                    <p>{if bad > 0 {
                        say!(
                            lang,
                            "取り込めない{bad}行は、下の理由を見て直してください。",
                            "Please correct the {bad} rows that cannot be brought in by the reasons below.",
                        )
                    } else {
                        say!(lang, "取り込まなくてもかまいません。", "There is nothing to bring in.")
                    }}</p>
                </Notice>
            }
            .into_any();
        }
        let wrong_number = errors
            .contains(&ConfirmError::WrongNumber)
            .then(|| ConfirmError::WrongNumber.fault(lang).message);
        let many = many.map(|ManyLeave { leaving, present, most }| {
            view! {
                <Notice tone=Tone::Warn title=say!(
                    lang,
                    "退職になる人が{leaving}人います。今いる{present}人の{most}%を超えています。",
                    "{leaving} of the {present} people in post would leave. That is more than {most}%.",
                )/>
                <CheckSwitch
                    name="leavers"
                    words=say!(lang, "退職になる人を一人ずつ確かめました", "I have checked everybody who would leave")
                    on=ticked
                />
                <TextField
                    name="leavers_number"
                    label=say!(lang, "退職になる人数", "How many would leave")
                    value=typed
                    inputmode="numeric"
                    width=Width::Short
                    error=wrong_number
                />
            }
        });
        view! {
            <form method="post" action=action class="form plan__confirm">
                <input type="hidden" name="seal" value=seal/>
                <p class="lead">{say!(lang, "まだ何も変わっていません。", "Nothing has changed yet.")}</p>
                {(bad > 0).then(|| view! {
                    <p>{say!(
                        lang,
                        "取り込めない{bad}行は飛ばし、ほかの行だけを取り込みます。",
                        "{bad} rows cannot be brought in and are left out; the others are brought in.",
                    )}</p>
                })}
                {many}
                <div class="form__end">
                    <Submit words=say!(lang, "この内容で取り込む", "Bring it in as shown")/>
                </div>
            </form>
        }
        .into_any()
    }
}

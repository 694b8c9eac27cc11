//! The forms on the page of a person's postings, leave and roles. Each has a field of its own name, so that a page may hold all of them.

use crate::people::person_record::PostingKind;
use crate::ui::{DateField, Fault, SelectField, SelectOption, Submit, TextField, Weight, Width};
use crate::{Lang, say};
use leptos::prelude::*;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordForm {
    /// A posting begins.
    Posting,
    /// A posting ends.
    PostingEnd,
    /// A leave.
    Leave,
    /// The first day back.
    LeaveEnd,
    /// Leaving the hospital.
    Left,
    /// Managing a department.
    Role,
}

impl RecordForm {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Posting, Self::PostingEnd, Self::Leave, Self::LeaveEnd, Self::Left, Self::Role];

    /// The end of the address to which it goes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Posting => "posting",
            Self::PostingEnd => "posting-end",
            Self::Leave => "leave",
            Self::LeaveEnd => "leave-end",
            Self::Left => "left",
            Self::Role => "role",
        }
    }

    /// Reads [`RecordForm::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// The fields that it sends.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Posting => &["department", "kind", "from", "until"],
            Self::PostingEnd => &["posting", "last"],
            Self::Leave => &["reason", "leave_from", "leave_back"],
            Self::LeaveEnd => &["leave", "back"],
            Self::Left => &["last_day"],
            Self::Role => &["managed", "role", "role_until"],
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::Posting => say!(lang, "所属を加える", "Add a posting"),
            Self::PostingEnd => say!(lang, "所属を終える", "End a posting"),
            Self::Leave => say!(lang, "休職を加える", "Add a leave"),
            Self::LeaveEnd => say!(lang, "復帰の日を入れる", "Set the first day back"),
            Self::Left => say!(lang, "最後の勤務日を入れる", "Set the last day of work"),
            Self::Role => say!(lang, "所属長または代行にする", "Make them manager or deputy"),
        }
    }
}

/// Why something was not written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordFault {
    /// A day is missing or is none.
    NoDay,
    /// The last day lies before the first.
    Order,
    /// The day lies before the first day of work.
    BeforeJoined,
    /// The day lies after the last day of work.
    AfterLeft,
    /// Nothing is chosen.
    NotChosen,
    /// The department is not open on that day.
    NotOpen,
    /// They are posted there already on these days.
    PostedThere,
    /// No reason.
    NoReason,
    /// The reason is too long.
    LongReason,
    /// They are on leave already on these days.
    OnLeave,
    /// A deputy without an end.
    NoEnd,
    /// A deputy for more than a year, or an end that has come.
    EndOutside,
    /// They have this role already.
    HasRole,
    /// Nobody lets themselves go.
    Yourself,
}

impl RecordFault {
    pub(super) fn words(&self, lang: Lang) -> String {
        match self {
            Self::NoDay => say!(lang, "日付を入れてください", "Enter a day"),
            Self::Order => {
                say!(lang, "終わりの日が、始まりの日より前です", "The last day lies before the first")
            }
            Self::BeforeJoined => {
                say!(lang, "入職日より前の日です", "The day lies before the first day of work")
            }
            Self::AfterLeft => {
                say!(lang, "最後の勤務日よりあとの日です", "The day lies after the last day of work")
            }
            Self::NotChosen => say!(lang, "選んでください", "Choose one"),
            Self::NotOpen => {
                say!(lang, "この部署は、その日に開いていません", "The department is not open on that day")
            }
            Self::PostedThere => {
                say!(
                    lang,
                    "その期間は、もうこの部署に所属しています",
                    "They are posted there already on these days"
                )
            }
            Self::NoReason => say!(lang, "理由を短い言葉で入れてください", "Enter a reason in a word"),
            Self::LongReason => {
                say!(lang, "理由は30文字までにしてください", "A reason has at most 30 characters")
            }
            Self::OnLeave => {
                say!(lang, "その期間は、もう休職になっています", "They are on leave already on these days")
            }
            Self::NoEnd => say!(lang, "代行には最後の日を入れてください", "Enter the last day of the deputy"),
            Self::EndOutside => say!(
                lang,
                "最後の日は、今日から1年までの間で入れてください",
                "The last day lies between today and a year from now"
            ),
            Self::HasRole => say!(lang, "もうこの役割があります", "They have this role already"),
            Self::Yourself => {
                say!(lang, "自分自身を退職にはできません", "You cannot let yourself go")
            }
        }
    }
}

/// What was typed into a form that comes back, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The form.
    pub form: RecordForm,
    /// Names and values of its fields.
    pub values: Vec<(String, String)>,
    /// What is wrong, by field.
    pub faults: Vec<(&'static str, RecordFault)>,
}

impl Typed {
    pub(super) fn summary(&self, lang: Lang) -> Vec<Fault> {
        let faults = self.faults.iter();
        faults
            .map(|(field, fault)| Fault { field: Some((*field).to_owned()), message: fault.words(lang) })
            .collect()
    }
}

/// The form that is drawn, and what came back of it.
pub(super) struct Drawn<'a> {
    pub(super) lang: Lang,
    pub(super) address: &'a str,
    pub(super) typed: Option<&'a Typed>,
    pub(super) departments: &'a [SelectOption],
}

impl Drawn<'_> {
    fn back(&self, form: RecordForm) -> Option<&Typed> {
        self.typed.filter(|typed| typed.form == form)
    }

    fn value(&self, form: RecordForm, field: &str) -> String {
        let typed = self.back(form).into_iter().flat_map(|typed| &typed.values);
        typed.filter(|(name, _)| name == field).map(|(_, value)| value.clone()).next().unwrap_or_default()
    }

    fn error(&self, form: RecordForm, field: &str) -> Option<String> {
        let faults = self.back(form).into_iter().flat_map(|typed| &typed.faults);
        faults.filter(|(name, _)| *name == field).map(|(_, fault)| fault.words(self.lang)).next()
    }

    /// Marks what was chosen in a form that comes back.
    fn options(&self, form: RecordForm, field: &str, options: &[SelectOption]) -> Vec<SelectOption> {
        let value = self.value(form, field);
        let chosen = |option: &SelectOption| SelectOption {
            chosen: if value.is_empty() { option.chosen } else { option.value == value },
            ..option.clone()
        };
        options.iter().map(chosen).collect()
    }

    fn date(&self, form: RecordForm, name: &'static str, label: String, hint: Option<String>) -> AnyView {
        view! { <DateField name label hint value=self.value(form, name) error=self.error(form, name)/> }
            .into_any()
    }

    fn select(
        &self,
        form: RecordForm,
        name: &'static str,
        label: String,
        options: &[SelectOption],
        hint: Option<String>,
    ) -> AnyView {
        let options = self.options(form, name, options);
        view! { <SelectField name label options lang=self.lang hint error=self.error(form, name)/> }
            .into_any()
    }

    /// A form that opens when it is wanted, and stays open when it comes back.
    fn fold(&self, form: RecordForm, body: AnyView, more: Option<AnyView>) -> AnyView {
        let action = format!("{}/{}", self.address, form.code());
        let open = self.back(form).is_some();
        view! {
            <details class="fold" open=open>
                <summary>{form.words(self.lang)}</summary>
                <form method="post" action=action class="form" novalidate>
                    {body}
                    <div class="form__end">
                        <Submit words=say!(self.lang, "記録する", "Write it down") weight=Weight::Side/>
                        {more}
                    </div>
                </form>
            </details>
        }
        .into_any()
    }

    pub(super) fn posting(&self) -> AnyView {
        let (form, lang) = (RecordForm::Posting, self.lang);
        let kinds: Vec<SelectOption> = PostingKind::ALL
            .into_iter()
            .map(|kind| SelectOption {
                value: kind.code().to_owned(),
                words: kind.words(lang),
                chosen: kind == PostingKind::Main,
            })
            .collect();
        let body = view! {
            {self.select(form, "department", say!(lang, "部署", "Department"), self.departments, None)}
            {self.select(form, "kind", say!(lang, "種類", "Kind"), &kinds, Some(say!(
                lang,
                "受講率は、主の所属で数えます。主の所属を加えると、前の主の所属はその前の日で終わります。",
                "People are counted in their main posting. A new main posting ends the one before.",
            )))}
            {self.date(form, "from", say!(lang, "始まりの日", "First day"), None)}
            {self.date(form, "until", say!(lang, "最後の日（決まっているとき）", "Last day (if it is known)"), None)}
        };
        self.fold(form, body.into_any(), None)
    }

    pub(super) fn posting_end(&self, open: &[SelectOption]) -> AnyView {
        if open.is_empty() {
            return ().into_any();
        }
        let (form, lang) = (RecordForm::PostingEnd, self.lang);
        let body = view! {
            {self.select(form, "posting", say!(lang, "終える所属", "Posting"), open, None)}
            {self.date(form, "last", say!(lang, "最後の日", "Last day"), None)}
        };
        self.fold(form, body.into_any(), None)
    }

    pub(super) fn leave(&self) -> AnyView {
        let (form, lang) = (RecordForm::Leave, self.lang);
        let body = view! {
            <TextField
                name="reason"
                label=say!(lang, "理由", "Reason")
                hint=say!(lang, "「育休」など、所属長が見てよい短い言葉にします。", "A word that managers may read, such as parental leave.")
                value=self.value(form, "reason")
                error=self.error(form, "reason")
                width=Width::Middle
            />
            {self.date(form, "leave_from", say!(lang, "休み始める日", "First day away"), None)}
            {self.date(form, "leave_back", say!(lang, "復帰の日（決まっているとき）", "First day back (if it is known)"), None)}
        };
        self.fold(form, body.into_any(), None)
    }

    pub(super) fn leave_end(&self, open: &[SelectOption]) -> AnyView {
        if open.is_empty() {
            return ().into_any();
        }
        let (form, lang) = (RecordForm::LeaveEnd, self.lang);
        let body = view! {
            {self.select(form, "leave", say!(lang, "休職", "Leave"), open, None)}
            {self.date(form, "back", say!(lang, "復帰の日", "First day back"), None)}
        };
        self.fold(form, body.into_any(), None)
    }

    pub(super) fn left(&self, set: bool) -> AnyView {
        let (form, lang) = (RecordForm::Left, self.lang);
        let hint = say!(
            lang,
            "次の日からサインインできなくなります。受講の記録は残ります。",
            "From the day after they can no longer sign in. Their training records stay."
        );
        let body = self.date(form, "last_day", say!(lang, "最後の勤務日", "Last day of work"), Some(hint));
        let back = set.then(|| {
            view! {
                <Submit
                    words=say!(lang, "退職を取り消す", "Take the departure back")
                    weight=Weight::Light
                    name="stays"
                    value=Some("on".to_owned())
                />
            }
            .into_any()
        });
        self.fold(form, body, back)
    }

    pub(super) fn role(&self) -> AnyView {
        let (form, lang) = (RecordForm::Role, self.lang);
        let kind = |value: &str, words, chosen| SelectOption { value: value.to_owned(), words, chosen };
        let kinds = [
            kind("manager", say!(lang, "所属長", "Manager"), true),
            kind(
                "deputy",
                say!(lang, "代行（所属長と同じものが見える）", "Deputy (sees what the manager sees)"),
                false,
            ),
        ];
        let body = view! {
            {self.select(form, "managed", say!(lang, "部署（その下も含む）", "Department, with those below"), self.departments, None)}
            {self.select(form, "role", say!(lang, "役割", "Role"), &kinds, None)}
            {self.date(form, "role_until", say!(lang, "最後の日（代行は必要。1年まで）", "Last day (needed for a deputy; at most a year)"), None)}
        };
        self.fold(form, body.into_any(), None)
    }
}

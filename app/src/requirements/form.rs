//! The form of a training: what, for whom, how often and by when.

use super::form_fault::FormFault;
use super::trail;
use crate::page::{Page, PageKind};
use crate::ui::check_list::{CheckList, CheckRow, CheckSwitch};
use crate::ui::choice_list::{ChoiceList, ChoiceRow};
use crate::ui::field::{DateField, TextField, Width};
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fault, LinkButton, Submit, TextArea, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// A box that can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TickBox {
    /// What it sends.
    pub value: String,
    /// Its words.
    pub words: String,
    /// Ticked.
    pub ticked: bool,
}

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CycleView {
    /// Once in its year.
    #[default]
    FiscalYear,
    /// Months after each completion.
    Rolling,
    /// Months from the first day of work.
    Hire,
    /// Once.
    Once,
}

impl CycleView {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::FiscalYear, Self::Rolling, Self::Hire, Self::Once];

    /// What the form sends.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FiscalYear => "year",
            Self::Rolling => "rolling",
            Self::Hire => "hire",
            Self::Once => "once",
        }
    }

    /// Reads [`CycleView::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cycle| cycle.code() == code)
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::FiscalYear => say!(lang, "この年度に1回", "Once in this fiscal year"),
            Self::Rolling => say!(
                lang,
                "修了から数えて、何か月かごとに",
                "Every so many months, counted from the completion"
            ),
            Self::Hire => say!(
                lang,
                "入職日から数えて、何か月かごとに",
                "Every so many months, counted from the first day of work"
            ),
            Self::Once => say!(lang, "1回だけ", "Once"),
        }
    }
}

/// The form. POST to `action`; every field keeps what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequirementForm {
    /// It changes the rule of a training that is open: only for whom and how long can be changed.
    pub changes: Option<String>,
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Why the hospital asks for it.
    pub basis: String,
    /// The same in English.
    pub basis_en: String,
    /// Modules; none ticked: those of each person's track.
    pub modules: Vec<TickBox>,
    /// Nothing but a signature under the policy.
    pub signature: bool,
    /// First day.
    pub opens: String,
    /// Last day.
    pub due: String,
    /// Last day on which a completion counts.
    pub valid_to: String,
    /// How often.
    pub cycle: CycleView,
    /// Months between two times.
    pub months: String,
    /// Departments.
    pub departments: Vec<TickBox>,
    /// Professions.
    pub professions: Vec<TickBox>,
    /// Sorts of employment.
    pub employments: Vec<TickBox>,
    /// Only managers.
    pub managers: bool,
    /// Joined from this day on.
    pub joined_from: String,
    /// Joined before this day.
    pub joined_before: String,
    /// Departments that are left out.
    pub except_departments: Vec<TickBox>,
    /// Professions that are left out.
    pub except_professions: Vec<TickBox>,
    /// Sorts of employment that are left out.
    pub except_employments: Vec<TickBox>,
    /// Staff numbers of people who are left out.
    pub except_people: String,
    /// Days from the first day of work.
    pub joiner: String,
    /// Days from the first day back.
    pub back: String,
    /// Days at least.
    pub least: String,
    /// Days before the end of a completion.
    pub renewal: String,
    /// Days after a completion.
    pub gap: String,
    /// How often the draft was written before; 0: it is new.
    pub version: i64,
    /// Somebody else wrote it meanwhile.
    pub conflict: bool,
    /// What is wrong.
    pub faults: Vec<FormFault>,
    /// Where it goes.
    pub action: String,
    /// The list.
    pub back_to: String,
}

impl Page for RequirementForm {
    fn title(&self, lang: Lang) -> String {
        match (&self.changes, self.faults.is_empty()) {
            (None, true) => say!(lang, "研修を作る", "Make a training"),
            (None, false) => say!(lang, "確認があります：研修を作る", "Please check: make a training"),
            (Some(title), true) => say!(lang, "決まりの変更：{title}", "Change the rule: {title}"),
            (Some(title), false) => say!(lang, "確認があります：{title}", "Please check: {title}"),
        }
    }

    fn kind(&self) -> PageKind {
        PageKind::Plain
    }

    fn view(self, lang: Lang) -> AnyView {
        let mut faults: Vec<Fault> = self
            .faults
            .iter()
            .map(|fault| Fault { field: Some(fault.field().to_owned()), message: fault.words(lang) })
            .collect();
        if self.conflict {
            faults.push(Fault {
                field: None,
                message: say!(
                    lang,
                    "ほかの人がこの下書きを直しました。一覧から開き直してください。",
                    "Somebody else has written this draft meanwhile. Please open it again from the list.",
                ),
            });
        }
        let heading = match &self.changes {
            None => say!(lang, "研修を作る", "Make a training"),
            Some(_) => say!(lang, "対象や日数の決まりを変える", "Change for whom and how long"),
        };
        let (version, action, back) = (self.version, self.action.clone(), self.back_to.clone());
        let named = self.changes.clone().map(|title| view! { <p><b><Written text=title lang/></b></p> });
        view! {
            <div class="report">
                {trail(lang, true)}
                <ErrorSummary lang faults/>
                <h1>{heading}</h1>
                {named}
                <p class="lead">{say!(
                    lang,
                    "保存すると、対象になる人を試し計算で確かめられます。割り当てるのはその後です。",
                    "Once it is saved you see whom it would concern. It is given to people only after that.",
                )}</p>
                <form method="post" action=action class="form" novalidate>
                    <input type="hidden" name="version" value=version.to_string()/>
                    {self.clone().what(lang)}
                    {self.clone().whom(lang)}
                    {self.clone().except(lang)}
                    {self.days(lang)}
                    <div class="form__end"><Submit words=say!(lang, "保存して試し計算へ", "Save and see whom it concerns")/></div>
                </form>
                <p class="links"><LinkButton href=back weight=Weight::Light words=say!(lang, "一覧へ戻る", "Back to the list")/></p>
            </div>
        }
        .into_any()
    }
}

fn boxes(name: &'static str, legend: String, hint: String, rows: Vec<TickBox>, lang: Lang) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let ticked = rows.iter().filter(|row| row.ticked).count();
    let rows = rows
        .into_iter()
        .map(|TickBox { value, words, ticked }| CheckRow {
            value,
            words: view! { <Written text=words lang/> }.into_any(),
            ticked,
        })
        .collect();
    let summary = match ticked {
        0 => view! { {legend.clone()}" "<span class="fold__aside">{hint}</span> }.into_any(),
        _ => view! { {legend.clone()}" "<span class="fold__aside">{say!(lang, "{ticked}件を選択", "{ticked} chosen")}</span> }.into_any(),
    };
    let legend = view! { <span class="visually-hidden">{legend}</span> }.into_any();
    view! {
        <details class="fold" open={ticked > 0}>
            <summary>{summary}</summary>
            <CheckList name legend rows pair=true/>
        </details>
    }
    .into_any()
}

impl RequirementForm {
    fn fault(&self, field: &str, lang: Lang) -> Option<String> {
        self.faults.iter().find(|fault| fault.field() == field).map(|fault| fault.words(lang))
    }

    /// What is taken and when; nothing where only the rule changes.
    fn what(self, lang: Lang) -> AnyView {
        if self.changes.is_some() {
            let months = matches!(self.cycle, CycleView::Rolling | CycleView::Hire).then(|| {
                let error = self.fault("months", lang);
                view! {
                    <TextField name="months" label=say!(lang, "何か月ごとに受けるか", "Every so many months") value=self.months.clone()
                        width=Width::Short inputmode="numeric" error/>
                }
            });
            return view! { <input type="hidden" name="cycle" value=self.cycle.code()/>{months} }.into_any();
        }
        let error = |field: &str| self.fault(field, lang);
        let cycle = CycleView::ALL
            .into_iter()
            .map(|cycle| ChoiceRow::plain(cycle.code(), cycle.words(lang).into_any(), cycle == self.cycle))
            .collect();
        let legend =
            view! { <span>{say!(lang, "どのくらいの間隔で受けるか", "How often")}</span> }.into_any();
        view! {
            <h2>{say!(lang, "何を、いつまでに", "What, and by when")}</h2>
            <TextField name="title" label=say!(lang, "研修の名前", "Title") value=self.title.clone() error=error("title")/>
            <TextField name="title_en" label=say!(lang, "研修の名前（英語、なくてもよい）", "Title in English (may be empty)") value=self.title_en.clone() error=error("title_en")/>
            <TextArea name="basis" label=say!(lang, "根拠", "Why the hospital asks for it") rows=3 text=self.basis.clone()
                hint=say!(lang, "規程や法令の名前など。報告書と監査用ファイルに載ります。", "Such as the rule or the law. It stands in reports and evidence packs.") error=error("basis")/>
            <TextArea name="basis_en" label=say!(lang, "根拠（英語、なくてもよい）", "The same in English (may be empty)") rows=2 text=self.basis_en.clone() error=error("basis_en")/>
            {boxes("module", say!(lang, "教材", "Modules"), say!(lang, "選ばなければ、それぞれの区分の教材です", "none chosen: those of each person's track"), self.modules.clone(), lang)}
            {self.fault("signature", lang).map(|error| view! { <p class="field__error" id="signature-error">{error}</p> })}
            <CheckSwitch name="signature" words=say!(lang, "署名だけ（教材はなく、規程を読んで署名する）", "Only a signature (no modules: the policy is read and signed)") on=self.signature/>
            <ChoiceList name="cycle" legend rows=cycle/>
            <TextField name="months" label=say!(lang, "何か月ごとに受けるか", "Every so many months") value=self.months.clone() width=Width::Short inputmode="numeric"
                hint=say!(lang, "「何か月かごとに」を選んだときだけ入れます。", "Only for the two that come back.") error=error("months")/>
            <DateField name="opens" label=say!(lang, "開始日", "First day") value=self.opens.clone() error=error("opens")/>
            <DateField name="due" label=say!(lang, "期限", "Last day") value=self.due.clone()
                hint=say!(lang, "開始日に対象になる人の期限です。", "For whoever owes it on the first day.") error=error("due")/>
            <DateField name="valid_to" label=say!(lang, "修了が有効な最後の日（なくてもよい）", "Last day on which a completion counts (may be empty)") value=self.valid_to.clone() error=error("valid_to")/>
        }
        .into_any()
    }

    fn whom(self, lang: Lang) -> AnyView {
        let error = |field: &str| self.fault(field, lang);
        let all = say!(lang, "選ばなければ、すべて", "none chosen: all");
        view! {
            <h2>{say!(lang, "対象になる人", "Who owes it")}</h2>
            <p class="field__hint">{say!(
                lang,
                "選んだ条件のすべてに当てはまる人が対象です。同じ欄の中では、どれか1つに当てはまれば足ります。何も選ばなければ全職員です。",
                "Whoever fits every line that is filled in; within a line one is enough. With nothing chosen it is for everybody.",
            )}</p>
            {boxes("department", say!(lang, "部署（下の部署も含む）", "Departments (with those below)"), all.clone(), self.departments.clone(), lang)}
            {boxes("profession", say!(lang, "職種", "Professions"), all.clone(), self.professions.clone(), lang)}
            {boxes("employment", say!(lang, "雇用区分", "Forms of employment"), all, self.employments.clone(), lang)}
            <CheckSwitch name="managers" words=say!(lang, "所属長だけ", "Only managers") on=self.managers/>
            <DateField name="joined_from" label=say!(lang, "この日以後に入職した人（なくてもよい）", "Joined on or after (may be empty)") value=self.joined_from.clone() error=error("joined_from")/>
            <DateField name="joined_before" label=say!(lang, "この日より前に入職した人（なくてもよい）", "Joined before (may be empty)") value=self.joined_before.clone() error=error("joined_before")/>
        }
        .into_any()
    }

    fn except(self, lang: Lang) -> AnyView {
        let none = say!(lang, "選ばなければ、除かない", "none chosen: nobody");
        let error = self.fault("except_people", lang);
        view! {
            <h2>{say!(lang, "除く人", "Who is left out")}</h2>
            {boxes("except_department", say!(lang, "除く部署（下の部署も含む）", "Departments to leave out (with those below)"), none.clone(), self.except_departments.clone(), lang)}
            {boxes("except_profession", say!(lang, "除く職種", "Professions to leave out"), none.clone(), self.except_professions.clone(), lang)}
            {boxes("except_employment", say!(lang, "除く雇用区分", "Forms of employment to leave out"), none, self.except_employments.clone(), lang)}
            <TextArea name="except_people" label=say!(lang, "除く人の職員番号（なくてもよい）", "Staff numbers to leave out (may be empty)") rows=2 text=self.except_people.clone()
                hint=say!(lang, "空白か改行で区切ります。", "Separated by spaces or line ends.") error/>
        }
        .into_any()
    }

    fn days(self, lang: Lang) -> AnyView {
        let error = |field: &str| self.fault(field, lang);
        view! {
            <h2>{say!(lang, "日数の決まり", "Days that people are given")}</h2>
            <TextField name="joiner" label=say!(lang, "入職した人：入職日から", "Whoever joins: days from the first day of work") value=self.joiner.clone() width=Width::Short inputmode="numeric"
                hint=say!(lang, "みんなの期限のほうが後なら、そちらが期限です。", "If everybody's date is later, that one holds.") error=error("joiner")/>
            <TextField name="back" label=say!(lang, "休職から戻った人：戻った日から", "Whoever comes back from leave: days from the first day back") value=self.back.clone() width=Width::Short inputmode="numeric" error=error("back")/>
            <TextField name="least" label=say!(lang, "途中から対象になった人：対象になった日から少なくとも", "Whoever comes to owe it later: at least") value=self.least.clone() width=Width::Short inputmode="numeric"
                hint=say!(lang, "過ぎた日や近すぎる日を期限にしないためです。", "So that nobody is given a date that is past or too near.") error=error("least")/>
            <TextField name="renewal" label=say!(lang, "次を受けられる時期：有効期間が終わる前の", "The next one may be done: days before a completion ends") value=self.renewal.clone() width=Width::Short inputmode="numeric" error=error("renewal")/>
            <TextField name="gap" label=say!(lang, "同じ研修を修了したばかりの人：修了から次まで少なくとも", "Whoever has just done the same: days until it is asked again, at least") value=self.gap.clone() width=Width::Short inputmode="numeric"
                hint=say!(lang, "0なら、間をあけずに割り当てます。", "0: it is asked again without a pause.") error=error("gap")/>
        }
        .into_any()
    }
}

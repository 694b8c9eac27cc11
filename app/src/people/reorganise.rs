//! Changing a department from a day on: what is asked for each sort of change.

use crate::day::Day;
use crate::page::Page;
use crate::people::{OfficeTrail, ReorganiseFault, ReorganiseField};
use crate::ui::written::Written;
use crate::ui::{
    CheckList, CheckRow, DateField, ErrorSummary, Fault, LinkButton, SelectField, SelectOption, Submit,
    TextField, Weight, Width,
};
use crate::{Lang, say};
use leptos::prelude::*;

/// What is done with a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reorganisation {
    /// A new one.
    Open,
    /// Another name.
    Rename,
    /// Another place in the tree.
    Move,
    /// It becomes part of another one.
    Merge,
    /// Some of its people become a new one.
    Split,
    /// It ends.
    Close,
}

impl Reorganisation {
    /// What can be done with a department that exists.
    pub const OF_ONE: [Self; 5] = [Self::Rename, Self::Move, Self::Merge, Self::Split, Self::Close];

    /// Its word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Close => "close",
        }
    }

    /// Reads [`Reorganisation::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::OF_ONE.into_iter().chain([Self::Open]).find(|what| what.code() == code)
    }

    /// What it is called.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Open => say!(lang, "部署を新設する", "Open a department"),
            Self::Rename => say!(lang, "名前を変える", "Rename"),
            Self::Move => say!(lang, "上位の部署を変える", "Move in the tree"),
            Self::Merge => say!(lang, "ほかの部署に統合する", "Merge into another"),
            Self::Split => say!(lang, "部署を分ける", "Split"),
            Self::Close => say!(lang, "廃止する", "Close"),
        }
    }

    /// What it means for those who work there, in a sentence.
    fn lead(self, lang: Lang) -> String {
        match self {
            Self::Open => say!(
                lang,
                "その日から、職員を配属できます。コードはあとから変えられません。",
                "People can be posted there from that day on. The code cannot be changed later."
            ),
            Self::Rename => say!(
                lang,
                "その日から新しい名前で表示します。前の日までの集計は、前の名前のままです。",
                "The new name is shown from that day on. Reports of earlier days keep the old one."
            ),
            Self::Move => say!(
                lang,
                "下にある部署も一緒に移ります。前の日までの集計は変わりません。",
                "The departments below go along. Reports of earlier days do not change."
            ),
            Self::Merge => say!(
                lang,
                "その日から、所属している人と下の部署が統合先に移り、元の部署は廃止になります。コードと記録は残ります。",
                "From that day on its people and the departments below belong to the other one, and it is closed. Its code and its records stay."
            ),
            Self::Split => say!(
                lang,
                "新しい部署を作り、選んだ人をその日から移します。ほかの人は残ります。",
                "A new department is made, and the people you choose move there from that day on. The others stay."
            ),
            Self::Close => say!(
                lang,
                "所属している人と下の部署がないときに廃止できます。これまでの記録は残ります。",
                "A department can be closed when nobody works there and nothing lies below. Its records stay."
            ),
        }
    }

    const fn asks_name(self) -> bool {
        matches!(self, Self::Open | Self::Rename | Self::Split)
    }

    const fn asks_code(self) -> bool {
        matches!(self, Self::Open | Self::Split)
    }
}

/// A person to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The id.
    pub value: String,
    /// Name.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// Chosen.
    pub ticked: bool,
}

/// The form. POST to `action`: `on`, and what the change asks of `code`, `name`, `name_en`, `parent`, `into`, `others`, `people`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReorganiseForm {
    /// What is done.
    pub what: Reorganisation,
    /// Code and name of the department; none for a new one.
    pub department: Option<(String, String)>,
    /// The day, as typed.
    pub on: String,
    /// The first and the last day that can be chosen.
    pub between: (Day, Day),
    /// The code, as typed.
    pub code: String,
    /// The name, as typed.
    pub name: String,
    /// The name in English, as typed.
    pub name_en: String,
    /// The departments above which it may be hung; the first choice is the top.
    pub parents: Vec<SelectOption>,
    /// The departments that it may become part of.
    pub targets: Vec<SelectOption>,
    /// Codes of others that become part of the same, as typed.
    pub others: String,
    /// Who may move.
    pub people: Vec<Chosen>,
    /// What is wrong.
    pub faults: Vec<(ReorganiseField, ReorganiseFault)>,
    /// Where the form goes.
    pub action: String,
    /// The page of the department, or the tree.
    pub back: String,
    /// Address of the list of people.
    pub list: String,
}

impl ReorganiseForm {
    fn error(&self, field: ReorganiseField, lang: Lang) -> Option<String> {
        self.faults.iter().find(|(at, _)| *at == field).map(|(_, fault)| fault.words(lang))
    }

    fn heading(&self, lang: Lang) -> String {
        self.what.words(lang)
    }
}

impl Page for ReorganiseForm {
    fn title(&self, lang: Lang) -> String {
        let heading = self.heading(lang);
        if self.faults.is_empty() {
            heading
        } else {
            say!(lang, "確認があります：{heading}", "Please check: {heading}")
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        use ReorganiseField as F;
        let faults: Vec<Fault> = self
            .faults
            .iter()
            .map(|(field, fault)| Fault { field: field.id().map(str::to_owned), message: fault.words(lang) })
            .collect();
        let heading = self.heading(lang);
        let what = self.what;
        let error = |field| self.error(field, lang);
        let (first, last) = (self.between.0.plain(lang), self.between.1.plain(lang));
        let department = self.department.clone().map(|(code, name)| {
            view! { <p class="reorganise__which"><span class="people__code">{code}</span>" "<b><Written text=name lang/></b></p> }
        });
        let name_label = match what {
            Reorganisation::Split => say!(lang, "新しい部署の名前", "Name of the new department"),
            _ => say!(lang, "名前", "Name"),
        };
        let code = what.asks_code().then(|| {
            view! {
                <TextField
                    name="code"
                    label=match what {
                        Reorganisation::Split => say!(lang, "新しい部署のコード", "Code of the new department"),
                        _ => say!(lang, "コード", "Code"),
                    }
                    hint=say!(lang, "人事の一覧で使うコードです。", "The code that lists of staff use.")
                    value=self.code.clone()
                    error=error(F::Code)
                    width=Width::Middle
                />
            }
        });
        let name = what.asks_name().then(|| {
            view! {
                <TextField name="name" label=name_label value=self.name.clone() error=error(F::Name)/>
                <TextField
                    name="name_en"
                    label=say!(lang, "英語の名前（なくてもよい）", "Name in English (optional)")
                    value=self.name_en.clone()
                />
            }
        });
        let parent = (!self.parents.is_empty()).then(|| {
            view! {
                <SelectField
                    name="parent"
                    label=say!(lang, "上位の部署", "Department above")
                    options=self.parents.clone()
                    lang
                    error=error(F::Parent)
                />
            }
        });
        let merge = (what == Reorganisation::Merge).then(|| {
            view! {
                <SelectField
                    name="into"
                    label=say!(lang, "統合先の部署", "Department that it becomes part of")
                    hint=say!(lang, "新しい部署にまとめるときは、先に部署を新設します。", "To merge into a new one, open that first.")
                    options=self.targets.clone()
                    lang
                    error=error(F::Into)
                />
                <TextField
                    name="others"
                    label=say!(lang, "一緒に統合する部署のコード（なくてもよい）", "Codes of others merged with it (optional)")
                    hint=say!(lang, "いくつもあるときは、空白で区切ります。", "Part several by spaces.")
                    value=self.others.clone()
                    error=error(F::Others)
                />
            }
        });
        let people = (what == Reorganisation::Split).then(|| {
            let rows = self
                .people
                .iter()
                .cloned()
                .map(|Chosen { value, name, number, ticked }| CheckRow {
                    value,
                    words: view! { <Written text=name lang/>" "<span class="people__number">{number}</span> }
                        .into_any(),
                    ticked,
                })
                .collect();
            view! {
                <CheckList
                    name="people"
                    legend=say!(lang, "移る人", "Who moves").into_any()
                    rows
                    error=error(F::People)
                    pair=true
                />
            }
        });
        view! {
            <div class="narrow reorganise">
                <ErrorSummary lang faults/>
                <OfficeTrail lang people=Some(self.list.clone())/>
                <h1>{heading}</h1>
                {department}
                <p class="lead">{what.lead(lang)}</p>
                <form method="post" action=self.action.clone() class="form" novalidate>
                    <DateField
                        name="on"
                        label=say!(lang, "いつから", "From")
                        hint=say!(lang, "{first}から{last}までの日を選べます。", "Any day from {first} to {last}.")
                        value=self.on.clone()
                        error=error(F::On)
                    />
                    {code}
                    {name}
                    {parent}
                    {merge}
                    {people}
                    <div class="form__end">
                        <Submit words=say!(lang, "変わるところを確かめる", "See what would change")/>
                    </div>
                </form>
                <p class="links">
                    <LinkButton href=self.back weight=Weight::Light words=say!(lang, "やめて戻る", "Back without changing")/>
                </p>
            </div>
        }
        .into_any()
    }
}

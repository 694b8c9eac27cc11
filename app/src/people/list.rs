//! The people of the hospital: found by number, name or reading.

use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::people::{Listed, OfficeTrail, people_words};
use crate::ui::written::Written;
use crate::ui::{LinkButton, Pager, SelectField, SelectOption, Sheet, Submit, TextField, Weight, Width};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Which people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PeopleState {
    /// Those who belong to the hospital, or are going to.
    #[default]
    InPost,
    /// Those who left.
    Left,
    /// Both.
    Both,
}

impl PeopleState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::InPost, Self::Left, Self::Both];

    /// The value of the field `state`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPost => "in_post",
            Self::Left => "left",
            Self::Both => "both",
        }
    }

    /// Reads [`PeopleState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::InPost => say!(lang, "在籍している人", "People in post"),
            Self::Left => say!(lang, "退職した人", "People who left"),
            Self::Both => say!(lang, "すべての人", "Everybody"),
        }
    }
}

/// Where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belonging {
    /// In post.
    InPost,
    /// Begins on this day.
    Begins(Day),
    /// In post, with this last day of work.
    Leaves(Day),
    /// Left, with this last day of work.
    Left(Day),
}

impl Belonging {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::InPost => say!(lang, "在籍", "In post"),
            Self::Begins(day) => {
                let day = day.plain(lang);
                say!(lang, "{day} 入職", "Begins {day}")
            }
            Self::Leaves(day) => {
                let day = day.plain(lang);
                say!(lang, "在籍（{day} まで）", "In post until {day}")
            }
            Self::Left(day) => {
                let day = day.plain(lang);
                say!(lang, "退職（{day}）", "Left {day}")
            }
        }
    }
}

/// Whether somebody can sign in, and where that is changed (POST).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInSwitch {
    /// They can; here it is stopped.
    Stop(String),
    /// It is stopped; here it is allowed again.
    Allow(String),
}

impl SignInSwitch {
    fn is_stopped(&self) -> bool {
        matches!(self, Self::Allow(_))
    }

    fn view(self, whose: String, lang: Lang) -> AnyView {
        let (action, summary, words, button) = match self {
            Self::Stop(action) => (
                action,
                say!(lang, "サインインを止める", "Stop sign-in"),
                say!(
                    lang,
                    "今すぐサインアウトになり、サインインできなくなります。受講の記録は残ります。",
                    "They are signed out at once and cannot sign in. Their training records stay.",
                ),
                say!(lang, "止める", "Stop"),
            ),
            Self::Allow(action) => (
                action,
                say!(lang, "サインインを再開する", "Allow sign-in again"),
                say!(
                    lang,
                    "これまでのパスワードで、またサインインできるようになります。",
                    "They can sign in again with their present password.",
                ),
                say!(lang, "再開する", "Allow"),
            ),
        };
        view! {
            <details class="fold fold--light">
                <summary>{summary}</summary>
                <form method="post" action=action class="people__renew">
                    <p>{words}</p>
                    <button class="button button--side button--small" type="submit">
                        {button}
                        <span class="visually-hidden">" "<Written text=whose lang/></span>
                    </button>
                </form>
            </details>
        }
        .into_any()
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Staff number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Reading.
    pub kana: String,
    /// Code and name of the main department.
    pub department: Option<(String, String)>,
    /// Profession.
    pub profession: String,
    /// Where they stand.
    pub belonging: Belonging,
    /// Their page.
    pub href: String,
    /// Where their postings, leave and roles are changed.
    pub record: String,
    /// Where a new one-time code is asked for. `None` for those who left or cannot sign in.
    pub code: Option<String>,
    /// Whether they can sign in. `None` for those who left, and for the reader.
    pub switch: Option<SignInSwitch>,
}

/// The list. GET with `q`, `state` (codes of [`PeopleState`]), `below` (id of a department) and `page`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleList {
    /// What is looked for.
    pub query: String,
    /// Which people.
    pub state: PeopleState,
    /// The department in and below which they are looked for: its id and its name.
    pub below: Option<(String, String)>,
    /// The people on this page, by reading.
    pub rows: Vec<PersonRow>,
    /// Where in the list they stand.
    pub listed: Listed,
    /// Address of this list.
    pub address: String,
    /// Address of the upload.
    pub import: String,
    /// Address of the departments.
    pub departments: String,
}

impl Page for PeopleList {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "職員", "People")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { query, state, below, rows, listed, address, import, departments } = self;
        let options = PeopleState::ALL
            .into_iter()
            .map(|each| SelectOption {
                value: each.code().to_owned(),
                words: each.words(lang),
                chosen: each == state,
            })
            .collect();
        let everywhere = address.clone();
        let below = below.map(|(id, name)| {
            view! {
                <input type="hidden" name="below" value=id/>
                <p class="people__below">
                    <Written text=name lang/>
                    " "
                    <a href=everywhere>{say!(lang, "すべての部署から探す", "Look in all departments")}</a>
                </p>
            }
        });
        let table = if rows.is_empty() {
            view! { <p class="lead">{say!(lang, "あてはまる人はいません。", "Nobody was found.")}</p> }
                .into_any()
        } else {
            let rows = rows.into_iter().map(|row| view! { <Row row lang/> }).collect_view();
            view! {
                <Sheet id="people" caption=people_words(listed.of, lang)>
                    <thead>
                        <tr>
                            <th scope="col">{say!(lang, "氏名", "Name")}</th>
                            <th scope="col">{say!(lang, "職員番号", "Staff number")}</th>
                            <th scope="col">{say!(lang, "部署", "Department")}</th>
                            <th scope="col">{say!(lang, "職種", "Profession")}</th>
                            <th scope="col">{say!(lang, "在籍", "In post")}</th>
                            <th scope="col" class="people__action">{say!(lang, "記録", "Record")}</th>
                            <th scope="col" class="people__action">{say!(lang, "サインイン", "Sign-in")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Sheet>
            }
            .into_any()
        };
        view! {
            <div class="people">
                <OfficeTrail lang/>
                <h1>{say!(lang, "職員", "People")}</h1>
                <p class="links">
                    <LinkButton href=import weight=Weight::Side words=say!(lang, "職員の一覧を取り込む", "Bring in a list of staff")/>
                    <LinkButton href=departments weight=Weight::Light words=say!(lang, "部署を見る", "See the departments")/>
                    <LinkButton href=paths::RETENTION.to_owned() weight=Weight::Light words=say!(lang, "保存期間と消去", "Retention and erasure")/>
                </p>
                <form method="get" action=address class="people__search" role="search">
                    <TextField
                        name="q"
                        label=say!(lang, "名前・フリガナ・職員番号", "Name, reading or staff number")
                        value=query
                        kind="search"
                        width=Width::Middle
                    />
                    <SelectField name="state" label=say!(lang, "在籍", "In post") options lang/>
                    <Submit words=say!(lang, "探す", "Find") weight=Weight::Side/>
                    {below}
                </form>
                {table}
                <Pager lang first=listed.first last=listed.last of=listed.of before=listed.before after=listed.after/>
            </div>
        }
        .into_any()
    }
}

/// A line of the list.
#[component]
fn Row(row: PersonRow, lang: Lang) -> impl IntoView {
    let PersonRow { number, name, kana, department, profession, belonging, href, record, code, switch } = row;
    let (whose, of) = (name.clone(), name.clone());
    let department = department.map(|(code, name)| {
        view! { <span class="people__code">{code}</span>" "<Written text=name lang/> }
    });
    let stopped = switch.as_ref().is_some_and(SignInSwitch::is_stopped).then(|| {
        view! { <span class="people__kana">{say!(lang, "サインイン停止中", "Sign-in stopped")}</span> }
    });
    let switch = switch.map(|switch| switch.view(whose.clone(), lang));
    let code = code.map(|href| {
        view! {
            <a href=href>
                {say!(lang, "初回コードを出しなおす", "New one-time code")}
                <span class="visually-hidden">" "<Written text=whose lang/></span>
            </a>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=href><Written text=name lang/></a>
                <span class="people__kana"><Written text=kana lang/></span>
            </th>
            <td data-label=say!(lang, "職員番号", "Staff number")>{number}</td>
            <td data-label=say!(lang, "部署", "Department")>{department}</td>
            <td data-label=say!(lang, "職種", "Profession")><Written text=profession lang/></td>
            <td data-label=say!(lang, "在籍", "In post")>{belonging.words(lang)}{stopped}</td>
            <td class="people__action" data-label=say!(lang, "記録", "Record")>
                <a href=record>
                    {say!(lang, "所属と休職", "Postings, leave")}
                    <span class="visually-hidden">" "<Written text=of lang/></span>
                </a>
            </td>
            <td class="people__action" data-label=say!(lang, "サインイン", "Sign-in")>{code}{switch}</td>
        </tr>
    }
}

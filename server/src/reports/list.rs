//! The people of a scope on a page: for managers below `/team`, for the training office below `/office/departments`.

use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::{
    Choice, Conditions, DepartmentPage, ExportForm, PaperHead, Place, Search, Sort, Sorts, Tab,
};
use kokoroe_app::{Lang, say};

use super::about::{About, profession_choices, question};
use super::asked::{Asked, PAGE, Sorted, Wanted, When};
use super::lines::Liner;
use super::long;
use super::scope::{Scope, Tree};
use super::store::{self, Order, Page as Part, Question, RosterRow, Scan};
use super::tally::{Tally, rate_view, small};
use crate::db::DbError;
use crate::http::{Problem, Signed, Visitor, query};
use crate::reminders::{self, Marks};
use crate::requirements::status::Status;
use crate::requirements::store::Requirement;
use crate::state::Site;
use crate::training::my_training::status_view;
use crate::training::translate::{day, moment};

/// How many of those who have not finished stand on top of the page.
const FIRST: i64 = 12;
/// How many people with a second posting are listed.
const ALSO: i64 = 200;

/// Where a list stands, and whose it is.
pub(super) struct Desk<'a> {
    pub(super) site: &'a Site,
    pub(super) visitor: &'a Visitor,
    pub(super) signed: &'a Signed,
    pub(super) tree: &'a Tree,
    pub(super) scope: &'a Scope,
    /// Its address.
    pub(super) address: String,
    /// Where its form leads to take it away.
    pub(super) export: String,
    /// The address of a person, without the id.
    pub(super) people: &'static str,
    pub(super) place: Place,
    /// The departments that may be chosen instead.
    pub(super) departments: Vec<Choice>,
    /// The professions that may be chosen.
    pub(super) professions: Vec<String>,
}

/// How many people of a scope stand where.
pub(super) fn tally(tree: &Tree, scope: &Scope, counts: &[store::CountRow]) -> Tally {
    let mut tally = Tally::default();
    for row in counts.iter().filter(|row| scope.holds(tree, row.department.as_ref())) {
        tally.add(row);
    }
    tally
}

impl Desk<'_> {
    /// The page. It takes its connections from the pool itself, none while it holds another: whoever comes here has given theirs back.
    ///
    /// # Errors
    /// Not found for what does not exist; broken when the database fails.
    pub(super) async fn page(&self, asked: &Asked) -> Result<DepartmentPage, Problem> {
        let mut conn = self.site.db.read().await?;
        let about = About::read(self.site, &mut conn, asked).await?;
        drop(conn);
        let mut page = self.empty(asked, &about);
        if let Some(requirement) = &about.requirement {
            self.fill(asked, &about, requirement, &mut page).await?;
        }
        Ok(page)
    }

    fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// The page without people.
    fn empty(&self, asked: &Asked, about: &About) -> DepartmentPage {
        let (lang, calendar) = (self.lang(), self.site.calendar());
        let when = about.when;
        let sort = |sorted: Sorted| Sort {
            href: self.people_at(asked, |next| next.sorted = sorted),
            here: asked.sorted == sorted,
        };
        let closed = match self.scope {
            Scope::Below(tops) => match tops.as_slice() {
                [one] => self.tree.get(one).and_then(|node| node.department.closed_on),
                _ => None,
            },
            Scope::All | Scope::Nowhere => None,
        };
        DepartmentPage {
            place: self.place.clone(),
            name: self.scope.name(self.tree, lang),
            closed: closed.filter(|on| *on <= when.instant.day).map(day),
            requirement: about.requirement.as_ref().map(|requirement| requirement.title_in(lang).to_owned()),
            due: about
                .requirement
                .as_ref()
                .map(|requirement| day(calendar.last_day_before(requirement.due_at))),
            as_of: when.view(calendar),
            conditions: Conditions {
                action: self.address.clone(),
                requirements: about.choices(lang),
                departments: self.departments.clone(),
                professions: profession_choices(&self.professions, asked, lang),
                at: asked.at.clone(),
                at_error: when.error,
            },
            statuses: Vec::new(),
            rate: rate_view(Tally::default().rate()),
            open: 0,
            overdue: 0,
            first: Vec::new(),
            open_href: self.people_at(asked, |next| {
                next.wanted = Wanted::Open;
                next.sorted = Sorted::Due;
            }),
            tabs: Vec::new(),
            which: asked.wanted.view(),
            search: Search {
                action: self.address.clone(),
                fields: asked.with(|next| next.search.clear()).fields(),
                value: asked.search.clone(),
                clear: self.people_at(asked, |next| next.search.clear()),
            },
            sorts: Sorts {
                kana: sort(Sorted::Usual),
                due: sort(Sorted::Due),
                department: sort(Sorted::Department),
            },
            departments: self.scope.within(self.tree).count() > 1,
            lines: Vec::new(),
            first_line: 0,
            of: 0,
            before: None,
            after: None,
            also: Vec::new(),
            morning: self.morning(asked),
            export: ExportForm { action: self.export.clone(), fields: self.export_fields(asked) },
            paper: PaperHead {
                hospital: self.site.hospital.name(lang).to_owned(),
                conditions: self.conditions(asked, about),
                as_of: when.view(calendar),
                by: self.signed.name(lang),
                at: moment(self.site.now(), calendar),
            },
        }
    }

    /// The conditions of the form that takes the list away, and what makes a long one be asked for once.
    fn export_fields(&self, asked: &Asked) -> Vec<(String, String)> {
        let mut fields = asked.with(|_| {}).fields();
        if matches!(self.place, Place::Office(_)) {
            fields.push(("form".to_owned(), long::new_form()));
        }
        fields
    }

    /// The list for the morning meeting of the same people.
    fn morning(&self, asked: &Asked) -> Option<String> {
        match (&self.place, self.scope) {
            (Place::Team, _) => Some(query::address(
                reminders::TEAM_MORNING,
                query::filled(["department"], [&asked.department]),
            )),
            (Place::Office(_), Scope::Nowhere) => None,
            (Place::Office(_), scope) => {
                Some(query::address(reminders::OFFICE_MORNING, [("department", scope.text())]))
            }
        }
    }

    /// The address of the list with something changed; the browser goes to the list and not to the top of the page.
    fn people_at(&self, asked: &Asked, change: impl FnOnce(&mut Asked)) -> String {
        format!("{}#roster", asked.with(change).address(&self.address))
    }

    /// The conditions as a paper states them.
    pub(super) fn conditions(&self, asked: &Asked, about: &About) -> Vec<(String, String)> {
        let lang = self.lang();
        let mut out = Vec::new();
        if let Some(requirement) = &about.requirement {
            out.push((Label::Requirement.words(lang), requirement.title_in(lang).to_owned()));
        }
        out.push((Label::Department.words(lang), self.scope.name(self.tree, lang)));
        if !asked.profession.is_empty() {
            out.push((Label::Profession.words(lang), asked.profession.clone()));
        }
        match asked.wanted {
            Wanted::All => {}
            Wanted::Open => out.push((Label::Status.words(lang), say!(lang, "未修了", "Not finished"))),
            Wanted::Of(status) => out.push((Label::Status.words(lang), status_view(status).word(lang))),
        }
        if !asked.search.is_empty() {
            out.push((Label::Search.words(lang), asked.search.clone()));
        }
        out
    }

    async fn fill(
        &self,
        asked: &Asked,
        about: &About,
        requirement: &Requirement,
        page: &mut DepartmentPage,
    ) -> Result<(), Problem> {
        let mut when = about.when;
        let scan = self.scope.scan(self.tree);
        let whole = question(
            requirement,
            when,
            &asked.with(|next| {
                next.profession.clear();
                next.search.clear();
            }),
        );
        let everybody = if when.is_past() {
            self.counted(&whole, &scan).await?
        } else {
            let rollup = self.site.rollups.people_now(self.site, &whole, &scan).await?;
            when = When::now(rollup.at, self.site.calendar());
            tally(self.tree, self.scope, &rollup.counts)
        };
        let asking = question(requirement, when, asked);
        let narrowed = if asked.search.is_empty() && asked.profession.is_empty() {
            everybody.clone()
        } else {
            self.counted(&asking, &scan).await?
        };
        page.as_of = when.view(self.site.calendar());
        page.paper.as_of = page.as_of;
        page.rate = rate_view(everybody.rate());
        page.open = small(everybody.open());
        page.overdue = small(everybody.of(Status::Overdue));
        page.statuses = kokoroe_app::ui::status::Status::ALL
            .into_iter()
            .filter_map(|shown| {
                let status = Status::ALL.into_iter().find(|status| status_view(*status) == shown)?;
                Some((shown, small(everybody.of(status))))
            })
            .collect();
        page.tabs = self.tabs(asked, &narrowed);
        page.of = small(narrowed.sum(|status| asked.wanted.takes(status)));
        let number = asked.page.clamp(1, page.of.div_ceil(PAGE).max(1));
        let skip = (number - 1) * PAGE;
        let link = |number: u32| Some(self.people_at(asked, |next| next.page = number));
        page.first_line = if page.of == 0 { 0 } else { skip + 1 };
        page.before = if number > 1 { link(number - 1) } else { None };
        page.after = if skip + PAGE < page.of { link(number + 1) } else { None };
        self.people(asked, &asking, skip, page).await?;
        Ok(())
    }

    /// How many people of these departments stand where.
    async fn counted(&self, asking: &Question, scan: &Scan) -> Result<Tally, DbError> {
        let counts = store::counts(&mut self.site.db.read().await?, asking, scan).await?;
        Ok(tally(self.tree, self.scope, &counts))
    }

    fn tabs(&self, asked: &Asked, tally: &Tally) -> Vec<Tab> {
        let tab = |wanted: Wanted| Tab {
            which: wanted.view(),
            count: small(tally.sum(|status| wanted.takes(status))),
            href: self.people_at(asked, |next| next.wanted = wanted),
            here: asked.wanted == wanted,
        };
        let singles = Status::ALL.into_iter().map(Wanted::Of);
        [Wanted::All, Wanted::Open]
            .into_iter()
            .chain(singles)
            .map(tab)
            .filter(|tab| tab.here || tab.count > 0 || tab.which == Wanted::All.view())
            .collect()
    }

    /// The lines of the list, the first of those who have to act, and those who are counted elsewhere.
    async fn people(
        &self,
        asked: &Asked,
        asking: &Question,
        skip: u32,
        page: &mut DepartmentPage,
    ) -> Result<(), DbError> {
        let at = asked
            .with(|next| *next = Asked { at: asked.at.clone(), page: 1, ..Asked::default() })
            .address("");
        // What was said about the present says nothing of an earlier day.
        let past = When::of(&asked.at, self.site.now(), self.site.calendar()).is_past();
        let marks = match past {
            true => Marks::default(),
            false => Marks::load(&mut self.site.db.read().await?, asking.instant.at).await?,
        };
        let liner = Liner {
            marks: &marks,
            tree: self.tree,
            instant: asking.instant,
            calendar: self.site.calendar(),
            lang: self.lang(),
            people: self.people,
            at: &at,
            departments: page.departments,
        };
        let (scan, scope) = (self.scope.scan(self.tree), self.scope.listed(self.tree));
        let wanted = asked.wanted;
        let plain = wanted == Wanted::All && asked.search.is_empty() && asked.profession.is_empty();
        let list = async |wanted: Wanted, order: Order, part: Part| {
            let mut conn = self.site.db.read().await?;
            store::roster(&mut conn, asking, &scan, &scope, |status| wanted.takes(status), order, part).await
        };
        let first = async {
            if !(plain && skip == 0 && page.open > 0) {
                return Ok::<_, DbError>(Vec::new());
            }
            list(Wanted::Open, Sorted::Due.order(), Part { lines: FIRST, skip: 0 }).await
        };
        let lines = list(wanted, asked.sorted.order(), Part { lines: PAGE.into(), skip: skip.into() });
        let also = async {
            if skip > 0 || !matches!(self.scope, Scope::Below(_)) {
                return Ok::<_, DbError>(Vec::new());
            }
            let mut conn = self.site.db.read().await?;
            let part = Part { lines: ALSO, skip: 0 };
            store::concurrent(&mut conn, asking, &scope, |status| wanted.takes(status), part).await
        };
        // None of them waits for another.
        let (first, lines, also) = tokio::join!(first, lines, also);
        let told = |rows: Vec<RosterRow>| rows.iter().map(|row| liner.line(row)).collect();
        (page.first, page.lines, page.also) = (told(first?), told(lines?), told(also?));
        Ok(())
    }
}

//! The part of the story in which people owe, learn and sign.

use super::*;
use crate::people::known::known_person;
use crate::requirements::rule::{Audience, Matched, Rule};

impl History {
    /// Makes a requirement and gives it to everybody who is there.
    pub(super) async fn open(&mut self, tx: &mut Tx, story: &Story, number: usize) -> Result<(), DbError> {
        let Some(asked) = story.asked.get(number) else { return Ok(()) };
        let course = &self.content.catalogue.course;
        let requirement = Requirement {
            id: RequirementId::new(&self.clock),
            code: asked.code.clone(),
            title: asked.title.clone(),
            title_en: asked.title_en.clone(),
            basis: asked.basis.to_owned(),
            basis_en: asked.basis_en.to_owned(),
            course: course.id.clone(),
            fiscal_year: asked.year,
            opens_at: asked.opens_at,
            due_at: asked.due_at,
            valid_until: asked.valid_until,
            rule: Rule::yearly(match asked.whom {
                Whom::Everybody => Audience::everybody(),
                Whom::Joiners => Audience {
                    joined_from: Some(story.days.calendar.date(asked.opens_at)),
                    ..Audience::default()
                },
                Whom::These(_) => Audience { named: true, ..Audience::default() },
            }),
            closed_at: None,
        };
        let lists = tracks::lists(asked, course);
        year::open(tx, &self.ledger, &self.clock, &requirement, &lists, "system").await?;
        self.requirements.insert(number, requirement);
        let opens = story.days.calendar.date(asked.opens_at);
        let there: Vec<usize> = cast::everybody()
            .iter()
            .zip(&story.careers)
            .enumerate()
            .filter(|(_, (person, career))| {
                career.joined < opens && owed_since(asked, person, career, &story.days).is_some()
            })
            .map(|(at, _)| at)
            .collect();
        self.assign(tx, story, number, &there).await
    }

    /// Gives a requirement to people.
    pub(super) async fn assign(
        &mut self,
        tx: &mut Tx,
        story: &Story,
        number: usize,
        whom: &[usize],
    ) -> Result<(), DbError> {
        let Some(requirement) = self.requirements.get(&number) else { return Ok(()) };
        for at in whom {
            let (Some(person), Some(track)) = (self.in_post(story, *at), story.track(number, *at)) else {
                continue;
            };
            let staff = &person.staff;
            if !requirements::has_period(tx, staff, &requirement.id, requirement.first_cycle()).await? {
                let (calendar, rule) = (story.days.calendar, &requirement.rule);
                let due = period::first_due(requirement, rule, person.joined_on, self.clock.now(), calendar);
                let known = known_person(tx, staff, calendar.date(self.clock.now())).await?;
                let matched = known.and_then(|known| rule.whom.matches(&known));
                let matched =
                    matched.unwrap_or_else(|| Matched { named: rule.whom.named, ..Matched::default() });
                let given = period::first(requirement, &person, due, matched);
                period::give(tx, &self.ledger, &self.clock, requirement, &given, track).await?;
            }
            let periods = requirements::periods_of(tx, staff).await?;
            if let Some(made) = periods.into_iter().find(|period| period.requirement_id == requirement.id) {
                self.periods.insert((number, *at), made);
            }
        }
        Ok(())
    }

    fn in_post(&self, story: &Story, at: usize) -> Option<InPost> {
        let career: &Career = story.careers.get(at)?;
        self.staff.get(&at).map(|staff| InPost { staff: staff.clone(), joined_on: career.joined })
    }

    /// Somebody's manager asks, the training office approves.
    pub(super) async fn exempt(
        &self,
        tx: &mut Tx,
        story: &Story,
        number: usize,
        at: usize,
    ) -> Result<(), DbError> {
        let (Some(person), Some(asked)) = (cast::everybody().get(at), story.asked.get(number)) else {
            return Ok(());
        };
        let head = match person.number / 100 * 100 {
            NEW_DEPUTY if story.days.new_year(0) <= story.days.calendar.date(self.clock.now()) => NEW_HEAD,
            head => head,
        };
        let [office, _] = cast::OFFICE;
        let (Some(period), Some(asker), Some(approver)) =
            (self.periods.get(&(number, at)), self.id_of(head), self.id_of(office))
        else {
            return Ok(());
        };
        let year_ends = story.days.calendar.first_day_of(asked.year + 1);
        let exemption = Exemption {
            period_id: period.id.clone(),
            reason: exempt_reason(person.number).to_owned(),
            asked_by: asker.clone(),
            approved_by: approver.clone(),
            from_at: self.clock.now(),
            until_at: story.days.calendar.start_of(year_ends),
            leaf: 0,
        };
        period::exempt(tx, &self.ledger, &self.clock, exemption).await
    }

    /// The work of somebody on that day.
    async fn roles(&self, tx: &mut Tx, staff: &StaffId, person: usize) -> Result<Roles, DbError> {
        let profession = cast::everybody().get(person).map_or("", |person| person.profession);
        let held = grants_of(tx, staff).await?;
        let manages = held.iter().any(|grant| grant.role == "manager" && grant.revoked_at.is_none());
        Ok(Roles::of(profession, manages))
    }

    pub(super) async fn begin(&mut self, tx: &mut Tx, story: &Story, number: usize) -> Result<(), DbError> {
        let contradiction = |what: &str| DbError::Inconsistent(format!("the story of way {number}: {what}"));
        let way = story.ways.get(number).ok_or_else(|| contradiction("there is none"))?;
        let period =
            self.periods.get(&(way.asked, way.person)).ok_or_else(|| contradiction("nothing is owed"))?;
        let (revision, module) =
            self.content.module(&way.module).ok_or_else(|| contradiction("no module"))?;
        let attempt = Attempt {
            id: AttemptId::new(&self.clock),
            period_id: period.id.clone(),
            module_id: way.module.clone(),
            revision: revision.to_owned(),
            seed: way.seed,
            role: self.roles(tx, &period.staff_id, way.person).await?.text(),
            turn: 1,
            started_at: self.clock.now(),
            finished_at: None,
        };
        record::begin(tx, &self.ledger, &self.clock, &period.staff_id, attempt.clone(), None).await?;
        let standing = Standing {
            period: period.clone(),
            attempt,
            module: Arc::clone(module),
            answers: Vec::new(),
            policy: Pinned::present(&self.content),
        };
        self.ways.insert(number, standing);
        Ok(())
    }

    pub(super) async fn answer(
        &mut self,
        tx: &mut Tx,
        story: &Story,
        number: usize,
        response: Response,
    ) -> Result<(), DbError> {
        let contradiction =
            |what: String| DbError::Inconsistent(format!("the story of way {number}: {what}"));
        let way = story.ways.get(number).ok_or_else(|| contradiction("there is none".into()))?;
        let lang = cast::everybody().get(way.person).map_or(Lang::Ja, |person| person.lang);
        let standing = self.ways.get_mut(&number).ok_or_else(|| contradiction("it has not begun".into()))?;
        let judgement = standing
            .judge(response, lang.tag(), &self.clock)?
            .map_err(|refusal| contradiction(refusal.to_string()))?;
        let answer = judgement.answer().clone();
        let last = judgement.is_last();
        match record::write(tx, &self.ledger, &self.clock, &self.content, judgement).await? {
            Written::Saved => standing.answers.push(answer),
            Written::LaidAside => return Err(contradiction("another module was taken".into())),
            Written::TakenAlready => return Err(contradiction("a step was answered twice".into())),
        }
        if last {
            // Nothing more is asked of it; its answers need not stay in memory.
            self.ways.remove(&number);
        }
        Ok(())
    }

    pub(super) async fn recall(
        &self,
        tx: &mut Tx,
        story: &Story,
        number: usize,
        card: Card,
    ) -> Result<(), DbError> {
        let (Some(way), Some((revision, ..))) = (story.ways.get(number), self.content.final_test()) else {
            return Ok(());
        };
        let Some(period) = self.periods.get(&(way.asked, way.person)) else { return Ok(()) };
        let Some(attempt) = training::attempt(tx, &period.id, &way.module).await? else { return Ok(()) };
        let response = Response::Choice(card.choice);
        let new = Recalled {
            attempt_id: attempt.id,
            number: card.number,
            module_id: way.module.clone(),
            revision: revision.to_owned(),
            family: card.family,
            variant: card.variant,
            response: json!(response).to_string(),
            grade: i64::from(Grade::Best.points()),
            lang: Lang::Ja.tag().to_owned(),
            answered_at: self.clock.now(),
        };
        write::write(tx, &self.ledger, &self.clock, &period.staff_id, new).await.map(drop)
    }

    pub(super) async fn sign(&self, tx: &mut Tx, number: usize, at: usize) -> Result<(), DbError> {
        let (Some(requirement), Some(period), Some(person)) =
            (self.requirements.get(&number), self.periods.get(&(number, at)), cast::everybody().get(at))
        else {
            return Ok(());
        };
        let statements: Vec<_> = self
            .policy
            .statements
            .iter()
            .map(|statement| json!({ "id": statement.id, "text": statement.text.get(course_lang(person.lang)).0 }))
            .collect();
        let given = Signature {
            period: period.clone(),
            series: requirement.series(),
            due_at: period.due_at,
            valid_until: requirement.valid_until,
            policy: self.policy.revision(),
            policy_version: i64::from(self.policy.version),
            statements: json!(statements).to_string(),
            lang: person.lang.tag().to_owned(),
            name: people::display_name(person.name.family, person.name.given, "", Lang::Ja),
            done_at: None,
            session: SessionId::new(&self.clock),
        };
        signature::complete(tx, &self.ledger, &self.clock, given).await
    }
}

//! ① 研修計画: what is asked of whom, why, by when, and who sees to it. The rule is the one that held at the instant.

use kokoroe_app::{Lang, say};
use kokoroe_papers::Block;

use super::archive::Archive;
use super::frame::Frame;
use super::{BinderError, store};
use crate::db::{Conn, DbError};
use crate::requirements::office::{audience, cycle, days};
use crate::requirements::rule::Rule;
use crate::requirements::store::lists;
use crate::state::Site;
use crate::training::my_training::track_title;
use crate::training::translate::Translator;

/// The words of the course as a paper says them.
pub(super) fn words<'a>(site: &'a Site, lang: Lang) -> Translator<'a> {
    let shown = match lang {
        Lang::Ja => kokoroe_app::ShownIn::Japanese,
        Lang::En => kokoroe_app::ShownIn::English,
    };
    Translator::shown_in(&site.content, &site.hospital, shown, false)
}

/// Writes the plan.
pub(super) async fn write(
    site: &Site,
    conn: &mut Conn,
    frame: &Frame,
    archive: Archive,
) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let requirement = &frame.requirement;
    let words = words(site, lang);
    let rule = match store::rule(conn, &requirement.id, frame.at).await? {
        Some(text) => Rule::try_from(text)?,
        None => requirement.rule.clone(),
    };
    let day = |at| frame.day(at).plain(lang);
    let (from, until) =
        (day(requirement.opens_at), frame.day(requirement.due_at - chrono::TimeDelta::microseconds(1)));
    let until = until.plain(lang);
    let course = &site.content.catalogue.course;
    let purpose = course
        .summary
        .as_ref()
        .filter(|_| course.id == requirement.course)
        .map(|text| words.words(text).text());
    let mut facts = vec![(say!(lang, "研修名", "Title"), requirement.title_in(lang).to_owned())];
    let basis = requirement.basis_in(lang).to_owned();
    match purpose {
        Some(purpose) => {
            facts.extend([(say!(lang, "目的", "Purpose"), purpose), (say!(lang, "根拠", "Basis"), basis)]);
        }
        // The hospital wrote one text for both.
        None => facts.push((say!(lang, "目的と根拠", "Purpose and basis"), basis)),
    }
    facts.extend([
        (say!(lang, "対象", "For whom"), audience(conn, lang, &rule.whom).await?.short(lang)),
        (say!(lang, "回数", "How often"), cycle(&rule, requirement.fiscal_year, lang)),
        (say!(lang, "期間", "Period"), say!(lang, "{from}から{until}まで", "{from} to {until}")),
        (say!(lang, "期限", "Due"), say!(lang, "{until}の24時", "{until}, 24:00")),
        (say!(lang, "期限の例外", "Other due dates"), days(&rule, lang).join(&say!(lang, "。", ". "))),
    ]);
    if let Some(valid) = requirement.valid_until {
        let last = frame.day(valid - chrono::TimeDelta::microseconds(1)).plain(lang);
        facts.push((say!(lang, "修了の有効期限", "A completion counts until"), last));
    }
    if let Some(closed) = requirement.closed_at.filter(|at| *at <= frame.at) {
        facts.push((say!(lang, "受付の終了", "Closed on"), day(closed)));
    }
    facts.extend([
        (
            say!(lang, "方法", "Way"),
            say!(
                lang,
                "院内のeラーニング（このシステム）。集合研修または紙で受けた人は、署名のある用紙をもとに記録する。",
                "E-learning in this program. Attendance in a classroom or on paper is recorded from signed sheets."
            ),
        ),
        (say!(lang, "担当", "Responsible"), site.hospital.help(lang).to_owned()),
    ]);
    let mut blocks = vec![Block::Facts(facts)];
    blocks.push(Block::Heading(1, say!(lang, "研修項目", "What is taught")));
    blocks.extend(items(site, conn, frame, words).await?);
    let file = if lang == Lang::Ja { "01_研修計画" } else { "01_plan" };
    let title = say!(lang, "① 研修計画", "1 Training plan");
    Ok(frame.paper(archive, (file, &title, &title), frame.above(), blocks).await?.0)
}

/// The modules of each track.
async fn items(
    site: &Site,
    conn: &mut Conn,
    frame: &Frame,
    words: Translator<'_>,
) -> Result<Vec<Block>, DbError> {
    let lang = frame.lang;
    let lists = lists(conn, &frame.requirement.id).await?;
    let several = lists.len() > 1;
    let mut blocks = Vec::new();
    for list in &lists {
        if several {
            blocks.push(Block::Heading(2, track_title(site, words, &list.track)));
        }
        let lines = (1_u32..).zip(&list.modules).map(|(number, id)| {
            let told = match site.content.module(id) {
                Some((_, module)) => {
                    let (title, minutes) = (words.words(&module.title).text(), module.minutes);
                    say!(lang, "{title}（{minutes}分）", "{title} ({minutes} min)")
                }
                None => id.clone(),
            };
            (number.to_string(), told)
        });
        blocks.push(Block::Facts(lines.collect()));
    }
    Ok(blocks)
}

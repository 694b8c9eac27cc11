//! The certificate, and its public check by number and code.

use axum::Extension;
use axum::extract::{Path, Query, State};
use chrono::{DateTime, Utc};
use kokoroe_app::say;
use kokoroe_app::training::{Certificate, CertificateCheck, CertificateCheckError, CertificateFound};
use kokoroe_evidence::certificate::Printed;
use kokoroe_papers::{ProofSheet, Seal};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use super::attendance::way_view;
use super::certificate_proof::address;
use super::store::{self, Completion};
use super::translate::{Translator, day};
use crate::account::caller::Caller;
use crate::account::secret;
use crate::account::throttle::{self, Subject};
use crate::audit::certificate;
use crate::db::{Conn, DbError};
use crate::http::file::{PDF, PROOF, download};
use crate::http::{Answer, Learner, Problem, Signed, Visitor, page, page_with_status};
use crate::papers;
use crate::requirements::store::{self as requirements, Period, Requirement};
use crate::requirements::term::Terms;
use crate::state::Site;

async fn owed(conn: &mut Conn, completion: &Completion) -> Result<(Period, Requirement), DbError> {
    let gone = || DbError::Inconsistent(format!("the certificate {} has no period", completion.number));
    let period = requirements::period(conn, &completion.period_id).await?.ok_or_else(gone)?;
    let requirement = requirements::requirement(conn, &period.requirement_id).await?.ok_or_else(gone)?;
    Ok((period, requirement))
}

/// The first instant at which a completion no longer counts, as it is now.
async fn valid_until(
    site: &Site,
    conn: &mut Conn,
    period: &Period,
    completion: &Completion,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let changes = requirements::terms(conn, &period.id).await?;
    let first = Terms { due_at: period.due_at, valid_until: completion.valid_until };
    Ok(Terms::at(first, &changes, site.now()).valid_until)
}

/// A certificate as its page shows it, with what its papers hold.
struct Shown {
    view: Certificate,
    /// The address in its QR code.
    target: String,
    /// Its proof, where a checkpoint covers it.
    proof: Option<String>,
}

/// Reads a certificate. For its owner, the training office and auditors.
async fn read(site: &Site, visitor: &Visitor, signed: &Signed, number: &str) -> Result<Shown, Problem> {
    let words = Translator::new(site, visitor);
    let mut conn = site.db.read().await?;
    let completion = store::completion_by_number(&mut conn, number).await?.ok_or(Problem::not_found())?;
    if completion.is_erased() {
        return Err(Problem::not_found());
    }
    let (period, requirement) = owed(&mut conn, &completion).await?;
    if period.staff_id != signed.staff && !signed.office && !signed.auditor {
        return Err(Problem::not_found());
    }
    let signature = store::attestation(&mut conn, &period.id).await?;
    let policy = match &signature {
        Some(signature) => site.content.pinned_policy(&mut conn, &signature.policy).await?,
        None => None,
    };
    let calendar = site.calendar();
    let check_url = format!("{}{}", site.config.origin.as_str(), kokoroe_app::paths::VERIFY);
    let target = format!("{check_url}?number={}&code={}", completion.number, completion.code);
    let printed = Printed { name: completion.name.clone(), code: completion.code.clone() };
    let proof = certificate::proof(site, &mut conn, &completion.number, printed).await?;
    let view = Certificate {
        number: completion.number.clone(),
        name: completion.name.clone(),
        staff_number: crate::people::store::staff::staff(&mut conn, &period.staff_id)
            .await?
            .map(|staff| staff.staff_no),
        course: words.either(&requirement.title, &requirement.title_en),
        year: i32::try_from(requirement.fiscal_year).unwrap_or(0),
        policy: policy.map(|policy| (words.words(&policy.title), policy.version)),
        completed: day(calendar.date(completion.dated())),
        minutes: None,
        valid_until: valid_until(site, &mut conn, &period, &completion)
            .await?
            .map(|until| day(calendar.last_day_before(until))),
        hospital: site.hospital.name(visitor.lang).to_owned(),
        issuer: site.hospital.issuer(visitor.lang).to_owned(),
        code: completion.code.clone(),
        check_url,
        qr: qr(&target),
        withdrawn: requirements::exception::corrected(&mut conn, &period.id)
            .await?
            .map(|at| day(calendar.date(at))),
        pdf: Some(format!("/certificates/{}/pdf", completion.number)),
        proof: proof.as_ref().map(|_| format!("/certificates/{}/proof", completion.number)),
        era: site.hospital.era(),
        sealed: site.hospital.is_sealed(),
        way: way_view(completion.way),
        alone: requirement.is_signature(),
    };
    Ok(Shown { view, target, proof })
}

/// A certificate. It can be had again at any time, under the same number.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(number): Path<String>,
) -> Answer {
    let shown = read(&site, &visitor, &signed, &number).await?;
    Ok(page(&site, &visitor, shown.view))
}

/// The same as a sheet of paper.
pub async fn paper(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(number): Path<String>,
) -> Answer {
    let Shown { view, target, proof } = read(&site, &visitor, &signed, &number).await?;
    let lang = visitor.lang;
    let seal = match site.hospital.seal() {
        Some(picture) => {
            let hospital = &view.hospital;
            Seal::Picture(picture, say!(lang, "{hospital}の印", "Seal of {hospital}"))
        }
        None => Seal::Words(Certificate::without_seal(lang)),
    };
    let code = &view.code;
    let code_label = Certificate::code_label(lang);
    let issuer = [&view.hospital, &view.issuer].into_iter().filter(|line| !line.is_empty());
    let sheet = kokoroe_papers::Certificate {
        lang: papers::lang(lang),
        title: view.heading(lang),
        number: view.number_line(lang),
        name: view.addressed(lang),
        statement: view.statement(lang),
        facts: view.facts(lang),
        date: view.era.day(view.completed, lang),
        issuer: issuer.cloned().collect(),
        seal,
        check: target,
        check_title: Certificate::code_meaning(lang),
        check_words: vec![
            Certificate::check_line(lang),
            say!(lang, "{code_label}：{code}", "{code_label}: {code}"),
            view.check_url.clone(),
        ],
        proof: proof.map(|proof| ProofSheet {
            title: Certificate::proof_title(lang),
            words: Certificate::proof_words(lang),
            address: address(&site, &proof),
            address_title: Certificate::proof_meaning(lang),
        }),
        made: papers::moment(site.now(), site.calendar()),
    };
    let pdf = papers::aside(move || kokoroe_papers::certificate(&sheet).map_err(Problem::broken)).await?;
    let number = &view.number;
    let (name, plain) = if view.alone {
        (say!(lang, "署名受領書_{number}", "signature_{number}"), format!("signature_{number}"))
    } else {
        (say!(lang, "修了証_{number}", "certificate_{number}"), format!("certificate_{number}"))
    };
    download(pdf.bytes, PDF, &name, &plain)
}

/// The proof of a certificate as a file. For whoever may see the certificate.
pub async fn proof(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(number): Path<String>,
) -> Answer {
    let Shown { view, proof, .. } = read(&site, &visitor, &signed, &number).await?;
    // Within the hour it will be under a checkpoint; where the log does not agree, whoever looks after the server has been told.
    let text = proof.ok_or(Problem::not_found())?;
    download(text.into_bytes(), PROOF, &view.number, &view.number)
}

/// The modules of a QR code; none when the text does not fit one.
fn qr(text: &str) -> Vec<Vec<bool>> {
    let Ok(code) = qrcode::QrCode::new(text.as_bytes()) else { return Vec::new() };
    let colors = code.to_colors();
    colors
        .chunks(code.width().max(1))
        .map(|row| row.iter().map(|color| *color == qrcode::Color::Dark).collect())
        .collect()
}

/// What the public check asks.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    number: Option<String>,
    code: Option<String>,
}

/// Whether a certificate was issued and is in force. It tells the course and the day, never the name; without the code, nothing.
pub async fn check(
    State(site): State<Site>,
    visitor: Visitor,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = Translator::new(&site, &visitor);
    let (Some(number), Some(code)) = (asked.number, asked.code) else {
        return Ok(page(&site, &visitor, CertificateCheck::default()));
    };
    let mut view =
        CertificateCheck { number: number.clone(), code: code.clone(), ..CertificateCheck::default() };
    let number = crate::account::sign_in::staff_number(&number).to_uppercase();
    let typed = secret::normal_code(&code);
    if number.is_empty() {
        view.errors.push(CertificateCheckError::NoNumber);
    }
    if typed.is_empty() {
        view.errors.push(CertificateCheckError::NoCode);
    }
    if !view.errors.is_empty() {
        return Ok(page_with_status(&site, &visitor, http::StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    let subjects = vec![Subject::Code(caller.0)];
    let wait = throttle::take(&site, &subjects).await?;
    if wait > 0 {
        view.errors.push(CertificateCheckError::Throttled(wait));
        return Ok(page_with_status(&site, &visitor, http::StatusCode::TOO_MANY_REQUESTS, view));
    }
    let mut conn = site.db.read().await?;
    let found = store::completion_by_number(&mut conn, &number).await?.filter(|completion| {
        let kept = secret::normal_code(&completion.code);
        bool::from(kept.as_bytes().ct_eq(typed.as_bytes()))
    });
    let Some(completion) = found else {
        view.found = Some(CertificateFound::Unknown);
        return Ok(page(&site, &visitor, view));
    };
    let (period, requirement) = owed(&mut conn, &completion).await?;
    let until = valid_until(&site, &mut conn, &period, &completion).await?;
    let withdrawn = requirements::exception::corrected(&mut conn, &period.id).await?;
    drop(conn);
    let taken_back: Result<(), DbError> =
        site.db.write(move |tx| Box::pin(async move { throttle::succeeded(tx, &subjects).await })).await;
    taken_back?;
    let calendar = site.calendar();
    let course = words.either(&requirement.title, &requirement.title_en);
    let completed = day(calendar.date(completion.dated()));
    let until = until.map(|until| (until, day(calendar.last_day_before(until))));
    view.found = Some(match (withdrawn, until) {
        (Some(at), _) => CertificateFound::Withdrawn { course, on: day(calendar.date(at)) },
        (None, Some((until, last))) if until <= site.now() => {
            CertificateFound::Over { course, completed, valid_until: last }
        }
        (None, until) => {
            let valid_until = until.map(|(_, last)| last);
            CertificateFound::Valid { course, completed, valid_until, alone: requirement.is_signature() }
        }
    });
    Ok(page(&site, &visitor, view))
}

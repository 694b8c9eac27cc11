//! A part of a year's log: the records of one person, or of the people of a department with those below it. Its form is
//! [`kokoroe_evidence::pack`]; it holds nothing of anybody else, but for the ids of those who decided about these records.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use chrono::{DateTime, Utc};
use kokoroe_evidence::pack as form;
use kokoroe_evidence::pack::{Counts, Part, PartOf};
use kokoroe_evidence::{Checkpoint, Kind};
use serde_json::json;
use tokio::sync::mpsc;

use super::archive::{Archive, Order, Piece};
use super::{
    Pack, PackError, Told, beginnings, count, handed_over, notes, ordered, private, shown, stamps, tables,
};
use crate::audit::glance::content_of;
use crate::audit::ledger::Epoch;
use crate::audit::proofs::{Tree, newest};
use crate::audit::store;
use crate::db::Conn;
use crate::id::StaffId;
use crate::people::department::departments_on;
use crate::people::staff::staff;
use crate::reports::evidence::store::{Span, rows_of};
use crate::reports::evidence::{Kept, Row};
use crate::state::Site;

const README_JA: &str = include_str!("README.part.ja.txt");
const README_EN: &str = include_str!("README.part.en.txt");

/// How many leaves are proved at once.
const AT_ONCE: usize = 1024;
/// Leaves that stand as near to each other as this are read at once.
const NEAR: u64 = 256;

/// Whose records are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Those of one person.
    Person(StaffId),
    /// Those of the people whose main department is the one with this code, or one below it, on the day of the roster.
    Department(String),
}

impl Whom {
    const fn of(&self) -> PartOf {
        match self {
            Self::Person(_) => PartOf::Person,
            Self::Department(_) => PartOf::Department,
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Person(id) => id.as_str(),
            Self::Department(code) => code,
        }
    }
}

/// Makes the part of an epoch's log (the present one if none is named) that is of somebody into `file`, on the order of `by`. The order
/// itself is a leaf, and the checkpoint that is signed then proves the leaves of the part.
///
/// # Errors
/// When there is no such year, person or department, when the log disagrees with what was signed, or the database or the file fails.
pub async fn build_part(
    site: &Site,
    epoch: Option<Epoch>,
    whom: &Whom,
    by: &str,
    file: File,
) -> Result<Pack, PackError> {
    let now = site.now();
    let epoch = epoch.unwrap_or_else(|| site.ledger.epoch_at(now));
    let log = site.ledger.log(epoch);
    // The roster of a year that is over is the one with which it ended.
    let as_of = now.min(site.calendar().last_of(epoch.year));
    let mut conn = site.db.read().await?;
    let people = people(site, &mut conn, whom, (epoch.year, as_of)).await?;
    drop(conn);
    let what = json!({ "what": "evidence_part", "of": whom.of().word(), "whom": ascii(whom.id()) });
    if let Some(refusal) = ordered(site, epoch, by, what, now).await? {
        return Err(PackError::Unproven(refusal));
    }
    let mut conn = site.db.read().await?;
    let signed = newest(site, &mut conn, &log).await?;
    let signed = signed.ok_or_else(|| PackError::Unproven("nothing is signed yet".to_owned()))?;
    let (pieces, taken) = mpsc::channel(8);
    let archive = Archive::begin(file, site.calendar(), now, site.signer.clone(), taken);
    let order = Order::new(pieces);
    let part = Writing { site, epoch, as_of, now, signed: &signed, order: &order };
    let written = part.write(&mut conn, whom, people).await;
    drop((order, conn));
    let (file, length) = archive.end().await.map_err(PackError::File)?;
    let leaves = written?;
    let name = format!("evidence-{}-{}.zip", log.replace('/', "-"), whom.of().word());
    Ok(Pack { file, length, name, log, leaves, refusal: None })
}

/// The same in characters that a leaf may hold as an id; codes of departments may have others.
fn ascii(id: &str) -> String {
    id.escape_default().to_string()
}

/// The ids of the people.
async fn people(
    site: &Site,
    conn: &mut Conn,
    whom: &Whom,
    (year, at): (i64, DateTime<Utc>),
) -> Result<BTreeSet<String>, PackError> {
    match whom {
        Whom::Person(id) => {
            let person = staff(conn, id).await?.ok_or(PackError::Nobody)?;
            Ok(BTreeSet::from([person.id.to_string()]))
        }
        Whom::Department(code) => {
            let calendar = site.calendar();
            let all = departments_on(conn, calendar.date(at)).await?;
            let top = all.iter().map(|each| &each.department).find(|each| each.code == *code);
            let top = &top.ok_or(PackError::Nobody)?.path;
            let below = all.iter().map(|each| &each.department).filter(|each| each.path.starts_with(top));
            let codes = below.map(|each| each.code.clone()).collect();
            tables::people_of(conn, (year, at, calendar), &codes).await
        }
    }
}

/// What a part is made of.
#[derive(Default)]
struct Records {
    /// The places of the leaves.
    places: BTreeSet<u64>,
    /// Of those that bind a name.
    bound: BTreeSet<u64>,
    /// What each of the people owes.
    owed: BTreeMap<String, Vec<String>>,
    /// The rows of one person; those of many are read again.
    rows: Vec<(Kept, Row)>,
}

struct Writing<'a> {
    site: &'a Site,
    epoch: Epoch,
    as_of: DateTime<Utc>,
    now: DateTime<Utc>,
    signed: &'a (Checkpoint, String),
    order: &'a Order,
}

impl Writing<'_> {
    fn log(&self) -> &str {
        &self.signed.0.origin
    }

    /// Writes every file but the list of them. Gives the number of leaves.
    async fn write(&self, conn: &mut Conn, whom: &Whom, people: BTreeSet<String>) -> Result<i64, PackError> {
        let (order, size) = (self.order, self.signed.0.size);
        let first = self.site.signer.keys().first(self.log());
        let told = Told { log: self.log(), vkey: &first.to_string(), made: self.now, roster: self.as_of };
        told.write((README_JA, README_EN), order).await;
        handed_over(self.site, first, order).await;
        let stamps = stamps(self.site, conn, self.log()).await?;
        if let Some(reply) = stamps.into_iter().find(|(stamped, _)| *stamped == size).map(|(_, reply)| reply)
        {
            order.file(&form::stamp_file(size), reply).await;
        }
        order.file(&form::checkpoint_file(size), self.signed.1.clone().into_bytes()).await;

        let records = self.records(conn, whom, &people).await?;
        let line = |(person, owed): (&String, &Vec<String>)| {
            format!("{person} {}", owed.join(" ")).trim().to_owned() + "\n"
        };
        order.file(form::PEOPLE, records.owed.iter().map(line).collect::<String>().into_bytes()).await;
        let contents = self.leaves(conn, &records.places).await?;
        self.proofs(conn, &records.places).await?;
        let sizes = notes(self.site, conn, self.log(), size).await?.into_keys().collect();
        beginnings::write(conn, &self.signed.0, sizes, order).await?;
        let ranges = near(&records.bound);
        let ranges = ranges.iter().filter_map(|near| Some((*near.first()?, near.last()? + 1)));
        let belongs = |place| records.places.contains(&place);
        private::write(self.site, conn, self.log(), &ranges.collect::<Vec<_>>(), belongs, order).await?;
        let leaves = records.places.len();
        let mut counts = Counts { checkpoints: 1, leaves: leaves as u64, ..Counts::default() };
        counts.contents = shown(conn, contents, order).await?;
        self.tables(conn, whom, &records, &mut counts).await?;
        let here = |staff: &str| people.contains(staff);
        tables::roster(self.site, conn, self.epoch.year, self.as_of, |row| here(&row.staff_id), order)
            .await?;
        let part = Some(Part { of: whom.of(), size });
        order.send(Piece::Seal { log: self.log().to_owned(), counts, part }).await;
        Ok(i64::try_from(leaves).unwrap_or(i64::MAX))
    }

    /// Finds the leaves of these people's records in the log, and those that everybody needs.
    async fn records(
        &self,
        conn: &mut Conn,
        whom: &Whom,
        people: &BTreeSet<String>,
    ) -> Result<Records, PackError> {
        let (log, size) = (self.log(), self.signed.0.size);
        let mut records = Records::default();
        let everybodys = [Kind::LOG_OPEN, Kind::EPOCH_RECOVER, Kind::KEY_ROTATE];
        for leaf in store::leaves_of(conn, log, log).await? {
            let place = u64::try_from(leaf.seq).unwrap_or(u64::MAX);
            if place < size && everybodys.iter().any(|kind| kind.as_str() == leaf.kind) {
                records.places.insert(place);
            }
        }
        for person in people {
            let id = StaffId::parse(person).ok_or(PackError::Nobody)?;
            let rows = rows_of(conn, &id).await?;
            let owed = rows.iter().filter(|(kept, _)| *kept == Kept::Periods).map(|(_, row)| row.obj.clone());
            records.owed.insert(person.clone(), owed.collect());
            for (kept, row) in rows {
                let place = u64::try_from(row.leaf).ok().filter(|place| *place < size);
                let Some(place) = place.filter(|_| row.log.as_deref() == Some(log)) else { continue };
                records.places.insert(place);
                if kept == Kept::Identities {
                    records.bound.insert(place);
                }
                if matches!(whom, Whom::Person(_)) {
                    records.rows.push((kept, row));
                }
            }
        }
        Ok(records)
    }

    /// Writes the leaves, and gives the hashes of the contents that they name.
    async fn leaves(&self, conn: &mut Conn, places: &BTreeSet<u64>) -> Result<BTreeSet<String>, PackError> {
        let mut contents = BTreeSet::new();
        self.order.send(Piece::Begin(form::PART_LEAVES.to_owned())).await;
        for near in near(places) {
            let mut text = Vec::new();
            for (_, body) in self.bodies(conn, &near).await? {
                contents.extend(content_of(&body).map(str::to_owned));
                text.extend_from_slice(&body);
                text.push(b'\n');
            }
            self.order.send(Piece::Bytes(text)).await;
        }
        Ok(contents)
    }

    /// Writes the proof of each leaf.
    async fn proofs(&self, conn: &mut Conn, places: &BTreeSet<u64>) -> Result<(), PackError> {
        self.order.send(Piece::Begin(form::PROOFS.to_owned())).await;
        let all: Vec<u64> = places.iter().copied().collect();
        for piece in all.chunks(AT_ONCE) {
            let piece = piece.iter().copied().collect();
            let tree = Tree::under(self.site, conn, self.signed.clone(), &piece).await?;
            for near in near(&piece) {
                let mut text = String::new();
                for (place, body) in self.bodies(conn, &near).await? {
                    let proof = tree.prove(place, &body);
                    let proof =
                        proof.ok_or_else(|| PackError::Unproven(format!("{} {place}", self.log())))?;
                    text.push_str(&proof.encode());
                }
                self.order.send(Piece::Bytes(text.into_bytes())).await;
            }
        }
        Ok(())
    }

    /// The bytes of the leaves at places that are near to each other.
    async fn bodies(&self, conn: &mut Conn, near: &BTreeSet<u64>) -> Result<Vec<(u64, Vec<u8>)>, PackError> {
        let place = |place: u64| i64::try_from(place).unwrap_or(i64::MAX);
        let (Some(first), Some(last)) = (near.first(), near.last()) else { return Ok(Vec::new()) };
        let read = store::leaves(conn, self.log(), place(*first), place(*last + 1)).await?;
        let bodies = read.into_iter().filter_map(|leaf| Some((u64::try_from(leaf.seq).ok()?, leaf.body)));
        let bodies: Vec<_> = bodies.filter(|(place, _)| near.contains(place)).collect();
        if bodies.len() == near.len() {
            Ok(bodies)
        } else {
            Err(PackError::Unproven(format!("{} {first}–{last}", self.log())))
        }
    }

    async fn tables(
        &self,
        conn: &mut Conn,
        whom: &Whom,
        records: &Records,
        counts: &mut Counts,
    ) -> Result<(), PackError> {
        let begun = store::begun(conn).await?;
        let span = Span::of(&begun, self.site.calendar()).into_iter().find(|span| span.log == self.log());
        let span = span.ok_or(PackError::NoSuchYear(self.epoch))?;
        // Contents and what was said of drafts are nobody's own.
        let theirs = Kept::ALL.into_iter().filter(|kept| !matches!(kept, Kept::Reviews | Kept::Contents));
        for kept in theirs {
            let rows = if matches!(whom, Whom::Person(_)) {
                let rows = records.rows.iter().filter(|(own, _)| *own == kept);
                let mut rows: Vec<&Row> = rows.map(|(_, row)| row).collect();
                rows.sort_by_key(|row| row.leaf);
                tables::few(kept, &rows, self.order).await
            } else {
                let belongs =
                    |leaf: i64| u64::try_from(leaf).is_ok_and(|place| records.places.contains(&place));
                tables::records(conn, kept, &span, belongs, self.order).await?
            };
            count(counts, kept, rows);
        }
        Ok(())
    }
}

/// The places in groups of those that are near to each other.
fn near(places: &BTreeSet<u64>) -> Vec<BTreeSet<u64>> {
    let mut groups: Vec<BTreeSet<u64>> = Vec::new();
    for place in places {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|first| place - first < NEAR) => {
                group.insert(*place);
            }
            _ => groups.push(BTreeSet::from([*place])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_are_near_to_each_other_are_read_at_once() {
        let places = BTreeSet::from([0, 3, 255, 256, 300, 9_000]);
        let groups: Vec<Vec<u64>> =
            near(&places).into_iter().map(|group| group.into_iter().collect()).collect();
        assert_eq!(groups, [vec![0, 3, 255], vec![256, 300], vec![9_000]]);
        assert!(near(&BTreeSet::new()).is_empty());
    }
}

//! `kokoroe verify`

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat};
use clap::Args;
use kokoroe_evidence::pack::{
    self, LONGEST_NOTE, Names, PartOf, PartSummary, Seen, Source, Stamped, Summary,
};
use kokoroe_evidence::{Checkpoint, Difference, VerifyingKey, Witness, certificate};

use super::checks::Checked;
use super::folder::Folder;
use super::openssl::{self, Signatures};
use super::{Failure, Outcome, binder, say};
use crate::audit::regrade::{Regraded, regrade};
use crate::audit::unpack::{Shared, Zipped};

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The evidence pack or the inspection binder: the zip, or the folder into which it was unpacked. Or the proof of a certificate
    pack: PathBuf,
    /// The verifier key that you trust, as it was printed at installation: name+id+key. A change of the key is followed by itself; where a key
    /// was lost, give the one that came after it as well. An inspection binder needs none
    #[arg(long, value_name = "KEY")]
    vkey: Vec<String>,
    /// Checkpoints that you kept, from mails and printed reports
    #[arg(long, value_name = "FILE", num_args = 1..)]
    checkpoint: Vec<PathBuf>,
    /// The certificates (PEM) that you trust to vouch for a time stamp authority. Their signatures are then checked too, by openssl
    #[arg(long, value_name = "FILE")]
    tsa_ca: Option<PathBuf>,
    /// The verifier key of a witness that you trust to have looked after the log; may be given several times
    #[arg(long, value_name = "KEY")]
    witness: Vec<String>,
    /// Judge every answer anew, from the content that was shown. Of a large pack this takes several times as long as the rest
    #[arg(long)]
    grades: bool,
}

/// A pack of a hospital group of forty thousand people for a year is far below this.
const LARGEST: u64 = 16 << 30;

impl Verify {
    pub(super) fn run(self) -> Outcome {
        let keys = self.vkey.iter().map(|key| VerifyingKey::parse(key)).collect::<Result<Vec<_>, _>>();
        let mut keys = keys.map_err(|error| Failure::new(format!("--vkey: {error}")))?;
        let witnesses = self.witness.iter().map(|key| Witness::parse(key)).collect::<Result<Vec<_>, _>>();
        let witnesses = witnesses.map_err(|error| Failure::new(format!("--witness: {error}")))?;
        if let Some(proof) = certificate_proof(&self.pack)? {
            return prove(&proof, keys);
        }
        let files: Box<dyn Source> =
            if self.pack.is_dir() { Box::new(unpacked(&self.pack)?) } else { Box::new(zipped(&self.pack)?) };
        let files = files.as_ref();
        if binder::is_binder(files) {
            return binder::check(&self.pack, files);
        }
        // The one with which the log began, wherever it stands among them.
        let named = pack::held(files, pack::KEY, LONGEST_NOTE).ok();
        let named = named.map(|text| String::from_utf8_lossy(&text).trim().to_owned());
        let first = keys.iter().position(|key| Some(key.to_string()) == named).unwrap_or(0);
        if keys.is_empty() {
            return Err(no_key());
        }
        let key = keys.remove(first);
        let mut brought = Vec::new();
        for path in &self.checkpoint {
            brought.push(fs::read(path).map_err(|error| at(path, &error))?);
        }
        let signatures = self.tsa_ca.as_deref().map(|ca| openssl::check(files, ca)).transpose()?;
        let (signatures, mut wrong) = match signatures {
            Some(Signatures::Bad(differences)) => (None, differences),
            other => (other, Vec::new()),
        };
        let seen = witnesses.iter().map(|witness| (witness, pack::witnessed(files, witness)));
        let (seen, unseen): (Vec<_>, Vec<_>) = seen.partition(|(_, seen)| seen.is_ok());
        wrong.extend(unseen.into_iter().filter_map(|(_, told)| told.err()).flatten());
        let regraded = match self.grades.then(|| regrade(files)).transpose() {
            Ok(regraded) => regraded,
            Err(differences) => {
                wrong.extend(differences);
                None
            }
        };
        let part = pack::is_part(files);
        let found = if part {
            pack::verify_part(files, &key, &keys, &brought).map(Found::Part)
        } else {
            pack::verify_with(files, &key, &keys, &brought).map(Found::Whole)
        };
        let checked = Checked {
            part,
            stamped: pack::stamps(&files.names()).next().is_some(),
            signatures: signatures.as_ref(),
            brought: !brought.is_empty(),
            apart: matches!(&found, Ok(Found::Part(summary)) if summary.brought.1 > 0),
            grades: self.grades,
            private: files.names().contains(pack::IDENTITIES),
        };
        match found {
            Ok(found) if wrong.is_empty() => {
                match &found {
                    Found::Whole(summary) => tell(summary, &key),
                    Found::Part(summary) => tell_part(summary),
                }
                tell_names(match &found {
                    Found::Whole(summary) => summary.names,
                    Found::Part(summary) => summary.names,
                });
                regraded.iter().for_each(tell_grades);
                if let Found::Whole(summary) = &found {
                    tell_stamps(summary, signatures.as_ref());
                }
                for (witness, seen) in seen {
                    tell_seen(witness, &seen.unwrap_or_default());
                }
                checked.lines(&[]).iter().for_each(|line| say::line(line));
                Ok(())
            }
            Ok(_) => Err(not_whole(wrong, &checked, &self.checkpoint)),
            Err(mut differences) => {
                differences.extend(wrong);
                Err(not_whole(differences, &checked, &self.checkpoint))
            }
        }
    }
}

/// What a pack turned out to be.
enum Found {
    Whole(Summary),
    Part(PartSummary),
}

fn no_key() -> Failure {
    Failure::new(
        "An evidence pack, and the proof of a certificate, are checked with the verifier key that you trust: --vkey KEY\n\
         証跡パックと修了証の証明の検証には、導入のときに受け取った検証鍵が要ります：--vkey 鍵",
    )
}

/// The text of a certificate's proof, if the file is one.
fn certificate_proof(path: &Path) -> Result<Option<String>, Failure> {
    /// A proof is a few thousand bytes.
    const LONGEST: u64 = 1 << 20;
    if !path.is_file() {
        return Ok(None);
    }
    let mut start = Vec::new();
    let file = File::open(path).map_err(|error| at(path, &error))?;
    file.take(LONGEST).read_to_end(&mut start).map_err(|error| at(path, &error))?;
    Ok(String::from_utf8(start).ok().filter(|text| certificate::is_one(text)))
}

fn prove(text: &str, keys: Vec<VerifyingKey>) -> Outcome {
    let mut told = Err(no_key());
    for key in keys {
        told = certificate::check(text, &key.into())
            .map_err(|error| Failure::new(format!("NOT PROVEN  確かめられません\n- {error}")));
        if told.is_ok() {
            break;
        }
    }
    let proven = told?;
    say::line(&format!("OK  {}  {}", proven.number, proven.name));
    say::line(&format!("    completion recorded at {}", proven.at));
    let Checkpoint { origin, size, .. } = &proven.signed;
    say::line(&format!("    leaf {} of {origin}, under a checkpoint of {size} leaves", proven.leaf));
    say::line(
        "この修了は、署名された証跡にあります。あとで取り消されていないかは、病院の照合ページで確かめてください。",
    );
    Ok(())
}

fn tell(summary: &Summary, key: &VerifyingKey) {
    let Summary { log, leaves, checkpoints, brought, contents, rows, signed_by, .. } = summary;
    let compared: u64 = rows.values().sum();
    say::line(&format!("OK  {log}"));
    say::line(&format!(
        "    leaves {leaves}, checkpoints {checkpoints}, rows of tables {compared}, contents {contents}"
    ));
    say::line(&format!("    root {}", summary.root.to_base64()));
    if let Some(last_at) = &summary.last_at {
        say::line(&format!("    last leaf at {last_at}"));
    }
    if *brought > 0 {
        say::line(&format!("    checkpoints that you brought: {brought}, all of them agree"));
    }
    if signed_by != key {
        say::line(&format!("    the key was changed; the pack is signed by {signed_by}"));
        say::line(&format!("    鍵は交換されています。この証跡パックに署名した鍵：{signed_by}"));
    }
    for leaf in &summary.stolen {
        say::line(&format!(
            "    leaf {leaf} says that somebody else may have had the key: what came before it is as good as the checkpoints that you bring from then"
        ));
        say::line(&format!(
            "    証跡番号{leaf}に、鍵がほかの人に渡ったおそれがあると記録されています。それより前は、当時のチェックポイントと照合できる範囲まで確かです"
        ));
    }
    for file in &summary.unproven_tables {
        say::line(&format!("    {file}: signed with the pack; it holds names, so no leaf repeats it"));
    }
    say::line(&format!(
        "一致しました。証跡{leaves}件、チェックポイント{checkpoints}件、表の{compared}行、教材と規程{contents}件を確かめました。"
    ));
    if *brought > 0 {
        say::line(&format!("手元のチェックポイント{brought}件とも一致します。"));
    }
}

fn tell_part(summary: &PartSummary) {
    let PartSummary { log, leaves, people, checkpoint, contents, rows, brought, signed_by, .. } = summary;
    let (compared, size): (u64, u64) = (rows.values().sum(), checkpoint.size);
    let (of, whose) = match summary.of {
        PartOf::Person => ("one person".to_owned(), "一人の職員".to_owned()),
        PartOf::Department => (format!("{people} people of a department"), format!("一つの部署の{people}人")),
    };
    say::line(&format!("OK, A PART  {log}: the records of {of}"));
    say::line(&format!(
        "    leaves {leaves}, each proved under the checkpoint of {size} leaves, rows of tables {compared}, contents {contents}"
    ));
    say::line(&format!("    root {}", checkpoint.root.to_base64()));
    say::line(&format!("    signed by {signed_by}"));
    if let Some((at, authority)) = &summary.stamped {
        let by = authority.as_deref().unwrap_or("an authority without a name");
        say::line(&format!("    these leaves were there at {at} by the clock of {by}"));
    }
    for file in &summary.unproven_tables {
        say::line(&format!("    {file}: signed with the pack; it holds names, so no leaf repeats it"));
    }
    say::line("    THAT NO RECORD IS LEFT OUT IS NOT SHOWN: it takes the whole pack of the same year");
    say::line(&format!(
        "この証跡パックは一部です（{whose}の記録）。入っている証跡{leaves}件、表の{compared}行、教材と規程{contents}件は、署名された証跡と一致しました。"
    ));
    say::line("ほかに記録がないことは、同じ年度の全体の証跡パックでなければわかりません。");
    if brought.0 > 0 {
        say::line(&format!(
            "    checkpoints that you brought: {}; the log that was signed goes on from each of them",
            brought.0
        ));
        say::line(&format!("手元のチェックポイント{}件とも一致します。", brought.0));
    }
    if brought.1 > 0 {
        say::line(&format!(
            "    checkpoints that you brought and that this part cannot be compared with: {}. It takes the whole pack",
            brought.1
        ));
        say::line(&format!(
            "この一部と比べられないチェックポイント{}件は、全体の証跡パックと照合します。",
            brought.1
        ));
    }
}

/// How it is with the names.
fn tell_names(names: Option<Names>) {
    let Some(Names { told, erased, otherwise }) = names else {
        say::line(
            "    no private part: whether names are those that the log was told was not checked\n\
             氏名が証跡に結び付けたとおりかは、確かめていません（この証跡パックには入っていません）。",
        );
        return;
    };
    say::line(&format!("    names that leaves bind: {told} are those that were bound, {erased} were erased"));
    say::line(&format!("氏名と職員番号{told}件は、証跡に結び付けたとおりです。消去済みは{erased}件です。"));
    if otherwise > 0 {
        say::line(&format!(
            "    tables/roster.csv: in {otherwise} rows the name and number are not those that were bound last, or no leaf of this log binds any. It has those of the day on which the pack was made"
        ));
        say::line(&format!(
            "名簿の{otherwise}行の氏名と職員番号は、最後に証跡に結び付けたものと違うか、この証跡に結び付けたものがありません。名簿の氏名は、証跡パックを作成した日のものです。"
        ));
    }
}

/// How it is with the time stamps. That their signatures were not checked is never left unsaid.
fn tell_stamps(summary: &Summary, signatures: Option<&Signatures>) {
    let Some(Stamped { number, size, at, authority, latest, .. }) = &summary.stamped else {
        say::line(
            "    no time stamps: the times of the leaves are the word of the server alone\n\
             タイムスタンプはありません。記録の日時は、病院のサーバーの時計によるものです。",
        );
        return;
    };
    let by = authority.as_deref().unwrap_or("an authority without a name");
    let seconds = latest.div_ceil(1000);
    say::line(&format!(
        "    time stamps {number}: the first {size} leaves were there at {at} by the clock of {by}\n    \
         no stamp came more than {seconds} seconds after the newest leaf that it covers"
    ));
    let japanese = format!(
        "チェックポイント{number}件にタイムスタンプがあります。先頭の{size}件の記録は、{at}にはありました。"
    );
    match signatures {
        Some(Signatures::Good) => {
            say::line("    the signatures of the time stamps lead to the certificates that you trust");
            say::line(&format!("{japanese}タイムスタンプの署名も確かめました。"));
        }
        Some(Signatures::NotChecked | Signatures::Bad(_)) => {
            say::line(
                "    THE SIGNATURES OF THE TIME STAMPS WERE NOT CHECKED: there is no openssl on this machine",
            );
            say::line(&format!(
                "{japanese}ただし、この端末にopensslがないため、タイムスタンプの署名は確かめていません。"
            ));
        }
        None => {
            say::line(
                "    THE SIGNATURES OF THE TIME STAMPS WERE NOT CHECKED: that takes the authority's certificates, --tsa-ca FILE",
            );
            say::line(&format!(
                "{japanese}ただし、タイムスタンプの署名は確かめていません。確かめるには --tsa-ca で時刻認証局の証明書を渡します。"
            ));
        }
    }
}

/// What a witness has seen of the log.
fn tell_seen(witness: &Witness, seen: &Seen) {
    let (name, Seen { number, size, at }) = (witness.name(), seen);
    if *number == 0 {
        say::line(&format!(
            "    NO CHECKPOINT HERE IS SIGNED BY THE WITNESS {name}: ask it for what it has seen, and bring that with --checkpoint\n\
             証人「{name}」の署名は、この証跡パックにはありません。証人が見たチェックポイントを受け取り、--checkpoint で渡してください。"
        ));
        return;
    }
    let at = i64::try_from(*at).ok().and_then(|at| DateTime::from_timestamp(at, 0)).unwrap_or_default();
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    say::line(&format!(
        "    the witness {name} signed {number} checkpoints: it saw the first {size} leaves at {at}, and nothing that contradicts them\n\
         証人「{name}」が、チェックポイント{number}件に署名しています。先頭の{size}件の記録を{at}に見届けています。"
    ));
}

fn tell_grades(told: &Regraded) {
    let Regraded { attempts, answers, words, elsewhere } = told;
    say::line(&format!(
        "    judged anew from the content: {answers} answers of {attempts} attempts; {words} of them in own words, whose judgement was taken as it stands"
    ));
    say::line(&format!(
        "    教材から判定しなおしました：受講{attempts}件の解答{answers}件（うち自分の言葉の{words}件は、記録された判定のまま）"
    ));
    if *elsewhere > 0 {
        say::line(&format!(
            "    {elsewhere} answers belong to attempts of another year: they are judged with that year's pack"
        ));
        say::line(&format!(
            "    別の年度に始まった受講の解答{elsewhere}件は、その年度の証跡パックで判定します"
        ));
    }
}

/// The differences in both languages. A checkpoint that the reader brought is named by its file.
fn not_whole(differences: Vec<Difference>, checked: &Checked<'_>, brought: &[PathBuf]) -> Failure {
    let mut words = String::from("NOT WHOLE  相違があります");
    for line in checked.lines(&differences) {
        words.push('\n');
        words.push_str(&line);
    }
    for mut difference in differences {
        let number = difference.file.strip_prefix("brought/").and_then(|number| number.parse::<usize>().ok());
        if let Some(path) = number.and_then(|number| brought.get(number.checked_sub(1)?)) {
            difference.file = path.display().to_string();
        }
        words.push_str(&format!("\n- {}\n  {}", difference.english(), difference.japanese()));
    }
    Failure::new(words)
}

/// The files of a zip.
fn zipped(path: &Path) -> Result<Zipped<Shared>, Failure> {
    let file = File::open(path).map_err(|error| at(path, &error))?;
    Zipped::open(Shared::from(file), LARGEST)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// The files of a folder.
fn unpacked(path: &Path) -> Result<Folder, Failure> {
    Folder::open(path).map_err(|error| at(path, &error))
}

fn at(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

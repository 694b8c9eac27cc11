//! What came of each check of an evidence pack, V0 to V10, one in a line.

use kokoroe_evidence::{Check, Difference, Fault};

use super::openssl::Signatures;

/// What was checked, and what there was to check.
pub(super) struct Checked<'a> {
    /// The pack is a part of a log.
    pub(super) part: bool,
    /// It has time stamps.
    pub(super) stamped: bool,
    /// What came of their signatures, if somebody asked.
    pub(super) signatures: Option<&'a Signatures>,
    /// Somebody brought checkpoints.
    pub(super) brought: bool,
    /// Some of them cannot be compared with a part.
    pub(super) apart: bool,
    /// The answers were judged anew.
    pub(super) grades: bool,
    /// It has a private part.
    pub(super) private: bool,
}

impl Checked<'_> {
    /// A line for each check; `differences` are what was found.
    pub(super) fn lines(&self, differences: &[Difference]) -> Vec<String> {
        let line = |check: &Check| {
            let (english, japanese) = self.state(*check, differences);
            format!(
                "    {:<4}{english}  {japanese}  ({}  {})",
                check.number(),
                check.english(),
                check.japanese()
            )
        };
        Check::ALL.iter().map(line).collect()
    }

    fn state(&self, check: Check, differences: &[Difference]) -> (&'static str, &'static str) {
        const PART: (&str, &str) = ("not checked: this pack is a part", "この証跡パックは一部です");
        const UNSIGNED: (&str, &str) =
            ("checked, but not the signatures of the authority", "時刻認証局の署名は確かめていません");
        if differences.iter().any(|difference| difference.check() == check) {
            return ("DIFFERS", "相違があります");
        }
        match check {
            Check::Roots | Check::Sequence if self.part => PART,
            Check::Brought if self.apart => PART,
            // Without the list of files nobody knows what there is to check.
            _ if differences.iter().any(|difference| difference.fault == Fault::ManifestForm) => {
                ("not checked", "確かめていません")
            }
            Check::Stamps if !self.stamped => {
                ("nothing to check: no time stamps", "タイムスタンプはありません")
            }
            Check::Stamps if !matches!(self.signatures, Some(Signatures::Good)) => UNSIGNED,
            Check::Brought if !self.brought => {
                ("not checked: no checkpoint was brought", "手元の控えが渡されていません")
            }
            Check::Grades if !self.grades => {
                ("not checked: it takes --grades", "--grades を付けると確かめます")
            }
            Check::Private if !self.private => {
                ("not checked: this pack has no private part", "この証跡パックには入っていません")
            }
            _ if !differences.is_empty() => ("no difference found", "相違は見つかりませんでした"),
            _ => ("OK", "一致"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Checked<'static> = Checked {
        part: false,
        stamped: false,
        signatures: None,
        brought: false,
        apart: false,
        grades: true,
        private: true,
    };

    fn line(checked: &Checked<'_>, differences: &[Difference], number: &str) -> String {
        let lines = checked.lines(differences);
        assert_eq!(lines.len(), 11);
        lines.into_iter().find(|line| line.contains(&format!("    {number} "))).expect("a line")
    }

    #[test]
    fn what_was_not_checked_is_never_called_right() {
        assert!(line(&WHOLE, &[], "V2").contains("OK  一致"));
        assert!(line(&WHOLE, &[], "V7").contains("not checked"));
        assert!(line(&Checked { grades: false, ..WHOLE }, &[], "V9").contains("--grades"));
        assert!(line(&WHOLE, &[], "V10").contains("OK  一致"));
        assert!(line(&Checked { private: false, ..WHOLE }, &[], "V10").contains("no private part"));
        let stamped = Checked { stamped: true, ..WHOLE };
        assert!(line(&stamped, &[], "V4").contains("not the signatures"));
        let good = Checked { signatures: Some(&Signatures::Good), ..stamped };
        assert!(line(&good, &[], "V4").contains("OK  一致"));
        let part = Checked { part: true, ..WHOLE };
        for number in ["V2", "V8"] {
            let line = line(&part, &[], number);
            assert!(
                line.contains("not checked: this pack is a part")
                    && line.contains("この証跡パックは一部です")
            );
        }
        assert!(line(&part, &[], "V6").contains("OK  一致"));
    }

    #[test]
    fn a_difference_is_told_at_its_check() {
        let difference = |fault, file: &str| Difference {
            fault,
            file: file.to_owned(),
            line: None,
            leaf: None,
            expected: String::new(),
            found: String::new(),
            count: 1,
        };
        let found = [difference(Fault::RowContent, "tables/answers.csv")];
        assert!(line(&WHOLE, &found, "V6").contains("DIFFERS"));
        assert!(line(&WHOLE, &found, "V1").contains("no difference found"));
        let found = [difference(Fault::CheckpointRoot, "brought/1")];
        assert!(line(&WHOLE, &found, "V7").contains("DIFFERS"));
        let found = [difference(Fault::Beginnings, "beginnings.txt")];
        assert!(line(&WHOLE, &found, "V7").contains("DIFFERS"));
        let found = [difference(Fault::PrivateMissing, "leaves.ndjson")];
        assert!(line(&WHOLE, &found, "V10").contains("DIFFERS"));
        let found = [difference(Fault::ManifestForm, "manifest.json")];
        assert!(line(&WHOLE, &found, "V6").contains("not checked"));
    }
}

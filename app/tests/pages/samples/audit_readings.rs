//! Who opened records.

use super::audit::at;
use super::pick;
use kokoroe_app::Lang;
use kokoroe_app::audit::{AuditReadings, Opened, ReadingLine, ReadingOf};
use kokoroe_app::people::Listed;

pub(super) fn readings(lang: Lang, nothing: bool) -> AuditReadings {
    let line = |opened: Opened, bound: Option<u64>| ReadingLine {
        at: at(12),
        by: pick(lang, "渡邊 学", "Watanabe Manabu").into(),
        by_href: "/audit/readings?by=2".into(),
        of: "髙﨑 𠮷郎".into(),
        of_href: "/audit/readings?of=1".into(),
        opened,
        bound,
    };
    let lines = vec![
        line(Opened::Team, None),
        line(Opened::Office, Some(1_204)),
        line(Opened::Record, Some(1_204)),
        line(Opened::Audit, Some(12)),
    ];
    let of = ReadingOf { name: "髙﨑 𠮷郎".into(), href: "/audit/people/1".into() };
    AuditReadings {
        of: nothing.then(|| of.clone()),
        by: nothing.then_some(of),
        lines: if nothing { Vec::new() } else { lines },
        listed: if nothing {
            Listed::default()
        } else {
            Listed { first: 1, last: 4, of: 4, before: None, after: None }
        },
    }
}

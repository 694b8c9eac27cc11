//! 目次: what is in the binder, of whom, as of when, what its words mean, and how to check that it is whole.

use kokoroe_app::reports::export::{Label, definitions};
use kokoroe_app::{Lang, say};
use kokoroe_papers::{Align, Block, Cell, Column, Table};

use super::archive::{Archive, SUMS};
use super::frame::Frame;
use super::people::Counted;
use super::{BinderError, material};
use crate::reports::file::notes;
use crate::reports::tally::rate_view;

/// Writes it.
pub(super) async fn write(
    frame: &Frame,
    archive: Archive,
    counted: &Counted,
) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let mut facts = vec![(Label::Hospital.words(lang), frame.hospital.clone())];
    facts.extend(frame.conditions());
    facts.push((Label::Rate.words(lang), rate_view(counted.all.rate()).words(lang)));
    facts.extend(frame.origin().into_iter().take(2));
    let column = |title| Column { title, align: Align::Start };
    let table = Table {
        summary: say!(lang, "目次", "Contents"),
        columns: vec![
            column(say!(lang, "内容", "Part")),
            column(say!(lang, "ファイル", "Files")),
            column(say!(lang, "書いてあること", "What it says")),
        ],
        rows: parts(frame, &archive)
            .into_iter()
            .map(|[part, files, about]| vec![Cell::text(part), Cell::text(files), Cell::text(about)])
            .collect(),
        names: Some(0),
    };
    let mut blocks = vec![
        Block::Facts(facts),
        Block::Heading(1, say!(lang, "目次", "Contents")),
        Block::Table(table),
        Block::Heading(1, say!(lang, "改変がないことの確かめ方", "How to check that nothing was altered")),
    ];
    blocks.extend(checks(lang));
    let mut before = String::new();
    // The last of them is about reports that have no answers; part 7 has some.
    let without = definitions(lang).pop();
    for (label, line) in notes(lang).into_iter().filter(|(_, line)| Some(line) != without.as_ref()) {
        if label != before {
            blocks.push(Block::Heading(1, label.clone()));
            before = label;
        }
        blocks.push(Block::Note(line));
    }
    let file = if lang == Lang::Ja { "00_目次" } else { "00_contents" };
    let title = say!(lang, "監査用ファイル", "Inspection binder");
    let report = say!(lang, "目次", "Contents");
    Ok(frame.paper(archive, (file, &report, &title), frame.above(), blocks).await?.0)
}

/// The files whose names begin so.
fn files(archive: &Archive, beginning: &str) -> String {
    let mut names: Vec<&str> = archive
        .entries
        .iter()
        .map(|entry| entry.name.as_str())
        .filter(|name| name.starts_with(beginning) && !name.contains('/'))
        .collect();
    names.sort_unstable();
    names.join("\n")
}

fn parts(frame: &Frame, archive: &Archive) -> Vec<[String; 3]> {
    let lang = frame.lang;
    let folder = material::folder(lang);
    let editions = archive.entries.iter().filter(|entry| entry.name.ends_with(".json")).count();
    vec![
        [
            say!(lang, "① 研修計画", "1 Plan"),
            files(archive, "01_"),
            say!(
                lang,
                "研修名、目的、根拠、対象、期間、期限の決まり、担当、研修項目",
                "Title, purpose, basis, for whom, period, due dates, responsible, what is taught"
            ),
        ],
        [
            say!(lang, "② 資料", "2 Materials"),
            say!(lang, "{folder} フォルダー（{editions}点）", "folder {folder} ({editions} editions)"),
            say!(
                lang,
                "受講者に示した教材と規程を、版ごとに。正解と説明を含む",
                "Modules and policies as they were shown, edition by edition, with right answers and reasons"
            ),
        ],
        [
            say!(lang, "③ 受講者名簿", "3 Roster"),
            files(archive, "03_"),
            say!(
                lang,
                "一人ずつの割当日、開始、受講日時、所要時間、結果、署名",
                "Of each person: assigned, started, completed, minutes, result, signature"
            ),
        ],
        [
            say!(lang, "④ 受講率", "4 Rates"),
            files(archive, "04_"),
            say!(lang, "部署別と職種別", "By department and by profession"),
        ],
        [
            say!(lang, "⑤ 未受講者フォロー記録", "5 Follow-up"),
            files(archive, "05_"),
            say!(lang, "未修了者の一覧と、声かけの記録", "Who has not finished, and notes on talks"),
        ],
        [
            say!(lang, "⑥ 免除・対象外", "6 Exemptions"),
            files(archive, "06_"),
            say!(
                lang,
                "免除と対象外の人、申請と決定、承認した人",
                "Who is exempt or not in scope, what was decided and by whom"
            ),
        ],
        [
            say!(lang, "⑦ テスト", "7 Test"),
            files(archive, "07_"),
            say!(
                lang,
                "問い、解答の分布、合格の条件。人数の少ない問いは数を出さない",
                "Questions, answers, what passes. Small groups are not told"
            ),
        ],
        [
            say!(lang, "⑧ 評価と改善", "8 Evaluation"),
            files(archive, "08_"),
            say!(lang, "受講者の声、来年度に向けた改善", "Objections, and what is to be done better"),
        ],
        [
            say!(lang, "⑨ 定義と作成記録", "9 Origin"),
            format!("{}\n{SUMS}", super::origin::file(lang)),
            say!(
                lang,
                "作成した人と日時、条件、すべてのファイルのSHA-256",
                "Who, when, conditions, the SHA-256 of every file"
            ),
        ],
    ]
}

fn checks(lang: Lang) -> Vec<Block> {
    vec![
        Block::Paragraph(say!(
            lang,
            "1. ファイルを一つのフォルダーに展開し、そのフォルダーで sha256sum -c {SUMS} を実行します。すべて OK と出れば、どのファイルも作成したときのままです。",
            "1. Unpack everything into one folder and run sha256sum -c {SUMS} there. If every line says OK, no file was altered."
        )),
        Block::Paragraph(say!(
            lang,
            "2. zip全体のSHA-256（kokoroe verify でも表示します）を、病院の「監査用ファイル」の画面で確かめます。作成したことと、その値は、改変を見つけられる証跡に残っています。",
            "2. Look up the SHA-256 of the whole zip (kokoroe verify prints it) on the hospital's page of inspection binders. That the binder was made, with this value, stands in the evidence log, where alterations are found."
        )),
        Block::Paragraph(say!(
            lang,
            "3. 受講や署名の一件ずつは、証跡パックで検証できます。「⑨ 定義と作成記録」のチェックポイントは、この監査用ファイルを依頼したときの証跡の全体を指します。",
            "3. Every single record can be verified with an evidence pack. The checkpoint in part 9 stands for the whole evidence log when this binder was asked for."
        )),
    ]
}

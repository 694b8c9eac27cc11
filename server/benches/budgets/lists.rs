//! A list of everybody from the staff office: the first one into an empty hospital, and that of an ordinary night.

use std::path::Path;

use kokoroe_server::db;
use kokoroe_server::on;
use rust_xlsxwriter::Workbook;

use crate::figures::Figures;
use crate::group::{Group, fresh_postgres};
use crate::process::{command, run};
use crate::support::fresh_folder;

const HEADINGS: [&str; 9] =
    ["職員番号", "氏", "名", "氏カナ", "名カナ", "部署コード", "部署名", "職種", "入職日"];

/// Everybody in post, as the staff office would list them.
async fn everybody(group: &Group) -> Vec<Vec<String>> {
    let db = db::connect(&group.location()).await.expect("the records");
    let mut conn = db.read().await.expect("a connection");
    let text = "SELECT s.staff_no, s.family, s.given, s.family_kana, s.given_kana, d.code, d.name, s.profession, s.joined_on
                  FROM staff s JOIN posting p ON p.staff_id = s.id AND p.main = TRUE AND p.to_on IS NULL JOIN department d ON d.id = p.department_id
                 WHERE s.left_on IS NULL ORDER BY s.staff_no";
    type Row = (String, String, String, String, String, String, String, String, chrono::NaiveDate);
    let rows: Vec<Row> = on!(&mut conn, |c| sqlx::query_as(text).fetch_all(c).await).expect("rows");
    drop(conn);
    db.close().await;
    rows.into_iter()
        .map(|(number, family, given, family_kana, given_kana, code, department, profession, joined)| {
            vec![
                number,
                family,
                given,
                family_kana,
                given_kana,
                code,
                department,
                profession,
                joined.to_string(),
            ]
        })
        .collect()
}

fn csv(path: &Path, rows: &[Vec<String>]) {
    let mut text = HEADINGS.join(",");
    for row in rows {
        text.push('\n');
        text.push_str(&row.join(","));
    }
    std::fs::write(path, text).expect("a file");
}

fn xlsx(path: &Path, rows: &[Vec<String>]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, words) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, words).expect("a cell");
    }
    for (line, row) in (1..).zip(rows) {
        for (column, words) in (0..).zip(row) {
            sheet.write_string(line, column, words).expect("a cell");
        }
    }
    workbook.save(path).expect("a file");
}

pub(crate) async fn measure(figures: &mut Figures, group: &Group) {
    let mut rows = everybody(group).await;
    let folder = fresh_folder();
    std::fs::create_dir_all(&folder).expect("a folder");
    let (first, same) = (folder.join("first.csv"), folder.join("first.xlsx"));
    csv(&first, &rows);
    xlsx(&same, &rows);
    // An ordinary night: of a hundred one moves, one of two hundred comes.
    let last = rows.len() - 1;
    let elsewhere = (rows[last][5].clone(), rows[last][6].clone());
    for row in rows.iter_mut().step_by(100) {
        (row[5], row[6]) = elsewhere.clone();
    }
    for number in 0..rows.len() / 200 {
        let mut row = rows[number * 3 + 1].clone();
        row[0] = format!("9{number:06}");
        row[8] = chrono::NaiveDate::to_string(&rows[0][8].parse().expect("a day"));
        rows.push(row);
    }
    let night = folder.join("night.csv");
    csv(&night, &rows);
    let text = |path: &Path| path.to_string_lossy().into_owned();

    let empty = folder.join("empty");
    let postgres = match &group.postgres {
        Some(_) => fresh_postgres(&format!("list_{}", group.people)).await,
        None => None,
    };
    let records = (empty.as_path(), postgres.as_deref());
    let own = (group.folder.as_path(), group.postgres.as_deref());
    for (what, file, confirm, (data, address)) in [
        ("import of everybody, CSV, looked at", &first, false, records),
        ("import of everybody, XLSX, looked at", &same, false, records),
        ("import of everybody into an empty hospital, written", &first, true, records),
        ("import of everybody again, XLSX, nothing to do", &same, true, records),
        ("import of an ordinary night, looked at", &night, false, own),
        ("import of an ordinary night, written", &night, true, own),
    ] {
        let file = text(file);
        let mut words = vec!["import-staff", &*file];
        words.extend(confirm.then_some("--confirm"));
        let (_, took) = run(command(&words, data, address));
        figures.at_most(&group.figure(what), took.as_secs_f64(), "s", 60.0);
    }
    drop(std::fs::remove_dir_all(folder));
}

//! The pages of a manager and of the training office over 50,000 people × 10 yearly cycles.

use std::time::{Duration, Instant};

use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::on;

use crate::figures::{Figures, percentile};
use crate::support::TestSite;

/// What is inserted at a stroke, as no hospital would: 50,000 people in 500 departments below the hospital, ten years of periods, nine in
/// ten of them completed. The rows are like those that the program writes; the log is left out, because reports do not read it.
const FILL: &[&str] = &[
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 499)
     INSERT INTO department (id, code, name, name_en, parent_id, path, position)
     SELECT printf('01b00000-0000-7000-8000-%012d', i), printf('Z%03d', i), printf('%d病棟', i), printf('Ward %d', i), top.id,
            top.path || printf('01b00000-0000-7000-8000-%012d/', i), i
       FROM n, department top WHERE top.parent_id IS NULL",
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49999)
     INSERT INTO staff (id, staff_no, family, given, family_kana, given_kana, roman, kana_key, search, profession, employment, joined_on)
     SELECT printf('01c00000-0000-7000-8000-%012d', i), printf('9%06d', i), '鈴木', '一郎', 'スズキ', 'イチロウ', '',
            CAST(printf('%06d', (i * 7919) % 50000) AS BLOB), printf('9%06d', i), CASE i % 3 WHEN 0 THEN '医師' ELSE '看護師' END, '常勤',
            '2015-04-01'
       FROM n",
    "INSERT INTO posting (id, staff_id, department_id, from_on, main)
     SELECT replace(id, '01c', '01d'), id, printf('01b00000-0000-7000-8000-%012d', CAST(substr(id, -12) AS INTEGER) % 500), '2015-04-01', 1
       FROM staff WHERE staff_no LIKE '9______'",
    "WITH RECURSIVE n (i) AS (SELECT 2017 UNION ALL SELECT i + 1 FROM n WHERE i < 2025)
     INSERT INTO requirement (id, code, title, title_en, basis, basis_en, course, fiscal_year, opens_at, due_at)
     SELECT printf('01e00000-0000-7000-8000-%012d', i), printf('sns-%d', i), printf('SNSの約束 %d年度', i), printf('FY%d', i), '', '', 'sns', i,
            printf('%d-08-31T15:00:00+00:00', i), printf('%d-10-31T15:00:00+00:00', i)
       FROM n",
    "INSERT INTO requirement_module (requirement_id, module_id, position)
     SELECT r.id, m.module_id, m.position FROM requirement r, requirement_module m, requirement old
      WHERE old.code = 'sns-2026' AND m.requirement_id = old.id AND r.code <> 'sns-2026'",
    "INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, leaf)
     SELECT printf('01f%05d-0000-7000-8000-%s', r.fiscal_year, substr(s.id, -12)), s.id, r.id, r.fiscal_year, r.opens_at, r.due_at,
            '{\"rule\":\"every_year\"}', 0
       FROM staff s, requirement r WHERE s.staff_no LIKE '9______'",
    "INSERT INTO progress (period_id, started_at, done_at)
     SELECT id, printf('%d-09-10T00:00:00+00:00', cycle),
            CASE WHEN CAST(substr(id, -12) AS INTEGER) % 10 < 9 THEN printf('%d-09-20T00:00:00+00:00', cycle) END
       FROM period WHERE id LIKE '01f%' AND CAST(substr(id, -12) AS INTEGER) % 20 < 19",
    "INSERT INTO completion (period_id, number, code, completed_at, name, policy_version, leaf)
     SELECT g.period_id, g.period_id, '2222-2222-2222', replace(g.done_at, '-20T', '-21T'), '鈴木 一郎', 4, 0
       FROM progress g WHERE g.done_at IS NOT NULL AND g.period_id LIKE '01f%'",
    "INSERT INTO attempt (id, period_id, module_id, revision, seed, turn, started_at, finished_at, leaf)
     SELECT replace(g.period_id, '01f', '02' || m.position), g.period_id, m.module_id, c.hash, 0, 9, g.started_at, g.done_at, 0
       FROM progress g
       JOIN period p ON p.id = g.period_id
       JOIN requirement_module m ON m.requirement_id = p.requirement_id
       JOIN content_revision c ON c.content_id = m.module_id
      WHERE p.id LIKE '01f%' AND p.cycle >= 2025",
    "ANALYZE",
];

pub(crate) async fn measure(figures: &mut Figures) {
    let test = TestSite::on(Engine::Sqlite).await;
    test.ward().await;
    let filled: Result<(), DbError> = test
        .site
        .db
        .write(|tx| {
            Box::pin(async move {
                for statement in FILL {
                    on!(tx, |c| sqlx::query(*statement).execute(c).await.map(drop))?;
                }
                Ok(())
            })
        })
        .await;
    filled.expect("50,000 people");
    let department = "01b00000-0000-7000-8000-000000000123";
    let past = "at=2025-09-15";
    let mut office = test.signed_in("100020").await;
    for (name, path, budget) in [
        ("department report, now", format!("/office/departments/{department}"), 50.0),
        ("department report, as of a past date", format!("/office/departments/{department}?{past}"), 500.0),
        ("whole hospital by department, now", "/office".to_owned(), 50.0),
        ("whole hospital by department, as of a past date", format!("/office?{past}"), 500.0),
        ("departments × modules, now", "/office/report".to_owned(), 50.0),
        ("departments × modules, as of a past date", format!("/office/report?{past}"), 500.0),
    ] {
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..12 {
            let began = Instant::now();
            let answer = office.get(&path).await;
            times.push(began.elapsed());
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        }
        figures.at_most(
            &format!("{name}, 50,000 people × 10 cycles, p95"),
            percentile(&mut times[2..], 95),
            "ms",
            budget,
        );
    }
}

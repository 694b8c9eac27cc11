//! The two ways through the tables: from some departments outwards, and along the periods of everybody.

/// The posting `$o` holds on the day.
macro_rules! holds {
    ($o:literal) => {
        concat!($o, ".from_on <= $3 AND (", $o, ".to_on IS NULL OR ", $o, ".to_on > $3)")
    };
}

/// The periods of everybody whose main posting of the day lies below. A person with two main postings has the later one.
macro_rules! in_main_posting {
    () => {
        concat!(
            "FROM below b
            CROSS JOIN posting o
            CROSS JOIN period p
             LEFT JOIN progress g ON g.period_id = p.id
             LEFT JOIN completion c ON c.period_id = p.id
            WHERE o.department_id = b.id AND o.main = TRUE AND ",
            holds!("o"),
            "
              AND p.requirement_id = $1 AND p.staff_id = o.staff_id AND p.assigned_at <= $2
              AND ",
            stands!("p"),
            " AND ",
            tells!(some),
            "
              AND NOT EXISTS (SELECT 1
                                FROM posting q
                               WHERE q.staff_id = o.staff_id AND q.main = TRUE AND ",
            holds!("q"),
            "
                                 AND (q.from_on > o.from_on OR (q.from_on = o.from_on AND q.id > o.id)))"
        )
    };
}

/// The department of the main posting of the day of `$of`'s person; the same choice as above.
macro_rules! main_department {
    ($of:literal) => {
        concat!(
            "(SELECT q.department_id
                FROM posting q
               WHERE q.staff_id = ",
            $of,
            ".staff_id AND q.main = TRUE AND ",
            holds!("q"),
            "
               ORDER BY q.from_on DESC, q.id DESC
               LIMIT 1)"
        )
    };
}

/// Every period of the requirement, wherever its person works. `in_department` brings the main posting `q` of the day along, the same choice as
/// above: joined, because looking up fifty thousand postings one by one took PostgreSQL a third of the whole count.
macro_rules! everywhere {
    () => {
        everywhere!(joined "")
    };
    (in_department) => {
        everywhere!(joined concat!(
            "
          LEFT JOIN posting q
            ON q.staff_id = p.staff_id AND q.main = TRUE AND ",
            holds!("q"),
            "
           AND NOT EXISTS (SELECT 1
                             FROM posting r
                            WHERE r.staff_id = q.staff_id AND r.main = TRUE AND ",
            holds!("r"),
            "
                              AND (r.from_on > q.from_on OR (r.from_on = q.from_on AND r.id > q.id)))"
        ))
    };
    (joined $department:expr) => {
        concat!(
            "FROM period p
          LEFT JOIN progress g ON g.period_id = p.id
          LEFT JOIN completion c ON c.period_id = p.id",
            $department,
            "
         WHERE p.requirement_id = $1 AND p.assigned_at <= $2 AND ",
            stands!("p"),
            " AND ",
            tells!(everybody)
        )
    };
}

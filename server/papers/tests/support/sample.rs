//! The papers that the tests read and the example writes.

use kokoroe_papers::{
    Align, Block, Cell, Certificate, Column, Head, Lang, Moment, Paper, Picture, Seal, Shade, Side, Table,
};

pub(crate) const MADE: Moment =
    Moment { year: 2026, month: 10, day: 1, hour: 17, minute: 5, second: 9, offset: 540 };

fn head() -> Head {
    Head {
        hospital: "医療法人 心得会 みなと総合病院".into(),
        report: "受講状況".into(),
        conditions: "SNSの約束 2026年度 ／ すべての部署 ／ すべての職種".into(),
        as_of: "2026年10月1日 17時05分 時点".into(),
        by: "出力者：鈴木 一郎　2026年10月1日 17時05分".into(),
    }
}

pub(crate) fn roster(people: usize) -> Paper {
    let titles = [
        "No.",
        "部署コード",
        "部署名",
        "職種",
        "職員番号",
        "氏名",
        "フリガナ",
        "状態",
        "修了日",
        "期限",
        "備考",
    ];
    let names = ["髙橋 﨑子", "𠮷田 恵", "渡邉 太郎", "佐藤 マリア・フェルナンダ・デ・ソウザ"];
    let cells = |number: usize| {
        let name = names.get(number % names.len()).copied().unwrap_or_default();
        let remark = if number % 7 == 3 {
            "休職（2026年4月1日から2026年9月30日まで）。復職から30日の猶予があります、「期限の延長」を承認しました。"
        } else {
            ""
        };
        [
            &(number + 1).to_string(),
            "A-0102",
            "看護部 東5階病棟",
            "看護師",
            &format!("00{:05}", number * 37 % 99991),
            name,
            "タカハシ サキコ",
            "期限後修了",
            "2026/10/01",
            "2026/09/30",
            remark,
        ]
        .into_iter()
        .map(Cell::text)
        .collect()
    };
    let columns = titles.iter().enumerate().map(|(index, title)| Column {
        title: (*title).into(),
        align: if index == 0 { Align::End } else { Align::Start },
    });
    Paper {
        lang: Lang::Ja,
        side: Side::Landscape,
        title: "受講状況 SNSの約束 2026年度".into(),
        head: head(),
        made: MADE,
        blocks: vec![
            Block::Facts(vec![
                ("受講率".into(), "97.6%（205 / 210人）".into()),
                (
                    "数え方".into(),
                    "受講率 = (修了 + 期限後修了) ÷ (対象者 − 免除 − 対象外)。免除と対象外の人は、分母に入れず別に数えます。".into(),
                ),
            ]),
            Block::Heading(1, "名簿".into()),
            Block::Table(Table {
                summary: "受講者の名簿".into(),
                columns: columns.collect(),
                rows: (0..people).map(cells).collect(),
                names: Some(5),
            }),
            Block::Note("免除・対象外には理由と承認者があります。".into()),
        ],
    }
}

pub(crate) fn heat(modules: u16) -> Paper {
    let mut columns = vec![
        Column { title: "部署".into(), align: Align::Start },
        Column { title: "対象".into(), align: Align::End },
    ];
    columns.extend(
        (1..=modules).map(|module| Column {
            title: format!("第{module}章 写真と背景の写り込み"),
            align: Align::Middle,
        }),
    );
    columns.push(Column { title: "受講率".into(), align: Align::End });
    let rows = (0..30_u16).map(|row| {
        let mut cells = vec![
            Cell::text(format!("{}看護部 東{row}階病棟", if row % 5 == 0 { "" } else { "　" })),
            Cell::text("24"),
        ];
        cells.extend((0..modules).map(|module| {
            let missing = (row * 97 + module * 131) % 1001;
            Cell {
                text: format!("{}.{}%", (1000 - missing) / 10, (1000 - missing) % 10),
                shade: Some(Shade::Missing(missing)),
            }
        }));
        cells.push(Cell { text: "97.6%".into(), shade: Some(Shade::Bar(976)) });
        cells
    });
    Paper {
        title: "部署ごとの受講状況".into(),
        blocks: vec![Block::Table(Table {
            summary: "部署と章の表".into(),
            columns,
            rows: rows.collect(),
            names: Some(0),
        })],
        ..roster(0)
    }
}

pub(crate) fn text() -> Paper {
    let long = "患者さんの写真を投稿してはいけません。顔が写っていなくても、背景の掲示物や名札、窓の外の景色から、だれなのか、どこなのかが分かることがあります。「限定公開だから」と考えても、画面は写され、ほかの人の手に渡ります。\
                消したつもりの投稿も、キャッシュやスクリーンショットとして残ります。";
    let mut blocks = Vec::new();
    for section in 1..=6 {
        blocks.push(Block::Heading(1, format!("第{section}章 写真と背景の写り込み")));
        for part in 1..=2 {
            blocks.push(Block::Heading(2, format!("{section}.{part} 投稿の前に")));
            blocks.extend((0..3).map(|_| Block::Paragraph(long.into())));
        }
    }
    blocks.push(Block::Paragraph("外字\u{e000}と絵文字🎉は収められません。".into()));
    Paper { side: Side::Portrait, title: "研修計画".into(), blocks, ..roster(0) }
}

pub(crate) fn english() -> Paper {
    let words = "Photographs of patients are never posted. Even without a face, a notice on the wall, a name tag or the view from \
                 the window can tell who somebody is and where they are.";
    let blocks = vec![
        Block::Heading(1, "Before you post".into()),
        Block::Paragraph(words.into()),
        Block::Facts(vec![("Completion rate".into(), "97.6% (205 / 210 people)".into())]),
    ];
    Paper { lang: Lang::En, side: Side::Portrait, title: "Training plan".into(), blocks, ..roster(0) }
}

pub(crate) fn certificate(seal: Option<Picture>) -> Certificate {
    Certificate {
        lang: Lang::Ja,
        title: "修了証".into(),
        number: "第 2026-SNS-000123 号".into(),
        name: "𠮷田 﨑子 殿".into(),
        statement: "あなたは、本院が定めるソーシャルメディアの研修をすべて受け、「職員のソーシャルメディア利用規程」に署名しました。よって、ここに修了したことを証します。".into(),
        facts: [
            ("研修", "SNSの約束"),
            ("年度", "2026年度"),
            ("規程の版", "職員のソーシャルメディア利用規程 第3.1版"),
            ("修了日", "令和8年10月1日"),
            ("有効期限", "令和9年9月30日"),
        ]
        .map(|(label, value)| (label.into(), value.into()))
        .into(),
        date: "令和8年10月1日".into(),
        issuer: vec!["医療法人 心得会 みなと総合病院".into(), "院長 山田 太郎".into()],
        seal: seal.map_or_else(
            || Seal::Words("電子発行のため押印を省略しています".into()),
            |picture| Seal::Picture(picture, "みなと総合病院の印".into()),
        ),
        check: "https://kokoroe.example.jp/certificates/check?number=2026-SNS-000123&code=7K3M-9QXZ-2HTD".into(),
        check_title: "確認のページのQRコード".into(),
        check_words: vec![
            "この修了証が有効かどうかは、次のページで確かめられます。".into(),
            "https://kokoroe.example.jp/check".into(),
            "番号：2026-SNS-000123　確認コード：7K3M-9QXZ-2HTD".into(),
        ],
        proof: None,
        made: MADE,
    }
}

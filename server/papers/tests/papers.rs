//! What another program reads out of the papers: the words, the fonts, the structure. The reader is Poppler (`poppler-utils`), because a
//! text that only our own writer can find would prove nothing.

#![expect(clippy::expect_used, clippy::panic, reason = "a reader that cannot be asked is a failed test")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use kokoroe_papers::{Block, Pdf, Picture, certificate, paper};

#[path = "support/sample.rs"]
mod sample;

/// What a program of Poppler says of a file that it is given on its input.
fn ask(program: &str, arguments: &[&str], pdf: &Pdf) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}. apt-get install poppler-utils"));
    let mut input = child.stdin.take().expect("an input");
    let bytes = pdf.bytes.clone();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("an answer");
    writer.join().expect("a writer").expect("a reader that reads to the end");
    // Poppler 22 takes `/Suspects false`, which the standard asks for, for a slip.
    let complaints = String::from_utf8_lossy(&output.stderr)
        .replace("Syntax Error: Suspects object is wrong type (boolean)", "");
    assert!(output.status.success() && complaints.trim().is_empty(), "{program}: {complaints}");
    // The structure is told with the strings as they stand in the file, which are not UTF-8.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn text(pdf: &Pdf) -> String {
    ask("pdftotext", &["-layout", "-", "-"], pdf)
}

fn close(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_words_of_a_roster_can_be_read_out_again_with_every_letter_of_a_name() {
    let roster = paper(&sample::roster(90)).expect("a paper");
    let text = text(&roster);
    for words in ["髙橋 﨑子", "𠮷田 恵", "渡邉 太郎", "97.6%（205 / 210人）", "A-0102", "÷"]
    {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert!(roster.replaced.is_empty());
}

#[test]
fn every_page_says_what_it_is_and_its_number_and_repeats_the_header_row() {
    let roster = paper(&sample::roster(90)).expect("a paper");
    assert!(roster.pages > 2, "{}", roster.pages);
    let text = text(&roster);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert_eq!(pages.len(), roster.pages);
    for (index, page) in pages.iter().enumerate() {
        let number = format!("{} / {} 頁", index + 1, roster.pages);
        let all = [
            "みなと総合病院",
            "受講状況",
            "すべての部署",
            "2026年10月1日 17時05分 時点",
            "出力者：鈴木 一郎",
            &number,
        ];
        for words in all {
            // How wide a gap must be to count as a space is the reader's guess.
            let (page, words) = (close(page), close(words));
            assert!(page.contains(&words), "page {}: {words}\n{page}", index + 1);
        }
    }
    let heads = text.matches("職員番号").count();
    assert!(heads >= roster.pages, "{heads} header rows on {} pages", roster.pages);
    for number in 1..=90 {
        assert!(text.lines().any(|line| line.trim_start().starts_with(&number.to_string())), "row {number}");
    }
}

#[test]
fn fonts_are_inside_and_hold_only_what_is_used() {
    let roster = paper(&sample::roster(90)).expect("a paper");
    let fonts = ask("pdffonts", &["-"], &roster);
    let lines: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(lines.len() >= 2, "{fonts}");
    for line in &lines {
        // name, type (two words), encoding, emb, sub, uni
        let words: Vec<&str> = line.split_whitespace().collect();
        assert!(words.windows(3).any(|three| three == ["yes", "yes", "yes"]), "{line}");
        assert_eq!(line.find('+'), Some(6), "a subset carries a mark: {line}");
    }
    assert!(lines.iter().any(|line| line.contains("BIZUDPGothic-Regular")), "{fonts}");
    assert!(lines.iter().any(|line| line.contains("KokoroeRareKanji")), "{fonts}");
    assert!(roster.bytes.len() < 400_000, "{} bytes", roster.bytes.len());
}

#[test]
fn a_reader_is_told_title_language_headings_and_tables() {
    let roster = paper(&sample::roster(9)).expect("a paper");
    let info = ask("pdfinfo", &["-"], &roster);
    assert!(info.contains("受講状況 SNSの約束 2026年度"), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(String::from_utf8_lossy(&roster.bytes).contains("/Lang(ja)"));
    let tree = ask("pdfinfo", &["-struct", "-"], &roster);
    for part in ["H1", "H2", "Table", "THead", "TR", "TH", "TD", "L (", "LBody"] {
        assert!(tree.contains(part), "{part} is missing in\n{tree}");
    }
    let rows = tree.lines().filter(|line| line.trim_start().starts_with("TR")).count();
    assert_eq!(rows, 10, "the header and nine people");
    let metadata = ask("pdfinfo", &["-meta", "-"], &roster);
    assert!(metadata.contains("pdfuaid:part") && metadata.contains("pdfaid:conformance"), "{metadata}");
}

#[test]
fn what_cannot_be_set_is_marked_and_listed_on_the_paper() {
    let made = paper(&sample::text()).expect("a paper");
    assert_eq!(made.replaced, ['\u{e000}', '🎉']);
    let text = text(&made);
    assert!(text.contains("外字〓と絵文字〓は"), "{text}");
    assert!(text.contains("U+E000、U+1F389"), "{text}");
}

#[test]
fn a_certificate_is_one_sheet_with_everything_on_it() {
    let seal = Picture::png(include_bytes!("red.png").to_vec()).expect("a picture");
    for seal in [None, Some(seal)] {
        let sealed = seal.is_some();
        let made = certificate(&sample::certificate(seal)).expect("a certificate");
        let text = text(&made);
        assert_eq!(text.matches('\u{c}').count(), 1, "{text}");
        for words in
            ["第 2026-SNS-000123 号", "𠮷田 﨑子 殿", "令和9年9月30日", "7K3M-9QXZ-2HTD", "院長 山田 太郎"]
        {
            assert!(text.contains(words), "{words} is missing in\n{text}");
        }
        assert_eq!(text.contains("電子発行のため押印を省略しています"), !sealed);
        let tree = ask("pdfinfo", &["-struct", "-"], &made);
        assert_eq!(tree.matches("Figure").count(), 1 + usize::from(sealed), "{tree}");
    }
}

#[test]
fn the_same_content_makes_the_same_bytes() {
    let twice = [paper(&sample::heat(12)).expect("a paper"), paper(&sample::heat(12)).expect("a paper")];
    let [first, second] = twice;
    assert!(first == second);
}

#[test]
fn a_paper_takes_what_people_type() {
    let mut strange = sample::english();
    for words in [
        "",
        " ",
        "\u{301}",
        "\0\u{7}\r\n\t",
        "\u{fe0f}",
        "葛\u{e0100}城",
        "a\u{202e}b",
        "あ".repeat(5000).as_str(),
    ] {
        strange.blocks.push(Block::Heading(2, words.into()));
        strange.blocks.push(Block::Paragraph(words.into()));
        strange.blocks.push(Block::Facts(vec![(words.into(), words.into())]));
        strange.head.conditions = words.into();
    }
    let made = paper(&strange);
    assert!(made.is_ok(), "{made:?}");
}

//! Time stamps are read strictly, and a pack with one that does not fit is not whole.

use crate::findings::*;
use crate::made_up_log::*;
use crate::made_up_stamp::*;
use kokoroe_evidence::log_check::{Head, LogCheck};
use kokoroe_evidence::pack;
use kokoroe_evidence::stamp::{LARGEST, Query, Stamp, StampError};
use kokoroe_evidence::{Fault, Frontier, Hash, leaf};
use proptest::prelude::*;

/// What OpenSSL replied, with its certificate, once saying who it is and once not.
const NAMED: &[u8] = include_bytes!("named.tsr");
const UNNAMED: &[u8] = include_bytes!("unnamed.tsr");
/// What it was asked to stamp.
const NOTE: &[u8] = b"a checkpoint of a log\n";

#[test]
fn a_request_has_the_hash_of_the_note_a_nonce_and_asks_for_the_certificate() {
    let query = Query::new(NOTE, [0xff, 0, 0, 0, 0, 0, 0, 9]);
    let imprint = Hash::of(NOTE);
    let expected = [
        &[
            0x30, 0x43, 2, 1, 1, 0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0,
            4, 32,
        ][..],
        imprint.as_bytes(),
        &[2, 8, 0x7f, 0, 0, 0, 0, 0, 0, 9, 1, 1, 0xff],
    ];
    assert_eq!(query.encode(), expected.concat());
    // Whatever was drawn, the number is positive and has one spelling.
    assert_eq!(Query::new(NOTE, [0; 8]).encode()[58..66], [0x40, 0, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn what_openssl_replies_is_read() {
    for reply in [NAMED, UNNAMED] {
        let stamp = Stamp::of(NOTE, reply).unwrap();
        assert_eq!(stamp.imprint(), &Hash::of(NOTE));
        assert!(stamp.at().starts_with("2026-11-30T") && stamp.at().ends_with(".000Z"), "{}", stamp.at());
        assert_eq!(stamp.authority(), Some("Test Time Authority"), "by itself, or by its certificate");
    }
}

#[test]
fn a_reply_to_another_request_is_not_taken() {
    let query = Query::new(NOTE, [7; 8]);
    assert_eq!(query.answered_by(NAMED), Err(StampError::Nonce), "it is the reply to an earlier one");
    let other = Query::new(b"another", [7; 8]);
    assert_eq!(other.answered_by(NAMED), Err(StampError::Imprint(Hash::of(NOTE))));
    let mut said = Said::of(NOTE, "20261001000000Z");
    assert_eq!(query.answered_by(&said.reply()), Err(StampError::Nonce), "it must repeat the nonce");
    said.rest = der(2, &[&[0x47, 7, 7, 7, 7, 7, 7, 7]]);
    assert!(query.answered_by(&said.reply()).is_ok());
    said.rest = der(2, &[&[0x47, 7, 7, 7, 7, 7, 7, 8]]);
    assert_eq!(query.answered_by(&said.reply()), Err(StampError::Nonce));
}

#[test]
fn a_refusal_says_why() {
    // As OpenSSL refuses what is no request.
    let words = der(0x30, &[&der(12, &[b"Bad request\nformat."])]);
    let refusal = der(0x30, &[&der(0x30, &[&[2, 1, 2], &words, &[3, 2, 2, 4]])]);
    let Err(StampError::Refused(why)) = Stamp::read(&refusal) else { panic!("it was refused") };
    assert_eq!(why, "Bad request format., badDataFormat");
    for status in [2, 3, 4, 5, 0x80] {
        let mut said = Said::of(NOTE, "20261001000000Z");
        said.status = der(0x30, &[&[2, 1, status]]);
        let read = Stamp::read(&said.reply());
        assert_eq!(
            read,
            Err(StampError::Refused("it does not say why".into())),
            "{status}: whatever comes with it"
        );
    }
    let mut said = Said::of(NOTE, "20261001000000Z");
    said.status = der(0x30, &[&[2, 1, 1]]);
    assert!(Stamp::read(&said.reply()).is_ok(), "granted with changes is granted");
}

#[test]
fn a_time_is_read_as_it_is_written_and_no_other_way() {
    let read = |time: &str| Stamp::read(&stamp(NOTE, time)).map(|stamp| stamp.at().to_owned());
    assert_eq!(read("20261001000059Z").unwrap(), "2026-10-01T00:00:59.000Z");
    assert_eq!(read("20261001000059.5Z").unwrap(), "2026-10-01T00:00:59.500Z");
    assert_eq!(read("20240229000059.1239Z").unwrap(), "2024-02-29T00:00:59.123Z");
    for wrong in [
        "",
        "Z",
        "20261001000059",
        "20261001000059.Z",
        "20261001000059.50Z",
        "20261001000059,5Z",
        "202610010000Z",
        "20261001000059+0900",
        "20260229000059Z",
        "20261301000059Z",
        "20261001240059Z",
        "2026100100005éZ",
    ] {
        assert!(matches!(read(wrong), Err(StampError::Form(_))), "{wrong}");
    }
}

#[test]
fn what_is_not_strictly_a_reply_is_none() {
    let whole = || Said::of(NOTE, "20261001000000Z");
    let read = |change: &dyn Fn(&mut Said)| {
        let mut said = whole();
        change(&mut said);
        Stamp::read(&said.reply())
    };
    assert!(read(&|_| ()).is_ok());
    // Accuracy, ordering, nonce, name and extensions, in their order.
    let accuracy = der(0x30, &[&[2, 1, 1]]);
    let all = [&accuracy[..], &[1, 1, 0xff], &[2, 1, 9], &der(0xa0, &[]), &der(0xa1, &[])];
    assert!(read(&|said| said.rest = all.concat()).is_ok());
    for wrong in [
        &[1, 1, 0][..],
        &[1, 1, 1],
        &[2, 2, 0, 9],
        &[2, 0],
        &[2, 1, 9, 1, 1, 0xff],
        &[4, 1, 0],
        &[0x30, 0x80],
        &[2, 1],
    ] {
        assert!(read(&|said| said.rest = wrong.to_vec()).is_err(), "{wrong:?}");
    }
    assert!(read(&|said| said.version = 2).is_err());
    assert!(read(&|said| said.signers = 0).is_err());
    assert!(read(&|said| said.signers = 2).is_err(), "an authority signs alone");
    assert!(read(&|said| said.imprint.truncate(31)).is_err());
    let sha1 = der(0x30, &[&der(6, &[&[0x2b, 0x0e, 3, 2, 0x1a]])]);
    assert!(read(&|said| said.algorithm.clone_from(&sha1)).is_err(), "over another hash");
    let no_token = der(0x30, &[&der(0x30, &[&[2, 1, 0]])]);
    assert_eq!(Stamp::read(&no_token), Err(StampError::Form("it has no token")));
    assert!(Stamp::read(&[whole().reply(), vec![0]].concat()).is_err(), "nothing comes after the end");
    assert_eq!(Stamp::read(&vec![0x30; LARGEST + 1]), Err(StampError::Form("it is too large")));
    assert!(Stamp::read(b"<html>not here</html>").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_comes_the_reading_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(Stamp::read(&bytes));
        // And behind a head that promises a reply.
        let behind = der(0x30, &[&der(0x30, &[&[2, 1, 0]]), &der(0x30, &[&bytes])]);
        drop(Stamp::read(&behind));
    }

    #[test]
    fn a_damaged_reply_is_none_or_says_nothing_else_by_accident(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(), named in any::<bool>()
    ) {
        let whole = if named { NAMED } else { UNNAMED };
        let mut changed = whole.to_vec();
        changed[at.index(whole.len())] = byte;
        if let Ok(stamp) = Stamp::of(NOTE, &changed) {
            prop_assert_eq!(stamp.at().len(), 24);
        }
        prop_assert!(Stamp::read(&whole[..cut.index(whole.len())]).is_err());
        let mut longer = whole.to_vec();
        longer.insert(at.index(whole.len()), byte);
        prop_assert!(Stamp::read(&longer).is_err() , "a length is no longer right");
    }
}

/// The small pack with time stamps of these checkpoints. Its leaves are of the first 20 milliseconds of 1 May 2026.
fn stamped(stamps: &[(u64, &str)]) -> Files {
    let mut files = small();
    for (size, time) in stamps {
        let reply = stamp(&files[&pack::checkpoint_file(*size)], time);
        files.insert(pack::stamp_file(*size), reply);
    }
    seal(files)
}

#[test]
fn the_time_stamps_of_a_pack_are_told_with_the_latest_of_them() {
    let files = stamped(&[(1, "20260501000003Z"), (7, "20260501010000Z"), (20, "20260501010000Z")]);
    let summary = verify(&files).unwrap();
    assert_eq!(summary.checkpoints, 3, "a time stamp is no checkpoint");
    let stamped = summary.stamped.unwrap();
    assert_eq!((stamped.number, stamped.size, stamped.at.as_str()), (3, 20, "2026-05-01T01:00:00.000Z"));
    assert_eq!(stamped.latest, 3_600_000 - 6, "the stamp of 7 leaves came an hour after the seventh");
    assert_eq!(stamped.authority, None);
    assert_eq!(verify(&small()).unwrap().stamped, None);
}

#[test]
fn a_pack_without_a_stamp_for_each_checkpoint_is_whole() {
    let stamped = verify(&stamped(&[(7, "20260501000003Z")])).unwrap().stamped.unwrap();
    assert_eq!((stamped.number, stamped.size), (1, 7));
}

#[test]
fn a_stamp_of_another_checkpoint_is_found() {
    let mut files = stamped(&[(7, "20260501000003Z"), (20, "20260501000003Z")]);
    let (seventh, last) = (pack::stamp_file(7), pack::stamp_file(20));
    files.insert(last.clone(), files[&seventh].clone());
    let difference = only(&seal(files.clone()), Fault::StampImprint);
    assert_eq!(difference.file, last);
    assert_eq!(difference.found, Hash::of(&files[&pack::checkpoint_file(7)]).to_string());
}

#[test]
fn a_stamp_without_its_checkpoint_is_found() {
    let mut files = small();
    files.insert(pack::stamp_file(8), stamp(b"", "20260501000003Z"));
    assert_eq!(only(&seal(files), Fault::MissingFile).file, "checkpoints/8.note");
}

#[test]
fn a_stamp_that_cannot_be_read_is_found() {
    let mut files = small();
    files.insert(pack::stamp_file(7), b"<html>".to_vec());
    assert_eq!(only(&seal(files), Fault::StampForm).file, pack::stamp_file(7));
}

#[test]
fn a_stamp_that_is_older_than_the_one_before_it_is_found() {
    let files = stamped(&[(1, "20260501000300Z"), (7, "20260501000259Z"), (20, "20260501000300Z")]);
    let difference = only(&files, Fault::StampOrder);
    assert_eq!(
        (difference.file.as_str(), difference.found.as_str()),
        ("checkpoints/7.tsr", "2026-05-01T00:02:59.000Z")
    );
    assert_eq!(difference.expected, "≥ 2026-05-01T00:03:00.000Z");
}

#[test]
fn a_stamp_that_is_older_than_what_it_covers_is_found_and_two_clocks_may_differ_a_little() {
    assert!(verify(&stamped(&[(7, "20260430235901Z")])).is_ok());
    let difference = only(&stamped(&[(7, "20260430235900Z")]), Fault::StampTime);
    assert_eq!(difference.expected, "≥ 2026-05-01T00:00:00.006Z");
    assert_eq!(difference.found, "2026-04-30T23:59:00.000Z");
    assert!(
        verify(&stamped(&[(7, "20991231235959Z")])).is_ok(),
        "a late stamp proves less, and nothing false"
    );
}

#[test]
fn the_check_of_a_live_log_reads_its_stamps_as_well() {
    let leaves = leaves(9);
    let note = checkpoint(&leaves, 9, &[&key(1)]);
    let check = |reply: &[u8]| {
        let mut check = LogCheck::new(LOG, key(1).verifying_key(), std::slice::from_ref(&note));
        check.stamp("log_stamp 9", &note, reply);
        let mut frontier = Frontier::new();
        for (number, body) in (0..).zip(&leaves) {
            let hash = leaf::hash(body);
            frontier.append(hash);
            check.leaf(number, body, hash.as_ref());
        }
        let head = Head { size: 9, frontier: frontier.to_bytes(), root: frontier.root() };
        check
            .finish(&head)
            .map_err(|differences| differences.into_iter().map(|d| (d.fault, d.file)).collect::<Vec<_>>())
    };
    assert!(check(&stamp(&note, "20260501000003Z")).is_ok());
    let place = "log_stamp 9".to_owned();
    assert_eq!(check(&stamp(b"x", "20260501000003Z")), Err(vec![(Fault::StampImprint, place.clone())]));
    assert_eq!(check(&stamp(&note, "20250501000003Z")), Err(vec![(Fault::StampTime, place)]));
}

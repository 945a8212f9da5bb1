//! What a person would lose if the vault failed: every account in it.

#![cfg(feature = "vault")]
#![allow(clippy::unwrap_used, reason = "a test that fails is what a test is for")]

mod entropy;

use std::collections::BTreeSet;

use entropy::Counting;
use gatepass_core::otp::{Algorithm, Counter, Digits, Period};
use gatepass_core::otpauth::{Kind, Otpauth, ParseOptions, Verdict, parse};
use gatepass_core::secret::Secret;
use gatepass_core::vault::{
    EntryId, KdfParams, Likeness, MAX_ENTRIES, MAX_FILE_LEN, MAX_NAME_LEN, MAX_PASSWORD_LEN, MAX_SLOTS, Newest, Part,
    Unlock, Vault, VaultError, VaultHeader, pick_newest,
};
use proptest::prelude::*;

const PASSWORD: &str = "correct horse battery stäple";
const DEVICE_KEY: [u8; 32] = [7; 32];
const CHECKSUM_LEN: usize = 32;

fn secret(byte: u8) -> Secret {
    Secret::from_bytes(&[byte; 20]).unwrap()
}

fn account(name: &str) -> Otpauth {
    Otpauth::new(Kind::default(), "Gatepass", name, secret(name.len().to_le_bytes()[0] | 1)).unwrap()
}

/// A vault with `names` as accounts that opens with `PASSWORD` at the least cost and with `DEVICE_KEY` at none.
fn vault(names: &[&str]) -> Vault {
    let mut entropy = Counting::new(1);
    let mut vault = Vault::create(PASSWORD, KdfParams::FLOOR, &mut entropy).unwrap();
    vault.add_device_key(&DEVICE_KEY, &mut entropy).unwrap();
    for name in names {
        vault.add(account(name), &mut entropy).unwrap();
    }
    vault
}

fn saved(names: &[&str]) -> Vec<u8> {
    vault(names).save(&mut Counting::new(2))
}

fn by_device(bytes: &[u8]) -> Result<Vault, VaultError> {
    Vault::unlock(bytes, Unlock::DeviceKey(&DEVICE_KEY))
}

fn by_password(bytes: &[u8]) -> Result<Vault, VaultError> {
    Vault::unlock(bytes, Unlock::Password(PASSWORD))
}

fn shown(vault: &Vault) -> Vec<(String, String)> {
    vault
        .entries()
        .iter()
        .map(|entry| (entry.issuer().unwrap_or_default().to_owned(), entry.account().to_owned()))
        .collect()
}

fn names(vault: &Vault) -> Vec<&str> {
    vault.entries().iter().map(|entry| entry.account()).collect()
}

fn ids(vault: &Vault) -> Vec<EntryId> {
    vault.entries().iter().map(|entry| entry.id()).collect()
}

/// The same body with a checksum that matches: what a person does who changes a file on purpose.
fn resealed(bytes: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut body = bytes[..bytes.len() - CHECKSUM_LEN].to_vec();
    change(&mut body);
    entropy::with_checksum(body)
}

#[test]
fn what_was_saved_is_there_again() {
    let mut entropy = Counting::new(3);
    let mut vault = vault(&["alice@example.com", "åke", ""]);
    let hotp = Kind::Hotp {
        algorithm: Algorithm::Sha512,
        digits: Digits::new(8).unwrap(),
        counter: Counter::new(41).unwrap_or_default(),
    };
    vault.add(Otpauth::new(hotp, "Bank: of Å", "b", secret(9)).unwrap(), &mut entropy).unwrap();
    let steam = Kind::Steam { period: Period::default() };
    vault.add(Otpauth::new(steam, "Steam", "gaben", secret(10)).unwrap(), &mut entropy).unwrap();
    let before: Vec<Otpauth> = vault.entries().iter().map(|entry| entry.otpauth().clone()).collect();
    let bytes = vault.save(&mut entropy);

    for again in [by_password(&bytes).unwrap(), by_device(&bytes).unwrap()] {
        let after: Vec<Otpauth> = again.entries().iter().map(|entry| entry.otpauth().clone()).collect();
        assert_eq!(before, after);
        assert_eq!(ids(&vault), ids(&again));
        assert_eq!(vault.id(), again.id());
        assert_eq!(again.generation(), 1);
    }
}

#[test]
fn an_empty_vault_opens() {
    assert!(by_device(&saved(&[])).unwrap().entries().is_empty());
}

#[test]
fn another_password_is_a_wrong_password_and_not_damage() {
    let bytes = saved(&["a"]);
    let open = |password: &str| Vault::unlock(&bytes, Unlock::Password(password)).map(drop);
    assert_eq!(open("correct horse battery stapel"), Err(VaultError::WrongPassword));
    assert_eq!(open(&PASSWORD.to_uppercase()), Err(VaultError::WrongPassword));
    assert_eq!(open(""), Err(VaultError::PasswordLength));
    assert_eq!(open(&"x".repeat(MAX_PASSWORD_LEN + 1)), Err(VaultError::PasswordLength));
    let other = Unlock::DeviceKey(&[8; 32]);
    assert_eq!(Vault::unlock(&bytes, other).map(drop), Err(VaultError::WrongDeviceKey));

    let mut entropy = Counting::new(1);
    let bytes = Vault::create(PASSWORD, KdfParams::FLOOR, &mut entropy).unwrap().save(&mut entropy);
    assert_eq!(by_device(&bytes).map(drop), Err(VaultError::NoDeviceKey));
}

#[test]
fn every_changed_byte_is_noticed_before_the_password_is_asked() {
    let bytes = saved(&["a", "b"]);
    for place in 0..bytes.len() {
        for bit in [1, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[place] ^= bit;
            let want = if place < 8 { VaultError::NotAVault } else { VaultError::Damaged(Part::Checksum) };
            assert_eq!(by_password(&damaged).map(drop), Err(want), "byte {place} ^ {bit}");
        }
    }
}

#[test]
fn every_length_but_the_whole_is_damage() {
    let bytes = saved(&["a"]);
    assert_eq!(by_device(&[]).map(drop), Err(VaultError::NotAVault));
    for length in 1..bytes.len() {
        let error = by_device(&bytes[..length]).map(drop).unwrap_err();
        assert!(matches!(error, VaultError::Damaged(_)), "{length}: {error:?}");
        // Also when somebody makes the checksum match again (which at one length gives the whole file back).
        if length == bytes.len() - CHECKSUM_LEN {
            continue;
        }
        let error = by_device(&entropy::with_checksum(bytes[..length].to_vec())).map(drop).unwrap_err();
        assert!(matches!(error, VaultError::Damaged(_) | VaultError::NotAVault), "{length}, resealed: {error:?}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(matches!(by_device(&longer).map(drop), Err(VaultError::Damaged(_))));
    let mut huge = bytes;
    huge.resize(MAX_FILE_LEN + 1, 0);
    assert_eq!(by_device(&huge).map(drop), Err(VaultError::Damaged(Part::Incomplete)));
}

#[test]
fn every_byte_changed_on_purpose_is_noticed() {
    let bytes = saved(&["a", "b"]);
    let mut parts = BTreeSet::new();
    for place in 0..bytes.len() - CHECKSUM_LEN {
        for bit in [1, 0x80] {
            let error = by_device(&resealed(&bytes, |body| body[place] ^= bit)).map(drop).unwrap_err();
            parts.insert(format!("{error:?}"));
            // The password slot is the first one; the device slot follows it.
            let in_device_slot = (156..276).contains(&place);
            let expected = match error {
                VaultError::NotAVault => place < 8,
                VaultError::UnsupportedVersion => place == 8 || place == 9,
                VaultError::WrongDeviceKey => in_device_slot || (12..28).contains(&place),
                VaultError::NoDeviceKey => in_device_slot,
                VaultError::KdfOutOfRange => (56..68).contains(&place),
                VaultError::Damaged(_) => place >= 10,
                _ => false,
            };
            assert!(expected, "byte {place} ^ {bit}: {error:?}");
        }
    }
    for part in [Part::Header, Part::Index, Part::Entries, Part::Entry] {
        let part = format!("{:?}", VaultError::Damaged(part));
        // An entry that the index agrees with can only be wrong inside; its bytes are covered by "entries" and "entry".
        assert!(parts.contains(&part), "{part} was never the answer: {parts:?}");
    }
}

#[test]
fn a_changed_slot_with_a_matching_checksum_is_a_wrong_password() {
    // Documented: without the key nothing can tell these two apart.
    let altered = resealed(&saved(&["a"]), |body| body[36 + 72] ^= 1);
    assert_eq!(by_password(&altered).map(drop), Err(VaultError::WrongPassword));
    assert_eq!(by_device(&altered).map(drop), Err(VaultError::Damaged(Part::Index)));
}

/// Where the entry records of a file with two slots begin and end.
fn records(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let number = |at: usize| usize::try_from(u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())).unwrap();
    let index = 36 + 2 * 120;
    let mut at = index + 4 + 24 + number(index);
    let mut records = Vec::new();
    while at < bytes.len() - CHECKSUM_LEN {
        let end = at + 4 + 16 + 8 + 24 + number(at);
        records.push(at..end);
        at = end;
    }
    records
}

#[test]
fn entries_cannot_be_removed_swapped_repeated_or_rolled_back() {
    let mut vault = vault(&["a", "b", "c"]);
    let mut entropy = Counting::new(4);
    let old = vault.save(&mut entropy);
    let id = vault.entries()[1].id();
    vault.rename(id, None, Some("B")).unwrap();
    let new = vault.save(&mut entropy);
    let (old_at, at) = (records(&old), records(&new));
    assert_eq!(old_at, at, "every record is as long as before");

    let damaged = Err(VaultError::Damaged(Part::Entries));
    let altered = |change: &dyn Fn(&mut Vec<u8>)| by_device(&resealed(&new, change)).map(drop);
    assert_eq!(altered(&|body| drop(body.drain(at[2].clone()))), damaged, "removed");
    assert_eq!(
        altered(&|body| body[at[0].clone()].copy_from_slice(&new[at[1].clone()])),
        damaged,
        "overwritten by another one"
    );
    assert_eq!(altered(&|body| body[at[0].start..at[1].end].rotate_left(at[0].len())), damaged, "swapped");
    assert_eq!(altered(&|body| body.extend_from_slice(&new[at[0].clone()])), damaged, "repeated");
    assert_eq!(
        altered(&|body| body[at[1].clone()].copy_from_slice(&old[at[1].clone()])),
        damaged,
        "rolled back to an earlier version"
    );
    // The whole earlier body under the later head.
    assert_eq!(
        altered(&|body| body[276..].copy_from_slice(&old[276..old.len() - CHECKSUM_LEN])),
        Err(VaultError::Damaged(Part::Index))
    );
    // And with a later generation number than it was saved with.
    let newer = resealed(&old, |body| body[28] = 9);
    assert_eq!(by_device(&newer).map(drop), Err(VaultError::Damaged(Part::Index)));
}

#[test]
fn entries_of_another_vault_do_not_fit() {
    let (mut one, mut two) = (vault(&["a"]), {
        let mut entropy = Counting::new(77);
        let mut vault = Vault::create(PASSWORD, KdfParams::FLOOR, &mut entropy).unwrap();
        vault.add_device_key(&DEVICE_KEY, &mut entropy).unwrap();
        vault.add(account("a"), &mut entropy).unwrap();
        vault
    });
    let (one, two) = (one.save(&mut Counting::new(5)), two.save(&mut Counting::new(6)));
    let mixed = resealed(&one, |body| {
        let len = body.len();
        body[276..].copy_from_slice(&two[276..len]);
    });
    assert_eq!(by_device(&mixed).map(drop), Err(VaultError::Damaged(Part::Index)));
}

#[test]
fn hostile_parameters_are_refused_before_any_work() {
    let bytes = saved(&["a"]);
    let with = |at: usize, value: u32| resealed(&bytes, |body| body[at..at + 4].copy_from_slice(&value.to_le_bytes()));
    for (at, values) in
        [(56, [0, 19_455, 262_145, u32::MAX]), (60, [0, 1, 11, u32::MAX]), (64, [0, 5, 0x00ff_ffff, u32::MAX])]
    {
        for value in values {
            let started = std::time::Instant::now();
            assert_eq!(by_password(&with(at, value)).map(drop), Err(VaultError::KdfOutOfRange), "{value} at {at}");
            assert!(started.elapsed().as_secs() < 2, "{value} at {at} was worked on");
        }
    }
    let (floor, ceiling) = (KdfParams::FLOOR, KdfParams::CEILING);
    assert!(KdfParams::new(floor.memory_kib(), floor.passes(), floor.lanes()).is_ok());
    assert!(KdfParams::new(ceiling.memory_kib(), ceiling.passes(), ceiling.lanes()).is_ok());
    assert_eq!(KdfParams::default(), KdfParams::new(64 * 1024, 3, 1).unwrap());
}

#[test]
fn more_slots_or_entries_than_allowed_are_refused() {
    let mut entropy = Counting::new(1);
    let mut vault = Vault::create(PASSWORD, KdfParams::FLOOR, &mut entropy).unwrap();
    for n in 1..MAX_SLOTS {
        vault.add_device_key(&[u8::try_from(n).unwrap(); 32], &mut entropy).unwrap();
    }
    assert_eq!(vault.add_device_key(&[99; 32], &mut entropy), Err(VaultError::TooManySlots));
    for _ in 0..MAX_ENTRIES {
        vault.add(account("x"), &mut entropy).unwrap();
    }
    assert_eq!(vault.add(account("x"), &mut entropy), Err(VaultError::TooManyEntries));
    let bytes = vault.save(&mut entropy);
    assert_eq!(Vault::unlock(&bytes, Unlock::DeviceKey(&[3; 32])).unwrap().entries().len(), MAX_ENTRIES);
}

#[test]
fn a_new_password_opens_and_the_old_one_does_not_and_no_entry_is_encrypted_anew() {
    let mut entropy = Counting::new(8);
    let mut vault = vault(&["a", "b"]);
    let before = vault.save(&mut entropy);
    let wrong = vault.change_password("guess", "new", KdfParams::FLOOR, &mut entropy);
    assert_eq!(wrong, Err(VaultError::WrongPassword));
    assert_eq!(vault.change_password(PASSWORD, "", KdfParams::FLOOR, &mut entropy), Err(VaultError::PasswordLength));
    assert_eq!(vault.verify_password(PASSWORD), Ok(()), "a refused change changes nothing");

    let stronger = KdfParams::new(20_000, 2, 2).unwrap();
    vault.change_password(PASSWORD, "the new one", stronger, &mut entropy).unwrap();
    let after = vault.save(&mut entropy);
    assert_eq!(by_password(&after).map(drop), Err(VaultError::WrongPassword));
    let again = Vault::unlock(&after, Unlock::Password("the new one")).unwrap();
    assert_eq!(again.kdf(), stronger);
    assert_eq!(names(&again), ["a", "b"]);
    assert_eq!(shown(&by_device(&after).unwrap()), shown(&again), "device keys are not touched");
    let old_records: Vec<&[u8]> = records(&before).into_iter().map(|at| &before[at]).collect();
    let new_records: Vec<&[u8]> = records(&after).into_iter().map(|at| &after[at]).collect();
    assert_eq!(old_records, new_records);
}

#[test]
fn a_device_key_can_be_taken_away() {
    let mut entropy = Counting::new(9);
    let mut vault = vault(&["a"]);
    let slot = vault.device_keys().next().unwrap();
    vault.remove_device_key(slot).unwrap();
    assert_eq!(vault.remove_device_key(slot), Err(VaultError::UnknownSlot));
    let bytes = vault.save(&mut entropy);
    assert_eq!(by_device(&bytes).map(drop), Err(VaultError::NoDeviceKey));
    assert_eq!(names(&by_password(&bytes).unwrap()), ["a"]);
}

#[test]
fn a_removed_account_comes_back_where_it_was() {
    let mut entropy = Counting::new(10);
    let mut vault = vault(&["a", "b", "c"]);
    let id = vault.entries()[1].id();
    vault.rename(id, Some("Mine"), Some("bee")).unwrap();
    let removed = vault.remove(id).unwrap();
    assert_eq!(removed.entry().account(), "bee");
    assert_eq!(vault.remove(id).map(drop), Err(VaultError::UnknownEntry));
    let without = vault.save(&mut entropy);
    assert_eq!(names(&by_device(&without).unwrap()), ["a", "c"]);

    assert_eq!(vault.restore(&removed), Ok(id));
    assert_eq!(vault.restore(&removed), Err(VaultError::AlreadyThere));
    let with = vault.save(&mut entropy);
    let again = by_device(&with).unwrap();
    assert_eq!(names(&again), ["a", "bee", "c"]);
    assert_eq!(again.entries()[1].id(), id);
    assert!(again.entries()[1].version() > removed.entry().version(), "no version is used twice");

    // The list may have become shorter meanwhile.
    let last = vault.entries()[2].id();
    let removed = vault.remove(last).unwrap();
    for id in ids(&vault) {
        vault.remove(id).unwrap();
    }
    vault.restore(&removed).unwrap();
    assert_eq!(names(&vault), ["c"]);
}

#[test]
fn the_order_is_kept_and_only_a_whole_order_is_taken() {
    let mut vault = vault(&["a", "b", "c"]);
    let order = ids(&vault);
    let (a, b, c) = (order[0], order[1], order[2]);
    for wrong in [&[a, b][..], &[a, b, b], &[a, b, c, a], &[a, b, EntryId::from([0; 16])]] {
        assert_eq!(vault.reorder(wrong), Err(VaultError::OrderMismatch));
        assert_eq!(names(&vault), ["a", "b", "c"]);
    }
    vault.reorder(&[c, a, b]).unwrap();
    assert_eq!(names(&by_device(&vault.save(&mut Counting::new(11))).unwrap()), ["c", "a", "b"]);
}

#[test]
fn given_names_are_shown_and_can_be_taken_back() {
    let mut vault = vault(&["alice"]);
    let id = vault.entries()[0].id();
    vault.rename(id, Some("  Work  "), Some("")).unwrap();
    let again = by_device(&vault.save(&mut Counting::new(12))).unwrap();
    assert_eq!(shown(&again), [("Work".to_owned(), String::new())]);
    assert_eq!(again.entries()[0].otpauth().account(), "alice", "the account itself keeps its name");
    vault.rename(id, Some(""), None).unwrap();
    assert_eq!(vault.entries()[0].issuer(), None);
    vault.rename(id, None, None).unwrap();
    assert_eq!(shown(&vault), [("Gatepass".to_owned(), "alice".to_owned())]);

    let version = vault.entries()[0].version();
    for wrong in ["a\nb", "\u{0}", &"å".repeat(MAX_NAME_LEN / 2 + 1)] {
        assert_eq!(vault.rename(id, Some(wrong), None), Err(VaultError::NameInvalid));
    }
    vault.rename(id, None, None).unwrap();
    assert_eq!(vault.entries()[0].version(), version, "nothing changed, nothing is encrypted anew");
    vault.rename(id, Some(&"å".repeat(MAX_NAME_LEN / 2)), Some(&"x".repeat(MAX_NAME_LEN))).unwrap();
    assert!(by_device(&vault.save(&mut Counting::new(13))).is_ok());
}

fn scanned(uri: &str) -> Otpauth {
    match parse(uri, &ParseOptions::IMPORT) {
        Verdict::Accept(account) | Verdict::AcceptWithWarnings(account, _) => account,
        Verdict::Reject(reason) => panic!("{reason:?}"),
    }
}

#[test]
fn an_account_called_steam_can_be_shown_and_compared_like_any_other() {
    let steam = scanned("otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Valve");
    let mut vault = vault(&[]);
    let id = vault.add(steam.clone(), &mut Counting::new(26)).unwrap();
    assert_eq!(vault.likeness(&steam), Likeness::Same);
    assert_eq!(vault.entries()[0].shown(), steam);
    vault.rename(id, Some("Steam"), Some("b")).unwrap();
    let shown = vault.entries()[0].shown();
    assert_eq!((shown.issuer(), shown.issuer_param(), shown.account()), (Some("Steam"), Some("Valve"), "b"));
    assert_eq!(
        vault.rename(id, Some("steam "), None),
        Err(VaultError::NameIsSteam),
        "another name, which Valve does not go with"
    );
}

#[test]
fn the_issuer_to_match_by_stays_while_the_issuer_does() {
    let account = scanned("otpauth://totp/ACME:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Contoso");
    let moved = account.renamed("ACME ", "b").unwrap();
    assert_eq!((moved.issuer(), moved.issuer_param()), (Some("ACME"), Some("Contoso")));
    let other = account.renamed("Volvo", "a").unwrap();
    assert_eq!(other.issuer_param(), Some("Volvo"));
}

#[test]
fn names_that_no_other_authenticator_could_take_are_refused_and_change_nothing() {
    let mut vault = vault(&["a"]);
    let id = vault.entries()[0].id();
    assert_eq!(vault.rename(id, Some("Steam"), None), Err(VaultError::NameIsSteam));
    let image = "x".repeat(7800);
    let uri = format!("otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=A&image={image}");
    let long = vault.add(scanned(&uri), &mut Counting::new(27)).unwrap();
    let name = "n".repeat(MAX_NAME_LEN);
    assert_eq!(vault.rename(long, Some(&name), Some(&name)), Err(VaultError::EntryTooLong));
    assert_eq!(shown(&vault), [("Gatepass".into(), "a".into()), ("A".into(), "b".into())]);
    assert_eq!(vault.entries()[0].version(), 1);
}

#[test]
fn an_account_whose_given_names_do_not_fit_it_is_shown_under_its_own() {
    let kind = Kind::Hotp { algorithm: Algorithm::Sha1, digits: Digits::SIX, counter: Counter::new(0).unwrap() };
    let mut vault = vault(&[]);
    let id = vault.add(Otpauth::new(kind, "Valve", "a", secret(1)).unwrap(), &mut Counting::new(28)).unwrap();
    vault.rename(id, Some("Steam"), None).unwrap();
    vault.update(id, account("a")).unwrap();
    assert_eq!(vault.entries()[0].shown(), account("a"));
}

#[test]
fn an_account_is_known_by_its_secret_and_then_by_its_names() {
    let mut vault = vault(&["a"]);
    let id = vault.entries()[0].id();
    let named = |issuer, name, byte| Otpauth::new(Kind::default(), issuer, name, secret(byte)).unwrap();
    assert_eq!(vault.likeness(&named("Other", "x", 1)), Likeness::Same);
    assert_eq!(vault.likeness(&named("Gatepass", "a", 9)), Likeness::SameName);
    assert_eq!(vault.likeness(&named("Gatepass", "b", 9)), Likeness::New);
    vault.rename(id, Some("Verkstad"), None).unwrap();
    assert_eq!(vault.likeness(&named("Gatepass", "a", 9)), Likeness::New);
    assert_eq!(vault.likeness(&named("Verkstad", "a", 9)), Likeness::SameName);
}

#[test]
fn a_counter_that_moved_on_is_saved() {
    let mut entropy = Counting::new(14);
    let mut vault = vault(&[]);
    let kind = Kind::Hotp { algorithm: Algorithm::Sha1, digits: Digits::SIX, counter: Counter::default() };
    let id = vault.add(Otpauth::new(kind, "Shop", "bo", secret(1)).unwrap(), &mut entropy).unwrap();
    let next = vault.entry(id).unwrap().otpauth().advanced().unwrap();
    vault.update(id, next.clone()).unwrap();
    let again = by_device(&vault.save(&mut entropy)).unwrap();
    assert_eq!(again.entry(id).unwrap().otpauth(), &next);
    assert_eq!(again.entry(id).unwrap().version(), 2);
    assert_eq!(vault.update(EntryId::from([9; 16]), next), Err(VaultError::UnknownEntry));
}

#[test]
fn unchanged_entries_keep_their_ciphertext_and_changed_ones_get_a_new_nonce() {
    let mut entropy = Counting::new(15);
    let mut vault = by_device(&saved(&["a", "b"])).unwrap();
    let one = vault.save(&mut entropy);
    let id = vault.entries()[0].id();
    vault.rename(id, Some("X"), None).unwrap();
    let two = vault.save(&mut entropy);
    let (at_one, at_two) = (records(&one), records(&two));
    assert_eq!(one[at_one[1].clone()], two[at_two[1].clone()]);
    assert_ne!(one[at_one[0].start + 28..at_one[0].start + 52], two[at_two[0].start + 28..at_two[0].start + 52]);
    assert_eq!(vault.generation(), 3);
}

#[test]
fn an_interrupted_save_leaves_the_old_vault() {
    let mut entropy = Counting::new(16);
    let mut vault = vault(&["a"]);
    let first = vault.save(&mut entropy);
    vault.add(account("new one"), &mut entropy).unwrap();
    let second = vault.save(&mut entropy);

    assert_eq!(pick_newest(&first, &second), Ok(Newest::Second));
    assert_eq!(pick_newest(&second, &first), Ok(Newest::First));
    for written in 0..second.len() {
        assert_eq!(pick_newest(&first, &second[..written]), Ok(Newest::First), "{written} bytes written");
        // The new bytes over older ones of the same place.
        let mut over = first.clone();
        over.resize(over.len().max(written), 0);
        over[..written].copy_from_slice(&second[..written]);
        assert_eq!(pick_newest(&over, &first).map(drop), Ok(()));
        let chosen = match pick_newest(&over, &first).unwrap() {
            Newest::First => &over,
            Newest::Second => &first,
        };
        assert_eq!(names(&by_device(chosen).unwrap()), ["a"]);
    }
    assert_eq!(pick_newest(&first, &[]), Ok(Newest::First));
    assert_eq!(pick_newest(&[], &first), Ok(Newest::Second));
    assert_eq!(pick_newest(&first, &first), Ok(Newest::First));
    assert_eq!(pick_newest(&[], &[]), Err(VaultError::NotAVault));
    assert_eq!(pick_newest(&[], &first[..40]), Err(VaultError::Damaged(Part::Incomplete)));
    assert_eq!(pick_newest(&first[..200], b"PK"), Err(VaultError::Damaged(Part::Incomplete)));
}

#[test]
fn two_programs_that_wrote_at_once_do_not_overwrite_each_other_unseen() {
    let bytes = saved(&["a"]);
    let (mut one, mut two) = (by_device(&bytes).unwrap(), by_device(&bytes).unwrap());
    one.add(account("one"), &mut Counting::new(17)).unwrap();
    two.add(account("two"), &mut Counting::new(18)).unwrap();
    let (one, two) = (one.save(&mut Counting::new(19)), two.save(&mut Counting::new(20)));
    assert_eq!(pick_newest(&one, &two), Err(VaultError::Diverged));
    let mut entropy = Counting::new(21);
    let other = Vault::create(PASSWORD, KdfParams::FLOOR, &mut entropy).unwrap().save(&mut entropy);
    assert_eq!(pick_newest(&one, &other), Err(VaultError::DifferentVaults));
}

#[test]
fn the_header_tells_what_the_password_will_cost() {
    let header = VaultHeader::read(&saved(&["a"])).unwrap();
    assert_eq!((header.generation, header.kdf, header.has_device_key), (1, KdfParams::FLOOR, true));
    assert_eq!(VaultHeader::read(b"GPV"), Err(VaultError::Damaged(Part::Incomplete)));
}

#[test]
fn a_damaged_file_still_gives_the_entries_that_are_whole() {
    let device = Unlock::DeviceKey(&DEVICE_KEY);
    let bytes = saved(&["a", "b", "c"]);
    let at = records(&bytes);

    let salvaged = Vault::salvage(&bytes, device).unwrap();
    assert_eq!((names(&salvaged.vault).len(), salvaged.unreadable, salvaged.cut_short), (3, 0, false));

    let mut flipped = bytes.clone();
    flipped[at[1].end - 20] ^= 1;
    let mut salvaged = Vault::salvage(&flipped, device).unwrap();
    assert_eq!(names(&salvaged.vault), ["a", "c"]);
    assert_eq!((salvaged.unreadable, salvaged.cut_short), (1, false));
    let whole_again = salvaged.vault.save(&mut Counting::new(22));
    assert_eq!(names(&by_password(&whole_again).unwrap()), ["a", "c"]);

    let salvaged = Vault::salvage(&bytes[..at[2].start + 30], device).unwrap();
    assert_eq!(names(&salvaged.vault), ["a", "b"]);
    assert!(salvaged.cut_short);

    let mut no_slot = bytes.clone();
    no_slot[36 + 72] ^= 1;
    let lost = Vault::salvage(&no_slot, Unlock::Password(PASSWORD)).map(drop);
    assert_eq!(lost, Err(VaultError::WrongPassword));
    for length in 0..bytes.len() {
        let _ = Vault::salvage(&bytes[..length], device);
    }
}

#[test]
fn what_is_saved_of_a_vault_with_a_damaged_generation_can_still_be_followed_by_a_newer_one() {
    let mut bytes = saved(&["a"]);
    bytes[28..36].fill(0xFF);
    let mut salvaged = Vault::salvage(&bytes, Unlock::DeviceKey(&DEVICE_KEY)).unwrap().vault;
    let first = salvaged.save(&mut Counting::new(24));
    let second = salvaged.save(&mut Counting::new(25));
    assert_eq!(pick_newest(&first, &second), Ok(Newest::Second));
}

#[test]
fn nothing_that_is_printed_or_stored_shows_an_account() {
    let mut vault = vault(&["alice@example.com"]);
    let id = vault.entries()[0].id();
    vault.rename(id, Some("Verkstad"), None).unwrap();
    let secret = vault.entries()[0].otpauth().secret().to_base32().to_string();
    let bytes = vault.save(&mut Counting::new(23));
    let removed = vault.remove(id).unwrap();
    vault.restore(&removed).unwrap();
    let printed = format!(
        "{vault:?} {:?} {removed:?} {:?} {:?}",
        vault.entries(),
        Unlock::Password(PASSWORD),
        VaultHeader::read(&bytes)
    );
    let stored = String::from_utf8_lossy(&bytes);
    for private in ["alice", "Verkstad", "Gatepass", "otpauth", &secret, PASSWORD, "horse"] {
        assert!(!printed.contains(private), "printed: {private}");
        assert!(!stored.contains(private), "stored in the clear: {private}");
    }
}

#[test]
fn the_length_of_a_short_name_does_not_show() {
    assert_eq!(saved(&["a"]).len(), saved(&["a longer one"]).len());
}

#[test]
fn ids_are_read_as_they_are_written() {
    let id = EntryId::from([0xab; 16]);
    assert_eq!(EntryId::from_hex(&id.to_string()), Some(id));
    assert_eq!(EntryId::from_hex(&id.to_string().to_uppercase()), Some(id));
    for wrong in ["", "ab", "+f".repeat(16).as_str(), "åå".repeat(8).as_str(), &"0".repeat(31), &"0".repeat(33)] {
        assert_eq!(EntryId::from_hex(wrong), None, "{wrong}");
    }
}

#[test]
fn the_list_of_codes_is_complete() {
    let listed: serde_json::Value = gatepass_tests::vectors::load("error-codes.json").unwrap();
    let mut codes: Vec<&str> = VaultError::ALL.iter().map(VaultError::code).collect();
    codes.dedup();
    assert_eq!(serde_json::json!(codes), listed["vault"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to a vault, saving and opening it gives the same vault.
    #[test]
    fn saving_loses_nothing(steps in prop::collection::vec((0_u8..6, any::<u16>(), "\\PC{0,40}"), 0..40), seed: u64) {
        let mut entropy = Counting::new(seed);
        let mut vault = vault(&["a", "b"]);
        let mut removed = Vec::new();
        for (step, pick, text) in steps {
            let all = ids(&vault);
            let chosen = all.get(usize::from(pick) % all.len().max(1)).copied();
            match (step, chosen) {
                (0, _) => drop(Otpauth::new(Kind::default(), "I", &text, secret(1)).map(|new| vault.add(new, &mut entropy))),
                (1, Some(id)) => removed.push(vault.remove(id).unwrap()),
                (2, Some(id)) => drop(vault.rename(id, Some(&text), (pick % 2 == 0).then_some(&text))),
                (3, Some(_)) => {
                    let mut order = all;
                    let turn = usize::from(pick) % order.len();
                    order.rotate_left(turn);
                    vault.reorder(&order).unwrap();
                }
                (4, _) => if let Some(entry) = removed.pop() { vault.restore(&entry).unwrap(); },
                _ => vault = by_device(&vault.save(&mut entropy)).unwrap(),
            }
        }
        let again = by_device(&vault.save(&mut entropy)).unwrap();
        prop_assert_eq!(shown(&vault), shown(&again));
        prop_assert_eq!(ids(&vault), ids(&again));
        for (one, two) in vault.entries().iter().zip(again.entries()) {
            prop_assert_eq!(one.otpauth(), two.otpauth());
            prop_assert_eq!(one.version(), two.version());
        }
    }

    /// Bytes that no one meant as a vault never panic, and never open.
    #[test]
    fn noise_is_no_vault(mut bytes in prop::collection::vec(any::<u8>(), 0..2000), head in 0_usize..400) {
        prop_assert!(by_device(&bytes).is_err());
        let real = saved(&["a"]);
        let head = head.min(bytes.len()).min(real.len());
        bytes[..head].copy_from_slice(&real[..head]);
        prop_assert!(by_device(&entropy::with_checksum(bytes.clone())).is_err());
        let _ = Vault::salvage(&bytes, Unlock::DeviceKey(&DEVICE_KEY));
    }
}

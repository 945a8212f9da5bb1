//! Keys outside the database: made, guarded, rotated while a portal works.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

mod harness;

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use gatepass_portal::{
    Portal,
    keys::{self, KEY_SET_MAX_AGE, Keyring, SIGNING_LEAD, SIGNING_TAIL},
    storage::entities::second_factor,
    tool::permit,
};
use harness::{App, PASSWORD, TOOL, process};
use sea_orm::EntityTrait;
use serde_json::json;

on_both_databases! {
    keys_rotate_while_a_portal_works
    a_row_that_does_not_open_keeps_its_key
}

/// A real portal enrols and logs in without a pause while a real `gatepass keys rotate` runs beside it.
async fn keys_rotate_while_a_portal_works(app: App) {
    let portal = Arc::new(process::Portal::start(&app, &[("GATEPASS__THROTTLE__SOURCE_TRIES", "100000")]).await);
    let mut before = Vec::new();
    for _ in 0..4 {
        before.push(app.enrolled().await);
    }
    let mut newcomers = Vec::new();
    for _ in 0..400 {
        newcomers.push(app.technician().await);
    }
    let (done, enrolled) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let load: Vec<_> = newcomers
        .chunks(100)
        .map(|chunk| {
            let (chunk, portal, done, enrolled) = (chunk.to_vec(), portal.clone(), done.clone(), enrolled.clone());
            tokio::spawn(async move {
                for mut somebody in chunk {
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                    let body = json!({ "email": somebody.email, "password": PASSWORD, "toolSerial": TOOL });
                    let first = portal.post("/tool/v1/login", &[], &body).await.ok();
                    somebody.secret = Some(first["enrolment"]["secret"].as_str().unwrap().to_owned());
                    let body = json!({ "ticket": first["ticket"], "code": somebody.code() });
                    portal.post("/tool/v1/login/code", &[], &body).await.ok();
                    enrolled.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let said = {
        let app = app.clone();
        tokio::task::spawn_blocking(move || process::run(&app, &["keys", "rotate"])).await.unwrap()
    };
    done.store(true, Ordering::Relaxed);
    for task in load {
        task.await.unwrap();
    }
    assert!(enrolled.load(Ordering::Relaxed) >= 4, "there was work while the keys changed");
    assert!(said.contains("sealing key 1 retired"), "{said}");
    assert!(app.config.keys.folder.join("retired/sealing-0001.json").exists());

    let rows = second_factor::Entity::find().all(&app.portal.db).await.unwrap();
    assert!(rows.iter().all(|row| row.key_version == 2), "every row is sealed with the new key");
    // Those from before still log in at the portal that never stopped.
    for somebody in &before {
        let body = json!({ "email": somebody.email, "password": PASSWORD, "toolSerial": TOOL });
        let ticket = portal.post("/tool/v1/login", &[], &body).await.text("ticket");
        portal.post("/tool/v1/login/code", &[], &json!({ "ticket": ticket, "code": somebody.code() })).await.ok();
    }
    let listed = process::run(&app, &["keys", "list"]);
    assert!(listed.contains("seals and opens") && !listed.contains("\"key\""), "{listed}");
    assert!(Arc::into_inner(portal).unwrap().stop(), "ends well");
}

async fn a_row_that_does_not_open_keeps_its_key(app: App) {
    use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
    let (anna, _other) = (app.enrolled().await, app.enrolled().await);
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::SealedSecret, Expr::value(vec![0_u8; 60]))
        .filter(second_factor::Column::AccountId.eq(anna.id))
        .exec(&app.portal.db)
        .await
        .unwrap();
    let output = process::gatepass(&app).args(["keys", "rotate", "--sealing"]).output().unwrap();
    assert!(!output.status.success(), "the operator's script should stop here");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("sealing key 1 stays: 1 rows still need it"), "{said}");
    assert!(app.config.keys.folder.join("sealing-0001.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_without_its_keys_says_so_and_does_not_start() {
    let app = App::sqlite().await;
    let folder = app.config.keys.folder.clone();
    let why = |config| async { format!("{:#}", Portal::open(config).await.unwrap_err()) };

    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(why(app.config.clone()).await.contains("can be read by other users"));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();

    let file = folder.join("sealing-0001.json");
    let text = fs::read_to_string(&file).unwrap();
    for damaged in ["", "{}", &text.replace("\"version\": 1", "\"version\": 0"), &text[..text.len() / 2]] {
        fs::write(&file, damaged).unwrap();
        let said = why(app.config.clone()).await;
        assert!(said.contains("not a key file of ours") && said.contains("sealing-0001.json"), "{said}");
        assert!(!said.contains("=\""), "no key material: {said}");
    }
    fs::rename(&folder, folder.with_extension("away")).unwrap();
    assert!(why(app.config.clone()).await.contains("gatepass keys init"));
}

/// Keys from the wrong backup are found at the start, not by the first technician who logs in.
#[tokio::test(flavor = "multi_thread")]
async fn keys_that_do_not_fit_the_database_are_named_at_the_start() {
    for postgres in [false, true] {
        let app = App::on(postgres, |_| {}).await;
        let (_anna, _bo) = (app.enrolled().await, app.enrolled().await);
        let folder = app.config.keys.folder.clone();
        let refusal = || {
            let output =
                process::gatepass(&app).arg("serve").env("GATEPASS__SERVER__LISTEN", "127.0.0.1:0").output().unwrap();
            assert_eq!(output.status.code(), Some(1));
            String::from_utf8(output.stderr).unwrap()
        };
        let file = folder.join("sealing-0001.json");
        let right = fs::read_to_string(&file).unwrap();
        let other = tempfile::tempdir().unwrap();
        keys::init(other.path(), 0).unwrap();
        let foreign = fs::read_to_string(other.path().join("sealing-0001.json")).unwrap();
        fs::write(&file, &foreign).unwrap();
        let said = refusal();
        assert!(said.contains("sealing key version 1 is not the one that sealed"), "{said}");
        // Number 2 is there, number 1 is not.
        fs::write(&file, foreign.replace("\"version\": 1", "\"version\": 2")).unwrap();
        let said = refusal();
        assert!(said.contains("sealing key version 1 is not in the key folder") && said.contains("restore"), "{said}");
        assert!(!said.contains("=\""), "no key material: {said}");
        fs::write(&file, right).unwrap();
        assert!(process::Portal::start(&app, &[]).await.stop(), "with the right ones it starts");
    }
}

#[test]
fn keys_are_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    keys::init(folder.path(), 0).unwrap();
    let before = fs::read(folder.path().join("sealing-0001.json")).unwrap();
    assert_eq!(keys::init(folder.path(), 0).unwrap_err().code(), "keys_present");
    assert_eq!(fs::read(folder.path().join("sealing-0001.json")).unwrap(), before);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// A tool that looked at the key set a moment before a rotation must be able to read every permit until it looks again.
#[tokio::test(flavor = "multi_thread")]
async fn a_tool_knows_every_key_before_it_signs_and_as_long_as_its_permits_live() {
    let app = App::sqlite().await;
    let clock = app.portal.clock.clone();
    let ring = Keyring::open(&app.config.keys.folder, clock.clone()).unwrap();
    let old = ring.signing().unwrap().kid().to_owned();
    process::run(&app, &["keys", "rotate", "--signing"]);
    ring.reload().unwrap();
    let published = |ring: &Keyring| permit::key_set(&ring.keys(), clock.now()).keys.len();

    assert_eq!((ring.signing().unwrap().kid(), published(&ring)), (old.as_str(), 2), "published, not yet used");
    app.seconds(KEY_SET_MAX_AGE / 1000);
    assert_eq!(ring.signing().unwrap().kid(), old, "a verifier's copy may be this old");
    app.seconds((SIGNING_LEAD - KEY_SET_MAX_AGE) / 1000 + 1);
    assert_ne!(ring.signing().unwrap().kid(), old);
    assert_eq!(published(&ring), 2, "its last permits still live");
    app.seconds(SIGNING_TAIL / 1000 + 1);
    assert_eq!(published(&ring), 1);
    let said = process::run(&app, &["keys", "rotate", "--signing"]);
    assert!(said.contains(&format!("signing key {old} retired")), "{said}");
}

/// Operators' scripts and our own pages switch on these; the list they share must be what the portal can say.
#[test]
fn the_list_of_codes_is_complete() {
    use gatepass_portal::{
        inspect,
        keys::KeyError,
        tool::{brands::BrandsError, permit::PermitError},
    };
    let list: serde_json::Value = gatepass_tests::vectors::load("error-codes.json").unwrap();
    for (name, codes) in [
        ("portal_keys", KeyError::CODES),
        ("portal_brands", BrandsError::CODES),
        ("portal_permit", PermitError::CODES),
        ("portal_picture", inspect::PICTURE_CODES),
        ("portal_clip", inspect::CLIP_CODES),
    ] {
        let listed: Vec<_> = list[name].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        assert_eq!(listed, codes, "{name}");
    }
}

//! Key files: reading, making, retiring.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use aws_lc_rs::{
    digest,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::EncodingKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{KeyError, KeyVersion, Keys, SealingKey, SigningKey};
use crate::clock::Millis;

/// A key file. `key` is the base64 of 32 bytes (sealing) or of a PKCS #8 document (signing).
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
enum KeyFile {
    /// XChaCha20-Poly1305.
    Sealing { version: KeyVersion, created_at: Millis, active_from: Millis, key: Zeroizing<String> },
    /// Ed25519.
    Signing { kid: String, created_at: Millis, active_from: Millis, key: Zeroizing<String> },
}

/// Makes the folder (0700) with a first sealing key and a first signing key, both usable at once.
///
/// # Errors
/// [`KeyError::Present`] when there are keys already.
pub fn init(folder: &Path, now: Millis) -> Result<Keys, KeyError> {
    fs::create_dir_all(folder).map_err(at(folder))?;
    private(folder, 0o700)?;
    let present =
        fs::read_dir(folder).map_err(at(folder))?.filter_map(Result::ok).any(|entry| is_key_file(&entry.path()));
    if present {
        return Err(KeyError::Present(folder.to_owned()));
    }
    add_sealing(folder, 1, now, now)?;
    add_signing(folder, now, now)?;
    read(folder)
}

/// Adds a sealing key that seals from `active_from`.
pub(super) fn add_sealing(
    folder: &Path,
    version: KeyVersion,
    now: Millis,
    active_from: Millis,
) -> Result<(), KeyError> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| KeyError::Random)?;
    let key = Zeroizing::new(STANDARD.encode(bytes.as_slice()));
    write(
        folder,
        &format!("sealing-{version:04}.json"),
        &KeyFile::Sealing { version, created_at: now, active_from, key },
    )
}

/// Adds a signing key that signs from `active_from`; says its `kid`.
pub(super) fn add_signing(folder: &Path, now: Millis, active_from: Millis) -> Result<String, KeyError> {
    let pair = Ed25519KeyPair::generate().map_err(|_| KeyError::Random)?;
    let document = pair.to_pkcs8v1().map_err(|_| KeyError::Random)?;
    let kid = thumbprint(pair.public_key().as_ref());
    let key = Zeroizing::new(STANDARD.encode(document.as_ref()));
    write(
        folder,
        &format!("signing-{kid}.json"),
        &KeyFile::Signing { kid: kid.clone(), created_at: now, active_from, key },
    )?;
    Ok(kid)
}

/// Moves a sealing key that no row needs into `retired/`.
///
/// # Errors
/// [`KeyError::Io`].
pub fn retire_sealing(folder: &Path, version: KeyVersion) -> Result<(), KeyError> {
    retire(folder, &format!("sealing-{version:04}.json"))
}

/// Moves the signing keys that no living permit needs into `retired/`; says which.
///
/// # Errors
/// [`KeyError`].
pub fn retire_spent_signing(folder: &Path, now: Millis) -> Result<Vec<String>, KeyError> {
    let keys = read(folder)?;
    let spent: Vec<String> =
        keys.signing_keys(now).filter(|(_, spent)| *spent).map(|(key, _)| key.kid.clone()).collect();
    for kid in &spent {
        retire(folder, &format!("signing-{kid}.json"))?;
    }
    Ok(spent)
}

fn retire(folder: &Path, name: &str) -> Result<(), KeyError> {
    let retired = folder.join("retired");
    fs::create_dir_all(&retired).map_err(at(&retired))?;
    private(&retired, 0o700)?;
    let from = folder.join(name);
    fs::rename(&from, retired.join(name)).map_err(at(&from))
}

/// Reads every key in the folder.
pub(super) fn read(folder: &Path) -> Result<Keys, KeyError> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(KeyError::Missing(folder.to_owned())),
        Err(source) => return Err(KeyError::Io { path: folder.to_owned(), source }),
    };
    not_exposed(folder)?;
    let mut keys = Keys::default();
    for entry in listing {
        let path = entry.map_err(at(folder))?.path();
        if is_key_file(&path) {
            read_one(&path, &mut keys)?;
        }
    }
    if keys.sealing.is_empty() || keys.signing.is_empty() {
        return Err(KeyError::Missing(folder.to_owned()));
    }
    keys.signing.sort_by(|a, b| (a.active_from, &a.kid).cmp(&(b.active_from, &b.kid)));
    Ok(keys)
}

fn read_one(path: &Path, keys: &mut Keys) -> Result<(), KeyError> {
    let damaged = |what| KeyError::Damaged { path: path.to_owned(), what };
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        // Retired between the listing and now.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(KeyError::Io { path: path.to_owned(), source }),
    };
    not_exposed(path)?;
    match serde_json::from_str(&text).map_err(|_| damaged("not the documented JSON"))? {
        KeyFile::Sealing { version, created_at, active_from, key } => {
            let decoded =
                Zeroizing::new(STANDARD.decode(key.as_bytes()).map_err(|_| damaged("the key is not base64"))?);
            let mut bytes = Zeroizing::new([0_u8; 32]);
            if decoded.len() != bytes.len() || version < 1 {
                return Err(damaged("a sealing key has 32 bytes and a version from 1"));
            }
            bytes.copy_from_slice(&decoded);
            keys.sealing.insert(version, Arc::new(SealingKey { version, created_at, active_from, bytes }));
        }
        KeyFile::Signing { kid, created_at, active_from, key } => {
            let document =
                Zeroizing::new(STANDARD.decode(key.as_bytes()).map_err(|_| damaged("the key is not base64"))?);
            let pair = Ed25519KeyPair::from_pkcs8(&document).map_err(|_| damaged("not an Ed25519 key"))?;
            let public: [u8; 32] = pair.public_key().as_ref().try_into().map_err(|_| damaged("not an Ed25519 key"))?;
            if thumbprint(&public) != kid {
                return Err(damaged("the key is not the one its name says"));
            }
            let private = EncodingKey::from_ed_der(&document);
            keys.signing.push(Arc::new(SigningKey { kid, created_at, active_from, private, public }));
        }
    }
    Ok(())
}

fn is_key_file(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    (name.starts_with("sealing-") || name.starts_with("signing-")) && path.extension().is_some_and(|ext| ext == "json")
}

/// RFC 7638 thumbprint of an Ed25519 JWK, its first 96 bits, base64url.
fn thumbprint(public: &[u8]) -> String {
    let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, URL_SAFE_NO_PAD.encode(public));
    let hash = digest::digest(&digest::SHA256, jwk.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..12])
}

/// Complete or not at all, and never overwriting: a file beside, flushed, then linked to its name.
fn write(folder: &Path, name: &str, key: &KeyFile) -> Result<(), KeyError> {
    let path = folder.join(name);
    let beside = folder.join(format!(".{name}.new"));
    let text = Zeroizing::new(
        serde_json::to_string_pretty(key)
            .map_err(|_| KeyError::Damaged { path: path.clone(), what: "cannot be written as JSON" })?,
    );
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(at(&beside))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(at(&beside))?;
    let linked = fs::hard_link(&beside, &path);
    fs::remove_file(&beside).map_err(at(&beside))?;
    linked.map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => KeyError::Present(path.clone()),
        _ => KeyError::Io { path: path.clone(), source },
    })?;
    // The name itself must survive a power cut before a row depends on the key.
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> KeyError {
    let path: PathBuf = path.to_owned();
    move |source| KeyError::Io { path, source }
}

#[cfg(unix)]
fn private(path: &Path, mode: u32) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(at(path))
}

#[cfg(not(unix))]
fn private(_path: &Path, _mode: u32) -> Result<(), KeyError> {
    Ok(())
}

#[cfg(unix)]
fn not_exposed(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt as _;
    match fs::metadata(path) {
        Ok(metadata) if metadata.permissions().mode() & 0o077 != 0 => Err(KeyError::Exposed(path.to_owned())),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(KeyError::Io { path: path.to_owned(), source }),
    }
}

#[cfg(not(unix))]
fn not_exposed(_path: &Path) -> Result<(), KeyError> {
    Ok(())
}

//! A self-made certificate for one address on the local network.

use std::{fs, net::IpAddr, os::unix::fs::OpenOptionsExt, path::Path};

use anyhow::{Context, Result};
use p256::{
    ecdsa::{DerSignature, SigningKey, signature::Signer},
    elliptic_curve::Generate,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, PublicKeyData, SanType, SerialNumber, SignatureAlgorithm,
};

use time::{Duration, OffsetDateTime};

use super::CertificateFiles;

/// Phones refuse certificates that live longer than 825 days.
const LIFE_DAYS: i64 = 365;

/// The certificate for `address`, made once and kept while it is good for another month; a new address gets a
/// new one.
pub(super) fn for_address(folder: &Path, address: IpAddr) -> Result<CertificateFiles> {
    let name = address.to_string().replace(':', "_");
    let files = (folder.join(format!("lan-{name}.crt.pem")), folder.join(format!("lan-{name}.key.pem")));
    let fresh = fs::metadata(&files.0)
        .and_then(|found| found.modified())
        .is_ok_and(|made| made.elapsed().is_ok_and(|age| age < std::time::Duration::from_secs(86_400 * 330)));
    if !(fresh && files.1.exists()) {
        make(address, &files)?;
    }
    Ok(files)
}

fn make(address: IpAddr, (certificate, key_file): &CertificateFiles) -> Result<()> {
    let key = Key::new()?;
    let mut serial = [0_u8; 16];
    getrandom::fill(&mut serial).map_err(|why| anyhow::anyhow!("no random bytes: {why}"))?;
    serial[0] &= 0x7f;

    let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
    params.subject_alt_names.push(SanType::IpAddress(address));
    params.distinguished_name.push(DnType::CommonName, format!("Gatepass demo on {address}"));
    params.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::days(1);
    params.not_after = now + Duration::days(LIFE_DAYS);
    let made = params.self_signed(&key).context("the certificate cannot be made")?;

    fs::write(certificate, made.pem())?;
    let pem = key.signing.to_pkcs8_pem(LineEnding::LF).context("the key cannot be written")?;
    let mut file = fs::OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(key_file)?;
    std::io::Write::write_all(&mut file, pem.as_bytes())?;
    Ok(())
}

/// P-256: what every phone accepts. In pure Rust, so that xtask builds quickly.
struct Key {
    signing: SigningKey,
    public: Vec<u8>,
}

impl Key {
    fn new() -> Result<Self> {
        let signing = SigningKey::generate();
        let public = signing.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        Ok(Self { signing, public })
    }
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl rcgen::SigningKey for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let signature: DerSignature = self.signing.try_sign(message).map_err(|_| rcgen::Error::RemoteKeyError)?;
        Ok(signature.as_bytes().to_vec())
    }
}

//! Permits: a signed, short-lived word that *this technician* may open *this brand's* gateway with *this tool*.
//!
//! A permit is a JWT (RFC 7519) signed with Ed25519 (RFC 8037). A tool verifies it offline against the key set at
//! `/.well-known/jwks.json`; whoever acts on it redeems it online, once. See `docs/decisions/permits.md`.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Header, Validation,
    jwk::{
        AlgorithmParameters, CommonParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, OctetKeyPairParameters,
        OctetKeyPairType, PublicKeyUse,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    clock::Millis,
    keys::{Keys, SigningKey},
};

/// Who permits are for.
pub const AUDIENCE: &str = "gatepass-tool";
/// The header `typ`.
pub const TYPE: &str = "gatepass-permit+jwt";
/// The longest life of a permit, in seconds.
pub const LONGEST_LIFE: u64 = 600;
/// How far ahead of ours an issuer's clock may run, in seconds. Nothing is forgiven at the end of a permit's life.
const EARLY: u64 = 30;

/// What a permit says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// The portal that issued it: its public address.
    pub iss: String,
    /// The technician's account.
    pub sub: Uuid,
    /// [`AUDIENCE`].
    pub aud: String,
    /// The workshop's name.
    pub workshop: String,
    /// The brand's id, see [`super::brands`].
    pub brand: String,
    /// The tool's serial number.
    pub tool: String,
    /// This permit; good once.
    pub jti: Uuid,
    /// Issued, seconds since 1970.
    pub iat: u64,
    /// Not before, seconds since 1970.
    pub nbf: u64,
    /// Not at or after, seconds since 1970; at most [`LONGEST_LIFE`] after `iat`.
    pub exp: u64,
}

/// Why a permit is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PermitError {
    /// Not a permit of this portal, or changed.
    #[error("not a permit of this portal, or it was altered")]
    Invalid,
    /// Its time is over.
    #[error("the permit's time is over")]
    Expired,
}

impl PermitError {
    /// Every code, for the list of codes.
    pub const CODES: &'static [&'static str] = &["permit_invalid", "permit_expired"];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invalid => "permit_invalid",
            Self::Expired => "permit_expired",
        }
    }
}

/// Signs a permit.
///
/// # Errors
/// When the library cannot sign: a key that is not Ed25519, which [`crate::keys`] never hands out.
pub fn sign(claims: &Claims, key: &SigningKey) -> Result<String, jsonwebtoken::errors::Error> {
    let header = Header { kid: Some(key.kid().to_owned()), typ: Some(TYPE.into()), ..Header::new(Algorithm::EdDSA) };
    jsonwebtoken::encode(&header, claims, key.private())
}

/// Reads a permit as a tool does: with nothing but the key set, the issuer it trusts and the time (seconds since 1970).
///
/// # Errors
/// [`PermitError`].
pub fn verify(permit: &str, keys: &JwkSet, issuer: &str, now: u64) -> Result<Claims, PermitError> {
    let header = jsonwebtoken::decode_header(permit).map_err(|_| PermitError::Invalid)?;
    // RFC 8725 §3.11: another kind of token, should these keys ever sign one, is no permit.
    if header.typ.as_deref() != Some(TYPE) {
        return Err(PermitError::Invalid);
    }
    let jwk = header.kid.and_then(|kid| keys.find(&kid)).ok_or(PermitError::Invalid)?;
    let key = DecodingKey::from_jwk(jwk).map_err(|_| PermitError::Invalid)?;
    // The algorithm is ours to choose, never the token's; time is judged below by the caller's clock.
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_audience(&[AUDIENCE]);
    rules.set_issuer(&[issuer]);
    rules.set_required_spec_claims(&["iss", "sub", "aud", "exp", "nbf"]);
    rules.validate_exp = false;
    rules.validate_nbf = false;
    let claims = jsonwebtoken::decode::<Claims>(permit, &key, &rules).map_err(|_| PermitError::Invalid)?.claims;
    if claims.exp.saturating_sub(claims.iat) > LONGEST_LIFE || claims.nbf > now.saturating_add(EARLY) {
        return Err(PermitError::Invalid);
    }
    if claims.exp <= now { Err(PermitError::Expired) } else { Ok(claims) }
}

/// The key set as of `now` (RFC 7517): what a verifier needs for every permit that can be alive, and for the next ones.
#[must_use]
pub fn key_set(keys: &Keys, now: Millis) -> JwkSet {
    JwkSet { keys: keys.published(now).map(|key| jwk(key)).collect() }
}

fn jwk(key: &SigningKey) -> Jwk {
    Jwk {
        common: CommonParameters {
            public_key_use: Some(PublicKeyUse::Signature),
            key_algorithm: Some(KeyAlgorithm::EdDSA),
            key_id: Some(key.kid().to_owned()),
            ..CommonParameters::default()
        },
        algorithm: AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters {
            key_type: OctetKeyPairType::OctetKeyPair,
            curve: EllipticCurve::Ed25519,
            x: URL_SAFE_NO_PAD.encode(key.public()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Clock, keys};

    const ISSUER: &str = "https://portal.example";
    const NOW: u64 = 1_800_000_000;

    fn claims() -> Claims {
        Claims {
            iss: ISSUER.into(),
            sub: Uuid::from_u128(7),
            aud: AUDIENCE.into(),
            workshop: "Bil & Däck".into(),
            brand: "vag".into(),
            tool: "GP-1".into(),
            jti: Uuid::from_u128(9),
            iat: NOW,
            nbf: NOW,
            exp: NOW + LONGEST_LIFE,
        }
    }

    struct Signer {
        _folder: tempfile::TempDir,
        key: std::sync::Arc<SigningKey>,
        set: JwkSet,
    }

    fn signer() -> Signer {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys::init(folder.path(), Clock::default().now()).unwrap();
        let now = Clock::default().now();
        Signer { key: keys.signing(now).unwrap().clone(), set: key_set(&keys, now), _folder: folder }
    }

    #[test]
    fn a_tool_reads_a_permit_with_the_key_set_alone() {
        let signer = signer();
        let permit = sign(&claims(), &signer.key).unwrap();
        // As a tool has it: the key set came over the network as JSON.
        let set: JwkSet = serde_json::from_str(&serde_json::to_string(&signer.set).unwrap()).unwrap();
        assert_eq!(verify(&permit, &set, ISSUER, NOW + 599), Ok(claims()));
        assert_eq!(verify(&permit, &set, ISSUER, NOW + 600), Err(PermitError::Expired));
        assert_eq!(verify(&permit, &set, ISSUER, NOW - 31), Err(PermitError::Invalid), "not yet");
        assert_eq!(verify(&permit, &set, "https://other.example", NOW), Err(PermitError::Invalid));
    }

    #[test]
    fn no_change_of_one_character_goes_unnoticed() {
        let signer = signer();
        let permit = sign(&claims(), &signer.key).unwrap();
        for at in 0..permit.len() {
            for other in ["A", "B", "Q", "-", "."] {
                let mut altered = permit.clone();
                altered.replace_range(at..=at, other);
                if altered != permit {
                    assert_eq!(verify(&altered, &signer.set, ISSUER, NOW), Err(PermitError::Invalid), "at {at}");
                }
            }
        }
    }

    #[test]
    fn the_token_does_not_choose_its_algorithm() {
        let signer = signer();
        let permit = sign(&claims(), &signer.key).unwrap();
        let body = permit.split('.').nth(1).unwrap();
        for algorithm in ["none", "HS256"] {
            let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{algorithm}","kid":"{}"}}"#, signer.key.kid()));
            let key = jsonwebtoken::EncodingKey::from_secret(signer.key.public());
            let signature =
                jsonwebtoken::crypto::sign(format!("{header}.{body}").as_bytes(), &key, Algorithm::HS256).unwrap();
            assert_eq!(
                verify(&format!("{header}.{body}.{signature}"), &signer.set, ISSUER, NOW),
                Err(PermitError::Invalid)
            );
            assert_eq!(verify(&format!("{header}.{body}."), &signer.set, ISSUER, NOW), Err(PermitError::Invalid));
        }
    }

    #[test]
    fn another_token_of_the_same_key_is_no_permit() {
        let signer = signer();
        let signed = |header: Header, claims: &serde_json::Value| {
            jsonwebtoken::encode(
                &Header { kid: Some(signer.key.kid().to_owned()), ..header },
                claims,
                signer.key.private(),
            )
            .unwrap()
        };
        let good = serde_json::to_value(claims()).unwrap();
        let permit = || Header { typ: Some(TYPE.into()), ..Header::new(Algorithm::EdDSA) };
        assert!(verify(&signed(permit(), &good), &signer.set, ISSUER, NOW).is_ok());
        let plain = Header::new(Algorithm::EdDSA);
        assert_eq!(verify(&signed(plain, &good), &signer.set, ISSUER, NOW), Err(PermitError::Invalid), "typ");
        for (claim, value) in [
            ("aud", serde_json::json!("another")),
            ("iss", serde_json::json!("https://other.example")),
            ("nbf", serde_json::json!(NOW + 31)),
            ("more", serde_json::json!(1)),
        ] {
            let mut other = good.clone();
            other[claim] = value;
            assert_eq!(
                verify(&signed(permit(), &other), &signer.set, ISSUER, NOW),
                Err(PermitError::Invalid),
                "{claim}"
            );
        }
        for claim in ["aud", "iss", "nbf", "exp", "sub", "jti", "tool", "brand"] {
            let mut other = good.clone();
            other.as_object_mut().unwrap().remove(claim);
            assert_eq!(
                verify(&signed(permit(), &other), &signer.set, ISSUER, NOW),
                Err(PermitError::Invalid),
                "{claim}"
            );
        }
        let nameless = jsonwebtoken::encode(&permit(), &good, signer.key.private()).unwrap();
        assert_eq!(verify(&nameless, &signer.set, ISSUER, NOW), Err(PermitError::Invalid), "no kid");
    }

    #[test]
    fn a_permit_that_claims_too_long_a_life_is_refused_even_when_signed() {
        let signer = signer();
        let long = Claims { exp: NOW + LONGEST_LIFE + 1, ..claims() };
        assert_eq!(verify(&sign(&long, &signer.key).unwrap(), &signer.set, ISSUER, NOW), Err(PermitError::Invalid));
        let elsewhere = Claims { aud: "someone-else".into(), ..claims() };
        assert_eq!(
            verify(&sign(&elsewhere, &signer.key).unwrap(), &signer.set, ISSUER, NOW),
            Err(PermitError::Invalid)
        );
    }
}

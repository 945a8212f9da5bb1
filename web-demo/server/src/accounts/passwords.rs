//! Passwords: what is accepted, and Argon2id with a bounded number of hashes at a time.

use std::{fmt, sync::Arc, time::Duration};

use anyhow::Context;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{
    config,
    problem::{Code, FieldCode, Outcome, Problem},
    token::Token,
};

/// Stands where a hash would, for an account whose password nobody has chosen yet.
pub const NOT_CHOSEN: &str = "";
/// Characters a password has at least. There is no other rule of composition.
pub const SHORTEST: usize = 12;
/// Bytes of a password at most.
pub const LONGEST: usize = 1024;
/// A request waits so long for its turn at hashing.
const PATIENCE: Duration = Duration::from_secs(10);

/// A password as given: NFC (RFC 8265 §4.2), so that `é` is the same from every keyboard. `Debug` does not show it.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes a password of whatever quality, for checking it against a hash.
    #[must_use]
    pub fn given(text: &str) -> Self {
        // What is too long to have been accepted is cut before work is spent on it.
        Self(Zeroizing::new(text.chars().take(LONGEST + 1).nfc().collect()))
    }

    /// Takes a password that somebody wants to have from now on. `own` are the user's own data: address, name, workshop.
    ///
    /// Costs a few milliseconds: call it where blocking is allowed, as [`Passwords::accept`] does.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn chosen(text: &str, own: &[&str]) -> Result<Self, FieldCode> {
        if text.len() > LONGEST {
            return Err(FieldCode::TooLong);
        }
        let password = Self::given(text);
        if password.0.chars().count() < SHORTEST {
            return Err(FieldCode::TooShort);
        }
        let own: Vec<String> = own.iter().flat_map(|text| parts(text)).chain(["gatepass".to_owned()]).collect();
        let lower = Zeroizing::new(password.0.to_lowercase());
        if own.iter().any(|part| lower.contains(part.as_str())) {
            return Err(FieldCode::PasswordOwnData);
        }
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        // Score 3: more than 10^8 guesses, "safely unguessable" for a slow hash (zxcvbn's own scale).
        if zxcvbn::zxcvbn(&password.0, &own).score() < zxcvbn::Score::Three {
            return Err(FieldCode::PasswordWeak);
        }
        Ok(password)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The whole text and its words, in lower case, from four characters on.
fn parts(text: &str) -> Vec<String> {
    let text = text.nfc().collect::<String>().to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    let joined = text.chars().filter(|c| c.is_alphanumeric()).collect();
    words.chain([text.clone(), joined]).filter(|part| part.chars().count() >= 4).collect()
}

/// Hashes and checks passwords.
#[derive(Debug, Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    room: Arc<Semaphore>,
    /// A hash of a password nobody knows: checking against it costs what checking a real one costs.
    decoy: Arc<str>,
}

impl Passwords {
    /// With the configured cost.
    ///
    /// # Errors
    /// When Argon2 does not take the cost.
    pub fn new(config: &config::Accounts) -> anyhow::Result<Self> {
        let params = Params::new(config.password_memory_kib, config.password_passes, 1, None)
            .map_err(|error| anyhow::anyhow!("accounts.password_memory_kib, accounts.password_passes: {error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = hash(&argon2, &Password::given(Token::random().expose()))?;
        Ok(Self { argon2, room: Arc::new(Semaphore::new(config.password_hashes_at_once)), decoy: decoy.into() })
    }

    /// [`Password::chosen`], and its hash in PHC form.
    ///
    /// # Errors
    /// [`Code::FieldsRefused`] with `field` as the field's name, or [`Code::Busy`].
    pub async fn accept(&self, field: &'static str, text: &str, own: &[&str]) -> Outcome<String> {
        let (text, own) =
            (Zeroizing::new(text.to_owned()), own.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        let argon2 = self.argon2.clone();
        self.run(move || {
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            let password = Password::chosen(&text, &own).map_err(|why| Problem::field(field, why))?;
            hash(&argon2, &password).map_err(Problem::internal)
        })
        .await?
    }

    /// Whether the password is the one that was hashed. Without a hash (an unknown address, or [`NOT_CHOSEN`]) it takes as
    /// long and is false.
    ///
    /// # Errors
    /// [`Code::Busy`], or when the stored hash cannot be read.
    pub async fn check(&self, password: Password, hash: Option<&str>) -> Outcome<bool> {
        let hash = hash.filter(|hash| *hash != NOT_CHOSEN);
        let (known, phc) = (hash.is_some(), hash.unwrap_or(&self.decoy).to_owned());
        let argon2 = self.argon2.clone();
        let right = self
            .run(move || -> anyhow::Result<bool> {
                let phc =
                    PasswordHash::new(&phc).map_err(|_| anyhow::anyhow!("a stored password hash cannot be read"))?;
                Ok(argon2.verify_password(password.0.as_bytes(), &phc).is_ok())
            })
            .await??;
        Ok(right && known)
    }

    /// Whether a stored hash was made with another cost than the present one.
    #[must_use]
    pub fn is_dated(&self, stored: &str) -> bool {
        PasswordHash::new(stored).ok().and_then(|phc| Params::try_from(&phc).ok()).is_none_or(|params| {
            params.m_cost() != self.argon2.params().m_cost() || params.t_cost() != self.argon2.params().t_cost()
        })
    }

    /// The hash of a password that was just found right, with the present cost.
    ///
    /// # Errors
    /// [`Code::Busy`].
    pub async fn renew(&self, password: Password) -> Outcome<String> {
        let argon2 = self.argon2.clone();
        self.run(move || hash(&argon2, &password)).await?.map_err(Problem::internal)
    }

    /// Runs `work` on a thread that may block, when it is its turn: for every hash that is costly on purpose.
    ///
    /// # Errors
    /// [`Code::Busy`] when its turn does not come in time.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
        let turn = tokio::time::timeout(PATIENCE, self.room.clone().acquire_owned())
            .await
            .map_err(|_| Problem::new(Code::Busy))?
            .map_err(Problem::internal)?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(|_| Problem::internal(anyhow::anyhow!("hashing a password failed")))
    }
}

fn hash(argon2: &Argon2<'_>, password: &Password) -> anyhow::Result<String> {
    let phc = argon2
        .hash_password(password.0.as_bytes())
        .map_err(|_| anyhow::anyhow!("Argon2id"))
        .context("hashing a password")?;
    Ok(phc.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [&str; 3] = ["anna.berg@verkstad.se", "Anna Maria Berg", "Bergs Bilverkstad AB"];

    #[test]
    fn a_good_password_of_any_composition_is_taken() {
        for good in [
            "correct horse battery",
            "lila moln över sjöbo",
            "密码很长但是只有汉字的句子",
            "tvålarvattenflaskor",
            "      q7 x!  zzpw",
        ] {
            assert_eq!(Password::chosen(good, &OWN).err(), None, "{good}");
        }
    }

    #[test]
    fn a_bad_password_is_refused_with_its_reason() {
        for (bad, why) in [
            ("kort", FieldCode::TooShort),
            ("åäöåäöåäöåä", FieldCode::TooShort),
            ("password1234", FieldCode::PasswordWeak),
            ("aaaaaaaaaaaaaaa", FieldCode::PasswordWeak),
            ("qwertyuiopasdf", FieldCode::PasswordWeak),
            ("xk7 anna.berg qz!", FieldCode::PasswordOwnData),
            ("Bilverkstad-xk7qz!", FieldCode::PasswordOwnData),
            ("min MARIA i skogen", FieldCode::PasswordOwnData),
            ("gatepass är bäst!", FieldCode::PasswordOwnData),
        ] {
            assert_eq!(Password::chosen(bad, &OWN).err(), Some(why), "{bad}");
        }
        assert_eq!(Password::chosen(&"lång ".repeat(300), &OWN).err(), Some(FieldCode::TooLong));
    }

    #[test]
    fn the_same_letter_from_two_keyboards_is_the_same_password() {
        assert_eq!(Password::given("caf\u{e9}").0.as_str(), Password::given("cafe\u{301}").0.as_str());
    }
}

//! The encrypted account store.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::vault::{self, Entry, EntryId, KdfParams, Newest, Unlock, VaultError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::convert::bounded;
use crate::error::{CallError, Thrown};
use crate::names::{AccountType, Algorithm};
use crate::otpauth::{OtpAccount, TextCodes, counter, period, text_codes};

/// An unlocked vault.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Vault(vault::Vault);

#[wasm_bindgen]
impl Vault {
    /// A new, empty vault.
    ///
    /// # Errors
    /// The codes of `VaultError`.
    pub fn create(password: String, memory_kib: f64, passes: f64, lanes: f64) -> Result<Self, Thrown> {
        let kdf = KdfParams::new(bounded(memory_kib, u32::MAX), bounded(passes, u32::MAX), bounded(lanes, u32::MAX))?;
        Ok(Self(vault::Vault::create(&Zeroizing::new(password), kdf, &mut entropy)?))
    }

    /// Opens saved bytes.
    ///
    /// # Errors
    /// The codes of `VaultError`.
    pub fn unlock(bytes: &[u8], password: String) -> Result<Self, Thrown> {
        Ok(Self(vault::Vault::unlock(bytes, Unlock::Password(&Zeroizing::new(password)))?))
    }

    /// Opens what is left of damaged bytes.
    ///
    /// # Errors
    /// The codes of `VaultError`.
    pub fn salvage(bytes: &[u8], password: String) -> Result<Salvaged, Thrown> {
        let found = vault::Vault::salvage(bytes, Unlock::Password(&Zeroizing::new(password)))?;
        let salvaged = Salvaged::new();
        salvaged.set_vault(Self(found.vault));
        salvaged.set_unreadable(found.unreadable);
        salvaged.set_cut_short(found.cut_short);
        Ok(salvaged)
    }

    /// How often the vault was saved.
    #[wasm_bindgen(getter)]
    pub fn generation(&self) -> f64 {
        crate::convert::to_f64(self.0.generation())
    }

    /// The accounts as a list shows them.
    pub fn entries(&self) -> Vec<EntryDto> {
        self.0.entries().iter().map(Into::into).collect()
    }

    /// The codes of an account around a moment.
    ///
    /// # Errors
    /// `vault_unknown_entry`, `not_time_based`, `invalid_time`.
    pub fn codes(&self, id: &str, now_ms: f64) -> Result<TextCodes, Thrown> {
        text_codes(self.entry(id)?.otpauth(), now_ms)
    }

    /// The next code of a counter-based account, which counts on.
    ///
    /// # Errors
    /// `vault_unknown_entry`, `not_counter_based`, `counter_exhausted`.
    #[wasm_bindgen(js_name = nextHotp)]
    pub fn next_hotp(&mut self, id: &str) -> Result<String, Thrown> {
        let account = self.entry(id)?.otpauth();
        counter(account.kind()).ok_or(CallError::NotCounterBased)?;
        let code = account.code_at(0).as_str().into();
        let advanced = account.advanced().ok_or(CallError::CounterExhausted)?;
        self.0.update(entry_id(id)?, advanced)?;
        Ok(code)
    }

    /// Adds a copy of an account at the end.
    ///
    /// # Errors
    /// `vault_full`.
    pub fn add(&mut self, account: &OtpAccount) -> Result<String, Thrown> {
        Ok(hex(self.0.add(account.0.clone(), &mut entropy)?))
    }

    /// Gives an account other names to be shown; none shows its own again.
    ///
    /// # Errors
    /// `vault_unknown_entry`, `vault_name_invalid`, `vault_name_is_steam`, `vault_entry_too_long`.
    pub fn rename(&mut self, id: &str, issuer: Option<String>, account: Option<String>) -> Result<(), Thrown> {
        Ok(self.0.rename(entry_id(id)?, issuer.as_deref(), account.as_deref())?)
    }

    /// Takes an account out.
    ///
    /// # Errors
    /// `vault_unknown_entry`.
    pub fn remove(&mut self, id: &str) -> Result<Removed, Thrown> {
        Ok(Removed(self.0.remove(entry_id(id)?)?))
    }

    /// Puts a removed account back where it was.
    ///
    /// # Errors
    /// `vault_entry_already_there`, `vault_full`.
    pub fn restore(&mut self, removed: &Removed) -> Result<String, Thrown> {
        Ok(hex(self.0.restore(&removed.0)?))
    }

    /// A new order.
    ///
    /// # Errors
    /// `vault_order_mismatch`, `vault_unknown_entry`.
    pub fn reorder(&mut self, ids: Vec<String>) -> Result<(), Thrown> {
        Ok(self.0.reorder(&entry_ids(&ids)?)?)
    }

    /// Whether this is the password.
    ///
    /// # Errors
    /// The codes of `VaultError`.
    #[wasm_bindgen(js_name = verifyPassword)]
    pub fn verify_password(&self, password: String) -> Result<(), Thrown> {
        Ok(self.0.verify_password(&Zeroizing::new(password))?)
    }

    /// Wraps the key with another password, at the same cost.
    ///
    /// # Errors
    /// The codes of `VaultError`.
    #[wasm_bindgen(js_name = changePassword)]
    pub fn change_password(&mut self, current: String, new: String) -> Result<(), Thrown> {
        let (current, new) = (Zeroizing::new(current), Zeroizing::new(new));
        let kdf = self.0.kdf();
        Ok(self.0.change_password(&current, &new, kdf, &mut entropy)?)
    }

    /// The bytes to keep.
    pub fn save(&mut self) -> Vec<u8> {
        self.0.save(&mut entropy)
    }

    /// A copy of an account under the names it is shown with.
    ///
    /// # Errors
    /// `vault_unknown_entry`.
    pub fn account(&self, id: &str) -> Result<OtpAccount, Thrown> {
        Ok(OtpAccount(self.entry(id)?.shown()))
    }

    /// How an account relates to those that are there.
    #[wasm_bindgen(unchecked_return_type = "'new' | 'same' | 'sameName'")]
    pub fn likeness(&self, account: &OtpAccount) -> JsValue {
        JsValue::from_str(self.0.likeness(&account.0).name())
    }

    fn entry(&self, id: &str) -> Result<&Entry, Thrown> {
        Ok(self.0.entry(entry_id(id)?).ok_or(VaultError::UnknownEntry)?)
    }
}

/// An account that was taken out and can be put back.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Removed(vault::Removed);

#[wasm_bindgen]
impl Removed {
    /// The account as the list showed it.
    #[wasm_bindgen(getter)]
    pub fn entry(&self) -> EntryDto {
        self.0.entry().into()
    }
}

/// Which of two saved vaults to open.
///
/// # Errors
/// The codes of `VaultError`.
#[wasm_bindgen(js_name = pickNewestVault, unchecked_return_type = "'first' | 'second'")]
pub fn pick_newest_vault(first: &[u8], second: &[u8]) -> Result<JsValue, Thrown> {
    Ok(JsValue::from_str(match vault::pick_newest(first, second)? {
        Newest::First => "first",
        Newest::Second => "second",
    }))
}

#[wasm_bindgen]
extern "C" {
    /// The facade's `VaultEntry`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type EntryDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> EntryDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_id(this: &EntryDto, id: &str);
    #[wasm_bindgen(method, setter, structural, js_name = type)]
    fn set_type(this: &EntryDto, account_type: AccountType);
    #[wasm_bindgen(method, setter, structural)]
    fn set_issuer(this: &EntryDto, issuer: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_account(this: &EntryDto, account: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_algorithm(this: &EntryDto, algorithm: Algorithm);
    #[wasm_bindgen(method, setter, structural)]
    fn set_digits(this: &EntryDto, digits: usize);
    #[wasm_bindgen(method, setter, structural)]
    fn set_period(this: &EntryDto, seconds: u32);
    #[wasm_bindgen(method, setter, structural)]
    fn set_counter(this: &EntryDto, counter: f64);

    /// The facade's `Salvaged`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type Salvaged;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Salvaged;
    #[wasm_bindgen(method, setter, structural)]
    fn set_vault(this: &Salvaged, vault: Vault);
    #[wasm_bindgen(method, setter, structural)]
    fn set_unreadable(this: &Salvaged, entries: usize);
    #[wasm_bindgen(method, setter, structural, js_name = cutShort)]
    fn set_cut_short(this: &Salvaged, cut_short: bool);
}

impl From<&Entry> for EntryDto {
    fn from(entry: &Entry) -> Self {
        let kind = entry.otpauth().kind();
        let dto = Self::new();
        dto.set_id(&hex(entry.id()));
        dto.set_type(kind.into());
        entry.issuer().into_iter().for_each(|issuer| dto.set_issuer(issuer));
        dto.set_account(entry.account());
        dto.set_algorithm(kind.algorithm().into());
        dto.set_digits(kind.format().length());
        period(kind).into_iter().for_each(|seconds| dto.set_period(seconds));
        counter(kind).into_iter().for_each(|counter| dto.set_counter(counter));
        dto
    }
}

/// What `to_string` gives, without `core::fmt`, which nothing else here needs.
fn hex(id: EntryId) -> String {
    id.as_bytes()
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn entry_id(hex: &str) -> Result<EntryId, Thrown> {
    Ok(EntryId::from_hex(hex).ok_or(VaultError::UnknownEntry)?)
}

fn entry_ids(ids: &[String]) -> Result<Vec<EntryId>, Thrown> {
    ids.iter().map(|id| entry_id(id)).collect()
}

fn entropy(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("`crypto.getRandomValues` is wherever wasm is");
}

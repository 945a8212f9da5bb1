//! Google Authenticator's export, both ways.

use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

use gatepass_core::migration::{self, Added, Collector, Entry, Export};
use gatepass_core::otpauth::Otpauth;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::error::Thrown;
use crate::otpauth::{OtpAccount, warning_codes};

/// Gathers the QR codes of one export.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct MigrationCollector(Collector);

#[wasm_bindgen]
impl MigrationCollector {
    /// Nothing gathered yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one code.
    ///
    /// # Errors
    /// The codes of `MigrationError`.
    pub fn add(&mut self, uri: String) -> Result<Progress, Thrown> {
        let added = self.0.add(migration::parse(&Zeroizing::new(uri))?);
        let progress = Progress::new();
        progress.set_state(state(added));
        progress.set_scanned(self.0.scanned());
        progress.set_total(self.0.total());
        Ok(progress)
    }

    /// The accounts gathered so far.
    pub fn entries(&self) -> Vec<EntryDto> {
        self.0.clone().into_entries().into_iter().map(Into::into).collect()
    }
}

/// The accounts of one code.
///
/// # Errors
/// The codes of `MigrationError`.
#[wasm_bindgen(js_name = parseMigration)]
pub fn parse_migration(uri: String) -> Result<Vec<EntryDto>, Thrown> {
    let batch = migration::parse(&Zeroizing::new(uri))?;
    Ok(batch.into_entries().into_iter().map(Into::into).collect())
}

/// Writes accounts as one export.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct MigrationExporter(Vec<Otpauth>);

#[wasm_bindgen]
impl MigrationExporter {
    /// No account yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// One account more.
    pub fn add(&mut self, account: &OtpAccount) {
        self.0.push(account.0.clone());
    }

    /// The QR texts of all accounts, and which could not be written.
    pub fn export(&mut self) -> ExportDto {
        migration::export(&mem::take(&mut self.0)).into()
    }
}

#[wasm_bindgen]
extern "C" {
    /// The facade's `MigrationProgress`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type Progress;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Progress;
    #[wasm_bindgen(method, setter, structural)]
    fn set_state(this: &Progress, state: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_scanned(this: &Progress, codes: usize);
    #[wasm_bindgen(method, setter, structural)]
    fn set_total(this: &Progress, codes: usize);

    /// The facade's `MigrationEntry`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type EntryDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> EntryDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_account(this: &EntryDto, account: OtpAccount);
    #[wasm_bindgen(method, setter, structural)]
    fn set_warnings(this: &EntryDto, codes: Vec<JsValue>);
    #[wasm_bindgen(method, setter, structural)]
    fn set_error(this: &EntryDto, code: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_label(this: &EntryDto, label: &str);

    /// The facade's `MigrationExport`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type ExportDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> ExportDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_uris(this: &ExportDto, uris: Vec<JsValue>);
    #[wasm_bindgen(method, setter, structural, js_name = leftOut)]
    fn set_left_out(this: &ExportDto, left_out: Vec<LeftOutDto>);

    /// One of the facade's `MigrationExport.leftOut`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type LeftOutDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> LeftOutDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_index(this: &LeftOutDto, index: usize);
    #[wasm_bindgen(method, setter, structural)]
    fn set_reason(this: &LeftOutDto, code: &str);
}

impl From<Entry> for EntryDto {
    fn from(entry: Entry) -> Self {
        let dto = Self::new();
        match entry {
            Ok((account, warnings)) => {
                dto.set_account(OtpAccount(account));
                dto.set_warnings(warning_codes(&warnings));
            }
            Err(error) => {
                dto.set_error(error.code());
                dto.set_label(error.label());
            }
        }
        dto
    }
}

impl From<Export> for ExportDto {
    fn from(export: Export) -> Self {
        let dto = Self::new();
        dto.set_uris(export.uris.iter().map(|uri| JsValue::from_str(uri)).collect());
        dto.set_left_out(
            export
                .left_out
                .iter()
                .map(|(index, reason)| {
                    let left_out = LeftOutDto::new();
                    left_out.set_index(*index);
                    left_out.set_reason(reason.code());
                    left_out
                })
                .collect(),
        );
        dto
    }
}

fn state(added: Added) -> &'static str {
    match added {
        Added::Collecting => "collecting",
        Added::Complete => "complete",
        Added::OtherExport => "otherExport",
    }
}

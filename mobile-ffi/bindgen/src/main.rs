//! uniffi's generator, built from this workspace so that it can never differ from the library's version.

fn main() {
    uniffi::uniffi_bindgen_main();
}

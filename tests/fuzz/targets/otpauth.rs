//! Any text: no panic, and what is accepted is the same account after it was written and read again.

#![no_main]

use gatepass_core::otpauth::{Limit, ParseOptions, Verdict, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for options in [ParseOptions::SCANNER, ParseOptions::IMPORT, ParseOptions { limit: Limit::Scanner, strict: true }] {
        let (Verdict::Accept(account) | Verdict::AcceptWithWarnings(account, _)) = parse(text, &options) else {
            continue;
        };
        let uri = account.emit();
        let again = parse(&uri, &ParseOptions::IMPORT);
        assert_eq!(again.account(), Some(&account), "written and read again it is another account");
        assert_eq!(*again.account().expect("was compared just above").emit(), *uri, "the form is not stable");
        let _ = account.code_at(1_234_567_890);
    }
});

//! `gatepass inspect`: asks the core about one thing, without a portal and without a database, for helpdesks and for our own
//! checks.
//!
//! Each command reads files or standard input and prints its answers in the order of its inputs; as JSON one object a line.
//! Nothing is kept. The answer about a document or a name holds personal data, as its input did; a secret is never printed.

mod document;
mod file;
mod lines;
mod measures;
mod mrz;
mod name;
mod otpauth;
mod profile;
mod qr;
mod turn;

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::Subcommand;

pub use file::PICTURE_CODES;
pub use otpauth::From;
pub use turn::CLIP_CODES;

/// `gatepass inspect …`
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say whether photographs of a document can be read, and what to do when not.
    ///
    /// What is wrong with a file itself is its "error": `file_unreadable`, `picture_unsupported`, `picture_damaged` or
    /// `picture_too_large`. Ends with 1 when a file could not be read at all, else with 0, whatever the verdict.
    Document(document::DocumentArgs),
    /// Read a machine-readable zone from standard input: its fields, and what each check digit says.
    Mrz(mrz::MrzArgs),
    /// Compare a typed name with a document's, or show what a document's zone makes of a typed name.
    Name(name::NameArgs),
    /// Say what films of a head show: which way it turned, how far, and whether it was solid.
    ///
    /// A folder holds its frames as PNG or JPEG and `clip.json`:
    /// `{"prompts": [{"direction": "left", "at": 1200}], "frames": [{"file": "0000.png", "at": 0}]}`, times in
    /// milliseconds. What is wrong with a folder is its "error". Ends with 1 when one could not be read, else with 0.
    Turn(turn::TurnArgs),
    /// Check a workshop profile, one JSON object from standard input.
    ///
    /// Its members are the fields of the form: `company`, `number`, `street`, `postal_code`, `city`, `province`, `country`,
    /// `phone`, `given_names`, `surname`, `role`, `language`.
    Profile(profile::ProfileArgs),
    /// Read one otpauth URI per line from standard input, print one JSON object per line. The secret is never printed.
    Otpauth(otpauth::OtpauthArgs),
    /// Read the QR codes in pictures (PNG, JPEG, WebP, GIF, BMP), print one JSON object per file.
    ///
    /// What is wrong with a picture is its "error": `file_unreadable`, `picture_unsupported`, `picture_damaged` or
    /// `picture_too_large` (sides above 8192 pixels, files above 256 MiB). The others are read all the same. Ends with 1
    /// when a file could not be read at all, else with 0, also when no code was found.
    Qr(qr::QrArgs),
}

/// Runs the command on standard input and output.
///
/// # Errors
/// When standard input cannot be read or standard output cannot be written.
pub fn run(command: Command) -> anyhow::Result<ExitCode> {
    // Sends each line when it ends, so that who writes a line and waits for the answer gets it.
    let mut out = io::stdout().lock();
    let input = || io::stdin().lock();
    let mut code = ExitCode::SUCCESS;
    match command {
        Command::Document(args) => code = args.run(&mut out)?,
        Command::Mrz(args) => args.run(input(), &mut out)?,
        Command::Name(args) => args.run(input(), &mut out)?,
        Command::Turn(args) => code = args.run(&mut out)?,
        Command::Profile(args) => code = args.run(input(), &mut out)?,
        Command::Otpauth(args) => args.run(input(), &mut out)?,
        Command::Qr(args) => code = args.run(&mut out)?,
    }
    out.flush()?;
    Ok(code)
}

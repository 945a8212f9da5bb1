//! What the portal's mails say, in Swedish and English. Strings here, their form in `layout.html` and `layout.txt`.

use gatepass_core::identity::profile::Language;
use minijinja::{AutoEscape, Environment, context};
use serde::Serialize;
use serde_json::Value;

/// The mails there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Asked for by a registration or a wish for a new link: confirm the address, or "you already have an account".
    ConfirmEmail,
    /// The link to confirm, asked for again; nothing when there is nothing to confirm.
    ConfirmAgain,
    /// In the place of the link to confirm, for an address that was registered more than once: choose the password with it.
    ChoosePassword,
    /// Somebody registered an address that has an account.
    AlreadyRegistered,
    /// Set a new password.
    ResetPassword,
    /// Confirm the address an account moves to.
    ConfirmNewEmail,
    /// To the old address: the account moved away from it.
    EmailChanged,
    /// The password was changed or reset.
    PasswordChanged,
    /// An authenticator was added.
    SecondFactorAdded,
    /// The authenticator was removed.
    SecondFactorRemoved,
    /// New recovery codes were made; the old ones do not work any more.
    RecoveryCodesMade,
    /// A recovery code was used; `left` says how many remain.
    RecoveryCodeUsed,
    /// The right password, but the wrong codes, several times.
    CodesRefused,
    /// A code was used that had been used before.
    CodeReused,
    /// So many wrong codes that no further one is taken.
    CodesStopped,
}

impl Letter {
    /// Every letter.
    pub const ALL: &'static [Self] = &[
        Self::ConfirmEmail,
        Self::ConfirmAgain,
        Self::ChoosePassword,
        Self::AlreadyRegistered,
        Self::ResetPassword,
        Self::ConfirmNewEmail,
        Self::EmailChanged,
        Self::PasswordChanged,
        Self::SecondFactorAdded,
        Self::SecondFactorRemoved,
        Self::RecoveryCodesMade,
        Self::RecoveryCodeUsed,
        Self::CodesRefused,
        Self::CodeReused,
        Self::CodesStopped,
    ];

    /// The name in the outbox.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ConfirmAgain => "confirm_again",
            Self::ChoosePassword => "choose_password",
            Self::AlreadyRegistered => "already_registered",
            Self::ResetPassword => "reset_password",
            Self::ConfirmNewEmail => "confirm_new_email",
            Self::EmailChanged => "email_changed",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorAdded => "second_factor_added",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::RecoveryCodesMade => "recovery_codes_made",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::CodesRefused => "codes_refused",
            Self::CodeReused => "code_reused",
            Self::CodesStopped => "codes_stopped",
        }
    }

    /// The letter with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|letter| letter.code() == code)
    }
}

/// A mail ready to be put into an envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject.
    pub subject: &'static str,
    /// The twin in plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

/// What one letter says.
#[derive(Debug, Serialize)]
struct Content {
    #[serde(skip)]
    subject: &'static str,
    title: &'static str,
    paragraphs: Vec<String>,
    button: Option<&'static str>,
    /// Under the button: how long the link works, what to do if it was not you.
    notes: Vec<&'static str>,
}

/// Facts a letter may need.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    /// Hours that a confirmation link works.
    pub confirm_hours: u32,
    /// Minutes that a reset link works.
    pub reset_minutes: u32,
}

/// Renders a letter. `name` is greeted, `link` is behind the button, `params` are the numbers of the outbox row.
///
/// # Errors
/// When a template is broken, which a test rules out.
pub fn render(
    letter: Letter,
    language: Language,
    name: &str,
    link: Option<&str>,
    params: &Value,
    facts: Facts,
) -> Result<Rendered, minijinja::Error> {
    let content = match language {
        Language::Swedish => swedish(letter, params, facts),
        Language::English => english(letter, params, facts),
    };
    let mut environment = Environment::new();
    environment
        .set_auto_escape_callback(|name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None });
    environment.add_template("layout.html", include_str!("layout.html"))?;
    environment.add_template("layout.txt", include_str!("layout.txt"))?;
    let (hello, footer) = match language {
        Language::Swedish => {
            ("Hej", "Du får det här mejlet eftersom adressen används hos Gatepass. Det går inte att svara på det.")
        }
        Language::English => {
            ("Hello", "You get this mail because the address is used at Gatepass. Answers to it are not read.")
        }
    };
    let context = context! {
        lang => language.code(), hello, name, footer, link,
        subject => content.subject, title => content.title, paragraphs => content.paragraphs,
        button => content.button.filter(|_| link.is_some()), notes => content.notes,
    };
    Ok(Rendered {
        subject: content.subject,
        text: environment.get_template("layout.txt")?.render(&context)?,
        html: environment.get_template("layout.html")?.render(&context)?,
    })
}

fn number(params: &Value, name: &str) -> u64 {
    params.get(name).and_then(Value::as_u64).unwrap_or(0)
}

fn english(letter: Letter, params: &Value, facts: Facts) -> Content {
    const NOT_YOU_SECURITY: &str = "If this was not you, set a new password at once and check your security settings. Then tell your workshop's manager.";
    const NOT_YOU_NOTHING: &str = "If this was not you, do nothing: without the link nothing happens.";
    let simple = |subject, paragraph: String, button, notes| Content {
        subject,
        title: subject,
        paragraphs: vec![paragraph],
        button,
        notes,
    };
    match letter {
        Letter::ConfirmEmail | Letter::ConfirmAgain => Content {
            subject: "Confirm your e-mail address",
            title: "Confirm your e-mail address",
            paragraphs: vec!["One step is left before you can log in. Open the page behind the button and confirm.".to_owned()],
            button: Some("Confirm the address"),
            notes: vec![
                if facts.confirm_hours == 48 { "The link works once, for two days. Only the newest link works." } else { "The link works once, for a limited time. Only the newest link works." },
                NOT_YOU_NOTHING,
            ],
        },
        Letter::ChoosePassword => simple(
            "Choose your password",
            format!("This address was registered more than once. Choose your password on the page behind the button: that confirms the address, and no password from before counts. The link works once, for {} minutes.", facts.reset_minutes),
            Some("Choose a password"),
            vec![NOT_YOU_NOTHING],
        ),
        Letter::AlreadyRegistered => simple(
            "You already have an account",
            "Somebody, most likely you, wanted to register this address. It already has an account: log in with it, or set a new password if you have forgotten yours.".to_owned(),
            Some("Go to log in"),
            vec!["If this was not you, there is nothing to do: nobody got in."],
        ),
        Letter::ResetPassword => simple(
            "Set a new password",
            format!("Open the page behind the button and choose a new password. The link works once, for {} minutes.", facts.reset_minutes),
            Some("Choose a new password"),
            vec![NOT_YOU_NOTHING],
        ),
        Letter::ConfirmNewEmail => simple(
            "Confirm your new e-mail address",
            "Your account moves to this address when you confirm it. Until then you log in with the old one.".to_owned(),
            Some("Confirm the address"),
            vec!["The link works once, for a limited time.", NOT_YOU_NOTHING],
        ),
        Letter::EmailChanged => simple(
            "Your e-mail address was changed",
            "Your account was moved to another e-mail address. You can no longer log in with this one.".to_owned(),
            None,
            vec!["If this was not you, contact the helpdesk at once: somebody has taken over your account."],
        ),
        Letter::PasswordChanged => simple(
            "Your password was changed",
            "The password of your account was changed, and all other devices were logged out.".to_owned(),
            Some("Set a new password"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::SecondFactorAdded => simple(
            "An authenticator was added",
            "From now on a code of this authenticator is asked for when you log in.".to_owned(),
            Some("Security settings"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::SecondFactorRemoved => simple(
            "Your authenticator was removed",
            "No code is asked for any more when you log in. At a diagnostic tool you are asked to add a new authenticator.".to_owned(),
            Some("Security settings"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::RecoveryCodesMade => simple(
            "New recovery codes were made",
            "Your old recovery codes do not work any more. Keep the new ones where you find them without your phone.".to_owned(),
            Some("Security settings"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::RecoveryCodeUsed => simple(
            "A recovery code was used",
            match number(params, "left") {
                0 => "It was your last one. Make new recovery codes now.".to_owned(),
                1 => "You have one left. Make new recovery codes now.".to_owned(),
                left => format!("You have {left} left."),
            },
            Some("Security settings"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::CodesRefused => simple(
            "Wrong codes at your login",
            "Somebody gave your right password and then wrong codes. Nobody got in.".to_owned(),
            Some("Set a new password"),
            vec!["If this was you, check that the clock of your phone is right.", NOT_YOU_SECURITY],
        ),
        Letter::CodeReused => simple(
            "A code was used a second time",
            "A code that had let you in was given once more and refused. Nobody got in with it.".to_owned(),
            Some("Security settings"),
            vec!["If you pressed the button twice, there is nothing to do.", NOT_YOU_SECURITY],
        ),
        Letter::CodesStopped => simple(
            "Codes are not taken any more",
            "Somebody gave your right password and then a hundred wrong codes in a row. Nobody got in. Now no code is taken, not even a right one. Log in with a recovery code, or ask the helpdesk.".to_owned(),
            Some("Set a new password"),
            vec!["If this was you, check that the clock of your phone is right.", NOT_YOU_SECURITY],
        ),
    }
}

fn swedish(letter: Letter, params: &Value, facts: Facts) -> Content {
    const NOT_YOU_SECURITY: &str = "Om det inte var du, välj ett nytt lösenord genast och gå igenom dina säkerhetsinställningar. Säg sedan till din verkstadschef.";
    const NOT_YOU_NOTHING: &str = "Om det inte var du behöver du inte göra något: utan länken händer ingenting.";
    let simple = |subject, paragraph: String, button, notes| Content {
        subject,
        title: subject,
        paragraphs: vec![paragraph],
        button,
        notes,
    };
    match letter {
        Letter::ConfirmEmail | Letter::ConfirmAgain => Content {
            subject: "Bekräfta din e-postadress",
            title: "Bekräfta din e-postadress",
            paragraphs: vec!["Ett steg återstår innan du kan logga in. Öppna sidan bakom knappen och bekräfta.".to_owned()],
            button: Some("Bekräfta adressen"),
            notes: vec![
                if facts.confirm_hours == 48 { "Länken fungerar en gång, i två dygn. Bara den senaste länken fungerar." } else { "Länken fungerar en gång, under begränsad tid. Bara den senaste länken fungerar." },
                NOT_YOU_NOTHING,
            ],
        },
        Letter::ChoosePassword => simple(
            "Välj ditt lösenord",
            format!("Adressen har registrerats mer än en gång. Välj ditt lösenord på sidan bakom knappen: det bekräftar adressen, och inget tidigare lösenord gäller. Länken fungerar en gång, i {} minuter.", facts.reset_minutes),
            Some("Välj lösenord"),
            vec![NOT_YOU_NOTHING],
        ),
        Letter::AlreadyRegistered => simple(
            "Du har redan ett konto",
            "Någon, troligen du, ville registrera den här adressen. Den har redan ett konto: logga in med det, eller välj ett nytt lösenord om du har glömt ditt.".to_owned(),
            Some("Till inloggningen"),
            vec!["Om det inte var du behöver du inte göra något: ingen har kommit in."],
        ),
        Letter::ResetPassword => simple(
            "Välj ett nytt lösenord",
            format!("Öppna sidan bakom knappen och välj ett nytt lösenord. Länken fungerar en gång, i {} minuter.", facts.reset_minutes),
            Some("Välj nytt lösenord"),
            vec![NOT_YOU_NOTHING],
        ),
        Letter::ConfirmNewEmail => simple(
            "Bekräfta din nya e-postadress",
            "Ditt konto flyttar till den här adressen när du bekräftar den. Till dess loggar du in med den gamla.".to_owned(),
            Some("Bekräfta adressen"),
            vec!["Länken fungerar en gång, under begränsad tid.", NOT_YOU_NOTHING],
        ),
        Letter::EmailChanged => simple(
            "Din e-postadress har ändrats",
            "Ditt konto har flyttats till en annan e-postadress. Du kan inte längre logga in med den här.".to_owned(),
            None,
            vec!["Om det inte var du, kontakta supporten genast: någon har tagit över ditt konto."],
        ),
        Letter::PasswordChanged => simple(
            "Ditt lösenord har ändrats",
            "Lösenordet till ditt konto har ändrats, och alla andra enheter har loggats ut.".to_owned(),
            Some("Välj nytt lösenord"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::SecondFactorAdded => simple(
            "En autentiserare har lagts till",
            "Från och med nu behövs en kod från den här autentiseraren när du loggar in.".to_owned(),
            Some("Säkerhetsinställningar"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::SecondFactorRemoved => simple(
            "Din autentiserare har tagits bort",
            "Ingen kod behövs längre när du loggar in. Vid ett diagnosverktyg får du lägga till en ny autentiserare.".to_owned(),
            Some("Säkerhetsinställningar"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::RecoveryCodesMade => simple(
            "Nya reservkoder har skapats",
            "Dina gamla reservkoder fungerar inte längre. Förvara de nya där du hittar dem utan telefonen.".to_owned(),
            Some("Säkerhetsinställningar"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::RecoveryCodeUsed => simple(
            "En reservkod har använts",
            match number(params, "left") {
                0 => "Det var din sista. Skapa nya reservkoder nu.".to_owned(),
                1 => "Du har en kvar. Skapa nya reservkoder nu.".to_owned(),
                left => format!("Du har {left} kvar."),
            },
            Some("Säkerhetsinställningar"),
            vec![NOT_YOU_SECURITY],
        ),
        Letter::CodesRefused => simple(
            "Fel koder vid din inloggning",
            "Någon angav ditt rätta lösenord och sedan fel koder. Ingen har kommit in.".to_owned(),
            Some("Välj nytt lösenord"),
            vec!["Om det var du, kontrollera att telefonens klocka går rätt.", NOT_YOU_SECURITY],
        ),
        Letter::CodeReused => simple(
            "En kod användes en andra gång",
            "En kod som hade släppt in dig angavs en gång till och nekades. Ingen har kommit in med den.".to_owned(),
            Some("Säkerhetsinställningar"),
            vec!["Om du tryckte två gånger på knappen behöver du inte göra något.", NOT_YOU_SECURITY],
        ),
        Letter::CodesStopped => simple(
            "Koder godtas inte längre",
            "Någon angav ditt rätta lösenord och sedan hundra fel koder i rad. Ingen har kommit in. Nu godtas ingen kod, inte ens en rätt. Logga in med en reservkod, eller fråga supporten.".to_owned(),
            Some("Välj nytt lösenord"),
            vec!["Om det var du, kontrollera att klockan i telefonen går rätt.", NOT_YOU_SECURITY],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_renders_in_both_languages_and_never_breaks_out_of_its_html() {
        for &letter in Letter::ALL {
            for language in [Language::Swedish, Language::English] {
                let facts = Facts { confirm_hours: 48, reset_minutes: 30 };
                let link = "https://portal.example/account/x#token=abc&y";
                let mail =
                    render(letter, language, "<b>Bobby</b>", Some(link), &serde_json::json!({ "left": 3 }), facts)
                        .unwrap();
                assert!(!mail.html.contains("<b>Bobby"), "{letter:?}");
                assert!(mail.text.contains("<b>Bobby</b>") && !mail.text.contains("&lt;"), "{letter:?}");
                assert_eq!(
                    mail.html.matches("href=").count(),
                    mail.text.matches(link).count(),
                    "one button: {letter:?}"
                );
                assert!(!mail.html.contains("<img") && !mail.html.contains("<script"), "{letter:?}");
                assert_eq!(Letter::from_code(letter.code()), Some(letter));
            }
        }
    }
}

/// A known kind of QR code that is not an account for an authenticator like this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OtherKind {
    /// An export of Google Authenticator (`otpauth-migration:`): [`migration`](super::migration) reads it.
    GoogleMigration,
    /// Microsoft's own sign-in approval (`phonefactor:`, `login.microsoftonline.com/authenticatorApp`,
    /// `mobileappcommunicator.auth.microsoft.com`).
    MicrosoftApproval,
    /// A verifiable credential (`openid-vc:`, `openid:`, `openid-initiate-issuance:`, `openid-credential-offer:`).
    VerifiedId,
    /// A passkey on another device (`FIDO:/`).
    Fido,
    /// Duo Mobile (`duo:`, `…duosecurity.com/activate…`).
    Duo,
    /// Okta Verify (`oktaverify:`, `com-okta-authenticator:`).
    Okta,
    /// A login in the Steam app (`https://s.team/q/…`).
    SteamLogin,
    /// Authy's own codes (`authy:`).
    Authy,
    /// Some other address on the web (`http:`, `https:`).
    WebAddress,
}

impl OtherKind {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::GoogleMigration,
        Self::MicrosoftApproval,
        Self::VerifiedId,
        Self::Fido,
        Self::Duo,
        Self::Okta,
        Self::SteamLogin,
        Self::Authy,
        Self::WebAddress,
    ];

    /// The stable code of this kind, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::GoogleMigration => "google_migration",
            Self::MicrosoftApproval => "microsoft_approval",
            Self::VerifiedId => "verified_id",
            Self::Fido => "fido",
            Self::Duo => "duo",
            Self::Okta => "okta",
            Self::SteamLogin => "steam_login",
            Self::Authy => "authy",
            Self::WebAddress => "web_address",
        }
    }

    /// What the person can do instead.
    #[must_use]
    pub fn advice(self) -> Advice {
        match self {
            Self::GoogleMigration => Advice::ImportAsMigration,
            Self::MicrosoftApproval => Advice::ChooseDifferentApp,
            Self::VerifiedId => Advice::OpenInWallet,
            Self::Fido => Advice::OpenWithCamera,
            Self::Duo | Self::Okta | Self::Authy => Advice::AskForStandardCode,
            Self::SteamLogin => Advice::OpenInSteamApp,
            Self::WebAddress => Advice::NotAnAccount,
        }
    }

    /// The kind of a text that is not an otpauth URI.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once(':')?;
        let is = |name: &str| scheme.eq_ignore_ascii_case(name);
        if is("http") || is("https") {
            return Some(Self::of_web(rest.strip_prefix("//")?));
        }
        SCHEMES.iter().find(|(name, _)| is(name)).map(|&(_, kind)| kind)
    }

    fn of_web(address: &str) -> Self {
        let (host, path) = address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()));
        let host_is = |name: &str| host.eq_ignore_ascii_case(name);
        let path_starts = |start: &str| path.get(..start.len()).is_some_and(|p| p.eq_ignore_ascii_case(start));
        if host_is("login.microsoftonline.com") && path_starts("/authenticatorApp")
            || host_is("mobileappcommunicator.auth.microsoft.com")
        {
            Self::MicrosoftApproval
        } else if host_is("s.team") && path_starts("/q/") {
            Self::SteamLogin
        } else if ends_with(host, ".duosecurity.com") {
            Self::Duo
        } else {
            Self::WebAddress
        }
    }
}

const SCHEMES: &[(&str, OtherKind)] = &[
    ("otpauth-migration", OtherKind::GoogleMigration),
    ("phonefactor", OtherKind::MicrosoftApproval),
    ("openid-vc", OtherKind::VerifiedId),
    ("openid", OtherKind::VerifiedId),
    ("openid-initiate-issuance", OtherKind::VerifiedId),
    ("openid-credential-offer", OtherKind::VerifiedId),
    ("openid4vp", OtherKind::VerifiedId),
    ("fido", OtherKind::Fido),
    ("duo", OtherKind::Duo),
    ("oktaverify", OtherKind::Okta),
    ("com-okta-authenticator", OtherKind::Okta),
    ("authy", OtherKind::Authy),
];

fn ends_with(host: &str, end: &str) -> bool {
    host.len() >= end.len()
        && host.is_char_boundary(host.len() - end.len())
        && host[host.len() - end.len()..].eq_ignore_ascii_case(end)
}

/// What a person can do with a code that is not for this authenticator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Advice {
    /// Read it with [`migration::parse`](super::migration::parse).
    ImportAsMigration,
    /// On Microsoft's page choose *I want to use a different authenticator app* and scan the code shown then.
    ChooseDifferentApp,
    /// Open it in the wallet app that holds the credentials.
    OpenInWallet,
    /// Scan it with the phone's own camera.
    OpenWithCamera,
    /// The service uses an app of its own: ask for a code for any authenticator app, where it offers one.
    AskForStandardCode,
    /// Scan it with the Steam app.
    OpenInSteamApp,
    /// An ordinary web address: look for the QR code of the two-step login.
    NotAnAccount,
}

impl Advice {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::ImportAsMigration,
        Self::ChooseDifferentApp,
        Self::OpenInWallet,
        Self::OpenWithCamera,
        Self::AskForStandardCode,
        Self::OpenInSteamApp,
        Self::NotAnAccount,
    ];

    /// The stable code of this advice, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ImportAsMigration => "import_as_migration",
            Self::ChooseDifferentApp => "choose_different_app",
            Self::OpenInWallet => "open_in_wallet",
            Self::OpenWithCamera => "open_with_camera",
            Self::AskForStandardCode => "ask_for_standard_code",
            Self::OpenInSteamApp => "open_in_steam_app",
            Self::NotAnAccount => "not_an_account",
        }
    }
}

#!/usr/bin/env python3
"""Writes tests/vectors/otpauth.json, rfc6238.json, rfc4226.json and migration.json.

What each text must be read as is written down here by hand, from the sources named in each case. Codes come from
programs that are not ours: pyotp for all of them, oathtool once more where it can (6 to 8 decimal digits), and the
values printed in the sources where there are any. Normal forms are put together by urllib, migration payloads by the
few lines of protobuf below.

    pip install pyotp==2.9.0  # later ones refuse the short secrets that people have
    tests/interop/make_otpauth_vectors.py          # writes the files
    tests/interop/make_otpauth_vectors.py --check  # fails when they differ
"""

import base64
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
from urllib.parse import quote

import pyotp
from pyotp.contrib import Steam

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors"
DIGESTS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}
NOW = 1_700_000_000

# --- sources -----------------------------------------------------------------------------------------------------
WIKI = "google/google-authenticator wiki, Key Uri Format"
ANDESCO = "draft-andesco-otpauth-uri-01"
LINUXGEMINI = "draft-linuxgemini-otpauth-uri-03"
HECTORM = "hectorm/otpauth test suite"
EDENT = "Edent's TOTP test suite, as in protonpass/proton-pass-common proton-pass-totp/tests/edent.rs"
GOOGLE = "google/google-authenticator-android, last open-source code (2020)"
FREEOTP = "freeotp/freeotp-android TokenUriInvalidTest"
BITWARDEN = "bitwarden/sdk-internal crates/bitwarden-vault/src/totp.rs"
AEGIS = "beemdevelopment/Aegis GoogleAuthInfo"
ENTE = "ente-io/ente mobile/apps/auth lib/models/code.dart"
STRATUM = "jamie-mh/AuthenticatorPro (Stratum)"
TOTP_RS = "constantoine/totp-rs 5.7.2 behaviour"
LIBCOTP = "paolostivanin/libcotp"
OTPLIB = "yeojz/otplib limits"
TWOFAS = "twofas/2fas-android ServiceParser"
RFC6238 = "RFC 6238 appendix B"
RFC4226 = "RFC 4226 appendix D"
UAX9 = "Unicode UAX #9 and UTR #36: directional overrides disguise a text"
OURS = "Gatepass"

S80 = "JBSWY3DPEHPK3PXP"  # the wiki's own example: 80 bits
S128 = "GEZDGNBVGY3TQOJQGEZDGNBVGY"  # 128 bits
S160 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238's 20-byte seed

# The order in which a reader tells its warnings.
WARNINGS = ["issuer_mismatch", "colon_in_label", "missing_label", "unencoded_hash", "plus_as_space",
            "missing_ampersand", "html_escaped", "weak_secret", "secret_tail_dropped", "algorithm_alias",
            "unusual_digits", "short_period", "long_period", "missing_counter", "steam_by_issuer",
            "invisible_character", "unspecified"]

cases = []


def decode(secret):
    """The bytes of a canonical secret."""
    return base64.b32decode(secret + "=" * (-len(secret) % 8))


def encode(data):
    return base64.b32encode(data).decode().rstrip("=")


def code_of(kind, secret, algorithm, digits, period, counter, at):
    """The code by pyotp, and by oathtool where that can do it."""
    if kind == "steam":
        return Steam(secret, interval=period).generate_otp(at // period)
    digest = DIGESTS[algorithm]
    if kind == "hotp":
        code = pyotp.HOTP(secret, digits=digits, digest=digest).at(counter)
        tool = ["--hotp", f"--counter={counter}"] if algorithm == "SHA1" else None
    else:
        code = pyotp.TOTP(secret, digits=digits, digest=digest, interval=period).generate_otp(at // period)
        tool = [f"--totp={algorithm.lower()}", f"--time-step-size={period}s", f"--now=@{at}"]
    if shutil.which("oathtool") and tool and 6 <= digits <= 8 and at < 2**31 and (counter or 0) < 2**31:
        other = subprocess.run(
            ["oathtool", *tool, f"--digits={digits}", decode(secret).hex()], capture_output=True, text=True, check=True
        ).stdout.strip()
        assert other == code, (secret, at, code, other)
    return code


def pct(text):
    return quote(text, safe="-._~")


def normal_form(c, extras):
    label = pct(c["account"])
    if c["issuer"]:
        label = pct(c["issuer"]) + ":" + label
    elif ":" in c["account"]:
        label = ":" + label
    uri = f"otpauth://{c['type']}/{label}?secret={c['secret']}"
    if c["issuerParam"]:
        uri += "&issuer=" + pct(c["issuerParam"])
    uri += f"&algorithm={c['algorithm']}&digits={c['digits']}"
    uri += f"&counter={c['counter']}" if c["type"] == "hotp" else f"&period={c['period']}"
    return uri + ("&" + extras if extras else "")


def start(name, uri, origin, row, limit, strict):
    assert name not in {c["name"] for c in cases}, name
    case = {"name": name, "origin": origin, "uri": uri}
    if row:
        case["row"] = row
    if limit != "scanner":
        case["limit"] = limit
    if strict:
        case["strict"] = True
    return case


def ok(name, uri, origin, *, secret=S160, warn=(), type="totp", issuer="", param=None, account="", algorithm="SHA1",
       digits=None, period=30, counter=None, at=NOW, code=None, extras="", limit="scanner", strict=False, row=None):
    case = start(name, uri, origin, row, limit, strict)
    case["verdict"] = "acceptWithWarnings" if warn else "accept"
    case["warnings"] = sorted(warn, key=WARNINGS.index)
    digits = digits or (5 if type == "steam" else 6)
    case |= {"type": type, "issuer": issuer, "issuerParam": issuer if param is None else param, "account": account,
             "algorithm": algorithm, "digits": digits}
    case |= {"counter": counter} if type == "hotp" else {"period": period}
    case["secret"] = encode(decode(secret))
    case["normalForm"] = normal_form(case, extras)
    case["at"] = at
    case["code"] = code_of(type, case["secret"], algorithm, digits, period, counter, at)
    assert code in (None, case["code"]), (name, code, case["code"])
    cases.append(case)


def no(name, uri, reason, origin, *, kind=None, advice=None, limit="scanner", strict=False, row=None):
    case = start(name, uri, origin, row, limit, strict)
    case |= {"verdict": "reject", "reason": reason}
    if kind:
        case |= {"otherKind": kind, "advice": advice}
    cases.append(case)


def strict_pair(name, uri, origin, *, row=None, **read):
    """A deviation that warns, and the same text refused by strict reading."""
    ok(name, uri, origin, row=row, **read)
    no(name + ", strict", uri, "not_strict", origin, strict=True, row=row)


T = "otpauth://totp/"
Q = f"?secret={S160}"


# --- the references' own forms -----------------------------------------------------------------------------------
ok("wiki: the example", "otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example", WIKI,
   secret=S80, warn=["weak_secret"], issuer="Example", account="alice@google.com", at=1257894000, code="528064")
ok("wiki: everything written out",
   "otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co"
   "&algorithm=SHA1&digits=6&period=30", WIKI, secret="HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ", issuer="ACME Co",
   account="john.doe@email.com")
ok("wiki: encoded colon and spaces", T + "Big%20Corporation%3A%20alice%40bigco.com" + Q, WIKI, issuer="Big Corporation",
   account="alice@bigco.com")
ok("wiki: issuer prefix only", T + "Provider1:Alice%20Smith" + Q, WIKI, issuer="Provider1", account="Alice Smith")
ok("portal: what Gatepass emits", T + "Gatepass:karin.ek%40verkstad.se" + Q
   + "&issuer=Gatepass&algorithm=SHA1&digits=6&period=30", OURS, issuer="Gatepass", account="karin.ek@verkstad.se")
ok("portal: strict takes it", T + "Gatepass:karin.ek%40verkstad.se" + Q
   + "&issuer=Gatepass&algorithm=SHA1&digits=6&period=30", OURS, issuer="Gatepass", account="karin.ek@verkstad.se",
   strict=True)
ok("portal: Swedish letters", T + "Bilverkstan%20%C3%85kersberga:bj%C3%B6rn%40verkstad.se" + Q
   + "&issuer=Bilverkstan%20%C3%85kersberga", OURS, issuer="Bilverkstan Åkersberga", account="björn@verkstad.se")
ok("linuxgemini: issuer as parameter only", T + "alice" + Q + "&issuer=Example", LINUXGEMINI, issuer="Example",
   account="alice")
ok("andesco: a mismatch must not be refused, strict", T + "ACME:a" + Q + "&issuer=Contoso", ANDESCO, issuer="ACME",
   param="Contoso", account="a", warn=["issuer_mismatch"], strict=True)
ok("andesco: unknown parameters are ignored", T + "ACME:a" + Q + "&future=1", ANDESCO, issuer="ACME", account="a",
   extras="future=1", strict=True)
ok("andesco: period of an HOTP account is ignored", "otpauth://hotp/a" + Q + "&counter=0&period=0", ANDESCO,
   type="hotp", account="a", counter=0)
ok("counter of a TOTP account is ignored", T + "a" + Q + "&counter=abc", ANDESCO, account="a")
ok("parameters in another order", T + "ACME:a?period=60&digits=8&issuer=ACME&algorithm=SHA256&secret=" + S160, OURS,
   issuer="ACME", account="a", algorithm="SHA256", digits=8, period=60)

# --- rows of the deviation table ---------------------------------------------------------------------------------
ok("no issuer", T + "alice@x" + Q, WIKI, account="alice@x", row=1)
ok("no issuer, strict", T + "alice@x" + Q, ANDESCO, account="alice@x", strict=True, row=1)

ok("prefix and parameter differ", T + "ACME:alice" + Q + "&issuer=Contoso", HECTORM + "; " + TOTP_RS, issuer="ACME",
   param="Contoso", account="alice", warn=["issuer_mismatch"], row=2)
ok("prefix and parameter differ in case", T + "acme:alice" + Q + "&issuer=ACME", HECTORM, issuer="acme", param="ACME",
   account="alice", warn=["issuer_mismatch"], row=2)
ok("prefix and parameter equal after decoding", T + "ACME%20Co:alice" + Q + "&issuer=ACME Co", HECTORM,
   issuer="ACME Co", account="alice", row=2)

ok("empty prefix", T + ":Username" + Q, HECTORM, account="Username", row=3)
ok("empty encoded prefix", T + "%3AUsername" + Q, HECTORM, account="Username", row=3)
ok("empty encoded prefix and spaces", T + "%3a%20%20Username" + Q, HECTORM, account="Username", row=3)
ok("empty prefix, issuer parameter", T + ":Username" + Q + "&issuer=ACME", HECTORM, issuer="ACME", account="Username",
   row=3)
ok("prefix of spaces", T + "%20%20:Username" + Q, HECTORM, account="Username", row=3)

ok("spaces after the colon", T + "ACME:%20%20OTPAuth" + Q, HECTORM, issuer="ACME", account="OTPAuth", row=4)
ok("raw spaces around the parts", T + " ACME : alice " + Q, HECTORM, issuer="ACME", account="alice", row=4)
ok("spaces around the issuer parameter", T + "alice" + Q + "&issuer=%20ACME%20", HECTORM, issuer="ACME",
   account="alice", row=4)
ok("a no-break space at the end", T + "ACME:alice%C2%A0" + Q, OURS, issuer="ACME", account="alice", row=4)

strict_pair("two raw colons", T + "Matrix:@edent_:matrix.org" + Q, EDENT, issuer="Matrix", account="@edent_:matrix.org",
            warn=["colon_in_label"], row=5)
strict_pair("three colons", T + "A:b:c:d" + Q, EDENT, issuer="A", account="b:c:d", warn=["colon_in_label"], row=5)
ok("first colon encoded, second raw", T + "ACME%3Aalice:bob" + Q, ANDESCO, issuer="ACME", account="alice:bob",
   warn=["colon_in_label"], row=5)
ok("first colon raw, second encoded", T + "ACME:alice%3Abob" + Q, ANDESCO, issuer="ACME", account="alice:bob",
   warn=["colon_in_label"], row=5)
ok("two colons side by side", T + "ACME::alice" + Q, ANDESCO, issuer="ACME", account=":alice",
   warn=["colon_in_label"], row=5)

strict_pair("Teleport: host and port in the account", T + "Teleport:alice@host:3080" + Q + "&issuer=Teleport",
            "gravitational/teleport#3855", issuer="Teleport", account="alice@host:3080", warn=["colon_in_label"], row=6)
ok("host and port, no prefix, issuer parameter", T + "alice@host:3080" + Q + "&issuer=Teleport",
   "gravitational/teleport#3855", issuer="alice@host", param="Teleport", account="3080", warn=["issuer_mismatch"],
   row=6)

strict_pair("issuer with a colon", T + "Text%3A%20More%20Text:Secret" + Q + "&issuer=Text%3A%20More%20Text",
            "pyauth/pyotp#171", issuer="Text: More Text", account="Secret", warn=["colon_in_label"], row=7)
ok("issuer with a raw colon", T + "A:B:c" + Q + "&issuer=A:B", "pyauth/pyotp#174", issuer="A:B", account="c",
   warn=["colon_in_label"], row=7)
ok("issuer with a colon, only as parameter", T + "alice" + Q + "&issuer=A%3AB", "pyauth/pyotp#174", issuer="A:B",
   account="alice", row=7)
ok("issuer with a colon, and one in the account", T + "A%3AB:c:d" + Q + "&issuer=A%3AB", "pyauth/pyotp#174",
   issuer="A:B", account="c:d", warn=["colon_in_label"], row=7)
ok("issuer with a colon, space behind it in the label", T + "A:%20B:c" + Q + "&issuer=A%3AB", OURS, issuer="A:B",
   account="c", warn=["colon_in_label"], row=7)

ok("Office 365", T + "Some+Company%3ame%40x.net?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq&issuer=Microsoft",
   "Spomky-Labs/otphp#242", issuer="Some+Company", param="Microsoft", account="me@x.net", warn=["issuer_mismatch"],
   row=8)
ok("plus in the account", T + "ACME:alice+test@x.net" + Q, "Spomky-Labs/otphp#242", issuer="ACME",
   account="alice+test@x.net", row=8)
strict_pair("plus for a space in the issuer parameter", T + "Some%20Company:me" + Q + "&issuer=Some+Company",
            "Spomky-Labs/otphp#242", issuer="Some Company", account="me", warn=["plus_as_space"], row=8)
ok("plus that is a plus in both", T + "C++:me" + Q + "&issuer=C++", OURS, issuer="C++", account="me", row=8)
ok("encoded plus in the issuer parameter", T + "me" + Q + "&issuer=C%2B%2B", OURS, issuer="C++", account="me", row=8)

ok("empty issuer parameter", T + "ACME:alice" + Q + "&issuer=", HECTORM, issuer="ACME", account="alice", row=9)
ok("issuer parameter of spaces", T + "ACME:alice" + Q + "&issuer=%20", HECTORM, issuer="ACME", account="alice", row=9)
ok("empty issuer parameter, no prefix", T + "alice" + Q + "&issuer=", HECTORM, account="alice", row=9)

strict_pair("no label", "otpauth://totp/" + Q, EDENT, warn=["missing_label"], row=10)
ok("no label and no slash", "otpauth://totp" + Q, EDENT, warn=["missing_label"], row=10)
ok("no label but an issuer", "otpauth://totp/" + Q + "&issuer=ACME", EDENT, issuer="ACME", warn=["missing_label"],
   row=10)
ok("issuer and colon, no account", T + "ACME:" + Q, EDENT, issuer="ACME", warn=["missing_label"], row=10)
ok("a label of spaces", T + "%20" + Q, EDENT, warn=["missing_label"], row=10)

ok("upper-case scheme, type and names", "OTPAUTH://TOTP/ACME:alice?SECRET=" + S160 + "&Algorithm=sha1&ISSUER=ACME"
   "&Digits=6&PERIOD=30", HECTORM, issuer="ACME", account="alice", row=11)
ok("mixed-case HOTP", "OtpAuth://HoTp/a?Secret=" + S160 + "&Counter=7", HECTORM, type="hotp", account="a", counter=7,
   row=11)
ok("upper case, strict", "OTPAUTH://TOTP/a?SECRET=" + S160, ANDESCO, account="a", strict=True, row=11)

ok("lower-case secret", T + "a?secret=" + S160.lower(), BITWARDEN, account="a", row=12)
ok("mixed-case secret", T + "a?secret=gEzDgNbVgY3tQoJqGeZdGnBvGy3TqOjQ", BITWARDEN, account="a", row=12)

ok("secret in groups, encoded spaces", T + "a?secret=GEZD%20GNBV%20GY3T%20QOJQ%20GEZD%20GNBV%20GY3T%20QOJQ", GOOGLE,
   account="a", row=13)
ok("secret in groups, raw spaces", T + "a?secret=GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", GOOGLE, account="a", row=13)
ok("secret in groups, plus signs", T + "a?secret=GEZD+GNBV+GY3T+QOJQ+GEZD+GNBV+GY3T+QOJQ", GOOGLE, account="a", row=13)
ok("secret in groups, dashes", T + "a?secret=GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ", AEGIS, account="a", row=13)
no("secret in groups, strict", T + "a?secret=GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ", "not_strict", ANDESCO,
   strict=True, row=13)
ok("secret with a line end at its end", T + "a?secret=" + S160 + "%0A", OURS, account="a", row=13)
ok("secret with a no-break space", T + "a?secret=GEZDGNBVGY3TQOJQ%C2%A0GEZDGNBVGY3TQOJQ", OURS, account="a", row=13)

ok("secret with padding", T + "a?secret=" + S128 + "======", "keepassxreboot/keepassxc#8300", secret=S128, account="a",
   row=14)
ok("secret with encoded padding", T + "a?secret=" + S128 + "%3D%3D%3D%3D%3D%3D&issuer=A",
   "keepassxreboot/keepassxc#8300", secret=S128, issuer="A", account="a", row=14)
ok("secret with too little padding", T + "a?secret=" + S128 + "=", OURS, secret=S128, account="a", row=14)
no("secret with padding, strict", T + "a?secret=" + S128 + "======", "not_strict", WIKI, strict=True, row=14)
no("padding inside the secret", T + "a?secret=GEZD====GNBVGY3TQOJQGEZDGNBVGY3T", "invalid_secret", OURS, row=14)

no("secret with 1 and 8", T + "a?secret=CQ1HUXJ2VWDI8WFF", "invalid_secret", GOOGLE, row=15)
no("secret with 0", T + "a?secret=GEZDGNBVGY3TQ0JQGEZDGNBVGY3TQOJQ", "invalid_secret", GOOGLE, row=15)
no("secret with 9", T + "a?secret=GEZDGNBVGY3TQOJ9GEZDGNBVGY3TQOJQ", "invalid_secret", GOOGLE, row=15)
no("secret with punctuation", T + "a?secret=GEZDGNBV!Y3TQOJQGEZDGNBVGY3TQOJQ", "invalid_secret",
   "bitwarden/clients#20762", row=15)
no("secret that is a sentence", T + "a?secret=my%20secret%20is%20safe!", "invalid_secret",
   "protonpass/proton-pass-common: falls back to ASCII", row=15)
no("secret with a letter that is not ASCII", T + "a?secret=GEZDGNBVGY3TÖOJQ", "invalid_secret", OURS, row=15)
no("secret in full-width letters", T + "a?secret=ＧＥＺＤＧＮＢＶ", "invalid_secret", OURS, row=15)

strict_pair("secret of length 1 modulo 8", T + "a?secret=" + S160 + "A", GOOGLE, account="a",
            warn=["secret_tail_dropped"], row=16)
ok("secret of length 3 modulo 8", T + "a?secret=" + S160 + "AAA", GOOGLE, secret=encode(decode(S160) + b"\0"),
   account="a", warn=["secret_tail_dropped"], row=16)
ok("secret of length 6 modulo 8", T + "a?secret=" + S160 + "GEZDGN", GOOGLE, secret=S160 + "GEZDG", account="a",
   warn=["secret_tail_dropped"], row=16)
ok("secret of length 2 modulo 8, tail bits set", T + "a?secret=" + S160 + "GF", GOOGLE, secret=S160 + "GE",
   account="a", warn=["secret_tail_dropped"], row=16)
ok("secret of length 4 modulo 8, tail bits set", T + "a?secret=" + S160 + "GEZH", GOOGLE, secret=S160 + "GEZA",
   account="a", warn=["secret_tail_dropped"], row=16)
ok("secret of length 5 modulo 8, tail bit set", T + "a?secret=" + S160 + "GEZDH", GOOGLE, secret=S160 + "GEZDG",
   account="a", warn=["secret_tail_dropped"], row=16)
ok("secret of length 7 modulo 8, tail bits set", T + "a?secret=" + S160 + "GEZDGNH", GOOGLE, secret=S160 + "GEZDGNA",
   account="a", warn=["secret_tail_dropped"], row=16)
ok("secret of length 2 modulo 8, tail bits clear", T + "a?secret=" + S160 + "GE", RFC4226, secret=S160 + "GE",
   account="a", row=16)

ok("secret of 40 bits", T + "a?secret=AAAABBBB", GOOGLE, secret="AAAABBBB", account="a", warn=["weak_secret"], row=17)
ok("secret of 80 bits", T + "a?secret=" + S80, WIKI, secret=S80, account="a", warn=["weak_secret"], row=17)
ok("secret of 80 bits, strict", T + "a?secret=" + S80, WIKI, secret=S80, account="a", warn=["weak_secret"],
   strict=True, row=17)
ok("secret of 8 bits", T + "a?secret=GE", OURS, secret="GE", account="a", warn=["weak_secret"], row=17)
ok("secret of 120 bits", T + "a?secret=GEZDGNBVGY3TQOJQGEZDGNBV", FREEOTP, secret="GEZDGNBVGY3TQOJQGEZDGNBV",
   account="a", warn=["weak_secret"], row=17)
ok("secret of 128 bits", T + "a?secret=" + S128, RFC4226, secret=S128, account="a", row=17)
ok("secret of 64 bytes", T + "a?secret=" + encode(b"1234567890" * 6 + b"1234"), RFC6238,
   secret=encode(b"1234567890" * 6 + b"1234"), account="a", row=17)
ok("secret of 65 bytes, more than a SHA1 block", T + "a?secret=" + encode(bytes(range(65))), "RFC 2104 §3",
   secret=encode(bytes(range(65))), account="a", row=17)
ok("secret of 129 bytes, more than a SHA512 block", T + "a?algorithm=SHA512&secret=" + encode(bytes(range(129))),
   "RFC 2104 §3", secret=encode(bytes(range(129))), account="a", algorithm="SHA512", row=17)
ok("secret of 1024 bytes", T + "a?secret=" + encode(b"k" * 1024), OURS, secret=encode(b"k" * 1024), account="a",
   row=17)
no("secret of 1025 bytes", T + "a?secret=" + encode(b"k" * 1025), "secret_too_long", OURS, row=17)

no("empty secret", T + "a?secret=", "empty_secret", FREEOTP, row=18)
no("no secret", T + "a?issuer=ACME", "missing_secret", FREEOTP, row=18)
no("no parameters", T + "a", "missing_secret", FREEOTP, row=18)
no("a question mark and nothing", T + "a?", "missing_secret", FREEOTP, row=18)
no("secret without a value", T + "a?secret&issuer=A", "missing_secret", FREEOTP, row=18)
no("secret of padding only", T + "a?secret=======", "empty_secret", OURS, row=18)
no("secret of one character", T + "a?secret=A", "empty_secret", OURS, row=18)
no("secret of spaces", T + "a?secret=%20%20", "empty_secret", OURS, row=18)
no("secret in the label's place", T + S160, "missing_secret", OURS, row=18)

for alias, algorithm in [("SHA-1", "SHA1"), ("SHA-256", "SHA256"), ("SHA-512", "SHA512"), ("HmacSHA1", "SHA1"),
                         ("HmacSHA256", "SHA256"), ("HmacSHA512", "SHA512"), ("HMAC-SHA256", "SHA256"),
                         ("hmac-sha-512", "SHA512"), ("sha-256", "SHA256")]:
    ok(f"algorithm {alias}", T + "a" + Q + f"&algorithm={alias}", AEGIS + "; otplib", account="a", algorithm=algorithm,
       warn=["algorithm_alias"], row=19)
no("algorithm SHA-1, strict", T + "a" + Q + "&algorithm=SHA-1", "not_strict", EDENT, strict=True, row=19)
for name, algorithm in [("SHA1", "SHA1"), ("sha1", "SHA1"), ("sha256", "SHA256"), ("Sha512", "SHA512"),
                        ("SHA256", "SHA256"), ("SHA512", "SHA512")]:
    ok(f"algorithm {name}", T + "a" + Q + f"&algorithm={name}", WIKI, account="a", algorithm=algorithm, row=19)

for name in ["MD5", "foo", "SHA3-256", "SHA224", "SHA384", "SHA", "SHA2", "SHA1024", "", "HmacMD5", "SHA--1", "1",
             "SHA256%20", "SHA_256"]:
    no(f"algorithm {name or 'empty'}", T + "a" + Q + f"&algorithm={name}", "unsupported_algorithm", FREEOTP + "; " + LIBCOTP,
       row=20)

for digits in [6, 7, 8]:
    ok(f"{digits} digits", T + "a" + Q + f"&digits={digits}", OTPLIB, account="a", digits=digits, row=21)
for digits in [5, 9, 10]:
    ok(f"{digits} digits", T + "a" + Q + f"&digits={digits}", AEGIS, account="a", digits=digits,
       warn=["unusual_digits"], row=21)
ok("digits with a leading zero", T + "a" + Q + "&digits=06", ANDESCO, account="a", row=21)

for digits in ["0", "-1", "100", "abc", "", "1", "4", "11", "%2B6", "6.0", "6%20", "0x6", "٦",
               "18446744073709551622", "262"]:
    no(f"digits {digits or 'empty'}", T + "a" + Q + f"&digits={digits}", "invalid_digits",
       STRATUM + "; " + FREEOTP + "; " + EDENT, row=22)

for period in ["0", "-30", "2147483648", "18446744073709551615", "18446744073709551616", "abc", "", "30.5", "+30",
               "30s", "4294967326"]:
    no(f"period {period or 'empty'}", T + "a" + Q + f"&period={period}", "invalid_period",
       FREEOTP + "; " + TOTP_RS, row=23)

for period in [1, 2, 3, 4]:
    ok(f"period {period}", T + "a" + Q + f"&period={period}", FREEOTP, account="a", period=period,
       warn=["short_period"], row=24)
for period in [5, 10, 15, 60, 90, 300, 3600, 86400]:
    ok(f"period {period}", T + "a" + Q + f"&period={period}", LIBCOTP, account="a", period=period, row=24)
strict_pair("period 86401", T + "a" + Q + "&period=86401", OURS, account="a", period=86401, warn=["long_period"],
            row=24)
strict_pair("period 10^9", T + "a" + Q + "&period=1000000000", EDENT, account="a", period=10**9, warn=["long_period"],
            row=24)
ok("period 2147483647", T + "a" + Q + "&period=2147483647", AEGIS, account="a", period=2147483647,
   warn=["long_period"], row=24)

strict_pair("HOTP without a counter", "otpauth://hotp/a" + Q, GOOGLE, type="hotp", account="a", counter=0,
            warn=["missing_counter"], row=25)
for counter in ["-1", "18446744073709551615", "9223372036854775808", "abc", "", "1.5", "18446744073709551616"]:
    no(f"counter {counter or 'empty'}", "otpauth://hotp/a" + Q + f"&counter={counter}", "invalid_counter",
       GOOGLE + "; " + FREEOTP, row=26)
for counter in [0, 1, 2147483647, 4294967296, 34359738368, 9007199254740991]:
    ok(f"counter {counter}", "otpauth://hotp/a" + Q + f"&counter={counter}", GOOGLE, type="hotp", account="a",
       counter=counter, row=26)

no("secret twice", T + "a" + Q + "&secret=" + S80, "duplicate_parameter", ANDESCO + "; " + TOTP_RS, row=27)
no("secret twice, the same", T + "a" + Q + "&secret=" + S160, "duplicate_parameter", ANDESCO, row=27)
no("secret twice, in other letters", T + "a" + Q + "&SECRET=" + S160, "duplicate_parameter", ANDESCO, row=27)
no("digits twice", T + "a" + Q + "&digits=6&digits=8", "duplicate_parameter", ANDESCO, row=27)
no("issuer twice", T + "a" + Q + "&issuer=A&issuer=B", "duplicate_parameter", ANDESCO, row=27)
ok("an unknown parameter twice", T + "a" + Q + "&x=1&x=2", ANDESCO, account="a", extras="x=1&x=2", row=27)

ok("raw emoji", T + "🔧 Verkstad:🚗" + Q, EDENT, issuer="🔧 Verkstad", account="🚗", row=28)
ok("raw letters that are not ASCII", T + "Blåbärs:åsa@exempel.se" + Q + "&issuer=Blåbärs", EDENT, issuer="Blåbärs",
   account="åsa@exempel.se", row=28)
ok("percent-encoded UTF-8", T + "%E6%97%A5%E6%9C%AC:%E5%A4%AA%E9%83%8E" + Q, EDENT, issuer="日本", account="太郎", row=28)
ok("right to left", T + "%D7%91%D7%A0%D7%A7:%D7%93%D7%A0%D7%99" + Q, EDENT, issuer="בנק", account="דני", row=28)
ok("right to left with a mark that settles its direction", T + "%D7%91%D7%A0%D7%A7%E2%80%8F:a" + Q, OURS,
   issuer="בנק\u200f", account="a", row=28)
for what, hidden, character in [("an override of the direction", "%E2%80%AE", "\u202e"),
                                ("an isolate of the direction", "%E2%81%A6", "\u2066"),
                                ("a line separator", "%E2%80%A8", "\u2028")]:
    ok(f"{what} in the account", T + f"ACME:a{hidden}moc.live" + Q, UAX9, issuer="ACME",
       account=f"a{character}moc.live", warn=["invisible_character"], row=28)
ok("an override of the direction in the issuer", T + "a" + Q + "&issuer=A%E2%80%AEB", UAX9, issuer="A\u202eB",
   account="a", warn=["invisible_character"], row=28)
ok("decomposed letters stay decomposed", T + "A%CC%8A:a" + Q, OURS, issuer="A\u030a", account="a", row=28)

RFC3986 = "RFC 3986 §6.2.2.2: an encoded letter or digit is the same letter or digit"
ok("encoded digits", T + "a" + Q + "&digits=%38", RFC3986, account="a", digits=8, row=21)
ok("encoded period", T + "a" + Q + "&period=%36%30", RFC3986, account="a", period=60, row=24)
ok("encoded counter", "otpauth://hotp/a" + Q + "&counter=%37", RFC3986, type="hotp", account="a", counter=7, row=26)
ok("encoded algorithm", T + "a" + Q + "&algorithm=%53HA256", RFC3986, account="a", algorithm="SHA256", row=19)
ok("algorithm with an encoded hyphen", T + "a" + Q + "&algorithm=SHA%2D512", RFC3986, account="a", algorithm="SHA512",
   warn=["algorithm_alias"], row=19)
ok("encoded name of a parameter", T + "a" + Q + "&%64igits=8", RFC3986, account="a", digits=8, row=11)
no("secret twice, once with an encoded name", T + "a" + Q + "&%73ecret=" + S80, "duplicate_parameter", RFC3986, row=27)
no("percent sign in the digits", T + "a" + Q + "&digits=%G6", "bad_percent_encoding", LIBCOTP, row=29)
no("not UTF-8 in the algorithm", T + "a" + Q + "&algorithm=SHA%FF", "not_utf8", LIBCOTP, row=29)
ok("byte order mark before the URI", "\ufeff" + T + "a" + Q, "codebude/QRCoder, option utf8BOM; Windows editors",
   account="a")
no("byte order mark and nothing", "\ufeff", "empty", OURS)

no("percent sign without digits", T + "a%GGb" + Q, "bad_percent_encoding", LIBCOTP, row=29)
no("percent sign at the end", T + "a%" + Q, "bad_percent_encoding", LIBCOTP, row=29)
no("percent sign with one digit", T + "a%2" + Q, "bad_percent_encoding", LIBCOTP, row=29)
no("percent sign in the issuer", T + "a" + Q + "&issuer=100%", "bad_percent_encoding", LIBCOTP, row=29)
no("percent sign in the secret", T + "a?secret=GEZD%ZZGN", "bad_percent_encoding", LIBCOTP, row=29)
no("percent sign before a letter that is not ASCII", T + "a%é" + Q, "bad_percent_encoding", OURS, row=29)
no("encoded NUL", T + "a%00b" + Q, "control_character", LIBCOTP, row=29)
no("encoded line end in the label", T + "a%0Ab" + Q, "control_character", OURS, row=29)
no("raw line end in the label", T + "a\nb" + Q, "control_character", OURS, row=29)
no("encoded escape in the issuer", T + "a" + Q + "&issuer=%1B%5B31m", "control_character", OURS, row=29)
no("encoded line end of the second set in the label", T + "a%C2%85b" + Q, "control_character", "ISO 6429, NEL", row=29)
no("raw command of the second set in the issuer", T + "a" + Q + "&issuer=A\u009b31mB", "control_character",
   "ISO 6429, CSI", row=29)
ok("the letter after the second set of control characters", T + "%C2%A1a" + Q, OURS, account="¡a", row=29)
no("not UTF-8 after decoding", T + "a%FFb" + Q, "not_utf8", LIBCOTP, row=29)
no("half a letter", T + "a%C3" + Q, "not_utf8", LIBCOTP, row=29)
no("overlong slash", T + "a%C0%AF" + Q, "not_utf8", OURS, row=29)
no("encoded surrogate", T + "a%ED%A0%80" + Q, "not_utf8", OURS, row=29)
ok("an encoded percent sign is decoded once", T + "a%252Bb" + Q, TOTP_RS, account="a%2Bb", row=29)
ok("encoded delimiters stay inside", T + "A%26B%2BC%23D:e%3Ff" + Q + "&issuer=A%26B%2BC%23D", TWOFAS + "; " + STRATUM,
   issuer="A&B+C#D", account="e?f", row=29)
ok("encoded slash", T + "A%2FB:c%2Fd" + Q, OURS, issuer="A/B", account="c/d", row=29)
ok("raw slash", T + "A/B:c/d" + Q, OURS, issuer="A/B", account="c/d", row=29)
ok("encoded equals sign in the issuer", T + "a" + Q + "&issuer=x%3Dy", OURS, issuer="x=y", account="a", row=29)
ok("raw equals sign in the issuer", T + "a" + Q + "&issuer=x=y", OURS, issuer="x=y", account="a", row=29)

strict_pair("Mongo Atlas: raw hash in the label", T + "Mongo Atlas:Acc !@#444" + Q, ENTE, issuer="Mongo Atlas",
            account="Acc !@#444", warn=["unencoded_hash"], row=30)
ok("raw hash in the issuer", T + "a" + Q + "&issuer=No#1", ENTE, issuer="No#1", account="a", warn=["unencoded_hash"],
   row=30)
ok("encoded hash", T + "Mongo%20Atlas:Acc%20!%40%23444" + Q, ENTE, issuer="Mongo Atlas", account="Acc !@#444", row=30)
no("raw hash after a number", T + "a" + Q + "&digits=6#x", "invalid_digits", OURS, row=30)

strict_pair("ampersand missing before the period", T + "ACME:a" + Q + "&issuer=ACMEperiod=30", ENTE, issuer="ACME",
            account="a", warn=["missing_ampersand"], row=31)
ok("ampersand missing before another period", T + "ACME:a" + Q + "&issuer=ACMEperiod=60", ENTE, issuer="ACME",
   account="a", period=60, warn=["missing_ampersand"], row=31)
ok("ampersands missing twice", T + "ACME:a" + Q + "&issuer=ACMEdigits=8period=60", OURS, issuer="ACME", account="a",
   digits=8, period=60, warn=["missing_ampersand"], row=31)
no("ampersand missing and the parameter there already", T + "ACME:a" + Q + "&period=30&issuer=ACMEperiod=60",
   "duplicate_parameter", OURS, row=31)
strict_pair("ampersands escaped for HTML", T + "ACME:a" + Q + "&amp;issuer=ACME&amp;digits=8", BITWARDEN + " (label)",
            issuer="ACME", account="a", digits=8, warn=["html_escaped"], row=31)

no("no authority", "otpauth:totp/x" + Q, "malformed_uri", TOTP_RS, row=32)
no("no colon", "otpauth?//", "not_otpauth", TOTP_RS, row=32)
no("scheme only", "otpauth:", "malformed_uri", TOTP_RS, row=32)
no("scheme and slashes only", "otpauth://", "malformed_uri", TOTP_RS, row=32)
no("one slash", "otpauth:/totp/x" + Q, "malformed_uri", GOOGLE, row=32)
no("no type", "otpauth:///x" + Q, "malformed_uri", GOOGLE, row=32)
no("no type but parameters", "otpauth://" + Q, "malformed_uri", GOOGLE, row=32)
no("nothing", "", "empty", OURS, row=32)
no("white space", " \n\t ", "empty", OURS, row=32)
no("a word", "hello", "not_otpauth", OURS, row=32)
no("a number", "528064", "not_otpauth", OURS, row=32)
no("a bare secret", S160, "not_otpauth", OURS, row=32)
no("another scheme", "mailto:alice@x.net", "not_otpauth", OURS, row=32)
no("a wireless network", "WIFI:T:WPA;S:guest;P:hunter2;;", "not_otpauth", OURS, row=32)
no("a scheme that begins alike", "otpauthx://totp/a" + Q, "not_otpauth", OURS, row=32)
ok("white space around the text", "\n  " + T + "a" + Q + " \r\n", OURS, account="a", row=32)

no("type potp", "otpauth://potp/a" + Q, "unknown_type", FREEOTP, row=33)
no("type yaotp", "otpauth://yaotp/a" + Q, "unknown_type", AEGIS, row=33)
no("type totp with a port", "otpauth://totp:80/a" + Q, "unknown_type", OURS, row=33)
no("type with a user", "otpauth://alice@totp/a" + Q, "unknown_type", OURS, row=33)
STEAM = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ"
ok("Steam: a type of its own", f"otpauth://steam/Steam:alice?secret={STEAM}&issuer=Steam", AEGIS, secret=STEAM,
   type="steam", issuer="Steam", account="alice", row=33)
ok("Steam: a type of its own, all written out",
   f"otpauth://steam/Steam%3Aalice?period=30&digits=5&algorithm=SHA1&secret={STEAM}&issuer=Steam", AEGIS, secret=STEAM,
   type="steam", issuer="Steam", account="alice", row=33)
ok("Steam: a type of its own, another issuer", f"otpauth://steam/Valve:alice?secret={STEAM}", AEGIS, secret=STEAM,
   type="steam", issuer="Valve", account="alice", row=33)
ok("Steam: a parameter without a value", T + f"Valve:alice?secret={STEAM}&issuer=Valve&steam", STRATUM, secret=STEAM,
   type="steam", issuer="Valve", account="alice", row=33)
ok("Steam: a scheme of its own", f"steam://{STEAM}", BITWARDEN, secret=STEAM, type="steam", issuer="Steam",
   warn=["missing_label"], at=1672531200, code="7W6CJ", row=33)
ok("Steam: by issuer", T + f"Steam:alice?secret={STEAM}&issuer=Steam", ENTE, secret=STEAM, type="steam",
   issuer="Steam", account="alice", warn=["steam_by_issuer"], row=33)
ok("Steam: by prefix, other letters", T + f"steam:alice?secret={STEAM}", ENTE, secret=STEAM, type="steam",
   issuer="steam", account="alice", warn=["steam_by_issuer"], row=33)
ok("Steam: by issuer, whatever digits are written", T + f"alice?secret={STEAM}&issuer=Steam&digits=6",
   "helloworld1/FreeOTPPlus", secret=STEAM, type="steam", issuer="Steam", account="alice", warn=["steam_by_issuer"],
   row=33)
ok("an issuer that only begins with Steam", T + "Steamboat:alice" + Q, OURS, issuer="Steamboat", account="alice",
   row=33)
ok("HOTP stays HOTP at Steam", "otpauth://hotp/Steam:alice" + Q + "&counter=1", OURS, type="hotp", issuer="Steam",
   account="alice", counter=1, row=33)
ok("HOTP stays HOTP with Stratum's mark, which is kept", "otpauth://hotp/a" + Q + "&counter=1&steam", STRATUM,
   type="hotp", issuer="", account="a", counter=1, extras="steam", row=33)
no("Steam with SHA256", f"otpauth://steam/a?secret={STEAM}&algorithm=SHA256", "unsupported_algorithm", OURS, row=33)
no("Steam: a link to a game", "steam://rungameid/440", "invalid_secret", OURS, row=33)
no("Steam: no secret", "steam://", "empty_secret", OURS, row=33)

ok("Apple's scheme", "apple-otpauth://totp/ACME:alice" + Q + "&issuer=ACME", EDENT, issuer="ACME", account="alice",
   row=34)
ok("Apple's scheme in capitals", "APPLE-OTPAUTH://TOTP/alice" + Q, EDENT, account="alice", row=34)

ok("a parameter without a value", T + "a" + Q + "&lock", OTPLIB, account="a", extras="lock", row=35)
ok("a picture", T + "ACME:a" + Q + "&image=https%3A%2F%2Facme.example%2Flogo.png", FREEOTP, issuer="ACME", account="a",
   extras="image=https%3A%2F%2Facme.example%2Flogo.png", row=35)
ok("a colour and a lock", T + "a" + Q + "&color=FFCC00&lock=true", FREEOTP, account="a", extras="color=FFCC00&lock=true",
   row=35)
ok("empty parts between ampersands", T + "a?&&secret=" + S160 + "&&issuer=B&", OTPLIB, issuer="B", account="a", row=35)
ok("unknown parameters among known ones", T + "a?x=1&secret=" + S160 + "&y&digits=8&z=%GG", OTPLIB, account="a",
   digits=8, extras="x=1&y&z=%GG", row=35)
ok("a known name without a value", T + "a" + Q + "&digits", OTPLIB, account="a", extras="digits", row=35)
ok("the name of the secret without a value is no second secret", T + "a" + Q + "&secret", OTPLIB, account="a",
   extras="secret", row=35)
ok("no letters in an unknown parameter: it is not decoded", T + "a" + Q + "&image=%00&%GG=1&x=%FF", OTPLIB, account="a",
   extras="image=%00&%GG=1&x=%FF", row=35)
ok("a parameter without a name", T + "a" + Q + "&=5", OTPLIB, account="a", extras="=5", row=35)


def long_uri(length, fill="x"):
    head, tail = T, Q + "&pad="
    return head + "a" + tail + fill * (length - len(head) - 1 - len(tail))


ok("2048 characters, scanned", long_uri(2048), OTPLIB, account="a", extras="pad=" + "x" * (2048 - len(T + "a" + Q + "&pad=")),
   row=36)
no("2049 characters, scanned", long_uri(2049), "too_long", OTPLIB, row=36)
ok("2049 characters, imported", long_uri(2049), OTPLIB, account="a", limit="import",
   extras="pad=" + "x" * (2049 - len(T + "a" + Q + "&pad=")), row=36)
ok("8192 bytes come near the import limit", long_uri(8000), OTPLIB, account="a", limit="import",
   extras="pad=" + "x" * (8000 - len(T + "a" + Q + "&pad=")), row=36)
no("8193 bytes, imported", long_uri(8193), "too_long", OTPLIB, limit="import", row=36)
ok("label of 512 characters, scanned", T + "a" * 512 + Q, OTPLIB, account="a" * 512, row=36)
no("label of 513 characters, scanned", T + "a" * 513 + Q, "label_too_long", OTPLIB, row=36)
no("issuer and account of 513 characters together, scanned", T + "i" * 256 + ":" + "a" * 257 + Q, "label_too_long",
   OTPLIB, row=36)
ok("label of 513 characters, imported", T + "a" * 513 + Q, OTPLIB, account="a" * 513, limit="import", row=36)
ok("label of 300 emoji counts characters", T + "🔑" * 300 + Q, OTPLIB, account="🔑" * 300, row=36)
no("label that would not fit when written out", T + "🔑" * 700 + Q, "too_long", OURS, limit="import", row=36)

MS = dict(kind="microsoft_approval", advice="choose_different_app", row=37)
no("Microsoft: phonefactor", "phonefactor://activate_account?code=123456789&url=https%3A%2F%2Fco1pfpad19.phonefactor.net",
   "other_kind", "beemdevelopment/Aegis#25", **MS)
no("Microsoft: login page", "https://login.microsoftonline.com/authenticatorApp/abc", "other_kind",
   "andOTP/andOTP#374", **MS)
no("Microsoft: communicator",
   "https://mobileappcommunicator.auth.microsoft.com/activatev2/1234/5678", "other_kind",
   "freeotp/freeotp-android#109", **MS)
no("Microsoft: capitals", "PhoneFactor://activate_account?code=1", "other_kind", "helloworld1/FreeOTPPlus#167", **MS)
no("Microsoft: another page of the login", "https://login.microsoftonline.com/common/oauth2", "other_kind", OURS,
   kind="web_address", advice="not_an_account", row=37)
VC = dict(kind="verified_id", advice="open_in_wallet", row=38)
no("verifiable credential", "openid-vc://?request_uri=https%3A%2F%2Fverifiedid.did.msidentity.com%2Fv1.0%2F1",
   "other_kind", "Microsoft Entra Verified ID", **VC)
no("OpenID", "openid://?request=abc", "other_kind", "OpenID for Verifiable Presentations", **VC)
no("credential offer", "openid-credential-offer://?credential_offer=abc", "other_kind",
   "OpenID for Verifiable Credential Issuance", **VC)
no("passkey on another device", "FIDO:/13086400838107303667332719012595115747821895775708323189557153075146383351399743589971313508078026948312026786722471666005727649643501784024544726574771401798171307406596245", "other_kind",
   "FIDO CTAP 2.2 hybrid transport", kind="fido", advice="open_with_camera", row=38)
no("Duo", "duo://Ab1cD2eF3gH4iJ5kL6mN-YXBpLTEyMzQ1Njc4LmR1b3NlY3VyaXR5LmNvbQ", "other_kind", "Duo Mobile activation",
   kind="duo", advice="ask_for_standard_code", row=38)
no("Duo on the web", "https://m-12345678.duosecurity.com/activate/Ab1cD2eF3gH4", "other_kind", "Duo Mobile activation",
   kind="duo", advice="ask_for_standard_code", row=38)
no("Okta Verify", "oktaverify://email/?t=abc&f=xyz&s=https%3A%2F%2Facme.okta.com", "other_kind", "Okta Verify enrolment",
   kind="okta", advice="ask_for_standard_code", row=38)
no("Steam login", "https://s.team/q/1/1234567890123456789", "other_kind", "Steam mobile sign-in", kind="steam_login",
   advice="open_in_steam_app", row=38)
no("Authy", "authy://account?token=abc", "other_kind", "Authy", kind="authy", advice="ask_for_standard_code", row=38)
no("Google's export", "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8%3D", "other_kind", GOOGLE,
   kind="google_migration", advice="import_as_migration", row=38)
no("any web address", "https://example.com/otpauth://totp/a?secret=A", "other_kind", OURS, kind="web_address",
   advice="not_an_account", row=38)
no("a host that only ends alike", "https://notduosecurity.com/activate/1", "other_kind", OURS, kind="web_address",
   advice="not_an_account", row=38)

ok("round trip: everything at once", T + "A%3AB%20%25:c%26%3D%3F%23%2B%2F%22" + Q
   + "&issuer=A%3AB%20%25&algorithm=SHA512&digits=8&period=60&image=a%2Fb&x", OURS, issuer="A:B %", account='c&=?#+/"',
   algorithm="SHA512", digits=8, period=60, extras="image=a%2Fb&x", warn=["colon_in_label"], row=39)
ok("round trip: colon in an account without issuer", T + ":a%3Ab" + Q, OURS, account="a:b", warn=["colon_in_label"],
   row=39)
no("random bytes as text", "\x00\ufffd%%%://??&&==", "not_otpauth", OURS, row=40)
no("percent signs and delimiters only", "otpauth://totp/%3A%3A?&=&=#", "missing_secret", OURS, row=40)

# --- numbers that others print -----------------------------------------------------------------------------------
# QWERTYUIOP ends in two bits that are not zero.
E = dict(secret="QWERTYUIOP", account="a", at=1741011292)
QE = T + "a?secret=QWERTYUIOP"
ok("Edent: SHA1", QE + "&algorithm=SHA1&digits=6&period=30", EDENT, code="419231", warn=["weak_secret", "secret_tail_dropped"], **E)
ok("Edent: SHA256", QE + "&algorithm=SHA256", EDENT, algorithm="SHA256", code="878984", warn=["weak_secret", "secret_tail_dropped"], **E)
ok("Edent: SHA512", QE + "&algorithm=SHA512", EDENT, algorithm="SHA512", code="560428", warn=["weak_secret", "secret_tail_dropped"], **E)
ok("Edent: 10 digits, period 3", QE + "&digits=10&period=3", EDENT + "; its code is of seven seconds before the others",
   digits=10, period=3, code="0411324415", warn=["weak_secret", "secret_tail_dropped", "unusual_digits", "short_period"],
   **(E | {"at": 1741011285}))
ok("Edent: period 10^9", QE + "&period=1000000000", EDENT, period=10**9, code="011217",
   warn=["weak_secret", "secret_tail_dropped", "long_period"], **E)
no("Edent: 1 digit, whose code would be 7", QE + "&digits=1&period=300", "invalid_digits",
   EDENT + "; fewer than 5 digits are guessed too soon")
QQ = "?secret=QWERTYUIOP&digits=6&algorithm=SHA1&period=30&issuer="
W = dict(secret="QWERTYUIOP", at=1741011292, code="419231")
ok("Edent: no issuer", T + "test%40example.com" + QQ, EDENT, account="test@example.com", warn=["weak_secret", "secret_tail_dropped"], **W)
ok("Edent: issuer as parameter only", T + "test%40example.com" + QQ + "example.org", EDENT, issuer="example.org",
   account="test@example.com", warn=["weak_secret", "secret_tail_dropped"], **W)
ok("Edent: no label", T + QQ, EDENT, warn=["missing_label", "weak_secret", "secret_tail_dropped"], **W)
ok("Edent: account that is not ASCII", T + "%E8%8E%8E%E5%A3%AB%E6%AF%94%E4%BA%9A" + QQ, EDENT, account="莎士比亚",
   warn=["weak_secret", "secret_tail_dropped"], **W)
ok("Edent: account that is not ASCII, raw", T + "莎士比亚" + QQ, EDENT, account="莎士比亚", warn=["weak_secret", "secret_tail_dropped"], **W)
ok("Edent: emoji of several parts", T + "🏴\u200d☠️:🏳️\u200d🌈" + QQ, EDENT, issuer="🏴\u200d☠️", account="🏳️\u200d🌈",
   warn=["weak_secret", "secret_tail_dropped"], **W)
ok("Edent: many spaces behind the colon", T + "Example%20Website%3A" + "%20" * 12 + "test%40example.com" + QQ, EDENT,
   issuer="Example Website", account="test@example.com", warn=["weak_secret", "secret_tail_dropped"], **W)
ok("Edent: padding", T + "issuer%3Aaccount%20name" + QQ.replace("IOP&", "IOP======&") + "issuer", EDENT, issuer="issuer",
   account="account name", warn=["weak_secret", "secret_tail_dropped"], **W)
ok("Edent: issuers differ", T + "example.com%3Aaccount%20name" + QQ + "microsoft.com", EDENT, issuer="example.com",
   param="microsoft.com", account="account name", warn=["issuer_mismatch", "weak_secret", "secret_tail_dropped"], **W)
no("Edent: secret with punctuation", T + "test%40example.com?secret=QWERT!£$^*(YUIOP&issuer=example.org", "invalid_secret",
   EDENT)
ok("Edent: Apple's scheme", "apple-" + T + "Example%20Website%3Atest%40example.com" + QQ, EDENT,
   issuer="Example Website", account="test@example.com", warn=["weak_secret", "secret_tail_dropped"], **W)
B = dict(account="a", at=1672531200, warn=["weak_secret"])
ok("Bitwarden: a secret", T + "a?secret=WQIQ25BRKZYCJVYP", BITWARDEN, secret="WQIQ25BRKZYCJVYP", code="194506", **B)
ok("Bitwarden: small letters", T + "a?secret=wqiq25brkzycjvyp", BITWARDEN, secret="WQIQ25BRKZYCJVYP", code="194506", **B)
ok("Bitwarden: 50 bits", T + "a?secret=PIUDISEQYA", BITWARDEN, secret="PIUDISEQYA", code="829846", **B)
ok("Bitwarden: 50 bits, padded", T + "a?secret=PIUDISEQYA======", BITWARDEN, secret="PIUDISEQYA", code="829846", **B)
ok("Bitwarden: period 60", T + "a?secret=WQIQ25BRKZYCJVYP&period=60", BITWARDEN, secret="WQIQ25BRKZYCJVYP", period=60,
   code="730364", **B)
ok("Bitwarden: SHA256", T + "a?secret=WQIQ25BRKZYCJVYP&algorithm=SHA256", BITWARDEN, secret="WQIQ25BRKZYCJVYP",
   algorithm="SHA256", code="842615", **B)
ok("Google: first HOTP code", "otpauth://hotp/a?secret=7777777777777777&counter=1", GOOGLE, secret="7777777777777777",
   type="hotp", account="a", counter=1, code="683298", warn=["weak_secret"])

# --- times where numbers change their width ----------------------------------------------------------------------
for at in [0, 29, 30, 59, 60, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 20000000000, 2**53 - 1]:
    ok(f"at second {at}", T + "a" + Q, RFC6238 + ", other times; 2^53 is where JavaScript's numbers end", account="a",
       at=at)
for step in [2**31 - 1, 2**31, 2**32, 2**53 - 1]:
    ok(f"at step {step}, period 1", T + "a" + Q + "&period=1&digits=8", OURS, account="a", digits=8, period=1,
       warn=["short_period"], at=step)

# --- the RFCs' own tables, as URIs -------------------------------------------------------------------------------
SEEDS = {"SHA1": b"12345678901234567890", "SHA256": b"12345678901234567890123456789012",
         "SHA512": b"1234567890123456789012345678901234567890123456789012345678901234"}
RFC6238_TABLE = [
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]
RFC4226_CODES = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
for at, *codes in RFC6238_TABLE:
    for (algorithm, seed), code in zip(SEEDS.items(), codes):
        ok(f"RFC 6238: {algorithm} at {at}", T + f"a?secret={encode(seed)}&algorithm={algorithm}&digits=8", RFC6238,
           secret=encode(seed), account="a", algorithm=algorithm, digits=8, at=at, code=code)
for counter, code in enumerate(RFC4226_CODES):
    ok(f"RFC 4226: counter {counter}", f"otpauth://hotp/a?secret={S160}&counter={counter}", RFC4226, type="hotp",
       account="a", counter=counter, code=code)

# --- migration ---------------------------------------------------------------------------------------------------
ALGORITHM = {"SHA1": 1, "SHA256": 2, "SHA512": 3}


def varint(value):
    out = b""
    value &= 2**64 - 1
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, value):
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def account(secret=decode(S160), name="alice", issuer="ACME", algorithm=1, digits=1, type=2, counter=None, more=b""):
    out = text(1, secret) + text(2, name)
    out += text(3, issuer) if issuer is not None else b""
    for field, value in [(4, algorithm), (5, digits), (6, type), (7, counter)]:
        out += number(field, value) if value is not None else b""
    return text(1, out + more)


def payload(*accounts, version=1, size=1, index=0, id=None):
    out = b"".join(accounts) + number(2, version) + number(3, size) + number(4, index)
    return out + (number(5, id) if id is not None else b"")


def uri(message, encode_data=lambda d: quote(d, safe="")):
    return "otpauth-migration://offline?data=" + encode_data(base64.b64encode(message).decode())


migrations = []


def good(kind="totp", issuer="ACME", param=None, account="alice", algorithm="SHA1", digits=6, counter=None, secret=S160,
         warnings=(), at=NOW, code=None):
    digits = 5 if kind == "steam" else digits
    c = {"type": kind, "issuer": issuer, "issuerParam": issuer if param is None else param, "account": account,
         "algorithm": algorithm, "digits": digits}
    c |= {"counter": counter} if kind == "hotp" else {"period": 30}
    c |= {"secret": secret, "warnings": sorted(warnings, key=WARNINGS.index), "at": at}
    c["code"] = code_of(kind, secret, algorithm, digits, 30, counter, at)
    assert code in (None, c["code"])
    return c


def bad(error, label=""):
    return {"error": error, "label": label}


def reads(name, the_uri, origin, entries, *, version=1, size=1, index=0, id=0):
    migrations.append({"name": name, "origin": origin, "uri": the_uri, "version": version, "size": size, "index": index,
                       "batchId": id, "entries": entries})


def refuses(name, the_uri, error, origin):
    migrations.append({"name": name, "origin": origin, "uri": the_uri, "error": error})


DIM13 = "dim13/otpauth migration tests"
SCITO = "scito/extract_otp_secrets test data"
dim13 = "CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC"
reads("dim13: the example", "otpauth-migration://offline?data=" + dim13, DIM13,
      [good(issuer="Example", account="alice@google.com", secret=S80, warnings=["weak_secret", "unspecified"],
            at=1257894000, code="528064")], version=0)
reads("version 2 without a batch number", uri(payload(account(), version=2)), SCITO, [good()], version=2)
reads("a negative batch number takes ten bytes", uri(payload(account(), id=-1843883279)), DIM13, [good()], id=-1843883279)
PLUS = bytes([1, 2] + [0xFB, 0xEF, 0xBE] * 4 + [0xFF] * 6)
plus = payload(account(secret=PLUS, name="plus", issuer=None))
plus_secret = encode(PLUS)
for how, enc in [("encoded", lambda d: quote(d, safe="")), ("raw", lambda d: d), ("as spaces", lambda d: d.replace("+", " ")),
                 ("encoded as spaces", lambda d: d.replace("+", "%20")), ("in the URL alphabet", lambda d: d.replace("+", "-").replace("/", "_")),
                 ("without padding", lambda d: d.rstrip("="))]:
    assert {"+", "/"} <= set(base64.b64encode(plus).decode())
    reads(f"plus signs {how}", uri(plus, enc), DIM13 + " TestStdBase64; " + SCITO, [good(issuer="", account="plus", secret=plus_secret)])
reads("issuer in the name only", uri(payload(account(name="ACME:alice", issuer=""))), SCITO, [good()])
reads("issuer in both", uri(payload(account(name="ACME:alice"))), SCITO, [good()])
reads("issuers differ", uri(payload(account(name="Foo:alice"))), OURS,
      [good(issuer="Foo", param="ACME", warnings=["issuer_mismatch"])])
reads("issuer with a colon", uri(payload(account(name="A: B:alice", issuer="A: B"))), "pyauth/pyotp#171",
      [good(issuer="A: B", warnings=["colon_in_label"])])
reads("no name", uri(payload(account(name=""))), OURS, [good(account="", warnings=["missing_label"])])
reads("letters that are not ASCII", uri(payload(account(name="Åsa 🔑", issuer="Blåbär"))), OURS, [good(issuer="Blåbär", account="Åsa 🔑")])
reads("a percent sign is not decoded again", uri(payload(account(name="50%25"))), OURS, [good(account="50%25")])
reads("SHA256 and 8 digits", uri(payload(account(name="MYLABEL", issuer="MYISSUER", algorithm=2, digits=2))),
      "protonpass/proton-pass-common", [good(issuer="MYISSUER", account="MYLABEL", algorithm="SHA256", digits=8)])
reads("SHA512", uri(payload(account(algorithm=3))), AEGIS, [good(algorithm="SHA512")])
reads("HOTP with a counter", uri(payload(account(type=1, counter=42))), AEGIS, [good("hotp", counter=42)])
reads("HOTP without a counter begins at 0", uri(payload(account(type=1))), AEGIS, [good("hotp", counter=0)])
reads("HOTP with the largest counter JavaScript counts to", uri(payload(account(type=1, counter=2**53 - 1))), OURS,
      [good("hotp", counter=2**53 - 1)])
for field, values in [("algorithm", dict(algorithm=0)), ("digits", dict(digits=0)), ("type", dict(type=0)),
                      ("everything", dict(algorithm=None, digits=None, type=None))]:
    reads(f"{field} not given", uri(payload(account(**values))), AEGIS, [good(warnings=["unspecified"])])
reads("Steam by issuer", uri(payload(account(issuer="Steam", secret=decode(STEAM)))), ENTE,
      [good("steam", issuer="Steam", secret=STEAM, warnings=["steam_by_issuer"])])
reads("unique_id and fields to come are skipped",
      uri(payload(account(more=text(8, "abc1231700000000000") + number(9, 7) + b"\x55\1\2\3\4" + b"\x59\1\2\3\4\5\6\7\x08"))
          + text(15, "later")), SCITO, [good()])
reads("seven accounts, two of them HOTP",
      uri(payload(*[account(name=f"user{i}", type=1 if i in (2, 5) else 2, counter=i if i in (2, 5) else None) for i in range(7)])),
      "protonpass/proton-pass-common", [good("hotp" if i in (2, 5) else "totp", account=f"user{i}", counter=i if i in (2, 5) else None) for i in range(7)])
reads("one that cannot be imported does not keep the others back",
      uri(payload(account(name="first"), account(name="md5", algorithm=4), account(name="last"))), "protonpass/proton-pass-common ImportResult",
      [good(account="first"), bad("unsupported_algorithm", "ACME: md5"), good(account="last")])
reads("one of every error", uri(payload(
    account(algorithm=5), account(digits=3), account(type=3), account(secret=b""), account(secret=b"k" * 1025),
    account(type=1, counter=-1), account(name=b"\xff"), account(name="a\nb"), text(1, b"\x0a\x7f"), text(1, b"\x08\x01"))), OURS,
      [bad("unsupported_algorithm", "ACME: alice"), bad("invalid_digits", "ACME: alice"), bad("unknown_type", "ACME: alice"),
       bad("empty_secret", "ACME: alice"), bad("secret_too_long", "ACME: alice"), bad("invalid_counter", "ACME: alice"),
       bad("not_utf8", "ACME: \ufffd"), bad("control_character", "ACME: ab"), bad("damaged"), bad("damaged")])
reads("the same account twice in one code", uri(payload(account(), account())), OURS, [good(), good()])
reads("no account at all", uri(payload()), OURS, [])
reads("third of three", uri(payload(account(), size=3, index=2, id=77)), "krissrex/google-authenticator-exporter#14", [good()],
      size=3, index=2, id=77)
reads("capitals and white space", " OTPAUTH-MIGRATION://OFFLINE?DATA=" + quote(base64.b64encode(payload(account())).decode(), safe="") + "\n",
      OURS, [good()])
reads("a slash behind the host", uri(payload(account())).replace("offline?", "offline/?"), OURS, [good()])
reads("other parameters", uri(payload(account())) + "&x=1", OURS, [good()])

refuses("an otpauth URI", T + "a" + Q, "not_migration", OURS)
refuses("another host", "otpauth-migration://online?data=AA", "not_migration", OURS)
refuses("nothing", "", "not_migration", OURS)
refuses("no parameters", "otpauth-migration://offline", "migration_missing_data", OURS)
refuses("empty data", "otpauth-migration://offline?data=", "migration_missing_data", OURS)
refuses("percent sign without digits", "otpauth-migration://offline?data=CjEK%ZZ", "migration_bad_percent_encoding", OURS)
refuses("not Base64", "otpauth-migration://offline?data=CjEK!!!!", "migration_not_base64", OURS)
refuses("Base64 of an impossible length", "otpauth-migration://offline?data=CjEKC", "migration_not_base64", OURS)
refuses("padding inside", "otpauth-migration://offline?data=Cj%3D%3DEKCg", "migration_not_base64", OURS)
refuses("too much padding", "otpauth-migration://offline?data=CjE%3D%3D%3D%3D", "migration_not_base64", OURS)
refuses("cut off", uri(payload(account())[:20]), "migration_damaged", OURS)
refuses("a length beyond the end", uri(b"\x0a\xff\xff\xff\xff\x0f"), "migration_damaged", OURS)
refuses("a length beyond 64 bits", uri(b"\x0a" + b"\xff" * 10 + b"\x01"), "migration_damaged", OURS)
refuses("a varint of eleven bytes", uri(b"\x10" + b"\x80" * 10 + b"\x01"), "migration_damaged", OURS)
refuses("a varint above 64 bits", uri(b"\x10" + b"\xff" * 9 + b"\x02"), "migration_damaged", OURS)
refuses("a varint without an end", uri(b"\x10\x80"), "migration_damaged", OURS)
refuses("field number 0", uri(b"\x00\x01"), "migration_damaged", OURS)
refuses("a group", uri(b"\x0b\x0c"), "migration_damaged", OURS)
refuses("a tag above 32 bits", uri(b"\x80\x80\x80\x80\x80\x01\x01"), "migration_damaged", OURS)
refuses("an account that is a number", uri(b"\x08\x01"), "migration_damaged", OURS)
refuses("index beyond the size", uri(payload(account(), size=2, index=2)), "migration_batch_out_of_range", OURS)
refuses("negative index", uri(payload(account(), size=2, index=-1)), "migration_batch_out_of_range", OURS)
refuses("negative size", uri(payload(account(), size=-1)), "migration_batch_out_of_range", OURS)
refuses("absurd size", uri(payload(account(), size=1001)), "migration_batch_out_of_range", OURS)
refuses("more than 8 KiB", "otpauth-migration://offline?data=" + "A" * 8192, "migration_too_long", OURS)

# --- files -------------------------------------------------------------------------------------------------------
FILES = {
    "otpauth.json": {
        "about": "What a text from a QR code is read as: verdict, parts, normal form, and the code at a time.",
        "origin": "Per case. Readings written by hand from the named sources; codes by pyotp and, where it can, "
                  "oathtool, never by Gatepass. Made by tests/interop/make_otpauth_vectors.py.",
        "row": "The row of the survey of deviations that the case belongs to, 1 to 40. Row 29 (what does not decode is "
               "refused) is about what is read: an unknown parameter, or a name without `=`, is row 35's, kept as it was "
               "written and never decoded.",
        "defaults": {"limit": "scanner", "strict": False},
        "cases": cases,
    },
    "rfc6238.json": {
        "about": "Time-based codes. The seeds have 20, 32 and 64 bytes: the RFC's text repeats the first one, its "
                 "reference code does not.",
        "origin": RFC6238,
        "digits": 8,
        "period": 30,
        "cases": [
            {"time": at, "algorithm": algorithm, "secretHex": seed.hex(), "secret": encode(seed), "step": at // 30,
             "code": code}
            for at, *codes in RFC6238_TABLE for (algorithm, seed), code in zip(SEEDS.items(), codes)
        ],
    },
    "rfc4226.json": {
        "about": "Counter-based codes.",
        "origin": RFC4226,
        "algorithm": "SHA1",
        "digits": 6,
        "secretHex": SEEDS["SHA1"].hex(),
        "secret": S160,
        "cases": [{"counter": counter, "code": code} for counter, code in enumerate(RFC4226_CODES)],
    },
    "migration.json": {
        "about": "What a QR code of Google Authenticator's export is read as.",
        "origin": "Per case. Payloads of the named projects, or built by the protobuf lines of "
                  "tests/interop/make_otpauth_vectors.py; codes by pyotp and oathtool, never by Gatepass.",
        "cases": migrations,
    },
}


def main():
    rows = {c.get("row") for c in cases}
    assert set(range(1, 41)) <= rows, set(range(1, 41)) - rows
    stale = []
    for name, content in FILES.items():
        lines = [json.dumps(c, ensure_ascii=False) for c in content["cases"]]
        head = json.dumps({**content, "cases": []}, ensure_ascii=False, indent=2)
        new = head.replace('"cases": []', '"cases": [\n    ' + ",\n    ".join(lines) + "\n  ]") + "\n"
        path = VECTORS / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text() != new:
                stale.append(name)
        else:
            path.write_text(new)
        print(f"{name}: {len(lines)} cases")
    if stale:
        sys.exit("stale: " + ", ".join(stale))


main()

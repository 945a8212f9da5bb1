#!/usr/bin/env python3
"""Writes tests/vectors/qr.json: codes drawn by segno, which nobody here wrote.

    pip install segno==1.6.6
    python3 tests/interop/make_qr_vectors.py

Modules are the bits of hexadecimal digits, row by row, 1 = dark, filled up with 0.
"""

import json
import pathlib

import segno

TARGET = pathlib.Path(__file__).parents[1] / "vectors/qr.json"
LONG = (
    "otpauth://totp/ACME:alice%40example.com?issuer=ACME&secret="
    + "JBSWY3DPEHPK3PXP" * 4
    + "&algorithm=SHA256&digits=8&period=60"
)


def drawn(code):
    bits = "".join("1" if module else "0" for row in code.matrix for module in row)
    return {"size": len(code.matrix), "modules": bits_to_hex(bits)}


def bits_to_hex(bits):
    bits += "0" * (-len(bits) % 4)
    return f"{int(bits, 2):0{len(bits) // 4}x}"


def named(text, charset):
    return segno.make(text, encoding=charset, eci=True, mode="byte", micro=False)


def row(what, code, text=None, refused=None):
    return {"what": what, **drawn(code), **({"text": text} if text is not None else {"refused": refused})}


def parts(what, text, version):
    return {"what": what, "text": text, "parts": [drawn(code) for code in segno.make_sequence(text, version=version)]}


byte = {"mode": "byte", "micro": False}
vectors = {
    "origin": f"Drawn by segno {segno.__version__} with tests/interop/make_qr_vectors.py",
    "codes": [
        row("UTF-8 without a name", segno.make("Åsa 鍵 ж", encoding="utf-8", **byte), "Åsa 鍵 ж"),
        row("UTF-8 by name", named("Åsa 鍵 ж", "utf-8"), "Åsa 鍵 ж"),
        row("Latin-1 without a name", segno.make("Åsa Öberg", encoding="iso-8859-1", **byte), "Åsa Öberg"),
        row("Latin-1 by name", named("Åsa Ã¥", "iso-8859-1"), "Åsa Ã¥"),
        row("ASCII by name", named("otpauth://totp/a?secret=AAAA", "ascii"), "otpauth://totp/a?secret=AAAA"),
        row("ASCII in Shift JIS by name", named("otpauth://totp/a", "shift_jis"), "otpauth://totp/a"),
        row("Cyrillic by name", named("жук", "iso-8859-5"), refused="qr_encoding"),
        row("Shift JIS by name", named("鍵屋", "shift_jis"), refused="qr_encoding"),
        row("Shift JIS without a name", segno.make("テスト鍵屋", encoding="shift_jis", **byte), refused="qr_encoding"),
        row("kanji", segno.make("漢字テスト", mode="kanji", micro=False), refused="qr_encoding"),
        row("UTF-16 by name", named("鍵屋", "utf-16-be"), refused="qr_encoding"),
        row("UTF-16 that looks like ASCII", named("中", "utf-16-be"), refused="qr_encoding"),
    ],
    "sequences": [
        parts("an account in two codes", LONG, 5),
        parts("digits and capitals in three codes", "OTP:" + "0123456789ABCDEF" * 30, 7),
    ],
}
TARGET.write_text(json.dumps(vectors, ensure_ascii=False, indent=1) + "\n", "utf-8")

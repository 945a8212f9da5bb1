#!/usr/bin/env python3
"""Writes seeds/TARGET/* from tests/vectors: every case once, in the shape that the target reads. Run after a vector
file has changed. Files are named by their contents, so that a change shows as one. Pictures are encoded by Pillow."""

import hashlib
import io
import json
import pathlib
import re
import shutil

from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
VECTORS = HERE.parent / "vectors"
# Enough to reach every branch that the vectors reach, few enough to be read in a second.
MOST = 64


def load(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def spread(cases):
    cases = list(dict.fromkeys(cases))
    step = max(1, -(-len(cases) // MOST))
    return cases[::step]


def write(target, seeds):
    folder = HERE / "seeds" / target
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for seed in seeds:
        (folder / hashlib.sha256(seed).hexdigest()[:12]).write_bytes(seed)


uris = [case["uri"] for case in load("otpauth.json")["cases"] if len(case["uri"]) < 600]
exports = [case["uri"] for case in load("migration.json")["cases"] if len(case["uri"]) < 600]
vaults = load("vault.json")
files = [bytes.fromhex(case["file"]) for case in vaults["valid"][:1] + vaults["invalid"] if len(case["file"]) < 3600]

# Found by the targets themselves; what they broke is said in the commit that mended it.
FOUND = {
    "otpauth": [b"otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counte300        &period=300"],
}

write("otpauth", FOUND["otpauth"] + [uri.encode() for uri in spread(uris)])
write("migration", [uri.encode() for uri in spread(exports)])
write("base32", [secret.encode() for secret in spread(re.findall(r"secret=([^&]+)", " ".join(uris).replace(" ", "&")))])
entry = b"\x01\x03" + len(uris[0].encode()).to_bytes(2, "little") + uris[0].encode() + b"\x01\0I\x02\0ab"
write("vault", [bytes([way]) + file for way, file in enumerate(spread(files)[:24])]
      + [b"\x01" + file[:-32] for file in files[:1]] + [b"\x02" + bytes(40), b"\x03" + entry + bytes(-len(entry) % 256)])
write("qr_text", [bytes([choice * 67 % 256]) + text.encode() for choice, text in enumerate(spread(uris)[:24])]
      + [b"\x00HELLO 123", b"\x41" + "åäö 鍵".encode(), b"\x82" + b"1234567890" * 5])
zones = load("mrz.json")
write("mrz", [b"\x51\x1f" + "\n".join(case["lines"]).encode() for case in zones["zones"] + zones["repairs"]])
names = load("names.json")
write("name", [f"{case['typed']}\n{case['document']}".encode() for case in names["cases"] if isinstance(case["typed"], str)][::2]
      + [case["text"].encode() for case in names["errors"]])
write("qr_picture", [bytes([170, 170, 2, 3 | (scale << 2)]) + bytes(8) for scale in (1, 2, 3, 4)]
      + [bytes([64, 64, 0, 2]) + bytes(512), bytes([255, 3, 1, 1]) + b"\0\xff\xff", bytes([0, 1, 0, 0])])


def encoded(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


shade = Image.linear_gradient("L").resize((24, 17))
colour = Image.merge("RGB", (shade, shade.rotate(180), shade.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
turned = Image.Exif()
turned[0x0112] = 6
write("picture", [
    encoded(shade, "JPEG"),
    encoded(colour, "JPEG", subsampling="4:2:0"),
    encoded(colour, "JPEG", subsampling="4:4:4", exif=turned),
    encoded(colour, "JPEG", progressive=True),
    encoded(colour, "JPEG", restart_marker_blocks=1),
    encoded(colour.convert("CMYK"), "JPEG"),
    encoded(shade, "PNG"),
    encoded(colour, "PNG", exif=turned),
    encoded(colour.convert("RGBA"), "PNG"),
    encoded(colour.quantize(8), "PNG", transparency=3),
    encoded(shade.convert("1"), "PNG"),
    encoded(Image.frombytes("I;16", shade.size, bytes(byte for level in shade.tobytes() for byte in (level, level))), "PNG"),
])


def card(width, height):
    """A light card with rows of print on a dark ground."""
    frame = Image.new("L", (width, height), 60)
    draw = ImageDraw.Draw(frame)
    wide = width * 3 // 4
    left, top, high = width // 8, height // 8, wide * 54 // 86
    draw.rectangle((left, top, left + wide, top + high), 220)
    for row in range(top + 6, top + high - 6, 6):
        for place in range(left + 6, left + wide - 6, 5):
            draw.rectangle((place, row, place + 2, row + 2), 40)
    return frame


def tinted(frame):
    """The same in colour: a bluish card, the darker the less."""
    return Image.merge("RGBA", [frame.point(lambda grey, part=part: grey * part // 100) for part in (90, 97, 100)]
                       + [Image.new("L", frame.size, 255)])


write("capture", [
    bytes([160, 120, 0, way]) + bytes([74, 71, 134, 71, 134, 108, 74, 108]) + card(160, 120).tobytes() for way in (0, 2, 5)
] + [
    bytes([80, 60, 0, way]) + bytes([74, 71, 134, 71, 134, 108, 74, 108]) + tinted(card(80, 60)).tobytes() for way in (8, 10)
] + [bytes([3, 3, 1, 6]) + bytes(8) + b"\x80", bytes([255, 255, 0, 2]) + bytes(8) + b"\0\xff"])

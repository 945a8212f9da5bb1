#!/usr/bin/env python3
"""A second reader and writer of the vault file, written from core/docs/vault-format.md and from nothing else.

It shares no code with the core: Argon2 from the reference implementation (argon2-cffi), XChaCha20-Poly1305 from
libsodium (PyNaCl), SHA-256 and HMAC from Python. When both sides read each other's files, the document is right.

    vault_reader.py read FILE (--password TEXT | --device-key HEX)    prints the accounts as JSON
    vault_reader.py check VECTORS.json                                reads every file in it, both verdicts
    vault_reader.py vectors OTHER.json > VECTORS.json                 writes the vector file; OTHER.json holds
                                                                      files of the core: {"files": [...]}
"""

import argparse
import hashlib
import hmac
import json
import struct
import sys

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as aead_open,
    crypto_aead_xchacha20poly1305_ietf_encrypt as aead_seal,
)
from nacl.exceptions import CryptoError

MAGIC = b"GPVAULT\x1a"
DOMAIN = b"gatepass-vault-1 "


class VaultError(Exception):
    """Carries the code of tests/vectors/error-codes.json."""


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def argon2id(password, salt, memory, passes, lanes):
    return hash_secret_raw(password.encode(), salt, passes, memory, lanes, 32, Type.ID, version=0x13)


def damaged(condition):
    if not condition:
        raise VaultError("vault_damaged")


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        damaged(self.at + count <= len(self.data))
        taken = self.data[self.at:self.at + count]
        self.at += count
        return taken

    def number(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]


def read(data, password=None, device_key=None):
    """The accounts of a vault: a list of dicts with id, version, uri, issuer, account."""
    # 1-2
    if not data.startswith(MAGIC):
        raise VaultError("vault_damaged" if data and MAGIC.startswith(data) else "vault_not_a_vault")
    damaged(len(data) <= 64 << 20 and len(data) > 36 + 32)
    body, checksum = data[:-32], data[-32:]
    damaged(hashlib.sha256(body).digest() == checksum)
    # 3-4
    at = Cursor(body)
    at.take(8)
    if at.number("H") != 1:
        raise VaultError("vault_unsupported_version")
    slot_count, zero = at.take(2)
    vault_id = at.take(16)
    generation = at.number("Q")
    damaged(1 <= slot_count <= 8 and zero == 0 and generation >= 1)
    slots = []
    for _ in range(slot_count):
        slot = at.take(120)
        kind, zeros = slot[0], slot[1:4]
        cost = struct.unpack("<III", slot[20:32])
        damaged(zeros == bytes(3) and kind in (1, 2))
        if kind == 1:
            memory, passes, lanes = cost
            if not (19_456 <= memory <= 262_144 and 2 <= passes <= 10 and 1 <= lanes <= 4):
                raise VaultError("vault_kdf_out_of_range")
        else:
            damaged(cost == (0, 0, 0))
        slots.append((kind, slot, cost))
    damaged(sum(kind == 1 for kind, _, _ in slots) == 1)
    damaged(len({slot[4:20] for _, slot, _ in slots}) == slot_count)
    head = body[:at.at]
    length = at.number("I")
    damaged(length >= 16)
    index_nonce = at.take(24)
    index_sealed = at.take(length)
    records = []
    while at.at < len(body):
        length = at.number("I")
        damaged(length >= 16)
        entry_id, version = at.take(16), at.number("Q")
        nonce = at.take(24)
        records.append((entry_id, version, nonce, at.take(length)))
        damaged(len(records) <= 4096)
    # 5
    wanted = 1 if device_key is None else 2
    if not any(kind == wanted for kind, _, _ in slots):
        raise VaultError("vault_no_device_key")
    vault_key = None
    for kind, slot, cost in slots:
        if kind != wanted:
            continue
        salt, nonce, wrapped = slot[32:48], slot[48:72], slot[72:120]
        wrapping = argon2id(password, salt, *cost) if kind == 1 else mac(device_key, DOMAIN + b"device", salt)
        try:
            vault_key = aead_open(wrapped, DOMAIN + b"slot" + vault_id + slot[:48], nonce, wrapping)
            break
        except CryptoError:
            continue
    if vault_key is None:
        raise VaultError("vault_wrong_password" if wanted == 1 else "vault_wrong_device_key")
    # 6-7
    try:
        items = aead_open(index_sealed, DOMAIN + b"index" + head, index_nonce, mac(vault_key, DOMAIN + b"index"))
    except CryptoError:
        raise VaultError("vault_damaged") from None
    found = b"".join(i + struct.pack("<Q", v) + sealed[-16:] for i, v, _, sealed in records)
    damaged(items == found)
    damaged(len({record[0] for record in records}) == len(records))
    # 8
    accounts = []
    entry_key = mac(vault_key, DOMAIN + b"entry")
    for entry_id, version, nonce, sealed in records:
        bound = DOMAIN + b"entry" + vault_id + entry_id + struct.pack("<Q", version)
        try:
            plain = Cursor(aead_open(sealed, bound, nonce, entry_key))
        except CryptoError:
            raise VaultError("vault_damaged") from None
        if plain.number("B") != 1:
            raise VaultError("vault_unsupported_version")
        flags = plain.number("B")
        damaged(flags & ~3 == 0)
        uri = plain.take(plain.number("H")).decode()
        issuer = plain.take(plain.number("H")).decode() if flags & 1 else None
        account = plain.take(plain.number("H")).decode() if flags & 2 else None
        rest = plain.data[plain.at:]
        damaged(len(plain.data) % 256 == 0 and len(rest) < 256 and not any(rest))
        accounts.append({"id": entry_id.hex(), "version": version, "uri": uri, "issuer": issuer, "account": account})
    return {"vaultId": vault_id.hex(), "generation": generation, "entries": accounts}


class Bytes:
    """Bytes that look random and are the same in every run. For vectors only."""

    def __init__(self, seed):
        self.seed, self.count = seed, 0

    def __call__(self, count):
        self.count += 1
        return hashlib.shake_256(f"{self.seed} {self.count}".encode()).digest(count)


def write(seed, generation, password, cost, device_keys, accounts):
    random = Bytes(seed)
    vault_id, vault_key = random(16), random(32)
    head = MAGIC + struct.pack("<HBB", 1, 1 + len(device_keys), 0) + vault_id + struct.pack("<Q", generation)
    for kind, key in [(1, password)] + [(2, key) for key in device_keys]:
        slot_id, salt, nonce = random(16), random(16), random(24)
        slot = struct.pack("<B3x", kind) + slot_id + struct.pack("<III", *(cost if kind == 1 else (0, 0, 0))) + salt
        wrapping = argon2id(key, salt, *cost) if kind == 1 else mac(key, DOMAIN + b"device", salt)
        head += slot + nonce + aead_seal(vault_key, DOMAIN + b"slot" + vault_id + slot, nonce, wrapping)
    records, items = b"", b""
    for account in accounts:
        entry_id, version = bytes.fromhex(account["id"]), account["version"]
        given = [account["issuer"], account["account"]]
        plain = struct.pack("<BB", 1, sum(1 << bit for bit, name in enumerate(given) if name is not None))
        for text in [account["uri"]] + [name for name in given if name is not None]:
            plain += struct.pack("<H", len(text.encode())) + text.encode()
        plain += bytes(-len(plain) % 256)
        nonce = random(24)
        bound = DOMAIN + b"entry" + vault_id + entry_id + struct.pack("<Q", version)
        sealed = aead_seal(plain, bound, nonce, mac(vault_key, DOMAIN + b"entry"))
        records += struct.pack("<I", len(sealed)) + entry_id + struct.pack("<Q", version) + nonce + sealed
        items += entry_id + struct.pack("<Q", version) + sealed[-16:]
    nonce = random(24)
    sealed = aead_seal(items, DOMAIN + b"index" + head, nonce, mac(vault_key, DOMAIN + b"index"))
    body = head + struct.pack("<I", len(sealed)) + nonce + sealed + records
    return body + hashlib.sha256(body).digest()


def resealed(data, change):
    """The file with its body changed and a checksum that matches again."""
    body = bytearray(data[:-32])
    body = bytes(change(body) or body)
    return body + hashlib.sha256(body).digest()


def flip(place, to=None):
    def change(body):
        body[place] = to if to is not None else body[place] ^ 1
    return change


def vectors(others):
    floor = (19_456, 2, 1)
    password, device_key = "correct horse battery stäple", bytes(range(32))
    key32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    accounts = [
        {"id": "01" * 16, "version": 1, "issuer": None, "account": None,
         "uri": f"otpauth://totp/Gatepass:alice%40example.com?secret={key32}&issuer=Gatepass"
                "&algorithm=SHA1&digits=6&period=30"},
        {"id": "02" * 16, "version": 7, "issuer": "Verkstad Åsele", "account": "Bo",
         "uri": f"otpauth://hotp/Shop:bo?secret={key32}&issuer=Shop&algorithm=SHA256&digits=8&counter=41"},
        {"id": "03" * 16, "version": 2**40, "issuer": "", "account": None,
         "uri": f"otpauth://totp/Long:{'x' * 300}?secret={key32}&issuer=Long&algorithm=SHA512&digits=10&period=86400"},
    ]
    files = [
        ("empty vault", dict(generation=1, device_keys=[], accounts=[])),
        ("three accounts, given names, a device key",
         dict(generation=3, device_keys=[device_key], accounts=accounts)),
        ("other cost: 20,000 KiB, 3 passes, 2 lanes",
         dict(generation=2**33, device_keys=[bytes(32), device_key], accounts=accounts[:1], cost=(20_000, 3, 2))),
    ]
    valid = []
    for name, given in files:
        cost = given.pop("cost", floor)
        data = write(name, password=password, cost=cost, **given)
        opened = read(data, password=password)
        assert opened["entries"] == given["accounts"]
        valid.append({"name": name, "writer": "vault_reader.py", "file": data.hex(), "password": password,
                      "deviceKey": device_key.hex() if given["device_keys"] else None, **opened})
    for other in others:
        key = other.get("deviceKey")
        opened = read(bytes.fromhex(other["file"]), password=other["password"])
        if key:
            assert opened == read(bytes.fromhex(other["file"]), device_key=bytes.fromhex(key))
        valid.append({"name": other["name"], "writer": "gatepass-core", "file": other["file"],
                      "password": other["password"], "deviceKey": key, **opened})

    whole = bytes.fromhex(valid[1]["file"])
    head = 36 + 2 * 120
    first = head + 4 + 24 + (3 * 40 + 16)
    record = 4 + 16 + 8 + 24 + int.from_bytes(whole[first:first + 4], "little")
    older = write("three accounts, given names, a device key", 3, password, floor, [device_key],
                  [dict(accounts[0], uri=accounts[0]["uri"].replace("alice", "malin")), *accounts[1:]])
    assert older[:head] == whole[:head], "the same keys, head and nonces"

    def swap(body):
        return body[:first] + body[first + record:first + 2 * record] + body[first:first + record] + body[first + 2 * record:]

    second = int.from_bytes(whole[first + record:first + record + 4], "little") + 52
    assert second == record, "the first two records are as long as each other"
    bad = [
        ("empty file", b"", "vault_not_a_vault"),
        ("another kind of file", b"PK\x03\x04" + whole[4:], "vault_not_a_vault"),
        ("the first five bytes", whole[:5], "vault_damaged"),
        ("cut off in the middle", whole[:len(whole) // 2], "vault_damaged"),
        ("one byte missing", whole[:-1], "vault_damaged"),
        ("one byte too many", whole + b"\0", "vault_damaged"),
        ("a bit flipped in the password slot", bytes(b ^ (i == 40 + 72) for i, b in enumerate(whole)), "vault_damaged"),
        ("a bit flipped in the last entry", bytes(b ^ (i == len(whole) - 40) for i, b in enumerate(whole)), "vault_damaged"),
        ("version 2", resealed(whole, flip(8, 2)), "vault_unsupported_version"),
        ("no slot", resealed(whole, flip(10, 0)), "vault_damaged"),
        ("memory below the floor", resealed(whole, lambda b: b[:56] + struct.pack("<I", 19_455) + b[60:]), "vault_kdf_out_of_range"),
        ("4 TiB of memory", resealed(whole, lambda b: b[:56] + b"\xff\xff\xff\xff" + b[60:]), "vault_kdf_out_of_range"),
        ("one pass", resealed(whole, flip(60, 1)), "vault_kdf_out_of_range"),
        ("five lanes", resealed(whole, flip(64, 5)), "vault_kdf_out_of_range"),
        ("slot altered, checksum made to match", resealed(whole, flip(36 + 72)), "vault_wrong_password"),
        ("generation altered, checksum made to match", resealed(whole, flip(28)), "vault_damaged"),
        ("device slot removed, checksum made to match",
         resealed(whole, lambda b: b[:10] + b"\1" + b[11:36 + 120] + b[head:]), "vault_damaged"),
        ("index altered, checksum made to match", resealed(whole, flip(head + 30)), "vault_damaged"),
        ("last entry removed, checksum made to match", resealed(whole, lambda b: b[:first + 2 * record]), "vault_damaged"),
        ("two entries swapped, checksum made to match", resealed(whole, swap), "vault_damaged"),
        ("an entry repeated, checksum made to match", resealed(whole, lambda b: b + b[first:first + record]), "vault_damaged"),
        ("version of an entry altered, checksum made to match", resealed(whole, flip(first + 20)), "vault_damaged"),
        ("one entry of an earlier file put back, checksum made to match",
         resealed(whole, lambda b: b[:first] + older[first:first + record] + b[first + record:]), "vault_damaged"),
        ("an entry longer than the file, checksum made to match", resealed(whole, flip(first + 3, 0x7f)), "vault_damaged"),
    ]
    invalid = []
    for name, data, code in bad:
        invalid.append({"name": name, "file": data.hex(), "password": password, "code": code})
    invalid.append({"name": "wrong password", "file": whole.hex(), "password": "Correct horse battery stäple",
                    "code": "vault_wrong_password"})
    result = {
        "origin": "Files written by tests/interop/vault_reader.py (argon2-cffi, libsodium) from core/docs/vault-format.md, "
                  "and by gatepass-core; every one was read by both. Random bytes are fixed here and nowhere else.",
        "valid": valid,
        "invalid": invalid,
    }
    check(result)
    return result


def check(given):
    for case in given["valid"]:
        want = {key: case[key] for key in ("vaultId", "generation", "entries")}
        data = bytes.fromhex(case["file"])
        assert read(data, password=case["password"]) == want, case["name"]
        if case["deviceKey"]:
            assert read(data, device_key=bytes.fromhex(case["deviceKey"])) == want, case["name"]
    for case in given["invalid"]:
        try:
            read(bytes.fromhex(case["file"]), password=case["password"])
            code = None
        except VaultError as error:
            code = str(error)
        assert code == case["code"], f"{case['name']}: {code}"
    return len(given["valid"]) + len(given["invalid"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read")
    reading.add_argument("file")
    reading.add_argument("--password")
    reading.add_argument("--device-key")
    commands.add_parser("check").add_argument("vectors")
    commands.add_parser("vectors").add_argument("other", nargs="?")
    given = parser.parse_args()
    if given.command == "read":
        with open(given.file, "rb") as file:
            data = file.read()
        key = bytes.fromhex(given.device_key) if given.device_key else None
        try:
            opened = read(data, password=given.password, device_key=key)
        except VaultError as error:
            sys.exit(str(error))
        print(json.dumps(opened, ensure_ascii=False, indent=1))
    elif given.command == "check":
        with open(given.vectors, encoding="utf-8") as file:
            print(f"{check(json.load(file))} files read as expected")
    else:
        others = []
        if given.other:
            with open(given.other, encoding="utf-8") as file:
                others = json.load(file)["files"]
        json.dump(vectors(others), sys.stdout, ensure_ascii=False, indent=1)
        print()


if __name__ == "__main__":
    main()

"""An SMTP server that keeps what it is sent: one JSON file per message in the folder given as the first argument, on the port
given as the second. It ends when its standard input ends, so it never outlives the test that started it.

Lines on standard input, each answered by a line "ok": `accept`, `refuse CODE TEXT` (every message gets that answer), or
`delay MILLISECONDS` (a message is kept at once and answered so much later; 0 ends that).
Recipients that begin with "tempfail" or "permfail" are refused with 451 and 550 whatever was said.
"""
import asyncio
import email
import email.policy
import itertools
import json
import os
import pathlib
import re
import sys

from aiosmtpd.smtp import SMTP

folder, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])


class Sink:
    """aiosmtpd calls the `handle_*` methods."""

    def __init__(self):
        self.refusal = None
        self.delay = 0.0
        self.number = itertools.count(1 + len(list(folder.glob("*.json"))))

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("tempfail"):
            return "451 try later"
        if address.startswith("permfail"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.refusal:
            return self.refusal
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        kept = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": str(message["subject"] or ""),
            "text": text.get_content() if text else "",
            "html": html.get_content() if html else "",
            "raw": envelope.content.decode("utf-8", "replace"),
        }
        kept["links"] = list(dict.fromkeys(re.findall(r"https?://[^\s\"'<>]+", kept["text"] or kept["html"])))
        name = folder / f"{next(self.number):06}.json"
        part = name.with_suffix(".part")
        part.write_text(json.dumps(kept))
        os.replace(part, name)
        await asyncio.sleep(self.delay)
        return "250 OK"


async def main():
    sink = Sink()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=True), "127.0.0.1", port)
    print("ok", flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order, _, rest = line.strip().partition(" ")
        if order == "delay":
            sink.delay = int(rest) / 1000
        else:
            sink.refusal = rest if order == "refuse" else None
        print("ok", flush=True)
    server.close()


asyncio.run(main())

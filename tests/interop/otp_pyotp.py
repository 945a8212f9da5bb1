"""pyotp makes the code of every case on standard input (one JSON object per line) and says where it differs:
{"checked": N, "differ": [line, …]}."""

import hashlib
import json
import sys

import pyotp
from pyotp.contrib.steam import Steam

DIGESTS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}

checked, differ = 0, []
for line in sys.stdin:
    case = json.loads(line)
    if case["steam"]:
        # Its interval is always 30 s, whatever it is told; the step is counted here.
        code = Steam(case["secret"]).generate_otp(case["time"] // case["period"])
    else:
        digest = DIGESTS[case["algorithm"]]
        totp = pyotp.TOTP(case["secret"], digits=case["digits"], digest=digest, interval=case["period"])
        code = totp.at(case["time"])
    checked += 1
    if code != case["code"]:
        differ.append(line)
print(json.dumps({"checked": checked, "differ": differ[:5]}))

"""Receives the events of a webhook subscription, and takes none that the gateway has not signed. Python alone.

WEBHOOK_SECRET=whsec_… python3 webhook.py [port]
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["WEBHOOK_SECRET"]
TOLERANCE_SECONDS = 300
seen = set()


def is_signed(headers, body):
    """https://www.standardwebhooks.com: HMAC-SHA256 of `<id>.<timestamp>.<body>`. `body` is what came, byte by byte."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "0")
    # An old request that somebody has recorded is no good.
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    expected = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(expected).decode()
    return any(hmac.compare_digest(signature, given) for given in headers.get("webhook-signature", "").split(" "))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if not is_signed(self.headers, body):
            self.answer(401)
            return
        event = json.loads(body)
        if event["id"] not in seen:
            print(event["id"], event.get("change") or event["subject"], flush=True)
        seen.add(event["id"])  # an event may come twice
        self.answer(204)  # any 2xx: taken; anything else: it comes again

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    server = ThreadingHTTPServer(("127.0.0.1", port), Receiver)
    print(f"listening on {server.server_port}", flush=True)
    server.serve_forever()

"""Takes a feed's webhooks, verifies them, and keeps the newest item of every key in a file, each change once.

    CLIENT_SECRET=whsec_… python3 webhook_receiver.py 8090 prices.json
"""
import base64
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

port, path = int(sys.argv[1]), sys.argv[2]
secret = base64.b64decode(os.environ["CLIENT_SECRET"].removeprefix("whsec_"))
state = {"taken": 0, "items": {}}
if os.path.exists(path):
    with open(path) as file:
        state = json.load(file)


def is_signed(headers, body):
    """As the Standard Webhooks have it; the library of that name does the same."""
    moment = headers["webhook-timestamp"]
    content = f"{headers['webhook-id']}.{moment}.".encode() + body
    signature = "v1," + base64.b64encode(hmac.digest(secret, content, "sha256")).decode()
    signed = any(hmac.compare_digest(signature, each) for each in headers["webhook-signature"].split())
    return signed and abs(time.time() - int(moment)) < 300


def take(change):
    key = json.dumps(change["key"])
    known = state["items"].get(key, {"seq": 0})["seq"]
    if change["seq"] > known:  # else sent again: an answer of ours was lost
        state["items"][key] = {"seq": change["seq"], "id": change["id"], "item": change["after"]}
        state["taken"] += 1


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_signed(self.headers, body):
            return self.answer(401)
        message = json.loads(body)
        if message["type"].startswith("change."):
            for change in message["data"] if isinstance(message["data"], list) else [message["data"]]:
                take(change)
            with open(path + ".new", "w") as file:
                json.dump(state, file)
            os.replace(path + ".new", path)  # kept first, answered after
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", port), Receiver).serve_forever()

"""Keeps the newest item of every key of a feed in a file, and takes each change once.

    pip install requests
    python3 read_changes.py 'http://127.0.0.1:8080/v1/feeds/prices/changes?since=earliest' prices.json
"""
import json
import os
import sys
import time

import requests

url, path = sys.argv[1:3]
state = {"cursor": None, "taken": 0, "items": {}}
if os.path.exists(path):
    with open(path) as file:
        state = json.load(file)


def take(change, cursor):
    key = json.dumps(change["key"])
    known = state["items"].get(key, {"seq": 0})["seq"]
    if change["seq"] > known + 1 and known > 0:
        sys.exit(f"a change of {key} is missing before {change['id']}")
    if change["seq"] > known:  # else told again, after a cursor that was lost
        state["items"][key] = {"seq": change["seq"], "id": change["id"], "item": change["after"]}
        state["taken"] += 1
    state["cursor"] = cursor
    with open(path + ".new", "w") as file:  # what was taken and how far: both or neither
        json.dump(state, file)
    os.replace(path + ".new", path)


headers = {"Accept": "application/x-ndjson"}
if "LEAT_KEY" in os.environ:
    headers["Authorization"] = "Bearer " + os.environ["LEAT_KEY"]
while True:
    if state["cursor"]:
        headers["Last-Event-ID"] = state["cursor"]
    try:
        with requests.get(url, headers=headers, stream=True, timeout=(10, 60)) as answer:
            answer.raise_for_status()
            for text in answer.iter_lines():
                line = json.loads(text)
                if line.get("event") == "gap":
                    sys.exit("the feed no longer has all that is missing here: " + str(line))
                if "event" not in line:  # else a heartbeat, or another word about the stream
                    take(line, line["cursor"])
    except requests.RequestException as problem:
        print(problem, file=sys.stderr)
    time.sleep(1)  # the stream has ended: come back

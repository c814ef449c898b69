"""Sends Scrapy items to a Leat feed. Settings: LEAT_URL, and LEAT_KEY where the gateway asks for keys."""

import json
import time
import urllib.error
import urllib.request

BATCH = 100
PATIENCE_SECONDS = 300


class LeatPipeline:
    def __init__(self, url, key):
        self.url = url
        self.key = key
        self.items = []

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler.settings["LEAT_URL"], crawler.settings.get("LEAT_KEY"))

    def process_item(self, item, spider):
        self.items.append(json.dumps(dict(item)))
        if len(self.items) >= BATCH:
            self.send()
        return item

    def close_spider(self, spider):
        if self.items:
            self.send()

    def send(self):
        body = "\n".join(self.items).encode()
        headers = {"Content-Type": "application/x-ndjson"}
        if self.key:
            headers["Authorization"] = "Bearer " + self.key
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                request = urllib.request.Request(self.url, body, headers)
                with urllib.request.urlopen(request, timeout=30) as answer:
                    self.check(json.load(answer))
                self.items = []
                return
            except urllib.error.HTTPError as refused:
                if refused.code not in (429, 503) or time.monotonic() > deadline:
                    raise
                time.sleep(int(refused.headers.get("Retry-After", 2)))
            except urllib.error.URLError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(2)

    def check(self, answer):
        refused = [record["refused"] for record in answer["records"] if "refused" in record]
        if "unavailable" in refused:
            raise urllib.error.URLError("some records were not taken")
        if refused:
            raise ValueError("records were refused: " + ", ".join(sorted(set(refused))))

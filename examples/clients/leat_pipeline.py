"""Sends Scrapy items to a Leat feed. Settings: LEAT_URL, and LEAT_KEY where the gateway asks for keys."""

import json
import time
import urllib.error
import urllib.request

from itemadapter import ItemAdapter
from twisted.internet.threads import deferToThread

BATCH = 100
PATIENCE_SECONDS = 300


class LeatPipeline:
    def __init__(self, url, key):
        self.url = url
        self.headers = {"Content-Type": "application/x-ndjson"}
        if key:
            self.headers["Authorization"] = "Bearer " + key
        self.items = []

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler.settings["LEAT_URL"], crawler.settings.get("LEAT_KEY"))

    def process_item(self, item, spider):
        self.items.append(json.dumps(ItemAdapter(item).asdict(), default=str))
        if len(self.items) < BATCH:
            return item
        batch, self.items = self.items, []
        return deferToThread(self.send, batch).addCallback(lambda sent: item)

    def close_spider(self, spider):
        if self.items:
            return deferToThread(self.send, self.items)

    def send(self, items):
        """Returns when the gateway has acknowledged every item. Safe to repeat: a scrape that repeats tells nothing."""
        body = "\n".join(items).encode()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            seconds = 2
            try:
                request = urllib.request.Request(self.url, body, self.headers)
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return self.check(json.load(answer))
            except urllib.error.HTTPError as refused:
                if refused.code not in (429, 503) or time.monotonic() > deadline:
                    raise
                seconds = int(refused.headers.get("Retry-After", seconds))
            except urllib.error.URLError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(seconds)

    def check(self, answer):
        refused = {record["refused"] for record in answer["records"] if "refused" in record}
        if "unavailable" in refused:
            raise urllib.error.URLError("some records were not taken")
        if refused:
            raise ValueError("records were refused: " + ", ".join(sorted(refused)))

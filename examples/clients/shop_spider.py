import scrapy


class ShopSpider(scrapy.Spider):
    name = "shop"

    def __init__(self, shop=None, **more):
        super().__init__(**more)
        self.start_urls = [shop]

    def parse(self, response):
        for row in response.css("li.item"):
            yield {
                "shop": "loopback",
                "sku": row.attrib["data-sku"],
                "price": float(row.css("b::text").get()),
                "at": int(row.attrib["data-at"]),
            }
        for link in response.css("a.next::attr(href)"):
            yield response.follow(link)

import { CheerioCrawler, Configuration } from "@crawlee/cheerio";
import { sendToLeat } from "./leat.mjs";

const [shop, feed] = process.argv.slice(2);
const crawler = new CheerioCrawler(
  {
    async requestHandler({ $, enqueueLinks }) {
      const items = $("li.item")
        .map((_, row) => ({
          shop: "loopback",
          sku: $(row).attr("data-sku"),
          price: Number($(row).find("b").text()),
          at: Number($(row).attr("data-at")),
        }))
        .get();
      await sendToLeat(feed, items);
      await enqueueLinks({ selector: "a.next" });
    },
  },
  new Configuration({ persistStorage: false }),
);
await crawler.run([shop]);

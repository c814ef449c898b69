// Walks through every view of the page of `leat demo`. Usage: page-demo.mjs BASE. Prints a line for each view; ends with 1 at the first
// that has nothing to show, or that complains.
import { chromium } from "playwright-core";

const base = process.argv[2];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(120_000);
const trouble = [];
page.on("pageerror", (error) => trouble.push(`page: ${error.stack}`));
page.on("console", (message) => message.type() === "error" && trouble.push(`console: ${message.text()}`));
page.on("request", (request) => request.url().startsWith(base) || trouble.push(`outside: ${request.url()}`));

const go = (hash) => page.evaluate((to) => void (location.hash = to), hash);
const has = (selector, hasText) => page.locator(selector, { hasText }).first().waitFor();
const shown = (view) => console.log(`OK ${view}`);

await page.goto(base);
const link = page.locator('main a[href^="#/feed/"]').first();
await link.waitFor();
const feed = decodeURIComponent((await link.getAttribute("href")).split("/")[2]);
const tab = (name) => go(`#/feed/${encodeURIComponent(feed)}/${name}`);
shown("feeds");

await tab("sites");
await has("tbody tr", "harbour");
const red = Date.now();
await has('tbody tr[data-level="bad"]', "harbour");
shown(`sites: harbour fell silent and was red ${((Date.now() - red) / 1000).toFixed(0)} s after it was looked for`);

await tab("alerts");
await has("main", "nothing from harbour");
shown("alerts");

await tab("sinks");
await has("main .nothing, main .sink", "");
shown("clients");

await tab("letters");
await has("table a", "contract_broken");
shown("dead letters");

await tab("held");
await has("article.held td.after", "");
shown("held");

await tab("");
const first = page.locator(".tail li a").first();
await first.waitFor();
const before = await page.locator(".tail").textContent();
await page.waitForFunction((text) => document.querySelector(".tail").textContent !== text, before);
shown("overview");

await tab("keys?q=harbour");
await page.locator("tbody a", { hasText: "harbour" }).first().click();
await has(".history .mark-told, .history svg", "");
shown("keys");

await page.getByRole("link", { name: "Explain each record" }).first().click();
await has(".stage", "");
shown("explain");

if (trouble.length > 0) {
  console.log(`FAILED ${trouble.join("\n")}`);
  process.exitCode = 1;
}
await browser.close();

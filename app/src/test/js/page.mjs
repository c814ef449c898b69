// Drives the gateway's page in Chromium. Usage: page.mjs BASE FOLDER [NAUGHTY.json]
// Prints a line for each thing that holds; ends with 1 at the first that does not. Waits at "RESTART" for the gateway to be killed, at
// "STALE" for it to be started, and at "KEYS" for keys.json to be written beside it: {"read": "leat_…", "manage": "leat_…"}.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [base, folder, naughty] = process.argv.slice(2);
const PATIENCE = Number(process.env.PATIENCE ?? 60_000);
const FEED = "shop-prices";
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const trouble = [];

function must(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

async function send(...scrapes) {
  const answer = await fetch(`${base}/v1/feeds/${FEED}/records`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(scrapes) });
  must(answer.status === 202, `records: ${answer.status} ${await answer.text()}`);
}

const scrape = (shop, sku, price, title = "Kettle") => ({ shop, sku, title, price, currency: "EUR", in_stock: true, url: "https://x.example/", extracted_at: new Date().toISOString() });

async function open() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  context.setDefaultTimeout(PATIENCE);
  return newTab(context);
}

async function newTab(context) {
  const page = await context.newPage();
  page.on("pageerror", (error) => trouble.push(`page: ${error.stack}`));
  page.on("console", (message) => message.type() === "error" && !/ERR_CONNECTION|Failed to load resource/.test(message.text()) && trouble.push(`console: ${message.text()}`));
  page.on("dialog", (dialog) => trouble.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on("request", (request) => request.url().startsWith(base) || trouble.push(`outside: ${request.url()}`));
  await page.goto(`${base}/`);
  return page;
}

const go = (page, hash) => page.evaluate((to) => void (location.hash = to), hash);
const tab = (name) => `#/feed/${FEED}/${name}`;
const ONE_KEY = encodeURIComponent('["north","pace"]');
const VIEWS = {
  feeds: "#/",
  overview: tab(""),
  sites: tab("sites"),
  clients: tab("sinks"),
  letters: tab("letters"),
  held: tab("held"),
  alerts: tab("alerts"),
  keys: `${tab("keys")}?q=north&key=${ONE_KEY}`,
  explain: `#/explain?feed=${FEED}&what=${encodeURIComponent('["north","held-one"]')}`,
};
const EMPTY = ["feeds", "overview", "sites", "clients", "letters", "held", "alerts"];
const WIDTHS = [[1280, 800], [390, 844], [2560, 1440]];
const told = (page, text) => page.locator(".tail li", { hasText: text }).first().waitFor();

/** Until what is asked of the topics has been answered. */
const settled = (page) => page.locator(".note", { hasText: /^(Reading|Searching)/ }).first().waitFor({ state: "hidden" });

async function noOverflow(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  must(over <= 0, `${what} is ${over} px too wide`);
}

async function axe(page, what) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map((each) => `${what}: ${each.id} ${each.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join("\n")}`);
}

/** From POST to the text standing on the page, in milliseconds. */
async function latency(page, n) {
  const price = 1_000 + n;
  const seen = page.evaluate(
    ({ text, patience }) =>
      new Promise((resolve, reject) => {
        const has = () => document.querySelector(".tail")?.textContent.includes(text);
        const look = new MutationObserver(() => has() && (look.disconnect(), resolve(performance.timeOrigin + performance.now())));
        look.observe(document.body, { childList: true, subtree: true, characterData: true });
        setTimeout(() => reject(new Error(`${text} is not shown`)), patience);
      }),
    { text: String(price), patience: PATIENCE },
  );
  const sent = performance.timeOrigin + performance.now();
  await send(scrape("north", "pace", price));
  return (await seen) - sent;
}

async function changesAreLive(page) {
  await send(...Array.from({ length: 30 }, (_, i) => scrape(["north", "south", "quiet"][i % 3], `k${i}`, 10 + i)));
  await page.waitForTimeout(500);
  await send(scrape("north", "first-seen", 5));
  await told(page, "first-seen");
  const all = [];
  for (let i = 0; i < 7; i++) {
    all.push(await latency(page, i));
    await page.waitForTimeout(450);
  }
  all.sort((one, other) => one - other);
  must(all[3] < 500, `a change is shown after ${all}`);
  console.log(`OK a change stands on the page ${all[3].toFixed(0)} ms after its POST (median of 7; least ${all[0].toFixed(0)}, most ${all[6].toFixed(0)})`);
}

async function hostileTextStaysText(page) {
  const titles = naughty ? JSON.parse(readFileSync(naughty, "utf8")).filter((text) => text.trim()) : ["<script>alert(1)</script>"];
  await page.evaluate(() => (globalThis.alert = () => (globalThis.hacked = true)));
  const scrapes = titles.map((title, i) => scrape("hostile", title.slice(0, 60) || `n${i}`, 5 + i, title));
  for (let i = 0; i < scrapes.length; i += 12) {
    await send(...scrapes.slice(i, i + 12));
    await page.waitForTimeout(120);
    await noOverflow(page, `the tail with ${JSON.stringify(titles.slice(i, i + 12)).slice(0, 300)}`);
  }
  await send(scrape("hostile", "last-of-all", 7));
  await told(page, "last-of-all");
  const found = await page.evaluate(() => ({ inside: document.querySelectorAll(".said-text *").length, hacked: Boolean(globalThis.hacked), height: Math.max(...[...document.querySelectorAll(".tail li")].map((row) => row.offsetHeight)) }));
  must(found.inside === 0 && !found.hacked && found.height < 80, `hostile text: ${JSON.stringify(found)}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await noOverflow(page, "the tail on a phone");
  await go(page, `${tab("keys")}?q=hostile`);
  await page.locator("tbody tr").nth(20).waitFor();
  await noOverflow(page, "hostile keys on a phone");
  must((await page.locator(".said-text *").count()) === 0, "markup in a key");
  await page.setViewportSize({ width: 1280, height: 800 });
  console.log(`OK ${titles.length} hostile texts stayed text`);
}

async function aSilentSiteTurnsRed(page) {
  await go(page, tab("sites"));
  const until = Date.now() + PATIENCE;
  const red = page.locator('tr[data-level="bad"]', { hasText: "quiet" });
  while ((await red.count()) === 0 && Date.now() < until) {
    await send(scrape("north", "beat", 1), scrape("south", "beat", 1));
    await page.waitForTimeout(500);
  }
  must((await red.count()) === 1, "the silent site is not red");
  await go(page, "#/");
  await page.locator(".needs li", { hasText: "quiet" }).waitFor();
  await go(page, tab("alerts"));
  await page.locator(".alerts li", { hasText: "from quiet" }).waitFor();
  console.log("OK a silent site turned red");
}

async function aBrokenClientShowsItsAttempts(page) {
  await go(page, tab("sinks"));
  const sink = page.locator(".sink", { hasText: "broken" });
  await sink.locator("summary", { hasText: "Attempts" }).click();
  await sink.locator(".attempts td", { hasText: "HTTP 500" }).first().waitFor();
  await sink.locator("summary", { hasText: "requests" }).click();
  const exchange = sink.locator(".exchange").first();
  await exchange.locator("pre", { hasText: "no room in the shed" }).waitFor();
  must(/webhook-id: .*"sku"/s.test(await exchange.locator("pre").first().textContent()), "the request is not shown");
  const shown = await sink.locator(".exchanges").textContent();
  must(!shown.includes("s3cret") && !shown.includes("v1,"), "a secret is shown");
  await sink.getByRole("button", { name: "Pause" }).click();
  await sink.locator(".head .chip", { hasText: "paused" }).waitFor();
  await sink.getByRole("button", { name: "Resume" }).click();
  await sink.locator('.head .chip:not(:text("paused"))').waitFor();
  console.log("OK a broken client showed its attempts with request and response and no secret, was paused and resumed");
}

/** A receiver that is mended, and then tried, and told what it has missed. */
async function aMendedClientIsTestedAndReplayed(page) {
  receiver.works = true;
  await go(page, tab("sinks"));
  const sink = page.locator(".sink", { hasText: "broken" });
  await sink.getByRole("button", { name: "Test" }).click();
  await page.locator("#said", { hasText: "status 200" }).waitFor();
  must(receiver.taken.some((body) => body.includes('"leat.test"')), "no test has come");
  await sink.getByRole("button", { name: "Replay from" }).click();
  await page.locator("#said", { hasText: "Choose from when" }).waitFor();
  receiver.taken.length = 0;
  await sink.locator('input[type="datetime-local"]').fill("2026-01-01T00:00:00");
  await sink.getByRole("button", { name: "Replay from" }).click();
  await page.locator("#said", { hasText: "is told again from" }).waitFor();
  await until(() => receiver.taken.some((body) => body.includes('"first-seen"')), "what was told before has not come again");
  await sink.getByRole("button", { name: "Retry now" }).click();
  await page.locator("#said", { hasText: "sent again" }).waitFor();
  console.log("OK a mended client was tested, and replayed from a moment");
}

async function until(holds, what) {
  for (const end = Date.now() + PATIENCE; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 100))) {
    must(Date.now() < end, what);
  }
}

async function alertsAreAnswered(page) {
  await go(page, tab("alerts"));
  const alert = page.locator(".alerts li", { hasText: "from quiet" });
  await alert.getByRole("button", { name: "Acknowledge" }).click();
  await alert.locator(".note", { hasText: "acknowledged" }).waitFor();
  await alert.getByRole("combobox").selectOption("8h");
  await alert.getByRole("button", { name: "Quiet for" }).click();
  await alert.locator(".note", { hasText: "quiet until" }).waitFor();
  await go(page, "#/");
  await page.locator('.needs .chip[data-level="note"]').first().waitFor();
  console.log("OK an alert was acknowledged and made quiet");
}

async function theTailWaitsForWhoReads(page) {
  await go(page, "#/");
  await page.locator(".changes button", { hasText: "Pause" }).click();
  await send(scrape("north", "while-paused", 6));
  await page.locator(".changes .note", { hasText: "more have come" }).waitFor();
  must((await page.locator(".tail li", { hasText: "while-paused" }).count()) === 0, "a paused tail goes on");
  await page.locator(".changes button", { hasText: "Go on" }).click();
  await told(page, "while-paused");
  console.log("OK the tail waited, and showed what had come");
}

/** A page that is opened later shows what was before it. */
async function plotsBeginBeforeThePage() {
  const page = await open();
  await page.locator(".plot").first().waitFor();
  await until(async () => {
    const plot = page.locator(".plot").first();
    await plot.focus();
    await page.keyboard.press("Home");
    const earliest = (await plot.locator(".when").textContent()).replace(/.*at /, "").trim();
    const [hours, minutes, seconds] = earliest.split(":").map(Number);
    const at = new Date();
    return (at.getHours() - hours) * 3_600 + (at.getMinutes() - minutes) * 60 + at.getSeconds() - seconds > 15;
  }, "a plot knows nothing of what was before the page");
  await page.context().close();
  console.log("OK plots begin before the page was opened");
}

async function keysLimitWhatIsOffered(page) {
  await go(page, "#/");
  console.log("KEYS");
  await page.locator("#key-input").waitFor();
  const keys = JSON.parse(readFileSync(new URL("keys.json", import.meta.url), "utf8"));
  await shoot(page, "entrance");
  await page.locator("#key-input").fill("leat_nonsense");
  await page.waitForTimeout(2_500);
  must((await page.locator("#key-input").inputValue()) === "leat_nonsense", "what is being typed is lost");
  await page.keyboard.press("Enter");
  await page.locator(".entrance", { hasText: "not known" }).waitFor();
  await page.locator("#key-input").fill(keys.read);
  await page.keyboard.press("Enter");
  await page.locator("article.feed").waitFor();
  await go(page, tab("sinks"));
  await page.locator(".sink").first().waitFor();
  const offered = async () => [await page.locator(".tabs a").allTextContents(), await page.locator("main button").allTextContents()];
  let [tabs, buttons] = await offered();
  must(!/Dead|Held/.test(tabs.join()) && buttons.length === 0, `who may only read is offered ${tabs} ${buttons}`);
  await go(page, "#/explain");
  await page.locator(".nothing", { hasText: "may not ask why" }).waitFor();
  await page.locator("#key").click();
  await page.locator("#key-input").fill(keys.manage);
  await page.keyboard.press("Enter");
  await go(page, tab("sinks"));
  await page.locator(".sink button").first().waitFor();
  [tabs, buttons] = await offered();
  must(/Dead.*Held/.test(tabs.join()) && buttons.includes("Test"), `who may manage is offered ${tabs} ${buttons}`);
  must(!(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]))).includes("leat_"), "a key is kept");
  console.log("OK keys limit what is offered");
}

async function heldItemsAreReleased(page) {
  await send(scrape("north", "held-one", 10), scrape("north", "held-two", 10));
  await page.waitForTimeout(300);
  await send(scrape("north", "held-one", 4_444), scrape("north", "held-two", 5_555));
  await go(page, tab("held"));
  const card = (name) => page.locator("article.held", { hasText: name });
  await card("held-one").locator("td.after", { hasText: "4444" }).waitFor();
  must((await card("held-one").locator("td.before").first().textContent()) === "10", "what was last told is not beside it");
  await card("held-one").getByRole("button", { name: "Release" }).click();
  await card("held-two").getByRole("button", { name: "Reject" }).click();
  await go(page, tab(""));
  await told(page, "4444");
  console.log("OK a held item was released and told, another rejected");
}

async function lettersAreShown(page) {
  await send({ ...scrape("south", "dead", 1), price: "9,99 EUR" });
  await go(page, tab("letters"));
  await page.locator("table a", { hasText: "contract_broken" }).click();
  await page.locator(".letter mark", { hasText: "9,99 EUR" }).waitFor();
  await page.locator("tbody").getByRole("button", { name: "Send again…" }).click();
  await page.locator(".confirm", { hasText: "0 letters would be items now" }).waitFor();
  must(await page.locator(".confirm .primary").isHidden(), "what would be refused again is offered");
  console.log("OK a dead letter showed its bytes, and what sending it would do");
}

async function lettersAreSent(page) {
  await go(page, tab("letters"));
  await page.getByRole("button", { name: "Look again" }).click();
  await page.locator("tbody").getByRole("button", { name: "Send again…" }).click();
  await page.locator(".confirm", { hasText: "1 letter would be an item now" }).waitFor();
  await page.locator(".confirm .primary").click();
  await page.locator(".nothing", { hasText: "was sent again" }).waitFor();
  await go(page, tab(""));
  await told(page, "dead");
  console.log("OK a dead letter was sent again and told");
}

async function keysAreExplained(page) {
  await go(page, `${tab("keys")}?q=north%20pace`);
  await page.locator("tbody a", { hasText: "pace" }).click();
  await page.locator(".history .mark-told").nth(5).waitFor();
  await go(page, `#/explain?feed=${FEED}&what=${encodeURIComponent('["north","held-one"]')}`);
  await page.locator(".stage", { hasText: "implausible" }).first().waitFor();
  const change = await page.locator(".stage .mono").first().textContent();
  await go(page, `#/explain?feed=${FEED}&what=${change}`);
  await page.locator(".clients li", { hasText: "broken" }).waitFor();
  await go(page, `#/explain?feed=${FEED}&what=nothing-of-this-name`);
  await page.locator(".nothing", { hasText: "LEAT-213" }).waitFor();
  console.log("OK keys and changes were explained");
}

/** Everything that can be clicked is reached by Tab alone, in the order in which it stands. */
async function theKeyboardReachesEverything(page) {
  for (const hash of Object.values(VIEWS)) {
    await go(page, hash);
    await page.waitForTimeout(300);
    await settled(page);
    await page.evaluate(() => {
      document.querySelectorAll("[data-walked]").forEach((each) => each.removeAttribute("data-walked"));
      document.querySelector(".changes button")?.click();
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
    });
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press("Tab");
      const isOver = await page.evaluate(() => {
        const here = document.activeElement;
        const again = !here || here === document.body || here.hasAttribute("data-walked");
        here?.setAttribute("data-walked", "");
        return again && here !== document.querySelector('input[type="datetime-local"]');
      });
      if (isOver) {
        break;
      }
    }
    const missed = await page.evaluate(() => [...document.querySelectorAll('a[href],button,input,select,summary,[tabindex="0"]')].filter((each) => each.checkVisibility() && !each.hasAttribute("data-walked") && !each.closest(".tail")).map((each) => each.outerHTML.slice(0, 120)));
    must(missed.length === 0, `${hash} by keyboard misses ${missed}`);
  }
  await go(page, "#/");
  const plot = page.locator(".plot").first();
  await plot.focus();
  await page.keyboard.press("ArrowLeft");
  must(/in .*out/.test(await plot.locator('[aria-live="polite"]').textContent()), "a plot says nothing of its points");
  console.log("OK the keyboard reached everything, and plots speak");
}

/** Each view once; there in each width, light and dark. */
async function everyViewIsAccessible(page) {
  const found = [];
  await send(scrape("north", "pace", 2_000 + Math.round(Math.random() * 99)));
  for (const [name, hash] of Object.entries(VIEWS)) {
    await go(page, hash);
    await page.waitForTimeout(400);
    await settled(page);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((each) => (each.open = true)));
    await page.waitForTimeout(300);
    await shoot(page, name);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await axe(page, `${name} ${colorScheme}`)));
    }
    await page.emulateMedia({ colorScheme: "light" });
  }
  must(found.length === 0, found.join("\n").slice(0, 5_000));
  console.log("OK axe found nothing on any view, light and dark, and nothing is too wide");
}

async function shoot(page, name) {
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
    }
    await noOverflow(page, `${name} at ${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
}

/** Before anything has come. */
async function emptyViewsSayWhy(page) {
  for (const name of EMPTY) {
    await go(page, VIEWS[name]);
    await settled(page);
    await page.locator(".nothing:visible").first().waitFor();
    await shoot(page, `empty-${name}`);
  }
  await go(page, "#/feed/none-of-this-name");
  await page.locator(".nothing", { hasText: "no feed of this name" }).waitFor();
  await shoot(page, "error-feed");
  await go(page, `#/explain?feed=${FEED}&what=no:0:1`);
  await page.locator(".nothing", { hasText: "LEAT-" }).waitFor();
  await shoot(page, "error-explain");
  await go(page, "#/");
  console.log("OK what is empty says why");
}

async function sevenTabsAreLive() {
  const first = await open();
  const pages = [first];
  for (let i = 1; i < 7; i++) {
    pages.push(await newTab(first.context()));
  }
  await Promise.all(pages.map((page) => page.locator(".tail li").first().waitFor()));
  await send(scrape("north", "for-all-tabs", 77));
  await Promise.all(pages.map((page) => told(page, "for-all-tabs")));
  await first.context().close();
  console.log("OK seven tabs at once are live");
}

async function theFirstPaintIsQuick() {
  const page = await open();
  await page.locator(".tail li").first().waitFor();
  const paint = await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime, performance.now()]);
  let bytes = 0;
  for (const entry of await page.evaluate(() => performance.getEntriesByType("resource").map((each) => each.encodedBodySize))) {
    bytes += entry;
  }
  must(paint[1] < 15_000, `live after ${paint[1]} ms`);
  await page.context().close();
  console.log(`OK first paint after ${paint[0]?.toFixed(0)} ms, live data after ${paint[1].toFixed(0)} ms`);
}

async function thePageRecovers(page) {
  await go(page, "#/");
  console.log("RESTART");
  await page.locator("body.stale").waitFor();
  console.log("STALE");
  await page.locator("#alive", { hasText: "does not answer" }).waitFor();
  await page.screenshot({ path: `${folder}/stale-1280-light.png` });
  await page.locator("body:not(.stale)").waitFor({ timeout: 120_000 });
  await page.locator(".chip", { hasText: "running" }).waitFor({ timeout: 120_000 });
  const until = Date.now() + PATIENCE;
  for (let i = 0; ; i++) {
    await send(scrape("north", "back-again", 50 + i)).catch(() => undefined);
    if ((await page.locator(".tail li", { hasText: "back-again" }).count()) > 0) {
      break;
    }
    must(Date.now() < until, "no change is shown after the restart");
    await page.waitForTimeout(500);
  }
  console.log("OK the page greyed out and recovered by itself");
}

const receiver = { works: false, taken: [] };
const receiving = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    receiver.works && receiver.taken.push(body);
    response.writeHead(receiver.works ? 200 : 500, { "Content-Type": "text/plain" });
    response.end(receiver.works ? "" : `no room in the shed at ${request.url}, ${request.headers["webhook-signature"]}`);
  });
}).listen(0, "127.0.0.1");

try {
  const page = await open();
  await page.locator("article.feed").waitFor();
  await emptyViewsSayWhy(page);
  const made = await fetch(`${base}/v1/feeds/${FEED}/subscriptions`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name: "broken", url: `http://127.0.0.1:${receiving.address().port}/hooks/s3cret-of-the-client`, from: "now" }) });
  must(made.status === 201, `subscription: ${made.status}`);
  await changesAreLive(page);
  await theFirstPaintIsQuick();
  await hostileTextStaysText(page);
  await go(page, "#/");
  await theTailWaitsForWhoReads(page);
  await heldItemsAreReleased(page);
  await lettersAreShown(page);
  await aBrokenClientShowsItsAttempts(page);
  await aSilentSiteTurnsRed(page);
  await alertsAreAnswered(page);
  await keysAreExplained(page);
  await send(scrape("north", "held-three", 10));
  await page.waitForTimeout(300);
  await send(scrape("north", "held-three", 7_777));
  await theKeyboardReachesEverything(page);
  await everyViewIsAccessible(page);
  await aMendedClientIsTestedAndReplayed(page);
  await plotsBeginBeforeThePage();
  await sevenTabsAreLive();
  await thePageRecovers(page);
  await lettersAreSent(page);
  await keysLimitWhatIsOffered(page);
  must(trouble.length === 0, trouble.slice(0, 5).join("\n"));
  console.log("ALL OK");
} catch (problem) {
  console.log(`FAILED ${problem.stack}\n${trouble.slice(0, 5).join("\n")}`);
  process.exitCode = 1;
} finally {
  receiving.close();
  receiving.closeAllConnections();
  await browser.close();
}

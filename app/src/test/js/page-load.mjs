// What many open tabs cost: processor time of browser and gateway beside so many changes a second, once as tabs of one window, of
// which one is seen, and once as windows that are all painted.
// Usage: page-load.mjs BASE GATEWAY_PID TABS RATE SECONDS; prints one JSON object, in cores. The feed is that of PageIT.
// CHROMIUM is a whole Chromium: one that is headless alone has no tabs, and paints every page.
import { readFileSync, readdirSync } from "node:fs";
import { loadavg } from "node:os";
import { chromium } from "playwright-core";

const [base, gateway, tabs, rate, seconds] = process.argv.slice(2);
const TICKS = 100;
const AS_PEOPLE_HAVE_IT = ["--headless", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--disable-background-timer-throttling"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,800"], ignoreDefaultArgs: AS_PEOPLE_HAVE_IT });
const devtools = await browser.newBrowserCDPSession();
const waiting = new Map();
let asked = 0;
devtools.on("Target.receivedMessageFromTarget", ({ message }) => {
  const { id, result } = JSON.parse(message);
  waiting.get(id)?.(result?.result?.value);
});

const stat = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
};

/** Of this process's browser, all its processes, by what they do. */
function browserSeconds() {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      const type = line.match(/--type=([\w-]+)/)?.[1] ?? "browser";
      return [[Number(pid), { ...stat(pid), type: /network\.mojom/.test(line) ? "network" : type }]];
    } catch {
      return [];
    }
  });
  const mine = new Set([process.pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, { parent }] of all) {
      if (mine.has(parent) && !mine.has(pid)) {
        mine.add(pid);
        grown = true;
      }
    }
  }
  const sums = {};
  for (const [pid, each] of all) {
    if (mine.has(pid) && pid !== process.pid) {
      sums[each.type] = (sums[each.type] ?? 0) + each.seconds;
    }
  }
  return sums;
}

let sent = 0;
let isOver = false;
async function load() {
  const begun = Date.now();
  while (!isOver) {
    const due = Math.floor(((Date.now() - begun) / 1000) * rate) - sent;
    if (due > 0) {
      const at = new Date().toISOString();
      const lines = Array.from({ length: due }, () => ({ shop: `s${sent % 8}`, sku: `k${sent % 4000}`, title: "Kettle", price: 1 + (sent++ % 9999) / 100, extracted_at: at }));
      await fetch(`${base}/v1/feeds/shop-prices/records`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(lines) });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function measure(pages = []) {
  const before = [browserSeconds(), stat(gateway).seconds, sent, Date.now()];
  await pause(seconds * 1000);
  const took = (Date.now() - before[3]) / 1000;
  const after = browserSeconds();
  const parts = Object.fromEntries(Object.entries(after).map(([type, sum]) => [type, Number(((sum - (before[0][type] ?? 0)) / took).toFixed(3))]));
  const states = await Promise.all(pages.map((page) => page.ask("[document.visibilityState, document.querySelectorAll('.tail li').length].join()")));
  return {
    painted: states.filter((each) => each.startsWith("visible")).length,
    live: states.filter((each) => !each.endsWith(",0")).length,
    browser: Number(Object.values(parts).reduce((sum, each) => sum + each, 0).toFixed(3)),
    parts,
    process: Number(((stat(gateway).seconds - before[1]) / took).toFixed(3)),
    changes_per_second: Math.round((sent - before[2]) / took),
  };
}

async function open(newWindow) {
  const { targetId } = await devtools.send("Target.createTarget", { url: `${base}/`, newWindow });
  const { sessionId } = await devtools.send("Target.attachToTarget", { targetId, flatten: false });
  const ask = (expression) =>
    new Promise((resolve) => {
      waiting.set(++asked, resolve);
      devtools.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: asked, method: "Runtime.evaluate", params: { expression, returnByValue: true } }) });
    });
  for (let i = 0; i < 300 && !(await ask("document.querySelector('.tail li') !== null")); i++) {
    await pause(200);
  }
  return { ask, close: () => devtools.send("Target.closeTarget", { targetId }) };
}

async function openMany(newWindow) {
  const pages = [];
  for (let i = 0; i < tabs; i++) {
    pages.push(await open(newWindow));
  }
  await pause(5_000);
  const found = await measure(pages);
  await Promise.all(pages.map((page) => page.close()));
  await pause(2_000);
  return found;
}

const loading = load();
await devtools.send("Target.createTarget", { url: "about:blank", newWindow: true }); // a browser without a window opens no tab
await pause(8_000);
const nobody = await measure();
const one = await open(true);
await pause(5_000);
const single = await measure([one]);
await one.close();
await pause(2_000);
const asTabs = await openMany(false);
const asWindows = await openMany(true);
isOver = true;
await loading;
console.log(JSON.stringify({ tabs: Number(tabs), load: loadavg()[0].toFixed(1), nobody, one: single, tabs_of_one_window: asTabs, windows: asWindows }, null, 1));
await browser.close();

// Takes the picture of the page that README shows. Usage: page-picture.mjs BASE FILE.png
import { chromium } from "playwright-core";

const [base, file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1120, height: 620 }, colorScheme: "light" });
await page.goto(new URL("/", base).href);
await page.locator(".needs li", { hasText: "nothing from harbour" }).waitFor({ timeout: 120_000 });
await page.waitForTimeout(3_000);
await page.screenshot({ path: file });
await browser.close();

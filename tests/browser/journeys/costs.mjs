// What pages may cost, and what they never do: scripts, cookies, other hosts, slow first views, lost focus.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "../support/browser.mjs";
import { answered } from "./accessibility.mjs";
import { aRecord } from "./pages.mjs";

/** Milliseconds until the largest part of the page is there, on a slow connection and a slow device. */
const LARGEST_PAINT_MS = 2500;
/** Bytes of scripts, as they travel, where there is a list to open or an address to copy. */
const SMALL_SCRIPTS = 4000;
/** What Lighthouse calls slow 4G: 150 ms there and back, 1.6 Mbit/s, a processor four times as slow. */
const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const SLOWER = 4;

export function costs(at) {
  const without = ["/collections", "/collections/pnrr-projects/items", "/municipalities", "/zones", "/releases", "/releases/1", "/releases/1/diff", "/changes", "/sources", "/strategies", "/strategies/sttm-1", "/accessibility", "/privacy", "/credits", "/nope"];
  const small = ["/", "/search?q=scuola", "/collections/pnrr-projects", "/guide/qgis"];

  test("pages without a map have no script, but for a list to search in and addresses to copy", async () => {
    await answered(`${at.url}/strategies`);
    for (const [paths, most] of [[without, 0], [small, SMALL_SCRIPTS]]) {
      for (const path of paths) {
        const { page, close } = await open(at.browser, at.url + path);
        await page.waitForLoadState("networkidle");
        const bytes = await page.evaluate(() =>
          performance.getEntriesByType("resource").filter(({ initiatorType, name }) => initiatorType === "script" || name.endsWith(".js")).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
        );
        assert.ok(bytes <= most, `${path}: ${bytes} bytes of scripts`);
        await close();
      }
    }
  });

  test("no page writes a cookie, asks another host, or lets a script in that is not its own", async () => {
    for (const path of [...without, ...small, new URL(await aRecord(at.url)).pathname, "/municipalities/015182"]) {
      const { page, faults, response, close } = await open(at.browser, at.url + path);
      const headers = response.headers();
      assert.equal(headers["set-cookie"], undefined, path);
      assert.match(headers["content-security-policy"], /default-src 'none'/, path);
      assert.doesNotMatch(headers["content-security-policy"], /unsafe-inline|unsafe-eval/, path);
      assert.deepEqual(await page.context().cookies(), [], path);
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage))), [], path);
      const isMissing = response.status() === 404;
      assert.deepEqual(faults.filter((fault) => !(isMissing && fault.includes("404"))), [], path);
      await close();
    }
  });

  for (const [name, path] of Object.entries({ home: "/", sheet: "/municipalities/015182", table: "/collections/pnrr-projects/items", catalogue: "/collections", changes: "/changes?municipality=015182" })) {
    test(`the largest part of the ${name} is there within ${LARGEST_PAINT_MS} ms on a slow connection`, async (context) => {
      // The best of three: other programs on the machine only ever make it slower.
      const times = [];
      for (let round = 0; round < 3; round += 1) times.push(await largestPaint(at, path));
      context.diagnostic(`${times.map((time) => Math.round(time)).join(", ")} ms`);
      assert.ok(Math.min(...times) < LARGEST_PAINT_MS, times.join(", "));
    });
  }

  for (const [name, path] of Object.entries({ home: () => "/", record: async () => new URL(await aRecord(at.url)).pathname, collection: () => "/collections/pnrr-projects", changes: () => "/changes" })) {
    test(`by keyboard alone one gets through the ${name}, and sees where one is`, async () => {
      const { page, close } = await open(at.browser, at.url + (await path()));
      await page.keyboard.press("Tab");
      const skip = page.getByRole("link", { name: "Vai al contenuto principale" });
      assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().height > 20));
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main");
      const seen = new Set();
      for (let step = 0; step < 400; step += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(focused);
        if (!focus || seen.has(focus.path)) break;
        seen.add(focus.path);
        assert.ok(focus.marked, `no mark on ${focus.path}`);
        assert.ok(focus.visible, `not to be seen: ${focus.path}`);
      }
      const all = await page.evaluate(() => [...document.querySelectorAll("main a[href], main button, main input, main select, main summary")].filter((it) => it.checkVisibility() && !it.hidden && it.type !== "hidden").length);
      assert.ok(seen.size >= all, `${seen.size} stops, ${all} things to reach`);
      await close();
    });
  }
}

/** What has the focus: where it stands, whether it is marked, whether it can be seen. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const place = [];
  for (let it = element; it.parentElement; it = it.parentElement) place.unshift(`${it.tagName}:${[...it.parentElement.children].indexOf(it)}`);
  return {
    path: `${place.join(" ")} ${element.textContent.trim().slice(0, 40)}`,
    marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}

async function largestPaint(at, path) {
  const context = await at.browser.newContext({ viewport: { width: 412, height: 823 }, locale: "it-IT" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(() => {
    new PerformanceObserver((list) => list.getEntries().forEach(({ startTime }) => (window.largestPaint = startTime))).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await page.goto(at.url + path, { waitUntil: "networkidle" });
  await page.waitForFunction(() => window.largestPaint > 0);
  const time = await page.evaluate(() => window.largestPaint);
  await context.close();
  return time;
}

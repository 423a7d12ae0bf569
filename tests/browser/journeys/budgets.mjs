// What the map may cost, and whom it has to serve: bytes of scripts, keys, targets, motion.
import assert from "node:assert/strict";
import { get } from "node:http";
import { test } from "node:test";
import { NARROWEST, WIDE, open } from "../support/browser.mjs";
import { idle } from "../support/map.mjs";

/** Kilobytes of the scripts that the first view of the map loads, the worker's among them, as the server sends them with gzip. */
const MOST_KB = 300;
/** Of pages without a map: the list that opens under the field to search in, and buttons that copy. */
const LEAST_KB = 4;
/** The least width and height of what is pressed, in pixels (WCAG 2.2, 2.5.8). */
const TARGET = 24;

export function budgets(at) {
  test("the first view of the map loads few scripts, tools come when they are used, and pages without a map load none of it", async (context) => {
    const scripts = [];
    const { page, close } = await open(at.browser, "about:blank");
    page.on("response", (response) => /\.js(\?|$)/.test(response.url()) && scripts.push(response));
    await page.goto(`${at.url}/map`);
    await idle(page);
    await page.waitForTimeout(500);
    // The worker is a script of its own, which the page's traffic does not show.
    const loaded = new Set([...scripts.map((response) => response.url()), `${at.url}/assets/worker.js`]);
    let bytes = 0;
    for (const url of loaded) bytes += await onTheWire(url);
    const kilobytes = bytes / 1000;
    context.diagnostic(`${kilobytes.toFixed(1)} kB in ${loaded.size} scripts`);
    assert.ok(kilobytes < MOST_KB, `${kilobytes} kB`);
    assert.ok(![...loaded].some((url) => /tools-|changes-/.test(url)), "tools are not loaded before they are used");
    await page.getByRole("button", { name: "Disegna un’area" }).click();
    await page.locator("#drawing-bar").waitFor();
    assert.ok(scripts.some((response) => response.url().includes("tools-")));
    for (const path of ["/", "/collections", "/collections/pnrr-projects/items", "/releases", "/strategies"]) {
      scripts.length = 0;
      await page.goto(`${at.url}${path}`);
      const bytes = await Promise.all(scripts.map((response) => onTheWire(response.url())));
      const sum = bytes.reduce((one, other) => one + other, 0);
      assert.ok(sum < LEAST_KB * 1000, `${sum} bytes of scripts on ${path}, where there is no map`);
    }
    await close();
  });

  test("the tabulator goes through the whole page and out of it, each stop can be seen, none twice", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map#theme=proposals&select=municipalities/015182`);
    await idle(page);
    await page.locator("#panel .panel-figure").waitFor();
    await page.locator("#map-table-rows tbody tr").first().waitFor();
    await page.locator(".skiplinks a").focus();
    const stops = [];
    for (let step = 0; step < 400; step++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const { activeElement: at } = document;
        if (at === document.body) return null;
        window.stops ??= new Map();
        if (!window.stops.has(at)) window.stops.set(at, window.stops.size);
        const { width, height } = at.getBoundingClientRect();
        return { number: window.stops.get(at), name: at.id || at.className || at.textContent.slice(0, 30), seen: width > 0 && height > 0, outline: getComputedStyle(at).outlineStyle };
      });
      if (!stop || stop.number < stops.length) break;
      stops.push(stop);
    }
    const names = stops.map(({ name }) => String(name));
    for (const wanted of ["maplibregl-canvas", "panel-close", "strategy", "mission-M1", "theme", "sort-title", "map-table-csv"]) {
      assert.ok(names.includes(wanted), `${wanted} among ${names.join(", ")}`);
    }
    assert.ok(names.at(-1) !== undefined && stops.length < 400, "the end is reached: there is no trap");
    assert.deepEqual(stops.filter(({ seen }) => !seen), []);
    assert.deepEqual(stops.filter(({ outline }) => outline === "none").map(({ name }) => name), []);
    assert.deepEqual(faults, []);
    await close();
  });

  test("keys move the map only while it has the focus", async () => {
    const { page, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const centre = () => page.evaluate(() => window.remixMap.getCenter().toArray());
    const before = await centre();
    await page.locator("#mission-M1").focus();
    for (const key of ["ArrowRight", "ArrowDown", "+", "-"]) await page.keyboard.press(key);
    await idle(page);
    assert.deepEqual(await centre(), before);
    await page.getByRole("button", { name: "Sposta la mappa verso est" }).click();
    await idle(page);
    assert.ok((await centre())[0] > before[0], "a button moves it for whoever has no keys");
    await close();
  });

  for (const viewport of [WIDE, NARROWEST]) {
    test(`what is pressed is large enough at ${viewport.width} pixels`, async () => {
      const { page, close } = await open(at.browser, `${at.url}/map#theme=each&select=municipalities/015182`, { viewport });
      await idle(page);
      await page.locator("#panel .panel-actions").waitFor();
      await page.locator("#map-table-rows tbody tr").first().waitFor();
      for (const summary of await page.locator("#filters summary").all()) await summary.click();
      const small = await page.evaluate((least) => {
        const inText = (element) => element.tagName === "A" && getComputedStyle(element).display === "inline";
        const targets = [...document.querySelectorAll("main :is(a, button, select, summary, input)")];
        return targets.flatMap((element) => {
          // A box is pressed by its label too; links in a text are as large as its lines.
          const pressed = element.matches("input[type=checkbox]") ? element.closest("label") : element;
          const { width, height } = pressed.getBoundingClientRect();
          const isSmall = width > 0 && (width < least || height < least) && !inText(element);
          return isSmall ? [`${element.id || element.className || element.textContent}: ${width} × ${height}`] : [];
        });
      }, TARGET);
      assert.deepEqual(small, []);
      await close();
    });
  }

  test("whoever wants less motion is shown a place at once", async () => {
    const moves = async (reducedMotion) => {
      const { page, close } = await open(at.browser, `${at.url}/map`, { reducedMotion });
      await idle(page);
      const frames = await page.evaluate(() => {
        const select = document.getElementById("find-municipality");
        select.value = select.options[7].value;
        const zooms = new Set();
        window.remixMap.on("zoom", () => zooms.add(window.remixMap.getZoom()));
        select.form.requestSubmit();
        return new Promise((done) => window.remixMap.once("idle", () => setTimeout(() => done(zooms.size), 300)));
      });
      await close();
      return frames;
    };
    assert.equal(await moves("reduce"), 1);
    assert.ok((await moves("no-preference")) > 1, "others see it move");
  });

  test("the map is printed with its legend, sources and day, and given as a picture", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map#theme=each`);
    await idle(page);
    await page.locator("#theme-legend li").first().waitFor();
    await page.waitForTimeout(800);
    await page.pdf({ path: "screenshots/map.pdf", format: "A4", printBackground: true });
    const printed = await page.evaluate(() => {
      const picture = document.getElementById("print-map");
      return { width: picture.naturalWidth, note: document.getElementById("print-note").textContent };
    });
    assert.ok(printed.width > 500, "the picture stands in for the canvas");
    assert.match(printed.note, /Fonti: .*rilascio \d+.*Fatta il \d+ \w+ \d{4} da http/);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Scarica l’immagine" }).click()]);
    await file.saveAs("screenshots/map-picture.png");
    assert.equal(file.suggestedFilename(), "mappa-remix.png");
    assert.deepEqual(faults, []);
    await close();
  });
}

/** How many bytes the body of an answer has as it travels, for a client that takes gzip. */
function onTheWire(url) {
  return new Promise((done, fail) => {
    get(url, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk) => (bytes += chunk.length)).on("end", () => done(bytes)).on("error", fail);
    }).on("error", fail);
  });
}

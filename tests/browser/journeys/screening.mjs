// The screening of a place by its form: no script is needed, and what is found reads well wide and narrow.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, NARROWEST, WIDE, open, overflow, screenshot, violations } from "../support/browser.mjs";
import { zipped } from "../support/archive.mjs";
import { idle } from "../support/map.mjs";
import { aRecord } from "./pages.mjs";

const RING = [[9.18, 45.5], [9.22, 45.5], [9.22, 45.53], [9.18, 45.53], [9.18, 45.5]];
const FILE = {
  name: "area.geojson",
  mimeType: "application/geo+json",
  buffer: Buffer.from(JSON.stringify({ type: "Polygon", coordinates: [RING] })),
};

/** Files that nobody should send, each with the sentence that refuses it. */
const HOSTILE = {
  "a polygon of five million vertices": ["minute.zip", () => zipped("a.geojson", '{"type":"Polygon","coordinates":[[[9.1,45.4]', ",[9.2,45.4],[9.2,45.5]".repeat(5000), 500, ",[9.1,45.4]]]}"), /più di 400.000 vertici.*semplificalo o dividilo/],
  "an archive that unpacks to more than a gigabyte": ["bomb.zip", () => zipped("a.geojson", "{", " ".repeat(1 << 20), 1100, "}"), /estratto supera 1024 MB: inviane una parte/],
  "more than is read at all": ["large.geojson", () => Buffer.alloc(17 << 20, " "), /ha 18 MiB: se ne leggono al massimo 16/],
  "a picture": ["foto.jpg", () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4096)]), /è di un formato che non si legge: salvalo come/],
  "a shape of another region": ["roma.geojson", () => Buffer.from('{"type":"Polygon","coordinates":[[[12.4,41.8],[12.5,41.8],[12.5,41.9],[12.4,41.8]]]}'), /la forma non si può usare.*lies outside the territory.*another reference system\?/],
};

export function screening(at) {
  for (const [what, [name, make, sentence]] of Object.entries(HOSTILE)) {
    test(`${what} is refused in a sentence, by the form and beside the map`, async () => {
      const file = { name, mimeType: "application/octet-stream", buffer: make() };
      const form = await open(at.browser, `${at.url}/processes/screening`, { javaScriptEnabled: false });
      await send(form.page, file);
      assert.match(await form.page.locator("#problem dd").textContent(), sentence);
      await form.close();
      const { page, close } = await open(at.browser, `${at.url}/map`);
      await idle(page);
      await page.locator("#tool-file").setInputFiles(file);
      await page.locator("#panel #problem").waitFor();
      assert.match(await page.locator("#panel #problem dd").textContent(), sentence);
      await screenshot(page, `screening-refused-${name.split(".")[0]}`);
      await close();
    });
  }

  test("a planner screens a file without JavaScript", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/processes/screening`, { javaScriptEnabled: false });
    await send(page);
    const answer = page.locator("section#screening");
    assert.equal(await answer.count(), 1);
    assert.match(await answer.textContent(), /area\.geojson/);
    assert.match(await answer.textContent(), /Milano\s*\(95,9/);
    assert.deepEqual(faults, []);
    await close();
  });

  for (const viewport of [WIDE, NARROW, NARROWEST]) {
    test(`form and answer read well at ${viewport.width} pixels`, async () => {
      const { page, close } = await open(at.browser, `${at.url}/processes/screening`, { viewport });
      await check(page, `screening-form-${viewport.width}`);
      await send(page);
      await page.locator("section#screening").waitFor();
      await check(page, `screening-${viewport.width}`);
      await close();
    });
  }

  test("what was drawn can be had as data, and a shape that crosses itself is refused in a sentence", async () => {
    const { page, close } = await open(at.browser, `${at.url}/processes/screening`, { javaScriptEnabled: false });
    await page.getByLabel("Oppure una geometria scritta").fill(`POLYGON ((${RING.map((xy) => xy.join(" ")).join(", ")}))`);
    await page.getByRole("button", { name: "Verifica" }).click();
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    const told = JSON.parse(await page.locator("body").textContent());
    assert.equal(told.place.municipalities[0].name, "Milano");
    await page.goto(`${at.url}/processes/screening?lang=en`);
    await page.getByLabel("Or a written shape").fill("POLYGON ((9.1 45.4, 9.2 45.5, 9.2 45.4, 9.1 45.5, 9.1 45.4))");
    await page.getByRole("button", { name: "Screen" }).click();
    assert.match(await page.locator("main").textContent(), /Self-intersection/);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await close();
  });

  test("a record of the portal is screened by its address", async () => {
    const { page, close } = await open(at.browser, `${at.url}/processes/screening`);
    await page.getByLabel("Oppure una proposta").fill(await aRecord(at.url));
    await page.getByRole("button", { name: "Verifica" }).click();
    assert.match(await page.locator("section#screening h2 a").first().getAttribute("href"), /\/items\/\d+/);
    await check(page, "screening-record-1280");
    await close();
  });
}

async function send(page, file = FILE) {
  await page.getByLabel("Un file").setInputFiles(file);
  await page.getByRole("button", { name: "Verifica" }).click();
}

async function check(page, name) {
  assert.deepEqual(await violations(page), []);
  assert.ok((await overflow(page)) <= 0, `${await overflow(page)} pixels too wide`);
  await screenshot(page, name, { fullPage: true });
}

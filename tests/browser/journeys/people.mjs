// What people come for, from the front page to the answer: each journey leaves pictures, wide and narrow.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { test } from "node:test";
import { NARROW, WIDE, open, overflow, picturesOf, screenshot } from "../support/browser.mjs";
import { answered } from "./accessibility.mjs";

export function people(at) {
  for (const viewport of [WIDE, NARROW]) {
    const width = viewport.width;

    test(`a mayor finds what changed in Rho, at ${width} pixels`, async (context) => {
      const { page, faults, close } = await open(at.browser, at.url, { viewport });
      const clicks = await chooseRho(page);
      await page.getByRole("link", { name: "Le variazioni di tutti i rilasci" }).click();
      assert.equal(await page.locator("h1").textContent(), "Che cosa è cambiato: Rho");
      assert.match(await page.locator(".changes-event").first().innerText(), /Rilascio \d+ .*element/);
      const feed = await page.locator('link[type="application/atom+xml"]').getAttribute("href");
      const answer = await fetch(at.url + feed);
      assert.equal(answer.headers.get("content-type"), "application/atom+xml; charset=utf-8");
      const parsed = await page.evaluate((text) => {
        const feed = new DOMParser().parseFromString(text, "application/xml");
        return { root: feed.documentElement.localName, ids: [...feed.getElementsByTagName("id")].map((id) => id.textContent) };
      }, await answer.text());
      assert.equal(parsed.root, "feed");
      assert.equal(new Set(parsed.ids).size, parsed.ids.length);
      assert.ok(parsed.ids.length > 1);
      assert.ok((await overflow(page)) <= 0);
      await screenshot(page, `changes-${width}`, { fullPage: width !== WIDE.width });
      context.diagnostic(`${clicks + 1} clicks from the front page`);
      assert.deepEqual(faults, []);
      await close();
    });

    test(`a mayor reads the sheet of Rho, at ${width} pixels`, async (context) => {
      const { page, faults, close } = await open(at.browser, at.url, { viewport });
      const clicks = await chooseRho(page);
      assert.match(await page.locator(".sheet-figures").innerText(), /€/);
      assert.ok((await overflow(page)) <= 0);
      await screenshot(page, `sheet-rho-${width}`);
      if (width === WIDE.width) await print(page, "sheet-rho");
      await page.emulateMedia({ media: "print" });
      const foot = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper"));
      assert.match(foot, /Rho · .+, rilascio \d+, dati al \d+\s\w+\s\d{4}/, "each sheet of paper says what it rests on");
      context.diagnostic(`${clicks} clicks from the front page`);
      assert.deepEqual(faults, []);
      await close();
    });

    test(`a GIS technician copies the endpoint, at ${width} pixels`, async () => {
      const { page, faults, close } = await open(at.browser, at.url, { viewport, permissions: ["clipboard-read", "clipboard-write"] });
      await page.locator(".door").getByRole("link", { name: "I dati in QGIS, passo per passo" }).click();
      await page.getByRole("button", { name: /^Copia/ }).click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(await page.locator("#copied").textContent(), "Copiato");
      const landing = await (await fetch(copied)).json();
      assert.ok(landing.links.some(({ rel }) => rel === "service-desc"));
      assert.ok((await overflow(page)) <= 0);
      await screenshot(page, `guide-${width}`, { fullPage: true });
      assert.deepEqual(faults, []);
      await close();
    });

    test(`a planner reads what a proposal touches, at ${width} pixels`, async () => {
      await answered(`${at.url}/strategies`);
      const address = `${at.url}/strategies/sttm-1/questions/protected-areas?standing=partly_inside`;
      const { page, faults, close } = await open(at.browser, address, { viewport });
      await page.locator("#subjects + * a, section[aria-labelledby=subjects] a").first().click();
      await page.locator("h2#asked").waitFor();
      assert.match(await page.locator(".item-asked").innerText(), /in parte dentro[\s\S]*\d\sm² \(\d+(,\d)?\s%\)/);
      assert.ok((await page.locator(".history-steps li").count()) > 0);
      assert.match(await page.locator(".item-money").innerText(), /€/);
      assert.ok((await overflow(page)) <= 0);
      await screenshot(page, `touched-${width}`, { fullPage: true });
      if (width === WIDE.width) await print(page, "touched");
      await page.locator(".item-asked ul a").first().click();
      assert.match(await page.locator(".item-asked").innerText(), /conta per \d+ element/);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("who follows an old address reads what is left of the record", async () => {
    const { page, close, response } = await open(at.browser, await aGoneRecord(at.url));
    assert.equal(response.status(), 410);
    assert.match(await page.locator("main").innerText(), /Non c’è più[\s\S]*La storia, rilascio per rilascio[\s\S]*Tolto/);
    await screenshot(page, "gone-1280", { fullPage: true });
    await close();
  });
}

/** From the front page to the sheet of Rho; how many clicks it took. */
async function chooseRho(page) {
  await page.locator("#find-municipality").selectOption({ label: "Rho" });
  await page.getByRole("button", { name: "Vai" }).click();
  await page.waitForURL(/\/municipalities\/015182/);
  assert.equal(await page.locator("h1").textContent(), "Rho");
  return 2;
}

/** The page as it is printed: on A4, beside the screenshots. */
async function print(page, name) {
  const document = await page.pdf({ format: "A4", preferCSSPageSize: true });
  assert.ok(document.subarray(0, 5).toString() === "%PDF-" && document.length > 10_000);
  await writeFile(picturesOf(`${name}.pdf`), document);
}

/** The address of a record that the demonstration's second release no longer has. */
export async function aGoneRecord(url) {
  const told = await (await fetch(`${url}/changes?f=json&collection=pnrr-projects`)).json();
  const gone = told.changes.flatMap(({ records }) => records).find(({ change, href }) => change === "removed" && href === null);
  return `${url}/collections/pnrr-projects/items/${gone.id}`;
}

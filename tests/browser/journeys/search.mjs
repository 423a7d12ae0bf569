// Search: as a list that opens while one types, as a page, by keyboard, with faults.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, WIDE, open, overflow, screenshot, violations } from "../support/browser.mjs";

export function search(at) {
  for (const viewport of [WIDE, NARROW]) {
    test(`the front page says what this is and takes a question, at ${viewport.width} pixels`, async () => {
      const { page, faults, close } = await open(at.browser, at.url, { viewport });
      assert.match(await page.locator(".home-figures").innerText(), /\d{1,3}(\.\d{3})*\s+proposte/);
      assert.match(await page.locator(".home-as-of").innerText(), /Dati della fonte al \d/);
      assert.equal(await page.locator(".door").count(), 3);
      await page.getByRole("combobox", { name: "Cerca" }).pressSequentially("scuola rh");
      await page.locator(".search-list li").first().waitFor();
      assert.ok((await overflow(page)) <= 0);
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `home-${viewport.width}`);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("a municipality is found by keyboard alone, with a fault in its name", async () => {
    const { page, faults, close } = await open(at.browser, at.url);
    const field = page.getByRole("combobox", { name: "Cerca" });
    await field.focus();
    await page.keyboard.type("Lengano");
    await page.locator(".search-list li").first().waitFor();
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    assert.match(await page.locator(".search [role=status]").textContent(), /Risultati: \d+/);
    await page.keyboard.press("ArrowDown");
    const active = await field.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${active} strong`).textContent(), "Legnano");
    assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await field.getAttribute("aria-expanded"), "false");
    await page.keyboard.press("ArrowDown");
    await page.locator(".search-list li").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/items\/\d+/);
    assert.equal(await page.locator("h1").textContent(), "Legnano");
    assert.deepEqual(faults, []);
    await close();
  });

  test("a CUP comes first, whole or begun, in any case", async () => {
    const answer = await fetch(`${at.url}/collections/pnrr-projects/items?f=json&limit=50`);
    const { features } = await answer.json();
    const { cup } = features.find(({ properties }) => properties.cup).properties;
    for (const [asked, expect] of [[cup, cup], [cup.toLowerCase(), cup], [cup.slice(0, 12), cup.slice(0, 12)]]) {
      const found = await (await fetch(`${at.url}/search?f=json&q=${asked}`)).json();
      assert.ok(found.results[0].about.includes(expect), `${asked}: ${found.results[0]?.about}`);
      assert.equal(found.alike, false);
    }
  });

  test("what is found can be narrowed to a collection, and its pages turned", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/search?q=milano`);
    const all = await page.locator(".hits a").allTextContents();
    assert.equal(all[0], "Milano");
    await screenshot(page, "search-1280");
    await page.getByRole("link", { name: "Pagina successiva" }).click();
    assert.notDeepEqual(await page.locator(".hits a").allTextContents(), all);
    await page.goBack();
    await page.getByRole("navigation", { name: "Restringi" }).getByRole("link", { name: /^Servizi/ }).click();
    await page.waitForURL(/collection=services/);
    assert.deepEqual([...new Set(await page.locator(".hit-kind").allTextContents())], ["Servizi sovracomunali"]);
    assert.deepEqual(faults, []);
    await close();
  });

  test("an old address of the map on the front page still leads to the map", async () => {
    const { page, close } = await open(at.browser, `${at.url}/#map=10/45.5/9.2&missions=M1`);
    await page.waitForURL(/\/map#map=10/);
    await close();
  });

  test("nonsense finds nothing and says what to do", async () => {
    const { page, close } = await open(at.browser, `${at.url}/search?q=${encodeURIComponent("<b>qqqqqq’ zzzz")}`);
    assert.match(await page.locator("main").innerText(), /0 risultati/);
    assert.match(await page.locator(".notice").innerText(), /meno parole/);
    for (const [query, status] of [["q=" + "a".repeat(301), 400], ["collection=nope", 400], ["x=1", 400], ["q=a&q=b", 400], ["", 200]]) {
      assert.equal((await fetch(`${at.url}/search?f=json&${query}`)).status, status, query);
    }
    await close();
  });
}

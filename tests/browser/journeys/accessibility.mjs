// Every kind of page, wide and as narrow as it gets: nothing for axe to find, nothing beside the window.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROWEST, WIDE, open, overflow, screenshot, violations } from "../support/browser.mjs";
import { clickable, idle, rendered } from "../support/map.mjs";
import { aRecord } from "./pages.mjs";

export function accessibility(at) {
  const kinds = {
    map: () => `${at.url}/`,
    collections: () => `${at.url}/collections`,
    collection: () => `${at.url}/collections/pnrr-projects`,
    items: () => `${at.url}/collections/pnrr-projects/items`,
    item: () => aRecord(at.url),
    municipality: () => aMunicipality(at.url),
    problem: () => `${at.url}/nope`,
  };
  for (const [kind, address] of Object.entries(kinds)) {
    for (const viewport of [WIDE, NARROWEST]) {
      test(`${kind} at ${viewport.width} pixels`, async () => {
        const { page, close } = await open(at.browser, await address(), { viewport });
        if (await page.locator("#map").count()) await idle(page);
        assert.deepEqual(await violations(page), []);
        assert.ok((await overflow(page)) <= 0, `${await overflow(page)} pixels too wide`);
        if (viewport === NARROWEST) await screenshot(page, `${kind.replaceAll(" ", "-")}-320`, { fullPage: true });
        await close();
      });
    }
  }

  test("an open popup", async () => {
    const { page, close } = await open(at.browser, `${at.url}/`);
    await idle(page);
    const [cluster] = await clickable(page, await rendered(page, ["clusters"]));
    await page.mouse.click(cluster.x, cluster.y);
    await page.locator(".maplibregl-popup").waitFor();
    assert.deepEqual(await violations(page), []);
    await close();
  });
}

async function aMunicipality(url) {
  const answer = await fetch(`${url}/collections/municipalities/items?f=json&limit=1`);
  const { features } = await answer.json();
  return `${url}/collections/municipalities/items/${features[0].id}`;
}

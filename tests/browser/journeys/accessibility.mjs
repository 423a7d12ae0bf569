// Every kind of page, wide and as narrow as it gets: nothing for axe to find, nothing beside the window.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROWEST, WIDE, open, overflow, screenshot, violations } from "../support/browser.mjs";
import { clickable, idle, rendered } from "../support/map.mjs";
import { aRecord } from "./pages.mjs";
import { aGoneRecord } from "./people.mjs";

/** Pages that no other journey takes a picture of. */
const OTHERS = ["municipalities", "sheet", "zone", "releases", "release", "diff", "issues", "sources", "source", "past", "strategies", "strategy", "answer", "gap", "accessibility", "credits"];

export function accessibility(at) {
  const kinds = {
    home: () => `${at.url}/`,
    search: () => `${at.url}/search?q=scuola`,
    map: () => `${at.url}/map`,
    collections: () => `${at.url}/collections`,
    collection: () => `${at.url}/collections/pnrr-projects`,
    items: () => `${at.url}/collections/pnrr-projects/items`,
    item: () => aRecord(at.url),
    municipality: () => aMunicipality(at.url),
    municipalities: () => `${at.url}/municipalities`,
    sheet: () => `${at.url}/municipalities/015182`,
    zone: () => `${at.url}/zones/nord_ovest`,
    strategies: () => answered(`${at.url}/strategies`),
    strategy: () => answered(`${at.url}/strategies/sttm-1`),
    answer: () => answered(`${at.url}/strategies/sttm-1/questions/protected-areas`),
    gap: () => answered(`${at.url}/strategies/sttm-2/questions/no-hospital`),
    "not loaded": () => answered(`${at.url}/strategies/sttm-1/questions/watercourses`),
    compared: () => answered(`${at.url}/strategies/sttm-1/questions/protected-areas?compare=1`),
    releases: () => `${at.url}/releases`,
    release: async () => `${at.url}/releases/${await aRelease(at.url)}`,
    diff: async () => `${at.url}/releases/${await aRelease(at.url)}/diff`,
    issues: async () => `${at.url}/releases/${await aRelease(at.url)}/issues`,
    sources: () => `${at.url}/sources`,
    source: async () => `${at.url}/sources/${(await releases(at.url))[0].source}`,
    changes: () => `${at.url}/changes?municipality=015182`,
    gone: () => aGoneRecord(at.url),
    accessibility: () => `${at.url}/accessibility`,
    privacy: () => `${at.url}/privacy`,
    credits: () => `${at.url}/credits`,
    guide: () => `${at.url}/guide/qgis`,
    past: async () => `${at.url}/collections/pnrr-projects/items?datetime=2020-01-01`,
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
        else if (OTHERS.includes(kind)) await screenshot(page, `${kind}-1280`, { fullPage: true });
        await close();
      });
    }
  }

  test("an open card", async () => {
    const { page, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const [cluster] = await clickable(page, await rendered(page, ["clusters"]));
    await page.mouse.click(cluster.x, cluster.y);
    await page.locator("#panel .panel-actions").waitFor();
    assert.deepEqual(await violations(page), []);
    await close();
  });
}

async function releases(url) {
  const answer = await fetch(`${url}/releases?f=json`);
  return (await answer.json()).releases;
}

/** The number of a release that changed something and has issues, if there is one. */
export async function aRelease(url) {
  const all = await releases(url);
  const telling = all.find(({ issues, collections }) => issues > 0 && collections.some(({ diff }) => diff.changed > 0));
  return (telling ?? all[0]).id;
}

/** An address of strategies, once their questions are answered: a moment after the start. */
export async function answered(address) {
  while ((await fetch(address)).status === 503) await new Promise((done) => setTimeout(done, 100));
  return address;
}

async function aMunicipality(url) {
  const answer = await fetch(`${url}/collections/municipalities/items?f=json&limit=1`);
  const { features } = await answer.json();
  return `${url}/collections/municipalities/items/${features[0].id}`;
}

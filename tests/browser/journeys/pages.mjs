// The pages of words and tables: from the list to a record, in both languages, with and without scripts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, screenshot, startBrowser } from "../support/browser.mjs";

export function pages(at) {
  test("from the front page one gets to the data, a table, a record, and back", async () => {
    const { page, faults, close } = await open(at.browser, at.url);
    await page.getByRole("navigation", { name: "Menu principale" }).getByRole("link", { name: "Dati" }).click();
    await page.waitForURL(/\/collections(\?|$)/);
    await screenshot(page, "collections-1280");
    await page.locator('main a[href^="/collections/pnrr-projects"]').first().click();
    await page.waitForURL(/\/collections\/pnrr-projects(\?|$)/);
    await screenshot(page, "collection-1280", { fullPage: true });
    await page.getByRole("link", { name: "Sfoglia la tabella" }).click();
    const first = await page.locator("tbody th a").first().textContent();
    await screenshot(page, "items-1280");
    await page.getByRole("link", { name: "Pagina successiva" }).click();
    assert.notEqual(await page.locator("tbody th a").first().textContent(), first);
    await page.getByRole("link", { name: "Pagina precedente" }).click();
    assert.equal(await page.locator("tbody th a").first().textContent(), first);
    await page.locator("tbody th a").first().click();
    assert.equal(await page.locator("h1").textContent(), first);
    assert.deepEqual(faults, []);
    await close();
  });

  test("a record says its precision, its money, where it comes from, and what the source leaves out", async () => {
    const { page, close } = await open(at.browser, await aRecord(at.url, hasGaps));
    const text = await page.locator("main").innerText();
    assert.match(text, /Luogo preciso|Indirizzo|Solo il comune|Solo la provincia|Luogo sconosciuto/);
    assert.match(text, /\d{1,3}(\.\d{3})*,\d{2}\s€/);
    for (const words of ["Fonte", "Licenza", "Rilascio", "Estratto dalla fonte il"]) assert.ok(text.includes(words), words);
    assert.ok(text.includes("non indicato dalla fonte"));
    await close();
  });

  test("without scripts the pages say the same, and the map says where to read it", async () => {
    const { page, close } = await open(at.browser, `${at.url}/map`, { javaScriptEnabled: false });
    assert.ok(await page.locator("noscript").getByRole("link", { name: "Le stesse proposte in una tabella" }).isVisible());
    await screenshot(page, "map-without-scripts");
    await page.goto(at.url);
    assert.match(await page.locator(".home-figures").innerText(), /proposte/);
    await page.getByRole("searchbox").fill("rho");
    await page.getByRole("button", { name: "Cerca" }).click();
    assert.equal(await page.locator(".hits a").first().textContent(), "Rho");
    await page.goto(await aRecord(at.url));
    assert.ok(await page.locator("h1").isVisible());
    assert.ok(await page.getByRole("heading", { name: "Dove", exact: true }).isVisible());
    for (const [precision, drawn] of [["geometry", ".sketch-surface, .sketch-line, .sketch-point"], ["municipality", ".sketch-marked"]]) {
      await page.goto(await aRecord(at.url, (feature) => feature.properties.precision === precision));
      assert.match(await page.locator(".sketch").getAttribute("aria-label"), precision === "geometry" ? /: .+ – Luogo preciso$/ : /: .+ – Solo il comune$/);
      const box = await page.locator(drawn).first().boundingBox();
      assert.ok(box.width > 5 && box.height > 5, `the ${precision} is seen`);
      await screenshot(page, `record-${precision}-without-scripts`);
    }
    await close();
  });

  test("without WebGL the map says where to read what it would show", async () => {
    const browser = await startBrowser({ webgl: false });
    try {
      const { page } = await open(browser, `${at.url}/map`);
      await page.locator("#map-failure").getByRole("link", { name: "Le stesse proposte in una tabella" }).click();
      await page.waitForURL(/\/collections\/pnrr-projects\/items/);
      await page.goto(await aRecord(at.url));
      await page.locator("#map").waitFor({ state: "detached" });
      assert.ok(await page.locator(".sketch").isVisible(), "the drawing stays");
    } finally {
      await browser.close();
    }
  });

  test("from the list of releases one gets to what changed, what was wrong, and the past", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/releases`);
    await page.getByRole("link", { name: "Che cosa è cambiato" }).first().click();
    await page.waitForURL(/\/releases\/\d+\/diff/);
    await page.getByRole("navigation", { name: "Percorso" }).getByRole("link", { name: /^Rilascio/ }).click();
    await page.waitForURL(/\/releases\/\d+(\?|$)/);
    await page.locator('main a[href*="/items?release="]').first().click();
    assert.ok(await page.locator("h1").isVisible());
    await page.goto(`${at.url}/collections/pnrr-projects/items?datetime=2020-01-01`);
    assert.match(await page.locator(".past-note").innerText(), /Situazione al 1\sgennaio\s2020/);
    await page.getByRole("link", { name: "Vedi la situazione attuale" }).click();
    assert.equal(await page.locator(".past-note").count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });

  test("every page can be read in English, and links keep the language", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/collections`);
    await page.getByRole("link", { name: "English" }).click();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.equal(await page.locator("h1").textContent(), "The published data");
    await page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "Map" }).click();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.deepEqual(faults, []);
    await close();
  });

  test("a page that is not there says so, and what to do", async () => {
    const { page, response, close } = await open(at.browser, `${at.url}/collections/pnrr-projects/items/999999999999`);
    assert.equal(response.status(), 404);
    assert.match(await page.locator("h1").textContent(), /non c’è/);
    assert.ok((await page.locator("main").innerText()).includes("/collections/pnrr-projects/items/999999999999"));
    assert.ok(await page.getByRole("link", { name: "Apri la mappa delle proposte" }).isVisible());
    await screenshot(page, "problem-1280");
    await close();
  });

  test("every link to the portal itself leads somewhere", async () => {
    const { page, close } = await open(at.browser, `${at.url}/`);
    const links = new Set();
    const paths = ["/", "/map", "/search?q=rho", "/collections", "/collections/pnrr-projects", "/releases", "/releases/1", "/releases/1/diff", "/releases/1/issues", "/sources"];
    for (const path of [...paths, new URL(await aRecord(at.url)).pathname]) {
      await page.goto(at.url + path);
      const found = await page.locator("a[href]").evaluateAll((anchors) => anchors.map((anchor) => anchor.href));
      for (const link of found) if (link.startsWith(at.url)) links.add(link.split("#")[0]);
    }
    for (const link of links) {
      const { status } = await fetch(link, { headers: { accept: "text/html" } });
      assert.equal(status, 200, link);
    }
    await close();
  });

  test("demonstration data is called so on every page, where it is what is published", async (context) => {
    const paths = ["/", "/map", "/search", "/collections", "/collections/pnrr-projects", "/collections/pnrr-projects/items", "/nope"];
    const texts = await Promise.all(
      paths.map(async (path) => (await fetch(at.url + path, { headers: { accept: "text/html" } })).text()),
    );
    const labelled = texts.filter((text) => text.includes("confini approssimati, proposte inventate"));
    if (labelled.length === 0) return context.skip("no demonstration data is published here");
    assert.equal(labelled.length, paths.length);
  });
}

/** The address of the page of a proposal: the first of those that satisfy `wanted`. */
export async function aRecord(url, wanted = () => true) {
  const answer = await fetch(`${url}/collections/pnrr-projects/items?f=json&limit=500`);
  const { features } = await answer.json();
  return `${url}/collections/pnrr-projects/items/${features.find(wanted).id}`;
}

/** Whether the source leaves a value out, and states the funding. */
function hasGaps({ properties }) {
  return properties.funding_pnrr_cents !== null && Object.values(properties).includes(null);
}

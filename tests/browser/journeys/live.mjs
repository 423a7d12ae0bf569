// What is published while the page is open is on the map, which asks for the tiles of that collection only; and then two releases
// can be compared.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { open, violations } from "../support/browser.mjs";
import { idle, rendered } from "../support/map.mjs";

/** How soon an edit has to be on the screen here, where the processor draws; the journeys say how soon it is told. */
const SOON_MS = 5000;

export function live(at) {
  test("what is published while the page is open is soon on the map, and other tiles are left alone", async (context) => {
    if (!at.import) return context.skip("the portal under test is not our own: nothing is published to it");
    const answer = await fetch(`${at.url}/collections/services/items?f=json&limit=10000`);
    const services = await answer.json();
    const { page, faults, close } = await open(at.browser, `${at.url}/map#layers=services`);
    await idle(page);
    assert.equal(await page.locator("#news").textContent(), "");
    const [first] = await rendered(page, ["services"]);
    assert.ok(first, "no service is on the map");
    const tiles = [];
    page.on("request", (request) => request.url().includes("/tiles/") && tiles.push(new URL(request.url()).pathname.split(/[/.]/)[2]));

    const properties = { service_id: "new", name: "Nuovissimo", service_class: "museum", scope: "metropolitan" };
    const added = { type: "Feature", geometry: { type: "Point", coordinates: first.coordinates }, properties };
    const folder = await mkdtemp(join(tmpdir(), "remix-live-"));
    const file = join(folder, "demo-services.geojson");
    await writeFile(file, JSON.stringify({ type: "FeatureCollection", features: [...services.features, added] }));
    await at.import("demo-services", file);
    const published = Date.now();
    await page.waitForFunction(
      () => window.remixMap.queryRenderedFeatures({ layers: ["services"] }).some(({ properties }) => properties.name === "Nuovissimo"),
      undefined,
      { polling: 20, timeout: 10_000 },
    );
    const took = Date.now() - published;
    context.diagnostic(`on the screen ${took} ms after the import had ended`);
    assert.ok(took < SOON_MS, `it took ${took} ms`);
    assert.deepEqual([...new Set(tiles)], ["services"]);
    assert.match(await page.locator("#news").textContent(), /dati nuovi/);
    assert.deepEqual(faults, []);
    await close();
    await rm(folder, { recursive: true });
  });

  test("two releases of any collection are compared by keyboard, on the map and in a table", async (context) => {
    if (!at.import) return context.skip("the portal under test is not our own: nothing is published to it");
    const { features } = await (await fetch(`${at.url}/collections/areas/items?f=json&limit=10000`)).json();
    const [renamed, gone, ...same] = features;
    renamed.properties.name = "Bosco dei confronti";
    const folder = await mkdtemp(join(tmpdir(), "remix-compared-"));
    const file = join(folder, "demo-areas.geojson");
    await writeFile(file, JSON.stringify({ type: "FeatureCollection", features: [renamed, ...same] }));
    await at.import("demo-areas", file);
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    await page.locator("#time summary").press("Enter");
    await page.locator("#compare-source").focus();
    await page.keyboard.type("Dimostrazione: aree");
    await page.locator("#compare").press("Enter");
    const rows = page.locator("#changes-rows tbody tr");
    await rows.first().waitFor();
    assert.match(await rows.first().innerText(), /^Cambiato\s+Bosco dei confronti\s+Nome: .+ → Bosco dei confronti/);
    assert.match(await rows.nth(1).innerText(), new RegExp(`^Tolto\\s+${gone.properties.name}`));
    assert.equal(await rows.count(), 2);
    await idle(page);
    assert.ok((await rendered(page, ["changes-shapes"])).length > 0, "what has an extent has its outline");
    assert.match(page.url(), /compare=\d+,\d+,areas/);
    assert.deepEqual(await violations(page), []);
    const shared = await open(at.browser, page.url());
    await shared.page.locator("#changes-rows tbody tr").first().waitFor();
    assert.equal(await shared.page.locator("#compare-source").inputValue(), "areas/demo-areas");
    assert.deepEqual([...faults, ...shared.faults], []);
    await shared.close();
    await close();
    await rm(folder, { recursive: true });
  });
}

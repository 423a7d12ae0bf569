// A release is published while the page is open: the map shows it, and asks for the tiles of that collection only.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { open } from "../support/browser.mjs";
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
}

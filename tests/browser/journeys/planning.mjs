// The map in a planner's hands: areas drawn and screened, releases compared, views shared and shown elsewhere.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { NARROW, WIDE, open, overflow, screenshot, violations } from "../support/browser.mjs";
import { idle, inWindow, jump, rendered } from "../support/map.mjs";

export function planning(at) {
  test("a planner screens a drawn area", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    await jump(page, [9.19, 45.46], 11);
    await page.getByRole("button", { name: "Disegna un’area" }).click();
    await page.locator("#drawing-bar").waitFor();
    const corners = [[9.15, 45.44], [9.23, 45.44], [9.23, 45.48]];
    for (const corner of corners) {
      const { x, y } = await inWindow(page, corner);
      await page.mouse.click(x, y);
      await page.waitForTimeout(400);
    }
    assert.match(await page.locator("#measured").textContent(), /^Circa [\d.]+ m² \([\d.,]+ ettari\)$/);
    await page.getByRole("button", { name: "Fatto" }).click();
    const answer = page.locator("#panel #screening");
    await answer.waitFor();
    assert.match(await answer.innerText(), /Superficie: [\d.,]+\s(km²|m²)/);
    assert.match(await answer.innerText(), /Milano/);
    assert.match(page.url(), /draw=polygon,9\.1\d+,45\.4\d+,/);
    assert.equal(await answer.locator("script").count(), 0);
    await screenshot(page, "screened-1280");
    assert.deepEqual(await violations(page), []);
    const shared = await open(at.browser, page.url(), { viewport: NARROW });
    await shared.page.locator("#panel #screening").waitFor();
    await shared.page.locator("#map").evaluate((map) => map.scrollIntoView());
    assert.equal(await shared.page.locator("#panel #screening").textContent(), await answer.textContent(), "the address has the shape");
    assert.ok((await overflow(shared.page)) <= 0);
    await screenshot(shared.page, "screened-360");
    await page.keyboard.press("Escape");
    assert.doesNotMatch(page.url(), /draw=/);
    assert.deepEqual([...faults, ...shared.faults], []);
    await shared.close();
    await close();
  });

  test("fingers draw: a tap puts a point, the same place twice ends the area", async () => {
    const phone = { viewport: NARROW, hasTouch: true, isMobile: true };
    const { page, faults, close } = await open(at.browser, `${at.url}/map`, phone);
    await idle(page);
    await jump(page, [9.19, 45.44], 11);
    await page.getByRole("button", { name: "Disegna un’area" }).tap();
    await page.locator("#drawing-bar").waitFor();
    await page.locator("#map").evaluate((map) => map.scrollIntoView({ block: "center" }));
    for (const corner of [[9.15, 45.42], [9.23, 45.42], [9.23, 45.45], [9.23, 45.45]]) {
      const { x, y } = await inWindow(page, corner);
      await page.touchscreen.tap(x, y);
      await page.waitForTimeout(500);
    }
    const answer = page.locator("#panel #screening");
    await answer.waitFor();
    assert.match(await answer.innerText(), /Milano/);
    assert.match(page.url(), /draw=polygon,9\.1\d+,45\.4\d+,/);
    await screenshot(page, "drawn-by-touch-360");
    assert.deepEqual(faults, []);
    await close();
  });

  test("who asks is shown where they are, and told so where the device does not say, or the place is elsewhere", async () => {
    const told = async (options, sentence) => {
      const { page, faults, close } = await open(at.browser, `${at.url}/map`, options);
      await idle(page);
      await page.getByRole("button", { name: "Dove sono" }).click();
      await page.waitForFunction((text) => document.getElementById("measured").textContent.startsWith(text), sentence);
      await idle(page);
      const centre = await page.evaluate(() => window.remixMap.getCenter().toArray());
      const isMarked = await page.evaluate(() => Boolean(window.remixMap.getLayer("here")));
      assert.deepEqual(faults, []);
      await close();
      return { centre, isMarked };
    };
    const here = { longitude: 9.04, latitude: 45.53, accuracy: 20 };
    const { centre, isMarked } = await told({ permissions: ["geolocation"], geolocation: here }, "Sei qui, con un errore di circa 20 m");
    assert.ok(Math.hypot(centre[0] - here.longitude, centre[1] - here.latitude) < 0.001, String(centre));
    assert.ok(isMarked);
    const away = await told({ permissions: ["geolocation"], geolocation: { longitude: 12.5, latitude: 41.9 } }, "Ti trovi fuori da questo territorio");
    assert.ok(!away.isMarked);
    await told({ permissions: [] }, "Il dispositivo non dice dove ti trovi");
  });

  test("the keyboard alone draws: Enter puts a point at the crosshair, Escape takes it back", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    await page.getByRole("button", { name: "una superficie" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.className.includes("maplibregl-canvas") && document.querySelector(".drawing"));
    assert.ok(await page.locator(".crosshair").isVisible());
    const press = async (...keys) => {
      for (const key of keys) {
        await page.keyboard.press(key);
        await idle(page);
      }
    };
    const corners = () => page.evaluate(() => window.remixMap.getSource("drawn").serialize().data.geometry?.coordinates.flat(1).length ?? 0);
    await press("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter");
    assert.match(await page.locator("#measured").textContent(), /ettari/);
    assert.equal(await corners(), 4, "three corners, closed");
    await press("Escape");
    assert.match(await page.locator("#measured").textContent(), /^Circa [\d.]+ m \(/, "two points are a distance");
    await press("ArrowDown", "Enter", "Enter");
    assert.ok(!(await page.locator("#drawing-bar").isVisible()), "the same place twice ends it");
    assert.match(await page.locator("#measured").textContent(), /ettari/);
    assert.deepEqual(faults, []);
    await close();
  });

  test("a file is screened, and what is no file of shapes is refused in words", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const geometry = { type: "Polygon", coordinates: [[[9.15, 45.44], [9.23, 45.44], [9.23, 45.48], [9.15, 45.44]]] };
    const buffer = Buffer.from(JSON.stringify({ type: "Feature", properties: {}, geometry }));
    await page.locator("#tool-file").setInputFiles({ name: "area.geojson", mimeType: "application/geo+json", buffer });
    await page.locator("#panel #screening").waitFor();
    assert.match(await page.locator("#panel").innerText(), /Milano/);
    assert.ok((await rendered(page, ["drawn-inside"])).length > 0, "the shape is shown");
    await page.locator("#tool-file").setInputFiles({ name: "foto.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no shape") });
    await page.waitForFunction(() => !document.querySelector("#panel #screening table, #panel #screening h3, #panel #screening h4"));
    await page.waitForFunction(() => document.getElementById("panel-body").innerText.length > 20 && !document.getElementById("panel-body").innerText.includes("Sto confrontando"));
    assert.deepEqual(faults.filter((fault) => !fault.includes("status of 4")), []);
    await close();
  });

  for (const viewport of [WIDE, NARROW]) {
    test(`a planner compares two releases on the map at ${viewport.width} pixels`, async (context) => {
      const answer = await fetch(`${at.url}/releases?f=json&limit=100`);
      const { releases } = await answer.json();
      const own = releases.filter(({ source, state }) => source === "demo-pnrr-projects" && state === "published");
      if (own.length < 2) return context.skip("there are no two releases of the demonstration's proposals here");
      const [to, from] = own;
      const { diff } = await (await fetch(`${at.url}/releases/${to.id}/diff?from=${from.id}&f=json`)).json();
      const { page, faults, close } = await open(at.browser, `${at.url}/map`, { viewport });
      await idle(page);
      await page.locator("#time summary").click();
      await page.locator("#compare").click();
      const panel = page.locator("#panel");
      await panel.getByText(`Nuovi: ${diff.added}`).waitFor();
      assert.match(await panel.innerText(), new RegExp(`Cambiati: ${diff.changed}[^]*Tolti: ${diff.removed}`));
      assert.match(page.url(), new RegExp(`compare=${from.id},${to.id},pnrr-projects`));
      await page.locator("#map").evaluate((map) => map.scrollIntoView());
      await idle(page);
      const signs = await rendered(page, ["changes"]);
      const shown = signs.reduce((sum, { properties }) => sum + (properties.point_count ?? 1), 0);
      assert.ok(shown > 0 && shown <= diff.added + diff.changed + diff.removed);
      assert.equal((await rendered(page, ["clusters"])).length, 0, "the numbers of proposals do not stand between");
      await screenshot(page, `compared-map-${viewport.width}`);
      await page.reload();
      await panel.getByText(`Nuovi: ${diff.added}`).waitFor();
      assert.equal(await page.locator("#changes-rows tbody tr").count(), diff.added + diff.changed + diff.removed, "the table says the same");
      await page.locator("#changes-rows .show-on-map").first().press("Enter");
      await panel.getByRole("button", { name: "Tutti i cambiamenti" }).waitFor();
      assert.match(await panel.innerText(), new RegExp(await page.locator("#changes-rows tr[aria-current] th").innerText()), "the row of the card is marked");
      await page.keyboard.press("Escape");
      await idle(page);
      assert.ok(!(await page.locator("#changes-table").isVisible()));
      assert.doesNotMatch(page.url(), /compare=/);
      await page.getByRole("button", { name: "Tutto il territorio" }).click();
      await idle(page);
      assert.ok((await rendered(page, ["clusters"])).length > 0);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("the map, its numbers and its table show what stood when an earlier release was published", async (context) => {
    const { releases } = await (await fetch(`${at.url}/releases?f=json&limit=100`)).json();
    // The last release before the present one of the proposals: their first one stands, and so do the municipalities.
    const last = releases.find(({ source }) => source === "demo-pnrr-projects");
    const before = last && releases.find(({ id }) => id < last.id);
    if (!before) return context.skip("there is no earlier release here");
    const answer = await (await fetch(`${at.url}/collections/pnrr-projects/items?f=json&limit=1&release=${before.id}`)).json();
    const { page, faults, close } = await open(at.browser, `${at.url}/map#on=${before.id}`);
    await idle(page);
    const number = new Intl.NumberFormat("it-IT", { useGrouping: "always" }).format(answer.numberMatched);
    await page.locator("#shown").getByText(`${number} proposte`).waitFor();
    await page.locator("#map-table-count").getByText(`${number} proposte`).waitFor();
    assert.match(await page.locator("#past-note").innerText(), new RegExp(`rilascio ${before.id}`));
    const drawn = async () => (await rendered(page, ["clusters"])).reduce((sum, { properties }) => sum + properties.count, 0);
    const then = await drawn();
    await screenshot(page, "past-map-1280");
    await page.getByRole("button", { name: "Torna a oggi" }).click();
    await page.waitForFunction(() => !window.remixMap.getSource("pnrr-projects").tiles[0].includes("release="));
    await idle(page);
    await page.waitForFunction((then) => window.remixMap.queryRenderedFeatures({ layers: ["clusters"] }).reduce((sum, { properties }) => sum + properties.count, 0) > then, then);
    assert.deepEqual(faults, []);
    await close();
  });

  for (const viewport of [WIDE, NARROW]) {
    test(`municipalities are coloured by a figure, in classes that can be read without colours, at ${viewport.width} pixels`, async () => {
      const { page, faults, close } = await open(at.browser, `${at.url}/map#theme=each`, { viewport });
      await idle(page);
      const { municipalities } = await (await fetch(`${at.url}/map/figures?f=json`)).json();
      const legend = page.locator("#theme-legend li");
      await legend.first().waitFor();
      const counts = await legend.locator(".mission-count").allTextContents();
      assert.equal(counts.reduce((sum, count) => sum + Number(count), 0), municipalities.length, "each is in one class");
      assert.deepEqual(await page.locator("#theme-legend .class-sign").allTextContents(), ["1", "2", "3", "4", "5"]);
      assert.equal(await page.locator("#theme-rows tbody tr").count(), municipalities.length);
      const most = municipalities.reduce((one, other) => ((other.per_inhabitant_cents ?? 0) > (one.per_inhabitant_cents ?? 0) ? other : one));
      assert.match(await page.locator("#theme-rows tbody a").first().getAttribute("href"), new RegExp(most.code));
      const sheet = await (await fetch(`${at.url}/municipalities/${most.code}?f=json`)).text();
      assert.ok(sheet.includes(String(most.per_inhabitant_cents)), "the sheet says the same");
      for (const { code, located } of municipalities.filter((it) => it.located > 0).slice(0, 10)) {
        const { proposals, comparison } = await (await fetch(`${at.url}/municipalities/${code}?f=json`)).json();
        const { geometry = 0, address = 0 } = proposals[0].precision;
        assert.deepEqual([located, comparison[0].located], [geometry + address, geometry + address], `where it is known in ${code}`);
      }
      assert.ok((await rendered(page, ["municipalities-theme"])).length > 0);
      await page.locator("#map").evaluate((map) => map.scrollIntoView());
      await screenshot(page, `coloured-${viewport.width}`);
      assert.deepEqual(await violations(page), []);
      await page.locator("#theme").selectOption("");
      await idle(page);
      assert.ok((await rendered(page, ["clusters"])).length > 0);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("symbols say what their municipality is funded with, under the filters that are set, where there is room", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map?lang=en#map=10.6/45.5/9.2&missions=M5`);
    const { municipalities } = await (await fetch(`${at.url}/map/figures?f=json&mission=${encodeURIComponent("mission IN ('M5')")}`)).json();
    const short = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR", notation: "compact", maximumSignificantDigits: 3 });
    const written = () =>
      page.evaluate(() => {
        const names = window.remixMap.queryRenderedFeatures({ layers: ["clusters-names"] });
        return names.map(({ properties, layer }) => [properties.municipality, layer.layout["text-field"].sections.map(({ text }) => text).join("")]);
      });
    await page.locator("#shown").getByText(" of ").waitFor();
    await idle(page);
    const rich = (await written()).map(([code, text]) => [municipalities.find((it) => it.code === code), text]).filter(([{ funding_cents: cents }]) => cents > 1e8);
    assert.ok(rich.length > 3);
    for (const [{ funding_cents: cents }, text] of rich) assert.equal(text.split("\n")[1], short.format(cents / 100));
    await jump(page, [9.2, 45.5], 9);
    assert.deepEqual([...new Set((await written()).filter(([, text]) => text.includes("€")).map(([code]) => code))], ["015146"], "from afar only the largest has room");
    assert.deepEqual(faults, []);
    await close();
  });

  test("a colleague opens the same map from its address", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    await page.locator("#strategy").selectOption("sttm-2");
    await page.locator("#narrow summary").click();
    await page.locator("#choice-zone").selectOption("nord_milano");
    await page.locator("#theme").selectOption("proposals");
    await page.locator("#find-municipality").selectOption({ label: "Sesto San Giovanni" });
    await page.getByRole("button", { name: "Vai" }).click();
    await page.locator("#panel").getByRole("heading", { name: "Sesto San Giovanni" }).waitFor();
    await page.getByRole("button", { name: "Titolo" }).click();
    await idle(page);
    await page.locator("#map").scrollIntoViewIfNeeded();
    await screenshot(page, "shared-1280");
    const state = (page) =>
      page.evaluate(() => ({
        at: [...window.remixMap.getCenter().toArray(), window.remixMap.getZoom()].map((value) => Number(value.toFixed(2))),
        boxes: [...document.querySelectorAll("#filters input:checked")].map(({ id }) => id),
        choices: [...document.querySelectorAll("#filters select:not(#time select)")].map(({ id, value }) => `${id}=${value}`),
        panel: document.getElementById("panel").innerText,
        legend: document.getElementById("theme-legend").innerText,
        shown: document.getElementById("shown").innerText,
        rows: document.getElementById("map-table-rows").innerText,
      }));
    const shared = await open(at.browser, page.url(), { viewport: WIDE });
    await idle(shared.page);
    await shared.page.locator("#map-table-rows tbody tr").first().waitFor();
    await shared.page.locator("#theme-legend li").first().waitFor();
    await shared.page.locator("#panel .panel-figure").waitFor();
    assert.deepEqual(await state(shared.page), await state(page));
    const phone = await open(at.browser, page.url(), { viewport: NARROW });
    await idle(phone.page);
    await phone.page.locator("#map").evaluate((map) => map.scrollIntoView());
    await screenshot(phone.page, "shared-360");
    assert.deepEqual([...faults, ...shared.faults, ...phone.faults], []);
    await phone.close();
    await shared.close();
    await close();
  });

  for (const viewport of [WIDE, NARROW]) {
    test(`the map is embedded in another page at ${viewport.width} pixels`, async () => {
      const host = createServer((_, response) => {
        response.setHeader("content-type", "text/html");
        response.end(`<!doctype html><title>Comune</title><h1>Il sito di un comune</h1><iframe title="Mappa" width="100%" height="560" src="${at.url}/map?embed=1#theme=each"></iframe>`);
      });
      await new Promise((done) => host.listen(0, "127.0.0.1", done));
      const { page, close } = await open(at.browser, `http://127.0.0.1:${host.address().port}/`, { viewport });
      const frame = page.frameLocator("iframe");
      await frame.locator("#theme-legend li").first().waitFor();
      await frame.locator("canvas").waitFor();
      await page.waitForTimeout(1500);
      assert.equal(await frame.locator("header, footer, #map-tools, #map-table").count(), 0, "the map and its legend alone");
      assert.ok(await frame.locator("#legend").isVisible());
      await screenshot(page, `embedded-${viewport.width}`);
      await close();
      host.close();
      const [embedded, whole] = await Promise.all(["/map?embed=1", "/map"].map((path) => fetch(`${at.url}${path}`)));
      assert.match(embedded.headers.get("content-security-policy"), /frame-ancestors \*/);
      assert.match(whole.headers.get("content-security-policy"), /frame-ancestors 'none'/);
      assert.equal((await fetch(`${at.url}/map?embed=yes`)).status, 400);
    });
  }
}

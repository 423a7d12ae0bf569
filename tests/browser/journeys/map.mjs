// The map page: what it shows, what can be clicked, what filters do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, NARROWEST, WIDE, open, overflow, screenshot } from "../support/browser.mjs";
import { clickable, idle, inWindow, jump, rendered } from "../support/map.mjs";

const PROPOSALS = ["proposals-symbolic", "proposals-placed"];

export function map(at) {
  for (const viewport of [WIDE, NARROW]) {
    test(`municipalities, their names and the proposals are really drawn at ${viewport.width} pixels`, async () => {
      const { page, faults, close } = await open(at.browser, `${at.url}/map`, { viewport });
      await idle(page);
      await page.locator("#map").scrollIntoViewIfNeeded();
      const municipalities = await rendered(page, ["municipalities"]);
      const codes = new Set(municipalities.map(({ properties }) => properties.istat_code));
      assert.ok(codes.size >= 100, `${codes.size} municipalities`);
      assert.ok([...codes].every((code) => /^\d{6}$/.test(code)));
      const clusters = await rendered(page, ["clusters"]);
      assert.ok(clusters.length > 20, `${clusters.length} clusters`);
      assert.ok(clusters.every(({ properties }) => properties.count > 0 && properties.municipality_name));
      assert.ok((await rendered(page, ["clusters-counts"])).length > 10, "counts");
      assert.ok((await rendered(page, ["clusters-names", "municipalities-names"])).length > 10, "names");
      assert.ok((await overflow(page)) <= 0, "the page is wider than its window");
      await screenshot(page, `map-${viewport.width}`);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("the page fits into 320 pixels", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`, { viewport: NARROWEST });
    await idle(page);
    assert.ok((await overflow(page)) <= 0);
    await screenshot(page, "map-320-whole", { fullPage: true });
    assert.deepEqual(faults, []);
    await close();
  });

  test("a click on a cluster tells the municipality's proposals, and leads to them one by one", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const [cluster] = (await clickable(page, await rendered(page, ["clusters"]))).sort(byCount);
    assert.ok(cluster, "no cluster can be clicked");
    const before = await centre(page);
    await page.mouse.click(cluster.x, cluster.y);
    const panel = page.locator("#panel");
    assert.equal(await panel.locator("h2").textContent(), cluster.properties.municipality_name);
    const text = await panel.innerText();
    assert.match(text, new RegExp(`Proposte in questo comune: ${grouped(cluster.properties.count)}(\\D|$)`));
    assert.match(text, /Finanziamento PNRR:\s+(\d{1,3}(\.\d{3})*,\d{2}\s€|non indicato)/);
    assert.match(page.url(), new RegExp(`select=municipalities%?2?F?/?${cluster.properties.municipality}`));
    assert.deepEqual(await centre(page), before, "the map stays where it was");
    await screenshot(page, "cluster-1280");
    assert.ok(await page.evaluate(() => document.getElementById("panel").contains(document.activeElement)));
    await page.keyboard.press("Escape");
    assert.equal(await panel.isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.className), "maplibregl-canvas");
    assert.doesNotMatch(page.url(), /select=/);
    await page.mouse.click(cluster.x, cluster.y);
    await panel.getByRole("button", { name: "Vedi le proposte una per una" }).click();
    await idle(page);
    assert.ok((await rendered(page, PROPOSALS)).length > 0);
    assert.deepEqual(faults, []);
    await close();
  });

  test("a click on a proposal opens a card, which the address keeps and whose link leads to the proposal's own page", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    const proposal = await aProposal(page);
    const before = await centre(page);
    await page.mouse.click(proposal.x, proposal.y);
    const panel = page.locator("#panel");
    await panel.getByRole("heading", { name: proposal.properties.title }).waitFor();
    assert.match(await panel.innerText(), /Posizione (simbolica|vera)/);
    await idle(page);
    assert.deepEqual(await centre(page), before, "the map stays where it was");
    assert.equal((await rendered(page, ["proposals-marked"]))[0]?.id, proposal.id, "it is marked");
    const box = await panel.boundingBox();
    assert.ok(proposal.x < box.x || proposal.x > box.x + box.width, "the panel does not hide what it is about");
    await screenshot(page, "proposal-1280");
    await page.reload();
    await panel.getByRole("heading", { name: proposal.properties.title }).waitFor();
    assert.ok((await panel.getByRole("link", { name: "Scheda del comune" }).count()) > 0);
    await panel.getByRole("link", { name: "Apri la scheda" }).click();
    await page.waitForURL(new RegExp(`/collections/pnrr-projects/items/${proposal.id}(\\?|$)`));
    assert.equal(await page.locator("h1").textContent(), proposal.properties.title);
    await idle(page);
    await screenshot(page, "item-1280", { fullPage: true });
    assert.deepEqual(faults, []);
    await close();
  });

  test("a proposal with a shape of its own stands at its true place", async (context) => {
    const answer = await fetch(`${at.url}/collections/pnrr-projects/items?f=json&precision=geometry&limit=1`);
    const [known] = (await answer.json()).features;
    if (!known) return context.skip("no proposal with a shape is published here");
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    await jump(page, middle(known.geometry), 15);
    const { x, y } = await inWindow(page, middle(known.geometry));
    await page.mouse.click(x, y);
    await page.locator("#panel .panel-precision, #panel .panel-list").first().waitFor();
    const text = await page.locator("#panel").innerText();
    assert.ok(text.includes(known.properties.title), text);
    assert.match(text, /Posizione vera|proposte in questo punto/);
    await screenshot(page, "place-1280");
    await page.goto(`${at.url}/collections/pnrr-projects/items/${known.id}`);
    await idle(page);
    assert.ok((await rendered(page, ["shape-fill", "shape-line", "shape-point"])).length > 0, "the item's own map");
    await screenshot(page, "item-with-a-place-1280");
    assert.deepEqual(faults, []);
    await close();
  });

  test("on a phone, a card fits into the window", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`, { viewport: NARROW });
    await idle(page);
    await page.locator("#map").evaluate((frame) => frame.scrollIntoView({ block: "start" }));
    const [cluster] = (await clickable(page, await rendered(page, ["clusters"]))).sort(byCount);
    await page.mouse.click(cluster.x, cluster.y);
    await idle(page);
    const box = await page.locator("#panel").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= NARROW.width, JSON.stringify(box));
    await screenshot(page, "cluster-360");
    assert.deepEqual(faults, []);
    await close();
  });

  test("the filter by mission changes what is drawn and the address, which brings the same view back", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const before = await rendered(page, ["clusters"]);
    const missions = await page.locator('#filters input[name="mission"]').evaluateAll((boxes) => boxes.map((box) => box.value));
    const chosen = missions.find((code) => before.some(({ properties }) => properties[`count_${code}`] > 0));
    await page.getByRole("button", { name: "Nessuna" }).click();
    await idle(page);
    assert.equal((await rendered(page, ["clusters"])).length, 0, "no mission, no proposals");
    await page.locator(`#mission-${chosen}`).check();
    await idle(page);
    const expected = before.filter(({ properties }) => properties[`count_${chosen}`] > 0);
    const after = await rendered(page, ["clusters"]);
    assert.deepEqual(municipalitiesOf(after), municipalitiesOf(expected));
    assert.match(page.url(), new RegExp(`[#&]missions=${chosen}($|&)`));
    assert.match(await page.locator("#shown").textContent(), /propost/);
    await screenshot(page, "filter-1280");
    const shared = await open(at.browser, page.url());
    await idle(shared.page);
    assert.deepEqual(municipalitiesOf(await rendered(shared.page, ["clusters"])), municipalitiesOf(expected));
    assert.equal(await shared.page.locator('#filters input[name="mission"]:checked').count(), 1);
    assert.deepEqual([...faults, ...shared.faults], []);
    await shared.close();
    await close();
  });

  test("a planner narrows the map: tiles, table, files and address follow", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const total = async () => Number((await page.locator("#map-table-count").textContent()).match(/[\d.]+/)[0].replaceAll(".", ""));
    const matched = async (filter) => {
      const answer = await fetch(`${at.url}/collections/pnrr-projects/items?f=json&limit=1&filter=${encodeURIComponent(filter)}`);
      return (await answer.json()).numberMatched;
    };
    const all = (await rendered(page, ["clusters"])).reduce((sum, { properties }) => sum + properties.count, 0);
    await page.locator("#narrow summary").click();
    await page.locator("#choice-precision").selectOption("address");
    await page.locator("#choice-min").fill("100000");
    await page.locator("#choice-min").press("Tab");
    await page.waitForFunction((all) => {
      const clusters = window.remixMap.queryRenderedFeatures({ layers: ["clusters"] });
      const count = clusters.reduce((sum, { properties }) => sum + properties.count, 0);
      return count > 0 && count < all;
    }, all);
    await idle(page);
    const filter = "precision IN ('address') AND funding_pnrr_cents >= 10000000";
    const expected = await matched(filter);
    assert.ok(expected > 0);
    await page.waitForFunction((count) => document.getElementById("map-table-count").textContent.startsWith(count), `${expected} `);
    assert.equal(await total(), expected);
    const clusters = await rendered(page, ["clusters"]);
    const left = clusters.reduce((sum, { properties }) => sum + properties.count, 0);
    assert.ok(left >= expected, "a proposal in several municipalities is drawn in each");
    assert.match(page.url(), /precision=address/);
    assert.match(page.url(), /min=100000/);
    // The demonstration states the mission of every proposal: the numbers beside the missions add up to all of them.
    await page.waitForFunction(
      (count) => [...document.querySelectorAll(".mission-list .mission-count")].slice(0, 7).reduce((sum, it) => sum + Number(it.textContent.replaceAll(".", "")), 0) === count,
      expected,
    );
    const file = await fetch(await page.locator("#map-table-csv").evaluate(({ href }) => href));
    assert.equal((await file.text()).trim().split("\r\n").length, expected + 1);
    await screenshot(page, "narrowed-1280", { fullPage: true });
    await page.getByRole("button", { name: "Titolo" }).click();
    await page.locator('th[aria-sort="ascending"]').waitFor();
    const titles = await page.locator("#map-table-rows tbody th").allTextContents();
    assert.deepEqual(titles, [...titles].sort());
    const shared = await open(at.browser, page.url());
    await idle(shared.page);
    await shared.page.locator("#map-table-rows tbody tr").first().waitFor();
    assert.deepEqual(await shared.page.locator("#map-table-rows tbody th").allTextContents(), titles);
    assert.equal(await shared.page.locator("#choice-precision").inputValue(), "address");
    await page.getByRole("button", { name: "Togli questi filtri" }).click();
    await page.waitForFunction(() => !window.remixMap.getSource("pnrr-projects").tiles[0].includes("filter="));
    assert.deepEqual([...faults, ...shared.faults], []);
    await shared.close();
    await close();
  });

  test("a zone is its municipalities, and the table can follow what is in sight", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map#zone=nord_milano`);
    await idle(page);
    const counts = async () => page.locator("#map-table-count").textContent();
    const zone = await counts();
    const answer = await fetch(`${at.url}/collections/municipalities/items?f=json&limit=200&properties=istat_code,zone&skipGeometry=true`);
    const { features } = await answer.json();
    const codes = new Set(features.filter(({ properties }) => properties.zone === "nord_milano").map(({ properties }) => properties.istat_code));
    const drawn = await rendered(page, ["clusters"]);
    assert.ok(drawn.some(({ properties }) => codes.has(properties.municipality)));
    await page.locator("#in-sight").check();
    await jump(page, [8.9, 45.55], 13);
    await page.waitForFunction((before) => document.getElementById("map-table-count").textContent !== before, zone);
    assert.match(page.url(), /insight=1/);
    assert.deepEqual(faults, []);
    await close();
  });

  test("near by, the filter leaves the proposals of the chosen mission alone", async () => {
    const { page, close } = await open(at.browser, `${at.url}/map`);
    const proposal = await aProposal(page);
    const { mission } = proposal.properties;
    await page.getByRole("button", { name: "Nessuna" }).click();
    await page.locator(`#mission-${mission}`).check();
    await idle(page);
    const left = await rendered(page, PROPOSALS);
    assert.ok(left.length > 0);
    assert.ok(left.every(({ properties }) => properties.mission === mission));
    await close();
  });

  test("other layers can be switched on, and the address remembers them", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const layers = await page.locator('#filters input[name="layer"]').evaluateAll((boxes) => boxes.map((box) => box.value));
    for (const layer of layers) {
      const drawn = { areas: ["areas"], programmes: ["programmes", "programmes-points"], services: ["services"] }[layer];
      assert.equal((await rendered(page, drawn)).length, 0, `${layer} is off at first`);
      await page.locator(`#layer-${layer}`).check();
      await idle(page);
      assert.ok((await rendered(page, drawn)).length > 0, `${layer} is drawn`);
      assert.match(page.url(), new RegExp(`layers=[\\w,]*${layer}`));
    }
    await screenshot(page, "layers-1280");
    assert.deepEqual(faults, []);
    await close();
  });

  test("the keyboard reaches the skip link, the map and the legend, and works them", async () => {
    const { page, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main");
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "main");
    const reached = [];
    for (let step = 0; step < 30 && !reached.includes("mission-M1"); step++) {
      await page.keyboard.press("Tab");
      reached.push(await focused());
      if (reached.at(-1) === "maplibregl-canvas") {
        const before = await page.evaluate(() => window.remixMap.getCenter().lng);
        await page.keyboard.press("ArrowRight");
        await idle(page);
        assert.ok((await page.evaluate(() => window.remixMap.getCenter().lng)) > before, "the arrow moves the map");
      }
    }
    assert.ok(reached.includes("maplibregl-canvas"), reached.join(", "));
    assert.equal(reached.at(-1), "mission-M1");
    await page.keyboard.press("Space");
    assert.equal(await page.locator("#mission-M1").isChecked(), false);
    assert.match(page.url(), /missions=/);
    await close();
  });

  test("the arrow keys go through the table's rows, from which a proposal is shown on the map and back", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const rows = page.locator(".show-on-map");
    await rows.first().focus();
    await page.keyboard.press("ArrowDown");
    const title = await page.locator("#map-table-rows tbody th").nth(1).textContent();
    assert.ok((await page.evaluate(() => document.activeElement.getAttribute("aria-label"))).endsWith(title));
    const before = await centre(page);
    await page.keyboard.press("Enter");
    await page.locator("#panel").getByRole("heading", { name: title }).waitFor();
    await idle(page);
    assert.notDeepEqual(await centre(page), before, "it was asked for: the map goes there");
    await page.keyboard.press("Escape");
    assert.ok((await page.evaluate(() => document.activeElement.getAttribute("aria-label"))).endsWith(title), "the focus is back in the row");
    assert.deepEqual(faults, []);
    await close();
  });

  test("the numbers beside a choice follow what is chosen beside it, and not itself", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map#missions=M4`);
    await idle(page);
    const number = async (locator) => Number((await locator.textContent()).replaceAll(/[^\d]/g, ""));
    const matched = async (filter) => {
      const answer = await fetch(`${at.url}/collections/pnrr-projects/items?f=json&limit=1&filter=${encodeURIComponent(filter)}`);
      return (await answer.json()).numberMatched;
    };
    const count = page.locator("label[for=mission-M5] .mission-count");
    assert.equal(await number(count), await matched("mission IN ('M5')"), "another mission is counted as if it were chosen");
    await page.locator("#narrow summary").click();
    const expected = await matched("mission IN ('M4') AND precision IN ('municipality')");
    const option = page.locator("#choice-precision option[value=municipality]");
    await page.waitForFunction((expected) => document.querySelector("#choice-precision option[value=municipality]").textContent.replaceAll(".", "").endsWith(`(${expected})`), expected);
    assert.match(await option.textContent(), /\(/);
    assert.match(await page.locator("#shown").textContent(), /^[\d.]+ su [\d.]+ proposte$/);
    assert.deepEqual(faults, []);
    await close();
  });

  test("a strategy shows its layers and missions, says what is missing, and is in the address", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    await page.locator("#strategy").selectOption("sttm-1");
    await idle(page);
    assert.match(page.url(), /strategy=sttm-1/);
    assert.equal(await page.locator('#filters input[name="mission"]:checked').count(), 1);
    assert.ok(await page.locator("#layer-areas").isChecked());
    const kinds = new Set((await rendered(page, ["areas"])).map(({ properties }) => properties.kind));
    assert.ok(kinds.size > 0 && !kinds.has("attractor_pole"), [...kinds].join(", "));
    assert.match(await page.locator("#strategy-note").innerText(), /STTM 1.*Domande e risposte/s);
    await screenshot(page, "strategy-1280");
    assert.deepEqual(faults, []);
    await close();
  });

  test("a municipality that is looked for is shown", async () => {
    const { page, faults, close } = await open(at.browser, `${at.url}/map`);
    await idle(page);
    const name = await page.locator("#find-municipality option").nth(7).textContent();
    await page.locator("#find-municipality").selectOption({ label: name });
    await page.getByRole("button", { name: "Vai" }).click();
    await idle(page);
    const names = (await rendered(page, ["municipalities-names"])).map(({ properties }) => properties.name);
    assert.ok(names.includes(name), `${name} among ${names.join(", ")}`);
    await screenshot(page, "found-1280");
    assert.deepEqual(faults, []);
    await close();
  });
}

/** A proposal on its own on the screen, seen from near by. */
async function aProposal(page) {
  await idle(page);
  const clusters = (await rendered(page, ["clusters"])).sort(byCount);
  for (const { coordinates } of clusters.slice(0, 10)) {
    await jump(page, coordinates, 13.7);
    const [proposal] = await clickable(page, await rendered(page, PROPOSALS));
    if (proposal) return proposal;
  }
  throw new Error("no proposal can be clicked");
}

/** From few to many: a swarm of a few proposals has room round each. */
function byCount(one, other) {
  return one.properties.count - other.properties.count;
}

/** Where the map is, and how near. */
function centre(page) {
  return page.evaluate(() => [...window.remixMap.getCenter().toArray(), window.remixMap.getZoom()]);
}

function municipalitiesOf(clusters) {
  return [...new Set(clusters.map(({ properties }) => properties.municipality))].sort();
}

/** The middle of a geometry's corners; a short line's is on it. */
function middle({ coordinates }) {
  const corners = coordinates.flat(3);
  const mean = (first) => {
    const values = corners.filter((_, place) => place % 2 === first);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return [mean(0), mean(1)];
}

function grouped(number) {
  return new Intl.NumberFormat("it-IT", { useGrouping: "always" }).format(number).replaceAll(".", "\\.");
}

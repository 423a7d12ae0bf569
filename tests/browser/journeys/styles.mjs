// The styles as other programs take them: valid by the specification's own validator, and all that they name is here.
import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import assert from "node:assert/strict";
import { test } from "node:test";

const json = async (url) => (await fetch(url)).json();

export function styles(at) {
  test("every style is valid, and its tiles are on this server", async () => {
    const { styles } = await json(`${at.url}/styles`);
    const ids = styles.map(({ id }) => id);
    for (const id of ["base", "sttm-1", "sttm-2", "sttm-3", "areas", "zones", "watercourses"]) assert.ok(ids.includes(id), id);
    for (const { id, links } of styles) {
      const style = await json(links.find(({ rel }) => rel === "stylesheet").href);
      assert.deepEqual(validateStyleMin(style), [], id);
      for (const { url } of Object.values(style.sources)) {
        assert.ok(url.startsWith(`${at.url}/`), url);
        assert.equal((await json(url)).tilejson, "3.0.0");
      }
      assert.ok(!/https?:/.test(JSON.stringify(style).replaceAll(at.url, "")), `${id} names another host`);
    }
  });

  test("a strategy shows its collections, only what it is about, and a legend that says so", async () => {
    const style = await json(`${at.url}/styles/sttm-2`);
    assert.deepEqual(Object.keys(style.sources).sort(), ["areas", "municipalities", "pnrr-projects", "programmes", "services"]);
    const layer = (id) => style.layers.find((layer) => layer.id === id);
    assert.equal(layer("services").layout?.visibility, undefined);
    assert.match(JSON.stringify(layer("areas").filter), /"attractor_pole"/);
    assert.match(JSON.stringify(layer("clusters-counts").layout["text-field"]), /"count_M4".*"count_M6"/);
    assert.doesNotMatch(JSON.stringify(layer("clusters-counts")), /\["get","count"\]/);
    const { entries } = await json(`${at.url}/styles/sttm-2/legend`);
    const projects = entries.find(({ collection }) => collection === "pnrr-projects");
    assert.deepEqual(projects.classes.map(({ value }) => value), ["M4", "M5", "M6"]);
    assert.ok(projects.classes.every(({ sign, label }) => /^#[0-9a-f]{6}$/.test(sign.fill) && label.it && label.en));
  });

  test("the signs beside the switches are drawn as the map draws", async () => {
    const { entries } = await json(`${at.url}/styles/base/legend`);
    const page = await (await fetch(`${at.url}/map?f=html`)).text();
    for (const { collection, classes } of entries.filter(({ classes }) => classes.length === 1)) {
      if (!page.includes(`id="layer-${collection}"`)) continue;
      const { fill = "none", stroke = "none" } = classes[0].sign;
      const sign = page.split(`id="layer-${collection}"`)[1].split("</svg>")[0];
      assert.ok(sign.includes(`fill="${fill}"`) && sign.includes(`stroke="${stroke}"`), `${collection}: ${sign}`);
    }
    assert.ok(page.includes('id="layer-areas"'));
  });
}

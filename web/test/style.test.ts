// The style and its colours: they can be told apart from the ground, and what stands on them can be read.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

declare const WEB: string;

type Colours = Record<string, string>;
const palette = JSON.parse(readFileSync(`${WEB}/../tiles/styles/palette.json`, "utf8")) as Record<string, Colours>;
const style = JSON.parse(readFileSync(`${WEB}/../tiles/styles/base.json`, "utf8")) as { layers: { id: string }[] };
const colour = (group: string, name: string) => palette[group]?.[name] ?? assert.fail(`no colour ${group}.${name}`);

test("missions and layers stand out from the ground by 3:1, and what stands on missions, changes and classes can be read at 4.5:1", () => {
  const ground = [colour("ground", "inside"), colour("ground", "selected")];
  for (const group of ["missions", "layers"]) {
    for (const [name, value] of Object.entries(palette[group] ?? {})) {
      for (const under of ground) assert.ok(contrast(value, under) >= 3, `${name} on ${under}`);
    }
  }
  for (const [name, value] of Object.entries(palette["missions"] ?? {})) {
    assert.ok(contrast(value, colour("ground", "halo")) >= 4.5, name);
  }
  for (const [name, value] of Object.entries(palette["changes"] ?? {})) {
    assert.ok(contrast(value, colour("ground", "halo")) >= 4.5, `the sign of what is ${name}`);
  }
  // Numbers on the classes of municipalities: dark ones, white on the last.
  for (const [name, value] of Object.entries(palette["classes"] ?? {})) {
    assert.ok(contrast(value, name === "c5" ? "#ffffff" : "#1a1a1a") >= 4.5, `the number of class ${name}`);
  }
  assert.ok(contrast(colour("ground", "name"), colour("ground", "outside")) >= 4.5);
  assert.ok(contrast(colour("cluster", "text"), colour("cluster", "fill")) >= 4.5);
});

test("every colour of the palette is used, and no layer comes twice", () => {
  const default_ = readFileSync(`${WEB}/../tiles/styles/default.json`, "utf8");
  const text = JSON.stringify(style) + default_ + readdirSync(`${WEB}/styles`).map((name) => readFileSync(`${WEB}/styles/${name}`, "utf8"));
  for (const [group, colours] of Object.entries(palette)) {
    for (const name of Object.keys(colours)) {
      const variable = `--${group}-${name.replaceAll("_", "-")}`;
      assert.ok(text.includes(`{${group}.${name}}`) || text.includes(variable), `${group}.${name}`);
    }
  }
  const ids = style.layers.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("the script says nothing but what it has words for", () => {
  const words = readFileSync(`${WEB}/words/it.toml`, "utf8").split("\n[map_script]\n")[1] ?? "";
  const known = new Set([...words.matchAll(/^(\w+) = /gm)].map(([, key]) => key));
  const sources = readdirSync(`${WEB}/src`).map((name) => readFileSync(`${WEB}/src/${name}`, "utf8")).join("\n");
  for (const [, key] of sources.matchAll(/\bsay\("(\w+)"/g)) assert.ok(known.has(key), key);
  for (const [, key] of sources.matchAll(/\bwords\.count\("(\w+)"/g)) assert.ok(known.has(`${key}_one`), key);
});

/** The contrast of two colours as WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

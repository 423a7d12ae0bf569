// The portal in a real browser: one server and one browser for all journeys. `node --test` here, or `npm test`.
import { after, before, describe } from "node:test";
import { accessibility } from "./journeys/accessibility.mjs";
import { budgets } from "./journeys/budgets.mjs";
import { costs } from "./journeys/costs.mjs";
import { live } from "./journeys/live.mjs";
import { map } from "./journeys/map.mjs";
import { pages } from "./journeys/pages.mjs";
import { people } from "./journeys/people.mjs";
import { planning } from "./journeys/planning.mjs";
import { screening } from "./journeys/screening.mjs";
import { search } from "./journeys/search.mjs";
import { styles } from "./journeys/styles.mjs";
import { startBrowser } from "./support/browser.mjs";
import { startPortal } from "./support/server.mjs";

describe("the portal", () => {
  /** Filled in before the first test: `url`, `browser`, `import`. */
  const at = {};
  let portal;

  before(async () => {
    portal = await startPortal();
    at.url = portal.url;
    at.import = portal.import;
    at.browser = await startBrowser();
  });

  after(async () => {
    await at.browser?.close();
    await portal?.stop();
  });

  describe("search", () => search(at));
  describe("map", () => map(at));
  describe("budgets", () => budgets(at));
  describe("planning", () => planning(at));
  describe("people", () => people(at));
  describe("costs", () => costs(at));
  describe("pages", () => pages(at));
  describe("accessibility", () => accessibility(at));
  describe("screening", () => screening(at));
  describe("styles", () => styles(at));
  // Last: it publishes.
  describe("live", () => live(at));
});

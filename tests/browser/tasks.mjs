// Five tasks as a new user does them, from the front page: clicks, and seconds in which the portal answers them. `REMIX_URL=http://…
// node tasks.mjs [FOLDER [TASK]]` leaves pictures of where each ends, and what is printed there, in the folder.
import { writeFile } from "node:fs/promises";
import { NARROW, WIDE, open, startBrowser } from "./support/browser.mjs";
import { idle, inWindow, jump } from "./support/map.mjs";

/** A phone is touched. */
const PHONE = { viewport: NARROW, hasTouch: true, isMobile: true };
const url = process.env.REMIX_URL;
const [folder, only = ""] = process.argv.slice(2);
const browser = await startBrowser();

/** The words by which a reader finds their way, in both languages. */
const WORDS = {
  it: { go: "Vai", changed: "Le variazioni di tutti i rilasci", map: "Mappa", draw: "un’area", done: "Fatto", strategies: "Strategie", guide: "I dati in QGIS, passo per passo" },
  en: { go: "Go", changed: "The changes of all releases", map: "Map", draw: "an area", done: "Done", strategies: "Strategies", guide: "The data in QGIS, step by step" },
};

/** Each ends where its answer can be read. */
const TASKS = {
  "a mayor: what changed in my municipality": async (reader) => {
    await sheet(reader);
    await reader.click(reader.page.getByRole("link", { name: new RegExp(reader.words.changed) }));
    await reader.page.locator(".changes-event").first().waitFor();
  },
  "a mayor: what is proposed, funded, missing": async (reader) => {
    await sheet(reader);
    await reader.page.locator(".sheet-figures").waitFor();
  },
  "a planner: what binds a drawn area": async (reader) => {
    const { page, words } = reader;
    await reader.click(page.locator("header nav").getByRole("link", { name: words.map, exact: true }));
    await idle(page);
    await jump(page, [9.19, 45.46], 11);
    await page.locator("#map-table-count").getByText(/\d/).waitFor();
    await reader.click(page.getByRole("button", { name: words.draw }).first());
    await page.locator("#drawing-bar").waitFor();
    await page.locator("#map").evaluate((map) => map.scrollIntoView({ block: "center" }));
    for (const corner of [[9.16, 45.44], [9.22, 45.44], [9.22, 45.47]]) {
      const { x, y } = await inWindow(page, corner);
      await reader.press(x, y);
      await page.waitForTimeout(400);
    }
    await reader.click(page.getByRole("button", { name: words.done }));
    await page.locator("#panel #screening").waitFor();
  },
  "a planner: a strategy's answers, with a filter, on the map": async (reader) => {
    const { page, words } = reader;
    await reader.click(page.locator("header nav").getByRole("link", { name: words.strategies, exact: true }));
    await reader.click(page.locator("main a[href*='/strategies/sttm-1']").first());
    await reader.click(page.locator("main a[href*='/questions/protected-areas']").first());
    await page.locator("h1").waitFor();
    await reader.click(page.locator("header nav").getByRole("link", { name: words.map, exact: true }));
    await idle(page);
    await reader.select(page.locator("#strategy"), "sttm-1");
    await reader.click(page.locator("#narrow summary"));
    await reader.select(page.locator("#choice-zone"), "nord_milano");
    await page.locator("#shown").getByText(/ (su|of) /).waitFor();
    await page.waitForTimeout(500);
    await idle(page);
  },
  "a GIS technician: the endpoint into QGIS": async (reader) => {
    await reader.click(reader.page.locator(".door").getByRole("link", { name: reader.words.guide }));
    await reader.click(reader.page.locator("[data-copy], .copy-button, button").filter({ hasText: /^(Copia|Copy)/ }).first());
    await reader.page.waitForFunction(() => document.getElementById("copied")?.textContent !== "");
  },
};

/** Who does a task: counts what they press. */
class Reader {
  clicks = 0;
  notes = [];

  constructor(page, words) {
    this.page = page;
    this.words = words;
  }

  async click(what) {
    this.clicks += 1;
    await what.click({ timeout: 10_000 });
  }

  async press(x, y) {
    this.clicks += 1;
    await (this.page.viewportSize().width === NARROW.width ? this.page.touchscreen.tap(x, y) : this.page.mouse.click(x, y));
  }

  async select(what, value) {
    this.clicks += 1;
    await what.selectOption(value, { timeout: 10_000 });
  }

  note(...words) {
    this.notes.push(words.join(" "));
  }
}

for (const [task, perform] of Object.entries(TASKS).filter(([task]) => task.includes(only))) {
  for (const device of [{ viewport: WIDE }, PHONE]) {
    for (const language of ["it", "en"]) await one(task, perform, device, language);
  }
}
await browser.close();

async function one(task, perform, device, language) {
  const { viewport } = device;
  const { page, faults, close } = await open(browser, `${url}/?lang=${language}`, { ...device, permissions: ["clipboard-read", "clipboard-write"] });
  const reader = new Reader(page, WORDS[language]);
  const start = performance.now();
  try {
    await perform(reader);
  } catch (error) {
    reader.note("STOPPED", error.message.split("\n")[0]);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log([task, viewport.width, language, reader.clicks, seconds, reader.notes.join(" "), faults.join(" ")].join(" | "));
  if (folder) {
    const name = `${folder}/${task.replace(/\W+/g, "-").slice(0, 40)}-${viewport.width}-${language}`;
    await page.screenshot({ path: `${name}.png`, fullPage: viewport === NARROW });
    if (viewport === WIDE) await writeFile(`${name}.pdf`, await page.pdf({ format: "A4", preferCSSPageSize: true }));
  }
  await close();
}

/** From the front page to the sheet of Rho. */
async function sheet(reader) {
  await reader.select(reader.page.locator("#find-municipality"), { label: "Rho" });
  await reader.click(reader.page.getByRole("button", { name: reader.words.go, exact: true }));
  await reader.page.waitForURL(/\/municipalities\/015182/);
}

// A real, headless Chromium with WebGL, and pages that remember what went wrong in them.
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const SCREENSHOTS = join(dirname(fileURLToPath(import.meta.url)), "../screenshots");
const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 360, height: 740 };
/** 320 CSS pixels: a 1280 pixel window at 400 %, as WCAG's criterion on reflow has it. */
export const NARROWEST = { width: 320, height: 640 };

/** Starts the browser: with WebGL drawn by the processor, or without any. */
export async function startBrowser({ webgl = true } = {}) {
  const program = process.env.CHROMIUM ?? PROGRAMS.find(existsSync);
  if (!program) throw new Error(`no Chromium at ${PROGRAMS.join(", ")}: install one, or name it in CHROMIUM`);
  await mkdir(SCREENSHOTS, { recursive: true });
  return chromium.launch({
    executablePath: program,
    args: [
      "--headless=new",
      "--no-sandbox",
      ...(webgl ? ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] : ["--disable-3d-apis"]),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens a page. `faults` gathers, as long as it is open: errors in the console or in scripts, and requests to any other host.
 */
export async function open(browser, url, { viewport = WIDE, ...options } = {}) {
  const context = await browser.newContext({ viewport, locale: "it-IT", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const host = new URL(url).host;
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (!["data:", "blob:"].includes(asked.protocol) && asked.host !== host) faults.push(`request: ${request.url()}`);
  });
  const response = await page.goto(url);
  return { page, faults, response, close: () => context.close() };
}

export function screenshot(page, name, options = {}) {
  return page.screenshot({ path: picturesOf(`${name}.png`), ...options });
}

/** Where a picture of this name is kept. */
export function picturesOf(name) {
  return join(SCREENSHOTS, name);
}

/** The violations that axe finds in the page as it stands, each in a line. */
export async function violations(page) {
  const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map((node) => `${impact} ${id}: ${help}\n  ${node.html.slice(0, 160)}\n  ${node.failureSummary?.replaceAll("\n", " ")}`),
  );
}

/** How many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

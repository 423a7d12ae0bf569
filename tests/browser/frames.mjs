// How many frames a second MapLibre draws while the map pans, by its own count: `REMIX_URL=http://… node frames.mjs [WIDTH HEIGHT]`.
// Here the processor draws, so it says more of the pixels than of the page.
import { open, startBrowser } from "./support/browser.mjs";
import { idle, jump } from "./support/map.mjs";

const [width = 1280, height = 800] = process.argv.slice(2).map(Number);
const browser = await startBrowser();
const { page } = await open(browser, `${process.env.REMIX_URL}/map`, { reducedMotion: "no-preference", viewport: { width, height } });
await idle(page);
await page.waitForFunction(() => document.getElementById("shown").textContent !== "");
const frame = await page.locator("#map").boundingBox();
console.log(`${await page.locator("#shown").textContent()}, map of ${Math.round(frame.width)} × ${Math.round(frame.height)} pixels`);
for (const zoom of [9, 11, 13]) {
  await jump(page, [9.15, 45.46], zoom);
  const frames = await page.evaluate(
    () =>
      new Promise((done) => {
        const start = performance.now();
        let frames = 0;
        window.remixMap.on("render", () => frames++);
        window.remixMap.once("moveend", () => done((1000 * frames) / (performance.now() - start)));
        window.remixMap.panBy([900, 0], { duration: 4000, easing: (part) => part });
      }),
  );
  console.log(`zoom ${zoom}: ${frames.toFixed(1)} frames a second`);
}
await browser.close();

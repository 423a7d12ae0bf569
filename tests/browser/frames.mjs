import { startBrowser, open } from "./support/browser.mjs";
import { idle, jump } from "./support/map.mjs";
const browser = await startBrowser();
const { page } = await open(browser, "http://127.0.0.1:8471/map", { reducedMotion: "no-preference", viewport: {width: Number(process.argv[2] ?? 1280), height: Number(process.argv[3] ?? 800)} });
await idle(page);
console.log(await page.locator("#shown").textContent());
for (const zoom of [9, 11, 13]) {
  await jump(page, [9.15, 45.46], zoom);
  const out = await page.evaluate(() => new Promise((done) => {
    const map = window.remixMap; let frames = 0; let busy = 0; let began = 0;
    const raf = []; let last = performance.now(); let go = true;
    const tick = (t) => { raf.push(t - last); last = t; if (go) requestAnimationFrame(tick); }; requestAnimationFrame(tick);
    map.on("render", () => frames++);
    const orig = map._render.bind(map); map._render = (...a) => { const s = performance.now(); const r = orig(...a); busy += performance.now() - s; return r; };
    const start = performance.now();
    map.once("moveend", () => { go = false; const s = (performance.now() - start) / 1000; done({ seconds: s, frames, fps: frames / s, msPerRender: busy / frames, rafMedian: raf.sort((a, b) => a - b)[raf.length >> 1] }); });
    map.panBy([900, 0], { duration: 4000, easing: (t) => t });
  }));
  console.log(zoom, JSON.stringify(out));
}
await browser.close();

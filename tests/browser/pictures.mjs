// The pictures of the README: `npm run pictures` here, with the program built. They show the demonstration.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { answered } from "./journeys/accessibility.mjs";
import { WIDE, open, startBrowser } from "./support/browser.mjs";
import { idle } from "./support/map.mjs";
import { startPortal } from "./support/server.mjs";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "../../web/pictures");
const MOST_BYTES = 150 * 1024;

const portal = await startPortal();
const browser = await startBrowser();
try {
  await mkdir(FOLDER, { recursive: true });
  await answered(`${portal.url}/strategies`);
  for (const [name, path] of Object.entries({ home: "/", map: "/map", sheet: "/municipalities/015182", proposal: await aProposalInAPark() })) {
    const { page, close } = await open(browser, portal.url + path, { viewport: WIDE });
    if (await page.locator("#map").count()) await idle(page);
    const picture = await asWebp(page, await page.screenshot());
    if (picture.length > MOST_BYTES) throw new Error(`${name} has ${picture.length} bytes: ${MOST_BYTES} at most are for the README`);
    await writeFile(join(FOLDER, `${name}.webp`), picture);
    console.log(`${name}.webp: ${picture.length} bytes`);
    await close();
  }
} finally {
  await browser.close();
  await portal.stop();
}

/** The page of a proposal that lies partly in a protected area, from where its questions begin. */
async function aProposalInAPark() {
  const answer = await fetch(`${portal.url}/strategies/sttm-1/questions/protected-areas?f=json&standing=partly_inside`);
  const [{ id }] = (await answer.json()).subjects;
  return `/collections/pnrr-projects/items/${id}#asked`;
}

/** A picture as WebP, made by the browser itself on an empty page, which the portal's policy does not bind. */
async function asWebp(page, png) {
  await page.goto("about:blank");
  const encoded = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.85 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, png.toString("base64"));
  return Buffer.from(encoded);
}

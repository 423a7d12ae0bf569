// What tests ask of the map: that it has come to rest, what it really shows, where that is on the screen.

/** Waits until the map has drawn all that it has to draw. */
export async function idle(page) {
  await page.waitForFunction(() => window.remixMap?.isStyleLoaded(), undefined, { timeout: 60_000 });
  await page.evaluate(
    () =>
      new Promise((done) => {
        window.remixMap.once("idle", done);
        window.remixMap.triggerRepaint();
      }),
  );
}

/** Shows a place at once. */
export async function jump(page, center, zoom) {
  await page.evaluate(([center, zoom]) => window.remixMap.jumpTo({ center, zoom }), [center, zoom]);
  await idle(page);
}

/** The features that these layers of the style really show, with where they are in the window. */
export function rendered(page, layers) {
  return page.evaluate((layers) => {
    const map = window.remixMap;
    const frame = map.getCanvas().getBoundingClientRect();
    return map.queryRenderedFeatures({ layers }).map((feature) => {
      const coordinates = feature.geometry.type === "Point" ? feature.geometry.coordinates : undefined;
      const at = coordinates && map.project(coordinates);
      return {
        id: feature.id,
        layer: feature.layer.id,
        properties: feature.properties,
        coordinates,
        x: at && frame.x + at.x,
        y: at && frame.y + at.y,
      };
    });
  }, layers);
}

/** Where a place is in the window. */
export function inWindow(page, center) {
  return page.evaluate((center) => {
    const { x, y } = window.remixMap.project(center);
    const frame = window.remixMap.getCanvas().getBoundingClientRect();
    return { x: frame.x + x, y: frame.y + y };
  }, center);
}

/** Of point features, those that can be clicked: on the canvas, not under a button, with nothing else near. */
export async function clickable(page, features) {
  const free = await page.evaluate(
    (points) => points.map(([x, y]) => document.elementFromPoint(x, y)?.tagName === "CANVAS"),
    features.map(({ x, y }) => [x, y]),
  );
  return features.filter(({ x, y }, index) => {
    const alone = features.every((other) => {
      const distance = Math.hypot(other.x - x, other.y - y);
      return distance < 0.5 || distance > 16;
    });
    return free[index] && alone;
  });
}

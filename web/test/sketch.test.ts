// What is drawn: how large it is, and how an address keeps it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { geometryOf, read, write } from "../src/sketch.ts";
import { type Point, area, length } from "../src/sphere.ts";

const square: Point[] = [[9, 45], [9.01, 45], [9.01, 45.01], [9, 45.01]];

test("a shape comes back from its address, and what is no shape does not", () => {
  const sketch = { kind: "polygon" as const, points: square };
  assert.deepEqual(read(write(sketch)), sketch);
  for (const wrong of [null, [], ["polygon", "9", "45"], ["polygon", "9", "45", "9", "46"], ["line", "9", "45", "9"], ["point", "9", "x"], ["point", "200", "4"], ["circle", "9", "45"]]) {
    assert.equal(read(wrong), null, String(wrong));
  }
  assert.equal(write({ kind: "line", points: Array.from({ length: 61 }, (): Point => [9, 45]) }), null, "too long for an address");
});

test("a polygon is closed, and two points of one are a line still", () => {
  assert.deepEqual(geometryOf({ kind: "polygon", points: square }), { type: "Polygon", coordinates: [[...square, square[0]]] });
  assert.equal(geometryOf({ kind: "polygon", points: square.slice(0, 2) }).type, "LineString");
});

test("lengths and areas are within half a per cent of the ellipsoid's", () => {
  // By the radii of curvature of WGS 84 in the middle: 1111.3 m along the meridian, 876,160 m².
  const close = (value: number, expected: number) => assert.ok(Math.abs(value / expected - 1) < 0.005, `${value} is not ${expected}`);
  close(length([[9, 45], [9, 45.01]]), 1111.3);
  close(area(square), 876_160);
  close(area([...square, square[0] as Point]), 876_160);
  close(area([...square].reverse()), 876_160);
});

// Classes of a coloured map.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bounds, classOf } from "../src/classes.ts";

test("classes have about as many values each, with round bounds, and never part equal values", () => {
  const values = Array.from({ length: 100 }, (_, place) => place * 10.37);
  const edges = bounds(values, 5);
  assert.deepEqual(edges, [210, 410, 620, 830]);
  const sizes = [0, 1, 2, 3, 4].map((number) => values.filter((value) => classOf(value, edges) === number).length);
  assert.ok(sizes.every((size) => size >= 17 && size <= 23), sizes.join());
  assert.deepEqual(bounds([5, 5, 5, 5], 5), [], "one value is one class");
  assert.deepEqual(bounds([], 5), [], "nothing has no classes");
  assert.deepEqual(bounds([0, 0, 0, 0, 0, 0, 0, 0, 1, 2], 5), [1, 2], "many zeros leave the classes to the others");
  assert.deepEqual(bounds([...Array<number>(125).fill(0), 2, 6, 8, 9, 10, 16, 30, 36], 5), [2, 8, 10, 30]);
  assert.equal(classOf(5, [5]), 1, "a bound is of the class above it");
});

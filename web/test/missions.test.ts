import assert from "node:assert/strict";
import { test } from "node:test";
import { countExpression, countIn, dependsOnCount, filterFor, withCount } from "../src/missions.ts";

const cluster = { cluster: true, count: 12, count_M1: 7, count_M5: 5 };

test("a cluster counts the chosen missions; a mission that it lacks is none", () => {
  assert.equal(countIn(cluster, null), 12);
  assert.equal(countIn(cluster, ["M1", "M2"]), 7);
  assert.equal(countIn(cluster, []), 0);
});

test("the style's count becomes that of the choice, wherever it stands", () => {
  const radius = ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 5];
  assert.deepEqual(withCount(radius, null), radius);
  assert.deepEqual(withCount(radius, ["M1"]), ["interpolate", ["linear"], ["sqrt", countExpression(["M1"])], 1, 5]);
  const shares = ["concat", ["to-string", ["get", "count_M1"]], ["to-string", ["get", "count_M2"]]];
  assert.deepEqual(withCount(shares, ["M2"]), ["concat", ["to-string", 0], ["to-string", ["get", "count_M2"]]]);
  assert.ok(dependsOnCount(radius) && dependsOnCount(shares));
  assert.ok(!dependsOnCount(["get", "county"]) && !dependsOnCount(undefined) && !dependsOnCount(3));
});

test("a filter keeps the layer's own, and without a choice is nothing else", () => {
  const own = ["==", ["get", "cluster"], true] as never;
  assert.equal(filterFor(own, null), own);
  assert.deepEqual((filterFor(own, ["M1"]) as unknown[]).slice(0, 2), ["all", own]);
  assert.equal(filterFor(undefined, null), undefined);
});

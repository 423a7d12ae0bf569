import assert from "node:assert/strict";
import { test } from "node:test";
import { readList, writeList } from "../src/address.ts";

test("a list in the fragment is read, and told from one that is not there", () => {
  assert.deepEqual(readList("#map=9/45.4/9.1&missions=M1,M5", "missions"), ["M1", "M5"]);
  assert.deepEqual(readList("#missions=", "missions"), []);
  assert.equal(readList("#map=9/45.4/9.1", "missions"), null);
  assert.equal(readList("", "missions"), null);
  assert.deepEqual(readList("#layers=a%2Cb", "layers"), ["a,b"]);
});

test("a list is written beside what else is there, and the map's own entry is left as it is", () => {
  assert.equal(writeList("#map=9/45.4/9.1", "missions", ["M1", "M5"]), "#map=9/45.4/9.1&missions=M1,M5");
  assert.equal(writeList("#missions=M1&map=9/45.4/9.1", "missions", ["M2"]), "#map=9/45.4/9.1&missions=M2");
  assert.equal(writeList("#missions=M1", "missions", null), "");
  assert.equal(writeList("", "missions", []), "#missions=");
  for (const list of [[], ["M1"], ["a,b", "c&d=e"]]) assert.deepEqual(readList(writeList("", "x", list), "x"), list);
});

test("a damaged address loses what is damaged, and no more", () => {
  assert.deepEqual(readList("#missions=M1,%E0%A4%A,M5", "missions"), ["M1", "M5"]);
});

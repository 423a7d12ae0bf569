// What the page tells the script; its Rust twin is crates/api/src/pages/map_config.rs.
import type { Geometry } from "geojson";

export interface Mission {
  code: string;
  label: string;
  count: number;
}

export interface Municipality {
  code: string;
  name: string;
  zone: string | null;
  at: [number, number];
}

export interface Place {
  municipalities: string[];
  geometry: Geometry | null;
  mission: string | null;
}

export interface Strategy {
  id: string;
  code: string;
  title: string;
  url: string;
  /** Of each collection, fields with the values one of which a record has to have. */
  shown: Record<string, Record<string, string[]>>;
  /** Titles of the collections it is about of which nothing is published. */
  absent: string[];
}

export interface Config {
  /** West, south, east, north in degrees. */
  extent: [number, number, number, number];
  style: string;
  language: string;
  words: Record<string, string>;
  missions: Mission[];
  /** With `{collection}` and `{id}` to fill in. */
  item_url: string;
  /** The features that the table beside the map lists; empty: there is none. */
  items_url: string;
  /** With `{municipality}` to fill in. */
  list_url: string | null;
  municipalities: Municipality[];
  /** With `{municipality}` to fill in. */
  sheet_url: string;
  strategies: Strategy[];
  /** Whose data the map shows, of which release and day. */
  credit: string;
  place: Place | null;
}

export function readConfig(): Config {
  const element = document.getElementById("map-config");
  if (!element?.textContent) throw new Error("the page has no map-config");
  return JSON.parse(element.textContent) as Config;
}

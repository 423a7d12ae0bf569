// The table that says what the colours of the municipalities say.
import { classOf } from "./classes.ts";
import { element, link } from "./elements.ts";
import type { Words } from "./words.ts";

/** A municipality and its figure. */
export interface Row {
  code: string;
  name: string;
  url: string;
  /** `null`: it cannot be worked out. */
  value: number | null;
  text: string;
}

/** Fills the table, the greatest figure first; without rows it is not shown. */
export function fillThemeTable(id: string, rows: Row[], edges: number[], words: Words): void {
  const place = document.getElementById("theme-table");
  const table = document.getElementById("theme-rows");
  if (!place || !table) return;
  place.hidden = rows.length === 0;
  if (rows.length === 0) return table.replaceChildren();
  const sorted = [...rows].sort((one, other) => (other.value ?? -1) - (one.value ?? -1) || one.name.localeCompare(other.name));
  const headings = [words.say("column_municipality"), words.say(`theme_${id}`), words.say("column_class")].map((label, place) => {
    const heading = element("th", place === 1 ? "numeric" : "", label);
    heading.scope = "col";
    return heading;
  });
  const body = sorted.map(({ name, url, value, text }) => {
    const title = element("th", "", link("", url, name));
    title.scope = "row";
    return element("tr", "", title, element("td", "numeric", text), element("td", "", value === null ? "–" : String(classOf(value, edges) + 1)));
  });
  table.replaceChildren(element("thead", "", element("tr", "", ...headings)), element("tbody", "", ...body));
}

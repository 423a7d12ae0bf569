// The table that says what the signs of changes on the map say, field by field.
import type { Change } from "./changes.ts";
import { element, link } from "./elements.ts";
import type { Words } from "./words.ts";

const COLUMNS = ["change", "title", "fields", "show"];

/** Fills the table; without changes it is not shown. `show` leads from a row to its sign. */
export function fillChangesTable(changes: Change[], words: Words, show: (change: Change) => void): void {
  const place = document.getElementById("changes-table");
  const table = document.getElementById("changes-rows");
  if (!place || !table) return;
  place.hidden = changes.length === 0;
  const head = COLUMNS.map((id) => {
    const cell = element("th", "", words.say(`column_${id}`));
    cell.scope = "col";
    return cell;
  });
  const body = changes.map((change) => row(change, words, show));
  table.replaceChildren(element("thead", "", element("tr", "", ...head)), element("tbody", "", ...body));
}

/** Marks the row of the change that the card is of, and no other. */
export function markChange(chosen: Change | null): void {
  for (const row of document.querySelectorAll<HTMLElement>("#changes-rows tbody tr")) {
    if (row.dataset["number"] === String(chosen?.id)) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

/** What a field said and says. */
export function fieldsOf({ properties: { fields } }: Change, words: Words): HTMLElement[] {
  const absent = words.say("absent");
  return fields.map(({ label, before_text: before, after_text: after }) =>
    element("li", "", `${label}: `, element("del", "", before ?? absent), " → ", element("ins", "", after ?? absent)),
  );
}

function row(change: Change, words: Words, show: (change: Change) => void): HTMLElement {
  const { title: name, href, change: kind } = change.properties;
  const title = element("th", "", href ? link("", href, name) : name);
  title.scope = "row";
  const button = element("button", "btn-text show-on-map", words.say("show_on_map"));
  button.type = "button";
  button.setAttribute("aria-label", words.say("show_this", { title: name }));
  button.addEventListener("click", () => show(change));
  const fields = element("ul", "changed-fields", ...fieldsOf(change, words));
  const made = element("tr", "", element("td", "", words.say(`change_is_${kind}`)), title, element("td", "", fields), element("td", "", ...(change.at ? [button] : [])));
  made.dataset["number"] = String(change.id);
  return made;
}

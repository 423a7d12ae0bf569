// What the reader has chosen, kept in the fragment of the address: #map=zoom/lat/lon&missions=M1,M5&layers=areas.
// The fragment never reaches the server, so every view can be shared without a parameter that the server must know.
// `map` is MapLibre's own entry: it is left as it is.

/** The values of a list in the fragment; `null` when it is not there. What is damaged in it is left out. */
export function readList(fragment: string, name: string): string[] | null {
  for (const [key, value] of entries(fragment)) {
    if (key === name) return value.split(",").map(decoded).filter(Boolean);
  }
  return null;
}

/** The fragment with the list replaced; `null` takes it out. An empty list stays, as a choice of nothing. */
export function writeList(fragment: string, name: string, values: string[] | null): string {
  const rest = entries(fragment).filter(([key]) => key !== name);
  if (values) rest.push([name, values.map(encodeURIComponent).join(",")]);
  return rest.length === 0 ? "" : `#${rest.map(([key, value]) => `${key}=${value}`).join("&")}`;
}

/** What the address of the page says. */
export function kept(name: string): string[] | null {
  return readList(window.location.hash, name);
}

/** Puts a list into the address of the page, without an entry in the history. */
export function keepList(name: string, values: string[] | null): void {
  const { pathname, search, hash } = window.location;
  history.replaceState(history.state, "", pathname + search + writeList(hash, name, values));
}

/** A text as it was before it was put into an address; empty where an address is damaged. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function entries(fragment: string): [string, string][] {
  return fragment
    .replace(/^#/, "")
    .split("&")
    .filter(Boolean)
    .map((entry) => {
      const at = entry.indexOf("=");
      return at < 0 ? [entry, ""] : [entry.slice(0, at), entry.slice(at + 1)];
    });
}

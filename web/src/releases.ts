// The published releases of all sources, the latest first: asked for when first needed, and once.
import type { Words } from "./words.ts";

export interface Release {
  id: number;
  source: string;
  state: string;
  decided_at: string;
  collections: { collection: string }[];
}

/** So many are offered: more than a portal has in ten years. */
const ASKED = 1000;

let asked: Promise<Release[]> | undefined;

export function publishedReleases(): Promise<Release[]> {
  asked ??= read();
  return asked;
}

/** A release to choose, by its number and day; `of`: whose it is, where that is not plain. */
export function releaseOption({ id, decided_at: day }: Release, words: Words, of = ""): HTMLOptionElement {
  const text = words.say("release_option", { number: String(id), date: words.day(day.slice(0, 10)) });
  return new Option(of ? `${text}: ${of}` : text, String(id));
}

async function read(): Promise<Release[]> {
  const response = await fetch(`/releases?f=json&limit=${ASKED}`).catch(() => null);
  if (!response?.ok) return [];
  return ((await response.json()) as { releases: Release[] }).releases.filter(({ state }) => state === "published");
}

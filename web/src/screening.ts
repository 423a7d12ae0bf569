// What binds a place: the server is asked, and its answer, words and numbers, stands in the panel as the server writes it.
import type { Geometry } from "geojson";
import { element } from "./elements.ts";
import type { Panel } from "./panel.ts";
import type { Words } from "./words.ts";

const ADDRESS = "/processes/screening/execution";

/** What is asked about: a shape, a record (`areas/12`), or a file in whatever format. */
export type Asked = { place: Geometry } | { feature: string } | { file: File };

export class Screening {
  private asked: AbortController | undefined;

  constructor(
    private readonly panel: Panel,
    private readonly words: Words,
    private readonly language: string,
  ) {}

  /** Asks, and shows the answer; `closed` is told when that is put away. `beside`: where the place is, as a share of the map's width. */
  async ask(what: Asked, beside: number, closed: () => void): Promise<void> {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const show = (content: Node[]) => {
      const ended = () => {
        asked.abort();
        closed();
      };
      this.panel.open(this.words.say("screening"), content, { owner: asked, beside, wide: true, closed: ended });
    };
    show([element("p", "", this.words.say("screening_wait"))]);
    try {
      const response = await fetch(`${ADDRESS}?lang=${this.language}`, { method: "POST", signal: asked.signal, ...body(what) });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = page.getElementById("screening") ?? page.getElementById("problem");
      if (asked.signal.aborted) return;
      show(answer ? [document.adoptNode(answer)] : [element("p", "", this.words.say("screening_failure"))]);
    } catch (error) {
      if (asked.signal.aborted) return;
      console.info("the screening has no answer", error);
      show([element("p", "", this.words.say("screening_failure"))]);
    }
  }
}

function body(what: Asked): RequestInit {
  if ("file" in what) {
    const form = new FormData();
    form.append("file", what.file);
    return { headers: { Accept: "text/html" }, body: form };
  }
  return { headers: { Accept: "text/html", "Content-Type": "application/json" }, body: JSON.stringify({ inputs: what }) };
}

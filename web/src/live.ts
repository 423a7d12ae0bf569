// What is published while the page is open: the map asks again for the tiles that changed, and for no others.
import type { Tiles } from "./tiles.ts";

/** What an event says of the collections that it concerns; those without places have no tiles. */
interface Change {
  collections: { id: string; tiles?: string }[];
}

export class Live {
  private events: EventSource | undefined;

  constructor(
    private readonly tiles: Tiles,
    private readonly changed: () => void,
  ) {
    // A page that nobody sees gives its connection up: browsers have few of them for one server.
    document.addEventListener("visibilitychange", () => this.follow());
    this.follow();
  }

  private follow(): void {
    if (document.hidden) {
      this.events?.close();
      this.events = undefined;
    } else if (!this.events) {
      this.events = new EventSource("/events");
      // First comes how things stand, then what changes.
      for (const name of ["edition", "release"]) this.events.addEventListener(name, (event) => this.hear(event));
    }
  }

  private hear(event: MessageEvent<string>): void {
    for (const { id, tiles } of (JSON.parse(event.data) as Change).collections) {
      if (tiles && this.tiles.renew(id, tiles)) this.changed();
    }
  }
}

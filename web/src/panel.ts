// The panel over the map: a card of what is selected, an answer. It opens where it does not hide what it is about, moves nothing,
// takes the focus, and gives it back when it closes.

export class Panel {
  private readonly box = document.getElementById("panel");
  private readonly title = document.getElementById("panel-title");
  private readonly body = document.getElementById("panel-body");
  private closed: (() => void) | undefined;
  private owner: unknown;
  private from: Element | null = null;

  constructor() {
    document.getElementById("panel-close")?.addEventListener("click", () => this.close());
    this.box?.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  get isOpen(): boolean {
    return this.box?.hidden === false;
  }

  /** Shows what belongs to an owner, whose `closed` is told when something else takes the place, or nothing. `beside`: the point of
   * the map, as a share of its width, that has to stay in sight. */
  open(title: string, content: Node[], options: { owner: unknown; beside?: number; wide?: boolean; closed?: () => void }): void {
    const { box } = this;
    if (!box || !this.title || !this.body) return;
    const before = options.owner === this.owner ? undefined : this.closed;
    this.owner = options.owner;
    this.closed = options.closed;
    before?.();
    if (!box.contains(document.activeElement)) this.from = document.activeElement;
    this.title.textContent = title;
    this.body.replaceChildren(...content);
    box.classList.toggle("panel-left", (options.beside ?? 0) > 0.5);
    box.classList.toggle("panel-wide", options.wide ?? false);
    box.hidden = false;
    box.scrollTop = 0;
    box.focus({ preventScroll: true });
  }

  /** Shows something else of the same owner. */
  amend(content: Node[]): void {
    this.body?.replaceChildren(...content);
    this.box?.focus({ preventScroll: true });
  }

  /** Closes it, whoever it belongs to, or if it belongs to this owner. */
  close(owner?: unknown): void {
    const { box, closed } = this;
    if (!box || box.hidden || (owner !== undefined && owner !== this.owner)) return;
    const had = box.contains(document.activeElement);
    box.hidden = true;
    this.closed = this.owner = undefined;
    closed?.();
    const back = this.from?.isConnected && this.from !== document.body ? this.from : document.querySelector(".maplibregl-canvas");
    if (had && back instanceof HTMLElement) back.focus({ preventScroll: true });
  }
}

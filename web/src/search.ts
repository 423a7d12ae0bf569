// The list that opens under a field to search in: a combobox, as ARIA has it. Without this script the form alone does it.
import { element } from "./elements.ts";

interface Result {
  title: string;
  about: string;
  kind: string;
  url: string;
}

interface Answer {
  query: string;
  numberMatched: number;
  results: Result[];
}

/** Milliseconds without a key after which the question is asked. */
const PAUSE = 120;
/** Records in the list. */
const LISTED = 8;

class Search {
  private readonly input: HTMLInputElement;
  private readonly list = element("ul", "search-list");
  private readonly status: HTMLElement | null;
  private readonly language: string | null;
  private options: HTMLElement[] = [];
  private active = -1;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;

  constructor(private readonly form: HTMLFormElement) {
    const id = form.dataset["search"] ?? "";
    this.input = form.querySelector<HTMLInputElement>(`#${id}`)!;
    this.status = form.querySelector("[role=status]");
    this.language = form.querySelector<HTMLInputElement>("[name=lang]")?.value ?? null;
    this.list.id = `${id}-list`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset["results"] ?? "");
    this.input.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" })) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // The focus stays in the field while something in the list is clicked.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  private wait(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    this.asked?.abort();
    const text = this.input.value.trim();
    if (text.length < 2) return this.close();
    const asked = new AbortController();
    this.asked = asked;
    try {
      const response = await fetch(this.address({ q: text, limit: String(LISTED), f: "json" }), { signal: asked.signal });
      if (response.ok) this.show((await response.json()) as Answer);
    } catch (error) {
      if (!asked.signal.aborted) console.info("the search has no answer", error);
    }
  }

  private address(parameters: Record<string, string>): string {
    const all = new URLSearchParams(parameters);
    const language = this.language ?? document.documentElement.lang;
    all.set("lang", language);
    return `${this.form.getAttribute("action")}?${all}`;
  }

  private show({ query, numberMatched, results }: Answer): void {
    if (document.activeElement !== this.input) return;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.options = results.map((result, place) => this.option(result.url, place, result.title, `${result.kind} · ${result.about}`));
    if (numberMatched > results.length) {
      const { form } = this;
      const text = `${form.dataset["all"]} (${new Intl.NumberFormat(document.documentElement.lang).format(numberMatched)})`;
      this.options.push(this.option(this.address({ q: query }), results.length, text, ""));
    }
    this.list.replaceChildren(...this.options);
    const open = this.options.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.say(numberMatched);
  }

  private option(url: string, place: number, title: string, about: string): HTMLElement {
    const option = element("li", "", element("strong", "", title), element("span", "", about.replace(/ · $/, "")));
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset["url"] = this.language && !url.includes("lang=") ? `${url}?lang=${this.language}` : url;
    option.addEventListener("click", () => this.follow(option));
    return option;
  }

  private press(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.close();
    }
    const chosen = this.options[this.active];
    if (event.key === "Enter" && chosen && !this.list.hidden) {
      event.preventDefault();
      return this.follow(chosen);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (this.list.hidden) return void this.ask();
    // One step beyond either end is the field itself.
    const count = this.options.length + 1;
    this.activate(((this.active + 1 + step + count) % count) - 1);
  }

  private activate(place: number): void {
    this.active = place;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.options[place];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  private follow(option: HTMLElement): void {
    window.location.assign(option.dataset["url"] ?? "/search");
  }

  private close(): void {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private say(count: number): void {
    const { none, found } = this.form.dataset;
    if (this.status) this.status.textContent = (count === 0 ? none : `${found} ${count}`) ?? "";
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-search]")) new Search(form);

// The map stood on the front page once: whoever kept such an address gets there still.
if (window.location.pathname === "/" && /[#&]map=/.test(window.location.hash)) {
  window.location.replace(`/map${window.location.search}${window.location.hash}`);
}

// The numbers beside missions and options, which follow all that is chosen beside them, and how many proposals are left.
import type { Figures, Numbers } from "./figures.ts";
import type { Words } from "./words.ts";

export class Counts {
  constructor(
    figures: Figures,
    private readonly words: Words,
  ) {
    figures.hear((numbers) => this.show(numbers));
  }

  private show(numbers: Numbers | null): void {
    for (const box of document.querySelectorAll<HTMLInputElement>('#filters input[name="mission"]')) {
      const written = box.closest("label")?.querySelector(".mission-count");
      if (written) written.textContent = numbers ? this.count(numbers, "mission", box.value) : "";
    }
    for (const select of document.querySelectorAll<HTMLSelectElement>("#filters select[data-choice]")) {
      for (const option of select.options) {
        const label = option.dataset["label"];
        if (label) option.textContent = numbers ? `${label} (${this.count(numbers, select.name, option.value)})` : label;
      }
    }
    const shown = document.getElementById("shown");
    if (shown) shown.textContent = this.sentence(numbers);
  }

  private sentence(numbers: Numbers | null): string {
    if (!numbers) return this.words.say("shown_failure");
    const { numberMatched: count, numberPublished: all } = numbers;
    if (count === all) return this.words.count("proposal", count);
    return this.words.say("shown_of", { count: this.words.integer(count), all: this.words.integer(all) });
  }

  private count(numbers: Numbers, choice: string, value: string): string {
    return this.words.integer(numbers.choices[choice]?.[value] ?? 0);
  }
}

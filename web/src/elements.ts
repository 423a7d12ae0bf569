// A short way to make elements. Text is always text: nothing from the data is ever read as markup.

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function link(className: string, href: string, text: string): HTMLAnchorElement {
  const made = element("a", className, text);
  made.href = href;
  return made;
}

/** The sign of a mission, as the legend draws it. */
export function missionSign(code: string): HTMLElement {
  const sign = element("span", "mission-sign", code);
  sign.dataset["mission"] = code;
  sign.setAttribute("aria-hidden", "true");
  return sign;
}

"use strict";
document.documentElement.classList.add("scripted");
const wide = matchMedia("(min-width: 56.01rem)"); // as in the style: here cards stand beside the text
const parts = new Map(); // by section
const words = (value) => (value ? value.split(" ") : []);

// What is tapped or linked to stays lit until it is tapped again, and the address leads to it. In a narrow window its
// cards are at the foot.
const sheet = document.body.appendChild(document.createElement("aside"));
sheet.className = "sheet";
sheet.ariaLabel = "Statement";
sheet.ariaLive = "polite";
sheet.tabIndex = -1;
sheet.hidden = true;
const close = Object.assign(document.createElement("button"), { textContent: "close" });
let kept = null;
const keep = (part, ids, from) => {
  const former = kept;
  kept = part && { part, ids, from };
  former?.part.light();
  part?.light();
  part?.follow();
  const cards = part?.pane && !wide.matches ? ids.map((id) => part.cards.get(id).cloneNode(true)) : [];
  for (const card of cards) card.removeAttribute("id");
  sheet.replaceChildren(close, ...cards);
  sheet.hidden = !cards.length;
  if (!part) former?.from?.focus({ preventScroll: true });
  else history.replaceState(null, "", `#${part.cards.get(ids[0]).id}`);
};
wide.addEventListener("change", () => kept && keep(kept.part, kept.ids, kept.from));
addEventListener("keydown", (event) => event.key === "Escape" && keep(null));

const arrive = () => {
  const card = document.querySelector("article.card:target");
  if (card) parts.get(card.closest("section")).show(card);
};
addEventListener("hashchange", arrive);
addEventListener("load", () => setTimeout(arrive)); // the browser itself scrolls to the target before

document.addEventListener("click", (event) => {
  const { target } = event;
  const link = target.closest("a");
  const element = target.closest("[data-statement], [data-statements]");
  const part = parts.get(element?.closest("section"));
  const inText = element?.closest(".text");
  if (link && !inText) {
    if (link.hash && link.hash === location.hash) arrive();
  } else if (!part || (part.pane && !inText && !wide.matches)) {
    if (!target.closest(".sheet .card")) keep(null);
  } else if (getSelection().isCollapsed) {
    event.preventDefault();
    const ids = part.seen(element);
    const again = kept?.part === part && kept.ids.join() === ids.join();
    const byKey = event.detail === 0;
    keep(again || !ids.length ? null : part, ids, byKey ? element : null);
    if (!kept || !inText) return;
    const shown = wide.matches ? part.cards.get(ids[0]) : sheet;
    if (byKey) {
      shown.tabIndex = -1;
      shown.focus({ preventScroll: true });
      element.scrollIntoView({ block: "nearest" });
    } else if (!sheet.hidden)
      scrollBy(0, Math.max(0, element.getBoundingClientRect().bottom + 8 - sheet.getBoundingClientRect().top));
  }
});

// Lights up what belongs together, and shows only what is asked for. Without it the page is the same, at rest.
for (const section of document.querySelectorAll("section.article")) {
  const cards = new Map();
  const shown = new Map(); // by statement the elements that stand for it
  const related = new Map();
  const away = new Set();
  const into = (map, key, value) => (map.get(key) ?? map.set(key, []).get(key)).push(value);
  const text = section.querySelector(".text");
  const pane = text && section.querySelector(".cards");
  const numbers = [...section.querySelectorAll(".text .number")];

  for (const card of section.querySelectorAll("article.card")) {
    const id = card.dataset.statement;
    cards.set(id, card);
    into(shown, id, card);
    for (const other of words(card.dataset.answers)) {
      into(related, id, other);
      into(related, other, id);
    }
  }
  const marks = [...section.querySelectorAll("mark")].map((mark) => {
    const ids = words(mark.dataset.statements);
    for (const id of ids) into(shown, id, mark);
    return { mark, ids, lanes: [...mark.classList] };
  });
  for (const number of numbers) into(shown, number.dataset.statement, number);

  // Beside the text each card stands at the height of its first passage, or below the card before it. While the page is
  // scrolled, the pane moves so that the card of one passage is at its height: of what is pointed at or kept, or else of
  // what is nearest to a line, which is in the middle of the window, and higher at the top of the page. The card of what
  // is in the middle is in sight there too.
  let places = [];
  let held = null;
  const settle = () => {
    const beside = pane && wide.matches;
    const opened = [...cards.values()].filter((card) => card.classList.contains("open"));
    for (const card of opened) card.classList.remove("open");
    const top = text.getBoundingClientRect().top;
    const inSight = numbers.filter((number) => !away.has(number.dataset.statement));
    places = inSight.map((number) => [number.dataset.statement, number.getBoundingClientRect().top - top]);
    const first = new Map([...places].reverse());
    const heights = [...cards.values()].map((card) => card.offsetHeight);
    let free = 0;
    [...cards].forEach(([id, card], place) => {
      const margin = Math.max(8, (first.get(id) ?? 0) - free);
      card.style.marginTop = beside ? `${margin}px` : "";
      if (!away.has(id)) free += margin + heights[place];
    });
    pane?.classList.toggle("long", free > innerHeight - 32); // else all are in sight
    for (const card of opened) card.classList.add("open");
    follow();
  };
  const follow = () => {
    const box = text?.getBoundingClientRect();
    if (!pane || !wide.matches || box.bottom < 0 || box.top > innerHeight) return;
    const half = innerHeight / 2;
    const start = Math.min(Math.max(box.top, 0), half);
    const line = start + (half - start) * Math.min(scrollY / 100, 1);
    const nearest = (among, height) =>
      among.reduce((best, one) => (best && Math.abs(best[1] - height) <= Math.abs(one[1] - height) ? best : one), null);
    const shown = places.map(([id, top]) => [id, box.top + top]);
    const own = shown.filter(([id]) => id === held);
    let best = held && !own.length ? [held, line] : nearest(own, line); // a card may have no passage
    const still = !best || best[1] < 0 || best[1] > innerHeight;
    if (still) best = nearest(shown, line);
    if (!best) return;
    const card = cards.get(best[0]);
    const { top, bottom } = pane.getBoundingClientRect();
    const whole = (of) => of.offsetTop + of.offsetHeight + 8 - (Math.min(bottom, innerHeight) - top);
    const place = Math.min(Math.max(card.offsetTop - best[1] + top, whole(card)), card.offsetTop);
    const hidden = still ? Math.max(whole(cards.get(nearest(shown, half)[0])) - place, 0) : 0;
    pane.scrollTop = place + hidden * Math.min(scrollY / 100, 1);
  };
  let frame = 0;
  const scrolled = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      follow();
    });
  };

  let lit = [];
  const light = (ids = [], inText = false) => {
    const still = kept?.part === part ? kept.ids : [];
    const opened = inText && ids.length ? ids : still;
    for (const [element, look] of lit) element.classList.remove(look);
    lit = [];
    const put = (element, look) => {
      element.classList.add(look);
      lit.push([element, look]);
    };
    for (const id of ids.length ? ids : still) {
      for (const element of shown.get(id)) put(element, "lit");
      for (const other of related.get(id) ?? [])
        if (!away.has(other)) for (const element of shown.get(other)) put(element, "near");
    }
    for (const id of opened) put(cards.get(id), "open");
    [held] = opened;
    if (inText) follow();
  };
  const seen = (element) =>
    words(element.dataset.statement ?? element.dataset.statements).filter((id) => !away.has(id));
  const point = ({ target }) => {
    const element = target.closest("[data-statement], [data-statements]");
    light(element ? seen(element) : [], Boolean(element?.closest(".text")));
  };
  section.addEventListener("pointerover", point);
  section.addEventListener("focusin", point);
  section.addEventListener("pointerleave", () => light());

  const form = section.querySelector(".filters");
  const boxes = [...form.querySelectorAll("input")];
  const select = form.querySelector("select");
  const output = form.querySelector("output");
  const proxies = new Map();
  for (const option of select.options) into(proxies, option.dataset.for, option.value);
  const filter = () => {
    const types = boxes.filter((box) => box.checked).map((box) => box.value);
    const meant = new Set([select.value]);
    for (const id of meant) for (const proxy of proxies.get(id) ?? []) meant.add(proxy);
    const concerns = (card) => !select.value || words(card.dataset.actors).some((id) => meant.has(id));
    away.clear();
    for (const [id, card] of cards) {
      const answers = related.get(id)?.some((other) => concerns(cards.get(other)));
      if (!types.some((type) => card.classList.contains(type)) || !(concerns(card) || answers)) away.add(id);
      for (const element of shown.get(id)) if (element.localName !== "mark") element.classList.toggle("away", away.has(id));
    }
    for (const { mark, ids, lanes } of marks)
      ids.forEach((id, place) => mark.classList.toggle(lanes[place], !away.has(id)));
    output.textContent = away.size ? `${cards.size - away.size} of ${cards.size} shown` : "";
    if (kept?.part === part) keep(null);
    light();
    if (pane) settle();
  };
  const show = (card) => {
    const id = card.dataset.statement;
    if (away.has(id)) {
      form.reset();
      filter();
    }
    keep(part, [id]);
    (numbers.find((number) => number.dataset.statement === id) ?? card).scrollIntoView({ block: "nearest" });
  };
  const part = { cards, pane, light, follow, seen, show };
  parts.set(section, part);
  for (const element of form.querySelectorAll("[hidden]")) element.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
  if (pane) {
    addEventListener("scroll", scrolled, { passive: true });
    new ResizeObserver(settle).observe(text);
  }
}

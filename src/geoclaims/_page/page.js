"use strict";
document.documentElement.classList.add("scripted");
const tip = document.body.appendChild(document.createElement("div"));
tip.className = "tip";
tip.hidden = true;
tip.ariaHidden = "true"; // the number itself has it as its name
let told = null;
const tell = (number) => {
  told = number;
  tip.hidden = !number;
  if (!number) return;
  tip.textContent = number.ariaLabel;
  const place = number.getBoundingClientRect();
  const left = Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  tip.style.left = `${Math.max(left, 8)}px`;
  tip.style.top = `${place.top >= tip.offsetHeight + 4 ? place.top - tip.offsetHeight - 4 : place.bottom + 4}px`;
};
addEventListener("scroll", () => tell(told), { passive: true });

// Lights up what belongs together, and shows only what is asked for. Without it the page is the same, at rest.
for (const section of document.querySelectorAll("section.article")) {
  const cards = new Map();
  const shown = new Map(); // by statement the elements that stand for it
  const related = new Map();
  const into = (map, key, value) => (map.get(key) ?? map.set(key, []).get(key)).push(value);
  const words = (value) => (value ? value.split(" ") : []);

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
  for (const number of section.querySelectorAll(".text .number")) into(shown, number.dataset.statement, number);

  const pane = section.querySelector(".reader .cards");
  let lit = [];
  const light = (ids) => {
    for (const [element, look] of lit) element.classList.remove(look);
    lit = [];
    const put = (id, look) => {
      for (const element of shown.get(id) ?? []) {
        element.classList.add(look);
        lit.push([element, look]);
      }
    };
    for (const id of ids) {
      put(id, "lit");
      for (const other of related.get(id) ?? []) put(other, "near");
    }
  };
  const bring = (id) => {
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const card = cards.get(id);
    if (card.classList.contains("away")) return;
    const top = card.offsetTop;
    if (top < pane.scrollTop || top + card.offsetHeight > pane.scrollTop + pane.clientHeight) pane.scrollTop = top - 8;
  };
  const point = (event) => {
    const element = event.target.closest("[data-statement], [data-statements]");
    tell(element?.matches(".text .number") ? element : null);
    if (!element) return light([]);
    const ids = words(element.dataset.statement ?? element.dataset.statements);
    light(ids);
    if (ids.length && element.closest(".text")) bring(ids[0]);
  };
  section.addEventListener("pointerover", point);
  section.addEventListener("focusin", point);
  section.addEventListener("pointerleave", () => {
    tell(null);
    light([]);
  });

  const form = section.querySelector(".filters");
  const boxes = [...form.querySelectorAll("input")];
  const select = form.querySelector("select");
  const output = form.querySelector("output");
  const filter = () => {
    const types = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const away = new Set();
    for (const [id, card] of cards) {
      const wanted = boxes.some((box) => types.has(box.value) && card.classList.contains(box.value));
      const meant = !select.value || words(card.dataset.actors).includes(select.value);
      if (!wanted || !meant) away.add(id);
      for (const element of shown.get(id)) if (element.localName !== "mark") element.classList.toggle("away", away.has(id));
    }
    for (const { mark, ids, lanes } of marks)
      ids.forEach((id, place) => mark.classList.toggle(lanes[place], !away.has(id)));
    output.textContent = away.size ? `${cards.size - away.size} of ${cards.size} shown` : "";
  };
  for (const element of form.querySelectorAll("[hidden]")) element.hidden = false;
  form.addEventListener("change", filter);
  // A link may lead to a statement that was put away.
  section.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || !document.querySelector(link.hash)?.classList.contains("away")) return;
    form.reset();
    filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}

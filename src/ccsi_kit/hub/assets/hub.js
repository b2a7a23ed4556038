"use strict";

/* Search and combined choices on the lists. Without this script every choice is a link to a list of its own. */
(() => {
  const PAGE = 50;
  const box = document.getElementById("search");
  const narrow = matchMedia("(max-width: 46rem)").matches;
  const groups = [...document.querySelectorAll(".side-first details.choices")];
  if (narrow) for (const group of groups) group.open = false;
  if (!box) return;

  const say = box.dataset;
  const side = document.querySelector(".side-first > .side");
  const number = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang);
  const facets = say.facets.split(" ");
  const choosing = groups.filter((group) => facets.includes(group.dataset.name));

  /* The same folding as in the data: no accents, no case, words of letters and digits. */
  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll("ß", "ss")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const input = make("input", { type: "search", id: "search-text", autocomplete: "off" });
  const form = make("form", {}, make("label", { htmlFor: "search-text", textContent: say.label }), input);
  form.setAttribute("role", "search");
  box.append(form);
  box.hidden = false;
  side.prepend(box);

  const asked = new URLSearchParams(location.search);
  const address = (parameters) => say.index + (`${parameters}` ? `?${parameters}` : "");

  /* Part of a list: choices and search lead to the whole list, with what is chosen here. */
  if (!say.whole) {
    const base = new URLSearchParams(facets.includes(say.facet) ? [[say.facet, say.value]] : []);
    for (const group of choosing) {
      for (const link of group.querySelectorAll("li > a:not([aria-current])")) {
        const next = new URLSearchParams(base);
        next.append(group.dataset.name, link.parentElement.dataset.value);
        if (`${base}`) link.href = address(next);
      }
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const next = new URLSearchParams(base);
      if (input.value.trim()) next.set("q", input.value.trim());
      location.assign(address(next));
    });
    form.append(make("p", {}, make("button", { textContent: say.go })));
    return;
  }

  const list = document.querySelector(".main > .ruled");
  const still = [list, ...document.querySelectorAll(".main > .links:not(:first-child)")];
  const found = make("ul", { className: "ruled", hidden: true });
  const status = make("span", { className: "status" });
  status.setAttribute("role", "status");
  const clear = make("button", { type: "button", className: "plain", textContent: say.clear, hidden: true });
  const more = make("button", { type: "button", textContent: say.more, hidden: true });
  const boxes = [];
  let shown = PAGE;
  let loading;

  list.parentElement.querySelector(".links").prepend(status);
  box.append(clear);
  list.after(found, more);

  for (const group of choosing) {
    for (const item of group.querySelectorAll("li")) {
      const link = item.querySelector("a");
      const check = make("input", { type: "checkbox", name: group.dataset.name, value: item.dataset.value });
      const text = make("span");
      text.append(...link.childNodes);
      link.replaceWith(make("label", {}, check, text));
      boxes.push({ check, item, count: item.querySelector(".count"), whole: item.querySelector(".count").textContent });
    }
    const summary = group.querySelector("summary");
    summary.id = `choices-${group.dataset.name}`;
    for (const part of group.querySelectorAll("ul")) {
      part.setAttribute("aria-labelledby", summary.id);
    }
  }

  const load = () => {
    loading ??= Promise.all(
      say.files
        .trim()
        .split(" ")
        .map(
          (file) =>
            new Promise((done, failed) => {
              document.head.append(make("script", { src: file, async: false, onload: done, onerror: failed }));
            }),
        ),
    );
    return loading;
  };

  const picked = () => {
    const chosen = facets.map(() => new Set());
    for (const { check } of boxes) if (check.checked) chosen[facets.indexOf(check.name)].add(check.value);
    return chosen;
  };

  const state = () => {
    const parameters = new URLSearchParams();
    if (input.value.trim()) parameters.set("q", input.value.trim());
    for (const { check } of boxes) if (check.checked) parameters.append(check.name, check.value);
    return parameters;
  };

  const keep = (parameters) => {
    history.replaceState(null, "", `${location.pathname}${`${parameters}` ? `?${parameters}` : ""}`);
    for (const link of document.querySelectorAll(".tongues a")) {
      link.href = link.href.split("?")[0] + (`${parameters}` ? `?${parameters}` : "");
    }
  };

  /* A text in another language comes with that language and its name, as the pages mark it. */
  const pieces = (parts) =>
    parts.flatMap((part) => {
      if (typeof part === "string") return [part];
      const [text, lang, name] = part;
      const tongue = make("span", { className: "tongue", lang, textContent: ` (${name})` });
      return [make("span", { lang, textContent: text }), ...(name ? [tongue] : [])];
    });

  const line = ([href, title, detail]) =>
    make("li", {}, make("a", { href }, ...pieces(title)), ...(detail.length ? [make("p", {}, ...pieces(detail))] : []));

  const count = (rows, words, chosen) => {
    const sums = new Map();
    const hits = [];
    for (const row of rows) {
      if (!words.every((word) => row[4].includes(word))) continue;
      const fits = chosen.map((values, at) => !values.size || row[3][at].some((value) => values.has(value)));
      const misses = fits.filter((fit) => !fit).length;
      if (!misses) hits.push(row);
      if (misses > 1) continue;
      row[3].forEach((values, at) => {
        if (!misses || !fits[at]) for (const value of values) sums.set(`${at} ${value}`, (sums.get(`${at} ${value}`) ?? 0) + 1);
      });
    }
    return [hits, sums];
  };

  const show = () => {
    const parameters = state();
    const active = Boolean(`${parameters}`);
    const rows = window.ccsiRows ?? [];
    const [hits, sums] = count(rows, fold(input.value).split(" "), picked());
    for (const part of still) part.hidden = active;
    found.hidden = !active;
    clear.hidden = !active;
    more.hidden = !active || hits.length <= shown;
    found.replaceChildren(...(active ? hits.slice(0, shown).map(line) : []));
    status.textContent = active
      ? say.found.replace("{n}", number.format(hits.length)).replace("{total}", number.format(rows.length))
      : "";
    for (const { check, item, count: place, whole } of boxes) {
      const sum = sums.get(`${facets.indexOf(check.name)} ${check.value}`) ?? 0;
      place.textContent = active ? number.format(sum) : whole;
      item.classList.toggle("empty", active && !sum);
    }
    keep(parameters);
  };

  const change = () => {
    shown = PAGE;
    load().then(show);
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", change);
  for (const { check } of boxes) check.addEventListener("change", change);
  clear.addEventListener("click", () => {
    input.value = "";
    for (const { check } of boxes) check.checked = false;
    change();
    input.focus();
  });
  more.addEventListener("click", () => {
    const next = shown;
    shown += PAGE;
    show();
    found.children[next]?.querySelector("a").focus();
  });

  input.value = asked.get("q") ?? "";
  for (const { check } of boxes) {
    check.checked = asked.getAll(check.name).includes(check.value);
    if (check.checked) for (let fold = check.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  if (`${state()}`) change();
})();

"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const LABELS = data.labels;
  const DOUBTFUL = 1, NULL = 2, ASIDE = 4;
  const NAMES = 4; // The first labels are those of names.
  const AT_ONCE = 40; // Articles drawn before the reader comes near them.
  const TOP = 8;

  const all = data.articles.map((a, n) => ({
    ...a, n, marks: a.m.map(([field, start, length, label, flags, name, words, score, rule, amount, currency]) => {
      const text = field ? a.x : a.t || "";
      const said = text.slice(start, start + length);
      return { field, start, length, label, flags, said, name: name || said, words, score, rule, amount, currency };
    }),
  }));
  const want = { q: "", name: null, month: null, lang: null, status: null, null: false, doubtful: false, aside: false, hidden: new Set(), currency: null };
  let shown = [], drawn = 0;

  const el = (tag, props = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key === "class") node.className = value;
      else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  };
  const fold = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’ʼ]/g, "'").toLowerCase();
  const plain = (s) => s.replace(/\s/g, "");
  const number = (n) => n.toLocaleString("en");
  const plural = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;
  const folded = (a) => a.f ??= fold([a.t || "", a.x, a.i, ...new Set(a.marks.map((m) => m.name))].join("\n"));
  const month = (a) => (a.p || "").slice(0, 7);
  const count = (map, key, n = 1) => map.set(key, (map.get(key) || 0) + n);
  const most = (map) => [...map].sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1));

  // ---- which articles ----
  const matches = (a, but) => {
    if (but !== "q" && want.q && !want.q.split(/\s+/).every((w) => folded(a).includes(w))) return false;
    if (but !== "name" && want.name && !a.marks.some((m) => m.label < NAMES && key(m) === want.name)) return false;
    if (but !== "month" && want.month !== null && !month(a).startsWith(want.month)) return false;
    if (but !== "lang" && want.lang !== null && (a.l || "") !== want.lang) return false;
    if (but !== "status" && want.status !== null && a.s !== want.status) return false;
    if (but !== "null" && want.null && !a.marks.some((m) => m.flags & NULL)) return false;
    if (but !== "doubtful" && want.doubtful && !a.marks.some((m) => m.flags & DOUBTFUL)) return false;
    return true;
  };
  const key = (m) => `${LABELS[m.label]} ${m.name}`;
  // What readers and pages say around an article is left out unless asked for.
  const visible = (m) => !want.hidden.has(m.label) && (want.aside || !(m.flags & ASIDE));

  // ---- the parts of the page ----
  const page = document.getElementById("page");
  const tip = el("div", { id: "tip", role: "tooltip", hidden: "" });
  const numbers = el("ul", { class: "numbers" });
  const charts = el("div", { class: "charts" });
  const overview = el("details", { class: "overview" }, el("summary", {}, "What they hold together"), charts);
  // On a narrow screen the articles come first.
  overview.open = innerWidth > 700;
  const found = el("p", { class: "found", id: "found", role: "status", "aria-live": "polite" });
  const list = el("div", { id: "articles" });
  const more = el("button", { class: "more", type: "button", onclick: () => draw() }, "Show more");
  const search = el("input", { type: "search", id: "search", placeholder: "Search text, titles, names", "aria-label": "Search text, titles and names" });
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { want.q = fold(search.value.trim()); update(); }, 150);
  });
  const chips = el("div", { class: "group", role: "group", "aria-label": "Labels shown" });
  const facets = el("div", { class: "group", role: "group", "aria-label": "Articles shown" });
  const reset = el("button", { type: "button", class: "chip", onclick: () => {
    Object.assign(want, { q: "", name: null, month: null, lang: null, status: null, null: false, doubtful: false });
    want.hidden.clear(); search.value = ""; update();
  } }, "Reset");
  page.append(
    el("header", {},
      el("h1", {}, data.about.title),
      el("p", { class: "about" }, data.about.choice, data.about.command ? " · " : "", data.about.command ? el("code", {}, data.about.command) : ""),
      numbers, overview),
    el("main", {},
      el("div", { class: "facets", role: "search" }, search, chips, facets, reset),
      found, list, more,
      el("p", { class: "keys" }, "Keys: / searches, j and k go from article to article, arrows from mention to mention, Escape resets.")),
    tip);

  // ---- charts over the articles that are left ----
  const bars = (title, cls, rows, pressed, press, label) => {
    const box = el("section", { class: "chart" }, el("h2", {}, title));
    const top = Math.max(1, ...rows.map((r) => r[1]));
    for (const [value, n] of rows) {
      const length = el("span", { class: "length" });
      length.style.width = `${(100 * n) / top}%`;
      const shownAs = label(value);
      box.append(el("button", { type: "button", class: `bar ${cls(value)}`, "aria-pressed": String(pressed(value)), title: shownAs,
        onclick: () => { press(value); update(); } },
        el("span", { class: "track" }, length, el("span", { class: "name" }, shownAs)), el("span", { class: "count" }, number(n))));
    }
    if (!rows.length) box.append(el("p", { class: "found" }, "none"));
    return box;
  };
  const toggle = (what, value) => { want[what] = want[what] === value ? null : value; };
  const columns = (cls, cells, pressed, press) => {
    const top = Math.max(1, ...cells.map((c) => c[1]));
    const row = el("div", { class: `columns ${cls}` });
    for (const [value, n, said] of cells) {
      const fill = el("span", { class: "fill" });
      fill.style.height = n ? `${Math.max(2, (100 * n) / top)}%` : "0";
      row.append(el("button", { type: "button", "aria-label": said, title: said, "aria-pressed": String(pressed(value)), onclick: () => { press(value); update(); } }, fill));
    }
    return row;
  };
  const axis = (...ends) => el("div", { class: "axis" }, ...ends.map((e) => el("span", {}, e)));

  const perMonth = () => {
    const counts = new Map();
    let undated = 0;
    for (const a of all) if (matches(a, "month")) {
      if (!month(a)) undated++;
      else count(counts, month(a), a.marks.filter(visible).length);
    }
    const heading = (unit) => `Mentions per ${unit} of publication` + (undated ? ` (${plural(undated, "article")} without a date)` : "");
    const head = el("h2", {}, heading("month"));
    const box = el("section", { class: "chart wide" }, head);
    if (!counts.size) { box.append(el("p", { class: "found" }, "no publication dates")); return box; }
    const years = [...counts.keys()].map((m) => +m.slice(0, 4));
    const first = Math.min(...years), last = Math.max(...years);
    let cells = [];
    if (last - first > 12) {
      head.textContent = heading("year");
      const byYear = new Map();
      for (const [m, n] of counts) count(byYear, m.slice(0, 4), n);
      for (let y = first; y <= last && cells.length < 400; y++) { const m = String(y).padStart(4, "0"); cells.push([m, byYear.get(m) || 0, `${m}: ${plural(byYear.get(m) || 0, "mention")}`]); }
    } else {
      const months = [...counts.keys()].filter((m) => m.length === 7).sort();
      const whole = [...counts.keys()].filter((m) => m.length === 4).sort();
      if (months.length) {
        let [y, m] = months[0].split("-").map(Number);
        const end = months[months.length - 1];
        for (let now = months[0]; now <= end && cells.length < 400; m === 12 ? (y++, m = 1) : m++, now = `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}`)
          cells.push([now, counts.get(now) || 0, `${now}: ${plural(counts.get(now) || 0, "mention")}`]);
      }
      for (const year of whole) cells.push([year, counts.get(year), `${year}, the month not known: ${plural(counts.get(year), "mention")}`]);
    }
    box.append(columns("", cells, (v) => want.month === v, (v) => toggle("month", v)), axis(cells[0][0], cells[cells.length - 1][0]));
    return box;
  };

  const amounts = () => {
    const by = new Map();
    for (const a of shown) for (const m of a.marks) if (LABELS[m.label] === "MONEY" && m.amount > 0 && visible(m)) {
      const c = m.currency || "?";
      if (!by.has(c)) by.set(c, []);
      by.get(c).push(m.amount);
    }
    const box = el("section", { class: "chart wide" });
    const order = [...by].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    const now = by.has(want.currency) ? want.currency : order.length ? order[0][0] : null;
    const choose = el("select", { "aria-label": "Currency of the amounts", onchange: (e) => { want.currency = e.target.value; update(); } },
      ...order.map(([c, v]) => { const o = el("option", { value: c }, `${c === "?" ? "currency unknown" : c} (${v.length})`); if (c === now) o.selected = true; return o; }));
    box.append(el("h2", {}, "Amounts, each step twice the one before (log scale) "));
    if (!now) { box.append(el("p", { class: "found" }, "none")); return box; }
    const bins = new Map();
    for (const v of by.get(now)) count(bins, Math.floor(Math.log2(v)));
    const steps = [...bins.keys()];
    const low = Math.min(...steps), high = Math.max(...steps);
    const short = (v) => new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 }).format(v);
    const cells = [];
    for (let s = low; s <= high && cells.length < 120; s++) cells.push([s, bins.get(s) || 0, `${short(2 ** s)} to ${short(2 ** (s + 1))} ${now}: ${plural(bins.get(s) || 0, "amount")}`]);
    box.append(columns("sums", cells, () => false, () => {}), axis(`${short(2 ** low)} ${now}`, `${short(2 ** (high + 1))} ${now}`), choose);
    return box;
  };

  const draw_charts = () => {
    let mentions = 0, doubtful = 0, nulls = 0, aside = 0;
    const names = LABELS.slice(0, NAMES).map(() => new Map());
    for (const a of shown) for (const m of a.marks) {
      if (m.flags & ASIDE && !want.hidden.has(m.label)) aside++;
      if (!visible(m)) continue;
      mentions++;
      if (m.flags & DOUBTFUL) doubtful++;
      if (m.flags & NULL) nulls++;
      if (m.label < NAMES) count(names[m.label], m.name);
    }
    const fact = (n, noun) => el("li", {}, el("b", {}, number(n)), n === 1 ? noun : noun + "s");
    numbers.replaceChildren(fact(shown.length, "article"), fact(mentions, "mention"), ...LABELS.map((l, i) => {
      const n = shown.reduce((sum, a) => sum + a.marks.filter((m) => m.label === i && visible(m)).length, 0);
      return el("li", { class: l }, el("b", {}, number(n)), l);
    }), el("li", {}, el("b", {}, number(nulls)), "without a value"), el("li", {}, el("b", {}, number(doubtful)), "doubtful"),
      ...(aside ? [el("li", {}, el("b", {}, number(aside)), want.aside ? "in comments and page notices" : "in comments and page notices, left out")] : []));
    const langs = new Map(), statuses = new Map();
    for (const a of all) {
      if (matches(a, "lang")) count(langs, a.l || "");
      if (matches(a, "status")) count(statuses, a.s);
    }
    charts.replaceChildren(
      ...names.map((counts, i) => bars(`Names: ${LABELS[i]}`, () => LABELS[i], most(counts).slice(0, TOP),
        (v) => want.name === `${LABELS[i]} ${v}`, (v) => toggle("name", `${LABELS[i]} ${v}`), (v) => v)),
      perMonth(), amounts(),
      bars("Language", () => "DATE", most(langs).slice(0, TOP), (v) => want.lang === v, (v) => toggle("lang", v), (v) => v || "not known"),
      bars("Status", () => "DATE", most(statuses), (v) => want.status === v, (v) => toggle("status", v), (v) => v.replace("_", ": ")));
  };

  const draw_facets = () => {
    chips.replaceChildren(...LABELS.map((l, i) => el("button", { type: "button", class: `chip ${l}`, "aria-pressed": String(!want.hidden.has(i)),
      onclick: () => { want.hidden.has(i) ? want.hidden.delete(i) : want.hidden.add(i); update(); } }, l)));
    const on = (what, text) => el("button", { type: "button", class: "chip", "aria-pressed": String(want[what]), onclick: () => { want[what] = !want[what]; update(); } }, text);
    const chosen = (what, text) => want[what] === null ? [] : [el("button", { type: "button", class: "chip", "aria-pressed": "true", "aria-label": `Remove: ${text}`, onclick: () => { want[what] = null; update(); } }, `${text} ×`)];
    facets.replaceChildren(on("null", "without a value"), on("doubtful", "doubtful"),
      ...(all.some((a) => a.marks.some((m) => m.flags & ASIDE)) ? [on("aside", "with comments and page notices")] : []), ...chosen("name", want.name), ...chosen("month", want.month), ...chosen("lang", want.lang || "language not known"), ...chosen("status", want.status));
  };

  // ---- articles ----
  const marked = (a, field, into) => {
    const text = field ? a.x : a.t || "";
    let at = 0;
    for (const m of a.marks) {
      if (m.field !== field || m.start < at || !visible(m)) continue;
      into.append(text.slice(at, m.start), mark(m));
      at = m.start + m.length;
    }
    into.append(text.slice(at).trimEnd());
    return into;
  };
  const mark = (m) => {
    const l = LABELS[m.label];
    const node = el("mark", { class: l + (m.flags & DOUBTFUL ? " doubtful" : "") + (m.flags & NULL ? " null" : ""), tabindex: "-1" }, m.said);
    if (m.label >= NAMES && !(m.words && plain(m.words) === plain(m.said))) node.append(el("span", { class: "value" }, m.words || "no value"));
    node.append(el("small", {}, l.toLowerCase()));
    if (m.flags & DOUBTFUL) node.append(el("span", { class: "unseen" }, " doubtful"));
    node.mention = m;
    return node;
  };
  const says = (m) => [
    `${LABELS[m.label]}: ${m.name.replace(/\s+/g, " ")}`,
    m.label >= NAMES ? `value: ${m.words || "null, the text does not settle it"}` : null,
    m.score === null ? null : `score: ${(m.score / 100).toFixed(2)}${m.flags & DOUBTFUL ? ", doubtful" : ""}`,
    m.rule ? `rule: ${data.rules[m.rule - 1]}` : "found by the model",
  ].filter(Boolean).join("\n");
  const article = (a) => {
    const head = el("h3", { id: `t${a.n}` });
    if (a.t) marked(a, 0, head); else head.append(a.i);
    const meta = el("p", { class: "meta" }, el("span", {}, a.p || "no publication date"), el("span", {}, a.l || "language not known"));
    if (a.s !== "ok") meta.append(el("span", { class: "bad" }, a.s.replace("_", ": ") + (a.e ? `: ${a.e}` : "")));
    if (a.t) meta.append(el("span", {}, a.i));
    if (a.o) meta.append(el("span", {}, a.o));
    if (a.h && /^https?:\/\//i.test(a.h)) meta.append(el("a", { href: a.h, rel: "noopener noreferrer", target: "_blank" }, "open the article"));
    for (const [name, value] of a.k || []) if (value !== a.h) meta.append(el("span", {}, `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`));
    for (const w of a.w || []) meta.append(el("span", {}, w));
    const node = el("article", { tabindex: "-1", "aria-labelledby": `t${a.n}` }, head, meta, marked(a, 1, el("div", { class: "text" })));
    const first = node.querySelector("mark");
    if (first) first.tabIndex = 0;
    return node;
  };
  const draw = (n = AT_ONCE) => {
    list.append(...shown.slice(drawn, drawn + n).map(article));
    drawn = Math.min(shown.length, drawn + n);
    more.hidden = drawn >= shown.length;
    more.textContent = `Show more (${number(shown.length - drawn)} left)`;
  };
  const update = () => {
    const focus = document.activeElement && [document.activeElement.textContent, document.activeElement.className];
    shown = all.filter((a) => matches(a));
    drawn = 0;
    hide();
    list.replaceChildren();
    draw_charts();
    draw_facets();
    found.textContent = shown.length === all.length ? plural(all.length, "article") : `${number(shown.length)} of ${plural(all.length, "article")}`;
    draw();
    // What was pressed was made anew: the focus stays on it.
    if (focus && focus[0] && document.activeElement === document.body) {
      const again = [...document.querySelectorAll("button")].find((b) => b.textContent === focus[0]);
      if (again) again.focus({ preventScroll: true });
    }
  };

  // ---- tooltip and keys ----
  const hide = () => { tip.hidden = true; };
  const show = (node) => {
    tip.textContent = says(node.mention);
    tip.hidden = false;
    node.setAttribute("aria-describedby", "tip");
    const at = node.getClientRects()[0] || node.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(at.left, innerWidth - width - 4))}px`;
    tip.style.top = `${at.bottom + 6 + height > innerHeight ? Math.max(4, at.top - height - 6) : at.bottom + 6}px`;
  };
  const over = (e) => { const node = e.target.closest && e.target.closest("mark"); if (node && node.mention) show(node); else hide(); };
  list.addEventListener("mouseover", over);
  list.addEventListener("focusin", over);
  list.addEventListener("focusout", hide);
  list.addEventListener("mouseleave", hide);
  // It goes along with the mention that the keyboard is at.
  addEventListener("scroll", () => { if (tip.hidden) return; const at = document.activeElement; if (at && at.mention) show(at); else hide(); }, { passive: true });
  const step = (nodes, by) => {
    const at = nodes.indexOf(document.activeElement.closest("article, mark"));
    const next = nodes[at < 0 ? 0 : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    return next;
  };
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (e.key === "Escape") { if (!tip.hidden) hide(); else { reset.click(); search.blur(); } return; }
    if (typing) return;
    if (e.key === "/") { e.preventDefault(); search.focus(); }
    else if (e.key === "j" || e.key === "k") {
      const articles = [...list.children];
      const at = articles.indexOf(document.activeElement.closest("article"));
      const next = articles[at < 0 ? 0 : at + (e.key === "j" ? 1 : -1)];
      if (next) { next.focus(); next.scrollIntoView({ block: "start" }); }
      if (e.key === "j" && at >= articles.length - 2 && drawn < shown.length) draw();
    } else if ((e.key === "ArrowRight" || e.key === "ArrowLeft") && document.activeElement.closest("article")) {
      const marks = [...document.activeElement.closest("article").querySelectorAll("mark")];
      if (document.activeElement.tagName === "MARK" || e.key === "ArrowRight") { e.preventDefault(); step(marks, e.key === "ArrowRight" ? 1 : -1); }
    }
  });
  if ("IntersectionObserver" in window) new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting) && drawn < shown.length) draw(); }, { rootMargin: "600px" }).observe(more);
  addEventListener("beforeprint", () => draw(shown.length));
  update();
})();

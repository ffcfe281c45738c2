// Search over answers, terms and events. The files that it reads are described in site/search/doc.go of nutgraf.
(() => {
  "use strict";
  const LETTERS = { "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ς": "σ" };
  const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
  // Scripts without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
  const DENSE = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const CHARACTER = `[\\p{L}\\p{N}\\p{M}]`;
  const RUNS = new RegExp(`((?=${CHARACTER})[${DENSE}])+|((?![${DENSE}])${CHARACTER}){1,32}`, "gu");
  const ONE = new RegExp(`[${DENSE}]|((?![${DENSE}])${CHARACTER})+`, "gu");
  const IS_DENSE = new RegExp(`^[${DENSE}]`, "u");
  const LAST = new RegExp(`${CHARACTER}$`, "u");
  const MOST_WORDS = 6;

  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(ACCENTS, "").replace(/[ßøæœłđðþħıς]/g, (c) => LETTERS[c]).normalize("NFC");

  // words cuts a query as tokenizer.each in site/search/token.go cuts what is indexed; a dense run of one pair or more needs no last character alone.
  const words = (text) => (fold(text).match(RUNS) || []).flatMap((run) => {
    if (!IS_DENSE.test(run)) return run;
    const all = [...run];
    return all.length < 2 ? all : all.slice(1).map((c, i) => all[i] + c);
  });

  // decode reads numbers: digits from "]" on end one, those from "#" on go on.
  const decode = (text) => {
    const all = [];
    let n = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c < 93) n = n * 57 + c - 35;
      else all.push(n * 34 + c - 93), (n = 0);
    }
    return all;
  };

  // parse reads a shard: its words in order, with their codes, and where the word stands of which each is a form.
  const parse = (text) => {
    let word = "";
    const shard = [];
    for (const record of text ? text.split(" ") : []) {
      const bang = record.indexOf("!"), head = record.slice(0, bang), start = head.search(/[\]-~]/) + 1;
      word = word.slice(0, decode(head.slice(0, start))[0]) + head.slice(start);
      const end = record.slice(bang + 1).search(/[\]-~]/) + bang + 2;
      const back = decode(record.slice(bang + 1, end))[0];
      const item = { word, cut: back & 1, codes: record.slice(end) };
      item.stem = back > 1 ? shard[shard.length - (back >> 1)].stem : item;
      shard.push(item);
    }
    return shard;
  };

  // last returns the last of a sorted list that is not greater, or the first.
  const last = (list, x) => {
    let low = 0;
    for (let high = list.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (list[middle] <= x) low = middle;
      else high = middle;
    }
    return low;
  };

  const shared = (a, b) => {
    let n = 0;
    while (n < a.length && a[n] === b[n]) n++;
    return n;
  };

  // forms chooses the words of the index that a typed word means, each with its weight in percent.
  const forms = (typed, open, shard) => {
    const found = new Map();
    const exact = shard.find((item) => item.word === typed);
    if (exact) for (const item of shard) if (item.stem === exact.stem) found.set(item, item === exact ? 100 : 80);
    if (open || !exact) {
      for (const item of shard)
        if (!found.has(item) && item.word.startsWith(typed)) found.set(item, Math.floor((70 * typed.length) / item.word.length));
    }
    if (found.size) return found;
    // None: the words that begin most like it, if their ends may be endings.
    let most = Math.max(4, typed.length - 3);
    for (const item of shard) {
      const n = shared(typed, item.word);
      if (n < most || item.word.length > n + 3) continue;
      if (n > most) found.clear(), (most = n);
      found.set(item, 50);
    }
    return found;
  };

  // open fetches the index and returns what searches it.
  const openIndex = async (url) => {
    const kept = new Map();
    const get = (name) => {
      if (!kept.has(name)) {
        const got = fetch(new URL(name, url)).then((r) => (r.ok ? r.json() : Promise.reject(new Error(name + ": " + r.status))));
        got.catch(() => kept.delete(name));
        kept.set(name, got);
      }
      return kept.get(name);
    };
    const root = await get(url);
    const part = async (name) => (root.inline ? root.inline[name] : get(name + ".json"));
    const shards = new Map();
    const shard = (i) => {
      if (!shards.has(i)) {
        const got = part("w" + i).then(parse);
        got.catch(() => shards.delete(i));
        shards.set(i, got);
      }
      return shards.get(i);
    };
    const keys = root.words.split(" ");
    let sum = 0;
    const firsts = decode(root.first).map((n) => (sum += n));
    const stop = new Set(root.stop.split(" "));

    // find returns the entries for a query, best first, and the words that were found.
    const find = async (query) => {
      const all = words(query), ending = LAST.test(query) && all.at(-1), telling = all.filter((w) => !stop.has(w));
      const typed = [...new Set(telling.length ? telling : all)].slice(0, MOST_WORDS);
      const wanted = await Promise.all(typed.map(async (w) => {
        const i = last(keys, w), parts = [shard(i)];
        if (w === ending && i + 1 < keys.length && keys[i + 1].startsWith(w)) parts.push(shard(i + 1));
        return forms(w, w === ending, (await Promise.all(parts)).flat());
      }));
      const scores = new Map(), counts = new Map(), hits = new Set();
      let most = 0;
      for (const found of wanted) {
        const best = new Map();
        let of = 0;
        for (const [item, weight] of found) {
          hits.add(item.word);
          const codes = decode(item.codes);
          of += item.cut ? codes[0] : codes.length;
          for (let i = item.cut, entry = -1; i < codes.length; i++) {
            entry += Math.floor(codes[i] / 16);
            const score = ((codes[i] & 15) + 1) * weight;
            if (!(best.get(entry) >= score)) best.set(entry, score);
          }
        }
        const rare = Math.round(16 * Math.log(1 + root.n / of));
        for (const [entry, score] of best) {
          const n = (counts.get(entry) || 0) + 1;
          counts.set(entry, n);
          scores.set(entry, (scores.get(entry) || 0) + score * rare);
          most = Math.max(most, n);
        }
      }
      // All words that can be had together first; then what has most of them.
      const entries = [...scores.keys()].filter((e) => counts.get(e) >= most / 2);
      entries.sort((a, b) => counts.get(b) - counts.get(a) || scores.get(b) - scores.get(a) || a - b);
      return { entries, hits };
    };

    // show returns what is shown of an entry: kind, title, URL, text, of.
    const show = async (entry) => {
      const i = last(firsts, entry);
      return (await part("d" + i))[entry - firsts[i]];
    };
    return { find, show, small: !!root.inline };
  };

  // For tests, which run without a page.
  if (typeof document === "undefined") {
    globalThis.nutgrafSearch = { words, openIndex };
    return;
  }
  const form = document.querySelector("form[role=search][data-index]");
  if (!form) return;
  const get = (id) => document.getElementById(id);
  const field = get("q"), status = get("search_status"), results = get("search_results"), list = get("search_list");
  const said = form.dataset, STEP = 10;
  let turn = 0, index, opening, timer;

  const make = (name, className, ...children) => {
    const e = document.createElement(name);
    if (className) e.className = className;
    e.append(...children);
    return e;
  };

  // marked puts the words that were found into <mark>.
  const marked = (text, hits) => {
    const parts = [];
    let from = 0;
    for (const m of text.matchAll(ONE)) {
      const w = fold(m[0]);
      const hit = IS_DENSE.test(w) ? [...hits].some((h) => h.includes(w)) : words(m[0]).some((p) => hits.has(p));
      if (!hit) continue;
      parts.push(text.slice(from, m.index), make("mark", "", m[0]));
      from = m.index + m[0].length;
    }
    return [...parts, text.slice(from)];
  };

  const item = ([kind, title, url, text = "", of = ""], hits) => {
    const a = make("a", "", ...marked(title, hits));
    a.href = said.root + url;
    const note = [kind === 1 ? said.kindTerm : kind === 2 ? said.kindEvent : "", of].filter(Boolean).join(" · ");
    const li = make("li", "", make("h2", "hit", a));
    if (text) li.append(make("p", "", ...marked(text, hits)));
    if (note) li.append(make("p", "note", note));
    return li;
  };

  const say = (sentence, q, n) => { status.textContent = (sentence || "").replace("{n}", n).replace("{q}", () => q); };

  // more shows the next results, unless another query has begun; focus goes to the first of them.
  const more = async (found, from, mine) => {
    const shown = await Promise.all(found.entries.slice(from, from + STEP).map(index.show));
    if (mine !== turn) return;
    const items = shown.filter(Boolean).map((entry) => item(entry, found.hits));
    if (from) results.append(...items);
    else results.replaceChildren(...items);
    if (from && items.length) items[0].querySelector("a").focus();
    get("search_more")?.remove();
    if (from + STEP >= found.entries.length) return;
    const button = make("button", "btn", said.more);
    button.type = "button";
    button.id = "search_more";
    button.onclick = () => more(found, from + STEP, mine).catch(() => say(said.failed));
    results.after(button);
  };

  // filter does what can be done without fetching: it hides what lacks a word.
  const filter = (query) => {
    const wanted = words(query);
    let n = 0;
    for (const li of list.querySelectorAll("li")) {
      const text = fold(li.textContent);
      li.hidden = !wanted.every((w) => text.includes(w));
      if (!li.hidden) n++;
    }
    return n;
  };

  const answer = async () => {
    const mine = ++turn, query = field.value.trim(), disk = location.protocol === "file:";
    if (!disk) history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
    const count = (n) => say(n === 0 ? said.none : n === 1 ? said.single : said.plural, query, n);
    const clear = () => {
      results.replaceChildren();
      get("search_more")?.remove();
      results.removeAttribute("aria-busy");
    };
    if (!query || disk) {
      clear();
      list.hidden = false;
      const n = disk ? filter(query) : 0;
      return query ? count(n) : say("");
    }
    results.setAttribute("aria-busy", "true");
    try {
      opening = opening || openIndex(new URL(said.index, location.href).href);
      index = await opening;
      const found = await index.find(field.value);
      if (mine !== turn) return;
      list.hidden = true;
      await more(found, 0, mine);
      if (mine === turn) count(found.entries.length);
    } catch {
      if (!index) opening = null;
      if (mine !== turn) return;
      clear();
      list.hidden = false;
      say(said.failed, query);
    }
    if (mine === turn) results.removeAttribute("aria-busy");
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    // What few letters begin is much to fetch, and not what is meant.
    timer = setTimeout(answer, !index || index.small ? 80 : (words(field.value).at(-1) || "").length < 3 ? 400 : 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    answer();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) field.value = asked;
  if (field.value) answer();
})();

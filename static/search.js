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
  const MOST_WORDS = 5;
  // Words that a hyphen, an apostrophe or a comma or point for the thousands joins.
  const JOINT = `[-'’‐‑]|[,.](?=\\d{3}(?!${CHARACTER}))`;
  const CHAINS = new RegExp(`${CHARACTER}+(?:(?:${JOINT})${CHARACTER}+)+`, "gu");
  const PHRASES = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]/g;
  const POSSESSIVE = /['’]s$/i, JOINTS = new RegExp(JOINT, "gu");
  const ARTICLE = /^([وفبك]?ال)+(?=.{3})/u;

  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().replace(ACCENTS, "").replace(/[ßøæœłđðþħıς]/g, (c) => LETTERS[c])
      .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 96)).normalize("NFC");

  // words cuts a query as tokenizer.each in site/search/token.go cuts what is indexed; a dense run of one pair or more needs no last character alone.
  const words = (text) => (fold(text).match(RUNS) || []).flatMap((run) => {
    if (!IS_DENSE.test(run)) return run.replace(ARTICLE, "");
    const all = [...run];
    return all.length < 2 ? all : all.slice(1).map((c, i) => all[i] + c);
  });

  // joined is the word that a chain makes: isisk of ISIS-K.
  const joined = (chain) => {
    const parts = chain.replace(POSSESSIVE, "").split(JOINTS), made = words(parts.join(""));
    return parts.length > 1 && made.length === 1 ? made[0] : "";
  };

  // tokens are the words of a query, each with the chain that it stands in.
  const tokens = (query) => {
    const all = [];
    let from = 0;
    const add = (text, chain) => all.push(...words(text).map((word) => ({ word, chain })));
    for (const m of query.matchAll(CHAINS)) {
      add(query.slice(from, m.index));
      add(m[0], { word: joined(m[0]), size: words(m[0]).length });
      from = m.index + m[0].length;
    }
    add(query.slice(from));
    return all;
  };

  // dateAt reads a date that begins at a word: its word in the index, and how many words it has.
  const dateAt = (all, at, months) => {
    const used = [], BETWEEN = /^(de|del|of|the|年|月|日|년|월|일)$/;
    for (let i = at; i < all.length && used.length < 3; i++) {
      if (i === at || !BETWEEN.test(all[i])) used.push({ word: all[i], end: i + 1 - at });
    }
    const [a, b, c] = used.map((u) => u.word);
    const year = (w) => (/^[12]\d{3}$/.test(w) ? w : "");
    const day = (w) => /^([1-9]|0[1-9]|[12]\d|3[01])(st|nd|rd|th|er)?$/.test(w) && String(parseInt(w)).padStart(2, "0");
    const month = (w) => {
      if (/^(0[1-9]|1[0-2])$/.test(w)) return w;
      const meant = w && w.length > 2 ? months.filter((m) => m.startsWith(w)) : [];
      return meant.length === 1 && String(months.indexOf(meant[0]) + 1).padStart(2, "0");
    };
    const named = (w) => !/^\d/.test(w) && month(w), numbered = (w) => month(String(w).padStart(2, "0"));
    const says = (n, ...parts) => parts.every(Boolean) && { word: "=" + parts.join("-"), size: used[n - 1].end };
    return says(3, year(c), named(b), day(a)) || says(3, year(c), named(a), day(b)) || says(3, year(a), numbered(b), day(c)) ||
      says(3, year(a), named(b), day(c)) || says(2, year(b), named(a)) || says(2, year(a), month(b)) || says(1, year(a));
  };

  // decode reads numbers: digits from "]" on end one, those from "#" on go on.
  const decode = (text) => {
    const all = [];
    let n = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c < 93) n = n * 57 + c - 35;
      else all.push(n * 32 + c - 93), (n = 0);
    }
    return all;
  };

  // parse reads a shard: its words in order, with their codes, and the word of which each is a form.
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

  // An entry is known by the number of its document and its place there, in one number.
  const PLACES = 2 ** 20;

  // postings reads the codes of a word: how many entries have it, and those that are listed, with the impact.
  const postings = ({ cut, codes }) => {
    const numbers = decode(codes), listed = [];
    for (let i = cut, id = 0; i < numbers.length; ) {
      id += numbers[i++];
      for (let place = 0, more = 1; more; i++) {
        place += numbers[i] >> 5;
        listed.push([id * PLACES + place, (numbers[i] >> 1) & 15]);
        more = numbers[i] & 1;
      }
    }
    return { of: cut ? numbers[0] : listed.length, listed };
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

  // spellings are other ways to write an English word: organize for organise, color for colour, center for centre.
  const SPELLINGS = [
    [/^(.{3,})is(e|ed|es|er|ers|ing|able|ation.*)$/, "$1iz$2"], [/^(.{3,})iz(e|ed|es|er|ers|ing|able|ation.*)$/, "$1is$2"],
    [/^(.{3,}y)s(e|ed|es|er|ers|ing)$/, "$1z$2"], [/^(.{3,}y)z(e|ed|es|er|ers|ing)$/, "$1s$2"],
    [/^(.{3,})our(s|ed|ing|ite|ites|ful|able|hood|er|ers|less)?$/, "$1or$2"], [/^(.{3,})or(s|ed|ing|ite|ites|ful|able|hood|er|ers|less)?$/, "$1our$2"],
    [/^(.{2,}[bt])re(s|d)?$/, "$1er$2"], [/^(.{2,}[bt])er(s|d)?$/, "$1re$2"],
  ];
  const spellings = (word) => SPELLINGS.filter(([from]) => from.test(word)).map(([from, to]) => word.replace(from, to));

  // forms chooses the words of the index that a typed word means, each with its weight in percent. others are its other spellings.
  const forms = (typed, others, open, shard) => {
    const found = new Map();
    const exact = shard.find((item) => item.word === typed);
    const add = (one, itself, akin) => {
      for (const item of shard) if (one && item.stem === one.stem && !found.has(item)) found.set(item, item === one ? itself : akin);
    };
    add(exact, 100, 80);
    for (const other of others) add(shard.find((item) => item.word === other), 90, 70);
    if (typed[0] === "=") return found; // a date
    if (open || !found.size) {
      for (const item of shard)
        if (!found.has(item) && item.word.startsWith(typed)) found.set(item, Math.floor((70 * typed.length) / item.word.length));
    }
    if (found.size) return found;
    // None: the words that begin most like it, if their ends may be endings.
    let most = Math.max(4, typed.length - 3);
    for (const item of shard) {
      const n = Math.max(...[typed, ...others].map((w) => shared(w, item.word)));
      if (n < most || item.word.length > n + 3) continue;
      if (n > most) found.clear(), (most = n);
      found.set(item, 50);
    }
    return found;
  };

  // open fetches the index and returns what searches it.
  const openIndex = async (url) => {
    const kept = new Map();
    // once keeps what is made of a name, unless that fails.
    const once = (name, make) => {
      if (!kept.has(name)) {
        const got = make();
        got.catch(() => kept.delete(name));
        kept.set(name, got);
      }
      return kept.get(name);
    };
    const get = (name) => fetch(new URL(name, url)).then((r) => (r.ok ? r.json() : Promise.reject(new Error(name + ": " + r.status))));
    const root = await get(url), small = !!root.documents;
    const shardFile = (key) => "w" + key.replace(/[^a-z0-9]/gu, (c) => `_${c.codePointAt(0).toString(16)}_`) + ".json";
    const keys = small ? [""] : root.words.split(" ");
    const shard = (i) => once("w" + i, () => (small ? Promise.resolve(root.shard) : get(shardFile(keys[i]))).then(parse));
    let sum = 0;
    const firsts = small ? [] : decode(root.chunks).map((n) => (sum += n));
    const stop = new Set(root.stop.split(" ")), months = root.months.split(" ");

    // asked are what a query asks for: words, dates and chains, these two with the words that they are made of.
    const asked = (query) => {
      const all = tokens(query), plain = all.map((t) => t.word), made = new Map();
      for (let i = 0, size; i < all.length; i += size) {
        const chain = all[i].chain, date = dateAt(plain, i, months);
        const whole = date || (chain && chain.word && (!i || all[i - 1].chain !== chain) ? chain : null);
        size = whole ? whole.size : 1;
        const parts = plain.slice(i, i + size), telling = parts.filter((w) => !stop.has(w));
        made.set(whole ? whole.word : plain[i], whole && (telling.length ? telling : parts));
      }
      const list = [...made].map(([word, parts]) => ({ word, parts, open: false }));
      const telling = list.filter((a) => a.parts || !stop.has(a.word));
      if (LAST.test(query) && list.length) list.at(-1).open = true;
      return (telling.length ? telling : list).slice(0, MOST_WORDS);
    };

    // weigh returns the entries that have a word, or its like, with what that counts.
    const weigh = async (word, open, hits) => {
      const others = root.english ? spellings(word) : [], need = new Set([word, ...others].map((w) => last(keys, w)));
      const next = last(keys, word) + 1;
      if (open && next < keys.length && keys[next].startsWith(word)) need.add(next);
      const best = new Map();
      let of = 0;
      for (const [item, weight] of forms(word, others, open, (await Promise.all([...need].map(shard))).flat())) {
        hits.add(item.word);
        const { of: n, listed } = postings(item);
        of += n;
        for (const [entry, impact] of listed) best.set(entry, Math.max(best.get(entry) || 0, (impact + 1) * weight));
      }
      return { best, of };
    };

    // answers weighs what was asked: a chain or date as one word, or four fifths of all of its words.
    const answers = async ({ word, parts, open }) => {
      const hits = new Set();
      const { best, of } = await weigh(word, open, hits);
      if (!parts) return { best, of, hits };
      const each = await Promise.all(parts.map((w, i) => weigh(w, open && i === parts.length - 1, hits)));
      for (const entry of each[0].best.keys()) {
        const least = Math.min(...each.map((e) => e.best.get(entry) || 0));
        if (least) best.set(entry, Math.max(best.get(entry) || 0, Math.floor((least * 4) / 5)));
      }
      return { best, of: best.size, hits };
    };

    // find returns the entries for a query, best first, with how many of its words each has; the words that were found for
    // each; and its phrases.
    const find = async (query) => {
      const wanted = await Promise.all(asked(query).map(answers));
      const scores = new Map(), counts = new Map();
      let most = 0;
      for (const { best, of } of wanted) {
        const rare = Math.round(16 * Math.log(1 + root.n / of));
        for (const [entry, score] of best) {
          const n = (counts.get(entry) || 0) + 1;
          counts.set(entry, n);
          scores.set(entry, (scores.get(entry) || 0) + score * rare);
          most = Math.max(most, n);
        }
      }
      const phrases = [...query.matchAll(PHRASES)].map((m) => words(m[1]).join(" ")).filter(Boolean);
      // All words that can be had together first; then what has most of them.
      const enough = phrases.length ? wanted.length : most / 2;
      const entries = [...scores.keys()].filter((e) => counts.get(e) >= enough);
      entries.sort((a, b) => counts.get(b) - counts.get(a) || scores.get(b) - scores.get(a) || (a % PLACES) - (b % PLACES) || a - b);
      return { entries, counts, hits: wanted.map((w) => w.hits), phrases };
    };

    // show returns what is shown of an entry: kind, title, URL, text, of, its document's title, and its body where the site is small.
    const show = async (entry) => {
      const id = Math.floor(entry / PLACES), i = last(firsts, id);
      const documents = small ? root.documents : await once("d" + i, () => get("d" + firsts[i] + ".json"));
      const entries = documents.filter((d) => d[0] === id).flatMap(([, url, name, ...rest]) => rest.map((e) => [e, url, name]));
      const [found, page, name] = entries[entry % PLACES] || [];
      if (!found) return null; // files of two builds
      const [kind, title, at = "", text = "", of = "", body = ""] = found;
      const place = at === "#" ? at + (title.toLowerCase().match(/[a-z0-9]+/g) || []).join("-") : at; // most are made of the title
      return { kind, title, url: /^#|^$/.test(place) ? page + place : place, text, of, name, body };
    };
    return { find, show, small, bodies: root.bodies };
  };

  // holds reports whether a text has all phrases, word for word.
  const holds = (text, phrases) => {
    const all = ` ${words(text).join(" ")} `;
    return phrases.every((p) => all.includes(` ${p} `));
  };

  // has reports which of the words that were found, a set for each one asked for, a text has. Dates stand in no text.
  const has = (text, hits) => {
    const all = new Set([...words(text), ...[...text.matchAll(CHAINS)].map((m) => joined(m[0]))]);
    return hits.map((some) => [...some].some((h) => all.has(h)));
  };

  // sentenceOf is the sentence of a text that has most of the words that are missing so far, not too long.
  const sentenceOf = (text, hits, missing) => {
    let best = "", most = 0;
    for (const [sentence] of text.matchAll(/.+?(?:[.!?؟]+["'”’»)]*(?=\s)|[。！？]+|$)/gsu)) {
      const n = has(sentence, hits).filter((h, i) => h && missing[i]).length;
      if (n > most) (best = sentence.trim()), (most = n);
    }
    return best;
  };

  // For tests, which run without a page.
  if (typeof document === "undefined") {
    globalThis.nutgrafSearch = { words, joined, openIndex, holds, has, sentenceOf };
    return;
  }
  const form = document.querySelector("form[role=search][data-index]");
  if (!form) return;
  const get = (id) => document.getElementById(id);
  const field = get("q"), status = get("search_status"), results = get("search_results"), list = get("search_list");
  const said = form.dataset, STEP = 10;
  // How many pages of a large site are fetched: for a sentence, and to look for a phrase.
  const PAGES = 1, PHRASE_PAGES = 4;
  // What stands in a text on either side of a block of code: that is found, but is no sentence.
  const CODE = "\uFFFC";
  const LANG = (document.documentElement.lang || "en") + "-u-nu-latn"; // as the other pages write numbers
  let turn = 0, index, opening, timer;

  const make = (name, className, ...children) => {
    const e = document.createElement(name);
    if (className) e.className = className;
    e.append(...children);
    return e;
  };

  // marked puts the words that were found into <mark>: a chain whole, if it was found as one word.
  const ANY = new RegExp(CHAINS.source + "|" + ONE.source, "gu");
  const marked = (text, hits, pattern = ANY) => {
    const parts = [], all = new Set(hits.flatMap((some) => [...some]));
    let from = 0;
    for (const m of text.matchAll(pattern)) {
      const w = fold(m[0]), made = joined(m[0]);
      const hit = IS_DENSE.test(w) ? [...all].some((h) => h.includes(w)) : made ? all.has(made) : words(m[0]).some((p) => all.has(p));
      if (!hit && (pattern === ONE || !m[0].match(JOINTS))) continue;
      parts.push(text.slice(from, m.index), ...(hit ? [make("mark", "", m[0])] : marked(m[0], hits, ONE)));
      from = m.index + m[0].length;
    }
    return [...parts, text.slice(from)];
  };

  const item = ({ kind, title, url, text, of, name }, hits) => {
    const a = make("a", "", ...marked(title || said["kind-" + kind], hits));
    a.href = said.root + url;
    const note = [title && said["kind-" + kind], of, name !== title && name].filter(Boolean);
    const li = make("li", "", make("h2", "hit", a));
    if (text) li.append(make("p", "", ...marked(text, hits)));
    if (note.length) li.append(make("p", "note", ...marked(note.join(" · "), hits)));
    return li;
  };

  // textAt is what stands at an address, on the page that its reader gets.
  const pages = new Map();
  const textAt = async (url) => {
    const [path, at] = url.split("#");
    if (!pages.has(path)) {
      const got = new Promise((done, failed) => {
        const request = new XMLHttpRequest(); // the policy lets no script parse HTML by itself
        request.open("GET", said.root + path);
        request.responseType = "document";
        request.onload = () => (request.response ? done(request.response) : failed());
        request.onerror = failed;
        request.send();
      });
      got.catch(() => pages.delete(path));
      pages.set(path, got);
    }
    const page = await pages.get(path);
    for (const code of page.querySelectorAll("pre")) code.replaceWith(CODE + code.textContent + CODE);
    const there = at ? page.getElementById(at)?.closest("section, li") : page.querySelector(".intro");
    return (there || page.querySelector("main") || page.body).textContent.replace(/\s+/g, " ");
  };

  // bodyOf is the rest of an entry's text. Of a large site it is on its page, of which no more are fetched than most; null then.
  const bodyOf = async (shown, fetched, most) => {
    const path = shown.url.split("#")[0];
    if (index.bodies) return shown.body;
    if (!fetched.has(path) && fetched.size >= most) return null;
    fetched.add(path);
    return textAt(shown.url);
  };

  // quote puts the sentence with a word under a result whose title and short answer lack it.
  const quote = async (li, entry, shown, found, fetched) => {
    const seen = has([shown.title, shown.text, shown.of, shown.name].join(" "), found.hits);
    if (seen.filter(Boolean).length >= found.counts.get(entry)) return;
    const prose = ((await bodyOf(shown, fetched, PAGES)) || "").split(CODE).filter((_, i) => i % 2 < 1).join(" ");
    const sentence = sentenceOf(prose, found.hits, seen.map((s) => !s));
    if (sentence) [...li.querySelectorAll("h2, p:not(.note)")].at(-1).after(make("p", "", ...marked(clipped(sentence, found.hits), found.hits)));
  };

  // clipped is a sentence, of a long one what is around the first word that was found.
  const clipped = (text, hits) => {
    const parts = marked(text, hits), LONG = 240;
    if (text.length <= LONG || parts.length < 2) return text.slice(0, LONG);
    const from = Math.max(0, Math.min(parts[0].length - 80, text.length - LONG)), start = from && text.indexOf(" ", from) + 1;
    const end = text.indexOf(" ", start + LONG);
    return (start ? "… " : "") + text.slice(start, end < 0 ? undefined : end) + (end < 0 ? "" : " …");
  };

  const say = (sentence, q, n) => { status.textContent = (sentence || "").replace("{n}", n?.toLocaleString(LANG)).replace("{q}", () => q); };

  // more shows the next results, unless another query has begun; focus goes to the first of them. It returns how many of all
  // there are: of a phrase, those that are shown.
  const more = async (found, from, mine) => {
    const entries = found.entries.slice(from, from + STEP), fetched = new Set(), all = [], unread = [];
    const shown = await Promise.all(entries.map(index.show));
    for (const [i, one] of shown.entries()) {
      if (!one) continue;
      const result = [item(one, found.hits), entries[i], one];
      const body = [one.title, one.text].some((t) => holds(t, found.phrases)) || (await bodyOf(one, fetched, PHRASE_PAGES));
      if (body === null) unread.push(result);
      else if (body === true || holds(body, found.phrases)) all.push(result);
    }
    all.push(...unread);
    if (mine !== turn) return;
    const items = all.map(([li]) => li);
    if (from) results.append(...items);
    else results.replaceChildren(...items);
    if (from && items.length) items[0].querySelector("a").focus();
    get("search_more")?.remove();
    if (from + STEP < found.entries.length) {
      const button = make("button", "btn", said.more);
      button.type = "button";
      button.id = "search_more";
      button.onclick = () => more(found, from + STEP, mine).catch(() => say(said.failed));
      results.after(button);
    }
    for (const [li, entry, one] of all) quote(li, entry, one, found, fetched).catch(() => {});
    return found.phrases.length ? results.children.length : found.entries.length;
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
      const n = await more(found, 0, mine);
      if (mine === turn) count(n);
    } catch {
      opening = null;
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

// The preview's own script: it shows what is wrong, brings a page up to date in
// place, so that the writer's place in it is kept, and leads to the source. No
// published page has it.
'use strict';
(() => {
  const self = document.currentScript, data = self.dataset, events = data.secret + 'events';
  const policy = window.trustedTypes?.createPolicy('nutgraf-preview', { createHTML: s => s });
  const parse = html => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
  const make = (tag, name, text) => {
    const e = document.createElement(tag);
    if (name) e.className = name;
    if (text) e.textContent = text;
    return e;
  };
  const link = (text, href) => {
    const e = make(href ? 'a' : 'span', '', text);
    if (href) e.href = href;
    return e;
  };
  const isDesk = 'desk' in data;
  // The desk hears for the pages that it frames: browsers hold few channels open at once.
  const framing = () => { try { return parent !== window && parent.document.querySelector('script[data-desk]') ? parent : null; } catch { return null; } };
  const desk = framing();
  let key = data.key, busy = false, again = false;

  // served is what the server gave for each node that came from it. What scripts
  // and the reader changed since then stays, until the server gives something else there.
  const served = new WeakMap();
  const pair = (live, given) => {
    served.set(live, given);
    for (let x = live.firstChild, y = given.firstChild; x && y; x = x.nextSibling, y = y.nextSibling) pair(x, y);
  };
  const fresh = given => {
    const e = document.importNode(given, true);
    pair(e, given);
    return e;
  };

  // morph makes a node what the server gives now.
  const morph = (live, next) => {
    const was = served.get(live);
    if (was.isEqualNode(next)) return;
    served.set(live, next);
    if (next.nodeType !== Node.ELEMENT_NODE) { live.nodeValue = next.nodeValue; return; }
    for (const { name } of was.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
    for (const { name, value } of next.attributes) if (was.getAttribute(name) !== value) live.setAttribute(name, value);
    // What a script has put in place of all that was served is the script's.
    if (was.hasChildNodes() && ![...live.childNodes].some(n => served.has(n))) return;
    const wants = [...next.childNodes], haves = match(live, wants);
    for (const n of [...live.childNodes]) if (served.has(n) && !haves.includes(n)) n.remove();
    let at = live.firstChild;
    wants.forEach((want, i) => {
      while (at && !served.has(at)) at = at.nextSibling;
      const have = haves[i];
      if (have && have === at) at = at.nextSibling;
      else live.insertBefore(have || fresh(want), at);
      if (have) morph(have, want);
    });
  };
  // match finds for each node wanted the one that is there: of its id, or just
  // the same, or else of its kind.
  const match = (live, wants) => {
    const left = new Set([...live.childNodes].filter(n => served.has(n)));
    const take = test => {
      for (const n of left) if (test(n, served.get(n))) { left.delete(n); return n; }
      return null;
    };
    const found = wants.map(w => take((n, was) => n.nodeName === w.nodeName && (w.id ? was.id === w.id : was.isEqualNode(w))));
    return found.map((f, i) => f || take((n, was) => n.nodeName === wants[i].nodeName && !was.id && !wants[i].id));
  };

  // A style sheet that changed has another name: the new one is there before the old one goes.
  const head = next => {
    document.title = next.title;
    const now = new Map([...document.querySelectorAll('link[rel=stylesheet]')].map(l => [l.getAttribute('href'), l]));
    for (const l of next.querySelectorAll('link[rel=stylesheet]')) {
      if (now.delete(l.getAttribute('href'))) continue;
      const sheet = document.importNode(l), old = [...now.values()];
      now.clear();
      sheet.addEventListener('load', () => old.forEach(o => o.remove()));
      document.head.append(sheet);
    }
  };

  // edited finds in what the server gives now the questions and events that are
  // not as they were, each with the first piece of it that is not.
  const pieces = e => [...e.querySelectorAll('h2, h3, h4, p, li, pre, figure, table')];
  const edited = next => [...next.querySelectorAll('main .qa[id], main .ev[id]')].flatMap(now => {
    const live = document.getElementById(now.id), was = live && served.get(live);
    if (was?.isEqualNode(now)) return [];
    const before = was ? pieces(was) : [], after = pieces(now);
    return [{ id: now.id, said: was?.textContent !== now.textContent, piece: after.find((p, i) => !before[i]?.isEqualNode(p)) || after.at(-1) }];
  });
  const onScreen = e => {
    const r = e.getBoundingClientRect();
    return r.bottom > 0 && r.top < innerHeight;
  };
  const stays = 'nutgraf preview stays';
  const staying = () => { try { return localStorage.getItem(stays) === 'yes'; } catch { return false; } };
  const follow = all => {
    // Other words are an edit; other links may follow from one elsewhere.
    const list = all.some(e => e.said) ? all.filter(e => e.said) : all;
    const questions = list.map(({ id }) => document.getElementById(id));
    if (!list.length || staying() || questions.some(onScreen)) return;
    const to = pieces(questions[0]).find(p => served.get(p) === list[0].piece) || questions[0];
    to.scrollIntoView({ block: to.offsetHeight < innerHeight / 2 ? 'center' : 'start', behavior: 'instant' });
  };

  const update = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const r = await fetch(location.href, { headers: { Accept: 'text/html' } });
      const next = parse(await r.text());
      const script = next.querySelector('script[data-secret]');
      const scripts = d => [...d.querySelectorAll('script[src]:not([data-secret])')].map(s => s.getAttribute('src')).join();
      if (!script || scripts(next) !== scripts(document)) { location.reload(); return; }
      head(next);
      for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
      const list = edited(next);
      morph(document.body, next.body);
      key = script.dataset.key;
      document.dispatchEvent(new CustomEvent('nutgraf:updated'));
      follow(list);
    } catch { again = true; }
    busy = false;
    if (again) { again = false; setTimeout(update, 200); }
  };

  // The overlay: every error with its place, its reason and its fix.
  let panel;
  const overlay = facts => {
    const wrong = facts.filter(f => f.severity === 'error');
    if (!wrong.length) { panel?.remove(); panel = null; return; }
    if (!panel) {
      panel = make('section', 'ngp');
      panel.setAttribute('role', 'region');
      panel.setAttribute('aria-label', 'What to fix');
      panel.tabIndex = 0;
      document.body.append(panel);
    }
    const title = make('h2', '', wrong.length === 1 ? 'One thing to fix' : wrong.length + ' things to fix');
    const note = make('p', 'ngp-note', 'You see the last good version of what is wrong, or nothing. This closes when you save the fix.');
    const list = make('ol');
    for (const f of wrong) {
      const item = make('li'), where = f.file ? f.file + (f.line ? ':' + f.line + ':' + f.column : '') : '';
      item.append(make('strong', '', f.message));
      if (where) {
        const p = make('p', 'ngp-at');
        p.append(link(where, f.edit));
        item.append(p);
      }
      if (f.excerpt) item.append(make('pre', '', f.excerpt + '\n' + (f.caret || '')));
      if (f.why) item.append(make('p', '', f.why));
      if (f.hint) item.append(make('p', 'ngp-fix', 'Fix: ' + f.hint));
      list.append(item);
    }
    panel.replaceChildren(title, note, list);
  };

  // What of the page is meant: the part of it by its id, and what stands there.
  // In a list of other pages that is the page to which the item leads.
  const spot = e => {
    const block = e.closest('p, li, h1, h2, h3, h4, h5, h6, dt, dd, pre, td, th, figcaption, summary') || e;
    const text = block.textContent.trim().slice(0, 300), part = e.closest('.qa, .ev, [id^=term-]');
    const item = e.closest('.answers li, body:not(.page-explainer) :is(li, article)'), to = item?.querySelector('a[href]');
    if (!part && to?.origin === location.origin && !e.closest('.prose')) return { page: to.pathname, id: decodeURIComponent(to.hash.slice(1)), text };
    return { page: data.page, id: (part || e.closest('[id]'))?.id || '', text };
  };
  const source = async e => {
    try {
      const r = await fetch(data.secret + 'source?' + new URLSearchParams(spot(e)));
      if (!r.ok) { say('No file has this text'); return; }
      const f = await r.json();
      say('', link(f.file + ':' + f.line, f.edit));
      if (f.edit) note.querySelector('a').click();
    } catch { say('The preview is not responding'); }
  };
  document.addEventListener('click', e => {
    if (!e.altKey || e.ctrlKey || e.metaKey || e.shiftKey || e.button || isDesk || e.target.closest('[class^=ngp]')) return;
    e.preventDefault();
    e.stopPropagation();
    source(e.target);
  }, true);

  // What was done, for a while.
  const note = make('p', 'ngp-say');
  note.setAttribute('role', 'status');
  let off;
  const say = (text, ...more) => {
    note.replaceChildren(text, ...more);
    clearTimeout(off);
    off = setTimeout(() => note.replaceChildren(), 6000);
  };

  // The preview's own menu.
  const menu = () => {
    const box = make('aside', 'ngp-menu'), open = make('button', '', 'Preview'), list = make('div'), follows = make('label'), tick = make('input'), edit = make('button', '', 'Edit what is on screen');
    box.setAttribute('aria-label', 'Preview menu');
    open.type = edit.type = 'button';
    list.id = 'ngp_menu';
    list.popover = 'auto';
    open.popoverTargetElement = list;
    tick.type = 'checkbox';
    tick.checked = !staying();
    tick.addEventListener('change', () => { try { localStorage.setItem(stays, tick.checked ? 'no' : 'yes'); } catch { /* it holds for no other page */ } });
    follows.append(tick, 'Move to the question you edited');
    edit.addEventListener('click', () => { list.hidePopover(); source(document.elementFromPoint(innerWidth / 2, innerHeight / 3) || document.body); });
    list.append(link('The desk', '/_preview/?page=' + encodeURIComponent(data.page)), link('As it is published', '?plain'), edit, follows, make('p', 'ngp-note', 'Alt-click on a text opens it in your editor.'));
    box.append(open, list);
    document.body.append(box);
  };

  const hear = m => {
    if (isDesk) dispatchEvent(new CustomEvent('nutgraf:told', { detail: m }));
    const empty = document.body.matches('.ngp-empty'); // it says itself what is wrong
    if (empty || desk || m.key !== key) update();
    if (!desk && !isDesk && !empty) overlay(m.facts || []);
  };
  const told = e => hear(e.detail);
  let stop = () => {};
  const listen = () => {
    if (desk) {
      desk.addEventListener('nutgraf:told', told);
      stop = () => desk.removeEventListener('nutgraf:told', told);
      return;
    }
    const channel = new EventSource(events + '?page=' + encodeURIComponent(data.page));
    channel.onmessage = e => hear(JSON.parse(e.data));
    stop = () => channel.close();
  };
  addEventListener('pagehide', () => stop());
  addEventListener('pageshow', e => { if (e.persisted) listen(); });
  // Before any script has changed what was served.
  document.addEventListener('readystatechange', () => {
    pair(document.body, document.body.cloneNode(true));
    document.body.append(note);
    if (desk) document.documentElement.dataset.framed = ''; // the desk says what the banner says
    else if (!isDesk) menu();
    listen();
  }, { once: true });
})();

// The preview's own script: it shows what is wrong, and brings a page up to date
// in place, so that the writer's place in it is kept. No published page has it.
'use strict';
(() => {
  const self = document.currentScript, data = self.dataset;
  const policy = window.trustedTypes?.createPolicy('nutgraf-preview', { createHTML: s => s });
  const parse = html => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
  const make = (tag, name, text) => {
    const e = document.createElement(tag);
    if (name) e.className = name;
    if (text) e.textContent = text;
    return e;
  };
  let key = data.key, busy = false, again = false;

  // morph makes a the same as b, and keeps what of it stays: focus, scrolling,
  // typed text and open disclosures live in the elements.
  const morph = (a, b) => {
    for (const { name } of [...a.attributes]) if (!b.hasAttribute(name) && !(name === 'open' && a.localName === 'details')) a.removeAttribute(name);
    for (const { name, value } of b.attributes) if (a.getAttribute(name) !== value) a.setAttribute(name, value);
    children(a, b);
  };
  const same = (x, y) => x.nodeType === y.nodeType && x.nodeName === y.nodeName && (x.id || '') === (y.id || '');
  const children = (a, b) => {
    const ids = new Map();
    for (const c of a.children) if (c.id) ids.set(c.id, c);
    let at = a.firstChild;
    for (const want of [...b.childNodes]) {
      while (at && at.ngp) at = at.nextSibling;
      let have = want.id ? ids.get(want.id) : at && same(at, want) ? at : null;
      if (have && have.nodeName !== want.nodeName) have = null;
      if (!have) {
        a.insertBefore(document.importNode(want, true), at);
        continue;
      }
      if (have === at) at = at.nextSibling;
      else a.insertBefore(have, at);
      if (have.nodeType === Node.ELEMENT_NODE) { if (!have.isEqualNode(want)) morph(have, want); }
      else if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
    }
    while (at) {
      const next = at.nextSibling;
      if (!at.ngp) at.remove();
      at = next;
    }
  };

  // A style sheet that changed has another name: the new one is there before the old one goes.
  const head = next => {
    document.title = next.title;
    const now = new Map([...document.querySelectorAll('link[rel=stylesheet]')].map(l => [l.getAttribute('href'), l]));
    for (const l of next.querySelectorAll('link[rel=stylesheet]')) {
      if (now.delete(l.getAttribute('href'))) continue;
      const fresh = document.importNode(l), old = [...now.values()];
      now.clear();
      fresh.addEventListener('load', () => old.forEach(o => o.remove()));
      document.head.append(fresh);
    }
  };

  const update = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const r = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
      const next = parse(await r.text());
      const script = next.querySelector('script[data-events]');
      const scripts = d => [...d.querySelectorAll('script[src]:not([data-events])')].map(s => s.getAttribute('src')).join();
      if (!script || scripts(next) !== scripts(document)) { location.reload(); return; }
      head(next);
      for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
      morph(document.body, next.body);
      key = script.dataset.key;
      document.dispatchEvent(new CustomEvent('nutgraf:updated'));
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
      panel.ngp = true;
      panel.setAttribute('role', 'region');
      panel.setAttribute('aria-label', 'What is to be mended');
      panel.tabIndex = 0;
      document.body.append(panel);
    }
    const title = make('h2', '', wrong.length === 1 ? 'One thing to mend' : wrong.length + ' things to mend');
    const note = make('p', 'ngp-note', 'The page is as it was before. This goes away when you save the fix.');
    const list = make('ol');
    for (const f of wrong) {
      const item = make('li'), where = f.file ? f.file + (f.line ? ':' + f.line + ':' + f.column : '') : '';
      item.append(make('strong', '', f.message));
      if (where) {
        const p = make('p', 'ngp-at'), a = make(f.edit ? 'a' : 'span', '', where);
        if (f.edit) a.href = f.edit;
        p.append(a);
        item.append(p);
      }
      if (f.excerpt) item.append(make('pre', '', f.excerpt + '\n' + (f.caret || '')));
      if (f.why) item.append(make('p', '', f.why));
      if (f.hint) item.append(make('p', 'ngp-fix', 'Fix: ' + f.hint));
      list.append(item);
    }
    panel.replaceChildren(title, note, list);
  };

  const listen = () => {
    const events = new EventSource(data.events + '?page=' + encodeURIComponent(data.page));
    events.onmessage = e => {
      const m = JSON.parse(e.data);
      if (!m.fails && m.key !== key) update();
      overlay(m.facts || []);
    };
    addEventListener('pagehide', () => events.close());
  };
  listen();
  addEventListener('pageshow', e => { if (e.persisted) listen(); });
})();

/* Every page is complete without this file. It remembers reading settings, shows cards of terms and sources, marks the current question,
   filters lists in place and copies links. Its words come from its own element: pages are in many languages. */
(() => {
  'use strict';
  const D = document, R = D.documentElement, W = window, words = D.currentScript.dataset;
  // Under names of our own: other sites may share the host.
  const get = k => { try { return localStorage.getItem('nutgraf ' + k); } catch { return null; } };
  const put = (k, v) => { try { localStorage.setItem('nutgraf ' + k, v); } catch { /* private mode */ } };
  R.classList.add('has-js');
  // Before the first paint, so that a choice made earlier never flashes.
  for (const k of ['theme', 'size']) { const v = get(k); if (v) R.dataset[k] = v; }

  const $ = (s, r = D) => r.querySelector(s), $$ = (s, r = D) => [...r.querySelectorAll(s)];
  const el = (tag, props, ...kids) => {
    const e = D.createElement(tag);
    for (const [k, v] of Object.entries(props)) e.setAttribute(k, v);
    e.append(...kids);
    return e;
  };
  const plain = e => !(e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || e.button);
  // Now, and whenever the writer's preview has put something new into the page.
  const always = f => { f(); D.addEventListener('nutgraf:updated', f); };

  D.addEventListener('DOMContentLoaded', () => {
    const toast = el('div', { class: 'toast', role: 'status', popover: 'manual' }); // above an open menu
    D.body.append(toast);
    let off;
    const say = t => {
      toast.hidePopover();
      toast.showPopover();
      toast.textContent = t;
      clearTimeout(off);
      off = setTimeout(() => toast.hidePopover(), 2400);
    };

    // Reading settings.
    for (const k of ['theme', 'size']) {
      const now = D.getElementById(k + '_' + R.dataset[k]);
      if (now) now.checked = true;
      $$(`input[name=${k}]`).forEach(i => i.addEventListener('change', () => put(k, R.dataset[k] = i.id.slice(k.length + 1))));
    }

    // Copy and print.
    D.addEventListener('click', async e => {
      const b = e.target.closest('button');
      if (!b) return;
      if ('print' in b.dataset) W.print();
      const { share, copy, copied } = b.dataset;
      try {
        const url = $('[property="og:url"]')?.content || location.href;
        if (share && navigator.share) await navigator.share({ title: D.title, url });
        else if (copy != null) {
          const text = copy ? D.getElementById(copy).textContent : url;
          try { await navigator.clipboard.writeText(text); } catch { return prompt(b.textContent, text); }
          say(copied || words.copied);
        }
      } catch { /* the reader closed the sheet */ }
    });
    const line = $('#cite_line');
    if (line && !$('[property="og:url"]') && location.protocol !== 'file:') line.append(', ' + location.href.split('#')[0]);
    if (navigator.share) $$('[data-share]').forEach(b => b.textContent = b.dataset.share);

    // The current question: in the rail on wide screens, in the bar on phones.
    const nav = $('#question_list');
    if (nav) {
      const n = $('[data-n]'), q = $('[data-q]');
      let links, questions;
      // A list that is longer than the window shows where the reader is.
      const reveal = () => { const a = $('[aria-current]', nav); if (a) nav.scrollTop = a.offsetTop - nav.clientHeight / 2; };
      nav.addEventListener('toggle', reveal);
      const all = q?.textContent;
      const seen = new IntersectionObserver(es => es.forEach(({ isIntersecting: here, target, boundingClientRect: box }) => {
        const a = links.get(target.id);
        // Above the first question none is current.
        if (!a || !here && !(a.ariaCurrent && box.top > 0)) return;
        $$('[aria-current]', nav).forEach(x => x.removeAttribute('aria-current'));
        if (here) a.ariaCurrent = 'true';
        reveal();
        if (!n) return;
        const i = here ? questions.indexOf(a) : -1;
        n.textContent = i < 0 ? '' : words.of.replace('{n}', i + 1).replace('{total}', questions.length);
        q.textContent = here ? a.textContent : all;
      }), { rootMargin: '-15% 0px -80% 0px' });
      always(() => {
        links = new Map($$('a', nav).map(a => [a.hash.slice(1), a]));
        questions = $$('ol a', nav);
        links.forEach((a, id) => { const s = $('main #' + CSS.escape(id)); if (s) seen.observe(s); });
      });
      nav.addEventListener('click', e => { if (e.target.closest('a') && nav.matches(':popover-open')) nav.hidePopover(); });
    }

    // What is new since this reader's last visit, once they have asked for it: a day for each page, on the device alone.
    const marks = $('#mark_changes'), seen = 'seen ' + location.pathname;
    const visit = () => nav && put(seen, new Date().toISOString().slice(0, 10));
    if (marks) {
      if (marks.checked = !!get('marks')) {
        const last = get(seen);
        if (last) $$('.upd').forEach(p => { if ($('time', p)?.dateTime.slice(0, 10) > last) p.append(el('span', { class: 'new' }, ' (' + words.new + ')')); });
        visit();
      }
      marks.addEventListener('change', () => {
        // A tick that can't be kept does not stand.
        if (marks.checked) { put('marks', 'on'); if (marks.checked = !!get('marks')) visit(); return; }
        $$('.new').forEach(s => s.remove());
        try { for (const k in { ...localStorage }) if (/^nutgraf (marks$|seen )/.test(k)) localStorage.removeItem(k); } catch { /* nothing is kept */ }
      });
    }

    // Cards of terms and sources: after 300 ms under the pointer, or when the link is pressed. Focus alone opens nothing.
    if ('popover' in HTMLElement.prototype) {
      const x = el('button', { class: 'x', type: 'button', 'aria-label': words.close }, '×');
      const card = el('div', { id: 'link_card', popover: 'auto', role: 'dialog', 'aria-labelledby': 'link_card_title', tabindex: '-1' });
      let from = null, pinned = false, timer;
      const shown = () => card.matches(':popover-open');
      const open = (a, pin) => {
        const src = D.getElementById(a.hash.slice(1));
        if (!src) return false;
        if (shown()) { if (from === a && !pin) return true; card.hidePopover(); }
        const [h, ...more] = $$(':scope>:not(.back)', src).map(p => el('p', { class: p.className }, ...[...p.childNodes].map(c => c.cloneNode(true))));
        h.className = 'h';
        h.id = 'link_card_title';
        card.replaceChildren(h, ...more, x);
        a.after(card); // where reading goes on behind it
        from = a; pinned = pin;
        try { card.showPopover({ source: a }); } catch { return false; }
        a.setAttribute('aria-expanded', 'true');
        if (pin) card.focus({ preventScroll: true });
        return true;
      };
      const wait = (ms, f) => { clearTimeout(timer); timer = setTimeout(f, ms); };
      const leave = () => wait(300, () => { if (!pinned && shown()) card.hidePopover(); });
      card.addEventListener('toggle', e => { if (e.newState === 'closed' && from) { from.setAttribute('aria-expanded', 'false'); pinned = false; } });
      card.addEventListener('pointerenter', () => clearTimeout(timer));
      card.addEventListener('pointerleave', leave);
      x.addEventListener('click', () => { card.hidePopover(); from.focus(); });
      card.addEventListener('click', e => { if (e.target.closest('a[href^="#"]')) card.hidePopover(); });
      always(() => $$(':is(a.term[href^="#"],a[href^="#source-"]:not(.srcs a)):not([aria-haspopup])').forEach(a => {
        a.setAttribute('aria-haspopup', 'dialog');
        a.setAttribute('aria-expanded', 'false');
        a.addEventListener('pointerenter', e => { if (e.pointerType === 'mouse') wait(300, () => open(a, false)); });
        a.addEventListener('pointerleave', leave);
        a.addEventListener('click', e => {
          if (!plain(e)) return;
          clearTimeout(timer);
          if (open(a, true)) e.preventDefault();
        });
      }));
    }

    // The words of a lost address, to look for them.
    const lost = $('[data-lost]');
    if (lost) {
      let path = location.pathname.replace(lost.dataset.lost, '');
      try { path = decodeURIComponent(path); } catch { /* as it is */ }
      lost.q.value ||= path.replace(/\.\w+$/, '').split('/').filter(p => !/^(explainers|glossary|timeline|topics|page|index|\d+)$/.test(p))
        .join(' ').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
    }

    // Filters. Their links lead to ready-made pages; where all events are here, they filter in place.
    const tally = (sel, test, forms) => {
      let n = 0;
      $$(sel).forEach(i => { i.hidden = !test(i); n += !i.hidden; });
      $$('.grp').forEach(g => { if ($(sel, g)) g.hidden = !$(sel + ':not([hidden])', g); });
      const s = $('[data-count]');
      return s && (s.textContent = (n === 1 ? forms.single : forms.plural).replace('{n}', n.toLocaleString((R.lang || 'en') + '-u-nu-latn')));
    };
    const pills = $('[data-all]') ? $$('.pills a[data-k]') : [], rest = pills.length && D.title.slice(pills[0].dataset.title.length);
    const choose = a => {
      const k = a.dataset.k;
      const n = tally('[data-all] .ev', i => !k || (i.dataset.k || '').split(' ').includes(k), $('[data-count]').dataset);
      $$('.pills [aria-current]').forEach(b => b.removeAttribute('aria-current'));
      a.setAttribute('aria-current', 'true');
      D.title = a.dataset.title + rest;
      // The page says what the ready one says, and has no chart of what is not shown.
      const y = $$('.grp:not([hidden])>h2'), c = $('nav:has(.dens)');
      $('.meta p').textContent = n + (y[1] ? ', ' + y[0].textContent + '–' + y.at(-1).textContent : '');
      $('h1').textContent = a.dataset.title;
      if (c) c.hidden = k;
      // Each explainer is named once where several of its own events are left behind each other.
      let own;
      $$('[data-all]:not(.of-one) .ev:not([hidden])').forEach(v => { const o = $('.own', v), h = o?.lastChild.href; if (o) o.hidden = h === own; own = h; });
    };
    pills.forEach(a => a.addEventListener('click', e => {
      if (!plain(e)) return;
      e.preventDefault();
      // Links are relative: they must mean the same under the other address.
      $$('[href]:not([href^="#"])').forEach(x => { const url = x.href; if (x.getAttribute('href') !== url) x.setAttribute('href', url); });
      choose(a);
      try { history.pushState(null, '', a.href); } catch { /* from disk */ }
    }));
    // What stood here while the glossary was shorter.
    const place = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ''; /* nothing of ours */ } };
    const { hash } = location, id = place();
    if (id && $('.az') && !D.getElementById(id)) {
      const a = $$('.az a').find(l => l.hash === hash);
      if (a) location.replace(a.href);
      else if (/^term-./.test(id)) location.replace(new URL(`glossary/${hash.slice(6)}/`, $('.mark').href));
    }
    W.addEventListener('popstate', () => {
      const a = pills.find(p => p.href === location.href.split('#')[0]);
      if (a) choose(a);
    });
    // A link to what is folded up opens it, also where the browser itself would not.
    const unfold = () => {
      const t = D.getElementById(place()), d = t?.closest('details:not([open])');
      if (d) { d.open = true; t.scrollIntoView(); }
    };
    W.addEventListener('hashchange', unfold);
    unfold();
    const find = $('#find_term');
    if (find) {
      const f = () => {
        const w = find.value.trim().toLowerCase().split(/\s+/);
        tally('.gl>div', i => w.every(p => i.textContent.toLowerCase().includes(p)), find.dataset);
      };
      find.addEventListener('input', f);
      if (find.value) f();
    }
  });
})();

// The desk: the page beside what is to be mended.
'use strict';
(() => {
  const key = 'nutgraf desk screen';
  const get = k => { try { return localStorage.getItem(k); } catch { return null; } };
  const $ = s => document.querySelector(s);

  // The colours that the writer chose on the site are those of the desk.
  const theme = get('theme');
  if (theme) document.documentElement.dataset.theme = theme;

  const screen = document.getElementById('screen_' + get(key));
  if (screen) screen.checked = true;
  document.addEventListener('change', e => {
    if (e.target.name === 'screen') try { localStorage.setItem(key, e.target.value); } catch { /* for this time only */ }
    fit();
  });

  // The wide page is 1,280 px wide in any window, made smaller to fit.
  const wide = 1280;
  const fit = () => {
    const box = $('.fit');
    if (!box?.clientWidth) return;
    const frame = box.firstElementChild, by = Math.min(1, box.clientWidth / wide);
    frame.style.width = Math.max(wide, box.clientWidth) + 'px';
    frame.style.height = box.clientHeight / by + 'px';
    frame.style.transform = 'scale(' + by + ')';
  };
  addEventListener('resize', fit);
  fit();

  // A finding shows its place in each frame that is there; of two frames a link reaches one.
  document.addEventListener('click', e => {
    const a = e.target.closest('a[target=wide]');
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || e.button || !$('.stage iframe')) return;
    e.preventDefault();
    for (const frame of document.querySelectorAll('.stage iframe')) {
      if (frame.contentWindow.location.href === a.href) frame.contentDocument.getElementById(decodeURIComponent(a.hash.slice(1)))?.scrollIntoView();
      else frame.contentWindow.location.replace(a.href);
    }
    if (innerWidth < 900) $('.stage').scrollIntoView();
  });
})();

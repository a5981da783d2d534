// The preview's own: a page that was made of an earlier state of the folder is fetched again, and
// what is new of it put in the place of the old, so that no style, font or place on the page is
// lost. Where it asks for other styles or scripts, or they have changed, it is loaded anew.
// It listens only while it is seen: many open pages would use up a browser's connections.
"use strict";

(() => {
  const own = document.currentScript;
  const EXCHANGED = "title, meta[name], meta[property], link[rel=canonical], [type='application/ld+json']";
  const LASTING = "link[rel=stylesheet], script[src]";
  let events = null;

  function listen() {
    events?.close();
    events = null;
    if (document.hidden) return;
    events = new EventSource(`/__digest/events?${own.dataset.stamp}`);
    events.onmessage = look;
    events.onerror = event => {
      if (event.target.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  }

  async function look() {
    events?.close();
    try {
      const answer = await fetch(location.href);
      exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      location.reload();
    }
  }

  function exchange(page) {
    const { stamp, dress } = page.querySelector("script[data-stamp]").dataset;
    if (dress !== own.dataset.dress || lasting(page) !== lasting(document)) {
      location.reload();
      return;
    }
    own.dataset.stamp = stamp;
    for (const old of document.head.querySelectorAll(EXCHANGED)) old.remove();
    document.head.append(...page.head.querySelectorAll(EXCHANGED));
    document.body.replaceWith(page.body);
    for (const old of document.head.querySelectorAll("script[src]")) if (old !== own) again(old);
    listen();
  }

  /* What a page asks for and keeps. */
  function lasting(page) {
    return [...page.head.querySelectorAll(LASTING)].map(one => one.href || one.src).sort().join();
  }

  /* A script of the site begins with the page, and so begins again. */
  function again(old) {
    const script = document.createElement("script");
    script.src = old.src;
    old.replaceWith(script);
  }

  document.addEventListener("visibilitychange", listen);
  listen();
})();

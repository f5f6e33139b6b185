// One place for everything the browser does by itself. Links to places (`?id=…`) are ordinary
// permalinks; a plain click on one opens the reader beside the page instead of a new page.
"use strict";

window.kb = (() => {
  const phone = window.matchMedia("(max-width: 899px)");
  const actions = []; // [selector, what to do on a click]
  let send = {}; // the events that the server hears
  let origin = null; // the link that opened the reader, to come back to

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const calm = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // One event may change several parts and the tab; two frames later all of them stand.
  const afterLayout = (action) => requestAnimationFrame(() => requestAnimationFrame(action));

  function connect(events) {
    send = events;
    document.documentElement.lang = "ja";
    theme(localStorage.getItem("kb-theme"));
    follow();
    afterLayout(markTab);
  }

  // The reader stands: open what the page's own address asks for.
  function begin() {
    const url = new URL(window.location.href);
    if (!url.searchParams.has("id")) return;
    go("読む");
    openPlace(url);
  }

  async function load(address, options) {
    const answer = await fetch(address, options);
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  }

  // Other documents may be in service than those that the page was made with.
  async function follow() {
    const shown = one("[data-generation]")?.dataset.generation;
    const now = await load("/files/generation").catch(() => shown);
    if (now !== shown) refresh();
  }

  function refresh() {
    send.refresh({});
    kb.contents();
  }

  // One sentence instead of what was asked for.
  function problem(place, error) {
    place.textContent = "";
    Object.assign(place.appendChild(document.createElement("p")), { className: "kb-problem", textContent: error.message });
  }

  // Tabs: 読む always has the reader beside its outline.
  function go(name, tries = 20) {
    const tab = all('#kb-tabs > .tab-wrapper button[role="tab"]').find((button) => button.textContent.trim() === name);
    tab?.click();
    // While Gradio is still starting, a click on a tab goes unheard.
    afterLayout(() => {
      markTab();
      if (document.body.dataset.tab !== name && tries) go(name, tries - 1);
    });
  }

  function markTab() {
    const tab = one('#kb-tabs > .tab-wrapper button[role="tab"][aria-selected="true"]')?.textContent.trim();
    if (tab !== document.body.dataset.tab && tab === "品質") kb.figures();
    document.body.dataset.tab = tab ?? "";
  }

  function openPlace(url) {
    document.body.classList.add("kb-open");
    kb.read(url.search);
  }

  function openLink(link) {
    const url = new URL(link.href);
    if (!link.closest("#kb-side")) origin = link;
    const now = new URL(window.location.href);
    if (now.searchParams.has("c")) url.searchParams.set("c", now.searchParams.get("c"));
    window.history.pushState(null, "", url);
    openPlace(url);
  }

  function close() {
    document.body.classList.remove("kb-open", "kb-wide");
    const url = new URL(window.location.href);
    for (const key of ["id", "s", "e"]) url.searchParams.delete(key);
    window.history.replaceState(null, "", url);
    const target = origin?.isConnected ? origin : one("#kb-main :is(a, button, textarea)");
    target?.scrollIntoView({ block: "nearest" });
    target?.focus({ preventScroll: true });
  }

  async function copy(button, text) {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
    } else {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    tell("コピーしました。");
  }

  // A line at the foot of the page that says what was done, also to screen readers.
  function tell(words) {
    const line = one("#kb-said") ?? document.body.appendChild(document.createElement("p"));
    Object.assign(line, { id: "kb-said", role: "status", textContent: words });
    line.classList.add("kb-shown");
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => line.classList.remove("kb-shown"), 3000);
  }

  function theme(name) {
    if (name) document.body.classList.toggle("dark", name === "dark");
  }

  function switchTheme() {
    const name = document.body.classList.contains("dark") ? "light" : "dark";
    localStorage.setItem("kb-theme", name);
    theme(name);
  }

  const on = (selector, action) => actions.push([selector, action]);

  on("[data-copy]", (button) => copy(button, button.dataset.copy));
  on("[data-copy-link]", (button) => copy(button, new URL(button.dataset.copyLink, window.location.href.split("?")[0]).href));
  on("[data-theme-switch]", switchTheme);
  on("[data-close]", close);
  on("[data-widen]", (button) => {
    button.setAttribute("aria-pressed", String(document.body.classList.toggle("kb-wide")));
  });
  on('button[role="tab"]', () => afterLayout(markTab));

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented) return;
    const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = event.target.closest('a[href^="?id="]');
    if (link && plain) {
      event.preventDefault();
      openLink(link);
      return;
    }
    for (const [selector, action] of actions) {
      const found = event.target.closest(selector);
      if (found) {
        action(found, event);
        return;
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("kb-open")) close();
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing) {
      const field = one("#kb-question textarea");
      if (field?.offsetParent) {
        event.preventDefault();
        field.focus();
      }
    }
  });

  // Enter that ends a kana-kanji conversion must not send the question.
  for (const name of ["keydown", "keypress"]) {
    document.addEventListener(
      name,
      (event) => {
        if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
      },
      true,
    );
  }

  window.addEventListener("popstate", () => {
    const url = new URL(window.location.href);
    if (url.searchParams.has("id")) openPlace(url);
    else document.body.classList.remove("kb-open", "kb-wide");
  });

  return {
    one, all, calm, afterLayout, phone, connect, begin, go, on, tell, load, refresh, problem,
    get send() {
      return send;
    },
  };
})();

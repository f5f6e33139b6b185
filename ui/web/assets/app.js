// One place for everything the browser does by itself. Links to places (`?id=…`) are ordinary
// permalinks; here a plain click on one opens the reader beside the page instead of a new page.
"use strict";

window.kb = (() => {
  const isPhone = window.matchMedia("(max-width: 899px)");
  let send; // { open, ask }: events that the server hears
  let origin = null; // the link that opened the reader, to come back to

  const payload = (url, first) => ({
    id: url.searchParams.get("id") ?? "",
    start: url.searchParams.get("s") ?? "",
    end: url.searchParams.get("e") ?? "",
    first,
  });

  function connect(events) {
    send = events;
    document.documentElement.lang = "ja";
    const url = new URL(window.location.href);
    if (url.searchParams.has("id")) send.open(payload(url, true));
  }

  function openLink(link) {
    const url = new URL(link.href);
    if (!link.closest(".kb-reader")) origin = link;
    window.history.pushState(null, "", url);
    send.open(payload(url, false));
  }

  async function copy(button) {
    const text = button.dataset.copy;
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
    } else {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = button.textContent;
    button.textContent = "コピーしました";
    button.disabled = true;
    setTimeout(() => Object.assign(button, { textContent: label, disabled: false }), 1500);
  }

  function goBack() {
    const target = origin?.isConnected ? origin : document.querySelector("#kb-main a, #kb-main button");
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  }

  const calm = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // One event may change several parts and the tab; two frames later all of them stand.
  const afterLayout = (action) => requestAnimationFrame(() => requestAnimationFrame(action));

  // The reader has new text: bring the quote into view and take the keyboard there.
  function shown(element) {
    afterLayout(() => {
      const pane = document.querySelector("#kb-side");
      const mark = element.querySelector(".kb-target mark");
      const target = mark ?? element.querySelector(".kb-target");
      if (isPhone.matches) {
        (mark ?? pane).scrollIntoView({ block: mark ? "center" : "start" });
      } else if (target) {
        const room = mark ? pane.clientHeight / 3 : element.querySelector(".kb-reader-head").offsetHeight + 12;
        const top = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
        pane.scrollTo({ top: pane.scrollTop + top - room });
      } else {
        pane.scrollTo({ top: 0 });
      }
      element.querySelector("h2")?.focus({ preventScroll: true });
      markOutline();
    });
  }

  // Show in the outline where the reader is.
  function markOutline() {
    afterLayout(() => {
      const outline = document.querySelector(".kb-outline");
      const place = document.querySelector(".kb-reader")?.dataset.place;
      if (!outline) return;
      for (const old of outline.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
      for (const link of outline.querySelectorAll("a")) {
        if (new URL(link.href).searchParams.get("id") !== place) continue;
        link.setAttribute("aria-current", "true");
        for (let box = link.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
        const top = link.getBoundingClientRect().top - outline.getBoundingClientRect().top;
        outline.scrollTo({ top: outline.scrollTop + top - outline.clientHeight / 3 });
      }
    });
  }

  // A new question: show it at the top, so that the answer grows downwards in view.
  function asked(element) {
    const waiting = element.querySelector(".kb-waiting");
    if (waiting) element.scrollIntoView({ block: "start", behavior: calm() });
  }

  document.addEventListener("click", (event) => {
    const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = event.target.closest('a[href^="?id="]');
    const button = event.target.closest("button");
    if (link && plain) {
      event.preventDefault();
      openLink(link);
    } else if (button?.dataset.ask) {
      send.ask({ text: button.dataset.ask });
    } else if (button?.dataset.copy) {
      copy(button);
    } else if (button && "back" in button.dataset) {
      goBack();
    } else if (button?.role === "tab") {
      markOutline();
    }
  });

  window.addEventListener("popstate", () => {
    const url = new URL(window.location.href);
    if (url.searchParams.has("id")) send.open(payload(url, false));
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

  return { connect, shown, markOutline, asked };
})();

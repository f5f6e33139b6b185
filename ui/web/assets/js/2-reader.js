// The reader: bring the quote into view, show in the outline where the reader is.
"use strict";

(() => {
  const { one, all, afterLayout, phone } = kb;

  // The reader has new text: bring the quote into view and take the keyboard there.
  kb.shown = (element) => {
    afterLayout(() => {
      const pane = one("#kb-side");
      const mark = one(".kb-target mark", element);
      const target = mark ?? one(".kb-target", element);
      if (target) {
        const head = one(".kb-reader-head", element).offsetHeight;
        const room = mark ? Math.max(pane.clientHeight / 3, head + 24) : head + 60;
        const top = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
        pane.scrollTo({ top: pane.scrollTop + top - room });
      } else {
        pane.scrollTo({ top: 0 });
      }
      if (document.body.classList.contains("kb-open")) one("h2", element)?.focus({ preventScroll: true });
      kb.markOutline();
    });
  };

  kb.markOutline = () => {
    afterLayout(() => {
      const outline = one(".kb-outline");
      const { place, doc } = one(".kb-reader")?.dataset ?? {};
      if (!outline) return;
      if (doc && doc !== outline.dataset.doc) {
        kb.send.outline({ doc });
        return;
      }
      for (const old of all("[aria-current]", outline)) old.removeAttribute("aria-current");
      for (const link of all("a", outline)) {
        if (new URL(link.href).searchParams.get("id") !== place) continue;
        link.setAttribute("aria-current", "true");
        for (let item = link.parentElement.parentElement.closest("li"); item; item = item.parentElement.closest("li")) {
          one(":scope > .kb-fold", item)?.setAttribute("aria-expanded", "true");
        }
        const top = link.getBoundingClientRect().top - outline.getBoundingClientRect().top;
        outline.scrollTo({ top: outline.scrollTop + top - outline.clientHeight / 3 });
      }
    });
  };

  kb.on(".kb-fold", (button) => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
})();

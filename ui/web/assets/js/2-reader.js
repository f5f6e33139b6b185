// The reader: bring the quote into view, show in the outline where the reader is.
"use strict";

(() => {
  const { one, all, afterLayout, load } = kb;
  let asked = 0;

  // The place asked for last is the one that is shown, however the replies overtake each other.
  kb.read = async (search) => {
    const turn = (asked += 1);
    const leaf = one("#kb-leaf");
    try {
      const text = await load(`/files/place${search}`);
      if (turn === asked) leaf.innerHTML = text;
    } catch (error) {
      if (turn === asked) kb.problem(leaf, error);
    }
    if (turn === asked) shown(leaf);
  };

  // Bring the quote into view and take the keyboard there.
  function shown(element) {
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
  }

  // The outline of a document; of the first one where there is none of that name.
  kb.contents = async (doc = one(".kb-outline")?.dataset.doc ?? "") => {
    const place = one("#kb-contents");
    if (!place) return;
    try {
      place.innerHTML = await load(`/files/outline?doc=${encodeURIComponent(doc)}`);
      kb.markOutline();
    } catch (error) {
      kb.tell(error.message);
    }
  };

  kb.markOutline = () => {
    afterLayout(() => {
      const outline = one(".kb-outline");
      const { place, doc } = one(".kb-reader")?.dataset ?? {};
      if (!outline) return;
      if (doc && doc !== outline.dataset.doc) {
        kb.contents(doc);
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

  document.addEventListener("change", ({ target }) => {
    if (!target.matches("#kb-doc")) return;
    kb.contents(target.value);
    kb.read(`?id=${encodeURIComponent(target.value)}`);
  });

  kb.on(".kb-fold", (button) => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
})();

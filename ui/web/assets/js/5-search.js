// Facets of the search page.
"use strict";

(() => {
  const { on, one, all, phone } = kb;

  // On a phone the hits come first; what narrows them folds away.
  kb.found = (element) => {
    const facets = one(".kb-facets details", element);
    if (facets && phone.matches) facets.open = false;
  };

  on("button[data-facet]", (button) => {
    kb.send.facet({ name: button.dataset.facet, value: button.dataset.value });
  });
  on("button[data-more]", () => kb.send.more({}));
  on("button[data-unfold]", (button) => {
    const list = button.closest("ul");
    for (const item of all("li[hidden]", list)) item.hidden = false;
    button.closest("li").remove();
    all("button", list)[5]?.focus();
  });
})();

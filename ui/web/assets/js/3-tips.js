// Quotes, meanings and notes that appear when their place is pointed at, focused or tapped.
"use strict";

(() => {
  const { one } = kb;
  let owner = null;
  let touched = false;

  function tip() {
    let box = one("#kb-tip");
    if (!box) {
      box = document.body.appendChild(document.createElement("div"));
      Object.assign(box, { id: "kb-tip", role: "tooltip", hidden: true });
    }
    return box;
  }

  function show(target) {
    const box = tip();
    owner = target;
    box.textContent = target.dataset.tip;
    if (touched && target.matches("a[href]")) {
      const link = box.appendChild(document.createElement("a"));
      link.href = target.getAttribute("href");
      link.textContent = "原文を開く";
    }
    box.hidden = false;
    target.setAttribute("aria-describedby", "kb-tip");
    const at = target.getClientRects()[0] ?? target.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const left = Math.min(Math.max(at.left + at.width / 2 - width / 2, 8), window.innerWidth - width - 8);
    const above = at.top - height - 8;
    box.style.left = `${left}px`;
    box.style.top = `${above > 8 ? above : Math.min(at.bottom + 8, window.innerHeight - height - 8)}px`;
  }

  function hide() {
    if (!owner) return;
    owner.removeAttribute("aria-describedby");
    owner = null;
    tip().hidden = true;
  }

  const of = (event) => event.target.closest?.("[data-tip]");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const target = of(event);
    if (target) show(target);
    else if (!event.target.closest?.("#kb-tip")) hide();
  });
  document.addEventListener("focusin", (event) => {
    const target = of(event);
    if (target && target.matches(":focus-visible")) show(target);
    else if (!event.target.closest?.("#kb-tip")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) {
      event.stopImmediatePropagation();
      hide();
    }
  }, true);
  // A tip belongs to its place: it goes when the place moves away under it, and only then.
  document.addEventListener("scroll", (event) => {
    if (!owner || !event.target.contains(owner)) return;
    if (owner.matches(":hover, :focus-visible")) show(owner);
    else hide();
  }, true);

  // A finger cannot hover: the first tap shows the quote, with a link to its place.
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; }, true);
  document.addEventListener(
    "click",
    (event) => {
      const target = of(event);
      if (touched && target && target !== owner) {
        event.preventDefault();
        event.stopPropagation();
        show(target);
      } else if (!target || !touched) {
        if (!event.target.closest("#kb-tip")) hide();
      } else {
        event.preventDefault();
        hide();
      }
      if (event.target.closest("#kb-tip a")) setTimeout(hide);
    },
    true,
  );
})();

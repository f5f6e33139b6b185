// 事例 and くらべる: the map, the views of a comparison, drafts to be checked.
"use strict";

(() => {
  const { one, all, on, tell, load } = kb;

  on("button[data-region]", (button) => kb.send.region({ name: button.dataset.region, value: button.dataset.value }));

  on("button[data-view]", (button) => {
    const section = button.closest(".kb-comparison");
    for (const other of all("[data-view]", section)) other.setAttribute("aria-pressed", String(other === button));
    for (const part of all("[data-shown]", section)) part.hidden = part.dataset.shown !== button.dataset.view;
  });

  on("button[data-relation]", (button) => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    const rows = all(`tr[data-of-kind="${button.dataset.relation}"]`, button.closest(".kb-comparison"));
    for (const row of rows) row.hidden = !shown;
  });

  kb.compared = (element) => one("h2", element)?.scrollIntoView({ block: "nearest" });

  // From the reader to the page that lays a clause beside those of other policies.
  on("button[data-beside]", (button) => {
    kb.send.clause({ id: button.dataset.beside });
    kb.go("くらべる");
    document.body.classList.remove("kb-open", "kb-wide");
    const open = (tries) => {
      const tab = all('#kb-compare button[role="tab"]')[1];
      tab?.click();
      if (tab?.getAttribute("aria-selected") !== "true" && tries) setTimeout(() => open(tries - 1), 50);
    };
    open(40);
  });

  async function check(file) {
    const place = one("#kb-check");
    place.textContent = `「${file.name}」を点検しています…`;
    try {
      place.innerHTML = await load(`/files/check?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    } catch (error) {
      kb.problem(place, error);
      tell("点検できませんでした。");
    }
  }

  kb.figures = async () => {
    try {
      one("#kb-figures").innerHTML = await load("/files/quality");
    } catch (error) {
      tell(error.message);
    }
  };

  kb.drafts = (element) => {
    kb.dropZone(one(".kb-drop", element), (files) => check(files[0]));
  };
})();

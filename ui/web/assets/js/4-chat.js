// The conversation: asking, moving earlier turns up, taking chips away, rating, history.
"use strict";

(() => {
  const { one, all, on, calm, tell, load } = kb;
  const FILTERS = ["doc", "kind", "year", "prefecture", "category"];
  const BROKEN = "サーバーの不具合で回答が途中で終わりました。もう一度試し、続く場合は管理者に知らせてください。";
  const OFFLINE = "サーバーに接続できません。ネットワークとサーバーの状態を確かめてください。";
  let filters = {}; // what the dropdowns say, for questions that are not typed
  let asking = null; // the answer that is under way

  // The page's address names the conversation, so that a reload shows it again.
  kb.conversation = () => new URL(window.location.href).searchParams.get("c") ?? "";

  function remember(id) {
    const url = new URL(window.location.href);
    if (id) url.searchParams.set("c", id);
    else url.searchParams.delete("c");
    window.history.replaceState(window.history.state, "", url);
  }

  kb.filters = (values) => {
    filters = Object.fromEntries(FILTERS.map((name, at) => [name, values[at] ?? ""]));
  };

  // Called by Gradio when a question is sent; what it returns is left in the field.
  kb.ask = (question, values) => {
    kb.filters(values);
    if (!question.trim()) {
      tell("質問を入力してください。例: 分離・分割発注に当たって国等が努めることは何ですか。");
      return question;
    }
    send(question);
    return "";
  };

  function send(question) {
    stream("/files/ask", { question, conversation: kb.conversation(), ...filters });
  }

  // Show an answer as it grows: the server sends the whole turn with every line.
  async function stream(address, body) {
    asking?.abort();
    const here = new AbortController();
    asking = here;
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: here.signal,
      });
      if (!answer.ok) throw new Error(await answer.text());
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        const lines = (rest + value).split("\n");
        rest = lines.pop();
        if (lines.length && asking === here) grow(JSON.parse(lines.at(-1)));
      }
      if (one("#kb-current [data-growing]") && asking === here) throw new Error(BROKEN);
    } catch (error) {
      if (error.name !== "AbortError") failed(error instanceof TypeError ? OFFLINE : error.message);
    }
  }

  function failed(message) {
    const turn = one("#kb-current [data-growing]");
    if (!turn) {
      tell(message);
      return;
    }
    one(".kb-waiting", turn)?.remove();
    const line = turn.appendChild(document.createElement("p"));
    Object.assign(line, { className: "kb-problem", role: "alert", textContent: message });
    delete turn.dataset.growing;
  }

  // A new question moves the turn before it up.
  function grow(html) {
    const current = one("#kb-current");
    const before = one(".kb-turn", current);
    const wasFinished = before && !before.dataset.growing;
    current.innerHTML = html;
    const turn = one(".kb-turn", current);
    const finished = one(":scope > :is(.kb-actions, .kb-problem)", turn);
    if (before && wasFinished && before.dataset.turn !== turn.dataset.turn) one("#kb-past").append(before);
    if (one(".kb-waiting", turn)) current.scrollIntoView({ block: "start", behavior: calm() });
    if (!finished) {
      turn.dataset.growing = "";
      return;
    }
    if (turn.dataset.conversation) remember(turn.dataset.conversation);
    kb.history();
  }

  // The conversation that the page's address names, or the first screen.
  kb.converse = async () => {
    try {
      const query = new URLSearchParams({ c: kb.conversation() });
      const { current, past } = JSON.parse(await load(`/files/chat?${query}`));
      if (asking) return;
      one("#kb-current").innerHTML = current;
      one("#kb-past").innerHTML = past;
    } catch (error) {
      tell(error.message);
    }
  };

  kb.history = async (words = one("#kb-find")?.value ?? "") => {
    try {
      const query = new URLSearchParams({ q: words, c: kb.conversation() });
      one(".kb-rail-list").innerHTML = await load(`/files/history?${query}`);
    } catch (error) {
      tell(error.message);
    }
  };

  on("button[data-ask]", (button) => send(button.dataset.ask));
  on("button[data-drop]", (button) => {
    const { drop, kind, of } = button.dataset;
    button.closest("#kb-past .kb-turn")?.remove();
    stream("/files/reask", { turn: of, kind, key: drop });
  });
  on("button[data-chat]", (button) => {
    remember(button.dataset.chat);
    document.body.classList.remove("kb-rail-open");
    asking?.abort();
    asking = null;
    kb.converse();
    kb.history();
    if (!button.dataset.chat) one("#kb-question textarea")?.focus();
  });
  on("button[data-forget]", async (button) => {
    if (!window.confirm("この会話を履歴から削除しますか。")) return;
    const id = button.dataset.forget;
    try {
      await load(`/files/history/${encodeURIComponent(id)}`, { method: "DELETE" });
      if (kb.conversation() === id) {
        remember("");
        kb.converse();
      }
      kb.history();
    } catch (error) {
      tell(error.message);
    }
  });
  on("button[data-rail]", (button) => {
    button.setAttribute("aria-expanded", String(document.body.classList.toggle("kb-rail-open")));
  });

  async function rate(turn, good, comment) {
    try {
      const query = new URLSearchParams({ good, comment });
      tell(await load(`/files/rating/${encodeURIComponent(turn)}?${query}`, { method: "POST" }));
    } catch (error) {
      tell(error.message);
    }
  }

  on("button[data-rate]", (button) => {
    const actions = button.closest(".kb-actions");
    for (const other of all("[data-rate]", actions)) other.setAttribute("aria-pressed", String(other === button));
    const form = actions.nextElementSibling;
    form.hidden = false;
    rate(button.dataset.of, button.dataset.rate, one("input", form).value);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".kb-comment");
    if (!form) return;
    event.preventDefault();
    const pressed = one('[data-rate][aria-pressed="true"]', form.previousElementSibling);
    rate(form.dataset.of, pressed.dataset.rate, one("input", form).value);
  });

  let waiting;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "kb-find") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => kb.history(event.target.value), 200);
  });
})();

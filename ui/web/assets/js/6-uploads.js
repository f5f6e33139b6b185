// Files into the knowledge base: sending with progress, the run, cancel and undo.
"use strict";

(() => {
  const { one, on, tell, load } = kb;
  let sending = null; // the request that is under way
  let watching = false;

  const call = async (method, address) => JSON.parse(await load(address, { method }));

  function put(address, file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      sending = request;
      request.open("PUT", address);
      request.upload.onprogress = (event) => { progress.value = event.loaded / (event.total || 1); };
      request.onload = () => (request.status < 300 ? resolve() : reject(new Error(request.responseText)));
      request.onerror = () => reject(new Error("送信が途切れました。もう一度試してください。"));
      request.onabort = () => reject(new Error("送信を中止しました。"));
      request.send(file);
    });
  }

  function row(list, file) {
    const item = list.appendChild(document.createElement("li"));
    const name = item.appendChild(document.createElement("span"));
    name.textContent = file.name;
    const progress = item.appendChild(document.createElement("progress"));
    progress.setAttribute("aria-label", `${file.name}の送信`);
    progress.value = 0;
    const stop = item.appendChild(document.createElement("button"));
    Object.assign(stop, { type: "button", className: "kb-tool", textContent: "中止" });
    stop.dataset.stop = "";
    return { item, progress };
  }

  async function upload(files) {
    const list = one(".kb-sending");
    list.replaceChildren();
    try {
      const { batch } = await call("POST", "/files/batch");
      let sent = 0;
      for (const file of files) {
        const { item, progress } = row(list, file);
        try {
          await put(`/files/upload/${batch}?name=${encodeURIComponent(file.name)}`, file, progress);
          sent += 1;
          item.remove();
        } catch (error) {
          item.textContent = `${file.name}：${error.message}`;
          item.className = "kb-problem";
        }
      }
      if (sent) {
        await call("POST", `/files/ingest/${batch}`);
        watch();
      }
    } catch (error) {
      tell(error.message);
    }
  }

  async function status() {
    const { running, html } = await call("GET", "/files/status");
    one(".kb-run").innerHTML = html;
    return running;
  }

  async function watch() {
    if (watching) return;
    watching = true;
    try {
      while (await status()) await new Promise((resolve) => setTimeout(resolve, 500));
    } catch (error) {
      tell("サーバーに接続できません。");
    }
    watching = false;
    kb.refresh();
  }

  // A field for files that takes them by choosing and by dropping.
  kb.dropZone = (zone, take) => {
    one("input", zone).addEventListener("change", (event) => {
      take([...event.target.files]);
      event.target.value = "";
    });
    for (const name of ["dragover", "dragleave", "drop"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.toggle("kb-over", name === "dragover");
        if (name === "drop") take([...event.dataTransfer.files]);
      });
    }
  };

  kb.uploads = (element) => {
    kb.dropZone(one(".kb-drop", element), upload);
    status().then((running) => running && watch()).catch(() => {});
  };

  on("button[data-stop]", () => sending?.abort());
  on("button[data-cancel]", () => call("POST", "/files/cancel").catch((error) => tell(error.message)));
  on("button[data-restore]", async (button) => {
    try {
      await call("POST", `/files/restore/${encodeURIComponent(button.dataset.restore)}`);
      tell("前の状態に戻しました。");
      await watch();
    } catch (error) {
      tell(error.message);
    }
  });
})();

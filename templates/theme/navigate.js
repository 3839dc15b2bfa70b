/* Ways through a report: the contents on a narrow screen, the search, the
   arrow keys between pages. Without it every page is still reached by links. */
(() => {
  "use strict";
  const nav = document.querySelector("nav.pages");
  const menu = nav?.querySelector(".menu");
  const contents = document.getElementById("contents");
  if (!menu || !contents) return;

  // On a narrow screen the contents open on demand.
  const show = (on) => {
    contents.classList.toggle("open", on);
    menu.setAttribute("aria-expanded", String(on));
  };
  menu.addEventListener("click", () => show(!contents.classList.contains("open")));

  // In a list longer than the screen, this page's own entry is in view.
  const here = contents.querySelector("[aria-current]");
  if (here && nav.scrollHeight > nav.clientHeight) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;

  // The index is a script, because a page opened from a folder may read no other file.
  const field = document.getElementById("search");
  const list = document.getElementById("found");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const policy = field && window.trustedTypes?.createPolicy("manyi-search", {
    createScriptURL: (url) => {
      const at = new URL(url, document.baseURI);
      if (at.protocol !== location.protocol || at.host !== location.host) throw new Error("foreign script " + url);
      return at.href;
    },
  });
  let entries = null, loading = false;
  function load() {
    if (entries || loading) return;
    loading = true;
    const script = document.createElement("script");
    script.src = policy ? policy.createScriptURL(field.dataset.index) : field.dataset.index;
    script.onload = () => {
      entries = self.manyiSearch.map(([href, title, text, rows]) => ({ href, title, text, plain: plain([title, text, rows].join(" ")) }));
      find();
    };
    script.onerror = () => { loading = false; };
    document.head.append(script);
  }
  const most = 12;
  function find() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!entries || !words.length) return;
    const hits = entries.filter((e) => words.every((w) => e.plain.includes(w)));
    const rank = (e) => (words.every((w) => plain(e.title).includes(w)) ? 0 : 1);
    hits.sort((a, b) => rank(a) - rank(b));
    for (const hit of hits.slice(0, most)) {
      const item = document.createElement("li"), link = document.createElement("a"), more = document.createElement("small");
      link.href = hit.href;
      link.textContent = hit.title;
      more.textContent = hit.text;
      link.append(more);
      item.append(link);
      list.append(item);
    }
    if (!hits.length) {
      const item = document.createElement("li");
      item.textContent = field.dataset.none;
      list.append(item);
    }
  }
  field?.addEventListener("focus", load);
  field?.addEventListener("input", () => { load(); find(); });
  contents.addEventListener("keydown", (event) => {
    if (!field) return;
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && field.value) {
      field.value = "";
      find();
      field.focus();
    } else if (event.key === "ArrowDown" && links[at + 1] && (at >= 0 || document.activeElement === field)) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
    else if (event.key === "Enter" && document.activeElement === field && links[0]) links[0].click();
    else return;
    event.preventDefault();
  });
  list?.addEventListener("click", (event) => { if (event.target.closest("a")) show(false); });

  // Ctrl K or ⌘ K searches; the arrow keys turn the page where nothing else takes them.
  const taken = "input, select, textarea, summary, .scroll, .live, .search";
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && field) {
      show(true);
      field.focus();
      event.preventDefault();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.closest?.(taken)) return;
    const to = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (to && document.documentElement.scrollWidth <= innerWidth) document.querySelector(`.onward a[rel=${to}]`)?.click();
  });
})();

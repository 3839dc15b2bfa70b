// Piping: {{ id | fallback }} in a text shows the answer, as text only.
hooks.refresh.push(() => {
  for (const e of all("[data-pipe]", document)) {
    if (!e.fallback) e.fallback = e.textContent;
    const at = e.closest("[lang]");
    e.textContent = labelIn(e.dataset.pipe, at ? at.lang : language()) || e.fallback;
  }
});

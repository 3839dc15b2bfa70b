// Languages: the style sheet shows the texts of the chosen one; what it cannot reach is set here.

function speak() {
  const lang = language();
  document.documentElement.lang = lang;
  document.documentElement.dir = model.directions[lang] || "ltr";
  for (const o of all("option, optgroup")) {
    const text = o.getAttribute("data-l-" + lang.toLowerCase());
    if (text) o.tagName === "OPTION" ? o.text = text : o.label = text;
  }
  run("language", lang);
}

// chosenLanguage is that of the address, else of the browser, else the first.
function chosenLanguage() {
  const fits = tag => tag && (model.languages.find(l => l.toLowerCase() === tag.toLowerCase()) || model.languages.find(l => l.split("-")[0] === tag.toLowerCase().split("-")[0]));
  return fits(address.get("lang")) || (navigator.languages || []).map(fits).find(Boolean) || model.languages[0];
}

function choose(lang) {
  for (const c of all('input[type="radio"][name="_lang"]')) c.checked = c.value === lang;
  speak();
}

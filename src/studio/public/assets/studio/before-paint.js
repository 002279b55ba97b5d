// Before anything is drawn: the light and the language that were chosen here, so that nothing flashes.
try {
  const { theme, language } = JSON.parse(localStorage.getItem("shujaa.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const isSwahili = language === undefined ? /^sw\b/i.test(navigator.language) : language === "sw";
  document.documentElement.lang = isSwahili ? "sw" : "en";
} catch {
  // A browser that keeps nothing shows the page in its own light.
}

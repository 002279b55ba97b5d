// Before anything is drawn: the light and the language that were chosen here, and whether the front door is what will be
// seen, so that nothing flashes.
try {
  const { theme, language } = JSON.parse(localStorage.getItem("shujaa.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const isSwahili = language === undefined ? /^sw\b/i.test(navigator.language) : language === "sw";
  document.documentElement.lang = isSwahili ? "sw" : "en";
  if (localStorage.getItem("shujaa.known") === null) document.documentElement.dataset.door = "front";
} catch {
  // A browser that keeps nothing shows the page in its own light.
}

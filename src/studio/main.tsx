import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/shell.css";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { languageNow } from "./app/preferences.ts";
import { startSession } from "./app/session.ts";
import { loadWords } from "./app/words.ts";

const place = document.getElementById("studio");
if (place === null) throw new Error("The page has no place for the studio.");
const root = createRoot(place);
void startSession();
await loadWords(languageNow());
root.render(
  <StrictMode>
    <Suspense fallback={<div className="first-blank" />}>
      <App />
    </Suspense>
  </StrictMode>,
);

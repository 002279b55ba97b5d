import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/buttons.css";
import "./styles/fields.css";
import "./styles/choices.css";
import "./styles/notices.css";
import "./styles/overlays.css";
import "./styles/captions.css";
import "./styles/shell.css";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { hastenPage } from "./app/pages.ts";
import { languageNow } from "./app/preferences.ts";
import { startSession } from "./app/session.ts";
import { loadWords } from "./app/words.ts";

/** Until there is something to show, the document's own first sight stays: nothing blinks between it and the page. */
async function start(): Promise<void> {
  await Promise.all([loadWords(languageNow()), startSession(), hastenPage(location.pathname)]);
  const place = document.getElementById("studio");
  if (place === null) throw new Error("The page has no place for the studio.");
  createRoot(place).render(
    <StrictMode>
      <Suspense fallback={<div className="first-blank" />}>
        <App />
      </Suspense>
    </StrictMode>,
  );
}

// Not awaited here: the pages' code waits for this very module to be through.
void start();

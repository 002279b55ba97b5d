import "./sign-in.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type { z } from "zod";
import type { signInProvidersAnswer } from "../../../contract/oauth.ts";
import { listSignInProviders } from "../../../sdk/operations/auth.ts";
import { usePreferences } from "../../app/preferences.ts";
import { queryKeys } from "../../app/queries.ts";
import { isKnownHere, openTransport } from "../../app/session.ts";
import { useTitle } from "../../app/use-title.ts";
import { speak, useWords } from "../../app/words.ts";
import boat from "../../stills/front-boat.webp";
import city from "../../stills/front-city.webp";
import market from "../../stills/front-market.webp";
import { Choices } from "../../ui/choices.tsx";
import { Mark } from "../../ui/mark.tsx";
import { MagicLinkSent } from "./magic-link.tsx";
import { PasswordForm } from "./password-form.tsx";
import type { SentLink } from "./sent-link.ts";

type Mode = "in" | "up";

export function SignInPage() {
  const { signIn } = useWords();
  const [mode, setMode] = useState<Mode>(() => (isKnownHere() ? "in" : "up"));
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState<SentLink | null>(null);
  useTitle(mode === "in" ? signIn.title : signIn.titleUp);
  return (
    <div className="front">
      <section className="front-story">
        <div className="front-brand">
          <Mark size={40} />
          <span className="display">Shujaa</span>
          <LanguageSwitch />
        </div>
        <h1 className="front-claim">
          {signIn.front.map((line) => (
            <span key={line}>{line} </span>
          ))}
        </h1>
        <p className="front-text">{signIn.frontText}</p>
        <div className="front-stills" aria-hidden="true">
          <img src={market} alt="" width={360} height={640} />
          <img src={city} alt="" width={360} height={640} />
          <img src={boat} alt="" width={360} height={640} />
        </div>
        <ul className="front-points">
          {signIn.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </section>
      <main className="front-door" id="page">
        {sent === null ? (
          <div className="front-form">
            <Choices
              kind="segments"
              label={signIn.modes}
              isLabelSeen={false}
              value={mode}
              options={[
                { value: "up", label: signIn.up },
                { value: "in", label: signIn.in },
              ]}
              onChange={(value) => setMode(value)}
            />
            <PasswordForm key={mode} isNew={mode === "up"} email={email} onEmail={setEmail} onSent={setSent} />
            <Providers />
          </div>
        ) : (
          <MagicLinkSent sent={sent} onSent={setSent} onBack={() => setSent(null)} />
        )}
      </main>
    </div>
  );
}

function LanguageSwitch() {
  const { shell } = useWords();
  const { language } = usePreferences();
  const other = language === "en" ? "sw" : "en";
  return (
    <button type="button" className="language-switch" lang={other} onClick={() => void speak(other)}>
      {shell.languages[other]}
    </button>
  );
}

type Provider = z.output<typeof signInProvidersAnswer>["data"][number];

/** A browser goes there and comes back to the page it wanted, signed in. */
function Providers() {
  const { signIn } = useWords();
  const [path] = useLocation();
  const { data } = useQuery({
    queryKey: queryKeys.providers,
    queryFn: ({ signal }) => openTransport.call(listSignInProviders, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const providers: readonly Provider[] = data?.data ?? [];
  if (providers.length === 0) return null;
  const returnTo = path === "/sign-in" ? "/create" : path;
  return (
    <div className="stack">
      {providers.map(({ provider, start_url }) => (
        <a
          key={provider}
          className="button button-plain button-wide"
          href={`${start_url}?${new URLSearchParams({ return_to: returnTo })}`}
        >
          {signIn.with[provider]}
        </a>
      ))}
    </div>
  );
}

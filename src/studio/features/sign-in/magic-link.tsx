import { MailCheck } from "lucide-react";
import { useEffect, useState } from "react";
import { requestMagicLink } from "../../../sdk/operations/auth.ts";
import { usePreferences } from "../../app/preferences.ts";
import { problemWords } from "../../app/problem-words.ts";
import { openTransport, startSessionQuietly } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/parts.tsx";
import type { SentLink } from "./sent-link.ts";

/** Asked as seldom as nobody minds: the link opens another tab, and its cookie is this one's, too. */
const askEveryMs = 5_000;

type Props = { sent: SentLink; onSent(sent: SentLink): void; onBack(): void };

/** Waits for the link to be opened in this browser, and goes on by itself. */
export function MagicLinkSent({ sent, onSent, onBack }: Props) {
  const words = useWords();
  const { signIn } = words;
  const { language } = usePreferences();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    const ask = () => {
      if (!document.hidden) void startSessionQuietly();
    };
    const timer = setInterval(ask, askEveryMs);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, []);

  const sendAgain = async () => {
    setBusy(true);
    setError(null);
    try {
      const answer = await openTransport.call(requestMagicLink, { email: sent.email, lang: language });
      onSent({ email: sent.email, link: answer.magic_link ?? null });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="front-form stack" role="status">
      <MailCheck size={40} className="accent" aria-hidden />
      <h2>{signIn.sentTitle}</h2>
      <p>{signIn.sent(sent.email)}</p>
      {sent.link !== null && (
        <Notice tone="plain">
          {signIn.sentHere} <a href={sent.link}>{signIn.openLink}</a>
        </Notice>
      )}
      {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
      <div className="row">
        <Button onClick={onBack}>{signIn.otherWay}</Button>
        <Button isBusy={isBusy} onClick={() => void sendAgain()}>
          {signIn.sendAgain}
        </Button>
      </div>
    </div>
  );
}

import "./account.css";
import { ArrowLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { MeAnswer } from "../../../contract/accounts.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { AuditSection } from "./audit-section.tsx";
import { BackupsSection } from "./backups-section.tsx";
import { KeysSection } from "./keys-section.tsx";
import { MembersSection } from "./members-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { PrivacySection } from "./privacy-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { ProvidersSection } from "./providers-section.tsx";
import { useMe } from "./queries.ts";
import { SessionsSection } from "./sessions-section.tsx";
import { SignInAgain } from "./sign-in-again.tsx";
import { useHash, useIsNarrow } from "./use-section.ts";

const parts: readonly { id: PartId; isForOwners?: true; show(me: MeAnswer): ReactNode }[] = [
  { id: "profile", show: (me) => <ProfileSection me={me} /> },
  { id: "password", show: (me) => <PasswordSection me={me} /> },
  { id: "sessions", show: () => <SessionsSection /> },
  { id: "providers", show: () => <ProvidersSection /> },
  { id: "keys", isForOwners: true, show: () => <KeysSection /> },
  { id: "members", show: (me) => <MembersSection me={me} /> },
  { id: "privacy", show: (me) => <PrivacySection me={me} /> },
  { id: "backups", show: () => <BackupsSection /> },
  { id: "audit", isForOwners: true, show: (me) => <AuditSection me={me} /> },
];
type PartId = "profile" | "password" | "sessions" | "providers" | "keys" | "members" | "privacy" | "backups" | "audit";

export function AccountPage() {
  const { account } = useWords();
  const me = useMe();
  useTitle(account.title);
  return (
    <div className="account">
      <Loaded query={me} skeleton="skeleton-tall">
        {(found) => <Parts me={found} />}
      </Loaded>
    </div>
  );
}

/** One page with anchors; on a phone a list, and each part by itself. */
function Parts({ me }: { me: MeAnswer }) {
  const { account } = useWords();
  const hash = useHash();
  const isNarrow = useIsNarrow();
  const mine = parts.filter(({ isForOwners }) => isForOwners !== true || me.tenant.role === "owner");
  const chosen = mine.find(({ id }) => id === hash);
  useArrival(hash);
  useEffect(() => {
    // Each part on a phone is a page of its own.
    if (isNarrow && hash !== undefined) window.scrollTo(0, 0);
  }, [isNarrow, hash]);
  const isList = isNarrow && chosen === undefined;
  const shown = isNarrow ? mine.filter((part) => part === chosen) : mine;
  return (
    <>
      {(!isNarrow || isList) && <h1>{account.heading}</h1>}
      {isNarrow && !isList && (
        <a className="account-back" href="#list">
          <ArrowLeft size={18} aria-hidden /> {account.heading}
        </a>
      )}
      <div className="account-columns">
        {(!isNarrow || isList) && (
          <nav className="account-nav" aria-label={account.heading}>
            {mine.map(({ id }) => (
              <a key={id} href={`#${id}`} aria-current={!isNarrow && id === hash ? "location" : undefined}>
                <span>{account.parts[id]}</span>
                <ChevronRight size={18} aria-hidden />
              </a>
            ))}
          </nav>
        )}
        <div className="account-parts">
          {shown.map(({ id, show }) => (
            <div key={id}>{show(me)}</div>
          ))}
        </div>
      </div>
      <SignInAgain email={me.user.email} />
    </>
  );
}

/** Whoever comes by an address with a part in it is taken there, once there is something to go to. */
function useArrival(hash: string): void {
  const first = useRef(hash);
  useEffect(() => {
    if (first.current !== "") document.getElementById(first.current)?.scrollIntoView();
  }, []);
}

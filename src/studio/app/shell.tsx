import "./hints.css";
import { Clapperboard, Coins, Layers, LibraryBig, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useRoute } from "wouter";
import type { UserAnswer } from "../../contract/accounts.ts";
import { Mark } from "../ui/mark.tsx";
import { Notice, Skeleton } from "../ui/parts.tsx";
import { MenuButton } from "./menu-button.tsx";
import { useBalance } from "./queries.ts";
import { useOnline } from "./use-online.ts";
import { useWords } from "./words.ts";

/** Below this many the studio says so: a short video costs a few. */
const lowBalance = 10;

export function Shell({ user, children }: { user: UserAnswer; children: ReactNode }) {
  const { shell } = useWords();
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {shell.skip}
      </a>
      <header className="header">
        <div className="header-inner">
          <Link href="/create" className="brand" aria-label={shell.home}>
            <Mark />
            <span className="display">Shujaa</span>
          </Link>
          <Navigation />
          <div className="header-end">
            <BalancePill />
            <MenuButton user={user} />
          </div>
        </div>
      </header>
      <main className="page" id="page" tabIndex={-1}>
        <Hints />
        {children}
      </main>
    </div>
  );
}

/** In the header of a wide window, along the foot of a phone. */
function Navigation() {
  const { shell } = useWords();
  return (
    <nav className="nav" aria-label={shell.nav}>
      <NavLink href="/create" icon={<Clapperboard size={20} aria-hidden />} words={shell.create} />
      <NavLink href="/library" icon={<LibraryBig size={20} aria-hidden />} words={shell.library} />
      <NavLink href="/projects" icon={<Layers size={20} aria-hidden />} words={shell.projects} />
      <NavLink href="/billing" icon={<Coins size={20} aria-hidden />} words={shell.billing} />
    </nav>
  );
}

function NavLink({ href, icon, words }: { href: string; icon: ReactNode; words: string }) {
  const [isHere] = useRoute(`${href}/*?`);
  return (
    <Link href={href} className="nav-link" aria-current={isHere ? "page" : undefined}>
      {icon}
      <span>{words}</span>
    </Link>
  );
}

function BalancePill() {
  const { shell } = useWords();
  const { data } = useBalance();
  if (data === undefined) return <Skeleton className="balance-skeleton" />;
  if (data.unlimited) return <span className="balance">{shell.unlimited}</span>;
  const isLow = data.balance < lowBalance;
  return (
    <Link href="/billing" className={`balance figures ${isLow ? "balance-low" : ""}`}>
      <span>
        {shell.credits(data.balance)} <span className="unseen">{shell.left}</span>
      </span>
      {isLow && <span className="balance-more">{shell.lowAction}</span>}
    </Link>
  );
}

function Hints() {
  const { shell } = useWords();
  const isOnline = useOnline();
  const { data } = useBalance();
  return (
    <>
      {!isOnline && (
        <p className="offline" role="status">
          <WifiOff size={18} aria-hidden /> {shell.offline}
        </p>
      )}
      {data?.on_hold === true && (
        <div className="hint">
          <Notice tone="warn">{shell.onHold}</Notice>
        </div>
      )}
    </>
  );
}

export function PageSkeleton() {
  const { shell } = useWords();
  return (
    <div className="page-skeleton" role="status">
      <span className="unseen">{shell.loading}</span>
      <Skeleton className="skeleton-title" />
      <Skeleton className="skeleton-block" />
      <Skeleton className="skeleton-block" />
    </div>
  );
}

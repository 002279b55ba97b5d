import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "wouter";

type Kind = "main" | "plain" | "quiet" | "danger";
type Looks = { kind?: Kind; isWide?: boolean; price?: string | undefined; icon?: ReactNode; children: ReactNode };

type ButtonProps = Looks & ButtonHTMLAttributes<HTMLButtonElement> & { isBusy?: boolean };

/** While it works it keeps its size and its place, and takes no second press. `price` stands on the button itself. */
export function Button({ kind = "plain", isWide, price, icon, isBusy = false, children, ...rest }: ButtonProps) {
  const { disabled, onClick, type = "button", ...attributes } = rest;
  return (
    <button
      {...attributes}
      type={type}
      className={classes(kind, isWide)}
      disabled={disabled}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {inside(icon, children, price)}
    </button>
  );
}

export function ButtonLink({ kind = "plain", isWide, price, icon, children, href }: Looks & { href: string }) {
  return (
    <Link href={href} className={classes(kind, isWide)}>
      {inside(icon, children, price)}
    </Link>
  );
}

function classes(kind: Kind, isWide = false): string {
  return `button button-${kind}${isWide ? " button-wide" : ""}`;
}

function inside(icon: ReactNode, children: ReactNode, price: string | undefined) {
  return (
    <>
      {icon}
      <span>
        {children}
        {price !== undefined && <span className="figures"> · {price}</span>}
      </span>
    </>
  );
}

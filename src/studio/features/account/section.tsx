import type { ReactNode } from "react";

type Props = { id: string; title: string; intro?: string; action?: ReactNode; children?: ReactNode };

/** A part of the page with an address of its own. */
export function Section({ id, title, intro, action, children }: Props) {
  return (
    <section id={id} className="card section" aria-labelledby={`${id}-title`}>
      <header className="section-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {intro !== undefined && <p className="soft small">{intro}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}

/**
 * One thing that was looked at before a deploy. `wrong`: the deploy would break something, `todo` says how to mend it.
 * `unknown`: it could not be looked at, `todo` says why or by what it can be. `off`: a part that is not set up, and need not be.
 */
export type Finding = { state: "ok" | "off" | "unknown" | "wrong"; what: string; todo?: string };

export const ok = (what: string): Finding => ({ state: "ok", what });
export const off = (what: string, todo: string): Finding => ({ state: "off", what, todo });
export const unknown = (what: string, todo: string): Finding => ({ state: "unknown", what, todo });
export const wrong = (what: string, todo: string): Finding => ({ state: "wrong", what, todo });

/** One line a finding, and what to do in the next. No value of a setting is ever part of one. */
export function tell({ state, what, todo }: Finding): string {
  const line = `${state.padEnd(7)}  ${what}`;
  return todo === undefined ? line : `${line}\n         ${todo}`;
}

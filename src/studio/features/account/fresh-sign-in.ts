/** Some acts need a sign-in of the last two hours: whoever has an older one shows once more that it is them, and the act goes on. */
import { useSyncExternalStore } from "react";
import { ShujaaError } from "../../../sdk/errors.ts";

type Asked = { settle(isShown: boolean): void };

let asked: Asked | null = null;
const listeners = new Set<() => void>();

function become(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

function ask(): Promise<boolean> {
  asked?.settle(false);
  return new Promise((resolve) => {
    become({
      settle: (isShown) => {
        become(null);
        resolve(isShown);
      },
    });
  });
}

/** Makes the call; refused for an old sign-in it is made again once there is a new one, or refused still. */
export async function withFreshSignIn<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ShujaaError) || error.code !== "sign_in_again" || !(await ask())) throw error;
    return call();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Who is asked, or null. Other dialogs stand back meanwhile. */
export function useAsked(): Asked | null {
  return useSyncExternalStore(subscribe, () => asked);
}

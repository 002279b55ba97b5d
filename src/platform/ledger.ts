import type { Ledger } from "../core/credits/ledger.ts";
import { OutsideError } from "../core/deps.ts";
import type { CreditLedger } from "../objects/credit-ledger.ts";

/** Every call carries an id of the caller's, so one that may or may not have arrived can be made again. */
const attemptsOfCall = 3;

/** The ledger object of one tenant. Its being away is an OutsideError, never «allowed». */
export function connectLedger(namespace: DurableObjectNamespace<CreditLedger>, tenantId: string): Ledger {
  async function call<Result>(
    use: (stub: DurableObjectStub<CreditLedger>) => Promise<Result>,
    attemptsMax = attemptsOfCall,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // A stub whose call failed is broken for good: each attempt takes a new one.
        return await use(namespace.get(namespace.idFromName(tenantId)));
      } catch (error) {
        if (attempt === attemptsMax || !isTransient(error))
          throw new OutsideError("the credit ledger did not answer", true, error);
      }
    }
  }
  return {
    grant: (request) => call(async (stub) => stub.grant(request)),
    adjust: (request) => call(async (stub) => stub.adjust(request)),
    reclaim: (request) => call(async (stub) => stub.reclaim(request)),
    restore: (request) => call(async (stub) => stub.restore(request)),
    freeze: (request) => call(async (stub) => stub.freeze(request)),
    unfreeze: (request) => call(async (stub) => stub.unfreeze(request)),
    waive: (request) => call(async (stub) => stub.waive(request)),
    hold: (request) => call(async (stub) => stub.hold(request)),
    capture: (request) => call(async (stub) => stub.capture(request)),
    release: (request) => call(async (stub) => stub.release(request)),
    findHold: (holdId) => call(async (stub) => stub.findHold(holdId)),
    store: (request) => call(async (stub) => stub.store(request)),
    unstore: (request) => call(async (stub) => stub.unstore(request)),
    readUploads: (plan) => call(async (stub) => stub.readUploads(plan)),
    readBalance: () => call(async (stub) => stub.readBalance()),
    readUsage: (plan) => call(async (stub) => stub.readUsage(plan)),
    readHistory: (request) => call(async (stub) => stub.readHistory(request)),
    readStatement: (request) => call(async (stub) => stub.readStatement(request)),
    readTransactions: (request) => call(async (stub) => stub.readTransactions(request)),
    drainOutbox: () => call(async (stub) => stub.drainOutbox()),
    destroy: () => call(async (stub) => stub.destroy()),
    dump: () => call(async (stub) => stub.dump()),
    // A stream that was begun cannot be sent again: whoever restores asks anew.
    load: (copy) => call(async (stub) => stub.load(copy), 1),
  };
}

/** The platform marks what may be tried again; an overloaded object must be left alone. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
  return retryable === true && overloaded !== true;
}

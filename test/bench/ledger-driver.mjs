// Calls the ledgers from inside workerd, so that no HTTP is between what is measured and who measures it.

const usage = { images: 1, speech_seconds: 10, render_seconds: 10 };

const targets = {
  product: {
    open: (env, name) => env.PRODUCT.get(env.PRODUCT.idFromName(name)),
    prepare: (account) =>
      account.grant({ id: "credits", type: "bonus", credits: 1_000_000, description: "Credits of the bench" }),
    debit: (account, id) => account.hold({ id, credits: 1, plan: "enterprise", description: "Video", usage }),
  },
  bare: {
    open: (env, name) => env.BARE.get(env.BARE.idFromName(name)),
    prepare: (account) => account.hold("credits"),
    debit: (account, id) => account.hold(id),
  },
};

export default {
  /** Answers how many debits were made, each of them confirmed. */
  async fetch(request, env) {
    const { target: name, round, accounts: count, debits, inFlight } = await request.json();
    const target = targets[name];
    const accounts = Array.from({ length: count }, (_, index) =>
      target.open(env, `round ${round} of ${count}: ${index}`),
    );
    await Promise.all(accounts.map((account) => target.prepare(account)));
    let next = 0;
    let made = 0;
    const worker = async () => {
      while (next < debits) {
        const debit = next++;
        const answer = await target.debit(accounts[debit % count], `video ${debit}`);
        if (answer.ok) made += 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    return Response.json({ made });
  },
};

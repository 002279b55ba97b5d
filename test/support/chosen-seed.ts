/**
 * Properties are tried on the same cases each time, so that a run can be repeated and a change is what made a difference.
 * `SEED=…` tries others: worth doing now and then, and always when a property is new.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_125) });

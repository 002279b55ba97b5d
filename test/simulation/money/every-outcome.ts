/** What a run of all schedules has met at least once: so that they cannot grow tame unnoticed. */
export const everyOutcome: string[] = [];

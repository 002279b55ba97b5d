/** The port to whoever sends mail for us. */
export interface Mailer {
  /**
   * Hands a letter over. A repeat under the same `id` does not send it twice, as far as the provider knows such a thing.
   * `refused`: this letter will never be taken. Throws OutsideError when another try makes sense.
   */
  send(mail: { id: string; to: string; subject: string; text: string; html: string }): Promise<"sent" | "refused">;
}

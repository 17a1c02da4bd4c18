/**
 * The private database cannot run, for a reason the person at the terminal can act on. `message` is one
 * sentence for that terminal: what is wrong, and DATABASE_URL as the way around it.
 */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'

  constructor(why: string, options?: ErrorOptions) {
    super(
      `The built-in database cannot start (${why}); set DATABASE_URL to a PostgreSQL server of your own instead.`,
      options,
    )
  }
}

import type { Config } from './config'

/**
 * Tells next-auth, which reads the environment at every request, what the configuration says. Called once by
 * main.ts before the first request.
 */
export function prepareAuth(given: {
  readonly config: Config
  readonly secret: string
  readonly appUrl: string
}): void {
  process.env.NEXTAUTH_URL = given.appUrl
  process.env.NEXTAUTH_SECRET = given.secret
  // With either of these set, next-auth believes the Host and X-Forwarded-Host a client sends, and would build
  // the links of a sign-in for whatever site they name. Our address is the configured one.
  delete process.env.AUTH_TRUST_HOST
  delete process.env.VERCEL
}

import type { NextAuthOptions, Profile, User } from 'next-auth'
import { decode } from 'next-auth/jwt'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { beginSession } from '@/lib/commands/begin-session'
import type { GuestContext } from '@/lib/commands/context'
import { enterByProvider } from '@/lib/commands/enter-by-provider'
import type { Hasher } from '@/lib/commands/hasher'
import { signIn } from '@/lib/commands/sign-in'
import { signOut } from '@/lib/commands/sign-out'
import { Refusal } from '@/lib/domain/refusal'
import { type Id, isId } from '@/lib/kit/ids'
import { ownPath } from '@/lib/kit/own-path'
import type { Config } from './config'
import type { Log } from './log'
import { SESSION_SECONDS, sessionCookie } from './session'

/** A way to sign in elsewhere, for a button at the door. */
export interface SignInProvider {
  readonly id: 'google' | 'github' | 'oidc'
  readonly name: string
}

export function signInProviders(config: Config): SignInProvider[] {
  const all: (SignInProvider | false)[] = [
    config.google !== undefined && { id: 'google', name: 'Google' },
    config.github !== undefined && { id: 'github', name: 'GitHub' },
    config.oidc !== undefined && { id: 'oidc', name: config.oidc.name },
  ]
  return all.filter((provider) => provider !== false)
}

/**
 * next-auth's options for one request. It speaks with browsers and providers; who a sign-in is, and whether a session still
 * counts, our commands and rows decide. There is no adapter: next-auth never writes to the database itself.
 */
export function authOptions(given: {
  readonly config: Config
  readonly secret: string
  readonly log: Log
  readonly hasher: Hasher
  readonly context: GuestContext
}): NextAuthOptions {
  const { config, secret, log, hasher, context } = given
  const { store, appUrl, clock } = context

  /** The session a token names, while it counts. */
  const counting = async (sessionId: unknown, userId: unknown) =>
    isId('ses', sessionId) && isId('usr', userId)
      ? store.read.sessions.current(sessionId, userId, new Date(clock.now()))
      : null

  return {
    secret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: appUrl.startsWith('https:'),
    cookies: { sessionToken: sessionCookie(appUrl) },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers: [
      {
        id: 'credentials',
        name: 'Password',
        type: 'credentials',
        credentials: {},
        // The same command as the form's, with the same limits: this way in is open to everybody who knows next-auth.
        authorize: async (credentials) => {
          const input = credentialsShape.safeParse(credentials)
          if (!input.success) return null
          try {
            const { userId, sessionId } = await signIn({ ...context, hasher }, input.data)
            return { id: userId, sessionId }
          } catch (error) {
            if (error instanceof Refusal) return null
            throw error
          }
        },
      },
      ...oauthProviders(config),
    ],
    jwt: {
      maxAge: SESSION_SECONDS,
      // A token whose session was revoked is no token: next-auth then takes the cookie away.
      decode: async (params) => {
        const token = await decode(params)
        return token && (await counting(token.sid, token.sub)) ? token : null
      },
    },
    callbacks: {
      redirect: async ({ url, baseUrl }) => `${baseUrl}${ownPath(url, baseUrl)}`,
      signIn: async ({ user, account, profile }) => {
        if (!account || account.type === 'credentials') return true
        const claims = claimsShape.safeParse(profile)
        if (!claims.success) return `${appUrl}/sign-in?error=provider`
        try {
          const { userId } = await enterByProvider(context, {
            provider: accountProvider(config, account.provider),
            providerAccountId: account.providerAccountId,
            email: claims.data.email,
            emailVerified: claims.data.email_verified === true || claims.data.email_verified === 'true',
            name: claims.data.name ?? claims.data.preferred_username ?? '',
          })
          user.id = userId
          return true
        } catch (error) {
          // One answer for all of them: which addresses are users here is not a provider's guest's business.
          if (error instanceof Refusal) return `${appUrl}/sign-in?error=provider`
          throw error
        }
      },
      jwt: async ({ token, user, account }) => {
        // `account` is there at signing in only; later the token is as it was.
        if (!account) return token
        if (!isId('usr', user.id)) throw new Error('assertion failed: signIn has named a user')
        const sid = startedSession(user) ?? (await beginSession(context, user.id)).sessionId
        return { sub: user.id, sid }
      },
      session: async ({ session, token }) => {
        const found = await counting(token.sid, token.sub)
        if (!found) throw new Refusal('not_signed_in')
        const { name, email, image } = found.user
        return { ...session, user: { name, email, image } }
      },
    },
    events: {
      signOut: async ({ token }) => {
        const found = await counting(token?.sid, token?.sub)
        if (found) await signOut({ ...context, user: found.user, sessionId: found.session.id })
      },
    },
    logger: {
      // A token that is not ours is a stranger's or an old one: no news.
      error: (code, about) =>
        log[code === 'JWT_SESSION_ERROR' ? 'debug' : 'warn'](
          { code, reason: reasonOf(about) },
          'a sign-in went wrong',
        ),
      warn: (code) => log.debug({ code }, 'next-auth warns'),
      debug: () => {},
    },
  }
}

const credentialsShape = z.object({ email: z.string().max(320), password: z.string().max(1000) })

const claimsShape = z.object({
  email: z.string(),
  // Some providers write the word.
  email_verified: z.union([z.boolean(), z.string()]).nullish(),
  name: z.string().nullish(),
  preferred_username: z.string().nullish(),
})

function startedSession(user: object): Id<'ses'> | null {
  return 'sessionId' in user && isId('ses', user.sessionId) ? user.sessionId : null
}

/** The message of next-auth's error, which comes bare or wrapped. Nothing else of it: tokens travel there. */
function reasonOf(about: unknown): string {
  if (about instanceof Error) return about.message
  if (typeof about === 'object' && about !== null && 'error' in about) return reasonOf(about.error)
  return 'unknown'
}

/**
 * The name a provider's users are kept under. An OIDC provider's carries its issuer: `sub` is unique there only, and
 * when the configuration points at another one its first user must not become ours.
 */
function accountProvider(config: Config, id: string): string {
  return id === 'oidc' && config.oidc ? `oidc ${config.oidc.issuer}` : id
}

/** What next-auth wants to call a user; who it is, enterByProvider says. */
function profileUser(profile: Profile): User {
  return { id: profile.sub ?? '' }
}

function oauthProviders(config: Config): OAuthConfig<Profile>[] {
  const providers: OAuthConfig<Profile>[] = []
  if (config.google) {
    providers.push(openIdProvider('google', 'Google', 'https://accounts.google.com', config.google))
  }
  if (config.github) providers.push(gitHub(config.github.id, config.github.secret))
  if (config.oidc) providers.push(openIdProvider('oidc', config.oidc.name, config.oidc.issuer, config.oidc))
  return providers
}

function openIdProvider(
  id: string,
  name: string,
  issuer: string,
  client: { readonly id: string; readonly secret: string },
): OAuthConfig<Profile> {
  return {
    id,
    name,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    clientId: client.id,
    clientSecret: client.secret,
    userinfo: {
      // Many put the address into the token, some only behind this endpoint.
      request: async ({ tokens, client }) => {
        if (!client.issuer.metadata.userinfo_endpoint || !tokens.access_token)
          return claimsOf(tokens.id_token)
        return { ...claimsOf(tokens.id_token), ...(await client.userinfo(tokens.access_token)) }
      },
    },
    profile: profileUser,
  }
}

/** The claims of an id token whose signature next-auth has checked already. */
function claimsOf(idToken: string | undefined): Profile {
  const payload = idToken?.split('.')[1]
  return payload
    ? z.looseObject({}).parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
    : {}
}

const gitHubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() })
const gitHubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

/** GitHub speaks OAuth only. The address on its profile page is whatever the user wrote there, so the list of proven ones is asked. */
function gitHub(clientId: string, clientSecret: string): OAuthConfig<Profile> {
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    authorization: {
      url: 'https://github.com/login/oauth/authorize',
      params: { scope: 'read:user user:email' },
    },
    token: 'https://github.com/login/oauth/access_token',
    checks: ['pkce', 'state'],
    clientId,
    clientSecret,
    userinfo: {
      url: 'https://api.github.com/user',
      request: async ({ tokens }) => {
        const ask = async (path: string): Promise<unknown> => {
          const answer = await fetch(`https://api.github.com${path}`, {
            headers: {
              authorization: `Bearer ${tokens.access_token}`,
              accept: 'application/vnd.github+json',
            },
          })
          if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}`)
          return answer.json()
        }
        const user = gitHubUser.parse(await ask('/user'))
        const primary = gitHubEmails.parse(await ask('/user/emails')).find((email) => email.primary)
        return {
          sub: String(user.id),
          name: user.name ?? user.login,
          email: primary?.email ?? '',
          email_verified: primary?.verified ?? false,
        }
      },
    },
    profile: profileUser,
  }
}

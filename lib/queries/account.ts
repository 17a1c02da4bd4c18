import type { UserContext } from '@/lib/commands/context'
import { type Device, readDevice } from '@/lib/domain/device'
import type { Id } from '@/lib/kit/ids'

/** What a user sees of themselves. */
export interface AccountPage {
  readonly name: string
  readonly email: string
  readonly hasPassword: boolean
  /** Whether mentions and replies are mailed; null where this server sends no mail. */
  readonly mails: boolean | null
  /** Providers they sign in by, by their ids (`google`, `github`, `oidc`). */
  readonly providers: readonly string[]
  /** A calendar feed for each workspace; `since`: when its address was made, null where there is none. */
  readonly calendars: readonly {
    readonly workspace: string
    readonly name: string
    readonly since: number | null
  }[]
  /** This one first, then the last seen. */
  readonly sessions: readonly {
    readonly id: Id<'ses'>
    readonly device: Device
    readonly address: string
    readonly createdAt: number
    readonly seenAt: number
    readonly current: boolean
  }[]
}

export async function readAccount({
  store,
  mailer,
  clock,
  user,
  sessionId,
}: UserContext): Promise<AccountPage> {
  const [credentials, providers, sessions, mails, workspaces, feeds] = await Promise.all([
    store.read.users.credentialsOf(user.id),
    store.read.users.providers(user.id),
    store.read.sessions.list(user.id, new Date(clock.now())),
    mailer.delivers ? store.read.users.wantsMail(user.id) : null,
    store.read.workspaces.ofUser(user.id),
    store.read.feeds.ofUser(user.id),
  ])
  return {
    name: user.name,
    email: user.email,
    hasPassword: credentials?.passwordHash != null,
    mails,
    // An OIDC provider is kept with its issuer.
    providers: providers.map((provider) => provider.split(' ')[0] ?? provider),
    calendars: workspaces.map(({ id, slug, name }) => ({
      workspace: slug,
      name,
      since: feeds.find(({ workspaceId }) => workspaceId === id)?.createdAt.getTime() ?? null,
    })),
    sessions: sessions
      .map((session) => ({
        id: session.id,
        device: readDevice(session.userAgent),
        address: session.address,
        createdAt: session.createdAt.getTime(),
        seenAt: session.seenAt.getTime(),
        current: session.id === sessionId,
      }))
      .sort((a, b) => Number(b.current) - Number(a.current)),
  }
}

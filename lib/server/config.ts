import { z } from 'zod'

const text = z.string().trim().min(1)
const pair = { id: text, secret: text }

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: text.optional(),
  APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: text.default('.data'),
  FILES_DIR: text.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  REDIS_CHANNEL: text.max(200).default('throughline'),
  AUTH_SECRET: z.string().min(32).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text.optional(),
  MAIL_QUIET_SECONDS: z.coerce.number().min(1).max(86_400).default(300),
  GOOGLE_ID: text.optional(),
  GOOGLE_SECRET: text.optional(),
  GITHUB_ID: text.optional(),
  GITHUB_SECRET: text.optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_ID: text.optional(),
  OIDC_SECRET: text.optional(),
  OIDC_NAME: text.default('OpenID Connect'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'a bucket has 3 to 63 small letters, digits, dots and hyphens',
    )
    .optional(),
  S3_REGION: text.default('us-east-1'),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  S3_PREFIX: z
    .string()
    .regex(/^([\w.-]+\/)*$/, 'a prefix is empty or ends with a slash, such as throughline/')
    .default(''),
  S3_PATH_STYLE: z.stringbool().default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  TRUST_PROXY: z.stringbool().default(false),
  METRICS_TOKEN: z.string().min(16).optional(),
})

export interface Provider {
  readonly id: string
  readonly secret: string
}

/** A bucket for files, of S3 or of what speaks its protocol. */
export interface S3Config {
  /** Address of the service, without the bucket. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** In front of every key; empty, or ends with a slash. */
  readonly prefix: string
  /** Whether the bucket stands in the path (`host/bucket/key`) or in the host (`bucket.host/key`). */
  readonly pathStyle: boolean
}

/** Everything the environment decides, read once. */
export interface Config {
  /** 0 asks the operating system for a free port. */
  readonly port: number
  readonly host: string | undefined
  /** The public address without a trailing slash; unset: the address the server listens on. */
  readonly appUrl: string | undefined
  readonly dataDir: string
  /** Of pictures and attachments; nodes on one machine may share it. Unset: in DATA_DIR. */
  readonly filesDir: string | undefined
  readonly databaseUrl: string | undefined
  /** Carries notes between nodes in place of PostgreSQL. */
  readonly redisUrl: string | undefined
  /** Pub/sub channel, one per installation. */
  readonly redisChannel: string
  readonly authSecret: string | undefined
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
  /** A letter about comments waits until nothing more has come for this long; milliseconds. */
  readonly mailQuiet: number
  readonly google: Provider | undefined
  readonly github: Provider | undefined
  readonly oidc: (Provider & { readonly issuer: string; readonly name: string }) | undefined
  /** Unset: files lie in a folder. */
  readonly s3: S3Config | undefined
  readonly logLevel: string
  /** Whether X-Forwarded-For of a reverse proxy may name the visitor's address. */
  readonly trustProxy: boolean
  /** Opens /api/metrics to whoever sends it; unset: it is closed to everybody. */
  readonly metricsToken: string | undefined
}

/** A variable that cannot be used, in one sentence for whoever starts the server. */
export class ConfigError extends Error {}

/** Parses the environment. An empty variable counts as unset. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ConfigError(
      `The variable ${String(issue?.path[0])} cannot be used: ${issue?.message ?? 'unknown reason'}.`,
    )
  }
  const e = parsed.data
  const provider = (name: string, id?: string, secret?: string): Provider | undefined => {
    const both = z.object(pair).safeParse({ id, secret })
    if (both.success) return both.data
    if (id || secret) throw new ConfigError(`Sign-in by ${name} needs both ${name}_ID and ${name}_SECRET.`)
    return undefined
  }
  const oidc = provider('OIDC', e.OIDC_ID, e.OIDC_SECRET)
  if (oidc && !e.OIDC_ISSUER) throw new ConfigError('Sign-in by OIDC needs OIDC_ISSUER.')
  // Several nodes share a database, and the private one belongs to one process.
  if (e.REDIS_URL && !e.DATABASE_URL) throw new ConfigError('REDIS_URL needs DATABASE_URL, too.')
  const s3 = readS3(e)
  return {
    port: e.PORT,
    host: e.HOST,
    appUrl: e.APP_URL?.replace(/\/+$/, ''),
    dataDir: e.DATA_DIR,
    filesDir: e.FILES_DIR,
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    redisChannel: e.REDIS_CHANNEL,
    authSecret: e.AUTH_SECRET,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    mailQuiet: e.MAIL_QUIET_SECONDS * 1_000,
    google: provider('GOOGLE', e.GOOGLE_ID, e.GOOGLE_SECRET),
    github: provider('GITHUB', e.GITHUB_ID, e.GITHUB_SECRET),
    oidc: oidc && e.OIDC_ISSUER ? { ...oidc, issuer: e.OIDC_ISSUER, name: e.OIDC_NAME } : undefined,
    s3,
    logLevel: e.LOG_LEVEL,
    trustProxy: e.TRUST_PROXY,
    metricsToken: e.METRICS_TOKEN,
  }
}

/** All four or none: half a bucket would keep files where nobody looks for them. */
function readS3(e: z.infer<typeof schema>): S3Config | undefined {
  const needed = {
    S3_ENDPOINT: e.S3_ENDPOINT,
    S3_BUCKET: e.S3_BUCKET,
    S3_ACCESS_KEY_ID: e.S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: e.S3_SECRET_ACCESS_KEY,
  }
  const missing = Object.entries(needed).filter(([, value]) => value === undefined)
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = needed
  if (S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY)
    return {
      endpoint: S3_ENDPOINT,
      bucket: S3_BUCKET,
      region: e.S3_REGION,
      accessKeyId: S3_ACCESS_KEY_ID,
      secretAccessKey: S3_SECRET_ACCESS_KEY,
      prefix: e.S3_PREFIX,
      pathStyle: e.S3_PATH_STYLE,
    }
  if (missing.length < Object.keys(needed).length)
    throw new ConfigError(`Files in a bucket need ${missing.map(([name]) => name).join(' and ')}, too.`)
  return undefined
}

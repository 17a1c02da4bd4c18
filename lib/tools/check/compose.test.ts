import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { must } from '@/lib/kit/assert'
import { readConfig } from '@/lib/server/config'

// No engine runs in these tests. What can be known without one: that the file is YAML, that every name in it leads to
// something, and that what it says to the app is what the app understands.

const root = path.resolve(import.meta.dirname, '../../..')
const duration = z.string().regex(/^\d+(ms|s|m)$/)
const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
  interval: duration,
  timeout: duration,
  retries: z.number().int().positive(),
  start_period: duration,
  start_interval: duration,
})
const service = z.strictObject({
  // A tag of its own each: what `latest` was yesterday is not what it is today.
  image: z.string().regex(/^[a-z]+(\/[a-z]+)?:(?!latest)[\w.-]+$/),
  build: z.strictObject({ context: z.literal('.'), dockerfile_inline: z.string() }).optional(),
  pull_policy: z.enum(['never', 'build']).optional(),
  restart: z.literal('unless-stopped'),
  init: z.boolean().optional(),
  hostname: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string().regex(/^\w+:\/[\w/]+$/)).optional(),
  configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  stop_grace_period: duration.optional(),
  stop_signal: z.string().optional(),
  shm_size: z.string().optional(),
  healthcheck,
})
const shape = z.object({
  services: z.record(z.string(), service),
  configs: z.record(z.string(), z.strictObject({ content: z.string() })),
  volumes: z.record(z.string(), z.null()),
})
type Compose = z.infer<typeof shape>

const text = await readFile(path.join(root, 'docker-compose.yml'), 'utf8')

/** Everything that is wrong with it, in words. */
function faults(yaml: string): string[] {
  const parsed = shape.safeParse(parse(yaml, { merge: true, uniqueKeys: true }))
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const compose = parsed.data
  return [...names(compose), ...nodes(compose), ...proxy(compose), ...secrets(yaml)]
}

function names({ services, volumes, configs }: Compose): string[] {
  const wrong: string[] = []
  for (const [name, of] of Object.entries(services)) {
    for (const other of Object.keys(of.depends_on ?? {}))
      if (!services[other]) wrong.push(`${name} waits for ${other}, which is not there`)
    for (const volume of of.volumes ?? []) {
      const [source = ''] = volume.split(':')
      if (!(source in volumes)) wrong.push(`${name} keeps things in ${source}, which is no volume`)
    }
    for (const { source } of of.configs ?? [])
      if (!configs[source]) wrong.push(`${name} reads ${source}, which is no config`)
    if (of.ports && name !== 'proxy') wrong.push(`${name} is open to the world`)
  }
  return wrong
}

function appsOf({ services }: Compose) {
  return Object.entries(services).filter(([, { image }]) => image.startsWith('throughline:'))
}

function nodes(compose: Compose): string[] {
  const wrong: string[] = []
  const apps = appsOf(compose)
  if (apps.length < 2) wrong.push('there are no two nodes')
  const built = apps.filter(([, { build }]) => build)
  if (built.length !== 1) wrong.push('the image is not built exactly once')
  for (const [name, { pull_policy: policy, build }] of apps)
    if (policy !== (build ? 'build' : 'never')) wrong.push(`${name} would look for the image elsewhere`)
  const [first] = apps
  const folders = apps.map(([, { volumes = [] }]) =>
    Object.fromEntries(volumes.map((v) => v.split(':').reverse())),
  )
  for (const [i, [name, of]] of apps.entries()) {
    if (JSON.stringify(of.environment) !== JSON.stringify(first?.[1].environment))
      wrong.push(`${name} is told something else than the others`)
    const config = readConfig(filled(of.environment ?? {}))
    for (const url of [config.databaseUrl, config.redisUrl]) {
      const host = url === undefined ? 'nobody' : new URL(url).hostname
      if (!compose.services[host]) wrong.push(`${name} looks for ${host}, which is not there`)
      if (!of.depends_on?.[host]) wrong.push(`${name} does not wait for ${host}`)
    }
    if (!config.trustProxy || config.authSecret === undefined)
      wrong.push(`${name} signs or counts for itself`)
    const at = must(folders[i], 'each has its folders')
    if (folders.some((other, j) => j !== i && other[config.dataDir] === at[config.dataDir]))
      wrong.push(`${name} shares its data folder`)
    if (
      folders.some(
        (other) => other[config.filesDir ?? ''] !== at[config.filesDir ?? ''] || !at[config.filesDir ?? ''],
      )
    )
      wrong.push(`${name} has files of its own`)
    if (Number.parseInt(of.stop_grace_period ?? '0', 10) < 10)
      wrong.push(`${name} is not given the time to end`)
    wrong.push(...asked(name, of.healthcheck.test.join(' '), config.port))
  }
  for (const [, { build }] of built) wrong.push(...image(build?.dockerfile_inline ?? ''))
  return wrong
}

/** The image has what the app is built from and runs on, and nothing else of the folder. */
function image(dockerfile: string): string[] {
  const wrong: string[] = []
  const version = /^FROM node:(\d+)/m.exec(dockerfile)?.[1]
  if (Number(version) < 20) wrong.push(`Node ${version} is too old`)
  const copied = [...dockerfile.matchAll(/^COPY --chown=\S+ (.+) \S+$/gm)].flatMap(
    (found) => found[1]?.split(' ') ?? [],
  )
  for (const place of copied)
    if (!existsSync(path.join(root, place))) wrong.push(`there is no ${place} to copy`)
  const needed = ['package.json', 'package-lock.json', 'tsconfig.json', 'next.config.js', 'app', 'lib', 'db']
  for (const place of needed) if (!copied.includes(place)) wrong.push(`the image lacks ${place}`)
  if (/^COPY.* \. /m.test(dockerfile))
    wrong.push('the image takes the whole folder, data and secrets with it')
  for (const [, program = ''] of dockerfile.matchAll(/^(?:RUN node|CMD \["node",) "?(lib\/[^"\s]+)/gm))
    if (!existsSync(path.join(root, program))) wrong.push(`there is no ${program} to run`)
  if (!/^USER node$/m.test(dockerfile)) wrong.push('the app runs as root')
  return wrong
}

function proxy(compose: Compose): string[] {
  const wrong: string[] = []
  const caddyfile = compose.configs.caddyfile?.content ?? ''
  const upstreams = /reverse_proxy (.+) \{/.exec(caddyfile)?.[1]?.split(' ').sort()
  const port = (environment: Record<string, string> = {}) => environment.PORT
  const expected = appsOf(compose).map(([name, { environment }]) => `${name}:${port(environment)}`)
  if (String(upstreams) !== String(expected.sort())) wrong.push(`the proxy sends people to ${upstreams}`)
  const opened = caddyfile.split('{').length
  if (opened !== caddyfile.split('}').length) wrong.push('the Caddyfile does not close what it opens')
  if (/\$/.test(caddyfile)) wrong.push('a $ in the Caddyfile is read by Compose')
  const checked = /health_uri (\S+)/.exec(caddyfile)?.[1]
  wrong.push(...route('the proxy', checked ?? 'nothing'))
  const test = compose.services.proxy?.healthcheck.test.join(' ') ?? ''
  wrong.push(...asked('the proxy', test, 80))
  return wrong
}

function asked(name: string, test: string, port: number): string[] {
  const url = /http:\/\/127\.0\.0\.1:(\d+)([\w/-]*)/.exec(test)
  if (Number(url?.[1]) !== port) return [`${name} is asked for its health at port ${url?.[1]}`]
  return route(name, url?.[2] ?? '')
}

function route(name: string, address: string): string[] {
  return existsSync(path.join(root, 'app', address, 'route.ts'))
    ? []
    : [`${name} is asked at ${address}, where nobody answers`]
}

/** Passwords come from outside, and their absence is said. */
function secrets(yaml: string): string[] {
  return ['POSTGRES_PASSWORD', 'AUTH_SECRET']
    .filter((name) => !yaml.includes(`\${${name}:?`) || new RegExp(`\\$\\{${name}(:-|\\})`).test(yaml))
    .map((name) => `${name} has a value for everybody`)
}

/** As Compose fills in what comes from outside. */
function filled(environment: Record<string, string>): Record<string, string> {
  const fill = (value: string) =>
    value.replace(/\$\{\w+:([-?])([^}]*)\}/g, (_whole, kind, rest) => (kind === '-' ? rest : 'x'.repeat(40)))
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]))
}

test('docker-compose.yml leads everywhere it points', () => {
  expect(faults(text)).toEqual([])
})

test.each([
  ['app1:3000 app2:3000', 'app1:3000 app3:3000', /sends people to/],
  ['data2:/data', 'data1:/data', /shares its data folder/],
  ['files:/files]\n    depends_on', 'data2:/files]\n    depends_on', /files of its own/],
  ['@postgres:5432', '@postgre:5432', /looks for postgre/],
  ['  FILES_DIR: /files\n', '', /files of its own/],
  [
    `AUTH_SECRET: \${AUTH_SECRET:?set AUTH_SECRET}`,
    `AUTH_SECRET: \${AUTH_SECRET:-a secret for everybody, of 32 letters}`,
    /AUTH_SECRET/,
  ],
  ['pull_policy: never', 'pull_policy: build', /look for the image elsewhere/],
  ['COPY --chown=node:node db db', '', /lacks db/],
  ['COPY --chown=node:node db db', 'COPY . .', /lacks db|whole folder/],
  ['lib/tools/prepare.mjs', 'lib/tools/prepared.mjs', /no lib\/tools\/prepared.mjs/],
  ['valkey/valkey:8-alpine', 'valkey/valkey:latest', /image/],
  ['stop_grace_period: 15s', 'stop_grace_period: 5s', /time to end/],
  ['  files:\n', '', /no volume/],
  ['source: caddyfile', 'source: nginx', /no config/],
  ['health_uri /api/health/ready', 'health_uri /api/healthy', /nobody answers/],
  ['retries: 5', 'retrys: 5', /retries/],
])('and a file in which %j reads %j is found out', (before, after, said) => {
  const changed = text.replace(before, after)
  expect(changed).not.toBe(text)
  expect(faults(changed).join('\n')).toMatch(said)
})

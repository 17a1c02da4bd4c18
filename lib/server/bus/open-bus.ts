import { randomUUID } from 'node:crypto'
import type { Config } from '../config'
import type { Log } from '../log'
import { type LineBus, openLineBus } from './line-bus'
import { postgresLine } from './postgres-line'
import { redisLine } from './redis-line'

/**
 * The bus the configuration asks for: Redis where REDIS_URL is set, else PostgreSQL's own LISTEN and NOTIFY. Null beside
 * the embedded database, which belongs to one process: it does not pay for talking to nobody.
 */
export function openBus(
  config: Pick<Config, 'databaseUrl' | 'redisUrl' | 'redisChannel'>,
  log: Log,
): LineBus | null {
  const { databaseUrl, redisUrl, redisChannel } = config
  if (databaseUrl === undefined) return null
  const open = redisUrl === undefined ? postgresLine(databaseUrl) : redisLine(redisUrl, redisChannel)
  return openLineBus({ open, nodeId: randomUUID(), log })
}

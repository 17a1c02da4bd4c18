import { Redis } from 'ioredis'
import type { OpenLine } from './line'

/**
 * PUBLISH and SUBSCRIBE of Redis or Valkey, which want a connection each. Channels are one for the whole server,
 * whichever database the address names: `channel` keeps installations apart.
 */
export function redisLine(url: string, channel: string): OpenLine {
  return async (events) => {
    const options = {
      lazyConnect: true,
      connectTimeout: 5_000,
      // A line that is gone is opened anew from above, never mended underneath: what was said in between is lost, and
      // somebody has to know.
      retryStrategy: () => null,
      autoResubscribe: false,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
    }
    const [teller, listener] = [new Redis(url, options), new Redis(url, options)]
    const both = [teller, listener]
    // An 'error' without a listener ends the process.
    for (const one of both) {
      one.on('error', (error: unknown) => events.lost(error))
      one.on('end', () => events.lost(new Error('the connection ended')))
    }
    const close = () => {
      for (const one of both) one.disconnect()
    }
    listener.on('message', (_channel: string, text: string) => events.heard(text))
    try {
      await Promise.all(both.map((one) => one.connect()))
      await listener.subscribe(channel)
    } catch (error) {
      close()
      throw error
    }
    return {
      async send(texts) {
        await Promise.all(texts.map((text) => teller.publish(channel, text)))
      },
      close,
    }
  }
}

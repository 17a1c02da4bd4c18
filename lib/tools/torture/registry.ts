import type { TortureCommand } from './command'

/** Every torture by name. Loaded when it is wanted: most need none of the others' machinery. */
export const tortures: Readonly<Record<string, () => Promise<TortureCommand>>> = {
  kill: async () => (await import('./kill')).kill,
  'kill-app': async () => (await import('./kill')).killApp,
  simulate: async () => (await import('./simulate')).simulateSchedules,
  frames: async () => (await import('./frames')).frames,
  'frames-sockets': async () => (await import('./frames-sockets')).framesOverSockets,
  database: async () => (await import('./database')).databaseOutages,
  stores: async () => (await import('./stores')).stores,
  rebuild: async () => (await import('./rebuild')).rebuild,
  viewers: async () => (await import('./viewers')).viewers,
  origins: async () => (await import('./origins')).origins,
  presence: async () => (await import('./presence')).presence,
  rolling: async () => (await import('./nodes-rolling')).rolling,
  revoke: async () => (await import('./nodes-revoke')).revoke,
  fence: async () => (await import('./nodes-fence')).fence,
  bus: async () => (await import('./bus')).busOutages,
  disk: async () => (await import('./disk')).disk,
  soak: async () => (await import('./soak')).soak,
  failpoints: async () => (await import('./failpoints')).failpoints,
}

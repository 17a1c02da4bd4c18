// A thread does not take over the loader of the process: it has to ask for TypeScript itself.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')

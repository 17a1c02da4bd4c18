export { EmbeddedPostgresError } from './error'
export { runningUrl } from './running-url'
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded, stopLeftover } from './start-embedded'

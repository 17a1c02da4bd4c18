export { EmbeddedPostgresError } from './error'
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded, stopLeftover } from './start-embedded'

export { EmbeddedPostgresError } from './error'
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from './start-embedded'

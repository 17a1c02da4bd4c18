import type { Bus } from './ports'

/** One process alone: nobody to tell, nobody to hear. */
export const soloBus: Bus = {
  shared: false,
  up: true,
  publish() {},
  subscribe: () => () => {},
}

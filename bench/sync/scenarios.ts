import type { Figure } from '../figures'
import { idle } from './idle'
import { type Bench, steady, steadyFigures } from './rounds'
import { saturation } from './saturation'
import { storm } from './storm'
import { cold, singles } from './trace'

/** Every scenario by its name. The aims are those of the issue this measure was built for. */
export const syncScenarios: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  /** One document, fifty people, ten of them typing. */
  'fan-out': async (bench) =>
    steadyFigures(
      await steady(bench, { rooms: 1, people: 50, writers: 10, perSecond: 10, seconds: 10 }),
      1.0,
    ),
  /** 2,500 letters a second in twenty documents. */
  fixed: async (bench) =>
    steadyFigures(
      await steady(bench, { rooms: 20, people: 10, writers: 10, perSecond: 12.5, seconds: 8 }),
      1.0,
      true,
    ),
  /** A thousand people in two hundred documents, a letter a second each. */
  many: async (bench) =>
    steadyFigures(await steady(bench, { rooms: 200, people: 5, writers: 5, perSecond: 1, seconds: 8 }), 1.3),
  saturation,
  idle,
  storm,
  cold,
  singles,
}

/** As timeline.css draws them, pixels. */
export const ROW = 36
export const NAMES = 236
export const NAMES_NARROW = 128
/** Half of a diamond. */
export const HALF = 9

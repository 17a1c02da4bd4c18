/** Thrown and caught inside the reader only. */
export class TooDeep extends Error {}

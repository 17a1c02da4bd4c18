// Takes the place of a script the browsers we are for have no need of (next.config.js).
export {}

// Takes the place of lib0/dom in the browser (next.config.js). Of all it has the binding only asks for the document;
// the rest would bring a library of schemas, one of random numbers and, through that, Node's Buffer along.
export const doc = document

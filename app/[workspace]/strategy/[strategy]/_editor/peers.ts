export { Carets } from './carets'
export { Follow } from './follow'

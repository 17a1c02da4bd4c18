import { build } from './house/build.mjs'
import { install } from './house/install.mjs'
import { openPaper } from './house/paper.mjs'

// What the first `npm start` does before it starts: for an image, whose containers should find it done.
const paper = openPaper()
await install(paper)
await build(paper)

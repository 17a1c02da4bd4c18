// `npm start` and `npm run dev`. This file is read by whatever Node there is, so it only looks at the version.
var parts = process.versions.node.split('.').map(Number)

if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  console.error('Throughline needs Node.js 20.19 or newer, and this is ' + process.versions.node + '.')
  process.exit(1)
}

import('./house/start-house.mjs').then((house) => house.startHouse({ dev: process.argv.includes('--dev') }))

import { testHouse } from './house/test-house.mjs'

await testHouse(process.argv.slice(2))

import { createServer } from 'node:http'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { listen } from './say.mjs'

// y-websocket's server as its own `server.js` puts it together, with the `ws` the others have.
const server = createServer((_request, response) => response.writeHead(200).end('okay'))
const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request))
})
listen(server)

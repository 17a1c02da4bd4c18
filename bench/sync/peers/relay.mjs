import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { listen } from './say.mjs'

// The plain relay: whatever comes is sent to everybody else in the room, unread. It keeps nothing, asks nobody who they
// are, and does not even look at what it hands on. What an engine costs more than this is the price of being an engine.
const rooms = new Map()
const server = createServer((_request, response) => response.writeHead(404).end())
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const room = rooms.get(request.url) ?? new Set()
    rooms.set(request.url, room.add(ws))
    ws.on('message', (bytes) => {
      for (const other of room) if (other !== ws && other.readyState === ws.OPEN) other.send(bytes)
    })
    ws.on('error', () => {})
    ws.on('close', () => {
      room.delete(ws)
      if (room.size === 0) rooms.delete(request.url)
    })
  })
})
listen(server)

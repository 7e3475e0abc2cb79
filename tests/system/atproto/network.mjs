// A whole AT Protocol network in one process: directory (PLC), accounts' server (PDS), Bluesky's AppView, moderation.
import { TestNetwork } from '@atproto/dev-env'

const [plc, pds, bsky, ozone] = process.env.PORTS.split(',').map(Number)
const network = await TestNetwork.create({
  plc: { port: plc },
  pds: { port: pds, hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: bsky, publicUrl: `http://localhost:${bsky}`, dbPostgresSchema: 'bsky' },
  ozone: { port: ozone },
})
console.log('ready')
let closing = false
const stop = async () => {
  if (closing) return
  closing = true
  await network.close()
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

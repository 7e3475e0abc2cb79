// Preloaded: every TCP server that names no address listens on 127.0.0.1 only; these packages listen everywhere otherwise.
import net from 'node:net'

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...given) {
  const [first, second] = given
  if (first && typeof first === 'object' && first.port !== undefined && !first.host) {
    given[0] = { ...first, host: '127.0.0.1' }
  } else if ((typeof first === 'number' || /^\d+$/.test(String(first))) && typeof second !== 'string') {
    given.splice(1, 0, '127.0.0.1')
  }
  return listen.apply(this, given)
}

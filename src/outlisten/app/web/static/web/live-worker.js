// Holds the one connection to /live and passes what arrives to every tab. Closed when the last tab is gone.
const ports = new Set();
let source = null;

function listen(address) {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource(address);
  source.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    ports.forEach((port) => port.postMessage(message));
  });
}

self.addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.open) { ports.add(port); listen(data.open); }
    if (data.close) {
      ports.delete(port);
      if (!ports.size) { source?.close(); source = null; }
    }
  };
  port.start();
});

// A service that tests spawn: listens, or fails, or ignores SIGTERM, as its environment says.
import { createServer } from 'node:http';

const { BEHAVIOUR, NAME } = process.env;
if (BEHAVIOUR === 'fail') {
  console.error('cannot start: no configuration');
  process.exitCode = 2;
} else {
  if (BEHAVIOUR === 'stay') process.on('SIGTERM', () => console.log('staying'));
  const server = createServer((_req, res) => res.end(NAME));
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())));
}

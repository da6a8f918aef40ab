// Readiness by AMQP's own greeting: the broker answers the protocol header with Connection.Start, whose server properties
// hold cluster_name, by default the node's name. A bare connect would also be answered by a stranger on our port.
import { connect } from 'node:net';

const protocolHeader = Buffer.from([...Buffer.from('AMQP'), 0, 0, 9, 1]);
const answerDeadlineMs = 2000;

/** Whether the broker on this port greets, and is that node. */
export function greetsAsNode(port: number, nodeName: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let greeting = '';
    const answer = (isOurs: boolean) => {
      socket.destroy();
      resolve(isOurs);
    };
    // The host part of cluster_name is the machine's, not the node name's.
    const ours = `${nodeName.split('@')[0]}@`;
    socket.setTimeout(answerDeadlineMs, () => answer(false));
    socket.once('connect', () => socket.write(protocolHeader));
    socket.on('data', (chunk) => {
      greeting += chunk.toString('latin1');
      if (greeting.includes(ours)) answer(true);
    });
    socket.once('error', () => answer(false));
    socket.once('end', () => answer(false));
  });
}

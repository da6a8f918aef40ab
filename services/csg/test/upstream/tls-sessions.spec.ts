import { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { createTlsSessions } from '../../src/upstream/tls-sessions.ts';

describe('createTlsSessions', () => {
  function sessionsOf(hostsMax: number) {
    const sessions = createTlsSessions({ hostsMax });
    const tell = (host: string, session: string) => {
      const socket = new EventEmitter() as TLSSocket;
      sessions.keepFrom(socket, host);
      socket.emit('session', Buffer.from(session));
    };
    const found = (host: string) => sessions.find(host)?.toString();
    return { sessions, tell, found };
  }

  it('keeps the last session of each host', () => {
    const { tell, found } = sessionsOf(10);
    tell('a', 'first');
    tell('b', 'other');
    tell('a', 'second');

    expect([found('a'), found('b'), found('c')]).to.deep.equal(['second', 'other', undefined]);
  });

  it('forgets the host that has told nothing for the longest time', () => {
    const { tell, found } = sessionsOf(2);
    tell('a', '1');
    tell('b', '2');
    tell('a', '3');
    tell('c', '4');

    expect([found('a'), found('b'), found('c')]).to.deep.equal(['3', undefined, '4']);
  });

  it('forgets a host when told to', () => {
    const { sessions, tell, found } = sessionsOf(2);
    tell('a', '1');
    sessions.forget('a');

    expect(found('a')).to.equal(undefined);
  });
});

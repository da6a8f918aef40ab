import { expect } from 'chai';
import { measurementId, measurementsOf } from '../../../src/csg/run/measurement.ts';

describe('measurementsOf', () => {
  const ids = (round: number, measure: Parameters<typeof measurementsOf>[0]['measure']) =>
    measurementsOf({ measure, concurrency: [16, 1], streamRounds: 1 }, round).map(measurementId);

  it('has streams in the first rounds only', () => {
    const always = ['requests-16', 'requests-1', 'connections-full', 'connections-resumed'];

    expect(ids(2, ['requests', 'connections', 'streams'])).to.deep.equal(always);
    expect(ids(1, ['requests', 'connections', 'streams'])).to.deep.equal([
      ...always,
      'stream-download',
      'stream-upload-declared',
      'stream-upload-unsigned',
      'stream-upload-trailer',
      'stream-upload-signed-chunks',
    ]);
  });

  it('has only what is wanted', () => {
    expect(ids(1, ['connections'])).to.deep.equal(['connections-full', 'connections-resumed']);
  });
});

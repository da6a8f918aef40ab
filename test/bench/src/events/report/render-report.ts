import { renderStrangers } from '../../report/strangers.ts';
import type { Publisher, PublishFigures } from '../run/sample.ts';
import type { Verdict } from './judge-goals.ts';
import type { FanOutLine, Publishing, Summary } from './summarize.ts';

export function renderReport(summary: Summary, verdicts: readonly Verdict[]): string {
  const parts = [
    summary.publishing && publishingTable(summary, summary.publishing),
    summary.fanOut.length > 0 && fanOutTable(summary.fanOut),
    latencyText(summary),
    summary.replay &&
      `replay of ${summary.replay.events} stored events: ${summary.replay.eventsPerSecond.toFixed(0)} events/s`,
    summary.strangersCores && renderStrangers(summary.strangersCores),
    verdicts.map(({ goal, value, reached }) => `${goal}: ${value} ${reached ? 'ok' : 'MISSED'}`).join('\n'),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function publishingTable(summary: Summary, { events, rounds, medians, relayTo }: Publishing): string {
  const titles: Readonly<Record<Publisher, string>> = {
    relay: 'relay, from the outbox',
    batches: `amqplib, batches of ${summary.batchSize}`,
    window: `amqplib, window of ${summary.windowSize}`,
  };
  const head = `${events} events of ${summary.payloadBytes} bytes, one queue, ${rounds} round${rounds === 1 ? '' : 's'}`;
  return [
    row(head, ['events/s', 'CPU us/event: broker', 'database', 'publisher']),
    row(titles.relay, figures(medians.relay)),
    row(titles.batches, figures(medians.batches)),
    row(titles.window, figures(medians.window)),
    row(`relay / ${titles.batches}`, [relayTo.batches.toFixed(2)]),
    row(`relay / ${titles.window}`, [relayTo.window.toFixed(2)]),
  ].join('\n');
}

function figures({
  eventsPerSecond,
  brokerMicros,
  databaseMicros,
  publisherMicros,
}: PublishFigures): string[] {
  return [eventsPerSecond, brokerMicros, databaseMicros, publisherMicros].map((value) => value.toFixed(0));
}

function fanOutTable(lines: readonly FanOutLine[]): string {
  return [
    row('relay to several queues', ['events/s', 'CPU us/event: broker', 'each further: us', 'CPU us']),
    ...lines.map(({ queues, further, medians, microsPerFurther, brokerMicrosPerFurther }) =>
      row(
        further === 'same' ? `${queues}, each gets every event` : `${queues}, all but one to other accounts`,
        [
          medians.eventsPerSecond.toFixed(0),
          medians.brokerMicros.toFixed(0),
          microsPerFurther?.toFixed(1) ?? '',
          brokerMicrosPerFurther?.toFixed(1) ?? '',
        ],
      ),
    ),
  ].join('\n');
}

function latencyText({ latency }: Summary): string | undefined {
  if (latency === undefined) return undefined;
  const { changes, perSecond, p50Ms, p99Ms, maxMs } = latency;
  return `from commit to consumer, ${changes} changes at ${perSecond}/s: median ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, at most ${maxMs.toFixed(1)} ms`;
}

function row(label: string, cells: readonly string[]): string {
  return label.padEnd(48) + cells.map((cell) => cell.padStart(22)).join('');
}

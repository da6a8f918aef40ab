import { describeTrace } from '../../trace/describe-trace.ts';
import { traceTimeline } from '../../trace/trace-timeline.ts';
import type { TourDeps } from '../tour-deps.ts';

/** What an operator sees of the launch. */
export async function traceLaunch({
  traceRequest,
  requestId,
  tell,
}: Pick<TourDeps, 'traceRequest' | 'tell'> & { requestId: string }): Promise<void> {
  tell.step('trace-launch', `See the way of the launch: cloud-gateway trace ${requestId}`);
  const traced = await traceRequest(requestId);
  for (const line of describeTrace(traced, widthOfLine).split('\n')) tell.line(line);
  tell.done({ requestId, timeline: traceTimeline(traced) });
}

const widthOfLine = 150;

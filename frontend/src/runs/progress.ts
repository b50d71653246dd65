import type { Job } from '../api/types.ts';
import { duration } from '../color/format.ts';

/** How far a job is: its stage where that is not its own name, its share, and what is left of its time. */
export function progressText(job: Job): string {
  if (job.state === 'pending') {
    return 'waiting for its turn';
  }
  const share = shareOf(job);
  const parts = [
    job.stage === undefined || job.stage === '' || job.stage === job.analysis ? '' : job.stage,
    share === undefined ? '' : `${Math.round(100 * share)} %`,
    job.etaSeconds == null || job.etaSeconds <= 0 ? '' : `about ${duration(job.etaSeconds)} left`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'running' : parts.join(' · ');
}

/** 0 to 1, or undefined where the job does not know how much there is to do. */
export function shareOf(job: Job): number | undefined {
  return job.total ? Math.min(1, (job.done ?? 0) / job.total) : undefined;
}

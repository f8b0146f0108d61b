import {t} from '../lib/words';
import type {Problem} from './types';

/** A request that did not give an answer, in words for the person in front of the screen. */
export class Failure extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export async function failure_of(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return new Failure(response.status, problem.detail || problem.title || t('Touchline answered {status}', {status: response.status}));
}

import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { ConflictPolicy, ExportOptions, ExportPlan, ExportProgress, ExportReport } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import { errorText } from '../error-text';
import type { Preferences } from './preferences.svelte';
import type { Toasts } from './toasts.svelte';

export type ExportPhase = 'form' | 'planning' | 'plan' | 'running' | 'report';

const LOOK_MS = 400;
const SILENCE_MS = 1_500;

const INITIAL: ExportOptions = {
  destination: '',
  mode: 'copy',
  conflicts: 'ask',
  namedOnly: false,
  unsure: 'with-group',
  unsorted: false,
  byYear: false,
  companions: true,
  keywords: false,
  manifest: false,
};

/** One export from the form to the report. It lives outside the dialog: closing the window's dialog does not stop the writing. */
export class ExportState {
  options = $state<ExportOptions>({ ...INITIAL });
  phase = $state<ExportPhase>('form');
  plan = $state.raw<ExportPlan | null>(null);
  progress = $state.raw<ExportProgress | null>(null);
  report = $state.raw<ExportReport | null>(null);
  past = $state.raw<ExportReport[]>([]);
  error = $state<string | null>(null);
  /** A choice made under the plan is being worked into it. */
  isReplanning = $state(false);
  #planning: AbortController | null = null;
  #watching: ReturnType<typeof setInterval> | undefined;
  #heardAtMs = 0;

  constructor(
    private readonly client: Client<AppContract>,
    private readonly toasts: Toasts,
    private readonly preferences: Preferences,
  ) {
    this.options.destination = preferences.destination;
  }

  async makePlan(): Promise<void> {
    this.phase = 'planning';
    await this.#plan();
  }

  /** What becomes of names that are taken: asked under the plan, which is made anew. */
  async chooseConflicts(conflicts: ConflictPolicy): Promise<void> {
    this.options.conflicts = conflicts;
    this.isReplanning = true;
    await this.#plan();
    this.isReplanning = false;
  }

  async #plan(): Promise<void> {
    this.#planning?.abort();
    const controller = new AbortController();
    this.#planning = controller;
    this.error = null;
    try {
      const input = { ...this.options, destination: this.options.destination.trim() };
      this.plan = await this.client.call('export.plan', input, { signal: controller.signal });
      this.phase = 'plan';
    } catch (error) {
      if (controller.signal.aborted) return;
      this.error = errorText(error);
      this.phase = 'form';
    }
  }

  backToForm(): void {
    this.#planning?.abort();
    this.phase = 'form';
    this.error = null;
  }

  /** @param isConfirmed The person's second yes, without which nothing is moved. */
  async start(isConfirmed = false): Promise<void> {
    const plan = this.plan;
    if (!plan) return;
    this.preferences.destination = this.options.destination.trim();
    this.progress = {
      id: plan.id,
      state: 'running',
      done: 0,
      total: plan.numFiles - plan.numUnchanged - plan.numSkipped,
      bytesWritten: 0,
    };
    this.report = null;
    this.phase = 'running';
    await this.#run(plan.id, () => this.client.call('export.start', { exportId: plan.id, isConfirmed }));
  }

  async resume(report: ExportReport): Promise<void> {
    this.progress = {
      id: report.id,
      state: 'running',
      done: report.numWritten,
      total: report.numPlanned,
      bytesWritten: report.bytesWritten,
    };
    this.report = null;
    this.phase = 'running';
    await this.#run(report.id, () => this.client.call('export.resume', { exportId: report.id }));
  }

  /** Takes in an event. */
  async update(progress: ExportProgress): Promise<void> {
    if (progress.id !== this.progress?.id) return;
    this.progress = progress;
    this.#heardAtMs = performance.now();
    if (progress.state !== 'running') await this.#look(progress.id);
  }

  async stop(): Promise<void> {
    if (this.progress) await this.client.call('export.cancel', { exportId: this.progress.id });
  }

  async undo(exportId: ExportId): Promise<void> {
    await this.#attempt(async () => {
      const report = await this.client.call('export.undo', { exportId });
      if (this.report?.id === exportId) this.report = report;
      await this.loadPast();
    });
  }

  async reveal(exportId: ExportId): Promise<void> {
    await this.#attempt(() => this.client.call('export.reveal', { exportId }));
  }

  async loadPast(): Promise<void> {
    this.past = await this.client.call('export.list', {});
  }

  /** A dialog that is opened again begins anew, unless an export is still writing. */
  reset(): void {
    if (this.phase === 'running') return;
    this.phase = 'form';
    this.error = null;
    this.plan = null;
    this.report = null;
  }

  clear(): void {
    this.phase = 'form';
    this.options = { ...INITIAL, destination: this.preferences.destination };
    this.reset();
    this.past = [];
  }

  async #run(exportId: ExportId, act: () => Promise<unknown>): Promise<void> {
    this.#heardAtMs = performance.now();
    try {
      await act();
    } catch (error) {
      this.error = errorText(error);
      this.phase = 'plan';
      return;
    }
    this.#watch(exportId);
  }

  /** Events tell how far it is, the report tells that it is over: asked for when the events fall silent. */
  #watch(exportId: ExportId): void {
    clearInterval(this.#watching);
    this.#watching = setInterval(() => {
      if (this.phase !== 'running' || this.progress?.id !== exportId) return clearInterval(this.#watching);
      const isSilent = performance.now() - this.#heardAtMs > SILENCE_MS;
      if (isSilent || this.progress.done >= this.progress.total) void this.#look(exportId);
    }, LOOK_MS);
  }

  /** Shows the report once the export is over. */
  async #look(exportId: ExportId): Promise<void> {
    const report = await this.client.call('export.report', { exportId }).catch(() => null);
    if (!report || this.phase !== 'running' || report.state === 'running' || report.state === 'planned') return;
    clearInterval(this.#watching);
    this.#show(report);
  }

  #show(report: ExportReport): void {
    this.report = report;
    this.phase = 'report';
  }

  async #attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.toasts.show(errorText(error), { tone: 'error' });
    }
  }
}

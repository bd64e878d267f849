/** What one training run is asked to do: the sections of the project file that it needs, typed by their rooms. */
import type { Plain } from '../../base/plain.ts';
import type { CleanSection } from '../../data/clean/section.ts';
import type { Contract } from '../../data/contract.ts';
import type { SplitSection } from '../../data/splits/section.ts';
import type { BandsSection, GateSection, ProfitSection } from '../../evaluation/section.ts';
import type { FeaturesSection } from '../../features/made-columns/section.ts';
import type { PreprocessSection } from '../../features/section.ts';
import type { TrainSection } from '../../selection/section.ts';

export interface TrainSpec {
  readonly project: string;
  readonly author: string | null;
  readonly description: string | null;
  /** Absolute path of the customer table. */
  readonly sourcePath: string;
  /** The folder of the project file, where event logs beside the customer table are found. */
  readonly folder?: string;
  readonly data: Contract;
  readonly clean: CleanSection;
  readonly features: FeaturesSection;
  readonly preprocess: PreprocessSection;
  readonly split: SplitSection;
  readonly train: TrainSection;
  readonly bands: BandsSection;
  readonly gate: GateSection;
  /** What keeping customers earns and costs; without it nothing is said in money. */
  readonly profit?: ProfitSection | undefined;
  /** What is kept beside the model to compare later data with: sampled rows, or only their profile. */
  readonly reference: 'rows' | 'profile-only';
  /** The whole project file with its defaults, for the manifest. */
  readonly resolved: Plain;
}

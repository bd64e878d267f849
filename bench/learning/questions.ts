/** The questions in the order in which they are asked and told: file names without `.ts`. */
export const questions: readonly string[] = [
  'mlp',
  'logistic',
  'forest',
  'boosting',
  'tree-scoring',
  'tree-shap',
  'single-row',
  'telco',
  'million',
  'accuracy',
];

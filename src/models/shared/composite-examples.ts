/** Examples for models over other models: a pipeline for the columns of `learn/checks/data.ts`. */

const step = (id: string) => ({ id, params: {} });

/** Numbers and categories made ready, and a model behind them, as the parameters of a composite. */
export const examplePipeline = (id: string, params: Readonly<Record<string, number>> = {}) => ({
  id: 'pipeline',
  params: {
    steps: [
      {
        id: 'column-router',
        params: {
          routes: [
            { columns: ['tenureYears', 'chargeChange'], steps: [step('impute'), step('standard-scale')] },
            { columns: ['contract'], steps: [step('impute'), step('one-hot')] },
          ],
        },
      },
    ],
    model: { id, params },
  },
});

/** What the model takes and answers, in the Open Inference Protocol. */
import { modelNamed, nameParameter, versionText } from '../inference/model-named.ts';
import { inferenceRefusal } from '../inference/refusal.ts';
import { inputTensors, outputTensors } from '../inference/tensors.ts';
import { defineRoute } from '../route.ts';

const tensors = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      datatype: { type: 'string' },
      shape: { type: 'array', items: { type: 'integer' } },
    },
    required: ['name', 'datatype', 'shape'],
  },
};

export const inferenceModel = defineRoute({
  id: 'inference-model',
  method: 'GET',
  url: '/v2/models/:name',
  scope: 'score',
  summary: 'Inputs and output of the model, in the Open Inference Protocol',
  refuse: inferenceRefusal,
  schema: {
    params: nameParameter,
    response: {
      200: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          versions: { type: 'array', items: { type: 'string' } },
          platform: { type: 'string' },
          inputs: tensors,
          outputs: tensors,
        },
        required: ['name', 'versions', 'platform', 'inputs', 'outputs'],
      },
    },
  },
  async handle(call, context) {
    const model = modelNamed(call, context);
    return {
      name: model.name,
      versions: [versionText(model)],
      platform: 'holdfast',
      inputs: inputTensors(model),
      outputs: outputTensors,
    };
  },
});
